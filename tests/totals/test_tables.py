"""The workbook and the CSV files: typed, whole, traceable, safe, and adding up."""

import csv
import io
import re
import shutil
import subprocess
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.totals.desk import csv_file, xlsx_file
from storage.campaigns import Campaign
from storage.store import Store
from tests.totals.conftest import House
from tests.totals.sample import DUE, OPENED, answers, district, hand_in, keep_form, submit
from tests.totals.small import small_form, state

NOW = DUE + timedelta(days=3)
SCHOOLS = [
    ("Trường TH Bình An", "TH"),
    ("=HYPERLINK(A1)", "TH"),
    ("Trường MN Hoa Sen", "MN"),
    ("Trường THCS Mỹ An", "THCS"),
]


def small(store: Store) -> Campaign:
    made = district(store, SCHOOLS, form_id=keep_form(store, small_form()))
    store.connection.exec_driver_sql(
        'UPDATE units SET contact = \'{"head": "Cô Lan", "phone": "0900"}\' WHERE level = \'MN\''
    )
    full = state(
        [("Thi đọc", "30"), ("<r>a & b</r>", "40")],
        ten="=cmd|' /C calc'!A0",
        hs="1200",
        diem="7.5",
        le="co",
        khach="12",
        ngay="2026-11-20",
        gio="07:30:00.000",
        viec="doc ve",
    )
    taken_back = state(hs="80", le="co", khach="500") | {}
    taken_back["values"]["/data/le"] = "khong"  # the 500 guests are no longer relevant
    submit(store, made.campaign, made.schools[0], full, OPENED + timedelta(days=1))
    submit(store, made.campaign, made.schools[1], taken_back, DUE + timedelta(days=1))
    return store.campaigns.campaign(made.campaign)


async def book_of(house: House, campaign: Campaign, **options: bool) -> Path:
    return await house.paperwork.path(xlsx_file(campaign, NOW, **options))


def column(sheet: Worksheet, name: str) -> int:
    """The column of a question, or of a heading."""
    for row in (2, 1):
        for cell in sheet[row]:
            if cell.value == name:
                return cell.column
    raise AssertionError(name)


def cells(sheet: Worksheet, name: str) -> list[object]:
    return [row[column(sheet, name) - 1].value for row in sheet.iter_rows(min_row=3)]


async def test_cells_are_what_they_are(house: House):
    campaign = await house.database.write(small)
    book = load_workbook(await book_of(house, campaign))
    assert book.sheetnames == ["Tổng hợp", "Hoạt động", "Chưa nộp", "Nguồn"]
    sheet = book["Tổng hợp"]
    assert cells(sheet, "Trường") == [*(name for name, _ in SCHOOLS), "Tổng cộng"]
    assert cells(sheet, "hs")[:3] == [1200, 80, None]
    assert cells(sheet, "diem")[0] == 7.5
    assert cells(sheet, "ngay")[0] == datetime.combine(date(2026, 11, 20), time())
    assert cells(sheet, "gio")[0] == time(7, 30)
    assert cells(sheet, "viec")[0] == "Đọc sách; Vẽ tranh; tô màu"
    assert cells(sheet, "le")[:2] == ["Có", "Không"]
    assert cells(sheet, "Nộp lúc")[0] == datetime.fromisoformat("2023-10-03T08:00")  # in Vietnam
    assert cells(sheet, "Tình trạng")[:4] == [
        "Đã nộp",
        "Nộp muộn",
        "Quá hạn, chưa nộp",
        "Quá hạn, chưa nộp",
    ]
    assert sheet.freeze_panes == "C3"
    assert sheet.auto_filter.ref.startswith("A2:")
    assert sheet.cell(3, column(sheet, "hs")).number_format == "[$-42A]#,##0"
    assert sheet.cell(1, 1).font.name == "Times New Roman"
    assert sheet.cell(5, 2).fill.start_color.rgb != sheet.cell(3, 2).fill.start_color.rgb


async def test_what_is_no_longer_relevant_does_not_count(house: House):
    campaign = await house.database.write(small)
    sheet = load_workbook(await book_of(house, campaign))["Tổng hợp"]
    assert cells(sheet, "khach") == [12, None, None, None, "=SUBTOTAL(109,L3:L6)"]


async def test_text_is_never_a_formula(house: House):
    campaign = await house.database.write(small)
    book = load_workbook(await book_of(house, campaign))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert re.fullmatch(r"=SUBTOTAL\(109,[A-Z]+3:[A-Z]+\d+\)", cell.value)
    archive = zipfile.ZipFile(await book_of(house, campaign))
    assert b"<f>" not in archive.read("xl/worksheets/sheet3.xml")
    assert cells(book["Tổng hợp"], "ten")[0] == "=cmd|' /C calc'!A0"


