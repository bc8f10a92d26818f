"""Reading dates: "2/10", "mùng 2 tháng 10", "thứ hai tuần này", "hôm qua"."""

import re
from datetime import date, timedelta

from bot.forms.vietnamese_calendar import (
    CLOCK,
    PART_OF_DAY,
    WEEKDAYS,
    left_over,
    without_telex,
)
from bot.forms.vietnamese_days import Asked, Sight, blank, dates_in
from bot.forms.vietnamese_text import NOTHING, Reading, either, fold_in_place, plain

LONGEST = 400
_TWO_DATES = re.compile(r"(/\d{1,4})-(?=\d{1,2}/\d)")
_LUNAR = re.compile(r"\b(?:am lich|am|al|ram|gieng|chap|tet|nhuan)\b")


def read_date(text: str, today: date, near: date | None = None) -> Reading:
    """Read a day. ``near`` is a day of the period asked about; without it ``today`` serves.

    A day without its year is the one nearest to that. "10/2" where 2/10 lies in the period,
    a weekday that is another one, and both ends of a range are asked back. Lunar days are not
    understood.
    """
    return day_and_rest(text, today, near)[0]


def day_and_rest(text: str, today: date, near: date | None = None) -> tuple[Reading, str]:
    """Return the day, and the reply without the words that say it: perhaps a time of day."""
    accented = _TWO_DATES.sub(r"\1;", without_telex(plain(text[:LONGEST])))
    folded = fold_in_place(accented)
    asked = Asked(today, near, accented)
    if _is_lunar(accented, folded):
        return NOTHING, accented
    bare, weekday, week = _take_weekday(CLOCK.sub(blank, folded))
    rest, sights = dates_in(bare, asked)
    if weekday is not None and not sights:
        sights = [_weekday_alone(weekday, week, asked)]
    elif weekday is not None:
        sights = [_on_weekday(sight, weekday) for sight in sights]
        if week:
            sights.append(_weekday_alone(weekday, week, asked))
    if not sights or any(not sight.days for sight in sights):
        return NOTHING, accented
    strange = left_over(PART_OF_DAY.sub(" ", rest)) or "?" in rest
    return _decide(sights, strange=strange), _unread(accented, folded, rest)


def _unread(accented: str, folded: str, rest: str) -> str:
    """Return what is left of a reply: clocks and parts of the day stay ("tối qua 8h")."""
    kept = [here != " " for here in rest]
    for pattern in (CLOCK, PART_OF_DAY):
        for match in pattern.finditer(folded):
            if not folded.endswith("tuan ", 0, match.start()):  # "tuần tới" is no evening
                kept[match.start() : match.end()] = [True] * len(match[0])
    return "".join(letter if keep else " " for letter, keep in zip(accented, kept, strict=True))


def _is_lunar(accented: str, folded: str) -> bool:
    return any(
        match[0] != "am" or accented[match.start() : match.end()] == "âm"
        for match in _LUNAR.finditer(folded)
    )


def _decide(sights: list[Sight], *, strange: bool) -> Reading:
    days = [day for sight in sights for day in sight.days]
    if len(set(days)) > 1:
        return either(day.isoformat() for day in days)
    return Reading(days[0].isoformat(), sure=all(sight.sure for sight in sights) and not strange)


# -- weekdays -----------------------------------------------------------------------------

_WEEKDAY = re.compile(
    r"\b(?:(?:thu ?|t\.?)(?P<day>hai|ba|tu|nam|sau|bay|[2-7])\b(?! ?[/.] ?\d|-\d)"
    r"|(?P<sunday>chu nhat|cn)\b)"
    r"(?P<week> (?:cua )?(?:tuan )?"
    r"(?:nay|truoc|vua roi|vua qua|roi|qua|sau nua|sau|toi day|toi)\b)?"
)
_PAST = ("truoc", "roi", "qua")


def _take_weekday(folded: str) -> tuple[str, int | None, str]:
    """Return the rest, the weekday (Monday is 0), and what follows it: "tuan truoc", "toi"."""
    found = _WEEKDAY.search(folded)
    if not found:
        return folded, None, ""
    weekday = 6 if found["sunday"] else WEEKDAYS[found["day"]]
    rest = folded[: found.start()] + blank(found) + folded[found.end() :]
    return rest, weekday, (found["week"] or "").strip()


def _on_weekday(sight: Sight, weekday: int) -> Sight:
    """Keep the meanings that fall on the weekday; when none does, offer the one that does."""
    fitting = tuple(day for day in sight.days if day.weekday() == weekday)
    if fitting:
        return Sight(fitting, sight.sure or len(sight.days) > 1)
    if len(sight.days) != 1:
        return sight
    shift = (weekday - sight.days[0].weekday() + 3) % 7 - 3
    return Sight((sight.days[0], sight.days[0] + timedelta(days=shift)))


def _weekday_alone(weekday: int, week: str, asked: Asked) -> Sight:
    """Read "thứ sáu tuần sau"; a Sunday's week, and "thứ sáu tới", are to be confirmed."""
    around = asked.today if week else asked.anchor
    day = around - timedelta(days=around.weekday()) + timedelta(days=weekday)
    if "tuan" in week and not week.endswith("nay"):
        weeks = -1 if week.endswith(_PAST) else 2 if week.endswith("nua") else 1
        shift = timedelta(days=7 * weeks)
        return Sight((day + shift,), sure=weekday < 6)
    if not week or week.endswith("nay"):
        return Sight((day,), sure="tuan" in week and weekday < 6)
    if week.endswith(_PAST):
        return Sight((_after(asked.today - timedelta(days=8), weekday),), sure=False)
    return Sight((_after(asked.today, weekday),), sure=False)


def _after(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)
