"""The dates that stand in a reply: "2/10", "mùng 2 tháng 10", "3 ngày trước", "hôm qua"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.forms.vietnamese_calendar import SPELLED, SPELLED_PATTERN

_NEARBY = timedelta(days=31)
_DOUBTFUL = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Sight:
    """A date found in a reply: its meanings; none when there is no such day (31/2)."""

    days: tuple[date, ...]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """When and about which time a date was asked for."""

    today: date
    near: date | None
    accented: str  # the reply with its accents, position by position as the folded one

    @property
    def anchor(self) -> date:
        return self.near or self.today


def blank(found: "re.Match[str]") -> str:
    """Return as many spaces: what is read is taken out, and positions stay."""
    return " " * len(found[0])


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year <= 2100 else None
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isdigit() else SPELLED[text]


def _dated(day: int, month: int, year: int | None, asked: Asked) -> date | None:
    """Return that day, in the year nearest to the period when none is given."""
    if year is not None:
        return _day(year, month, day)
    anchor = asked.anchor
    years = (_day(anchor.year + shift, month, day) for shift in (-1, 0, 1))
    return min((one for one in years if one), key=lambda one: abs(one - anchor), default=None)


def _day_month(day: int, month: int, year: int | None, asked: Asked) -> Sight:
    """Read day and month in this order; doubt it when the other order fits the period better."""
    said, swapped = _dated(day, month, year, asked), _dated(month, day, year, asked)
    swap_fits = swapped is not None and abs(swapped - asked.anchor) <= _NEARBY
    if said is None:
        return Sight((swapped,) if swapped and swap_fits else (), sure=False)
    if swapped and swap_fits and said != swapped and abs(said - asked.anchor) > _NEARBY:
        return Sight((said, swapped))
    return Sight((said,), sure=year is not None or abs(said - asked.anchor) <= _DOUBTFUL)


def _numbered(match: "re.Match[str]", asked: Asked) -> Sight:
    day, month, year = match["day"], match["month"], match["year"]
    if year is None:
        sight = _day_month(_number(day), _number(month), None, asked)
        unsure = (match["mark"] or "") in {"-", " ", ","}
        return Sight(sight.days, sight.sure and not unsure)
    if len(year) == 4:
        return _day_month(_number(day), _number(month), int(year), asked)
    return _short_year(int(day), int(month), int(year), asked)


def _short_year(day: int, month: int, year: int, asked: Asked) -> Sight:
    """Read "02-10-23"; "23-10-02" may also begin with the year."""
    said = _day_month(day, month, 2000 + year, asked)
    distant = abs(2000 + year - asked.anchor.year) > 2
    reverse = _day(2000 + day, month, year)
    if distant and reverse and abs(2000 + day - asked.anchor.year) <= 2:
        return Sight((reverse, *said.days))
    return Sight(said.days, said.sure and not distant)


def _iso(match: "re.Match[str]", asked: Asked) -> Sight:
    day = _day(int(match["year"]), int(match["month"]), int(match["day"]))
    return Sight((day,) if day else ())


def _in_words(match: "re.Match[str]", asked: Asked) -> Sight:
    year = int(match["year"]) if match["year"] else None
    day, month = _number(match["day"]), _number(match["month"])
    said = _dated(day, month, year, asked)
    if said is None:
        return Sight(())
    return Sight((said,), sure=year is not None or abs(said - asked.anchor) <= _DOUBTFUL)


def _two_days(match: "re.Match[str]", asked: Asked) -> Sight:
    """Read "2-8/10", "2 và 3/10": which of the two?"""
    year = int(match["year"]) if match["year"] else None
    days = (_dated(int(match[name]), int(match["month"]), year, asked) for name in ("one", "other"))
    found = tuple(day for day in days if day)
    return Sight(found if len(found) == 2 else ())


def _digits_only(match: "re.Match[str]", asked: Asked) -> Sight:
    digits = match[0]
    if len(digits) == 6:
        day, month, year = (int(digits[place : place + 2]) for place in (0, 2, 4))
        return Sight(_short_year(day, month, year, asked).days, sure=False)
    day_first = _day(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    year_first = _day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    return Sight(tuple(day for day in (day_first, year_first) if day), sure=False)


def _day_alone(match: "re.Match[str]", asked: Asked) -> Sight:
    """Read "ngày 2", "mùng 2": in the month nearest to the period, to be confirmed."""
    number = _number(match["day"])
    anchor = asked.anchor
    months = [anchor.replace(day=1) + timedelta(days=shift) for shift in (-15, 0, 45)]
    days = [_day(month.year, month.month, number) for month in months]
    known = [day for day in days if day]
    return Sight((min(known, key=lambda day: abs(day - anchor)),) if known else (), sure=False)


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
_NO_DAY_BEFORE = "".join(
    f"(?<!{word} )" for word in ("tuan", "thang", "nam", "co", "thay", "chi", "anh", "em", "ba")
)  # "tuần qua" is no day, and cô Mai is a person
_FAR = "kìa"


def _relative(match: "re.Match[str]", asked: Asked) -> Sight:
    said = match[0]
    shift = _RELATIVE[said]
    typed = asked.accented[match.start() : match.end()]
    if typed.endswith(_FAR):
        shift += 1 if shift > 0 else -1
    sure = said not in _UNSURE_RELATIVE or typed == "hôm kia" or typed.endswith("mốt")
    return Sight((asked.today + timedelta(days=shift),), sure)


def _ago(match: "re.Match[str]", asked: Asked) -> Sight:
    shift = timedelta(days=_number(match["days"]) * (7 if match["unit"] == "tuan" else 1))
    back = match["ago"] is not None or match["side"] in {"truoc", "roi"}
    day = asked.today - shift if back else asked.today + shift
    return Sight((day,), sure=match["unit"] != "tuan")


_SPELLED = rf"(?:\d{{1,2}}|{SPELLED_PATTERN})"
_YEAR = r"(?P<year>\d{4})"
_ALONE = r"(?<![\d/.-])"  # no longer number, no other date goes on here
_END = r"(?![\d/]|[.-]\d)"
_TO = r"(?:-|,|va|den|toi|hoac|hay|->)"

Reader = Callable[["re.Match[str]", Asked], Sight]


def _finder(pattern: str, read: Reader) -> tuple["re.Pattern[str]", Reader]:
    return re.compile(pattern), read


_FINDERS = (  # in this order: what one has read, the next do not see
    _finder(
        rf"{_ALONE}{_YEAR}(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d)",
        _iso,
    ),
    _finder(
        rf"{_ALONE}(?P<one>\d{{1,2}}) ?{_TO} ?(?:ngay |mung )?(?P<other>\d{{1,2}}) ?/ ?"
        rf"(?P<month>\d{{1,2}})(?: ?/ ?{_YEAR})?(?![\d/])",
        _two_days,
    ),
    _finder(
        rf"{_ALONE}(?P<day>\d{{1,2}}) ?(?P<mark>[/.,-]) ?(?P<month>\d{{1,2}})"
        rf"(?:(?: ?(?P=mark) ?| nam )(?P<year>\d{{4}}|\d{{2}}))?{_END}",
        _numbered,
    ),
    _finder(
        rf"\b(?:mung |mong )?(?P<day>{_SPELLED}),? ?(?:thang|thg|th) ?(?P<month>{_SPELLED})"
        rf"(?:(?:,? nam |,? |[/.-]){_YEAR})?(?!\w)(?![/.-]\d)",
        _in_words,
    ),
    _finder(
        rf"\b(?P<ago>cach (?:day|nay) )(?P<days>{_SPELLED}) (?P<unit>ngay|hom|tuan)(?P<side>)\b",
        _ago,
    ),
    _finder(
        rf"\b(?P<ago>(?!))?(?P<days>{_SPELLED}) (?P<unit>ngay|hom|bua|tuan)"
        r" (?P<side>truoc|roi|nua|sau|toi)\b",
        _ago,
    ),
    _finder(rf"{_ALONE}(?:\d{{8}}|\d{{6}}){_END}", _digits_only),
    _finder(
        rf"{_ALONE}(?P<day>\d{{1,2}})(?P<mark> )(?P<month>\d{{1,2}})(?: {_YEAR})?{_END}",
        _numbered,
    ),
    _finder(rf"\b{_NO_DAY_BEFORE}(?:{_RELATIVE_PATTERN})\b", _relative),
    _finder(
        rf"\b(?:ngay |mung |mong |hom )+(?P<day>{_SPELLED})(?!\w)(?![/.-]?\d)(?: tay\b)?",
        _day_alone,
    ),
    _finder(r"^\W*(?:da |vang )*(?P<day>\d{1,2})(?: tay| a| nhe| nha)*\W*$", _day_alone),
)


def dates_in(folded: str, asked: Asked) -> tuple[str, list[Sight]]:
    """Return ``folded`` with its dates blanked out, and the dates in their order."""
    sights: list[tuple[int, Sight]] = []
    for pattern, read in _FINDERS:
        if sights and read in {_day_alone, _digits_only}:
            continue
        for match in pattern.finditer(folded):
            sights.append((match.start(), read(match, asked)))
        folded = pattern.sub(blank, folded)
    return folded, [sight for _, sight in sorted(sights, key=_place)]


def _place(found: tuple[int, Sight]) -> int:
    return found[0]
