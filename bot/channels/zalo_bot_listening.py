"""Hearing from the Zalo Bot Platform without losing more than it loses itself.

It gives each update once (some say: again and again until the next) and takes no confirmation.
So an update that is in our hands is kept and tried again until ``receive`` has returned, and only
then is the next one fetched or the webhook answered with 200. And a poll is never broken off: what
the platform puts into it afterwards would be gone. That is why polls are short.
"""

import asyncio
import contextlib
import hmac
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import UTC, datetime
from typing import Any
from weakref import WeakValueDictionary

import orjson
import structlog
from aiohttp import web

from bot.channels.calling import LONGEST_PAUSE, CallFailed, pause, read_body
from bot.channels.zalo_bot_http import Account, Calls
from bot.channels.zalo_bot_outgoing import UNKNOWN_BOT
from bot.channels.zalo_bot_updates import Json, message_id, to_incoming, unwrap, who
from bot.chat import Incoming, Receive

log = structlog.get_logger(__name__)

WEBHOOK_PATH = "/webhook/zalo-bot"
SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
BODY_BYTES = 1024 * 1024
POLL_SECONDS = 5  # as long as ``stop`` may take
AT_ONCE_SECONDS = 1.0  # a poll that brought nothing new sooner than this is not repeated sooner
ANSWER_SECONDS = 1.5  # Zalo waits about 2 for the webhook's answer
FINISH_SECONDS = 10.0
WEBHOOK_CHECK_SECONDS = 600.0
LONGEST_REFUSED_PAUSE = 3600.0  # setWebhook has a limit a day that nobody has published
KNOWN_MEMORY = 5000


