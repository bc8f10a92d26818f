"""Paths made ready: from the place of an expression to the places it names.

Where a path can be followed through the form beforehand it becomes so many parents up and
these slots down; where a predicate or a list stands in it, the rest is walked step by step.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from bot.forms import xpath
from bot.forms.coercions import single, to_boolean
from bot.forms.context import LAST_SAVED, NO_LISTING, Closure, Context, Listing, Move, Nodes, Walk
from bot.forms.lookups import column_equals
from bot.forms.operators import nodes_of
from bot.forms.places import climbed, common, nodes_below, way_down
from bot.forms.trails import (
    advance,
    is_open,
    many_walk,
    moved,
    root_walk,
    single_walk,
    starts_at_current,
    taking,
)
from bot.forms.tree import Node, Spec
from bot.forms.xpath import XPathError

PREDICATE: Final = 10
"""What asking a predicate of one node costs (World.spend): as much as passing ten nodes."""


class Scope(Protocol):
    """What the form knows while it is being compiled."""

    root: Spec
    listings: Mapping[str, Listing]

    def named(self, name: str, near: Spec) -> Spec | None:
        """The question that ``${name}`` means in an expression of ``near``."""


@dataclass(frozen=True, slots=True)
class Read:
    """That an expression reads ``spec``, in the same ``anchor`` as it stands in itself."""

    spec: Spec
    anchor: Spec


class Paths:
    """The paths of one expression, written at ``home``, and what they read."""

    def __init__(
        self,
        home: Spec,
        scope: Scope,
        compile_part: Callable[[xpath.Expression, Spec | None], Closure],
    ) -> None:
        self.home = home
        self._scope = scope
        self.compile = compile_part
        self._limit = home.depth  # anchors may not be deeper: rows outside are read as well
        self.reads: list[Read] = []
        self.unknown: list[str] = []

    def compile_all(
        self, expressions: Sequence[xpath.Expression], at: Spec | None
    ) -> list[Closure]:
        """Each of ``expressions``, as seen from ``at`` (None: from an element of a list)."""
        return [self.compile(expression, at) for expression in expressions]

    def as_path(self, expression: xpath.Expression, at: Spec | None) -> xpath.Path:
        """A path as it is; ``${name}`` as the path to that question."""
        if isinstance(expression, xpath.Path):
            if isinstance(expression.start, xpath.Name):
                return self._after_name(expression, expression.start, at)
            return expression
        if isinstance(expression, xpath.Name):
            return self._to_name(expression.name, at)
        if isinstance(expression, xpath.Call) and expression.name in ("instance", "current"):
            return xpath.Path(False, expression, ())
        raise XPathError("a question is expected here, for example ${question}")

    def _to_name(self, name: str, at: Spec | None) -> xpath.Path:
        spec = self._scope.named(name, at or self.home)
        if spec is None:
            if name.startswith("last-saved#"):
                return xpath.Path(False, xpath.Call("instance", (xpath.Text(LAST_SAVED),)), ())
            raise XPathError(f"there is no question called «{name}»")
        steps = tuple(xpath.Step("child", part.name) for part in spec.chain())
        return xpath.Path(True, None, steps)

    def _after_name(self, path: xpath.Path, start: xpath.Name, at: Spec | None) -> xpath.Path:
        found = self._to_name(start.name, at)
        if not found.steps:
            return found
        last = found.steps[-1]
        marked = xpath.Step(last.axis, last.name, path.predicates)
        return xpath.Path(True, None, (*found.steps[:-1], marked, *path.steps))

    def _base(self, path: xpath.Path, at: Spec | None) -> Spec | None:
        """Where the steps of ``path`` begin: the root, the context, current(); None: a list."""
        if path.absolute:
            return self._scope.root
        if path.start is None:
            return at
        return self.home if starts_at_current(path) else None

    def target(self, path: xpath.Path, at: Spec | None) -> Spec | None:
        """The place in the form that ``path`` leads to, predicates aside."""
        spec = self._base(path, at)
        steps = path.steps
        if path.absolute:
            if not steps or steps[0].name != self._scope.root.name:
                return None
            steps = steps[1:]
        for step in steps:
            if spec is None:
                return None
            spec = advance(spec, step)
        return spec

    def walk(self, path: xpath.Path, at: Spec | None) -> Walk:
        """The nodes that ``path`` means, seen from ``at`` (None: from an element of a list)."""
        if isinstance(path.start, xpath.Name):
            path = self.as_path(path, at)
        if path.absolute:
            return self._absolute(path, at)
        if path.start is None and at is not None:
            return self._relative(path.steps, at, from_current=False)
        if starts_at_current(path):
            return self._relative(path.steps, self.home, from_current=True)
        return self._listed(path, at)

    def _absolute(self, path: xpath.Path, at: Spec | None) -> Walk:
        root, steps = self._scope.root, path.steps
        if not steps:
            return lambda c: [c.run.root]
        if steps[0].axis == "child" and steps[0].name != root.name:
            self.unknown.append(steps[0].name)
            return lambda _: []
        plain = [root]
        rest = list(steps[1:] if steps[0].axis == "child" else steps)
        while rest and not is_open(rest[0]):
            following = advance(plain[-1], rest[0])
            if following is None:
                return self._missing(rest[0])
            plain.append(following)
            rest.pop(0)
        start = at or self.home
        own = self._own_anchor(plain[-1], start, last=not rest)
        walk = self._fixed(own, start, plain[-1], at is None)
        return self._tail(walk, plain[-1], own, rest) if rest else walk

    def _missing(self, step: xpath.Step) -> Walk:
        self.unknown.append(step.name)
        return lambda _: []

    def _own_anchor(self, target: Spec, start: Spec, *, last: bool) -> Spec:
        """The innermost place that ``target`` shares with ``start``: the same row is meant.

        A path that ends at a repeat around ``start`` means all its rows.
        """
        anchor = common(target, start)
        if last and anchor is target and target.repeats and target.parent:
            return target.parent
        return anchor

    def _relative(self, steps: tuple[xpath.Step, ...], at: Spec, *, from_current: bool) -> Walk:
        anchor, target = at, at
        rest = list(steps)
        while rest and not is_open(rest[0]):
            following = advance(target, rest[0])
            if following is None:
                return self._missing(rest[0])
            if rest.pop(0).axis == "parent" and anchor is target:
                anchor = following
            target = following
        walk = self._fixed(anchor, at, target, from_current)
        return self._tail(walk, target, anchor, rest) if rest else walk

    def _fixed(self, anchor: Spec, start: Spec, target: Spec, from_current: bool) -> Walk:
        """From the node of ``start`` up to ``anchor`` and down to ``target``."""
        self.read(target, anchor)
        way = way_down(anchor, target)
        climb = start.depth - anchor.depth
        if any(repeats for _, repeats in way):
            return many_walk(climb, way, from_current)
        slots = tuple(slot for slot, _ in way)
        in_rows = any(spec.repeats for spec in anchor.chain())
        if not in_rows:
            return root_walk(tuple(spec.slot for spec in target.chain()[1:]))
        return single_walk(climb, slots, from_current)

    def own_row(self, target: Spec, at: Spec | None) -> Callable[[Context], Node | None]:
        """The node of ``target`` around the expression, relevant or not."""
        start = at or self.home
        anchor = common(target, start)
        climb, way = start.depth - anchor.depth, way_down(anchor, target)
        from_current = at is None

        def run(c: Context) -> Node | None:
            node = c.current if from_current else c.node
            assert isinstance(node, Node)
            found = nodes_below(climbed(node, climb), way)
            return found[0] if found else None

        return run

    def read(self, target: Spec, anchor: Spec) -> None:
        """Note that the expression depends on ``target``."""
        depth = min(common(anchor, self.home).depth, self._limit)
        self.reads.append(Read(target, self.home.chain()[depth]))

    def listing(self, call: xpath.Call) -> Listing:
        """The list that ``instance(…)`` names."""
        name = call.arguments[0] if call.arguments else None
        if not isinstance(name, xpath.Text):
            raise XPathError("instance(…) takes the name of a list in quotes")
        if name.value == LAST_SAVED:
            return NO_LISTING
        listing = self._scope.listings.get(name.value)
        if listing is None:
            raise XPathError(f"there is no list called «{name.value}»; see the choices sheet")
        return listing

    def _listed(self, path: xpath.Path, at: Spec | None) -> Walk:
        """Steps from a list (or from anything else that is not known beforehand)."""
        if path.start is None:
            moves = [self._move(step, None) for step in path.steps]
            return lambda c: moved(c, [c.node], moves)
        quick = self._quick(path, at)
        if quick is not None:
            return quick
        start = self.compile(path.start, at)
        moves = [self._filter(predicate, None) for predicate in path.predicates]
        moves += [self._move(step, None) for step in path.steps]
        return lambda c: moved(c, nodes_of(start(c)), moves)

    def _quick(self, path: xpath.Path, at: Spec | None) -> Walk | None:
        """``instance('list')/root/item[column = value]…`` through an index, where it can be."""
        start, steps = path.start, path.steps
        if not (isinstance(start, xpath.Call) and start.name == "instance" and len(steps) > 1):
            return None
        root, item = steps[0], steps[1]
        if root.axis != "child" or root.predicates or len(item.predicates) != 1 or path.predicates:
            return None
        wanted = column_equals(item.predicates[0])
        if wanted is None:
            return None
        listing = self.listing(start)
        column, other = wanted
        value = self.compile(other, at)
        check = self._filter(item.predicates[0], None)
        moves = [self._move(step, None) for step in steps[2:]]
        names = root.name, item.name

        def run(c: Context) -> Nodes:
            sought = single(value(c))
            if isinstance(sought, str):
                found = listing.having(*names, column, sought)
            else:
                found = listing.elements(*names)
            return moved(c, check(c, found), moves)

        return run

    def _tail(
        self, walk: Walk, spec: Spec | None, anchor: Spec, rest: Sequence[xpath.Step]
    ) -> Walk:
        limit = self._limit
        self._limit = min(limit, common(anchor, self.home).depth)
        moves: list[Move] = []
        for step in rest:
            moves.append(self._move(step, spec))
            spec = advance(spec, step) if spec is not None else None
            if spec is not None:
                self.read(spec, anchor)
        self._limit = limit
        return lambda c: moved(c, walk(c), moves)

    def _move(self, step: xpath.Step, spec: Spec | None) -> Move:
        name = step.name
        below = advance(spec, step) if spec is not None else None
        if spec is not None and below is None:
            self._read_any(step, spec)
        filters = [self._filter(predicate, below) for predicate in step.predicates]
        take = taking(step.axis, name)
        if not filters:
            return take

        def run(c: Context, nodes: Nodes) -> Nodes:
            found: Nodes = []
            for node in nodes:
                kept = take(c, [node])
                for keep in filters:
                    kept = keep(c, kept)
                found.extend(kept)
            return found

        return run

    def _read_any(self, step: xpath.Step, spec: Spec) -> None:
        if step.axis == "child" and step.name != "*":
            self.unknown.append(step.name)
            return
        for part in spec.within() if step.axis == "descendant" else spec.kids:
            self.read(part, spec)

    def _filter(self, predicate: xpath.Expression, at: Spec | None) -> Move:
        test = self.compile(predicate, at)

        def run(c: Context, nodes: Nodes) -> Nodes:
            kept: Nodes = []
            c.run.spend(len(nodes) * PREDICATE)
            inner = Context(c.run, c.node, c.current, 0, len(nodes))
            for node in nodes:
                inner.node = node
                inner.position += 1
                value = test(inner)
                if value == inner.position if isinstance(value, float) else to_boolean(value):
                    kept.append(node)
            return kept

        return run
