"""What values mean to each other in XForms: texts, numbers, truth, days and times.

Dates are texts in ISO form and become numbers of days since 1970-01-01 where a number is
wanted. An empty value is ``''`` in comparisons and not a number in arithmetic.
"""

import math
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo


class Readable(Protocol):
    """Something a path can find: an answer, or an element of a choice list."""

    __slots__ = ()

    def typed(self) -> "float | str":
        """Its value: a number where its question asks for one, else text; '' when empty."""


PLAIN: Final = (bool, float, str)
"""The kinds of value that are no found nodes; written once, as it is asked very often."""

Found = Sequence[Readable]
Value = bool | float | str | Found

_NUMBER: Final = re.compile(r"\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*", re.ASCII)
_DATE: Final = re.compile(r"\s*(\d{4})-(\d\d?)-(\d\d?)(?:[T ](.+?))?\s*", re.ASCII)
_TIME: Final = re.compile(
    r"(\d\d?):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?", re.ASCII
)
_EPOCH: Final = date(1970, 1, 1)
_DAY: Final = 86400.0
NAN: Final = math.nan
MOST_TEXT: Final = 100_000
"""Longest text a calculation may leave, in characters: a chain that doubles must end."""


def single(value: Value) -> bool | float | str:
    """A found node becomes its value; nothing found becomes ''."""
    if isinstance(value, PLAIN):
        return value
    return value[0].typed() if value else ""


def to_text(value: Value) -> str:
    """The text of a value; whole numbers without a decimal point."""
    plain = single(value)
    if isinstance(plain, str):
        return plain
    if isinstance(plain, bool):
        return "true" if plain else "false"
    return number_text(plain)


def number_text(number: float) -> str:
    """As XPath prints numbers: no exponent, no ``.0``."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number):
        return str(int(number))
    text = repr(number)
    return f"{number:.15f}".rstrip("0") if "e" in text else text


def to_number(value: Value) -> float:
    """The number of a value; days since 1970 for a date; not a number when there is none."""
    plain = single(value)
    if isinstance(plain, bool):
        return 1.0 if plain else 0.0
    if isinstance(plain, float):
        return plain
    return text_number(plain)


def text_number(text: str) -> float:
    """Read a number or a date; the clock time counts as part of the (local) day."""
    if _NUMBER.fullmatch(text):
        return float(text)
    moment = read_moment(text, None) if text[:1].isdigit() else None
    if moment is None:
        return NAN
    seconds = timedelta(
        hours=moment.hour, minutes=moment.minute, seconds=moment.second
    ).total_seconds()
    return (moment.date() - _EPOCH).days + seconds / _DAY


def to_boolean(value: Value) -> bool:
    """Zero, not-a-number and the empty text are false; also the text 'false' is true."""
    plain = single(value)
    if isinstance(plain, bool):
        return plain
    if isinstance(plain, float):
        return plain != 0 and not math.isnan(plain)
    return bool(plain)


def equal(left: Value, right: Value) -> bool:
    """``=``: as truth if one side is truth, as numbers if one side is a number, else as text."""
    a, b = _candidates(left), _candidates(right)
    if len(a) == 1 and len(b) == 1:
        return _same(a[0], b[0])
    return any(_same(x, y) for x in a for y in b)


def _candidates(value: Value) -> Sequence[bool | float | str]:
    if isinstance(value, PLAIN):
        return (value,)
    if len(value) == 1:
        return (value[0].typed(),)
    return [node.typed() for node in value] or ("",)


def _same(a: bool | float | str, b: bool | float | str) -> bool:
    if isinstance(a, str) and isinstance(b, str):
        return a == b
    if isinstance(a, bool) or isinstance(b, bool):
        return to_boolean(a) == to_boolean(b)
    return to_number(a) == to_number(b)


def whole(value: Value, otherwise: int = 0) -> int:
    """The whole part of a number; ``otherwise`` where there is none, and bounded."""
    number = to_number(value)
    return otherwise if math.isnan(number) else int(max(-1e15, min(number, 1e15)))


def rounded(number: float, places: int = 0) -> float:
    """Half away from zero (``round(-1.5)`` is -2), to ``places`` digits behind the point."""
    factor = 10.0 ** max(-300, min(places, 300))
    scaled = abs(number) * factor
    if math.isnan(scaled) or math.isinf(scaled):
        return number
    whole = math.floor(scaled + 0.5 + 1e-9 if scaled < 1e9 else scaled + 0.5)
    return math.copysign(whole / factor, number) + 0.0


def read_date(text: str) -> date | None:
    """A date, also from the date part of a moment; None when it is not one."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """A time of day with or without seconds and zone; the zone is left out."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    try:
        fraction = int((match[4] or "0").ljust(6, "0")[:6])
        return time(int(match[1]), int(match[2]), int(match[3] or 0), fraction)
    except ValueError:
        return None


