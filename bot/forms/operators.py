"""What operators do with values."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from bot.forms import xpath
from bot.forms.coercions import NAN, PLAIN, Value, to_boolean, to_number
from bot.forms.context import Closure, Nodes
from bot.forms.tree import Item, Node


def flat(expression: xpath.Expression, operator: str) -> Iterator[xpath.Expression]:
    """The operands of a chain of one operator, so that long chains stay shallow."""
    pending = [expression]
    while pending:
        first = pending.pop()
        if isinstance(first, xpath.Operation) and first.operator == operator:
            pending += [first.right, first.left]
        else:
            yield first


def chain(operator: str, operands: list[Closure]) -> Closure:
    """``and``, ``or`` or ``+`` between many operands."""
    if operator == "+":
        return lambda c: float(sum([to_number(operand(c)) for operand in operands]))
    if operator == "and":
        return lambda c: all(to_boolean(operand(c)) for operand in operands)
    return lambda c: any(to_boolean(operand(c)) for operand in operands)


def numeric(operator: str, left: Closure, right: Closure) -> Closure:
    """An operator between two numbers."""
    calculate = _ARITHMETIC[operator]
    return lambda c: calculate(to_number(left(c)), to_number(right(c)))


def nodes_of(value: Value) -> Nodes:
    """What was found; a plain value is no node."""
    if isinstance(value, PLAIN):
        return []
    return [node for node in value if isinstance(node, Node | Item)]


def union(left: Value, right: Value) -> Value:
    """``|``: the nodes of both, each once."""
    return list(dict.fromkeys([*nodes_of(left), *nodes_of(right)]))


def _divided(a: float, b: float) -> float:
    if b:
        return a / b
    if a == 0 or a != a:  # not a number
        return NAN
    return float("inf") if a > 0 else float("-inf")


def _remainder(a: float, b: float) -> float:
    """With the sign of ``a``, as XPath wants."""
    if b == 0 or b != b or a != a or abs(a) == float("inf"):  # not a number
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
