"""An author's own report.docx: checked against the form when it comes, filled when it is needed.

The author writes ``{{ so_hoc_sinh }}`` in Word where the answer shall stand, and repeats rows and
paragraphs by ``{% for … %}``. docxtpl puts the answers in; what it is given here is a language of
few words (bot.documents.word_language) and a file in which every tag has been checked.
"""

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

import regex
from docxtpl.template import DocxTemplate
from jinja2.exceptions import TemplateError as JinjaError
from lxml import etree

from bot.documents import nd30_page
from bot.documents.characters import clean, one_line
from bot.documents.limits import limited
from bot.documents.outline_sources import Sources
from bot.documents.outline_text import shown, written
from bot.documents.vietnamese import date
from bot.documents.word_check import ABOUT, Kind, Names, check
from bot.documents.word_faults import TemplateFault
from bot.documents.word_file import NotWord, opened, parts_with_text
from bot.documents.word_language import (
    CLOSE,
    OPEN,
    Answer,
    Budget,
    Picture,
    Record,
    Sandbox,
    Several,
    Value,
)
from bot.documents.word_tags import Tag, TaggedPart, tagged
from bot.documents.wordxml import EMU_PER_TWIP, NAMESPACES, picture
from bot.errors import TemplateError
from bot.forms.filling import Environment, Filling
from bot.forms.rehearsal import rehearse
from bot.forms.xform import Form

SECONDS: Final = 20.0  # a whole report takes about a tenth of one
MEMORY_BYTES: Final = 600_000_000

_MARK: Final = regex.compile(r"<\?tag (\d+)\?>")
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TWIPS_PER_MM: Final = 1440 / 25.4
_TWIPS_PER_PIXEL: Final = 15
_WIDEST, _HIGHEST = 6800, 3970  # twips of a photo: 120 mm and 70 mm
_CELL_MARGINS: Final = 216
_PHOTO_COSTS: Final = 100  # rounds of a loop
_PROFILE: Final = {  # what is known of the report -> bot::profile of the question that says it
    "don_vi": "full_name",
    "cap_hoc": "level",
    "cap_tren": "superior",
    "ky_hieu": "symbol",
    "dia_danh": "place",
    "nguoi_ky": "signer_name",
    "chuc_vu": "signer_title",
}


def faults_of(content: bytes, form: Form) -> tuple[TemplateFault, ...]:
    """Everything that is wrong with an author's file, each with its place; none: it can be used.

    Takes up to ``SECONDS``: for a worker, or for the command line.
    """
    try:
        with limited(SECONDS, MEMORY_BYTES):
            return tuple(_faults(content, form))
    except NotWord as error:
        return (error.fault,)
    except (MemoryError, TimeoutError):
        return (TemplateFault("template-too-large"),)


def has_tags(content: bytes) -> bool:
    """Whether there is anything to be filled in; no Word file has nothing."""
    try:
        with limited(SECONDS, MEMORY_BYTES):
            parts = parts_with_text(opened(content))
            return any(tagged(_without_marks(xml), name).tags for name, xml in parts)
    except (NotWord, MemoryError, TimeoutError):
        return False


def _faults(content: bytes, form: Form) -> list[TemplateFault]:
    file = opened(content)
    names, sandbox = Names(form), Sandbox()
    faults: list[TemplateFault] = []
    for name, xml in parts_with_text(file):
        part = tagged(_without_marks(xml), name)
        found = [*part.faults, *check(part, names, sandbox)]
        faults += sorted(found, key=lambda fault: fault.place.order if fault.place else -1)
    if not faults:
        filling = Filling.start(form, _ANY_DAY)
        rehearse(filling, Random(0), _ANY_DAY.now.date())  # noqa: S311
        try:
            _filled(content, form, filling, {}, None)
        except TemplateError:
            faults.append(TemplateFault("template-unusable"))
    return faults


_ANY_DAY: Final = Environment(
    datetime(2024, 2, 29, tzinfo=UTC),
    ZoneInfo("UTC"),
    random=Random(0),  # noqa: S311
)


# -- filling it in


