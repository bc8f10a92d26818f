"""Messages for programmers, of the engine and of pyxform, as faults that authors can read.

Each pattern's groups are the arguments of its sentence. What no pattern knows is quoted.
"""

import re
from collections.abc import Mapping
from typing import Final

from bot.forms.out_of_reach import REASONS

Explained = tuple[str, dict[str, str]]
"""The key of a sentence of the bot's texts, and what fills it."""


_Table = tuple[tuple[str, str], ...]
"""Patterns, compiled when something has to be explained, and keys."""

_EXPRESSION: Final[_Table] = (
    (r"an operator is missing before «(?P<near>.*)»", "fault-xpath-operator"),
    (r"a «(?P<sign>.+)» is missing before «(?P<near>.*)»", "fault-xpath-bracket"),
    (r"a «(?P<sign>.+)» is missing at the end", "fault-xpath-bracket-end"),
    (r"«(?P<sign>.+)» is missing at the end", "fault-xpath-bracket-end"),
    (r"a «(?P<sign>.+)» too many before «(?P<near>.*)»", "fault-xpath-too-many"),
    (r"a (?:value|name) is missing before «(?P<near>.*)»", "fault-xpath-value"),
    (r"a (?:value|name) is missing at the end", "fault-xpath-value-end"),
    (r"an operator is missing at the end", "fault-xpath-value-end"),
    (r"the expression is empty", "fault-xpath-empty"),
    (r"the quotation mark before «(?P<near>.*)» is never closed", "fault-xpath-quote"),
    (r"«(?P<sign>.)» is a curly quotation mark.*", "fault-xpath-curly"),
    (r"«(?P<sign>.)» before «(?P<near>.*)» has no meaning here", "fault-xpath-sign"),
    (r"nested deeper than (?P<most>\d+) levels", "fault-xpath-deep"),
    (r"the axis «(?P<axis>.*)::» is not known.*", "fault-xpath-axis"),
    (
        r"there is no function (?P<name>.*)\(…\); is (?P<meant>.*)\(…\) meant\?",
        "fault-function-meant",
    ),
    (r"there is no function (?P<name>.*)\(…\)", "fault-function"),
    (
        r"(?P<name>\S+)\(…\) needs (?P<least>\d+) values and has (?P<count>\d+)",
        "fault-function-few",
    ),
    (
        r"(?P<name>\S+)\(…\) takes (?P<most>\d+) values and has (?P<count>\d+)",
        "fault-function-many",
    ),
    (r"there is no question called «(?P<name>.*)»", "fault-name"),
    (r"a question is expected here.*", "fault-xpath-question"),
    (r"the pattern «(?P<pattern>.*)» cannot be used: .*", "fault-xpath-pattern"),
    (r"instance\(…\) takes the name of a list in quotes", "fault-xpath-instance"),
    (r"there is no list called «(?P<name>.*)».*", "fault-list"),
    (r"position\(…\) takes the path of a repeat.*", "fault-xpath-position"),
    (r"jr:choice-name takes the question in quotes.*", "fault-xpath-choice-name"),
    (r"the second argument of indexed-repeat must be a repeat", "fault-xpath-indexed"),
    (r"the first argument of indexed-repeat must be a question", "fault-xpath-indexed"),
)

_BEYOND: Final = "(?:a chat cannot ask this(?: and leaves it out)?|this is not done here): "
_MENDED: Final = "(?:; delete it or do not require it)?"
_FORM: Final[_Table] = (
    *(
        (rf"{_BEYOND}{re.escape(why)}{_MENDED}", f"fault-reach-{key}")
        for key, why in REASONS.items()
    ),
    (
        r"the list «(?P<name>.*)» is empty: its file (?P<file>.*) does not come with the form",
        "fault-list-file",
    ),
    (r"these depend on each other in a circle: (?P<names>.*)", "fault-circle"),
    (r"«(?P<name>.*)» is no question here; is .* meant\?", "fault-braces"),
    (r"(?P<expression>.*): this never comes to rest", "fault-restless"),
    (r"«(?P<name>.*)» is a repeat and is shown as a group as well", "fault-repeat-as-group"),
    (r"«(?P<name>.*)» is shown in (?P<around>.*), but is not answered there", "fault-elsewhere"),
    (r"(?P<name>.*) is asked but has no place in the form", "fault-no-place"),
    (r"(?P<name>.*) is not in the form", "fault-no-place"),
    (r"the instance is empty", "fault-xform-empty"),
    (r"this is not well-formed XML: (?P<problem>.*)", "fault-xform-broken"),
    (r"this XML is not accepted: (?P<problem>.*)", "fault-xform-refused"),
    (r"elements stand in each other more than (?P<most>\d+) deep", "fault-xform-deep"),
    (r"there is no <(?P<name>.*)>; this is not an XForm", "fault-no-xform"),
)

