"""Totals of a campaign as files: named at once, made when they are sent or fetched.

The handlers name a file by its key (``made/totals-xlsx/7-1696813200.xlsx``: campaign 7 as it stood
at that second; ``7-frozen``: as at its deadline); Paperwork has it made here.
"""

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from bot.chat import File
from bot.paperwork import DOCX, Maker, Paperwork
from bot.texts import texts
from bot.totals import snapshot as snapshots
from bot.totals import worker
from bot.totals.archive import Entry, packed
from bot.totals.figures import Figures, figures
from bot.totals.names import human, unique
from bot.totals.snapshot import Period
from bot.totals.work import Job, PaperJob, Source
from bot.workshop import Workshop
from storage.campaigns import Campaign
from storage.database import Database
from storage.files import Files
from storage.reports import document_key
from storage.store import Store
from storage.totals import Row, Snapshot

log = structlog.get_logger()

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_AT_ONCE = 50  # schools whose answers are read together


def xlsx_file(campaign: Campaign, now: datetime, *, frozen: bool = False) -> File:
    """The workbook of a campaign."""
    key = f"made/totals-xlsx/{_moment(campaign, now, frozen)}.xlsx"
    return File(key, _named("totals-file-xlsx", campaign, "xlsx"), XLSX)


def csv_file(campaign: Campaign, now: datetime, *, frozen: bool = False) -> File:
    """Its tables as CSV, one a sheet, in a ZIP."""
    key = f"made/totals-csv/{_moment(campaign, now, frozen)}.zip"
    return File(key, _named("totals-file-csv", campaign, "zip"), "application/zip")


def zip_file(campaign: Campaign, now: datetime, *, frozen: bool = False) -> File:
    """All schools' documents in a ZIP."""
    key = f"made/totals-zip/{_moment(campaign, now, frozen)}.zip"
    return File(key, _named("totals-file-zip", campaign, "zip"), "application/zip")


def progress_file(campaign: Campaign, now: datetime) -> File:
    """The picture of progress."""
    key = f"made/progress/{_moment(campaign, now, False)}.png"
    return File(key, _named("progress-file", campaign, "png"), "image/png")


def office_file(document_id: int, name: str, ending: str = "docx") -> File:
    """The office's own report; ``ending`` may be "pdf" or "page.png" as well."""
    mime = {"docx": DOCX, "pdf": "application/pdf"}.get(ending, "image/png")
    return File(f"made/office/{document_id}.{ending}", f"{name}.{ending}", mime)


def make_office_report(
    store: Store, campaign: Campaign, now: datetime, *, at_deadline: bool
) -> tuple[int, str]:
    """Freeze the office's own report about a campaign; returns its id and name.

    ``at_deadline``: of what had come in by then; before the deadline it is of now all the same.
    """
    taken = snapshots.take(store, campaign, now, at_deadline=at_deadline)
    name = human(texts("vi")("office-paper-name", title=campaign.title))
    kept = snapshots.to_json(taken)
    return store.totals.add_office_document(campaign.id, kept, name, now), name


def progress(store: Store, campaign: Campaign, now: datetime, zone: ZoneInfo) -> Figures:
    """How far a campaign has come, with all below it."""
    rows = [row for row in store.totals.rolled_up(campaign.id) if row.kind == "school"]
    rows = rows or store.totals.rows(campaign.id)
    return figures(rows, campaign.title, campaign.due_text, now.astimezone(zone))


def _moment(campaign: Campaign, now: datetime, frozen: bool) -> str:
    return f"{campaign.id}-{'frozen' if frozen else int(now.timestamp())}"


def _named(key: str, campaign: Campaign, ending: str) -> str:
    return f"{human(texts('vi')(key, title=campaign.title))}.{ending}"


@dataclass(frozen=True, slots=True)
class _Stood:
    """A campaign as it stood at a moment."""

    campaign: Campaign
    office: str
    form_hash: str
    at: datetime
    frozen: bool
    rows: tuple[Row, ...]
    forms: dict[int, tuple[str, dict[str, Any]]]


