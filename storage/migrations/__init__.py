"""How the tables came to be: numbered revisions, run by ``upgrade``."""

import asyncio
from pathlib import Path

from sqlalchemy import Connection, inspect
from sqlalchemy.engine import URL, make_url

from storage.database import sqlite_writer

_HERE = Path(__file__).parent


def upgrade(url: str) -> None:
    """Bring the database at ``url`` to the newest tables.

    Blocking, and runs a loop of its own: call it from a thread when one is running. Safe to call
    at every start, also by several processes at once.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = sqlite_writer(parsed)
        with engine.connect() as connection:
            _run(connection)
        engine.dispose()
    else:
        asyncio.run(_on_postgresql(parsed))


async def _on_postgresql(url: URL) -> None:
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415

    engine = create_async_engine(url)
    async with engine.connect() as connection:
        await connection.run_sync(_run)
    await engine.dispose()


def _is_newest(connection: Connection) -> bool:
    """Whether the tables are the newest, found without Alembic: it takes long to import."""
    newest = max(path.name for path in (_HERE / "versions").glob("[0-9]*.py")).partition("_")[0]
    with connection.begin():
        if not inspect(connection).has_table("alembic_version"):
            return False
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars()
        return list(found) == [newest]


def _run(connection: Connection) -> None:
    if _is_newest(connection):
        return
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
