"""XPath as forms write it: text in, a tree of small frozen nodes out. Nothing is looked up here."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

DEPTH: Final = 120
"""How deep expressions may nest; deeper ones are refused instead of exhausting the stack."""


FLAT: Final = frozenset(("and", "or", "+"))
"""Operators of which a chain of any length is one level (operators.chain)."""
_TOO_DEEP: Final = f"nested deeper than {DEPTH} levels"


class XPathError(ValueError):
    """An expression cannot be read; the message says what is wrong and where."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: float


@dataclass(frozen=True, slots=True)
class Text:
    """A text in quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class Name:
    """``${name}``: the question of that name, seen from where the expression stands."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """A minus sign before an operand."""

    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Operation:
    """Two operands with ``and or = != < <= > >= + - * div mod |`` between them."""

    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: ``axis`` is child, self, parent, descendant or attribute."""

    axis: str
    name: str  # "*" for any
    predicates: tuple["Expression", ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from the root (absolute), from ``start`` (instance(…)/…) or from the context."""

    absolute: bool
    start: "Expression | None"
    steps: tuple[Step, ...]
    predicates: tuple["Expression", ...] = ()  # those directly behind ``start``


Expression = Number | Text | Name | Call | Negation | Operation | Path


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of an expression: ``kind`` is number, text, name, reference, sign or end."""

    kind: str
    text: str
    at: int


_TOKENS: Final = re.compile(
    r"""\s*(?:
        (?P<number>\d+(?:\.\d*)?|\.\d+)
      | (?P<text>"[^"]*"|'[^']*')
      | (?P<reference>\$\{[^}]*\})
      | (?P<name>[^\W\d][\w.\-]*(?::(?!:)(?:[^\W\d][\w.\-]*|\*))?)
      | (?P<sign>::|//|\.\.|!=|<=|>=|[()\[\],@/.|+\-=<>*])
      | (?P<end>$)
    )""",
    re.VERBOSE,
)
_CURLY: Final = "\u2018\u2019\u201c\u201d"
_WORDS: Final = frozenset(("and", "or", "div", "mod"))
_BEFORE_OPERAND: Final = frozenset(("(", "[", ",", "@", "::", "/", "//", "|", "+", "-", "*"))
_BINDING: Final = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
    "|": 8,
}
_UNARY: Final = 7
_AXES: Final = {
    "child": "child",
    "self": "self",
    "parent": "parent",
    "descendant": "descendant",
    "descendant-or-self": "descendant",
    "attribute": "attribute",
}
_NODE_TESTS: Final = frozenset(("node", "text"))


def _tokens(source: str) -> list[Token]:
    found: list[Token] = []
    at = 0
    while True:
        match = _TOKENS.match(source, at)
        if match is None:
            raise XPathError(_unknown_sign(source, at))
        kind = match.lastgroup or "end"
        text, start = match.group(kind), match.start(kind)
        if kind in ("name", "sign") and _is_operator(text, found):
            kind = "operator"
        found.append(Token(kind, text, start))
        if kind == "end":
            return found
        at = match.end()


def _unknown_sign(source: str, at: int) -> str:
    rest = source[at:].lstrip()
    if rest[0] in "\"'":
        return f"the quotation mark before «{rest[1:21]}» is never closed"
    if rest[0] in _CURLY:
        return f"«{rest[0]}» is a curly quotation mark; write a straight one (' or \")"
    return f"«{rest[0]}» before «{rest[1:21]}» has no meaning here"


def _is_operator(text: str, before: list[Token]) -> bool:
    """Tell ``*``, ``and``, ``div`` … as operators from names: by what stands before them."""
    if text not in _BINDING:
        return False
    if text != "*" and text not in _WORDS:
        return True
    if not before:
        return False
    last = before[-1]
    return last.kind != "operator" and last.text not in _BEFORE_OPERAND


@lru_cache(1024)  # forms say the same thing many times
def parse(source: str) -> Expression:
    """Read ``source``.

    Raises:
        XPathError: it is not an expression.
    """
    try:
        expression = _Parser(source).whole()
    except RecursionError:
        raise XPathError(_TOO_DEEP) from None
    _check_depth(expression)
    return expression


def _check_depth(expression: Expression) -> None:
    """Long chains are refused as well where each link stands in the next: ``1 - 1 - 1 …``."""
    pending: list[tuple[Expression, int, str]] = [(expression, 1, "")]
    while pending:
        part, depth, chain = pending.pop()
        if depth > DEPTH:
            raise XPathError(_TOO_DEEP)
        operator = part.operator if isinstance(part, Operation) else ""
        flat = operator in FLAT and operator == chain
        inside = depth if flat else depth + 1
        pending.extend((other, inside, operator) for other in _parts(part))


def _parts(expression: Expression) -> Iterator[Expression]:
    match expression:
        case Negation(operand):
            yield operand
        case Operation(_, left, right):
            yield from (left, right)
        case Call(_, arguments):
            yield from arguments
        case Path(_, start, steps, predicates):
            yield from predicates
            if start is not None:
                yield start
            for step in steps:
                yield from step.predicates
        case _:
            return


