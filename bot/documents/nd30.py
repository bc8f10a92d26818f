"""Lay out an official document by Nghị định 30/2020/NĐ-CP, as a Word file."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.documents import nd30_page as page
from bot.documents import nd30_parts as parts
from bot.documents.characters import one_line
from bot.documents.document import OfficialDocument
from bot.documents.nd30_body import body
from bot.documents.nd30_photos import Album
from bot.documents.wordxml import paragraph


def render(document: OfficialDocument, photo_path: Callable[[str], Path]) -> bytes:
    """The DOCX; the same document and photos give the same bytes.

    ``photo_path`` says where the photo of a key lies, as a JPEG or PNG that is already upright
    and small: it is packed as it is. Blocks for some milliseconds: not for an event loop.
    """
    file = page.empty_file()
    album = Album(file, photo_path)
    sections = [_main(document, album), *_appendices(document, album)]
    xml = "".join(
        content + paragraph("Last", section=page.section(restart=place > 0))
        for place, content in enumerate(sections[:-1])
    )
    xml += sections[-1] + paragraph("Last") + page.section(restart=len(sections) > 1)
    page.fill(file, xml)
    head = document.letterhead
    page.describe(
        file,
        title=f"{head.document_type.capitalize()} {one_line(head.subject)}",
        author=one_line(head.issuer),
        made=_moment(head.date),
    )
    return page.pack(file)


def _main(document: OfficialDocument, album: Album) -> str:
    head = document.letterhead
    return (
        parts.letterhead(head)
        + parts.title(head)
        + parts.addressees(document.addressees)
        + parts.basis(document.basis)
        + body(document.body, album)
        + paragraph("Gap", keep_next=True)
        + parts.signature(document.signature, document.recipients)
    )


def _appendices(document: OfficialDocument, album: Album) -> list[str]:
    count = len(document.appendices)
    return [
        parts.appendix_head(appendix, index, count, document.letterhead)
        + body(appendix.body, album)
        for index, appendix in enumerate(document.appendices)
    ]


def _moment(date: str) -> datetime | None:
    """The day of a paper whose date is complete."""
    return datetime.fromisoformat(date).replace(tzinfo=UTC) if date.count("-") == 2 else None
