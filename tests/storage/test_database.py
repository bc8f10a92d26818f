"""One unit of work: all or nothing, on both databases; group commit on SQLite."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from storage.database import Database
from storage.store import Store

NOW = datetime(2023, 10, 2, 1, 0, tzinfo=UTC)


def put(name: str, value: str = "x"):
    return lambda store: store.keepsakes.put(name, value)


def get(name: str):
    return lambda store: store.keepsakes.get(name)


async def test_what_was_written_is_there(database: Database):
    await database.write(put("a", "Thủ Thừa 🌾"))

    assert await database.read(get("a")) == "Thủ Thừa 🌾"


async def test_the_first_readers_may_come_all_at_once(database: Database):
    await database.write(put("a"))

    assert set(await asyncio.gather(*(database.read(get("a")) for _ in range(10)))) == {"x"}


async def test_a_unit_of_work_that_fails_changes_nothing_and_says_why(database: Database):
    def half(store: Store) -> None:
        store.keepsakes.put("half", "x")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await database.write(half)

    assert await database.read(get("half")) is None


async def test_a_failing_unit_does_not_take_its_neighbours_down(database: Database):
    def fails(store: Store) -> None:
        store.keepsakes.put("bad", "x")
        raise ValueError

    works = [fails if number % 3 == 0 else put(f"n{number}") for number in range(60)]
    outcomes = await asyncio.gather(
        *(database.write(work) for work in works), return_exceptions=True
    )

    assert [isinstance(outcome, ValueError) for outcome in outcomes] == [
        number % 3 == 0 for number in range(60)
    ]
    for number in range(60):
        assert (await database.read(get(f"n{number}")) is None) == (number % 3 == 0)
    assert await database.read(get("bad")) is None


async def test_a_broken_rule_of_the_tables_is_raised_to_the_one_who_broke_it(database: Database):
    def twice(store: Store) -> None:
        unit = store.people.add_unit("Trường", kind="school")
        store.people.invite("SAMECODE", unit, "reporter", NOW, None)
        store.people.invite("SAMECODE", unit, "reporter", NOW, None)

    with pytest.raises(IntegrityError):
        await database.write(twice)
    await database.write(put("after"))
    assert await database.read(get("after")) == "x"


async def test_times_come_back_as_they_went_in(database: Database):
    def work(store: Store) -> None:
        unit = store.people.add_unit("Trường", kind="school")
        store.people.invite("CODE0001", unit, "reporter", NOW, NOW + timedelta(days=1))

    await database.write(work)
    invitation = await database.read(lambda store: store.people.invitation("CODE0001"))

    assert invitation is not None
    assert invitation.expires_at == NOW + timedelta(days=1)


async def test_a_time_without_a_zone_is_refused(database: Database):
    def work(store: Store) -> None:
        unit = store.people.add_unit("Trường", kind="school")
        store.people.invite("CODE0001", unit, "reporter", datetime(2023, 10, 2), None)  # noqa: DTZ001

    with pytest.raises(Exception, match="without a zone"):
        await database.write(work)


async def test_the_sqlite_file_is_safe_against_a_power_cut(sqlite_url: str):
    from storage.migrations import upgrade  # noqa: PLC0415

    await asyncio.to_thread(upgrade, sqlite_url)
    database = Database(sqlite_url)
    await database.open()

    def pragmas(store: Store) -> tuple[str, int, int]:
        ask = store.connection.exec_driver_sql
        return (
            ask("PRAGMA journal_mode").scalar_one(),
            ask("PRAGMA synchronous").scalar_one(),
            ask("PRAGMA foreign_keys").scalar_one(),
        )

    assert await database.write(pragmas) == ("wal", 2, 1)
    await database.close()


async def test_units_that_wait_together_share_a_commit(sqlite_url: str):
    async with traced(sqlite_url) as (database, seen):
        await asyncio.gather(*(database.write(put(f"k{n}")) for n in range(200)))
        assert seen.count("COMMIT") < 20


async def test_what_nobody_waits_for_shares_the_next_commit(sqlite_url: str):
    async with traced(sqlite_url) as (database, seen):
        patient = [asyncio.create_task(database.write(put(f"p{n}"), in_company=True)) for n in "ab"]
        await asyncio.sleep(0)
        await database.write(put("urgent"))
        await asyncio.gather(*patient)
        assert seen.count("COMMIT") == 1
        assert [await database.write(get(name)) for name in ("pa", "pb", "urgent")] == ["x"] * 3


async def test_what_nobody_waits_for_is_written_also_when_nobody_comes(database: Database):
    async with asyncio.timeout(5):
        await database.write(put("alone"), in_company=True)

    assert await database.read(get("alone")) == "x"


async def test_what_nobody_waits_for_is_written_before_the_end(sqlite_url: str):
    async with traced(sqlite_url) as (database, _):
        late = asyncio.create_task(database.write(put("late"), in_company=True))
        await asyncio.sleep(0)
    await late
    async with traced(sqlite_url) as (database, _):
        assert await database.write(get("late")) == "x"


@asynccontextmanager
async def traced(sqlite_url: str) -> AsyncIterator[tuple[Database, list[str]]]:
    """A database in a file, and what it is told to do."""
    from storage.migrations import upgrade  # noqa: PLC0415

    await asyncio.to_thread(upgrade, sqlite_url)
    database = Database(sqlite_url)
    await database.open()
    seen: list[str] = []

    def trace(store: Store) -> None:
        raw = store.connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.set_trace_callback(seen.append)

    await database.write(trace)
    seen.clear()
    yield database, seen
    await database.close()
