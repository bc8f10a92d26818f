"""Reads a Word file without python-docx: what each paragraph and run looks like in the end.

Direct formatting is laid over the style, the style over the one it is based on, and all of
that over the document's defaults, as ECMA-376 says (17.7.2).
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

Element = ElementTree.Element
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SCRIPTS = ("ascii", "hAnsi", "eastAsia", "cs")


def value(element: Element | None, name: str = "val", default: str = "") -> str:
    return default if element is None else element.get(W + name, default)


def on(element: Element | None) -> bool:
    return element is not None and value(element, default="1") not in ("0", "false", "off")


def number(element: Element | None, name: str = "val", default: int = 0) -> int:
    return int(value(element, name) or default)


def properties(parent: Element | None) -> dict[str, Element]:
    return {} if parent is None else {child.tag.removeprefix(W): child for child in parent}


def laid_over(*layers: dict[str, Element]) -> dict[str, Element]:
    """Later layers win; of w:ind, w:spacing and w:rFonts each attribute for itself."""
    result: dict[str, Element] = {}
    for layer in layers:
        for name, element in layer.items():
            below = result.get(name)
            if below is not None and name in ("ind", "spacing", "rFonts"):
                merged = ElementTree.Element(element.tag, below.attrib | element.attrib)
                result[name] = merged
            else:
                result[name] = element
    return result


@dataclass
class Run:
    text: str
    look: dict[str, Element]

    @property
    def bold(self) -> bool:
        return on(self.look.get("b"))

    @property
    def italic(self) -> bool:
        return on(self.look.get("i"))

    @property
    def points(self) -> float:
        return number(self.look.get("sz"), default=20) / 2

    @property
    def fonts(self) -> set[str]:
        fonts = self.look.get("rFonts")
        return {value(fonts, script) for script in SCRIPTS}

    @property
    def color(self) -> str:
        return value(self.look.get("color"), default="auto")


@dataclass
class Paragraph:
    element: Element
    look: dict[str, Element]
    runs: list[Run]
    styled: Run  # a run without formatting of its own: the look of the style
    pictures: int = 0

    @property
    def text(self) -> str:
        """What is read; a broken line reads as a space."""
        return " ".join("".join(run.text for run in self.runs).split(" ")).strip()

    @property
    def align(self) -> str:
        return value(self.look.get("jc"), default="left")

    @property
    def first_line(self) -> int:
        ind = self.look.get("ind")
        return number(ind, "firstLine") - number(ind, "hanging")

    @property
    def left(self) -> int:
        return number(self.look.get("ind"), "left")

    @property
    def right(self) -> int:
        return number(self.look.get("ind"), "right")

    @property
    def before(self) -> int:
        return number(self.look.get("spacing"), "before")

    @property
    def after(self) -> int:
        return number(self.look.get("spacing"), "after")

    @property
    def line(self) -> tuple[int, str]:
        spacing = self.look.get("spacing")
        return number(spacing, "line", 240), value(spacing, "lineRule", "auto")

    @property
    def keep_next(self) -> bool:
        return on(self.look.get("keepNext"))

    @property
    def ruled(self) -> bool:
        borders = properties(self.look.get("pBdr"))
        return any(value(borders.get(side)) == "single" for side in ("top", "bottom"))

    def all(self, name: str, wanted: object) -> bool:
        return all(getattr(run, name) == wanted for run in self.runs or [self.styled])

    def sized(self, least: float, most: float) -> bool:
        return all(least <= run.points <= most for run in self.runs or [self.styled])

    @property
    def upper(self) -> bool:
        return all(r.text == r.text.upper() or on(r.look.get("caps")) for r in self.runs)


@dataclass
class Cell:
    width: int
    paragraphs: list[Paragraph]
    left: int = 0  # from the left edge of the table
    style: str = ""


@dataclass
class Row:
    cells: list[Cell]
    heading: bool
    whole: bool  # never broken across pages


@dataclass
class Table:
    element: Element
    style: str
    width: int
    rows: list[Row]
    ruled: bool

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        for row in self.rows:
            for cell in row.cells:
                yield from cell.paragraphs


Block = Paragraph | Table


@dataclass
class Section:
    blocks: list[Block]
    properties: dict[str, Element]
    element: Element
    headers: dict[str, "Header"] = field(default_factory=dict)

    @property
    def text_width(self) -> int:
        size, margins = self.properties.get("pgSz"), self.properties.get("pgMar")
        return number(size, "w") - number(margins, "left") - number(margins, "right")

    @property
    def text_height(self) -> int:
        size, margins = self.properties.get("pgSz"), self.properties.get("pgMar")
        return number(size, "h") - number(margins, "top") - number(margins, "bottom")

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """All of them, those in tables too."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield from block.paragraphs
            else:
                yield block


