"""Reading times of day: "7h30", "7 giờ kém 15", "1 rưỡi chiều", "19h"."""

import re

from bot.forms.vietnamese_calendar import SPELLED, SPELLED_PATTERN, left_over, without_telex
from bot.forms.vietnamese_text import NOTHING, Reading, either, fold_in_place, plain

LONGEST = 400
_HOUR = r"(?:h|g|gio|gi)"
_MINUTES = r"(?: ?(?:phut|ph|p)\b| ?')?"
_SPELLED = re.compile(rf"\b(?:{SPELLED_PATTERN})\b(?! ?lop)")
_DATE = re.compile(
    r"\b(?:ngay )?\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?\b(?! ?(?:h|g|gio)\b)"
    r"|\bngay \d{1,2}(?: thang \d{1,2}(?: nam \d{4})?)?\b"
    r"|\bthu [2-7]\b|\bchu nhat\b|\bhom (?:nay|qua)\b"
)
_RANGE = re.compile(
    r"(?<![\d:.hg])(?<!gio )(?P<one>\d{1,2}) ?(?:-|den|toi|hoac|hay) ?"
    rf"(?P<other>\d{{1,2}}) ?{_HOUR}(?![a-z\d])"
)
_TO = re.compile(
    rf"(?<![\d:.])(?:kem (?P<before_less>\d{{1,2}})(?: phut)? (?P<before_hour>\d{{1,2}}) ?{_HOUR}\b"
    rf"|(?P<hour>\d{{1,2}}) ?{_HOUR}? ?(?:kem|thieu) (?P<less>\d{{1,2}}){_MINUTES})"
)
_CLOCK = re.compile(
    r"(?<![\d:.,/])(?P<hour>\d{1,2})"
    rf"(?: ?{_HOUR} ?(?:(?P<half>ruoi)|(?P<minute>\d{{1,2}})(?!\d| ?(?:gio|h)\b){_MINUTES})?"
    r"| ?[:.] ?(?P<clock_minute>\d\d)(?::\d\d)?(?!\d)"
    r"| (?P<bare_half>ruoi)| ?(?=(?:am|pm)\b))"
    r"(?!(?!am\b|pm\b)[a-z])"
)
_DIGITS = re.compile(r"^\W*(?P<hour>\d{1,2}) ?(?P<minute>\d\d)?\W*$")
_PART = re.compile(r"\b(?:sang|trua|chieu|toi|dem|khuya)\b|(?<=\d) ?(?:am|pm|a\.m|p\.m)\b")

_PART_WORD = re.compile(r"\b(?:sang|trua|chieu|toi|dem|khuya|am|pm)\b")


def read_time(text: str) -> Reading:
    """Read a time of day as "07:30:00.000".

    Both ends of a range, and "2h" without "chiều" or "sáng", are asked back.
    """
    accented = without_telex(plain(text[:LONGEST]))
    folded = fold_in_place(accented)
    part, perhaps_evening = _part_of_day(accented, folded)
    words = _SPELLED.sub(lambda found: _figure(found, accented), folded)
    dated = _DATE.sub(" ", words) if _CLOCK.search(_DATE.sub(" ", words)) else words
    clocks, rest = _clocks(dated)
    if not clocks:
        return _digits(words, part)
    parts = dict.fromkeys((part, *(_parts(accented, folded) if len(clocks) > 1 else ())))
    if perhaps_evening:
        parts["toi"] = None
    readings = [_read(clock, one) for one in parts for clock in clocks]
    if any(reading == NOTHING for reading in readings):
        return NOTHING
    values = [value for reading in readings for value in (reading.options or (reading.value,))]
    if len(set(values)) > 1:
        return either(values)
    doubt = (
        len(clocks) > 1 or left_over(_PART_WORD.sub(" ", rest)) or bool(re.search(r"[?~<>+]", rest))
    )
    return Reading(values[0], sure=readings[0].sure and not doubt)


def _parts(accented: str, folded: str) -> list[str]:
    """Return all parts of the day that are named; "tới" and "tôi" are none."""
    found = _PART_WORD.finditer(folded)
    return [
        one[0] for one in found if one[0] != "toi" or accented[one.start() : one.end()] == "tối"
    ]


