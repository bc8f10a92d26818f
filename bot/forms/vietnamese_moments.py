"""Reading a day with its time, a month, a year: "14h30 ngày 2/10", "tháng 10/2023"."""

import re
from datetime import date

from bot.forms.vietnamese_calendar import SPELLED, SPELLED_PATTERN
from bot.forms.vietnamese_dates import day_and_rest
from bot.forms.vietnamese_text import NOTHING, Reading, either, fold_in_place, plain
from bot.forms.vietnamese_times import read_time

LONGEST = 400


def read_moment(text: str, today: date, near: date | None = None) -> Reading:
    """Read a day and a time of day as "2023-10-02T14:30:00.000"; the zone is the caller's.

    One without the other is not understood: ``halves`` returns what there is.
    """
    return join(*halves(text, today, near))


def halves(text: str, today: date, near: date | None = None) -> tuple[Reading, Reading]:
    """Return the day and the time that a reply holds; what it does not say is NOTHING."""
    iso = re.fullmatch(r"\s*(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d)?(?:\.\d+)?\s*", text)
    if iso:
        return Reading(iso[1], sure=True), Reading(f"{iso[2]}:00.000", sure=True)
    day, rest = day_and_rest(text, today, near)
    bare = rest.replace("-", " ").replace(",", " ").replace("/", " ")
    if day == NOTHING:
        return day, read_time(text)
    return day, read_time(bare) if re.search(r"\d|gio|giờ|rưỡi|ruoi", rest) else NOTHING


def join(day: Reading, clock: Reading) -> Reading:
    """Return the day with the time, where both are known."""
    days, clocks = day.options or (day.value,), clock.options or (clock.value,)
    if not all(days) or not all(clocks):
        return NOTHING
    values = [f"{one}T{other}" for one in days for other in clocks]
    if len(values) == 1:
        return Reading(values[0], sure=day.sure and clock.sure)
    return either(values)


_MONTH = rf"(?P<month>\d{{1,2}}|{SPELLED_PATTERN})"
_MONTH_YEAR = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})(?:[-/.]\d{1,2})?"),
    re.compile(
        rf"(?:thang |thg |th |t)?{_MONTH}\s?(?:[-/., ]|nam|cua nam|/ ?nam)\s?(?P<year>\d{{4}})"
    ),
    re.compile(rf"(?:thang |thg |th |t)?{_MONTH} (?P<said>nam nay|nam ngoai|nam truoc|nam sau)"),
    re.compile(
        rf"(?:thang |thg |th |t){_MONTH}(?: (?P<said>nam nay|nam ngoai|nam truoc|nam sau))?"
    ),
    re.compile(r"(?P<month>\d{1,2})"),
)
_RELATIVE_MONTH = {
    "thang nay": 0,
    "thang truoc": -1,
    "thang roi": -1,
    "thang sau": 1,
    "thang toi": 1,
}
_RELATIVE_YEAR = {"nam nay": 0, "nam ngoai": -1, "nam truoc": -1, "nam roi": -1, "nam sau": 1,
                  "nam toi": 1, "sang nam": 1}  # fmt: skip
_ENDS = re.compile(r"^(?:da |vang |vao |hoi |khoang )+|(?: a| nhe| nha| em| thay| co)+$")


def read_month(text: str, today: date, near: date | None = None) -> Reading:
    """Read a month as its first day; without a year it is the one nearest to ``near``."""
    said = _said(text)
    anchor = near or today
    if said in _RELATIVE_MONTH:
        months = today.year * 12 + today.month - 1 + _RELATIVE_MONTH[said]
        return Reading(date(months // 12, months % 12 + 1, 1).isoformat(), sure=True)
    for pattern in _MONTH_YEAR:
        if (found := pattern.fullmatch(said)) is not None:
            return _month(found, today, anchor)
    return NOTHING


def _month(found: "re.Match[str]", today: date, anchor: date) -> Reading:
    named = found.groupdict()
    month = int(named["month"]) if named["month"].isdigit() else SPELLED[named["month"]]
    if not 1 <= month <= 12:
        return NOTHING
    if named.get("year"):
        return _first_day(int(named["year"]), month, sure=True)
    if named.get("said"):
        return _first_day(today.year + _RELATIVE_YEAR[named["said"]], month, sure=True)
    year = min(
        (anchor.year + shift for shift in (0, -1, 1)),
        key=lambda one: abs(one * 12 + month - anchor.year * 12 - anchor.month),
    )
    return _first_day(year, month, sure=False)


def read_year(text: str, today: date) -> Reading:
    """Read a year as its first day."""
    said = _said(text)
    if said in _RELATIVE_YEAR:
        return _first_day(today.year + _RELATIVE_YEAR[said], 1, sure=True)
    if (found := re.fullmatch(r"(?:nam )?(\d{4})(?:-\d\d-\d\d)?", said)) is not None:
        return _first_day(int(found[1]), 1, sure=True)
    if (found := re.fullmatch(r"(?:nam )?'?(\d\d)", said)) is not None:
        return _first_day(2000 + int(found[1]), 1, sure=False)
    return NOTHING


def _first_day(year: int, month: int, *, sure: bool) -> Reading:
    return Reading(date(year, month, 1).isoformat(), sure) if 1900 <= year <= 2100 else NOTHING


def _said(text: str) -> str:
    folded = " ".join(fold_in_place(plain(text[:LONGEST])).split())
    return _ENDS.sub("", folded).strip(" .?!")
