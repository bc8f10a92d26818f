"""Vietnamese writing as it arrives from phones: accents, Telex, emoji; what all readers share."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

MOST_OPTIONS = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reply was understood to say.

    ``value`` is canonical, "" when there is none. ``sure`` false with a value: show it and ask
    whether it is right. ``options`` are several meanings, likeliest first: ask which.
    Neither value nor options: not understood; ask again. (Only from several choices: ``sure``
    with an empty value says that the person wants none of them.)
    """

    value: str = ""
    sure: bool = False
    options: tuple[str, ...] = ()


NOTHING = Reading()


def either(values: Iterable[str]) -> Reading:
    """Ask which of ``values`` is meant: confirm a single one, give up when there are too many."""
    distinct = tuple(dict.fromkeys(values))
    if len(distinct) == 1:
        return Reading(distinct[0])
    return Reading(options=distinct) if 1 < len(distinct) <= MOST_OPTIONS else NOTHING


def doubt(reading: Reading) -> Reading:
    """Return the same reading, to be confirmed."""
    return Reading(reading.value, False, reading.options)


def words_of(text: str) -> frozenset[str]:
    """Return the words of ``text``; so word lists can be written as lines."""
    return frozenset(text.split())


def in_order(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` in their order."""
    return tuple(text.split())


class _Bare(dict[int, int | None]):
    """What ``str.translate`` makes of a letter: nothing of an accent, d of đ; kept once found."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if _mark(chr(code)) else code
        return self[code]


_BARE = _Bare({ord("đ"): ord("d")})


@lru_cache(maxsize=1024)  # the labels of buttons, and what was just typed, are folded often
def fold(text: str) -> str:
    """Return ``text`` without accents and capitals, with single spaces: "Đã Có " -> "da co"."""
    bare = unicodedata.normalize("NFD", text.casefold()).translate(_BARE)
    return " ".join(unicodedata.normalize("NFC", bare).split())


def fold_in_place(text: str) -> str:
    """Fold each letter of an NFC ``text`` alone, so that positions stay the same."""
    return "".join(map(_fold_letter, text))


@lru_cache(maxsize=4096)
def _fold_letter(letter: str) -> str:
    bare = fold(letter)
    return bare if len(bare) == 1 else letter


def _mark(character: str) -> bool:
    return unicodedata.category(character) == "Mn"


_EMOTICON = re.compile(
    r"(?<!\S)(?:[:;]-?[)(DPpvV3]+|[xX]D+|<3|:>|\)\)+|-_+-|T_T)(?!\S)"
    r"|[:;=]-?\)+|:['’]?\(+|\^_?\^"  # noqa: RUF001
)
_SIGNS = str.maketrans(
    {
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        **dict.fromkeys("‐‑‒–—−", "-"),  # noqa: RUF001
        **dict.fromkeys("“”\"'‘’«»`´", " "),  # noqa: RUF001
        **dict.fromkeys("²³", " "),
        "×": "x",
        "₫": " đ ",
        "…": " ... ",
        "≈": "~",
        "∼": "~",  # noqa: RUF001
        "\\": "/",
        "，": ",",  # noqa: RUF001
        "．": ".",  # noqa: RUF001
        "：": ":",  # noqa: RUF001
    }
)


def plain(text: str) -> str:
    """Return ``text`` in NFC and lower case, without emoji, emoticons and quotation marks."""
    cleaned = _EMOTICON.sub(" ", unicodedata.normalize("NFC", text))
    cleaned = unicodedata.normalize("NFC", cleaned.casefold()).translate(_SIGNS)
    kept = "".join(" " if _decoration(character) else character for character in cleaned)
    return " ".join(kept.replace("\ufe0f", "").replace("\u20e3", "").split())


@lru_cache(maxsize=4096)
def _decoration(character: str) -> bool:
    if character.isascii() or character in "\ufe0f\u20e3":
        return False
    return unicodedata.category(character) in {"So", "Sk", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Cc"}


@lru_cache(maxsize=4096)
def _accents(word: str) -> Counter[str]:
    """Return the accents of a word, wherever they stand ("hoà" and "hòa" are the same)."""
    decomposed = unicodedata.normalize("NFD", word)
    return Counter(character for character in decomposed if _mark(character) or character == "đ")


class Lexicon:
    """Words by meaning, found also when accents are missing, never when they are others.

    "triêu" is "triệu" and "tu" may be "tư" or "từ", but "từ" is not "tư".
    """

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self._words: dict[str, list[tuple[str, str]]] = {}
        for meaning, words in meanings.items():
            for word in words.split():
                self._words.setdefault(fold(word), []).append((word, meaning))

    def __call__(self, word: str) -> frozenset[str]:
        """Return every meaning ``word`` (as ``plain`` leaves it) may have."""
        accents = _accents(word)
        entries = self._words.get(fold(word), ())
        exact = {meaning for known, meaning in entries if known == word}
        if exact and accents:
            return frozenset(exact)
        return frozenset(meaning for known, meaning in entries if accents <= _accents(known))

    def __contains__(self, word: str) -> bool:
        return bool(self(word))


_TELEX_SYLLABLE = re.compile(r"([bcdghklmnpqrstvx]*)([aeiouyw][a-z]*)")
_DOUBLED = re.compile(r"([aeo])\1+")


def untelex(word: str) -> str:
    """Return the folded word behind raw Telex keys ("khoong" -> "khong"), or "" when it is none."""
    found = _TELEX_SYLLABLE.fullmatch(word)
    if not found:
        return ""
    onset, rest = found[1].replace("dd", "d"), found[2]
    if rest.startswith("w"):
        rest = "u" + rest[1:]
    bare = onset + _DOUBLED.sub(r"\1", re.sub(r"[sfrxjw]", "", rest))
    bare = re.sub(r"([aeo])([a-z]+)\1$", r"\1\2", bare)
    return bare if bare != word else ""
