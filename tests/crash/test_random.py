"""Killed two hundred times at random while a teacher reports, the bot gets the report done."""

import asyncio
import random
import time
from itertools import cycle
from pathlib import Path

import pytest

from storage.tables import inbox, submissions
from tests.crash.house import House, Phone
from tests.talks.everywhere import not_arrived
from tests.talks.teacher import RIGHT, WRONG, answer_all, begin, number_in

KILLS = 200
SEED = 2023


async def kill_at_random(house: House, kills: int) -> None:
    """Most lives end before a turn does; some are long enough to shrink a photo."""
    chance = random.Random(SEED)
    for _ in range(kills):
        await house.alive()
        short = chance.random() < 0.75
        await asyncio.sleep(chance.uniform(0, 0.5) if short else chance.uniform(0.5, 5))
        house.kill()


async def change_and_change_back(phone: Phone, number: str, *, until: asyncio.Task[None]) -> None:
    """Have something to say for as long as there are kills."""
    others = cycle(range(int(RIGHT) + 1, int(RIGHT) + 100))
    while not until.done():
        await change(phone, number, next(others))
    await change(phone, number, int(RIGHT))


async def change(phone: Phone, number: str, value: int) -> None:
    assert f"→ {value} học sinh" in await phone.say(f"sửa {number} = {value}")
    assert "Đã đủ các câu" in await phone.press("Giữ")


@pytest.mark.slow
async def test_two_hundred_kills_change_nothing_of_a_report(tmp_path: Path):
    for name in ("undisturbed", "killed"):
        (tmp_path / name).mkdir()
    async with House(tmp_path / "undisturbed") as house:
        phone = Phone(house)
        await answer_all(phone, await begin(phone, await house.invitation()))
        await phone.press("Nộp")
        expected, document = await house.answers(), phone.document
    began = time.monotonic()
    async with House(tmp_path / "killed") as house:
        phone = Phone(house)
        killer = asyncio.create_task(kill_at_random(house, KILLS - 5))
        await answer_all(phone, await begin(phone, await house.invitation()))
        asked = house.lives
        prompt = await phone.say("xem lại")
        number = _number_of("Học sinh dự lễ", prompt)
        await change_and_change_back(phone, number, until=killer)
        killer = asyncio.create_task(kill_at_random(house, 5))
        await phone.press("Nộp")
        await killer
        await house.answered(phone.said)
        seconds = time.monotonic() - began
        told = await house.told()
        assert await house.answers() == expected
        assert phone.document == document
        assert not_arrived(told, phone.read) == [], "each prompt arrives, in order"
        assert len(await house.rows(inbox)) == phone.said, "each thing said is kept once"
        assert len(await house.rows(submissions)) == 1
        print(
            f"\n{house.lives - 1} kills in {seconds:.0f} s ({asked} before all was answered): "
            f"{phone.said} things said and kept once, {len(told)} prompts, "
            f"{len(phone.seen) - len(told)} of them repeated, the document is the same"
        )
        assert house.lives - 1 >= KILLS


def _number_of(name: str, review: str) -> str:
    line = next(line for line in review.splitlines() if f". {name}: {RIGHT}" in line)
    assert number_in(review) == "" or WRONG not in line
    return line.partition(".")[0]
