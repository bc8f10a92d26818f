"""The form that authors begin from: sound, helpful, and never written over another."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from bot.__main__ import app
from bot.documents.nd30 import render
from bot.documents.outline import KINDS as PRINTED
from bot.documents.outline import build
from bot.forms.columns import OWN_COLUMNS
from bot.forms.filling import Filling
from bot.forms.report_sheet import KINDS
from bot.forms.sheet import examine
from bot.forms.survey_rows import TYPES
from bot.forms.xform import Form
from bot.sample_form import GUIDE, sample_form
from tests.forms.workbooks import environment

runner = CliRunner()


@pytest.fixture(scope="module")
def book():
    return load_workbook(io.BytesIO(sample_form()))


def test_it_has_no_fault() -> None:
    examined = examine(sample_form())
    assert examined.faults == ()
    assert examined.package is not None


def test_it_is_the_same_each_time() -> None:
    assert sample_form() == sample_form()


def test_a_school_can_fill_it_and_gets_a_paper() -> None:
    package = examine(sample_form()).package
    assert package is not None
    form = Form.compile(package.xform, package.layout)
    filling = Filling.start(form, environment())
    for name, value in {
        "truong/ten_truong": "Trường Tiểu học Bình An",
        "truong/co_quan": "UBND xã Bình An",
        "kiem_tra/ngay_kiem_tra": "2026-11-20",
        "kiem_tra/noi_dung": "dien chay_no",
        "so_lieu/so_phong": "24",
        "so_lieu/so_phong_hong": "2",
        "so_lieu/binh_chua_chay": "12",
        "so_lieu/kinh_phi": "1500000",
        "co_nguy_co": "khong",
    }.items():
        filling.answer(f"/data/{name}", value)
    document = build(form, filling)
    said = repr(document)
    assert "đã kiểm tra: Hệ thống điện, Phòng cháy, chữa cháy." in said
    assert "1.500.000" in said
    assert "Không phát hiện chỗ mất an toàn." in said
    assert render(document, lambda _key: Path()).startswith(b"PK")


def test_each_column_offers_help_and_what_can_be_chosen(book) -> None:
    for name in ("survey", "choices", "settings", "report"):
        sheet = book[name]
        assert all(cell.comment and cell.comment.text for cell in sheet[1] if cell.value)
        assert sheet.freeze_panes is not None
    offered = {
        str(validation.sqref): validation.formula1
        for name in ("survey", "report")
        for validation in book[name].data_validations.dataValidation
    }
    assert len(offered) >= 3
    assert any("yes,no" in source for source in offered.values())
    head = [cell.value for cell in book["survey"][1]]
    assert set(OWN_COLUMNS) <= set(head)


@pytest.mark.parametrize(("sheet", "known"), [("survey", TYPES), ("report", KINDS)])
def test_the_drop_down_offers_every_type_and_kind(book, sheet: str, known: tuple[str, ...]) -> None:
    (validation,) = [
        v for v in book[sheet].data_validations.dataValidation if str(v.sqref).startswith("A")
    ]
    first, last = map(int, re.findall(r"\$A\$(\d+)", validation.formula1))
    offered = [book[GUIDE].cell(row, 1).value.split()[0] for row in range(first, last + 1)]
    assert set(offered) <= set(known)
    missing = set(known) - set(offered)
    assert missing <= {"geopoint", "audio", "video", "file", "barcode"}  # rare in a chat


def test_the_kinds_that_are_checked_are_those_that_are_printed() -> None:
    assert set(KINDS) == PRINTED


def test_new_form_writes_it_and_never_over_another(tmp_path: Path) -> None:
    path = tmp_path / "an-toan" / "form.xlsx"
    made = runner.invoke(app, ["new-form", str(path)])
    assert made.exit_code == 0, made.output
    assert path.read_bytes() == sample_form()
    path.write_bytes(b"mine")
    again = runner.invoke(app, ["new-form", str(path)])
    assert again.exit_code
    assert "is there already" in str(again.exception)
    assert path.read_bytes() == b"mine"


def test_a_folder_gets_a_form_of_its_own(tmp_path: Path) -> None:
    assert runner.invoke(app, ["new-form", str(tmp_path / "x")]).exit_code == 0
    assert (tmp_path / "x" / "form.xlsx").is_file()


@pytest.mark.libreoffice
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not here")
    (tmp_path / "form.xlsx").write_bytes(sample_form())
    subprocess.run(
        [
            *("soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"),
            *("--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "form.xlsx")),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert (tmp_path / "form.pdf").stat().st_size > 10_000
