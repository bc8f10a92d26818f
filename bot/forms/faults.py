"""What is wrong with a form, said by sheet and row, with the remedy."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.errors import FormError

SHOWN: Final = 20
"""How many faults one message lists."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at one place of the form."""

    path: str
    column: str  # as the survey sheet calls it; "" for the whole row
    problem: str
    severity: str = "error"  # or "warning"


@dataclass(frozen=True, slots=True)
class Issue:
    """Something wrong, or doubtful, in one row of one sheet."""

    sheet: str
    row: int  # as Excel counts; 0 when it is not about one row
    column: str
    severity: str  # error, warning
    problem: str  # with the remedy


def issues_of(faults: Iterable[Fault], layout: Mapping[str, Any]) -> list[Issue]:
    """The faults with the rows of the sheet they come from."""
    rows = RowFinder(layout)
    found: list[Issue] = []
    for fault in faults:
        sheet, row = rows.place(fault.path)
        found.append(Issue(sheet, row, fault.column, fault.severity, fault.problem))
    return found


def report(faults: Sequence[Fault], layout: Mapping[str, Any]) -> FormError:
    """One error that names the first fault's place and tells of all."""
    return as_error(issues_of(faults, layout))


def as_error(issues: Sequence[Issue]) -> FormError:
    """The first of ``issues``, with the others in the text."""
    first, *others = sorted(issues, key=lambda issue: (issue.sheet != "survey", issue.row))
    lines = [_text(first)]
    lines += [f"{issue.sheet}, row {issue.row}: {_text(issue)}" for issue in others[: SHOWN - 1]]
    if len(others) >= SHOWN:
        lines.append(f"and {len(others) - SHOWN + 1} more")
    return FormError(first.sheet, first.row, "\n".join(lines))


def _text(issue: Issue) -> str:
    return f"column {issue.column}: {issue.problem}" if issue.column else issue.problem


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
            return path or "XForm", 0
        row = self._by_path.get(path)
        if row is None:
            row = self._by_name.get(path.rpartition("/")[2], 0)
        return "survey", row
