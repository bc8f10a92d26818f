"""Answers on their way from one version of a form to the next: none is lost, few are asked again.

What was answered stays where the question and its type are the same: found by its path, or, where
it has moved to another group, by its name. What is new is asked; what breaks a rule of the new
version is asked again with the old answer shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.forms.instance import Instance, below
from bot.forms.tree import ANSWERED, OPEN, Node, Rows, Spec
from bot.forms.xform import Form

_ROUNDS: Final = 6  # how deep counted repeats may stand in each other

_Key = tuple[str, tuple[int, ...]]  # path and row numbers


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a draft in the next version of its form. Refs are those of the new one."""

    new: tuple[str, ...] = ()  # asked now, and was not before
    again: tuple[str, ...] = ()  # asked again
    gone: tuple[tuple[str, str], ...] = ()  # name and answer of what is asked no more
    moved: Mapping[str, str] = field(default_factory=dict)  # ref before -> ref now


@dataclass(frozen=True, slots=True)
class Difference:
    """How two versions of a form differ, by the names of their questions."""

    added: tuple[str, ...]
    dropped: tuple[str, ...]
    changed: tuple[str, ...]  # another type


def difference(before: Form, after: Form) -> Difference:
    """Compare the questions that people are asked."""
    old = {question.name: question.type for question in before.questions}
    new = {question.name: question.type for question in after.questions}
    return Difference(
        tuple(name for name in new if name not in old),
        tuple(name for name in old if name not in new),
        tuple(name for name, kind in new.items() if old.get(name, kind) != kind),
    )


class Carrying:
    """Copies one tree of answers into another, of another version of its form."""

    def __init__(self, old: Instance, new: Instance) -> None:
        self._old = old
        self._new = new
        self._leaves: dict[_Key, Node] = {}
        self._rows: dict[_Key, Rows] = {}
        self._collect(old.root, ())
        self._origins = _origins(old.form, new.form)
        self._given = {r.path for r in new.form.repeats if r.counted or r.fixed}
        self.taken: dict[Node, Node] = {}  # of the new tree -> of the old one

    def copy(self) -> None:
        """Take over rows and answers; counted repeats show their rows once the count is there."""
        self._fill_all(self._new.root, ())
        self._set_aside(self._new.root, ())

    def left(self) -> list[Node]:
        """What was answered and is asked no more, in the order of the old form."""
        taken = set(self.taken.values())
        return [
            node
            for node in below(self._old.root)
            if node.spec.asked and node.value and node.live
            if node.status == ANSWERED and node not in taken
        ]

    def is_new(self, node: Node) -> bool:
        """Whether the old form had no such question."""
        return node.spec.path not in self._origins

    def _collect(self, node: Node, rows: tuple[int, ...]) -> None:
        for slot, kid in enumerate(node.kids):
            if isinstance(kid, Rows):
                self._rows[node.spec.kids[slot].path, rows] = kid
                for number, row in enumerate(kid.known(), 1):
                    self._collect(row, (*rows, number))
            elif kid.spec.asked:
                self._leaves[kid.spec.path, rows] = kid
            else:
                self._collect(kid, rows)

    def _fill_all(self, top: Node, rows: tuple[int, ...]) -> None:
        for _ in range(_ROUNDS):
            before = len(self.taken), self._new.shape
            self._fill(top, rows)
            self._new.settle()
            if (len(self.taken), self._new.shape) == before:
                break

    def _fill(self, node: Node, rows: tuple[int, ...]) -> None:
        for spec in node.spec.kids:
            kid = node.kids[spec.slot]
            if isinstance(kid, Rows):
                self._fit_rows(node, spec, kid, rows)
                for row in kid:
                    self._fill(row, (*rows, row.row))
            elif spec.asked:
                self._take(kid, rows)
            else:
                self._fill(kid, rows)

    def _fit_rows(self, parent: Node, spec: Spec, rows: Rows, around: tuple[int, ...]) -> None:
        origin = self._origins.get(spec.path)
        before = self._rows.get((origin, around)) if origin else None
        if before is None or spec.path in self._given:
            return
        while len(rows) < len(before):
            self._new.grow(parent, spec)
        while len(rows) > len(before):
            self._new.drop(rows[-1])
        rows.closed = before.closed

    def _set_aside(self, node: Node, around: tuple[int, ...]) -> None:
        """Take over also the rows beyond a count that has gone down: they may come back."""
        for spec in node.spec.kids:
            kid = node.kids[spec.slot]
            if not isinstance(kid, Rows):
                self._set_aside(kid, around)
                continue
            before = self._rows.get((self._origins.get(spec.path, ""), around))
            count = len(kid)
            while (
                before is not None and spec.path in self._given and len(kid) < len(before.known())
            ):
                row = self._new.grow(node, spec)
                self._fill_all(row, (*around, row.row))
            self._new.shrink(kid, count)
            self._new.settle()
            for row in kid:
                self._set_aside(row, (*around, row.row))

    def _take(self, node: Node, rows: tuple[int, ...]) -> None:
        origin = self._origins.get(node.spec.path)
        old = self._leaves.get((origin, rows)) if origin else None
        if old is None or node in self.taken:
            return
        if not old.value and old.status == OPEN:
            self.taken[node] = old  # asked in both, answered in none
            return
        self.taken[node] = old
        self._new.set(node, old.value)
        node.status = old.status


def _origins(before: Form, after: Form) -> dict[str, str]:
    """Return for each question and repeat of the new form its path in the old one."""
    origins = {
        repeat.path: repeat.path for repeat in after.repeats if repeat.path in _repeats(before)
    }
    old = {question.path: question for question in before.questions}
    names: dict[str, list[str]] = {}
    for question in before.questions:
        names.setdefault(question.name, []).append(question.path)
    wanted = [question.name for question in after.questions]
    for question in after.questions:
        origin = question.path if question.path in old else None
        same_name = names.get(question.name, [])
        if origin is None and len(same_name) == wanted.count(question.name) == 1:
            origin = same_name[0]  # moved to another group
        if origin is None:
            continue
        known = old[origin]
        if known.type == question.type and known.repeat == question.repeat:
            origins[question.path] = origin
    return origins


def _repeats(form: Form) -> set[str]:
    return {repeat.path for repeat in form.repeats}
