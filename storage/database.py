"""One unit of work at a time is a function of a Store; leaving it by an exception changes nothing.

The same functions run on both databases. On PostgreSQL each is a transaction of its own. On
SQLite one thread owns the one writing connection, takes all units of work that are waiting, runs
each in a savepoint and commits once for all of them (group commit): a thousand people then share
one fsync instead of queueing for a thousand.
"""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import orjson
import structlog
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from storage.store import Store
from storage.tables import complete_for_postgresql

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

Result = TypeVar("Result")
Work = Callable[[Store], Result]

log = structlog.get_logger()

_BATCH = 256  # units of work that share a commit, at most
_COMPANY_SECONDS = 0.02  # that work which nobody waits for stays back for others to commit with
_TRIES = 5  # for a transaction that another one stood in the way of
_CONFLICTS = {"40001", "40P01"}  # PostgreSQL: serialization failure, deadlock


def _to_json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _sqlite_file(url: URL) -> str:
    path = url.database
    if not path or path == ":memory:":
        raise ValueError("SQLite needs a file")
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    return path


def _on_sqlite_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "secure_delete=ON",  # what a person deletes is gone from the file as well
        "wal_autocheckpoint=4000",  # pages, 16 MB; the commit that does it takes 15 ms
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def sqlite_writer(url: URL) -> Engine:
    """Return an engine whose transactions on a SQLite file are there to write."""
    engine = _sqlite_engine(url)
    event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _sqlite_engine(url: URL) -> Engine:
    """Return an engine that leaves BEGIN to its user.

    An engine with a listener for "begin" looks for listeners at every statement as well.
    """
    engine = create_engine(
        URL.create("sqlite", database=_sqlite_file(url)),
        hide_parameters=True,  # errors are logged, and no log holds what people say
        json_serializer=_to_json,
        json_deserializer=orjson.loads,
    )
    event.listen(engine, "connect", _on_sqlite_connect)
    return engine


