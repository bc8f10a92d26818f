"""Guessing which label is meant: by some of its words, its initials, or a slip of the finger."""

import re
from collections.abc import Iterable, Sequence

from bot.forms.vietnamese_labels import Label, Labels, ask, by_words, simple, spelled_out
from bot.forms.vietnamese_labels import without_politeness as content_of
from bot.forms.vietnamese_text import Reading, doubt, untelex

LONGEST = 200
_FAR = 99
_DENIAL = re.compile(r"\b(?:khong|ko|chua|tru|bo)\b")


def by_guess(reply: str, labels: Labels) -> Reading | None:
    """Guess, from the surest sign to the weakest; what is found is to be confirmed."""
    for text in dict.fromkeys((simple(reply), " ".join(content_of(reply)))):
        found = _guess(text, labels) if 0 < len(text) <= LONGEST else None
        if found is not None:
            return doubt(found)
    return None


def denied(text: str) -> bool:
    """Tell whether folded ``text`` says "không", "trừ"."""
    return bool(_DENIAL.search(text))


def _guess(text: str, labels: Labels) -> Reading | None:
    typed = " ".join(untelex(word) or word for word in text.split())
    found = by_words(typed, labels) if typed != text else None
    if found is not None:
        return found
    looks = (_inside, _by_letters, _said_and_more, _with_words)
    found_labels: Iterable[list[Label]] = (
        *(look(text, labels) for look in looks),
        _slipped(typed, labels),
        _most_words(text, labels),
    )
    return next((ask(some, sure=False) for some in found_labels if some), None)


def _inside(text: str, labels: Labels) -> list[Label]:
    if len(text) < 2:
        return []
    spelled = f" {spelled_out(text)} "
    return [
        label
        for label in labels
        if f" {text} " in f" {label.folded} " or spelled in f" {label.spelled} "
    ]


def _by_letters(text: str, labels: Labels) -> list[Label]:
    """Find "ttc" for "Tự tổ chức", and a single first letter."""
    if len(text) == 1 and text.isalpha():
        return [label for label in labels if label.folded.startswith(text)]
    return [label for label in labels if len(text) > 1 and text == label.initials]


def _said_and_more(text: str, labels: Labels) -> list[Label]:
    """Find labels that stand whole in the reply, unless the rest of it denies them."""
    found = [label for label in labels if label.folded and f" {label.folded} " in f" {text} "]
    longest = max((len(label.folded) for label in found), default=0)
    found = [label for label in found if len(label.folded) == longest]
    rest = text
    for label in found:
        rest = rest.replace(label.folded, " ")
    begins = any(text.startswith(f"{label.folded} ") for label in found)
    return [] if denied(rest) or not (begins or longest > 2) else found


def _with_words(text: str, labels: Labels) -> list[Label]:
    """Find the labels that have all the words, in this order."""
    words = text.split()
    return [label for label in labels if len(words) > 1 and _in_order(words, label.folded.split())]


def _in_order(words: Sequence[str], label: Sequence[str]) -> bool:
    left = iter(label)
    return all(word in left for word in words)


def _most_words(text: str, labels: Labels) -> list[Label]:
    """Find the one label that shares most words with the reply, at least two and half of it."""
    said = set(text.split())
    if denied(text):
        return []
    shared = [len(said & set(label.folded.split())) for label in labels]
    best = max(shared, default=0)
    if best < 2 or 2 * best < len(said) or shared.count(best) > 1:
        return []
    return [labels[shared.index(best)]]


def _slipped(text: str, labels: Labels) -> list[Label]:
    """Find the labels, or beginnings of labels, that are one or two letters away."""
    if len(text) < 4:
        return []
    allowed = 1 if len(text) < 8 else 2
    distances = [_distance(text, label.folded, allowed) for label in labels]
    best = min(distances, default=_FAR)
    if best > allowed:
        return []
    return [label for label, far in zip(labels, distances, strict=True) if far == best]


def _distance(text: str, label: str, allowed: int) -> int:
    """Return how many letters differ from the label, or from a beginning about as long."""
    lengths = (len(text) + shift for shift in range(-allowed, allowed + 1))
    beginnings = {label, *(label[:length] for length in lengths)} - {""}
    return min((_edits(text, beginning) for beginning in beginnings), default=_FAR)


def _edits(left: str, right: str) -> int:
    """Count inserted, dropped, changed and swapped letters."""
    if abs(len(left) - len(right)) > 2:
        return _FAR
    before, row = [0] * (len(right) + 1), list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        older, before, row = before, row, [i, *[0] * len(right)]
        for j, b in enumerate(right, start=1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                row[j] = min(row[j], older[j - 2] + 1)
    return row[-1]