class _Parser:
    """A Pratt parser: operators bind by the numbers in ``_BINDING``."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._tokens = _tokens(source)
        self._at = 0
        self._depth = 0

    def whole(self) -> Expression:
        if self._next.kind == "end":
            raise XPathError("the expression is empty")
        expression = self._expression(0)
        if self._next.kind != "end":
            if self._next.text in (")", "]"):
                raise XPathError(f"a «{self._next.text}» too many {self._place()}")
            raise XPathError(f"an operator is missing {self._place()}")
        return expression

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _is(self, text: str) -> bool:
        token = self._tokens[self._at]
        return token.text == text and token.kind in ("sign", "operator")

    def _place(self) -> str:
        token = self._next
        if token.kind == "end":
            return "at the end"
        return f"before «{self._source[token.at : token.at + 30]}»"

    def _expect(self, text: str) -> None:
        if not self._is(text):
            raise XPathError(f"a «{text}» is missing {self._place()}")
        self._take()

    def _expression(self, binding: int) -> Expression:
        self._depth += 1
        if self._depth > DEPTH:
            raise XPathError(_TOO_DEEP)
        left = self._operand()
        while self._next.kind == "operator" and _BINDING[self._next.text] > binding:
            operator = self._take().text
            right = self._expression(_BINDING[operator])
            left = Operation(operator, left, right)
        self._depth -= 1
        return left

    def _operand(self) -> Expression:
        if self._is("-"):
            self._take()
            return Negation(self._expression(_UNARY))
        primary = self._primary()
        if primary is None:
            return self._path()
        predicates = self._predicates()
        if self._is("/") or self._is("//"):
            return Path(False, primary, tuple(self._rest()), predicates)
        return Path(False, primary, (), predicates) if predicates else primary

    def _primary(self) -> Expression | None:
        token = self._next
        read: Callable[[], Expression] | None = {
            "number": self._number,
            "text": self._text,
            "reference": self._reference,
        }.get(token.kind)
        if read is not None:
            return read()
        if token.kind == "name" and self._called():
            return self._call()
        if self._is("("):
            self._take()
            inner = self._expression(0)
            self._expect(")")
            return inner
        return None

    def _number(self) -> Expression:
        return Number(float(self._take().text))

    def _text(self) -> Expression:
        return Text(self._take().text[1:-1])

    def _reference(self) -> Expression:
        return Name(self._take().text[2:-1].strip())

    def _called(self) -> bool:
        following = self._tokens[self._at + 1]
        return following.text == "(" and self._next.text not in _NODE_TESTS

    def _call(self) -> Expression:
        name = self._take().text
        self._expect("(")
        arguments: list[Expression] = []
        if not self._is(")"):
            arguments.append(self._expression(0))
            while self._is(","):
                self._take()
                arguments.append(self._expression(0))
        self._expect(")")
        return Call(name, tuple(arguments))

    def _path(self) -> Expression:
        if self._is("/"):
            self._take()
            if not self._starts_step():
                return Path(True, None, ())
            return Path(True, None, (self._step(), *self._rest()))
        if self._is("//"):
            return Path(True, None, tuple(self._rest()))
        if not self._starts_step():
            raise XPathError(f"a value is missing {self._place()}")
        return Path(False, None, (self._step(), *self._rest()))

    def _starts_step(self) -> bool:
        return self._next.kind == "name" or self._next.text in (".", "..", "@", "*")

    def _rest(self) -> list[Step]:
        steps: list[Step] = []
        while self._is("/") or self._is("//"):
            if self._take().text == "//":
                steps.append(Step("descendant", "*"))
            steps.append(self._step())
        return steps

    def _step(self) -> Step:
        token = self._take()
        if token.text in (".", ".."):
            return Step("self" if token.text == "." else "parent", "*", self._predicates())
        if token.text == "@":
            return Step("attribute", self._test(), self._predicates())
        if token.kind == "name" and self._is("::"):
            return self._axis_step(token.text)
        self._at -= 1
        return Step("child", self._test(), self._predicates())

    def _axis_step(self, axis: str) -> Step:
        if axis not in _AXES:
            raise XPathError(f"the axis «{axis}::» is not known; use / or ..")
        self._take()
        return Step(_AXES[axis], self._test(), self._predicates())

    def _test(self) -> str:
        token = self._next
        if token.kind != "name" and token.text != "*":
            raise XPathError(f"a name is missing {self._place()}")
        name = self._take().text
        if name in _NODE_TESTS and self._is("("):
            self._take()
            self._expect(")")
            return "*"
        return name.rpartition(":")[2]

    def _predicates(self) -> tuple[Expression, ...]:
        found: list[Expression] = []
        while self._is("["):
            self._take()
            found.append(self._expression(0))
            self._expect("]")
        return tuple(found)
