"""Files with lists, as they come from offices: workbooks and text of any writing -> cells."""

import csv
import io
import re
import unicodedata
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from defusedxml.ElementTree import iterparse

from bot.errors import RosterError
from bot.forms.file_kinds import decoded

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_BYTES = 10_000_000
MOST_ROWS = 5_000
_MOST_COLUMNS = 60
_MOST_CELLS = 200_000
_MOST_UNPACKED = 60_000_000  # of a workbook with pictures
_MOST_XML = 20_000_000  # what has to be read of it
_MOST_FILES = 2_000
_MOST_SPANNED = 500_000  # cells that merged cells and links span: openpyxl makes each of them
_WORKBOOKS = (".xlsx", ".xlsm")
_TEXTS = (".csv", ".tsv", ".txt")
_DELIMITERS = ",;\t|"


@dataclass(slots=True)
class Line:
    """One row of a sheet: what its cells show, by column."""

    number: int
    cells: dict[int, str]
    copied: frozenset[int] = frozenset()  # columns whose value a merged cell above gave


@dataclass(slots=True)
class Grid:
    """One sheet: its rows that show something, in order."""

    name: str
    lines: list[Line] = field(default_factory=list)
    hidden: int = 0  # rows that the file hides; they are not read
    flat: bool = False  # text: what was one merged cell is written once, with blanks below


