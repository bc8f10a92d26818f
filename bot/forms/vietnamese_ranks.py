"""Reading an order of choices: "2, 1, 3", "thư viện, rồi sân trường, cuối cùng là lớp học"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.forms.vietnamese_choices import read_choice
from bot.forms.vietnamese_labels import POLITE, counted, prepare
from bot.forms.vietnamese_text import fold, plain

LONGEST = 2000
_SEPARATOR = re.compile(
    r"[,;>/|\n]|->|(?<!\S)(?:rồi đến|rồi tới|sau đó là|sau đó|tiếp theo là|tiếp theo|tiếp đến"
    r"|cuối cùng là|cuối cùng|đầu tiên là|đầu tiên|trước hết là|trước hết|rồi|roi den|roi toi"
    r"|sau do la|sau do|tiep theo la|tiep theo|tiep den|cuoi cung la|cuoi cung|dau tien la"
    r"|dau tien|truoc het la|truoc het|roi)(?!\S)"
)
_JOINING = POLITE | {"va", "voi"}


@dataclass(frozen=True, slots=True)
class Ranking:
    """An order as far as it was understood: places of choices, counted from 0."""

    order: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()  # choices that were not ranked
    twice: tuple[int, ...] = ()  # choices that were ranked more than once
    unread: tuple[str, ...] = ()  # parts of the reply that are no choice, or may be several
    sure: bool = True


def read_ranking(text: str, labels: Sequence[str]) -> Ranking:
    """Read all choices in their order, by their numbers from 1 or by words.

    When a single one is missing it is the last; that is to be confirmed.
    """
    order, unread, sure = _listed(plain(text[:LONGEST].replace("\n", " ; ")), labels)
    twice = tuple(dict.fromkeys(place for place in order if order.count(place) > 1))
    missing = tuple(place for place in range(len(labels)) if place not in order)
    if len(missing) == 1 and order and not (twice or unread):
        return Ranking((*order, *missing), sure=False)
    return Ranking(tuple(order), missing, twice, tuple(unread), sure)


def _listed(reply: str, labels: Sequence[str]) -> tuple[list[int], list[str], bool]:
    numbers = _numbers(reply)
    if numbers is not None:
        if len(numbers) == 1 and len(numbers[0]) == len(labels) > 1:  # "213"
            numbers = list(numbers[0])
        places = [int(number) - 1 for number in numbers]
        fitting = [place for place in places if 0 <= place < len(labels)]
        strange = [n for n, place in zip(numbers, places, strict=True) if place not in fitting]
        return fitting, strange, True
    order: list[int] = []
    unread: list[str] = []
    sure = True
    for part in filter(None, map(str.strip, _SEPARATOR.split(reply))):
        place, certain = _part(part, labels)
        if place is None:
            unread.append(part)
        else:
            order.append(place)
            sure = sure and certain
    return order, unread, sure


def _numbers(reply: str) -> list[str] | None:
    """Return the numbers, also in words, when nothing else is said."""
    words = [word for word in re.findall(r"[^\W_]+", reply) if fold(word) not in _JOINING]
    numbers = [word if word.isdecimal() else str(counted(word) or "") for word in words]
    return numbers if numbers and all(numbers) and max(map(len, numbers)) < 10 else None


def _part(part: str, labels: Sequence[str]) -> tuple[int | None, bool]:
    listed = re.fullmatch(r"\d{1,2}\s*[.):]\s*(\D.*)", part)  # "1. thư viện": its place, its name
    reading = read_choice(listed[1] if listed else part, labels)
    if reading.value:
        return int(reading.value), reading.sure
    exact = [label.place for label in prepare(tuple(labels)) if label.folded == fold(part)]
    return (exact[0], True) if len(exact) == 1 else (None, False)
