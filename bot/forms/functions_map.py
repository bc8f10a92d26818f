"""Functions of places on the earth."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from bot.forms.coercions import Value, rounded, text_number
from bot.forms.world import MANY, Function, World, texts_in

_EARTH: Final = 6_378_100.0  # metres


def _distance(_: World, *arguments: Value) -> Value:
    points = _points(arguments)
    return float(sum(_metres(a, b) for a, b in pairwise(points)))


def _points(arguments: Sequence[Value]) -> list[tuple[float, float]]:
    texts = [part for text in texts_in(arguments) for part in text.split(";") if part.strip()]
    numbers = [[text_number(word) for word in text.split()[:2]] for text in texts]
    return [(pair[0], pair[1]) for pair in numbers if len(pair) == 2 and _on_earth(*pair)]


def _on_earth(latitude: float, longitude: float) -> bool:
    return abs(latitude) <= 90 and abs(longitude) <= 180


def _metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (*a, *b))
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(half)))


def _area(_: World, *arguments: Value) -> Value:
    points = _points(arguments)
    if len(points) < 3:
        return 0.0
    total = 0.0
    for (lat_a, lon_a), (lat_b, lon_b) in zip(points, points[1:] + points[:1], strict=True):
        slopes = 2 + math.sin(math.radians(lat_a)) + math.sin(math.radians(lat_b))
        total += math.radians(lon_b - lon_a) * slopes
    return rounded(abs(total * _EARTH * _EARTH / 2), 2)


def _geofence(_: World, point: Value, area: Value) -> Value:
    """Whether the point lies within the shape: a ray from it crosses the border an odd number."""
    found, corners = _points([point]), _points([area])
    if not found or len(corners) < 3:
        return False
    latitude, longitude = found[0]
    inside = False
    for (lat_a, lon_a), (lat_b, lon_b) in zip(corners, corners[1:] + corners[:1], strict=True):
        if (lat_a > latitude) != (lat_b > latitude):
            crossing = lon_a + (latitude - lat_a) / (lat_b - lat_a) * (lon_b - lon_a)
            inside ^= longitude < crossing
    return inside


MAP_FUNCTIONS: Final[Mapping[str, Function]] = {
    "distance": Function(_distance, 1, MANY),
    "area": Function(_area, 1, MANY),
    "geofence": Function(_geofence, 2, 2),
}
