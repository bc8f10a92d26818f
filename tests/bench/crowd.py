"""The Bot API server and the people who write to the bot, in a process of their own.

Reads orders from standard input and prints what came of them, one JSON object a line.
"""

import argparse
import asyncio
import gc
import itertools
import json
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvloop

from tests.bench.questionnaire import QUESTIONS
from tests.botapi.faults import Floods
from tests.botapi.person import Person
from tests.botapi.server import BotApi, Chat

FIRST_ID = 5001
PATIENCE = 15.0  # seconds that somebody waits for a reply when the run is over


@dataclass
class Someone:
    person: Person
    chat: Chat
    heard: int = 0  # replies of the bot
    said: int = 0  # answers to questions

    async def says(self, text: str, seconds: float) -> bool:
        """Say it, and wait for the reply to it; whether it came."""
        self.heard = len(self.chat.news)
        await self.person.say(text)
        try:
            async with asyncio.timeout(seconds):
                await self.hears(self.heard + 1)
        except TimeoutError:
            return False
        return True

    async def hears(self, count: int) -> None:
        while len(self.chat.news) < count:
            self.chat.changed.clear()
            await self.chat.changed.wait()


class Watched(Floods):
    """Telegram's limits, and how much of them is used."""

    A_SECOND = 30

    def __init__(self) -> None:
        super().__init__(self.A_SECOND)
        self._times: list[float] = []

    def take(self, chat: int, messages: int = 1) -> int:
        wait = super().take(chat, messages)
        if not wait:
            self._times.append(time.monotonic())
        return wait

    @property
    def share(self) -> float:
        """Of the limit, from the first second that was busy to the last."""
        busy = [
            at
            for number, at in enumerate(self._times)
            if number >= 15 and at - self._times[number - 15] < 1
        ]
        return sum(busy[0] <= at < busy[-1] for at in self._times) / (busy[-1] - busy[0]) / 30


