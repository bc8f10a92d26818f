"""Reads what an XForm shows: questions, groups and repeats in their order."""

import re
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element

from bot.forms.definition import Choices, Control, Question, Repeat
from bot.forms.faults import Flaw
from bot.forms.itext import attribute, elements, local
from bot.forms.out_of_reach import of_question
from bot.forms.places import way_down
from bot.forms.reading import Draft
from bot.forms.rules import COUNT
from bot.forms.tree import Spec

_BY_TAG: Final = {
    "select1": "select_one",
    "select": "select_multiple",
    "rank": "rank",
    "trigger": "acknowledge",
    "range": "range",
    "secret": "text",
    "textarea": "text",
}
_BY_BIND: Final = {
    "string": "text",
    "barcode": "text",  # what is printed under the bars is typed
    "select1": "text",
    "select": "text",
    "int": "integer",
    "long": "integer",
    "double": "decimal",
    "float": "decimal",
    "intent": "text",
}
_SELECTS: Final = frozenset(("select_one", "select_multiple"))
_WHOLE_LIST: Final = re.compile(r"instance\('([^']*)'\)/\w+/item")
_ACTIONS: Final = frozenset(("setvalue",))
_BELOW_LABEL: Final = frozenset(("label", "hint", "help", "alert", "setvalue", "setgeopoint"))


