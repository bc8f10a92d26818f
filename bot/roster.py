"""Reading in an office's list of schools: shown first, then applied, then undone if wanted.

``read`` takes any workbook or text file; ``dry_run`` keeps it and says what it would change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.errors import NotAllowed
from bot.rights import demand
from bot.roster_plan import CONTACT, Change, Fault, New, Plan, plan
from bot.roster_sheet import Row, Sheet, read
from bot.texts import Texts
from storage.people import Unit
from storage.store import Store

__all__ = [
    "Applied",
    "Change",
    "Fault",
    "New",
    "Plan",
    "Row",
    "Sheet",
    "Undone",
    "apply",
    "dry_run",
    "plan",
    "read",
    "summary_lines",
    "undo",
]

_DEED = "import-roster"


@dataclass(frozen=True, slots=True)
class Applied:
    """How many schools a list added and changed."""

    added: int
    changed: int


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back of an import, and the schools that stay as they are meanwhile used."""

    file_name: str
    undone: int
    kept: tuple[str, ...]


# deeds


def dry_run(
    store: Store, office_id: int, person_id: int, sheet: Sheet, file_name: str, now: datetime
) -> tuple[int, Plan]:
    """Keep a list until somebody says yes; returns its id and what it would change."""
    demand(store, person_id, _DEED, office_id)
    changes = {"sheet": sheet.dump()}
    import_id = store.rosters.keep(office_id, file_name, changes, person_id, now)
    return import_id, _plan(store, office_id, sheet)


def apply(store: Store, import_id: int, person_id: int, now: datetime) -> Applied:
    """Do what a list says, compared with the schools as they are now.

    A list that was applied before is compared anew, as an import of its own.
    """
    kept = store.rosters.roster_import(import_id)
    if kept is None:
        raise NotAllowed(_DEED)
    demand(store, person_id, _DEED, kept.office_id)
    store.rosters.lock(kept.office_id)
    dumped = kept.changes["sheet"]
    wanted = _plan(store, kept.office_id, Sheet.load(dumped))
    if wanted.empty:
        return Applied(0, 0)
    if kept.applied_at is not None:
        import_id = store.rosters.keep(
            kept.office_id, kept.file_name, {"sheet": dumped}, person_id, now
        )
    added = [_add(store, kept.office_id, new, now) for new in wanted.added]
    changed = [_change(store, change, now) for change in wanted.changed]
    done = {"sheet": dumped, "added": added, "changed": changed}
    store.rosters.change(import_id, changes=done, applied_at=now)
    about = {"import": import_id, "added": len(added), "changed": len(changed)}
    store.audit.add(_DEED, now, person_id=person_id, unit_id=kept.office_id, about=about)
    return Applied(len(added), len(changed))


def undo(store: Store, office_id: int, person_id: int, now: datetime) -> Undone | None:
    """Take back the newest import of an office; None when there is none.

    What somebody has changed or begun since stays, and is named.
    """
    demand(store, person_id, _DEED, office_id)
    store.rosters.lock(office_id)
    newest = store.rosters.newest_applied(office_id)
    if newest is None:
        return None
    kept = [name for added in newest.changes["added"] if (name := _take_away(store, added))]
    kept += [name for change in newest.changes["changed"] if (name := _restore(store, change))]
    store.rosters.change(newest.id, undone_at=now)
    count = len(newest.changes["added"]) + len(newest.changes["changed"]) - len(kept)
    about = {"import": newest.id, "undone": count, "kept": len(kept)}
    store.audit.add("undo-roster", now, person_id=person_id, unit_id=office_id, about=about)
    return Undone(newest.file_name, count, tuple(kept))


def _plan(store: Store, office_id: int, sheet: Sheet) -> Plan:
    schools = [unit for unit in store.people.below(office_id) if unit.kind == "school"]
    return plan(sheet, schools, office_id)


# doing


def _add(store: Store, office_id: int, new: New, now: datetime) -> dict[str, Any]:
    unit_id = store.people.add_unit(
        new.name,
        kind="school",
        level=new.level,
        parent_id=office_id,
        cluster=new.cluster,
        code=new.code,
        contact=dict(new.contact),
        valid_from=now,
    )
    for campaign in store.campaigns.open_ones(office_id):
        store.campaigns.expect(campaign.id, unit_id)
    return {"id": unit_id, "name": new.name}


