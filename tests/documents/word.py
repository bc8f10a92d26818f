"""Authors' Word files as tests show them: a line a paragraph, lines of "| a | b |" a table."""

import io
import zipfile
from collections.abc import Callable, Sequence

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph


def word(text: str, *, header: str = "") -> bytes:
    """A Word file with these paragraphs and tables."""
    file = docx.Document()
    table = None
    for line in map(str.strip, text.strip().splitlines()):
        if not line.startswith("|"):
            table = None
            file.add_paragraph(line)
            continue
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if table is None:
            table = file.add_table(0, len(cells), style="Table Grid")
        for cell, words in zip(table.add_row().cells, cells, strict=True):
            cell.text = words
    if header:
        file.sections[0].header.paragraphs[0].text = header
    return saved(file)


def torn(*runs: str) -> bytes:
    """A Word file with one paragraph in these runs, every second one bold, as Word tears them."""
    file = docx.Document()
    paragraph = file.add_paragraph()
    for place, words in enumerate(runs):
        paragraph.add_run(words).bold = place % 2 == 1
        paragraph._p.append(paragraph._p.makeelement(_PROOF, {_KIND: "spellStart"}))
    return saved(file)


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PROOF, _KIND = f"{_W}proofErr", f"{_W}type"


def saved(file: Document) -> bytes:
    content = io.BytesIO()
    file.save(content)
    return content.getvalue()


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def read(content: bytes) -> list[str]:
    """The paragraphs and tables of a file, as ``word`` takes them; without empty paragraphs."""
    lines: list[str] = []
    for block in opened(content).iter_inner_content():
        if isinstance(block, Paragraph):
            lines += [block.text] if block.text else []
        else:
            lines += [
                "| " + " | ".join(cell.text for cell in row.cells) + " |" for row in block.rows
            ]
    return lines


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The file with one of its parts changed."""
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for info in source.infolist():
            found = source.read(info)
            archive.writestr(info.filename, change(found) if info.filename == part else found)
    return target.getvalue()


def pictures(content: bytes) -> Sequence[tuple[int, int]]:
    """Width and height of each picture in the text, in millimetres."""
    return [
        (round(shape.width.mm), round(shape.height.mm)) for shape in opened(content).inline_shapes
    ]
