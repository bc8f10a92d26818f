"""Statements that say what to do when the row is there already; each database has its own."""

from importlib import import_module
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite


def upsert(connection: Connection, table: Table) -> "postgresql.Insert | sqlite.Insert":
    """Return an INSERT that takes ON CONFLICT; the other database's is never loaded."""
    dialect = import_module(f"sqlalchemy.dialects.{connection.dialect.name}")
    statement: postgresql.Insert | sqlite.Insert = dialect.insert(table)
    return statement
