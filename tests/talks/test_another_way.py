"""One person on two channels: what one of them cannot carry goes by the other."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import broadcasts
from bot.chat import Abilities, Address, Incoming, Message
from bot.errors import PersonGone, TryLater, Unreachable
from storage.migrations import upgrade
from storage.tables import deliveries, outbox
from tests.talks.district import District
from tests.talks.paper import Paper, Person, Talk

SCHOOL = "Trường TH Bình An"


class Slips(Paper):
    """A second channel, without buttons, on which nothing can be changed."""

    name = "slips"
    abilities = Abilities(text_limit=1800)


class Place:
    def __init__(self, folder: Path) -> None:
        self.slips = Slips()
        self.talk = Talk(folder, extra=[lambda _path: self.slips])
        self.district = District(self.talk)
        self.folder = folder

    @property
    def teacher(self) -> Person:
        return self.district.teachers[SCHOOL]

    async def open(self) -> None:
        await asyncio.to_thread(upgrade, self.talk.settings.database_url)
        await self.talk.open()
        await self.district.found()
        await self.district.open(self.folder)

        def link(store) -> None:
            person = store.people.person_at("paper", self.teacher.address.id)
            other = store.people.add_person("slips", "s1", "Cô 1", self.talk.clock())
            store.people.move_address("slips", "s1", person.id)
            assert other.id != person.id

        await self.talk.bot.database.write(link)

    async def on_slip(self, text: str) -> list[str]:
        """The teacher says something on the second channel."""
        before = len(self.slips.sent.get("s1", []))
        said = Incoming(f"s{before}-{text}", Address("slips", "s1"), self.talk.clock(), text=text)
        await self.slips.receive(said)
        await self.talk.settle()
        return self.shown()[before:]

    def shown(self) -> list[str]:
        return [message.text for message in self.slips.sent.get("s1", [])]

    async def knock(self) -> None:
        """Let the clock pass what waits."""
        await self.talk.bot.delivery.sweep()
        await asyncio.sleep(0.02)


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    place = Place(tmp_path)
    await place.open()
    yield place
    await place.talk.close()


async def test_a_notice_to_who_has_blocked_the_one_channel_arrives_on_the_other(place: Place):
    await place.district.fill(SCHOOL)
    place.talk.paper.failures = []
    told = len(place.teacher.messages)
    fail_for(place, PersonGone("blocked"))
    await send_back(place)
    await place.talk.settle()
    assert len(place.teacher.messages) == told
    assert any("kinh phí chưa đúng" in text for text in place.shown())


async def send_back(place: Place) -> None:
    """The officer sends one question of the school's report back."""
    officer = place.district.officer
    await officer.say("trả lại TH Bình An: câu 3 kinh phí chưa đúng")
    await place.talk.receive(officer, button=officer.button("Trả lại").token, pressed="x")


def fail_for(place: Place, error: Exception, *, times: int = 1_000) -> None:
    """Let the paper channel fail for the teacher, and for nobody else."""
    send, left = place.talk.paper.send, [times]

    async def failing(to: Address, message: Message, key: str) -> str:
        if to == place.teacher.address and left[0] > 0:
            left[0] -= 1
            raise error
        return await send(to, message, key)

    place.talk.paper.send = failing


async def test_a_closed_window_lets_it_go_by_the_other_channel_at_once(place: Place):
    await place.district.fill(SCHOOL)
    fail_for(place, Unreachable("no interaction in the past 7 days"))
    await send_back(place)
    await place.talk.settle()
    assert any("kinh phí chưa đúng" in text for text in place.shown())
    gone = await place.talk.bot.database.read(
        lambda store: store.people.addresses_of(
            store.people.person_at("paper", place.teacher.address.id).id
        )
    )
    assert ("paper", place.teacher.address.id) in gone  # it is not gone, only closed for now


async def test_a_channel_that_is_down_is_waited_for_ten_minutes(place: Place):
    await place.district.fill(SCHOOL)
    fail_for(place, TryLater("down", after=timedelta(seconds=1)))
    await send_back(place)
    await asyncio.sleep(0.1)
    assert place.shown() == []
    place.talk.clock.turn(minutes=9)
    await place.knock()
    await asyncio.sleep(1.1)
    assert place.shown() == []
    place.talk.clock.turn(minutes=5)
    async with asyncio.timeout(20):
        while not any("kinh phí chưa đúng" in text for text in place.shown()):
            place.talk.clock.turn(minutes=3)
            await asyncio.sleep(0.5)
    tried = await place.talk.bot.database.read(
        lambda store: [
            row.tried
            for row in store.connection.execute(
                select(outbox.c.tried).where(outbox.c.channel == "slips")
            )
        ]
    )
    assert tried == [["paper"]]


