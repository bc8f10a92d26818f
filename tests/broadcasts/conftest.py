"""Schools with people to whom an office speaks, on both databases."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot import broadcasts
from bot.app import Bot
from bot.broadcasts import NewBroadcast
from bot.errors import SendError
from storage.migrations import upgrade
from storage.tables import deliveries, outbox
from tests.talks.district import District
from tests.talks.paper import Talk

TEXT = "Mai họp giao ban lúc 8 giờ tại Phòng."


@dataclass
class Office:
    """An office that speaks to its schools; the clock knocks when a test says so."""

    talk: Talk
    district: District
    officer_id: int = 0

    async def do(self, work: Callable[[Any], Any]) -> Any:
        return await self.talk.bot.database.write(work)

    def now(self) -> datetime:
        return self.talk.clock()

    async def draft(self, **what: Any) -> int:
        new = NewBroadcast(self.district.office_id, what.pop("text", TEXT), **what)
        return await self.do(
            lambda store: broadcasts.draft(store, self.officer_id, new, self.now())
        )

    async def deed(self, deed: Callable[..., Any], broadcast_id: int) -> Any:
        return await self.do(lambda store: deed(store, self.officer_id, broadcast_id, self.now()))

    async def send(self, *failures: SendError, **what: Any) -> int:
        """Say something to all, and wait until it is said; the channel fails so often before."""
        number = await self.draft(**what)
        assert await self.deed(broadcasts.start, number)
        await self.show()
        self.talk.paper.failures = list(failures)
        await self.knock()
        return number

    async def knock(self) -> None:
        """What bot/app.py's clock does, and all that comes of it."""
        await self.talk.bot.delivery.feed()
        await self.quiet()
        await self.show()

    async def show(self) -> None:
        """Let what is due begin, and show how far it is."""
        bot = self.talk.bot
        bot.delivery.hand_over(await broadcasts.look(bot.database, self.now()))
        await until(lambda: bot.database.read(_nothing_said))

    async def quiet(self) -> None:
        """Wait until nothing that may go is waiting."""
        bot = self.talk.bot

        def is_quiet(store: Any) -> bool:
            return not store.broadcasts.waiting_on(self.now()) and _none_begun(store)

        await until(lambda: bot.database.read(is_quiet))

    async def restart(self) -> None:
        talk = self.talk
        await talk.close()
        talk.bot = Bot(talk.settings, clock=talk.clock, extra=[lambda _path: talk.paper])
        await talk.open()

    async def sums(self, number: int) -> dict[str, int]:
        sums = await self.do(lambda store: broadcasts.progress(store, number))
        found = {name: getattr(sums, name) for name in sums.__slots__}
        total = found.pop("total")
        assert total == sum(found.values()) == len(await self.ledger(number))
        return {name: count for name, count in found.items() if count}

    async def ledger(self, number: int) -> list[Any]:
        query = select(deliveries).where(deliveries.c.broadcast_id == number)
        return await self.do(lambda store: list(store.connection.execute(query)))

    def heard(self) -> dict[str, list[str]]:
        """School -> what its teacher has read."""
        return {
            school: [message.text for message in teacher.messages]
            for school, teacher in self.district.teachers.items()
        }


def _count(store: Any, *where: Any) -> int:
    waiting = (outbox.c.sent_at.is_(None), outbox.c.given_up_at.is_(None))
    query = select(func.count()).select_from(outbox).where(*waiting, *where)
    return store.connection.execute(query).scalar_one()


def _none_begun(store: Any) -> bool:
    return not _count(store, outbox.c.lane == 2, outbox.c.claimed_until.is_not(None))


def _nothing_said(store: Any) -> bool:
    return not _count(store, outbox.c.lane < 2)


async def until(is_so: Callable[[], Any]) -> None:
    async with asyncio.timeout(30):
        while not await is_so():
            await asyncio.sleep(0.005)


@pytest.fixture
async def office(tmp_path: Path, database_url: str) -> AsyncIterator[Office]:
    talk = Talk(tmp_path, database_url=database_url)
    await asyncio.to_thread(upgrade, database_url)
    await talk.open()
    district = District(talk)
    await district.found()
    office = Office(talk, district)
    officer = await office.do(lambda store: store.people.person_at("paper", "officer"))
    office.officer_id = officer.id
    yield office
    await talk.close()
