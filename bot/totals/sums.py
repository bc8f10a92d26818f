"""Numbers added up and choices counted over all schools."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from bot.totals.answers import Answers, Column, Reader, Value


@dataclass(slots=True)
class Sum:
    """A number of all schools."""

    total: Decimal = Decimal()
    units: int = 0  # that have said it


@dataclass(slots=True)
class Sums:
    """By the name of the question; the rows of a repeat count together."""

    numbers: dict[str, Sum] = field(default_factory=dict)
    choices: dict[str, Counter[str]] = field(default_factory=dict)  # words -> units
    units: int = 0  # whose answers these are


def added_up(reader: Reader) -> Sums:
    """Read all answers once."""
    sums = Sums()
    for answers in reader:
        if answers.filling is not None:
            _add(sums, reader, answers)
    return sums


def _add(sums: Sums, reader: Reader, answers: Answers) -> None:
    sums.units += 1
    numbers: dict[str, Decimal] = {}
    choices: dict[str, set[str]] = {}
    for column, value in _values(reader, answers):
        if isinstance(value, tuple):
            choices.setdefault(column.name, set()).update(value)
        elif column.kind == "number" and (number := _number(value)) is not None:
            numbers[column.name] = numbers.get(column.name, Decimal()) + number
    for name, number in numbers.items():
        known = sums.numbers.setdefault(name, Sum())
        known.total += number
        known.units += 1
    for name, chosen in choices.items():
        sums.choices.setdefault(name, Counter()).update(chosen)


def _values(reader: Reader, answers: Answers) -> Iterator[tuple[Column, Value]]:
    for sheet, found in zip(reader.sheets, answers.by_sheet, strict=True):
        for cells in found.values():
            for place, value in cells.items():
                yield sheet.columns[place], value


def _number(value: str) -> Decimal | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
