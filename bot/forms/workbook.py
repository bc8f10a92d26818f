"""The cells of a workbook as text, and what is odd about them. Runs in the worker only."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any, Final

from openpyxl import load_workbook
from xlrd import open_workbook
from xlrd.biffh import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, error_text_from_code
from xlrd.xldate import xldate_as_datetime

MOST_CELLS: Final = 2_000_000
EMPTY_ROWS: Final = 60
"""So many empty rows in a row are the end of a sheet, as for pyxform."""
SHEETS: Final = (
    *("survey", "choices", "settings", "report"),
    *("external_choices", "entities", "osm"),  # only pyxform reads these
)
MOST_ODD: Final = 500
"""Of dates, truths and errors that are listed."""

_ERRORS: Final = frozenset(
    ("#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!", "#SPILL!")
)
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z0-9:]{1,30})\"")

Sheet = tuple[str, Iterable[Iterable[object]], list[str]]
"""Title, rows, merged ranges."""


class TooManyCells(ValueError):
    """A sheet goes on and on."""


def read_workbook(content: bytes) -> dict[str, Any]:
    """Sheets that matter, cell by cell as text; all titles; dates, truths, errors, merged cells.

    Raises:
        Exception: whatever the readers raise when the file is broken.
    """
    read = _xlsx if content[:2] == b"PK" else _xls
    sheets: dict[str, list[list[str]]] = {}
    raw: dict[str, list[list[object]]] = {}
    titles: list[str] = []
    odd: list[list[object]] = []
    merged: list[list[str]] = []
    left = MOST_CELLS
    for title, rows, ranges in read(content):
        titles.append(title)
        name = title.strip().lower()
        if name not in SHEETS or name in sheets:
            continue
        raw[name] = []
        sheets[name], used = _table(name, rows, left, odd, raw[name])
        left -= used
        merged += [[name, cells] for cells in ranges]
    return {
        "sheets": sheets,
        "titles": titles,
        "odd": odd[:MOST_ODD],
        "merged": merged[:MOST_ODD],
        "raw": raw if read is _xlsx else {},
    }


def _table(
    name: str,
    rows: Iterable[Iterable[object]],
    left: int,
    odd: list[list[object]],
    raw: list[list[object]],
) -> tuple[list[list[str]], int]:
    table: list[list[str]] = []
    used = 0
    for number, row in enumerate(rows, 1):
        cells = list(row)
        texts = [_text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        used += len(texts)
        if used > left:
            raise TooManyCells(name)
        if len(odd) < MOST_ODD:
            odd += [[name, number, column, kind] for column, kind in _odd(cells[: len(texts)])]
        table.append(texts)
        raw.append(cells)
        if len(table) >= EMPTY_ROWS and not any(table[-EMPTY_ROWS:]):
            break
    while table and not table[-1]:
        table.pop()
    return table, used


def _odd(cells: Sequence[object]) -> Iterator[tuple[int, str]]:
    for column, cell in enumerate(cells):
        if isinstance(cell, bool):
            yield column, "truth"
        elif isinstance(cell, datetime | date | time):
            yield column, "date"
        elif isinstance(cell, str) and cell in _ERRORS:
            yield column, "error"


def _xlsx(content: bytes) -> Iterator[Sheet]:
    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    archive = zipfile.ZipFile(io.BytesIO(content))
    for sheet in workbook.worksheets:
        sheet.reset_dimensions()
        is_ours = sheet.title.strip().lower() in SHEETS
        path = getattr(sheet, "_worksheet_path", "")
        ranges: list[str] = []
        if is_ours and path:
            part = archive.read(path)
            ranges = [found.decode() for found in _MERGED.findall(part)]
        yield sheet.title, sheet.iter_rows(values_only=True), ranges


def _xls(content: bytes) -> Iterator[Sheet]:
    workbook = open_workbook(file_contents=content)  # type: ignore[no-untyped-call]
    for sheet in workbook.sheets():
        rows = ([_xls_cell(c, workbook.datemode) for c in row] for row in sheet.get_rows())
        yield sheet.name, rows, []


def _xls_cell(cell: Any, datemode: int) -> object:
    if cell.ctype == XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == XL_CELL_DATE:
        return xldate_as_datetime(cell.value, datemode)  # type: ignore[no-untyped-call]
    if cell.ctype == XL_CELL_ERROR:
        return error_text_from_code.get(cell.value, "#N/A")
    return cell.value


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        is_day = cell.time() == time()
        return cell.date().isoformat() if is_day else cell.isoformat(sep="T")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell).strip()


def read_all(content: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    """All sheets of an .xls as text.

    Raises:
        Exception: whatever the reader raises when the file is broken.
    """
    left = MOST_CELLS
    for title, rows, _ in _xls(content):
        table, used = _table(title, rows, left, [], [])
        left -= used
        yield title, table
