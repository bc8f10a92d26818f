"""What a list of schools would change: rows against the schools that are known."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.forms.vietnamese_input import fold
from bot.roster_cells import READERS, broken
from bot.roster_sheet import Row, Sheet, level_said
from bot.unit_names import LEVELS, core_of, has_accents, level_of, likeness, normal, same_accents
from storage.people import Unit

CONTACT = ("head", "phone", "email")
_LONGEST = {"name": 200, "cluster": 100, "code": 50, "head": 200}
_ALIKE = 0.88


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row; the text says what to do. ``row`` and ``column`` say where."""

    sheet: str
    row: int
    column: str  # its letters
    key: str
    arguments: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class New:
    """A school that is not known yet."""

    name: str
    level: str
    cluster: str
    code: str
    contact: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """What is different of a school that is known: field -> (before, after)."""

    unit_id: int
    name: str
    fields: Mapping[str, tuple[str, str]]


@dataclass(slots=True)
class Plan:
    """What a list would change."""

    added: list[New] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)  # names
    missing: list[str] = field(default_factory=list)  # known, not in the list; nothing is done
    doubtful: list[Fault] = field(default_factory=list)  # rows of which nothing is taken
    faults: list[Fault] = field(default_factory=list)  # cells that are not taken
    hidden: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return not self.added and not self.changed


class _Doubt(Exception):
    def __init__(self, column: str, key: str, **arguments: object) -> None:
        super().__init__(key)
        self.column = column  # a field
        self.key = key
        self.arguments = arguments


def plan(sheet: Sheet, existing: Sequence[Unit], office_id: int | None = None) -> Plan:
    """Compare a list with the schools that are known.

    Only schools directly under ``office_id`` are missed when the list lacks them.
    """
    planner = _Planner(sheet, existing)
    planner.report_missing(office_id)
    return planner.plan


@dataclass(slots=True)
class _School:
    """A row that was understood."""

    row: Row
    name: str
    level: str
    values: dict[str, str]


