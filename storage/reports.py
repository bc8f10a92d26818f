"""Reports, their photos, the documents made from them, and what was submitted."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from storage.attachments import Attachments
from storage.campaigns import CAMPAIGN, Campaign
from storage.people import UNIT, Unit
from storage.prepared import Prepared
from storage.tables import (
    campaigns,
    documents,
    extensions,
    photos,
    reports,
    returns,
    submissions,
    units,
)


@dataclass(slots=True)
class Report:
    """One school's answers in one campaign. ``save()`` keeps ``state`` and ``status``."""

    id: int
    status: str  # expected | drafting | submitted | returned | accepted
    state: dict[str, Any]
    campaign: Campaign
    unit: Unit
    own_due_at: datetime | None = None  # an extension
    own_due_text: str = ""
    prepared_at: datetime | None = None  # the reporter is done, the head has not approved yet
    prepared_by: int | None = None
    accepted_at: datetime | None = None
    changed_at: datetime | None = None

    @property
    def due_at(self) -> datetime:
        """The first instant at which this school is too late."""
        return self.own_due_at or self.campaign.due_at

    @property
    def due_text(self) -> str:
        """The deadline in the words in which it was set."""
        return self.own_due_text or self.campaign.due_text

    @property
    def late_until(self) -> datetime | None:
        """From when on nothing is taken; None: as long as the campaign is open."""
        late = self.campaign.late_until
        return max(late, self.due_at) if late else None


@dataclass(frozen=True, slots=True)
class SentBack:
    """Questions that went back to the school."""

    submission_id: int
    reasons: dict[str, str]  # ref -> why
    at: datetime


@dataclass(frozen=True, slots=True)
class NewExtension:
    """A school's request for more time."""

    report_id: int
    asked_by: int
    reason: str
    due_text: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Extension:
    """A request for more time, decided or not."""

    id: int
    report_id: int
    asked_by: int | None
    reason: str
    due_text: str
    due_at: datetime
    decided_at: datetime | None
    granted: bool | None


@dataclass(frozen=True, slots=True)
class StoredPhoto:
    """A photo of a report, made safe and small."""

    key: str
    sha256: str
    dhash: str
    width: int
    height: int
    bytes: int
    album: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Submission:
    """A frozen version of a report."""

    id: int
    version: int
    document_id: int
    receipt: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """What a document is made from."""

    id: int
    report_id: int
    form_id: int
    state: dict[str, Any]
    name: str
    sha256: str | None
    made_at: datetime


_OWN = (
    reports.c.id,
    reports.c.status,
    reports.c.state,
    reports.c.due_at,
    reports.c.due_text,
    reports.c.prepared_at,
    reports.c.prepared_by,
    reports.c.accepted_at,
    reports.c.changed_at,
)
_REPORT = (
    select(*_OWN, *CAMPAIGN, *UNIT)
    .join(campaigns, campaigns.c.id == reports.c.campaign_id)
    .join(units, units.c.id == reports.c.unit_id)
)
_REPORT_BY_ID = Prepared(
    _REPORT.where(reports.c.id == bindparam("report")).with_for_update(of=reports)
)
_SAVE = Prepared(
    update(reports)
    .where(reports.c.id == bindparam("report"))
    .values({key: bindparam(key) for key in ("state", "status", "changed_at")})
)
_PHOTO = (
    photos.c.key,
    photos.c.sha256,
    photos.c.dhash,
    photos.c.width,
    photos.c.height,
    photos.c.bytes,
    photos.c.album,
    photos.c.place,
)
_EXTENSION = (
    extensions.c.id,
    extensions.c.report_id,
    extensions.c.asked_by,
    extensions.c.reason,
    extensions.c.due_text,
    extensions.c.due_at,
    extensions.c.decided_at,
    extensions.c.granted,
)
_SUBMISSION = (
    submissions.c.id,
    submissions.c.version,
    submissions.c.document_id,
    submissions.c.receipt,
    submissions.c.at,
)


def _report(row: Any) -> Report:
    own, split = len(_OWN), len(_OWN) + len(CAMPAIGN)
    report_id, status, state, *rest = row[:own]
    return Report(report_id, status, state, Campaign(*row[own:split]), Unit(*row[split:]), *rest)