def render(
    content: bytes,
    form: Form,
    filling: Filling,
    facts: Mapping[str, str],
    photo_path: Callable[[str], Path],
) -> bytes:
    """The author's file with the answers in it; the same answers and photos give the same bytes.

    ``facts`` are those of ``word_check.FACTS`` that no question of the form says.

    Raises:
        TemplateError: it cannot be filled with these answers, or not in time.
    """
    try:
        with limited(SECONDS, MEMORY_BYTES):
            return nd30_page.pack(_filled(content, form, filling, facts, photo_path))
    except NotWord as error:
        raise TemplateError(error.fault.key) from error
    except (MemoryError, TimeoutError) as error:
        raise TemplateError("the Word file takes too long or too much memory") from error


def _filled(
    content: bytes,
    form: Form,
    filling: Filling,
    facts: Mapping[str, str],
    photo_path: Callable[[str], Path] | None,
) -> Any:
    opened(content)
    sandbox = Sandbox()
    paper = _Paper(content, Names(form), sandbox)
    values = _Values(form, filling, facts, partial(paper.drawn, photo_path) if photo_path else None)
    try:
        paper.render(values.names(), sandbox, autoescape=True)
    except (JinjaError, etree.XMLSyntaxError, TypeError, ValueError, AttributeError) as error:
        raise TemplateError(f"the Word file cannot be filled: {error}") from error
    file = paper.docx
    assert file is not None
    about = {name: str(values.about(name)) for name in ("dot", "don_vi")}
    nd30_page.describe(
        file, title=one_line(about["dot"] or form.title), author=about["don_vi"], made=None
    )
    return file


class _Paper(DocxTemplate):
    """docxtpl, told where the tags are instead of looking for them itself."""

    def __init__(self, content: bytes, names: Names, sandbox: Sandbox) -> None:
        super().__init__(io.BytesIO(content))
        self._names = names
        self._sandbox = sandbox
        self._photos = 0

    def patch_xml(self, src_xml: str) -> str:
        """The XML as Jinja reads it: our own marks where tags are, and nowhere else."""
        part = tagged(_without_marks(src_xml), "")
        if part.faults or any(check(part, self._names, self._sandbox)):
            raise TemplateError("the Word file has faults")
        by_number = {str(tag.number): tag for tag in part.tags}
        return _MARK.sub(lambda found: _source(by_number[found[1]]), _xml(part))

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        """See DocxTemplate: without its own marks, which an answer may contain."""
        self.current_rendering_part = part
        xml = jinja_env.from_string(src_xml).render(context)
        return str(self.resolve_listing(xml))  # type: ignore[no-untyped-call]

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """Title and author are said by us."""

    def fix_tables(self, xml: str) -> Any:
        """A table without rows goes, a cell has a paragraph: Word asks for that."""
        body = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, huge_tree=False))
        for table in list(body.iter(f"{_W}tbl")):
            if table.find(f"{_W}tr") is None:
                table.getparent().replace(table, etree.Element(f"{_W}p"))
        for cell in body.iter(f"{_W}tc"):
            if not len(cell) or cell[-1].tag != f"{_W}p":
                etree.SubElement(cell, f"{_W}p")
        return body

    def drawn(self, path: Callable[[str], Path], key: str, caption: str, millimetres: int) -> str:
        """The XML of a photo, where a run of text is interrupted for it."""
        self._photos += 1
        story: Any = self.current_rendering_part
        relation, image = story.get_or_add_image(str(path(key)))
        wide, high = image.px_width * _TWIPS_PER_PIXEL, image.px_height * _TWIPS_PER_PIXEL
        limit = round(millimetres * _TWIPS_PER_MM) if millimetres else _WIDEST
        share = min(1.0, limit / wide, (_HIGHEST if limit >= _WIDEST else limit * 1.5) / high)
        size = (round(side * share) * EMU_PER_TWIP for side in (wide, high))
        run = picture(relation, self._photos, one_line(caption), *size)
        run = run.replace("<wp:inline", f"<wp:inline {NAMESPACES}", 1)
        return f'</w:t></w:r>{run}<w:r><w:t xml:space="preserve">'


