"""A value as a cell takes it: a number a number, a date a date; and what is said of each school."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from bot.documents.characters import clean
from bot.texts import Texts, texts
from bot.totals.answers import Column, Reader, Value
from bot.totals.work import Job
from storage.totals import Row

Cell = str | int | float | date | time | datetime | None

_OF_ROWS: Final = ("school", "version", "receipt", "row")
_WIDTHS: Final = {
    "number": 6,
    "school": 34,
    "level": 10,
    "cluster": 16,
    "office": 28,
    "status": 22,
    "submitted-at": 18,
    "version": 9,
    "receipt": 14,
    "row": 8,
}
_EXACT: Final = 15  # letters of a number that a spreadsheet keeps all digits of
_LONGEST: Final = 32_767  # letters that a cell takes


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: what says which school and version a row is of, then a question a column."""

    title: str
    heads: tuple[tuple[str, int], ...]  # title and width
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet."""

    table: int
    row: Row  # whose it is
    cells: list[Cell]


class Tables:
    """All sheets of a job, line by line: of the first a line a school, of others a line a row."""

    def __init__(self, job: Job, words: Texts) -> None:
        self._job = job
        self._words = words
        self._reader = Reader(job)
        self._several = len({row.office for row in job.rows}) > 1
        self._clusters = any(row.cluster for row in job.rows)
        main, *repeats = self._reader.sheets
        title = words("totals-sheet-main")
        self.tables = (
            Table(title, self._titles(*self._of_schools()), main.columns),
            *(Table(sheet.title, self._titles(*_OF_ROWS), sheet.columns) for sheet in repeats),
        )

    def _titles(self, *keys: str) -> tuple[tuple[str, int], ...]:
        return tuple((self._words(f"totals-{key}"), _WIDTHS[key]) for key in keys)

    def _of_schools(self) -> list[str]:
        keys = ["number", "school", "level"]
        keys += ["cluster"] if self._clusters else []
        keys += ["office"] if self._several else []
        return [*keys, "status", "submitted-at", "version", "receipt"]

    def __iter__(self) -> Iterator[Line]:
        for number, answers in enumerate(self._reader, 1):
            row = answers.row
            yield self._line(0, row, self._school(number, row), answers.by_sheet[0].get((), {}))
            for table in range(1, len(self.tables)):
                for rows, found in answers.by_sheet[table].items():
                    counted: Cell = rows[0] if len(rows) == 1 else ".".join(map(str, rows))
                    first: list[Cell] = [row.name, row.version, row.receipt, counted]
                    yield self._line(table, row, first, found)

    def _school(self, number: int, row: Row) -> list[Cell]:
        said: dict[str, Cell] = {
            "number": number,
            "school": row.name,
            "level": row.level or None,
            "cluster": row.cluster or None,
            "office": row.office,
            "status": status(row, self._job.at, self._words),
            "submitted-at": local(row.submitted_at, self._job.zone),
            "version": row.version,
            "receipt": row.receipt or None,
        }
        return [said[key] for key in self._of_schools()]

    def _line(self, table: int, row: Row, first: list[Cell], found: Mapping[int, Value]) -> Line:
        columns = self.tables[table].columns
        answered: list[Cell] = [None] * len(columns)
        for place, value in found.items():
            answered[place] = typed(columns[place].kind, value)
        return Line(table, row, first + answered)


def typed(kind: str, value: Value) -> Cell:
    """A canonical value of a kind of column as its cell; what is no number after all stays text."""
    return _TYPED[kind](value)


def _text(value: Value) -> Cell:
    return clean("; ".join(value) if isinstance(value, tuple) else value)[:_LONGEST] or None


def _number(value: Value) -> Cell:
    assert isinstance(value, str)
    if len(value) > _EXACT:
        return value
    try:
        return int(value) if value.isdecimal() else float(value)
    except ValueError:
        return value


def _date(value: Value) -> Cell:
    return _read(date.fromisoformat, value)


def _time(value: Value) -> Cell:
    return _read(lambda said: time.fromisoformat(said[:8]), value)


def _date_time(value: Value) -> Cell:
    return _read(
        lambda said: datetime.fromisoformat(said).replace(tzinfo=None, microsecond=0), value
    )


def _read(reader: Callable[[str], Cell], value: Value) -> Cell:
    assert isinstance(value, str)
    try:
        return reader(value)
    except ValueError:
        return value


def _photo(_: Value) -> Cell:
    return texts("vi")("totals-photo")


_TYPED: Final[Mapping[str, Callable[[Value], Cell]]] = {
    "number": _number,
    "date": _date,
    "time": _time,
    "dateTime": _date_time,
    "photo": _photo,
    "choice": _text,
    "text": _text,
}


def status(row: Row, at: datetime, words: Texts) -> str:
    """Where a school stands, for people to read."""
    if row.is_in:
        if row.status in ("accepted", "returned"):
            said = words(f"totals-status-{row.status}")
            late = words("totals-status-late").lower()
            return f"{said} ({late})" if row.was_late else said
        return words("totals-status-late" if row.was_late else "totals-status-submitted")
    if row.status in ("submitted", "accepted"):
        return words("totals-status-after")
    if at >= row.due_at:
        return words("totals-status-overdue")
    return words(f"totals-status-{'expected' if row.status == 'expected' else 'drafting'}")


def local(moment: datetime | None, zone: ZoneInfo) -> Cell:
    """A time as the clock on the wall had it."""
    return moment.astimezone(zone).replace(tzinfo=None, microsecond=0) if moment else None