class _Planner:
    def __init__(self, sheet: Sheet, existing: Sequence[Unit]) -> None:
        self.plan = Plan(hidden=sheet.hidden)
        self._units = existing
        self._by_name: dict[str, list[Unit]] = defaultdict(list)
        self._by_core: dict[str, list[Unit]] = defaultdict(list)
        self._by_code = {_code(unit.code): unit for unit in existing if unit.code}
        self._by_end: dict[str, list[Unit]] = defaultdict(list)
        self._compared = {unit.id: normal(unit.name) for unit in existing}
        for unit in existing:
            for part in _ends(core_of(unit.name)):
                self._by_end[part].append(unit)
            self._by_name[_full(unit.name, unit.level)].append(unit)
            self._by_core[core_of(unit.name)].append(unit)
        self._taken: dict[int, Row] = {}
        self._new: dict[str, list[_School]] = defaultdict(list)
        self._suspects: set[int] = set()  # units that a doubtful row may mean
        for row in sheet.rows:
            self._guarded(row, self._place)
        for schools in self._new.values():
            for school in schools:
                self._guarded(school.row, lambda _, school=school: self._add(school))
        for faults in (self.plan.doubtful, self.plan.faults):
            faults.sort(key=lambda fault: (fault.sheet, fault.row))

    def _guarded(self, row: Row, deed: Any) -> None:
        try:
            deed(row)
        except _Doubt as doubt:
            self.plan.doubtful.append(_fault(row, doubt.column, doubt.key, **doubt.arguments))

    # one row

    def _place(self, row: Row) -> None:
        unit = self._known(row)
        level = _level(row) if unit is None else level_of(row.name) or unit.level
        if unit is None:
            school = _School(row, _name(row, level), level, self._values(row))
            self._keep_new(school)
            return
        if unit.valid_to is not None:
            raise _Doubt("name", "roster-row-closed", name=unit.name)
        if unit.id in self._taken:
            raise _Doubt(
                "name", "roster-row-twice", name=row.name, other=str(self._taken[unit.id].row)
            )
        self._taken[unit.id] = row
        self._compare(row, unit)

    def _keep_new(self, school: _School) -> None:
        same = self._new[normal(school.name)]
        for other in same:
            if same_accents(school.name, other.name):
                raise _Doubt(
                    "name", "roster-row-twice", name=school.row.name, other=str(other.row.row)
                )
        same.append(school)

    def _known(self, row: Row) -> Unit | None:
        """Return the school that a row means: by its code, else by its name."""
        unit = self._by_code.get(_code(row.code)) if row.code else None
        if unit is not None:
            if core_of(unit.name) != core_of(row.name) and self._is_named(row, besides=unit):
                self._suspects.add(unit.id)
                raise _Doubt("code", "roster-row-other-code", name=row.name, other=unit.name)
            return unit
        level = level_of(row.name) or level_said(row.level) or row.section
        units = self._by_name[_full(row.name, level)] if level else self._by_core[core_of(row.name)]
        if row.code:
            units = [u for u in units if not u.code or _code(u.code) == _code(row.code)] or units
        return self._one(row, units)

    def _is_named(self, row: Row, besides: Unit) -> bool:
        named = self._by_name[_full(row.name, level_of(row.name) or row.section)]
        return any(unit.id != besides.id for unit in named)

    def _one(self, row: Row, units: list[Unit]) -> Unit | None:
        if not units:
            return None
        fitting = [unit for unit in units if same_accents(row.name, unit.name)]
        if len(fitting) > 1:
            alike = [u for u in fitting if has_accents(u.name) == has_accents(row.name)]
            fitting = alike if len(alike) == 1 else fitting
        if len(fitting) > 1 and row.cluster:
            near = [unit for unit in fitting if fold(unit.cluster) == fold(row.cluster)]
            fitting = near if len(near) == 1 else fitting
        if len(fitting) == 1:
            return fitting[0]
        self._suspects.update(unit.id for unit in units)
        key = "roster-row-several" if fitting else "roster-row-accents"
        raise _Doubt("name", key, name=row.name, others=_listed(fitting or units))

    def _add(self, school: _School) -> None:
        """Add a school, unless it is one that the list lacks, written a little differently."""
        compared = normal(school.name)
        for unit in self._near(core_of(school.name)):
            if unit.id in self._taken or unit.valid_to is not None:
                continue
            if level_of(unit.name) in ("", school.level) and (
                likeness(compared, self._compared[unit.id], _ALIKE) >= _ALIKE
            ):
                self._suspects.add(unit.id)
                raise _Doubt("name", "roster-row-alike", name=school.row.name, other=unit.name)
        values = school.values
        contact = {key: values[key] for key in CONTACT if values[key]}
        self.plan.added.append(
            New(school.name, school.level, values["cluster"], values["code"], contact)
        )

    def _near(self, core: str) -> list[Unit]:
        """Return the schools whose names begin or end in the same way."""
        found = [unit for part in _ends(core) for unit in self._by_end[part]]
        return list({unit.id: unit for unit in found}.values())

    def _compare(self, row: Row, unit: Unit) -> None:
        values = self._values(row)
        values["name"] = _new_name(row, unit)
        said = level_of(row.name) or level_said(row.level)
        values["level"] = said if level_of(values["name"]) in ("", said) else unit.level
        before = {field: getattr(unit, field) for field in ("name", "level", "cluster", "code")}
        before.update({field: str(unit.contact.get(field, "")) for field in CONTACT})
        changes = {
            field: (was, values[field])
            for field, was in before.items()
            if values[field] and values[field] != was
        }
        if changes:
            self.plan.changed.append(Change(unit.id, unit.name, changes))
        else:
            self.plan.unchanged.append(unit.name)

    def report_missing(self, office_id: int | None) -> None:
        """Say which known schools the list lacks."""
        self.plan.missing = [
            unit.name
            for unit in self._units
            if unit.id not in self._taken
            and unit.id not in self._suspects
            and unit.valid_to is None
            and office_id in (None, unit.parent_id)
        ]

    # cells

    def _values(self, row: Row) -> dict[str, str]:
        """Return what a row says besides name and level; a cell that cannot be is a fault."""
        values = {}
        for name, reader in READERS.items():
            cell = getattr(row, name)
            value, key = reader(cell)
            if key or len(value) > _LONGEST.get(name, 100):
                fault = _fault(row, name, key or "roster-cell-too-long", value=cell[:60])
                self.plan.faults.append(fault)
                value = ""
            values[name] = value
        return values


