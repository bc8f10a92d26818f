"""Runs pyxform on one workbook: bytes in, JSON out. A program of its own, started by sheet.py.

The bot never imports this: pyxform and openpyxl are large, and a workbook from outside may be
a bomb. So this process limits its own processor time and memory before it reads anything.
"""

import io
import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any, Final

from openpyxl import load_workbook
from pyxform import aliases
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
from pyxform.xls2xform import convert
from xlrd import open_workbook
from xlrd.biffh import XL_CELL_BOOLEAN, XL_CELL_DATE
from xlrd.xldate import xldate_as_datetime

try:
    import resource
except ImportError:  # on Windows
    resource = None  # type: ignore[assignment]

PROCESSOR_SECONDS: Final = 30
MEMORY_BYTES: Final = 1_500_000_000
MOST_CELLS: Final = 2_000_000
EMPTY_ROWS: Final = 60
"""So many empty rows in a row are the end of a sheet, as for pyxform."""

_SHEETS: Final = ("survey", "choices", "settings", "report")
_GROUPS: Final = re.compile(r"(begin|end)[ _]+(group|repeat|loop|lgroup|looped group)\b")

Row = list[str]


def main() -> None:
    """Read a workbook from standard input and write what it says to standard output."""
    _limit()
    output, sys.stdout = sys.stdout, sys.stderr
    content = sys.stdin.buffer.read()
    json.dump(answer_for(content), output, ensure_ascii=False)


def _limit() -> None:
    if resource is None:  # the caller's clock still ends it
        return
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def answer_for(content: bytes) -> dict[str, Any]:
    """What the workbook says, or why it cannot be read."""
    answer: dict[str, Any] = {}
    try:
        sheets = _workbook(content)
    except Exception as error:  # whatever a broken file makes the readers raise
        return {"unreadable": f"{type(error).__name__}: {error}"}
    answer["sheets"] = sheets
    answer |= _known()
    try:
        answer |= _converted(content)
    except Exception as error:  # pyxform also dies with a bare TypeError or KeyError
        answer["error"] = str(error) or type(error).__name__
        answer["context"] = {k: str(v) for k, v in getattr(error, "context", {}).items()}
    return answer


def _converted(content: bytes) -> dict[str, Any]:
    warnings: list[str] = []
    try:
        result = convert(xlsform=content, warnings=warnings)
    except Exception as error:
        if "same as the" not in str(error) and "form_name" not in str(error):
            raise
        result = convert(xlsform=content, warnings=warnings, form_name="xform")
    return {
        "xform": result.xform,
        "itemsets": result.itemsets or "",
        "warnings": warnings,
        "root": (result._pyxform or {}).get("name", "data"),
    }


def _known() -> dict[str, Any]:
    """The columns and types that pyxform understands."""
    columns = {key.lower() for key in aliases.survey_header}
    return {
        "columns": sorted(columns),
        "types": sorted({*QUESTION_TYPE_DICT, *aliases.select, *aliases._type_alias_map}),
    }


def _workbook(content: bytes) -> dict[str, list[Row]]:
    """The sheets that matter, cell by cell as text; the first row is the header."""
    read = _xlsx if content[:2] == b"PK" else _xls
    found: dict[str, list[Row]] = {}
    left = MOST_CELLS
    for name, rows in read(content):
        if name.strip().lower() not in _SHEETS:
            continue
        table: list[Row] = []
        for row in rows:
            texts = [_text(cell) for cell in row]
            while texts and not texts[-1]:
                texts.pop()
            left -= len(texts)
            if left < 0:
                raise ValueError("too many cells")
            table.append(texts)
            if not any(table[-EMPTY_ROWS:]):
                break
        while table and not table[-1]:
            table.pop()
        found[name.strip().lower()] = table
    return found


def _xlsx(content: bytes) -> Iterator[tuple[str, Iterable[Iterable[object]]]]:
    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for sheet in workbook.worksheets:
        sheet.reset_dimensions()
        yield sheet.title, sheet.iter_rows(values_only=True)


def _xls(content: bytes) -> Iterator[tuple[str, Iterable[Iterable[object]]]]:
    workbook = open_workbook(file_contents=content)  # type: ignore[no-untyped-call]
    for sheet in workbook.sheets():
        yield sheet.name, ([_xls_cell(c, workbook.datemode) for c in row] for row in sheet)


def _xls_cell(cell: Any, datemode: int) -> object:
    if cell.ctype == XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == XL_CELL_DATE:
        return xldate_as_datetime(cell.value, datemode)  # type: ignore[no-untyped-call]
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


if __name__ == "__main__":
    main()
