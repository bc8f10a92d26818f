"""What came with a message: fetched, made safe and small, put away; before its turn begins."""

import asyncio
import hashlib
import hmac
import io
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.attached import kind_of
from bot.chat import Attachment, Channel, Incoming
from bot.documents.vietnamese import clean, file_name
from bot.errors import FormError, PhotoError, Rejected
from bot.forms.sheet import FormPackage, load_form
from bot.workshop import Workshop, shrink
from storage.attachments import StoredFile
from storage.files import Files
from storage.reports import StoredPhoto

_RECORDED = ("voice", "video")
_FETCHED = ("photo", "file", *_RECORDED)
_UNNAMED = {"audio": "ghi-am", "video": "video", "file": "tep"}
_PAPERS = (".xlsx", ".xls", ".csv", ".tsv", ".xml", ".pdf", ".docx", ".doc", ".txt")
_TABLES = (".xlsx", ".xls", ".csv", ".tsv", ".txt")
_FORMS = (".xlsx", ".xls", ".xml")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_MOST_OF_A_WORKBOOK = 1_000_000  # bytes of its list of sheets

ALIKE_BITS = 6
"""Of 64: a photo sent again through another channel differs in 0-4, another photo in 12 or more."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that is no photo: a workbook, a list of schools, a dispatch."""

    key: str
    name: str
    content: bytes  # of a table; empty for what is only passed on
    form: FormPackage | None = None  # a workbook that is a questionnaire
    fault: str = ""  # a questionnaire that cannot be used: where, and what to mend


@dataclass(frozen=True, slots=True)
class Received:
    """A photo or a file that came with a message, or why there is none."""

    photo: StoredPhoto | None = None
    warnings: tuple[str, ...] = ()  # what to point out: "small", "blurred", "dark"
    problem: str = ""  # key of the bot's texts, when there is no photo
    paper: Paper | None = None
    file: StoredFile | None = None  # to answer a question; deleted when none asks for it
    file_problem: str = ""  # "file-too-big" or "file-not-taken", when there is no file


class Intake:
    """Fetches and shrinks photos. A photo that is fetched again gets the same name again."""

    def __init__(
        self, channels: Mapping[str, Channel], files: Files, workshop: Workshop, secret: bytes
    ) -> None:
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
        channel = self._channels[incoming.sender.channel]
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
                    paper = await self._paper(source, attachment.name, name.hexdigest()[:32])
                    return Received(problem="photo-not-an-image", paper=paper, file=file)
                photo = await self._workshop.run(shrink, str(source), str(target))
            except PhotoError as error:
                return _without_photo(attachment, error.reason, file)
            except Rejected:
                return _without_photo(attachment, "photo-too-big", file)
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
        form, fault = None, ""
        if suffix in _FORMS and is_form(content):
            try:
                form = await asyncio.to_thread(load_form, content, name)
            except FormError as error:
                fault = str(error)
        key = f"papers/{stem}{suffix}"
        await self._files.put(key, source)
        kept = content if suffix in _TABLES and not (form or fault) else b""
        return Paper(key, Path(name).name[:150], kept, form, fault)


def _without_photo(attachment: Attachment, reason: str, file: StoredFile | None) -> Received:
    """Say why there is no photo, or why there is no file where none was meant to be a photo."""
    too_big = "file-too-big" if reason == "photo-too-big" else ""
    if attachment.kind in _RECORDED:
        return Received(file_problem=too_big or "file-not-taken")
    return Received(
        problem=reason, file=file, file_problem="" if file else too_big or "file-not-taken"
    )


def is_form(content: bytes) -> bool:
    """Say whether a file is a questionnaire: an XForm, or a workbook with a sheet ``survey``."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return True
    if content.startswith(_OLD_EXCEL):
        return b"survey" in content or "survey".encode("utf-16-le") in content
    try:
        workbook = zipfile.ZipFile(io.BytesIO(content))
        with workbook, workbook.open("xl/workbook.xml") as part:
            return b'name="survey"' in part.read(_MOST_OF_A_WORKBOOK)
    except (zipfile.BadZipFile, KeyError):
        return False


def alike(one: int, other: int) -> bool:
    """Say whether two ``bot.photos.Photo.dhash`` very likely show one picture."""
    return (one ^ other).bit_count() <= ALIKE_BITS