async def test_what_may_have_arrived_is_not_said_again_elsewhere(place: Place):
    await place.district.fill(SCHOOL)
    fail_for(place, TryLater("lost", after=timedelta(seconds=1), perhaps_sent=True), times=1)
    await send_back(place)
    place.talk.clock.turn(minutes=20)
    await place.talk.settle()
    assert place.shown() == []
    assert "kinh phí chưa đúng" in place.teacher.last.text


async def test_a_reply_stays_where_it_was_asked_for(place: Place):
    fail_for(place, Unreachable("closed"))
    await place.teacher.say("báo cáo")
    assert place.shown() == []


async def test_nobody_left_to_write_to_the_office_is_told_to_telephone(place: Place):
    async def lock(to: Address, message: Message, key: str) -> str:
        raise Unreachable("closed")

    place.slips.send = lock
    fail_for(place, Unreachable("closed"))
    heard = await place.district.officer.say("nhắc TH Bình An")
    assert "Nhắc 1 trường" in heard
    await place.district.officer.press("Gửi")
    await place.talk.settle()
    place.talk.clock.turn(minutes=1)
    await place.talk.bot._remind()
    await place.talk.settle()
    said = place.district.officer.last.text
    assert "TH Bình An" in said
    assert "gọi" in said.lower()


async def test_the_words_under_a_notice_can_be_typed_where_there_are_no_buttons(place: Place):
    await place.on_slip("xin chào")  # they write here now
    await place.on_slip("báo cáo")
    for said in ("Bắt đầu", "1", "100", "1.500.000", "Học sinh mượn sách nhiều hơn", "Nộp"):
        heard = await place.on_slip(said)
    assert "Đã nộp" in "\n".join(heard)
    before = len(place.shown())
    await send_back(place)
    await place.talk.settle()
    (notice,) = place.slips.sent["s1"][before:]
    assert all(choice.way for choice in notice.choices)  # words in brackets, no numbers
    (label,) = [choice.label for choice in notice.choices]
    heard = await place.on_slip(label.lower())
    assert "Kinh phí vận động" in "\n".join(heard)


async def test_what_was_only_announced_is_said_in_full_when_the_person_is_back(place: Place):
    await place.on_slip("xin chào")
    await place.district.officer.say("báo cáo")

    async def announce(to: Address, message: Message, key: str) -> str:
        assert message.template is not None
        return "template:77"

    really, place.slips.send = place.slips.send, announce
    await place.district.officer.say("thông báo: Họp trực tuyến 14 giờ thứ Sáu")
    await place.district.officer.press("Gửi")
    await place.talk.bot._broadcast()
    await place.talk.settle()
    place.slips.send = really
    before = len(place.shown())
    await place.on_slip("xem")
    said = place.shown()[before:]
    assert "Họp trực tuyến 14 giờ thứ Sáu" in said[0]
    await place.on_slip("xem")
    assert sum("Họp trực tuyến" in text for text in place.shown()) == 1


async def test_a_broadcast_goes_by_the_other_channel_and_the_ledger_says_so(place: Place):
    fail_for(place, PersonGone("blocked"))
    await place.district.officer.say("thông báo: Họp trực tuyến 14 giờ thứ Sáu")
    await place.district.officer.press("Gửi")
    await place.talk.bot._broadcast()
    await place.talk.settle()
    assert any("Họp trực tuyến 14 giờ" in text for text in place.shown())
    rows = await place.talk.bot.database.read(
        lambda store: [
            (row.channel, row.status)
            for row in store.connection.execute(select(deliveries.c.channel, deliveries.c.status))
        ]
    )
    assert ("slips", "sent") in rows
    assert {status for _, status in rows} == {"sent"}


async def test_a_full_channel_holds_back_broadcasts_and_nothing_else(place: Place):
    await place.on_slip("xin chào")
    place.talk.bot.usage.full.add("slips")
    await place.district.officer.say("thông báo: Họp trực tuyến 14 giờ thứ Sáu")
    officer = place.district.officer
    await place.talk.receive(officer, button=officer.button("Gửi").token, pressed="x")
    await asyncio.sleep(0.1)
    await place.talk.bot._broadcast()
    await asyncio.sleep(0.2)
    assert not any("Họp trực tuyến" in text for text in place.shown())
    place.talk.clock.turn(minutes=1)
    await place.talk.bot._broadcast()
    await asyncio.sleep(0.1)
    texts = [message.text for message in place.district.officer.messages]
    assert any("1 người đang chờ" in text for text in texts), texts[-2:]
    said = Incoming("s-held", Address("slips", "s1"), place.talk.clock(), text="báo cáo")
    await place.slips.receive(said)
    async with asyncio.timeout(10):
        while "Tuần lễ 2023" not in place.shown()[-1]:  # they are answered all the same
            await asyncio.sleep(0.02)
    place.talk.bot.usage.full.clear()
    await place.talk.bot._broadcast()
    await place.talk.settle()
    assert any("Họp trực tuyến" in text for text in place.shown())


def test_all_ways_of_a_broadcast_are_named():
    assert broadcasts.reason_key("Unreachable: closed") == "away"
