"""The workbook that comes back: faulty cells in yellow, a comment in each, a list in front."""

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.forms.marking import ERROR_FILL, WARNING_FILL
from bot.forms.sheet import examine, fault_file, mark
from bot.texts import texts
from tests.forms.workbooks import workbook

SAY = texts("vi")
BROKEN = """
    | type   | name | label | relevant | required |
    | integr | a    | A     |          |          |
    | text   | b    | B     | ${c} > ( |          |
    | note   | d    | D     |          | yes      |
"""


def marked(content: bytes):
    faults = examine(content).faults
    return load_workbook(io.BytesIO(mark(content, faults, SAY)))


def test_each_faulty_cell_is_yellow_and_says_what_to_do() -> None:
    book = marked(workbook(BROKEN))
    survey = book["survey"]
    assert survey["A2"].fill.fgColor.rgb == ERROR_FILL.fgColor.rgb
    assert "Không có loại câu hỏi" in survey["A2"].comment.text
    assert "→ Sửa thành integer." in survey["A2"].comment.text
    assert survey["D3"].fill.fgColor.rgb == ERROR_FILL.fgColor.rgb
    assert survey["E4"].fill.fgColor.rgb == WARNING_FILL.fgColor.rgb
    assert survey["B2"].comment is None
    assert survey["D3"].value == "${c} > ("


def test_a_list_stands_in_front_with_links() -> None:
    book = marked(workbook(BROKEN))
    first = book.worksheets[0]
    assert first.title == "Lỗi cần sửa"
    assert book.active.title == first.title
    assert "2 lỗi phải sửa" in first["A1"].value
    assert first["A3"].hyperlink.location == "'survey'!A2"
    assert [first.cell(4, column).value for column in (1, 2)] == [
        "Trang survey, ô D3 (cột relevant)",
        'Không có câu hỏi nào tên "c".',
    ]


def test_marks_go_when_what_was_marked_is_mended() -> None:
    content = workbook(BROKEN)
    book = load_workbook(io.BytesIO(mark(content, examine(content).faults, SAY)))
    book["survey"]["A2"] = "integer"
    book["survey"]["A3"].comment = None
    again = io.BytesIO()
    book.save(again)
    mended = marked(again.getvalue())
    assert mended["survey"]["A2"].comment is None
    assert mended["survey"]["A2"].fill.fill_type is None
    assert mended["survey"]["D3"].comment is not None
    assert mended.sheetnames.count("Lỗi cần sửa") == 1


def test_a_marked_workbook_that_is_mended_is_a_form() -> None:
    content = workbook(BROKEN)
    book = load_workbook(io.BytesIO(mark(content, examine(content).faults, SAY)))
    book["survey"]["A2"], book["survey"]["D3"] = "integer", "${a} > 1"
    mended = io.BytesIO()
    book.save(mended)
    assert examine(mended.getvalue()).package is not None


def test_words_of_an_author_never_become_a_formula() -> None:
    book = marked(workbook("| type | name | label |\n| =HYPERLINK(1) | a | A |"))
    values = [cell.data_type for row in book.worksheets[0].iter_rows(min_row=3) for cell in row]
    assert "f" not in values


def test_an_old_workbook_comes_back_as_a_new_one() -> None:
    path = Path(__file__).parents[3] / "shared" / "xlsforms" / "calculate_without_calculation.xls"
    if not path.is_file():
        pytest.skip("the public forms are not here")
    book = marked(path.read_bytes())
    assert book["survey"]["A34"].comment is not None


def test_what_is_no_workbook_comes_back_as_a_list() -> None:
    content = b"<a/>"
    suffix, shown = fault_file(content, examine(content).faults, SAY)
    assert suffix == ".txt"
    assert "XForm" in shown.decode("utf-8-sig")


def test_cells_that_excel_changed_are_found_and_marked() -> None:
    book = load_workbook(
        io.BytesIO(
            workbook("""
                | type         | name | label | default |
                | select_one x | a    | A     |         |
                | date         | d    | D     |         |
                ## choices
                | list_name | name | label |
                | x         | 1    | Một   |
                | x         | 2    | Hai   |
                | x         | 3    | Ba    |
            """)
        )
    )
    book["choices"]["B2"] = date(2023, 2, 1)
    book["choices"]["C3"] = True
    book["survey"]["D3"] = date(2023, 10, 2)  # a day is what it means there
    book["choices"].merge_cells("A3:A4")
    content = io.BytesIO()
    book.save(content)
    found = examine(content.getvalue()).faults
    assert [(f.sheet, f.row, f.column, f.key, f.severity) for f in found] == [
        ("choices", 2, "name", "fault-cell-date", "error"),
        ("choices", 3, "label", "fault-cell-truth", "warning"),
        ("choices", 3, "", "fault-merged", "error"),
        ("choices", 4, "list_name", "fault-choice-no-list", "warning"),
    ]
    shown = marked(content.getvalue())
    assert "2023-02-01" in shown["choices"]["B2"].comment.text
    assert "gộp" in shown["choices"]["A3"].comment.text
