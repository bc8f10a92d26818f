"""Tables as people paste them: cells of Excel, lines with ; or | or wide spaces between."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from bot.forms.vietnamese_labels import simple

LONGEST = 60_000
_EVEN = 0.8  # of the lines have as many cells as most
_COUNT = re.compile(r"\d{1,4}[.)]?")
COUNTERS = ("stt", "tt", "so tt", "so thu tu", "thu tu", "no", "#")
"""Heads of the column that only counts the lines."""

Rows = list[list[str]]


def pasted_rows(text: str) -> Rows:
    """Return the cells of a pasted table, row by row; nothing when it does not look like one.

    One line is a table only when there are tabs in it: nobody types those.
    """
    text = text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if "\t" in text:
        return _clean(list(csv.reader(io.StringIO(text), delimiter="\t")))
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2:
        return []
    for cut in _CUTS:
        rows = _clean([cut(line) for line in lines])
        if _is_even(rows):
            return rows
    return []


def lines_of(text: str) -> Rows:
    """Return the lines of a text as a table of one column."""
    return [[line.strip()] for line in text[:LONGEST].splitlines() if line.strip()]


def _by(mark: str) -> Callable[[str], list[str]]:
    return lambda line: line.strip().strip("|").split(mark)


def _by_spaces(line: str) -> list[str]:
    return re.split(r"\s{2,}", line.strip())


_CUTS = (_by("|"), _by(";"), _by_spaces)


def _clean(rows: Rows) -> Rows:
    cells = [[" ".join(cell.split()) for cell in row] for row in rows]
    return [row for row in cells if any(cell.strip("-:= ") for cell in row)]


def _is_even(rows: Rows) -> bool:
    widths = Counter(map(len, rows))
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    return width > 1 and len(rows) > 1 and count >= _EVEN * len(rows)


def heads(row: Sequence[str], names: Sequence[Sequence[str]]) -> list[int | None]:
    """Return for each cell of a head row which of the columns it names; None where it names none.

    ``names`` are the names of each column: its label, its short form. They are compared without
    accents and signs; a beginning is enough when it fits only one.
    """
    known = [[simple(name) for name in column if simple(name)] for column in names]
    found: list[int | None] = []
    for cell in map(simple, row):
        taken = set(found)
        free = [place for place in range(len(known)) if place not in taken]
        found.append(_named(cell, known, free))
    return found


def _named(cell: str, known: list[list[str]], free: list[int]) -> int | None:
    same = [place for place in free if cell and cell in known[place]]
    if same:
        return same[0]
    if len(cell) < 3:
        return None
    close = [place for place in free if any(_begins(cell, name) for name in known[place])]
    return close[0] if len(close) == 1 else None


def _begins(cell: str, name: str) -> bool:
    return f"{name} ".startswith(f"{cell} ") or f"{cell} ".startswith(f"{name} ")


def without_counter(rows: Rows) -> Rows:
    """Return the rows without a first column that only counts them (1, 2, 3)."""
    firsts = [row[0] if row else "" for row in rows]
    if not all(map(_COUNT.fullmatch, firsts)):
        return rows
    numbers = [int(first.strip(".)")) for first in firsts]
    if len(numbers) < 2 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return rows
    return [row[1:] for row in rows]


def column_cells(rows: Rows, columns: Sequence[int | None]) -> Iterator[dict[int, str]]:
    """Yield the cells of each row by the column they belong to."""
    for row in rows:
        yield {
            column: cell
            for column, cell in zip(columns, row, strict=False)
            if column is not None and cell
        }