_PYXFORM: Final[_Table] = (
    (r"Duplicate column header: (?P<column>.*)", "fault-column-twice"),
    (r"Missing calculation\.", "fault-calculation-missing"),
    (r"Question or group with no name\.", "fault-name-missing"),
    (r"Question with no type\..*", "fault-type-missing"),
    (r"Unknown question type '(?P<type>.*)'\.", "fault-type"),
    (r"List name not in choices sheet: (?P<name>[^\n]*?)(?: Please .*)?", "fault-list"),
    (r"List name not in external choices sheet: (?P<name>.*)", "fault-list-external"),
    (r"List name not in columns sheet: (?P<name>.*)", "fault-list"),
    (r"Repeat loop without list name\.", "fault-loop-no-list"),
    (
        r"Choice names with spaces cannot be added to multiple choice selects\. "
        r"See \[(?P<name>.*)\] in \[(?P<list>.*)\]",
        "fault-choice-blank",
    ),
    (r".*Please specify choices for this 'or other' question\.", "fault-or-other"),
    (r"There should be choices for this question\.", "fault-or-other"),
    (r"File name for '(?P<name>.*)' should end with one of .*", "fault-file-name"),
    (r".*must have an? (?:integer|numeric) value\..*", "fault-parameters"),
    (r".*must be set to true or false.*", "fault-parameters"),
    (r"Parameters? .*", "fault-parameters"),
    (r"Invalid value for quality\.", "fault-parameters"),
    (r"To use big-image, you must also specify an image.*", "fault-big-image"),
    (r".*Audits must always be named 'audit\.'.*", "fault-audit-name"),
    (r"There is no survey element named '(?P<name>.*)'\.", "fault-name"),
    (r".*There are multiple survey elements named '(?P<name>.*)'\.", "fault-name-ambiguous"),
    (r"Survey cannot have an empty id_string", "fault-form-id"),
    (r"Error reading .*", "fault-file-broken"),
)

_CODES: Final = {
    "HEADER_001": "fault-header-none",
    "HEADER_002": "fault-column-alias",
    "HEADER_003": "fault-header-missing",
    "HEADER_004": "fault-header-blank",
    "NAMES_001": "fault-repeat-twice",
    "NAMES_003": "fault-name-root",
    "NAMES_004": "fault-repeat-twice",
    "NAMES_005": "fault-name-reserved",
    "NAMES_006": "fault-choice-no-name",
    "NAMES_009": "fault-form-name",
    "NAMES_013": "fault-sheet-similar",
    "PYREF_001": "fault-reference",
    "PYREF_002": "fault-trigger-list",
    "PYREF_003": "fault-name",
    "PYREF_004": "fault-name-ambiguous",
    "SURVEY_004": "fault-parameters",
    "SURVEY_005": "fault-parameters-unknown",
    **{f"RANGE_{number:03}": "fault-parameters-range" for number in range(1, 13)},
    **{f"SURVEY_{number:03}": "fault-parameters" for number in (3, 6, 7, 8, 9)},
    **{f"ENTITY_{number:03}": "fault-entities" for number in range(1, 14)},
    **{f"NAMES_{number:03}": "fault-entities" for number in (10, 11, 12, 14, 15)},
    "HEADER_005": "fault-entities",
}
"""pyxform's own codes (pyxform.errors.ErrorCode) that stop it."""
_GAPS: Final = {  # context of a code -> arguments of its sentence
    "fault-column-alias": {"other": "column", "header": "other"},
    "fault-header-missing": {"missing": "columns", "sheet_name": "sheet"},
    "fault-header-none": {"sheet_name": "sheet"},
    "fault-header-blank": {"column": "column"},
    "fault-name-root": {"value": "name"},
    "fault-repeat-twice": {"value": "name"},
    "fault-sheet-similar": {"sheet": "sheet", "candidates": "found"},
    "fault-name": {"q": "name"},
    "fault-reference": {"q": "found"},
    "fault-name-ambiguous": {"q": "name"},
    "fault-parameters-unknown": {"accepted": "accepted", "rejected": "rejected"},
}


def _first(table: _Table, message: str) -> Explained | None:
    for pattern, key in table:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            return key, {name: text or "" for name, text in match.groupdict().items()}
    return None


def explain_expression(problem: str) -> Explained:
    """What the engine says of an expression, without the expression."""
    return _first(_EXPRESSION, problem) or ("fault-xpath-quoted", {"problem": problem})


def explain_flaw(problem: str) -> Explained:
    """What the engine says of a form; an expression stands before ": "."""
    found = _first(_FORM, problem)
    if found:
        return found
    split = _longest_expression(problem)
    if split is None:
        return "fault-quoted", {"problem": problem}
    key, arguments = explain_expression(split[1])
    return key, {"expression": split[0], **arguments}


def _longest_expression(problem: str) -> tuple[str, str] | None:
    """Split where what follows is a message: an expression may have ": " in it, and so may that."""
    at = problem.find(": ")
    while at >= 0:
        rest = problem[at + 2 :]
        if _first(_EXPRESSION, rest):
            return problem[:at], rest
        at = problem.find(": ", at + 1)
    return None


def explain_pyxform(message: str, code: str, context: Mapping[str, str]) -> Explained:
    """What pyxform says, without its "[row : N]"; with the code and context that it has."""
    key = _CODES.get(code)
    if key:
        gaps = _GAPS.get(key, {})
        arguments = {ours: context.get(theirs) or "…" for theirs, ours in gaps.items()}
        return key, arguments | _quoting(key, message)
    found = _first(_PYXFORM, message)
    if found:
        return found[0], found[1] | _quoting(found[0], message)
    return "fault-quoted", {"problem": message}


_QUOTES: Final = frozenset(("fault-parameters", "fault-parameters-range", "fault-entities"))


def _quoting(key: str, message: str) -> dict[str, str]:
    return {"problem": message} if key in _QUOTES else {}
