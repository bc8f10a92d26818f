"""Statements that every turn runs, compiled once.

SQLAlchemy takes ten times as long to run a statement as SQLite: it looks for listeners, makes an
execution context and a result. So on SQLite these go to the driver as SQLAlchemy has compiled
them, with the same conversion of values both ways. Over a network that is no matter: PostgreSQL
gets them the usual way, and with it SQLAlchemy's errors, by which a conflict is tried again.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Delete, Dialect, Insert, Select, Update

Statement = Select[Any] | Insert | Update | Delete
_Convert = Callable[[Any], Any] | None


class Prepared:
    """A statement that names all it needs with ``bindparam``; ``values`` are by those names."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._plans: dict[str, _Plan] = {}  # by driver: that of reading is not that of writing

    def rows(self, connection: Connection, values: dict[str, Any]) -> Sequence[Sequence[Any]]:
        """Run it and return what it selects or returns."""
        if connection.dialect.name != "sqlite":
            return connection.execute(self._statement, values).all()
        plan = self._plan(connection.dialect)
        cursor = connection.connection.cursor()
        cursor.execute(plan.sql, plan.bound(values))
        found = cursor.fetchall()
        cursor.close()
        return [plan.read(row) for row in found]

    def first(self, connection: Connection, values: dict[str, Any]) -> Sequence[Any] | None:
        """Run it and return the first row; None when there is none."""
        found = self.rows(connection, values)
        return found[0] if found else None

    def run(self, connection: Connection, values: dict[str, Any]) -> int:
        """Run it and return how many rows it has changed."""
        if connection.dialect.name != "sqlite":
            return connection.execute(self._statement, values).rowcount
        plan = self._plan(connection.dialect)
        cursor = connection.connection.cursor()
        cursor.execute(plan.sql, plan.bound(values))
        changed: int = cursor.rowcount
        cursor.close()
        return changed

    def run_all(self, connection: Connection, values: list[dict[str, Any]]) -> None:
        """Run it for each of ``values``."""
        if connection.dialect.name != "sqlite":
            connection.execute(self._statement, values)
            return
        plan = self._plan(connection.dialect)
        cursor = connection.connection.cursor()
        cursor.executemany(plan.sql, [plan.bound(one) for one in values])
        cursor.close()

    def _plan(self, dialect: Dialect) -> "_Plan":
        plan = self._plans.get(dialect.driver)
        if plan is None:
            plan = self._plans[dialect.driver] = _Plan(self._statement, dialect)
        return plan


class _Plan:
    """A statement as one driver takes it."""

    def __init__(self, statement: Statement, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self.sql = str(compiled)
        fixed, binds = compiled.params, compiled.binds
        self._parameters: list[tuple[str, Any, _Convert]] = [
            (name, fixed[name], binds[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in compiled.positiontup or ()
        ]
        columns = getattr(statement, "exported_columns", ())
        self._converts: list[tuple[int, Callable[[Any], Any]]] = []
        for place, column in enumerate(columns):
            convert = column.type.dialect_impl(dialect).result_processor(dialect, None)
            if convert is not None:
                self._converts.append((place, convert))

    def bound(self, values: dict[str, Any]) -> list[Any]:
        """Return the parameters as the driver takes them, in its order."""
        return [
            convert(values.get(name, fixed)) if convert else values.get(name, fixed)
            for name, fixed, convert in self._parameters
        ]

    def read(self, row: Sequence[Any]) -> Sequence[Any]:
        """Return a row as SQLAlchemy would."""
        found = list(row)
        for place, convert in self._converts:
            found[place] = convert(found[place])
        return found
