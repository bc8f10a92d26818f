"""Reading several choices: "1, 3 và 5", "tất cả trừ 2", "họp, chào cờ"."""

import re
from collections.abc import Iterable, Sequence

from bot.forms.vietnamese_guesses import by_guess, denied
from bot.forms.vietnamese_labels import (
    POLITE,
    Label,
    Labels,
    by_polite_text,
    by_text,
    by_words,
    counted,
    prepare,
    simple,
    without_politeness,
)
from bot.forms.vietnamese_text import NOTHING, Reading, doubt, either, fold, plain, words_of

LONGEST = 600
_MOST_PARTS = 40
_LONGEST_RUN = 6
_NONE = re.compile(
    r"(?:khong|ko|k|chua|hong|hok)"
    r"(?: (?:co|chon|lam|muc|cai|y|dieu|viec|hoat dong|gi|nao|het|ca|ai|phuong an))*|0"
)
_ALL = re.compile(
    r"(?:tat ca|tat|het|all|du|day du|toan bo|ca|chon het|co het)"
    r"(?: (?:het|ca|cac|muc|cai|y|tren|deu|co|chon|lam|nhung|deu co"
    r"|(?P<count>\d+|hai|ba|bon|nam|sau|bay|tam)))*"
)
_EXCEPT = re.compile(r"^(?P<all>.*?)\b(?:ngoai )?(?:tru|bo|ngoai)(?: ra)?\b(?P<rest>.+)$")
_SPAN = re.compile(r"(?P<first>\d{1,2})\s*(?P<mark>-|\.\.+|->|đến|den|tới|toi)\s*(?P<last>\d{1,2})")
_SEPARATOR = re.compile(r"[,;+/&.|]|(?<!\S)(?:và|va|với|voi|cùng|n)(?!\S)|\s-\s|(?<=\d)-(?=\d)")
_DOUBTFUL = re.compile(r"\d-\d|\s-\s|(?:\d|hai|ba|bon|nam|sau) (?:cai|muc|y|viec)\b(?! (?:\d|thu))")
_JOINING = POLITE | words_of("va voi cung n")
_ENDS = words_of("a nhe nha em thay oi luon da vang ben truong minh")


def read_choices(text: str, labels: Sequence[str]) -> Reading:
    """Read several choices; the value is their indexes in order ("0 2 3").

    ``sure`` with an empty value: none of them. "1-3" may be 1, 2, 3 or 1 and 3: that is asked.
    """
    known = prepare(tuple(labels))
    reply = plain(text[:LONGEST].replace("\n", " ; "))
    if not reply:
        return NOTHING
    whole = by_text(reply, known) or by_polite_text(reply, known)
    if whole is not None and whole.value:
        return whole
    for read in (_none_of, _all_of, _all_but, _span, _either_of, _listed):
        reading = read(reply, known)
        if reading is not None:
            return _consistent(reading, known)
    return NOTHING


def _consistent(reading: Reading, labels: Labels) -> Reading:
    """Doubt "không có" beside other choices."""
    places = [int(place) for place in reading.value.split()]
    mixed = len(places) > 1 and any(_says_none(labels[place]) for place in places)
    return doubt(reading) if mixed else reading


def _joined(places: Iterable[int]) -> str:
    return " ".join(map(str, sorted(set(places))))


# -- none, all, all but -------------------------------------------------------------------


def _says_none(label: Label) -> bool:
    return bool(_NONE.fullmatch(label.folded)) or label.folded.startswith("khong co ")


def _trim(reply: str) -> str:
    """Return the folded words without the polite ones at the ends; "có" stays."""
    words = simple(reply).split()
    while len(words) > 1 and words[-1] in _ENDS:
        words.pop()
    while len(words) > 1 and words[0] in _ENDS:
        words.pop(0)
    return " ".join(words)


def _none_of(reply: str, labels: Labels) -> Reading | None:
    replies = (" ".join(without_politeness(reply)), _trim(reply))
    if not any(_NONE.fullmatch(text) for text in replies):
        return None
    return Reading(_joined(label.place for label in labels if _says_none(label)), sure=True)


def _everything(labels: Labels) -> list[int]:
    return [label.place for label in labels if not _says_none(label)]


def _all_of(reply: str, labels: Labels) -> Reading | None:
    found = _ALL.fullmatch(_trim(reply))
    if not found:
        return None
    count = found["count"]
    everything = _everything(labels)
    if count and (int(count) if count.isdecimal() else counted(count)) != len(everything):
        return NOTHING
    return Reading(_joined(everything), sure=len(everything) == len(labels))


def _all_but(reply: str, labels: Labels) -> Reading | None:
    found = _EXCEPT.match(fold(reply))
    if not found:
        return None
    left_out = _listed(found["rest"], labels)
    if left_out is None or not left_out.value:
        return NOTHING
    dropped = {int(place) for place in left_out.value.split()}
    kept = [place for place in _everything(labels) if place not in dropped]
    said_all = bool(_ALL.fullmatch(_trim(found["all"])))
    return Reading(_joined(kept), sure=said_all and left_out.sure) if kept else NOTHING


