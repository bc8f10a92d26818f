"""Updates on their way to the bot: kept until confirmed, polled or posted to a webhook."""

import asyncio
import contextlib
import itertools
import time
from collections import deque
from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson

from tests.botapi.incoming import ApiError

DAY = 24 * 3600.0
QUERY_SECONDS = 150.0
USUAL = {"message", "edited_message", "callback_query", "my_chat_member"}
OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
HAS_WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


@dataclass
class Waiting:
    update: dict[str, Any]
    lane: tuple[str, int]
    until: float
    again: bool = False  # comes although it has been confirmed

    @property
    def id(self) -> int:
        return int(self.update["update_id"])


@dataclass
class Webhook:
    url: str = ""
    secret: str = ""
    connections: int = 40


class Updates:
    """``haste`` is by how much the waits between webhook attempts are shortened."""

    def __init__(self, haste: float = 1.0) -> None:
        self.webhook = Webhook()
        self.allowed = set(USUAL)
        self.haste = haste
        self.swap_next = False
        self.reported: deque[dict[str, Any]] = deque(maxlen=1000)
        self._waiting: dict[int, Waiting] = {}
        self._places = itertools.count()
        self._ids = itertools.count(700_000_001)
        self._held: tuple[str, dict[str, Any], int] | None = None
        self._bell = asyncio.Event()
        self._lanes: dict[tuple[str, int], deque[int]] = {}
        self._workers: dict[tuple[str, int], asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None
        self._slots = asyncio.Semaphore(40)

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, kind: str, body: dict[str, Any], owner: int) -> None:
        """Report something; ``owner`` is the chat, or the user who pressed."""
        if kind not in self.allowed:
            return
        if self.swap_next:
            self.swap_next = False
            self._held = (kind, body, owner)
            return
        self._enqueue(kind, body, owner)
        if self._held:
            held, self._held = self._held, None
            self._enqueue(*held)

    def repeat(self, update: dict[str, Any] | None = None) -> None:
        """Deliver an update (the last one) again, as after a crash or a lost answer."""
        update = update or self.reported[-1]
        kind = next(key for key in update if key != "update_id")
        body = update[kind]
        owner = body["from"]["id"] if kind == "callback_query" else body["chat"]["id"]
        self._put(Waiting(update, (kind, owner), time.monotonic() + DAY, again=True))

    async def poll(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        if self.webhook.url:
            raise ApiError(409, HAS_WEBHOOK)
        self._bell.set()
        bell = self._bell = asyncio.Event()
        self._confirm(offset)
        ends = time.monotonic() + min(seconds, 50)
        while not self._waiting:
            try:
                await asyncio.wait_for(bell.wait(), max(0.0, ends - time.monotonic()))
            except TimeoutError:
                return []
            if bell is not self._bell:
                raise ApiError(409, HAS_WEBHOOK if self.webhook.url else OTHER_POLLER)
            bell.clear()
        found = list(itertools.islice(self._waiting.values(), limit))
        for waiting in found:
            waiting.again = False
        return [waiting.update for waiting in found]

    async def set_webhook(self, webhook: Webhook) -> None:
        await self.close()
        self.webhook = webhook
        self._bell.set()
        self._bell = asyncio.Event()
        if webhook.url:
            self._slots = asyncio.Semaphore(webhook.connections)
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=webhook.connections)
            )
            for place in self._waiting:
                self._post_soon(place)

    async def close(self) -> None:
        workers = list(self._workers.values())
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        self._workers.clear()
        self._lanes.clear()
        if self._session:
            await self._session.close()
            self._session = None

    def _enqueue(self, kind: str, body: dict[str, Any], owner: int) -> None:
        seconds = QUERY_SECONDS if kind == "callback_query" else DAY
        update = {"update_id": next(self._ids), kind: body}
        self.reported.append(update)
        self._put(Waiting(update, (kind, owner), time.monotonic() + seconds))

    def _put(self, waiting: Waiting) -> None:
        place = next(self._places)
        self._waiting[place] = waiting
        self._bell.set()
        if self.webhook.url:
            self._post_soon(place)

    def _confirm(self, offset: int) -> None:
        now = time.monotonic()
        if offset < 0:
            newest = list(self._waiting.values())[offset:]
            offset = newest[0].id if newest else 0
        self._waiting = {
            place: waiting
            for place, waiting in self._waiting.items()
            if waiting.until > now and (waiting.id >= offset or waiting.again)
        }

    # Webhook: in order within a lane only, each update until it is answered with 2xx.

    def _post_soon(self, place: int) -> None:
        lane = self._waiting[place].lane
        self._lanes.setdefault(lane, deque()).append(place)
        if lane not in self._workers:
            self._workers[lane] = asyncio.create_task(self._work(lane))

    async def _work(self, lane: tuple[str, int]) -> None:
        places = self._lanes[lane]
        tries = 0
        while places:
            waiting = self._waiting.get(places[0])
            done, pause = (True, 0.0) if waiting is None else await self._post(waiting)
            if done:
                self._waiting.pop(places.popleft(), None)
                tries = 0
            else:
                pause = pause or (0 if tries == 0 else min(2.0**tries, 60))
                tries += 1
                await asyncio.sleep(pause / self.haste)
        del self._workers[lane]

    async def _post(self, waiting: Waiting) -> tuple[bool, float]:
        """Whether it was taken, and how long the bot asks to wait."""
        if waiting.until < time.monotonic():
            return True, 0
        headers = {"Content-Type": "application/json"}
        if self.webhook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.webhook.secret
        assert self._session
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            async with (
                self._slots,
                self._session.post(
                    self.webhook.url,
                    data=orjson.dumps(waiting.update),
                    headers=headers,
                    timeout=aiohttp.ClientTimeout(60),
                ) as response,
            ):
                if 200 <= response.status < 300:
                    return True, 0
                return False, float(response.headers.get("Retry-After", 0))
        return False, 0
