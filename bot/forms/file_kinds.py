"""What a file is by its bytes, whatever its name says; nothing is unpacked here."""

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Final

from bot.forms.faults import WHOLE_FILE, Fault, error

LARGEST_FILE: Final = 10_000_000
"""Bytes of a workbook or XForm."""
LARGEST_UNPACKED: Final = 200_000_000
"""Bytes of a workbook's parts when unpacked."""
MOST_PARTS: Final = 5_000
"""Files in a workbook's archive; each sheet, style sheet and picture is one."""

LARGEST_BUNDLE: Final = 30_000_000
"""Bytes of a form and the files beside it when unpacked."""
WORKBOOKS: Final = (".xlsx", ".xlsm", ".xls")

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BLANK: Final = b"\xef\xbb\xbf \t\r\n"
_STARTS: Final = (
    (b"%PDF", "PDF"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG", "PNG"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "RTF"),
)
_INSIDE: Final = {  # a part of an archive that is no workbook of ours, and what it is then
    "xl/workbook.bin": "XLSB",
    "word/document.xml": "Word",
    "ppt/presentation.xml": "PowerPoint",
    "content.xml": "OpenDocument (.ods)",
    "Index/Document.iwa": "Numbers",
}
_OLD_SHEETS: Final = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_HTML: Final = re.compile(rb"<!doctype html|<html|<table", re.IGNORECASE)


def is_xform(content: bytes) -> bool:
    """Whether it is XML: an XForm, or what claims to be one."""
    return content.lstrip(_BLANK).startswith(b"<")


def refuse(content: bytes) -> Fault | None:
    """Why a file cannot be a questionnaire; None when it may be one."""
    if len(content) > LARGEST_FILE:
        return _whole("fault-file-large", most=LARGEST_FILE // 1_000_000)
    if not content.strip(b"\0 \t\r\n"):
        return _whole("fault-file-empty")
    if is_xform(content):
        return _refuse_xml(content)
    if content.startswith(b"PK"):
        return _refuse_archive(content)
    if content.startswith(_OLE):
        return _refuse_ole(content)
    return _refuse_other(content)


def _refuse_other(content: bytes) -> Fault | None:
    for start, name in _STARTS:
        if content.startswith(start):
            return _whole("fault-file-other", kind=name)
    if content.startswith(_OLD_SHEETS):  # Excel 2 to 5, outside of any container: xlrd says
        return None
    if b"docs.google.com/" in content[:500]:
        return _whole("fault-file-gsheet")
    is_text = b"\0" not in content[:2000] or content.startswith((b"\xff\xfe", b"\xfe\xff"))
    return _whole("fault-file-text" if is_text else "fault-file-broken")


def _whole(key: str, **arguments: object) -> Fault:
    return error(WHOLE_FILE, 0, "", key, **arguments)


def _refuse_xml(content: bytes) -> Fault | None:
    head = content[:2000]
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head or b"Excel.Sheet" in head:
        return _whole("fault-file-other", kind="XML Spreadsheet 2003")
    if _HTML.search(head) and b"http://www.w3.org/2002/xforms" not in content:
        return _whole("fault-file-html")
    return None


def _refuse_archive(content: bytes) -> Fault | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, OverflowError):
        return _whole("fault-file-broken")
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        return _whole("fault-file-bomb")
    if any(part.flag_bits & 1 for part in parts):
        return _whole("fault-file-password")
    kind = next((kind for name, kind in _INSIDE.items() if name in names), "")
    if kind:
        return _whole("fault-file-other", kind=kind)
    if any(name.lower().endswith("workbook.xml") for name in names):
        return None
    return _refuse_bundle(parts)


def _refuse_bundle(parts: Sequence[zipfile.ZipInfo]) -> Fault | None:
    forms = bundled_forms([part.filename for part in parts])
    if not forms:
        return _whole("fault-file-archive")
    if len(forms) > 1:
        return _whole("fault-bundle-forms", found=", ".join(forms))
    if sum(part.file_size for part in parts) > LARGEST_BUNDLE:
        return _whole("fault-bundle-large", most=LARGEST_BUNDLE // 1_000_000)
    return None


def bundled_forms(names: Sequence[str]) -> list[str]:
    """Which files of an archive are questionnaires: its workbooks, or else form.xml.

    None where the archive is itself a workbook.
    """
    if any(name.lower().endswith("workbook.xml") for name in names):
        return []
    names = [name for name in names if not is_ignored(name)]
    workbooks = [name for name in names if name.lower().endswith(WORKBOOKS)]
    xforms = [name for name in names if name.lower().endswith(".xml")]
    named = [name for name in xforms if name.lower().rpartition("/")[2] == "form.xml"]
    return workbooks or named or (xforms if len(xforms) == 1 else [])


def is_ignored(name: str) -> bool:
    """Whether a name in an archive is a folder, or litter that Mac, Windows and Office leave."""
    last = name.rpartition("/")[2]
    return not last or name.startswith("__MACOSX/") or last.startswith((".", "~$", "Thumbs.db"))


def decoded(content: bytes) -> str | None:
    """The text of a CSV as Excel and others write it; None when it is no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in content[:2000]:
        little = content[1:2000:2].count(0) > content[0:2000:2].count(0)
        encodings = ["utf-16-le" if little else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1258"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x01-\x08\x0e-\x1f]", text):
            return text
    return None


def _refuse_ole(content: bytes) -> Fault | None:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _whole("fault-file-password")
    if "WordDocument".encode("utf-16-le") in content:
        return _whole("fault-file-other", kind="Word 97-2003")
    return None
