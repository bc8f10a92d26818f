"""What the ``source`` of a row of the ``report`` sheet names: tables and photos from answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Final

from bot.documents.document import Column, Photo, Row, Table, roman
from bot.documents.outline_text import shown
from bot.documents.plain_label import plain_label
from bot.errors import FormError
from bot.forms.definition import Control, Question
from bot.forms.filling import Filling
from bot.forms.tree import Spec
from bot.forms.xform import Form

PERMISSIONS: Final = frozenset({"no_faces", "consent", "wide_shot"})
UNANSWERED: Final = "-"

_NUMBERS: Final = ("integer", "decimal", "range", "calculate")
_CHOICES: Final = ("select_one", "select_multiple", "rank")
_NOT_SAID: Final = ("note", "image", "file", "audio", "video", "hidden", "calculate")
_FIGURES: Final = (
    Column("STT", "center"),
    Column("Nội dung"),
    Column("Đơn vị tính", "center"),
    Column("Số lượng", "right"),
    Column("Ghi chú"),
)


@dataclass(frozen=True, slots=True)
class Sources:
    """Finds things of a form by the names an author uses."""

    form: Form
    filling: Filling

    def find(self, row: int, name: str) -> Spec:
        """The group, repeat or question of that name.

        Raises:
            FormError: there is none.
        """
        bare = name.strip().removeprefix("${").removesuffix("}")
        path = self.form.specs.get(bare)
        found = (path,) if path else self.form.by_name.get(bare)
        if not found:
            raise FormError("report", row, f"the source «{name}» is no group, repeat or question")
        return found[0]

    def rows(self, path: str, within: str = "") -> list[str]:
        """The refs of the rows of a repeat; ``within`` a row of a repeat around it, of that one."""
        around = self._around(path)
        if around is None:
            parents = [""]
        elif _is_row_of(within, around):
            parents = [within]
        else:
            parents = self.rows(around)
        return [
            f"{ref}[{number}]"
            for ref in (f"{parent}{path.removeprefix(around or '')}" for parent in parents)
            for number in range(1, self.filling.rows(ref) + 1)
        ]

    def _around(self, path: str) -> str | None:
        return next((r.repeat for r in self.form.repeats if r.path == path), None)

    # -- tables

    def table(self, spec: Spec, within: str, names: Sequence[str] = ()) -> Table:
        """A row for each number in a group, or for each row of a repeat.

        ``names``: the questions and calculations of a repeat that are its columns; none: all
        that is asked.
        """
        return self._list(spec, within, names) if spec.repeats else self._figures(spec)

    def _figures(self, group: Spec) -> Table:
        rows: list[Row] = []
        sections, heading = 0, ""
        for number, (section, question, title) in enumerate(self.figures(group), 1):
            if section and section != heading:
                sections += 1
                rows.append(Row((roman(sections), section), section=True))
            heading = section
            rows.append(self._figure(number, question, title))
        return Table(_FIGURES, tuple(rows))

    def figures(self, group: Spec) -> Iterator[tuple[str, Question, str]]:
        """The numbers of a group, each with the words of the group around it and its own."""
        labels = dict(self._labels(self.form.body))
        for question in self._numbers(group, labels):
            around = question.path.removeprefix(group.path + "/").split("/")[:-1]
            section = labels.get(f"{group.path}/{around[0]}", "") if around else ""
            yield section, question, labels[question.path]

    def _numbers(self, group: Spec, labels: dict[str, str]) -> Iterator[Question]:
        """Numbers that have words to stand beside; a calculation without a label has none."""
        for path, question in self.form.fields.items():
            if path.startswith(group.path + "/") and question.type in _NUMBERS:
                title = question.columns.get("report::short") or labels.get(path, "")
                if title and question.repeat is None:
                    labels[path] = title
                    yield question

    def _figure(self, number: int, question: Question, title: str) -> Row:
        value = self.filling.value(question.path)
        written = shown(question, value, unit=False) if value else UNANSWERED
        return Row((str(number), title, question.columns.get("report::unit", ""), written, ""))

    def _list(self, repeat: Spec, within: str, names: Sequence[str]) -> Table:
        labels = dict(self._labels(self.form.body))
        shown_ones = self._columns(repeat, names)
        columns = [Column("STT", "center")]
        for question in shown_ones:
            title = question.columns.get("report::short") or labels.get(question.path, "")
            unit = question.columns.get("report::unit", "")
            columns.append(Column(f"{title} ({unit})" if unit else title, _align(question)))
        lines: list[Row] = []
        for ref in self.rows(repeat.path, within):
            cells = [self._cell(question, ref, repeat.path) for question in shown_ones]
            if any(cells):
                filled = (cell or UNANSWERED for cell in cells)
                lines.append(Row((str(len(lines) + 1), *filled)))
        table = Table(tuple(columns), tuple(lines))
        return _without_empty_columns(table) if names else table

    def _columns(self, repeat: Spec, names: Sequence[str]) -> list[Question]:
        """What stands in a table of a repeat; of ``names`` what is not in the repeat is left."""
        if names:
            inside = {q.name: q for q in self.form.fields.values() if q.repeat == repeat.path}
            return [inside[name] for name in names if name in inside]
        return [
            question
            for question in self.form.questions
            if question.repeat == repeat.path and question.type not in _NOT_SAID
        ]

    def _cell(self, question: Question, row_ref: str, repeat: str) -> str:
        ref = row_ref + question.path.removeprefix(repeat)
        value = self.filling.value(ref)
        if not value or question.type not in _CHOICES:
            return shown(question, value, unit=False) if value else ""
        return self.filling.label(ref, value)

    def _labels(self, controls: Sequence[Control]) -> Iterator[tuple[str, str]]:
        """The label of each group and question by its path; ``report::short`` comes first."""
        for control in controls:
            if control.spec is not None:
                question = control.question
                columns = question.columns if question else self.form.columns(control.spec.path)
                if label := columns.get("report::short") or plain_label(control, self.form):
                    yield control.spec.path, label
            yield from self._labels(control.kids)

    # -- photos

    def photos(self, spec: Spec, within: str) -> Iterator[Photo]:
        """The photos that may be shown, of a repeat or of one question."""
        if not spec.repeats and spec.asked:
            around = spec.parent.path if spec.parent else ""
            yield from self._allowed(around, around, spec.path)
            return
        for ref in self.rows(spec.path, within):
            yield from self._allowed(spec.path, ref)

    def photo(self, question: Question, row: str) -> Photo | None:
        """The photo of one question in a row of its repeat ("" outside), if it may be shown."""
        home = question.path.rpartition("/")[0]
        ref = row + home.removeprefix(question.repeat or "")
        return next(self._allowed(home, ref, question.path), None)

    def _allowed(self, home: str, ref: str, only: str = "") -> Iterator[Photo]:
        """The photos among the questions at ``home``, with the caption that goes with them."""
        near = [q for q in self.form.questions if q.path.rpartition("/")[0] == home]
        if not self._permitted(near, home, ref):
            return
        caption = next((q for q in near if q.type == "text"), None)
        words = self.filling.value(ref + caption.path.removeprefix(home)) if caption else ""
        for question in near:
            if question.type == "image" and only in ("", question.path):
                key = self.filling.value(ref + question.path.removeprefix(home))
                if key:
                    yield Photo(key, words)

    def _permitted(self, near: list[Question], home: str, ref: str) -> bool:
        """Whether the permission is given; where no question asks for it, the author vouches."""
        asked = False
        for question in near:
            if question.type == "select_one":
                at = ref + question.path.removeprefix(home)
                if self.filling.value(at) in PERMISSIONS:
                    return True
                asked = asked or self._asks_permission(at)
        return not asked

    def _asks_permission(self, ref: str) -> bool:
        try:
            choices = self.filling.step(ref).choices
        except KeyError:  # not asked: there is no photo either
            return False
        return not PERMISSIONS.isdisjoint(choice.name for choice in choices)


def _without_empty_columns(table: Table) -> Table:
    """Without the columns that the author asked for and nobody filled."""
    filled = [
        any(row.cells[place] != UNANSWERED for row in table.rows)
        for place in range(len(table.columns))
    ]
    return Table(
        tuple(compress(table.columns, filled)),
        tuple(Row(tuple(compress(row.cells, filled))) for row in table.rows),
    )


def _align(question: Question) -> str:
    """Numbers stand to the right; a calculation is one when the author gives it a unit."""
    if question.type == "calculate" and not question.columns.get("report::unit"):
        return "left"
    return "right" if question.type in _NUMBERS else "left"


def _is_row_of(ref: str, path: str) -> bool:
    return bool(ref) and ref.endswith("]") and _without_numbers(ref) == path


def _without_numbers(ref: str) -> str:
    return "/".join(part.partition("[")[0] for part in ref.split("/"))
