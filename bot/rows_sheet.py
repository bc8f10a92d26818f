"""The Excel file that a repeat can be filled in with: questions as heads, choices listed."""

import asyncio
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.documents.plain_label import plain_label
from bot.forms.definition import Question
from bot.forms.filling import Environment, Filling
from bot.forms.xform import Form
from storage.database import Database

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAKER = "rows"
_ROWS = 300
_MOST_CHOICES = 2000
_NOT_IN_CELLS = ("note", "image", "audio", "video", "file", "geotrace", "geoshape")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def sheet_key(form_id: int, repeat: int) -> str:
    """Return the key of the file for a repeat of a form; a form never changes."""
    return f"made/{MAKER}/{form_id}-{repeat}.xlsx"


class RowSheets:
    """Makes those files when they are sent."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def make(self, what: str, target: Path) -> None:
        """Write the file of ``<form>-<number of the repeat>``."""
        form_id, _, number = what.partition("-")
        stored = await self._database.read(lambda store: store.campaigns.form(int(form_id)))

        def write() -> None:
            write_sheet(Form.compile(*stored), int(number), target)

        await asyncio.to_thread(write)


def write_sheet(form: Form, number: int, target: Path) -> None:
    """Write an Excel file with a column for each question of the repeat of that number."""
    import xlsxwriter  # noqa: PLC0415 - takes long to load

    repeat = form.repeats[number]
    questions = [
        q for q in form.questions if q.repeat == repeat.path and q.type not in _NOT_IN_CELLS
    ]
    choices = _choices(form, repeat.path, questions)
    with xlsxwriter.Workbook(str(target)) as book:
        sheet = book.add_worksheet("Bảng")
        lists = book.add_worksheet("Danh mục") if any(choices.values()) else None
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
        text = book.add_format({"num_format": "@"})
        sheet.freeze_panes(1, 0)
        for column, question in enumerate(questions):
            title = question.columns.get("report::short") or _label(form, question)
            spelled = question.type in ("text", "barcode", "geopoint", "time", "dateTime")
            sheet.set_column(
                column, column, max(14, min(40, len(title) + 2)), text if spelled else None
            )
            sheet.write_string(0, column, title, bold)
            listed = choices.get(question.path, ())
            if listed and lists is not None:
                lists.write_string(0, column, title, bold)
                lists.write_column(1, column, listed)
                sheet.data_validation(1, column, _ROWS, column, _among(question, column, listed))


def _among(question: Question, column: int, listed: Sequence[str]) -> dict[str, object]:
    """Return the rule of a cell: one of the list; of several, Excel can only show the list."""
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415

    name = xl_col_to_name(column)
    source = f"='Danh mục'!${name}$2:${name}${len(listed) + 1}"
    warn = question.type == "select_one"
    return {"validate": "list", "source": source, "show_error": warn, "error_type": "warning"}


def _choices(form: Form, path: str, questions: Sequence[Question]) -> dict[str, Sequence[str]]:
    """Return the labels of the choices of each question, as a first row would be asked."""
    filling = Filling.start(
        form,
        Environment(_EPOCH, ZoneInfo("Asia/Ho_Chi_Minh"), "", random.Random(0)),  # noqa: S311
    )
    found: dict[str, Sequence[str]] = {}
    if "[" in path or any(one.repeat for one in form.repeats if one.path == path):
        return found
    if not filling.rows(path) and _may_grow(form, path):
        filling.add_row(path)
    for question in questions:
        try:
            step = filling.step(f"{path}[1]{question.path.removeprefix(path)}")
        except KeyError:
            continue
        found[question.path] = [option.label for option in step.choices[:_MOST_CHOICES]]
    return found


def _may_grow(form: Form, path: str) -> bool:
    return not any(one.counted or one.fixed for one in form.repeats if one.path == path)


def _label(form: Form, question: Question) -> str:
    return plain_label(form.controls[form.specs[question.path]], form)