class Listener:
    """Passes updates to ``receive``: those of one person in order, each once."""

    def __init__(
        self,
        account: Account,
        calls: Calls,
        polling: Calls,
        count: Callable[[str, int], Coroutine[Any, Any, None]],
    ) -> None:
        self._account = account
        self._calls = calls
        self._polling = polling
        self._count = count
        self._receive: Receive | None = None
        self._webhook_set = False
        self._closing = asyncio.Event()
        self._known: OrderedDict[str, None] = OrderedDict()  # ids of what has been received
        self._lanes: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._listening: asyncio.Task[None] | None = None
        self._unfinished: set[asyncio.Task[Any]] = set()

    def start(self, receive: Receive) -> None:
        """Listen from now on, in a task of its own."""
        self._receive = receive
        listen = self._keep_webhook() if self._account.mode == "webhook" else self._poll()
        self._listening = asyncio.create_task(listen)

    async def stop(self) -> None:
        """Fetch nothing more, and wait for what has been fetched to be received."""
        self._closing.set()
        if self._listening:
            await asyncio.wait({self._listening}, timeout=POLL_SECONDS + 1)
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        if self._unfinished:
            await asyncio.wait(self._unfinished, timeout=FINISH_SECONDS)
        self._receive = None
        for task in self._unfinished:
            task.cancel()
        await asyncio.gather(*self._unfinished, return_exceptions=True)

    async def on_webhook(self, request: web.Request) -> web.Response:
        """Take one update from Zalo, which may not send it again whatever the answer is."""
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._account.webhook_secret.encode()):
            return web.Response(status=403)
        if self._receive is None:
            return web.Response(status=503, headers={"Retry-After": "5"})
        body = await read_body(request, BODY_BYTES)
        if body is None:
            return web.Response(status=413)
        try:
            update = unwrap(orjson.loads(body))
        except ValueError:
            return web.Response(status=400)
        if update is not None:
            taking = self._in_background(self._take(update))
            await asyncio.wait({taking}, timeout=ANSWER_SECONDS)
            if not taking.done() or taking.cancelled():
                # It is still being tried; should Zalo send it again, it has the same id.
                return web.Response(status=503, headers={"Retry-After": "5"})
        return web.json_response({"message": "Success"})

    async def _poll(self) -> None:
        """Fetch updates until the channel is closed."""
        await self._until_done(self._drop_webhook)
        failures = 0
        while not self._closing.is_set():
            started = time.monotonic()
            try:
                updates = await self._fetch()
            except CallFailed as failed:
                failures += 1
                _complain(failed, failures)
                if failed.status == 400 and failed.says("webhook"):
                    await self._until_done(self._drop_webhook)
                await self._sleep(_rest(failures, failed))
                continue
            failures = 0
            # Shielded: what has been fetched is received also when this task is cancelled.
            news = await asyncio.shield(self._in_background(self._take_all(updates)))
            if not news:
                rest = AT_ONCE_SECONDS - (time.monotonic() - started)
                await self._sleep(rest)

    async def _fetch(self) -> Sequence[Json]:
        """Wait for updates; that there are none is told in several ways."""
        try:
            result = await self._polling.call(
                "getUpdates", {"timeout": POLL_SECONDS}, wait_seconds=POLL_SECONDS
            )
        except CallFailed as failed:
            if failed.status == 408:
                return ()
            raise
        found = result if isinstance(result, list) else [result]
        return [update for update in found if isinstance(update, dict)]

    async def _take_all(self, updates: Sequence[Json]) -> bool:
        """Receive what was fetched; False when all of it was known, or nothing."""
        return any([await self._take(update) for update in updates])

    async def _take(self, update: Json) -> bool:
        """Receive one update, whatever it takes; False when it had been received before.

        What cannot be understood is dropped: nobody could ever make it out.
        """
        known_as, person = message_id(update), who(update)
        lane = self._lanes.setdefault(person, asyncio.Lock())
        async with lane:
            if known_as in self._known:
                return False
            try:
                incoming = to_incoming(update, datetime.now(UTC))
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                log.warning("zalo-bot: an update was not understood", reason=type(error).__name__)
                incoming = None
            if incoming is not None:
                await self._until_received(incoming)
                self._in_background(self._count("in", 1))
            if known_as:
                self._remember(known_as)
        return bool(known_as)

    async def _until_received(self, incoming: Incoming) -> None:
        failures = 0
        while self._receive is not None:
            try:
                return await self._receive(incoming)
            except Exception:  # whatever it was: nobody will give us this update again
                failures += 1
                log.exception("zalo-bot: an update could not be stored", failures=failures)
                await asyncio.sleep(pause(failures))
        raise asyncio.CancelledError  # closed; it is a pity

    def _remember(self, known_as: str) -> None:
        self._known[known_as] = None
        if len(self._known) > KNOWN_MEMORY:
            self._known.popitem(last=False)

    def _in_background(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.create_task(work)
        self._unfinished.add(task)
        task.add_done_callback(self._unfinished.discard)
        return task

    async def _drop_webhook(self) -> None:
        """Make sure that polling is allowed. To have had no webhook is as good."""
        try:
            await self._calls.call("deleteWebhook", {})
        except CallFailed as failed:
            if failed.status != 400:
                raise

    async def _keep_webhook(self) -> None:
        """Set the webhook, also again when somebody polled with the same token in between."""
        while not self._closing.is_set():
            await self._until_done(self._set_webhook)
            await self._sleep(WEBHOOK_CHECK_SECONDS)

    async def _set_webhook(self) -> None:
        """Set it once at each start, for the secret may be new, and then only when it is lost."""
        url = self._account.public_url.rstrip("/") + WEBHOOK_PATH
        if self._webhook_set and await self._webhook_url() == url:
            return
        secret = {"url": url, "secret_token": self._account.webhook_secret}
        result = await self._calls.call("setWebhook", secret)
        self._webhook_set = True
        verification = result.get("verification") if isinstance(result, dict) else None
        if isinstance(verification, dict) and verification.get("ok") is False:
            # It is set all the same. Cloudflare's browser check, for one, refuses Zalo's caller.
            outcome = str(verification.get("outcome"))
            log.error("zalo-bot: Zalo does not reach BOT_PUBLIC_URL", outcome=outcome)

    async def _webhook_url(self) -> str:
        try:
            told = await self._calls.call("getWebhookInfo", {})
        except CallFailed as failed:
            if failed.status == 404:  # there is none
                return ""
            raise
        return str(told.get("url", "")) if isinstance(told, dict) else ""

    async def _until_done(self, step: Callable[[], Awaitable[None]]) -> None:
        failures = 0
        while not self._closing.is_set():
            try:
                await step()
            except CallFailed as failed:
                failures += 1
                _complain(failed, failures)
                refused = 400 <= failed.status < 500 and failed.status not in (401, 403, 408)
                longest = LONGEST_REFUSED_PAUSE if refused else LONGEST_PAUSE
                await self._sleep(_rest(failures, failed, longest))
            else:
                return

    async def _sleep(self, seconds: float) -> None:
        """Rest for so long, or until the channel is closed."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), max(0.0, seconds))


def _complain(failed: CallFailed, failures: int) -> None:
    if failed.status == 401:
        log.error("zalo-bot: refused", reason=UNKNOWN_BOT, failures=failures)
    else:
        log.warning("zalo-bot: not reachable", reason=str(failed), failures=failures)


def _rest(failures: int, failed: CallFailed, longest: float = LONGEST_PAUSE) -> float:
    """Seconds to wait after so many failures in a row."""
    if failed.status in (401, 404):  # a wrong token or address: only the operator can mend that
        return LONGEST_PAUSE
    return failed.retry_after or pause(failures, longest)
