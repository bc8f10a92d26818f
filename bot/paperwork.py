"""The files a message needs, made just before it is sent: Word, PDF, pictures of pages.

A document is made from its frozen answers, so making it once more after a crash gives the same
bytes. Where LibreOffice is not found there are no PDF and no pictures; the message goes without.
"""

import asyncio
import hashlib
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from bot.author_file import TEMPLATE, TRIAL_FACTS
from bot.chat import File, Message
from bot.documents import preview
from bot.texts import texts
from bot.workshop import DocumentJob, Workshop, write_document, write_trial
from storage.database import Database
from storage.files import Files
from storage.reports import document_key
from storage.store import Store

log = structlog.get_logger()

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PAGES = 10  # an album of the platforms
_TRIAL = "trial"
_PAPERS = ("office", _TRIAL)  # makers of Word files, whose pages can be had as PDF and pictures
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def trial_file(form_id: int, now: datetime, name: str, ending: str = "docx") -> File:
    """A form's document as a school's would be; ``ending`` may be "page.png" as well."""
    mime = DOCX if ending == "docx" else "image/png"
    key = f"made/{_TRIAL}/{form_id}-{int(now.timestamp())}.{ending}"
    return File(key, f"{name}.{ending}", mime)


Maker = Callable[[str, Path], Awaitable[None]]
"""Makes a file from what its key says behind ``made/<maker>/`` (without the ending), at a path."""


