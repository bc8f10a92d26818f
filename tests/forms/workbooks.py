"""Questionnaires as Markdown tables, so that a test shows what it asks.

A heading (``## choices``) begins a sheet; the first one is survey. Cells are trimmed.
"""

import io
from datetime import datetime
from functools import cache
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook

from bot.forms import pyxform_worker
from bot.forms.faults import Fault
from bot.forms.filling import Environment, Filling
from bot.forms.judging import judge
from bot.forms.sheet import FormPackage, package_of
from bot.forms.xform import Form

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ITEM = "root/item"  # of a list, as pyxform writes it
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZONE)


def workbook(markdown: str, first: str = "survey") -> bytes:
    """The workbook that the tables describe, as the bytes of an .xlsx file."""
    book = Workbook()
    sheet = book.active
    assert sheet
    sheet.title = first
    for line in map(str.strip, markdown.splitlines()):
        if line.startswith("##"):
            title = line.strip("# ")
            sheet = book[title] if title in book.sheetnames else book.create_sheet(title)
        elif line.startswith("|"):
            sheet.append([cell.strip().replace("¦", "|") for cell in line.strip("|").split("|")])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@cache
def package(markdown: str) -> FormPackage:
    """The package of a workbook; pyxform runs in this process, which is faster than a worker."""
    return package_of("", pyxform_worker.answer_for(workbook(markdown)))


def faults_of(markdown: str) -> tuple[Fault, ...]:
    """Everything that is found in a workbook."""
    return judge(pyxform_worker.answer_for(workbook(markdown))).faults


@cache
def form(markdown: str) -> Form:
    found = package(markdown)
    return Form.compile(found.xform, found.layout)


def environment(**changes: Any) -> Environment:
    return Environment(**{"now": NOW, "timezone": ZONE, "random": Random(7), **changes})


def begin(markdown: str, preset: dict[str, str] | None = None, **changes: Any) -> Filling:
    """A new filling of the questionnaire."""
    return Filling.start(form(markdown), environment(**changes), preset)


def again(filling: Filling, **changes: Any) -> Filling:
    """The same filling after it has been saved and read back."""
    return Filling.resume(filling.form, filling.state(), environment(**changes))


def refs(filling: Filling) -> list[str]:
    """What is asked now, without the name of the root."""
    return [step.ref.removeprefix("/data/") for step in filling.steps()]


def answer(filling: Filling, **values: str) -> Filling:
    """Answer questions of the outermost level by name."""
    for name, value in values.items():
        filling.answer(f"/data/{name}", value)
    return filling
