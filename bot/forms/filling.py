"""One school's answers to one form: what is asked next, what an answer changes, what is saved."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.errors import AnswerError
from bot.forms import answers
from bot.forms.coercions import Value, single, to_text
from bot.forms.definition import Control, Option, Question, Repeat
from bot.forms.evaluate import Context, nodes_below, way_down
from bot.forms.instance import MOST_ROWS, Changes, Environment, Instance
from bot.forms.labels import Message
from bot.forms.tree import ANSWERED, LATER, OPEN, SKIPPED, STATUSES, Node, Rows, Spec
from bot.forms.xform import Form

_PART: Final = re.compile(r"([^\[\]]+)(?:\[(\d+)\])?")
_REFERENCE: Final = re.compile(r"\$\{\s*([^}]*?)\s*\}")
_NOBODY_ASKS: Final = frozenset(("calculate", "hidden"))

Show = Callable[[Question, str, str], str]
"""Writes an answer as a document wants it: question, ref, canonical value."""


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


@dataclass(frozen=True, slots=True)
class _Place:
    """One step before its texts are made. For add_another, ``node`` holds the rows."""

    control: Control
    node: Node
    sections: tuple[tuple[Control, Node], ...]
    another: bool = False

    @property
    def ref(self) -> str:
        if self.another:
            assert self.control.spec
            return f"{self.node.ref}/{self.control.spec.name}"
        return self.node.ref


class Filling:
    """Answers being given. Cheap to make; keep its ``state()`` and make it anew for each turn."""

    def __init__(self, form: Form, env: Environment) -> None:
        self.form = form
        self._tree = Instance(form, env)

    @classmethod
    def start(cls, form: Form, env: Environment, preset: Mapping[str, str] = {}) -> "Filling":  # noqa: B006
        """A new filling. ``preset``: canonical values by question name; those are not asked."""
        filling = cls(form, env)
        filling._tree.begin(preset)
        return filling

    @classmethod
    def resume(cls, form: Form, state: Mapping[str, Any], env: Environment) -> "Filling":
        """A filling as it was saved. Nothing is computed again but what is relevant."""
        filling = cls(form, env)
        filling._tree.restore(state)
        return filling

    def state(self) -> dict[str, Any]:
        """Everything to be kept, as plain JSON."""
        return answers.saved(self._tree.root)

    def submission_xml(self) -> str:
        """What ODK Central or KoboToolbox take: relevant answers only."""
        return answers.submission(self._tree)

    # What is asked

    def steps(self) -> Iterator[Step]:
        """Everything that is asked now, in the order of the form."""
        for place in self._walk():
            if place is not None and _is_live(place):
                yield self._step(place)

    def step(self, ref: str) -> Step:
        """The step at ``ref``.

        Raises:
            KeyError: there is none, or it is not relevant now.
        """
        for place in self._walk():
            if place is not None and place.ref == ref and _is_live(place):
                return self._step(place)
        raise KeyError(ref)

    def after(self, ref: str | None) -> Step | None:
        """The step behind ``ref`` (a step, relevant or not, or a row: then its first step)."""
        passed = ref is None
        for place in self._walk(rows=True):
            if passed:
                if isinstance(place, _Place) and _is_live(place):
                    return self._step(place)
            elif isinstance(place, _Place) and place.ref == ref or isinstance(place, str) and place == ref:
                passed = True
        return None

    def next_open(self, after: str | None = None) -> Step | None:
        """The first open step behind ``after``, else the first open one of all."""
        first: _Place | None = None
        passed = after is None
        for place in self._walk():
            if place is None:
                continue
            if _is_live(place) and self._status(place) == OPEN:
                if passed:
                    return self._step(place)
                first = first or place
            passed = passed or place.ref == after
        return self._step(first) if first else None
