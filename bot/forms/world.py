"""What a function of the form language is, and what it may ask of the world around it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from bot.forms.coercions import PLAIN, Value, to_number, to_text

MANY: Final = 1000
"""Most arguments of a function that takes any number of them."""


class World(Protocol):
    """What functions may ask about outside their arguments."""

    @property
    def now(self) -> datetime:
        """The moment of this turn, aware."""

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which a day begins for the person."""

    @property
    def random(self) -> Random:
        """Where uuid() and random() come from."""

    @property
    def version(self) -> str:
        """The form's version."""

    def spend(self, steps: int) -> None:
        """Count what an expression looks at.

        Raises:
            FormError: it has looked at so much that it may never end.
        """

    def text_by_id(self, key: str) -> str:
        """The form's text with this itext id, in the person's language."""

    def lookup(self, instance: str, column: str, key: str, wanted: str) -> str:
        """pulldata(): ``column`` of the first row of ``instance`` whose ``key`` is ``wanted``."""


Evaluated = Callable[..., Value]


@dataclass(frozen=True, slots=True)
class Function:
    """A function: called with the world first, then its arguments."""

    call: Evaluated
    least: int
    most: int  # of arguments


def numbers_in(arguments: Sequence[Value]) -> list[float]:
    """All numbers in the arguments; of found nodes only those that have a value."""
    found: list[float] = []
    for argument in arguments:
        if isinstance(argument, PLAIN):
            found.append(to_number(argument))
        else:
            typed = [node.typed() for node in argument]
            found.extend(to_number(value) for value in typed if value != "")
    return found


def texts_in(arguments: Sequence[Value]) -> list[str]:
    """The texts of all arguments; of found nodes one by one."""
    found: list[str] = []
    for argument in arguments:
        if isinstance(argument, PLAIN):
            found.append(to_text(argument))
        else:
            found.extend(to_text(node.typed()) for node in argument)
    return found
