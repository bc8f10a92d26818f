"""What a file is, by what is in it: the name may say anything."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from bot.attached import MAX_BYTES, kind_of
from tests.samples import photo


def word() -> bytes:
    content = io.BytesIO()
    Document().save(content)
    return content.getvalue()


def excel() -> bytes:
    content = io.BytesIO()
    Workbook().save(content)
    return content.getvalue()


def package(*names: str, mimetype: str = "") -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        if mimetype:
            made.writestr("mimetype", mimetype)
        for name in names:
            made.writestr(name, "x")
    return content.getvalue()


TAKEN = {
    "audio .ogg": b"OggS\0\x02" + b"\0" * 22 + b"OpusHead",
    "audio .mp3": b"ID3\x04\0\0\0\0\0\0",
    "audio .m4a": b"\0\0\0\x20ftypM4A \0\0\0\0",
    "audio .wav": b"RIFF\0\0\0\0WAVEfmt ",
    "audio .amr": b"#!AMR\n",
    "audio .aac": b"\xff\xf1\x50\x80",
    "audio .flac": b"fLaC\0",
    "video .mp4": b"\0\0\0\x20ftypisom\0\0\2\0",
    "video .mov": b"\0\0\0\x14ftypqt  \0\0\0\0",
    "video .webm": b"\x1a\x45\xdf\xa3\x9fB\x86\x81\1B\xf7\x81\1B\x82\x84webm",
    "video .avi": b"RIFF\0\0\0\0AVI LIST",
    "file .pdf": b"%PDF-1.7\n",
    "file .docx": word(),
    "file .xlsx": excel(),
    "file .odt": package("content.xml", mimetype="application/vnd.oasis.opendocument.text"),
    "file .rtf": b"{\\rtf1 x}",
}
REFUSED = {
    "a program": b"MZ\x90\0",
    "a script": b"#!/bin/sh\nrm -rf /",
    "a web page": b"<html><script>",
    "an archive": package("a.exe"),
    "a macro": package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "half a package": word()[:200],
    "nothing": b"",
    "a photo": photo(1, (300, 200)),
}


@pytest.mark.parametrize("what", TAKEN)
def test_what_is_taken_is_known_by_its_content(tmp_path: Path, what: str):
    path = tmp_path / "x"
    path.write_bytes(TAKEN[what])
    known = kind_of(path, "tep.exe")
    assert known is not None
    assert f"{known.kind} {known.ending}" == what


@pytest.mark.parametrize("what", REFUSED)
def test_nothing_else_is_taken_whatever_it_is_called(tmp_path: Path, what: str):
    path = tmp_path / "x"
    path.write_bytes(REFUSED[what])
    for name in ("bien-ban.pdf", "bien-ban.docx", "ghi-am.mp3", ""):
        assert kind_of(path, name) is None


def test_a_container_of_both_is_a_recording_when_it_was_spoken(tmp_path: Path):
    path = tmp_path / "x"
    path.write_bytes(TAKEN["video .mp4"])
    known = kind_of(path, "", spoken=True)
    assert known is not None
    assert known.kind == "audio"


def test_text_and_old_office_need_their_endings(tmp_path: Path):
    path = tmp_path / "x"
    path.write_bytes("Tên,Số\n".encode())
    assert kind_of(path, "x") is None
    assert kind_of(path, "x.csv") is not None
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert kind_of(path, "x.msi") is None
    known = kind_of(path, "x.doc")
    assert known is not None
    assert known.mime == "application/msword"


def test_what_is_too_big_is_not_taken(tmp_path: Path):
    path = tmp_path / "x"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(MAX_BYTES + 1)
    assert kind_of(path, "x.pdf") is None
