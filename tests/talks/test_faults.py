"""Bad days at Telegram: whatever it does, each answer is kept once and each prompt arrives."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack
from itertools import cycle, groupby
from pathlib import Path
from typing import Any

import pytest

from tests.talks.answers import answers
from tests.talks.conftest import invitation
from tests.talks.everywhere import Everywhere, not_arrived
from tests.talks.newcomer import fill
from tests.talks.teacher import album, begin, report
from tests.talks.voices import OnPaper, OnTelegram, disorder

FAULTS: dict[str, dict[str, Any]] = {
    "busy": {"status": 429, "retry_after": 1},
    "bad-gateway": {"status": 502, "body": "<html>502 Bad Gateway</html>"},
    "broken": {"status": 500, "description": "Internal Server Error"},
    "a-page-instead": {"body": "<html>Log in to the Wi-Fi</html>"},
    "cut-before-acting": {"cut": "before"},
    "cut-after-acting": {"cut": "after"},
}
PERHAPS_SENT = ("cut-after-acting",)  # only then a prompt may come twice
UNTIL = "Số kế hoạch"  # the question up to which the short talks go


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Everywhere]:
    async with Everywhere(tmp_path) as place:
        yield place


@pytest.fixture
async def lan(place: Everywhere) -> OnTelegram:
    return OnTelegram(place)


async def test_a_fault_loses_no_answer_and_no_prompt(tmp_path: Path):
    """Each kind of fault in a talk of its own, side by side: they mostly wait."""
    async with AsyncExitStack() as houses:
        places = {}
        for name in ("paper", *FAULTS):
            (tmp_path / name).mkdir()
            places[name] = await houses.enter_async_context(Everywhere(tmp_path / name))
        paper = places.pop("paper")
        await _fill_a_little(paper, OnPaper(paper))
        expected = await answers(paper.bot.database, paper.bot.deeds), await paper.told("paper")
        talks = (_talk_with(FAULTS[name], place) for name, place in places.items())
        for name, (kept, told, seen) in zip(places, await asyncio.gather(*talks), strict=True):
            assert (kept, told) == expected, name
            repeated = len(seen) - len(told)
            assert repeated == (2 if name in PERHAPS_SENT else 0), name
            assert not_arrived(told, [text for text, _ in groupby(seen)]) == [], name


async def _talk_with(
    fault: dict[str, Any], place: Everywhere
) -> tuple[dict[str, str], list[str], list[str]]:
    for skip in (2, 4):
        place.api.fail("sendMessage", skip=skip, **fault)
        place.api.fail("getUpdates", skip=skip, **fault)
    lan = OnTelegram(place)
    await _fill_a_little(place, lan)
    assert place.api.faults.waiting == []
    kept = await answers(place.bot.database, place.bot.deeds)
    return kept, await place.told("telegram"), await lan.shown()


async def _fill_a_little(place: Everywhere, lan: OnPaper | OnTelegram) -> None:
    prompt = await begin(lan, await invitation(place))

    async def no_photos(count: int) -> str:
        raise AssertionError("no photo is asked for yet")

    await fill(prompt, lan.say, no_photos, until=UNTIL)


class Unlucky:
    """A teacher on Telegram to whom something happens every few messages."""

    def __init__(self, lan: OnTelegram) -> None:
        self._lan = lan
        self._faults: Iterator[tuple[str, dict[str, Any]]] = cycle(
            [
                ("sendMessage", FAULTS["busy"]),
                ("sendMessage", FAULTS["bad-gateway"]),
                ("getUpdates", FAULTS["cut-after-acting"]),
                ("sendMessage", FAULTS["cut-after-acting"]),
                ("getUpdates", FAULTS["bad-gateway"]),
                ("sendMessage", FAULTS["broken"]),
                ("getUpdates", FAULTS["a-page-instead"]),
                ("sendMessage", FAULTS["cut-before-acting"]),
            ]
        )
        self._said = 0

    async def come(self, code: str) -> str:
        return await self._lan.come(code)

    async def press(self, label: str) -> str:
        return await self._last(await self._lan.press(label))

    async def say(self, text: str) -> str:
        self._said += 1
        if self._said % 8 == 0:
            method, fault = next(self._faults)
            self._lan.place.api.fail(method, **fault)
        said = await self._last(await self._lan.say(text))
        if self._said % 3 == 0:
            self._lan.place.api.updates.repeat()
        return said

    async def send_photos(self, photos: Sequence[bytes]) -> str:
        self._lan.place.api.fail("getFile", status=502, body="<html>")
        self._lan.place.api.fail("download", cut="after")
        self._lan.place.api.fail("download", skip=2, status=500)
        return await self._last(await self._lan.send_photos(photos))

    async def _last(self, said: str) -> str:
        """What is said twice is read once."""
        shown = await self._lan.shown()
        return shown[-1] if len(shown) > 1 and shown[-1] == shown[-2] else said


async def test_the_document_is_the_same_after_a_bad_day(tmp_path: Path):
    for name in ("paper", "telegram"):
        (tmp_path / name).mkdir()
    async with Everywhere(tmp_path / "paper") as place:
        on_paper = OnPaper(place)
        await report(on_paper, await invitation(place))
        expected = await on_paper.document()
    async with Everywhere(tmp_path / "telegram") as place:
        lan = OnTelegram(place)
        place.api.fail("sendDocument", cut="before")
        await report(Unlucky(lan), await invitation(place))
        assert await lan.document() == expected
        told, seen = await place.told("telegram"), await lan.shown()
        assert not_arrived(told, [text for text, _ in groupby(seen)]) == []


async def test_an_update_that_comes_again_and_again_is_answered_once(
    place: Everywhere, lan: OnTelegram
):
    await begin(lan, await invitation(place))
    first = await lan.shown()
    for _ in range(5):
        for update in list(place.api.updates.reported):
            place.api.updates.repeat(update)
    await lan.say("trợ giúp")  # comes after all of them
    assert await place.heard() == 5
    assert (await lan.shown())[: len(first)] == first
    assert len(await lan.shown()) == len(first) + 1


async def test_a_text_that_overtakes_a_button_press_answers_nothing_wrongly(
    place: Everywhere, lan: OnTelegram
):
    prompt = await begin(lan, await invitation(place))
    await fill(prompt, lan.say, lan.send_photos, until="kế hoạch riêng không")
    before = await answers(place.bot.database, place.bot.deeds)
    heard = await place.heard()
    place.api.updates.swap_next = True
    await lan.person.press("Có")
    await lan.person.say("45/KH-THTT")  # meant for the question that follows
    await place.answered(heard + 2)
    after = await answers(place.bot.database, place.bot.deeds)
    assert after == before | {"co_ke_hoach": "co"}
    assert UNTIL in (await lan.shown())[-1]
    await lan.say("45/KH-THTT")
    assert (await answers(place.bot.database, place.bot.deeds))["so_ke_hoach"] == "45/KH-THTT"


async def test_an_old_button_that_overtakes_an_answer_changes_nothing(
    place: Everywhere, lan: OnTelegram
):
    prompt = await begin(lan, await invitation(place))
    await fill(prompt, lan.say, lan.send_photos, until="kế hoạch riêng không")
    await lan.press("Có")
    heard = await place.heard()
    place.api.updates.swap_next = True
    await lan.person.say("45/KH-THTT")
    await lan.person.press("Chưa có")  # of the question before, by mistake
    await place.answered(heard + 2)
    kept = await answers(place.bot.database, place.bot.deeds)
    assert (kept["co_ke_hoach"], kept["so_ke_hoach"]) == ("co", "45/KH-THTT")


async def test_parts_of_an_album_that_come_late_join_it_in_their_order(
    place: Everywhere, lan: OnTelegram
):
    prompt = await begin(lan, await invitation(place))
    heard = await place.heard()
    await lan.person.send_album(album(), gap=1.9, order=disorder(album()))
    await lan.person.say("18")  # meanwhile the talk goes on
    await place.answered(heard + 7)
    kept = await answers(place.bot.database, place.bot.deeds)
    photos = {ref: value for ref, value in kept.items() if ref.endswith("anh_tb_tep")}
    assert photos == {f"anh_tb[{n}]/anh_tb_tep": f"photo {n}" for n in range(1, 7)}
    said = "\n".join(await lan.shown())
    assert "tất cả 6 ảnh" in said
    assert prompt.splitlines()[-1] in said


async def test_a_photo_is_waited_for_while_telegram_gives_out_no_files(
    place: Everywhere, lan: OnTelegram
):
    await begin(lan, await invitation(place))
    place.api.fail("getFile", times=4, status=502, body="<html>502 Bad Gateway</html>")
    assert "✓ Đã nhận 3 ảnh" in await lan.send_photos(album()[:3])
    kept = await answers(place.bot.database, place.bot.deeds)
    assert sum(ref.endswith("anh_tb_tep") for ref in kept) == 3
