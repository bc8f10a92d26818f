"""What is wrong with a form: by sheet, row and column, in words of the bot's texts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.errors import FormError

WHOLE_FILE: Final = ""
"""The sheet of a fault that is about the file, not about one of its sheets."""
XFORM: Final = "XForm"
"""The sheet of a fault in an uploaded XForm, whose places are paths."""
_LONGEST_ARGUMENT: Final = 160


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong at one place of a compiled form; ``problem`` is for programmers."""

    path: str
    column: str  # as the survey sheet calls it; "" for the whole row
    problem: str
    severity: str = "error"  # or "warning"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong, or doubtful, in one cell, row or sheet; say it with fault_words."""

    sheet: str
    row: int  # as Excel counts; 0 when it is not about one row
    column: str  # its title as the author wrote it; "" for the whole row
    key: str  # of the bot's texts: two lines, what is wrong and what to do
    arguments: tuple[tuple[str, str], ...] = ()
    severity: str = "error"  # or "warning": the form can be used all the same
    cell: str = ""  # "C12", where the workbook is at hand

    @property
    def is_error(self) -> bool:
        """Whether the form cannot be used because of this."""
        return self.severity == "error"

    @property
    def place(self) -> tuple[str, int, str]:
        """Where it is; one error a place is enough."""
        return self.sheet, self.row, self.column.lower()


def error(sheet: str, row: int, column: str, key: str, /, **arguments: object) -> Fault:
    """A fault that makes the form unusable."""
    return Fault(sheet, row, column, key, _pairs(arguments))


def warning(sheet: str, row: int, column: str, key: str, /, **arguments: object) -> Fault:
    """A fault that an author should look at."""
    return Fault(sheet, row, column, key, _pairs(arguments), "warning")


def _pairs(arguments: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, short(str(value))) for name, value in arguments.items())


def short(text: str) -> str:
    """``text`` on one line, cut where a sentence would become unreadable."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_ARGUMENT else f"{line[: _LONGEST_ARGUMENT - 1]}…"


class UnusableForm(FormError):
    """An XForm that is not compiled; ``flaws`` are all at once, by path."""

    def __init__(self, flaws: Sequence[Flaw], sheet: str, row: int) -> None:
        super().__init__(sheet, row, "\n".join(flaw.problem for flaw in flaws))
        self.flaws = tuple(flaws)


def report(flaws: Sequence[Flaw], layout: Mapping[str, Any]) -> FormError:
    """One error that names the first flaw's place and has all."""
    return UnusableForm(flaws, *RowFinder(layout).place(flaws[0].path))


def merged(*found: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults of several examinations in the order of the workbook.

    Of one place only the first error is kept: later examinations see the same thing, less clearly.
    """
    kept: list[Fault] = []
    errors: set[tuple[str, int, str]] = set()
    for faults in found:
        fresh = [fault for fault in dict.fromkeys(faults) if fault.place not in errors]
        errors |= {fault.place for fault in fresh if fault.is_error}
        kept += fresh
    return tuple(sorted(dict.fromkeys(kept), key=_order))


_SHEETS: Final = (WHOLE_FILE, "survey", "choices", "settings", "report")


def _order(fault: Fault) -> tuple[int, int]:
    known = fault.sheet in _SHEETS
    return _SHEETS.index(fault.sheet) if known else len(_SHEETS), fault.row


def as_json(fault: Fault) -> list[Any]:
    """A fault as it leaves the worker."""
    return [
        fault.sheet,
        fault.row,
        fault.column,
        fault.key,
        [list(pair) for pair in fault.arguments],
        fault.severity,
        fault.cell,
    ]


def from_json(values: Sequence[Any]) -> Fault:
    """A fault as the worker wrote it."""
    sheet, row, column, key, arguments, severity, cell = values
    pairs = tuple((str(name), str(value)) for name, value in arguments)
    return Fault(sheet, row, column, key, pairs, severity, cell)


def at_cell(fault: Fault, cell: str) -> Fault:
    """The fault with the name of its cell."""
    return replace(fault, cell=cell)


class RowFinder:
    """Finds the survey row of a place in the form."""

    def __init__(self, layout: Mapping[str, Any]) -> None:
        self._by_path: dict[str, int] = {}
        self._by_name: dict[str, int] = {}
        for row in layout.get("survey", ()):
            self._by_path.setdefault(row.get("path", ""), row["row"])
            self._by_name.setdefault(row.get("name", ""), row["row"])

    def place(self, path: str) -> tuple[str, int]:
        """Sheet and row; without a sheet (an XML upload) the path itself."""
        if not self._by_path:
            return path or XFORM, 0
        row = self._by_path.get(path)
        if row is None:
            row = self._by_name.get(path.rpartition("/")[2], 0)
        return "survey", row
