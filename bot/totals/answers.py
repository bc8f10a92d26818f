"""All schools' answers, read one school after another; which sheet and column each belongs in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Final

import orjson

from bot.documents.plain_label import plain_label
from bot.forms.definition import Control, Question
from bot.forms.filling import Environment, Filling
from bot.forms.xform import Form
from bot.totals.work import Job
from bot.workshop import compiled
from storage.totals import Row

NUMBERS: Final = ("integer", "decimal", "range")
CHOICES: Final = ("select_one", "select_multiple", "rank")
_DATES: Final = ("date", "time", "dateTime")
_PHOTOS: Final = ("image", "file", "audio", "video")
_UNSEEN: Final = ("note", "hidden", "acknowledge")


@dataclass(frozen=True, slots=True)
class Column:
    """A question as a column."""

    path: str
    name: str
    title: str
    kind: str  # number, date, time, dateTime, choice, photo, text
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The questions outside of repeats, or those of one repeat."""

    path: str  # of the repeat; "" for what is outside
    title: str
    columns: tuple[Column, ...]


Value = str | tuple[str, ...]
"""A canonical value; of a choice the words of what was chosen."""

Found = dict[tuple[int, ...], dict[int, Value]]
"""Row numbers (none outside of repeats) -> column -> value."""


@dataclass(slots=True)
class Answers:
    """One school's answers, by sheet."""

    row: Row
    filling: Filling | None  # None: nothing that counts was handed in
    by_sheet: list[Found]


class Reader:
    """Reads the answers of a job in the order of its rows, one school in memory at a time."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self.form = self._form(job.form)
        self.sheets = sheets(self.form)
        self._places = {
            form: _places(self.form, self.sheets, self._form(form)) for form in job.forms
        }
        self._words: dict[tuple[str, str], tuple[str, ...]] = {}

    def _form(self, form_id: int) -> Form:
        form: Form = compiled(form_id, *self._job.forms[form_id])
        return form

    def __iter__(self) -> Iterator[Answers]:
        env = Environment(self._job.at, self._job.zone, "", Random(0))  # noqa: S311
        with Path(self._job.answers).open("rb") as file:
            for row in self._job.rows:
                if row.counts:
                    state = orjson.loads(file.readline())
                    filling = Filling.resume(self._form(row.form_id), state, env)
                    yield self._sorted(row, filling)
                else:
                    yield Answers(row, None, [{} for _ in self.sheets])

    def _sorted(self, row: Row, filling: Filling) -> Answers:
        found: list[Found] = [{} for _ in self.sheets]
        places = self._places[row.form_id]
        for path, rows, value in filling.given():
            place = places.get(path)
            if place is not None:
                sheet, column, chosen = place
                words = self._chosen(filling, path, rows, value) if chosen else value
                found[sheet].setdefault(rows, {})[column] = words
        return Answers(row, filling, found)

    def _chosen(
        self, filling: Filling, path: str, rows: Sequence[int], value: str
    ) -> tuple[str, ...]:
        """The words of what was chosen; found out once where they are the same for all schools."""
        words = self._words.get((path, value))
        if words is None:
            form = filling.form
            control = form.controls[form.specs[path]]
            ref = ref_of(path, rows, form)
            single = form.fields[path].type == "select_one"
            names = [value] if single else value.split()
            words = tuple(filling.label(ref, name) for name in names)
            if not control.filtered:
                self._words[path, value] = words
        return words


def ref_of(path: str, rows: Sequence[int], form: Form) -> str:
    """A path with its row numbers put in."""
    around = [repeat for repeat in _repeats(form) if path.startswith(f"{repeat}/")]
    for repeat, number in reversed(list(zip(around, rows, strict=True))):
        path = f"{repeat}[{number}]{path[len(repeat) :]}"
    return path


@lru_cache(maxsize=16)
def _repeats(form: Form) -> list[str]:
    return sorted((repeat.path for repeat in form.repeats), key=len)


@lru_cache(maxsize=16)
def titles(form: Form) -> Mapping[str, str]:
    """The words for each question, group and repeat by path: report::short, or the label."""
    found: dict[str, str] = {}

    def look(controls: Sequence[Control]) -> None:
        for control in controls:
            if control.spec is not None:
                own = form.columns(control.spec.path).get("report::short")
                found[control.spec.path] = own or plain_label(control, form)
            look(control.kids)

    look(form.body)
    for path, question in form.fields.items():
        if short := question.columns.get("report::short"):
            found[path] = short
    return found


@lru_cache(maxsize=16)
def sheets(form: Form) -> tuple[Sheet, ...]:
    """What is outside of repeats, then each repeat; a question a column."""
    words = titles(form)
    columns: dict[str, list[Column]] = {path: [] for path in ("", *_repeats(form))}
    for path, question in form.fields.items():
        kind = kind_of(question)
        # A calculation without words is a step on the way to something else.
        if kind and (question.type != "calculate" or words.get(path)):
            title = words.get(path) or question.name
            unit = question.columns.get("report::unit", "")
            column = Column(path, question.name, title, kind, unit)
            columns[question.repeat or ""].append(column)
    return tuple(
        Sheet(path, words.get(path) or path.rpartition("/")[2], tuple(listed))
        for path, listed in columns.items()
        if listed or not path
    )


def kind_of(question: Question) -> str:
    """What stands in the cells of a question; "" when it has none."""
    if question.type in _UNSEEN:
        return ""
    if question.type in NUMBERS:
        return "number"
    if question.type == "calculate":
        return "number" if question.columns.get("report::unit") else "text"
    if question.type in CHOICES:
        return "choice"
    if question.type in _PHOTOS:
        return "photo"
    return question.type if question.type in _DATES else "text"


def _places(
    main: Form, planned: Sequence[Sheet], form: Form
) -> Mapping[str, tuple[int, int, bool]]:
    """Path in ``form`` -> sheet, column, whether it is a choice: by path, or else by name."""
    own = form is main
    places: dict[str, tuple[int, int, bool]] = {}
    for number, sheet in enumerate(planned):
        for place, column in enumerate(sheet.columns):
            found = form.fields.get(column.path) if own else form.question(column.name)
            if found is not None and bool(found.repeat) == bool(sheet.path):
                places[found.path] = number, place, kind_of(found) == "choice"
    return places