class BodyReader:
    """Turns the body into controls and adds what it finds to the draft."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._names: dict[tuple[str, str], frozenset[str]] = {}
        self._row: Spec | None = None  # the repeat whose controls are being read

    def read(self) -> None:
        """Read all controls, and list the places that have none."""
        self._draft.body = self._controls(self._draft.body_element)

    def fields(self) -> dict[str, Question]:
        """Every place for a value by its path, in the order of the tree."""
        asked = {question.path: question for question in self._draft.questions}
        found: dict[str, Question] = {}
        for spec in self._draft.root.within():
            if spec.path in asked:
                found[spec.path] = asked[spec.path]
            elif not spec.kids and spec.parent is not None:
                kind = "calculate" if self._draft.rules[spec].calculate else "hidden"
                found[spec.path] = self._question(spec, kind, "")
        return found

    def _controls(self, parent: Element) -> list[Control]:
        found: list[Control] = []
        for element in elements(parent):
            name = local(element.tag)
            if name == "group":
                found += self._group(element)
            elif name == "repeat":
                found += self._repeat(element, element)
            elif name not in _BELOW_LABEL:
                found += self._asked(element, name)
        return found

    def _home(self, element: Element) -> Spec | None:
        ref = attribute(element, "ref") or attribute(element, "nodeset")
        return self._draft.place(ref) if ref else None

    def _group(self, element: Element) -> list[Control]:
        spec = self._home(element)
        repeat = next((e for e in elements(element) if local(e.tag) == "repeat"), None)
        if repeat is not None and (spec is None or spec.repeats):
            return self._repeat(repeat, element)
        control = Control("group", spec, self._label(element, spec))
        if spec is not None and spec.repeats:
            problem = f"«{spec.name}» is a repeat and is shown as a group as well"
            self._draft.faults.append(Flaw(spec.path, "", problem))
        elif spec is not None:
            control.way = self._way(spec)
        elif attribute(element, "ref"):
            self._missing(element)
        control.kids = self._controls(element)
        return [control]

    def _way(self, spec: Spec) -> tuple[tuple[int, bool], ...]:
        if spec.repeat is not self._row:
            around = self._row.name if self._row else "the form"
            problem = f"«{spec.name}» is shown in {around}, but is not answered there"
            self._draft.faults.append(Flaw(spec.path, "", problem))
        return way_down(spec.repeat or self._draft.root, spec)

    def _label(self, element: Element, spec: Spec | None, name: str = "label"):  # type: ignore[no-untyped-def]
        found = next((e for e in elements(element) if local(e.tag) == name), None)
        return self._draft.texts.of(found, spec or self._row or self._draft.root)

    def _repeat(self, element: Element, labelled: Element) -> list[Control]:
        spec = self._home(element)
        if spec is None or spec.parent is None:  # the whole form cannot repeat
            self._missing(element)
            return []
        count = attribute(element, "count").strip()
        if count:
            self._draft.unit(spec, COUNT, count, "repeat_count")
        fixed = attribute(element, "noAddRemove").strip() in ("true()", "true", "1")
        repeat = Repeat(
            spec.path,
            spec.name,
            self._draft.columns.get(spec.path, {}),
            spec.repeat.path if spec.repeat else None,
            counted=bool(count),
            fixed=fixed,
        )
        self._draft.repeats.append(repeat)
        control = Control("repeat", spec, self._label(labelled, spec), repeat=repeat)
        control.way = self._way(spec)
        self._draft.controls[spec] = control
        around, self._row = self._row, spec
        control.kids = self._controls(element)
        self._row = around
        for child in elements(element):
            if local(child.tag) in _ACTIONS:
                self._act(child, spec)
        return [control]

    def _act(self, element: Element, source: Spec) -> None:
        action = self._draft.action(element, source)
        if action is not None:
            self._draft.actions.append(action)

    def _missing(self, element: Element) -> None:
        ref = attribute(element, "ref") or attribute(element, "nodeset")
        problem = f"{ref} is asked but has no place in the form"
        self._draft.faults.append(Flaw(ref, "", problem))

    def _asked(self, element: Element, name: str) -> list[Control]:
        spec = self._home(element)
        if spec is None or spec.repeats:
            self._missing(element)
            return []
        question = replace(
            self._question(spec, self._kind(element, name, spec), attribute(element, "appearance")),
            out_of_reach=of_question(element, spec.type),
        )
        control = Control(
            "question", spec, self._label(element, spec), self._label(element, spec, "hint")
        )
        control.question = question
        control.choices = self._choices(element, spec)
        control.free = name == "input"
        control.way = self._way(spec)
        spec.asked = True
        if question.out_of_reach:
            required = self._draft.rules[spec].required is not None
            self._draft.beyond(spec, question.out_of_reach, required=required)
        control.limits = {key: element.get(key, "") for key in ("start", "end", "step")}
        for child in elements(element):
            if local(child.tag) in _ACTIONS:
                self._act(child, spec)
        self._draft.questions.append(question)
        self._draft.controls[spec] = control
        return [control]

    def _question(self, spec: Spec, kind: str, appearance: str) -> Question:
        repeat = spec.repeat.path if spec.repeat else None
        columns = self._draft.columns.get(spec.path, {})
        return Question(spec.path, spec.name, kind, appearance, columns, repeat)

    def _kind(self, element: Element, name: str, spec: Spec) -> str:
        if name == "upload":
            media = attribute(element, "mediatype").partition("/")[0]
            return media if media in ("image", "audio", "video") else "file"
        if name != "input":
            kind = _BY_TAG.get(name, "text")
            return "note" if kind in _SELECTS and self._is_heading(element, spec) else kind
        if attribute(element, "query"):
            return "select_one"
        kind = _BY_BIND.get(spec.type, spec.type)
        readonly = self._draft.rules[spec].readonly
        always = readonly is not None and readonly.source == "true()"
        return "note" if kind == "text" and always else kind

    def _is_heading(self, element: Element, spec: Spec) -> bool:
        """Whether it only heads the columns of a table, which a chat does not have."""
        required = self._draft.rules[spec].required
        return "label" in attribute(element, "appearance").split() and required is None

    def _choices(self, element: Element, spec: Spec) -> Choices | None:
        for child in elements(element):
            if local(child.tag) == "itemset":
                return self._itemset(child, attribute(child, "nodeset"), spec)
        query = attribute(element, "query")
        if query:
            return self._itemset(element, query, spec)
        items = [child for child in elements(element) if local(child.tag) == "item"]
        if not items:
            return None
        fixed = []
        for item in items:
            name = next(
                ("".join(e.itertext()) for e in elements(item) if local(e.tag) == "value"), ""
            )
            label = self._label(item, spec)
            fixed.append((name.strip(), label))
        return Choices(tuple(pair for pair in fixed if pair[1] is not None))

    def _always(self, nodeset: str, value: str) -> frozenset[str] | None:
        """The names of a whole list, found once for all questions that have it."""
        match = _WHOLE_LIST.fullmatch(nodeset.strip())
        listing = self._draft.listings.get(match[1]) if match else None
        if match is None or listing is None or value == ".":
            return None
        key = match[1], value
        if key not in self._names:
            items = listing.elements("root", "item")
            self._names[key] = frozenset(
                str(kid.typed()) for i in items for kid in i.named(value)[:1]
            )
        return self._names[key]

    def _itemset(self, element: Element, nodeset: str, spec: Spec) -> Choices | None:
        compiled = self._draft.compile(nodeset, spec, "choice_filter")
        if compiled is None:
            return None
        inside = elements(element) if local(element.tag) == "itemset" else ()
        parts = {local(child.tag): attribute(child, "ref").strip() for child in inside}
        label = parts.get("label", "label")
        by_itext = label.startswith("jr:itext(")
        if by_itext:
            label = label[len("jr:itext(") : -1].strip()
        value = _last(parts.get("value", "name"))
        reads = tuple(dict.fromkeys(read.spec for read in compiled.reads))
        return Choices(
            (),
            compiled.run,
            nodeset,
            value,
            _last(label),
            by_itext,
            self._always(nodeset, value),
            self._draft.lists.external.get(_list_of(nodeset), frozenset()),
            reads,
        )


def _list_of(nodeset: str) -> str:
    """The id in ``instance('id')/…``; "" when it begins otherwise."""
    start = nodeset.strip().partition(")")[0]
    return start.removeprefix("instance(").strip(" '\"") if start.startswith("instance(") else ""


def _last(ref: str) -> str:
    return ref.rpartition("/")[2]