class Totals:
    """Makes the files of totals."""

    def __init__(
        self, database: Database, files: Files, workshop: Workshop, timezone: ZoneInfo
    ) -> None:
        self._database = database
        self._files = files
        self._workshop = workshop
        self._timezone = timezone
        self.paperwork: Paperwork | None = None  # makes the schools' documents for the ZIP

    @property
    def makers(self) -> dict[str, Maker]:
        """What Paperwork has made here."""
        return {
            "totals-xlsx": self._xlsx,
            "totals-csv": self._csv,
            "totals-zip": self._zip,
            "progress": self._progress,
            "office": self._office,
        }

    # -- tables

    async def _xlsx(self, what: str, target: Path) -> None:
        stood = await self._stood(what)
        source = Source(
            title=stood.campaign.title,
            office=stood.office,
            due_text=stood.campaign.due_text,
            frozen=stood.frozen,
            form_hash=stood.form_hash,
        )
        async with self._job(stood, target) as job:
            await self._workshop.run(worker.write_xlsx, job, source)

    async def _csv(self, what: str, target: Path) -> None:
        async with self._job(await self._stood(what), target) as job:
            await self._workshop.run(worker.write_csv, job)

    async def _stood(self, what: str) -> _Stood:
        """Read where a campaign stood at the moment that a key names."""
        number, _, moment = what.partition("-")
        campaign_id, frozen = int(number), moment == "frozen"

        def look(store: Store) -> _Stood:
            campaign = store.campaigns.campaign(campaign_id)
            at = campaign.due_at if frozen else datetime.fromtimestamp(int(moment), UTC)
            counted = self._counted(store, campaign, at, frozen=frozen)
            rows = [row for row in store.totals.rolled_up(campaign_id, counted) if _answers(row)]
            if frozen:  # what has become of it since does not change it
                states = {True: "submitted", False: "expected"}
                rows = [replace(row, status=states[row.is_in]) for row in rows]
            forms = {row.form_id for row in rows} | {campaign.form_id}
            return _Stood(
                campaign=campaign,
                office=snapshots.letterhead(store, campaign.office_id)["full_name"],
                form_hash=store.totals.form_hash(campaign.form_id),
                at=at,
                frozen=frozen,
                rows=tuple(rows),
                forms={form: store.campaigns.form(form) for form in sorted(forms)},
            )

        return await self._database.read(look)

    @staticmethod
    def _counted(store: Store, campaign: Campaign, at: datetime, *, frozen: bool) -> Snapshot:
        kept = store.totals.frozen(campaign.id) if frozen else None
        if kept is not None:
            return kept
        before = at if frozen else at + timedelta(seconds=1)
        return store.totals.newest(campaign.id, before=before)

    @asynccontextmanager
    async def _job(self, stood: _Stood, target: Path) -> AsyncIterator[Job]:
        """A job whose answers lie in a folder that goes with it."""
        with tempfile.TemporaryDirectory(prefix="totals-") as folder:
            answers = Path(folder, "answers")
            await self.spool(stood.rows, answers)
            yield Job(
                forms=stood.forms,
                form=stood.campaign.form_id,
                rows=stood.rows,
                answers=str(answers),
                at=stood.at,
                timezone=self._timezone.key,
                target=str(target),
            )

    async def spool(self, rows: Sequence[Row], target: Path) -> None:
        """Write the answers of the rows that count to a file, a line each, some at a time."""
        ids = [row.submission_id for row in rows if row.counts and row.submission_id]
        with target.open("w", encoding="utf-8", newline="\n") as file:
            for start in range(0, len(ids), _AT_ONCE):
                some = ids[start : start + _AT_ONCE]
                found = await self._database.read(partial(_answers_of, some))
                await asyncio.to_thread(file.writelines, [found[one] + "\n" for one in some])

    # -- all documents

    async def _zip(self, what: str, target: Path) -> None:
        with target.open("wb") as file:
            async for piece in self.stream_zip(what):
                await asyncio.to_thread(file.write, piece)

    async def stream_zip(self, what: str) -> AsyncIterator[bytes]:
        """The archive of all documents, piece by piece: ``7-1696813200`` or ``7-frozen``.

        Documents that nobody has asked for yet are made on the way.
        """
        paperwork = self.paperwork
        assert paperwork is not None
        stood = await self._stood(what)
        entries = _entries(stood, self._timezone)

        async def path_of(entry: Entry) -> Path | None:
            try:
                return await paperwork.path(File(entry.key, entry.name, DOCX))
            except Exception:
                # One document that cannot be made must not keep back all the others.
                log.exception("document_left_out", key=entry.key)
                return None

        async for piece in packed(entries, path_of):
            yield piece

    # -- progress

    async def _progress(self, what: str, target: Path) -> None:
        number, _, moment = what.partition("-")
        at = datetime.fromtimestamp(int(moment), UTC)

        def look(store: Store) -> Figures:
            return progress(store, store.campaigns.campaign(int(number)), at, self._timezone)

        picture = await self._workshop.run(worker.draw_progress, await self._database.read(look))
        await asyncio.to_thread(target.write_bytes, picture)

    # -- the office's own report

    async def _office(self, what: str, target: Path) -> None:
        """Make the paper of an office document, or of a document that its superior has."""
        number = int(what.removeprefix("document-"))

        def look(store: Store) -> dict[str, Any] | None:
            if what.startswith("document-"):
                return store.totals.snapshot_of(number)
            found = store.totals.office_document(number)
            return found.snapshot if found else None

        kept = await self._database.read(look)
        if kept is None:
            raise FileNotFoundError(what)
        with tempfile.TemporaryDirectory(prefix="office-") as folder:
            job = await self._paper_job(kept, Path(folder), target)
            await self._workshop.run(worker.write_paper, job)
        if not what.startswith("document-"):  # those Paperwork seals
            content = await asyncio.to_thread(target.read_bytes)
            sha256 = hashlib.sha256(content).hexdigest()
            await self._database.write(
                lambda store: store.totals.seal_office_document(number, sha256)
            )

    async def _paper_job(self, kept: dict[str, Any], folder: Path, target: Path) -> PaperJob:
        taken = snapshots.from_json(kept)
        periods = [period for period in (taken.now, taken.before) if period]
        names = [str(folder / name) for name in ("now", "before")]
        for period, name in zip(periods, names, strict=False):
            await self.spool(period.schools, Path(name))
        forms, keys = await self._database.read(lambda store: _needed(store, periods))
        return PaperJob(
            snapshot=kept,
            forms=forms,
            answers=names[0],
            before=names[1] if taken.before else "",
            photos=await self._there(keys),
            timezone=self._timezone.key,
            target=str(target),
        )

    async def _there(self, keys: list[str]) -> dict[str, str]:
        """Where the photos lie that nobody has taken back."""
        found: dict[str, str] = {}
        for key in keys:
            with suppress(FileNotFoundError):
                found[key] = str(await self._files.path(key))
        return found


