"""Everything that is found in one workbook, before pyxform, by it and after it, at once."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.errors import FormError
from bot.forms.bundle import Bundle
from bot.forms.choice_checks import check_choices, lists_of
from bot.forms.columns import (
    Sheets,
    Table,
    canonical,
    check_header,
    check_media,
    check_namespaces,
    layout_of,
    tables_of,
)
from bot.forms.excel_formulas import from_excel
from bot.forms.explained import explain_flaw, explain_pyxform
from bot.forms.expression_checks import (
    check_expressions,
    check_mentions,
    check_patterns,
    is_expression,
)
from bot.forms.faults import (
    WHOLE_FILE,
    XFORM,
    Fault,
    Flaw,
    RowFinder,
    UnusableForm,
    at_cell,
    error,
    merged,
    warning,
)
from bot.forms.filling import Environment, Filling
from bot.forms.report_sheet import check_layout, check_report, check_unused
from bot.forms.survey_checks import check_survey
from bot.forms.survey_rows import Survey, read_survey
from bot.forms.vietnamese_text import fold
from bot.forms.xform import Form


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a file: a form where no fault is an error, and all faults."""

    xform: str = ""
    layout: dict[str, Any] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


_PYXFORM_DECIDES: Final = frozenset(
    (
        *("fault-type", "fault-type-meant", "fault-list", "fault-list-meant"),
        *("fault-list-not-named", "fault-name-missing", "fault-name-letters"),
        *("fault-name-twice", "fault-name-reserved", "fault-end-missing", "fault-begin-missing"),
        *("fault-end-crossed", "fault-choice-blank", "fault-choice-no-name"),
        *("fault-choice-twice", "fault-column-missing", "fault-column-twice"),
        *("fault-sheet-choices", "fault-sheet-choices-meant", "fault-calculation-missing"),
    )
)
"""Where pyxform takes the form, these were no faults: it knows more spellings than we do."""
_PYXFORM_TAKES: Final = frozenset(("fault-label-missing", "fault-type-missing", "fault-reference"))
"""Where pyxform takes the form, these are only doubtful."""
_ALONE: Final = Bundle(b"")
_ANY_DAY: Final = Environment(datetime(2024, 2, 29, tzinfo=UTC), ZoneInfo("UTC"))
_SHEET_NAMES: Final = {
    "survey": ("phieu", "khao sat", "cau hoi", "questions", "form"),
    "choices": ("lua chon", "danh muc", "options"),
    "settings": ("cai dat", "thiet lap"),
    "report": ("bao cao", "van ban", "dan bai"),
}


def judge(answer: Mapping[str, Any], bundle: Bundle = _ALONE) -> Verdict:
    """The verdict on what the worker read of a workbook (pyxform_worker.answer_for).

    ``bundle``: the files that came with it.
    """
    if "unreadable" in answer:
        return Verdict(faults=(_unreadable(answer["unreadable"]),))
    sheets: Sheets = answer["sheets"]
    tables = tables_of(sheets)
    if "survey" not in tables:
        return Verdict(faults=tuple(_check_sheets(answer["titles"], tables, None)))
    survey = read_survey(tables["survey"])
    before = list(_before(answer, tables, survey))
    if "error" in answer:
        found = merged(before, check_expressions(survey), _pyxform_fault(answer, tables, before))
        return Verdict(faults=tuple(_located(found, tables, sheets)))
    before = [_softened(fault) for fault in before if fault.key not in _PYXFORM_DECIDES]
    layout = layout_of(sheets, answer["root"])
    if answer["itemsets"]:
        layout["itemsets"] = answer["itemsets"]
    layout |= _lists_beside(bundle)
    after = _compiled(answer["xform"], layout, tables["survey"])
    named = {f.row: f.is_error for f in before if f.key == "fault-type-not-in-chat"}
    after = [f for f in after if not _is_named(f, named)]
    if any(fault.is_error for fault in before):  # what has no row comes of those that have
        after = [fault for fault in after if fault.row]
    found = merged(before, after, check_media(tables, bundle.media()))
    if "report" in tables and not any(fault.is_error for fault in found):
        found = merged(found, check_unused(survey, tables["report"]))
    return Verdict(answer["xform"], layout, tuple(_located(found, tables, sheets)))