class Reports:
    """What each school owes, has said and has handed in."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def report(self, report_id: int) -> Report | None:
        """Return a report; on PostgreSQL nobody else changes it meanwhile."""
        row = _REPORT_BY_ID.first(self._connection, {"report": report_id})
        return _report(row) if row else None

    def owed_by(self, unit_ids: list[int]) -> list[Report]:
        """Return the reports of some units in campaigns that are open, nearest deadline first."""
        query = _REPORT.where(
            reports.c.unit_id.in_(unit_ids), campaigns.c.closed_at.is_(None)
        ).order_by(campaigns.c.due_at, reports.c.id)
        return [_report(row) for row in self._connection.execute(query)]

    def pin_form(self, campaign_id: int, form_id: int) -> list[int]:
        """Bind all answers of a campaign to the version of the form that they were given to.

        Returns the units whose report has been begun.
        """
        of_campaign = select(reports.c.id).where(reports.c.campaign_id == campaign_id)
        self._connection.execute(
            update(documents)
            .where(documents.c.report_id.in_(of_campaign), documents.c.form_id.is_(None))
            .values(form_id=form_id)
        )
        query = select(reports.c.id, reports.c.unit_id, reports.c.state).where(
            reports.c.campaign_id == campaign_id
        )
        begun = []
        for report_id, unit_id, state in self._connection.execute(query.with_for_update()).all():
            if state:
                begun.append(unit_id)
            if state and "form" not in state:
                pinned = update(reports).where(reports.c.id == report_id)
                self._connection.execute(pinned.values(state={**state, "form": form_id}))
        return begun

    def save(self, report: Report, now: datetime) -> None:
        """Keep the answers and the status of a report."""
        values = {"state": report.state, "status": report.status, "changed_at": now}
        _SAVE.run(self._connection, {"report": report.id, **values})

    def mark(self, report_id: int, **values: Any) -> None:
        """Change what stands about a report: status, due_at, prepared_at, accepted_at and so on."""
        self._connection.execute(update(reports).where(reports.c.id == report_id).values(**values))

    def of_unit(self, campaign_id: int, unit_id: int) -> Report | None:
        """Return the report that a unit owes in a campaign."""
        query = _REPORT.where(reports.c.campaign_id == campaign_id, reports.c.unit_id == unit_id)
        row = self._connection.execute(query).first()
        return _report(row) if row else None

    def send_back(
        self, report_id: int, submission_id: int, reasons: dict[str, str], by: int, now: datetime
    ) -> None:
        """Keep which questions went back to the school, each with its reason."""
        self._connection.execute(
            insert(returns).values(
                report_id=report_id, submission_id=submission_id, reasons=reasons, by=by, at=now
            )
        )

    def open_return(self, report_id: int) -> SentBack | None:
        """Return what the school has to put right now."""
        query = (
            select(returns.c.submission_id, returns.c.reasons, returns.c.at)
            .where(returns.c.report_id == report_id, returns.c.settled_at.is_(None))
            .order_by(returns.c.id.desc())
            .limit(1)
        )
        row = self._connection.execute(query).first()
        return SentBack(*row) if row else None

    def settle_return(self, report_id: int, now: datetime) -> None:
        """Remember that the school has put right what went back."""
        self._connection.execute(
            update(returns)
            .where(returns.c.report_id == report_id, returns.c.settled_at.is_(None))
            .values(settled_at=now)
        )

    # extensions

    def ask_extension(self, asked: NewExtension, now: datetime) -> int:
        """Keep a school's request for more time; returns its id. An older open one is replaced."""
        open_one = (extensions.c.report_id == asked.report_id, extensions.c.decided_at.is_(None))
        self._connection.execute(
            update(extensions).where(*open_one).values(decided_at=now, granted=False)
        )
        row = insert(extensions).values(**asdict(asked), asked_at=now)
        key = self._connection.execute(row).inserted_primary_key
        assert key is not None
        return int(key[0])

    def extension(self, extension_id: int) -> Extension | None:
        """Return a request for more time."""
        query = select(*_EXTENSION).where(extensions.c.id == extension_id)
        row = self._connection.execute(query.with_for_update()).first()
        return Extension(*row) if row else None

    def decide_extension(self, extension_id: int, by: int, now: datetime, *, granted: bool) -> None:
        """Keep what was decided."""
        self._connection.execute(
            update(extensions)
            .where(extensions.c.id == extension_id)
            .values(decided_by=by, decided_at=now, granted=granted)
        )

    # photos

    def add_photo(self, report_id: int, photo: StoredPhoto, by: int, now: datetime) -> None:
        """Keep what is known of a photo whose file is in the file store."""
        self._connection.execute(
            insert(photos).values(
                report_id=report_id,
                key=photo.key,
                sha256=photo.sha256,
                dhash=photo.dhash,
                width=photo.width,
                height=photo.height,
                bytes=photo.bytes,
                album=photo.album,
                place=photo.place,
                sent_by=by,
                at=now,
            )
        )

    def photos(self, report_id: int) -> dict[str, StoredPhoto]:
        """Return the photos of a report by key."""
        query = select(*_PHOTO).where(photos.c.report_id == report_id).order_by(photos.c.id)
        return {row[0]: StoredPhoto(*row) for row in self._connection.execute(query)}

    def forget_photo(self, key: str) -> None:
        """Forget a photo; its file is deleted by whoever calls, after the commit."""
        self._connection.execute(delete(photos).where(photos.c.key == key))

    # documents and submissions

    def add_document(
        self, report_id: int, form_id: int, state: dict[str, Any], name: str, now: datetime
    ) -> int:
        """Freeze the answers from which a document is made; returns the document's id."""
        row = insert(documents).values(
            report_id=report_id, form_id=form_id, state=state, name=name, made_at=now
        )
        key = self._connection.execute(row).inserted_primary_key
        assert key is not None
        return int(key[0])

    def document(self, document_id: int) -> StoredDocument | None:
        """Return what a document is made from."""
        query = (
            select(
                documents.c.id,
                documents.c.report_id,
                func.coalesce(documents.c.form_id, campaigns.c.form_id),
                documents.c.state,
                documents.c.name,
                documents.c.sha256,
                documents.c.made_at,
            )
            .join(reports, reports.c.id == documents.c.report_id)
            .join(campaigns, campaigns.c.id == reports.c.campaign_id)
            .where(documents.c.id == document_id)
        )
        row = self._connection.execute(query).first()
        return StoredDocument(*row) if row else None

    def seal_document(self, document_id: int, sha256: str) -> None:
        """Keep the fingerprint of a document that has been made."""
        self._connection.execute(
            update(documents).where(documents.c.id == document_id).values(sha256=sha256)
        )

    def submit(
        self, report_id: int, document_id: int, receipt: str, by: int, now: datetime
    ) -> Submission:
        """Add the next version of a report."""
        last = select(func.max(submissions.c.version)).where(submissions.c.report_id == report_id)
        version = (self._connection.execute(last).scalar() or 0) + 1
        row = insert(submissions).values(
            report_id=report_id,
            version=version,
            document_id=document_id,
            receipt=receipt,
            by=by,
            at=now,
        )
        key = self._connection.execute(row).inserted_primary_key
        assert key is not None
        return Submission(int(key[0]), version, document_id, receipt, now)

    def last_submission(self, report_id: int) -> Submission | None:
        """Return the newest version of a report that was submitted."""
        query = (
            select(*_SUBMISSION)
            .where(submissions.c.report_id == report_id)
            .order_by(submissions.c.version.desc())
            .limit(1)
        )
        row = self._connection.execute(query).first()
        return Submission(*row) if row else None

    def submitted_since(self, unit_id: int, since: datetime) -> list[tuple[int, dict[str, Any]]]:
        """Return form and answers of what a unit has submitted since then, newest first."""
        query = (
            select(func.coalesce(documents.c.form_id, campaigns.c.form_id), documents.c.state)
            .join(submissions, submissions.c.document_id == documents.c.id)
            .join(reports, reports.c.id == submissions.c.report_id)
            .join(campaigns, campaigns.c.id == reports.c.campaign_id)
            .where(reports.c.unit_id == unit_id, submissions.c.at >= since)
            .order_by(submissions.c.id.desc())
        )
        return [(form_id, state) for form_id, state in self._connection.execute(query)]

    def submission(self, report_id: int, version: int) -> Submission | None:
        """Return one version of a report."""
        query = select(*_SUBMISSION).where(
            submissions.c.report_id == report_id, submissions.c.version == version
        )
        row = self._connection.execute(query).first()
        return Submission(*row) if row else None

    def delete_answers(self, report_id: int) -> list[str]:
        """Forget answers, photos, files and loose documents; returns keys of files to delete."""
        kept = select(submissions.c.document_id).where(submissions.c.report_id == report_id)
        keys = list(self.photos(report_id))
        self._connection.execute(delete(photos).where(photos.c.report_id == report_id))
        keys += Attachments(self._connection).forget_report(report_id)
        loose = (documents.c.report_id == report_id) & documents.c.id.not_in(kept)
        ids = self._connection.execute(select(documents.c.id).where(loose)).scalars()
        keys += [document_key(document_id, "docx") for document_id in ids]
        self._connection.execute(delete(documents).where(loose))
        return keys

    def forget_old_drafts(self, before: datetime) -> list[str]:
        """Forget drafts never submitted and unchanged since; returns keys of files to delete."""
        query = select(reports.c.id).where(
            reports.c.changed_at < before, reports.c.status.in_(("drafting", "returned"))
        )
        keys: list[str] = []
        for report_id in list(self._connection.execute(query).scalars()):
            keys += self.delete_answers(report_id)
            self._connection.execute(
                update(reports)
                .where(reports.c.id == report_id)
                .values(state={}, status="expected", changed_at=None)
            )
        return keys


def document_key(document_id: int, ending: str) -> str:
    """Return where the file of a document is kept."""
    return f"documents/{document_id}.{ending}"
