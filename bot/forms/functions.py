"""The functions of ODK XForms by name, with how many arguments each takes.

Those that must not read all their arguments, or need to know the form (if, coalesce, once,
position, indexed-repeat, jr:choice-name …), are compiled in evaluate.py.
"""

import base64
import binascii
import hashlib
import math
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Final, Protocol
from zoneinfo import ZoneInfo

import regex

from bot.forms import coercions
from bot.forms.coercions import (
    NAN,
    Found,
    Value,
    rounded,
    selected_names,
    single,
    to_boolean,
    to_number,
    to_text,
)

REGEX_SECONDS: Final = 0.1
"""A pattern that needs longer counts as not matching."""
REGEX_TEXT: Final = 4000
"""Longest text a pattern is tried on, in characters."""


class World(Protocol):
    """What functions may ask about outside their arguments."""

    @property
    def now(self) -> datetime:
        """The moment of this turn, aware."""

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which a day begins for the person."""

    @property
    def random(self) -> Random:
        """Where uuid() and random() come from."""

    @property
    def version(self) -> str:
        """The form's version."""

    def text_by_id(self, key: str) -> str:
        """The form's text with this itext id, in the person's language."""

    def lookup(self, instance: str, column: str, key: str, wanted: str) -> str:
        """pulldata(): ``column`` of the first row of ``instance`` whose ``key`` is ``wanted``."""


Evaluated = Callable[..., Value]


@dataclass(frozen=True, slots=True)
class Function:
    """A function: called with the world first, then its arguments."""

    call: Evaluated
    least: int
    most: int  # of arguments


def _is_list(value: Value) -> bool:
    return not isinstance(value, bool | float | str)


def _numbers(arguments: tuple[Value, ...]) -> list[float]:
    """All numbers in the arguments; of found nodes only those that have a value."""
    found: list[float] = []
    for argument in arguments:
        if isinstance(argument, bool | float | str):
            found.append(to_number(argument))
        else:
            typed = [node.typed() for node in argument]
            found.extend(to_number(value) for value in typed if value != "")
    return found


def _texts(arguments: tuple[Value, ...]) -> list[str]:
    found: list[str] = []
    for argument in arguments:
        if isinstance(argument, bool | float | str):
            found.append(to_text(argument))
        else:
            found.extend(to_text(node.typed()) for node in argument)
    return found


# --- texts


def _concat(_: World, *arguments: Value) -> Value:
    return "".join(_texts(arguments))


def _join(_: World, separator: Value, *arguments: Value) -> Value:
    return to_text(separator).join(_texts(arguments))


def _contains(_: World, text: Value, part: Value) -> Value:
    return to_text(part) in to_text(text)


def _starts_with(_: World, text: Value, start: Value) -> Value:
    return to_text(text).startswith(to_text(start))


def _ends_with(_: World, text: Value, end: Value) -> Value:
    return to_text(text).endswith(to_text(end))


def _string_length(_: World, text: Value) -> Value:
    return float(len(to_text(text)))


def _normalize_space(_: World, text: Value) -> Value:
    return " ".join(to_text(text).split())


def _translate(_: World, text: Value, old: Value, new: Value) -> Value:
    olds, news = to_text(old), to_text(new)
    table: dict[int, str | None] = {}
    for place, letter in enumerate(olds):
        table.setdefault(ord(letter), news[place] if place < len(news) else None)
    return to_text(text).translate(table)


def _substr(_: World, text: Value, start: Value, end: Value | None = None) -> Value:
    """From ``start`` (0 is the first character; negative: from the end) up to before ``end``."""
    whole = to_text(text)
    first = _place(to_number(start), len(whole))
    last = len(whole) if end is None else _place(to_number(end), len(whole))
    return whole[first:last] if first < last else ""


def _place(number: float, length: int) -> int:
    if math.isnan(number):
        return 0
    if math.isinf(number):
        return length if number > 0 else 0
    place = int(number)
    return max(0, length + place) if place < 0 else min(place, length)


