"""Reading dates: "2/10", "mùng 2 tháng 10", "thứ hai tuần này", "hôm qua"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.forms.vietnamese_calendar import (
    CLOCK,
    PART_OF_DAY,
    SPELLED,
    SPELLED_PATTERN,
    WEEKDAYS,
    left_over,
    without_telex,
)
from bot.forms.vietnamese_text import NOTHING, Reading, either, fold_in_place, plain

LONGEST = 400
_NEARBY = timedelta(days=31)
_DOUBTFUL = timedelta(days=120)
_TWO_DATES = re.compile(r"(/\d{1,4})-(?=\d{1,2}/\d)")
_LUNAR = re.compile(r"\b(?:am lich|am|al|ram|gieng|chap|tet|nhuan)\b")


@dataclass(frozen=True, slots=True)
class _Sight:
    """A date found in a reply: its meanings; none when there is no such day."""

    days: tuple[date, ...]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Asked:
    today: date
    near: date | None
    accented: str  # the reply with its accents, position by position as the folded one

    @property
    def anchor(self) -> date:
        return self.near or self.today


def read_date(text: str, today: date, near: date | None = None) -> Reading:
    """Read a day. ``near`` is a day of the period asked about; without it ``today`` serves.

    A day without its year is the one nearest to that. "10/2" where 2/10 lies in the period,
    a weekday that is another one, and both ends of a range are asked back. Lunar days are not
    understood.
    """
    accented = _TWO_DATES.sub(r"\1;", without_telex(plain(text[:LONGEST])))
    folded = fold_in_place(accented)
    asked = _Asked(today, near, accented)
    if _is_lunar(accented, folded):
        return NOTHING
    rest, weekday, week = _take_weekday(CLOCK.sub(_blank, folded))
    rest, sights = _take_dates(rest, asked)
    if weekday is not None and not sights:
        sights = [_weekday_alone(weekday, week, asked)]
    elif weekday is not None:
        sights = [_on_weekday(sight, weekday) for sight in sights]
    if not sights or any(not sight.days for sight in sights):
        return NOTHING
    rest = PART_OF_DAY.sub(" ", rest)
    return _decide(sights, strange=left_over(rest) or "?" in rest)


def _is_lunar(accented: str, folded: str) -> bool:
    return any(
        match[0] != "am" or accented[match.start() : match.end()] == "âm"
        for match in _LUNAR.finditer(folded)
    )


def _blank(found: "re.Match[str]") -> str:
    return " " * len(found[0])


def _decide(sights: list[_Sight], *, strange: bool) -> Reading:
    days = [day for sight in sights for day in sight.days]
    if len(set(days)) > 1:
        return either(day.isoformat() for day in days)
    return Reading(days[0].isoformat(), sure=all(sight.sure for sight in sights) and not strange)


# -- weekdays -----------------------------------------------------------------------------

_WEEKDAY = re.compile(
    r"\b(?:(?:thu ?|t\.?)(?P<day>hai|ba|tu|nam|sau|bay|[2-7])\b(?! ?[/.] ?\d|-\d)"
    r"|(?P<sunday>chu nhat|cn)\b)"
    r"(?P<week> (?:cua )?(?:tuan )?(?:nay|truoc|vua roi|vua qua|roi|qua|sau nua|sau|toi day|toi)\b)?"
)
_PAST = ("truoc", "roi", "qua")


def _take_weekday(folded: str) -> tuple[str, int | None, str]:
    """Return the rest, the weekday (Monday is 0), and what follows it: "tuan truoc", "toi"."""
    found = _WEEKDAY.search(folded)
    if not found:
        return folded, None, ""
    weekday = 6 if found["sunday"] else WEEKDAYS[found["day"]]
    rest = folded[: found.start()] + _blank(found) + folded[found.end() :]
    return rest, weekday, (found["week"] or "").strip()


def _on_weekday(sight: _Sight, weekday: int) -> _Sight:
    """Keep the meanings that fall on the weekday; when none does, offer the one that does."""
    fitting = tuple(day for day in sight.days if day.weekday() == weekday)
    if fitting:
        return _Sight(fitting, sight.sure or len(sight.days) > 1)
    if len(sight.days) != 1:
        return sight
    shift = (weekday - sight.days[0].weekday() + 3) % 7 - 3
    return _Sight((sight.days[0], sight.days[0] + timedelta(days=shift)))


def _weekday_alone(weekday: int, week: str, asked: _Asked) -> _Sight:
    """Read "thứ sáu tuần sau"; a Sunday's week, and "thứ sáu tới", are to be confirmed."""
    around = asked.today if week else asked.anchor
    day = around - timedelta(days=around.weekday()) + timedelta(days=weekday)
    if "tuan" in week and not week.endswith("nay"):
        weeks = -1 if week.endswith(_PAST) else 2 if week.endswith("nua") else 1
        shift = timedelta(days=7 * weeks)
        return _Sight((day + shift,), sure=weekday < 6)
    if not week or week.endswith("nay"):
        return _Sight((day,), sure="tuan" in week and weekday < 6)
    if week.endswith(_PAST):
        return _Sight((_after(asked.today - timedelta(days=8), weekday),), sure=False)
    return _Sight((_after(asked.today, weekday),), sure=False)


