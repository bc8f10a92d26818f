"""Functions that do not simply take their arguments' values.

They leave some uncomputed, look at where they stand, or take a path for what it names.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bot.forms import xpath
from bot.forms.coercions import Value, selected_names, single, to_boolean, whole
from bot.forms.context import Closure, Context, Nodes
from bot.forms.paths import Paths
from bot.forms.places import lineage, row_of
from bot.forms.trails import starts_at_current
from bot.forms.tree import Item, Node, Spec
from bot.forms.xpath import XPathError


def _if(paths: Paths, call: xpath.Call, at: Spec | None) -> Closure:
    condition, yes, no = paths.compile_all(call.arguments, at)
    return lambda c: yes(c) if to_boolean(condition(c)) else no(c)


def _coalesce(paths: Paths, call: xpath.Call, at: Spec | None) -> Closure:
    arguments = paths.compile_all(call.arguments, at)

    def run(c: Context) -> Value:
        for argument in arguments:
            value = single(argument(c))
            if value != "" and value == value:  # not a number
                return value
        return ""

    return run


def _once(paths: Paths, call: xpath.Call, at: Spec | None) -> Closure:
    inner = paths.compile(call.arguments[0], at)
    return lambda c: c.current.typed() if c.current.value else inner(c)


def _position(paths: Paths, call: xpath.Call, at: Spec | None) -> Closure:
    if not call.arguments:
        return lambda c: float(c.position)
    path = paths.as_path(call.arguments[0], at)
    target = paths.target(path, at)
    if target is None:
        raise XPathError("position(…) takes the path of a repeat, for example position(..)")
    paths.read(target, target.parent or target)
    way = paths.own_row(target, None if starts_at_current(path) else at)
    return lambda c: float(row_of(way(c)))


def _last(paths: Paths, _call: xpath.Call, _at: Spec | None) -> Closure:
    return lambda c: float(c.size)


def _current(paths: Paths, _call: xpath.Call, _at: Spec | None) -> Closure:
    return lambda c: [c.current]


def _instance(paths: Paths, call: xpath.Call, _at: Spec | None) -> Closure:
    document = paths.listing(call).document
    return lambda _: [document]


def _name(paths: Paths, call: xpath.Call, at: Spec | None) -> Closure:
    inner = paths.walk(paths.as_path(call.arguments[0], at), at)

    def run(c: Context) -> Value:
        for node in inner(c):
            return node.name if isinstance(node, Item) else node.spec.name
        return ""

    return run


def _choice_name(paths: Paths, call: xpath.Call, at: Spec | None) -> Closure:
    value = paths.compile(call.arguments[0], at)
    where = call.arguments[1]
    if isinstance(where, xpath.Text):
        where = xpath.parse(where.value)
    path = paths.as_path(where, at)
    question = paths.target(path, at)
    if question is None:
        raise XPathError("jr:choice-name takes the question in quotes: '${question}'")
    nodes = paths.walk(path, at)

    def run(c: Context) -> Value:
        found = nodes(c)
        node = found[0] if found and isinstance(found[0], Node) else None
        names = selected_names(value(c))
        return " ".join(c.run.choice_name(question, node, name) for name in names)

    return run


def _indexed_repeat(paths: Paths, call: xpath.Call, at: Spec | None) -> Closure:
    target = paths.target(paths.as_path(call.arguments[0], at), at)
    rows: dict[Spec, Closure] = {}
    for repeat, index in zip(call.arguments[1::2], call.arguments[2::2], strict=False):
        spec = paths.target(paths.as_path(repeat, at), at)
        if spec is None or not spec.repeats:
            raise XPathError("the second argument of indexed-repeat must be a repeat")
        rows[spec] = paths.compile(index, at)
    if target is None:
        raise XPathError("the first argument of indexed-repeat must be a question")
    outermost = min(rows, key=lambda spec: spec.depth)
    paths.read(target, outermost.parent or outermost)
    chain = target.chain()[1:]
    home = paths.home.chain()

    def run(c: Context) -> Value:
        own = dict(zip(home, lineage(c.current), strict=False))
        return _indexed(c, chain, rows, own)

    return run


def _indexed(
    c: Context, chain: Sequence[Spec], rows: Mapping[Spec, Closure], own: Mapping[Spec, Node]
) -> Nodes:
    node = c.run.root
    for spec in chain:
        if not spec.repeats:
            node = node.kids[spec.slot]  # type: ignore[assignment]
        elif spec in rows:
            row = whole(rows[spec](c))
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


_MANY: Final = 100
_CompileCall = Callable[[Paths, xpath.Call, Spec | None], Closure]
SPECIAL: Final[Mapping[str, tuple[int, int, _CompileCall]]] = {  # least and most arguments
    "if": (3, 3, _if),
    "coalesce": (1, _MANY, _coalesce),
    "once": (1, 1, _once),
    "position": (0, 1, _position),
    "last": (0, 0, _last),
    "current": (0, 0, _current),
    "instance": (1, 1, _instance),
    "name": (1, 1, _name),
    "local-name": (1, 1, _name),
    "jr:choice-name": (2, 2, _choice_name),
    "indexed-repeat": (3, 7, _indexed_repeat),
}
