"""Checks what a workbook adds to XLSForm: the report sheet, and the bot:: columns."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final

from bot.forms import xpath
from bot.forms.columns import Row, Table
from bot.forms.evaluate import compile_expression
from bot.forms.explained import explain_expression
from bot.forms.expression_checks import (
    check_expression,
    check_names,
    likest,
    nearest_name,
)
from bot.forms.faults import Fault, error, warning
from bot.forms.survey_rows import IMAGES, NUMBERS, REFERENCE, Survey, SurveyRow
from bot.forms.tree import Spec
from bot.forms.vietnamese_text import fold
from bot.forms.xform import Form
from bot.forms.xpath import XPathError

HEADINGS: Final = ("part", "item")
BODY: Final = (*HEADINGS, "point", "text", "dash")
SOURCED: Final = ("table", "photos")
LETTERHEAD: Final = (
    *("superior", "issuer", "number", "symbol", "place", "date", "document_type", "subject"),
    *("addressee", "basis"),
)
FOOT: Final = ("recipient", "signer_authority", "signer_title", "signer_name")
KINDS: Final = (*LETTERHEAD, *BODY, *SOURCED, "appendix", *FOOT)
"""In the order of the paper; bot.documents.outline prints each."""
_IN_VIETNAMESE: Final = {
    "phan": "part",
    "muc": "item",
    "diem": "point",
    "doan": "text",
    "gach dau dong": "dash",
    "bang": "table",
    "anh": "photos",
    "phu luc": "appendix",
    "noi nhan": "recipient",
    "kinh gui": "addressee",
    "can cu": "basis",
    "co quan chu quan": "superior",
    "nguoi ky": "signer_name",
    "chuc vu": "signer_title",
    "trich yeu": "subject",
    "dia danh": "place",
    "so": "number",
    "ky hieu": "symbol",
    "ngay": "date",
}
_NOT_PRINTED: Final = frozenset(("note", "acknowledge", "trigger", "file", "audio", "video"))


def check_report(report: Table, survey: Survey) -> list[Fault]:
    """Row by row: kinds, names, conditions, sources; then headings that can never be printed."""
    names = survey.named()
    found: list[Fault] = []
    for number, row in report.rows:
        found += _check_kind(report, number, row)
        gone = _gone(row, names)
        if gone:
            found.append(_row_gone(report, number, row, gone, names))
            continue
        found += _check_source(report, survey, number, row)
        text, relevant = row.get("text", ""), row.get("relevant", "")
        found += check_names(text, names, "report", number, report.title("text"))
        if relevant:
            title = report.title("relevant")
            found += check_expression(relevant, names, "report", number, title)
    return [*found, *_check_headings(report)]


def _row_gone(
    report: Table, number: int, row: Row, gone: Sequence[str], names: Mapping[str, object]
) -> Fault:
    """What it tells of has been taken out of the survey: one fault a row, not one a name."""
    cells = ("text", "relevant", "source")
    column = next(name for name in cells if any(word in row.get(name, "") for word in gone))
    known = ", ".join(likest(gone[0], names))
    arguments = {"names": ", ".join(gone), "row": number, "known": known}
    return error("report", number, report.title(column), "fault-row-gone", **arguments)


def _gone(row: Row, names: Mapping[str, object]) -> list[str]:
    """What a row mentions and the survey has under no name like it."""
    source = _bare(row.get("source", "")) if row.get("kind") in (*SOURCED, *BODY) else ""
    said = [*([source] if source else []), *_mentioned(row)]
    return [n for n in dict.fromkeys(said) if n not in names and not nearest_name(n, names)]


def kind_meant(written: str) -> str:
    """The kind of row that is probably meant; "" when nothing is near."""
    said = fold(written)
    if said in _IN_VIETNAMESE:
        return _IN_VIETNAMESE[said]
    near = get_close_matches(written.strip().lower(), KINDS, 1, 0.65)
    return near[0] if near else ""


def _check_kind(report: Table, number: int, row: Row) -> Iterator[Fault]:
    kind, column = row.get("kind", ""), report.title("kind")
    if not kind:
        yield error("report", number, column, "fault-kind-missing")
    elif kind not in KINDS:
        meant = kind_meant(kind)
        if meant:
            yield error("report", number, column, "fault-kind-meant", kind=kind, meant=meant)
        else:
            yield error("report", number, column, "fault-kind", kind=kind, kinds=", ".join(BODY))
    elif kind in SOURCED and not row.get("source"):
        yield error("report", number, report.title("source"), "fault-source-missing", kind=kind)
    elif kind not in SOURCED and not row.get("text"):
        yield warning("report", number, report.title("text"), "fault-text-missing", kind=kind)


def _check_source(report: Table, survey: Survey, number: int, row: Row) -> Iterator[Fault]:
    source, kind = _bare(row.get("source", "")), row.get("kind", "")
    if not source or kind not in (*SOURCED, *BODY):
        return
    column, names = report.title("source"), survey.named()
    if source not in names:
        meant = nearest_name(source, names)
        yield error("report", number, column, "fault-source-meant", name=source, meant=meant)
        return
    key = _source_fault(kind, names[source][0], survey)
    if kind == "table" and not key:
        yield from _check_columns(report, survey, number, row)
    if key:
        make = warning if key == "fault-source-no-numbers" else error
        yield make("report", number, column, key, name=source, kind=kind)


def _check_columns(report: Table, survey: Survey, number: int, row: Row) -> Iterator[Fault]:
    """The columns that the text of a table's row names stand in its source."""
    names = survey.named()
    opening = names[_bare(row["source"])][0]
    inside = {found.name for found in survey.within(opening)}
    for name in REFERENCE.findall(row.get("text", "")):
        if name in names and name not in inside:
            arguments = {"name": name, "source": opening.name}
            yield error("report", number, report.title("text"), "fault-table-column", **arguments)


