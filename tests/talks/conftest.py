"""A talk with the whole bot, and a Learning Week that asks a school for its report."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import operator
from storage.migrations import upgrade
from tests.talks.paper import Person, Talk

FORM = operator.DEMO_FORM
SCHOOL = "Trường TH và THCS Tân Thành"


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    import asyncio  # noqa: PLC0415

    talk = Talk(tmp_path)
    await asyncio.to_thread(upgrade, talk.settings.database_url)
    await talk.open()
    yield talk
    await talk.close()


@pytest.fixture
async def code(talk: Talk) -> str:
    """The code of an invitation to a school that owes the report of the Learning Week."""
    return await invitation(talk)


async def invitation(talk: Talk, school: str = SCHOOL, level: str = "TH&THCS") -> str:
    bot = talk.bot
    if not await bot.database.read(lambda store: store.people.offices()):
        order = operator.CampaignOrder(
            form=FORM,
            office="Phòng GD&ĐT Thủ Thừa",
            due="trước ngày 15/10/2023",
            title="Tuần lễ hưởng ứng học tập suốt đời năm 2023",
        )
        await operator.open_campaign(bot.database, bot.files, bot.deeds, order, talk.clock())
    invited = await operator.invite(
        bot.database, bot.deeds, school=school, level=level, role="reporter", now=talk.clock()
    )
    return invited.code


async def join(person: Person, code: str) -> str:
    """Come in by an invitation, as far as the first question."""
    await person.say(code)
    await person.press("Đúng")
    await person.press("Đồng ý")
    return await person.press("Bắt đầu")
