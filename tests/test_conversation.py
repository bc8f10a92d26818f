"""One person's messages in their order, each kept before it is acknowledged and answered once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot import conversation
from bot.chat import Address, Attachment, Incoming
from bot.conversation import Conversation, Turn
from bot.outgoing import Parcel
from storage.database import Database
from storage.store import Store

NOW = datetime(2023, 10, 9, 1, 0, tzinfo=UTC)
LAN = Address("paper", "1")
PHOTO = (Attachment("photo", "p"),)


def said(number: int, text: str = "", **more: object) -> Incoming:
    return Incoming(id=f"m{number}", sender=LAN, at=NOW, text=text or f"{number}", **more)


class House:
    """A conversation of which the answers are written down; ``failures`` are raised first."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.answered: list[str] = []
        self.parcels: list[Parcel] = []
        self.failures = 0
        self.conversation = Conversation(
            database,
            self.parcels.extend,
            self.route,
            self.prepare,
            clock=lambda: NOW,
            forget_file=self.forget,
        )

    def route(self, turn: Turn) -> None:
        turn.say(f"re: {turn.incoming.text}")
        if self.failures:
            self.failures -= 1
            raise RuntimeError("the answer fails")
        self.answered.append(turn.incoming.text)

    async def prepare(self, _inbox_id: int, _incoming: Incoming) -> tuple[()]:
        await asyncio.sleep(0.05)
        return ()

    async def forget(self, _key: str) -> None:
        raise AssertionError("there are no files")

    async def settled(self) -> list[str]:
        """What the bot says, when all is answered."""
        async with asyncio.timeout(10):
            while self.conversation._workers:
                await asyncio.sleep(0.01)
        return [parcel.message.text for parcel in self.parcels]

    async def left(self) -> int:
        """How many messages are in the inbox without an answer."""
        return len(await self.database.write(lambda store: store.inbox.left_before(NOW, 99)))

    async def kept(self) -> list[str]:
        """What is in the inbox."""

        def look(store: Store) -> list[str]:
            return [row.incoming["id"] for row in store.inbox.history(LAN.channel, LAN.id, 99)]

        return await self.database.write(look)


@pytest.fixture
async def house(database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    monkeypatch.setattr(conversation, "_PAUSE", 0.01)
    house = House(database)
    await house.conversation.sweep()
    yield house
    await house.conversation.close()


async def test_what_can_be_answered_at_once_is_answered_when_it_is_acknowledged(house: House):
    await house.conversation.receive(said(1))

    assert await house.kept() == ["m1"]
    assert await house.left() == 0
    assert await house.settled() == ["re: 1"]


async def test_what_comes_behind_a_photo_does_not_overtake_it(house: House):
    receive = house.conversation.receive
    await asyncio.gather(receive(said(1, attachments=PHOTO)), receive(said(2)), receive(said(3)))

    assert await house.settled() == ["re: 1", "re: 2", "re: 3"]
    assert await house.kept() == ["m1", "m2", "m3"]


async def test_the_same_message_twice_at_once_is_answered_once(house: House):
    await asyncio.gather(*(house.conversation.receive(said(1)) for _ in range(3)))
    await house.conversation.receive(said(1))

    assert await house.settled() == ["re: 1"]
    assert await house.kept() == ["m1"]


async def test_a_message_is_acknowledged_also_when_its_answer_fails(house: House):
    house.failures = 1
    await house.conversation.receive(said(1))
    assert await house.kept() == ["m1"], "it is kept, whatever becomes of the answer"

    assert await house.settled() == ["re: 1"]
    assert await house.left() == 0


async def test_an_answer_that_fails_again_and_again_is_an_apology(house: House):
    house.failures = 99
    await house.conversation.receive(said(1))

    (apology,) = await house.settled()
    assert apology.startswith("Xin lỗi")
    assert house.answered == []
    assert await house.left() == 0


async def test_what_cannot_be_kept_is_not_acknowledged(house: House):
    with pytest.raises(Exception, match="surrogates"):
        await house.conversation.receive(said(1, "half of a pair \ud800"))

    assert await house.settled() == []
    assert await house.kept() == []
    await house.conversation.receive(said(2))
    assert await house.settled() == ["re: 2"], "the next is answered"
