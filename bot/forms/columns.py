"""What the rows of a workbook say beside XLSForm, and words in it that mean nothing."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final

from bot.forms.faults import Issue

Sheets = Mapping[str, Sequence[Sequence[str]]]

OWN_COLUMNS: Final = (
    "report::unit",
    "report::short",
    "report::decimals",
    "bot::example",
    "bot::profile",
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
_BEGIN: Final = re.compile(r"begin[ _]+(group|repeat|loop|lgroup|looped group)\b", re.IGNORECASE)
_END: Final = re.compile(r"end[ _]+(group|repeat|loop|lgroup|looped group)\b", re.IGNORECASE)
_STRUCTURE: Final = re.compile(r"(begin|end)[ _]|(add )?select[ _1]|rank ")
_QUOTED: Final = re.compile(r"'([^']+)'|\[([^\]]+)\]|\"([^\"]+)\"")


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


def check_columns(sheets: Sheets, known: Sequence[str]) -> list[Issue]:
    """Column titles that look like a known one and are not: their cells would be lost."""
    found: list[Issue] = []
    titles = sheets["survey"][0] if sheets["survey"] else ()
    understood = {*known, *_MORE_COLUMNS}
    namespaces = " ".join(row.get("namespaces", "") for _, row in rows_of(sheets, "settings"))
    for title in titles:
        issue = _check_prefix(title, namespaces) or _check_title(title, understood)
        if issue is not None:
            found.append(issue)
    return found


def _check_prefix(title: str, namespaces: str) -> Issue | None:
    match = _PREFIXED.fullmatch(title.strip())
    if match is None or match[1] in _PREFIXES or f"{match[1]}=" in namespaces:
        return None
    problem = (
        f"the prefix «{match[1]}» is not declared; add a column namespaces to the sheet settings "
        f'with {match[1]}="https://…", or delete this column'
    )
    return Issue("survey", 1, title, "error", problem)


def _check_title(title: str, understood: set[str]) -> Issue | None:
    normal = _normal(title)
    if normal.startswith(("report::", "bot::")):
        near = [] if normal in OWN_COLUMNS else get_close_matches(normal, OWN_COLUMNS, 1, 0.8)
        severity = "warning"
    else:
        first = normal.partition(":")[0].strip().replace(" ", "_")
        near = [] if first in understood else get_close_matches(first, sorted(understood), 1, 0.75)
        severity = "error" if near and _is_slip(first, near[0]) else "warning"
    if not near:
        return None
    problem = f"this column means nothing, what stands in it is lost; is «{near[0]}» meant?"
    return Issue("survey", 1, title, severity, problem)


def _is_slip(written: str, meant: str) -> bool:
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


def check_types(sheets: Sheets, known: Sequence[str]) -> list[Issue]:
    """Types that pyxform does not know, with the one that is probably meant."""
    found: list[Issue] = []
    for number, row in rows_of(sheets, "survey"):
        kind = row.get("type", "")
        low = kind.lower()
        first = low.partition(" ")[0]
        if not kind or first in known or low in known or _STRUCTURE.match(low):
            continue
        near = get_close_matches(first, known, 1, 0.75)
        if near and near[0] != low:
            problem = f"the type «{kind}» is not known; is «{near[0]}» meant?"
            found.append(Issue("survey", number, "type", "warning", problem))
    return found


def place_of(problem: str, sheets: Sheets, otherwise: str) -> tuple[str, int]:
    """The sheet and row of the first cell that ``problem`` quotes."""
    if "column header" in problem or "headers" in problem:
        return otherwise, 1
    quoted = {word for words in _QUOTED.findall(problem) for word in words}
    for sheet in dict.fromkeys((otherwise, "survey", "choices")):
        for number, row in rows_of(sheets, sheet):
            if quoted & set(row.values()):
                return sheet, number
    return otherwise, 0
