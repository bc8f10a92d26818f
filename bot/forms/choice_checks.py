"""What can be wrong in the rows of the choices sheet."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Final

from bot.forms.columns import Row, Table
from bot.forms.faults import Fault, error, warning
from bot.forms.survey_rows import Survey, SurveyRow

MOST_CHOICE_ROWS: Final = 60_000


def lists_of(choices: Table | None) -> dict[str, int]:
    """The names of the choice lists, each with the row where it begins."""
    found: dict[str, int] = {}
    for number, row in choices.rows if choices else ():
        if name := row.get("list_name"):
            found.setdefault(name, number)
    return found


def check_choices(choices: Table | None, survey: Survey, settings: Table | None) -> list[Fault]:
    """Rows without a list, a name or a label, names that stand twice, lists nobody uses."""
    if choices is None:
        return []
    if len(choices.rows) > MOST_CHOICE_ROWS:
        count, most = len(choices.rows), MOST_CHOICE_ROWS
        return [error("choices", 0, "", "fault-rows-too-many", count=count, most=most)]
    several = {row.choices for row in survey.rows if row.kind in ("select_multiple", "rank")}
    may_repeat = any(
        row.get("allow_choice_duplicates", "").lower() in ("yes", "true")
        for _, row in (settings.rows if settings else ())
    )
    used = {row.choices for row in survey.rows if row.choices}
    for name in used - lists_of(choices).keys():  # misspelt, and told at the question
        used = used | set(get_close_matches(name, lists_of(choices), 1, 0.6))
    found = list(_check_rows(choices, several, used, may_repeat=may_repeat))
    return [*found, *_check_unused(choices, survey, used)]


def _check_rows(
    table: Table, several: set[str], used: set[str], *, may_repeat: bool
) -> Iterator[Fault]:
    first: dict[tuple[str, str], int] = {}
    for number, row in table.rows:
        owner, name = row.get("list_name", ""), row.get("name", "")
        if not owner:
            if name or _is_labelled(row):
                column = table.title("list_name")
                yield warning("choices", number, column, "fault-choice-no-list")
        else:
            yield from _check_choice(table, number, row, owner in several, owner in used)
            if (owner, name) in first and name and not may_repeat:
                arguments = {"name": name, "list": owner, "first": first[owner, name]}
                column = table.title("name")
                yield error("choices", number, column, "fault-choice-twice", **arguments)
            first.setdefault((owner, name), number)


def _check_choice(
    table: Table, number: int, row: Row, is_one_of_several: bool, is_used: bool
) -> Iterator[Fault]:
    name = row.get("name", "")
    if not name:
        yield error("choices", number, table.title("name"), "fault-choice-no-name")
    elif is_one_of_several and " " in name:
        yield error("choices", number, table.title("name"), "fault-choice-blank", name=name)
    elif is_used and not _is_labelled(row):
        title = table.title("label")
        yield warning("choices", number, title, "fault-choice-no-label", name=name)


def _is_labelled(row: Row) -> bool:
    return any(key.startswith(("label", "image", "media", "audio")) for key in row)


def _check_unused(table: Table, survey: Survey, used: set[str]) -> Iterator[Fault]:
    written = _everything(survey.rows)
    for name, number in lists_of(table).items():
        if name not in used and f"'{name}'" not in written and f'"{name}"' not in written:
            yield warning(
                "choices", number, table.title("list_name"), "fault-list-unused", name=name
            )


def _everything(rows: Sequence[SurveyRow]) -> str:
    return "\n".join(text for row in rows for text in row.cells.values())
