"""The text of a paper and of its appendices (box 6)."""

from collections.abc import Sequence

from bot.documents.characters import clean, one_line, without_end
from bot.documents.document import (
    Block,
    Dash,
    Item,
    Part,
    Photos,
    Point,
    Table,
    Text,
    numbered,
)
from bot.documents.nd30_photos import Album
from bot.documents.nd30_tables import figures
from bot.documents.vietnamese import upper
from bot.documents.wordxml import paragraph, run

END = "./."  # closes a text and each appendix


def body(blocks: Sequence[Block], album: Album) -> str:
    """The blocks as XML, closed with "./."; the end keeps with what follows it.

    A paragraph must follow: the last thing may be a table.
    """
    said = [block for block in blocks if _says_something(block)]
    return "".join(
        _block(number, block, said[place + 1 : place + 2], album)
        for place, (number, block) in enumerate(numbered(said))
    )


def _says_something(block: Block) -> bool:
    match block:
        case Table():
            return bool(block.rows)
        case Photos():
            return bool(block.photos)
        case _:
            return bool(clean(block.text))


def _block(number: str, block: Block, following: Sequence[Block], album: Album) -> str:
    """``following`` is the block after this one, if any."""
    last = not following
    match block:
        case Table():
            below = paragraph("Closing", run(END), keep_next=True) if last else paragraph("Gap")
            return figures(block, keep_last=last) + below
        case Photos():
            shown = album.show(block.photos, end=END if last else "")
            return shown if last else shown + paragraph("Gap")
        case Part():
            return _line("Part", f"{number} {upper(one_line(block.text))}", last, keep=True)
        case Item():
            heads = bool(following) and not isinstance(following[0], Part | Item)
            style = "Item" if heads else "BodyText"
            return _line(style, f"{number} {one_line(block.text)}", last, keep=heads)
        case Point() | Dash() | Text():
            return _paragraphs(number, block.text, last)


def _paragraphs(number: str, text: str, last: bool) -> str:
    """One paragraph for each line that was typed; a line that announces others keeps with them."""
    typed = clean(text).split("\n")
    typed[0] = f"{number} {typed[0]}" if number else typed[0]
    return "".join(
        _line("BodyText", line, last and place == len(typed), keep=line.endswith(":"))
        for place, line in enumerate(typed, 1)
    )


def _line(style: str, text: str, last: bool, *, keep: bool) -> str:
    if last:
        text = without_end(text) + END
    return paragraph(style, run(text), keep_next=keep or last)
