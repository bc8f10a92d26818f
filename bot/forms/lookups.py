"""Finds predicates that look an element up by the value of a column, so that an index can."""

from bot.forms import xpath
from bot.forms.operators import flat
from bot.forms.trails import starts_at_current


def column_equals(predicate: xpath.Expression) -> tuple[str, xpath.Expression] | None:
    """``column = value`` in a predicate (also as part of an ``and``), value not of the item."""
    for part in flat(predicate, "and"):
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
            return plain and (expression.absolute or starts_at_current(expression))
        case xpath.Call(name, arguments):
            return name not in ("position", "last") and all(map(_outside, arguments))
        case _:
            return False
