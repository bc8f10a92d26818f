"""Reads the XML of an XForm: the tree of answers, its rules, and the secondary lists."""

import re
from collections.abc import Mapping
from typing import Any, Final
from xml.etree.ElementTree import Element

from bot.errors import FormError
from bot.forms import graph
from bot.forms.context import Closure, Listing
from bot.forms.definition import Action, Control, Question, Repeat
from bot.forms.evaluate import Compiled, compile_expression
from bot.forms.faults import Flaw
from bot.forms.itext import Texts, attribute, elements, local
from bot.forms.listings import Lists
from bot.forms.out_of_reach import REASONS, OutOfReach, of_form
from bot.forms.places import nearest
from bot.forms.rules import CALCULATE, COUNT, RELEVANT, Rules, Unit
from bot.forms.tree import Blank, Spec
from bot.forms.xml import parsed
from bot.forms.xpath import XPathError

_JR: Final = "{http://openrosa.org/javarosa}"
_ALWAYS: Final = frozenset(("true()", "1"))
_NEVER: Final = frozenset(("false()", ""))
_MIDNIGHT: Final = re.compile(r"^(\d{4}-\d\d-\d\d) 00:00:00$")
"""What pyxform makes of a date cell in Excel."""
_PATH: Final = re.compile(r"(^|\s|«)\s?(?:/|(?:\.\./)+)(?:[\w.-]+/)*([\w.-]+)\s?(?=\s|$|»)")
_BINDS: Final = {  # attribute of bind -> column of the survey sheet
    "relevant": "relevant",
    "calculate": "calculation",
    "constraint": "constraint",
    "required": "required",
    "readonly": "read_only",
}


