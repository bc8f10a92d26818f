"""One school's answers to one form: what is asked next, what an answer changes, what is saved."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from bot.errors import AnswerError, FormError
from bot.forms.answers import check_limits, check_type
from bot.forms.carrying import Carried, Carrying
from bot.forms.choosing import check_choices, lose_choices
from bot.forms.coercions import single, to_boolean
from bot.forms.definition import Control, Option, Question, Repeat
from bot.forms.instance import MOST_ROWS, Changes, Instance, below
from bot.forms.state import given, saved
from bot.forms.steps import Problem, Step, Steps
from bot.forms.submission import submission
from bot.forms.surroundings import PATIENCE, Environment
from bot.forms.tree import ANSWERED, LATER, OPEN, SKIPPED, Node, Rows
from bot.forms.walk import QUESTION, find, find_rows
from bot.forms.xform import Form

_REFERENCE: Final = re.compile(r"\$\{\s*([^}]*?)\s*\}")

Show = Callable[[Question, str, str], str]
"""Writes an answer as a document wants it: question, ref, canonical value."""

__all__ = [
    "Carried",
    "Environment",
    "Filling",
    "Option",
    "Problem",
    "Question",
    "Repeat",
    "Show",
    "Step",
]


class Filling:
    """Answers being given. Cheap to make; keep its ``state()`` and make it anew for each turn."""

    def __init__(self, form: Form, env: Environment) -> None:
        self.form = form
        self._tree = Instance(form, env)
        self._world = self._tree.world
        self._steps = Steps(self._tree)

    @classmethod
    def start(
        cls, form: Form, env: Environment, preset: Mapping[str, str] | None = None
    ) -> "Filling":
        """A new filling. ``preset``: canonical values by question name; those are not asked."""
        filling = cls(form, env)
        filling._tree.begin(preset or {})
        return filling

    def offer(self, values: Mapping[str, str]) -> None:
        """Put values under questions that are asked all the same, to be kept or changed.

        Of a question inside a repeat, of one that has a value, and of what a question does not
        take, nothing is kept; of several choices those that it has.
        """
        for name, value in values.items():
            for spec in self.form.by_name.get(name, ()):
                nodes = [] if spec.repeat else self._world.all_of(spec)
                for node in nodes:
                    if node.status == OPEN and not node.value:
                        self._tree.set(node, self._takeable(node, value))
        self._tree.settle()
        self._tree.changes = Changes()

    def _takeable(self, node: Node, value: str) -> str:
        control = self.form.controls.get(node.spec)
        if control is None or not value:
            return ""
        if control.chooses(value) and control.choices and control.choices.always is not None:
            known = control.choices.always
            value = value if value in known else " ".join(n for n in value.split() if n in known)
        try:
            check_type(node.spec, value)
        except AnswerError:
            return ""
        return value

    @classmethod
    def resume(cls, form: Form, state: Mapping[str, Any], env: Environment) -> "Filling":
        """A filling as it was saved. Nothing is computed again but what is relevant."""
        filling = cls(form, env)
        filling._tree.restore(state)
        return filling

    @classmethod
    def carried(
        cls, form: Form, old: "Filling", env: Environment, preset: Mapping[str, str]
    ) -> "tuple[Filling, Carried]":
        """The answers of ``old`` in another version of its form, and what became of them."""
        filling = cls.start(form, env, preset)
        carrying = Carrying(old._tree, filling._tree)
        carrying.copy()
        again = dict.fromkeys(node.ref for node in lose_choices(filling._tree, form.filtered))
        for place in list(filling._steps.places()):
            node = place.node
            if place.kind == QUESTION and node in carrying.taken and not filling._fits(node):
                again[node.ref] = None
        for ref in again:
            filling.reopen(ref)
        asked = [place.node for place in filling._steps.places() if place.kind == QUESTION]
        new = tuple(n.ref for n in asked if n.status == OPEN and carrying.is_new(n))
        gone = tuple((old._name(node), old.label(node.ref)) for node in carrying.left())
        moved = {o.ref: n.ref for n, o in carrying.taken.items() if o.ref != n.ref}
        return filling, Carried(new, tuple(again), gone, moved)

    def _fits(self, node: Node) -> bool:
        """Whether an answer, or its being left out, breaks no rule of this form."""
        if not node.value and node.status in (OPEN, LATER):
            return True  # it is asked anyway
        try:
            self._check(self.form.controls[node.spec], node, node.value)
        except AnswerError:
            return False
        return True

    def _name(self, node: Node) -> str:
        own = self.form.fields[node.spec.path].columns.get("report::short")
        return own or self._steps.step(self._steps.at(node.ref)).label

    def state(self) -> dict[str, Any]:
        """Everything to be kept, as plain JSON."""
        return saved(self._tree.root)

    def submission_xml(self) -> str:
        """What ODK Central or KoboToolbox take: relevant answers only."""
        return submission(self._tree.root, self._world.moment)

    # What is asked

    def steps(self) -> Iterator[Step]:
        """Everything that is asked now, in the order of the form."""
        return map(self._steps.step, self._steps.places())

    def asked(self) -> Iterator[tuple[str, Question | None]]:
        """Ref and question of each step (None: another row?), without what makes it slow: texts."""
        for ref, place in self._steps.asked():
            yield ref, place.control.question if place.kind == QUESTION else None

    def step(self, ref: str) -> Step:
        """The step at ``ref``.

        Raises:
            KeyError: there is none, or it is not relevant now.
        """
        return self._steps.step(self._steps.at(ref))

    def after(self, ref: str | None) -> Step | None:
        """The step behind ``ref`` (a step, relevant or not; or a row: then its first step)."""
        place = self._steps.after(ref) if ref is not None else next(self._steps.places(), None)
        return self._steps.step(place) if place else None

    def next_open(self, after: str | None = None) -> Step | None:
        """The first open step behind ``after``; when there is none, the first open one of all."""
        place = self._steps.next_open(after)
        return self._steps.step(place) if place else None

    # Answering

    def answer(self, ref: str, value: str) -> tuple[str, ...]:
        """Take a canonical value; "" takes the answer back. A refused one leaves no trace.

        Returns the other steps that came, went or lost their choice by it, in the order of
        the form.

        Raises:
            KeyError: no question is asked at ``ref`` now.
            AnswerError: with the author's words, or none where the author gave none.
        """
        node = self._question(ref)
        control = self.form.controls[node.spec]
        if self._world.test(self.form.rules[node.spec].readonly, node, False):
            if value:
                raise AnswerError("")
            node.status = SKIPPED
            return ()
        self._world.left = PATIENCE
        self._check(control, node, value)
        changes = self._tree.changes = Changes()
        self._tree.set(node, value)
        node.status = ANSWERED if value else OPEN
        self._tree.settle()
        if node in changes.values:
            self._tree.dispatch(node)
        lost = lose_choices(self._tree, self.form.filtered)
        return self._affected(node, changes, lost)

    def _question(self, ref: str) -> Node:
        node = find(self._tree.root, ref)
        if node is None or not node.live or not node.spec.asked:
            raise KeyError(ref)
        return node

    def _check(self, control: Control, node: Node, value: str) -> None:
        rules, world = self.form.rules[node.spec], self._world
        if not value:
            if world.test(rules.required, node, False):
                raise AnswerError(self._world.say(rules.required_message, node))
            return
        if control.chooses(value):
            check_choices(self._tree, control, node, value)
        else:
            check_type(node.spec, value)
            check_limits(control.limits, value)
        before, node.value = node.value, value
        holds = world.test(rules.constraint, node, True)
        message = "" if holds else self._world.say(rules.constraint_message, node)
        node.value = before
        if not holds:
            raise AnswerError(message)

    def _affected(self, node: Node, changes: Changes, lost: list[Node]) -> tuple[str, ...]:
        moved = [n for n, before in changes.relevance.items() if n.live != before]
        grown = [n for row in changes.rows for n in below(row)]
        found = dict.fromkeys(n for n in [*moved, *grown, *lost] if n.spec.asked and n is not node)
        ordered = sorted(found, key=Node.order)
        return tuple(n.ref for n in ordered)

    def skip(self, ref: str) -> None:
        """Leave it as it is and go on; a value that is there (a default) counts as confirmed."""
        node = self._question(ref)
        fixed = self._world.test(self.form.rules[node.spec].readonly, node, False)
        node.status = ANSWERED if node.value and not fixed else SKIPPED

    def postpone(self, ref: str) -> None:
        """Ask it later: ``next_open`` passes over it until ``reopen``."""
        self._question(ref).status = LATER

    def reopen(self, ref: str) -> None:
        """Ask it again; what was answered stays until then."""
        found = find_rows(self._tree.root, ref)
        if found is not None:
            found[1].closed = False
        else:
            self._question(ref).status = OPEN

    # Rows

    def add_row(self, repeat_ref: str) -> str:
        """Another row at the end; returns its ref.

        Raises:
            AnswerError: there are too many already.
        """
        parent, rows = self._rows(repeat_ref)
        if len(rows) >= MOST_ROWS or self._tree.is_full():
            raise AnswerError("")
        rows.closed = False
        row = self._tree.grow(parent, parent.spec.by_name[repeat_ref.rpartition("/")[2]])
        self._tree.settle()
        return row.ref

    def close_repeat(self, repeat_ref: str) -> None:
        """No more rows. ``add_row`` opens it again."""
        self._rows(repeat_ref)[1].closed = True

    def drop_row(self, row_ref: str) -> None:
        """Take a row away; those behind it move up."""
        self._tree.drop(self._row(row_ref))
        self._tree.settle()

    def move_row(self, row_ref: str, to: int) -> None:
        """Make it row number ``to`` of its repeat."""
        self._tree.move(self._row(row_ref), to)
        self._tree.settle()

    def is_full(self) -> bool:
        """Whether there are as many rows as all repeats together may have."""
        return self._tree.is_full()

    def rows(self, repeat_ref: str) -> int:
        """How many rows there are; 0 as well where the repeat itself does not exist."""
        found = find_rows(self._tree.root, repeat_ref)
        return len(found[1]) if found else 0

    def _rows(self, ref: str) -> tuple[Node, Rows]:
        found = find_rows(self._tree.root, ref)
        if found is None:
            raise KeyError(ref)
        return found

    def _row(self, ref: str) -> Node:
        node = find(self._tree.root, ref)
        if node is None or not node.row:
            raise KeyError(ref)
        return node

    # What is known

    def value(self, name_or_ref: str, context: str = "") -> str:
        """The canonical value; "" when there is none or it is not relevant.

        A name means the row that ``context`` (a ref) is in; outside, the first row.
        """
        nodes = self._named(name_or_ref, self._at(context))
        return next((node.value for node in nodes if node.live and node.value), "")

    def given(self) -> Iterator[tuple[str, tuple[int, ...], str]]:
        """Path, row numbers and value of all that is relevant and not empty, in one walk."""
        return given(self._tree.root)

    def label(self, ref: str, value: str | None = None) -> str:
        """An answer in the words of its choices, joined by ", "; other answers as they are."""
        node = find(self._tree.root, ref)
        if node is None:
            raise KeyError(ref)
        value = node.value if value is None else value
        control = self.form.controls.get(node.spec)
        if control is None or control.choices is None or not value:
            return value
        labels = {o.name: o.label for o in self._world.options(control.choices, node)}
        if value in labels:
            return labels[value] or value
        return ", ".join(labels.get(name) or name for name in value.split())

    def evaluate(self, expression: str, context: str = "") -> bool | float | str:
        """An expression of the survey sheet, with ``${name}``, as seen from ``context``.

        Raises:
            FormError: it is not an expression.
        """
        node = self._at(context)
        compiled = self.form.expression(expression, node.spec)
        return single(compiled.run(self._world.context(node)))

    def test(self, expression: str, context: str = "") -> bool:
        """Whether an expression is true; '' and 0 are not."""
        return to_boolean(self.evaluate(expression, context))

    def fill(self, template: str, context: str, show: Show) -> tuple[str, bool]:
        """``template`` with each ``${name}`` shown; and whether every one had an answer.

        Several rows seen from outside are joined by ", ".

        Raises:
            FormError: there is no question of that name.
        """
        at, complete = self._at(context), True

        def replaced(match: re.Match[str]) -> str:
            nonlocal complete
            shown = self._shown(match[1], at, show)
            complete = complete and bool(shown)
            return shown

        return _REFERENCE.sub(replaced, template), complete

    def _shown(self, name: str, at: Node, show: Show) -> str:
        nodes = [node for node in self._named(name, at) if node.live and node.value]
        fields = self.form.fields
        texts = [show(fields[n.spec.path], n.ref, n.value) for n in nodes if n.spec.path in fields]
        return ", ".join(text for text in texts if text)

    def _named(self, name: str, at: Node) -> list[Node]:
        if name.startswith("/"):
            node = find(self._tree.root, name)
            return [node] if node else []
        spec = self.form.named(name, at.spec)
        if spec is None:
            raise FormError("survey", 0, f"there is no question called «{name}»")
        return self._tree.own(at, spec)

    def _at(self, context: str) -> Node:
        if not context:
            return self._tree.root
        node = find(self._tree.root, context)
        if node is None:
            raise KeyError(context)
        return node

    def problems(self) -> tuple[Problem, ...]:
        """Required questions without an answer, and answers that break their constraint."""
        asked = (place.node for place in self._steps.places() if place.kind == QUESTION)
        return tuple(problem for problem in map(self._problem, asked) if problem)

    def _problem(self, node: Node) -> Problem | None:
        rules, world = self.form.rules[node.spec], self._world
        if not node.value:
            if world.test(rules.required, node, False):
                return Problem(node.ref, self._world.say(rules.required_message, node), "required")
            return None
        if world.test(rules.constraint, node, True):
            return None
        return Problem(node.ref, self._world.say(rules.constraint_message, node), "constraint")
