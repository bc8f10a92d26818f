"""The pieces of a Word file as XML: paragraphs, cells, tables, pictures.

Strings, because a whole body is then parsed once; each function gives a complete element
whose children stand in the order that the standard (ECMA-376) demands.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
EMU_PER_TWIP = 635
LINE_BREAK = "<w:r><w:br/></w:r>"


@dataclass(frozen=True, slots=True)
class Indent:
    """Twips between a paragraph and the sides of its column."""

    left: int = 0
    right: int = 0
    hanging: int = 0


def run(text: str) -> str:
    """Text that looks as its paragraph's style says."""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(
    style: str,
    content: str = "",
    *,
    keep_next: bool = False,
    indent: Indent | None = None,
    section: str = "",
) -> str:
    """A paragraph of ``content`` (runs). ``section`` is the w:sectPr of the section it ends."""
    properties = f'<w:pStyle w:val="{style}"/>'
    if keep_next:
        properties += "<w:keepNext/>"
    if indent:
        hanging = f' w:hanging="{indent.hanging}"' if indent.hanging else ' w:firstLine="0"'
        properties += f'<w:ind w:left="{indent.left}" w:right="{indent.right}"{hanging}/>'
    return f"<w:p><w:pPr>{properties}{section}</w:pPr>{content}</w:p>"


def cell(width: int, content: str, *, span: int = 1, top: bool = True) -> str:
    """A cell of ``content`` (paragraphs). ``span`` is how many columns it takes."""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if span > 1:
        properties += f'<w:gridSpan w:val="{span}"/>'
    if not top:
        properties += '<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(cells: Iterable[str], *, heading: bool = False) -> str:
    """A row that never breaks across pages. A ``heading`` is repeated on each page."""
    repeat = "<w:tblHeader/>" if heading else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(cells)}</w:tr>"


def table(style: str, columns: Sequence[int], rows: Iterable[str]) -> str:
    """A centred table whose columns have these widths in twips."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0000"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def picture(relation: str, number: int, caption: str, width: int, height: int) -> str:
    """A picture in the line of text. ``width`` and ``height`` are in EMU."""
    name = quoteattr(f"Ảnh {number}")
    size = f'cx="{width}" cy="{height}"'
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:docPr id="{number}" name={name} descr={quoteattr(caption)}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name={name}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
