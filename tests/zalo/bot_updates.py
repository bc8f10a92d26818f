"""Updates of the Bot Platform on their way to the bot: polled one by one, or pushed once."""

import asyncio
import itertools
import time
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson

from tests.botapi.incoming import ApiError

HAS_WEBHOOK = "You cannot use this API while a webhook is set. Please remove the webhook first"
JAVA = "Java/17"
PUSH_SECONDS = 2.0

Update = dict[str, Any]


@dataclass
class Knobs:
    """What sources disagree about, and what only some accounts meet."""

    error_http: str = "status"  # or "ok200": HTTP 200 with every refusal
    delivery: str = "consume"  # or "replay", or "null_result" in place of the idle 408
    photo_field: str = "photo_url"  # or "photo", or "both"
    webhook_shape: str = "wrapped"  # or "flat"
    count: str = "code points"  # or "utf-16": how 2000 are counted
    bare: bool = False  # optional fields are missing
    writes_to_strangers: bool = False  # to whom nobody has written
    quota: int = 0  # so many messages, then 429; 0: no end
    broken_polls: str = "take"  # the next update and lose it; or "end"
    most_people: int = 50
    sets_a_day: int = 50  # of the webhook
    https_only: bool = False  # for the webhook


@dataclass
class Push:
    update: Update
    status: int  # 0: no answer in time
    seconds: float


class Updates:
    """``haste``: by how much a poll's waiting is shortened."""

    def __init__(self, knobs: Knobs, haste: float = 1.0) -> None:
        self.knobs = knobs
        self.haste = haste
        self.url = ""
        self.secret = ""
        self.updated_at = 0
        self.twice = False  # push everything two times
        self.swap_next = False
        self.reported: list[Update] = []
        self.polls: list[float] = []  # when each began
        self.pushes: list[Push] = []
        self._waiting: deque[Update] = deque()
        self._last: Update | None = None
        self._pollers: deque[asyncio.Future[Update]] = deque()
        self._nothing = itertools.cycle([{"result": None}, {"result": {}}, {}])
        self._held: Update | None = None
        self._lanes: dict[str, deque[Update]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, update: Update) -> None:
        """Report something."""
        self.reported.append(update)
        if self.swap_next:
            self.swap_next, self._held = False, update
            return
        self._give(update)
        if self._held:
            held, self._held = self._held, None
            self._give(held)

    def repeat(self) -> None:
        """Report the last thing again."""
        self._give(self.reported[-1])

    async def poll(self, seconds: float) -> dict[str, Any]:
        """Return what stands beside ``ok`` in the answer."""
        self.polls.append(time.monotonic())
        if self.url:
            raise ApiError(400, HAS_WEBHOOK)
        if self._waiting:
            self._last = self._waiting.popleft()
            return {"result": self._last}
        if self.knobs.delivery == "replay" and self._last:
            return {"result": self._last}
        poller: asyncio.Future[Update] = asyncio.get_running_loop().create_future()
        self._pollers.append(poller)
        ends = time.monotonic() + seconds / self.haste
        try:
            await asyncio.wait({poller}, timeout=seconds / self.haste)
        except asyncio.CancelledError:  # the caller has gone, which is noticed only by writing
            left = ends - time.monotonic() if self.knobs.broken_polls == "take" else 0
            asyncio.get_running_loop().call_later(left, poller.cancel)
            raise
        if poller.done():
            self._last = poller.result()
            return {"result": self._last}
        poller.cancel()
        if self.knobs.delivery == "null_result":
            return next(self._nothing)
        raise ApiError(408, "Request timeout")

    async def hurry(self, closing: Coroutine[Any, Any, None]) -> None:
        """Let a bot close, and end its polls as if their time were over."""
        task = asyncio.create_task(closing)
        while not task.done():
            for poller in self._pollers:
                if not poller.done():
                    poller.set_exception(ApiError(408, "Request timeout"))
            await asyncio.sleep(0.005)
        await task

    async def set_webhook(self, url: str, secret: str) -> None:
        await self.close()
        self.url, self.secret = url, secret
        self.updated_at = int(time.time() * 1000)
        if url:
            self._session = aiohttp.ClientSession(headers={"User-Agent": JAVA})
            for poller in self._pollers:
                if not poller.done():
                    poller.set_exception(ApiError(400, HAS_WEBHOOK))

    async def verify(self) -> dict[str, Any]:
        """Call the webhook and say how it went."""
        started = time.monotonic()
        status = await self._post({"event_name": "webhook.verify"})
        names = {403: "403", 404: "404"}
        outcome = "webhook.ok" if status == 200 else f"webhook.http.{names.get(status, 'other')}"
        return {
            "ok": status == 200,
            "url": self.url,
            "status_code": status,
            "outcome": outcome if status else "webhook.err.conn",
            "latency_ms": int((time.monotonic() - started) * 1000),
            "hint": "",
        }

    async def close(self) -> None:
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        self._tasks.clear()
        self._lanes.clear()
        if self._session:
            await self._session.close()
            self._session = None

    def _give(self, update: Update) -> None:
        if self.url:
            for _ in range(2 if self.twice else 1):
                self._push_soon(update)
            return
        while self._pollers:  # one of them only
            poller = self._pollers.popleft()
            if not poller.done():
                poller.set_result(update)
                return
        self._waiting.append(update)

    def _push_soon(self, update: Update) -> None:
        try:
            lane = str(update["message"]["chat"]["id"])
        except (KeyError, TypeError):
            lane = ""
        self._lanes.setdefault(lane, deque()).append(update)
        if lane not in self._tasks or self._tasks[lane].done():
            self._tasks[lane] = asyncio.create_task(self._push_lane(self._lanes[lane]))

    async def _push_lane(self, updates: deque[Update]) -> None:
        while updates:
            update = updates.popleft()
            started = time.monotonic()
            status = await self._post(update)
            self.pushes.append(Push(update, status, time.monotonic() - started))

    async def _post(self, update: Update) -> int:
        """One attempt; 0 when there is no answer in two seconds."""
        if self._session is None:
            return 0
        wrapped = {"ok": True, "result": update}
        body = wrapped if self.knobs.webhook_shape == "wrapped" else update
        headers = {"Content-Type": "application/json", "X-Bot-Api-Secret-Token": self.secret}
        timeout = aiohttp.ClientTimeout(PUSH_SECONDS)
        try:
            async with self._session.post(
                self.url, data=orjson.dumps(body), headers=headers, timeout=timeout
            ) as response:
                await response.read()
                return response.status
        except (aiohttp.ClientError, TimeoutError):
            return 0
