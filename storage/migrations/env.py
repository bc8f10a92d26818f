"""Alembic's entry: runs the revisions on the connection that ``upgrade`` hands over."""

from alembic import context
from sqlalchemy import text

from storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    if connection.dialect.name == "postgresql":  # two processes that start at once
        connection.execute(text("SELECT pg_advisory_xact_lock(7391)"))
    context.run_migrations()
if connection.in_transaction():
    connection.commit()