# -- spans and alternatives ---------------------------------------------------------------


def _span(reply: str, labels: Labels) -> Reading | None:
    """Read "1-3", "1 đến 3"."""
    found = _SPAN.search(reply)
    if not found or len(re.findall(r"\d+", reply)) != 2:
        return None
    around = f"{reply[: found.start()]} {reply[found.end() :]}"
    if without_politeness(around) not in ([], ["tu"]):
        return None
    first, last = int(found["first"]) - 1, int(found["last"]) - 1
    if not 0 <= first < last < len(labels):
        return NOTHING
    ends, all_between = _joined((first, last)), _joined(range(first, last + 1))
    if ends == all_between or found["mark"] != "-":
        return Reading(all_between, sure=True)
    return Reading(options=(all_between, ends))


def _either_of(reply: str, labels: Labels) -> Reading | None:
    """Read "1 hoặc 2": one, the other, or both?"""
    halves = re.split(r"\s(?:hoặc|hoac|hay)\s", reply)
    if len(halves) != 2:
        return None
    values = [_part(half, labels).value for half in halves]
    if not all(values):
        return NOTHING
    return either((*values, _joined(int(place) for value in values for place in value.split())))


# -- lists --------------------------------------------------------------------------------


def _listed(reply: str, labels: Labels) -> Reading | None:
    """Read "1 3 5", "họp, chào cờ và 4"."""
    numbers = _numbers_only(reply)
    if numbers is not None:
        if re.search(r"\d-\d", reply) and re.search(r"[,;]", reply):
            return _by_numbers(_with_spans(reply), labels, sure=False)
        return _by_numbers(numbers, labels, sure=not _DOUBTFUL.search(fold(reply)))
    parts = [part for part in map(str.strip, _SEPARATOR.split(reply)) if part]
    if len(parts) > _MOST_PARTS:
        return NOTHING
    readings = _runs(parts, labels)
    if not any(reading.value or reading.options for reading in readings):
        return None
    return _merged(readings)


def _with_spans(reply: str) -> list[str]:
    """Write the "1-3" of "1-3, 5" out."""
    numbers: list[str] = []
    for found in re.finditer(r"(\d{1,3})(?:-(\d{1,3}))?", reply):
        first, last = int(found[1]), int(found[2] or found[1])
        numbers += [str(number) for number in range(first, min(last, first + 50) + 1)]
    return numbers or ["0"]


def _numbers_only(reply: str) -> list[str] | None:
    """Return the numbers, also in words, when nothing else is said."""
    words = [word for word in re.findall(r"[^\W_]+", reply) if fold(word) not in _JOINING]
    numbers = [word if word.isdecimal() else str(counted(word) or "") for word in words]
    return numbers if numbers and all(numbers) else None


def _by_numbers(numbers: Sequence[str], labels: Labels, *, sure: bool) -> Reading:
    """Take numbers from 1; "135" without spaces is 1, 3, 5, to be confirmed."""
    if len(numbers) == 1 and 1 < len(numbers[0]) < 10 and int(numbers[0]) > len(labels):
        digits = list(numbers[0])
        return _by_numbers(digits, labels, sure=False) if digits == sorted(set(digits)) else NOTHING
    places = [int(number) - 1 for number in numbers if len(number) < 5]
    if len(places) < len(numbers) or not all(0 <= place < len(labels) for place in places):
        return NOTHING
    return Reading(_joined(places), sure=sure)


def _runs(parts: Sequence[str], labels: Labels) -> list[Reading]:
    """Read the parts one after the other, joining those that only together are a label."""
    readings: list[Reading] = []
    at = 0
    while at < len(parts):
        end = next(
            (
                end
                for end in range(min(len(parts), at + _LONGEST_RUN), at + 1, -1)
                if by_words(simple(" ".join(parts[at:end])), labels)
            ),
            at + 1,
        )
        run = " ".join(parts[at:end])
        readings.append(
            (by_words(simple(run), labels) if end > at + 1 else None) or _part(run, labels)
        )
        at = end
    return readings


def _part(text: str, labels: Labels) -> Reading:
    """Read one part of a list."""
    numbers = _numbers_only(text)
    if numbers is not None:
        return _by_numbers(numbers, labels, sure=True)
    for read in (by_text, by_polite_text, _strung_together, by_guess):
        found = read(text, labels)
        if found is not None:
            return found
    return NOTHING


def _strung_together(text: str, labels: Labels) -> Reading | None:
    """Read "họp hội đồng chào cờ": two labels with nothing between them."""
    typed = f" {simple(text)} "
    whole = [label.place for label in labels if label.folded and f" {label.folded} " in typed]
    return Reading(_joined(whole)) if len(whole) > 1 and not denied(typed) else None


def _merged(readings: Sequence[Reading]) -> Reading:
    unclear = [reading for reading in readings if reading.options]
    places = [int(place) for reading in readings for place in reading.value.split()]
    if len(unclear) == 1:
        return either(_joined([*places, int(option)]) for option in unclear[0].options)
    if unclear or not places:
        return NOTHING
    return Reading(
        _joined(places), sure=all(reading.sure and reading.value for reading in readings)
    )
