"""What is asked: the places of a filling, and the step that each becomes."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.forms.definition import Option, Question, Repeat
from bot.forms.instance import Instance
from bot.forms.tree import ANSWERED, OPEN, STATUSES, Node, Spec
from bot.forms.walk import ADD_ANOTHER, QUESTION, Place, find, find_rows, rows_in, walk

Target = tuple[Node, Spec | None]
"""A node; for the end of a repeat its parent and the repeat."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to ask: a question, or whether a repeat gets another row."""

    ref: str  # "/data/hd[2]/ten": a row number at every repeat
    kind: str  # question, add_another
    question: Question | None
    repeat: Repeat | None
    label: str
    hint: str
    sections: tuple[str, ...]  # labels of the groups and repeats around it, outermost first
    row: tuple[int, ...]  # row numbers of the repeats around it
    choices: tuple[Option, ...]
    required: bool
    readonly: bool
    value: str
    status: str  # open, answered, skipped, later


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a filling cannot be submitted yet."""

    ref: str
    message: str  # the author's; "" when there is none
    kind: str  # required, constraint


class Steps:
    """The steps of one filling, as they are now."""

    def __init__(self, tree: Instance) -> None:
        self._tree = tree
        self._world = tree.world
        self._body = tree.form.body

    def places(self, *, dead: bool = False) -> Iterator[Place]:
        """All places in the order of the form; with ``dead`` also those that are not asked."""
        found = walk(self._body, self._tree.root, dead=dead)
        return found if dead else filter(self.is_asked, found)

    def is_asked(self, place: Place) -> bool:
        """Whether it is a step now."""
        if place.kind == QUESTION:
            return place.node.live
        spec = place.control.spec
        assert spec
        return place.kind == ADD_ANOTHER and self._tree.may_grow(place.node, spec)

    def target(self, ref: str) -> Target | None:
        """What ``key`` gives for the place at ``ref``; None when there is no such place."""
        found = find_rows(self._tree.root, ref)
        if found is not None:
            return found[0], found[0].spec.by_name[ref.rpartition("/")[2]]
        node = find(self._tree.root, ref)
        return (node, None) if node is not None else None

    def at(self, ref: str) -> Place:
        """The place of the step at ``ref``.

        Raises:
            KeyError: there is none, or it is not asked now.
        """
        sought = self.target(ref)
        for place in self.places() if sought else ():
            if key(place) == sought:
                return place
        raise KeyError(ref)

    def after(self, ref: str) -> Place | None:
        """The step behind ``ref``, which need not be asked itself.

        Raises:
            KeyError: there is no such place.
        """
        sought = self.target(ref)
        if sought is None:
            raise KeyError(ref)
        passed = False
        for place in self.places(dead=True):
            if passed and self.is_asked(place):
                return place
            passed = passed or key(place) == sought
        return None

    def next_open(self, after: str | None) -> Place | None:
        """The first open step behind ``after``; when there is none, the first open one of all."""
        sought = self.target(after) if after else None
        passed, first = sought is None, None
        for place in self.places(dead=sought is not None):
            if self._status(place) == OPEN and self.is_asked(place):
                if passed:
                    return place
                first = first or place
            passed = passed or key(place) == sought
        return first

    def _status(self, place: Place) -> int:
        if place.kind == ADD_ANOTHER:
            return ANSWERED if rows_in(place.node, place.control).closed else OPEN
        return place.node.status

    def step(self, place: Place) -> Step:
        """The texts and choices of a place."""
        control, node, world = place.control, place.node, self._world
        is_question = place.kind == QUESTION
        rules = self._tree.form.rules[node.spec]
        return Step(
            ref=place.ref,
            kind=place.kind,
            question=control.question,
            repeat=control.repeat,
            label=world.say(control.label, node),
            hint=world.say(control.hint, node),
            sections=tuple(filter(None, (world.say(c.label, n) for c, n in place.sections))),
            row=tuple(n.row for c, n in place.sections if c.repeat),
            choices=world.options(control.choices, node) if control.choices else (),
            required=is_question and world.test(rules.required, node, False),
            readonly=is_question and world.test(rules.readonly, node, False),
            value=node.value if is_question else "",
            status=STATUSES[self._status(place)],
        )


def key(place: Place) -> Target:
    """Tells one place from all others."""
    return place.node, place.control.spec if place.kind == ADD_ANOTHER else None