async def test_a_row_of_a_repeat_tells_its_school_and_version(house: House):
    campaign = await house.database.write(small)
    book = load_workbook(await book_of(house, campaign))
    main, sheet = book["Tổng hợp"], book["Hoạt động"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=4)]
    receipt = cells(main, "Mã biên nhận")[0]
    assert rows == [
        ["Trường TH Bình An", 1, receipt, 2, "Thi đọc", 30],
        ["Trường TH Bình An", 1, receipt, 3, "<r>a & b</r>", 40],
    ]
    assert sheet.cell(5, 6).value == "=SUBTOTAL(109,F3:F4)"


async def test_who_is_missing_and_where_it_comes_from(house: House):
    campaign = await house.database.write(small)
    book = load_workbook(await book_of(house, campaign))
    rows = [[cell.value for cell in row] for row in book["Chưa nộp"].iter_rows(min_row=2)]
    due = datetime.fromisoformat("2023-10-14T23:59")
    assert [row[1] for row in rows] == ["Trường MN Hoa Sen", "Trường THCS Mỹ An"]
    assert rows[0][5:] == [due, "Cô Lan", "0900"]
    said = {row[0].value: row[1].value for row in book["Nguồn"].iter_rows(max_row=9)}
    assert said["Hạn nộp"] == "trước ngày 15/10/2023"
    assert (said["Số đơn vị"], said["Đã nộp"], said["Nộp muộn"]) == ("4", "2", "1")
    assert len(said["Dấu vân tay của mẫu báo cáo"]) == 64


async def test_frozen_at_the_deadline_it_stays_the_same(house: House):
    def more(store: Store) -> None:
        unit = store.totals.rows(campaign.id)[2].unit_id
        submit(store, campaign.id, unit, state(hs="7"), NOW)

    campaign = await house.database.write(small)
    before = (await book_of(house, campaign, frozen=True)).read_bytes()
    await house.database.write(more)
    await house.database.write(lambda store: store.totals.freeze(campaign.id, NOW))
    await house.files.delete(xlsx_file(campaign, NOW, frozen=True).key)
    again = await book_of(house, campaign, frozen=True)
    assert again.read_bytes() == before
    sheet = load_workbook(again)["Tổng hợp"]
    assert cells(sheet, "hs")[:4] == [1200, None, None, None]
    assert cells(sheet, "Tình trạng")[1:3] == ["Quá hạn, chưa nộp"] * 2


async def test_csv_is_read_by_excel_and_harmless_in_it(house: House):
    campaign = await house.database.write(small)
    path = await house.paperwork.path(csv_file(campaign, NOW))
    archive = zipfile.ZipFile(path)
    assert archive.namelist() == ["Tổng hợp.csv", "Hoạt động.csv"]
    content = archive.read("Tổng hợp.csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))[1:]
    assert rows[0]["Tên đầy đủ"] == "'=cmd|' /C calc'!A0"
    assert rows[1]["Trường"] == "'=HYPERLINK(A1)"
    assert (rows[0]["Học sinh"], rows[0]["Ngày lễ"], rows[0]["Giờ"]) == (
        "1200",
        "20/11/2026",
        "07:30",
    )
    assert len(rows) == len(SCHOOLS)


def recalculated(path: Path, folder: Path) -> Path:
    """The workbook as LibreOffice has it, its totals computed by LibreOffice alone."""
    program = shutil.which("soffice")
    if program is None or not list(Path("/usr/lib").glob("libreoffice/program/libsclo.so")):
        pytest.skip("LibreOffice Calc is not installed (Debian: libreoffice-calc-nogui)")
    bare = folder / "bare.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bare, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/"):
                content = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", content)
            target.writestr(name, content)
    command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += [
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(folder / "out"),
        bare,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / "out" / "bare.xlsx"


@pytest.mark.libreoffice
async def test_the_totals_are_those_of_the_submissions(house: House, tmp_path: Path):
    """Thirty schools, 27 in: LibreOffice adds up the same as we do from the stored answers."""

    def work(store: Store) -> tuple[Campaign, int]:
        made = district(store)
        hand_in(store, made)
        return store.campaigns.campaign(made.campaign), len(made.schools) - 3

    campaign, done = await house.database.write(work)
    path = await book_of(house, campaign)
    sheet = load_workbook(recalculated(path, tmp_path), data_only=True)["Tổng hợp"]
    for name in ("bang_ron", "ngan_sach", "van_dong", "tong_kinh_phi", "clb_hs"):
        expected = sum(
            (
                Decimal(value)
                for number in range(done)
                for ref, value in answers(number)["values"].items()
                if ref.endswith(f"/{name}")
            ),
            Decimal(),
        )
        assert expected
        assert Decimal(str(sheet.cell(sheet.max_row, column(sheet, name)).value)) == expected
        kept = load_workbook(path, data_only=True)["Tổng hợp"]  # for programs that do not compute
        assert Decimal(str(kept.cell(kept.max_row, column(kept, name)).value)) == expected
