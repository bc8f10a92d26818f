"""A table for a repeat: pasted or sent, shown as it was read, written when that is agreed to."""

from collections.abc import Iterator
from typing import Any

from bot.campaign import Draft, enclosing, is_photo_repeat, plain
from bot.chat import Choice, File
from bot.documents.vietnamese import file_name
from bot.errors import AnswerError, RosterError
from bot.forms.filling import Step
from bot.forms.vietnamese_input import fold
from bot.forms.vietnamese_tables import Rows, lines_of, pasted_rows
from bot.roster_files import grids_of
from bot.rows_sheet import XLSX, sheet_key
from handlers import asking
from handlers.meanings import yes_or_no
from handlers.table_reading import (
    MOST_ROWS,
    Row,
    Table,
    filled_rows,
    name_of,
    questions_of,
    read_table,
    row_refs,
)
from handlers.taking import forget_file
from handlers.talk import Talk, token_of

_MOST_FAULTS = 10
_SAMPLE = 3  # rows shown as they were read
_WRITE = ("ghi", "ghi them", "ghi het", "luu", "dong y")
_REPLACE = ("thay", "thay het", "ghi de", "thay cac hang cu")
_DISCARD = ("bo", "huy", "bo bang", "khong ghi")
_TEMPLATE = ("mau bang", "tai mau", "tai mau excel", "mau excel", "bang mau")


def open_repeat(draft: Draft, step: Step) -> str | None:
    """Return the repeat that the open question belongs to, if its rows can come as a table."""
    repeat = step.ref if step.kind == "add_another" else None
    if step.question is not None and step.question.repeat is not None:
        around = list(enclosing(step.ref))
        repeat = around[-1][0] if around else None
    if repeat is None or is_photo_repeat(draft.form, plain(repeat)):
        return None
    return repeat if questions_of(draft, repeat) else None


def take_words(talk: Talk, draft: Draft, step: Step, text: str) -> bool:
    """Take a pasted table, words about the one that was read, or the wish for a template."""
    repeat = open_repeat(draft, step)
    pending = talk.state.get("ask", {})
    if repeat is None or pending.get("kind") == "adding":
        return False
    if fold(text) in _TEMPLATE:
        send_template(talk, draft, step)
        return True
    if rows := _rows_in(draft, step, repeat, text):
        _preview(talk, draft, step, read_table(talk, draft, repeat, rows))
        return True
    if pending.get("kind") != "table":
        return False
    if _settle(talk, draft, step, text):
        return True
    talk.state.pop("ask")  # what was said is an answer to the question itself
    return False


def _rows_in(draft: Draft, step: Step, repeat: str, text: str) -> Rows:
    """Return the table that a message holds; a list of lines where each row is one answer."""
    questions = questions_of(draft, repeat)
    rows = pasted_rows(text)
    if rows and ("\t" in text or max(map(len, rows)) <= len(questions) + 1):
        return rows if len(questions) > 1 or max(map(len, rows)) <= 2 else []
    lines = lines_of(text)
    long_text = step.question is not None and "multiline" in step.question.appearance
    return lines if len(questions) == 1 and len(lines) > 1 and not long_text else []


def _settle(talk: Talk, draft: Draft, step: Step, text: str) -> bool:
    said = fold(text)
    if said in _REPLACE:
        replace(talk, draft, step)
    elif said in _DISCARD or yes_or_no(text, (), ()) is False:
        discard(talk, draft, step)
    elif said in _WRITE or said.startswith("ghi ") or yes_or_no(text, (), ()):
        write(talk, draft, step)
    else:
        return False
    return True