def _substring(_: World, text: Value, start: Value, length: Value | None = None) -> Value:
    """XPath's own: counts from 1, rounds, and knows infinities."""
    first = rounded(to_number(start))
    end = math.inf if length is None else first + rounded(to_number(length))
    whole = to_text(text)
    return "".join(letter for at, letter in enumerate(whole, 1) if first <= at < end)


def _substring_before(_: World, text: Value, mark: Value) -> Value:
    before, found, _after = to_text(text).partition(to_text(mark) or "\0")
    return before if found else ""


def _substring_after(_: World, text: Value, mark: Value) -> Value:
    if not to_text(mark):
        return to_text(text)
    return to_text(text).partition(to_text(mark))[2]


def _regex(_: World, text: Value, pattern: Value) -> Value:
    return matches(to_text(text), to_text(pattern))


def matches(text: str, pattern: str) -> bool:
    """Whether the whole of ``text`` fits; false too when the pattern takes too long."""
    try:
        found = regex.fullmatch(pattern, text[:REGEX_TEXT], timeout=REGEX_SECONDS)
    except TimeoutError:
        return False
    except regex.error:
        return False
    return found is not None


def _digest(_: World, text: Value, name: Value, encoding: Value = "base64") -> Value:
    algorithm = to_text(name).lower().replace("-", "")
    if algorithm not in ("md5", "sha1", "sha256", "sha384", "sha512"):
        return ""
    digest = hashlib.new(algorithm, to_text(text).encode(), usedforsecurity=False)
    if to_text(encoding) == "hex":
        return digest.hexdigest()
    return base64.b64encode(digest.digest()).decode()


def _base64_decode(_: World, text: Value) -> Value:
    try:
        return base64.b64decode(to_text(text)).decode(errors="replace")
    except (binascii.Error, ValueError):
        return ""


# --- truth


def _not(_: World, value: Value) -> Value:
    return not to_boolean(value)


def _boolean_from_string(_: World, text: Value) -> Value:
    return to_text(text).strip().lower() in ("true", "1")


def _checklist(_: World, least: Value, most: Value, *arguments: Value) -> Value:
    return _within(sum(map(to_boolean, arguments)), least, most)


def _weighted_checklist(_: World, least: Value, most: Value, *pairs: Value) -> Value:
    weights = zip(pairs[::2], pairs[1::2], strict=False)
    total = sum(to_number(weight) for checked, weight in weights if to_boolean(checked))
    return _within(total, least, most)


def _within(total: float, least: Value, most: Value) -> bool:
    lower, upper = to_number(least), to_number(most)
    return (lower < 0 or total >= lower) and (upper < 0 or total <= upper)


# --- numbers


def _int(_: World, value: Value) -> Value:
    number = to_number(value)
    return number if math.isnan(number) or math.isinf(number) else float(int(number))


def _round(_: World, value: Value, places: Value = 0.0) -> Value:
    digits = to_number(places)
    if math.isnan(digits):
        return NAN
    return rounded(to_number(value), int(digits))


def _sum(_: World, *arguments: Value) -> Value:
    return float(sum(_numbers(arguments)))


def _max(_: World, *arguments: Value) -> Value:
    numbers = _numbers(arguments)
    return max(numbers) if numbers and not any(map(math.isnan, numbers)) else NAN


def _min(_: World, *arguments: Value) -> Value:
    numbers = _numbers(arguments)
    return min(numbers) if numbers and not any(map(math.isnan, numbers)) else NAN


def _count(_: World, found: Value) -> Value:
    return 0.0 if isinstance(found, bool | float | str) else float(len(found))


def _count_non_empty(_: World, found: Value) -> Value:
    if isinstance(found, bool | float | str):
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


# --- choices


def _selected(_: World, answer: Value, name: Value) -> Value:
    return to_text(name).strip() in selected_names(answer)


def _selected_at(_: World, answer: Value, place: Value) -> Value:
    names, number = selected_names(answer), to_number(place)
    if math.isnan(number) or not 0 <= number < len(names):
        return ""
    return names[int(number)]


