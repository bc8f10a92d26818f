"""An official document before it is laid out: what it says, not how it looks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

VIETNAMESE_ALPHABET = "abcdđeghiklmnopqrstuvxy"  # the letters that number points


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands above the text. Names are in usual capitals; the layout raises them."""

    superior: str  # the body above the issuing one, e.g. "UBND huyện Thủ Thừa"
    issuer: str  # the full official name
    number: str = ""  # "": the clerk writes it after the signature
    symbol: str = ""  # of the issuer, e.g. "THTT"; the kind of paper goes before it
    place: str = ""
    date: str = ""  # "2023-10-05", or as much as is known: "2023-10", "2023", ""
    document_type: str = "BÁO CÁO"
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """I. A HEADING."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """1. A heading, or a statement when nothing follows under it."""

    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """a) A statement."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; each line of ``text`` is one of its own."""

    text: str


@dataclass(frozen=True, slots=True)
class Dash:
    """- A statement."""

    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. The widest takes what the others leave."""

    title: str
    align: str = "left"  # "left", "center" or "right"
    share: int = 0  # of the width, in hundredths; 0: what is left, shared equally


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; the cells of a section are its number and its title."""

    cells: tuple[str, ...]
    section: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a heading row."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that may be shown."""

    key: str  # as kept in the file store
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Photos:
    """Photos that stand together, in their order."""

    photos: tuple[Photo, ...]


Block = Part | Item | Point | Text | Dash | Table | Photos


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs. ``authority`` is the line above the title of a deputy: "KT. HIỆU TRƯỞNG"."""

    title: str
    name: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Appendix:
    """A part with pages of its own, numbered from 1."""

    title: str
    body: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """All that a paper says, in the order of the paper."""

    letterhead: Letterhead
    body: tuple[Block, ...]
    signature: Signature
    addressees: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()  # Nơi nhận; without dashes and full stops
    appendices: tuple[Appendix, ...] = ()


def numbered(body: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Each block with its number as it is printed ("I.", "1.", "a)", "-"), or ""."""
    part = item = point = 0
    for block in body:
        match block:
            case Part():
                part, item, point = part + 1, 0, 0
                yield f"{roman(part)}.", block
            case Item():
                item, point = item + 1, 0
                yield f"{item}.", block
            case Point():
                point += 1
                yield f"{letters(point)})", block
            case Dash():
                yield "-", block
            case _:
                yield "", block


def roman(number: int) -> str:
    """Roman numerals, from 1 to 89."""
    tens, ones = divmod(number, 10)
    ten = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX"][tens]
    return ten + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][ones]


def letters(number: int) -> str:
    """A letter of the Vietnamese alphabet (a, b, c, d, đ, e, g …); after y come aa, ab …."""
    more, last = divmod(number - 1, len(VIETNAMESE_ALPHABET))
    return (VIETNAMESE_ALPHABET[more - 1] if more else "") + VIETNAMESE_ALPHABET[last]


def appendix_label(index: int, count: int) -> str:
    """ "Phụ lục", with a Roman numeral when there are several. ``index`` starts at 0."""
    return f"Phụ lục {roman(index + 1)}" if count > 1 else "Phụ lục"
