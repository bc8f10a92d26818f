"""What a compiled form consists of, as the rest of the program sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from bot.forms.context import Closure
from bot.forms.labels import Media, Message
from bot.forms.tree import Spec


def _nothing() -> Mapping[str, str]:
    return _NOTHING


_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a select."""

    name: str
    label: str
    media: tuple[Media, ...] = ()  # beside its label


@dataclass(frozen=True, slots=True)
class Question:
    """A place for one answer. ``form.questions`` has those that a person is asked."""

    path: str  # without row numbers
    name: str
    type: str  # text, integer, …; calculate and hidden for those nobody is asked
    appearance: str = ""
    columns: Mapping[str, str] = field(
        default_factory=_nothing
    )  # the extra columns of its survey row
    repeat: str | None = None  # path of the innermost enclosing repeat
    out_of_reach: str = ""  # why a chat cannot ask it, of out_of_reach.REASONS: only skip it


@dataclass(frozen=True, slots=True)
class Repeat:
    """A group that can be answered several times."""

    path: str
    name: str
    columns: Mapping[str, str] = field(default_factory=_nothing)
    repeat: str | None = None  # path of the repeat around it
    counted: bool = False  # the form says how many rows; nobody is asked "another one?"
    fixed: bool = False  # rows may be neither added nor dropped


@dataclass(slots=True)
class Choices:
    """Where the choices of a select come from: written out, or found by an expression."""

    fixed: tuple[tuple[str, Message], ...] = ()
    nodeset: Closure | None = None
    source: str = ""
    value: str = "name"
    label: str = "label"
    by_itext: bool = False  # ``label`` holds the id of a text, not the text
    always: frozenset[str] | None = None  # all names, where they do not depend on answers
    external: frozenset[str] = frozenset()  # all names in the sheet of external choices
    reads: tuple[Spec, ...] = ()  # what the choice of choices depends on


@dataclass(slots=True, eq=False)
class Control:
    """What is shown for one place, in the order of the form: a question, a group or a repeat."""

    kind: str  # question, group, repeat
    spec: Spec | None  # None: a group for presentation only
    label: Message | None = None
    hint: Message | None = None
    question: Question | None = None
    repeat: Repeat | None = None
    choices: Choices | None = None
    way: tuple[tuple[int, bool], ...] = ()  # from the row around it, or the root, down to it
    free: bool = False  # an answer that no list knows is fine, as in ODK
    limits: Mapping[str, str] = field(default_factory=_nothing)  # start, end, step of a range
    kids: list["Control"] = field(default_factory=list)

    @property
    def filtered(self) -> bool:
        """Whether an answer may lose its choice when others change."""
        return self.choices is not None and bool(self.choices.reads)

    def chooses(self, value: str) -> bool:
        """Whether ``value`` must be among the choices that there are now."""
        return self.choices is not None and (not self.free or value in self.choices.external)


@dataclass(slots=True, eq=False)
class Action:
    """A value that is set when something happens."""

    target: Spec
    source: Spec  # where it stands: the changed question, the new row, or the target itself
    value: Closure | None  # None: it is emptied
    events: tuple[str, ...]
