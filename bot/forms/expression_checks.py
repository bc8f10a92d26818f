"""Expressions and ``${names}`` of a workbook, cell by cell: what can be said without an XForm."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from difflib import SequenceMatcher, get_close_matches
from typing import Any, Final

import regex

from bot.forms import xpath
from bot.forms.explained import explain_expression
from bot.forms.faults import Fault, error
from bot.forms.functions import FUNCTIONS
from bot.forms.special import SPECIAL
from bot.forms.survey_rows import REFERENCE, Survey, SurveyRow
from bot.forms.vietnamese_text import fold

EXPRESSIONS: Final = (
    "relevant",
    "constraint",
    "calculation",
    "required",
    "read_only",
    "choice_filter",
    "repeat_count",
    "bot::check",
)
_PLAIN: Final = frozenset(("yes", "no", "true", "false"))
_BROKEN_REFERENCE: Final = re.compile(r"\$\s+\{|\$\{[^{}]*(?:\{|$)|\$\(\w+\)")
_SLOW_TEXTS: Final = ("ab " * 12 + "!", "a1," * 12 + "!")
_PATTERN_SECONDS: Final = 0.05
_LONGEST_PATTERN: Final = 500


def check_expressions(survey: Survey) -> list[Fault]:
    """What is no expression, calls what does not exist, or names what does not."""
    names = survey.named()
    found: list[Fault] = []
    for row in survey.rows:
        for name, text in row.cells.items():
            column = survey.table.title(name)
            if name in EXPRESSIONS and text.lower() not in _PLAIN:
                found += check_expression(text, names, "survey", row.number, column)
            else:
                found += check_names(text, names, "survey", row.number, column)
    return [*found, *_circles(survey)]


def check_mentions(survey: Survey) -> list[Fault]:
    """In labels, hints and messages: what looks like ``${name}`` and would be shown as it is."""
    found: list[Fault] = []
    for row in survey.rows:
        for name, text in row.cells.items():
            broken = None if name in EXPRESSIONS else _BROKEN_REFERENCE.search(text)
            if broken:
                column, shown = survey.table.title(name), text[broken.start() :][:30]
                found.append(error("survey", row.number, column, "fault-reference", found=shown))
    return found


def check_expression(
    text: str, names: Mapping[str, object], sheet: str, row: int, column: str
) -> list[Fault]:
    """One cell: its first fault, and each name in it that is unknown."""
    unknown = check_names(text, names, sheet, row, column)
    if unknown:
        return unknown
    source = text.replace("last-saved#", "")
    try:
        _check_calls(xpath.parse(source))
    except xpath.XPathError as problem:
        key, arguments = explain_expression(str(problem))
        return [error(sheet, row, column, key, expression=text, **arguments)]
    return []


def is_expression(text: str) -> bool:
    """Say whether this can be read and calls only what there is."""
    try:
        _check_calls(xpath.parse(text.replace("last-saved#", "")))
    except xpath.XPathError:
        return False
    return True


def check_names(
    text: str, names: Mapping[str, object], sheet: str, row: int, column: str
) -> list[Fault]:
    """Each ``${name}`` that no question has, with the one that is probably meant."""
    broken = _BROKEN_REFERENCE.search(text)
    if broken:
        return [error(sheet, row, column, "fault-reference", found=text[broken.start() :][:30])]
    unknown = [name for name in dict.fromkeys(REFERENCE.findall(text)) if name not in names]
    return [_unknown(name, names, sheet, row, column) for name in unknown]


def _unknown(name: str, names: Mapping[str, object], sheet: str, row: int, column: str) -> Fault:
    meant = nearest_name(name, names)
    if meant:
        return error(sheet, row, column, "fault-name-meant", name=name, meant=meant)
    if not names:
        return error(sheet, row, column, "fault-name", name=name)
    known = ", ".join(likest(name, names))
    return error(sheet, row, column, "fault-name-known", name=name, known=known)


def likest(name: str, names: Mapping[str, object]) -> list[str]:
    """Some names to choose from, the likest first."""
    folded = fold(name)
    return sorted(names, key=lambda known: -SequenceMatcher(None, folded, fold(known)).ratio())[:6]


def nearest_name(name: str, names: Mapping[str, object]) -> str:
    """The name that is probably meant, accents and capitals aside; "" when none is near."""
    folded = {fold(known).replace(" ", "_"): known for known in names}
    near = get_close_matches(fold(name).replace(" ", "_"), folded, 1, 0.7)
    return folded[near[0]] if near else ""


def calls(expression: object) -> Iterator[xpath.Call]:
    """All function calls in an expression."""
    return (node for node in nodes(expression) if isinstance(node, xpath.Call))


def nodes(expression: object) -> Iterator[object]:
    """All parts of an expression."""
    if isinstance(expression, tuple):
        for part in expression:
            yield from nodes(part)
    elif is_dataclass(expression):
        yield expression
        for part in fields(expression):
            yield from nodes(getattr(expression, part.name))


def _check_calls(expression: xpath.Expression) -> None:
    """As the compiler does.

    Raises:
        XPathError: a function does not exist or has too few or too many arguments.
    """
    for call in calls(expression):
        if call.name in SPECIAL:
            least, most, _ = SPECIAL[call.name]
        elif call.name in FUNCTIONS:
            least, most = FUNCTIONS[call.name].least, FUNCTIONS[call.name].most
        else:
            near = get_close_matches(call.name, [*FUNCTIONS, *SPECIAL], 1, 0.6)
            hint = f"; is {near[0]}(…) meant?" if near else ""
            raise xpath.XPathError(f"there is no function {call.name}(…){hint}")
        count = len(call.arguments)
        if count < least and call.arguments:
            raise xpath.XPathError(f"{call.name}(…) needs {least} values and has {count}")
        if count > most:
            raise xpath.XPathError(f"{call.name}(…) takes {most} values and has {count}")


# circles, for when there is no compiled form that knows better


def _circles(survey: Survey) -> Iterator[Fault]:
    """Calculations outside of repeats that need their own result."""
    graph: dict[str, tuple[SurveyRow, str, list[str]]] = {}
    for row in survey.rows:
        for column in ("calculation", "relevant"):
            read = REFERENCE.findall(row.cells.get(column, ""))
            if row.name and not row.repeat and read and row.name not in graph:
                graph[row.name] = row, column, read
    told: set[str] = set()
    for name in graph:
        circle = _circle_from(name, graph)
        if circle and not told & set(circle):
            told |= set(circle)
            row, column, _ = graph[name]
            names = ", ".join(circle)
            title = survey.table.title(column)
            yield error("survey", row.number, title, "fault-circle", names=names)


def _circle_from(name: str, graph: Mapping[str, tuple[Any, str, Sequence[str]]]) -> list[str]:
    """The way from a name back to itself, if there is one."""
    ways: dict[str, list[str]] = {name: [name]}
    queue = [name]
    while queue:
        at = queue.pop(0)
        for read in graph[at][2]:
            if read == name:
                return ways[at]
            if read in graph and read not in ways:
                ways[read] = [*ways[at], read]
                queue.append(read)
    return []


# patterns


def check_patterns(survey: Survey) -> Iterator[Fault]:
    """Regular expressions that cannot be read, or that a short text keeps busy."""
    for row in survey.rows:
        for name in EXPRESSIONS:
            for pattern in _patterns(row.cells.get(name, "")):
                key = _pattern_fault(pattern)
                if key:
                    column = survey.table.title(name)
                    yield error("survey", row.number, column, key, pattern=pattern)


def _patterns(text: str) -> Iterator[str]:
    if "regex" not in text:
        return
    try:
        expression = xpath.parse(text.replace("last-saved#", ""))
    except xpath.XPathError:
        return
    for call in calls(expression):
        last = call.arguments[-1] if call.arguments else None
        if call.name == "regex" and isinstance(last, xpath.Text):
            yield last.value


def _pattern_fault(pattern: str) -> str:
    if len(pattern) > _LONGEST_PATTERN:
        return "fault-regex-long"
    try:
        compiled = regex.compile(pattern)
        letters = [letter for letter in dict.fromkeys(pattern) if letter.isalnum()][:6]
        end = "!" + "".join(letters)
        for text in (*_SLOW_TEXTS, *(letter * 28 + end for letter in ("a", "0", " ", *letters))):
            compiled.fullmatch(text, timeout=_PATTERN_SECONDS)
    except TimeoutError:
        return "fault-regex-slow"
    except (regex.error, OverflowError, MemoryError):
        return "fault-regex-broken"
    return ""
