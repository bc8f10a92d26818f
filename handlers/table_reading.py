"""A pasted table read as rows of a repeat: which column is which question, what each cell means."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.campaign import Draft, plain
from bot.documents import vietnamese
from bot.documents.plain_label import plain_label
from bot.errors import AnswerError
from bot.forms.definition import Question
from bot.forms.filling import Filling, Step
from bot.forms.vietnamese_tables import COUNTERS, Rows, column_cells, heads, without_counter
from bot.forms.vietnamese_text import fold
from handlers import limits, show
from handlers.meanings import reading_of
from handlers.talk import Talk

MOST_ROWS = 300
_UNREAD_TYPES = ("note", "image", "audio", "video", "file")
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d) 00:00:00")
_FLOAT = re.compile(r"(-?\d+)\.(\d{1,2}|\d{4,})")  # "1.500" may be one thousand five hundred

Row = dict[str, str]
"""Canonical answers of a row, by the path of each question below its repeat."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that gave no answer."""

    row: int  # counted from 1, without the head
    question: Question
    cell: str
    why: str = ""  # what the form's author says; "" where it was not understood


@dataclass(slots=True)
class Table:
    """What was read, and what was not."""

    repeat: str  # its ref
    columns: list[tuple[str, Question]] = field(default_factory=list)  # head, question
    unused: list[str] = field(default_factory=list)  # heads that are no question
    rows: list[Row] = field(default_factory=list)
    shown: list[Row] = field(default_factory=list)  # the same answers as they are echoed
    faults: list[Fault] = field(default_factory=list)
    room: int | None = None  # rows that still fit, where the form limits them
    too_wide: bool = False  # more columns than questions, and nothing says which is which


def questions_of(draft: Draft, repeat: str) -> list[Question]:
    """Return the questions of a repeat that a cell can answer, in the order of the form."""
    return [
        question
        for question in draft.form.questions
        if question.repeat == plain(repeat)
        and question.type not in _UNREAD_TYPES
        and not question.out_of_reach
    ]


def name_of(draft: Draft, question: Question) -> str:
    """Return the name of a question as a head of a column."""
    control = draft.form.controls[draft.form.specs[question.path]]
    return question.columns.get("report::short") or plain_label(control, draft.form)


def read_table(talk: Talk, draft: Draft, repeat: str, cells: Rows) -> Table:
    """Read all cells, without writing anything: a copy of the report tries the answers out."""
    questions = questions_of(draft, repeat)
    table = Table(repeat)
    columns, cells = _columns(draft, questions, cells, table)
    if table.too_wide:
        return table
    environment = talk.deeds.environment(talk.turn.now, talk.turn.person.language)
    filling = Filling.resume(draft.form, draft.filling.state(), environment)
    trial = replace(draft, filling=filling)
    places = row_refs(filling, draft, repeat)
    for number, answers in enumerate(column_cells(cells[:MOST_ROWS], columns), 1):
        ref = next(places, None)
        if ref is None:
            table.room = number - 1
            break
        given = {questions[column].path: cell for column, cell in answers.items()}
        row = _Row(talk, trial, table, number, ref)
        row.read(given)
        table.rows.append(row.values)
        table.shown.append(row.shown)
    return table


def row_refs(filling: Filling, draft: Draft, repeat: str) -> Iterator[str]:
    """Yield the refs of rows to write to: those with nothing in them, then new ones."""
    filled = filled_rows(filling, repeat)
    for number in range(1, filling.rows(repeat) + 1):
        if number not in filled:
            yield f"{repeat}[{number}]"
    while _may_grow(filling, draft, repeat):
        yield filling.add_row(repeat)


def filled_rows(filling: Filling, repeat: str) -> set[int]:
    """Return the numbers of the rows of a repeat that hold an answer."""
    inside = f"{repeat}["
    refs = (ref for ref, question in filling.asked() if question and ref.startswith(inside))
    return {int(ref[len(inside) :].partition("]")[0]) for ref in refs if filling.value(ref)}


