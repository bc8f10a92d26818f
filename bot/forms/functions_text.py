"""Functions that make texts of texts, or look into them."""

import base64
import binascii
import hashlib
import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import regex

from bot.forms.coercions import Value, rounded, to_number, to_text
from bot.forms.world import MANY, Function, World, texts_in

REGEX_SECONDS: Final = 0.1
"""A pattern that needs longer counts as not matching."""
REGEX_COST: Final = 500_000
"""What such a pattern uses of a filling's patience (World.spend)."""
REGEX_PATTERN: Final = 2000
"""Longest pattern, in characters."""
REGEX_TEXT: Final = 4000
"""Longest text a pattern is tried on, in characters."""


def _concat(_: World, *arguments: Value) -> Value:
    return "".join(texts_in(arguments))


def _join(world: World, separator: Value, *arguments: Value) -> Value:
    texts, between = texts_in(arguments), to_text(separator)
    world.spend(len(between) * len(texts) // 100)
    return between.join(texts)


def _contains(_: World, text: Value, part: Value) -> Value:
    return to_text(part) in to_text(text)


def _starts_with(_: World, text: Value, start: Value) -> Value:
    return to_text(text).startswith(to_text(start))


def _ends_with(_: World, text: Value, end: Value) -> Value:
    return to_text(text).endswith(to_text(end))


def _string_length(_: World, text: Value) -> Value:
    return float(len(to_text(text)))


def _normalize_space(_: World, text: Value) -> Value:
    return " ".join(to_text(text).split())


def _translate(_: World, text: Value, old: Value, new: Value) -> Value:
    olds, news = to_text(old), to_text(new)
    table: dict[int, str | None] = {}
    for place, letter in enumerate(olds):
        table.setdefault(ord(letter), news[place] if place < len(news) else None)
    return to_text(text).translate(table)


def _substr(_: World, text: Value, start: Value, end: Value | None = None) -> Value:
    """From ``start`` (0 is the first character; negative: from the end) up to before ``end``."""
    whole = to_text(text)
    first = _place(to_number(start), len(whole))
    last = len(whole) if end is None else _place(to_number(end), len(whole))
    return whole[first:last] if first < last else ""


def _place(number: float, length: int) -> int:
    if math.isnan(number):
        return 0
    if math.isinf(number):
        return length if number > 0 else 0
    place = int(number)
    return max(0, length + place) if place < 0 else min(place, length)


def _substring(_: World, text: Value, start: Value, length: Value | None = None) -> Value:
    """XPath's own: counts from 1, rounds, and knows infinities."""
    first = rounded(to_number(start))
    end = math.inf if length is None else first + rounded(to_number(length))
    whole = to_text(text)
    return "".join(letter for at, letter in enumerate(whole, 1) if first <= at < end)


def _substring_before(_: World, text: Value, mark: Value) -> Value:
    before, found, _after = to_text(text).partition(to_text(mark) or "\0")
    return before if found else ""


def _substring_after(_: World, text: Value, mark: Value) -> Value:
    if not to_text(mark):
        return to_text(text)
    return to_text(text).partition(to_text(mark))[2]


def _regex(world: World, text: Value, pattern: Value) -> Value:
    """Whether the whole text fits; false too when the pattern is broken or takes too long."""
    try:
        found = _compiled(to_text(pattern)).fullmatch(
            to_text(text)[:REGEX_TEXT], timeout=REGEX_SECONDS
        )
    except TimeoutError:
        world.spend(REGEX_COST)
        return False
    except ValueError:
        return False
    return found is not None


def check_pattern(pattern: str) -> None:
    """Find out before a form is used whether its pattern can be read.

    Raises:
        ValueError: with what is wrong.
    """
    _compiled(pattern)


@lru_cache(256)
def _compiled(pattern: str) -> regex.Pattern[str]:
    if len(pattern) > REGEX_PATTERN:
        raise ValueError(f"it is longer than {REGEX_PATTERN} characters")
    try:
        return regex.compile(pattern)
    except regex.error as error:
        raise ValueError(str(error)) from error
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error


def _digest(_: World, text: Value, name: Value, encoding: Value = "base64") -> Value:
    algorithm = to_text(name).lower().replace("-", "")
    if algorithm not in ("md5", "sha1", "sha256", "sha384", "sha512"):
        return ""
    digest = hashlib.new(algorithm, to_text(text).encode(), usedforsecurity=False)
    if to_text(encoding) == "hex":
        return digest.hexdigest()
    return base64.b64encode(digest.digest()).decode()


def _base64_decode(_: World, text: Value) -> Value:
    try:
        return base64.b64decode(to_text(text)).decode(errors="replace")
    except (binascii.Error, ValueError):
        return ""


TEXT_FUNCTIONS: Final[Mapping[str, Function]] = {
    "string": Function(lambda _, value: to_text(value), 1, 1),
    "concat": Function(_concat, 0, MANY),
    "join": Function(_join, 1, MANY),
    "contains": Function(_contains, 2, 2),
    "starts-with": Function(_starts_with, 2, 2),
    "ends-with": Function(_ends_with, 2, 2),
    "string-length": Function(_string_length, 1, 1),
    "normalize-space": Function(_normalize_space, 1, 1),
    "translate": Function(_translate, 3, 3),
    "substr": Function(_substr, 2, 3),
    "substring": Function(_substring, 2, 3),
    "substring-before": Function(_substring_before, 2, 2),
    "substring-after": Function(_substring_after, 2, 2),
    "regex": Function(_regex, 2, 2),
    "digest": Function(_digest, 2, 3),
    "base64-decode": Function(_base64_decode, 1, 1),
}
