"""Answers become a document: the outline that an author wrote on the ``report`` sheet.

A row is left out when it is not relevant or when an answer it mentions is missing, a heading
when nothing is left under it, an appendix when nothing is left in it; so there is never a
sentence with a hole, nor a word that nobody answered.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import regex

from bot.documents import vietnamese
from bot.documents.document import (
    Appendix,
    Block,
    Dash,
    Item,
    Letterhead,
    OfficialDocument,
    Part,
    Photos,
    Point,
    Signature,
    Text,
    appendix_label,
    roman,
)
from bot.documents.outline_plain import plain_rows
from bot.documents.outline_sources import Sources
from bot.documents.outline_text import Writer
from bot.errors import FormError
from bot.forms.filling import Filling
from bot.forms.xform import Form

BODY: Final[dict[str, Callable[[str], Block]]] = {
    "part": Part,
    "item": Item,
    "point": Point,
    "text": Text,
    "dash": Dash,
}
SOURCED: Final = ("table", "photos")
LETTERHEAD: Final = (
    "superior",
    "issuer",
    "number",
    "symbol",
    "place",
    "date",
    "document_type",
    "subject",
)
AROUND: Final = (
    *LETTERHEAD,
    "addressee",
    "basis",
    "recipient",
    "signer_authority",
    "signer_title",
    "signer_name",
)
KINDS: Final = frozenset((*AROUND, *BODY, *SOURCED, "appendix"))

_DAY: Final = regex.compile(r"(?:(\d{1,2})/)?(\d{1,2})/(\d{4})")
_POINTER: Final = regex.compile(r"\b(Phụ lục) ([IVX]+)\b")
_REFERENCE: Final = "${"
_NAMED: Final = regex.compile(r"\$\{\s*([^}]*?)\s*\}")


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A row of the ``report`` sheet."""

    row: int
    kind: str
    text: str
    relevant: str
    source: str


def build(
    form: Form, filling: Filling, year: str = "", facts: Mapping[str, str] = MappingProxyType({})
) -> OfficialDocument:
    """The document that the answers give. Pure: the same answers give an equal document.

    ``year`` is printed where no answer says the date; day and month are left to the clerk.
    A form without a ``report`` sheet gets an outline from its groups and labels, and a letterhead
    from ``facts`` (outline_plain).

    Raises:
        FormError: the sheet names something that does not exist, at its row.
    """
    rows = _read(form.layout.get("report") or plain_rows(form, facts))
    return _Builder(form, filling, year).document(rows)


def _read(rows: Iterable[dict[str, Any]]) -> list[ReportRow]:
    read = [
        ReportRow(
            int(row.get("row", 0)),
            *(str(row.get(name) or "").strip() for name in ("kind", "text", "relevant", "source")),
        )
        for row in rows
    ]
    for row in read:
        if row.kind not in KINDS:
            raise FormError("report", row.row, f"«{row.kind}» is no kind of row")
    return read


