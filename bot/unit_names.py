"""School names however they are written: made comparable, and found from what an officer types."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Generic, Protocol, TypeVar

from bot.forms.vietnamese_input import fold


class Named(Protocol):
    """Whatever has an id and a name: a unit, a row of a campaign."""

    @property
    def id(self) -> int: ...

    @property
    def name(self) -> str: ...


Anything = TypeVar("Anything", bound=Named)


@dataclass(frozen=True, slots=True)
class Found(Generic[Anything]):
    """The one unit that was meant, or those that may have been."""

    exact: Anything | None = None
    candidates: tuple[Anything, ...] = ()


LEVELS = ("MN", "MG", "TH", "THCS", "THPT")
_LEVEL_WORDS = tuple(level.casefold() for level in LEVELS)
_SIMILAR = 0.8
_NUMBERS = re.compile(r"[0-9]+")
_MOST_CANDIDATES = 6

_LONG = tuple(
    (re.compile(rf"\b{long}\b"), short)
    for long, short in (
        ("pho thong dan toc ban tru", "ptdtbt"),
        ("pho thong dan toc noi tru", "ptdtnt"),
        ("pho thong co so|ptcs", "th thcs"),
        ("trung hoc co so", "thcs"),
        ("trung hoc pho thong", "thpt"),
        ("tieu hoc", "th"),
        ("mam non", "mn"),
        ("mau giao", "mg"),
        ("so (?=[0-9])", ""),
    )
)
_DOTTED = re.compile(r"(?<=\b[a-z])\.(?=[a-z]\b)")  # t.h.c.s
_BETWEEN_LEVELS = re.compile(rf"\b({'|'.join(_LEVEL_WORDS)}) va (?=(?:{'|'.join(_LEVEL_WORDS)})\b)")
_NUMERALS = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "tt": "thi tran"}
_POLITE_WORDS = "a ah nhe nha nhen di voi em oi co thay gium giup ho nua vay do nhi luon"
_POLITE = frozenset(_POLITE_WORDS.split())  # may stand after a name
_ALWAYS_POLITE = frozenset({"ạ", "à", "ơi", "nhé", "nha", "nhỉ"})


@lru_cache(maxsize=8192)
def normal(name: str) -> str:
    """Return a name as it compares: "Trường Tiểu học Bình An" and "TH BÌNH AN." -> "th binh an"."""
    levels, core = _parts(_words(name, with_school=False))
    return " ".join(levels + core)


@lru_cache(maxsize=8192)
def level_of(name: str) -> str:
    """Return the level a name says: "MN", "TH&THCS" …; "" when it says none."""
    return "&".join(level.upper() for level in _parts(_words(name, with_school=False))[0])


@lru_cache(maxsize=8192)
def core_of(name: str) -> str:
    """Return what a name says besides the level, as it compares: "binh an"."""
    return " ".join(_parts(_words(name, with_school=False))[1])


def has_accents(name: str) -> bool:
    """Say whether a name is written with Vietnamese accents."""
    return any(_marks(word) for word in name.split())


def same_accents(one: str, other: str) -> bool:
    """Say whether two names that are the same without accents can be the same with them.

    They can when neither has an accent that the other lacks, or one is written without any.
    """
    if not has_accents(one) or not has_accents(other):
        return True
    return _spelled(one) == _spelled(other)


def find(text: str, units: Sequence[Anything]) -> Found[Anything]:
    """Return the unit that an officer means by ``text``, when only one can be meant.

    Several: they are candidates. None: those that are written in nearly the same way are.
    """
    known = [(unit, *_parts(_words(unit.name, with_school=False))) for unit in units]
    for words in _readings(text):
        levels, core = _parts(words)
        if not core and not levels:
            continue
        for fits, sure in _WAYS:
            hits = [
                unit
                for unit, its_levels, its_core in known
                if fits(levels, core, its_levels, its_core)
            ]
            if hits:
                return _decide(text, hits, sure=sure)
    return Found(candidates=_similar(text, units))


def _decide(text: str, hits: list[Anything], *, sure: bool) -> Found[Anything]:
    agreeing = [unit for unit in hits if _agrees(text, unit.name)]
    if sure and len(agreeing) == 1:
        return Found(agreeing[0])
    return Found(candidates=tuple(agreeing or hits))


# ways in which a name fits what was typed, best first; only sure ones give an exact unit

_Words = list[str]
_Fits = Callable[[_Words, _Words, _Words, _Words], bool]


def _same(levels: _Words, core: _Words, its_levels: _Words, its_core: _Words) -> bool:
    return levels == its_levels and core == its_core


def _same_core(levels: _Words, core: _Words, its_levels: _Words, its_core: _Words) -> bool:
    return bool(core) and core == its_core and set(levels) <= set(its_levels)


def _together(levels: _Words, core: _Words, its_levels: _Words, its_core: _Words) -> bool:
    typed = "".join(levels + core)
    return typed in ("".join(its_levels + its_core), "".join(its_core))


def _inside(levels: _Words, core: _Words, its_levels: _Words, its_core: _Words) -> bool:
    runs = (its_core[start : start + len(core)] for start in range(len(its_core)))
    return bool(core) and set(levels) <= set(its_levels) and core in runs


def _any_order(levels: _Words, core: _Words, its_levels: _Words, its_core: _Words) -> bool:
    return bool(core) and set(levels) <= set(its_levels) and set(core) <= set(its_core)


def _level_only(levels: _Words, core: _Words, its_levels: _Words, its_core: _Words) -> bool:
    return not core and levels == its_levels


_WAYS: tuple[tuple[_Fits, bool], ...] = (
    (_same, True),
    (_same_core, True),
    (_together, True),
    (_inside, True),
    (_any_order, False),
    (_level_only, False),
)


def _similar(text: str, units: Sequence[Anything]) -> tuple[Anything, ...]:
    typed = normal(text)
    scored = []
    for unit in units:
        whole = normal(unit.name)
        ratio = max(likeness(typed, whole), likeness(core_of(text) or typed, core_of(unit.name)))
        scored.append((ratio, unit))
    scored.sort(key=lambda pair: -pair[0])
    return tuple(unit for ratio, unit in scored[:_MOST_CANDIDATES] if ratio >= _SIMILAR)


def likeness(one: str, other: str, least: float = 0.0) -> float:
    """Return how alike two compared names are, 0 to 1; other numbers make other schools.

    Less than ``least`` may be returned as 0: most pairs are seen at once to be unlike.
    """
    if _NUMBERS.findall(one) != _NUMBERS.findall(other):
        return 0.0
    matcher = SequenceMatcher(None, one.replace(" ", ""), other.replace(" ", ""))
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()


# words


def _readings(text: str) -> list[_Words]:
    """Return the words of ``text``, then without "trường" before and polite words behind."""
    said = unicodedata.normalize("NFC", text).casefold().split()
    while said and said[-1].strip(".,!?") in _ALWAYS_POLITE:
        said.pop()
    text = " ".join(said)
    readings = []
    for with_school in (True, False):
        words = _words(text, with_school=with_school)
        readings.append(words)
        while words and words[-1] in _POLITE:
            words = words[:-1]
        readings.append(words)
    return readings


def _words(name: str, *, with_school: bool) -> _Words:
    text = _DOTTED.sub("", fold(name))
    text = " ".join(re.findall(r"[a-z0-9]+", text))
    for long, short in _LONG:
        text = long.sub(short, text)
    text = _BETWEEN_LEVELS.sub(r"\1 ", " ".join(text.split()))
    words = text.split()
    if not with_school and len(words) > 1 and words[0] in ("truong", "tr"):
        words = words[1:]
    numbered = [words[0]] if words else []
    for word in words[1:]:
        numbered += _NUMERALS.get(word, word).split()
    return numbered


def _parts(words: _Words) -> tuple[_Words, _Words]:
    """Return the levels, lowest first, and the other words."""
    levels = [level for level in _LEVEL_WORDS if level in words]
    return levels, [word for word in words if word not in _LEVEL_WORDS]


# accents


def _marks(word: str) -> str:
    """Return the accents of a word wherever they stand: "hoà" and "hòa" have the same."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(
        sorted(sign for sign in decomposed if unicodedata.category(sign) == "Mn" or sign == "đ")
    )


def _spelled(name: str) -> list[tuple[str, str]]:
    """Return the words of a name besides its level, each with its accents."""
    core = core_of(name).split()
    spelled = [(fold(word), _marks(word)) for word in re.findall(r"\w+", _nfc(name))]
    return [pair for pair in spelled if pair[0] in core]


def _agrees(text: str, name: str) -> bool:
    """Say whether what was typed has no accent that the name lacks."""
    if not has_accents(name):
        return True
    its = _spelled(name)
    for word, marks in _spelled(text):
        spellings = [set(known) for same, known in its if same == word]
        if spellings and not any(set(marks) <= known for known in spellings):
            return False
    return True


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
