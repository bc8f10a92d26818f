"""What the rows of a workbook say beside XLSForm, and words in it that mean nothing."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from bot.forms.faults import Fault, error, warning

Sheets = Mapping[str, Sequence[Sequence[str]]]
Row = Mapping[str, str]

OWN_COLUMNS: Final = (
    "report::unit",
    "report::short",
    "report::decimals",
    "bot::example",
    "bot::profile",
    "bot::from",
    "bot::check",
    "bot::check_message",
    "bot::reads",
    "bot::max",
    "bot::min",
)
_MORE_COLUMNS: Final = (  # that pyxform reads without listing them among its aliases
    "type",
    "name",
    "label",
    "hint",
    "guidance_hint",
    "default",
    "trigger",
    "choice_filter",
    "parameters",
    "media",
    "bind",
    "body",
    "control",
    "instance",
    "disabled",
    "query",
    "save_to",
    "constraint_message",
    "required_message",
    "repeat_count",
)
_PREFIXES: Final = frozenset(("jr", "odk", "orx", "ev", "h", "xsd", "entities"))
_PREFIXED: Final = re.compile(
    r"(?:bind|body|control|instance)::?([\w-]+):(?!:)[\w-]+", re.IGNORECASE
)
_MEDIA: Final = re.compile(r"(?:media(?:::|$)|(?:big-)?image(?:::|$)|audio(?:::|$)|video(?:::|$))")
_BEGIN: Final = re.compile(r"begin[ _]+(group|repeat|loop|lgroup|looped group)\b", re.IGNORECASE)
_END: Final = re.compile(r"end[ _]+(group|repeat|loop|lgroup|looped group)\b", re.IGNORECASE)
_SETTINGS: Final = (
    "form_title",
    "form_id",
    "version",
    "default_language",
    "instance_name",
    "public_key",
    "submission_url",
    "namespaces",
    "allow_choice_duplicates",
    "style",
)
_CHOICES: Final = ("list_name", "name", "label", "image", "audio", "video")
_REPORT: Final = ("kind", "text", "relevant", "source")
_NEEDED: Final = {
    "survey": ("type", "name"),
    "choices": ("list_name", "name"),
    "report": ("kind",),
}
_HEADER_WITHIN: Final = 20
"""How many rows are looked through for the header, when it is not the first."""
_ALIASES: Final = {  # of pyxform, to the word of our guide
    "relevance": "relevant",
    "calculate": "calculation",
    "readonly": "read_only",
    "caption": "label",
    "command": "type",
    "tag": "name",
    "value": "name",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "constraining_message": "constraint_message",
    "jr:constraintmsg": "constraint_message",
    "requiredmsg": "required_message",
    "jr:requiredmsg": "required_message",
}


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet below its header, with its columns called as the guide calls them."""

    sheet: str
    header: int  # the header's row, as Excel counts
    titles: Mapping[str, str]  # as written, by canonical name; the first of each
    rows: tuple[tuple[int, Row], ...]  # number and non-empty cells by canonical name

    def title(self, name: str) -> str:
        """The column as the author calls it."""
        return self.titles.get(name, name)


def tables_of(sheets: Sheets) -> dict[str, Table]:
    """All sheets, wherever their header stands."""
    return {name: _table(name, rows) for name, rows in sheets.items()}


def _table(sheet: str, rows: Sequence[Sequence[str]]) -> Table:
    at = header_at(sheet, rows)
    header = rows[at] if rows else ()
    names = [canonical(title) for title in header]
    titles: dict[str, str] = {}
    for name, title in zip(names, header, strict=True):
        if name:
            titles.setdefault(name, title)
    found: list[tuple[int, Row]] = []
    for number, cells in enumerate(rows[at + 1 :], at + 2):
        row: dict[str, str] = {}
        for name, text in zip(names, cells, strict=False):
            if name and text:
                row.setdefault(name, text)
        if row:
            found.append((number, row))
    return Table(sheet, at + 1, titles, tuple(found))


def header_at(sheet: str, rows: Sequence[Sequence[str]]) -> int:
    """The index of the row that names the columns; the first when none does."""
    needed = set(_NEEDED.get(sheet, ()))
    for at, cells in enumerate(rows[:_HEADER_WITHIN]):
        if needed and needed <= {canonical(cell) for cell in cells}:
            return at
    return 0


def canonical(title: str) -> str:
    """The name of a column whatever alias, case, blanks or colons it is written with."""
    normal = _normal(title)
    first, mark, rest = normal.partition("::")
    if not mark and normal not in _ALIASES and ":" in normal:
        first, mark, rest = normal.partition(":")
    first = re.sub(r"\s+", "_", first.strip())
    rest = rest.strip()
    if first == "bind" and (rest in _ALIASES or rest in ("relevant", "constraint", "required")):
        return _ALIASES.get(rest, rest)
    first = _ALIASES.get(first, first)
    return f"{first}::{rest}" if mark else first


