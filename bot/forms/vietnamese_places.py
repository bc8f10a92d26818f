"""Reading places on the map: typed coordinates, links to maps, what a channel sends."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote_plus

from bot.forms.vietnamese_text import NOTHING, Reading, either

LONGEST: Final = 2000
_NUMBER: Final = r"[+-]?\d{1,3}\.\d+|[+-]?\d{1,3}(?![\d.])"
_PIN: Final = re.compile(rf"!3d({_NUMBER})!4d({_NUMBER})")
_LINKED: Final = re.compile(
    r"(?:[?&](?:q|ll|query|destination|daddr|center|mlat|cp|sll|viewpoint)=(?:loc:)?|/search/|/place/"
    rf"|/dir/(?:[^/?]*/){{0,9}}|^geo:) ?({_NUMBER})(?:,|~|&mlon=) ?({_NUMBER})"
)
_VIEW: Final = re.compile(rf"@({_NUMBER}),({_NUMBER})")
"""The middle of what is seen, where a link has no pin."""
_LINK: Final = re.compile(r"https?://\S+|geo:\S+", re.IGNORECASE)
_QUOTES: Final = {
    **dict.fromkeys(map(ord, "\u2019\u2018\u2032"), "'"),
    **dict.fromkeys(map(ord, "\u201d\u201c\u2033"), '"'),
}
_DEGREES: Final = re.compile(
    r"(?P<degrees>\d{1,3}) ?[°º] ?(?P<minutes>\d{1,2}(?:[.,]\d+)?) ?'(?!')"
    r"(?: ?(?P<seconds>\d{1,2}(?:[.,]\d+)?) ?(?:\"|''))? ?(?P<side>[NSEWBĐD])?",
    re.IGNORECASE,
)
_SIDE: Final = r" ?°? ?(?P<{}>[NSEWBĐ](?![^\W\d_]))?"
_POINTED: Final = re.compile(
    rf"(?<![\d.,])(?P<a>[+-]?\d{{1,3}}\.\d+){_SIDE.format('s')}(?: ?[,;/|] ?| )[^\d+-]{{0,15}}"
    rf"(?P<b>[+-]?\d{{1,3}}\.\d+){_SIDE.format('t')}(?![.,]?\d)",
    re.IGNORECASE,
)
_COMMAS: Final = re.compile(
    rf"(?<![\d.,])(?P<a>[+-]?\d{{1,3}},\d+){_SIDE.format('s')}(?: ?[,;/|] ?| )[^\d+-]{{0,15}}"
    rf"(?P<b>[+-]?\d{{1,3}},\d+){_SIDE.format('t')}(?![.,]?\d)",
    re.IGNORECASE,
)
_VIETNAM: Final = (6.0, 24.0, 101.0, 118.0)  # latitudes and longitudes, with the islands
_DECIMALS: Final = 7  # about a centimetre

Pair = tuple[float, float]


def read_place(text: str) -> Reading:
    """Read a place as "lat lon 0 0", the form of a geopoint: height and accuracy are not known.

    Outside Vietnam, or with latitude and longitude swapped, it is to be confirmed. A short link
    (maps.app.goo.gl) does not say where it leads and is not understood.
    """
    text = " ".join(text[:LONGEST].translate(_QUOTES).split())
    links = _LINK.findall(text)
    found = list(dict.fromkeys(_in_links(links) if links else _in_words(text)))
    places = [reading for reading in map(_placed, found) if reading.value]
    if len(places) > 1:
        return either(place.value for place in places)
    return places[0] if places else NOTHING


def _in_links(links: list[str]) -> Iterator[Pair]:
    for link in links:
        plain = unquote_plus(unquote_plus(link))
        for pattern in (_PIN, _LINKED, _VIEW):
            match = pattern.search(plain)
            if match:
                yield float(match[1]), float(match[2])
                break


def _in_words(text: str) -> Iterator[Pair]:
    degrees = list(_DEGREES.finditer(text))
    if len(degrees) == 2:
        yield _of_degrees(degrees[0]), _of_degrees(degrees[1])
        return
    for pattern in (_POINTED, _COMMAS):
        for match in pattern.finditer(text):
            yield _signed(match["a"], match["s"]), _signed(match["b"], match["t"])


def _of_degrees(match: re.Match[str]) -> float:
    minutes = float(match["minutes"].replace(",", "."))
    seconds = float((match["seconds"] or "0").replace(",", "."))
    return _signed(str(int(match["degrees"]) + minutes / 60 + seconds / 3600), match["side"])


def _signed(number: str, side: str | None) -> float:
    value = float(number.replace(",", "."))
    return -value if (side or "").upper() in ("S", "W") else value


def _placed(pair: Pair) -> Reading:
    """The place, if need be with the numbers swapped: ``106.4, 10.5`` lies nowhere else."""
    swapped = pair[::-1]
    if _is_here(pair) or (_is_on_earth(pair) and not _is_here(swapped)):
        return Reading(_written(*pair), sure=_is_here(pair))
    return Reading(_written(*swapped), sure=False) if _is_here(swapped) else NOTHING


def _is_on_earth(pair: Pair) -> bool:
    return abs(pair[0]) <= 90 and abs(pair[1]) <= 180


def _is_here(pair: Pair) -> bool:
    south, north, west, east = _VIETNAM
    return south <= pair[0] <= north and west <= pair[1] <= east


def _written(latitude: float, longitude: float) -> str:
    def number(value: float) -> str:
        text = f"{value:.{_DECIMALS}f}".rstrip("0").rstrip(".")
        return text if text != "-0" else "0"

    return f"{number(latitude)} {number(longitude)} 0 0"