def _answers(row: Row) -> bool:
    """Whether a row is one of the totals; an office below stands for its schools, which are."""
    return row.kind == "school" or row.counts


def _answers_of(submission_ids: Sequence[int], store: Store) -> dict[int, str]:
    return store.totals.answers(submission_ids)


def _needed(
    store: Store, periods: Sequence[Period]
) -> tuple[dict[int, tuple[str, dict[str, Any]]], list[str]]:
    """The forms of some periods, and the keys of the photos of the first."""
    ids = {period.form_id for period in periods}
    ids |= {row.form_id for period in periods for row in period.rows}
    reports = [row.report_id for row in periods[0].schools if row.counts]
    return {one: store.campaigns.form(one) for one in sorted(ids)}, store.totals.photo_keys(reports)


def _entries(stood: _Stood, zone: ZoneInfo) -> list[Entry]:
    """The documents of an archive under names that people recognise."""
    words = texts("vi")
    layout = stood.forms[stood.campaign.form_id][1]
    title = str(layout.get("settings", {}).get("report::short") or stood.campaign.title)
    rows = [row for row in stood.rows if row.document_id is not None]
    names = unique(
        (
            words("totals-file-document", school=row.name.removeprefix("Trường "), title=title)
            for row in rows
        ),
        "docx",
    )
    return [
        Entry(
            key=document_key(row.document_id or 0, "docx"),
            name=name,
            at=(row.submitted_at or stood.at).astimezone(zone),
        )
        for row, name in zip(rows, names, strict=True)
    ]
