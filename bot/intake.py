"""What came with a message: fetched, made safe and small, put away; before its turn begins."""

import asyncio
import hashlib
import hmac
import html
import io
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.attached import kind_of
from bot.author_file import template_key
from bot.chat import Address, Attachment, Channel, Incoming
from bot.documents.vietnamese import clean, file_name
from bot.documents.word_faults import fault_lines
from bot.errors import PhotoError, Rejected
from bot.forms.fault_words import SHOWN
from bot.forms.faults import WHOLE_FILE, Fault, error
from bot.forms.file_kinds import WORKBOOKS, bundled_forms, refuse
from bot.forms.sheet import Examined, FormPackage, examine, fault_file
from bot.texts import texts
from bot.workshop import Workshop, check_template, shrink
from storage.attachments import StoredFile
from storage.files import Files
from storage.reports import StoredPhoto

_RECORDED = ("voice", "video")
_FETCHED = ("photo", "file", *_RECORDED)
_UNNAMED = {"audio": "ghi-am", "video": "video", "file": "tep"}
_PAPERS = (
    ".xlsx",
    ".xls",
    ".xlsm",
    ".ods",
    ".csv",
    ".tsv",
    ".xml",
    ".zip",
    ".pdf",
    ".docx",
    ".doc",
    ".txt",
)
_TABLES = (".xlsx", ".xls", ".csv", ".tsv", ".txt")
_FORMS = (*WORKBOOKS, ".xml", ".zip")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_MOST_OF_A_WORKBOOK = 1_000_000  # bytes of its list of sheets
_TITLE = re.compile(rb"<(?:\w+:)?sheet\s[^>]*?name=\"([^\"]{1,100})\"")
_FORM_SHEETS = frozenset(("survey", "choices", "settings"))

ALIKE_BITS = 6
"""Of 64: a photo sent again through another channel differs in 0-4, another photo in 12 or more."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that is no photo: a workbook, a list of schools, a dispatch."""

    key: str
    name: str
    content: bytes  # of a table; empty for what is only passed on
    form: FormPackage | None = None  # a workbook that is a questionnaire
    is_form: bool = False  # it means to be one
    faults: tuple[Fault, ...] = ()  # why it cannot be used as one, or what should be looked at
    fault_key: str = ""  # of the file that shows all faults, when there is one
    template: str = ""  # key of a Word file that is to be filled in, for the form being opened
    template_fault: str = ""  # why that cannot be done: where, and what to mend


@dataclass(frozen=True, slots=True)
class Received:
    """A photo or a file that came with a message, or why there is none."""

    photo: StoredPhoto | None = None
    warnings: tuple[str, ...] = ()  # what to point out: "small", "blurred", "dark"
    problem: str = ""  # key of the bot's texts, when there is no photo
    paper: Paper | None = None
    file: StoredFile | None = None  # to answer a question; deleted when none asks for it
    file_problem: str = ""  # "file-too-big" or "file-not-taken", when there is no file


Opening = Callable[[Address], Awaitable[tuple[int, str, dict[str, Any]] | None]]