class _Writer(threading.Thread):
    """The one thread that writes to a SQLite file."""

    def __init__(self, url: URL, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(name="sqlite-writer", daemon=True)
        self._engine = _sqlite_engine(url)
        self._loop = loop
        self._waiting: queue.SimpleQueue[tuple[Work[Any], asyncio.Future[Any]] | None] = (
            queue.SimpleQueue()
        )
        self._staying_back: list[tuple[Work[Any], asyncio.Future[Any]]] = []
        self._timer: asyncio.TimerHandle | None = None

    def submit(self, work: Work[Result], *, in_company: bool) -> "asyncio.Future[Result]":
        future: asyncio.Future[Result] = self._loop.create_future()
        self._staying_back.append((work, future))
        if not in_company:
            self._let_go()
        elif len(self._staying_back) == 1:
            self._timer = self._loop.call_later(_COMPANY_SECONDS, self._let_go)
        return future

    def stop(self) -> None:
        self._let_go()
        self._waiting.put(None)

    def _let_go(self) -> None:
        for unit in self._staying_back:
            self._waiting.put(unit)
        self._staying_back.clear()
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def run(self) -> None:
        with self._engine.connect() as connection:
            while (batch := self._next_batch()) is not None:
                if batch:
                    outcomes = self._run_batch(connection, [work for work, _ in batch])
                    futures = [future for _, future in batch]
                    self._loop.call_soon_threadsafe(_settle, futures, outcomes)
        self._engine.dispose()

    def _next_batch(self) -> list[tuple[Work[Any], asyncio.Future[Any]]] | None:
        first = self._waiting.get()
        if first is None:
            return None
        batch = [first]
        while len(batch) < _BATCH:
            try:
                unit = self._waiting.get_nowait()
            except queue.Empty:
                break
            if unit is None:
                self._waiting.put(None)  # finish these first, then stop
                break
            batch.append(unit)
        return batch

    def _run_batch(self, connection: Connection, works: list[Work[Any]]) -> list[Any]:
        for attempt in range(_TRIES):
            try:
                with connection.begin():
                    store = Store(connection)
                    driver: Any = connection.connection.driver_connection
                    driver.execute("BEGIN IMMEDIATE")
                    return [_in_savepoint(driver, store, work) for work in works]
            except (OperationalError, sqlite3.OperationalError, OSError) as error:
                # locked by another process, disk full
                log.warning("commit_failed", attempt=attempt, error=type(error).__name__)
                failure: BaseException = error
        return [_Failure(failure) for _ in works]


class _Failure:
    def __init__(self, error: BaseException) -> None:
        self.error = error


def _in_savepoint(driver: Any, store: Store, work: Work[Any]) -> Any:
    """Run one unit of work. Its savepoint goes past SQLAlchemy, which takes ten times as long."""
    driver.execute("SAVEPOINT unit")
    try:
        result = work(store)
    except Exception as error:
        driver.execute("ROLLBACK TO unit")
        result = _Failure(error)
    driver.execute("RELEASE unit")
    return result


def _settle(futures: list[asyncio.Future[Any]], outcomes: list[Any]) -> None:
    for future, outcome in zip(futures, outcomes, strict=True):
        if future.cancelled():
            continue
        if isinstance(outcome, _Failure):
            future.set_exception(outcome.error)
        else:
            future.set_result(outcome)


class Database:
    """Where everything is remembered: a SQLite file or a PostgreSQL database."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if not self.is_sqlite:
            complete_for_postgresql()
        self._engine: AsyncEngine | None = None
        self._writer: _Writer | None = None  # SQLite's; its readers go beside it by the engine
        self._is_open = False

    async def open(self) -> None:
        """Connect. Expects the tables to be there (storage.migrations)."""
        if self.is_sqlite:
            _sqlite_file(self.url)
            self._writer = _Writer(self.url, asyncio.get_running_loop())
            self._writer.start()
        self._is_open = True

    async def close(self) -> None:
        """Finish what is being written, then let go."""
        self._is_open = False
        if self._writer:
            self._writer.stop()
            await asyncio.to_thread(self._writer.join)
            self._writer = None
        if self._engine:
            await self._engine.dispose()
            self._engine = None

    async def write(self, work: Work[Result], *, in_company: bool = False) -> Result:
        """Run ``work`` in a transaction and return its result once that is on disk.

        ``work`` may run more than once (a conflict, a lost connection), so it touches nothing but
        its store. On SQLite it runs in the writer's thread. What it raises is raised here.
        ``in_company``: nobody waits for it, so it comes with the next that somebody waits for,
        or a moment later, and needs no commit of its own.
        """
        if self._writer:
            return await self._writer.submit(work, in_company=in_company)
        for attempt in range(_TRIES):
            try:
                return await self._transaction(work)
            except DBAPIError as error:
                if attempt == _TRIES - 1 or not _worth_a_retry(error):
                    raise
                await asyncio.sleep(0.01 * 2**attempt)
        raise AssertionError("unreachable")

    async def read(self, work: Work[Result]) -> Result:
        """Run ``work``, which changes nothing, beside the writer."""
        engine = await self._connected()
        async with engine.connect() as connection:
            return await connection.run_sync(lambda sync: work(Store(sync)))

    async def glance(self, work: Work[Result]) -> Result:
        """Run ``work``, which changes nothing and is short: what a knock looks at.

        On SQLite by the writer, which is there already: nobody else may need a reader.
        """
        return await (self.write(work) if self._writer else self.read(work))

    async def _transaction(self, work: Work[Result]) -> Result:
        engine = await self._connected()
        async with engine.begin() as connection:
            return await connection.run_sync(lambda sync: work(Store(sync)))

    async def _connected(self) -> "AsyncEngine":
        """Return the engine, made for the first who needs it.

        SQLAlchemy's asyncio brings its ORM along, 12 MB and a tenth of the time that a start
        takes; on SQLite a bot without web chat may never need it.
        """
        assert self._is_open, "not open"
        if self._engine is None:
            found = await asyncio.to_thread(import_module, "sqlalchemy.ext.asyncio")
            if self._engine is None:  # nobody was quicker
                self._engine = self._make_engine(found.create_async_engine)
        return self._engine

    def _make_engine(self, create: Callable[..., "AsyncEngine"]) -> "AsyncEngine":
        engine = create(
            self.url,
            hide_parameters=True,
            json_serializer=_to_json,
            json_deserializer=orjson.loads,
            **({} if self.is_sqlite else {"pool_size": 20, "pool_pre_ping": True}),
        )
        if self.is_sqlite:
            event.listen(engine.sync_engine, "connect", _on_sqlite_connect)
        return engine


def _worth_a_retry(error: DBAPIError) -> bool:
    return error.connection_invalidated or getattr(error.orig, "sqlstate", None) in _CONFLICTS
