"""Tables of figures: a repeated heading row, columns as wide as what stands in them."""

from collections.abc import Sequence

from bot.documents.characters import clean, one_line
from bot.documents.document import Row, Table
from bot.documents.nd30_page import TEXT_WIDTH
from bot.documents.nd30_styles import CELL_MARGIN, STYLES
from bot.documents.times import text_width
from bot.documents.wordxml import cell, paragraph, row, run, table

_LEAST = 850  # twips: 15 mm, so that an empty column can be written in
_CELL_STYLES = {"left": "CellText", "center": "CellCentred", "right": "CellNumber"}


def figures(content: Table, *, keep_last: bool) -> str:
    """The table. ``keep_last``: its last row stays on the page of what follows."""
    widths = column_widths(content)
    heading = row(
        (
            cell(width, _cell("CellTitle", column.title, keep_next=True), top=False)
            for width, column in zip(widths, content.columns, strict=True)
        ),
        heading=True,
    )
    rows = [heading]
    for place, line in enumerate(content.rows, 1):
        keep = line.section or (keep_last and place == len(content.rows))
        rows.append(
            _section_row(line, widths) if line.section else _row(content, line, widths, keep)
        )
    return table("Ruled", widths, rows)


def _section_row(line: Row, widths: Sequence[int]) -> str:
    number, title = line.cells
    return row(
        [
            cell(widths[0], _cell("CellSectionNumber", number, keep_next=True), top=False),
            cell(
                sum(widths[1:]),
                _cell("CellSection", title, keep_next=True),
                span=len(widths) - 1,
                top=False,
            ),
        ]
    )


def _row(content: Table, line: Row, widths: Sequence[int], keep: bool) -> str:
    return row(
        cell(width, _cell(_CELL_STYLES[column.align], text, keep_next=keep), top=False)
        for width, column, text in zip(widths, content.columns, line.cells, strict=True)
    )


def _cell(style: str, text: str, *, keep_next: bool) -> str:
    """A paragraph for each line of ``text``; a cell has at least one."""
    return "".join(
        paragraph(style, run(line) if line else "", keep_next=keep_next)
        for line in clean(text).split("\n")
    )


def column_widths(content: Table) -> list[int]:
    """Twips for each column: its longest word always fits, the rest goes where text is long."""
    needs = [_need(content, place) for place in range(len(content.columns))]
    least = [need[0] for need in needs]
    wanted = [need[1] for need in needs]
    spare = TEXT_WIDTH - sum(least)
    if spare <= 0:  # too many columns: words will break, but nothing runs off the page
        widths = [width * TEXT_WIDTH // sum(least) for width in least]
    elif spare >= (more := sum(wanted) - sum(least)):
        widths = list(wanted)
    else:
        widths = [
            small + (large - small) * spare // more
            for small, large in zip(least, wanted, strict=True)
        ]
    widest = widths.index(max(widths))
    widths[widest] += TEXT_WIDTH - sum(widths)
    return widths


def _need(content: Table, place: int) -> tuple[int, int]:
    """The least and the wanted width of a column, in twips."""
    column = content.columns[place]
    texts = [one_line(line.cells[place]) for line in content.rows if not line.section]
    least = max(_LEAST if place else 0, *map(_longest_word, [column.title, *texts]))
    wanted = max(least, *(_room(text) for text in [column.title, *texts]))
    if column.align == "right":
        least = max([least, *map(_room, texts)])
    return min(least, TEXT_WIDTH), min(max(least, wanted), TEXT_WIDTH)


def _longest_word(text: str) -> int:
    return max((_room(word) for word in text.split()), default=0)


def _room(text: str) -> int:
    size = STYLES["CellTitle"].points
    return text_width(text, size, bold=True) + 2 * CELL_MARGIN + 40