def rows_of(sheets: Sheets, sheet: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the header as Excel numbers them, by column, empty cells left out."""
    table = sheets.get(sheet, ())
    header = [_normal(title) for title in table[0]] if table else []
    for number, cells in enumerate(table[1:], 2):
        row = {title: text for title, text in zip(header, cells, strict=False) if title and text}
        if row:
            yield number, row


def _normal(title: str) -> str:
    return re.sub(r"\s*::\s*", "::", title.strip().lower())


def layout_of(sheets: Sheets, root: str) -> dict[str, Any]:
    """The part of a workbook that the XForm does not carry, as plain JSON."""
    settings = next((row for _, row in rows_of(sheets, "settings")), {})
    return {
        "survey": list(_survey(sheets, f"/{root}")),
        "report": [{"row": number, **row} for number, row in rows_of(sheets, "report")],
        "settings": settings,
    }


def _survey(sheets: Sheets, root: str) -> Iterator[dict[str, Any]]:
    inside = [root]
    for number, row in rows_of(sheets, "survey"):
        kind, name = row.get("type", ""), row.get("name", "")
        if row.get("disabled", "").lower() in ("yes", "true") or not kind:
            continue
        if _END.match(kind):
            if len(inside) > 1:
                inside.pop()
            continue
        path = f"{inside[-1]}/{name}"
        if _BEGIN.match(kind):
            inside.append(path)
        columns = {key: text for key, text in row.items() if key.startswith(("report::", "bot::"))}
        yield {"row": number, "name": name, "path": path, "type": kind, "columns": columns}


def check_media(tables: Mapping[str, Table], there: Collection[str]) -> Iterator[Fault]:
    """Files that labels name and that did not come with the form; each once."""
    told = set(there)
    for sheet in ("survey", "choices"):
        table = tables.get(sheet)
        columns = [name for name in table.titles if _MEDIA.match(name)] if table else []
        for number, row in table.rows if table and columns else ():
            for name in columns:
                file = row.get(name, "")
                if file and "${" not in file and file not in told:
                    told.add(file)
                    title = table.title(name) if table else name
                    yield warning(sheet, number, title, "fault-media", file=file)


def check_header(table: Table, rows: Sequence[Sequence[str]], known: Sequence[str]) -> list[Fault]:
    """Where the header stands, columns that are missing or double, and titles that mean nothing.

    ``known`` are the columns that pyxform lists.
    """
    if not any(any(cells) for cells in rows):
        return [error(table.sheet, 0, "", "fault-sheet-empty", sheet=table.sheet)]
    found: list[Fault] = []
    missing = [name for name in _NEEDED.get(table.sheet, ()) if name not in table.titles]
    if table.header > 1:
        found.append(error(table.sheet, table.header, "", "fault-header-lower", row=table.header))
    for name in missing:
        near = get_close_matches(name, [canonical(title) for title in rows[0]], 1, 0.7)
        if not near:
            found.append(error(table.sheet, 1, "", "fault-column-missing", column=name))
    return [*found, *_check_titles(table, rows[table.header - 1], known)]


def _check_titles(table: Table, titles: Sequence[str], known: Sequence[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for title in titles:
        name = canonical(title)
        if not name:
            continue
        if name in seen:
            yield error(table.sheet, table.header, title, "fault-column-twice", column=title)
        seen.add(name)
        fault = _check_prefix(table, title) or _check_title(table, title, known)
        if fault is not None:
            yield fault


def check_namespaces(faults: Sequence[Fault], settings: Table | None) -> list[Fault]:
    """Without the prefixes that the settings declare."""
    rows = settings.rows if settings else ()
    declared = " ".join(row.get("namespaces", "") for _, row in rows)
    return [
        fault
        for fault in faults
        if fault.key != "fault-prefix" or f"{dict(fault.arguments)['prefix']}=" not in declared
    ]


def _check_prefix(table: Table, title: str) -> Fault | None:
    match = _PREFIXED.fullmatch(title.strip())
    if match is None or match[1] in _PREFIXES or table.sheet != "survey":
        return None
    return error(table.sheet, table.header, title, "fault-prefix", prefix=match[1])


def _check_title(table: Table, title: str, known: Sequence[str]) -> Fault | None:
    normal = _normal(title)
    if normal.startswith(("report::", "bot::")):
        near = [] if normal in OWN_COLUMNS else get_close_matches(normal, OWN_COLUMNS, 1, 0.8)
        is_error = False
    else:
        first = canonical(title).partition("::")[0]
        understood = sorted(_understood(table.sheet, known))
        near = [] if first in understood else get_close_matches(first, understood, 1, 0.75)
        near = [name for name in near if name not in table.titles or table.sheet == "survey"]
        is_error = bool(near) and table.sheet != "settings" and is_slip(first, near[0])
    if not near:
        return None
    make = error if is_error else warning
    return make(table.sheet, table.header, title, "fault-column-lost", column=title, meant=near[0])


def _understood(sheet: str, known: Sequence[str]) -> set[str]:
    if sheet == "survey":
        return {*known, *_MORE_COLUMNS}
    return set({"choices": _CHOICES, "settings": _SETTINGS, "report": _REPORT}.get(sheet, ()))


def is_slip(written: str, meant: str) -> bool:
    """Whether one or two letters are wrong, missing, too many or swapped."""
    before: list[int] = []
    line = list(range(len(meant) + 1))
    for row, letter in enumerate(written, 1):
        before, above, line = line, before, [row]
        for column, other in enumerate(meant, 1):
            cost = min(before[column] + 1, line[-1] + 1, before[column - 1] + (letter != other))
            swapped = row > 1 and column > 1 and letter == meant[column - 2]
            if swapped and other == written[row - 2]:
                cost = min(cost, above[column - 2] + 1)
            line.append(cost)
    return line[-1] <= (1 if len(meant) < 7 else 2)
