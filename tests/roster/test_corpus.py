"""Forty files of different mess: each read right, or refused with the place and what to do."""

import io
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from bot.errors import RosterError
from bot.roster import plan, read
from tests.roster.files import fill, saved, text, workbook

COUNT = ["Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín"]
THREE = ["Trường MN Hoa Sen", "Trường TH Bình An", "Trường THCS Thị trấn"]


@dataclass
class Case:
    """A file, and what has to come of it."""

    content: Callable[[], bytes]
    names: list[str]
    file_name: str = "ds.xlsx"
    said: dict[str, dict[str, str]] = field(default_factory=dict)  # name -> what else is known
    faults: list[tuple[int, str, str]] = field(default_factory=list)  # row, column, key


CASES = {
    "as it should be": Case(
        lambda: workbook(
            [
                ["STT", "Tên trường", "Cấp học", "Cụm", "Mã trường", "Hiệu trưởng", "SĐT", "Email"],
                [
                    1,
                    "Trường MN Hoa Sen",
                    "MN",
                    "Cụm 1",
                    "79001",
                    "Lê Thị A",
                    "0912345678",
                    "a@b.vn",
                ],
                [
                    2,
                    "Trường TH Bình An",
                    "TH",
                    "Cụm 1",
                    "79002",
                    "Lê Văn B",
                    "0912345679",
                    "b@b.vn",
                ],
                [3, "Trường THCS Thị trấn", "THCS", "Cụm 2", "79003", "Lê Văn C", "0912345670", ""],
            ]
        ),
        THREE,
        said={
            "Trường MN Hoa Sen": {
                "level": "MN",
                "cluster": "Cụm 1",
                "code": "79001",
                "head": "Lê Thị A",
                "phone": "0912345678",
                "email": "a@b.vn",
            }
        },
    ),
    "titles above, total and signatures below": Case(
        lambda: workbook(
            [
                ["PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
                ["HUYỆN THỦ THỪA", None, "Độc lập - Tự do - Hạnh phúc"],
                [None, None, "Thủ Thừa, ngày 5 tháng 9 năm 2026"],
                ["DANH SÁCH CÁC TRƯỜNG NĂM HỌC 2026 – 2027"],
                ["(Kèm theo Công văn số 12/PGDĐT ngày 5/9/2026)"],
                [],
                ["TT", "Đơn vị", "Điện thoại"],
                [1, "Trường MN Hoa Sen", "0912 345 678"],
                [2, "Trường TH Bình An", "0912.345.679"],
                [3, "Trường THCS Thị trấn", "+84 912 345 670"],
                ["Tổng cộng", "3 trường"],
                [],
                ["Người lập biểu", None, "TRƯỞNG PHÒNG"],
                ["(Ký, ghi rõ họ tên)"],
                [None, "Trường Thị Mầm Non"],
            ],
            ["A4:C4"],
        ),
        THREE,
        said={
            "Trường MN Hoa Sen": {"phone": "0912345678"},
            "Trường TH Bình An": {"phone": "0912345679"},
            "Trường THCS Thị trấn": {"phone": "0912345670"},
        },
    ),
    "columns in another order, other words": Case(
        lambda: workbook(
            [
                [
                    "E-mail",
                    "Người liên hệ",
                    "Số điện thoại",
                    "Bậc học",
                    "Cơ sở giáo dục",
                    "Địa chỉ",
                ],
                ["A@B.VN", "Lê A", 912345678, "Mầm non", "Hoa Sen", "Xã Mỹ Thạnh"],
                ["", "Lê B", 912345679.0, "Tiểu học", "Bình An", "Xã Bình An"],
                ["", "", None, "Trung học cơ sở", "Thị trấn", ""],
            ]
        ),
        THREE,
        said={
            "Trường MN Hoa Sen": {"email": "a@b.vn", "phone": "0912345678", "head": "Lê A"},
            "Trường TH Bình An": {"phone": "0912345679"},
        },
    ),
    "English headers": Case(
        lambda: workbook(
            [
                ["No", "School name", "Level", "Principal", "Phone", "Code"],
                [1, "MN Hoa Sen", "", "Le A", "0912345678", "X1"],
                [2, "TH Bình An"],
                [3, "THCS Thị trấn"],
            ]
        ),
        THREE,
        said={"Trường MN Hoa Sen": {"code": "X1", "head": "Le A"}},
    ),
    "clusters merged": Case(
        lambda: workbook(
            [
                ["Cụm trường", "Tên trường"],
                ["Cụm 1", "MN Hoa Sen"],
                [None, "TH Bình An"],
                ["Cụm 2", "THCS Thị trấn"],
            ],
            ["A2:A3"],
        ),
        THREE,
        said={
            "Trường TH Bình An": {"cluster": "Cụm 1"},
            "Trường THCS Thị trấn": {"cluster": "Cụm 2"},
        },
    ),
    "clusters written once, in a text file": Case(
        lambda: text(
            [
                ["Cụm", "Tên trường"],
                ["Cụm 1", "MN Hoa Sen"],
                ["", "TH Bình An"],
                ["Cụm 2", "THCS Thị trấn"],
            ]
        ),
        THREE,
        "ds.csv",
        said={"Trường TH Bình An": {"cluster": "Cụm 1"}},
    ),
    "a header of two rows": Case(
        lambda: workbook(
            [
                ["STT", "Tên trường", "Liên hệ", None, None],
                [None, None, "Hiệu trưởng", "Điện thoại", "Email"],
                ["(1)", "(2)", "(3)", "(4)", "(5)"],
                [1, "MN Hoa Sen", "Lê A", "0912345678", ""],
                [2, "TH Bình An", "", "", ""],
                [3, "THCS Thị trấn", "", "", ""],
            ],
            ["A1:A2", "B1:B2", "C1:E1"],
        ),
        THREE,
        said={"Trường MN Hoa Sen": {"head": "Lê A", "phone": "0912345678"}},
    ),
    "a header of two rows without merged cells": Case(
        lambda: text(
            [
                ["STT", "Tên trường", "Liên hệ", ""],
                ["", "", "Hiệu trưởng", "Điện thoại"],
                ["1", "MN Hoa Sen", "Lê A", "0912345678"],
                ["2", "TH Bình An", "", ""],
                ["3", "THCS Thị trấn", "", ""],
            ],
            ";",
        ),
        THREE,
        "ds.csv",
        said={"Trường MN Hoa Sen": {"head": "Lê A", "phone": "0912345678"}},
    ),
    "sections by level": Case(
        lambda: workbook(
            [
                ["STT", "Tên trường"],
                ["I", "Khối mầm non"],
                [1, "Hoa Sen"],
                [None, "Cộng: 1 trường"],
                ["II", "KHỐI TIỂU HỌC (1 trường)"],
                [1, "Bình An"],
                ["III. Cấp THCS"],
                [1, "Thị trấn"],
                ["Tổng số: 3 trường"],
            ]
        ),
        THREE,
        said={"Trường MN Hoa Sen": {"level": "MN"}, "Trường THCS Thị trấn": {"level": "THCS"}},
    ),
    "sections by cluster": Case(
        lambda: workbook(
            [
                ["STT", "Tên trường", "SĐT"],
                ["Cụm số 1"],
                [1, "MN Hoa Sen", ""],
                [2, "TH Bình An", ""],
                ["Cụm số 2"],
                [3, "THCS Thị trấn", ""],
            ],
            ["A2:C2", "A5:C5"],
        ),
        THREE,
        said={
            "Trường TH Bình An": {"cluster": "Cụm số 1"},
            "Trường THCS Thị trấn": {"cluster": "Cụm số 2"},
        },
    ),
    "levels as steps": Case(
        lambda: workbook(
            [["Trường", "Cấp"], ["Bình An", "Cấp 1"], ["Thị trấn", "cấp II"], ["Tân Thành", "1, 2"]]
        ),
        ["Trường TH Bình An", "Trường THCS Thị trấn"],
        faults=[(4, "A", "roster-row-no-level")],
    ),
    "only names": Case(
        lambda: workbook([["Trường MN Hoa Sen"], ["Trường TH Bình An"], ["Trường THCS Thị trấn"]]),
        THREE,
    ),
    "only names with numbers, as text": Case(
        lambda: "1. MN Hoa Sen\n2. TH Bình An\n\n3. THCS Thị trấn;\n".encode(), THREE, "ds.txt"
    ),
    "only names below a title, with phones": Case(
        lambda: workbook(
            [
                ["Danh sách trường"],
                ["MN Hoa Sen", 912345678],
                ["TH Bình An", "0912345679"],
                ["THCS Thị trấn", "a@b.vn"],
            ]
        ),
        THREE,
        said={"Trường MN Hoa Sen": {"phone": "0912345678"}},
    ),
    "blank rows and columns": Case(
        lambda: workbook(
            [
                [],
                [None, None, "STT", None, "Tên trường"],
                [],
                [None, None, 1, None, "MN Hoa Sen"],
                [],
                [None, None, 2, None, "TH Bình An"],
                [None, None, 3, None, "  THCS   Thị trấn  "],
            ]
        ),
        THREE,
    ),
    "hidden rows": Case(
        lambda: workbook(
            [["Tên trường"], ["MN Hoa Sen"], ["TH Cũ"], ["TH Bình An"], ["THCS Thị trấn"]],
            hidden=[3],
        ),
        THREE,
    ),
    "the header again on each page": Case(
        lambda: workbook(
            [
                ["STT", "Tên trường", "Hiệu trưởng"],
                [1, "MN Hoa Sen", "Lê A"],
                ["STT", "Tên trường", "Hiệu trưởng"],
                [2, "TH Bình An", "Lê B"],
                [3, "THCS Thị trấn", "Lê C"],
            ]
        ),
        THREE,
    ),
    "capitals": Case(
        lambda: workbook(
            [
                ["TÊN ĐƠN VỊ"],
                ["TRƯỜNG MẦM NON HOA SEN"],
                ["TRƯỜNG TIỂU HỌC VÀ TRUNG HỌC CƠ SỞ TÂN THÀNH"],
                ["TRƯỜNG TH BÌNH AN"],
            ]
        ),
        [
            "Trường Mầm non Hoa Sen",
            "Trường Tiểu học và Trung học cơ sở Tân Thành",
            "Trường TH Bình An",
        ],
        said={"Trường Tiểu học và Trung học cơ sở Tân Thành": {"level": "TH&THCS"}},
    ),
    "decomposed accents": Case(
        lambda: workbook(
            [[unicodedata.normalize("NFD", cell)] for cell in ("Tên trường", "TH Bình An")]
        ),
        ["Trường TH Bình An"],
    ),
    "the same school twice, differently written": Case(
        lambda: workbook(
            [["Tên trường"], ["TH Bình An"], ["MN Hoa Sen"], ["Trường Tiểu học BÌNH AN"]]
        ),
        ["Trường TH Bình An", "Trường MN Hoa Sen"],
        faults=[(4, "A", "roster-row-twice")],
    ),
    "a school of two rows": Case(
        lambda: workbook(
            [
                ["Tên trường", "Người liên hệ"],
                ["MN Hoa Sen", "Lê A"],
                [None, "Lê B"],
                ["TH Bình An", "Lê C"],
                ["THCS Thị trấn", ""],
            ],
            ["A2:A3"],
        ),
        THREE,
        said={"Trường MN Hoa Sen": {"head": "Lê A"}},
    ),
    "several sheets, one of them the list": Case(
        lambda: _sheets(
            {
                "Hướng dẫn": [["Cách ghi"], ["Mỗi trường một dòng"]],
                "Trống": [],
                "DS": [["Tên trường"], ["MN Hoa Sen"], ["TH Bình An"], ["THCS Thị trấn"]],
                "Cán bộ": [["Tên", "Chức vụ"], ["Lê A", "Chuyên viên"], ["Lê B", "Phó phòng"]],
            }
        ),
        THREE,
    ),
    "a sheet for each level": Case(
        lambda: _sheets(
            {
                "Mầm non": [["STT", "Tên trường"], [1, "Hoa Sen"]],
                "Tiểu học": [["STT", "Tên trường"], [1, "Bình An"]],
                "THCS": [["STT", "Tên trường"], [1, "Thị trấn"]],
            }
        ),
        THREE,
    ),
    "a hidden sheet": Case(
        lambda: _sheets(
            {
                "cũ": [["Tên trường"], *[[f"TH Cũ {n}"] for n in range(9)]],
                "mới": [["Tên trường"], ["MN Hoa Sen"], ["TH Bình An"], ["THCS Thị trấn"]],
            },
            hide="cũ",
        ),
        THREE,
    ),
    "cells formatted far down and far right": Case(lambda: _far_away(), THREE),
    "phones of all kinds": Case(
        lambda: workbook(
            [
                ["Tên trường", "Điện thoại"],
                ["TH A Một", 912345678.0],
                ["TH A Hai", "02723.812.345"],
                ["TH A Ba", 2723812345],
                ["TH A Bốn", "84912345678"],
                ["TH A Năm", "0912345678 - 0987654321"],
                ["TH A Sáu", "không có"],
                ["TH A Bảy", "12345"],
                ["TH A Tám", "9.12346E+08"],
                ["TH A Chín", "0912345678 (cô Lan)"],
            ]
        ),
        [
            f"Trường TH A {n}"
            for n in ["Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín"]
        ],
        said={
            "Trường TH A Một": {"phone": "0912345678"},
            "Trường TH A Hai": {"phone": "02723812345"},
            "Trường TH A Ba": {"phone": "02723812345"},
            "Trường TH A Bốn": {"phone": "0912345678"},
            "Trường TH A Năm": {"phone": "0912345678 / 0987654321"},
            "Trường TH A Sáu": {"phone": ""},
            "Trường TH A Bảy": {"phone": ""},
            "Trường TH A Tám": {"phone": ""},
            "Trường TH A Chín": {"phone": "0912345678"},
        },
        faults=[(8, "B", "roster-cell-phone"), (9, "B", "roster-cell-rounded")],
    ),
    "cells with faults": Case(
        lambda: workbook(
            [
                ["Tên trường", "Cấp học", "Email"],
                ["Bình An", "", "x@y.vn"],
                ["TH Mỹ Thạnh", "THCS", ""],
                ["#REF!", "TH", ""],
                ["MN Hoa Sen", "MN", "hoa sen tại gmail"],
                ["Trường Tiểu học", "", ""],
                ["TH " + "dài " * 80, "", ""],
            ]
        ),
        ["Trường MN Hoa Sen"],
        faults=[
            (2, "A", "roster-row-no-level"),
            (3, "B", "roster-row-two-levels"),
            (4, "A", "roster-row-formula"),
            (7, "A", "roster-row-long"),
            (5, "C", "roster-cell-email"),
        ],
    ),
    "commas": Case(lambda: text(_table()), THREE, "ds.csv", faults=[]),
    "semicolons with a byte order mark": Case(
        lambda: text(_table(), ";", "utf-8-sig"), THREE, "ds.csv"
    ),
    "tabs in UTF-16": Case(lambda: text(_table(), "\t", "utf-16"), THREE, "ds.txt"),
    "UTF-16 without a mark": Case(lambda: text(_table(), "\t", "utf-16-le"), THREE, "ds.tsv"),
    "Windows-1258": Case(lambda: _old_windows(_table()), THREE, "ds.csv"),
    "bars": Case(lambda: text(_table(), "|"), THREE, "ds.csv"),
    "as Excel writes sep=": Case(
        lambda: b"sep=;\r\n" + text(_table(), ";"), THREE, "ds.csv", faults=[]
    ),
    "line breaks inside cells": Case(
        lambda: text([["Tên\ntrường", "Ghi chú"], ["MN\nHoa Sen", "a\nb"], ["TH Bình An", ""]]),
        ["Trường MN Hoa Sen", "Trường TH Bình An"],
        "ds.csv",
    ),
    "schools without accents": Case(
        lambda: workbook([["Ten truong", "Cap hoc"], ["Truong TH Binh An", ""], ["Hoa Sen", "MN"]]),
        ["Trường TH Binh An", "Trường MN Hoa Sen"],
    ),
}


def _table() -> list[list[str]]:
    return [
        ["STT", "Tên trường", "Hiệu trưởng"],
        ["1", "MN Hoa Sen", "Lê Thị Hường"],
        ["2", "TH Bình An", "Đỗ Văn Được"],
        ["3", "THCS Thị trấn", "Nguyễn Ưởng"],
    ]


def _old_windows(rows: list[list[str]]) -> bytes:
    """Windows-1258 has letters like ê whole, and the accents behind them."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    written = []
    for letter in text(rows).decode():
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(c for c in parts if c in tones)
        rest = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        written.append(rest + tone)
    return "".join(written).encode("cp1258")


def _sheets(sheets: dict[str, list[list[object]]], hide: str = "") -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        fill(book.create_sheet(title), rows)
    if hide:
        book[hide].sheet_state = "hidden"
    return saved(book)


def _far_away() -> bytes:
    book = Workbook()
    fill(book.active, [["Tên trường"], ["MN Hoa Sen"], ["TH Bình An"], ["THCS Thị trấn"]])
    book.active.cell(1_048_576, 16_384).font = Font(bold=True)
    return saved(book)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_messy_list_is_read_right(case: Case):
    sheet = read(case.content(), case.file_name)
    found = plan(sheet, [])
    assert [new.name for new in found.added] == case.names
    faults = [(fault.row, fault.column, fault.key) for fault in found.doubtful + found.faults]
    assert faults == case.faults
    known = {new.name: new for new in found.added}
    for name, said in case.said.items():
        new = known[name]
        has = {"level": new.level, "cluster": new.cluster, "code": new.code, **new.contact}
        assert {key: has.get(key, "") for key in said} == said


# refused

TCVN3 = "Tªn tr­êng,HiÖu tr­ëng\nTr­êng TiÓu häc B×nh An,Lª ThÞ H­êng\n"
VNI = "Teân tröôøng,Hieäu tröôûng\nTröôøng Tieåu hoïc Bình An,Leâ Thò Höôøng\n"


def _bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 50_000_000)
    return stream.getvalue()


def _zip_of(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "<x/>")
    return stream.getvalue()


def _spans() -> bytes:
    """One merged cell that is the whole sheet: each of its cells would be made."""
    book = zipfile.ZipFile(io.BytesIO(workbook([["Tên trường"], ["TH A", "x"]], ["A2:B2"])))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in book.namelist():
            archive.writestr(name, book.read(name).replace(b"A2:B2", b"A2:XFD1048576"))
    return stream.getvalue()


REFUSED = {
    "a merged cell without end": (_spans, "ds.xlsx"),
    "old Excel": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "ds.xls"),
    "a web page called xls": (lambda: b"<html><table></table></html>", "ds.xls"),
    "a zip bomb": (_bomb, "ds.xlsx"),
    "11 MB": (lambda: b"a" * 11_000_000, "ds.csv"),
    "6,000 rows": (lambda: text([["Tên trường"], *[[f"TH A {n}"] for n in range(6000)]]), "a.csv"),
    "6,000 rows in Excel": (
        lambda: workbook([["Tên trường"], *[[f"TH A {n}"] for n in range(6000)]]),
        "a.xlsx",
    ),
    "an empty file": (lambda: b"", "ds.csv"),
    "an empty workbook": (lambda: workbook([]), "ds.xlsx"),
    "Word": (lambda: _zip_of("word/document.xml"), "ds.docx"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "ds.png"),
    "broken": (lambda: workbook([["Tên trường"]])[:400], "ds.xlsx"),
    "not a workbook inside": (lambda: b"just words", "ds.xlsx"),
    "workbook parts missing": (lambda: _zip_of("xl/workbook.xml"), "ds.xlsx"),
    "TCVN3 text": (lambda: TCVN3.encode("latin-1"), "ds.csv"),
    "VNI text": (lambda: VNI.encode("latin-1"), "ds.csv"),
    "TCVN3 in Excel": (
        lambda: workbook([line.split(",") for line in TCVN3.splitlines()], title="DS"),
        "ds.xlsx",
    ),
    "no list": (lambda: workbook([["Xin chào"], ["Số liệu", 12]], title="Số liệu"), "ds.xlsx"),
    "bytes": (lambda: bytes(range(256)) * 4, "ds.csv"),
}
EXPECTED = {
    "a merged cell without end": ("roster-too-big", {"megabytes": 10}),
    "old Excel": ("roster-old-excel", {}),
    "a web page called xls": ("roster-old-excel", {}),
    "a zip bomb": ("roster-too-big", {"megabytes": 10}),
    "11 MB": ("roster-too-big", {"megabytes": 10}),
    "6,000 rows": ("roster-too-many-rows", {"sheet": "a.csv", "most": 5000}),
    "6,000 rows in Excel": ("roster-too-many-rows", {"sheet": "Sheet1", "most": 5000}),
    "an empty file": ("roster-empty", {}),
    "an empty workbook": ("roster-empty", {}),
    "Word": ("roster-kind", {}),
    "a picture": ("roster-kind", {}),
    "broken": ("roster-unreadable", {}),
    "not a workbook inside": ("roster-unreadable", {}),
    "workbook parts missing": ("roster-unreadable", {}),
    "TCVN3 text": ("roster-old-font", {"sheet": "ds.csv", "row": 1, "column": "A"}),
    "VNI text": ("roster-old-font", {"sheet": "ds.csv", "row": 1, "column": "A"}),
    "TCVN3 in Excel": ("roster-old-font", {"sheet": "DS", "row": 1, "column": "A"}),
    "no list": ("roster-no-list", {"sheet": "Số liệu"}),
    "bytes": ("roster-encoding", {}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_used_is_refused_with_a_remedy(name: str):
    make, file_name = REFUSED[name]
    key, arguments = EXPECTED[name]
    with pytest.raises(RosterError) as refused:
        read(make(), file_name)
    assert (refused.value.key, refused.value.arguments) == (key, arguments)
