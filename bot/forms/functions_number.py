"""Functions that calculate."""

import math
from collections.abc import Callable, Mapping
from typing import Final

from bot.forms.coercions import NAN, PLAIN, Value, rounded, to_number, whole
from bot.forms.world import MANY, Evaluated, Function, World, numbers_in


def _int(_: World, value: Value) -> Value:
    number = to_number(value)
    return number if math.isnan(number) or math.isinf(number) else float(int(number))


def _round(_: World, value: Value, places: Value = 0.0) -> Value:
    digits = to_number(places)
    if math.isnan(digits):
        return NAN
    return rounded(to_number(value), whole(digits))


def _sum(_: World, *arguments: Value) -> Value:
    return float(sum(numbers_in(arguments)))


def _max(_: World, *arguments: Value) -> Value:
    numbers = numbers_in(arguments)
    return max(numbers) if numbers and not any(map(math.isnan, numbers)) else NAN


def _min(_: World, *arguments: Value) -> Value:
    numbers = numbers_in(arguments)
    return min(numbers) if numbers and not any(map(math.isnan, numbers)) else NAN


def _count(_: World, found: Value) -> Value:
    return 0.0 if isinstance(found, PLAIN) else float(len(found))


def _count_non_empty(_: World, found: Value) -> Value:
    if isinstance(found, PLAIN):
        return 0.0
    return float(sum(node.typed() != "" for node in found))


def _pow(_: World, base: Value, exponent: Value) -> Value:
    try:
        power = math.pow(to_number(base), to_number(exponent))
    except (OverflowError, ValueError):
        return NAN
    return power


def _of_number(calculate: Callable[[float], float]) -> Evaluated:
    def call(_: World, value: Value) -> Value:
        try:
            return float(calculate(to_number(value)))
        except (ValueError, OverflowError):
            return NAN

    return call


def _floor(number: float) -> float:
    return float(math.floor(number))


def _ceiling(number: float) -> float:
    return float(math.ceil(number))


def _atan2(_: World, y: Value, x: Value) -> Value:
    return math.atan2(to_number(y), to_number(x))


def _pi(_: World) -> Value:
    return math.pi


NUMBER_FUNCTIONS: Final[Mapping[str, Function]] = {
    "number": Function(lambda _, value: to_number(value), 1, 1),
    "int": Function(_int, 1, 1),
    "round": Function(_round, 1, 2),
    "floor": Function(_of_number(_floor), 1, 1),
    "ceiling": Function(_of_number(_ceiling), 1, 1),
    "abs": Function(_of_number(abs), 1, 1),
    "sqrt": Function(_of_number(math.sqrt), 1, 1),
    "exp": Function(_of_number(math.exp), 1, 1),
    "exp10": Function(_of_number(lambda number: 10.0**number), 1, 1),
    "log": Function(_of_number(math.log), 1, 1),
    "log10": Function(_of_number(math.log10), 1, 1),
    "sin": Function(_of_number(math.sin), 1, 1),
    "cos": Function(_of_number(math.cos), 1, 1),
    "tan": Function(_of_number(math.tan), 1, 1),
    "asin": Function(_of_number(math.asin), 1, 1),
    "acos": Function(_of_number(math.acos), 1, 1),
    "atan": Function(_of_number(math.atan), 1, 1),
    "atan2": Function(_atan2, 2, 2),
    "pi": Function(_pi, 0, 0),
    "pow": Function(_pow, 2, 2),
    "sum": Function(_sum, 1, 1),
    "max": Function(_max, 1, MANY),
    "min": Function(_min, 1, MANY),
    "count": Function(_count, 1, 1),
    "count-non-empty": Function(_count_non_empty, 1, 1),
}