def _after(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


# -- dates by number ----------------------------------------------------------------------


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year <= 2100 else None
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isdigit() else SPELLED[text]


def _dated(day: int, month: int, year: int | None, asked: _Asked) -> date | None:
    """Return that day, in the year nearest to the period when none is given."""
    if year is not None:
        return _day(year, month, day)
    anchor = asked.anchor
    years = (_day(anchor.year + shift, month, day) for shift in (-1, 0, 1))
    return min((one for one in years if one), key=lambda one: abs(one - anchor), default=None)


def _day_month(day: int, month: int, year: int | None, asked: _Asked) -> _Sight:
    """Read day and month in this order; doubt it when the other order fits the period better."""
    said, swapped = _dated(day, month, year, asked), _dated(month, day, year, asked)
    swap_fits = swapped is not None and abs(swapped - asked.anchor) <= _NEARBY
    if said is None:
        return _Sight((swapped,) if swapped and swap_fits else (), sure=False)
    if swapped and swap_fits and said != swapped and abs(said - asked.anchor) > _NEARBY:
        return _Sight((said, swapped))
    return _Sight((said,), sure=year is not None or abs(said - asked.anchor) <= _DOUBTFUL)


def _numbered(match: "re.Match[str]", asked: _Asked) -> _Sight:
    day, month, year = match["day"], match["month"], match["year"]
    if year is None:
        sight = _day_month(_number(day), _number(month), None, asked)
        unsure = (match["mark"] or "") in {"-", " ", ","}
        return _Sight(sight.days, sight.sure and not unsure)
    if len(year) == 4:
        return _day_month(_number(day), _number(month), int(year), asked)
    return _short_year(int(day), int(month), int(year), asked)


def _short_year(day: int, month: int, year: int, asked: _Asked) -> _Sight:
    """Read "02-10-23"; "23-10-02" may also begin with the year."""
    said = _day_month(day, month, 2000 + year, asked)
    distant = abs(2000 + year - asked.anchor.year) > 2
    reverse = _day(2000 + day, month, year)
    if distant and reverse and abs(2000 + day - asked.anchor.year) <= 2:
        return _Sight((reverse, *said.days))
    return _Sight(said.days, said.sure and not distant)


def _iso(match: "re.Match[str]", asked: _Asked) -> _Sight:
    day = _day(int(match["year"]), int(match["month"]), int(match["day"]))
    return _Sight((day,) if day else ())


def _in_words(match: "re.Match[str]", asked: _Asked) -> _Sight:
    year = int(match["year"]) if match["year"] else None
    day, month = _number(match["day"]), _number(match["month"])
    said = _dated(day, month, year, asked)
    if said is None:
        return _Sight(())
    return _Sight((said,), sure=year is not None or abs(said - asked.anchor) <= _DOUBTFUL)


def _two_days(match: "re.Match[str]", asked: _Asked) -> _Sight:
    """Read "2-8/10", "2 và 3/10": which of the two?"""
    year = int(match["year"]) if match["year"] else None
    days = (_dated(int(match[name]), int(match["month"]), year, asked) for name in ("one", "other"))
    found = tuple(day for day in days if day)
    return _Sight(found if len(found) == 2 else ())


def _digits_only(match: "re.Match[str]", asked: _Asked) -> _Sight:
    digits = match[0]
    if len(digits) == 6:
        return _Sight(
            _short_year(int(digits[:2]), int(digits[2:4]), int(digits[4:]), asked).days, False
        )
    day_first = _day(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    year_first = _day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    return _Sight(tuple(day for day in (day_first, year_first) if day), sure=False)


def _day_alone(match: "re.Match[str]", asked: _Asked) -> _Sight:
    """Read "ngày 2", "mùng 2": in the month nearest to the period, to be confirmed."""
    number = _number(match["day"])
    anchor = asked.anchor
    months = [anchor.replace(day=1) + timedelta(days=shift) for shift in (-15, 0, 45)]
    days = [_day(month.year, month.month, number) for month in months]
    known = [day for day in days if day]
    return _Sight((min(known, key=lambda day: abs(day - anchor)),) if known else (), sure=False)


_PARTS = ("sang", "trua", "chieu", "toi", "dem")
_RELATIVE = {
    **dict.fromkeys(["hom nay", "hnay", "bua nay", "ngay hom nay", "nay"], 0),
    **dict.fromkeys(["hom qua", "hqua", "bua qua", "ngay hom qua", "qua"], -1),
    **dict.fromkeys(["hom kia", "bua kia"], -2),
    **dict.fromkeys(["ngay mai", "mai", "hom sau"], 1),
    **dict.fromkeys(["ngay mot", "mot", "ngay kia"], 2),
    **{f"{part} {word}": shift for part in _PARTS for word, shift in (("nay", 0), ("qua", -1))},
}
_UNSURE_RELATIVE = {"hom kia", "bua kia", "ngay kia", "hom sau", "mot", "ngay mot", "qua", "nay"}
_RELATIVE_PATTERN = "|".join(sorted(_RELATIVE, key=len, reverse=True))
_FAR = "kìa"


def _relative(match: "re.Match[str]", asked: _Asked) -> _Sight:
    said = match[0]
    shift = _RELATIVE[said]
    typed = asked.accented[match.start() : match.end()]
    if typed.endswith(_FAR):
        shift += 1 if shift > 0 else -1
    sure = said not in _UNSURE_RELATIVE or typed == "hôm kia" or typed.endswith("mốt")
    return _Sight((asked.today + timedelta(days=shift),), sure)


def _ago(match: "re.Match[str]", asked: _Asked) -> _Sight:
    shift = timedelta(days=_number(match["days"]) * (7 if match["unit"] == "tuan" else 1))
    back = match["ago"] is not None or match["side"] in {"truoc", "roi"}
    day = asked.today - shift if back else asked.today + shift
    return _Sight((day,), sure=match["unit"] != "tuan")


_SPELLED = rf"(?:\d{{1,2}}|{SPELLED_PATTERN})"
_YEAR = r"(?P<year>\d{4})"
_FINDERS: tuple[tuple["re.Pattern[str]", Callable[["re.Match[str]", _Asked], _Sight]], ...] = (
    (
        re.compile(
            r"(?<![\d/.-])(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)"
        ),
        _iso,
    ),
    (
        re.compile(
            r"(?<![\d/.-])(?P<one>\d{1,2}) ?(?:-|,|va|den|toi|hoac|hay|->) ?(?:ngay |mung )?(?P<other>\d{1,2}) ?/ ?"
            rf"(?P<month>\d{{1,2}})(?: ?/ ?{_YEAR})?(?![\d/])"
        ),
        _two_days,
    ),
    (
        re.compile(
            r"(?<![\d/.-])(?P<day>\d{1,2}) ?(?P<mark>[/.,-]) ?(?P<month>\d{1,2})"
            r"(?:(?: ?(?P=mark) ?| nam )(?P<year>\d{4}|\d{2}))?(?![\d/]|[.-]\d)"
        ),
        _numbered,
    ),
    (
        re.compile(
            rf"\b(?:mung |mong )?(?P<day>{_SPELLED}),? ?(?:thang|thg|th) ?(?P<month>{_SPELLED})"
            rf"(?:(?:,? nam |,? |[/.-]){_YEAR})?(?!\w)(?![/.-]\d)"
        ),
        _in_words,
    ),
    (
        re.compile(
            rf"\b(?P<ago>cach (?:day|nay) )(?P<days>{_SPELLED}) (?P<unit>ngay|hom|tuan)(?P<side>)\b"
        ),
        _ago,
    ),
    (
        re.compile(
            rf"\b(?P<ago>(?!))?(?P<days>{_SPELLED}) (?P<unit>ngay|hom|bua|tuan) (?P<side>truoc|roi|nua|sau|toi)\b"
        ),
        _ago,
    ),
    (re.compile(r"(?<![\d/.-])(?:\d{8}|\d{6})(?![\d/]|[.-]\d)"), _digits_only),
    (
        re.compile(
            r"(?<![\d/.-])(?P<day>\d{1,2})(?P<mark> )(?P<month>\d{1,2})(?: (?P<year>\d{4}))?(?![\d/]|[.-]\d)"
        ),
        _numbered,
    ),
    (
        re.compile(rf"\b(?<!tuan )(?<!thang )(?<!nam )(?:{_RELATIVE_PATTERN})\b"),
        _relative,
    ),
    (
        re.compile(rf"\b(?:ngay |mung |mong |hom )+(?P<day>{_SPELLED})(?!\w)(?![/.-]?\d)(?: tay\b)?"),
        _day_alone,
    ),
    (re.compile(r"^\W*(?:da |vang )*(?P<day>\d{1,2})(?: tay| a| nhe| nha)*\W*$"), _day_alone),
)


def _take_dates(folded: str, asked: _Asked) -> tuple[str, list[_Sight]]:
    sights: list[tuple[int, _Sight]] = []
    for pattern, read in _FINDERS:
        if sights and read in {_day_alone, _digits_only}:
            break
        for match in pattern.finditer(folded):
            sights.append((match.start(), read(match, asked)))
        folded = pattern.sub(_blank, folded)
    return folded, [sight for _, sight in sorted(sights, key=_place)]


def _place(found: tuple[int, _Sight]) -> int:
    return found[0]
