"""The Zalo bot does what every channel must do, however its platform behaves."""

import itertools

import pytest

from bot.chat import Message
from tests.channels.demands import YES_NO, Demands, jpeg
from tests.channels.zalo_bot_stage import ZaloBotStage
from tests.zalo.bot_methods import METHODS
from tests.zalo.bot_updates import Knobs

ERRORS = ("status", "ok200")
DELIVERIES = ("consume", "replay", "null_result")
PHOTOS = ("photo_url", "photo", "both")
SHAPES = ("wrapped", "flat")
COUNTS = ("code points", "utf-16")
Setting = tuple[str, ...]


def pairs(*values: Setting) -> list[Setting]:
    """A few of all combinations: any two values of two knobs meet in one of them."""

    def meetings(row: Setting) -> set[tuple[tuple[int, str], ...]]:
        return set(itertools.combinations(enumerate(row), 2))

    everything = list(itertools.product(*values))
    missing = set().union(*map(meetings, everything))
    chosen = []
    while missing:
        best = max(everything, key=lambda row: len(meetings(row) & missing))
        chosen.append(best)
        missing -= meetings(best)
    return chosen


def settings(*values: Setting) -> list[object]:
    """The few by default, and all the others in the slow tests."""
    few = pairs(*values)
    return [
        pytest.param(row, id="-".join(row), marks=() if row in few else pytest.mark.slow)
        for row in itertools.product(*values)
    ]


class TestPolling(Demands):
    @pytest.fixture(params=settings(ERRORS, DELIVERIES, PHOTOS, COUNTS))
    async def stage(self, request, tmp_path):
        errors, delivery, photo, count = request.param
        knobs = Knobs(errors, delivery, photo, count=count, bare=errors == "ok200")
        async with ZaloBotStage(tmp_path, "polling", knobs) as stage:
            yield stage


class TestWebhook(Demands):
    @pytest.fixture(params=settings(ERRORS, SHAPES, PHOTOS, COUNTS))
    async def stage(self, request, tmp_path):
        errors, shape, photo, count = request.param
        knobs = Knobs(errors, "consume", photo, shape, count, bare=shape == "flat")
        async with ZaloBotStage(tmp_path, "webhook", knobs) as stage:
            yield stage


def test_the_few_settings_have_every_pair():
    few = pairs(ERRORS, DELIVERIES, PHOTOS, COUNTS)
    assert len(few) < 12
    for one, other in itertools.combinations((ERRORS, DELIVERIES, PHOTOS, COUNTS), 2):
        for pair in itertools.product(one, other):
            assert any(set(pair) <= set(row) for row in few)


async def test_what_the_platform_does_not_have_is_never_called(tmp_path):
    for mode in ("polling", "webhook"):
        async with ZaloBotStage(tmp_path, mode) as stage:
            files = (
                stage.file("a.docx", b"word", "application/msword"),
                stage.file("b.jpg", jpeg(), "image/jpeg"),
            )
            sent = await stage.send(Message("Chọn", YES_NO, files=files), "1")
            await stage.send(Message("Đã chọn", strong="chọn", replaces=sent), "2")
            await stage.person.send_photo(jpeg())
            await stage.person.send_document()
            await stage.hears(2)
            assert set(stage.api.counts) <= set(METHODS)
            assert stage.api.unknown == []
