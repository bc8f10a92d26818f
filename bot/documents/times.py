"""How wide text is in Times New Roman, so that a rule under it gets the length the decree asks."""

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

UNITS = 2048  # to the em, as in the font's own files

_REGULAR = {
    369: "'",
    410: "|",
    512: " ,.",
    569: "/:;\\ijlt",
    682: "!()-I[]`fr‘’",  # noqa: RUF001
    797: "Js",
    819: "°",
    836: '"',
    909: "?acez“”",
    961: "^",
    983: "{}",
    1024: "#$*0123456789_bdghknopquvxyđ–",
    1083: "ơ",
    1110: "ư~",
    1139: "FPS",
    1155: "+<=>×",
    1251: "ELTZ",
    1366: "BCR",
    1479: "ADGHKNOQUVXYwĐƠ",
    1589: "&mƯ",
    1706: "%",
    1821: "M",
    1886: "@",
    1933: "W",
    2048: "—…",
}
_BOLD = {
    451: "|",
    512: " ,.",
    569: "'/\\il",
    682: "!()-:;[]`fjt‘’",  # noqa: RUF001
    797: "Is{}°",
    909: "cerz",
    1024: "#$*0123456789?J_agovxy–“”",
    1065: "~",
    1134: '"ơ',
    1139: "Sbdhknpquđ",
    1167: "+<=>×",
    1229: "^ư",
    1251: "FP",
    1366: "BELTZ",
    1479: "ACDNRUVXYwĐ",
    1593: "GHKOQƠ",
    1630: "Ư",
    1706: "&m",
    1905: "@",
    1933: "M",
    2048: "%W—…",
}
_HORN = "\u031b"
_UNKNOWN = 1366  # a letter that is in neither table, such as a foreign one

# Words that stay together at the end of a line of a name in capitals.
_COMPOUNDS = {
    ("TIỂU", "HỌC"),
    ("TRUNG", "HỌC"),
    ("CƠ", "SỞ"),
    ("PHỔ", "THÔNG"),
    ("MẦM", "NON"),
    ("MẪU", "GIÁO"),
    ("DÂN", "TỘC"),
    ("BÁN", "TRÚ"),
    ("NỘI", "TRÚ"),
    ("GIÁO", "DỤC"),
    ("ĐÀO", "TẠO"),
    ("TRUNG", "TÂM"),
    ("ỦY", "BAN"),
    ("NHÂN", "DÂN"),
}

_COUNTED = {"NGÀY", "THÁNG", "NĂM", "SỐ", "KHÓA"}  # and the number behind them


class _Widths(dict[str, int]):
    """Advance widths by letter, and by accented letter as they are met."""

    def __init__(self, table: dict[int, str]) -> None:
        super().__init__((letter, width) for width, letters in table.items() for letter in letters)

    def __missing__(self, character: str) -> int:
        """Accents take no room; only the horn of ơ and ư does."""
        parts = unicodedata.normalize("NFD", character)
        plain = unicodedata.normalize("NFC", parts[0] + _HORN) if _HORN in parts else parts[0]
        width = self[character] = self.get(plain, _UNKNOWN)
        return width


_WIDTHS = {False: _Widths(_REGULAR), True: _Widths(_BOLD)}


def text_width(text: str, points: float, *, bold: bool = False) -> int:
    """The width of one line of ``text`` in twips (1440 to the inch)."""
    return round(sum(map(_WIDTHS[bold].__getitem__, text)) * points * 20 / UNITS)


def filled_lines(text: str, width: int, points: float, *, bold: bool = False) -> list[str]:
    """``text`` broken into lines at most ``width`` twips wide, as a word processor breaks it."""
    broken: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and text_width(longer, points, bold=bold) > width:
            broken.append(line)
            line = word
        else:
            line = longer
    return [*broken, line]


def even_lines(text: str, width: int, points: float, *, bold: bool = False) -> list[str]:
    """``text`` in few lines, none wider than ``width``, about equally long.

    A compound is torn only where keeping it whole would cost more than one line; a word wider
    than ``width`` gets a line of its own.
    """
    words = text.split(" ")
    space = text_width(" ", points, bold=bold)
    if text_width(text, points, bold=bold) <= width:
        return [text]
    sizes = [text_width(word, points, bold=bold) for word in words]
    torn_before = [_torn(before, after) for before, after in pairwise(["", *words])]
    # best[n]: lines and torn compounds, these alone, unevenness of n words, and the last break
    best: list[tuple[int, int, int, int]] = [(0, 0, 0, 0)]
    for end in range(1, len(words) + 1):
        best.append(
            min(
                (cost + 1 + torn_here, torn + torn_here, uneven + size * size, start)
                for start, size in _last_lines(sizes, space, end, width)
                for cost, torn, uneven, _ in best[start : start + 1]
                for torn_here in torn_before[start : start + 1]
            )
        )
    broken: list[str] = []
    end = len(words)
    while end:
        start = best[end][3]
        broken.append(" ".join(words[start:end]))
        end = start
    return broken[::-1]


def _last_lines(sizes: list[int], space: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    """Where a line that ends before word ``end`` may start, and how wide it is then."""
    size = -space
    for start in range(end - 1, -1, -1):
        size += sizes[start] + space
        if size > width and start < end - 1:
            return
        yield start, size


def _torn(before: str, after: str) -> int:
    before, after = before.upper(), after.upper()
    return int((before, after) in _COMPOUNDS or (before in _COUNTED and after[:1].isdecimal()))
