"""Searching a long list of choices by some of its words, with accents or without."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.forms.vietnamese_labels import POLITE, simple, spelled_out
from bot.forms.vietnamese_text import plain

LONGEST = 200
MOST_NEAREST = 5
_MOST_POLITE = 4  # words at either end
_IN_PARTS = 3  # rank of what matches by beginnings of words, or in another order
_NEAR_ENOUGH = 0.4  # of the pairs of letters that two texts have together


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has come to: places in the list, the likeliest first."""

    sure: int | None = None  # the only one that can be meant
    matches: tuple[int, ...] = ()
    nearest: tuple[int, ...] = ()  # when nothing matches


@dataclass(frozen=True, slots=True)
class _Entry:
    exact: str  # as plain() leaves it
    folded: str
    words: tuple[str, ...]  # folded, also the spelled-out ones
    pairs: frozenset[str]


@lru_cache(maxsize=32)
def _entries(labels: tuple[str, ...]) -> tuple[_Entry, ...]:
    return tuple(_entry(label) for label in labels)


def _entry(label: str) -> _Entry:
    folded = simple(label)
    words = dict.fromkeys((*folded.split(), *spelled_out(label).split()))
    return _Entry(plain(label), folded, tuple(words), _pairs(folded))


def _pairs(folded: str) -> frozenset[str]:
    padded = f" {folded} "
    return frozenset(padded[place : place + 2] for place in range(len(padded) - 1))


def search(text: str, labels: Sequence[str]) -> Found:
    """Find the labels that have words beginning with all the words of ``text``, in any order.

    The only label that is the text, or the only one that matches, is ``sure``; not when it was
    typed with other accents ("Tân Thạnh" is not "Tân Thành"): then it is one to choose.
    """
    entries = _entries(tuple(labels))
    typed = plain(text[:LONGEST])
    for said in _shortened(simple(typed)):
        if said and (places := _matching(said, entries)):
            return Found(_only(typed, said, places, entries), tuple(places))
    return Found(nearest=_nearest(simple(typed), entries))


def _shortened(said: str) -> Iterator[str]:
    """Yield the text, then the same with ever more polite words taken from both ends."""
    words = said.split()
    begin, end = _polite_words(words), _polite_words(words[::-1])
    cuts = ((first, last) for first in range(begin + 1) for last in range(end + 1))
    for first, last in sorted(cuts, key=sum):
        yield " ".join(words[first : len(words) - last])


def _polite_words(words: Sequence[str]) -> int:
    count = 0
    while count < min(_MOST_POLITE, len(words)) and words[count] in POLITE:
        count += 1
    return count


def _matching(said: str, entries: Sequence[_Entry]) -> list[int]:
    words = said.split()
    found = [place for place, entry in enumerate(entries) if _has_all(words, entry)]
    return sorted(found, key=lambda place: (_rank(said, entries[place]), place))


def _has_all(words: Iterable[str], entry: _Entry) -> bool:
    """Say whether each word begins a word of its own: "thu thua" is not all in "Vĩnh Thuận"."""
    left = list(entry.words)
    for word in words:
        found = next((known for known in left if known.startswith(word)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _rank(said: str, entry: _Entry) -> int:
    if entry.folded == said:
        return 0
    if f"{entry.folded} ".startswith(f"{said} "):
        return 1
    return 2 if f" {said} " in f" {entry.folded} " else _IN_PARTS


def _only(typed: str, said: str, places: list[int], entries: Sequence[_Entry]) -> int | None:
    """Return the place that is meant beyond doubt."""
    exact = [place for place in places if entries[place].exact == typed]
    if len(exact) == 1:
        return exact[0]
    same = [place for place in places if entries[place].folded == said]
    whole = [place for place in places if _rank(said, entries[place]) < _IN_PARTS]
    candidates = same or whole or (places if len(said) > 1 else [])
    if len(candidates) != 1 or not _same_accents(typed, entries[candidates[0]].exact):
        return None
    return candidates[0]


def _same_accents(typed: str, label: str) -> bool:
    """Say whether each word typed with accents begins a word of the label."""
    known = label.replace("-", " ").split()
    return all(
        word.isascii() or simple(word) in POLITE or any(k.startswith(word) for k in known)
        for word in typed.split()
    )


def _nearest(said: str, entries: Sequence[_Entry]) -> tuple[int, ...]:
    """Return the labels that share most pairs of letters: slips of the finger."""
    pairs = _pairs(said)
    if len(said) < 2:
        return ()
    scores = [
        (2 * len(pairs & entry.pairs) / (len(pairs) + len(entry.pairs)), -place)
        for place, entry in enumerate(entries)
    ]
    best = sorted((score for score in scores if score[0] >= _NEAR_ENOUGH), reverse=True)
    return tuple(-place for _, place in best[:MOST_NEAREST])