def _fault(row: Row, field: str, key: str, **arguments: object) -> Fault:
    column = row.columns.get(field) or row.columns["name"]
    where = {"row": str(row.row), "column": column}
    return Fault(row.sheet, row.row, column, key, {**arguments, **where})


# names and levels


def _full(name: str, level: str) -> str:
    """Return a name as it compares, with the level that is known when it says none itself."""
    if level_of(name) or not level:
        return normal(name)
    return normal(f"{level} {re.sub('^(truong|tr) ', '', fold(name))}")


def _ends(core: str) -> set[str]:
    """Return the beginning and the end of a name: one who errs in it errs in one of them."""
    together = core.replace(" ", "")
    return {f"{together[:3]}-", f"-{together[-3:]}"} if together else set()


def _level(row: Row) -> str:
    """Return the level of a new school."""
    if broken(row.name):
        raise _Doubt("name", "roster-row-formula", name=row.name)
    if len(row.name) > _LONGEST["name"] - 20:
        raise _Doubt("name", "roster-row-long", name=row.name[:60])
    of_name, said = level_of(row.name), level_said(row.level)
    if of_name and said and not set(of_name.split("&")) & set(said.split("&")):
        raise _Doubt("level", "roster-row-two-levels", name=row.name, one=of_name, other=said)
    level = of_name or said or row.section
    if not level:
        raise _Doubt("name", "roster-row-no-level", name=row.name)
    if not core_of(row.name):
        raise _Doubt("name", "roster-row-no-name", name=row.name)
    return level


_SCHOOL = re.compile(r"^(trường|truong|tr\.?)\s+", re.IGNORECASE)


def _name(row: Row, level: str) -> str:
    """Return a new school's name in the way all are kept: "Trường TH Bình An"."""
    name = _calm(row.name)
    stem = _SCHOOL.sub("", name) if core_of(row.name) else name
    if not level_of(row.name):
        stem = f"{level} {stem}"
    return f"Trường {stem[:1].upper()}{stem[1:]}"


def _calm(name: str) -> str:
    """Return a name that is all capitals, or has none, as names are written."""
    letters = [c for c in name if c.isalpha()]
    if not (all(c.isupper() for c in letters) or all(c.islower() for c in letters)):
        return name
    words = [_calm_word(word) for word in name.split()]
    text = " ".join(words)
    for long in ("Mầm Non", "Mẫu Giáo", "Tiểu Học", "Trung Học", "Cơ Sở", "Phổ Thông", "Thị Trấn"):
        text = text.replace(long, long.capitalize())
    return text.replace("Trung học Cơ sở", "Trung học cơ sở").replace(" Và ", " và ")


def _calm_word(word: str) -> str:
    pieces = re.split(r"(\W)", word)
    kept = (*LEVELS, "PTDTBT", "PTDTNT", "II", "III", "IV")
    return "".join(p.upper() if p.upper() in kept else p.capitalize() for p in pieces)


def _new_name(row: Row, unit: Unit) -> str:
    """Return the name a known school has now: another only when the list says another."""
    if broken(row.name):
        return unit.name
    same = _full(row.name, unit.level) == _full(unit.name, unit.level)
    better = has_accents(_bare(row.name)) and not has_accents(_bare(unit.name))
    if same and not better and same_accents(_bare(row.name), _bare(unit.name)):
        return unit.name
    if same and not has_accents(_bare(row.name)):
        return unit.name
    return _name(row, level_of(row.name) or unit.level)


def _bare(name: str) -> str:
    return _SCHOOL.sub("", name)


def _listed(units: Sequence[Unit]) -> str:
    return ", ".join(unit.name for unit in units[:4])


def _code(code: str) -> str:
    return unicodedata.normalize("NFC", code).casefold().replace(" ", "").lstrip("0")