def _without_marks(xml: str) -> str:
    return xml.replace(OPEN, "").replace(CLOSE, "")


def _xml(part: TaggedPart) -> str:
    return str(etree.tostring(part.root, encoding="unicode"))


def _source(tag: Tag) -> str:
    """A tag as Jinja reads it; a photo in a cell is no wider than the cell."""
    if tag.kind == "comment":
        return ""
    if tag.kind not in ("output", "picture"):
        return f"{OPEN}% {tag.text} %{CLOSE}"
    text = tag.text
    if tag.kind == "picture" and tag.width:
        width = round((tag.width - _CELL_MARGINS) / _TWIPS_PER_MM)
        text = f"({text})|rong({min(width, round(_WIDEST / _TWIPS_PER_MM))})"
    return f"{OPEN}{{ {text} }}{CLOSE}"


class _Values:
    """What each name of a template stands for, found when it is asked for."""

    def __init__(
        self,
        form: Form,
        filling: Filling,
        facts: Mapping[str, str],
        draw: Callable[[str, str, int], str] | None,
    ) -> None:
        self._filling = filling
        self._facts = facts
        self._names = Names(form)
        self._sources = Sources(form, filling)
        self._draw = draw
        self._budget = Budget()
        self._profile = {
            question.columns["bot::profile"]: Kind("answer", question.path, question)
            for question in form.questions
            if "bot::profile" in question.columns
        }

    def names(self) -> dict[str, Value]:
        """Everything outside of repeats."""
        inside = self._names.inside("").items()
        found: dict[str, Value] = {ABOUT: Record(self.about)}
        return found | {name: self._value(kind, "", "") for name, kind in inside}

    def about(self, name: str) -> Value:
        """What is known of the report itself: as the form's questions say it, or else the facts."""
        asked = self._profile.get(_PROFILE.get(name, ""))
        answer = self._value(asked, "", "") if asked else None
        if answer:
            return answer
        fact = clean(self._facts.get(name, ""))
        return Answer(fact, date(fact))

    def _value(self, kind: Kind, repeat: str, row: str) -> Value:
        ref = row + kind.path.removeprefix(repeat)
        if kind.name == "repeat":
            rows = (one for one in self._sources.rows(kind.path, row) if self._said(kind.path, one))
            records = [Record(partial(self._in_row, kind.path, one)) for one in rows]
            return Several(records, self._budget)
        if kind.name == "picture":
            return self._picture(kind, row)
        assert kind.question is not None
        raw = self._filling.value(ref)
        if not raw:
            return Answer("", "")
        text = written(self._filling, kind.question, ref, raw)
        bare = clean(shown(kind.question, raw, unit=False))
        return Answer(raw, text, bare, dict(self._chosen(kind, ref, raw)))

    def _said(self, repeat: str, row: str) -> bool:
        """Whether anything was answered in a row; one that was only begun is none."""
        return any(
            any(self._said(kind.path, one) for one in self._sources.rows(kind.path, row))
            if kind.name == "repeat"
            else self._filling.value(row + kind.path.removeprefix(repeat))
            for kind in self._names.inside(repeat).values()
            if kind.question is None or kind.question.type != "calculate"
        )

    def _in_row(self, repeat: str, row: str, name: str) -> Value:
        return self._value(self._names.inside(repeat)[name], repeat, row)

    def _chosen(self, kind: Kind, ref: str, raw: str) -> Iterator[tuple[str, str]]:
        if kind.question is not None and kind.question.type in ("select_multiple", "rank"):
            for name in raw.split():
                with suppress(KeyError):
                    yield name, clean(self._filling.label(ref, name))

    def _picture(self, kind: Kind, row: str) -> Picture:
        assert kind.question is not None
        photo = self._sources.photo(kind.question, row)
        if photo is None:
            return Picture(None, "")
        caption = clean(photo.caption)
        return Picture(partial(self._drawn, photo.key, caption), caption)

    def _drawn(self, key: str, caption: str, width: int) -> str:
        for _ in range(_PHOTO_COSTS):
            self._budget.spend()
        return self._draw(key, caption, width) if self._draw else ""
