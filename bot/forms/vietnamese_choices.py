"""Reading one choice: by its number, its label, the beginning of it, or a guess."""

import re
from collections.abc import Sequence

from bot.forms.vietnamese_guesses import by_guess
from bot.forms.vietnamese_labels import (
    POLITE,
    Labels,
    ask,
    by_polite_text,
    by_text,
    by_words,
    counted,
    prepare,
    simple,
)
from bot.forms.vietnamese_text import NOTHING, Reading, either, fold, plain
from bot.forms.vietnamese_yes_no import NO, YES, read_yes_no

LONGEST = 600
_YES_LABELS = ("co", "dung", "dong y", "roi", "da ", "duoc", "phai")
_NO_LABELS = ("khong", "chua", "sai", "tu choi", "khoi")
_NOT_A_NUMBER = re.compile(r"\d\.\d|(?<!\d)(?<!\d )-\s*\d")
_POLITE = POLITE - {"ca"}  # "cả hai" is both, not the second
_BETWEEN = _POLITE | {"hoac", "hay", "va", "den"}
_LISTED = re.compile(r"\s*(\d{1,2})\s*[.):]\s*(\D.*|\d+ \D.*)")


def read_choice(text: str, labels: Sequence[str]) -> Reading:
    """Read one choice; the value is its index as text ("0" is the first of ``labels``).

    A number counts from 1, as the choices are shown. Guesses are to be confirmed; when two
    labels fit, both indexes are the options.
    """
    known = prepare(tuple(labels))
    reply = text[:LONGEST]
    for read in (_by_spelled_number, by_text, _by_number, by_polite_text, _by_yes_no, by_guess):
        reading = read(reply, known)
        if reading is not None:
            return reading
    return NOTHING


def _by_spelled_number(reply: str, labels: Labels) -> Reading | None:
    """Read "hai ạ", "cái thứ hai"; ask when a label begins with that word, too."""
    words = [word for word in plain(reply).split() if fold(word) not in _POLITE]
    number = counted(words[0]) if len(words) == 1 else None
    if number is None:
        return None
    bare = fold(words[0])
    return _numbered(number, bare, labels, sure=bare not in {"nam", "tu"} or words[0] != bare)


def _numbered(number: int, word: str, labels: Labels, *, sure: bool) -> Reading | None:
    """Return the label of this number; ask when another begins with the number itself."""
    chosen = [label for label in labels if label.place == number - 1]
    named = [label for label in labels if label.folded.split()[:1] == [word]]
    both = {label.place: label for label in (*chosen, *named)}
    return ask(both.values(), sure=sure and bool(chosen))


def _by_number(reply: str, labels: Labels) -> Reading | None:
    """Read "2", "số 2 ạ", "2. Tự tổ chức", "1-2"."""
    if _NOT_A_NUMBER.search(reply) and not re.search(r"\d\s*-\s*\d", reply):
        return NOTHING
    listed = _LISTED.fullmatch(plain(reply))
    if listed:
        return _number_and_text(int(listed[1]), simple(listed[2]), labels)
    said = re.findall(r"[^\W_]+", plain(reply))
    words = [word for word in said if fold(word) not in _BETWEEN]
    numbers = [word if word.isdecimal() else str(counted(word) or "") for word in words]
    if words and all(numbers) and max(map(len, numbers)) < 5:
        return _by_figures([int(number) for number in numbers], labels)
    if words and words[0].isdecimal() and not any(word.isdecimal() for word in words[1:]):
        everything = simple(reply).split()
        after = everything[everything.index(words[0]) + 1 :]
        return _number_and_text(int(words[0][:4]), " ".join(after), labels)
    return None


def _by_figures(numbers: Sequence[int], labels: Labels) -> Reading:
    if len(numbers) == 1:
        return _numbered(numbers[0], str(numbers[0]), labels, sure=True) or NOTHING
    if not all(1 <= number <= len(labels) for number in numbers):
        return NOTHING
    return either(str(number - 1) for number in numbers)


def _number_and_text(number: int, text: str, labels: Labels) -> Reading | None:
    """Read "2. Tự tổ chức"; ask when number and text are not the same choice."""
    said = by_words(text, labels)
    if said is None:
        return None
    place = str(number - 1) if 1 <= number <= len(labels) else ""
    if said.value and said.value == place:
        return Reading(place, sure=True)
    return either((*((place,) if place else ()), *(said.options or (said.value,))))


def _by_yes_no(reply: str, labels: Labels) -> Reading | None:
    """Let "ừ" be the label that says yes, "ko" the one that says no."""
    said = read_yes_no(reply)
    if said.options:
        return NOTHING
    beginnings = {YES: _YES_LABELS, NO: _NO_LABELS}.get(said.value)
    if beginnings is None or not said.sure:
        return None
    found = [label for label in labels if label.spelled.startswith(beginnings)]
    both = [label for label in labels if label.spelled.startswith(_YES_LABELS + _NO_LABELS)]
    return ask(found, sure=len(labels) == 2 and len(both) == 2)
