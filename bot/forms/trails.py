"""Paths at work: closures that go from a context to the nodes a path means."""

from collections.abc import Iterator, Sequence

from bot.forms import xpath
from bot.forms.context import Context, Move, Nodes, Walk
from bot.forms.places import climbed, nodes_below
from bot.forms.tree import AnyNode, Spec


def is_open(step: xpath.Step) -> bool:
    """Whether a step cannot be resolved beforehand: a predicate, any name, any depth."""
    if step.predicates or step.axis in ("descendant", "attribute"):
        return True
    return step.axis == "child" and step.name == "*"


def starts_at_current(path: xpath.Path) -> bool:
    """``current()/…``: the place of the expression itself, also within a predicate."""
    return isinstance(path.start, xpath.Call) and path.start.name == "current"


def advance(spec: Spec, step: xpath.Step) -> Spec | None:
    """The place one step further; None when the form has none or there may be several."""
    if step.axis == "self":
        return spec
    if step.axis == "parent":
        return spec.parent
    return spec.by_name.get(step.name) if step.axis == "child" else None


def root_walk(slots: tuple[int, ...]) -> Walk:
    """From the outermost node down ``slots``."""

    def run(c: Context) -> Nodes:
        node = c.run.root
        for slot in slots:
            node = node.kids[slot]  # type: ignore[assignment]
        return [node] if node.live else []

    return run


def single_walk(climb: int, slots: tuple[int, ...], from_current: bool) -> Walk:
    """``climb`` parents up and down ``slots``: one node."""

    def run(c: Context) -> Nodes:
        node = climbed(c.current if from_current else c.node, climb)
        for slot in slots:
            node = node.kids[slot]  # type: ignore[assignment]
        return [node] if node.live else []

    return run


def many_walk(climb: int, way: Sequence[tuple[int, bool]], from_current: bool) -> Walk:
    """``climb`` parents up and down a ``way`` with repeats in it: all their rows."""

    def run(c: Context) -> Nodes:
        top = climbed(c.current if from_current else c.node, climb)
        found = nodes_below(top, way)
        c.run.spend(len(found))
        return [node for node in found if node.live]

    return run


def moved(c: Context, nodes: Nodes, moves: Sequence[Move]) -> Nodes:
    """Where ``moves`` lead from ``nodes``."""
    for move in moves:
        nodes = move(c, nodes)
    return nodes


def taking(axis: str, name: str) -> Move:
    """One step along ``axis``, relevant nodes only."""
    if axis == "child" and name == "*":
        return lambda _, nodes: [k for node in nodes for k in node.everything() if k.live]
    if axis == "child":
        return lambda _, nodes: [k for node in nodes for k in node.named(name) if k.live]
    if axis == "self":
        return lambda _, nodes: nodes
    if axis == "parent":
        return lambda _, nodes: list(
            dict.fromkeys(node.parent for node in nodes if node.parent is not None)
        )
    if axis == "descendant":
        return _all_below
    return lambda _, _nodes: []


def _all_below(c: Context, nodes: Nodes) -> Nodes:
    found = [deeper for node in nodes for deeper in _descendants(node)]
    c.run.spend(len(found))
    return [node for node in found if node.live]


def _descendants(node: AnyNode) -> Iterator[AnyNode]:
    yield node
    for kid in node.everything():
        yield from _descendants(kid)
