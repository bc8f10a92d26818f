"""An author's Word file as it came: opened with care, nothing in it that acts or fetches."""

import io
import zipfile
from collections.abc import Iterator
from typing import Final

import docx
import regex
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.opc.rel import _Relationship
from lxml import etree

from bot.documents.word_faults import TemplateFault

LARGEST_FILE: Final = 5_000_000
LARGEST_UNPACKED: Final = 40_000_000
MOST_PARTS: Final = 500
FOOTNOTES: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"

_XML_PART: Final = 10_000_000  # bytes: a body of some thousand pages
_LEADS_OUT: Final = ("http://", "https://", "mailto:", "tel:")
# What a word processor would run, fetch or read from the disk when it opens the paper.
_ACTIVE_PARTS: Final = regex.compile(
    r"vbaProject|macroEnabled|activeX|oleObject|/package$|aFChunk|attachedTemplate|frameset"
    r"|subDocument|externalLink|mailMerge",
    regex.IGNORECASE,
)
_ACTIVE_FIELDS: Final = regex.compile(
    r"\b(INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|DDE|DDEAUTO|LINK|DATABASE|RD|MACROBUTTON)\b",
    regex.IGNORECASE,
)


class NotWord(Exception):
    """The file cannot be opened as a Word document. The argument is the fault."""

    def __init__(self, fault: TemplateFault) -> None:
        super().__init__(fault.key)
        self.fault = fault


def opened(content: bytes) -> Document:
    """The file, which has nothing in it that acts.

    Raises:
        NotWord: it is none, it is too large, or it has.
    """
    if len(content) > LARGEST_FILE:
        raise NotWord(TemplateFault("template-file-too-large"))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            sizes = [part.file_size for part in parts]
            # What a part's header says of its size is what zipfile gives out at most.
            xml = [part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))]
        if sum(sizes) > LARGEST_UNPACKED or max(xml, default=0) > _XML_PART:
            raise NotWord(TemplateFault("template-file-too-large"))
        if len(parts) > MOST_PARTS:
            raise NotWord(TemplateFault("template-file-too-large"))
        if _has_entities(content):
            raise NotWord(TemplateFault("template-active", None, (("what", "DOCTYPE"),)))
        file = docx.Document(io.BytesIO(content))
        acting = next(_acting(file.part.package), "")
    except (NotWord, MemoryError, TimeoutError):
        raise
    except Exception as error:  # whatever a broken file makes the readers raise
        raise NotWord(TemplateFault("template-not-word")) from error
    if acting:
        raise NotWord(TemplateFault("template-active", None, (("what", acting),)))
    return file


def _has_entities(content: bytes) -> bool:
    """Whether a part declares words that stand for something else; Word's own never do."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = (name for name in archive.namelist() if name.endswith((".xml", ".rels")))
        return any(b"<!DOCTYPE" in archive.read(name) for name in names)


def _acting(package: OpcPackage) -> Iterator[str]:
    for relation in package.iter_rels():
        if found := _acting_relation(relation):
            yield found
    for part in package.iter_parts():
        if _ACTIVE_PARTS.search(part.content_type):
            yield str(part.partname)
        if part.content_type.endswith("xml"):
            yield from _acting_fields(part.blob)


def _acting_relation(relation: _Relationship) -> str:
    if not relation.is_external:
        return relation.reltype if _ACTIVE_PARTS.search(relation.reltype) else ""
    target = str(relation.target_ref)
    harmless = relation.reltype == RELATIONSHIP_TYPE.HYPERLINK
    return "" if harmless and target.lower().startswith(_LEADS_OUT) else target[:100]


def _acting_fields(blob: bytes) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(blob, parser=parser)
    codes: list[str] = []
    for element in root.iter(etree.Element):
        name = etree.QName(element)
        if name.localname == "instrText":
            codes.append(element.text or "")
        elif name.localname == "fldSimple":
            codes += (str(value) for value in element.attrib.values())
    if found := _ACTIVE_FIELDS.search("".join(codes)):
        yield found[0]


def parts_with_text(file: Document) -> Iterator[tuple[str, str]]:
    """Name (body, header, footer, notes) and XML of each part in which tags are looked for."""
    yield "body", etree.tostring(file.element.body, encoding="unicode")
    kinds = {RELATIONSHIP_TYPE.HEADER: "header", RELATIONSHIP_TYPE.FOOTER: "footer"}
    for relation in file.part.rels.values():
        if relation.reltype in kinds:
            yield kinds[relation.reltype], relation.target_part.blob.decode()
    for part in file.part.package.iter_parts():
        if part.content_type == FOOTNOTES:
            yield "notes", part.blob.decode()