def _figure(found: "re.Match[str]", accented: str) -> str:
    """Return the number a word says; "sau" is not "sáu" where other words have accents."""
    typed = accented[found.start() : found.end()]
    plain_word = typed == found[0] and " " not in typed and not accented.isascii()
    return typed if plain_word and typed not in {"hai", "ba"} else str(SPELLED[found[0]])


Clock = tuple[str, int, bool]
"""Hour as written, minutes (negative: before the hour), whether the minutes are sure."""


def _clocks(text: str) -> tuple[list[Clock], str]:
    ends = _RANGE.search(text)
    if ends:
        return [(ends["one"], 0, True), (ends["other"], 0, True)], ""
    found: list[Clock] = []
    for match in _TO.finditer(text):
        hour, less = match["hour"] or match["before_hour"], match["less"] or match["before_less"]
        found.append((hour, -int(less), True))
    text = _TO.sub(" ", text)
    found += [_clock(match) for match in _CLOCK.finditer(text)]
    return found, _CLOCK.sub(" ", text)


def _clock(match: "re.Match[str]") -> Clock:
    if match["half"] or match["bare_half"]:
        return match["hour"], 30, True
    if match["clock_minute"]:
        return match["hour"], int(match["clock_minute"]), True
    minute = match["minute"]
    if minute is None:
        return match["hour"], 0, True
    return (
        match["hour"],
        int(minute),
        len(minute) == 2 or match[0].rstrip().endswith(("t", "p", "h")),
    )


def _digits(text: str, part: str) -> Reading:
    """Read "7", "730" and "7 30", to be confirmed."""
    stripped = re.sub(r"\b(?:da|a|nhe|nha|luc|vao|khoang|sang|trua|chieu|toi|dem)\b", " ", text)
    found = _DIGITS.match(" ".join(stripped.split()))
    if not found:
        return NOTHING
    reading = _read((found["hour"], int(found["minute"] or 0), False), part)
    return Reading(reading.value, False, reading.options)


def _part_of_day(accented: str, folded: str) -> tuple[str, bool]:
    """Return "sang", "chieu" …; the second value is true when "toi" may be "tôi" or "tới"."""
    found = _PART.search(folded)
    if not found:
        return "", False
    part = found[0].strip().replace(".", "")
    typed = accented[found.start() : found.end()]
    if part != "toi" or typed == "tối":
        return part, False
    if typed != "toi" or re.match(r" ?\d", folded[found.end() :]):
        return "", typed == "toi"
    return part, False


def _read(clock: Clock, part: str) -> Reading:
    written, minutes, sure = clock
    if int(written) > 24 or abs(minutes) > 59:
        return NOTHING
    hours, hour_sure = _hours(written, part)
    if not hours:
        return NOTHING
    values = tuple(_canonical(hour * 60 + minutes) for hour in hours)
    return Reading(values[0], sure and hour_sure) if len(values) == 1 else Reading(options=values)


def _canonical(minutes: int) -> str:
    hour, minute = divmod(minutes % (24 * 60), 60)
    return f"{hour:02}:{minute:02}:00.000"


_AFTER_NOON = {
    "trua": range(1, 3),
    "chieu": range(1, 12),
    "toi": range(5, 12),
    "dem": range(8, 12),
    "khuya": range(8, 12),
    "pm": range(1, 12),
}
_USUAL = {
    "sang": range(12),
    "trua": range(10, 15),
    "chieu": range(12, 19),
    "toi": range(17, 24),
    "dem": (20, 21, 22, 23, 0, 1, 2, 3, 4),
    "khuya": (22, 23, 0, 1, 2, 3, 4),
    "am": range(12),
    "pm": range(12, 24),
}


def _hours(written: str, part: str) -> tuple[tuple[int, ...], bool]:
    """Return the hours of the day that may be meant, and whether a single one is sure."""
    hour = int(written)
    if not part:
        if 1 <= hour <= 5 and not written.startswith("0"):
            return (hour + 12, hour), True
        return (hour % 24,), hour >= 6 and hour < 24
    if hour == 12 and part in {"toi", "dem", "khuya", "am", "sang"}:
        return ((0, 12) if part == "sang" else (0,)), part == "am"
    if hour in _AFTER_NOON.get(part, ()):
        hour += 12
    return (hour % 24,), hour in _USUAL[part]
