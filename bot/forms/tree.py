"""The tree of answers: what it may hold (Spec), what it holds (Node, Rows), and lists (Item)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Union

from bot.forms.coercions import text_number

OPEN: Final = 0
ANSWERED: Final = 1
SKIPPED: Final = 2
LATER: Final = 3
STATUSES: Final = ("open", "answered", "skipped", "later")

_NUMERIC: Final = frozenset(("int", "integer", "decimal", "double", "float", "long"))


@dataclass(slots=True, eq=False)
class Blank:
    """A node as it is when it is new: its value and the rows it begins with."""

    spec: "Spec"
    value: str
    kids: list["Blank | list[Blank]"]


@dataclass(slots=True, eq=False, repr=False)
class Spec:
    """What the form says about one place in the tree. Read only once the form is compiled."""

    name: str
    tag: str  # with namespace, as written to a submission
    parent: "Spec | None"
    slot: int  # place among the parent's kids
    repeats: bool = False
    kids: list["Spec"] = field(default_factory=list)
    by_name: dict[str, "Spec"] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    path: str = ""
    depth: int = 0
    type: str = "string"
    numeric: bool = False
    blank: Blank | None = None  # of a new row
    preload: tuple[str, str] = ("", "")
    asked: bool = False  # there is a question for it
    order: int = 0  # among all places

    def __post_init__(self) -> None:
        self.path = f"{self.parent.path}/{self.name}" if self.parent else f"/{self.name}"
        self.depth = self.parent.depth + 1 if self.parent else 0

    def set_type(self, kind: str) -> None:
        """Take the type of the bind, without its prefix."""
        self.type = kind
        self.numeric = kind in _NUMERIC

    def chain(self) -> list["Spec"]:
        """From the root down to this."""
        found: list[Spec] = []
        at: Spec | None = self
        while at is not None:
            found.append(at)
            at = at.parent
        return found[::-1]

    def within(self) -> Iterator["Spec"]:
        """This and everything below it, in the order of the form."""
        yield self
        for kid in self.kids:
            yield from kid.within()

    @property
    def repeat(self) -> "Spec | None":
        """The innermost enclosing repeat; a repeat is not its own."""
        at = self.parent
        while at is not None and not at.repeats:
            at = at.parent
        return at


_NO_KIDS: Final[list[Union["Node", "Rows"]]] = []


class Rows(list["Node"]):
    """The rows of one repeat under one parent."""

    __slots__ = ("closed", "spare")

    def __init__(self) -> None:
        super().__init__()
        self.closed = False  # "no more rows" has been said
        self.spare: list[Node] = []  # rows beyond a count that has gone down; they may come back

    def known(self) -> list["Node"]:
        """The rows, and behind them those that may come back."""
        return [*self, *reversed(self.spare)]


class Node:
    """One place in one filling."""

    __slots__ = ("kids", "live", "parent", "relevant", "row", "spec", "status", "value")

    def __init__(self, spec: Spec, parent: "Node | None", row: int = 0) -> None:
        self.spec = spec
        self.parent = parent
        self.kids: list[Node | Rows] = _NO_KIDS
        self.value = ""
        self.relevant = True  # its own condition
        self.live = True  # its own and those of everything around it
        self.row = row  # from 1 in a repeat; 0 elsewhere
        self.status = OPEN

    def typed(self) -> float | str:
        """The value as expressions see it."""
        if self.spec.numeric and self.value:
            number = text_number(self.value)
            return number if number == number else self.value
        return self.value

    def named(self, name: str) -> "list[Node]":
        """The nodes of that name directly below, rows of a repeat one by one."""
        spec = self.spec.by_name.get(name)
        if spec is None:
            return []
        kid = self.kids[spec.slot]
        return kid if isinstance(kid, list) else [kid]

    def everything(self) -> "list[Node]":
        """All nodes directly below."""
        found: list[Node] = []
        for kid in self.kids:
            if isinstance(kid, list):
                found.extend(kid)
            else:
                found.append(kid)
        return found

    def order(self) -> tuple[int, ...]:
        """Sorts nodes as they stand in the form, row by row."""
        above = self.parent.order() if self.parent else ()
        return (*above, self.spec.order, self.row)

    @property
    def ref(self) -> str:
        """The path with the row number at every repeat."""
        if self.parent is None:
            return self.spec.path
        above = self.parent.ref
        return f"{above}/{self.spec.name}[{self.row}]" if self.row else f"{above}/{self.spec.name}"


class Item:
    """An element of a secondary instance: a choice, or a column of one."""

    __slots__ = ("kids", "live", "name", "parent", "value")

    def __init__(self, name: str, parent: "Item | None", value: str) -> None:
        self.name = name
        self.parent = parent
        self.value = value
        self.kids: list[Item] = []
        self.live = True

    def typed(self) -> float | str:
        """Always text."""
        return self.value

    def named(self, name: str) -> "list[Item]":
        """The elements of that name directly below."""
        return [kid for kid in self.kids if kid.name == name]

    def everything(self) -> "list[Item]":
        """All elements directly below."""
        return self.kids

    def text_of(self, name: str) -> str:
        """The text of the first element of that name; '' when there is none."""
        for kid in self.kids:
            if kid.name == name:
                return kid.value
        return ""


AnyNode = Node | Item
