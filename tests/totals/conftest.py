"""What tests of totals share: a bot's parts that make files, on a real database."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.paperwork import Paperwork
from bot.totals.desk import Totals
from bot.workshop import Workshop
from storage.database import Database
from storage.files import Files
from storage.migrations import upgrade
from tests.totals.sample import ZONE


class House:
    """Database, files, and who makes files."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.files = Files(folder / "files")
        self.workshop = Workshop(1)
        self.totals = Totals(database, self.files, self.workshop, ZONE)
        self.paperwork = Paperwork(database, self.files, self.workshop, ZONE, self.totals.makers)
        self.totals.paperwork = self.paperwork


@pytest.fixture
async def house(sqlite_url: str, tmp_path: Path) -> AsyncIterator[House]:
    await asyncio.to_thread(upgrade, sqlite_url)
    database = Database(sqlite_url)
    await database.open()
    house = House(database, tmp_path)
    yield house
    house.workshop.close()
    await database.close()
