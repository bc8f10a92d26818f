"""What a number may mean in answer to a question, and what several numbers mean together."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from bot.forms.vietnamese_counting import NO_DOUBT, Found, Reply
from bot.forms.vietnamese_speech import Values
from bot.forms.vietnamese_text import NOTHING, Reading, either

RANGE = frozenset({"dash", "to", "or"})
"""What stands between the ends of "3-4", "3 đến 4", "3 hoặc 4"."""

Rule = Callable[[Reply, tuple[Found, ...], str], Reading | None]


def canonical(value: Decimal) -> str:
    """Write a number as XForms do: "1.5", "45"."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def meanings(found: Found, kind: str) -> Values:
    """Return what a number may mean for a question of ``kind``, likeliest first."""
    sign = -1 if found.negative else 1
    values = tuple(sign * value for value in found.spoken.values)
    if kind == "decimal":
        return values
    if kind == "money":
        values = tuple(meaning for value in values for meaning in _sums(found, value))
    return tuple(dict.fromkeys(value for value in values if value == value.to_integral_value()))


def _sums(found: Found, value: Decimal) -> Values:
    """Return what a sum may mean: "500" is hardly 500 đồng, "1,5" is 1,5 triệu."""
    size = abs(value)
    if found.spoken.scaled or found.dong or size == 0 or size >= 10_000:
        return (value,)
    if value != value.to_integral_value():
        return (value * 10**6,)
    if size >= 1000:
        return (value, value * 1000)
    return (value * 1000, value * 10**6, value) if size < 100 else (value * 1000, value)


def is_clock(reply: Reply) -> bool:
    """Tell whether "7:30" or "7h30" stands in the reply."""
    for found in reply.numbers[1:]:
        before = reply.pieces[found.start - 1]
        if reply.pieces[found.start].glued and before.glued and before.text in set(":hge"):
            return True
    return False


def repeated(reply: Reply) -> Reading | None:
    """Take "1.500.000 đồng (một triệu năm trăm nghìn đồng)" for once and the same."""
    numbers = reply.numbers
    if len(numbers) != 2 or "bracket" not in numbers[1].before:
        return None
    both = set(numbers[0].spoken.values) & set(numbers[1].spoken.values)
    value = both.pop() if len(both) == 1 else None
    doubts = reply.marks - NO_DOUBT
    return None if value is None else Reading(canonical(value), sure=not doubts)


def several(reply: Reply, numbers: tuple[Found, ...], kind: str) -> Reading:
    """Read a reply with more than one number; what is not plain is asked."""
    for rule in (_not_a_count, _sum, _part_and_whole, _both_sexes, _range, _fraction, _pair):
        reading = rule(reply, numbers, kind)
        if reading is not None:
            return reading
    values = [value for found in numbers for value in meanings(found, kind)]
    joined = [found for found in numbers[1:] if found.before & {"join", "comma"}]
    if len(numbers) == 2 and joined and len(values) == 2:
        values.append(values[0] + values[1])
    return either(map(canonical, values))


def _not_a_count(reply: Reply, numbers: tuple[Found, ...], kind: str) -> Reading | None:
    """Refuse dates: "2/10/2023"."""
    slashes = sum("slash" in found.before for found in numbers)
    return NOTHING if slashes > 1 else None


def _sum(reply: Reply, numbers: tuple[Found, ...], kind: str) -> Reading | None:
    """Add up "12+35+540", also when "= 587" follows."""
    stated = numbers[-1] if "equals" in numbers[-1].before else None
    parts = numbers[:-1] if stated else numbers
    if len(parts) < 2 or not all("plus" in found.before for found in parts[1:]):
        return None
    total = _total(parts, kind)
    if total is None:
        return NOTHING
    said = meanings(stated, kind) if stated else ()
    return either(map(canonical, (total, *said)))


def _total(numbers: Iterable[Found], kind: str) -> Decimal | None:
    """Return the sum, or None when one of the numbers has several meanings."""
    each = [meanings(found, kind) for found in numbers]
    if any(len(values) != 1 for values in each):
        return None
    return sum((values[0] for values in each), Decimal(0))


def _part_and_whole(reply: Reply, numbers: tuple[Found, ...], kind: str) -> Reading | None:
    """Take the whole of "45 (20 nam, 25 nữ)", "20 nam 25 nữ tổng 45", "45 trong đó 20 nữ"."""
    values = [meanings(found, kind) for found in numbers]
    if any(len(of_one) != 1 for of_one in values):
        return None
    plain = [of_one[0] for of_one in values]
    if numbers[1].before & {"part", "bracket"} or (len(plain) > 2 and plain[0] == sum(plain[1:])):
        return Reading(canonical(plain[0]))
    if len(plain) > 2 and plain[-1] == sum(plain[:-1]):
        return Reading(canonical(plain[-1]))
    return None


def _both_sexes(reply: Reply, numbers: tuple[Found, ...], kind: str) -> Reading | None:
    total = _total(numbers, kind)
    if len(numbers) == 2 and {"male", "female"} <= reply.marks and total is not None:
        return Reading(canonical(total))
    return None


def _range(reply: Reply, numbers: tuple[Found, ...], kind: str) -> Reading | None:
    """Ask which end of "3-4", "30 hoặc 40", "3-4 triệu" is meant."""
    if len(numbers) != 2 or not numbers[1].before & RANGE:
        return None
    first, second = numbers
    low = meanings(first, kind)
    high = meanings(second, kind)
    if first.spoken.plain and second.spoken.factor > 1 and first.spoken.factor == 1:
        low = tuple(value * second.spoken.factor for value in first.spoken.values)
    return either(map(canonical, (*low, *high)))


def _fraction(reply: Reply, numbers: tuple[Found, ...], kind: str) -> Reading | None:
    """Read "1/2" as 0,5, to be confirmed; for a count the two numbers are asked about."""
    if kind != "decimal" or len(numbers) != 2 or "slash" not in numbers[1].before:
        return None
    above, below = (found.spoken.plain for found in numbers)
    if not above or not below or not int(below):
        return None
    value = Decimal(above) / Decimal(below)
    return Reading(canonical(value)) if value == round(value, 4) else None


def _pair(reply: Reply, numbers: tuple[Found, ...], kind: str) -> Reading | None:
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
        return either(map(canonical, values))
    return None