def take_file(talk: Talk, draft: Draft, step: Step) -> bool:
    """Take a workbook or a text file with the rows of the open repeat."""
    repeat = open_repeat(draft, step)
    papers = [part.paper for part in talk.turn.received if part.paper and part.paper.content]
    if repeat is None or not papers:
        return False
    paper = papers[0]
    talk.turn.forgotten.append(paper.key)
    try:
        rows = _cells(paper.content, paper.name)
    except RosterError:
        rows = []
    if rows:
        _preview(talk, draft, step, read_table(talk, draft, repeat, rows))
    else:
        talk.lead.append(talk.text("table-unreadable"))
        asking.ask(talk, draft, step)
    return True


def _cells(content: bytes, name: str) -> Rows:
    """Return the cells of the first sheet that shows something.

    Raises:
        RosterError: it cannot be read.
    """
    grid = next(grid for grid in grids_of(content, name) if grid.lines)
    width = max(max(line.cells) for line in grid.lines)
    return [[line.cells.get(at, "") for at in range(1, width + 1)] for line in grid.lines]


# what was read


def _preview(talk: Talk, draft: Draft, step: Step, table: Table) -> None:
    """Show what was read; nothing is written before somebody says so."""
    if table.too_wide or not any(table.rows):
        names = "; ".join(name_of(draft, one) for one in questions_of(draft, table.repeat))
        key = "table-too-wide" if table.too_wide else "table-nothing"
        talk.lead.append(talk.text(key, names=names))
        asking.repeat_question(talk, draft)
        return
    talk.state["ask"] = {"kind": "table", "repeat": table.repeat, "rows": table.rows}
    count = str(len(table.rows))
    lines = [talk.text("table-read", count=count), *_described(talk, draft, table)]
    talk.say_text("\n".join(lines), *_choices(talk, draft, step, table))


def _choices(talk: Talk, draft: Draft, step: Step, table: Table) -> list[Choice]:
    count = str(len(table.rows))
    filled = filled_rows(draft.filling, table.repeat)
    write_key = "button-table-add" if filled else "button-table-write"
    choices = [Choice(talk.text(write_key, count=count), token_of(draft, step, "rows"))]
    if filled and table.room is None and _may_be_dropped(draft, table.repeat):
        label = talk.text("button-table-replace", count=str(len(filled)))
        choices.append(Choice(label, token_of(draft, step, "instead")))
    return [*choices, talk.choice("button-table-discard", token_of(draft, step, "norows"))]


def _may_be_dropped(draft: Draft, repeat: str) -> bool:
    known = next(one for one in draft.form.repeats if one.path == plain(repeat))
    return not (known.counted or known.fixed)


def _described(talk: Talk, draft: Draft, table: Table) -> Iterator[str]:
    for head, question in table.columns:
        name = name_of(draft, question)
        if head and fold(head) != fold(name):
            yield talk.text("table-column", head=head, name=name)
    if any(not head for head, _ in table.columns):
        names = "; ".join(name_of(draft, question) for _, question in table.columns)
        yield talk.text("table-by-order", names=names)
    if table.unused:
        yield talk.text("table-unused", names="; ".join(table.unused))
    for number, row in enumerate(table.shown[:_SAMPLE], 1):
        yield talk.text("table-sample", row=str(number), cells=_sample(table, row))
    if len(table.rows) > _SAMPLE:
        yield "…"
    yield from _fault_lines(talk, draft, table)
    if table.room is not None or len(table.rows) == MOST_ROWS:
        yield talk.text("table-no-room", count=str(len(table.rows)))


def _sample(table: Table, row: Row) -> str:
    """Return the answers of a row as they would be echoed."""
    paths = [question.path.removeprefix(plain(table.repeat)) for _, question in table.columns]
    return " · ".join(row.get(path, "–") for path in paths)


def _fault_lines(talk: Talk, draft: Draft, table: Table) -> Iterator[str]:
    if not table.faults:
        return
    yield talk.text("table-faults", count=str(len(table.faults)))
    for fault in table.faults[:_MOST_FAULTS]:
        cell = fault.cell if len(fault.cell) <= 40 else fault.cell[:40] + "…"
        key = "table-fault-why" if fault.why else "table-fault"
        name = name_of(draft, fault.question)
        yield talk.text(key, row=str(fault.row), name=name, said=cell, why=fault.why)
    if len(table.faults) > _MOST_FAULTS:
        yield talk.text("and-more", count=str(len(table.faults) - _MOST_FAULTS))


