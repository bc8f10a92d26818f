"""Outbox -> channel: send, wait and retry, give up, keep the rate.

One person's messages go one after another; people side by side. What a channel says of a failure
(bot.errors) decides here, in one place, what becomes of a message.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.chat import Address, Channel, Message, read_message
from bot.errors import PersonGone, SendError, TryLater
from bot.outgoing import Parcel
from storage.database import Database
from storage.outbox import Outgoing
from storage.store import Store

log = structlog.get_logger()

_LONGEST_WAIT = timedelta(minutes=5)
_WINDOW = 1.02  # seconds: a second of the channel's may be a little longer than ours
_PATIENCE = timedelta(days=1)  # how long a message is tried before it is given up
_AT_ONCE = 64  # messages of one channel under way at the same time
_LEFT = 500  # messages that a sweep takes over at once


Ready = Callable[[Message], Awaitable[Message]]
"""Make the files that a message needs; returns it as it can be sent."""


class Pace:
    """At most ``rate`` messages a second in any second, evenly spread when there are many."""

    def __init__(self, rate: float) -> None:
        self._most = max(1, int(rate * _WINDOW))
        self._gap = 0.0 if rate >= 1 else 1 / rate
        self._taken: deque[float] = deque()
        self._not_before = 0.0

    def pause(self, seconds: float) -> None:
        """Send nothing for so long: the platform has said so."""
        self._not_before = max(self._not_before, asyncio.get_running_loop().time() + seconds)

    async def wait(self) -> None:
        """Return when one more message may go out."""
        loop = asyncio.get_running_loop()
        while True:
            now = loop.time()
            while self._taken and self._taken[0] <= now - max(_WINDOW, self._gap):
                self._taken.popleft()
            wait = self._not_before - now
            if len(self._taken) >= self._most:
                wait = max(wait, self._taken[0] + max(_WINDOW, self._gap) - now)
            if wait <= 0:
                self._taken.append(now)
                return
            await asyncio.sleep(wait)


class Delivery:
    """Sends what is in the outbox. Give it parcels right after their commit."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        ready: Ready,
        *,
        clock: Callable[[], datetime],
        rates: Mapping[str, float] | None = None,
    ) -> None:
        self._database = database
        self._channels = channels
        self._ready = ready
        self._clock = clock
        self._paces = {name: Pace((rates or {}).get(name, 1000.0)) for name in channels}
        self._slots = {name: asyncio.Semaphore(_AT_ONCE) for name in channels}
        self._lines: dict[Address, deque[Parcel]] = {}
        self._news: dict[Address, asyncio.Event] = {}
        self._senders: set[asyncio.Task[None]] = set()
        self._sent: list[tuple[int, str]] = []  # taken by a channel, and not yet marked so
        self._marks: set[asyncio.Task[None]] = set()
        # Whoever sends from a SQLite file is alone: the claims there are those of the dead.
        self._forgets_claims = database.is_sqlite
        self._closing = asyncio.Event()

    def hand_over(self, parcels: list[Parcel]) -> None:
        """Send these soon, each person's in the order given."""
        for parcel in parcels:
            if parcel.to.channel not in self._channels:
                continue  # that channel is off; the row waits until it is on again
            line = self._lines.setdefault(parcel.to, deque())
            line.append(parcel)
            if parcel.to in self._news:
                self._news[parcel.to].set()
            else:
                self._start(parcel.to)

    async def sweep(self) -> int:
        """Take over what a process that ended has left; returns how many messages."""
        names = list(self._channels)
        now = self._clock()
        forget, self._forgets_claims = self._forgets_claims, False

        def claim(store: Store) -> list[Outgoing]:
            if forget:
                store.outbox.forget_claims()
            return store.outbox.claim_left(names, now, _LEFT)

        left = await self._database.write(claim)
        known = {parcel.id for line in self._lines.values() for parcel in line}
        self.hand_over(
            [
                Parcel(
                    row.id,
                    Address(row.channel, row.chat_id),
                    read_message(row.message),
                    row.due_at,
                    held=row.held,
                    tries=row.tries,
                )
                for row in left
                if row.id not in known
            ]
        )
        return len(left)

    async def close(self) -> None:
        """Let the messages under way end; what waits is in the outbox."""
        self._closing.set()
        for event in self._news.values():
            event.set()
        await asyncio.gather(*self._senders)
        await asyncio.gather(*self._marks)

    def _start(self, to: Address) -> None:
        self._news[to] = asyncio.Event()
        sender = asyncio.create_task(self._send_line(to))
        self._senders.add(sender)
        sender.add_done_callback(self._senders.discard)

    async def _send_line(self, to: Address) -> None:
        line = self._lines[to]
        while line and not self._closing.is_set():
            parcel = line[0]
            if await self._until_due(parcel):
                if await self._deliver(parcel):
                    line.popleft()
                elif not self._lines.get(to):
                    break  # all was given up
        self._lines.pop(to, None)
        self._news.pop(to, None)

    async def _until_due(self, parcel: Parcel) -> bool:
        """Wait until a parcel may go; False to look again (news, or the end)."""
        news = self._news[parcel.to]
        news.clear()
        wait = (parcel.due_at - self._clock()).total_seconds()
        if wait > 0:
            try:
                await asyncio.wait_for(news.wait(), wait)
            except TimeoutError:
                return not self._closing.is_set()
            if not (parcel.held and len(self._lines[parcel.to]) > 1):
                return False
        return True  # due, or held but overtaken by something newer

    async def _deliver(self, parcel: Parcel) -> bool:
        """Try once; True when the parcel is done with, one way or the other."""
        if parcel.held:
            if not await self._database.write(lambda store: store.outbox.let_go(parcel.id)):
                return True  # taken back meanwhile
            parcel.held = False
        channel = self._channels[parcel.to.channel]
        try:
            await self._make_ready(parcel)
            async with self._slots[channel.name]:
                await self._paces[channel.name].wait()
                sent_id = await channel.send(parcel.to, parcel.message, str(parcel.id))
        except SendError as error:
            return await self._failed(parcel, error)
        except Exception as error:
            log.exception("send_broken", outbox=parcel.id, channel=channel.name)
            return await self._failed(parcel, TryLater(type(error).__name__))
        self._mark_sent(parcel.id, sent_id)
        return True

    async def _make_ready(self, parcel: Parcel) -> None:
        ready = await self._ready(parcel.message)
        if ready != parcel.message:
            parcel.message = ready
            await self._database.write(lambda store: store.outbox.rewrite(parcel.id, ready))

    def _mark_sent(self, outbox_id: int, sent_id: str) -> None:
        """Remember that it was taken, without keeping the person's next message waiting."""
        self._sent.append((outbox_id, sent_id))
        if len(self._sent) == 1:
            task = asyncio.create_task(self._mark_all())
            self._marks.add(task)
            task.add_done_callback(self._marks.discard)

    async def _mark_all(self) -> None:
        sent, self._sent = self._sent, []
        await self._database.write(partial(_mark, sent, self._clock()))

    async def _failed(self, parcel: Parcel, error: SendError) -> bool:
        now = self._clock()
        reason = f"{type(error).__name__}: {error}"
        log.warning(
            "not_sent", outbox=parcel.id, channel=parcel.to.channel, why=type(error).__name__
        )
        if isinstance(error, PersonGone):
            await self._give_up_on(parcel.to, reason, now)
            return False
        if isinstance(error, TryLater) and now - parcel.due_at < _PATIENCE:
            await self._put_off(parcel, error, now)
            return False
        await self._database.write(lambda store: store.outbox.give_up(parcel.id, reason, now))
        return True

    async def _put_off(self, parcel: Parcel, error: TryLater, now: datetime) -> None:
        parcel.tries += 1
        wait = min(_LONGEST_WAIT, error.after * 2 ** min(parcel.tries - 1, 8))
        wait = max(wait, error.after)
        if error.whole_channel:
            self._paces[parcel.to.channel].pause(error.after.total_seconds())
        parcel.due_at = now + wait
        due_at = parcel.due_at
        await self._database.write(
            lambda store: store.outbox.put_off(parcel.id, due_at, str(error))
        )

    async def _give_up_on(self, to: Address, reason: str, now: datetime) -> None:
        def work_of(store: Store) -> None:
            store.people.mark_gone(to.channel, to.id, now)
            store.outbox.give_up_all(to.channel, to.id, reason, now)

        await self._database.write(work_of)
        self._lines[to].clear()


def _mark(sent: list[tuple[int, str]], now: datetime, store: Store) -> None:
    store.outbox.mark_sent(sent, now)
