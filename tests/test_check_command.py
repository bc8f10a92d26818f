"""``python -m bot check FILE``: all faults in Vietnamese, and 1 where there are errors."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from bot.__main__ import app
from bot.errors import SetupError
from tests.forms.workbooks import workbook

runner = CliRunner()
BROKEN = """
    | type   | name | label | relevant |
    | integr | a    | A     |          |
    | text   | b    | B     | ${aa} >  |
"""


def write(folder: Path, markdown: str) -> str:
    path = folder / "phieu.xlsx"
    path.write_bytes(workbook(markdown))
    return str(path)


def test_faults_are_listed_with_cell_and_remedy(tmp_path: Path) -> None:
    done = runner.invoke(app, ["check", write(tmp_path, BROKEN)])
    assert done.exit_code == 1
    assert done.output == (
        "phieu.xlsx: 2 lỗi phải sửa\n"
        "1. Trang survey, ô A2 (cột type)\n"
        '   Sai: Không có loại câu hỏi "integr".\n'
        "   Sửa: Sửa thành integer.\n"
        "2. Trang survey, ô D3 (cột relevant)\n"
        '   Sai: Không có câu hỏi nào tên "aa".\n'
        "   Sửa: Sửa lại cho đúng tên ở cột name của trang survey. Đang có: a, b.\n"
    )


def test_a_sound_form_says_so(tmp_path: Path) -> None:
    done = runner.invoke(
        app, ["check", write(tmp_path, "| type | name | label |\n| text | a | A |")]
    )
    assert (done.exit_code, done.output) == (0, "phieu.xlsx: Không có lỗi. Phiếu có 1 câu hỏi.\n")


def test_what_is_only_doubtful_is_no_failure(tmp_path: Path) -> None:
    form = "| type | name | label | required |\n| note | a | A | yes |"
    done = runner.invoke(app, ["check", write(tmp_path, form)])
    assert done.exit_code == 0
    assert "1 chỗ nên xem lại" in done.output


def test_the_marked_workbook_can_be_had(tmp_path: Path) -> None:
    target = tmp_path / "sua.xlsx"
    done = runner.invoke(app, ["check", write(tmp_path, BROKEN), "--marked", str(target)])
    assert done.exit_code == 1
    book = load_workbook(io.BytesIO(target.read_bytes()))
    assert book["survey"]["D3"].comment is not None


def test_a_file_that_is_not_there_is_said_in_a_line(tmp_path: Path) -> None:
    done = runner.invoke(app, ["check", str(tmp_path / "x.xlsx")])
    assert isinstance(done.exception, SetupError)


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF"])
def test_what_is_no_workbook_is_said_as_well(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "phieu.xlsx"
    path.write_bytes(content)
    done = runner.invoke(app, ["check", str(path)])
    assert done.exit_code == 1
    assert "Sửa:" in done.output
