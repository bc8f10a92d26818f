"""Finds what an author has written between braces in a Word file, however Word has torn it.

Word cuts a line into runs wherever the spelling, the proofing or an old edit changes, so a tag
such as ``{{ so_lop }}`` may lie in pieces. Here each tag is put together again, gets its place (for
the words of a fault) and is lifted out to where it belongs: around a paragraph, or a table's row.
What stays in the XML are marks, ``<?tag 17?>``; nothing else of the file is ever taken for a tag.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

import regex
from lxml import etree

from bot.documents.word_faults import Place, TemplateFault

LONGEST_TAG: Final = 500  # characters
MOST_TAGS: Final = 3_000  # of one part of the file

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_START: Final = regex.compile(r"\{[{%#]")
_ENDS: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}
_STRAY: Final = regex.compile(r"\{\{|\}\}|\{%|%\}")
_EXCEL_STYLE: Final = regex.compile(r"\$\{\s{0,9}([^{}]{1,60}?)\s{0,9}\}")
_PREFIX: Final = regex.compile(r"^(?:p|tr)\s+(?=\w)")  # docxtpl's own words for where a tag goes
_CONTROL: Final = regex.compile(r"^[-+]?(.*?)[-+]?$")  # of the blanks around: none here
_QUOTES: Final = str.maketrans("“”‘’„", '""\'\'"')  # noqa: RUF001
_OPENERS: Final = {"for": "endfor", "if": "endif"}
_BETWEEN: Final = ("else", "elif")
_QUOTED: Final = 70  # characters of a paragraph, in a fault

Element = Any  # lxml-stubs know only half of what is used here


@dataclass(slots=True, eq=False)
class Tag:
    """One ``{{ … }}`` or ``{% … %}``."""

    number: int
    kind: str  # output, comment, or the word a statement begins with: for, if, endif …
    text: str  # without braces
    place: Place
    paragraph: Element
    mark: Element
    width: int = 0  # twips of the cell it stands in, where that is known
    level: str = "line"  # what it stands around: words of a line, paragraphs, rows

    @property
    def shown(self) -> str:
        """As the author wrote it."""
        return f"{{{{ {self.text} }}}}" if self.kind == "output" else f"{{% {self.text} %}}"


@dataclass(slots=True)
class TaggedPart:
    """The XML of a body, a header or the footnotes, with its tags and what is wrong with them."""

    root: Element
    tags: list[Tag] = field(default_factory=list)
    faults: list[TemplateFault] = field(default_factory=list)


def tagged(xml: str, part: str) -> TaggedPart:
    """Find the tags of a part and lift them to where they belong.

    Raises:
        etree.XMLSyntaxError: it is no XML, or more of it than any letter has.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    found = TaggedPart(etree.fromstring(xml.encode(), parser=parser))
    for mark in found.root.xpath("//processing-instruction()"):  # none but ours
        _take_out(mark)
    finder = _Finder(found.root, part)
    for paragraph in finder.paragraphs:
        _read_paragraph(paragraph, finder, found)
        if len(found.tags) + len(found.faults) > MOST_TAGS:
            found.faults.append(TemplateFault("template-too-large"))
            return found
    _lift(found)
    return found


# -- one paragraph


def _read_paragraph(paragraph: Element, finder: "_Finder", found: TaggedPart) -> None:
    pieces = [(one, one.text or "") for one in _own(paragraph, f"{_W}t")]
    text = "".join(piece for _, piece in pieces)
    if "{" not in text and "}" not in text:
        return
    tags: list[tuple[int, int, Tag]] = []
    rest, behind = "", 0
    for start, end in islice(_spans(text), MOST_TAGS + 1):
        place = finder.place(paragraph, text, start)
        tag = _tag(text[start:end], len(found.tags) + 1, place, paragraph)
        tags.append((start, end, tag))
        found.tags.append(tag)
        rest += text[behind:start] + "\0" * (end - start)
        behind = end
    rest += text[behind:]
    for pattern, key in ((_STRAY, "template-brace"), (_EXCEL_STYLE, "template-dollar")):
        for match in islice(pattern.finditer(rest), MOST_TAGS):
            place = finder.place(paragraph, text, match.start())
            right = f"{{{{ {match[1] if pattern is _EXCEL_STYLE else '…'} }}}}"
            found.faults.append(_fault(key, place, tag=match[0], right=right))
    _place_marks(pieces, tags)


