"""Expressions made ready to run: a tree from xpath.py becomes one closure, and what it reads.

A path from the root that passes a repeat in which the expression itself stands means that
very row, as in ODK. Nodes that are not relevant do not exist for an expression.
"""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from bot.forms import xpath
from bot.forms.coercions import Value, equal, to_number
from bot.forms.context import Closure
from bot.forms.functions import FUNCTIONS
from bot.forms.functions_text import check_pattern
from bot.forms.operators import chain, flat, numeric, union
from bot.forms.paths import Paths, Read, Scope
from bot.forms.special import SPECIAL
from bot.forms.tree import Spec
from bot.forms.xpath import XPathError

_CONTEXT_BY_DEFAULT: Final = frozenset(("string", "number", "string-length", "normalize-space"))


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
    compiler = Compiler(home, scope)
    closure = compiler.compile(xpath.parse(source), home)
    reads = tuple(dict.fromkeys(compiler.paths.reads))
    return Compiled(closure, reads, tuple(dict.fromkeys(compiler.paths.unknown)))


class Compiler:
    """Compiles one expression."""

    def __init__(self, home: Spec, scope: Scope) -> None:
        self.paths = Paths(home, scope, self.compile)

    def compile(self, expression: xpath.Expression, at: Spec | None) -> Closure:
        """A part of the expression, as seen from ``at`` (None: from an element of a list)."""
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
                return self.paths.walk(self.paths.as_path(expression, at), at)
            case xpath.Path():
                return self.paths.walk(expression, at)

    def _operation(self, operation: xpath.Operation, at: Spec | None) -> Closure:
        operator = operation.operator
        if operator in xpath.FLAT:
            return chain(operator, self.paths.compile_all(list(flat(operation, operator)), at))
        left, right = self.compile(operation.left, at), self.compile(operation.right, at)
        if operator == "=":
            return lambda c: equal(left(c), right(c))
        if operator == "!=":
            return lambda c: not equal(left(c), right(c))
        if operator == "|":
            return lambda c: union(left(c), right(c))
        return numeric(operator, left, right)

    def _call(self, call: xpath.Call, at: Spec | None) -> Closure:
        special = SPECIAL.get(call.name)
        if special is not None:
            least, most, compile_call = special
            _check_count(call, least, most)
            return compile_call(self.paths, call, at)
        function = FUNCTIONS.get(call.name)
        if function is None:
            raise XPathError(_unknown_function(call.name))
        if not call.arguments and call.name in _CONTEXT_BY_DEFAULT:
            call = xpath.Call(call.name, (xpath.Path(False, None, (xpath.Step("self", "*"),)),))
        _check_count(call, function.least, function.most)
        if call.name == "regex":
            _check_pattern(call)
        run = function.call
        arguments = self.paths.compile_all(call.arguments, at)
        if len(arguments) == 1:
            only = arguments[0]
            return lambda c: run(c.run, only(c))
        if len(arguments) == 2:
            first, second = arguments
            return lambda c: run(c.run, first(c), second(c))
        return lambda c: run(c.run, *[argument(c) for argument in arguments])


def _check_pattern(call: xpath.Call) -> None:
    pattern = call.arguments[1]
    if isinstance(pattern, xpath.Text):
        try:
            check_pattern(pattern.value)
        except ValueError as error:
            raise XPathError(
                f"the pattern «{pattern.value[:60]}» cannot be used: {error}"
            ) from error


def _check_count(call: xpath.Call, least: int, most: int) -> None:
    count = len(call.arguments)
    if count < least:
        raise XPathError(f"{call.name}(…) needs {least} values and has {count}")
    if count > most:
        raise XPathError(f"{call.name}(…) takes {most} values and has {count}")


def _unknown_function(name: str) -> str:
    near = get_close_matches(name, [*FUNCTIONS, *SPECIAL], 1, 0.6)
    hint = f"; is {near[0]}(…) meant?" if near else ""
    return f"there is no function {name}(…){hint}"
