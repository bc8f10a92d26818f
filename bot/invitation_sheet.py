"""Invitations as a sheet to print and cut up."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import segno
from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.table import (
    WD_CELL_VERTICAL_ALIGNMENT,
    WD_ROW_HEIGHT_RULE,
    WD_TABLE_ALIGNMENT,
)
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from bot.chat import Way
from bot.texts import Texts

_FONT = "Times New Roman"
_ACROSS, _DOWN = 2, 4  # cards of a page
_MARGIN = Mm(8)
_CARD_WIDTH, _CARD_HEIGHT = Mm(97), Mm(68)  # of an A4 page within its margins
_QR, _QR_OF_SEVERAL = Mm(22), Mm(20)
_SIZES = ((26, 14.0), (44, 12.0), (200, 10.0))  # a name of so many letters: points


@dataclass(frozen=True, slots=True)
class Card:
    """One invitation as it is printed."""

    office: str
    unit: str
    role: str  # reporter | head | officer
    code: str
    link: str
    valid_until: str
    ways: tuple[Way, ...] = ()  # beside the web address


def sheet(cards: Sequence[Card], words: Texts) -> bytes:
    """Return the cards as a Word document to print: A4, eight a page, lines to cut along."""
    document = Document()
    _page(document)
    rows = -(-len(cards) // _ACROSS)
    table = document.add_table(rows, _ACROSS)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _cut_lines(table._tbl)
    for place, row in enumerate(table.rows):
        row.height, row.height_rule = _CARD_HEIGHT, WD_ROW_HEIGHT_RULE.EXACTLY
        for cell, card in zip(row.cells, cards[place * _ACROSS :], strict=False):
            cell.width, cell.vertical_alignment = _CARD_WIDTH, WD_CELL_VERTICAL_ALIGNMENT.CENTER
            _draw(cell, card, words)
    # Word wants a paragraph behind a table; a line high, it would begin a blank page.
    document.add_paragraph().paragraph_format.line_spacing = Pt(1)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _page(document: DocxDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    section.header_distance = section.footer_distance = Mm(4)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = Pt(0)
    document.core_properties.author = ""


def _cut_lines(table: Any) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "dashed"), ("sz", "4"), ("space", "0"), ("color", "999999")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table.tblPr.append(borders)


def _no_margins(table: Any) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table.tblPr.append(margins)


def _draw(cell: _Cell, card: Card, words: Texts) -> None:
    first = cell.paragraphs[0]
    first.paragraph_format.space_before = Pt(2 if card.ways else 6)
    _write(first, card.office, 9.5)
    points = next(points for letters, points in _SIZES if len(card.unit) <= letters)
    _write(cell.add_paragraph(), card.unit.upper(), points, bold=True)
    if card.ways:
        _draw_ways(cell, card, words)
        _write(cell.add_paragraph(), words("sheet-open", link=card.link), 8.5)
    else:
        picture = cell.add_paragraph()
        picture.alignment = WD_ALIGN_PARAGRAPH.CENTER
        picture.paragraph_format.space_before = Pt(3)
        picture.add_run().add_picture(_qr(card.link), width=_QR)
        _write(cell.add_paragraph(), card.code, 17, bold=True)
        _write(cell.add_paragraph(), words("sheet-scan", link=card.link), 8.5)
        _write(cell.add_paragraph(), words("sheet-say", code=card.code), 8.5)
    role = words(f"role-{card.role}")
    until = words("sheet-until", role=role, day=card.valid_until)
    _write(cell.add_paragraph(), until, 8.5, italic=True)


def _draw_ways(cell: _Cell, card: Card, words: Texts) -> None:
    """Draw a code to scan for each way, side by side, with what to do then under each."""
    start = card.code.replace("-", "")
    columns = [(words("sheet-web"), card.link, words("sheet-then-web"))]
    for way in card.ways:
        then = "sheet-then-open" if way.brings_code else "sheet-then-say"
        columns.append((way.name, way.link(start), words(then, code=card.code)))
    table = cell.add_table(1, len(columns))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _no_margins(table._tbl)
    for place, (name, link, then) in zip(table.rows[0].cells, columns, strict=True):
        place.width = Mm(93 // len(columns))
        _write(place.paragraphs[0], name, 10, bold=True)
        picture = place.add_paragraph()
        picture.alignment = WD_ALIGN_PARAGRAPH.CENTER
        picture.add_run().add_picture(_qr(link), width=_QR_OF_SEVERAL)
        _write(place.add_paragraph(), then, 8.5)
    # python-docx ends a cell with a paragraph, as Word demands: the code stands in it.
    _write(cell.paragraphs[-1], card.code, 14, bold=True)


def _write(
    paragraph: Paragraph, text: str, size: float, *, bold: bool = False, italic: bool = False
) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic


def _qr(link: str) -> io.BytesIO:
    picture = io.BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="png", scale=8, border=1)
    picture.seek(0)
    return picture
