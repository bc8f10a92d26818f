"""Hearing from Telegram without losing anything.

python-telegram-bot's own Updater confirms an update before it is handled, so a crash loses it.
Here the offset moves, and the webhook answers 200, only after ``receive`` has returned.
"""

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

import orjson
import structlog
from aiohttp import web
from telegram import Bot
from telegram.error import TelegramError

from bot.channels.calling import LONGEST_PAUSE, pause, read_body
from bot.channels.telegram_http import Account, CallFailed, Calls
from bot.channels.telegram_updates import WANTED, Json, query_id, to_incoming, who
from bot.chat import Receive

T = TypeVar("T")

log = structlog.get_logger(__name__)

WEBHOOK_PATH = "/webhook/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
BODY_BYTES = 1024 * 1024
BATCH = 100
POLL_SECONDS = 25
FINISH_SECONDS = 10.0
WEBHOOK_CHECK_SECONDS = 600.0


class Listener:
    """Passes updates to ``receive``: those of one person in order, people side by side."""

    def __init__(self, account: Account, bot: Bot, calls: Calls, polling: Calls) -> None:
        self.username = ""
        self._account = account
        self._bot = bot
        self._calls = calls
        self._polling = polling
        self._receive: Receive | None = None
        self._webhook_set = False
        self._tasks: list[asyncio.Task[None]] = []
        self._unfinished: set[asyncio.Task[Any]] = set()

    def start(self, receive: Receive) -> None:
        """Listen from now on, in tasks of its own."""
        self._receive = receive
        listen = self._keep_webhook() if self._account.mode == "webhook" else self._poll()
        self._tasks = [asyncio.create_task(listen), asyncio.create_task(self._introduce())]

    async def stop(self) -> None:
        """Fetch nothing more, and wait for what has been fetched to be received."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._unfinished:
            await asyncio.wait(self._unfinished, timeout=FINISH_SECONDS)
        self._receive = None

    async def on_webhook(self, request: web.Request) -> web.Response:
        """Take one update from Telegram; anything but 200 makes Telegram send it again."""
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._account.webhook_secret.encode()):
            return web.Response(status=403)
        if self._receive is None:
            return web.Response(status=503, headers={"Retry-After": "5"})
        body = await read_body(request, BODY_BYTES)
        if body is None:
            return web.Response(status=413)
        try:
            update = orjson.loads(body)
        except ValueError:
            return web.Response(status=400)
        try:
            await self._take(update)
        except Exception:  # whatever it was, Telegram keeps the update for us
            log.exception("telegram: an update could not be stored")
            return web.Response(status=503, headers={"Retry-After": "2"})
        return web.Response()

    async def _poll(self) -> None:
        """Fetch updates for ever; confirm them by the next fetch."""
        await self._until_done(self._drop_webhook)
        offset = 0
        failures = 0
        while True:
            try:
                updates = await self._fetch(offset)
            except CallFailed as failed:
                failures += 1
                log.warning("telegram: no updates", reason=str(failed), failures=failures)
                if failed.status == 409 and failed.says("webhook"):
                    await self._until_done(self._drop_webhook)
                await asyncio.sleep(_pause(failures, failed))
                continue
            # Shielded: what has been fetched is received also when this task is cancelled.
            refused = await asyncio.shield(self._in_background(self._take_all(updates)))
            if refused is None:
                offset, failures = max((u["update_id"] + 1 for u in updates), default=offset), 0
            else:
                offset, failures = refused, failures + 1
                await asyncio.sleep(_pause(failures))

    async def _fetch(self, offset: int) -> list[Json]:
        updates = await self._polling.call(
            "getUpdates",
            {
                "offset": offset,
                "limit": BATCH,
                "timeout": POLL_SECONDS,
                "allowed_updates": WANTED,
            },
            wait_seconds=POLL_SECONDS,
        )
        if not isinstance(updates, list):
            raise CallFailed(0, "no list of updates")
        known: list[Json] = [one for one in updates if isinstance(one, dict) and "update_id" in one]
        if updates and not known:
            raise CallFailed(0, "no update among the updates")
        return known

    async def _take_all(self, updates: Sequence[Json]) -> int | None:
        """Receive a batch, and return the id of the first update that was refused."""
        people: dict[int, list[Json]] = {}
        for update in updates:
            people.setdefault(who(update), []).append(update)
        refused = await asyncio.gather(*(self._take_in_order(all_) for all_ in people.values()))
        return min((update_id for update_id in refused if update_id is not None), default=None)

    async def _take_in_order(self, updates: Sequence[Json]) -> int | None:
        for update in updates:
            try:
                await self._take(update)
            except Exception:  # whatever it was, Telegram keeps the update for us
                log.exception("telegram: an update could not be stored")
                return int(update["update_id"])
        return None

    async def _take(self, update: Json) -> None:
        """Receive one update. What cannot be understood is dropped: it would come for ever."""
        try:
            incoming = to_incoming(update, datetime.now(UTC))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            log.warning("telegram: an update was not understood", reason=repr(error))
            return
        if incoming is None:
            return
        if self._receive is None:
            raise RuntimeError("Telegram is closed")
        await self._receive(incoming)
        if query := query_id(update):
            self._in_background(self._answer(query))

    async def _answer(self, query: str) -> None:
        """Stop the clock on the button. Too late after a restart, which does no harm."""
        try:
            await self._calls.call("answerCallbackQuery", {"callback_query_id": query})
        except CallFailed as failed:
            log.debug("telegram: a button press was not answered", reason=str(failed))

    def _in_background(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self._unfinished.add(task)
        task.add_done_callback(self._unfinished.discard)
        return task

    async def _introduce(self) -> None:
        """Learn the bot's name and show its menu."""
        await self._until_done(self._learn_name)
        if self._account.menu:
            await self._until_done(self._show_menu)

    async def _learn_name(self) -> None:
        self.username = (await self._bot.get_me()).username or ""

    async def _show_menu(self) -> None:
        try:
            await self._bot.set_my_commands(self._account.menu)
        except CallFailed as failed:
            if failed.status != 400:
                raise
            log.error("telegram: the menu was refused", reason=str(failed))

    async def _drop_webhook(self) -> None:
        await self._bot.delete_webhook()

    async def _keep_webhook(self) -> None:
        """Set the webhook, also again when somebody polled with the same token in between."""
        while True:
            await self._until_done(self._set_webhook)
            await asyncio.sleep(WEBHOOK_CHECK_SECONDS)

    async def _set_webhook(self) -> None:
        url = self._account.public_url.rstrip("/") + WEBHOOK_PATH
        if self._webhook_set and (await self._bot.get_webhook_info()).url == url:
            return
        await self._bot.set_webhook(
            url,
            allowed_updates=WANTED,
            max_connections=100,
            secret_token=self._account.webhook_secret,
        )
        self._webhook_set = True

    async def _until_done(self, step: Callable[[], Awaitable[None]]) -> None:
        failures = 0
        while True:
            try:
                return await step()
            except TelegramError as failed:
                failures += 1
                log.warning("telegram: not reachable", reason=str(failed), failures=failures)
                await asyncio.sleep(_pause(failures, failed))


def _pause(failures: int, failed: TelegramError | None = None) -> float:
    """Seconds to wait after so many failures in a row."""
    if isinstance(failed, CallFailed) and failed.retry_after:
        return failed.retry_after
    if isinstance(failed, CallFailed) and failed.status in (401, 404):  # a wrong token
        return LONGEST_PAUSE
    return pause(failures)