@dataclass
class Header:
    paragraphs: list[Paragraph]
    fields: list[str]


class WordFile:
    """A DOCX opened for reading."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.entries = archive.infolist()
            self.parts = {entry.filename: archive.read(entry) for entry in self.entries}
        styles = ElementTree.fromstring(self.parts["word/styles.xml"])
        self.styles = {value(s, "styleId"): s for s in styles.iter(W + "style")}
        self.defaults_run = properties(styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        self.defaults_paragraph = properties(styles.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr"))
        self._default_style = next(
            key
            for key, style in self.styles.items()
            if value(style, "type") == "paragraph" and value(style, "default") == "1"
        )
        self.document = ElementTree.fromstring(self.parts["word/document.xml"])
        body = self.document.find(W + "body")
        assert body is not None
        self.sections = list(self._sections(body))

    def relations(self, part: str) -> dict[str, str]:
        """Relation id to the name of the part it points to."""
        folder, name = posixpath.split(part)
        tree = ElementTree.fromstring(self.parts[f"{folder}/_rels/{name}.rels"])
        return {
            r.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, r.get("Target", "")))[
                1:
            ]
            for r in tree
        }

    def _sections(self, body: Element) -> Iterator[Section]:
        blocks: list[Block] = []
        for child in body:
            if child.tag == W + "sectPr":
                yield self._section(blocks, child)
            elif child.tag == W + "tbl":
                blocks.append(self._table(child))
            elif child.tag == W + "p":
                blocks.append(self.paragraph(child))
                end = child.find(f"{W}pPr/{W}sectPr")
                if end is not None:
                    yield self._section(blocks, end)
                    blocks = []

    def _section(self, blocks: list[Block], element: Element) -> Section:
        section = Section(blocks, properties(element), element)
        relations = self.relations("word/document.xml")
        for reference in element.findall(W + "headerReference"):
            part = relations[reference.get(R + "id", "")]
            section.headers[value(reference, "type")] = self._header(part)
        return section

    def _header(self, part: str) -> Header:
        root = ElementTree.fromstring(self.parts[part])
        fields = [value(f, "instr") for f in root.iter(W + "fldSimple")]
        fields += [f.text or "" for f in root.iter(W + "instrText")]
        return Header(
            [self.paragraph(p) for p in root.iter(W + "p")], [f.strip().split()[0] for f in fields]
        )

    def paragraph(self, element: Element) -> Paragraph:
        own = properties(element.find(W + "pPr"))
        chain = self._chain(value(own.get("pStyle")) or self._default_style)
        look = laid_over(
            self.defaults_paragraph, *(properties(s.find(W + "pPr")) for s in chain), own
        )
        base = [self.defaults_run, *(properties(s.find(W + "rPr")) for s in chain)]
        runs = []
        for run in element.iter(W + "r"):
            text = "".join(
                (t.text or "") if t.tag == W + "t" else ""
                for t in run
                if t.tag in (W + "t", W + "br")
            )
            own_run = properties(run.find(W + "rPr"))
            named = self._chain(value(own_run.get("rStyle"))) if "rStyle" in own_run else []
            layers = [*base, *(properties(s.find(W + "rPr")) for s in named), own_run]
            if text:
                runs.append(Run(text, laid_over(*layers)))
        pictures = len(list(element.iter(W + "drawing")))
        return Paragraph(element, look, runs, Run("", laid_over(*base)), pictures)

    def _chain(self, style: str) -> list[Element]:
        """The style after those it is based on."""
        chain: list[Element] = []
        while style:
            element = self.styles[style]
            chain.insert(0, element)
            style = value(element.find(W + "basedOn"))
        return chain

    def _table(self, element: Element) -> Table:
        props = properties(element.find(W + "tblPr"))
        style = value(props.get("tblStyle"))
        layers = [properties(s.find(W + "tblPr")) for s in self._chain(style)] if style else []
        look = laid_over(*layers, props)
        rows = [self._row(row) for row in element.findall(W + "tr")]
        return Table(element, style, number(props.get("tblW"), "w"), rows, "tblBorders" in look)

    def _row(self, element: Element) -> Row:
        props = properties(element.find(W + "trPr"))
        cells = []
        left = 0
        for cell in element.findall(W + "tc"):
            width = number(properties(cell.find(W + "tcPr")).get("tcW"), "w")
            cells.append(Cell(width, [self.paragraph(p) for p in cell.findall(W + "p")], left))
            left += width
        return Row(cells, on(props.get("tblHeader")), on(props.get("cantSplit")))
