"""How fast messages leave a channel, and which go first: replies, notices, broadcasts.

Any second holds at most the channel's rate, as the platform counts: a message takes up a slot
until a second after it has arrived there, which is when the answer came, less the time that the
way takes at least. A slot or more, as many people chat, stay free for replies, and what is not a
reply leaves at even distances: so a reply in the middle of thousands goes at once.
"""

import asyncio
from bisect import bisect_left, insort
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from math import inf
from time import monotonic

from bot.outgoing import BROADCAST, REPLY

_SECOND = 1.005  # the channel's may be a little longer than ours
_UNANSWERED = 0.5  # seconds more that a slot is taken up while there is no answer
_REPLIES = 6  # in the last second, for which one more slot stays free
_WAYS = 300  # messages of which the fastest tells how long the way takes at least
_FEW_WAYS = 32  # too few to tell
_AT_ONCE = 64  # messages of one channel under way at the same time
_KEPT = 16  # of these, for replies only: files that go to thousands are slow
_SLACK = 0.02  # seconds that even spacing may make good when the loop was late


class Closing(Exception):
    """Nothing that is not a reply is sent any more: the program ends."""


class Pace:
    """Lets messages of one channel go, the most urgent first."""

    def __init__(self, rate: float, *, chat_gap: float = 0.0) -> None:
        self._most = max(1, int(rate))
        self._second = max(_SECOND, 1 / rate)
        self._gap = self._second / max(1, self._most - 1)
        self._chat_gap = chat_gap  # seconds between two messages to one chat; replies need none
        self._waiting: tuple[deque[asyncio.Future[float]], ...] = tuple(
            deque() for _ in range(BROADCAST + 1)
        )
        self._taken: list[float] = []  # until when each slot is taken up, in order
        self._replies: deque[float] = deque()  # when they went, in the last second
        self._ways: deque[float] = deque()  # seconds to the answer
        self._fastest = inf  # of these
        self._chats: dict[str, float] = {}  # when something went there, oldest first
        self._under_way = 0
        self._next = 0.0  # not before then, unless it is a reply
        self._not_before = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._closing = False

    def pause(self, seconds: float) -> None:
        """Send nothing for so long: the platform has said so."""
        self._not_before = max(self._not_before, monotonic() + seconds)

    def close(self) -> None:
        """Let nothing but replies go any more."""
        self._closing = True
        for queue in self._waiting[REPLY + 1 :]:
            while queue:
                ticket = queue.popleft()
                if not ticket.done():
                    ticket.set_exception(Closing())

    @asynccontextmanager
    async def turn(self, lane: int, chat: str, *, again: bool = False) -> AsyncIterator[None]:
        """Wait until a message may go, and hold its place while it goes.

        ``again``: it was refused before, so it is the first of its lane.

        Raises:
            Closing: it is not to be sent by this process any more.
        """
        if lane != REPLY:
            while not self._closing and (rest := self._rest_of(chat)) > 0:  # noqa: ASYNC110
                await asyncio.sleep(rest)
            if self._closing:
                raise Closing
        ticket: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        queue = self._waiting[lane]
        (queue.appendleft if again else queue.append)(ticket)
        self._let_go()
        began = await ticket
        self._note(chat)
        try:
            yield
        finally:
            self._give_back(began)

    def _rest_of(self, chat: str) -> float:
        return self._chats.get(chat, -self._chat_gap) + self._chat_gap - monotonic()

    def _note(self, chat: str) -> None:
        if not self._chat_gap:
            return
        now = monotonic()
        self._chats.pop(chat, None)
        self._chats[chat] = now
        while self._chats[oldest := next(iter(self._chats))] < now - self._chat_gap:
            del self._chats[oldest]

    def _let_go(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        now = monotonic()
        del self._taken[: bisect_left(self._taken, now)]
        while self._replies and self._replies[0] < now - self._second:
            self._replies.popleft()
        for lane, queue in enumerate(self._waiting):
            while queue:
                if (wait := self._wait_of(lane, now)) > 0:
                    loop = asyncio.get_running_loop()
                    self._timer = loop.call_later(max(wait, 0.001), self._let_go)
                    return
                if not (ticket := queue.popleft()).done():
                    self._take(lane, now)
                    ticket.set_result(now)

    def _wait_of(self, lane: int, now: float) -> float:
        """Seconds until the next message of a lane may go; those below it wait longer."""
        if self._under_way >= (_AT_ONCE if lane == REPLY else _AT_ONCE - _KEPT):
            return 1.0  # at most: whichever ends looks again
        wait = self._not_before - now
        most = self._most
        if lane != REPLY:
            kept = min(1 + len(self._replies) // _REPLIES, most // 2)
            most = max(1, most - kept)
        if len(self._taken) >= most:
            wait = max(wait, self._taken[len(self._taken) - most] - now)
        return wait if lane == REPLY else max(wait, self._next - now)

    def _take(self, lane: int, now: float) -> None:
        insort(self._taken, now + self._second + _UNANSWERED)
        self._under_way += 1
        if lane == REPLY:
            self._replies.append(now)
        else:
            self._next = max(self._next, now - _SLACK) + self._gap

    def _give_back(self, began: float) -> None:
        now = monotonic()
        self._under_way -= 1
        guess = bisect_left(self._taken, began + self._second + _UNANSWERED)
        if guess < len(self._taken) and self._taken[guess] == began + self._second + _UNANSWERED:
            del self._taken[guess]
        self._learn(now - began)
        way = self._fastest if len(self._ways) > _FEW_WAYS else 0.0
        insort(self._taken, now + self._second - way)
        self._let_go()

    def _learn(self, way: float) -> None:
        self._ways.append(way)
        self._fastest = min(self._fastest, way)
        if len(self._ways) > _WAYS and self._ways.popleft() == self._fastest:
            self._fastest = min(self._ways)
