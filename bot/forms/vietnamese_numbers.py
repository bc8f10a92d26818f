"""Reading whole numbers, decimals and sums of money."""

import re
from decimal import Decimal

from bot.forms.vietnamese_counting import NO_DOUBT, Found, Reply, mark, scan
from bot.forms.vietnamese_sums import RANGE, canonical, is_clock, meanings, repeated, several
from bot.forms.vietnamese_text import NOTHING, Reading, either, words_of

_BARE = re.compile(r"0|[1-9][0-9]{0,8}")
_MOST_NUMBERS = 12
_NO_DOUBT_OF_ZERO = words_of("have filler none which unit label dong comma")


def read_integer(text: str, unit: str = "") -> Reading:
    """Read a count. ``unit`` is the unit of the question ("học sinh"), when it has one."""
    return _read(text, "integer", unit)


def read_decimal(text: str, unit: str = "") -> Reading:
    """Read a number that may have a fraction. Percents keep their size: "87,5%" is 87.5."""
    return _read(text, "decimal", unit)


def read_money(text: str, unit: str = "đồng") -> Reading:
    """Read a sum in đồng. A small number without a unit may mean thousands: that is asked."""
    return _read(text, "money", unit)


def _read(text: str, kind: str, unit: str) -> Reading:
    if kind != "money" and _BARE.fullmatch(text):  # as nearly everybody writes a number
        return Reading(text, sure=True)
    reply = scan(text, kind, unit)
    if not reply.numbers:
        return _zero(reply)
    if "vague" in reply.marks or len(reply.numbers) > _MOST_NUMBERS:
        return NOTHING
    numbers = _counting(reply, kind)
    if is_clock(reply):
        return NOTHING
    if (once := repeated(reply)) is not None:
        return once
    if kind == "money" and (reply.marks & {"foreign", "percent"} or _counts_things(reply, numbers)):
        return NOTHING
    if len(numbers) > 1:
        return several(reply, numbers, kind)
    return _single(reply, numbers[0], kind, unit)


def _counts_things(reply: Reply, numbers: tuple[Found, ...]) -> bool:
    """Tell whether "50 cuốn tập" was answered where money is asked."""
    if len(numbers) != 1 or numbers[0].spoken.scaled or numbers[0].dong:
        return False
    after = reply.pieces[numbers[0].spoken.end :][:1]
    return any(piece.may_be("unit") and not piece.may_be("filler") for piece in after)


def _zero(reply: Reply) -> Reading:
    """Read "không có", "chưa tổ chức" as 0, and a lone dash as 0 to be confirmed."""
    texts = [
        piece.text for piece in reply.pieces if piece.text == "o" or not piece.may_be("filler")
    ]
    if texts in (["-"], ["o"]):
        return Reading("0")
    nones = [at for at, piece in enumerate(reply.pieces) if mark(reply.pieces, at, ()) == "none"]
    if len(nones) != 1 or reply.marks & {"question", "vague", "unknowing", "approx"}:
        return NOTHING
    if nones[0] and reply.pieces[nones[0] - 1].may_be("have"):
        return NOTHING
    strange = reply.marks - _NO_DOUBT_OF_ZERO
    if not strange:
        return Reading("0", sure=not reply.pieces[nones[0]].doubtful)
    named = any(piece.may_be("have", "which") for piece in reply.pieces[nones[0] + 1 :])
    return Reading("0") if named or strange == {"deed"} else NOTHING


def _counting(reply: Reply, kind: str) -> tuple[Found, ...]:
    """Return the numbers that may be the answer: not the 5 of "lớp 5"."""
    counting = tuple(found for found in reply.numbers if not found.label) or reply.numbers
    if kind != "money" or len(counting) == 1 or reply.marks & RANGE:
        return counting
    money = tuple(found for found in counting if found.dong or found.spoken.scaled)
    return money if len(money) == 1 and "plus" not in reply.marks else counting


def _single(reply: Reply, found: Found, kind: str, unit: str) -> Reading:
    doubts = reply.marks - NO_DOUBT - ({"percent"} if unit == "%" else set())
    sure = found.spoken.sure and not doubts and not found.negative and len(reply.numbers) == 1
    values = meanings(found, kind)
    if not any(values):
        sure = sure or (found.spoken.sure and not doubts - {"none"} and len(reply.numbers) == 1)
    if kind == "decimal" and "half_more" in reply.marks:
        return either(canonical(value + Decimal("0.5")) for value in values)
    if len(values) != 1:
        return either(map(canonical, values))
    return Reading(canonical(values[0]), sure and not _dubious(found, values[0], kind))


def _dubious(found: Found, value: Decimal, kind: str) -> bool:
    if found.label or abs(value) >= 10**12:
        return True
    if kind == "money":
        return value != 0 and (value < 1000 or value not in found.spoken.values)
    return kind == "integer" and (abs(value) >= 10**9 or len(found.spoken.values) > 1)
