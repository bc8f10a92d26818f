"""Reading whole numbers, decimals and sums of money."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.forms.vietnamese_speech import Spoken, Values, speak
from bot.forms.vietnamese_text import NOTHING, Reading, either
from bot.forms.vietnamese_words import Token, tokens

_SIGNS = {
    "?": "question",
    "%": "percent",
    "+": "plus",
    "-": "dash",
    "~": "approx",
    "<": "approx",
    ">": "approx",
    "/": "slash",
    "=": "equals",
    ":": "colon",
    "(": "bracket",
    "$": "foreign",
    "€": "foreign",
}
_HARMLESS_SIGNS = frozenset(".,;!*)_#&@|")
_WORDS = (
    "have plus filler none vague unknowing or to from join total part minus approx foreign label"
    " dong male female deed which unit later half_more"
).split()
_NO_DOUBT = frozenset(
    "have filler total deed unit label dong colon comma which bracket".split()
)
_NO_DOUBT_OF_ZERO = frozenset("have filler none which unit label dong comma".split())
_RANGE = frozenset({"dash", "to", "or"})


@dataclass(frozen=True, slots=True)
class _Found:
    spoken: Spoken
    start: int
    before: frozenset[str]  # what stands between the number before and this one
    label: bool  # names something ("lớp 5"), counts nothing
    negative: bool
    dong: bool


@dataclass(frozen=True, slots=True)
class _Reply:
    pieces: Sequence[Token]
    numbers: tuple[_Found, ...]
    marks: frozenset[str]


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
    reply = _scan(tokens(text, unit), kind)
    if not reply.numbers:
        return _zero(reply)
    if "vague" in reply.marks or len(reply.numbers) > 12:
        return NOTHING
    numbers = _counting(reply, kind)
    if _is_clock(reply):
        return NOTHING
    if (repeated := _repeated(reply)) is not None:
        return repeated
    if kind == "money" and (reply.marks & {"foreign", "percent"} or _counts_things(reply, numbers)):
        return NOTHING
    if len(numbers) > 1:
        return _several(reply, numbers, kind)
    return _single(reply, numbers[0], kind, unit)


def _counts_things(reply: _Reply, numbers: tuple[_Found, ...]) -> bool:
    """Tell whether "50 cuốn tập" was answered where money is asked."""
    if len(numbers) != 1 or numbers[0].spoken.scaled or numbers[0].dong:
        return False
    after = reply.pieces[numbers[0].spoken.end :][:1]
    return any(piece.may_be("unit") and not piece.may_be("filler") for piece in after)


# -- finding the numbers ------------------------------------------------------------------


def _scan(pieces: Sequence[Token], kind: str) -> _Reply:
    numbers: list[_Found] = []
    marks: set[str] = set()
    since: set[str] = set()
    at = 0
    while at < len(pieces):
        spoken = speak(pieces, at, kind) if _may_begin(pieces, at, numbers) else None
        if spoken is None:
            since.add(_mark(pieces, at, numbers))
            at += 1
            continue
        numbers.append(_found(pieces, at, spoken, numbers, frozenset(since)))
        marks |= since - ({"dash"} if numbers[-1].negative else set())
        since = set()
        at = spoken.end
    return _Reply(pieces, tuple(numbers), frozenset(marks | since))


def _may_begin(pieces: Sequence[Token], at: int, numbers: Sequence[_Found]) -> bool:
    piece = pieces[at]
    following = pieces[at + 1] if at + 1 < len(pieces) else None
    if piece.kind != "word":
        return piece.kind == "literal"
    if piece.may_be("none") and piece.may_be("0"):
        return following is not None and following.may_be("hundred", "point")
    if piece.may_be("unit", "male", "label") and piece.may_be("5"):
        after_number = bool(numbers) and numbers[-1].spoken.end == at
        if after_number and not numbers[-1].spoken.digit:
            return False
        return following is None or following.kind != "literal"
    if piece.may_be("approx") and piece.may_be("8"):
        return not _number_follows(pieces, at + 1)
    return not piece.may_be("people")


def _number_follows(pieces: Sequence[Token], at: int) -> bool:
    if at >= len(pieces):
        return False
    if pieces[at].kind == "literal" or pieces[at].may_be("ten", "twenty"):
        return not pieces[at].may_be("tens")
    digit = pieces[at].may_be(*"123456789")
    return digit and at + 1 < len(pieces) and pieces[at + 1].may_be("hundred", "tens")


def _found(
    pieces: Sequence[Token],
    at: int,
    spoken: Spoken,
    earlier: Sequence[_Found],
    since: frozenset[str],
) -> _Found:
    before = pieces[at - 1] if at else None
    after = pieces[spoken.end] if spoken.end < len(pieces) else None
    dash = before is not None and before.text == "-" and pieces[at].glued and not earlier
    return _Found(
        spoken=spoken,
        start=at,
        before=since,
        label=_is_label(pieces, at, spoken, earlier),
        negative=dash or (before is not None and before.may_be("minus")),
        dong=after is not None and after.may_be("dong"),
    )


def _is_label(pieces: Sequence[Token], at: int, spoken: Spoken, earlier: Sequence[_Found]) -> bool:
    after = pieces[spoken.end] if spoken.end < len(pieces) else None
    if after is not None and after.glued and after.text in "abce" and after.kind == "word":
        return True
    if not at:
        return False
    before = pieces[at - 1]
    if before.may_be("label"):
        return not (earlier and earlier[-1].spoken.end >= at - 1)
    joined = before.text in "-/" and bool(earlier) and earlier[-1].spoken.end == at - 1
    return joined and earlier[-1].label


def _literal(pieces: Sequence[Token], at: int) -> bool:
    return at < len(pieces) and pieces[at].kind == "literal"


def _mark(pieces: Sequence[Token], at: int, numbers: Sequence[_Found]) -> str:
    piece = pieces[at]
    if piece.kind == "sign":
        if piece.text == ",":
            return "comma"
        return _SIGNS.get(piece.text, "filler" if piece.text in _HARMLESS_SIGNS else "unknown")
    after_number = bool(numbers) and numbers[-1].spoken.end == at
    if after_number and piece.may_be("plus") and _literal(pieces, at + 1):
        return "plus"
    if after_number:
        for tag in ("male", "dong", "unit"):
            if piece.may_be(tag):
                return tag
    if piece.may_be("tens", "hundred", "thousand", "million", "billion") and not piece.may_be("k"):
        return "vague" if not piece.may_be("filler", "unit") else "filler"
    return next((tag for tag in _WORDS if piece.may_be(tag)), "unknown")


# -- deciding -----------------------------------------------------------------------------


def _zero(reply: _Reply) -> Reading:
    """Read "không có", "chưa tổ chức" as 0, and a lone dash as 0 to be confirmed."""
    texts = [piece.text for piece in reply.pieces if piece.text == "o" or not piece.may_be("filler")]
    if texts in (["-"], ["o"]):
        return Reading("0")
    nones = [at for at, piece in enumerate(reply.pieces) if _mark(reply.pieces, at, ()) == "none"]
    if len(nones) != 1 or reply.marks & {"question", "vague", "unknowing", "approx"}:
        return NOTHING
    if nones[0] and reply.pieces[nones[0] - 1].may_be("have"):
        return NOTHING
    strange = reply.marks - _NO_DOUBT_OF_ZERO
    if not strange:
        return Reading("0", sure=not reply.pieces[nones[0]].doubtful)
    named = any(piece.may_be("have", "which") for piece in reply.pieces[nones[0] + 1 :])
    return Reading("0") if named or strange == {"deed"} else NOTHING


def _counting(reply: _Reply, kind: str) -> tuple[_Found, ...]:
    """Return the numbers that may be the answer: not the 5 of "lớp 5"."""
    counting = tuple(found for found in reply.numbers if not found.label) or reply.numbers
    if kind != "money" or len(counting) == 1 or reply.marks & _RANGE:
        return counting
    money = tuple(found for found in counting if found.dong or found.spoken.scaled)
    return money if len(money) == 1 and "plus" not in reply.marks else counting


def _single(reply: _Reply, found: _Found, kind: str, unit: str) -> Reading:
    doubts = reply.marks - _NO_DOUBT - ({"percent"} if unit == "%" else set())
    sure = found.spoken.sure and not doubts and not found.negative and len(reply.numbers) == 1
    values = _meanings(found, kind)
    if values == (0,):
        sure = sure or (found.spoken.sure and not doubts - {"none"})
    if kind == "decimal" and "half_more" in reply.marks:
        return either(_canonical(value + Decimal("0.5")) for value in values)
    if len(values) != 1:
        return either(map(_canonical, values))
    return Reading(_canonical(values[0]), sure and not _dubious(found, values[0], kind))


def _dubious(found: _Found, value: Decimal, kind: str) -> bool:
    if found.label or abs(value) >= 10**12:
        return True
    if kind == "money":
        return value != 0 and (value < 1000 or value not in found.spoken.values)
    return kind == "integer" and (abs(value) >= 10**9 or not _written_whole(found))


def _written_whole(found: _Found) -> bool:
    return len(found.spoken.values) == 1


def _meanings(found: _Found, kind: str) -> Values:
    sign = -1 if found.negative else 1
    values = tuple(sign * value for value in found.spoken.values)
    if kind == "decimal":
        return values
    if kind == "money":
        values = tuple(meaning for value in values for meaning in _sums(found, value))
    return tuple(dict.fromkeys(value for value in values if value == value.to_integral_value()))


def _sums(found: _Found, value: Decimal) -> Values:
    """Return what a sum may mean: "500" is hardly 500 đồng, "1,5" is 1,5 triệu."""
    size = abs(value)
    if found.spoken.scaled or found.dong or size == 0 or size >= 10_000:
        return (value,)
    if value != value.to_integral_value():
        return (value * 10**6,)
    if size >= 1000:
        return (value, value * 1000)
    return (value * 1000, value * 10**6, value) if size < 100 else (value * 1000, value)


def _several(reply: _Reply, numbers: tuple[_Found, ...], kind: str) -> Reading:
    for rule in (_not_a_count, _sum, _part_and_whole, _both_sexes, _range, _fraction, _pair):
        reading = rule(reply, numbers, kind)
        if reading is not None:
            return reading
    values = [value for found in numbers for value in _meanings(found, kind)]
    joined = [found for found in numbers[1:] if found.before & {"join", "comma"}]
    if len(numbers) == 2 and joined and len(values) == 2:
        values.append(values[0] + values[1])
    return either(map(_canonical, values))


Rule = Callable[[_Reply, tuple[_Found, ...], str], Reading | None]


def _not_a_count(reply: _Reply, numbers: tuple[_Found, ...], kind: str) -> Reading | None:
    """Refuse dates: "2/10/2023"."""
    slashes = sum("slash" in found.before for found in numbers)
    return NOTHING if slashes > 1 else None


def _is_clock(reply: _Reply) -> bool:
    """Tell whether "7:30" or "7h30" stands in the reply."""
    for found in reply.numbers[1:]:
        before = reply.pieces[found.start - 1]
        if reply.pieces[found.start].glued and before.glued and before.text in set(":hge"):
            return True
    return False


def _repeated(reply: _Reply) -> Reading | None:
    """Take "1.500.000 đồng (một triệu năm trăm nghìn đồng)" for once and the same."""
    numbers = reply.numbers
    if len(numbers) != 2 or "bracket" not in numbers[1].before:
        return None
    both = set(numbers[0].spoken.values) & set(numbers[1].spoken.values)
    value = both.pop() if len(both) == 1 else None
    doubts = reply.marks - _NO_DOUBT
    return None if value is None else Reading(_canonical(value), sure=not doubts)


def _sum(reply: _Reply, numbers: tuple[_Found, ...], kind: str) -> Reading | None:
    """Add up "12+35+540", also when "= 587" follows."""
    stated = numbers[-1] if "equals" in numbers[-1].before else None
    parts = numbers[:-1] if stated else numbers
    if len(parts) < 2 or not all("plus" in found.before for found in parts[1:]):
        return None
    total = _total(parts, kind)
    if total is None:
        return NOTHING
    said = _meanings(stated, kind) if stated else ()
    return either(map(_canonical, (total, *said)))


def _total(numbers: Iterable[_Found], kind: str) -> Decimal | None:
    """Return the sum, or None when one of the numbers has several meanings."""
    meanings = [_meanings(found, kind) for found in numbers]
    if any(len(values) != 1 for values in meanings):
        return None
    return sum((values[0] for values in meanings), Decimal(0))


def _part_and_whole(reply: _Reply, numbers: tuple[_Found, ...], kind: str) -> Reading | None:
    """Take the whole of "45 (20 nam, 25 nữ)", "20 nam 25 nữ tổng 45", "45 trong đó 20 nữ"."""
    values = [_meanings(found, kind) for found in numbers]
    if any(len(meanings) != 1 for meanings in values):
        return None
    plain = [meanings[0] for meanings in values]
    if numbers[1].before & {"part", "bracket"} or (len(plain) > 2 and plain[0] == sum(plain[1:])):
        return Reading(_canonical(plain[0]))
    if len(plain) > 2 and plain[-1] == sum(plain[:-1]):
        return Reading(_canonical(plain[-1]))
    return None


def _both_sexes(reply: _Reply, numbers: tuple[_Found, ...], kind: str) -> Reading | None:
    total = _total(numbers, kind)
    if len(numbers) == 2 and {"male", "female"} <= reply.marks and total is not None:
        return Reading(_canonical(total))
    return None


def _range(reply: _Reply, numbers: tuple[_Found, ...], kind: str) -> Reading | None:
    """Ask which end of "3-4", "30 hoặc 40", "3-4 triệu" is meant."""
    if len(numbers) != 2 or not numbers[1].before & _RANGE:
        return None
    first, second = numbers
    low = _meanings(first, kind)
    high = _meanings(second, kind)
    if first.spoken.plain and second.spoken.factor > 1 and first.spoken.factor == 1:
        low = tuple(value * second.spoken.factor for value in first.spoken.values)
    return either(map(_canonical, (*low, *high)))


def _fraction(reply: _Reply, numbers: tuple[_Found, ...], kind: str) -> Reading | None:
    """Read "1/2" as 0,5, to be confirmed; for a count the two numbers are asked about."""
    if kind != "decimal" or len(numbers) != 2 or "slash" not in numbers[1].before:
        return None
    above, below = (found.spoken.values[:1] for found in numbers)
    if not above or not below or below[0] == 0:
        return NOTHING
    value = above[0] / below[0]
    return Reading(_canonical(value)) if value == round(value, 4) else None


def _pair(reply: _Reply, numbers: tuple[_Found, ...], kind: str) -> Reading | None:
    """Read two digits said one after the other: "ba bảy" is 37, "hai ba" may be 2, 3 or 23."""
    first, second = (found.spoken for found in numbers[:2])
    if len(numbers) != 2 or first.end != numbers[1].start or kind == "money":
        return None
    if first.digit and second.digit:
        a, b = int(first.values[0]), int(second.values[0])
        both = str(10 * a + b)
        return either((str(a), str(b), both)) if 0 < b - a < 3 else Reading(both)
    if first.plain and second.plain:
        values = (Decimal(first.plain + second.plain), *first.values, *second.values)
        return either(map(_canonical, values))
    return None


def _canonical(value: Decimal) -> str:
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
