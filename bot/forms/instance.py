"""The living tree of one filling: values, rows, relevance, and what follows from a change."""

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.errors import FormError
from bot.forms import coercions
from bot.forms.coercions import to_boolean, whole
from bot.forms.definition import Action
from bot.forms.places import nodes_below, way_down
from bot.forms.rules import CALCULATE, RELEVANT, Unit
from bot.forms.state import restored
from bot.forms.surroundings import Environment, Surroundings
from bot.forms.tree import ANSWERED, OPEN, Blank, Node, Rows, Spec
from bot.forms.xform import Form

MOST_ROWS: Final = 1000
"""Most rows of one repeat; a count beyond it is cut."""
MOST_ROWS_IN_ALL: Final = 10_000
"""Most rows of one filling: repeats in repeats multiply."""
MOST_EVALUATIONS: Final = 200_000
"""How often expressions may run after one change; more is a form that never comes to rest."""

FIRST_LOAD: Final = frozenset(("odk-instance-first-load", "odk-instance-load", "xforms-ready"))
"""A chat has one load: taking a filling up again is none. The third is the old name."""
NEW_REPEAT: Final = "odk-new-repeat"
VALUE_CHANGED: Final = "xforms-value-changed"


@dataclass(slots=True)
class Changes:
    """What followed from something: nodes by kind of change, each once."""

    values: dict[Node, None] = field(default_factory=dict)
    relevance: dict[Node, bool] = field(default_factory=dict)  # and what it was before
    rows: dict[Node, None] = field(default_factory=dict)  # new rows

    def count(self) -> int:
        """How much has changed so far."""
        return len(self.values) + len(self.relevance) + len(self.rows)

    def specs(self) -> set[Spec]:
        """The places in which something has changed."""
        inside = (node for row in self.rows for node in below(row))
        return {node.spec for node in (*self.values, *self.relevance, *inside)}


