"""Reading a place on earth: "10,535 106,404", degrees and minutes, a link of Google Maps."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bot.forms.vietnamese_text import NOTHING, Reading

LONGEST = 2000
_PLACES = 6  # decimals: a tenth of a metre

_NUMBER = r"[-+]?\d{1,3}(?:[.,]\d{1,15})?"
_PAIR = re.compile(rf"(?P<one>{_NUMBER})\s*°?\s*(?:[,;/|]\s*|\s+)(?P<other>{_NUMBER})\s*°?")
_GLUED = re.compile(r"(?P<one>[-+]?\d{1,3}[.]\d+),(?P<other>[-+]?\d{1,3}[.]\d+)")
_SIDED = re.compile(
    rf"(?P<degrees>{_NUMBER})\s*(?:°|º|độ|do\b)?"
    r"(?:\s*(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*(?:['’′]|phút|phut))?"  # noqa: RUF001
    r"(?:\s*(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:\"|”|″|''|’’|giây|giay))?"  # noqa: RUF001
    r"\s*(?:vĩ độ|kinh độ|vi do|kinh do|vĩ|kinh)?\s*(?P<side>[a-zđ]+)\.?"
)
_SIDES = {
    **dict.fromkeys(("n", "b", "bắc", "bac", "north"), ("latitude", 1)),
    **dict.fromkeys(("s", "nam", "south"), ("latitude", -1)),
    **dict.fromkeys(("e", "đ", "d", "đông", "dong", "east"), ("longitude", 1)),
    **dict.fromkeys(("w", "t", "tây", "tay", "west"), ("longitude", -1)),
}
_WORDS = re.compile(
    r"(?:tọa độ|toạ độ|toa do|vị trí|vi tri|gps|lat(?:itude)?|lon(?:g|gitude)?|lng"
    r"|vĩ độ|vi do|kinh độ|kinh do|dạ|là|la)\b\s*[:=]?|[()\[\]]"
)
_LINK = re.compile(r"(?:https?://)?(?:[\w-]+\.)*(?:google\.[a-z.]+/maps|maps\.google\.[a-z.]+)\S*")
_IN_LINK = (
    re.compile(r"!3d(-?\d+\.\d+)!4d(-?\d+\.\d+)"),  # the place itself, not the middle of the map
    re.compile(r"[?&](?:q|query|ll|destination)=(?:loc:)?(-?\d+\.\d+)(?:,|%2c)\+?(-?\d+\.\d+)"),
    re.compile(r"@(-?\d+\.\d+),(-?\d+\.\d+)"),
    re.compile(r"/(?:search|place|dir/)/?(-?\d+\.\d+),\+?(-?\d+\.\d+)"),
)
_SHORT_LINK = re.compile(r"(?:maps\.app\.goo\.gl|goo\.gl/maps|g\.co/maps|maps\.apple\.com)", re.I)

_COUNTRY = (  # south, north, west, east: the mainland, and the sea with Hoàng Sa and Trường Sa
    (8.0, 23.5, 102.0, 109.8),
    (6.0, 17.5, 109.0, 118.0),
)


@dataclass(frozen=True, slots=True)
class _Point:
    latitude: Decimal
    longitude: Decimal

    def is_on_earth(self) -> bool:
        return abs(self.latitude) <= 90 and abs(self.longitude) <= 180

    def canonical(self) -> str:
        return f"{_short(self.latitude)} {_short(self.longitude)} 0 0"


def read_position(text: str) -> Reading:
    """Read a position as "10.535 106.404 0 0": latitude, longitude, and nothing of height.

    Longitude before latitude is read where only that is on earth, and is to be confirmed.
    """
    said = text[:LONGEST].strip().casefold()
    link = _LINK.search(said)
    if link:
        found = next((m for m in (p.search(link[0]) for p in _IN_LINK) if m), None)
        return _sure(_Point(Decimal(found[1]), Decimal(found[2]))) if found else NOTHING
    said = _WORDS.sub(" ", said)
    sided = list(_sides(said))
    if sided:
        return _of_sides(sided)
    return _of_pair(" ".join(said.split()))


def is_short_link(text: str) -> bool:
    """Say whether a link holds no position itself: it would have to be followed."""
    return _SHORT_LINK.search(text) is not None


def is_in_country(canonical: str) -> bool:
    """Say whether a canonical position lies in or about Viet Nam, islands and all."""
    latitude, longitude = map(float, canonical.split()[:2])
    return any(
        south <= latitude <= north and west <= longitude <= east
        for south, north, west, east in _COUNTRY
    )


def _sides(said: str) -> Iterator[tuple[str, Decimal]]:
    for match in _SIDED.finditer(said):
        side = _SIDES.get(match["side"])
        if side is not None:
            axis, sign = side
            minutes = _decimal(match["minutes"] or "0")
            seconds = _decimal(match["seconds"] or "0")
            if minutes >= 60 or seconds >= 60:
                yield axis, Decimal(999)  # nowhere
            else:
                yield axis, sign * (_decimal(match["degrees"]) + minutes / 60 + seconds / 3600)


def _of_sides(sided: list[tuple[str, Decimal]]) -> Reading:
    found = dict(sided)
    if len(sided) != 2 or len(found) != 2:
        return NOTHING
    return _sure(_Point(found["latitude"], found["longitude"]))


def _of_pair(said: str) -> Reading:
    match = _GLUED.fullmatch(said) or _PAIR.fullmatch(said)
    if not match:
        return NOTHING
    one, other = match["one"], match["other"]
    point = _Point(_decimal(one), _decimal(other))
    if not point.is_on_earth():
        turned = _Point(point.longitude, point.latitude)
        return Reading(turned.canonical()) if turned.is_on_earth() else NOTHING
    whole = one.lstrip("+-").isdigit() or other.lstrip("+-").isdigit()
    return Reading(point.canonical(), sure=not whole)  # "10 106" may be anything


def _sure(point: _Point) -> Reading:
    return Reading(point.canonical(), sure=True) if point.is_on_earth() else NOTHING


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _short(degrees: Decimal) -> str:
    written = f"{round(degrees, _PLACES):f}"
    return (written.rstrip("0").rstrip(".") if "." in written else written) or "0"