def read_moment(text: str, zone: ZoneInfo | None) -> datetime | None:
    """A date (its local midnight) or a date with time; in ``zone`` when one is given."""
    match = _DATE.fullmatch(text)
    day = read_date(text)
    if match is None or day is None:
        return None
    if not match[4]:
        return datetime.combine(day, time(), zone)
    clock = read_time(match[4])
    if clock is None:
        return None
    offset = _offset(match[4])
    if offset is None or zone is None:
        return datetime.combine(day, clock, zone)
    try:
        utc = datetime.combine(day, clock, ZoneInfo("UTC")) - offset
        return utc.astimezone(zone)
    except OverflowError:  # in the first hours of year 1, or the last of 9999
        return None


def _offset(clock: str) -> timedelta | None:
    match = _TIME.fullmatch(clock.strip())
    mark = match[5] if match else None
    if not mark:
        return None
    if mark == "Z":
        return timedelta()
    digits = mark[1:].replace(":", "").ljust(4, "0")
    length = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -length if mark[0] == "-" else length


def days_text(days: float) -> str:
    """The date that many days after 1970-01-01; '' when there is none."""
    if math.isnan(days) or abs(days) > 2_900_000:
        return ""
    try:
        return (_EPOCH + timedelta(days=math.floor(days))).isoformat()
    except OverflowError:
        return ""


def moment_text(moment: datetime) -> str:
    """An aware moment as XForms write it, to the millisecond and with the offset."""
    return moment.isoformat(timespec="milliseconds")


def days_since_epoch(moment: datetime) -> float:
    """Days, with fraction, since 1970-01-01 00:00 UTC."""
    return moment.timestamp() / _DAY


def storable(value: Value, kind: str, zone: ZoneInfo) -> str:
    """What a calculation leaves in a question of type ``kind``."""
    plain = single(value)
    if isinstance(plain, float) and math.isnan(plain):
        return ""
    if kind == "date" and plain != "":
        return _storable_date(plain, zone)
    if kind == "dateTime" and isinstance(plain, float):
        return _storable_moment(plain, zone)
    text = to_text(plain)[:MOST_TEXT]
    return _whole(text) if kind == "int" else text


def _whole(text: str) -> str:
    number = text_number(text)
    return text if math.isnan(number) or math.isinf(number) else str(int(number))


def _storable_moment(days: float, zone: ZoneInfo) -> str:
    try:
        return moment_text(datetime.fromtimestamp(days * _DAY, zone))
    except (OverflowError, ValueError, OSError):
        return ""


def _storable_date(plain: bool | float | str, zone: ZoneInfo) -> str:
    if isinstance(plain, float):
        return days_text(plain)
    moment = read_moment(to_text(plain), zone)
    return moment.date().isoformat() if moment else to_text(plain)


def selected_names(value: Any) -> list[str]:
    """The names in the answer to a select_multiple."""
    return to_text(value).split()
