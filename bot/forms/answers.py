"""Whether an answer is a value of its question's type."""

import math
import re
from collections.abc import Mapping
from typing import Final

from bot.errors import AnswerError
from bot.forms import coercions
from bot.forms.tree import Spec

_INTEGER: Final = re.compile(r"-?[0-9]{1,18}")
_DECIMAL: Final = re.compile(r"-?(?:[0-9]+(?:[.][0-9]*)?|[.][0-9]+)")
_POINT: Final = re.compile(r"-?[0-9]+(?:[.][0-9]+)?(?: -?[0-9]+(?:[.][0-9]+)?){1,3}")


def check_type(spec: Spec, value: str) -> None:
    """Refuse what is no value of the question's type, without words of the author.

    Raises:
        AnswerError: with an empty message.
    """
    if not _fits(spec.type, value):
        raise AnswerError("")


def _fits(kind: str, value: str) -> bool:
    if kind in ("int", "integer", "long"):
        return _INTEGER.fullmatch(value) is not None
    if kind in ("decimal", "double", "float"):
        return _DECIMAL.fullmatch(value) is not None
    if kind == "date":
        return coercions.read_date(value) is not None
    if kind == "dateTime":
        return coercions.read_moment(value, None) is not None
    if kind == "time":
        return coercions.read_time(value) is not None
    return _fits_map(kind, value)


def _fits_map(kind: str, value: str) -> bool:
    if kind == "geopoint":
        return _is_point(value)
    if kind in ("geotrace", "geoshape"):
        points = [point.strip() for point in value.split(";") if point.strip()]
        return bool(points) and all(map(_is_point, points))
    return True


def _is_point(value: str) -> bool:
    """Latitude and longitude in degrees, perhaps height and accuracy in metres behind them."""
    if _POINT.fullmatch(value) is None:
        return False
    latitude, longitude = map(float, value.split()[:2])
    return abs(latitude) <= 90 and abs(longitude) <= 180


def check_limits(limits: Mapping[str, str], value: str) -> None:
    """Refuse a number outside ``start`` … ``end`` of a range, or between its steps.

    Raises:
        AnswerError: with an empty message.
    """
    start, end = (coercions.text_number(limits.get(key, "")) for key in ("start", "end"))
    number = coercions.text_number(value)
    step = abs(coercions.text_number(limits.get("step", "")))
    if number < min(start, end) or number > max(start, end):
        raise AnswerError("")
    if step > 0 and abs(math.remainder(number - start, step)) > step * 1e-6:
        raise AnswerError("")
