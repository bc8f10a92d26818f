"""Single answers: whether they fit their question, and how all of them are written down."""

import html
import re
from collections.abc import Mapping
from typing import Any, Final

from bot.errors import AnswerError
from bot.forms import coercions
from bot.forms.tree import LATER, OPEN, SKIPPED, Node, Rows, Spec

_INTEGER: Final = re.compile(r"-?\d{1,18}")
_DECIMAL: Final = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)")
_POINT: Final = re.compile(r"-?\d+(?:\.\d+)?(?: -?\d+(?:\.\d+)?){1,3}")
_XFORMS: Final = "http://www.w3.org/2002/xforms"


def check_type(spec: Spec, value: str) -> None:
    """Refuse what is no value of the question's type, without words of the author.

    Raises:
        AnswerError: with an empty message.
    """
    if not _fits(spec.type, value):
        raise AnswerError("")


def _fits(kind: str, value: str) -> bool:
    if kind in ("int", "integer", "long"):
        return _INTEGER.fullmatch(value) is not None
    if kind in ("decimal", "double", "float"):
        return _DECIMAL.fullmatch(value) is not None
    if kind == "date":
        return coercions.read_date(value) is not None
    if kind == "dateTime":
        return coercions.read_moment(value, None) is not None
    if kind == "time":
        return coercions.read_time(value) is not None
    return _fits_map(kind, value)


def _fits_map(kind: str, value: str) -> bool:
    if kind == "geopoint":
        return _POINT.fullmatch(value) is not None
    if kind in ("geotrace", "geoshape"):
        points = [point.strip() for point in value.split(";") if point.strip()]
        return bool(points) and all(_POINT.fullmatch(point) for point in points)
    return True


def check_limits(limits: Mapping[str, str], value: str) -> None:
    """Refuse a number outside ``start`` … ``end`` of a range, or between its steps.

    Raises:
        AnswerError: with an empty message.
    """
    start, end = (coercions.text_number(limits.get(key, "")) for key in ("start", "end"))
    number = coercions.text_number(value)
    if number < min(start, end) or number > max(start, end):
        raise AnswerError("")


def saved(root: Node) -> dict[str, Any]:
    """The whole tree as plain JSON, as ``Instance.restore`` reads it back; no empty values."""
    state = _State()
    state.add(root, root.spec.path)
    return {key: part for key, part in state.parts().items() if part}


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
        for number, row in enumerate([*rows, *reversed(rows.spare)], 1):
            self.add(row, f"{at}[{number}]")


def submission(root: Node, end: str) -> str:
    """The relevant answers as instance XML; ``end`` is when the filling ended."""
    return '<?xml version="1.0" encoding="UTF-8"?>' + _element(root, _XFORMS, end)


def _element(node: Node, namespace: str, end: str) -> str:
    own, name = _split(node.spec.tag)
    attributes = {"xmlns": own} if own != namespace else {}
    attributes.update({_split(key)[1]: value for key, value in node.spec.attributes.items()})
    start = name + "".join(f' {key}="{html.escape(v)}"' for key, v in attributes.items())
    value = end if node.spec.preload == ("timestamp", "end") else node.value
    inside = html.escape(value, quote=False)
    inside += "".join(_element(kid, own, end) for kid in node.everything() if kid.live)
    return f"<{start}>{inside}</{name}>" if inside else f"<{start}/>"


def _split(tag: str) -> tuple[str, str]:
    namespace, found, name = tag.rpartition("}")
    return (namespace[1:] if found else ""), name
