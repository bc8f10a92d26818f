"""The migrations give exactly the tables of storage/tables.py, on both databases."""

import asyncio
import sys

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from storage.database import Database
from storage.migrations import upgrade
from storage.tables import metadata


async def test_migrations_and_tables_agree(database: Database):
    def differences(store):
        return compare_metadata(MigrationContext.configure(store.connection), metadata)

    assert await database.read(differences) == []


async def test_migrating_again_changes_nothing(database: Database, database_url: str):
    await database.write(lambda store: store.keepsakes.put("a", "x"))
    await asyncio.to_thread(upgrade, database_url)
    assert await database.read(lambda store: store.keepsakes.get("a")) == "x"


async def test_two_processes_may_start_at_once(postgresql):
    url = await postgresql.fresh()
    code = "import sys; from storage.migrations import upgrade; upgrade(sys.argv[1])"
    starts = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", code, url) for _ in range(2)
    ]
    assert [await start.wait() for start in starts] == [0, 0]
