"""A tree of answers as plain JSON, and back."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.forms.tree import ANSWERED, LATER, OPEN, SKIPPED, Node, Rows, Spec


def saved(root: Node) -> dict[str, Any]:
    """The whole tree as plain JSON, as ``restored`` reads it back; without empty values."""
    state = _State()
    state.add(root, root.spec.path)
    return {key: part for key, part in state.parts().items() if part}


def given(node: Node, rows: tuple[int, ...] = ()) -> Iterator[tuple[str, tuple[int, ...], str]]:
    """Path, row numbers and value of all below that is relevant and not empty, in order."""
    if not node.live:
        return
    for kid in node.kids:
        if isinstance(kid, Rows):
            for row in kid:
                yield from given(row, (*rows, row.row))
        elif kid.kids:
            yield from given(kid, rows)
        elif kid.value and kid.live:
            yield kid.spec.path, rows, kid.value


class _State:
    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.rows: dict[str, int] = {}
        self.spare: dict[str, int] = {}
        self.closed: list[str] = []
        self.by_status: dict[int, list[str]] = {OPEN: [], SKIPPED: [], LATER: []}

    def parts(self) -> dict[str, Any]:
        return {
            "values": self.values,
            "rows": self.rows,
            "spare": self.spare,
            "closed": self.closed,
            "skipped": self.by_status[SKIPPED],
            "later": self.by_status[LATER],
            "unasked": self.by_status[OPEN],  # a value is there, but nobody has said so
        }

    def add(self, node: Node, ref: str) -> None:
        if node.value:
            self.values[ref] = node.value
        if node.spec.asked and node.status in self.by_status and (node.status or node.value):
            self.by_status[node.status].append(ref)
        for slot, kid in enumerate(node.kids):
            if isinstance(kid, Rows):
                self._add_rows(kid, ref, node.spec.kids[slot].name)
            else:
                self.add(kid, f"{ref}/{kid.spec.name}")

    def _add_rows(self, rows: Rows, ref: str, name: str) -> None:
        at = f"{ref}/{name}"
        self.rows[at] = len(rows)
        if rows.spare:
            self.spare[at] = len(rows.spare)
        if rows.closed:
            self.closed.append(at)
        for number, row in enumerate(rows.known(), 1):
            self.add(row, f"{at}[{number}]")


def restored(spec: Spec, state: Mapping[str, Any]) -> Node:
    """The tree that was saved. What is relevant has still to be computed."""
    return _Saved(state).node(spec, None, 0, spec.path)


class _Saved:
    """A saved state being read back."""

    def __init__(self, state: Mapping[str, Any]) -> None:
        self._values: Mapping[str, str] = state.get("values", {})
        self._rows: Mapping[str, int] = state.get("rows", {})
        self._spare: Mapping[str, int] = state.get("spare", {})
        self._closed = frozenset(state.get("closed", ()))
        self._status = dict.fromkeys(state.get("skipped", ()), SKIPPED)
        self._status.update(dict.fromkeys(state.get("later", ()), LATER))
        self._status.update(dict.fromkeys(state.get("unasked", ()), OPEN))

    def node(self, spec: Spec, parent: Node | None, row: int, ref: str) -> Node:
        node = Node(spec, parent, row)
        value = self._values.get(ref)
        if value:
            node.value = value
            node.status = ANSWERED
        if ref in self._status:
            node.status = self._status[ref]
        if spec.kids:
            node.kids = [
                self._row_list(kid, node, f"{ref}/{kid.name}")
                if kid.repeats
                else self.node(kid, node, 0, f"{ref}/{kid.name}")
                for kid in spec.kids
            ]
        return node

    def _row_list(self, spec: Spec, parent: Node, ref: str) -> Rows:
        rows = Rows()
        count = self._rows.get(ref, 0)
        rows.extend(self.node(spec, parent, n, f"{ref}[{n}]") for n in range(1, count + 1))
        beyond = range(count + 1, count + 1 + self._spare.get(ref, 0))
        rows.spare = [self.node(spec, parent, n, f"{ref}[{n}]") for n in reversed(beyond)]
        rows.closed = ref in self._closed
        return rows