class Crowd:
    """People numbered from FIRST_ID."""

    def __init__(self, api: BotApi) -> None:
        self.api = api
        self._people: list[Someone] = []

    async def gather(self, count: int, word: str = "/start") -> dict[str, Any]:
        """Everybody sends a command and waits for the first question."""
        for number in range(len(self._people), count):
            chat = self.api.chat(FIRST_ID + number, f"Người {number}")
            self._people.append(Someone(Person(self.api, chat.id, chat.user["first_name"]), chat))
        heard = await asyncio.gather(*(one.says(word, 120) for one in self._people))
        last = [list(one.chat.messages.values())[-1]["text"] for one in self._people]
        ready = sum(QUESTIONS[0][0] in text for text in last)
        return {"heard": sum(heard), "ready": ready, "example": last[0]}

    async def rush(self, seconds: float) -> dict[str, Any]:
        """Everybody answers as soon as the next question is there; until all is answered."""
        waits: list[float] = []
        began = time.perf_counter()

        async def answer_all(one: Someone) -> None:
            for _, answer in QUESTIONS[one.said :]:
                if time.perf_counter() - began > seconds:
                    return
                asked = time.perf_counter()
                if not await one.says(answer, seconds + PATIENCE):
                    return
                one.said += 1
                if time.perf_counter() - began <= seconds:
                    waits.append(time.perf_counter() - asked)

        await asyncio.gather(*(answer_all(one) for one in self._people))
        took = min(seconds, time.perf_counter() - began)
        return {"rate": len(waits) / took, "answers": len(waits), **_percentiles(waits)}

    async def trickle(self, rate: float, seconds: float) -> dict[str, Any]:
        """Answers come evenly, whether or not the ones before have been taken."""
        began = time.perf_counter()
        turns = itertools.cycle(self._people)
        waits: list[float] = []
        answering = []
        for number in range(int(rate * seconds)):
            due = began + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            answering.append(asyncio.create_task(self._answer_at(next(turns), due, waits)))
        _, late = await asyncio.wait(answering, timeout=PATIENCE)
        for task in late:
            task.cancel()
        await asyncio.gather(*answering, return_exceptions=True)
        return {"offered": len(answering), "unanswered": len(late), **_percentiles(waits)}

    async def _answer_at(self, one: Someone, due: float, waits: list[float]) -> None:
        heard = len(one.chat.news)
        await one.person.say(QUESTIONS[one.said][1])
        one.said += 1
        await one.hears(heard + 1)
        waits.append(time.perf_counter() - due)

    async def send_photos(self, count: int, path: str) -> dict[str, Any]:
        """So many people send a photo in one instant; until each has a reply."""
        content = Path(path).read_bytes()
        began = time.perf_counter()
        people = self._people[:count]
        before = [len(one.chat.news) for one in people]
        for one in people:
            await one.person.send_photo(content, size=(4000, 3000))
        async with asyncio.timeout(120):
            for one, heard in zip(people, before, strict=True):
                await one.hears(heard + 1)
        return {"seconds": time.perf_counter() - began}

    async def announced(self, say: dict[str, Any]) -> dict[str, Any]:
        """``count`` others hear a broadcast of ``text``; meanwhile those who are here chat.

        ``order`` is what sets a bot going that is told so in the chat.
        """
        floods = self.api.floods = Watched()
        others = [self.api.chat(n) for n in range(say["first"], say["first"] + say["count"])]
        if say["order"]:
            await self._people[0].person.say(say["order"])
        waited: list[tuple[float, float]] = []  # (when it was said, for how long)
        answering = [
            asyncio.create_task(self._chat(one, say["pause"], number, waited))
            for number, one in enumerate(self._people)
        ]
        reached, last = 0, time.monotonic()
        ends = last + say["patience"]
        while reached < len(others) and time.monotonic() < ends:
            await asyncio.sleep(0.1)
            if (now_reached := sum(bool(chat.news) for chat in others)) > reached:
                reached, last = now_reached, time.monotonic()
        for task in answering:
            task.cancel()
        await asyncio.gather(*answering, return_exceptions=True)
        waits = [wait for at, wait in waited if at <= last]
        return {
            "reached": reached,
            "twice": sum(len(chat.news) > 1 for chat in others),
            "refused": floods.refused,
            "share": floods.share,
            **_percentiles(waits),
        }

    async def _chat(
        self, one: Someone, pause: float, number: int, waited: list[tuple[float, float]]
    ) -> None:
        """Answer question after question, with a pause to think before each."""
        chance = random.Random(number)
        for _, answer in QUESTIONS[one.said :]:
            await asyncio.sleep(chance.uniform(0.5, 1.5) * pause)
            heard, began = len(one.chat.news), time.monotonic()
            try:
                await one.person.say(answer)
                await one.hears(heard + 1)
            finally:  # also when the run is over: so long it has been waited for
                waited.append((began, time.monotonic() - began))
            one.said += 1

    async def first_call(self, method: str) -> dict[str, Any]:
        """Wait for the next call of a method; when it came, by the clock on the wall."""
        before = self.api.counts[method]
        while self.api.counts[method] == before:
            await asyncio.sleep(0.002)
        return {"at": time.time()}

    async def stats(self) -> dict[str, Any]:
        return {"calls": dict(self.api.counts), "waiting": len(self.api.updates)}


def _percentiles(waits: list[float]) -> dict[str, float]:
    ordered = sorted(waits) or [float("inf")]
    return {
        "p50": ordered[len(ordered) // 2] * 1000,
        "p99": ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)] * 1000,
    }


async def serve(latency: float) -> None:
    api = BotApi(latency=latency)
    await api.start()
    crowd = Crowd(api)
    gc.collect()
    gc.freeze()  # or the crowd stands still for 30 ms now and then, and the bots seem to
    _print({"url": api.url, "token": api.token})
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        order = json.loads(line)
        _print(await getattr(crowd, order.pop("deed"))(**order))
    await api.stop()


def _print(content: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(content) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--latency", type=float, default=0.0)
    uvloop.run(serve(parser.parse_args().latency))
