"""What a file is, by what is in it: a recording, a film, a paper. Its name may say anything.

Sources: the signatures of the formats' own specifications (RFC 3533 Ogg, ISO/IEC 14496-12 boxes,
ECMA-376 packages, ISO 32000 PDF).
"""

import zipfile
from dataclasses import dataclass
from pathlib import Path

MAX_BYTES = 20_000_000
_MOST_PARTS = 5_000  # of a package
_MOST_TEXT = 1_000_000  # bytes of a plain text
_AUDIO, _VIDEO, _FILE = "audio", "video", "file"


@dataclass(frozen=True, slots=True)
class Known:
    """A kind of file that is taken."""

    kind: str  # audio | video | file
    mime: str
    ending: str


_PACKAGES = {  # the first folder of an Office file, and what an OpenDocument file says it is
    "word/": Known(
        _FILE, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"
    ),
    "xl/": Known(
        _FILE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"
    ),
    "ppt/": Known(
        _FILE, "application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"
    ),
    "application/vnd.oasis.opendocument.text": Known(
        _FILE, "application/vnd.oasis.opendocument.text", ".odt"
    ),
    "application/vnd.oasis.opendocument.spreadsheet": Known(
        _FILE, "application/vnd.oasis.opendocument.spreadsheet", ".ods"
    ),
    "application/vnd.oasis.opendocument.presentation": Known(
        _FILE, "application/vnd.oasis.opendocument.presentation", ".odp"
    ),
}
_OLD_OFFICE = {
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
}
_PLAIN = {".csv": "text/csv", ".tsv": "text/tab-separated-values", ".txt": "text/plain"}
_HEIF = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")


def kind_of(path: Path, name: str, *, spoken: bool = False) -> Known | None:
    """Return what kind of file this is; None when it is none that is taken.

    ``spoken``: it came as a voice message, so that a container of both is a recording.
    """
    size = path.stat().st_size
    if not 0 < size <= MAX_BYTES:
        return None
    with path.open("rb") as file:
        head = file.read(512)
    ending = Path(name).suffix.lower()
    return (
        _recording(head)
        or _container(head, spoken=spoken or ending in (".m4a", ".weba", ".oga"))
        or _paper(path, head, ending)
    )


def _recording(head: bytes) -> Known | None:
    if head.startswith(b"OggS"):
        return Known(_VIDEO, "video/ogg", ".ogv") if b"theora" in head else _OGG
    if head.startswith(b"ID3") or (head[:1] == b"\xff" and head[1] & 0xE6 in (0xE2, 0xE4)):
        return Known(_AUDIO, "audio/mpeg", ".mp3")
    if head[:2] in (b"\xff\xf1", b"\xff\xf9"):
        return Known(_AUDIO, "audio/aac", ".aac")
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return Known(_AUDIO, "audio/wav", ".wav")
    if head.startswith(b"fLaC"):
        return Known(_AUDIO, "audio/flac", ".flac")
    if head.startswith(b"#!AMR"):
        return Known(_AUDIO, "audio/amr", ".amr")
    return None


_OGG = Known(_AUDIO, "audio/ogg", ".ogg")


def _container(head: bytes, *, spoken: bool) -> Known | None:
    if head[4:8] == b"ftyp" and head[8:12] not in _HEIF:
        if head[8:12] in (b"M4A ", b"M4B ") or spoken:
            return Known(_AUDIO, "audio/mp4", ".m4a")
        if head[8:12] == b"qt  ":
            return Known(_VIDEO, "video/quicktime", ".mov")
        return Known(_VIDEO, "video/mp4", ".mp4")
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        if spoken:
            return Known(_AUDIO, "audio/webm", ".weba")
        webm = b"webm" in head[:64]
        return Known(
            _VIDEO, "video/webm" if webm else "video/x-matroska", ".webm" if webm else ".mkv"
        )
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return Known(_VIDEO, "video/x-msvideo", ".avi")
    if head.startswith((b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3")):
        return Known(_VIDEO, "video/mpeg", ".mpg")
    return None


def _paper(path: Path, head: bytes, ending: str) -> Known | None:
    if head.startswith(b"%PDF-"):
        return Known(_FILE, "application/pdf", ".pdf")
    if head.startswith(b"PK\x03\x04"):
        return _package(path)
    if head.startswith(b"\xd0\xcf\x11\xe0") and ending in _OLD_OFFICE:
        return Known(_FILE, _OLD_OFFICE[ending], ending)
    if head.startswith(b"{\\rtf"):
        return Known(_FILE, "application/rtf", ".rtf")
    if ending in _PLAIN and path.stat().st_size <= _MOST_TEXT and _is_text(path.read_bytes()):
        return Known(_FILE, _PLAIN[ending], ending)
    return None


def _package(path: Path) -> Known | None:
    """Return what an Office package is; one that carries a program is not taken."""
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
            if len(names) > _MOST_PARTS or any("vbaproject" in one.lower() for one in names):
                return None
            if names[:1] == ["mimetype"] and package.getinfo("mimetype").file_size < 200:
                return _PACKAGES.get(package.read("mimetype").decode("ascii", "replace").strip())
            if "[Content_Types].xml" not in names:
                return None
            return next(
                (k for f, k in _PACKAGES.items() if any(n.startswith(f) for n in names)), None
            )
    except (zipfile.BadZipFile, OSError, KeyError, RuntimeError, NotImplementedError):
        return None


def _is_text(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\0" not in content
