"""Lists of schools as offices have them: workbooks and text files, written for each test."""

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from storage.people import Unit

Rows = Sequence[Sequence[object]]


def fill(sheet: Worksheet, rows: Rows, merged: Sequence[str] = ()) -> None:
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def workbook(
    rows: Rows, merged: Sequence[str] = (), hidden: Sequence[int] = (), title: str = "Sheet1"
) -> bytes:
    book = Workbook()
    book.active.title = title
    fill(book.active, rows, merged)
    for row in hidden:
        book.active.row_dimensions[row].hidden = True
    return saved(book)


def text(rows: Rows, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode(encoding)


def school(number: int, name: str, level: str = "", **more: object) -> Unit:
    return Unit(number, 1, "school", level, name, {}, **more)
