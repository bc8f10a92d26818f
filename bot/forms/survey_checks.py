"""What can be wrong in the rows of the survey sheet, before pyxform looks at them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from bot.forms.columns import Table
from bot.forms.faults import Fault, error, warning
from bot.forms.instance import MOST_ROWS
from bot.forms.survey_rows import METADATA, SILENT, Survey, SurveyRow, type_meant
from bot.forms.vietnamese_text import fold

MOST_SURVEY_ROWS: Final = 5_000
"""More questions than that nobody answers in a chat."""
MOST_ROWS_TOGETHER: Final = 20_000
"""Of repeats inside of repeats."""
_NAME: Final = re.compile(r"[^\W\d][\w.-]*")
_FROM: Final = re.compile(r"[\w.-]+:[\w.-]+")
_YES_NO: Final = frozenset(("yes", "no", "true", "false", "true()", "false()"))
_SAID_YES: Final = frozenset(
    ("co", "x", "1", "bat buoc", "dung", "y", "khong", "0", "k", "sai", "n")
)
_NOT_IN_CHAT: Final = frozenset(
    ("geotrace", "geoshape", "background-audio", "background-geopoint", "osm")
)
_DRAWN: Final = re.compile(r"\b(signature|draw|annotate)\b")
_WHOLE_NUMBERS: Final = ("bot::min", "bot::max", "report::decimals")
_NEVER_REQUIRED: Final = ("begin ", "end ", "note", "calculate", "hidden")


def check_survey(survey: Survey, lists: Mapping[str, int], known: Sequence[str]) -> list[Fault]:
    """Everything about types, names, groups, labels and required, row by row.

    ``lists`` are the choice lists; ``known`` the types of pyxform.
    """
    if len(survey.rows) > MOST_SURVEY_ROWS:
        count, most = len(survey.rows), MOST_SURVEY_ROWS
        return [error("survey", 0, "", "fault-rows-too-many", count=count, most=most)]
    if not survey.rows:
        return [error("survey", 0, "", "fault-sheet-empty", sheet="survey")]
    found = list(_check_structure(survey))
    for row in survey.rows:
        found += _check_type(survey, row, lists, known)
        found += _check_name(survey, row)
        found += _check_content(survey, row, known)
    return [*found, *_check_twice(survey), *_check_products(survey)]


def _check_structure(survey: Survey) -> Iterator[Fault]:
    column = survey.table.title("type")
    for row in survey.unclosed:
        closing = row.kind.replace("begin ", "end_")
        name = row.name or row.type
        yield error(
            "survey", row.number, column, "fault-end-missing", type=row.type, name=name, end=closing
        )
    for row in survey.unopened:
        begin = row.kind.replace("end ", "begin_")
        yield error("survey", row.number, column, "fault-begin-missing", type=row.type, begin=begin)
    for end, opened in survey.crossed:
        yield error(
            "survey",
            end.number,
            column,
            "fault-end-crossed",
            type=end.type,
            open=opened.type,
            name=opened.name or "–",
            row=opened.number,
            end=opened.kind.replace("begin ", "end_"),
        )


def _check_type(
    survey: Survey, row: SurveyRow, lists: Mapping[str, int], known: Sequence[str]
) -> Iterator[Fault]:
    column = survey.table.title("type")
    if not row.type:
        if row.name or any(key.startswith("label") for key in row.cells):
            yield error("survey", row.number, column, "fault-type-missing")
    elif row.kind.startswith(("select_", "rank")):
        yield from _check_list(survey, row, lists)
    elif not row.kind.startswith(("begin ", "end ")) and row.kind not in known:
        yield from _unknown_type(row, column)
    drawn = _DRAWN.search(row.cells.get("appearance", ""))
    if row.kind in _NOT_IN_CHAT or (drawn and row.kind == "image"):
        is_required = row.cells.get("required", "").lower() in ("yes", "true", "true()")
        make = error if is_required else warning
        what = drawn[1] if drawn else row.kind
        yield make("survey", row.number, column, "fault-type-not-in-chat", type=what)


def _unknown_type(row: SurveyRow, column: str) -> Iterator[Fault]:
    meant = type_meant(row.type)
    if meant.lower() == row.kind:  # only capitals differ, which pyxform takes
        return
    key = "fault-type-meant" if meant else "fault-type"
    arguments = {"type": row.type, **({"meant": meant} if meant else {})}
    yield error("survey", row.number, column, key, **arguments)


def _check_list(survey: Survey, row: SurveyRow, lists: Mapping[str, int]) -> Iterator[Fault]:
    column, name = survey.table.title("type"), row.choices
    if "search(" in row.cells.get("appearance", ""):
        return
    if not name:
        yield error("survey", row.number, column, "fault-list-not-named", type=row.type)
    elif "from_file" in row.kind or "external" in row.kind or name.startswith("${"):
        return
    elif name not in lists:
        near = get_close_matches(name, lists, 1, 0.6)
        if near:
            key = "fault-list-meant"
            yield error("survey", row.number, column, key, name=name, meant=near[0])
        else:
            yield error("survey", row.number, column, "fault-list", name=name)


def _check_name(survey: Survey, row: SurveyRow) -> Iterator[Fault]:
    column = survey.table.title("name")
    if row.kind.startswith("end ") or not row.type:
        return
    if not row.name:
        if row.kind not in METADATA and row.kind != "note":
            yield error("survey", row.number, column, "fault-name-missing")
    elif row.name == "meta" and not row.inside:
        yield error("survey", row.number, column, "fault-name-reserved")
    elif not _NAME.fullmatch(row.name):
        meant = slug(row.name)
        yield error("survey", row.number, column, "fault-name-letters", name=row.name, meant=meant)


def slug(text: str) -> str:
    """A name that may be used: letters, digits and _, beginning with a letter."""
    name = re.sub(r"\W+", "_", fold(text)).strip("_") or "cau"
    return name if name[0].isalpha() else f"c_{name}"


def _check_twice(survey: Survey) -> Iterator[Fault]:
    column = survey.table.title("name")
    meant = {row.number: name for name, row in survey.mistaken().items()}
    for row, first in survey.again():
        name = meant.get(row.number, f"{row.name}_2")
        arguments = {"name": row.name, "first": first.number, "meant": name}
        yield error("survey", row.number, column, "fault-name-twice", **arguments)


def _check_content(survey: Survey, row: SurveyRow, known: Sequence[str]) -> Iterator[Fault]:
    cells, table, number = row.cells, survey.table, row.number
    yield from _check_required(row, table)
    yield from _check_numbers(row, table)
    if row.kind == "calculate" and not (cells.get("calculation") or cells.get("default")):
        yield error("survey", number, table.title("calculation"), "fault-calculation-missing")
    is_known = row.kind in known or row.kind.startswith(("select_", "rank"))
    if row.asks and is_known and not any(_shows(key) for key in cells):
        key = "fault-label-missing"
        yield error("survey", number, table.title("label"), key, name=row.name or row.type)
    if cells.get("choice_filter") and not row.kind.startswith(("select_", "rank")):
        yield warning("survey", number, table.title("choice_filter"), "fault-filter-place")
    if cells.get("constraint") and (not row.asks or row.kind == "note"):
        column = table.title("constraint")
        yield warning("survey", number, column, "fault-constraint-place", type=row.type)


def _check_numbers(row: SurveyRow, table: Table) -> Iterator[Fault]:
    cells, number = row.cells, row.number
    if not _FROM.fullmatch(cells.get("bot::from", "a:a")):
        column = table.title("bot::from")
        yield error("survey", number, column, "fault-from", written=cells["bot::from"])
    for name in _WHOLE_NUMBERS:
        if not cells.get(name, "0").isdigit():
            key, column = "fault-whole-number", table.title(name)
            yield warning("survey", number, column, key, written=cells[name])
    count, column = cells.get("repeat_count", ""), table.title("repeat_count")
    if count and row.kind != "begin repeat":
        yield warning("survey", number, column, "fault-count-place")
    if count.isdigit() and int(count) > MOST_ROWS:
        yield error("survey", number, column, "fault-count-large", count=count, most=MOST_ROWS)


def _check_products(survey: Survey) -> Iterator[Fault]:
    """Fixed numbers of rows inside of each other, each small enough by itself."""
    together: dict[tuple[str, ...], int] = {}
    for row in survey.rows:
        if row.kind != "begin repeat":
            continue
        count = row.cells.get("repeat_count", "")
        around = (together.get(row.inside[:depth], 1) for depth in range(len(row.inside), 0, -1))
        before = next((number for number in around if number > 1), 1)
        together[*row.inside, row.name] = before * (int(count) if count.isdigit() else 1)
        if before > 1 and together[*row.inside, row.name] > MOST_ROWS_TOGETHER:
            arguments = {"count": together[*row.inside, row.name], "most": MOST_ROWS_TOGETHER}
            column = survey.table.title("repeat_count")
            yield error("survey", row.number, column, "fault-count-large", **arguments)


def _shows(column: str) -> bool:
    return column.startswith(("label", "hint", "media", "image", "audio", "video", "guidance"))


def _check_required(row: SurveyRow, table: Table) -> Iterator[Fault]:
    required, column = row.cells.get("required", ""), table.title("required")
    if not required:
        return
    if fold(required) in _SAID_YES and required.lower() not in _YES_NO:
        meant = "no" if fold(required) in ("khong", "0", "k", "sai", "n") else "yes"
        key = "fault-required-word"
        yield error("survey", row.number, column, key, written=required, meant=meant)
    elif row.kind.startswith(_NEVER_REQUIRED) and required.lower() not in (
        "no",
        "false",
        "false()",
    ):
        kind = row.type if row.kind not in SILENT else row.kind
        yield warning("survey", row.number, column, "fault-required-place", type=kind)