class Instance:
    """One tree of answers, kept true: what depends on a change is computed again."""

    def __init__(self, form: Form, env: Environment) -> None:
        self.form = form
        self.world = Surroundings(form, env)
        self.changes = Changes()
        self.shape = 0  # another number whenever rows come, go or move
        self._counted = -1  # the shape in which the rows were last counted
        self._rows_in_all = 0
        self._queue: list[tuple[int, Unit]] = []
        self._due: dict[Unit, dict[Node, None]] = {}

    @property
    def root(self) -> Node:
        """The outermost node."""
        return self.world.root

    # Beginning

    def begin(self, preset: Mapping[str, str]) -> None:
        """Fill in what the form begins with."""
        blank = self.form.root.blank
        assert blank
        self.world.root = self._grown(blank, None, 0)
        self.shape += 1
        for node in below(self.root):
            self._preload(node)
        for name, value in preset.items():
            self._preset(name, value)
        self._recompute(self.form.rules[self.form.root].units, self.root)
        for action in self.form.actions:
            if not FIRST_LOAD.isdisjoint(action.events):
                self._act_first(action)
        self.settle()
        self.changes = Changes()

    def _preset(self, name: str, value: str) -> None:
        for spec in self.form.by_name.get(name, ()):
            for node in self.world.all_of(spec):
                node.value = value
                node.status = ANSWERED if value else OPEN

    def _act_first(self, action: Action) -> None:
        for node in self.world.all_of(action.target):
            if node.status != ANSWERED:  # what was preset stays
                self._act(action, node)

    def _grown(self, blank: Blank, parent: Node | None, row: int) -> Node:
        node = Node(blank.spec, parent, row)
        node.value = blank.value
        if blank.kids:
            node.kids = [
                self._grown_rows(kid, node) if isinstance(kid, list) else self._grown(kid, node, 0)
                for kid in blank.kids
            ]
        return node

    def _grown_rows(self, blanks: list[Blank], parent: Node) -> Rows:
        rows = Rows()
        rows.extend(self._grown(blank, parent, row) for row, blank in enumerate(blanks, 1))
        return rows

    def _preload(self, node: Node) -> None:
        kind, parameters = node.spec.preload
        if kind:
            node.value = self.world.preloaded(kind, parameters)

    def _phantom(self, spec: Spec, parent: Node) -> Node:
        """A row that does not exist yet, for what is asked about it."""
        rows = parent.kids[spec.slot]
        assert spec.blank
        assert isinstance(rows, Rows)
        row = self._grown(spec.blank, parent, len(rows) + 1)
        if not parent.live:
            silence(row)
        return row

    # Following a change

    def set(self, node: Node, value: str) -> None:
        """Give ``node`` a value and note who must be computed again. ``settle`` does it."""
        if node.value == value:
            return
        node.value = value
        self.changes.values[node] = None
        self._touch(node)

    def settle(self) -> None:
        """Compute everything that is due, in order, until nothing changes any more."""
        left = MOST_EVALUATIONS
        while self._queue:
            _, unit = heapq.heappop(self._queue)
            for node in self._due.pop(unit, {}):
                left -= 1
                if not left:
                    raise FormError("survey", 0, f"{unit.source}: this never comes to rest")
                self._compute(unit, node)

    def _touch(self, node: Node) -> None:
        for reader in self.form.rules[node.spec].readers:
            top: Node | None = node
            for _ in range(reader.climb):
                top = top.parent if top else None
            if top is not None:
                self._demand(reader.unit, nodes_below(top, reader.way))

    def _demand(self, unit: Unit, nodes: Iterable[Node]) -> None:
        due = self._due.get(unit)
        if due is None:
            due = self._due[unit] = {}
            heapq.heappush(self._queue, (unit.order, unit))
        for node in nodes:
            due[node] = None

    def _compute(self, unit: Unit, node: Node) -> None:
        if unit.kind == CALCULATE:
            value = unit.run(self.world.context(node))
            self.set(node, coercions.storable(value, node.spec.type, self.world.zone))
        elif unit.kind == RELEVANT:
            relevant = to_boolean(unit.run(self.world.context(node)))
            if relevant != node.relevant:
                node.relevant = relevant
                self._spread(node, node.parent is None or node.parent.live)
        else:
            self._count(unit, node)

    def _spread(self, node: Node, live_above: bool) -> None:
        """Relevance has changed here: so it has for everything below."""
        live = live_above and node.relevant
        if live == node.live:
            return
        node.live = live
        self.changes.relevance.setdefault(node, not live)
        if self.form.rules[node.spec].read_below:
            self._touch(node)
        for kid in node.kids:
            if isinstance(kid, list):
                for row in kid:
                    self._spread(row, live)
            else:
                self._spread(kid, live)

    def _recompute(self, units: Iterable[Unit], top: Node) -> None:
        """Everything within ``top``, as when it is new."""
        for unit in units:
            self._demand(unit, nodes_below(top, way_down(top.spec, unit.host)))
        self.settle()

    # Rows

    def _count(self, unit: Unit, parent: Node) -> None:
        number = unit.run(self.world.context(self._phantom(unit.spec, parent)))
        wanted = max(0, min(whole(number), MOST_ROWS))
        rows = parent.kids[unit.spec.slot]
        assert isinstance(rows, Rows)
        self.shrink(rows, wanted)
        while len(rows) < wanted and not self.is_full():
            self.grow(parent, unit.spec)

    def shrink(self, rows: Rows, wanted: int) -> None:
        """Set the rows beyond ``wanted`` aside; what is due then is left to ``settle``."""
        while len(rows) > wanted:
            row = rows.pop()
            rows.spare.append(row)
            self.shape += 1
            self._touch_within(row)

    def is_full(self) -> bool:
        """Whether there are as many rows in all as there may be."""
        if self._counted != self.shape:
            self._counted = self.shape
            self._rows_in_all = sum(1 for node in below(self.root) if node.row)
        return self._rows_in_all >= MOST_ROWS_IN_ALL

    def may_grow(self, parent: Node, repeat: Spec) -> bool:
        """Whether one may ask for another row: the repeat is relevant."""
        relevant = self.form.rules[repeat].relevant
        rows = parent.kids[repeat.slot]
        assert isinstance(rows, Rows)
        if not parent.live or relevant is None:
            return parent.live
        if rows:
            return rows[-1].relevant
        return self.world.test(relevant, self._phantom(repeat, parent), True)

    def grow(self, parent: Node, repeat: Spec) -> Node:
        """A new last row; what is due then is left to ``settle``."""
        rows = parent.kids[repeat.slot]
        assert isinstance(rows, Rows)
        counted = self._counted == self.shape
        self.shape += 1
        if rows.spare:
            row = rows.spare.pop()
            row.row = len(rows) + 1
            rows.append(row)
            self._spread(row, parent.live)
        else:
            assert repeat.blank
            row = self._grown(repeat.blank, parent, len(rows) + 1)
            rows.append(row)
            self._spread(row, parent.live)
            for node in below(row):
                self._preload(node)
            self._on_new_row(row)
        if counted:
            self._counted = self.shape
            self._rows_in_all += sum(1 for node in below(row) if node.row)
        self.changes.rows[row] = None
        for unit in self.form.rules[repeat].units:
            self._demand(unit, nodes_below(row, way_down(repeat, unit.host)))
        self._touch_within(row)
        return row

    def _on_new_row(self, row: Node) -> None:
        for action in self.form.actions:
            if NEW_REPEAT in action.events and _is_within(action.target, row.spec):
                for node in nodes_below(row, way_down(row.spec, action.target)):
                    self._act(action, node)

    def drop(self, row: Node) -> None:
        """Take a row away."""
        assert row.parent
        rows = row.parent.kids[row.spec.slot]
        assert isinstance(rows, Rows)
        rows.remove(row)
        self._renumber(rows)
        self._touch_within(row)

    def move(self, row: Node, to: int) -> None:
        """Put a row at another place, counted from 1."""
        assert row.parent
        rows = row.parent.kids[row.spec.slot]
        assert isinstance(rows, Rows)
        rows.remove(row)
        rows.insert(max(1, min(to, len(rows) + 1)) - 1, row)
        self._renumber(rows)

    def _renumber(self, rows: Rows) -> None:
        self.shape += 1
        for number, row in enumerate(rows, 1):
            if row.row != number:
                row.row = number
                self._touch_within(row)

    def _touch_within(self, top: Node) -> None:
        """A branch has come, gone or moved: all that read it or what is in it."""
        for node in below(top):
            if self.form.rules[node.spec].readers:
                self._touch(node)

    # Events

    def dispatch(self, node: Node) -> None:
        """A person has changed ``node``: set what the form wants set then, and so on from there."""
        changed, seen = [node], {node}
        while changed:
            source = changed.pop(0)
            for target in self._act_on(source):
                if target not in seen:  # each once: two that trigger each other must end
                    seen.add(target)
                    changed.append(target)
        self.settle()

    def _act_on(self, source: Node) -> Iterator[Node]:
        """The nodes that the change of ``source`` has changed."""
        for action in self.form.actions:
            if VALUE_CHANGED in action.events and action.source is source.spec:
                for target in self.own(source, action.target):
                    before = target.value
                    self._act(action, target)
                    if target.value != before:
                        yield target

    def own(self, node: Node, target: Spec) -> list[Node]:
        """The nodes of ``target`` in the innermost row that ``node`` shares with it."""
        top: Node = node
        while not _is_within(target, top.spec):
            assert top.parent
            top = top.parent
        return nodes_below(top, way_down(top.spec, target))

    def _act(self, action: Action, node: Node) -> None:
        if not node.live:
            return
        value = action.value(self.world.context(node)) if action.value else ""
        self.set(node, coercions.storable(value, node.spec.type, self.world.zone))

    # Saving and coming back

    def restore(self, state: Mapping[str, Any]) -> None:
        """Set the saved values and compute relevance from them, and nothing else."""
        self.world.root = restored(self.form.root, state)
        self.shape += 1
        for unit in self.form.units:
            if unit.kind == RELEVANT:
                for node in self.world.all_of(unit.host):
                    node.relevant = to_boolean(unit.run(self.world.context(node)))
                    if not node.relevant and node.live:
                        silence(node)
        self.changes = Changes()


def below(node: Node) -> Iterable[Node]:
    """The node and everything in it, row by row."""
    yield node
    for kid in node.kids:
        if isinstance(kid, list):
            for row in kid:
                yield from below(row)
        else:
            yield from below(kid)


def silence(node: Node) -> None:
    """The node and everything in it is not relevant."""
    for deeper in below(node):
        deeper.live = False


def _is_within(spec: Spec, top: Spec) -> bool:
    at: Spec | None = spec
    while at is not None and at is not top:
        at = at.parent
    return at is top
