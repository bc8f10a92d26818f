"""Hearing from Zalo: what is signed is received, and only then answered with 200.

Zalo reports once (twice only when it could not connect), and waits two seconds.
"""

import asyncio
import hashlib
import hmac
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import orjson
import structlog
from aiohttp import web

from bot.channels.calling import read_body
from bot.channels.zalo_oa_events import to_incoming
from bot.channels.zalo_oa_http import Account
from bot.chat import Incoming, Receive

log = structlog.get_logger(__name__)

WEBHOOK_PATH = "/webhook/zalo-oa"
SIGNATURE = "X-ZEvent-Signature"
TIMESTAMP = "X-ZEvent-Timestamp"
BODY_BYTES = 1024 * 1024
NAME_SECONDS = 1.0
NAMES_KEPT = 10_000
NO_NAMES_FOR = timedelta(minutes=1)
UNREADABLE = (AttributeError, KeyError, OSError, OverflowError, TypeError, ValueError)


def signature(app_id: str, body: bytes, timestamp: str, key: str) -> str:
    """Return what Zalo signs an event with: a plain SHA-256, no HMAC."""
    return hashlib.sha256(app_id.encode() + body + timestamp.encode() + key.encode()).hexdigest()


class Listener:
    """Passes events to ``receive``: those of one person in order, people side by side."""

    def __init__(
        self,
        account: Account,
        name_of: Callable[[str], Awaitable[str]],
        count: Callable[[str, int], Awaitable[None]],
        clock: Callable[[], datetime],
    ) -> None:
        self._account = account
        self._name_of = name_of
        self._count = count
        self._clock = clock
        self._receive: Receive | None = None
        self._names: OrderedDict[str, str] = OrderedDict()  # of people seen since the start
        self._no_names_until: datetime | None = None
        self._lines: dict[str, tuple[asyncio.Lock, int]] = {}  # how many are in whose line

    def start(self, receive: Receive) -> None:
        """Listen from now on."""
        self._receive = receive

    def stop(self) -> None:
        """Hear nothing more."""
        self._receive = None

    async def on_webhook(self, request: web.Request) -> web.Response:
        """Take one event."""
        body = await read_body(request, BODY_BYTES)
        if body is None:
            return web.Response(status=413)
        event = _event(body)
        signed = request.headers.get(SIGNATURE)
        if signed is None and not (event and "event_name" in event):
            return web.Response()  # the console tries the address when it is entered
        if event is None or not self._is_zalos(request, signed or "", body, event):
            return web.Response(status=403)
        if self._receive is None:
            return web.Response(status=503, headers={"Retry-After": "5"})
        try:
            incoming = to_incoming(event)
        except UNREADABLE as error:
            log.warning("zalo-oa: an event was not understood", reason=repr(error))
            return web.Response()
        if incoming is not None:
            try:
                await self._in_line(incoming)
            except Exception:  # whatever it was, Zalo may come again
                log.exception("zalo-oa: an event could not be stored")
                return web.Response(status=503, headers={"Retry-After": "2"})
        return web.Response()

    def _is_zalos(
        self, request: web.Request, signed: str, body: bytes, event: dict[str, Any]
    ) -> bool:
        """Whether only Zalo can have signed it.

        Its papers and what others have seen differ: the time stands in a header or in the event,
        and the signed text begins with the id of the app or of the Official Account.
        """
        given = signed.strip().removeprefix("mac=").casefold().encode("utf-8", "replace")
        times = (request.headers.get(TIMESTAMP), event.get("timestamp"))
        key = self._account.oa_secret_key
        # Every combination is tried, whatever came of the one before.
        matches = [
            hmac.compare_digest(signature(first, body, str(time), key).encode(), given)
            for first in (self._account.app_id, _account_of(event))
            for time in times
            if first and time is not None
        ]
        return any(matches)

    async def _in_line(self, incoming: Incoming) -> None:
        """Receive one thing after another of one person, as they came."""
        user = incoming.sender.id
        lock, waiting = self._lines.get(user, (asyncio.Lock(), 0))
        self._lines[user] = lock, waiting + 1
        try:
            async with lock:
                await self._take(incoming)
        finally:
            waiting = self._lines[user][1] - 1
            if waiting:
                self._lines[user] = lock, waiting
            else:
                del self._lines[user]

    async def _take(self, incoming: Incoming) -> None:
        if not incoming.sender_name and incoming.blocked is not True:
            incoming = replace(incoming, sender_name=await self._name(incoming.sender.id))
        if self._receive is None:
            raise RuntimeError("the Official Account is closed")
        await self._receive(incoming)
        await self._count("in", 1)

    async def _name(self, user: str) -> str:
        """Return what somebody is called, if Zalo says it at once; it is asked once for each."""
        if user in self._names:
            return self._names[user]
        now = self._clock()
        if self._no_names_until is not None and now < self._no_names_until:
            return ""
        try:
            async with asyncio.timeout(NAME_SECONDS):
                name = await self._name_of(user)
        except Exception as error:  # a name is a courtesy: nothing may be lost for it
            log.info("zalo-oa: no name", why=type(error).__name__)
            self._no_names_until = now + NO_NAMES_FOR
            return ""
        self._names[user] = name
        if len(self._names) > NAMES_KEPT:
            self._names.popitem(last=False)
        return name


def _account_of(event: dict[str, Any]) -> str:
    """Return the id of the Official Account to which something was said."""
    recipient = event.get("recipient")
    named = recipient.get("id") if isinstance(recipient, dict) else event.get("oa_id")
    return str(named or "")


def _event(body: bytes) -> dict[str, Any] | None:
    try:
        event = orjson.loads(body)
    except ValueError:
        return None
    return event if isinstance(event, dict) else None