# writing


def write(talk: Talk, draft: Draft, step: Step) -> None:
    """Write what was read, behind the rows that are there."""
    pending = _pending(talk)
    if pending is None:
        asking.ask(talk, draft, step)
        return
    _write(talk, draft, step, pending)


def replace(talk: Talk, draft: Draft, step: Step) -> None:
    """Write what was read in place of the rows that are there."""
    pending = _pending(talk)
    if pending is None or not _may_be_dropped(draft, str(pending["repeat"])):
        asking.ask(talk, draft, step)
        return
    repeat = str(pending["repeat"])
    for number in range(draft.filling.rows(repeat), 0, -1):
        _drop(talk, draft, f"{repeat}[{number}]")
    _write(talk, draft, step, pending)


def _pending(talk: Talk) -> dict[str, Any] | None:
    pending = talk.state.get("ask", {})
    if pending.get("kind") != "table":
        return None
    talk.state.pop("ask")
    return dict(pending)


def _drop(talk: Talk, draft: Draft, row: str) -> None:
    """Take a row away, and with it the files that answer its questions."""
    for step in draft.filling.steps():
        if not step.value or not step.ref.startswith(f"{row}/") or step.question is None:
            continue
        if step.question.type in ("image", "audio", "video", "file"):
            forget_file(talk, step.value)
    draft.filling.drop_row(row)


def _write(talk: Talk, draft: Draft, step: Step, pending: dict[str, Any]) -> None:
    repeat = str(pending["repeat"])
    places = row_refs(draft.filling, draft, repeat)
    written = 0
    for row, ref in zip(pending["rows"], places, strict=False):
        _fill(talk, draft, ref, row)
        written += 1
    draft.moved()
    talk.state["last"] = step.ref
    talk.state.pop("jumped", None)
    talk.lead.append(talk.text("table-written", count=str(written)))
    asking.go_on(talk, draft)


def _fill(talk: Talk, draft: Draft, ref: str, row: Row) -> None:
    """Answer the questions of a row; what the table leaves out and need not be is not asked."""
    asked = questions_of(draft, ref.rpartition("[")[0])
    for question in asked:
        below = question.path.removeprefix(question.repeat or "")
        try:
            if below in row:
                draft.filling.answer(ref + below, row[below])
                draft.touch(ref + below, talk.turn.person, talk.turn.now)
            elif not draft.filling.step(ref + below).required:
                draft.filling.skip(ref + below)
        except (AnswerError, KeyError):
            continue  # something else has changed meanwhile: it is asked when it is open


def discard(talk: Talk, draft: Draft, step: Step) -> None:
    """Forget what was read."""
    if _pending(talk) is not None:
        talk.lead.append(talk.text("table-discarded"))
    asking.ask(talk, draft, step)


# the template


def send_template(talk: Talk, draft: Draft, step: Step) -> None:
    """Send an Excel file with the questions of the repeat as its heads."""
    repeat = open_repeat(draft, step)
    if repeat is None:
        asking.ask(talk, draft, step)
        return
    number = next(n for n, one in enumerate(draft.form.repeats) if one.path == plain(repeat))
    name = file_name(f"Mẫu bảng {_title(draft, step, repeat)}")
    file = File(sheet_key(draft.form_id, number), f"{name}.xlsx", XLSX)
    talk.say("table-template", files=(file,))
    asking.repeat_question(talk, draft)


def _title(draft: Draft, step: Step, repeat: str) -> str:
    if step.kind == "add_another":
        return step.label
    return step.sections[-1] if step.sections else repeat.rpartition("/")[2]


WAYS = {"rows": write, "instead": replace, "norows": discard, "sheet": send_template}