def _source_fault(kind: str, source: SurveyRow, survey: Survey) -> str:
    inside = list(survey.within(source)) if source.opens else []
    if kind == "photos":
        has_photo = source.kind in IMAGES or (
            source.kind == "begin repeat" and any(row.kind in IMAGES for row in inside)
        )
        return "" if has_photo else "fault-source-no-photos"
    if kind != "table":
        return "" if source.kind == "begin repeat" else "fault-source-no-repeat"
    if not source.opens:
        return "fault-source-no-group"
    if source.kind == "begin group" and not any(row.kind in NUMBERS for row in inside):
        return "fault-source-no-numbers"
    return ""


def _bare(name: str) -> str:
    match = re.fullmatch(r"\$\{\s*([^}]*?)\s*\}", name.strip())
    return match[1] if match else name.strip()


# headings that can never be printed


def _check_headings(report: Table) -> Iterator[Fault]:
    rows = [(number, row) for number, row in report.rows if row.get("kind") in _PRINTED]
    never = {number for number, row in rows if is_never(row.get("relevant", ""))}
    for number in sorted(never):
        expression = dict(rows)[number].get("relevant", "")
        title = report.title("relevant")
        yield warning("report", number, title, "fault-never", expression=expression)
    filled = item_below = below = False  # since the last item, part and appendix
    for number, row in reversed([(n, r) for n, r in rows if n not in never]):
        kind, is_bare = row["kind"], not (row.get("source") or "${" in row.get("text", ""))
        is_empty = {
            "item": is_bare and not filled,
            "part": not (filled or item_below),
            "appendix": not below,
        }.get(kind, False)
        if is_empty:
            title, text = report.title("text"), row.get("text", "")
            yield warning("report", number, title, "fault-heading-empty", text=text)
        filled = kind not in (*HEADINGS, "appendix")  # only what stands right under a heading
        item_below = kind not in ("part", "appendix") and (
            item_below or (kind == "item" and not is_empty)
        )
        below = kind != "appendix" and (below or not is_empty)


_PRINTED: Final = frozenset((*BODY, *SOURCED, "appendix"))


