"""The audit: every deed is kept, sealed one on another, and cannot be changed."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.database import Database

NOW = datetime(2024, 5, 6, 7, 8, 9, 123456, tzinfo=UTC)


async def test_deeds_are_kept_in_order_and_sealed(database: Database):
    def work(store):
        for number in range(3):
            store.audit.add(
                "accept", NOW, person_id=7, unit_id=1, report_id=2, about={"version": number}
            )

    await database.write(work)
    entries = await database.read(lambda store: store.audit.of_report(2))
    assert [entry.about["version"] for entry in entries] == [0, 1, 2]
    assert entries[0].at == NOW
    assert await database.read(lambda store: store.audit.broken_at()) is None


@pytest.mark.parametrize("change", ["UPDATE audit SET deed = 'x'", "DELETE FROM audit"])
async def test_nobody_changes_what_was_written(database: Database, change: str):
    await database.write(lambda store: store.audit.add("accept", NOW, unit_id=1))
    with pytest.raises(DBAPIError, match="append-only"):
        await database.write(lambda store: store.connection.execute(text(change)))


async def test_what_somebody_changed_behind_our_back_is_found(database: Database):
    def work(store):
        for deed in ("open-campaign", "accept", "extend"):
            store.audit.add(deed, NOW, unit_id=1)

    await database.write(work)

    def tamper(store):
        sqlite = store.connection.dialect.name == "sqlite"
        drop = "DROP TRIGGER audit_no_update" if sqlite else "DROP TRIGGER audit_no_change ON audit"
        store.connection.execute(text(drop))
        store.connection.execute(text("UPDATE audit SET deed = 'return' WHERE id = 2"))

    await database.write(tamper)
    assert await database.read(lambda store: store.audit.broken_at()) == 2