class _Builder:
    """One document being put together."""

    def __init__(self, form: Form, filling: Filling, year: str) -> None:
        self._writer = Writer(filling)
        self._year = year
        self._sources = Sources(form, filling)
        self._labels: dict[str, str] = {}  # "II", as the author counts, to "Phụ lục I"

    def document(self, rows: Sequence[ReportRow]) -> OfficialDocument:
        main, *parts = _split(row for row in rows if row.kind not in AROUND)
        appendices = self._appendices(parts)
        said = {kind: tuple(self._said(rows, kind)) for kind in AROUND}
        addressees = said["addressee"]
        return OfficialDocument(
            letterhead=self._letterhead(rows, said),
            body=self._body(main),
            signature=_signature(said),
            addressees=addressees,
            basis=said["basis"],
            recipients=_recipients(said["recipient"], bool(addressees)),
            appendices=appendices,
        )

    def _said(self, rows: Sequence[ReportRow], kind: str) -> Iterator[str]:
        for row in rows:
            if row.kind == kind and self._writer.holds(row.row, row.relevant):
                yield from filter(None, [self._writer.text(row.row, row.text)])

    def _letterhead(
        self, rows: Sequence[ReportRow], said: dict[str, tuple[str, ...]]
    ) -> Letterhead:
        texts = {kind: next(iter(said[kind]), "") for kind in LETTERHEAD}
        dates = (
            _iso(self._writer.raw(row.row, row.text))
            for row in rows
            if row.kind == "date" and self._writer.holds(row.row, row.relevant)
        )
        texts["date"] = next(filter(None, dates), self._year)
        texts["number"] = texts["number"].partition("/")[0].strip()
        texts["document_type"] = texts["document_type"] or "BÁO CÁO"
        return Letterhead(**texts)

    # -- appendices come first: the body points to those that are left

    def _appendices(self, parts: Sequence[Sequence[ReportRow]]) -> tuple[Appendix, ...]:
        made: list[tuple[int, Appendix]] = []
        for number, (head, *rows) in enumerate(parts, 1):
            title = ""
            if self._writer.holds(head.row, head.relevant):
                title = self._writer.text(head.row, head.text)
            body = self._body(rows) if title else ()
            if body:
                made.append((number, Appendix(title, body)))
        self._labels = {roman(number): "" for number in range(1, len(parts) + 1)} | {
            roman(number): appendix_label(place, len(made))
            for place, (number, _) in enumerate(made)
        }
        return tuple(appendix for _, appendix in made)

    def _pointing(self, text: str) -> str:
        """``text`` with the numbers that the appendices have now; "" if it points to none left."""
        pointers = [found[2] for found in _POINTER.finditer(text)]
        known = [number for number in pointers if number in self._labels]
        if known and not any(self._labels[number] for number in known):
            return ""
        return _POINTER.sub(lambda found: self._labels.get(found[2]) or found[0], text)

    # -- the body

    def _body(self, rows: Sequence[ReportRow]) -> tuple[Block, ...]:
        blocks: list[tuple[Block, bool]] = []
        for repeat, group in self._groups(rows):
            for context in self._sources.rows(repeat) if repeat else [""]:
                for row in group:
                    blocks += self._blocks(row, context)
        return tuple(_without_empty_headings(blocks))

    def _groups(self, rows: Sequence[ReportRow]) -> list[tuple[str, list[ReportRow]]]:
        """Rows that are printed together for each row of a repeat; "" for once.

        Photos or a table of a repeat inside that one go along.
        """
        groups: list[tuple[str, list[ReportRow]]] = []
        for row in rows:
            repeat, around = self._repeat_of(row), groups[-1][0] if groups else ""
            if around and row.kind in SOURCED:
                source = self._sources.find(row.row, row.source).path
                repeat = around if source.startswith(f"{around}/") else ""
            if not groups or repeat != around:
                groups.append((repeat, []))
            groups[-1][1].append(row)
        return groups

    def _repeat_of(self, row: ReportRow) -> str:
        """The path of the repeat that a row is printed once per row of; "" for once."""
        if not row.source or row.kind in SOURCED:
            return ""
        spec = self._sources.find(row.row, row.source)
        if not spec.repeats:
            raise FormError("report", row.row, f"the source «{row.source}» is no repeat")
        return spec.path

    def _blocks(self, row: ReportRow, context: str) -> Iterator[tuple[Block, bool]]:
        """The block of a row, if any, and whether it needs something under it."""
        if not self._writer.holds(row.row, row.relevant, context):
            return
        if row.kind in SOURCED:
            yield from ((block, False) for block in self._sourced(row, context))
            return
        template = self._pointing(row.text)
        text = self._writer.text(row.row, template, context)
        if text:
            answered = _REFERENCE in row.text or bool(row.source)
            heads = row.kind == "part" or (row.kind == "item" and not answered)
            yield BODY[row.kind](text), heads

    def _sourced(self, row: ReportRow, context: str) -> Iterator[Block]:
        spec = self._sources.find(row.row, row.source)
        if row.kind == "photos":
            photos = tuple(self._sources.photos(spec, context))
            if photos:
                yield Photos(photos)
            return
        table = self._sources.table(spec, context, columns_of(row.text))
        if table.rows:
            yield table


def columns_of(text: str) -> tuple[str, ...]:
    """The names that the text of a table's row gives its columns: ``${gio} | ${viec}``."""
    return tuple(_NAMED.findall(text))


def _split(rows: Iterable[ReportRow]) -> list[list[ReportRow]]:
    """The rows of the main text, then those of each appendix beginning with its title."""
    parts: list[list[ReportRow]] = [[]]
    for row in rows:
        if row.kind == "appendix":
            parts.append([])
        parts[-1].append(row)
    return parts


def _without_empty_headings(blocks: Sequence[tuple[Block, bool]]) -> list[Block]:
    """Read from the end: a heading stays when something of a lower kind has come since."""
    kept: list[Block] = []
    filled = False  # something stands under the next item up
    for block, heads in reversed(blocks):
        if isinstance(block, Part):
            if filled or (kept and isinstance(kept[-1], Item)):
                kept.append(block)
            filled = False
        elif isinstance(block, Item):
            if filled or not heads:
                kept.append(block)
            filled = False
        else:
            kept.append(block)
            filled = True
    return kept[::-1]


def _iso(date: str) -> str:
    """A date as it is kept ("2023-10-02"), or as an author types it ("02/10/2023", "10/2023")."""
    if found := _DAY.fullmatch(date):
        day, month, year = found.groups()
        return "-".join([year, month.zfill(2), *([day.zfill(2)] if day else [])])
    return date if regex.fullmatch(r"\d{4}(-\d{2}){0,2}", date) else ""


def _signature(said: dict[str, tuple[str, ...]]) -> Signature:
    """Who signs; a deputy signs for the head, and no degree stands before a name."""
    title = next(iter(said["signer_title"]), "")
    authority = next(iter(said["signer_authority"]), "")
    head = vietnamese.upper(title)
    if head.startswith("PHÓ ") and not authority:
        authority = f"KT. {head.removeprefix('PHÓ ')}"
    name = vietnamese.person_name(next(iter(said["signer_name"]), ""))
    return Signature(title, name, authority)


def _recipients(lines: tuple[str, ...], addressed: bool) -> tuple[str, ...]:
    """What must not be missing: those addressed above, and the clerk's copy at the end."""
    named = [line.removeprefix("-").strip() for line in lines]
    if addressed and not any(name.startswith("Như trên") for name in named):
        named.insert(0, "Như trên")
    copies = [name for name in named if name.startswith("Lưu")] or ["Lưu: VT"]
    return (*(name for name in named if not name.startswith("Lưu")), *copies)
