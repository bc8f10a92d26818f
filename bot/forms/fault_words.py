"""Faults in the words of the bot's texts: where, what is wrong, what to do about it."""

from collections.abc import Callable, Sequence
from typing import Final

from bot.errors import FormError
from bot.forms.faults import WHOLE_FILE, XFORM, Fault

Say = Callable[..., str]
"""``bot.texts.Texts``: a key and what fills it, to a sentence."""

SHOWN: Final = 10
"""How many faults one chat message lists."""


def place(fault: Fault, say: Say) -> str:
    """Where it is: "trang survey, ô F12 (cột relevant)"."""
    if fault.sheet == WHOLE_FILE:
        return say("fault-in-file")
    if fault.sheet == XFORM:
        return say("fault-in-xform", path=fault.column or XFORM)
    if not fault.row:
        return say("fault-in-sheet", sheet=fault.sheet)
    if not fault.column:
        return say("fault-in-row", sheet=fault.sheet, row=fault.row)
    if not fault.cell:
        return say("fault-in-column", sheet=fault.sheet, row=fault.row, column=fault.column)
    return say("fault-in-cell", sheet=fault.sheet, cell=fault.cell, column=fault.column)


def problem_and_remedy(fault: Fault, say: Say) -> tuple[str, str]:
    """What is wrong, and what to do: each sentence of the family has one line for either."""
    filled = dict(fault.arguments)
    # Texts hold no braces, so what is written with them comes from here.
    filled |= {
        f"{name}_ref": f"${{{filled[name]}}}" for name in ("name", "meant") if name in filled
    }
    problem, _, remedy = say(fault.key, ref="${so_hs}", **filled).partition("\n")
    return problem.strip(), remedy.strip()


def line(fault: Fault, say: Say) -> str:
    """All of it as one line of a list."""
    problem, remedy = problem_and_remedy(fault, say)
    key = "fault-line" if fault.is_error else "fault-line-warning"
    return say(key, place=place(fault, say), problem=problem, remedy=remedy)


def entries(faults: Sequence[Fault], say: Say) -> str:
    """A list for a terminal: three lines each, errors first."""
    ordered = sorted(faults, key=lambda fault: not fault.is_error)
    return "\n".join(_entry(fault, number, say) for number, fault in enumerate(ordered, 1))


def _entry(fault: Fault, number: int, say: Say) -> str:
    problem, remedy = problem_and_remedy(fault, say)
    key = "fault-entry" if fault.is_error else "fault-entry-warning"
    return say(key, number=number, place=place(fault, say), problem=problem, remedy=remedy)


def counted(faults: Sequence[Fault], say: Say) -> str:
    """How many there are: "3 lỗi, 2 điều nên xem lại"."""
    errors = sum(fault.is_error for fault in faults)
    parts = [say("fault-errors", count=errors)] if errors else []
    if len(faults) > errors:
        parts.append(say("fault-warnings", count=len(faults) - errors))
    return ", ".join(parts)


def listed(faults: Sequence[Fault], say: Say, most: int = 0) -> str:
    """A list to read, errors first; beyond ``most`` (0: all) it says how many are left."""
    ordered = sorted(faults, key=lambda fault: not fault.is_error)
    shown = ordered[:most] if most else ordered
    lines = [f"{number}. {line(fault, say)}" for number, fault in enumerate(shown, 1)]
    left = len(ordered) - len(shown)
    if left:
        lines.append(say("fault-more", count=left))
    return "\n".join(lines)


class FormFaults(FormError):
    """A questionnaire cannot be used; ``faults`` has everything that was found, warnings too."""

    def __init__(self, faults: Sequence[Fault], filename: str = "") -> None:
        first = next(fault for fault in faults if fault.is_error)
        super().__init__(first.sheet, first.row, first.key)
        self.faults = tuple(faults)
        self.filename = filename

    def __str__(self) -> str:
        from bot.texts import texts  # noqa: PLC0415 - only who reads it loads texts

        say = texts("vi")
        head = f"{self.filename}: " if self.filename else ""
        return f"{head}{counted(self.faults, say)}\n{listed(self.faults, say)}"
