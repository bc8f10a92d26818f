"""File names that people recognise: with accents, and safe on every machine."""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

import regex

_LONGEST: Final = 120
_FORBIDDEN: Final = regex.compile(r'[\\/:*?"<>|\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]+')
_SPACES: Final = regex.compile(r"\s+")


def human(name: str) -> str:
    """A name without its ending, as it may stand on any disk."""
    name = unicodedata.normalize("NFC", name)
    name = _SPACES.sub(" ", _FORBIDDEN.sub(" ", name))
    return name[:_LONGEST].strip(" .") or "tep"


def unique(names: Iterable[str], ending: str) -> Iterator[str]:
    """The names with their ending, a number behind those that were there before."""
    seen: set[str] = set()
    for name in names:
        free, number = human(name), 1
        while free.casefold() in seen:
            number += 1
            free = f"{human(name)} ({number})"
        seen.add(free.casefold())
        yield f"{free}.{ending}"
