"""Checks what a workbook adds to XLSForm: the report sheet, and the bot:: columns."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.forms.evaluate import compile_expression
from bot.forms.faults import Issue
from bot.forms.tree import Spec
from bot.forms.xform import Form
from bot.forms.xpath import XPathError

_REFERENCE: Final = re.compile(r"\$\{\s*([^}]*?)\s*\}")


def check_layout(form: Form) -> list[Issue]:
    """Names and expressions in it that the form does not know."""
    return [*_check_report(form), *_check_columns(form)]


def _check_report(form: Form) -> Iterator[Issue]:
    rows: list[Mapping[str, Any]] = form.layout.get("report", [])
    for row in rows:
        number, source = row["row"], row.get("source", "").strip()
        near = form.root
        if source:
            found = form.by_name.get(_bare(source))
            if not found:
                problem = f"there is no group, repeat or question called «{source}»"
                yield Issue("report", number, "source", "error", problem)
            else:
                near = found[0]
        yield from _check_names(form, row.get("text", ""), "report", number, "text")
        yield from _check_expression(form, row.get("relevant", ""), near, "report", number)


def _bare(name: str) -> str:
    match = _REFERENCE.fullmatch(name)
    return match[1] if match else name


def _check_columns(form: Form) -> Iterator[Issue]:
    rows: list[Mapping[str, Any]] = form.layout.get("survey", [])
    for row in rows:
        columns: Mapping[str, str] = row.get("columns", {})
        number = row["row"]
        near = form.specs.get(row["path"], form.root)
        for column in ("bot::example", "bot::check_message"):
            yield from _check_names(form, columns.get(column, ""), "survey", number, column)
        yield from _check_expression(form, columns.get("bot::check", ""), near, "survey", number)


def _check_names(form: Form, text: str, sheet: str, row: int, column: str) -> Iterator[Issue]:
    for name in _REFERENCE.findall(text):
        if name not in form.by_name:
            yield Issue(sheet, row, column, "error", f"there is no question called «{name}»")


def _check_expression(form: Form, source: str, near: Spec, sheet: str, row: int) -> Iterator[Issue]:
    if not source.strip():
        return
    column = "relevant" if sheet == "report" else "bot::check"
    try:
        compile_expression(source, near, form)
    except XPathError as error:
        yield Issue(sheet, row, column, "error", f"{source}: {error}")