class Intake:
    """Fetches and shrinks photos. A photo that is fetched again gets the same name again.

    ``opening`` says which form (id, XForm, layout) an officer is opening a campaign with.
    """

    def __init__(
        self,
        channels: Mapping[str, Channel],
        files: Files,
        workshop: Workshop,
        secret: bytes,
        opening: Opening,
    ) -> None:
        self._opening = opening
        self._channels = channels
        self._files = files
        self._workshop = workshop
        self._secret = secret

    async def prepare(self, inbox_id: int, incoming: Incoming) -> tuple[Received, ...]:
        """Return what came of each attachment that may be a photo or a file.

        Raises:
            TryLater: the channel cannot give it out now.
        """
        return tuple(
            [
                await self._one(inbox_id, number, attachment, incoming)
                for number, attachment in enumerate(incoming.attachments)
                if attachment.kind in _FETCHED
            ]
        )

    async def _one(
        self, inbox_id: int, number: int, attachment: Attachment, incoming: Incoming
    ) -> Received:
        channel = self._channels[attachment.via or incoming.sender.channel]
        name = hmac.new(self._secret, f"photo {inbox_id} {number}".encode(), hashlib.sha256)
        key = f"photos/{name.hexdigest()[:32]}.jpg"
        file: StoredFile | None = None
        with tempfile.TemporaryDirectory(prefix="photo-") as folder:
            source, target = Path(folder, "source"), Path(folder, "target.jpg")
            try:
                if attachment.size > channel.abilities.download_bytes:
                    raise PhotoError("photo-too-big")
                await channel.download(attachment, source)
                file = await self._file(source, attachment, f"{inbox_id} {number}")
                if attachment.kind in _RECORDED:
                    return Received(file=file, file_problem="" if file else "file-not-taken")
                if Path(attachment.name).suffix.lower() in _PAPERS:
                    stem = name.hexdigest()[:32]
                    paper = await self._paper(source, attachment.name, stem)
                    if paper.key.endswith(".docx"):
                        paper = await self._template(paper, incoming.sender)
                    return Received(problem="photo-not-an-image", paper=paper, file=file)
                photo = await self._workshop.run(shrink, str(source), str(target))
            except PhotoError as error:
                return _without_photo(attachment, error.reason, file)
            except Rejected:
                return _without_photo(attachment, "photo-not-given", file)
            await self._files.put(key, target)
        stored = StoredPhoto(
            key=key,
            sha256=photo.sha256,
            dhash=f"{photo.dhash:016x}",
            width=photo.width,
            height=photo.height,
            bytes=photo.bytes,
            album=incoming.album,
            place=incoming.order * 100 + number,
        )
        return Received(stored, tuple(photo.warnings))

    async def _file(self, source: Path, attachment: Attachment, which: str) -> StoredFile | None:
        """Put away a copy of what may answer a question; None when it is none of the kinds taken.

        Its key holds its content and a name that does no harm anywhere, and is the same again
        when the message is fetched again.
        """
        spoken = attachment.kind == "voice" or attachment.mime.startswith("audio/")
        name = clean(Path(attachment.name).name).replace("\n", " ")
        known = await asyncio.to_thread(kind_of, source, name, spoken=spoken)
        if known is None:
            return None

        def copied() -> tuple[str, Path]:
            copy = source.with_name("copy")
            shutil.copyfile(source, copy)
            with copy.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest(), copy

        sha256, copy = await asyncio.to_thread(copied)
        folder = hmac.new(self._secret, f"file {which} {sha256}".encode(), hashlib.sha256)
        safe = file_name(Path(name).stem) if Path(name).stem else _UNNAMED[known.kind]
        key = f"attachments/{folder.hexdigest()[:32]}-{safe}{known.ending}"
        size = copy.stat().st_size
        await self._files.put(key, copy)
        shown = (Path(name).stem[:140] or safe) + known.ending
        return StoredFile(key, known.kind, shown, known.mime, size, sha256)

    async def _paper(self, source: Path, name: str, stem: str) -> Paper:
        suffix = Path(name).suffix.lower()
        content = await asyncio.to_thread(source.read_bytes)
        means_to_be_form = suffix in _FORMS and is_form(content)
        if means_to_be_form:
            examined = await asyncio.to_thread(examine, content)
        else:
            examined = Examined(None, (_why_no_form(content),))
        key = f"papers/{stem}{suffix}"
        await self._files.put(key, source)
        fault_key = ""
        if means_to_be_form and examined.package is None:
            fault_key = await self._show_faults(content, examined.faults, stem)
        paper = Paper(
            key,
            Path(name).name[:150],
            content if suffix in _TABLES and not means_to_be_form else b"",
            examined.package,
            means_to_be_form,
            examined.faults,
            fault_key,
        )
        return paper if paper.form is None else await self._with_files(paper, paper.form)

    async def _with_files(self, paper: Paper, form: FormPackage) -> Paper:
        """The paper, its form's pictures put away and its Word file checked."""
        for key, content in form.media.items():
            await self._files.write(key, content)
        if not form.template:
            return paper
        return await self._checked(paper, form.template, form.sha256, form.xform, form.layout)

    async def _show_faults(self, content: bytes, faults: tuple[Fault, ...], stem: str) -> str:
        """Keep a file that shows the faults; a list of few that are all said is no file."""
        suffix, shown = await asyncio.to_thread(fault_file, content, faults, texts("vi"))
        if suffix == ".txt" and len(faults) <= SHOWN:
            return ""
        key = f"made/form-faults/{stem}{suffix}"
        await self._files.write(key, shown)
        return key

    async def _template(self, paper: Paper, sender: Address) -> Paper:
        """The paper, checked against the form that its sender is opening a campaign with."""
        form = await self._opening(sender)
        if form is None:
            return paper
        content = await asyncio.to_thread((await self._files.path(paper.key)).read_bytes)
        return await self._checked(paper, content, *form)

    async def _checked(
        self, paper: Paper, content: bytes, form: int | str, xform: str, layout: dict[str, Any]
    ) -> Paper:
        faults = await self._workshop.run(check_template, content, form, xform, layout)
        if faults is None:
            return paper
        if faults:
            return replace(
                paper, template=paper.key, template_fault=fault_lines(faults, texts("vi"))
            )
        key = template_key(content)
        await self._files.write(key, content)
        return replace(paper, template=key)


def _without_photo(attachment: Attachment, reason: str, file: StoredFile | None) -> Received:
    """Say why there is no photo, or why there is no file where none was meant to be a photo."""
    too_big = "file-too-big" if reason == "photo-too-big" else ""
    if attachment.kind in _RECORDED:
        return Received(file_problem=too_big or "file-not-taken")
    return Received(
        problem=reason, file=file, file_problem="" if file else too_big or "file-not-taken"
    )


def is_form(content: bytes) -> bool:
    """Say whether a file means to be a questionnaire: an XForm, or a workbook with such sheets.

    A ZIP with a workbook in it does.
    """
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return True
    if content.startswith(_OLD_EXCEL):
        return b"survey" in content or "survey".encode("utf-16-le") in content
    titles = _titles(content)
    if not titles:
        return bool(_bundled(content))
    return not _FORM_SHEETS.isdisjoint(title.strip().lower() for title in titles)


def _bundled(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return bundled_forms(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return []


def _titles(content: bytes) -> list[str]:
    """The titles of a workbook's sheets, without opening any; none where it is no .xlsx."""
    try:
        workbook = zipfile.ZipFile(io.BytesIO(content))
        with workbook, workbook.open("xl/workbook.xml") as part:
            listed = part.read(_MOST_OF_A_WORKBOOK)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, EOFError):
        return []
    except (ValueError, zlib.error):
        return []
    return [html.unescape(found.decode("utf-8", "replace")) for found in _TITLE.findall(listed)]


def _why_no_form(content: bytes) -> Fault:
    """What to say of a file that is sent where a questionnaire is waited for."""
    found = ", ".join(_titles(content)) or "–"
    return refuse(content) or error(WHOLE_FILE, 0, "", "fault-sheet-survey", found=found)


def alike(one: int, other: int) -> bool:
    """Say whether two ``bot.photos.Photo.dhash`` very likely show one picture."""
    return (one ^ other).bit_count() <= ALIKE_BITS
