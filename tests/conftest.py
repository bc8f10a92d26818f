"""What tests share: databases of both kinds, a clock that tests turn, the folder of references."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog

from storage.database import Database
from storage.migrations import upgrade
from tests.postgres import PostgreSQL, find_programs

structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.processors.format_exc_info,
        structlog.processors.LogfmtRenderer(),
    ]
)

_MAY_BE_SKIPPED = ("does not apply", "Java is not installed")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With NOTHING_MISSING set (CI), a test that is skipped for want of a program is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("NOTHING_MISSING") or reporter is None:
        return
    missing = [
        str(report.longrepr[2])
        for report in reporter.stats.get("skipped", ())
        if not any(reason in str(report.longrepr) for reason in _MAY_BE_SKIPPED)
    ]
    if missing:
        reporter.write_line("skipped, and nothing may be: " + "; ".join(sorted(set(missing))))
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


SHARED = Path(__file__).parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    programs = find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    server = PostgreSQL(programs)
    yield server
    server.stop()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/bot.db"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
async def database_url(request: pytest.FixtureRequest, sqlite_url: str) -> str:
    if request.param == "sqlite":
        return sqlite_url
    return await request.getfixturevalue("postgresql").fresh()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database with tables and nothing in them: each test runs on SQLite and on PostgreSQL."""
    await asyncio.to_thread(upgrade, database_url)
    database = Database(database_url)
    await database.open()
    yield database
    await database.close()