def _is_named(fault: Fault, named: Mapping[int, bool]) -> bool:
    """Whether what a chat cannot ask was said of the row before, and no less strictly."""
    if fault.row not in named or not fault.key.startswith("fault-reach-"):
        return False
    return named[fault.row] or not fault.is_error


def _softened(fault: Fault) -> Fault:
    return replace(fault, severity="warning") if fault.key in _PYXFORM_TAKES else fault


def judge_xform(bundle: Bundle) -> Verdict:
    """The verdict on an uploaded XForm and the files that came with it."""
    xform = bundle.form.decode("utf-8-sig", "replace")
    layout = _lists_beside(bundle)
    return Verdict(xform, layout, merged(_compiled(xform, layout, None)))


def _lists_beside(bundle: Bundle) -> dict[str, Any]:
    lists = bundle.lists()
    return {"attachments": lists} if lists else {}


def _unreadable(problem: str) -> Fault:
    if "encrypted" in problem.lower() or "password" in problem.lower():
        return error(WHOLE_FILE, 0, "", "fault-file-password")
    if problem.startswith("TooManyCells"):
        return error(WHOLE_FILE, 0, "", "fault-cells-too-many")
    return error(WHOLE_FILE, 0, "", "fault-file-broken")


# before pyxform


def _before(answer: Mapping[str, Any], tables: Mapping[str, Table], survey: Survey) -> list[Fault]:
    sheets: Sheets = answer["sheets"]
    found = list(_check_sheets(answer["titles"], tables, survey))
    for name in ("survey", "choices", "settings", "report"):
        if name in tables and (sheets[name] or name == "survey"):
            found += check_header(tables[name], sheets[name], answer["columns"])
    found = check_namespaces(found, tables.get("settings"))
    found += _check_odd(answer["odd"], tables, sheets)
    found += _check_merged(answer["merged"], tables)
    if "type" not in tables["survey"].titles or not sheets["survey"]:
        return found
    lists = lists_of(tables.get("choices"))
    is_listed = not any(fault.key.startswith("fault-sheet-choices") for fault in found)
    if not is_listed:  # each select would say the same again
        lists = {row.choices: 0 for row in survey.rows}
    if len(tables["survey"].rows) or len(sheets["survey"]) > 1:
        found += check_survey(survey, lists, answer["types"])
    else:
        found.append(error("survey", 0, "", "fault-sheet-empty", sheet="survey"))
    if is_listed:
        found += check_choices(tables.get("choices"), survey, tables.get("settings"))
    found += check_patterns(survey)
    found += check_mentions(survey)
    if "report" in tables:
        found += check_report(tables["report"], survey)
    return found


def _check_sheets(
    titles: Sequence[str], tables: Mapping[str, Table], survey: Survey | None
) -> Iterator[Fault]:
    meant = _meant(titles, tables)
    if survey is None:
        key = "fault-sheet-survey-meant" if "survey" in meant else "fault-sheet-survey"
        found = meant.pop("survey", "") or ", ".join(titles)
        yield error(WHOLE_FILE, 0, "", key, found=found)
    needs_lists = survey is not None and any(
        row.kind in ("select_one", "select_multiple", "rank") and not row.choices.startswith("${")
        for row in survey.rows
    )
    if needs_lists and "choices" not in tables:
        if "choices" in meant:
            yield error(WHOLE_FILE, 0, "", "fault-sheet-choices-meant", found=meant.pop("choices"))
        else:
            yield error(WHOLE_FILE, 0, "", "fault-sheet-choices")
    for known, title in meant.items():
        yield warning(WHOLE_FILE, 0, "", "fault-sheet-meant", found=title, meant=known)


def _meant(titles: Sequence[str], tables: Mapping[str, Table]) -> dict[str, str]:
    """Sheets that are missing, each with the title of one that is probably it."""
    meant: dict[str, str] = {}
    for title in titles:
        name = title.strip().lower()
        for known, words in _SHEET_NAMES.items():
            near = get_close_matches(name, [known], 1, 0.75) or fold(name) in words
            if near and name not in tables and known not in tables:
                meant.setdefault(known, title)
    return meant


