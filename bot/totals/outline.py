"""The headings of a form's ``report`` sheet, and which questions the sentences under each name."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import regex

from bot.documents.outline_plain import plain_rows
from bot.forms.definition import Question
from bot.forms.xform import Form
from bot.totals.answers import kind_of

_REFERENCE: Final = regex.compile(r"\$\{\s*([^}]*?)\s*\}")
_SAID: Final = ("part", "item", "point", "text", "dash")


@dataclass(slots=True)
class Heading:
    """A part or an item, and what the sentences under it speak of."""

    kind: str
    text: str
    sentences: list[tuple[str, list[str]]] = field(default_factory=list)
    """What a sentence begins with ("Về tuyên truyền:", or ""), and the questions it is made of."""


def headings(form: Form) -> list[Heading]:
    """The headings of the main text that have something under them, each question once.

    A statement with an answer in it is no heading; nor is anything of an appendix.
    """
    found: list[Heading] = []
    seen: set[str] = set()
    for row in _main_text(form):
        kind, text = str(row.get("kind")), str(row.get("text") or "").strip()
        if kind in ("part", "item") and not _REFERENCE.search(text):
            found.append(Heading(kind, text.rstrip(". ")))
        elif found:
            named = _named(form, text, str(row.get("relevant") or ""))
            new = [name for name in dict.fromkeys(named) if name not in seen]
            seen.update(new)
            if new:
                beginning = text.partition("${")[0].strip()
                said = beginning if beginning.endswith(":") else ""
                found[-1].sentences.append((said, new))
    return [heading for place, heading in enumerate(found) if _fills(found, place)]


def _named(form: Form, text: str, relevant: str) -> Iterator[str]:
    """The questions that a sentence is made of, also by way of calculations, or depends on."""
    for name in _REFERENCE.findall(text):
        question = form.question(name)
        if question is not None:
            yield from _made_of(form, question)
    for name in _REFERENCE.findall(relevant):
        question = form.question(name)
        if question is not None and _countable(form, question):
            yield question.name


def _made_of(form: Form, question: Question, depth: int = 4) -> Iterator[str]:
    if _countable(form, question):
        yield question.name
    elif question.type == "calculate" and depth:
        unit = form.rules[form.specs[question.path]].calculate
        for read in unit.reads if unit else ():
            if read.spec.path in form.fields:
                yield from _made_of(form, form.fields[read.spec.path], depth - 1)


def _fills(found: list[Heading], place: int) -> bool:
    """Whether anything stands under a heading: under a part also what its items have."""
    heading = found[place]
    if heading.sentences or heading.kind == "item":
        return bool(heading.sentences)
    for other in found[place + 1 :]:
        if other.kind == "part":
            return False
        if other.sentences:
            return True
    return False


def _main_text(form: Form) -> Iterator[dict[str, Any]]:
    for row in form.layout.get("report") or plain_rows(form, {}):
        if row.get("kind") == "appendix":
            return
        if row.get("kind") in _SAID:
            yield row


def _countable(form: Form, question: Question) -> bool:
    """Numbers and choices of this campaign; not what a school is, nor what is said of a photo."""
    if kind_of(question) not in ("number", "choice") or "bot::profile" in question.columns:
        return False
    beside = (one for one in form.questions if one.repeat == question.repeat)
    return question.repeat is None or all(one.type != "image" for one in beside)