def is_never(expression: str) -> bool:
    """Whether a condition has no question in it and is untrue."""
    if not expression.strip():
        return False
    try:
        value = _constant(xpath.parse(expression))
    except XPathError:
        return False
    return value is not None and not value


def _constant(expression: xpath.Expression) -> bool | float | str | None:
    """The value of an expression without questions; None when it has some, or is unusual."""
    match expression:
        case xpath.Number(value) | xpath.Text(value):
            return value
        case xpath.Call("true", ()):
            return True
        case xpath.Call("false", ()):
            return False
        case xpath.Operation("=" | "!=" as operator, left, right):
            sides = _constant(left), _constant(right)
            if None in sides:
                return None
            return (sides[0] == sides[1]) is (operator == "=")
        case xpath.Operation("and", left, right):
            return False if _constant(left) is False or _constant(right) is False else None
    return None


# questions nobody reads


def check_unused(survey: Survey, report: Table) -> Iterator[Fault]:
    """Questions whose answers neither the document nor another row of the form uses."""
    used = _used(survey, report)
    for row in survey.rows:
        is_kept = row.cells.get("bot::profile") or row.kind in _NOT_PRINTED
        if row.asks and row.name and row.name not in used and not is_kept:
            column, key = survey.table.title("name"), "fault-question-unused"
            yield warning("survey", row.number, column, key, name=row.name)


def _used(survey: Survey, report: Table) -> set[str]:
    names = survey.named()
    queue: list[str] = []
    for _, row in report.rows:
        queue += _mentioned(row)
        source = names.get(_bare(row.get("source", "")), ())
        for opening in source:
            queue += [opening.name, *_printed(survey, opening, row.get("kind", ""))]
    used: set[str] = set()
    while queue:
        name = queue.pop()
        if name in used:
            continue
        used.add(name)
        for place in names.get(name, ()):
            queue += [*_mentioned(place.cells), *place.inside]
    return used


def _mentioned(cells: Row) -> list[str]:
    return [name for text in cells.values() for name in REFERENCE.findall(text)]


def _printed(survey: Survey, opening: SurveyRow, kind: str) -> list[str]:
    """What a table or photos print of a group or repeat: of a group its numbers."""
    if kind == "table" and opening.kind == "begin group":
        return [row.name for row in survey.within(opening) if row.kind in NUMBERS]
    if kind in SOURCED and opening.opens:
        return [row.name for row in survey.within(opening)]
    if kind == "photos":  # of one question: its caption and permission stand beside it
        return [row.name for row in survey.rows if row.inside == opening.inside]
    return []


# with the compiled form


def check_layout(form: Form) -> list[Fault]:
    """Expressions beside XLSForm's own that do not compile as they stand in this form."""
    return [*_compiled_report(form), *_compiled_columns(form)]


def _compiled_report(form: Form) -> Iterator[Fault]:
    rows: list[Mapping[str, Any]] = form.layout.get("report", [])
    for row in rows:
        found = form.by_name.get(_bare(row.get("source", "")), ())
        near = found[0] if found else form.root
        yield from _compiled(
            form, row.get("relevant", ""), near, ("report", row["row"], "relevant")
        )


def _compiled_columns(form: Form) -> Iterator[Fault]:
    rows: Sequence[Mapping[str, Any]] = form.layout.get("survey", [])
    for row in rows:
        columns: Mapping[str, str] = row.get("columns", {})
        near = form.specs.get(row["path"], form.root)
        for column in ("bot::example", "bot::check_message"):
            yield from check_names(
                columns.get(column, ""), form.by_name, "survey", row["row"], column
            )
        place = "survey", row["row"], "bot::check"
        yield from _compiled(form, columns.get("bot::check", ""), near, place)


def _compiled(form: Form, source: str, near: Spec, place: tuple[str, int, str]) -> Iterator[Fault]:
    if not source.strip():
        return
    try:
        compile_expression(source, near, form)
    except XPathError as problem:
        key, arguments = explain_expression(str(problem))
        yield error(*place, key, expression=source, **arguments)
