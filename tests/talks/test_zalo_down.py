"""Zalo goes down in the middle of a campaign: an everyday event."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import operator
from tests.talks.district import OFFICE, SCHOOLS, workbook
from tests.talks.on_zalo import OnZalo, OnZaloBot, OnZaloOA, ZaloAlone
from tests.talks.voices import OnWeb

NAMES = [name for name, _ in SCHOOLS]


class Campaign:
    """Four schools: two write by the Bot Platform, two by the Official Account."""

    def __init__(self, place: ZaloAlone) -> None:
        self.place = place
        kinds = (OnZaloBot, OnZaloOA, OnZaloBot, OnZaloOA)
        self.teachers: dict[str, OnZalo] = {
            name: kind(place, number, f"Cô {number}")
            for number, (name, kind) in enumerate(zip(NAMES, kinds, strict=True), 1)
        }

    async def invite(self, name: str, level: str = "TH") -> str:
        bot = self.place.bot
        invited = await operator.invite(
            bot.database,
            bot.deeds,
            school=name,
            level=level,
            role="reporter",
            now=self.place.clock(),
        )
        return invited.code

    async def begin(self, folder: Path) -> None:
        """Open the campaign; each school has answered two of four questions."""
        (folder / "phieu.xlsx").write_bytes(workbook())
        order = operator.CampaignOrder(
            form=folder / "phieu.xlsx",
            office=OFFICE,
            due="trước ngày 15/10/2023",
            title="Tuần lễ 2023",
            facts={"nam": "2023"},
        )
        bot = self.place.bot
        await operator.open_campaign(bot.database, bot.files, bot.deeds, order, self.place.clock())
        for number, (name, level) in enumerate(SCHOOLS):
            teacher = self.teachers[name]
            await teacher.say(f"BATDAU {await self.invite(name, level)}")
            await teacher.press("Đúng")
            await teacher.press("Đồng ý")
            await teacher.press("Bắt đầu")
            await teacher.press("Có")
            heard = await teacher.say(str(100 + number))
            assert "Kinh phí" in heard

    def break_down(self) -> None:
        for server in (self.place.zalo_bot, self.place.zalo_oa):
            for call in DOWN[type(server).__name__]:
                server.fail(call, status=502, times=100_000)

    def recover(self) -> None:
        for server in (self.place.zalo_bot, self.place.zalo_oa):
            server.faults.waiting.clear()


DOWN = {
    "ZaloBotApi": ("getUpdates", "sendMessage", "sendPhoto"),
    "OaServer": ("cs", "template", "upload/file", "upload/image"),
}


@pytest.fixture
async def campaign(tmp_path: Path) -> AsyncIterator[Campaign]:
    async with ZaloAlone(tmp_path) as place:
        campaign = Campaign(place)
        await campaign.begin(tmp_path)
        yield campaign


async def finish_on_the_web(web: OnWeb, code: str) -> str:
    await web.come(code)
    shown = await web.shown()
    if "đúng trường" in shown[-1].lower():  # a new account, invited once more
        await web.press("Đúng")
        await web.press("Đồng ý")
        heard = await web.press("Làm tiếp")
    else:
        heard = await web.say("tiếp tục")
    assert "Kinh phí" in heard, heard  # exactly where they were on Zalo
    await web.say("1tr5")
    await web.say("Học sinh mượn sách nhiều hơn")
    return await web.press("Nộp")


async def test_people_finish_on_the_web_chat_with_their_draft_intact(campaign: Campaign):
    place = campaign.place
    # two have made a code for another channel before; the others are invited once more
    codes = {}
    for name in NAMES[:2]:
        heard = await campaign.teachers[name].say("kênh khác")
        codes[name] = heard.split("/moi/")[1].split()[0]
    campaign.break_down()
    for name in NAMES[2:]:
        codes[name] = await campaign.invite(name)
    for name in NAMES:
        async with OnWeb(place) as web:
            said = await finish_on_the_web(web, codes[name])
            assert "Đã nộp" in said, said
            document = await web.document()
            assert document.startswith(b"PK")
    states = await place.bot.database.read(
        lambda store: [
            (one.status, one.name)
            for one in store.campaigns.standing(
                store.campaigns.open_ones(store.people.offices()[0].id)[0].id
            )
        ]
    )
    assert [status for status, _ in states] == ["submitted"] * 4


async def test_a_reminder_goes_to_the_web_when_zalo_stays_down(campaign: Campaign):
    place = campaign.place
    name = NAMES[0]
    heard = await campaign.teachers[name].say("kênh khác")
    code = heard.split("/moi/")[1].split()[0]
    async with OnWeb(place) as web:
        await web.come(code)
        await campaign.teachers[name].say("tiếp tục")  # back on Zalo: here they write now
        before = len(await web.shown())
        campaign.break_down()
        place.clock.turn(days=4)  # a day before the deadline
        await place.bot._remind()
        async with asyncio.timeout(60):
            while not any("Nhắc thầy/cô" in text for text in (await web.shown())[before:]):
                place.clock.turn(minutes=3)
                await asyncio.sleep(0.3)
    assert not any("Nhắc thầy/cô" in one.text for one in campaign.teachers[name].messages)


async def test_when_zalo_is_back_what_waited_is_said(campaign: Campaign):
    place = campaign.place
    teacher = campaign.teachers[NAMES[1]]
    campaign.break_down()
    seen = len(teacher.messages)
    heard = await place.heard()
    await teacher._say("1tr5")
    async with asyncio.timeout(20):
        while await place.heard() <= heard:
            await asyncio.sleep(0.02)
    await asyncio.sleep(0.3)
    assert len(teacher.messages) == seen
    campaign.recover()
    async with asyncio.timeout(60):
        while len(teacher.messages) == seen:
            place.clock.turn(minutes=1)
            await place.bot.delivery.sweep()
            await asyncio.sleep(0.2)
    assert "1.500.000" in teacher.last.text
