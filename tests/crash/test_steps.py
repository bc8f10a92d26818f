"""Killed at any step of a turn, the bot goes on as if nothing had happened."""

import asyncio
from itertools import groupby
from pathlib import Path

import pytest

from storage.tables import inbox
from tests.crash.house import House, Phone
from tests.crash.points import POINTS
from tests.talks.everywhere import not_arrived
from tests.talks.newcomer import fill
from tests.talks.teacher import album, begin

UNTIL = "Ngày ban hành kế hoạch"
PHOTOS = 3


async def talk_a_little(phone: Phone, code: str) -> None:
    """Come in, answer some questions, send an album, answer one more."""

    async def no_photos(count: int) -> str:
        raise AssertionError("no photo is asked for yet")

    prompt = await begin(phone, code)
    await fill(prompt, phone.say, no_photos, until="Số kế hoạch")
    await phone.send_photos(album()[:PHOTOS])
    await phone.say("45/KH-THTT")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], list[str]]:
    """What is kept and what is said when nobody is killed."""

    async def talk() -> tuple[dict[str, str], list[str]]:
        async with House(tmp_path_factory.mktemp("undisturbed")) as house:
            phone = Phone(house)
            await talk_a_little(phone, await house.invitation())
            assert phone.seen == await house.told()
            return await house.answers(), phone.seen

    return asyncio.run(talk())


@pytest.mark.parametrize("point", POINTS)
async def test_a_kill_changes_nothing_of_a_talk(
    point: str, undisturbed: tuple[dict[str, str], list[str]], tmp_path: Path
):
    expected, words = undisturbed
    passages = (1, 1, 1) if "photo" in point else (3, 2, 6, 1)
    async with House(tmp_path, point=point, passages=passages) as house:
        phone = Phone(house)
        await talk_a_little(phone, await house.invitation())
        assert house.lives == len(passages) + 1, "it was killed as often as it should be"
        assert await house.answers() == expected
        assert len(await house.rows(inbox)) == phone.said, "each thing said is kept once"
        assert not_arrived(await house.told(), phone.read) == [], "each prompt arrives, in order"
        assert _without_photos(phone.read) == _without_photos(words)
        assert _photos_received(phone.read) == PHOTOS
        repeated = len(phone.seen) - len(phone.read)
        assert repeated == (len(passages) if POINTS[point].cuts_the_send else 0)


def _without_photos(words: list[str]) -> list[str]:
    """An album that a restart has cut in two may be acknowledged in two messages."""
    return [text for text in words if "Đã nhận" not in text]


def _photos_received(words: list[str]) -> int:
    last = [text for text in words if "Đã nhận" in text][-1]
    line = next(line for line in last.splitlines() if "Đã nhận" in line)
    return int([word for word in line.replace(".", " ").split() if word.isdigit()][-1])


def test_the_points_are_in_the_order_of_a_turn():
    numbers = [int(name[0]) for name in POINTS]
    assert numbers == sorted(numbers)
    assert [number for number, _ in groupby(numbers)] == [1, 2, 3, 4, 5, 6, 7]
