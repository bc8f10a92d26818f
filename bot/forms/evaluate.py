"""Expressions made ready to run: a tree from xpath.py becomes one closure, and what it reads.

Paths are resolved against the form when it is compiled: so many parents up, these slots down.
A path from the root that passes a repeat in which the expression itself stands means that
very row, as in ODK. Nodes that are not relevant do not exist for an expression.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from bot.forms import xpath
from bot.forms.coercions import (
    NAN,
    Value,
    equal,
    selected_names,
    single,
    to_boolean,
    to_number,
    to_text,
)
from bot.forms.functions import FUNCTIONS
from bot.forms.world import World
from bot.forms.tree import AnyNode, Item, Node, Spec
from bot.forms.xpath import XPathError


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
_Found = list[AnyNode]
_Walk = Callable[[Context], _Found]
_Move = Callable[[Context, _Found], _Found]


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


@dataclass(slots=True)
class Compiled:
    """An expression ready to run."""

    run: Closure
    reads: tuple[Read, ...]
    unknown: tuple[str, ...]  # names that the form does not have


def compile_expression(source: str, home: Spec, scope: Scope) -> Compiled:
    """Make ``source``, written at ``home``, ready to run.

    Raises:
        XPathError: it is not an expression, or calls a function that does not exist.
    """
    compiler = _Compiler(home, scope)
    closure = compiler.compile(xpath.parse(source), home)
    reads = tuple(dict.fromkeys(compiler.reads))
    return Compiled(closure, reads, tuple(dict.fromkeys(compiler.unknown)))


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


_CONTEXT_BY_DEFAULT: Final = frozenset(("string", "number", "string-length", "normalize-space"))


class _Compiler:
    def __init__(self, home: Spec, scope: Scope) -> None:
        self._home = home
        self._scope = scope
        self._limit = home.depth  # anchors may not be deeper: rows outside are read as well
        self.reads: list[Read] = []
        self.unknown: list[str] = []

    def compile(self, expression: xpath.Expression, at: Spec | None) -> Closure:
        match expression:
            case xpath.Number(value) | xpath.Text(value):
                constant: Value = value
                return lambda _: constant
            case xpath.Negation(operand):
                inner = self.compile(operand, at)
                return lambda c: -to_number(inner(c))
            case xpath.Operation():
                return self._operation(expression, at)
            case xpath.Call():
                return self._call(expression, at)
            case xpath.Name():
                return self._walk(self._as_path(expression, at), at)
            case xpath.Path():
                return self._walk(expression, at)

    def _all(self, expressions: Sequence[xpath.Expression], at: Spec | None) -> list[Closure]:
        return [self.compile(expression, at) for expression in expressions]

    # Operators

    def _operation(self, operation: xpath.Operation, at: Spec | None) -> Closure:
        operator = operation.operator
        if operator in ("and", "or", "+"):
            return _chain(operator, self._all(list(_flat(operation, operator)), at))
        left, right = self.compile(operation.left, at), self.compile(operation.right, at)
        if operator == "=":
            return lambda c: equal(left(c), right(c))
        if operator == "!=":
            return lambda c: not equal(left(c), right(c))
        if operator == "|":
            return lambda c: _union(left(c), right(c))
        return _numeric(operator, left, right)

    # Functions

    def _call(self, call: xpath.Call, at: Spec | None) -> Closure:
        special = _SPECIAL.get(call.name)
        if special is not None:
            least, most, compile_call = special
            _check_count(call, least, most)
            return compile_call(self, call, at)
        function = FUNCTIONS.get(call.name)
        if function is None:
            raise XPathError(_unknown_function(call.name))
        if not call.arguments and call.name in _CONTEXT_BY_DEFAULT:
            call = xpath.Call(call.name, (xpath.Path(False, None, (xpath.Step("self", "*"),)),))
        _check_count(call, function.least, function.most)
        run = function.call
        arguments = self._all(call.arguments, at)
        if len(arguments) == 1:
            only = arguments[0]
            return lambda c: run(c.run, only(c))
        if len(arguments) == 2:
            first, second = arguments
            return lambda c: run(c.run, first(c), second(c))
        return lambda c: run(c.run, *[argument(c) for argument in arguments])

    def _if(self, call: xpath.Call, at: Spec | None) -> Closure:
        condition, yes, no = self._all(call.arguments, at)
        return lambda c: yes(c) if to_boolean(condition(c)) else no(c)

    def _coalesce(self, call: xpath.Call, at: Spec | None) -> Closure:
        arguments = self._all(call.arguments, at)

        def run(c: Context) -> Value:
            for argument in arguments:
                value = single(argument(c))
                if value != "" and value == value:  # noqa: PLR0124 (not a number)
                    return value
            return ""

        return run

    def _once(self, call: xpath.Call, at: Spec | None) -> Closure:
        inner = self.compile(call.arguments[0], at)
        return lambda c: c.current.typed() if c.current.value else inner(c)

    def _position(self, call: xpath.Call, at: Spec | None) -> Closure:
        if not call.arguments:
            return lambda c: float(c.position)
        path = self._as_path(call.arguments[0], at)
        target = self._target(path, at)
        if target is None:
            raise XPathError("position(…) takes the path of a repeat, for example position(..)")
        self._read(target, target.parent or target)
        way = self._own_row(target, None if _starts_at_current(path) else at)
        return lambda c: float(_row_of(way(c)))

    def _last(self, _call: xpath.Call, _at: Spec | None) -> Closure:
        return lambda c: float(c.size)

    def _current(self, _call: xpath.Call, _at: Spec | None) -> Closure:
        return lambda c: [c.current]

    def _instance(self, call: xpath.Call, _at: Spec | None) -> Closure:
        document = self._listing(call).document
        return lambda _: [document]

    def _name(self, call: xpath.Call, at: Spec | None) -> Closure:
        inner = self._walk(self._as_path(call.arguments[0], at), at)

        def run(c: Context) -> Value:
            for node in inner(c):
                return node.name if isinstance(node, Item) else node.spec.name
            return ""

        return run

    def _listing(self, call: xpath.Call) -> Listing:
        name = call.arguments[0] if call.arguments else None
        if not isinstance(name, xpath.Text):
            raise XPathError("instance(…) takes the name of a list in quotes")
        if name.value == "__last-saved":
            return _NOTHING
        listing = self._scope.listings.get(name.value)
        if listing is None:
            raise XPathError(f"there is no list called «{name.value}»; see the choices sheet")
        return listing

    def _choice_name(self, call: xpath.Call, at: Spec | None) -> Closure:
        value = self.compile(call.arguments[0], at)
        where = call.arguments[1]
        if isinstance(where, xpath.Text):
            where = xpath.parse(where.value)
        path = self._as_path(where, at)
        question = self._target(path, at)
        if question is None:
            raise XPathError("jr:choice-name takes the question in quotes: '${question}'")
        nodes = self._walk(path, at)

        def run(c: Context) -> Value:
            found = nodes(c)
            node = found[0] if found and isinstance(found[0], Node) else None
            names = selected_names(value(c))
            return " ".join(c.run.choice_name(question, node, name) for name in names)

        return run

    def _indexed_repeat(self, call: xpath.Call, at: Spec | None) -> Closure:
        target = self._target(self._as_path(call.arguments[0], at), at)
        rows: dict[Spec, Closure] = {}
        for repeat, index in zip(call.arguments[1::2], call.arguments[2::2], strict=False):
            spec = self._target(self._as_path(repeat, at), at)
            if spec is None or not spec.repeats:
                raise XPathError("the second argument of indexed-repeat must be a repeat")
            rows[spec] = self.compile(index, at)
        if target is None:
            raise XPathError("the first argument of indexed-repeat must be a question")
        outermost = min(rows, key=lambda spec: spec.depth)
        self._read(target, outermost.parent or outermost)
        chain = target.chain()[1:]
        home = self._home.chain()

        def run(c: Context) -> Value:
            own = dict(zip(home, _lineage(c.current), strict=False))
            return _indexed(c, chain, rows, own)

        return run

    # Paths

    def _as_path(self, expression: xpath.Expression, at: Spec | None) -> xpath.Path:
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
        spec = self._scope.named(name, at or self._home)
        if spec is None:
            if name.startswith("last-saved#"):
                return xpath.Path(False, xpath.Call("instance", (xpath.Text("__last-saved"),)), ())
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
        return self._home if _starts_at_current(path) else None

    def _target(self, path: xpath.Path, at: Spec | None) -> Spec | None:
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
            spec = _advance(spec, step)
        return spec

    def _walk(self, path: xpath.Path, at: Spec | None) -> _Walk:
        if isinstance(path.start, xpath.Name):
            path = self._as_path(path, at)
        if path.absolute:
            return self._absolute(path, at)
        if path.start is None and at is not None:
            return self._relative(path.steps, at, from_current=False)
        if _starts_at_current(path):
            return self._relative(path.steps, self._home, from_current=True)
        return self._listed(path, at)

    def _absolute(self, path: xpath.Path, at: Spec | None) -> _Walk:
        root, steps = self._scope.root, path.steps
        if not steps:
            return lambda c: [c.run.root]
        if steps[0].axis == "child" and steps[0].name != root.name:
            self.unknown.append(steps[0].name)
            return lambda _: []
        plain = [root]
        rest = list(steps[1:] if steps[0].axis == "child" else steps)
        while rest and not plain_end(rest[0]):
            following = _advance(plain[-1], rest[0])
            if following is None:
                return self._missing(rest[0])
            plain.append(following)
            rest.pop(0)
        start = at or self._home
        own = self._own_anchor(plain[-1], start, last=not rest)
        walk = self._fixed(own, start, plain[-1], at is None)
        return self._tail(walk, plain[-1], own, rest) if rest else walk

    def _missing(self, step: xpath.Step) -> _Walk:
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

    def _relative(self, steps: tuple[xpath.Step, ...], at: Spec, *, from_current: bool) -> _Walk:
        anchor, target = at, at
        rest = list(steps)
        while rest and not plain_end(rest[0]):
            following = _advance(target, rest[0])
            if following is None:
                return self._missing(rest[0])
            if rest.pop(0).axis == "parent" and anchor is target:
                anchor = following
            target = following
        walk = self._fixed(anchor, at, target, from_current)
        return self._tail(walk, target, anchor, rest) if rest else walk

    def _fixed(self, anchor: Spec, start: Spec, target: Spec, from_current: bool) -> _Walk:
        """From the node of ``start`` up to ``anchor`` and down to ``target``."""
        self._read(target, anchor)
        way = way_down(anchor, target)
        climb = start.depth - anchor.depth
        if any(repeats for _, repeats in way):
            return _many_walk(climb, way, from_current)
        slots = tuple(slot for slot, _ in way)
        in_rows = any(spec.repeats for spec in anchor.chain())
        if not in_rows:
            return _root_walk(tuple(spec.slot for spec in target.chain()[1:]))
        return _single_walk(climb, slots, from_current)

    def _own_row(self, target: Spec, at: Spec | None) -> Callable[[Context], Node | None]:
        """The node of ``target`` around the expression, relevant or not."""
        start = at or self._home
        anchor = common(target, start)
        climb, way = start.depth - anchor.depth, way_down(anchor, target)
        from_current = at is None

        def run(c: Context) -> Node | None:
            node = c.current if from_current else c.node
            assert isinstance(node, Node)
            found = nodes_below(_climbed(node, climb), way)
            return found[0] if found else None

        return run

    def _read(self, target: Spec, anchor: Spec) -> None:
        depth = min(common(anchor, self._home).depth, self._limit)
        self.reads.append(Read(target, self._home.chain()[depth]))

    def _listed(self, path: xpath.Path, at: Spec | None) -> _Walk:
        """Steps from a list (or from anything else that is not known beforehand)."""
        if path.start is None:
            moves = [self._move(step, None) for step in path.steps]
            return lambda c: _moved(c, [c.node], moves)
        quick = self._quick(path, at)
        if quick is not None:
            return quick
        start = self.compile(path.start, at)
        moves = [self._filter(predicate, None) for predicate in path.predicates]
        moves += [self._move(step, None) for step in path.steps]
        return lambda c: _moved(c, _nodes(start(c)), moves)

    def _quick(self, path: xpath.Path, at: Spec | None) -> _Walk | None:
        """``instance('list')/root/item[column = value]…`` through an index, where it can be."""
        start, steps = path.start, path.steps
        if not (isinstance(start, xpath.Call) and start.name == "instance" and len(steps) > 1):
            return None
        root, item = steps[0], steps[1]
        if root.axis != "child" or root.predicates or len(item.predicates) != 1 or path.predicates:
            return None
        wanted = _column_equals(item.predicates[0])
        if wanted is None:
            return None
        listing = self._listing(start)
        column, other = wanted
        value = self.compile(other, at)
        check = self._filter(item.predicates[0], None)
        moves = [self._move(step, None) for step in steps[2:]]
        names = root.name, item.name

        def run(c: Context) -> _Found:
            sought = single(value(c))
            if isinstance(sought, str):
                found = listing.having(*names, column, sought)
            else:
                found = listing.elements(*names)
            return _moved(c, check(c, found), moves)

        return run

    def _tail(
        self, walk: _Walk, spec: Spec | None, anchor: Spec, rest: Sequence[xpath.Step]
    ) -> _Walk:
        limit = self._limit
        self._limit = min(limit, common(anchor, self._home).depth)
        moves: list[_Move] = []
        for step in rest:
            moves.append(self._move(step, spec))
            spec = _advance(spec, step) if spec is not None else None
            if spec is not None:
                self._read(spec, anchor)
        self._limit = limit
        return lambda c: _moved(c, walk(c), moves)

    def _move(self, step: xpath.Step, spec: Spec | None) -> _Move:
        name = step.name
        below = _advance(spec, step) if spec is not None else None
        if spec is not None and below is None:
            self._read_any(step, spec)
        filters = [self._filter(predicate, below) for predicate in step.predicates]
        take = _taking(step.axis, name)
        if not filters:
            return take

        def run(c: Context, nodes: _Found) -> _Found:
            found: _Found = []
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
            self._read(part, spec)

    def _filter(self, predicate: xpath.Expression, at: Spec | None) -> _Move:
        test = self.compile(predicate, at)

        def run(c: Context, nodes: _Found) -> _Found:
            kept: _Found = []
            inner = Context(c.run, c.node, c.current, 0, len(nodes))
            for node in nodes:
                inner.node = node
                inner.position += 1
                value = test(inner)
                if value == inner.position if isinstance(value, float) else to_boolean(value):
                    kept.append(node)
            return kept

        return run


def plain_end(step: xpath.Step) -> bool:
    """Whether a step cannot be resolved beforehand: a predicate, any name, any depth."""
    if step.predicates or step.axis in ("descendant", "attribute"):
        return True
    return step.axis == "child" and step.name == "*"


def _starts_at_current(path: xpath.Path) -> bool:
    return isinstance(path.start, xpath.Call) and path.start.name == "current"


def _advance(spec: Spec, step: xpath.Step) -> Spec | None:
    if step.axis == "self":
        return spec
    if step.axis == "parent":
        return spec.parent
    return spec.by_name.get(step.name) if step.axis == "child" else None


def _climbed(node: AnyNode, climb: int) -> Node:
    for _ in range(climb):
        assert node.parent
        node = node.parent
    assert isinstance(node, Node)
    return node


def _root_walk(slots: tuple[int, ...]) -> _Walk:
    def run(c: Context) -> _Found:
        node = c.run.root
        for slot in slots:
            node = node.kids[slot]  # type: ignore[assignment]
        return [node] if node.live else []

    return run


def _single_walk(climb: int, slots: tuple[int, ...], from_current: bool) -> _Walk:
    def run(c: Context) -> _Found:
        node = _climbed(c.current if from_current else c.node, climb)
        for slot in slots:
            node = node.kids[slot]  # type: ignore[assignment]
        return [node] if node.live else []

    return run


def _many_walk(climb: int, way: Sequence[tuple[int, bool]], from_current: bool) -> _Walk:
    def run(c: Context) -> _Found:
        top = _climbed(c.current if from_current else c.node, climb)
        return [node for node in nodes_below(top, way) if node.live]

    return run


def _moved(c: Context, nodes: _Found, moves: Sequence[_Move]) -> _Found:
    for move in moves:
        nodes = move(c, nodes)
    return nodes


def _nodes(value: Value) -> _Found:
    if isinstance(value, bool | float | str):
        return []
    return [node for node in value if isinstance(node, Node | Item)]


def _taking(axis: str, name: str) -> _Move:
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
        return lambda _, nodes: [k for node in nodes for k in _descendants(node) if k.live]
    return lambda _, _nodes: []


def _descendants(node: AnyNode) -> Iterator[AnyNode]:
    yield node
    for kid in node.everything():
        yield from _descendants(kid)


def _union(left: Value, right: Value) -> Value:
    return list(dict.fromkeys([*_nodes(left), *_nodes(right)]))


def _flat(expression: xpath.Expression, operator: str) -> Iterator[xpath.Expression]:
    """The operands of a chain of one operator, so that long chains stay shallow."""
    pending = [expression]
    while pending:
        first = pending.pop()
        if isinstance(first, xpath.Operation) and first.operator == operator:
            pending += [first.right, first.left]
        else:
            yield first


def _chain(operator: str, operands: list[Closure]) -> Closure:
    if operator == "+":
        return lambda c: float(sum([to_number(operand(c)) for operand in operands]))
    if operator == "and":
        return lambda c: all(to_boolean(operand(c)) for operand in operands)
    return lambda c: any(to_boolean(operand(c)) for operand in operands)


def _numeric(operator: str, left: Closure, right: Closure) -> Closure:
    calculate = _ARITHMETIC[operator]
    return lambda c: calculate(to_number(left(c)), to_number(right(c)))


def _divided(a: float, b: float) -> float:
    if b:
        return a / b
    if a == 0 or a != a:  # noqa: PLR0124 (not a number)
        return NAN
    return float("inf") if a > 0 else float("-inf")


def _remainder(a: float, b: float) -> float:
    """With the sign of ``a``, as XPath wants."""
    if b == 0 or b != b or a != a or abs(a) == float("inf"):  # noqa: PLR0124 (not a number)
        return NAN
    rest = abs(a) % abs(b)
    return -rest if a < 0 else rest


_ARITHMETIC: Final[Mapping[str, Callable[[float, float], Value]]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "div": _divided,
    "mod": _remainder,
}


def _row_of(node: Node | None) -> int:
    while node is not None and not node.row:
        node = node.parent
    return node.row if node is not None else 1


def _lineage(node: Node) -> list[Node]:
    found: list[Node] = []
    at: Node | None = node
    while at is not None:
        found.append(at)
        at = at.parent
    return found[::-1]


def _indexed(
    c: Context, chain: Sequence[Spec], rows: Mapping[Spec, Closure], own: Mapping[Spec, Node]
) -> _Found:
    node = c.run.root
    for spec in chain:
        if not spec.repeats:
            node = node.kids[spec.slot]  # type: ignore[assignment]
        elif spec in rows:
            number = to_number(rows[spec](c))
            row = int(number) if number == number else 0  # noqa: PLR0124 (not a number)
            found = node.named(spec.name)
            if not 1 <= row <= len(found):
                return []
            node = found[row - 1]
        elif spec in own:
            node = own[spec]
        else:
            found = node.named(spec.name)
            if not found:
                return []
            node = found[0]
    return [node] if node.live else []


def _column_equals(predicate: xpath.Expression) -> tuple[str, xpath.Expression] | None:
    """``column = value`` in a predicate (also as part of an ``and``), value not of the item."""
    for part in _flat(predicate, "and"):
        if not isinstance(part, xpath.Operation) or part.operator != "=":
            continue
        for column, other in ((part.left, part.right), (part.right, part.left)):
            name = _column(column)
            if name and _outside(other):
                return name, other
    return None


def _column(expression: xpath.Expression) -> str:
    if not isinstance(expression, xpath.Path) or expression.absolute or expression.start:
        return ""
    step = expression.steps[0] if len(expression.steps) == 1 else None
    return step.name if step and step.axis == "child" and not step.predicates else ""


def _outside(expression: xpath.Expression) -> bool:
    """Whether a value does not depend on the element that a predicate looks at."""
    match expression:
        case xpath.Number() | xpath.Text() | xpath.Name():
            return True
        case xpath.Path():
            plain = not any(step.predicates for step in expression.steps)
            return plain and (expression.absolute or _starts_at_current(expression))
        case xpath.Call(name, arguments):
            return name not in ("position", "last") and all(map(_outside, arguments))
        case _:
            return False


def _check_count(call: xpath.Call, least: int, most: int) -> None:
    count = len(call.arguments)
    if count < least:
        raise XPathError(f"{call.name}(…) needs {least} values and has {count}")
    if count > most:
        raise XPathError(f"{call.name}(…) takes {most} values and has {count}")


def _unknown_function(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, [*FUNCTIONS, *_SPECIAL], 1, 0.6)
    hint = f"; is {near[0]}(…) meant?" if near else ""
    return f"there is no function {name}(…){hint}"


_NOTHING: Final = Listing(Item("root", None, ""))
_MANY: Final = 100
_CompileCall = Callable[[_Compiler, xpath.Call, Spec | None], Closure]
_SPECIAL: Final[Mapping[str, tuple[int, int, _CompileCall]]] = {
    "if": (3, 3, _Compiler._if),
    "coalesce": (1, _MANY, _Compiler._coalesce),
    "once": (1, 1, _Compiler._once),
    "position": (0, 1, _Compiler._position),
    "last": (0, 0, _Compiler._last),
    "current": (0, 0, _Compiler._current),
    "instance": (1, 1, _Compiler._instance),
    "name": (1, 1, _Compiler._name),
    "local-name": (1, 1, _Compiler._name),
    "jr:choice-name": (2, 2, _Compiler._choice_name),
    "indexed-repeat": (3, 7, _Compiler._indexed_repeat),
}
