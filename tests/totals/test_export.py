"""A campaign goes out to other programs: every version as OpenRosa has it, the newest as tables."""

import csv
import io
import zipfile
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook
from typer.testing import CliRunner

from bot.__main__ import app
from bot.errors import SetupError
from bot.totals.export import ExportOrder, export
from tests.totals.conftest import House
from tests.totals.sample import OPENED, ZONE, district, keep_form, submit
from tests.totals.small import small_form, state

SCHOOLS = [("Trường TH Bình An", "TH"), ("Trường TH Mỹ Thạnh", "TH"), ("Trường MN Hoa Sen", "MN")]


@pytest.fixture
async def campaign(house: House) -> int:
    def work(store) -> int:
        made = district(store, SCHOOLS, form_id=keep_form(store, small_form()))
        first, second, _ = made.schools
        at = OPENED + timedelta(days=1)
        submit(store, made.campaign, first, state(ten="=1+1", hs="100"), at)
        submit(store, made.campaign, first, state(ten="=1+1", hs="120"), at + timedelta(hours=1))
        rows = [("Đọc", "30"), ("Vẽ", "20")]
        submit(store, made.campaign, second, state(rows, ten="Hai", viec="doc ve"), at)
        return made.campaign

    return await house.database.write(work)


async def out(house: House, campaign: int, to: Path, kind: str, *, labels: bool = False) -> list:
    told: list[tuple[int, int]] = []
    order = ExportOrder(campaign, to, kind, labels)
    done = await export(house.database, house.files, ZONE, order, lambda *n: told.append(n))
    assert done.missing == ()
    assert len(told) == done.submissions
    return told


async def test_openrosa_gets_a_folder_a_version(house, campaign, tmp_path):
    assert (await out(house, campaign, tmp_path / "ra", "openrosa"))[-1] == (3, 3)
    folders = sorted(path.name for path in (tmp_path / "ra").iterdir() if path.is_dir())
    assert [name.rsplit("-BC-")[0] for name in folders] == [
        "Truong-TH-Binh-An-lan-1",
        "Truong-TH-Binh-An-lan-2",
        "Truong-TH-My-Thanh-lan-1",
    ]
    roots = [
        fromstring((tmp_path / "ra" / name / "submission.xml").read_bytes()) for name in folders
    ]
    one, two, _ = (root.find("meta") for root in roots)
    assert two.findtext("deprecatedID") == one.findtext("instanceID")
    assert [root.findtext("hs") for root in roots] == ["100", "120", ""]
    assert (tmp_path / "ra" / "form.xml").read_text(encoding="utf-8") == small_form().xform


async def test_photos_lie_beside_the_answers_and_lost_ones_are_named(house, tmp_path):
    from tests.totals.sample import PHOTOS, answers, photo_key  # noqa: PLC0415

    def work(store) -> int:
        made = district(store, SCHOOLS)
        submit(store, made.campaign, made.schools[0], answers(0), OPENED + timedelta(days=1))
        return made.campaign

    number = await house.database.write(work)
    kept, *lost = [photo_key(0, name) for name in PHOTOS]
    await house.files.write(kept, b"JPEG")
    order = ExportOrder(number, tmp_path / "ra.zip", "openrosa")
    done = await export(house.database, house.files, ZONE, order, lambda *_: None)
    with zipfile.ZipFile(tmp_path / "ra.zip") as archive:
        names = archive.namelist()
        (xml,) = [archive.read(name) for name in names if name.endswith("submission.xml")]
        (photo,) = [name for name in names if name.endswith(Path(kept).name)]
        assert archive.read(photo) == b"JPEG"
    assert Path(kept).name in xml.decode()
    assert "photos/" not in xml.decode()
    assert {Path(name).name for name in done.missing} <= {Path(name).name for name in lost}
    assert done.missing


async def test_csv_has_the_newest_of_each_school_and_a_file_a_repeat(house, campaign, tmp_path):
    await out(house, campaign, tmp_path / "ra.zip", "csv", labels=True)
    main, rows = tables(tmp_path / "ra.zip", "data.csv", "hd.csv")
    assert main[1]["hs"] == "Bao nhiêu học sinh?"
    assert [(row["unit"], row["version"], row["hs"], row["viec"]) for row in main[2:]] == [
        ("Trường TH Bình An", "2", "120", ""),
        ("Trường TH Mỹ Thạnh", "1", "", "doc ve"),
    ]
    assert main[2]["ten"] == "'=1+1"  # no formula in a spreadsheet
    assert [(row["PARENT_KEY"], row["hd_ten"], row["hd_so"]) for row in rows[2:]] == [
        (main[3]["KEY"], "Đọc", "30"),
        (main[3]["KEY"], "Vẽ", "20"),
    ]


async def test_one_workbook_has_a_sheet_a_repeat(house, campaign, tmp_path):
    await out(house, campaign, tmp_path / "ra.xlsx", "xlsx")
    book = load_workbook(tmp_path / "ra.xlsx")
    assert book.sheetnames == ["data", "hd"]
    heads, first, _ = list(book["data"].iter_rows(values_only=True))
    row = dict(zip(heads, first, strict=True))
    assert (row["hs"], row["ten"]) == (120, "=1+1")
    assert book["data"].cell(2, heads.index("ten") + 1).data_type == "s"
    assert book["hd"].max_row == 3


async def test_no_campaign_is_said_so(house, tmp_path):
    with pytest.raises(SetupError, match="no campaign 77"):
        await out(house, 77, tmp_path / "ra", "csv")


def test_the_command_writes_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    form = Path(__file__).parents[2] / "templates" / "tuan-le-hoc-tap-suot-doi" / "form.xlsx"
    opened = runner.invoke(
        app, ["open-campaign", str(form), "--office", "Phòng", "--due", "trước ngày 15/10/2099"]
    )
    assert "campaign 1 is open" in opened.output
    done = runner.invoke(app, ["export", "1", "--to", "ra", "--as", "openrosa"])
    assert "0 submissions -> ra" in done.output
    assert (tmp_path / "ra" / "form.xml").is_file()


def tables(path: Path, *names: str) -> list[list[Mapping[str, str]]]:
    with zipfile.ZipFile(path) as archive:
        texts = [archive.read(name).decode("utf-8-sig") for name in names]
    found = []
    for text in texts:
        lines = list(csv.reader(io.StringIO(text)))
        found.append([dict(zip(lines[0], line, strict=True)) for line in lines])
    return found