def _fault(key: str, place: Place, **words: str) -> TemplateFault:
    return TemplateFault(key, place, tuple(words.items()))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where tags stand; what is longer than any tag is none."""
    at = 0
    while (match := _START.search(text, at)) is not None:
        start = match.start()
        end = text.find(_ENDS[match[0]], start + 2, start + LONGEST_TAG)
        at = end + 2 if end >= 0 else start + 1
        if end >= 0:
            yield start, end + 2


def _tag(written: str, number: int, place: Place, paragraph: Element) -> Tag:
    text = "".join(" " if c.isspace() else c for c in written[2:-2].translate(_QUOTES))
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cc", "Co", "Cs"))
    text = unicodedata.normalize("NFC", _PREFIX.sub("", _CONTROL.sub(r"\1", text).strip()))
    kinds = {"{": "output", "#": "comment", "%": text.partition(" ")[0]}
    mark = etree.ProcessingInstruction("tag", str(number))
    return Tag(number, kinds[written[1]], text, place, paragraph, mark, _cell_width(paragraph))


def _place_marks(pieces: list[tuple[Element, str]], tags: list[tuple[int, int, Tag]]) -> None:
    """Put each tag's mark where the tag began, and take its letters out of every piece."""
    start = 0
    for element, piece in pieces:
        end = start + len(piece)
        at, last = start, None
        element.text = ""
        for first, behind, tag in tags:
            if behind <= start or first >= end:
                continue
            if first >= start:
                _append(element, last, piece[at - start : first - start])
                element.append(tag.mark)
                last = tag.mark
            at = max(at, min(behind, end))
        _append(element, last, piece[at - start :])
        element.set(_SPACE, "preserve")
        start = end


def _append(element: Element, last: Element | None, text: str) -> None:
    if last is None:
        element.text = (element.text or "") + text
    else:
        last.tail = (last.tail or "") + text


def _own(paragraph: Element, tag: str) -> Iterator[Element]:
    """What stands in a paragraph itself, not in one of a text box inside it."""
    for one in paragraph.iter(tag):
        if next(one.iterancestors(f"{_W}p")) is paragraph:
            yield one