class Paperwork:
    """Makes documents when they are asked for, each once.

    Files that are not a document (a table of totals, a calendar) have keys such as
    ``made/totals/7-1696813200.xlsx``; ``makers`` says who makes them.
    """

    def __init__(
        self,
        database: Database,
        files: Files,
        workshop: Workshop,
        timezone: ZoneInfo,
        makers: Mapping[str, Maker] | None = None,
    ) -> None:
        self._makers = {**(makers or {}), _TRIAL: self._write_trial}
        self._database = database
        self._files = files
        self._workshop = workshop
        self._timezone = timezone
        self._locks: dict[int | str, asyncio.Lock] = {}

    async def ready(self, message: Message) -> Message:
        """Make the files of ``message``; returns it with pages spelled out, or without them."""
        if not message.files:
            return message
        files: list[File] = []
        try:
            for file in message.files:
                files += await self._ready(file)
        except Exception:
            # A document that cannot be made must not keep back what is said after it.
            log.exception("document_failed", keys=[file.key for file in message.files])
            sorry = texts("vi")("document-failed")
            return replace(message, text=f"{message.text}\n\n{sorry}", files=())
        return replace(message, files=tuple(files))

    async def path(self, file: File) -> Path:
        """Return where a file lies; a document is made when it is not there yet.

        Raises:
            FileNotFoundError: there is no such file, and nothing it could be made from.
        """
        try:
            return await self._files.path(file.key)
        except FileNotFoundError:
            made = await self._ready(file)
        if not made:
            raise FileNotFoundError(file.key)
        exact = next((one for one in made if one.key == file.key), made[0])  # this page of several
        return await self._files.path(exact.key)

    async def _ready(self, file: File) -> list[File]:
        folder, _, name = file.key.partition("/")
        if folder == "made":
            return await self._made(file, name)
        stem, _, ending = name.partition(".")
        if folder != "documents" or not stem.isdigit():
            return [file]
        document_id = int(stem)
        async with self._locks.setdefault(document_id, asyncio.Lock()):
            docx = await self._docx(document_id)
            if ending == "docx":
                return [file]
            return await self._drawn(f"documents/{stem}", docx, file, ending)

    async def _made(self, file: File, name: str) -> list[File]:
        """Make a file that is not a document, unless it is there; a paper's pages, too."""
        maker, _, argument = name.partition("/")
        stem, _, ending = argument.partition(".")
        drawn = maker in _PAPERS and ending != "docx"
        key = f"made/{maker}/{stem}.docx" if drawn else file.key
        async with self._locks.setdefault(key, asyncio.Lock()):
            try:
                await self._files.path(key)
            except FileNotFoundError:
                with tempfile.TemporaryDirectory(prefix="made-") as folder:
                    target = Path(folder, "made")
                    what = stem if maker in _PAPERS else argument.rpartition(".")[0]
                    await self._makers[maker](what, target)
                    await self._files.put(key, target)
            if drawn:
                docx = await self._files.path(key)
                return await self._drawn(f"made/{maker}/{stem}", docx, file, ending)
        self._locks.pop(key, None)
        return [file]

    async def _docx(self, document_id: int) -> Path:
        key = document_key(document_id, "docx")
        try:
            return await self._files.path(key)
        except FileNotFoundError:
            return await self._write(document_id, key)

    async def _write(self, document_id: int, key: str) -> Path:
        kept = await self._database.read(lambda store: store.totals.snapshot_of(document_id))
        with tempfile.TemporaryDirectory(prefix="document-") as folder:
            target = Path(folder, "report.docx")
            if kept is not None:  # an office's report, made for its superior
                await self._makers["office"](f"document-{document_id}", target)
            else:
                job = await self._job(document_id)
                await self._workshop.run(write_document, replace(job, target=str(target)))
            content = await asyncio.to_thread(target.read_bytes)
            await self._files.put(key, target)
        sha256 = hashlib.sha256(content).hexdigest()
        await self._database.write(lambda store: store.reports.seal_document(document_id, sha256))
        log.info("document_made", document=document_id, bytes=len(content))
        return await self._files.path(key)

    async def _job(self, document_id: int) -> DocumentJob:
        def look(store: Store) -> tuple[DocumentJob, list[str]]:
            document = store.reports.document(document_id)
            if document is None:
                raise FileNotFoundError(document_id)
            xform, layout = store.campaigns.form(document.form_id)
            job = DocumentJob(
                form=document.form_id,
                xform=xform,
                layout=layout,
                state=document.state,
                photos={},
                at=_EPOCH,
                timezone=self._timezone.key,
                target="",
                year=f"{document.made_at.astimezone(self._timezone):%Y}",
            )
            return job, list(store.reports.photos(document.report_id))

        job, keys = await self._database.read(look)
        paths = {key: str(await self._files.path(key)) for key in keys}
        return replace(job, photos=paths, template=await self._template(job.layout))

    async def _write_trial(self, argument: str, target: Path) -> None:
        """Write a form's document, answered by chance; ``argument``: the form's id and a time."""
        form_id, _, stamp = argument.partition("-")
        form = int(form_id)
        xform, layout = await self._database.read(lambda store: store.campaigns.form(form))
        job = DocumentJob(
            form=form,
            xform=xform,
            layout=layout,
            state={"facts": TRIAL_FACTS},
            photos={},
            at=datetime.fromtimestamp(int(stamp), UTC),
            timezone=self._timezone.key,
            target=str(target),
            template=await self._template(layout),
        )
        await self._workshop.run(write_trial, job)

    async def _template(self, layout: Mapping[str, Any]) -> str:
        """Where the author's own Word file lies; "" when the form has none."""
        beside = str(layout.get(TEMPLATE, ""))
        return str(await self._files.path(beside)) if beside else ""

    async def _drawn(self, stem: str, docx: Path, file: File, ending: str) -> list[File]:
        """Return the PDF, or a picture a page; nothing where LibreOffice is not found."""
        key = f"{stem}.pdf"
        try:
            path = await self._files.path(key)
        except FileNotFoundError:
            made = await asyncio.to_thread(lambda: preview.pdf(docx.read_bytes()))
            if made is None:
                return []
            path = await self._files.write(key, made)
        if ending == "pdf":
            return [file]
        return await self._pages(stem, path, file.name)

    async def _pages(self, stem: str, pdf: Path, name: str) -> list[File]:
        drawn = await asyncio.to_thread(lambda: preview.pages(pdf.read_bytes(), last=_PAGES))
        files = []
        for number, page in enumerate(drawn or (), 1):
            key = f"{stem}.page-{number}.png"
            await self._files.write(key, page)
            files.append(File(key, f"{name}-trang-{number}.png", "image/png"))
        return files