def _count_selected(_: World, answer: Value) -> Value:
    return float(len(selected_names(answer)))


def _randomize(world: World, found: Value, seed: Value = "") -> Value:
    if isinstance(found, bool | float | str):
        return found
    shuffled = list(found)
    number = to_number(seed)
    source = world.random if math.isnan(number) else Random(int(number))  # noqa: S311
    source.shuffle(shuffled)
    return shuffled


# --- days and times


def _today(world: World) -> Value:
    return world.now.astimezone(world.zone).date().isoformat()


def _now(world: World) -> Value:
    return coercions.moment_text(world.now.astimezone(world.zone))


def _date(world: World, value: Value) -> Value:
    plain = single(value)
    if isinstance(plain, bool | float):
        return coercions.days_text(to_number(plain))
    moment = coercions.read_moment(plain, world.zone)
    return moment.date().isoformat() if moment else ""


def _date_time(world: World, value: Value) -> Value:
    plain = single(value)
    if isinstance(plain, bool | float):
        return coercions.days_text(to_number(plain))
    moment = coercions.read_moment(plain, world.zone)
    return coercions.moment_text(moment) if moment else ""


def _decimal_date_time(world: World, value: Value) -> Value:
    plain = single(value)
    if isinstance(plain, bool | float):
        return to_number(plain)
    moment = coercions.read_moment(plain, world.zone)
    return coercions.days_since_epoch(moment) if moment else NAN


def _decimal_time(world: World, value: Value) -> Value:
    text = to_text(value)
    moment = coercions.read_moment(text, world.zone)
    clock = moment.time() if moment else coercions.read_time(text)
    if clock is None:
        return NAN
    seconds = clock.hour * 3600 + clock.minute * 60 + clock.second + clock.microsecond / 1e6
    return seconds / 86400


def _format_date(world: World, value: Value, pattern: Value) -> Value:
    plain = single(value)
    text = plain if isinstance(plain, str) else coercions.days_text(to_number(plain))
    moment = coercions.read_moment(text, world.zone)
    return _formatted(moment, to_text(pattern)) if moment else ""


def _formatted(moment: datetime, pattern: str) -> str:
    fields = {
        "Y": f"{moment.year:04d}",
        "y": f"{moment.year % 100:02d}",
        "m": f"{moment.month:02d}",
        "n": str(moment.month),
        "b": moment.strftime("%b"),
        "d": f"{moment.day:02d}",
        "e": str(moment.day),
        "H": f"{moment.hour:02d}",
        "h": str(moment.hour),
        "M": f"{moment.minute:02d}",
        "S": f"{moment.second:02d}",
        "3": f"{moment.microsecond // 1000:03d}",
        "a": moment.strftime("%a"),
        "W": f"{moment.isocalendar().week:02d}",
        "%": "%",
    }
    return regex.sub(r"%(.)", lambda found: fields.get(found[1], found[0]), pattern)


def _difference_in_months(world: World, start: Value, end: Value) -> Value:
    first = coercions.read_date(to_text(_date(world, start)))
    last = coercions.read_date(to_text(_date(world, end)))
    if first is None or last is None:
        return NAN
    months = (last.year - first.year) * 12 + last.month - first.month
    return float(months - (1 if last.day < first.day else 0))


# --- the rest


def _uuid(world: World, length: Value | None = None) -> Value:
    if length is None:
        return str(uuid.UUID(int=world.random.getrandbits(128), version=4))
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    return "".join(world.random.choices(letters, k=min(max(int(to_number(length)), 0), 1000)))


def _random(world: World) -> Value:
    return world.random.random()


def _version(world: World) -> Value:
    return world.version


def _itext(world: World, key: Value) -> Value:
    return world.text_by_id(to_text(key))


def _pulldata(world: World, instance: Value, column: Value, key: Value, wanted: Value) -> Value:
    return world.lookup(to_text(instance), to_text(column), to_text(key), to_text(wanted))


