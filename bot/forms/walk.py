"""Finds its way in a filling: all places in the order of the form, and the node of a ref."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from bot.forms.definition import Control
from bot.forms.places import nodes_below
from bot.forms.tree import Node, Rows

QUESTION: Final = "question"
ROW: Final = "row"
ADD_ANOTHER: Final = "add_another"

_PART: Final = re.compile(r"([^\[\]]+)(?:\[(\d+)\])?")
_Sections = tuple[tuple[Control, Node], ...]


class Place(NamedTuple):
    """A question, the beginning of a row, or the end of a repeat (``node`` holds its rows)."""

    kind: str
    control: Control
    node: Node
    sections: _Sections

    @property
    def ref(self) -> str:
        """The path with row numbers; that of the repeat, without the last, for add_another."""
        if self.kind == ADD_ANOTHER:
            assert self.control.spec
            return f"{self.node.ref}/{self.control.spec.name}"
        return self.node.ref


def walk(controls: Sequence[Control], top: Node, sections: _Sections = ()) -> Iterator[Place]:
    """All places below ``top`` in the order of the form, relevant or not."""
    for control in controls:
        if control.kind == "repeat":
            yield from _walk_repeat(control, top, sections)
            continue
        node = nodes_below(top, control.way)[0] if control.way else top
        if control.kind == QUESTION:
            yield Place(QUESTION, control, node, sections)
        else:
            inside = (*sections, (control, node)) if control.label else sections
            yield from walk(control.kids, top, inside)


def _walk_repeat(control: Control, top: Node, sections: _Sections) -> Iterator[Place]:
    assert control.spec
    assert control.repeat
    parent = nodes_below(top, control.way[:-1])[0]
    for row in rows_in(parent, control):
        yield Place(ROW, control, row, sections)
        yield from walk(control.kids, row, (*sections, (control, row)))
    if not (control.repeat.counted or control.repeat.fixed):
        yield Place(ADD_ANOTHER, control, parent, sections)


def rows_in(parent: Node, control: Control) -> Rows:
    """The rows of a repeat under ``parent``."""
    assert control.spec
    rows = parent.kids[control.spec.slot]
    assert isinstance(rows, Rows)
    return rows


def find(root: Node, ref: str) -> Node | None:
    """The node at ``ref``; a repeat without a row number means its first row."""
    node = root
    parts = ref.split("/")[1:]
    if not parts or parts[0] != root.spec.name:
        return None
    for part in parts[1:]:
        match = _PART.fullmatch(part)
        found = node.named(match[1]) if match else []
        row = int(match[2]) if match and match[2] else 1
        if not 1 <= row <= len(found):
            return None
        node = found[row - 1]
    return node


def find_rows(root: Node, ref: str) -> tuple[Node, Rows] | None:
    """The parent and the rows of the repeat at ``ref``, which ends without a row number."""
    above, _, name = ref.rpartition("/")
    parent = find(root, above) if above else None
    spec = parent.spec.by_name.get(name) if parent else None
    if parent is None or spec is None or not spec.repeats:
        return None
    rows = parent.kids[spec.slot]
    assert isinstance(rows, Rows)
    return parent, rows
