import pytest

from storage.database import Database
from tests.reminders.district import District


@pytest.fixture
async def district(database: Database) -> District:
    district = District(database)
    await district.found()
    return district
