"""One open page of the web chat, from the server's side."""

import asyncio
import contextlib
import json
from collections.abc import Mapping
from typing import Any

from aiohttp import WSCloseCode, web

_LINE = 500  # messages that wait for a slow phone before the page is asked to come back
_BURST = 40.0  # things said at once: a queue typed without network, an album
_PER_SECOND = 4.0


class Page:
    """What is said to a page waits in line, so a slow phone delays nobody."""

    def __init__(self, socket: web.WebSocketResponse, address_id: str) -> None:
        self.address_id = address_id
        self._socket = socket
        self._line: asyncio.Queue[str] = asyncio.Queue(_LINE)
        self._early: list[str] | None = []  # said before the page has its history
        self._leaving: asyncio.Task[None] | None = None
        self._allowance = _BURST
        self._counted_at = asyncio.get_running_loop().time()

    def push(self, line: str) -> None:
        """Say something new, after the history."""
        if self._early is None:
            self._put(line)
        else:
            self._early.append(line)

    def answer(self, data: Mapping[str, Any]) -> None:
        """Answer what the page itself asked, at once."""
        self._put(to_json(data))

    def wait_for_history(self) -> None:
        """Keep what is new back until the history is there."""
        if self._early is None:
            self._early = []

    def begin(self, history: Mapping[str, Any]) -> None:
        """Give the page its history, then all that has been said meanwhile."""
        self._put(to_json(history))
        early, self._early = self._early or [], None
        for line in early:
            self._put(line)

    async def take_turn(self) -> None:
        """Count one more thing said; keep a page waiting that says too much at once."""
        now = asyncio.get_running_loop().time()
        more = (now - self._counted_at) * _PER_SECOND
        self._allowance = min(_BURST, self._allowance + more) - 1
        self._counted_at = now
        if self._allowance < 0:
            await asyncio.sleep(-self._allowance / _PER_SECOND)

    async def write(self) -> None:
        """Send what is in line, until the page is gone."""
        with contextlib.suppress(ConnectionError):
            while True:
                await self._socket.send_str(await self._line.get())

    async def close(self, code: int, reason: str) -> None:
        """Ask the page to come back."""
        with contextlib.suppress(ConnectionError):
            await self._socket.close(code=code, message=reason.encode())

    def send_away(self) -> None:
        """Ask the page to come back later, without waiting until it has heard."""
        if self._leaving is None:
            self._leaving = asyncio.create_task(self.close(CROWDED, "crowded"))

    def _put(self, line: str) -> None:
        try:
            self._line.put_nowait(line)
        except asyncio.QueueFull:
            self.send_away()


def to_json(data: Mapping[str, Any]) -> str:
    """Return compact JSON."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


GOING = WSCloseCode.GOING_AWAY
"""The server is stopping or starting again."""

STRANGER = 4401
"""No cookie, or a false one: the page has to be loaded again."""

CROWDED = 4408
"""Too slow, or one window too many: the page comes back later."""