_MEANS_TEXT: Final = frozenset(
    ("type", "name", "list_name", "relevant", "constraint", "calculation", "choice_filter")
)
_SEEN: Final = ("label", "hint", "text", "constraint_message", "required_message")


def _check_odd(
    odd: Sequence[Sequence[Any]], tables: Mapping[str, Table], sheets: Sheets
) -> Iterator[Fault]:
    """Cells that Excel took for a date, a truth value or a broken formula."""
    for sheet, row, at, kind in odd:
        table = tables[sheet]
        header = sheets[sheet][table.header - 1] if sheets[sheet] else ()
        title = header[at] if at < len(header) else ""
        if not title or row <= table.header:
            continue
        name = canonical(title).partition("::")[0]
        written = sheets[sheet][row - 1][at]
        if kind == "error":
            yield error(sheet, row, title, "fault-cell-error", written=written)
        elif kind == "date" and (name in _MEANS_TEXT or name.startswith(_SEEN)):
            make = error if name in _MEANS_TEXT else warning
            yield make(sheet, row, title, "fault-cell-date", written=written)
        elif kind == "truth" and name in ("name", "list_name", "type", *_SEEN):
            yield warning(sheet, row, title, "fault-cell-truth", written=written)


_RANGE: Final = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")


def _check_merged(ranges: Sequence[Sequence[str]], tables: Mapping[str, Table]) -> Iterator[Fault]:
    """Of merged cells only the first holds anything; what was in the others is gone."""
    for sheet, cells in ranges:
        match = _RANGE.fullmatch(cells)
        table = tables.get(sheet)
        if match is None or table is None or not table.rows:
            continue
        first, last = int(match[2]), int(match[4])
        if first > table.rows[-1][0]:
            continue
        # Down the rows of a table an answer list or a type is lost; along a heading nothing is.
        loses = last > first and sheet in ("survey", "choices", "report") and first > table.header
        make = error if loses or first == table.header else warning
        yield make(sheet, first, "", "fault-merged", cells=cells)


# by pyxform


_ROW: Final = re.compile(r"\[row : (\d+)\]\s*")
_SHEET: Final = re.compile(r"'(survey|choices|settings|entities)'|\b(choices|settings) sheet")
_QUOTED: Final = re.compile(r"'([^']+)'|\[([^\]]+)\]|\"([^\"]+)\"")
_COLUMN: Final = re.compile(r"the '([^']+)' value is")


def _pyxform_fault(
    answer: Mapping[str, Any], tables: Mapping[str, Table], before: Sequence[Fault]
) -> list[Fault]:
    """What pyxform stopped at, unless we have said so already, and better."""
    text: str = answer["error"]
    context: Mapping[str, str] = answer["context"]
    match, named = _ROW.search(text), _SHEET.search(text)
    row = int(match[1]) if match else int(context["row"]) if context.get("row", "").isdigit() else 0
    sheet = context.get("sheet") or (named and (named[1] or (not row and named[2]))) or "survey"
    problem = _ROW.sub("", text).strip().partition("\n")[0]
    if not row:
        sheet, row = _place_of(problem, tables, sheet)
    column = context.get("column", "")
    written = _COLUMN.search(problem)
    column = column or (written[1] if written else "")
    errors = [fault for fault in before if fault.is_error]
    if any(not row or (fault.sheet, fault.row) == (sheet, row) for fault in errors):
        return []
    if answer["error_code"].startswith("HEADER") and any(
        fault.sheet == sheet and fault.key.startswith(_OF_HEADERS) for fault in errors
    ):
        return []
    key, arguments = explain_pyxform(problem, answer["error_code"], context)
    title = tables[sheet].title(canonical(column)) if sheet in tables and column else column
    return [error(sheet, row, title or _column_of(key, tables.get(sheet)), key, **arguments)]


_OF_HEADERS: Final = ("fault-header", "fault-column")
_COLUMNS: Final = {
    "fault-calculation-missing": "calculation",
    "fault-type": "type",
    "fault-list": "type",
    "fault-name-missing": "name",
}


