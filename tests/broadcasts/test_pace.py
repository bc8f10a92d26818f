"""What goes first when a channel is busy, and how fast."""

import asyncio
import time
from itertools import pairwise

import pytest

from bot.outgoing import BROADCAST, NOTICE, REPLY
from bot.pace import Closing, Pace

RATE = 50


class Counter:
    """Sends nothing, takes a while for it, and writes down when it arrived."""

    def __init__(self, pace: Pace, way: float = 0.01) -> None:
        self.pace = pace
        self.way = way
        self.arrived: list[tuple[float, int, str]] = []

    async def send(self, lane: int, chat: str, *, again: bool = False) -> float:
        began = time.monotonic()
        async with self.pace.turn(lane, chat, again=again):
            await asyncio.sleep(self.way)
            self.arrived.append((time.monotonic(), lane, chat))
            await asyncio.sleep(self.way)
        return time.monotonic() - began - 2 * self.way

    @property
    def busiest(self) -> int:
        """The most messages of any second."""
        times = [at for at, _, _ in self.arrived]
        return max(sum(start <= at < start + 1 for at in times) for start in times)


async def test_a_burst_keeps_the_rate_in_every_second():
    counter = Counter(Pace(RATE))
    began = time.monotonic()
    await asyncio.gather(*(counter.send(REPLY, str(n)) for n in range(3 * RATE)))
    assert counter.busiest <= RATE
    assert time.monotonic() - began < 2.5


async def test_an_answer_that_takes_longer_than_usual_does_not_break_the_rate():
    counter = Counter(Pace(RATE))
    await counter.send(REPLY, "fast")
    counter.way = 0.15  # the network is slow for a while
    slow = [asyncio.create_task(counter.send(REPLY, str(n))) for n in range(RATE)]
    await asyncio.sleep(0.1)
    counter.way = 0.01
    await asyncio.gather(*slow, *(counter.send(REPLY, str(n)) for n in range(RATE)))
    assert counter.busiest <= RATE


async def test_replies_go_at_once_in_the_middle_of_a_broadcast():
    counter = Counter(Pace(RATE))
    many = [asyncio.create_task(counter.send(BROADCAST, str(n))) for n in range(4 * RATE)]
    await asyncio.sleep(1.5)
    waits = []
    for n in range(10):
        waits.append(await counter.send(REPLY, f"person {n}"))
        await asyncio.sleep(0.12)
    assert max(waits) < 0.2
    assert sorted(waits)[5] < 0.05
    await asyncio.gather(*many)
    assert counter.busiest <= RATE


async def test_a_broadcast_uses_nearly_all_of_the_rate_and_is_spread_evenly():
    counter = Counter(Pace(RATE))
    await asyncio.gather(*(counter.send(BROADCAST, str(n)) for n in range(3 * RATE)))
    times = [at for at, _, _ in counter.arrived]
    assert (len(times) - 1) / (times[-1] - times[0]) >= 0.93 * RATE
    gaps = sorted(after - before for before, after in pairwise(times))
    assert gaps[len(gaps) // 2] > 0.6 / RATE
    assert counter.busiest <= RATE


async def test_notices_go_before_broadcasts_and_the_refused_one_first():
    pace = Pace(RATE)
    counter = Counter(pace)
    pace.pause(0.2)
    waiting = [
        counter.send(BROADCAST, "broadcast"),
        counter.send(BROADCAST, "refused before", again=True),
        counter.send(NOTICE, "notice"),
        counter.send(REPLY, "reply"),
    ]
    began = time.monotonic()
    await asyncio.gather(*waiting)
    assert [chat for _, _, chat in counter.arrived] == [
        "reply",
        "notice",
        "refused before",
        "broadcast",
    ]
    assert counter.arrived[0][0] - began >= 0.2


async def test_a_chat_gets_at_most_one_a_second_unless_it_is_answered():
    counter = Counter(Pace(1000, chat_gap=0.5))
    await counter.send(NOTICE, "1")
    assert await counter.send(REPLY, "1") < 0.2
    assert await counter.send(NOTICE, "2") < 0.2
    assert await counter.send(BROADCAST, "1") > 0.3


async def test_less_than_one_a_second_is_a_rate_too():
    counter = Counter(Pace(0.5))
    await counter.send(REPLY, "1")
    assert await counter.send(REPLY, "2") > 1.5


async def test_at_the_end_only_replies_still_go():
    pace = Pace(RATE)
    counter = Counter(pace)
    pace.pause(0.1)
    waiting = [asyncio.create_task(counter.send(lane, "1")) for lane in (BROADCAST, NOTICE, REPLY)]
    await asyncio.sleep(0)
    pace.close()
    done = await asyncio.gather(*waiting, return_exceptions=True)
    assert [isinstance(one, Closing) for one in done] == [True, True, False]
    with pytest.raises(Closing):
        await counter.send(BROADCAST, "2")
