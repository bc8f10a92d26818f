"""Show 3: a broadcast to 5,000 on Telegram, on a good day and on a bad one."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot import broadcasts
from bot.broadcasts import NewBroadcast
from bot.texts import texts
from storage.broadcasts import Sums
from storage.tables import addresses, deliveries, memberships, persons, units
from tests.botapi.faults import Floods
from tests.botapi.incoming import ApiError
from tests.crash.house import House
from tests.talks.paper import START

pytestmark = pytest.mark.slow

PEOPLE = 5000
LIMIT = 200  # a second: Telegram's is 30
TEXT = "Mai họp giao ban lúc 8 giờ."
FIRST = 20_000
BLOCKED = range(FIRST + 7, FIRST + PEOPLE, 50)
PATIENCE = 60.0


class Watched(Floods):
    """The limits, and when messages came."""

    def __init__(self) -> None:
        super().__init__(a_second=LIMIT)
        self.times: list[float] = []

    def take(self, chat: int, messages: int = 1) -> int:
        wait = super().take(chat, messages)
        if not wait:
            self.times.append(time.monotonic())
        return wait

    @property
    def share(self) -> float:
        """Of the limit, between the first message and the last."""
        return (len(self.times) - 1) / (self.times[-1] - self.times[0]) / LIMIT


class Hall(House):
    """A bot in its own process, 5,000 people who have joined, and an officer."""

    async def _start(self) -> None:
        self._settings["BOT_TELEGRAM_RATE"] = str(LIMIT)
        self._crash["CRASH_EPOCH"] = str(START.timestamp())  # its clock is ours
        self.floods = self.api.floods = Watched()
        await self.database.write(self._join)
        for chat in range(FIRST, FIRST + PEOPLE):
            self.api.chat(chat, f"Cô {chat}")
        await super()._start()

    def _join(self, store: Any) -> None:
        now = datetime.now(UTC)
        self.office_id = store.people.add_unit("Phòng GD&ĐT", kind="office")
        officer = store.people.add_person("web", "officer", "Anh Minh", now)
        self.officer_id = officer.id
        store.people.join(officer.id, self.office_id, "officer", now)
        rows = range(1, PEOPLE + 1)
        all_of = [
            (units, [{"id": 100 + n, "kind": "school", "level": "TH", "name": f"Trường {n}",
                      "parent_id": self.office_id} for n in rows]),
            (persons, [{"id": 100 + n, "name": f"Cô {n}", "seen_at": now} for n in rows]),
            (addresses, [{"person_id": 100 + n, "channel": "telegram",
                          "chat_id": str(FIRST + n - 1)} for n in rows]),
            (memberships, [{"person_id": 100 + n, "unit_id": 100 + n, "role": "reporter",
                            "since": now} for n in rows]),
        ]  # fmt: skip
        for table, values in all_of:
            store.connection.execute(insert(table), values)

    async def speak(self) -> int:
        """Start a broadcast to everybody; returns its id."""
        new = NewBroadcast(self.office_id, TEXT, wants_receipt=True)

        def draft(store: Any) -> int:
            return broadcasts.draft(store, self.officer_id, new, datetime.now(UTC))

        def start(store: Any) -> float:
            began = time.thread_time()
            assert broadcasts.start(store, self.officer_id, number, datetime.now(UTC))
            return time.thread_time() - began

        await self.alive()
        texts("vi")  # they are read once, and not while somebody waits
        number = await self.database.write(draft)
        took = await self.database.write(start)
        print(f"start: {took:.2f} s of the processor")
        assert took < 1
        return number

    async def sums(self, number: int) -> Sums:
        return await self.database.read(lambda store: broadcasts.progress(store, number))

    def heard(self) -> Counter[int]:
        """Chat -> how often the bot has said it there."""
        return Counter(
            chat.id
            for chat in self.api.chats.values()
            for message in chat.messages.values()
            if message.get("text", "").endswith(TEXT)
        )


@dataclass
class Watch:
    """Reads the ledger again and again while the broadcast runs."""

    hall: Hall
    number: int
    samples: int = 0
    problems: list[Sums] = field(default_factory=list)

    async def until_sent(self, share: float = 1.0) -> Sums:
        async with asyncio.timeout(PATIENCE):
            while True:
                sums = await self.hall.sums(self.number)
                places = (sums.queued, sums.sent, sums.acknowledged, sums.failed, sums.unknown,
                          sums.cancelled)  # fmt: skip
                self.samples += 1
                if sums.total != PEOPLE or sum(places) != PEOPLE:
                    self.problems.append(sums)
                if sums.queued <= PEOPLE * (1 - share):
                    return sums
                await asyncio.sleep(0.1)


async def test_on_a_good_day_the_limit_is_used_and_kept(tmp_path: Path):
    async with Hall(tmp_path) as hall:
        number = await hall.speak()
        watch = Watch(hall, number)
        sums = await watch.until_sent()
        print(f"{hall.floods.share:.1%} of {LIMIT}/s, {watch.samples} samples")
        assert sums == Sums(PEOPLE, sent=PEOPLE)
        assert watch.problems == []
        assert hall.floods.refused == 0
        assert hall.floods.share >= 0.93
        assert set(hall.heard().values()) == {1}
        assert len(hall.heard()) == PEOPLE


async def test_on_a_bad_day_nothing_is_lost_and_nobody_gets_it_twice(tmp_path: Path):
    async with Hall(tmp_path) as hall:
        for chat in BLOCKED:
            hall.api.chats[chat].refusal = ApiError(403, "Forbidden: bot was blocked by the user")
        _misfortunes(hall)
        number = await hall.speak()
        watch = Watch(hall, number)
        await watch.until_sent(0.4)
        hall.kill()  # in the middle, with SIGKILL; its supervisor starts it again
        sums = await watch.until_sent()
        print(sums, f"{hall.floods.refused} refused, {watch.samples} samples, {hall.lives} lives")
        assert hall.lives > 1
        assert hall.api.faults.waiting == []
        assert watch.problems == []
        await _every_row_is_true(hall, number, sums)


def _misfortunes(hall: Hall) -> None:
    """Refusals, a broken server, and connections that break before and after Telegram acts."""
    for skip in (300, 1200, 1201, 2900):
        hall.api.fail("sendMessage", skip=skip, status=429, retry_after=1)
    for skip in (500, 3100):
        hall.api.fail("sendMessage", times=5, skip=skip, status=502, body="<html>")
    for skip in range(100, 4000, 390):
        hall.api.fail("sendMessage", skip=skip, cut="after")
    for skip in range(150, 4000, 800):
        hall.api.fail("sendMessage", skip=skip, cut="before")


async def _every_row_is_true(hall: Hall, number: int, sums: Sums) -> None:
    heard = hall.heard()
    rows = await _ledger(hall, number)
    for row in rows:
        chat = int(row.chat_id)
        if row.status == "sent":
            assert heard[chat] == 1, row
        elif row.status == "failed":
            assert heard[chat] == 0, row
            assert chat in BLOCKED, row
            assert row.failure.startswith("PersonGone"), row
        else:
            assert row.status == "unknown", row
            assert heard[chat] <= 1, row
    assert sums.failed + sum(row.status == "unknown" for row in rows if int(row.chat_id) in BLOCKED
                             ) == len(BLOCKED)  # fmt: skip
    assert 15 <= sums.unknown < 200


async def _ledger(hall: Hall, number: int) -> Sequence[Any]:
    query = select(deliveries).where(deliveries.c.broadcast_id == number)
    return await hall.database.read(lambda store: list(store.connection.execute(query)))