def _distance(_: World, *arguments: Value) -> Value:
    points = _points(arguments)
    return sum(_metres(a, b) for a, b in zip(points, points[1:], strict=False))


def _points(arguments: tuple[Value, ...]) -> list[tuple[float, float]]:
    texts = [part for text in _texts(arguments) for part in text.split(";") if part.strip()]
    numbers = [[coercions.text_number(word) for word in text.split()[:2]] for text in texts]
    return [(pair[0], pair[1]) for pair in numbers if len(pair) == 2]


_EARTH: Final = 6_378_100.0  # metres


def _metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (*a, *b))
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * _EARTH * math.asin(math.sqrt(half))


def _area(_: World, *arguments: Value) -> Value:
    points = _points(arguments)
    if len(points) < 3:
        return 0.0
    total = 0.0
    for (lat_a, lon_a), (lat_b, lon_b) in zip(points, points[1:] + points[:1], strict=True):
        slopes = 2 + math.sin(math.radians(lat_a)) + math.sin(math.radians(lat_b))
        total += math.radians(lon_b - lon_a) * slopes
    return rounded(abs(total * _EARTH * _EARTH / 2), 2)


_MANY: Final = 1000

FUNCTIONS: Final[Mapping[str, Function]] = {
    "true": Function(lambda _: True, 0, 0),
    "false": Function(lambda _: False, 0, 0),
    "not": Function(_not, 1, 1),
    "boolean": Function(lambda _, value: to_boolean(value), 1, 1),
    "boolean-from-string": Function(_boolean_from_string, 1, 1),
    "checklist": Function(_checklist, 2, _MANY),
    "weighted-checklist": Function(_weighted_checklist, 4, _MANY),
    "string": Function(lambda _, value: to_text(value), 1, 1),
    "concat": Function(_concat, 0, _MANY),
    "join": Function(_join, 1, _MANY),
    "contains": Function(_contains, 2, 2),
    "starts-with": Function(_starts_with, 2, 2),
    "ends-with": Function(_ends_with, 2, 2),
    "string-length": Function(_string_length, 1, 1),
    "normalize-space": Function(_normalize_space, 1, 1),
    "translate": Function(_translate, 3, 3),
    "substr": Function(_substr, 2, 3),
    "substring": Function(_substring, 2, 3),
    "substring-before": Function(_substring_before, 2, 2),
    "substring-after": Function(_substring_after, 2, 2),
    "regex": Function(_regex, 2, 2),
    "digest": Function(_digest, 2, 3),
    "base64-decode": Function(_base64_decode, 1, 1),
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
    "max": Function(_max, 1, _MANY),
    "min": Function(_min, 1, _MANY),
    "count": Function(_count, 1, 1),
    "count-non-empty": Function(_count_non_empty, 1, 1),
    "selected": Function(_selected, 2, 2),
    "selected-at": Function(_selected_at, 2, 2),
    "count-selected": Function(_count_selected, 1, 1),
    "randomize": Function(_randomize, 1, 2),
    "today": Function(_today, 0, 0),
    "now": Function(_now, 0, 0),
    "date": Function(_date, 1, 1),
    "date-time": Function(_date_time, 1, 1),
    "decimal-date-time": Function(_decimal_date_time, 1, 1),
    "decimal-time": Function(_decimal_time, 1, 1),
    "format-date": Function(_format_date, 2, 2),
    "format-date-time": Function(_format_date, 2, 2),
    "difference-in-months": Function(_difference_in_months, 2, 2),
    "uuid": Function(_uuid, 0, 1),
    "random": Function(_random, 0, 0),
    "version": Function(_version, 0, 0),
    "jr:itext": Function(_itext, 1, 1),
    "pulldata": Function(_pulldata, 4, 4),
    "distance": Function(_distance, 1, _MANY),
    "area": Function(_area, 1, _MANY),
}

__all__ = ["FUNCTIONS", "Found", "Function", "World", "matches"]