class Draft:
    """A form while it is being read. What is wrong is collected in ``faults``."""

    def __init__(
        self, xform: str, layout: Mapping[str, Any], attachments: Mapping[str, str | bytes]
    ) -> None:
        self.layout = layout
        self.columns: dict[str, Mapping[str, str]] = {
            row.get("path", ""): row.get("columns", {}) for row in layout.get("survey", ())
        }
        self.faults: list[Flaw] = []
        self.units: list[Unit] = []
        self.actions: list[Action] = []
        self.body: list[Control] = []
        self.questions: list[Question] = []
        self.repeats: list[Repeat] = []
        self.controls: dict[Spec, Control] = {}
        html = parsed(xform)
        self.title = _title(html)
        self.model = _only(html, "model")
        self.body_element = _only(html, "body")
        instance = next(e for e in elements(self.model) if local(e.tag) == "instance")
        root = next(elements(instance), None)
        if root is None:
            raise FormError("XForm", 0, "the instance is empty")
        self._repeats = {
            self.full_path(attribute(repeat, "nodeset"), local(root.tag))
            for repeat in self.body_element.iter()
            if local(repeat.tag) == "repeat"
        }
        self.root = Spec(local(root.tag), root.tag, None, 0)
        self.id = attribute(root, "id")
        self.version = attribute(root, "version")
        self._grow(self.root, root)
        self.root.blank = self._blank(self.root, root)
        self.specs = {spec.path: spec for spec in self.root.within()}
        self.rules = {spec: Rules() for spec in self.specs.values()}
        self.by_name: dict[str, tuple[Spec, ...]] = {}
        for spec in self.specs.values():
            self.by_name[spec.name] = (*self.by_name.get(spec.name, ()), spec)
        self.lists = Lists(self.model, attachments)
        self.listings: Mapping[str, Listing] = self.lists.by_id
        self.out_of_reach: list[OutOfReach] = []
        self._html = html
        self.texts = Texts(self.model, self._output)

    # What the compiler of expressions asks (evaluate.Scope)

    def named(self, name: str, near: Spec) -> Spec | None:
        """The place that ``${name}`` means in an expression of ``near``."""
        return nearest(self.by_name.get(name, ()), near)

    # The tree of answers

    def full_path(self, nodeset: str, root: str = "") -> str:
        """A path from the root, without namespace prefixes and blanks."""
        steps = [step.strip().rpartition(":")[2] for step in nodeset.strip().split("/") if step]
        if not nodeset.strip().startswith("/"):
            steps.insert(0, root or self.root.name)
        return "/" + "/".join(steps)

    def place(self, nodeset: str) -> Spec | None:
        """The place that a ref or nodeset names."""
        return self.specs.get(self.full_path(nodeset))

    def _grow(self, spec: Spec, element: Element) -> None:
        if spec.parent is None:
            spec.attributes = {k: v for k, v in element.items() if not k.startswith(_JR)}
        spec.repeats = spec.path in self._repeats
        for child in elements(element):
            name = local(child.tag)
            kid = spec.by_name.get(name)
            if kid is None:
                kid = Spec(name, child.tag, spec, len(spec.kids))
                kid.attributes = {k: v for k, v in child.items() if not k.startswith(_JR)}
                spec.kids.append(kid)
                spec.by_name[name] = kid
            self._grow(kid, child)

    def _blank(self, spec: Spec, element: Element | None) -> Blank:
        kids: list[Blank | list[Blank]] = []
        by_name: dict[str, list[Element]] = {}
        for child in elements(element) if element is not None else ():
            by_name.setdefault(local(child.tag), []).append(child)
        for kid in spec.kids:
            found = by_name.get(kid.name, [])
            if kid.repeats:
                kids.append(self._blank_rows(kid, found))
            else:
                kids.append(self._blank(kid, found[0] if found else None))
        text = "" if spec.kids or element is None else element.text or ""
        return Blank(spec, _MIDNIGHT.sub(r"\1", text), kids)

    def _blank_rows(self, repeat: Spec, found: list[Element]) -> list[Blank]:
        templates = [row for row in found if row.get(f"{_JR}template") is not None]
        rows = [self._blank(repeat, row) for row in found if row not in templates]
        if templates:
            repeat.blank = repeat.blank or self._blank(repeat, templates[0])
        elif rows:
            repeat.blank = repeat.blank or _emptied(rows[0])
        return rows

    # Rules

    def compile(self, source: str, home: Spec, column: str) -> Compiled | None:
        """``source`` ready to run; None, and a fault, when it is not an expression."""
        try:
            compiled = compile_expression(source, home, self)
        except XPathError as error:
            self.faults.append(Flaw(home.path, column, _as_written(f"{source.strip()}: {error}")))
            return None
        for name in compiled.unknown:
            problem = f"«{name}» is no question here; is ${{{name}}} or '{name}' meant?"
            self.faults.append(Flaw(home.path, column, problem, "warning"))
        return compiled

    def _output(self, source: str, home: Spec) -> Closure | None:
        compiled = self.compile(source, home, "label")
        return compiled.run if compiled else None

    def read_binds(self) -> None:
        """Types, rules and messages of all places."""
        for bind in elements(self.model):
            if local(bind.tag) != "bind" or "@" in attribute(bind, "nodeset"):
                continue
            spec = self.place(attribute(bind, "nodeset"))
            if spec is None:
                path = attribute(bind, "nodeset")
                self.faults.append(Flaw(path, "", f"{path} is not in the form", "warning"))
            else:
                self._read_bind(spec, bind)

    def _read_bind(self, spec: Spec, bind: Element) -> None:
        spec.set_type((attribute(bind, "type") or "string").rpartition(":")[2])
        spec.preload = attribute(bind, "preload"), attribute(bind, "preloadParams")
        rules = self.rules[spec]
        rules.constraint_message = self.texts.message(attribute(bind, "constraintMsg"), spec)
        rules.required_message = self.texts.message(attribute(bind, "requiredMsg"), spec)
        for kind, column in _BINDS.items():
            source = attribute(bind, kind).strip()
            if source not in _NEVER or (kind == "relevant" and source):
                unit = self.unit(spec, kind, source, column)
                if unit is not None:
                    setattr(rules, kind, unit)
        if rules.relevant is not None and rules.relevant.source in _ALWAYS:
            self.units.remove(rules.relevant)
            rules.relevant = None

    def unit(self, spec: Spec, kind: str, source: str, column: str) -> Unit | None:
        """A rule of the form; relevant, calculate and count are kept up to date by themselves."""
        compiled = self.compile(source, spec, column)
        if compiled is None:
            return None
        unit = Unit(spec, kind, source, compiled.run, compiled.reads)
        if kind in (RELEVANT, CALCULATE, COUNT):
            self.units.append(unit)
        return unit

    def action(self, element: Element, source: Spec | None) -> Action | None:
        """A ``setvalue``; it is computed where its target stands."""
        ref = attribute(element, "ref") or attribute(element, "bind")
        target = None if "@" in ref else self.place(ref)
        if target is None:
            return None
        text = element.get("value", "").strip()
        compiled = self.compile(text, target, "default") if text else None
        value: Closure | None = compiled.run if compiled else None
        if not text and element.text and element.text.strip():
            literal = element.text.strip()
            value = lambda _: literal  # noqa: E731
        events = tuple(attribute(element, "event").split())
        return Action(target, source or target, value, events)

    def read_actions(self) -> None:
        """Values that are set when a filling begins."""
        for element in elements(self.model):
            if local(element.tag) == "setvalue":
                action = self.action(element, None)
                if action is not None:
                    self.actions.append(action)

    def read_limits(self) -> None:
        """What is no question and a chat cannot give either, and lists that are empty."""
        for ref, reason in dict.fromkeys(of_form(self._html, self.model)):
            spec = self.place(ref) if ref else None
            self.beyond(spec or self.root, reason)
        for id, file in self.lists.missing:
            problem = f"the list «{id}» is empty: its file {file} does not come with the form"
            self.faults.append(Flaw("", "", problem, "warning"))

    def beyond(self, spec: Spec, reason: str, *, required: bool = False) -> None:
        """Note that ``spec`` wants what a chat cannot give; it must not be required."""
        self.out_of_reach.append(OutOfReach(spec.path, spec.name if spec.parent else "", reason))
        if not spec.asked:
            problem = f"this is not done here: {REASONS[reason]}"
        elif required:
            problem = f"a chat cannot ask this: {REASONS[reason]}; delete it or do not require it"
        else:
            problem = f"a chat cannot ask this and leaves it out: {REASONS[reason]}"
        self.faults.append(Flaw(spec.path, "", problem, "error" if required else "warning"))

    def connect(self) -> None:
        """Order the rules; a circle is a fault at each of its places."""
        for circle in graph.connect(self.root, self.units, self.rules):
            units = sorted(circle, key=lambda unit: unit.spec.order)
            names = ", ".join(dict.fromkeys(unit.spec.name for unit in units))
            problem = f"these depend on each other in a circle: {names}"
            self.faults.append(Flaw(units[0].spec.path, _BINDS[units[0].kind], problem))


def _as_written(text: str) -> str:
    """Paths as pyxform writes them become the ``${name}`` that the author wrote."""
    return _PATH.sub(r"\1${\2}", text)


def _only(html: Element, name: str) -> Element:
    for element in html.iter():
        if local(element.tag) == name:
            return element
    raise FormError("XForm", 0, f"there is no <{name}>; this is not an XForm")


def _title(html: Element) -> str:
    for element in html.iter():
        if local(element.tag) == "title":
            return "".join(element.itertext()).strip()
    return ""


def _emptied(blank: Blank) -> Blank:
    kids = [
        [_emptied(row) for row in kid] if isinstance(kid, list) else _emptied(kid)
        for kid in blank.kids
    ]
    return Blank(blank.spec, "", kids)
