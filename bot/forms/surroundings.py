"""What expressions and labels of one filling see around them: clock, language, lists, chance."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Final, cast
from zoneinfo import ZoneInfo

from bot.errors import FormError
from bot.forms.coercions import PLAIN, moment_text, to_boolean, to_text
from bot.forms.context import Context
from bot.forms.definition import Choices, Option
from bot.forms.functions import FUNCTIONS
from bot.forms.labels import Media, Message, pick_language
from bot.forms.places import nodes_below, way_down
from bot.forms.rules import Unit
from bot.forms.tree import AnyNode, Item, Node, Spec
from bot.forms.xform import Form

PATIENCE: Final = 5_000_000
"""What all expressions may spend for one answer, in steps of half a microsecond or so."""


@dataclass(frozen=True, slots=True)
class Environment:
    """What a filling may know of the world outside: when, where, who."""

    now: datetime  # aware
    timezone: ZoneInfo
    language: str = ""
    random: Random = field(default_factory=Random)
    properties: Mapping[str, str] = field(default_factory=dict)  # username, phonenumber, …


class Surroundings:
    """The world of one filling (context.Run)."""

    def __init__(self, form: Form, env: Environment) -> None:
        self.form = form
        self.now = env.now
        self.zone = env.timezone
        self.random = env.random
        self.version = form.version
        self.language = pick_language(env.language, form.languages, form.default_language)
        self.root = Node(form.root, None)
        self._properties = env.properties
        self.left = PATIENCE

    @property
    def moment(self) -> str:
        """Now, as XForms write it."""
        return moment_text(self.now.astimezone(self.zone))

    def spend(self, steps: int) -> None:
        """Count what expressions look at between one answer and the next (World.spend)."""
        self.left -= steps
        if self.left < 0:
            raise FormError("survey", 0, "the expressions of this form take too long")

    def preloaded(self, kind: str, parameters: str) -> str:
        """What a new node with this preload begins with."""
        if kind == "uid":
            return "uuid:" + to_text(FUNCTIONS["uuid"].call(self))
        if kind == "timestamp" and parameters == "start":
            return self.moment
        if kind == "date":
            return to_text(FUNCTIONS["today"].call(self))
        return self._properties.get(parameters, "") if kind == "property" else ""

    def say(self, message: Message | None, node: Node) -> str:
        """A text of the form, as seen from ``node``; '' for none."""
        if message is None:
            return ""
        return message.say(self.context(node), self.language, self.form.default_language)

    def files(self, message: Message | None) -> tuple[Media, ...]:
        """The media beside a text of the form."""
        return message.files(self.language, self.form.default_language) if message else ()

    def text_by_id(self, key: str) -> str:
        """The form's text with this id."""
        return self.say(self.form.texts.get(key), self.root)

    def lookup(self, instance: str, column: str, key: str, wanted: str) -> str:
        """pulldata()."""
        listing = self.form.listings.get(instance)
        found = listing.having("root", "item", key, wanted) if listing else []
        return found[0].text_of(column) if found and isinstance(found[0], Item) else ""

    def choice_name(self, question: Spec, node: Node | None, value: str) -> str:
        """The label of a choice; the name itself when the question has no such choice."""
        control = self.form.controls.get(question)
        if control is None or control.choices is None or not value:
            return ""
        if node is None:
            node = next(iter(self.all_of(question)), None)
        for option in self.options(control.choices, node) if node else ():
            if option.name == value:
                return option.label
        return value

    def all_of(self, spec: Spec) -> list[Node]:
        """All nodes of one place, row by row."""
        return nodes_below(self.root, way_down(self.form.root, spec))

    def options(self, choices: Choices, node: Node) -> tuple[Option, ...]:
        """The choices that ``node`` has now."""
        if choices.nodeset is None:
            return tuple(
                Option(name, self.say(label, node), self.files(label))
                for name, label in choices.fixed
            )
        found = choices.nodeset(self.context(node))
        if isinstance(found, PLAIN):
            return ()
        nodes = cast("Iterable[AnyNode]", found)
        return tuple(self._option(choices, item) for item in nodes)

    def names(self, choices: Choices, node: Node) -> Set[str]:
        """The names of the choices that ``node`` has now, without what makes them slow: labels."""
        if choices.always is not None:
            return choices.always
        if choices.nodeset is None:
            return {name for name, _ in choices.fixed}
        found = choices.nodeset(self.context(node))
        if isinstance(found, PLAIN):
            return frozenset()
        return {_text_below(item, choices.value) for item in cast("Iterable[AnyNode]", found)}

    def _option(self, choices: Choices, item: AnyNode) -> Option:
        label = _text_below(item, choices.label)
        if choices.by_itext:
            message = self.form.texts.get(label)
            return Option(
                _text_below(item, choices.value), self.say(message, self.root), self.files(message)
            )
        if choices.external:
            label = self._translated(item) or label
        return Option(_text_below(item, choices.value), label)

    def _translated(self, item: AnyNode) -> str:
        """The label of a row of an external sheet of choices, which has no texts by id."""
        for language in (self.language, self.form.default_language):
            found = _text_below(item, f"label::{language}")
            if found:
                return found
        return ""

    def context(self, node: Node) -> Context:
        """Where expressions of ``node`` stand."""
        return Context(self, node, node)

    def test(self, unit: Unit | None, node: Node, otherwise: bool) -> bool:
        """A rule that is only computed when it is asked for."""
        return otherwise if unit is None else to_boolean(unit.run(self.context(node)))


def _text_below(node: AnyNode, name: str) -> str:
    if isinstance(node, Item) and name != ".":
        return node.text_of(name)
    if name == ".":
        return to_text([node])
    found = node.named(name)
    return to_text([found[0]]) if found else ""
