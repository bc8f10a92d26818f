import pytest

from tests.channels.telegram_stage import TelegramStage


@pytest.fixture
async def stage(tmp_path):
    async with TelegramStage(tmp_path) as stage:
        yield stage


@pytest.fixture
async def hooked(tmp_path):
    async with TelegramStage(tmp_path, "webhook") as stage:
        yield stage


@pytest.fixture(params=["polling", "webhook"])
async def either(request, tmp_path):
    async with TelegramStage(tmp_path, request.param) as stage:
        yield stage
