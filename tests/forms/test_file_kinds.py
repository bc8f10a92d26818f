"""Whatever file is sent: it is told apart by its bytes, and refused with what to do instead."""

import io
import time
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.forms import sheet
from bot.forms.fault_words import problem_and_remedy
from bot.forms.file_kinds import LARGEST_FILE, MOST_PARTS
from bot.forms.sheet import examine
from bot.texts import texts
from tests.forms.workbooks import workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SMALL = "| type | name | label |\n| text | a | A |"
SAY = texts("vi")


def archive(*names: str, content: bytes = b"x") -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as made:
        for name in names:
            made.writestr(name, content)
    return output.getvalue()


def locked() -> bytes:
    """A .xlsx whose parts say that they are encrypted."""
    content = bytearray(workbook(SMALL))
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


FILES = {
    "nothing": (b"", "fault-file-empty"),
    "zeros": (b"\0" * 100, "fault-file-empty"),
    "text": (b"hello", "fault-file-text"),
    "CSV": ("type,name,label\ntext,a,Tên\n".encode(), "fault-file-text"),
    "CSV of Excel": ("type;name\ntext;a\n".encode("utf-16"), "fault-file-text"),
    "PDF": (b"%PDF-1.7 ...", "fault-file-other"),
    "photo": (b"\xff\xd8\xff\xe0 ...", "fault-file-other"),
    "OpenDocument": (archive("mimetype", "content.xml"), "fault-file-other"),
    "Word": (archive("word/document.xml"), "fault-file-other"),
    "XLSB": (archive("xl/workbook.bin"), "fault-file-other"),
    "Numbers": (archive("Index/Document.iwa"), "fault-file-other"),
    "old Word": (OLE + "WordDocument".encode("utf-16-le") + b"\0" * 600, "fault-file-other"),
    "Excel with a password": (
        OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600,
        "fault-file-password",
    ),
    "locked zip": (locked(), "fault-file-password"),
    "archive": (archive("anh.jpg", "doc.txt"), "fault-file-archive"),
    "Google Sheets as a page": (b"<!DOCTYPE html><html><table>", "fault-file-html"),
    "link to Google Sheets": (
        b'{"url": "https://docs.google.com/open?id=1"}',
        "fault-file-gsheet",
    ),
    "XML of Excel 2003": (
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
        "fault-file-other",
    ),
    "half a workbook": (workbook(SMALL)[:300], "fault-file-broken"),
    "half an old workbook": (OLE + b"\0" * 500 + b"x", "fault-file-broken"),
    "noise": (bytes(range(256)) * 10, "fault-file-broken"),
    "too large": (b"x" * (LARGEST_FILE + 1), "fault-file-large"),
    "broken XML": (b"<a><b></a>", "fault-xform-broken"),
    "laughing XML": (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "fault-xform-refused"),
    "other XML": (b"<a/>", "fault-no-xform"),
    "deep XML": (b"<a>" * 300 + b"</a>" * 300, "fault-xform-deep"),
}


@pytest.mark.parametrize("kind", FILES)
def test_what_is_no_form_is_refused_with_what_to_do(kind: str) -> None:
    content, key = FILES[kind]
    examined = examine(content)
    assert examined.package is None
    assert [fault.key for fault in examined.faults] == [key]
    problem, remedy = problem_and_remedy(examined.faults[0], SAY)
    assert problem
    assert remedy


def test_an_archive_of_many_files_is_not_unpacked() -> None:
    many = archive(*(f"xl/{number}.xml" for number in range(MOST_PARTS + 1)))
    assert [fault.key for fault in examine(many).faults] == ["fault-file-bomb"]


def test_a_sheet_that_goes_on_and_on_is_refused() -> None:
    """3 MB of XML in 20 kB: 600,000 rows, each with cells."""
    book = workbook(SMALL)
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(output, "w", 8) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                row = b"<row>" + b"<c><v>1</v></c>" * 100 + b"</row>"
                data = data.replace(b"</sheetData>", row * 25_000 + b"</sheetData>")
            new.writestr(name, data)
    keys = [fault.key for fault in examine(output.getvalue()).faults]
    assert keys in (["fault-cells-too-many"], ["fault-file-heavy"], ["fault-file-slow"])


def test_too_many_questions_are_refused() -> None:
    rows = "\n".join(f"| text | a{number} | A |" for number in range(5_001))
    found = examine(workbook(f"| type | name | label |\n{rows}")).faults
    assert found[0].key == "fault-rows-too-many"


def test_the_name_of_a_file_does_not_matter() -> None:
    old = Path(__file__).parents[3] / "shared" / "xlsforms" / "tutorial.xls"
    if not old.is_file():
        pytest.skip("the public forms are not here")
    assert examine(old.read_bytes()).package is not None


def test_a_sheet_of_google_with_a_thousand_empty_rows_is_read() -> None:
    book = load_workbook(io.BytesIO(workbook(SMALL)))
    for number in range(4, 1001):
        book["survey"].cell(number, 26).value = None
        book["survey"].row_dimensions[number].height = 15.75
    output = io.BytesIO()
    book.save(output)
    assert examine(output.getvalue()).faults == ()


def test_a_worker_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "WALL_SECONDS", 0.01)
    assert [f.key for f in examine(workbook(SMALL)).faults] == ["fault-file-slow"]


def test_a_worker_that_falls_over_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet.sys, "executable", "/bin/false")
    assert [f.key for f in examine(workbook(SMALL)).faults] == ["fault-file-heavy"]


def with_entities(bomb: bytes) -> bytes:
    """A workbook whose survey begins with definitions, and uses one."""
    book = workbook(SMALL)
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(output, "w", 8) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                head, mark, rest = data.partition(b"<worksheet")
                assert b"<t>A</t>" in rest
                data = head + bomb + mark + rest.replace(b"<t>A</t>", b"<t>&h;</t>")
            new.writestr(name, data)
    return output.getvalue()


def test_entities_that_multiply_are_refused() -> None:
    layers = [b'<!ENTITY a "ha">']
    for one, two in zip("abcdefg", "bcdefgh", strict=True):
        layers.append(f'<!ENTITY {two} "{f"&{one};" * 40}">'.encode())
    bomb = b"<!DOCTYPE worksheet [" + b"".join(layers) + b"]>"
    assert [f.key for f in examine(with_entities(bomb)).faults] == ["fault-file-broken"]


def test_entities_never_read_a_file_of_this_machine() -> None:
    reading = b'<!DOCTYPE worksheet [<!ENTITY h SYSTEM "file:///etc/passwd">]>'
    assert [f.key for f in examine(with_entities(reading)).faults] == ["fault-file-broken"]


def test_an_encoding_cannot_hide_a_definition() -> None:
    hidden = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    for content in (hidden.encode(), hidden.encode("utf-16")):
        assert examine(content).package is None


@pytest.mark.slow
def test_repeats_that_multiply_are_given_up() -> None:
    """A thousand rows of a thousand rows of a thousand rows; only the engine sees how many."""
    began = time.monotonic()
    found = examine(
        workbook("""
            | type         | name | label | repeat_count |
            | begin_repeat | a    | A     | 999 + 1      |
            | begin_repeat | b    | B     | 999 + 1      |
            | begin_repeat | c    | C     | 999 + 1      |
            | text         | d    | D     |              |
            | end_repeat   |      |       |              |
            | end_repeat   |      |       |              |
            | end_repeat   |      |       |              |
        """)
    )
    assert found.faults[0].key in ("fault-file-heavy", "fault-restless")
    assert time.monotonic() - began < sheet.WALL_SECONDS + 5
