"""Formulas written as in Excel, put into the words of a form: AND(. > 0; . < 9), <>, IF(…)."""

import re
from typing import Final

from bot.forms.functions import FUNCTIONS
from bot.forms.special import SPECIAL

_PARTS: Final = re.compile(r"'[^']*'|\"[^\"]*\"|\$\{[^}]*\}|[A-Za-z][\w-]*(?=\()|<>|.", re.DOTALL)
_JOINING: Final = ("and", "or")


def from_excel(text: str) -> str:
    """The same formula as a form has it; "" where nothing in it is Excel's."""
    parts = [_part(part) for part in _PARTS.findall(text.strip().removeprefix("="))]
    written = " ".join(_joined(parts, nested=False).split())
    return "" if written == " ".join(text.split()) else written


def _part(part: str) -> str:
    lower = part.lower()
    if lower in _JOINING or lower in FUNCTIONS or lower in SPECIAL:
        return lower
    return {"<>": "!=", ";": ","}.get(part, part)


def _joined(parts: list[str], *, nested: bool) -> str:
    """``and(a, b)`` as ``a and b``; in brackets where it stands among other things."""
    written: list[str] = []
    at = 0
    while at < len(parts):
        word = parts[at]
        end = _closing(parts, at + 1) if word in _JOINING and parts[at + 1 : at + 2] == ["("] else 0
        if not end:
            written.append(word)
            at += 1
            continue
        inner = [_joined(value, nested=True).strip() for value in _values(parts[at + 2 : end])]
        joined = f" {word} ".join(inner)
        alone = not nested and at == 0 and end == len(parts) - 1
        written.append(joined if alone else f"({joined})")
        at = end + 1
    return "".join(written)


def _closing(parts: list[str], opening: int) -> int:
    """Where the bracket that opens there is closed; 0 where it is not."""
    depth = 0
    for at in range(opening, len(parts)):
        depth += {"(": 1, ")": -1}.get(parts[at], 0)
        if not depth:
            return at
    return 0


def _values(parts: list[str]) -> list[list[str]]:
    """What stands between the commas that are in no further bracket."""
    values: list[list[str]] = [[]]
    depth = 0
    for part in parts:
        depth += {"(": 1, ")": -1}.get(part, 0)
        if part == "," and not depth:
            values.append([])
        else:
            values[-1].append(part)
    return values
