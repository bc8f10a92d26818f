"""An XForm, compiled once and then only read: Form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.errors import FormError
from bot.forms.body import BodyReader
from bot.forms.context import Listing
from bot.forms.definition import Action, Control, Question, Repeat
from bot.forms.evaluate import Compiled, compile_expression
from bot.forms.faults import Flaw, report
from bot.forms.labels import Message
from bot.forms.listings import ITEMSETS
from bot.forms.out_of_reach import OutOfReach
from bot.forms.places import nearest
from bot.forms.reading import Draft
from bot.forms.rules import Rules, Unit
from bot.forms.tree import Spec
from bot.forms.xpath import XPathError


@dataclass(slots=True, eq=False)
class Form:
    """A questionnaire ready to be filled. Immutable; may be read by several threads."""

    id: str
    version: str
    title: str
    languages: tuple[str, ...]
    default_language: str
    layout: Mapping[str, Any]
    root: Spec
    body: Sequence[Control]
    texts: Mapping[str, Message]
    listings: Mapping[str, Listing]
    files: tuple[str, ...]  # names of the files of its external lists
    out_of_reach: tuple[OutOfReach, ...]  # what it wants and a chat cannot give
    actions: Sequence[Action]
    rules: Mapping[Spec, Rules]
    units: Sequence[Unit]  # in the order in which they are computed
    faults: tuple[Flaw, ...]  # warnings only
    questions: tuple[Question, ...]
    repeats: tuple[Repeat, ...]
    fields: Mapping[str, Question]  # by path, also those not asked
    controls: Mapping[Spec, Control]
    specs: Mapping[str, Spec]  # by path
    by_name: Mapping[str, tuple[Spec, ...]]
    extra_columns: Mapping[str, Mapping[str, str]]  # of the survey sheet, by path
    filtered: Sequence[Control]  # questions whose choices depend on other answers
    _compiled: dict[tuple[str, str], Compiled] = field(default_factory=dict)

    @staticmethod
    def compile(
        xform: str,
        layout: Mapping[str, Any] | None = None,
        attachments: Mapping[str, str | bytes] | None = None,
    ) -> "Form":
        """Read an XForm; ``attachments`` are the files of its external lists, by name.

        They may as well stand in ``layout["attachments"]``, as text, and the sheet of external
        choices in ``layout["itemsets"]``, so that one JSON keeps all.

        Raises:
            FormError: it cannot be used, with the sheet and row of the first fault and all
                others in the text.
        """
        draft = Draft(xform, layout or {}, _files(layout or {}, attachments or {}))
        draft.read_binds()
        body = BodyReader(draft)
        body.read()
        draft.read_actions()
        draft.read_limits()
        draft.connect()
        faults = tuple(dict.fromkeys(draft.faults))
        errors = [fault for fault in faults if fault.severity == "error"]
        if errors:
            raise report(errors, draft.layout)
        return Form(
            id=draft.id,
            version=draft.version,
            title=draft.title,
            languages=tuple(draft.texts.languages),
            default_language=draft.texts.default_language,
            layout=draft.layout,
            root=draft.root,
            body=tuple(draft.body),
            texts=draft.texts.compiled(draft.root),
            listings=draft.listings,
            files=tuple(draft.lists.files),
            out_of_reach=tuple(draft.out_of_reach),
            actions=tuple(draft.actions),
            rules=draft.rules,
            units=tuple(sorted(draft.units, key=lambda unit: unit.order)),
            faults=faults,
            questions=tuple(draft.questions),
            repeats=tuple(draft.repeats),
            fields=body.fields(),
            controls=draft.controls,
            specs=draft.specs,
            by_name=draft.by_name,
            extra_columns=draft.columns,
            filtered=tuple(control for control in draft.controls.values() if control.filtered),
        )

    def named(self, name: str, near: Spec) -> Spec | None:
        """The place that ``${name}`` means as seen from ``near``."""
        return nearest(self.by_name.get(name, ()), near)

    def expression(self, source: str, at: Spec) -> Compiled:
        """``source`` compiled as if it were written at ``at``; kept for the next time.

        Raises:
            FormError: it is not an expression, or names what does not exist.
        """
        key = source, at.path
        compiled = self._compiled.get(key)
        if compiled is None:
            try:
                compiled = compile_expression(source, at, self)
            except XPathError as error:
                raise FormError("survey", 0, f"{source}: {error}") from error
            self._compiled[key] = compiled
        return compiled

    def question(self, name: str) -> Question | None:
        """The question of that name or path, also a hidden or computed one."""
        if name in self.fields:
            return self.fields[name]
        for spec in self.by_name.get(name, ()):
            if spec.path in self.fields:
                return self.fields[spec.path]
        return None

    def columns(self, path: str) -> Mapping[str, str]:
        """The extra columns of the survey row of a question, group or repeat."""
        return self.extra_columns.get(path, {})


def _files(
    layout: Mapping[str, Any], attachments: Mapping[str, str | bytes]
) -> Mapping[str, str | bytes]:
    kept: Mapping[str, str] = layout.get("attachments", {})
    itemsets = layout.get("itemsets", "")
    return {**({ITEMSETS: itemsets} if itemsets else {}), **kept, **attachments}