def _may_grow(filling: Filling, draft: Draft, repeat: str) -> bool:
    known = next(one for one in draft.form.repeats if one.path == plain(repeat))
    most = known.columns.get("bot::max", "")
    if known.counted or known.fixed:
        return False
    return filling.rows(repeat) < (int(most) if most.isdigit() else MOST_ROWS)


def _columns(
    draft: Draft, questions: Sequence[Question], cells: Rows, table: Table
) -> tuple[list[int | None], Rows]:
    """Find out which column is which question, by the head row or else by their order."""
    names = [(name_of(draft, one), _label(draft, one), one.name) for one in questions]
    found = heads(cells[0], names)
    named = sum(place is not None for place in found)
    counters = sum(fold(cell).strip(" .") in COUNTERS for cell in cells[0])
    if named and (named + counters) * 2 >= len([cell for cell in cells[0] if cell]):
        table.unused = [
            cell
            for cell, place in zip(cells[0], found, strict=True)
            if place is None and cell and fold(cell).strip(" .") not in COUNTERS
        ]
        table.columns = [
            (cell, questions[place])
            for cell, place in zip(cells[0], found, strict=True)
            if place is not None
        ]
        return found, cells[1:]
    if max(map(len, cells)) > len(questions):
        cells = without_counter(cells)
    width = max(map(len, cells))
    table.too_wide = width > len(questions)
    table.columns = [("", question) for question in questions[:width]]
    return list(range(len(questions))), cells


def _label(draft: Draft, question: Question) -> str:
    return plain_label(draft.form.controls[draft.form.specs[question.path]], draft.form)


@dataclass(slots=True)
class _Row:
    """One row being read."""

    talk: Talk
    trial: Draft
    table: Table
    number: int
    ref: str
    values: Row = field(default_factory=dict)
    shown: Row = field(default_factory=dict)

    def read(self, given: dict[str, str]) -> None:
        """Try the answers out in the order of the form, for one may make the next relevant."""
        order = questions_of(self.trial, self.table.repeat)
        for question in (one for one in order if one.path in given):
            below = question.path.removeprefix(plain(self.table.repeat))
            value, why = self._answer(self.ref + below, question, given[question.path])
            if value:
                self.values[below] = value
                step = self.trial.filling.step(self.ref + below)
                self.shown[below] = show.value(self.talk, self.trial, step)
            else:
                fault = Fault(self.number, question, given[question.path], why)
                self.table.faults.append(fault)

    def _answer(self, ref: str, question: Question, cell: str) -> tuple[str, str]:
        try:
            step = self.trial.filling.step(ref)
        except KeyError:
            return "", self.talk.text("table-not-asked")
        value = self._meaning(step, cell)
        if not value:
            return "", ""
        try:
            self.trial.filling.answer(ref, value)
        except AnswerError as refusal:
            limit = limits.words(self.talk, self.trial, step)
            return "", str(refusal) or limit or self.talk.text("table-refused")
        return value, ""

    def _meaning(self, step: Step, cell: str) -> str:
        assert step.question is not None
        is_money = step.question.columns.get("bot::reads") == "money"
        if step.question.type in ("text", "barcode") and not is_money:
            return vietnamese.clean(cell)
        reading = reading_of(self.talk, self.trial, step, _as_typed(step, cell))
        return reading.value if reading.sure else ""


def _as_typed(step: Step, cell: str) -> str:
    """Return a cell as somebody would type it: Excel gives midnights and decimal points."""
    assert step.question is not None
    if (day := _MIDNIGHT.fullmatch(cell)) is not None:
        return day[1]
    if (
        step.question.type in ("decimal", "range")
        and (number := _FLOAT.fullmatch(cell)) is not None
    ):
        return f"{number[1]},{number[2]}"
    return cell
