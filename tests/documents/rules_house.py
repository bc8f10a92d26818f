"""H1 to H6, the house's own: what a headmaster may expect of a paper, and Word of a file."""

import re
from collections.abc import Iterator
from itertools import pairwise
from xml.etree import ElementTree

from tests.documents.ooxml import Paragraph, Section, Table, W
from tests.documents.paper import (
    PART,
    Paper,
    bodies,
    rule,
)

EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"


@rule("H1")
def signature_never_stands_alone(paper: Paper) -> Iterator[str]:
    if not paper.body or not paper.body[-1].keep_next:
        yield "the last line of the text does not keep with the signature"
    if not all(row.whole for row in paper.signature.rows):
        yield "the signature may be torn"
    if sum(p.before + p.after for p in paper.signature.rows[0].cells[1].paragraphs) < 1134:
        yield "there is no room for signature and seal"


@rule("H2")
def no_heading_is_empty(paper: Paper) -> Iterator[str]:
    for said in bodies(paper):
        for line, after in pairwise([*said, None]):
            if not isinstance(line, Paragraph) or not PART.match(line.text):
                continue
            if after is None or (isinstance(after, Paragraph) and PART.match(after.text)):
                yield f"nothing stands under “{line.text}”"
            if not line.keep_next:
                yield f"“{line.text}” may stand alone at the foot of a page"


def _tables(paper: Paper) -> Iterator[tuple[Section, Table]]:
    for section in paper.file.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                yield section, block


@rule("H3")
def tables(paper: Paper) -> Iterator[str]:
    for section, table in _tables(paper):
        if not all(row.whole for row in table.rows):
            yield "a row may break across pages"
        if table.width > section.text_width:
            yield "a table runs off the page"
        if any(sum(cell.width for cell in row.cells) != table.width for row in table.rows):
            yield "the cells are not as wide as the table"
        if table.ruled:
            yield from _figures(table)


def _figures(table: Table) -> Iterator[str]:
    if not table.rows[0].heading:
        yield "the heading row is not repeated"
    for row in table.rows:
        for cell in row.cells:
            for line in cell.paragraphs:
                if not line.sized(12, 13):
                    yield f"“{line.text}” in a table is not 12 to 13 points"
                if re.fullmatch(r"[\d.,]+", line.text) and line.align not in ("right", "center"):
                    yield f"the number {line.text} stands left"


@rule("H4")
def pictures(paper: Paper) -> Iterator[str]:
    for section, table in _tables(paper):
        for cell in (cell for row in table.rows for cell in row.cells):
            if any(p.pictures for p in cell.paragraphs):
                yield from _captioned(cell.paragraphs)
            for size in (size for p in cell.paragraphs for size in p.element.iter(EXTENT)):
                if int(size.get("cx", "")) > cell.width * 635:
                    yield "a photo is wider than its cell"
                if int(size.get("cy", "")) > section.text_height * 635 * 0.6:
                    yield "a photo is too high for a page"


def _captioned(lines: list[Paragraph]) -> Iterator[str]:
    if len(lines) != 2 or not lines[1].text:
        yield "a photo has no words under it"
    if not lines[0].keep_next:
        yield "a photo may be parted from its words"


ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs "
    "spacing ind contextualSpacing jc textAlignment outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps color spacing sz szCs u lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
    "style": "name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol "
    "listSeparator",
}


@rule("H5")
def elements_stand_in_the_order_of_the_standard(paper: Paper) -> Iterator[str]:
    for name, content in paper.file.parts.items():
        if not name.startswith("word/") or not name.endswith(".xml"):
            continue
        for element in ElementTree.fromstring(content).iter():
            order = ORDER.get(element.tag.removeprefix(W), "").split()
            found = [child.tag.removeprefix(W) for child in element] if order else []
            if unknown := set(found) - set(order):
                yield f"{name}: {unknown} in {element.tag}"
            elif found != sorted(found, key=order.index):
                yield f"{name}: {found}"


@rule("H6")
def parts_of_the_file_belong_together(paper: Paper) -> Iterator[str]:
    parts = paper.file.parts
    types = ElementTree.fromstring(parts["[Content_Types].xml"])
    known = {t.get("PartName", "")[1:] for t in types} | {t.get("Extension") for t in types}
    for name in parts:
        if name not in known and name.rpartition(".")[2] not in known:
            yield f"{name} is of no kind"
    relations = paper.file.relations("word/document.xml")
    yield from (f"{target} is missing" for target in relations.values() if target not in parts)
    used = set(re.findall(rb'r:(?:embed|id)="(\w+)"', parts["word/document.xml"]))
    if missing := used - {key.encode() for key in relations}:
        yield f"{missing} point nowhere"