def _column_of(key: str, table: Table | None) -> str:
    name = _COLUMNS.get(key, "")
    return table.title(name) if table and name else name


def _place_of(problem: str, tables: Mapping[str, Table], otherwise: str) -> tuple[str, int]:
    """The sheet and row of the first cell that ``problem`` quotes."""
    if "column header" in problem or "eaders" in problem:
        return otherwise, 1
    quoted = {word for words in _QUOTED.findall(problem) for word in words if word}
    for sheet in dict.fromkeys((otherwise, "survey", "choices")):
        for number, row in tables[sheet].rows if sheet in tables else ():
            if quoted & set(row.values()):
                return sheet, number
    return otherwise, 0


# after pyxform


def _compiled(xform: str, layout: dict[str, Any], survey: Table | None) -> list[Fault]:
    """What the engine says when it compiles and begins the form."""
    try:
        form = Form.compile(xform, layout)
        begun = Filling.start(form, _ANY_DAY)  # what never comes to rest is refused here
    except UnusableForm as unusable:
        return _faults_of(unusable.flaws, layout, survey)
    except FormError as refused:
        flaw = Flaw("", "", refused.problem)
        return _faults_of([flaw], layout, survey)
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as strange:
        problem = f"{type(strange).__name__}: {strange}"
        return [
            error(XFORM if survey is None else "survey", 0, "", "fault-quoted", problem=problem)
        ]
    if begun.is_full():  # repeats that multiply, before anybody has answered anything
        return [error(WHOLE_FILE, 0, "", "fault-file-heavy")]
    return [*_faults_of(form.faults, layout, survey), *check_layout(form)]


def _faults_of(
    flaws: Sequence[Flaw], layout: Mapping[str, Any], survey: Table | None
) -> list[Fault]:
    rows = RowFinder(layout)
    found: list[Fault] = []
    for flaw in flaws:
        sheet, row = rows.place(flaw.path) if flaw.path else (WHOLE_FILE, 0)
        if not row and sheet != XFORM:
            sheet = WHOLE_FILE
        column = survey.title(flaw.column) if survey and flaw.column else flaw.column
        if survey is None:  # an XForm has paths where a workbook has rows
            sheet, column = XFORM, " ".join(filter(None, (flaw.path, flaw.column)))
        key, arguments = explain_flaw(flaw.problem)
        written = arguments.get("expression", "")
        if flaw.column == "default" and not {"(", "$"} & {*str(written)}:  # words, with a dash
            key, arguments = "fault-default-words", {"written": written}
        make = error if flaw.severity == "error" else warning
        found.append(make(sheet, row, column, key, **arguments))
    return found


# cells


def _located(
    faults: Sequence[Fault], tables: Mapping[str, Table], sheets: Sheets
) -> Iterator[Fault]:
    """The faults with the names of their cells."""
    for fault in faults:
        table = tables.get(fault.sheet)
        if table is None or not fault.row or not fault.column or not sheets[fault.sheet]:
            yield fault
            continue
        header = [title.strip().lower() for title in sheets[fault.sheet][table.header - 1]]
        wanted = fault.column.strip().lower()
        near = [at for at, title in enumerate(header) if title == wanted] or [
            at for at, title in enumerate(header) if title.startswith(f"{wanted}::")
        ]
        if near:
            at = near[-1 if fault.row == table.header else 0]
            row = sheets[fault.sheet][fault.row - 1]
            fault = _in_words_of_excel(fault, str(row[at]) if at < len(row) else "")
            yield at_cell(fault, f"{letters(at)}{fault.row}")
        else:
            yield fault


def _in_words_of_excel(fault: Fault, written: str) -> Fault:
    """A formula that only has to be written otherwise than in Excel: the one line to copy."""
    if not fault.key.startswith(("fault-xpath", "fault-function")):
        return fault
    meant = from_excel(written)
    if not meant or not is_expression(meant):
        return fault
    make = error if fault.is_error else warning
    return make(fault.sheet, fault.row, fault.column, "fault-excel", written=written, meant=meant)


def letters(index: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, left = divmod(index - 1, 26)
        name = chr(ord("A") + left) + name
    return name
