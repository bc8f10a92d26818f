"""The sheet and the file around the text: page size, margins, page numbers, the ZIP."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

import docx
from docx.document import Document
from docx.opc.package import OpcPackage
from docx.opc.part import Part
from docx.oxml import parse_xml

from bot.documents.nd30_styles import STYLES_XML
from bot.documents.wordxml import NAMESPACES

PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838  # twips: A4
TOP = BOTTOM = 1134  # 20 mm
LEFT, RIGHT = 1701, 851  # 30 mm and 15 mm
HEADER = 567  # from the edge of the sheet to the page number: 10 mm
TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT
TEXT_HEIGHT = PAGE_HEIGHT - TOP - BOTTOM

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OPENING_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP can name: same answers, same bytes
_UNDATED = datetime(2020, 3, 5, tzinfo=UTC)  # the decree's own day, in a paper without a date


def section(*, restart: bool = False) -> str:
    """The w:sectPr of a section. Its first page shows no number; ``restart``: it counts from 1."""
    start = '<w:pgNumType w:start="1"/>' if restart else ""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/>'
        '<w:headerReference w:type="first" r:id="rId4"/><w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/>'
        f'<w:pgMar w:top="{TOP}" w:right="{RIGHT}" w:bottom="{BOTTOM}" w:left="{LEFT}" '
        f'w:header="{HEADER}" w:footer="{HEADER}" w:gutter="0"/>{start}<w:titlePg/></w:sectPr>'
    )


def empty_file() -> Document:
    """A Word file with our styles and headers and nothing in it."""
    return docx.Document(io.BytesIO(_SKELETON))


def fill(file: Document, body: str) -> None:
    """Put the XML of ``body`` in the place of what ``file`` says."""
    file.element.replace(file.element.body, parse_xml(f"<w:body {NAMESPACES}>{body}</w:body>"))


def describe(file: Document, *, title: str, author: str, made: datetime | None) -> None:
    """Say in the file's properties what it is; nothing in them depends on the clock."""
    properties = file.core_properties
    properties.title, properties.author = title[:255], author[:255]
    properties.language = "vi-VN"
    properties.created = properties.modified = made or _UNDATED
    properties.last_modified_by = ""
    properties.comments = ""


def pack(file: Document) -> bytes:
    """The bytes of the file: always the same, and photos not pressed a second time."""
    package = file.part.package
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, blob in _members(package):
            entry = zipfile.ZipInfo(name, _OPENING_DAY)
            entry.create_system = 0  # or the bytes would tell the machine they were made on
            pressed = name.endswith((".jpg", ".jpeg", ".png"))
            entry.compress_type = zipfile.ZIP_STORED if pressed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, blob)
    return buffer.getvalue()


def _members(package: OpcPackage) -> Iterator[tuple[str, bytes]]:
    parts = sorted(package.iter_parts(), key=lambda part: _order(part.partname))
    yield "[Content_Types].xml", _content_types(parts)
    yield "_rels/.rels", package.rels.xml
    for part in parts:
        yield part.partname.membername, part.blob
        if len(part.rels):
            yield part.partname.rels_uri.membername, part.rels.xml


def _order(name: str) -> tuple[int, str]:
    """image2 before image10."""
    return len(name), name


def _content_types(parts: list[Part]) -> bytes:
    pictures = {
        part.partname.ext: part.content_type for part in parts if "image" in part.content_type
    }
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        **pictures,
    }
    types = "".join(
        f'<Default Extension="{ext}" ContentType="{kind}"/>'
        for ext, kind in sorted(defaults.items())
    )
    types += "".join(
        f'<Override PartName="{part.partname}" ContentType="{part.content_type}"/>'
        for part in parts
        if part.partname.ext not in pictures
    )
    return f'{_XML}<Types xmlns="{_PACKAGE}/content-types">{types}</Types>'.encode()


def _relations(*targets: tuple[str, str]) -> str:
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'


def _header(content: str) -> str:
    return (
        f'<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="PageNumber"/></w:pPr>{content}</w:p>'
        "</w:hdr>"
    )


_SETTINGS = (
    f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting '
    'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/>'
    '<w:listSeparator w:val=";"/></w:settings>'
)
_PAGE_NUMBER = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'


def _skeleton() -> bytes:
    """A Word file that has only what ours have in common, for python-docx to open."""
    word_parts = {
        "document": ("document.main", f"<w:document {NAMESPACES}><w:body/></w:document>"),
        "styles": ("styles", f"<w:styles {NAMESPACES}>{STYLES_XML}</w:styles>"),
        "settings": ("settings", _SETTINGS),
        "header1": ("header", _header(_PAGE_NUMBER)),
        "header2": ("header", _header("")),
    }
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for name, (kind, _) in word_parts.items()
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f"{overrides}</Types>",
        )
        archive.writestr("_rels/.rels", _relations(("officeDocument", "word/document.xml")))
        archive.writestr(
            "word/_rels/document.xml.rels",
            _relations(
                ("styles", "styles.xml"),
                ("settings", "settings.xml"),
                ("header", "header1.xml"),
                ("header", "header2.xml"),
            ),
        )
        for name, (_, content) in word_parts.items():
            archive.writestr(f"word/{name}.xml", _XML + content)
    return buffer.getvalue()


_SKELETON = _skeleton()
