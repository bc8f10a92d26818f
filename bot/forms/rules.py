"""What a form says about its places: when they count, what is computed, what is accepted."""

from dataclasses import dataclass
from typing import Final

from bot.forms.context import Closure
from bot.forms.labels import Message
from bot.forms.paths import Read
from bot.forms.tree import Spec

RELEVANT: Final = "relevant"
CALCULATE: Final = "calculate"
COUNT: Final = "count"


@dataclass(slots=True, eq=False)
class Unit:
    """One expression of the form at one place."""

    spec: Spec
    kind: str  # relevant, calculate, count; or one that is only computed when it is asked for
    source: str
    run: Closure
    reads: tuple[Read, ...]
    order: int = 0

    @property
    def host(self) -> Spec:
        """Where it is computed: a count once for all rows."""
        if self.kind == COUNT:
            assert self.spec.parent
            return self.spec.parent
        return self.spec


@dataclass(frozen=True, slots=True)
class Reader:
    """A unit that reads a place: within the same ``anchor``, at the end of ``way``."""

    unit: Unit
    climb: int  # from the place that changed up to the anchor
    way: tuple[tuple[int, bool], ...]  # from the anchor down to the unit's host


@dataclass(slots=True, eq=False)
class Rules:
    """The rules of one place. Read only once the form is compiled."""

    relevant: Unit | None = None
    calculate: Unit | None = None
    constraint: Unit | None = None
    required: Unit | None = None
    readonly: Unit | None = None
    constraint_message: Message | None = None
    required_message: Message | None = None
    readers: tuple[Reader, ...] = ()  # what must be computed again when the place changes
    read_below: bool = False  # something in it has readers
    units: tuple[Unit, ...] = ()  # all that is computed within, for a new row
