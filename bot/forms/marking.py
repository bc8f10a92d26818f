"""Shows faults where they are: yellow cells with comments, and a list in front. In the worker."""

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.forms.workbook import read_all

ERROR_FILL: Final = PatternFill("solid", "FFFF00", "FFFF00")
WARNING_FILL: Final = PatternFill("solid", "FFF2CC", "FFF2CC")
_WIDTHS: Final = (28, 60, 60)
_LINE_HEIGHT: Final = 16
"""Points; LibreOffice does not find the height of a wrapped line by itself."""
_HEAD: Final = PatternFill("solid", "1F4E78", "1F4E78")


def marked(content: bytes, told: Mapping[str, Any]) -> bytes:
    """The workbook with what sheet.mark tells of it; .xls becomes .xlsx, without its looks.

    Marks of an earlier time are taken away first.
    """
    book = load_workbook(io.BytesIO(content)) if content[:2] == b"PK" else _copied(content)
    _clean(book, told)
    by_name = {sheet.title.strip().lower(): sheet for sheet in book.worksheets}
    faults: Sequence[Mapping[str, Any]] = told["faults"]
    targets = [_mark(by_name, fault, told["author"]) for fault in faults]
    _list(book, faults, targets, told)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _copied(content: bytes) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in read_all(content):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return book


def _clean(book: Workbook, told: Mapping[str, Any]) -> None:
    if told["sheet"] in book.sheetnames:
        book.remove(book[told["sheet"]])
    colours = {ERROR_FILL.fgColor.rgb, WARNING_FILL.fgColor.rgb}
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                comment = cell.comment
                if isinstance(cell, Cell) and comment and comment.author == told["author"]:
                    cell.comment = None
                    if cell.fill.fgColor.rgb in colours:
                        cell.fill = PatternFill()


def _mark(sheets: Mapping[str, Worksheet], fault: Mapping[str, Any], author: str) -> str:
    """Mark the cell of a fault; returns where a link to it leads."""
    sheet = sheets.get(fault["sheet"])
    if sheet is None:
        return ""
    name = fault["cell"] or f"A{max(1, fault['row'])}"
    cell = sheet[name]
    if not isinstance(cell, Cell):  # inside of merged cells: the first of them shows it
        home = next(r for r in sheet.merged_cells.ranges if name in r)
        name = home.coord.partition(":")[0]
        cell = sheet[name]
    if fault["row"] or fault["cell"]:
        already = cell.comment.text + "\n\n" if cell.comment else ""
        comment = Comment(f"{already}{fault['problem']}\n→ {fault['remedy']}", author)
        comment.width, comment.height = 360, min(400, 120 + 60 * already.count("→"))
        cell.comment = comment
        if fault["error"] or cell.fill.fgColor.rgb != ERROR_FILL.fgColor.rgb:
            cell.fill = ERROR_FILL if fault["error"] else WARNING_FILL
    title = sheet.title.replace("'", "''")
    return f"'{title}'!{name}"


def _list(
    book: Workbook,
    faults: Sequence[Mapping[str, Any]],
    targets: Sequence[str],
    told: Mapping[str, Any],
) -> None:
    sheet = book.create_sheet(told["sheet"], 0)
    sheet.append([told["title"]])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append(told["heads"])
    for cell in sheet[2]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
    for number, (fault, target) in enumerate(zip(faults, targets, strict=True), 3):
        for column, name in enumerate(("place", "problem", "remedy"), 1):
            cell = sheet.cell(number, column)
            cell.value, cell.data_type = fault[name], "s"  # never a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        longest = max(len(fault[name]) for name in ("problem", "remedy"))
        sheet.row_dimensions[number].height = _LINE_HEIGHT * (1 + longest // _WIDTHS[1])
        first = sheet.cell(number, 1)
        first.fill = ERROR_FILL if fault["error"] else WARNING_FILL
        if target:
            first.hyperlink = Hyperlink(ref=first.coordinate, location=target)
            first.font = Font(color="0563C1", underline="single")
    for letter, width in zip("ABC", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A3"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other.title == sheet.title
