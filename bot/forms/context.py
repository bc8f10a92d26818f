"""Where an expression stands while it is evaluated, and the lists it may look into."""

from collections.abc import Callable
from typing import Final, Protocol

from bot.forms.coercions import Value
from bot.forms.tree import AnyNode, Item, Node, Spec
from bot.forms.world import World


class Run(World, Protocol):
    """The filling in which an expression is evaluated."""

    @property
    def root(self) -> Node:
        """The outermost node."""

    def choice_name(self, question: Spec, node: Node | None, value: str) -> str:
        """The label of a choice."""


class Context:
    """Where an expression stands while it is evaluated."""

    __slots__ = ("current", "node", "position", "run", "size")

    def __init__(
        self, run: Run, node: AnyNode, current: Node, position: int = 1, size: int = 1
    ) -> None:
        self.run = run
        self.node = node
        self.current = current
        self.position = position
        self.size = size


Closure = Callable[[Context], Value]
Nodes = list[AnyNode]
Walk = Callable[[Context], Nodes]
Move = Callable[[Context, Nodes], Nodes]


class Listing:
    """A secondary instance, searchable by the value of a column."""

    def __init__(self, document: Item) -> None:
        self.document = document
        self._indexes: dict[tuple[str, str, str], dict[str, list[AnyNode]]] = {}

    def elements(self, root: str, element: str) -> list[AnyNode]:
        """The elements of that name in the outermost element."""
        return [item for top in self.document.named(root) for item in top.named(element)]

    def having(self, root: str, element: str, column: str, value: str) -> list[AnyNode]:
        """Those of ``elements`` whose ``column`` is ``value``."""
        index = self._indexes.get((root, element, column))
        if index is None:
            index = {}
            for item in self.elements(root, element):
                for name in {str(kid.typed()) for kid in item.named(column)}:
                    index.setdefault(name, []).append(item)
            self._indexes[root, element, column] = index
        return index.get(value, [])


LAST_SAVED: Final = "__last-saved"
"""The list that holds the last form of a phone; a chat has none."""
NO_LISTING: Final = Listing(Item("root", None, ""))