def grids_of(content: bytes, file_name: str) -> list[Grid]:
    """Return the sheets of a workbook, or a text file as one sheet.

    Raises:
        RosterError: it is none, too large, or in a writing that cannot be read.
    """
    if len(content) > MOST_BYTES:
        raise RosterError("roster-too-big", megabytes=MOST_BYTES // 1_000_000)
    if not content.strip():
        raise RosterError("roster-empty")
    grids = _open(content, file_name)
    for grid in grids:
        if len(grid.lines) > MOST_ROWS:
            raise RosterError("roster-too-many-rows", sheet=grid.name, most=MOST_ROWS)
    _refuse_old_fonts(grids)
    return grids


def _open(content: bytes, file_name: str) -> list[Grid]:
    ending = re.sub(r".*(?=\.)", "", file_name.casefold())
    if content.startswith(b"PK\x03\x04"):
        return _workbook(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):  # also a workbook with a password
        raise RosterError("roster-old-excel")
    if content.lstrip()[:1] == b"<" and ending not in _TEXTS:  # a web page called .xls
        raise RosterError("roster-old-excel")
    if ending == ".xls":
        raise RosterError("roster-old-excel")
    if ending in _WORKBOOKS:
        raise RosterError("roster-unreadable")
    if ending not in _TEXTS:
        raise RosterError("roster-kind")
    text = decoded(content)
    if text is None:
        raise RosterError("roster-encoding")
    return [_table(text, file_name)]


# workbooks


def _workbook(content: bytes) -> list[Grid]:
    try:
        _refuse_bombs(content)
        from openpyxl import load_workbook  # noqa: PLC0415 - takes long to load

        book = load_workbook(io.BytesIO(content), data_only=True)
        grids = [_grid(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except RosterError:
        raise
    except Exception as error:  # whatever a broken file makes openpyxl raise
        raise RosterError("roster-unreadable") from error
    if not any(grid.lines for grid in grids):
        raise RosterError("roster-empty")
    return grids


def _refuse_bombs(content: bytes) -> None:
    too_big = RosterError("roster-too-big", megabytes=MOST_BYTES // 1_000_000)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = archive.infolist()
        if not any(file.filename.startswith("xl/workbook") for file in files):
            raise RosterError("roster-kind")
        everything = sum(file.file_size for file in files)
        parts = [file for file in files if not file.filename.startswith("xl/media/")]
        xml = sum(file.file_size for file in parts)
        if xml > _MOST_XML or everything > _MOST_UNPACKED or len(files) > _MOST_FILES:
            raise too_big
        sheets = [file for file in parts if file.filename.endswith(".xml")]
        if sum(_spanned(archive, file) for file in sheets) > _MOST_SPANNED:
            raise too_big


def _spanned(archive: zipfile.ZipFile, file: zipfile.ZipInfo) -> int:
    """Return how many cells the merged cells and links of a sheet span."""
    from openpyxl.utils import range_boundaries  # noqa: PLC0415

    cells = 0
    with archive.open(file) as stream:
        for _, element in iterparse(stream):
            span = element.get("ref", "")
            if ":" in span and element.tag.rpartition("}")[2] in ("mergeCell", "hyperlink"):
                left, top, right, bottom = range_boundaries(span)
                cells += ((right or 0) - (left or 0) + 1) * ((bottom or 0) - (top or 0) + 1)
            element.clear()
    return cells


def _grid(sheet: "Worksheet") -> Grid:
    rows: dict[int, dict[int, str]] = {}
    for (row, column), cell in sheet._cells.items():  # only those that are there: no end of blanks
        shown = "" if column > _MOST_COLUMNS else _shown(cell.value)
        if shown:
            rows.setdefault(row, {})[column] = shown
    if sum(map(len, rows.values())) > _MOST_CELLS:
        raise RosterError("roster-too-many-rows", sheet=sheet.title, most=MOST_ROWS)
    if len(rows) > MOST_ROWS:
        raise RosterError("roster-too-many-rows", sheet=sheet.title, most=MOST_ROWS)
    copied = _copy_down(sheet, rows)
    grid = Grid(sheet.title)
    for number in sorted(rows):
        if sheet.row_dimensions[number].hidden:
            grid.hidden += 1
        else:
            cells = dict(sorted(rows[number].items()))
            grid.lines.append(Line(number, cells, frozenset(copied.get(number, ()))))
    return grid


def _copy_down(sheet: "Worksheet", rows: dict[int, dict[int, str]]) -> dict[int, set[int]]:
    """Write what a merged cell shows into each row it spans that shows something itself."""
    copied: dict[int, set[int]] = {}
    for merged in sheet.merged_cells.ranges:
        value = rows.get(merged.min_row, {}).get(merged.min_col)
        if not value or merged.max_row == merged.min_row:
            continue
        for number in range(merged.min_row + 1, merged.max_row + 1):
            if number in rows:
                rows[number][merged.min_col] = value
                copied.setdefault(number, set()).add(merged.min_col)
    return copied


def _shown(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _clean("" if value is None else str(value))


def _clean(text: str) -> str:
    text = re.sub(r"_x000[dD]_|[\u200b-\u200d\ufeff\x00]", " ", text)
    return " ".join(unicodedata.normalize("NFC", text).split())


def column_name(column: int) -> str:
    """Return the letters of a column: 3 -> "C"."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    return str(get_column_letter(column))


# text


def _table(text: str, name: str) -> Grid:
    said = re.match(r"sep=(.)\r?\n", text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if lines.count("\n") > 4 * MOST_ROWS:
        raise RosterError("roster-too-many-rows", sheet=name, most=MOST_ROWS)
    if said:  # Excel's way to name the delimiter
        lines = lines.partition("\n")[2]
    delimiters = said[1] if said else _DELIMITERS
    tables = [Grid(name, _split(lines, d, first=2 if said else 1), flat=True) for d in delimiters]
    return max(tables, key=_evenness)


def _split(text: str, delimiter: str, *, first: int) -> list[Line]:
    split = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    try:
        for record in reader:
            number, before = before + first, reader.line_num
            cells = {column: _clean(cell) for column, cell in enumerate(record[:_MOST_COLUMNS], 1)}
            shown = {column: cell for column, cell in cells.items() if cell}
            if shown:
                split.append(Line(number, shown))
    except csv.Error as error:
        raise RosterError("roster-unreadable") from error
    return split


def _evenness(grid: Grid) -> tuple[int, int]:
    """Say how much a table looks like one: how many rows have the same several columns."""
    widths = Counter(max(line.cells) for line in grid.lines)
    several = {width: count for width, count in widths.items() if width > 1}
    count = max(several.values(), default=0)
    return count, max((w for w, c in several.items() if c == count), default=0)


# writings from before Unicode

_TCVN3 = re.compile(r"(?<=\w)[\xa8-\xae\xb5-\xb9]|\xae(?=\w)")
_VNI = re.compile(r"[aeouyAEOUY][øûïåäöñØÛÏÅÄÖÑ]|[öÖôÔ][ôÔøØùÙûÛ]")
_UNICODE = re.compile(r"[\u0100-\u1fff]")  # đ, ư, ế …: these two have no such letters


def _refuse_old_fonts(grids: list[Grid]) -> None:
    for grid in grids:
        found = [
            (line.number, column)
            for line in grid.lines
            for column, cell in line.cells.items()
            if not _UNICODE.search(cell) and (_TCVN3.search(cell) or _VNI.search(cell))
        ]
        if len(found) > 1:
            row, column = found[0]
            raise RosterError(
                "roster-old-font", sheet=grid.name, row=row, column=column_name(column)
            )
