"""Functions beyond those of ODK: a form that calls them is understood here, seldom elsewhere.

To add one: write it here, and list it below with how many arguments it takes.
"""

from collections.abc import Mapping
from typing import Final

from bot.forms import coercions
from bot.forms.coercions import NAN, Value, rounded, to_number, to_text, whole
from bot.forms.functions_day import date_of
from bot.forms.world import Function, World

_MOST_DECIMALS: Final = 10


def _difference_in_months(world: World, start: Value, end: Value) -> Value:
    """CHT's: full months from one day to another."""
    first = coercions.read_date(to_text(date_of(world, start)))
    last = coercions.read_date(to_text(date_of(world, end)))
    if first is None or last is None:
        return NAN
    months = (last.year - first.year) * 12 + last.month - first.month
    return float(months - (1 if last.day < first.day else 0))


def _format_number(_: World, value: Value, decimals: Value = 0.0) -> Value:
    """Ours: as Vietnamese write numbers, ``1.500.000,5``; '' for what is no number."""
    places = max(0, min(whole(decimals), _MOST_DECIMALS))
    number = rounded(to_number(value), places)
    if number != number or abs(number) > 1e15:  # not a number, or no amount of anything
        return ""
    return f"{number:,.{places}f}".translate({ord(","): ".", ord("."): ","})


EXTRA_FUNCTIONS: Final[Mapping[str, Function]] = {
    "difference-in-months": Function(_difference_in_months, 2, 2),
    "format-number": Function(_format_number, 1, 2),
}
