"""Reading a choice by its number, its label, the beginning of it, or with a slip of the finger."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.forms.vietnamese_text import NOTHING, Lexicon, Reading, doubt, either, fold, plain, untelex
from bot.forms.vietnamese_words import DIGITS
from bot.forms.vietnamese_yes_no import NO, YES, read_yes_no

LONGEST = 600

_SHORT = {
    "ko": "khong",
    "k": "khong",
    "hok": "khong",
    "hong": "khong",
    "kg": "khong",
    "khg": "khong",
    "dc": "duoc",
    "hs": "hoc sinh",
    "gv": "giao vien",
    "ph": "phu huynh",
    "bgh": "ban giam hieu",
    "th": "tieu hoc",
    "thcs": "trung hoc co so",
    "thpt": "trung hoc pho thong",
    "mn": "mam non",
    "mg": "mau giao",
    "hd": "hoat dong",
    "clb": "cau lac bo",
    "tt": "tuyen truyen",
    "bc": "bao cao",
    "fb": "facebook",
}
_POLITE = frozenset(
    ["da", "a", "vang", "nhe", "nha", "nhe", "nghe", "nghen", "hen", "ha", "oi", "em", "thay", "co", "anh", "chi", "bot", "ban", "minh", "toi", "tui", "ben", "truong", "thi", "la", "roi", "r", "thoi", "luon", "day", "do", "nay", "ne", "chon", "lay", "cau", "so", "muc", "phuong", "an", "y", "cai", "gi", "dap", "lua", "thu", "xin", "thua", "cho", "minh", "voi", "ca"]
)
_SPELLED = dict(
    zip(["mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"], range(1, 11), strict=True)
) | {"nhat": 1, "nhi": 2, "tu": 4}
_NUMBER_WORDS = Lexicon({**DIGITS, "0": "", "1": "một nhất", "4": "bốn tư", "10": "mười"})
_YES_LABELS = ("co", "dung", "dong y", "roi", "da ", "duoc", "phai")
_NO_LABELS = ("khong", "chua", "sai", "tu choi", "khoi")


@dataclass(frozen=True, slots=True)
class _Label:
    place: int
    exact: str  # as plain() leaves it
    words: str  # folded, abbreviations spelled out, single spaces
    folded: str  # folded only
    aliases: tuple[str, ...]  # what stands in and before brackets
    initials: str


@lru_cache(maxsize=512)
def _prepare(labels: tuple[str, ...]) -> tuple[_Label, ...]:
    return tuple(_label(place, text) for place, text in enumerate(labels))


def _label(place: int, text: str) -> _Label:
    words = _words(text)
    before, _, inside = text.partition("(")
    aliases = (_words(before), _words(inside)) if inside else ()
    initials = "".join(word[0] for word in _simple(text).split() if word != "va")
    return _Label(place, plain(text), words, _simple(text), aliases, initials)


def _simple(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(plain(text)).replace("&", " va ")))


def _words(text: str) -> str:
    words = _simple(text).split()
    return " ".join(_SHORT.get(word, word) for word in words)


def read_choice(text: str, labels: Sequence[str]) -> Reading:
    """Read one choice; the value is its index as text ("0" is the first of ``labels``).

    A number counts from 1, as the choices are shown. Guesses are to be confirmed; when two
    labels fit, both indexes are the options.
    """
    known = _prepare(tuple(labels))
    reply = text[:LONGEST]
    for read in (_by_spelled_number, _by_text, _by_number, _by_polite_text, _by_yes_no, _by_guess):
        reading = read(reply, known)
        if reading is not None:
            return reading
    return NOTHING


def _ask(found: Iterable[_Label], *, sure: bool) -> Reading | None:
    places = [str(label.place) for label in found]
    if not places:
        return None
    return Reading(places[0], sure) if len(places) == 1 else either(places)


def _by_text(reply: str, labels: tuple[_Label, ...]) -> Reading | None:
    """Find the label that was typed, or whose beginning was."""
    if not plain(reply):
        return None
    exact = [label for label in labels if label.exact == plain(reply)]
    if len(exact) == 1 and not _simple(reply).isdigit():
        return Reading(str(exact[0].place), sure=True)
    return _same_or_beginning(_simple(reply), _words(reply), labels)


def _same_or_beginning(folded: str, words: str, labels: tuple[_Label, ...]) -> Reading | None:
    if not folded or folded.isdigit():
        return None
    same = [
        label
        for label in labels
        if folded == label.folded or words == label.words or words in label.aliases
    ]
    if same:
        return _ask(same, sure=True)
    beginning = [
        label
        for label in labels
        if f"{label.folded} ".startswith(f"{folded} ") or f"{label.words} ".startswith(f"{words} ")
    ]
    if beginning:
        return _ask(beginning, sure=len(folded) > 1)
    if len(folded) < 2:
        return None
    return _ask(
        (label for label in labels if label.folded.startswith(folded)), sure=len(folded) > 3
    )


def _without_politeness(reply: str) -> list[str]:
    return [word for word in _simple(reply).split() if word not in _POLITE]


def _by_spelled_number(reply: str, labels: tuple[_Label, ...]) -> Reading | None:
    """Read "hai ạ", "cái thứ hai"; ask when a label begins with that word, too."""
    words = [word for word in plain(reply).split() if fold(word) not in _POLITE]
    number = _spelled(words[0]) if len(words) == 1 else None
    if number is None:
        return None
    bare = fold(words[0])
    named = [label for label in labels if label.folded.split()[:1] == [bare]]
    counted = [label for label in labels if label.place == number - 1]
    both = {label.place: label for label in (*counted, *named)}
    return _ask(both.values(), sure=bare not in {"nam", "tu"} or words[0] != bare)


def _spelled(word: str) -> int | None:
    """Return the number a word says: "tư" is four, "tự" is not."""
    found = _NUMBER_WORDS(word)
    return min(map(int, found)) if found else None


def _by_number(reply: str, labels: tuple[_Label, ...]) -> Reading | None:
    """Read "2", "số 2 ạ", "hai", "2. Tự tổ chức", "1-2"."""
    if re.search(r"\d\.\d|(?<!\d)(?<!\d )-\s*\d", reply) and not re.search(r"\d\s*-\s*\d", reply):
        return NOTHING
    listed = re.fullmatch(r"\s*(\d{1,2})\s*[.):]\s*(\D.*|\d+ \D.*)", plain(reply))
    if listed:
        return _number_and_text(int(listed[1]), _simple(listed[2]).split(), labels)
    words = _without_politeness(reply)
    numbers = [word for word in words if word.isdigit()]
    if numbers == words and words:
        return _by_figures(numbers, labels)
    alternatives = [
        str(_SPELLED.get(word, word)) for word in words if word not in {"hoac", "hay", "va", "den"}
    ]
    if len(alternatives) > 1 and all(word.isdigit() for word in alternatives):
        return _by_figures(alternatives, labels)
    if words and words[0].isdigit() and len(numbers) == 1:
        everything = _simple(reply).split()
        after = everything[everything.index(words[0]) + 1 :]
        return _number_and_text(int(words[0]), after, labels)
    return None


def _place(number: int, labels: tuple[_Label, ...], *, sure: bool) -> Reading:
    return Reading(str(number - 1), sure) if 1 <= number <= len(labels) else NOTHING


def _by_figures(numbers: Sequence[str], labels: tuple[_Label, ...]) -> Reading | None:
    places = [int(number) - 1 for number in numbers if len(number) < 5]
    if len(numbers) > 1:
        inside = [str(place) for place in places if 0 <= place < len(labels)]
        return either(inside) if len(inside) == len(numbers) else NOTHING
    named = [label for label in labels if label.folded.split()[:1] == [str(int(numbers[0]))]]
    chosen = [label for label in labels if label.place in places]
    found = {label.place: label for label in (*chosen, *named)}
    return _ask(found.values(), sure=bool(chosen)) or NOTHING


def _number_and_text(
    number: int, words: Sequence[str], labels: tuple[_Label, ...]
) -> Reading | None:
    """Read "2. Tự tổ chức"; ask when number and text are not the same choice."""
    text = " ".join(words)
    said = _same_or_beginning(text, text, labels)
    place = _place(number, labels, sure=True)
    if said is None:
        return None
    if said.value and said.value == place.value:
        return place
    return either((*((place.value,) if place.value else ()), *(said.options or (said.value,))))


def _by_polite_text(reply: str, labels: tuple[_Label, ...]) -> Reading | None:
    """Look again without "dạ", "em chọn" … at both ends."""
    words = _simple(reply).split()
    while words and words[0] in _POLITE and len(words) > 1:
        words = words[1:]
        while len(words) > 1 and words[-1] in _POLITE:
            words = words[:-1]
        found = _look(words, labels)
        if found is not None:
            return found
    while len(words) > 1 and words[-1] in _POLITE:
        words = words[:-1]
        found = _look(words, labels)
        if found is not None:
            return found
    return None


def _look(words: Sequence[str], labels: tuple[_Label, ...]) -> Reading | None:
    text = " ".join(words)
    return _same_or_beginning(text, _words(text), labels)


def _by_yes_no(reply: str, labels: tuple[_Label, ...]) -> Reading | None:
    """Let "ừ" be the label that says yes, "ko" the one that says no."""
    said = read_yes_no(reply)
    if said.options:
        return NOTHING
    if not said.sure:
        return None
    beginnings = {YES: _YES_LABELS, NO: _NO_LABELS}.get(said.value)
    if beginnings is None:
        return None
    found = [label for label in labels if label.words.startswith(beginnings)]
    opposite = [label for label in labels if label.words.startswith(_YES_LABELS + _NO_LABELS)]
    return _ask(found, sure=len(labels) == 2 and len(opposite) == 2)


def _by_guess(reply: str, labels: tuple[_Label, ...]) -> Reading | None:
    """Look for words of a label, its initials, raw Telex and slips; always to be confirmed."""
    for text in dict.fromkeys((_simple(reply), " ".join(_without_politeness(reply)))):
        found = _guess(text, labels) if 0 < len(text) <= 200 else None
        if found is not None:
            return doubt(found)
    return None


def _guess(text: str, labels: tuple[_Label, ...]) -> Reading | None:
    typed = " ".join(untelex(word) or word for word in text.split())
    if typed != text:
        found = _same_or_beginning(typed, typed, labels)
        if found is not None:
            return found
    for look in (_inside, _by_letters, _said_and_more, _with_words, _slipped, _most_words):
        reading = _ask(look(typed if look is _slipped else text, labels), sure=False)
        if reading is not None:
            return reading
    return None


def _inside(text: str, labels: tuple[_Label, ...]) -> list[_Label]:
    if len(text) < 2:
        return []
    spelled = f" {_words(text)} "
    return [
        label
        for label in labels
        if f" {text} " in f" {label.folded} " or spelled in f" {label.words} "
    ]


def _by_letters(text: str, labels: tuple[_Label, ...]) -> list[_Label]:
    """Find "ttc" for "Tự tổ chức", and a single first letter."""
    if len(text) == 1 and text.isalpha():
        return [label for label in labels if label.folded.startswith(text)]
    return [label for label in labels if len(text) > 1 and text == label.initials]


def _with_words(text: str, labels: tuple[_Label, ...]) -> list[_Label]:
    """Find the labels that have all the words, in this order."""
    words = text.split()
    return [label for label in labels if len(words) > 1 and _in_order(words, label.folded.split())]


def _most_words(text: str, labels: tuple[_Label, ...]) -> list[_Label]:
    """Find the one label that shares most words with the reply, at least two and half of it."""
    said = set(text.split())
    if said & {"khong", "ko", "chua", "tru", "bo"}:
        return []
    shared = [len(said & set(label.folded.split())) for label in labels]
    best = max(shared, default=0)
    if best < 2 or 2 * best < len(said) or shared.count(best) > 1:
        return []
    return [labels[shared.index(best)]]


def _in_order(words: Sequence[str], label: Sequence[str]) -> bool:
    left = iter(label)
    return all(word in left for word in words)


def _said_and_more(text: str, labels: tuple[_Label, ...]) -> list[_Label]:
    """Return labels that stand whole in the reply, unless it denies them."""
    found = [label for label in labels if label.folded and f" {label.folded} " in f" {text} "]
    longest = max((len(label.folded) for label in found), default=0)
    found = [label for label in found if len(label.folded) == longest]
    rest = text
    for label in found:
        rest = rest.replace(label.folded, " ")
    denied = re.search(r"\b(?:khong|ko|chua|tru|bo)\b", rest)
    begins = any(text.startswith(f"{label.folded} ") for label in found)
    return [] if denied or not (begins or longest > 2) else found


def _slipped(text: str, labels: tuple[_Label, ...]) -> list[_Label]:
    """Return the labels (or beginnings of them) at most one or two letters away."""
    if len(text) < 4:
        return []
    allowed = 1 if len(text) < 8 else 2
    distances = [(_distance(text, label, allowed), label) for label in labels]
    best = min(distance for distance, _ in distances)
    return [label for distance, label in distances if distance == best] if best <= allowed else []


def _distance(text: str, label: _Label, allowed: int) -> int:
    """Return how many letters differ from the label or a beginning of it that is as long."""
    whole = label.folded
    beginnings = {whole[: len(text) + shift] for shift in range(-allowed, allowed + 1)}
    return (
        min(_edits(text, beginning) for beginning in beginnings | {whole} if beginning)
        if whole
        else 99
    )


def _edits(left: str, right: str) -> int:
    """Count inserted, dropped, changed and swapped letters; far apart is 99."""
    if abs(len(left) - len(right)) > 2:
        return 99
    before, row = [0] * (len(right) + 1), list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        older, before, row = before, row, [i, *[0] * len(right)]
        for j, b in enumerate(right, start=1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                row[j] = min(row[j], older[j - 2] + 1)
    return row[-1]


# -- several choices ----------------------------------------------------------------------

_NONE = re.compile(
    r"(?:khong|ko|k|chua|hong|hok)(?: (?:co|chon|lam|muc|cai|y|dieu|viec|hoat dong|gi|nao|het|ca|ai|phuong an))*|0"
)
_ALL = re.compile(
    r"(?:tat ca|tat|het|all|du|day du|toan bo|ca|chon het|co het)(?: (?:het|ca|cac|muc|cai|y|tren|deu|co|chon|lam|nhung|deu co|(?P<count>\d+|hai|ba|bon|nam|sau|bay|tam)))*"
)
_EXCEPT = re.compile(r"^(?P<all>.*?)\b(?:ngoai )?(?:tru|bo|ngoai)(?: ra)?\b(?P<rest>.+)$")
_SPAN = re.compile(r"(\d{1,2})\s*(-|–|—|\.\.+|…|->|đến|den|tới|toi)\s*(\d{1,2})")


def read_choices(text: str, labels: Sequence[str]) -> Reading:
    """Read several choices; the value is their indexes in order ("0 2 3").

    ``sure`` with an empty value: none of them. "1-3" may be 1, 2, 3 or 1 and 3: that is asked.
    """
    known = _prepare(tuple(labels))
    reply = plain(text[:LONGEST].replace("\n", " ; "))
    if not reply:
        return NOTHING
    whole = _by_text(reply, known) or _by_polite_text(reply, known)
    if whole is not None and whole.value:
        return whole
    for read in (_none_of, _all_of, _all_but, _span, _either_of, _listed):
        reading = read(reply, known)
        if reading is not None:
            return _consistent(reading, known)
    return NOTHING


def _consistent(reading: Reading, labels: tuple[_Label, ...]) -> Reading:
    """Doubt "không có" beside other choices."""
    places = [int(place) for place in reading.value.split()]
    mixed = len(places) > 1 and any(_is_none_label(labels[place]) for place in places)
    return doubt(reading) if mixed else reading


def _either_of(reply: str, labels: tuple[_Label, ...]) -> Reading | None:
    """Read "1 hoặc 2": one, the other, or both?"""
    halves = re.split(r"\s(?:hoặc|hoac|hay)\s", reply)
    if len(halves) != 2:
        return None
    found = [_part(half, labels, 1) for half in halves]
    values = [reading.value for reading in found if reading and reading.value]
    if len(values) != 2:
        return NOTHING
    return either((*values, _joined(int(place) for value in values for place in value.split())))


def _together(places: Iterable[int], *, sure: bool) -> Reading:
    return Reading(_joined(places), sure)


def _joined(places: Iterable[int]) -> str:
    return " ".join(map(str, sorted(set(places))))


def _is_none_label(label: _Label) -> bool:
    return bool(_NONE.fullmatch(label.folded)) or label.folded.startswith("khong co ")


def _none_of(reply: str, labels: tuple[_Label, ...]) -> Reading | None:
    if not _NONE.fullmatch(" ".join(_without_politeness(reply))) and not _NONE.fullmatch(
        _trim(reply)
    ):
        return None
    says_none = [label.place for label in labels if _is_none_label(label)]
    return _together(says_none, sure=True)


def _trim(reply: str) -> str:
    words = _simple(reply).split()
    endings = {
        "a",
        "nhe",
        "nha",
        "em",
        "thay",
        "co",
        "oi",
        "luon",
        "da",
        "vang",
        "ben",
        "truong",
        "minh",
    }
    while len(words) > 1 and words[-1] in endings - {"co"}:
        words = words[:-1]
    while len(words) > 1 and words[0] in endings - {"co"}:
        words = words[1:]
    return " ".join(words)


def _everything(labels: tuple[_Label, ...]) -> list[int]:
    return [label.place for label in labels if not _is_none_label(label)]


def _all_of(reply: str, labels: tuple[_Label, ...]) -> Reading | None:
    found = _ALL.fullmatch(_trim(reply))
    if not found:
        return None
    count = found["count"]
    everything = _everything(labels)
    if count and (int(count) if count.isdigit() else _SPELLED[count]) != len(everything):
        return NOTHING
    return _together(everything, sure=len(everything) == len(labels))


def _all_but(reply: str, labels: tuple[_Label, ...]) -> Reading | None:
    found = _EXCEPT.match(fold(reply))
    if not found:
        return None
    left_out = _listed(found["rest"], labels)
    if left_out is None or not left_out.value:
        return NOTHING
    dropped = {int(place) for place in left_out.value.split()}
    kept = [place for place in _everything(labels) if place not in dropped]
    said_all = bool(_ALL.fullmatch(_trim(found["all"]) or ""))
    return _together(kept, sure=said_all and left_out.sure) if kept else NOTHING


def _span(reply: str, labels: tuple[_Label, ...]) -> Reading | None:
    """Read "1-3", "1 đến 3"."""
    found = _SPAN.search(reply)
    if not found or len(re.findall(r"\d+", reply)) != 2:
        return None
    if _without_politeness(reply[: found.start()] + " " + reply[found.end() :]) not in ([], ["tu"]):
        return None
    first, last = int(found[1]) - 1, int(found[3]) - 1
    if not 0 <= first < last < len(labels):
        return NOTHING
    ends, all_between = _joined((first, last)), _joined(range(first, last + 1))
    if ends == all_between or found[2] not in "-–—":
        return Reading(all_between, sure=True)
    return Reading(options=(all_between, ends))


_SEPARATOR = re.compile(r"[,;+/&\n.|]|(?<!\S)(?:và|va|với|voi|cùng|n)(?!\S)|\s-\s|(?<=\d)-(?=\d)")
_LONGEST_RUN = 6


def _listed(reply: str, labels: tuple[_Label, ...]) -> Reading | None:
    """Read "1 3 5", "họp, chào cờ và 4"."""
    numbers = _numbers_only(reply)
    if numbers is not None:
        if re.search(r"\d-\d", reply) and re.search(r"[,;]", reply):
            return _by_numbers(_with_spans(reply), labels, sure=False)
        return _by_numbers(numbers, labels, sure=not re.search(r"\d-\d|\s-\s", reply))
    parts = [part for part in map(str.strip, _SEPARATOR.split(reply)) if part]
    if len(parts) > 40:
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
    words = [
        word
        for word in _simple(reply).split()
        if word not in _POLITE | {"va", "voi", "cung", "n", "ca"}
    ]
    numbers = [str(_SPELLED.get(word, word)) for word in words]
    return numbers if numbers and all(number.isdigit() for number in numbers) else None


def _by_numbers(numbers: Sequence[str], labels: tuple[_Label, ...], *, sure: bool) -> Reading:
    if len(numbers) == 1 and len(numbers[0]) > 1 and int(numbers[0]) > len(labels):
        digits = list(numbers[0])
        if digits != sorted(set(digits)):
            return NOTHING
        return _by_numbers(digits, labels, sure=False)
    places = [int(number) - 1 for number in numbers]
    if not all(0 <= place < len(labels) for place in places):
        return NOTHING
    return _together(places, sure=sure)


def _runs(parts: Sequence[str], labels: tuple[_Label, ...]) -> list[Reading]:
    """Read the parts one after the other, joining those that only together are a label."""
    readings: list[Reading] = []
    at = 0
    while at < len(parts):
        ends = range(min(len(parts), at + _LONGEST_RUN), at, -1)
        whole = ((end, _part(", ".join(parts[at:end]), labels, end - at)) for end in ends)
        end, reading = next(((end, found) for end, found in whole if found), (at + 1, NOTHING))
        readings.append(reading)
        at = end
    return readings


def _part(text: str, labels: tuple[_Label, ...], parts: int) -> Reading | None:
    if parts > 1:
        return _same_or_beginning(_simple(text), _words(text), labels)
    numbers = _numbers_only(text)
    if numbers is not None:
        return _by_numbers(numbers, labels, sure=True)
    found = _by_text(text, labels) or _by_polite_text(text, labels)
    return found or _strung_together(text, labels) or _by_guess(text, labels) or NOTHING


def _strung_together(text: str, labels: tuple[_Label, ...]) -> Reading | None:
    """Read "họp hội đồng chào cờ": two labels with nothing between them."""
    typed = f" {_simple(text)} "
    whole = [label.place for label in labels if label.folded and f" {label.folded} " in typed]
    denied = re.search(r"\b(?:khong|ko|chua|tru|bo)\b", typed)
    return _together(whole, sure=False) if len(whole) > 1 and not denied else None


def _merged(readings: Sequence[Reading]) -> Reading:
    unclear = [reading for reading in readings if reading.options]
    places = [int(place) for reading in readings for place in reading.value.split()]
    if len(unclear) == 1:
        return either(_joined([*places, int(option)]) for option in unclear[0].options)
    if unclear or any(not reading.value for reading in readings):
        return Reading(_joined(places)) if places and not unclear else NOTHING
    return _together(places, sure=all(reading.sure for reading in readings))
