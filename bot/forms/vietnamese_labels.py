"""Labels of choices, and finding the one that was typed or whose beginning was."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.forms.vietnamese_text import Lexicon, Reading, either, fold, plain, words_of
from bot.forms.vietnamese_words import DIGITS

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
POLITE = words_of(
    "da a vang nhe nha nghe nghen hen ha oi em thay co anh chi bot ban minh toi tui ben truong thi"
    " la roi r thoi luon day do nay ne chon lay cau so muc phuong an y cai gi dap lua thu xin thua"
    " cho voi ca"
)
_COUNTED = Lexicon({**DIGITS, "0": "", "1": "một nhất", "4": "bốn tư", "10": "mười"})


@dataclass(frozen=True, slots=True)
class Label:
    """A choice as it is shown, in the forms in which it may be typed."""

    place: int
    exact: str  # as plain() leaves it
    folded: str  # words without accents and signs
    spelled: str  # the same with abbreviations spelled out
    aliases: tuple[str, ...]  # what stands before and in brackets
    initials: str


Labels = tuple[Label, ...]


@lru_cache(maxsize=512)
def prepare(labels: tuple[str, ...]) -> Labels:
    """Return the labels ready for comparison; cached, because forms ask the same ones."""
    return tuple(_label(place, text) for place, text in enumerate(labels))


def _label(place: int, text: str) -> Label:
    before, bracket, inside = text.partition("(")
    return Label(
        place=place,
        exact=plain(text),
        folded=simple(text),
        spelled=spelled_out(text),
        aliases=(spelled_out(before), spelled_out(inside)) if bracket else (),
        initials="".join(word[0] for word in simple(text).split() if word != "va"),
    )


def simple(text: str) -> str:
    """Return the words of ``text`` without accents and signs; "&" is "va"."""
    return " ".join(re.findall(r"[^\W_]+", fold(plain(text)).replace("&", " va ")))


def spelled_out(text: str) -> str:
    """Return ``simple(text)`` with the usual abbreviations spelled out."""
    return " ".join(_SHORT.get(word, word) for word in simple(text).split())


def without_politeness(reply: str) -> list[str]:
    """Return the folded words that say something."""
    return [word for word in simple(reply).split() if word not in POLITE]


def counted(word: str) -> int | None:
    """Return the number a word says, with its accents or without: "tư" is 4, "tự" is not."""
    found = _COUNTED(word)
    return min(map(int, found)) if found else None


def ask(found: Iterable[Label], *, sure: bool) -> Reading | None:
    """Return the place of the only label, or ask which; None when there is none."""
    places = [str(label.place) for label in found]
    if not places:
        return None
    return Reading(places[0], sure) if len(places) == 1 else either(places)


def by_text(reply: str, labels: Labels) -> Reading | None:
    """Find the label that was typed, or whose beginning was."""
    typed = plain(reply)
    if not typed:
        return None
    exact = [label for label in labels if label.exact == typed]
    if len(exact) == 1 and not simple(reply).isdigit():
        return Reading(str(exact[0].place), sure=True)
    return by_words(simple(reply), labels)


def by_words(folded: str, labels: Labels) -> Reading | None:
    """Find the label that is, or begins with, ``folded`` words."""
    if not folded or folded.isdigit():
        return None
    spelled = spelled_out(folded)
    same = [
        label
        for label in labels
        if folded == label.folded or spelled == label.spelled or spelled in label.aliases
    ]
    if same:
        return ask(same, sure=True)
    beginning = [
        label
        for label in labels
        if f"{label.folded} ".startswith(f"{folded} ")
        or f"{label.spelled} ".startswith(f"{spelled} ")
    ]
    if beginning:
        return ask(beginning, sure=len(folded) > 1)
    if len(folded) < 2:
        return None
    cut = [label for label in labels if label.folded.startswith(folded)]
    return ask(cut, sure=len(folded) > 3)


def by_polite_text(reply: str, labels: Labels) -> Reading | None:
    """Look again without "dạ", "em chọn" … at both ends, taking away as little as possible."""
    words = simple(reply).split()
    for begin in range(_polite_words(words) + 1):
        for end in range(_polite_words(words[::-1]) + 1):
            rest = words[begin : len(words) - end]
            found = by_words(" ".join(rest), labels) if rest and (begin or end) else None
            if found is not None:
                return found
    return None


def _polite_words(words: Sequence[str]) -> int:
    """Count the polite words at the beginning, at most six."""
    count = 0
    while count < min(6, len(words)) and words[count] in POLITE:
        count += 1
    return count
