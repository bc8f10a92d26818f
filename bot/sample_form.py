"""The sample form that an author begins from: a small real one, with help in every sheet.

Its words stand in templates/new-form, a line a row, cells between " | ".
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter

FOLDER: Final = Path(__file__).parent.parent / "templates" / "new-form"
SHEETS: Final = ("survey", "choices", "settings", "report")
GUIDE: Final = "hướng dẫn"

_TITLE: Final = "Soạn phiếu báo cáo bằng Excel"
_MORE_ROWS: Final = 300
"""Rows with drop-downs below the header."""
_WIDTHS: Final = {
    "type": 26,
    "name": 18,
    "label": 46,
    "hint": 34,
    "relevant": 26,
    "constraint": 26,
    "constraint_message": 40,
    "calculation": 34,
    "text": 80,
    "list_name": 18,
    "kind": 18,
    "form_title": 44,
    "bot::example": 28,
    "bot::check": 26,
    "bot::check_message": 40,
}
_USUAL_WIDTH: Final = 16
_LINE: Final = 75
"""Characters that fit on a line of the guide."""
_BEGINNINGS: Final = ("begin", "end", "part", "appendix")


def sample_form() -> bytes:
    """The workbook, as the bytes of an .xlsx file. The same bytes each time."""
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001 - as Excel keeps it
    offers = _write_guide(book)
    columns = _columns()
    for name in SHEETS:
        _write_sheet(book, name, columns[name], offers)
    book.worksheets()[1].activate()  # the survey, behind the guide
    book.close()
    return output.getvalue()


def _lines(name: str) -> Iterator[str]:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line.strip() and not line.startswith("# "))


def _columns() -> dict[str, dict[str, str]]:
    """The columns of each sheet in their order, each with its comment."""
    found: dict[str, dict[str, str]] = {name: {} for name in SHEETS}
    for line in _lines("columns"):
        sheet, column, comment = line.split(" | ", 2)
        found[sheet][column] = comment
    return found


def _rows(sheet: str, header: Sequence[str]) -> Iterator[dict[str, str]]:
    """Cells in the order of the header, then ``column=text``."""
    for line in _lines(sheet):
        row: dict[str, str] = {}
        for column, cell in zip(header, line.split(" | "), strict=False):
            title, mark, text = cell.strip().partition("=")
            if mark and title in header:
                row[title] = text
            elif cell.strip():
                row[column] = cell.strip()
        yield row


def _write_sheet(
    book: Any, name: str, columns: Mapping[str, str], offers: Mapping[str, str]
) -> None:
    sheet = book.add_worksheet(name)
    head = {"bold": True, "font_color": "#FFFFFF", "valign": "vcenter"}
    known = book.add_format({**head, "bg_color": "#1F4E78"})
    ours = book.add_format({**head, "bg_color": "#548235"})
    # As text: Excel then makes no date of 2/10 and no number of 01.
    look = {"num_format": "@", "text_wrap": True, "valign": "top"}
    plain = book.add_format(look)
    heading = book.add_format({**look, "bg_color": "#DDEBF7"})
    for column, (title, comment) in enumerate(columns.items()):
        sheet.set_column(column, column, _WIDTHS.get(title, _USUAL_WIDTH), plain)
        sheet.write_string(0, column, title, ours if "::" in title else known)
        sheet.write_comment(0, column, comment, {"x_scale": 2.4, "y_scale": 1.6})
        if title in offers:
            _offer(sheet, column, offers[title])
    for number, row in enumerate(_rows(name, list(columns)), 1):
        begins = row.get("type", row.get("kind", "")).startswith(_BEGINNINGS)
        for column, title in enumerate(columns):
            if title in row:
                sheet.write_string(number, column, row[title], heading if begins else plain)
            elif begins:
                sheet.write_blank(number, column, None, heading)
    sheet.freeze_panes(1, 2 if name == "survey" else 1)
    if name != "survey":  # which has too many columns for that
        _print_wide(sheet)


def _print_wide(sheet: Any) -> None:
    """All columns on one page of A4."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _offer(sheet: Any, column: int, source: str) -> None:
    """A drop-down that lets an author write something else as well."""
    values: Any = source if source.startswith("=") else source.split(",")
    options = {"validate": "list", "source": values, "show_error": False}
    sheet.data_validation(1, column, _MORE_ROWS, column, options)


def _write_guide(book: Any) -> dict[str, str]:
    """The sheet of help; returns what the drop-downs of each column offer."""
    sheet = book.add_worksheet(GUIDE)
    title = book.add_format({"bold": True, "font_size": 16, "font_color": "#1F4E78"})
    band = book.add_format({"bold": True, "font_size": 12, "bg_color": "#DDEBF7"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 32, text)
    sheet.set_column(1, 1, 70, text)
    sheet.set_column(2, 2, 48, text)
    sheet.write_string(0, 0, _TITLE, title)
    ranges: dict[str, list[int]] = {}
    number, under = 1, ""
    for line in _lines("guide"):
        if line.startswith("## "):
            under = line.removeprefix("## ")
            number += 1
            for column, words in enumerate((under, "", "")):
                sheet.write_string(number, column, words, band)
        else:
            cells = line.split(" | ")
            if max(map(len, cells)) > _LINE:  # LibreOffice does not find the height by itself
                sheet.set_row(number, 30)
            for column, words in enumerate(cells):
                sheet.write_string(number, column, words, text)
            ranges.setdefault(under, []).append(number + 1)
        number += 1
    sheet.hide_gridlines(2)
    _print_wide(sheet)
    offers = {"required": "yes,no", "bot::reads": "money"}
    for offered in ("type", "kind"):
        rows = next(rows for heading, rows in ranges.items() if f"cột {offered}" in heading)
        offers[offered] = f"='{GUIDE}'!$A${rows[0]}:$A${rows[-1]}"
    return offers
