"""A questionnaire and the files it needs, in one ZIP: lists, pictures of labels, report.docx."""

import io
import mimetypes
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.forms.file_kinds import bundled_forms, decoded, is_ignored

REPORT_FILE: Final = "report.docx"
"""The author's own layout of the report."""
LISTS: Final = (".csv", ".xml", ".geojson")
_STARTS: Final = {  # what a picture begins with, whatever its name says
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".png": b"\x89PNG\r\n",
    ".webp": b"RIFF",
}
_MEDIA: Final = (*_STARTS, ".mp3", ".m4a", ".ogg", ".mp4")


@dataclass(frozen=True, slots=True)
class Bundle:
    """What an author sends: the form, and files by their names without folders."""

    form: bytes
    files: Mapping[str, bytes] = field(default_factory=dict)

    def lists(self) -> dict[str, str]:
        """The lists, as text; one that is none, for the form's reader to refuse, is left out."""
        texts = {name: decoded(self.files[name]) for name in self._ending(LISTS)}
        return {name: text for name, text in texts.items() if text is not None}

    def media(self) -> dict[str, bytes]:
        """Pictures, sounds and films that are what their names say."""
        return {name: self.files[name] for name in self._ending(_MEDIA) if self._is_true(name)}

    def _ending(self, endings: tuple[str, ...]) -> Iterator[str]:
        return (name for name in self.files if name.lower().endswith(endings))

    def _is_true(self, name: str) -> bool:
        ending = f".{name.lower().rpartition('.')[2]}"
        return self.files[name].startswith(_STARTS.get(ending, b""))


def opened(content: bytes) -> Bundle:
    """The form and its files, of what ``file_kinds.refuse`` lets through; alone if it is no ZIP.

    Raises:
        Exception: whatever ``zipfile`` raises when the archive is broken.
    """
    if not content.startswith(b"PK"):
        return Bundle(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if not is_ignored(name)]
        forms = bundled_forms(names)
        if len(forms) != 1:
            return Bundle(content)
        beside = {_base(name): archive.read(name) for name in names if name != forms[0]}
        return Bundle(archive.read(forms[0]), beside)


def mime_of(name: str) -> str:
    """The MIME type of a file beside a form."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _base(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2]
