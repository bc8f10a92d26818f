"""Lists of schools that were read in: what they change, and how it was before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, exists, insert, or_, select, update

from storage.people import Unit
from storage.tables import (
    memberships,
    reports,
    roster_imports,
    submissions,
    unit_history,
    units,
)


@dataclass(frozen=True, slots=True)
class RosterImport:
    """A list that was read in; without ``applied_at`` it waits for a yes."""

    id: int
    office_id: int
    file_name: str
    changes: dict[str, Any]
    by: int | None
    at: datetime
    applied_at: datetime | None
    undone_at: datetime | None


_IMPORT = (
    roster_imports.c.id,
    roster_imports.c.office_id,
    roster_imports.c.file_name,
    roster_imports.c.changes,
    roster_imports.c.by,
    roster_imports.c.at,
    roster_imports.c.applied_at,
    roster_imports.c.undone_at,
)


class Rosters:
    """Imports of lists of schools, and what they do to units."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # lists

    def forget_lists(self, before: datetime) -> None:
        """Forget old lists: they hold names and telephone numbers."""
        self._connection.execute(delete(roster_imports).where(roster_imports.c.at < before))

    def keep(
        self,
        office_id: int,
        file_name: str,
        changes: Mapping[str, Any],
        person_id: int | None,
        now: datetime,
    ) -> int:
        """Keep a list that waits for a yes; returns its id."""
        return self._new(
            roster_imports,
            office_id=office_id,
            file_name=file_name[-200:],
            changes=dict(changes),
            by=person_id,
            at=now,
        )

    def roster_import(self, import_id: int) -> RosterImport | None:
        """Return the import ``import_id``."""
        return self._one(select(*_IMPORT).where(roster_imports.c.id == import_id))

    def newest_applied(self, office_id: int) -> RosterImport | None:
        """Return the newest import of an office that was applied and not undone."""
        query = (
            select(*_IMPORT)
            .where(
                roster_imports.c.office_id == office_id,
                roster_imports.c.applied_at.is_not(None),
                roster_imports.c.undone_at.is_(None),
            )
            .order_by(roster_imports.c.applied_at.desc(), roster_imports.c.id.desc())
            .limit(1)
        )
        return self._one(query)

    def change(self, import_id: int, **values: Any) -> None:
        """Write down what was done with an import: changes, applied_at, undone_at."""
        self._connection.execute(
            update(roster_imports).where(roster_imports.c.id == import_id).values(**values)
        )

    def lock(self, office_id: int) -> None:
        """Let nobody else read a list in for this office until the end of this work."""
        row = select(units.c.id).where(units.c.id == office_id).with_for_update()
        self._connection.execute(row)

    # units

    def change_unit(self, unit_id: int, values: Mapping[str, Any]) -> None:
        """Change what a unit is: name, level, cluster, code, contact."""
        self._connection.execute(update(units).where(units.c.id == unit_id).values(**values))

    def remember(self, unit: Unit, now: datetime) -> int:
        """Keep what a unit was until ``now``; returns the id of the row."""
        return self._new(
            unit_history,
            unit_id=unit.id,
            name=unit.name,
            level=unit.level,
            parent_id=unit.parent_id,
            valid_to=now,
        )

    def forget(self, history_id: int) -> None:
        """Take back what ``remember`` kept: it never was otherwise."""
        self._connection.execute(delete(unit_history).where(unit_history.c.id == history_id))

    def remove_unused(self, unit_id: int) -> bool:
        """Remove a unit for which nobody ever acted and nothing was begun; False when it is used.

        Reports that are only expected of it, and invitations, go with it.
        """
        begun = or_(
            reports.c.status != "expected",
            reports.c.changed_at.is_not(None),
            reports.c.due_at.is_not(None),
            reports.c.prepared_at.is_not(None),
            exists().where(submissions.c.report_id == reports.c.id),
        )
        used = or_(
            exists().where(memberships.c.unit_id == unit_id),
            exists().where(reports.c.unit_id == unit_id, begun),
        )
        gone = self._connection.execute(delete(units).where(units.c.id == unit_id, ~used))
        return bool(gone.rowcount)

    def _new(self, table: Any, **values: Any) -> int:
        key = self._connection.execute(insert(table).values(**values)).inserted_primary_key
        assert key is not None
        return int(key[0])

    def _one(self, query: Select[tuple[Any, ...]]) -> RosterImport | None:
        row = self._connection.execute(query).first()
        return RosterImport(*row) if row else None
