"""What must be computed again when something changes, and in which order."""

from collections.abc import Iterable, Mapping, Sequence

from bot.forms.paths import Read
from bot.forms.places import common, way_down
from bot.forms.rules import CALCULATE, COUNT, Reader, Rules, Unit
from bot.forms.tree import Spec


def connect(root: Spec, units: Sequence[Unit], rules: Mapping[Spec, Rules]) -> list[list[Unit]]:
    """Put ``units`` in order, tell each place who reads it, and return the circles found."""
    specs = list(root.within())
    for order, spec in enumerate(specs):
        spec.order = order
    readers = _readers(units)
    ordered, circles = _ordered(units, readers)
    for order, unit in enumerate(ordered):
        unit.order = order
    for spec in reversed(specs):
        own = rules[spec]
        own.readers = tuple(_reader(spec, unit, read) for unit, read in readers.get(spec, ()))
        own.read_below = bool(own.readers) or any(rules[kid].read_below for kid in spec.kids)
        if spec.repeats or spec.parent is None:
            inside = set(spec.within())
            own.units = tuple(unit for unit in ordered if _belongs(unit, spec, inside))
    return circles


def _belongs(unit: Unit, top: Spec, inside: set[Spec]) -> bool:
    return unit.host in inside and not (unit.kind == COUNT and unit.spec is top)


def _readers(units: Iterable[Unit]) -> dict[Spec, list[tuple[Unit, Read]]]:
    found: dict[Spec, list[tuple[Unit, Read]]] = {}
    for unit in units:
        for read in unit.reads:
            found.setdefault(read.spec, []).append((unit, read))
    return found


def _reader(spec: Spec, unit: Unit, read: Read) -> Reader:
    anchor = common(common(read.anchor, unit.host), spec)
    return Reader(unit, spec.depth - anchor.depth, way_down(anchor, unit.host))


def _written(unit: Unit) -> Iterable[Spec]:
    """The places that change with a unit: one answer, or a branch that comes or goes."""
    return (unit.spec,) if unit.kind == CALCULATE else unit.spec.within()


def _ordered(
    units: Sequence[Unit], readers: dict[Spec, list[tuple[Unit, Read]]]
) -> tuple[list[Unit], list[list[Unit]]]:
    """A unit after all that it reads; and the groups of units that read each other in a circle."""
    after: dict[Unit, list[Unit]] = {unit: [] for unit in units}
    strictly: dict[Unit, list[Unit]] = {unit: [] for unit in units}
    for unit in units:
        for spec in _written(unit):
            for reader, read in readers.get(spec, ()):
                after[unit].append(reader)
                if unit.kind != COUNT and reader.kind != COUNT and _same_row(unit, reader, read):
                    strictly[unit].append(reader)
        if unit.kind == COUNT:
            after[unit] += [other for other in units if _inside(other.spec, unit.spec)]
    ordered = [unit for group in _strong_groups(units, after) for unit in group]
    groups = _strong_groups(units, strictly)
    return ordered, [group for group in groups if len(group) > 1 or group[0] in strictly[group[0]]]


def _inside(spec: Spec, repeat: Spec) -> bool:
    return spec.depth > repeat.depth and common(spec, repeat) is repeat


def _same_row(unit: Unit, reader: Unit, read: Read) -> bool:
    """Whether ``reader`` reads what ``unit`` writes in its own row, not only in other rows."""
    shared = common(unit.spec, reader.host)
    rows = [spec.depth for spec in shared.chain() if spec.repeats]
    return not rows or read.anchor.depth >= rows[-1]


def _strong_groups(units: Sequence[Unit], after: dict[Unit, list[Unit]]) -> list[list[Unit]]:
    """Tarjan's strongly connected components, in topological order, without recursion."""
    search = _Search(after)
    for unit in units:
        if unit not in search.index:
            search.visit(unit)
    return search.groups[::-1]


class _Search:
    def __init__(self, after: dict[Unit, list[Unit]]) -> None:
        self._after = after
        self.index: dict[Unit, int] = {}
        self._low: dict[Unit, int] = {}
        self._stack: list[Unit] = []
        self._on_stack: set[Unit] = set()
        self.groups: list[list[Unit]] = []

    def visit(self, start: Unit) -> None:
        work = [(start, iter(self._after[start]))]
        self._enter(start)
        while work:
            unit, following = work[-1]
            for other in following:
                if other not in self.index:
                    self._enter(other)
                    work.append((other, iter(self._after[other])))
                    break
                if other in self._on_stack:
                    self._low[unit] = min(self._low[unit], self.index[other])
            else:
                work.pop()
                if work:
                    above = work[-1][0]
                    self._low[above] = min(self._low[above], self._low[unit])
                self._leave(unit)

    def _enter(self, unit: Unit) -> None:
        self.index[unit] = self._low[unit] = len(self.index)
        self._stack.append(unit)
        self._on_stack.add(unit)

    def _leave(self, unit: Unit) -> None:
        if self._low[unit] != self.index[unit]:
            return
        group: list[Unit] = []
        while True:
            other = self._stack.pop()
            self._on_stack.discard(other)
            group.append(other)
            if other is unit:
                break
        self.groups.append(group[::-1])
