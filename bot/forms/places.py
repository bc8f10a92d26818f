"""Ways through the tree of answers: up to what two places share, and down to all nodes."""

from collections.abc import Sequence

from bot.forms.tree import AnyNode, Node, Spec


def common(a: Spec, b: Spec) -> Spec:
    """The innermost place that holds both."""
    while a.depth > b.depth:
        assert a.parent
        a = a.parent
    while b.depth > a.depth:
        assert b.parent
        b = b.parent
    while a is not b:
        assert a.parent
        assert b.parent
        a, b = a.parent, b.parent
    return a


def nearest(found: Sequence[Spec], near: Spec) -> Spec | None:
    """Of several places with one name, the one that shares most with ``near``."""
    return max(found, key=lambda spec: common(spec, near).depth) if found else None


def way_down(top: Spec, target: Spec) -> tuple[tuple[int, bool], ...]:
    """Slots from ``top`` to ``target``, each with whether it holds rows."""
    return tuple((spec.slot, spec.repeats) for spec in target.chain()[top.depth + 1 :])


def nodes_below(top: Node, way: Sequence[tuple[int, bool]]) -> list[Node]:
    """All nodes at the end of ``way``, row by row, relevant or not."""
    nodes = [top]
    for slot, repeats in way:
        if repeats:
            nodes = [row for node in nodes for row in node.kids[slot]]  # type: ignore[union-attr]
        else:
            nodes = [node.kids[slot] for node in nodes]  # type: ignore[misc]
    return nodes


def climbed(node: AnyNode, climb: int) -> Node:
    """The node ``climb`` parents up."""
    for _ in range(climb):
        assert node.parent
        node = node.parent
    assert isinstance(node, Node)
    return node


def row_of(node: Node | None) -> int:
    """The number of the innermost row that ``node`` is in; 1 outside of repeats."""
    while node is not None and not node.row:
        node = node.parent
    return node.row if node is not None else 1


def lineage(node: Node) -> list[Node]:
    """From the outermost node down to ``node``."""
    found: list[Node] = []
    at: Node | None = node
    while at is not None:
        found.append(at)
        at = at.parent
    return found[::-1]
