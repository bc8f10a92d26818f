"""Spoken day and minute numbers, weekdays and politeness, shared by dates and times."""

import re

from bot.forms.vietnamese_text import untelex, words_of

_ONES = ("", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin")


def _spellings() -> dict[str, int]:
    found = {word: number for number, word in enumerate(_ONES) if word} | {"muoi": 10}
    for tens in range(1, 6):
        stem = "muoi" if tens == 1 else f"{_ONES[tens]} muoi"
        found[stem] = 10 * tens
        for ones in range(1, 10):
            found[f"{stem} {_ONES[ones]}"] = 10 * tens + ones
        found[f"{stem} lam"] = found[f"{stem} nham"] = 10 * tens + 5
        found[f"{stem} mot"] = 10 * tens + 1
        found[f"{stem} tu"] = 10 * tens + 4
    return found


SPELLED = _spellings()
"""Numbers from 1 to 59 in words without accents."""

SPELLED_PATTERN = "|".join(sorted(SPELLED, key=len, reverse=True))

WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5} | {
    str(number): number - 2 for number in range(2, 8)
}

POLITE = words_of(
    "da a vang nhe nha nghe nghen hen ha oi em thay co anh chi bot ban minh toi tui ben truong thi"
    " la vao luc duoc dc roi r thoi luon day do nay ne dung ngay hom bao cao thua xin ok uh u va"
    " mung mong duong lich dl tu trong khi bat dau khai mac hihi hehe haha cam on buoi gio to chuc"
    " le lam ah uk"
)

CLOCK = re.compile(
    r"\b\d{1,2} ?(?:h|g|gio|:) ?(?:\d{1,2}(?![\d/.-])|ruoi)?(?: ?(?:phut|ph|p)\b)?(?::\d\d)?(?!\w)"
)
PART_OF_DAY = re.compile(r"\b(?:sang|trua|chieu|toi|dem|khuya|am|pm)\b")
_TYPED = words_of(
    " ".join(SPELLED) + " hom ngay thu thang gio ruoi sang chieu toi trua dem kem qua nay mai tuan"
    " truoc phut mung"
)


def without_telex(typed: str) -> str:
    """Replace raw Telex keys of the words of dates and times: "hoom qua" is "hom qua"."""
    return re.sub(r"[a-z]{3,9}", _word, typed)


def _word(found: "re.Match[str]") -> str:
    if found[0] in _TYPED:
        return found[0]
    bare = untelex(found[0])
    return bare if bare in _TYPED else found[0]


def left_over(text: str) -> bool:
    """Tell whether words remain in ``text`` (folded) that say something not understood."""
    return any(word not in POLITE for word in re.findall(r"\w+", text))