def _change(store: Store, change: Change, now: datetime) -> dict[str, Any]:
    unit = store.people.unit(change.unit_id)
    after = _values(unit)
    for field, (_, value) in change.fields.items():
        if field in CONTACT:
            after["contact"] = {**after["contact"], field: value}
        else:
            after[field] = value
    before = {field: was for field, was in _values(unit).items() if was != after[field]}
    after = {field: after[field] for field in before}
    renamed = "name" in after or "level" in after
    history = store.rosters.remember(unit, now) if renamed else None
    store.rosters.change_unit(unit.id, after)
    return {"id": unit.id, "before": before, "after": after, "history": history}


def _values(unit: Unit) -> dict[str, Any]:
    return {
        "name": unit.name,
        "level": unit.level,
        "cluster": unit.cluster,
        "code": unit.code,
        "contact": unit.contact,
    }


# undoing


def _take_away(store: Store, added: Mapping[str, Any]) -> str:
    """Remove a school that was added; returns its name when it has to stay."""
    if store.rosters.remove_unused(added["id"]):
        return ""
    return str(added["name"])


def _restore(store: Store, change: Mapping[str, Any]) -> str:
    """Make a school what it was; returns its name when somebody changed it since."""
    unit = store.people.unit(change["id"])
    now = _values(unit)
    since = [field for field, value in change["after"].items() if now[field] != value]
    back = {field: was for field, was in change["before"].items() if field not in since}
    if back:
        store.rosters.change_unit(unit.id, back)
    if change["history"] is not None and not {"name", "level"} & set(since):
        store.rosters.forget(change["history"])
    return unit.name if since else ""


# what is said in chat

_MOST_NAMES = 8
_MOST_CHANGES = 6
_MOST_WARNINGS = 15
_FIELDS = {
    "name": "roster-field-name",
    "level": "roster-field-level",
    "cluster": "roster-field-cluster",
    "code": "roster-field-code",
    "head": "roster-field-head",
    "phone": "roster-field-phone",
    "email": "roster-field-email",
}


def summary_lines(texts: Texts, plan: Plan) -> list[str]:
    """Return what a list would change, in a few lines for a chat."""
    lines = []
    if plan.added:
        names = _shortened(texts, [_short(new.name) for new in plan.added], _MOST_NAMES, ", ")
        lines.append(texts("roster-added", count=len(plan.added), names=names))
    if plan.changed:
        changes = [_change_line(texts, change) for change in plan.changed]
        changes_said = _shortened(texts, changes, _MOST_CHANGES, "; ")
        lines.append(texts("roster-changed", count=len(plan.changed), changes=changes_said))
    if plan.unchanged:
        lines.append(texts("roster-unchanged", count=len(plan.unchanged)))
    if plan.missing:
        names = _shortened(texts, [_short(name) for name in plan.missing], _MOST_NAMES, ", ")
        lines.append(texts("roster-missing", count=len(plan.missing), names=names))
    if plan.hidden:
        lines.append(texts("roster-hidden", count=plan.hidden))
    return lines + _warnings(texts, plan)


def _change_line(texts: Texts, change: Change) -> str:
    fields = (
        texts("roster-change", field=texts(_FIELDS[field]), before=before or "–", after=after)
        for field, (before, after) in change.fields.items()
    )
    return f"{_short(change.name)} ({', '.join(fields)})"


def _warnings(texts: Texts, plan: Plan) -> list[str]:
    faults = [*plan.doubtful, *plan.faults]
    several = len({fault.sheet for fault in faults}) > 1
    key = "roster-warning-sheet" if several else "roster-warning"
    lines = []
    for fault in faults[:_MOST_WARNINGS]:
        said = texts(fault.key, **fault.arguments)
        where = {"sheet": fault.sheet, "row": fault.row, "column": fault.column}
        lines.append(texts(key, text=said, **where))
    if len(faults) > _MOST_WARNINGS:
        lines.append(texts("roster-more-warnings", count=len(faults) - _MOST_WARNINGS))
    return lines


def _shortened(texts: Texts, items: Sequence[str], most: int, between: str) -> str:
    shown = between.join(items[:most])
    more = len(items) - most
    return f"{shown} {texts('roster-more', count=more)}" if more > 0 else shown


def _short(name: str) -> str:
    return name.removeprefix("Trường ")
