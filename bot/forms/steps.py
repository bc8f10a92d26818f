"""What is asked: the places of a filling, and the step that each becomes."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from bot.forms.definition import Option, Question, Repeat
from bot.forms.instance import Instance
from bot.forms.labels import Media
from bot.forms.tree import ANSWERED, OPEN, STATUSES
from bot.forms.walk import ADD_ANOTHER, QUESTION, Place, find, find_rows, rows_in, walk


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
    media: tuple[Media, ...] = ()  # files beside the label


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
        self._shape = -1  # of the tree, when its places were listed
        self._places: list[Place] = []  # asked or not, in the order of the form
        self._refs: list[str] = []  # of those places
        self._index: dict[str, int] = {}  # ref -> the first place there

    def places(self) -> Iterator[Place]:
        """All that is asked, in the order of the form."""
        return filter(self.is_asked, self._all())

    def asked(self) -> Iterator[tuple[str, Place]]:
        """The same, each with its ref."""
        return (
            (ref, place)
            for place, ref in zip(self._all(), self._refs, strict=True)
            if self.is_asked(place)
        )

    def _all(self) -> list[Place]:
        """All places, asked or not. They stay the same until a row comes, goes or moves."""
        if self._shape != self._tree.shape:
            self._shape = self._tree.shape
            self._places = list(walk(self._tree.form.body, self._tree.root))
            self._refs = [place.ref for place in self._places]
            self._index = {}
            for number, ref in enumerate(self._refs):
                self._index.setdefault(ref, number)
        return self._places

    def is_asked(self, place: Place) -> bool:
        """Whether it is a step now."""
        if place.kind == QUESTION:
            return place.node.live
        spec = place.control.spec
        assert spec
        return place.kind == ADD_ANOTHER and self._tree.may_grow(place.node, spec)

    def _number(self, ref: str) -> int | None:
        """Which of all places is at ``ref``; None for a group, which is no place.

        Raises:
            KeyError: the form has nothing there.
        """
        self._all()
        if ref in self._index:
            return self._index[ref]
        node = find(self._tree.root, ref)  # a repeat without a row number means its first row
        if node is not None and node.ref != ref:
            return self._index.get(node.ref)
        if node is None and find_rows(self._tree.root, ref) is None:
            raise KeyError(ref)
        return None

    def at(self, ref: str) -> Place:
        """The place of the step at ``ref``.

        Raises:
            KeyError: there is none, or it is not asked now.
        """
        number = self._number(ref)
        if number is None or not self.is_asked(self._places[number]):
            raise KeyError(ref)
        return self._places[number]

    def after(self, ref: str) -> Place | None:
        """The step behind ``ref``, which need not be asked itself.

        Raises:
            KeyError: there is no such place.
        """
        number = self._number(ref)
        behind = self._places[number + 1 :] if number is not None else ()
        return next(filter(self.is_asked, behind), None)

    def next_open(self, after: str | None) -> Place | None:
        """The first open step behind ``after``; when there is none, the first open one of all."""
        places, number = self._all(), None
        if after:
            with suppress(KeyError):
                number = self._number(after)
        behind = number + 1 if number is not None else 0
        for place in (*places[behind:], *places[:behind]):
            if self._status(place) == OPEN and self.is_asked(place):
                return place
        return None

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
            media=world.files(control.label),
        )
