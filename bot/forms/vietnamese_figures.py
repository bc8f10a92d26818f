"""Numbers in figures: what the dots and commas of "1.500,25" may mean."""

import re
from dataclasses import dataclass
from decimal import Decimal

MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Figures:
    """The meanings of one number in figures, likeliest first; none when it is miswritten."""

    values: tuple[Decimal, ...] = ()
    sure: bool = True
    grouped: Decimal | None = None  # read with all separators between thousands
    fraction: Decimal | None = None  # read with the last separator as the decimal one


MISWRITTEN = Figures(sure=False)


def read_figures(raw: str, *, vietnamese_dots: bool) -> Figures:
    """Read ``raw``, digits with dots, commas or spaces between them.

    ``vietnamese_dots``: fractions make no sense here, so "1.500" can only be 1500.
    """
    if sum(character.isdigit() for character in raw) > MOST_DIGITS:
        return MISWRITTEN
    if raw.isdigit():
        return _whole(raw)
    if raw[0] in ".,":
        return Figures((Decimal(f"0.{raw[1:]}"),), sure=False) if raw[1:].isdigit() else MISWRITTEN
    if " " in raw:
        return Figures((Decimal(raw.replace(" ", "")),), sure=raw.count(" ") > 1)
    marks = re.sub(r"\d", "", raw)
    if len(set(marks)) == 1:
        return _one_kind(raw, marks, vietnamese_dots)
    return _two_kinds(raw, marks)


def _whole(raw: str) -> Figures:
    if len(raw) >= 9 and raw.startswith("0"):
        return MISWRITTEN  # a telephone number
    return Figures((Decimal(raw),), sure=len(raw) <= 2 or not raw.startswith("0"))


def _one_kind(raw: str, marks: str, vietnamese_dots: bool) -> Figures:
    grouped = Decimal(re.sub(r"[.,]", "", raw)) if _is_grouped(raw) else None
    if len(marks) > 1:
        return Figures((grouped,), grouped=grouped) if grouped is not None else MISWRITTEN
    fraction = Decimal(raw.replace(",", "."))
    if grouped is None:
        return Figures((fraction,), fraction=fraction)
    if vietnamese_dots:
        return Figures((grouped,), marks == ".", grouped, fraction)
    both = (grouped, fraction) if marks == "." else (fraction, grouped)
    return Figures(both, False, grouped, fraction)


def _two_kinds(raw: str, marks: str) -> Figures:
    last = marks[-1]
    head, _, tail = raw.rpartition(last)
    if last in head or not _is_grouped(head):
        return MISWRITTEN
    fraction = Decimal(f"{re.sub('[.,]', '', head)}.{tail}")
    if len(tail) != 3:
        return Figures((fraction,), fraction=fraction)
    grouped = Decimal(re.sub(r"[.,]", "", raw))
    return Figures((grouped, fraction), False, grouped, fraction)


def _is_grouped(raw: str) -> bool:
    return bool(re.fullmatch(r"[1-9]\d{0,2}(?:[.,]\d{3})+", raw))