class _Finder:
    """Says where a paragraph is: its table counted in the part, its row and cell in the table."""

    def __init__(self, root: Element, part: str) -> None:
        self._part = part
        self.paragraphs = list(root.iter(f"{_W}p"))
        self._order = {paragraph: n for n, paragraph in enumerate(self.paragraphs)}
        self._tables: dict[Element, int] = {}
        for table in root.iter(f"{_W}tbl"):
            if next(table.iterancestors(f"{_W}tbl"), None) is None:
                self._tables[table] = len(self._tables) + 1

    def place(self, paragraph: Element, text: str, at: int) -> Place:
        start = max(0, min(at - _QUOTED // 3, len(text) - _QUOTED))
        quote = text[start : start + _QUOTED].strip()
        quote = ("…" if start else "") + quote + ("…" if start + _QUOTED < len(text) else "")
        order = self._order[paragraph]
        above = list(paragraph.iterancestors(f"{_W}tbl", f"{_W}tr", f"{_W}tc"))[-3:]
        if len(above) != 3:
            return Place(self._part, quote, order=order)
        cell, row, table = above
        rows, cells = list(table.iter(f"{_W}tr")), list(row.iter(f"{_W}tc"))
        at_row, at_cell = rows.index(row) + 1, cells.index(cell) + 1
        return Place(self._part, quote, self._tables[table], at_row, at_cell, order)


def _cell_width(paragraph: Element) -> int:
    cell = next(paragraph.iterancestors(f"{_W}tc"), None)
    width = cell.find(f"{_W}tcPr/{_W}tcW") if cell is not None else None
    if width is None or width.get(f"{_W}type") != "dxa":
        return 0
    written = width.get(f"{_W}w", "")
    return int(written) if written.isdecimal() else 0


# -- blocks: what stands between for and endfor, if and endif


def _lift(found: TaggedPart) -> None:
    kinds = {tag.mark.text: tag.kind for tag in found.tags}
    for block in _blocks(found):
        level = _level(block, kinds)
        if not level:
            opener = block[0]
            found.faults.append(_fault("template-torn", opener.place, tag=opener.shown))
        for tag in block:
            tag.level = level
    if not found.faults:
        _lift_around_rows(found.tags)
        _lift_rows(found.tags)
        _lift_paragraphs(found.tags)


def _blocks(found: TaggedPart) -> list[list[Tag]]:
    """Each block's tags in order; those without a partner become faults."""
    stack: list[list[Tag]] = []
    blocks: list[list[Tag]] = []
    for tag in found.tags:
        if tag.kind in _OPENERS:
            stack.append([tag])
        elif tag.kind in _BETWEEN or tag.kind in _OPENERS.values():
            if not stack or not _goes_on(stack[-1], tag):
                found.faults.append(_fault("template-without-start", tag.place, tag=tag.shown))
                continue
            stack[-1].append(tag)
            if tag.kind in _OPENERS.values():
                blocks.append(stack.pop())
    for block in stack:
        opener = block[0]
        end = f"{{% {_OPENERS[opener.kind]} %}}"
        found.faults.append(_fault("template-without-end", opener.place, tag=opener.shown, end=end))
    return blocks


def _goes_on(block: list[Tag], tag: Tag) -> bool:
    if tag.kind in _BETWEEN:
        return block[-1].kind != "else" and (tag.kind == "else" or block[0].kind == "if")
    return tag.kind == _OPENERS[block[0].kind]


def _level(block: list[Tag], kinds: dict[str, str]) -> str:
    """What a block stands around; "" when it would tear something apart."""
    paragraphs = [tag.paragraph for tag in block]
    alone = all(_only_statements(one, kinds) for one in paragraphs)
    if alone and len({one.getparent() for one in paragraphs}) == 1:
        return "paragraph"
    if all(one is paragraphs[0] for one in paragraphs):
        whole = block[0].kind == "if" and len(block) == 2 and not _outside(block, paragraphs[0])
        return "paragraph around" if whole else "line"
    rows: list[Element] = [next(one.iterancestors(f"{_W}tr"), None) for one in paragraphs]
    if any(row is None for row in rows) or len({row.getparent() for row in rows}) != 1:
        return ""
    if all(_only_statements(row, kinds) for row in rows):
        return "row"
    if len(block) != 2 or rows[0] is not rows[1]:
        return ""
    beside = _outside(block, rows[0])
    whole = all(not isinstance(one, str) and kinds.get(one.text) != "output" for one in beside)
    return "row around" if whole else ""


def _only_statements(element: Element, kinds: dict[str, str]) -> bool:
    """Whether there is nothing but ``{% … %}`` in a paragraph or a row."""
    seen = next(element.iter(f"{_W}drawing", f"{_W}pict", f"{_W}object"), None)
    words = _sequence(element)
    return seen is None and all(
        not isinstance(one, str) and kinds.get(one.text) != "output" for one in words
    )


def _outside(block: list[Tag], element: Element) -> list[Any]:
    """The words and marks before and behind a block in a paragraph or a row."""
    sequence = _sequence(element)
    first, last = sequence.index(block[0].mark), sequence.index(block[-1].mark)
    return [*sequence[:first], *sequence[last + 1 :]]


def _sequence(element: Element) -> list[Any]:
    """The words and the marks in an element, in order."""
    sequence: list[Any] = []
    for one in element.iter(f"{_W}t"):
        sequence += (one.text or "").split()
        for mark in one:
            sequence += [mark, *(mark.tail or "").split()]
    return sequence


def _lift_around_rows(tags: list[Tag]) -> None:
    """``{% for %}`` in the first cell and ``{% endfor %}`` in the last repeat the row."""
    around = [tag for tag in tags if tag.level == "row around"]
    for tag in around:
        row = next(tag.paragraph.iterancestors(f"{_W}tr"))
        _take_out(tag.mark)
        if tag.kind in _OPENERS:
            row.addprevious(tag.mark)
    for tag in reversed([tag for tag in around if tag.kind not in _OPENERS]):
        row = next(tag.paragraph.iterancestors(f"{_W}tr"))
        row.addnext(tag.mark)


def _lift_rows(tags: list[Tag]) -> None:
    """A row of statements only goes; they stand between the rows."""
    emptied: dict[Element, None] = {}
    for tag in tags:
        if tag.level == "row":
            row = next(tag.paragraph.iterancestors(f"{_W}tr"))
            _take_out(tag.mark)
            row.addprevious(tag.mark)
            emptied[row] = None
    for row in emptied:
        row.getparent().remove(row)


def _lift_paragraphs(tags: list[Tag]) -> None:
    emptied: dict[Element, None] = {}
    for tag in tags:
        if tag.level == "paragraph":
            _take_out(tag.mark)
            tag.paragraph.addprevious(tag.mark)
            emptied[tag.paragraph] = None
        elif tag.level == "paragraph around" and tag.kind in _OPENERS:
            _take_out(tag.mark)
            tag.paragraph.addprevious(tag.mark)
    for tag in reversed(tags):
        if tag.level == "paragraph around" and tag.kind not in _OPENERS:
            _take_out(tag.mark)
            tag.paragraph.addnext(tag.mark)
    for paragraph in emptied:
        ends_section = paragraph.find(f"{_W}pPr/{_W}sectPr") is not None
        if not ends_section:
            paragraph.getparent().remove(paragraph)


def _take_out(mark: Element) -> None:
    """Take a mark out of the tree; the letters behind it stay."""
    parent = mark.getparent()
    if parent is None:
        return
    if mark.tail:
        before = mark.getprevious()
        if before is None:
            parent.text = (parent.text or "") + mark.tail
        else:
            before.tail = (before.tail or "") + mark.tail
        mark.tail = None
    parent.remove(mark)
