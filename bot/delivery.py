"""Outbox -> channel: send, wait and retry, go another way, give up, keep the rate.

One person's messages go one after another; people side by side. What a channel says of a failure
(bot.errors) decides here, in one place, what becomes of a message.

Replies and notices come by ``hand_over``, right after their commit. Broadcasts stay in the
database: ``feed`` takes a handful at a time, as many as are about to go. Taking one is written
down as the beginning of its sending; what was begun and may have arrived is not sent again.

A reply belongs where the question was asked. A notice or a broadcast that does not reach its
person by one channel goes by the next one they have.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog

from bot.chat import Address, Channel, Message, read_message
from bot.errors import PersonGone, SendError, TryLater, Unreachable
from bot.noticed import leave, want_call, worded
from bot.outgoing import BROADCAST, NOTICE, REPLY, Parcel
from bot.pace import Closing, Pace
from storage.database import Database
from storage.outbox import Outgoing
from storage.store import Store

log = structlog.get_logger()

_LONGEST_WAIT = timedelta(minutes=5)
_MOST_TRIES = 300  # about a day
_LEFT = 500  # messages that a sweep takes over at once
_AHEAD = 0.25  # seconds' worth of a broadcast that is taken at once
_MOST_AHEAD = 64
_NO_RATE = 1000.0  # a second, for a channel that has no rule
_ANOTHER_WAY = timedelta(minutes=10)  # that a notice waits for a channel that is down
_CHAT_GAP = 1.0  # seconds between two messages to one chat, where there is a rule


Ready = Callable[[Message], Awaitable[Message]]
"""Make the files that a message needs; returns it as it can be sent."""

_Line = tuple[Address, int]  # a person's replies, or their notices


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
        held: Collection[str] = (),
    ) -> None:
        """``held``: channels on which no broadcast is sent; whoever gives it may change it."""
        self._database = database
        self._channels = channels
        self._ready = ready
        self._clock = clock
        self._rates = rates or {}
        self._held = held
        self._paces = {
            name: Pace(self._rates[name], chat_gap=_CHAT_GAP)
            if name in self._rates
            else Pace(_NO_RATE)
            for name in channels
        }
        self._lines: dict[_Line, deque[Parcel]] = {}
        self._news: dict[_Line, asyncio.Event] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._sent: list[tuple[Parcel, str]] = []  # taken by a channel, and not yet marked so
        self._marks: set[asyncio.Task[None]] = set()
        self._feeding: set[str] = set()  # channels on which a broadcast is being sent
        self._begun: set[int] = set()  # messages of broadcasts that are in our hands
        self._ahead: dict[str, set[int]] = {name: set() for name in channels}  # not yet let go
        self._let_go = {name: asyncio.Event() for name in channels}
        self._unsent: list[int] = []  # in our hands when we were closed
        # Whoever sends from a SQLite file is alone: the claims there are those of the dead.
        self._forgets_claims = database.is_sqlite
        self._closing = asyncio.Event()

    def hand_over(self, parcels: list[Parcel]) -> None:
        """Send these soon, each person's in the order given."""
        for parcel in parcels:
            if parcel.to.channel not in self._channels:
                continue  # that channel is off; the row waits until it is on again
            line = parcel.to, parcel.lane
            self._lines.setdefault(line, deque()).append(parcel)
            if line in self._news:
                self._news[line].set()
            else:
                self._news[line] = asyncio.Event()
                self._start(self._send_line(line), self._tasks)

    async def sweep(self) -> int:
        """Take over what a process that ended has left; returns how many messages."""
        names = list(self._channels)
        now = self._clock()
        forget, self._forgets_claims = self._forgets_claims, False
        begun = list(self._begun)

        def claim(store: Store) -> list[Outgoing]:
            store.broadcasts.keep_claims(begun, now)
            store.broadcasts.lose_claims(names, now, everything=forget)
            if forget:
                store.outbox.forget_claims()
            return store.outbox.claim_left(names, now, _LEFT)

        left = await self._database.write(claim)
        known = {parcel.id for line in self._lines.values() for parcel in line}
        self.hand_over([_parcel(row) for row in left if row.id not in known])
        await self.feed()
        return len(left)

    async def feed(self) -> None:
        """Go on with broadcasts, where there is something to send. A knock."""
        now = self._clock()
        waiting = await self._database.glance(lambda store: store.broadcasts.waiting_on(now))
        if self._closing.is_set():
            return
        for name in waiting & set(self._channels) - self._feeding - set(self._held):
            self._feeding.add(name)
            self._start(self._feed(name), self._tasks)

    async def close(self) -> None:
        """Let the messages under way end; what waits is in the outbox."""
        self._closing.set()
        for event in (*self._news.values(), *self._let_go.values()):
            event.set()
        for pace in self._paces.values():
            pace.close()
        while self._tasks:
            await asyncio.gather(*self._tasks)
        await asyncio.gather(*self._marks)
        await self._database.write(lambda store: store.outbox.release(self._unsent))

    def _start(self, work: Coroutine[Any, Any, None], among: set[asyncio.Task[None]]) -> None:
        task = asyncio.create_task(work)
        among.add(task)
        task.add_done_callback(among.discard)

    # replies and notices

    async def _send_line(self, key: _Line) -> None:
        line = self._lines[key]
        while line and not self._closing.is_set():
            parcel = line[0]
            if not await self._until_due(parcel):
                continue
            try:
                done = await self._deliver(parcel)
            except Closing:
                break
            if done and line and line[0] is parcel:  # it is not when all was given up meanwhile
                line.popleft()
        self._unsent += [parcel.id for parcel in line]
        self._lines.pop(key, None)
        self._news.pop(key, None)

    async def _until_due(self, parcel: Parcel) -> bool:
        """Wait until a parcel may go; False to look again (news, or the end)."""
        line = parcel.to, parcel.lane
        news = self._news[line]
        news.clear()
        wait = (parcel.due_at - self._clock()).total_seconds()
        if wait > 0:
            try:
                await asyncio.wait_for(news.wait(), wait)
            except TimeoutError:
                return not self._closing.is_set()
            if not (parcel.held and len(self._lines[line]) > 1):
                return False
        return True  # due, or held but overtaken by something newer

    async def _deliver(self, parcel: Parcel) -> bool:
        """Try once; True when the parcel is done with, one way or the other."""
        if parcel.held:
            if not await self._database.write(lambda store: store.outbox.let_go(parcel.id)):
                return True  # taken back meanwhile
            parcel.held = False
        try:
            await self._make_ready(parcel)
            sent_id = await self._send(parcel)
        except SendError as error:
            return await self._failed(parcel, error)
        except Closing:
            raise
        except Exception as error:
            log.exception("send_broken", outbox=parcel.id, channel=parcel.to.channel)
            return await self._failed(parcel, TryLater(type(error).__name__))
        self._mark_sent(parcel, sent_id)
        return True

    async def _make_ready(self, parcel: Parcel) -> None:
        ready = await self._ready(parcel.message)
        if ready != parcel.message:
            parcel.message = ready
            await self._database.write(lambda store: store.outbox.rewrite(parcel.id, ready))

    async def _send(self, parcel: Parcel) -> str:
        """Send when it is this parcel's turn."""
        channel = self._channels[parcel.to.channel]
        pace = self._paces[channel.name]
        message = parcel.message
        if parcel.lane != REPLY:
            message = worded(message, channel.abilities)
        async with pace.turn(parcel.lane, parcel.to.id, again=parcel.tries > 0):
            self._is_let_go(parcel)
            return await channel.send(parcel.to, message, str(parcel.id))

    def _mark_sent(self, parcel: Parcel, sent_id: str) -> None:
        """Remember that it was taken, without keeping the person's next message waiting."""
        self._sent.append((parcel, sent_id))
        if len(self._sent) == 1:
            self._start(self._mark_all(), self._marks)

    async def _mark_all(self) -> None:
        sent, self._sent = self._sent, []
        await self._database.write(partial(_mark, sent, self._clock()), in_company=True)
        self._begun -= {parcel.id for parcel, _ in sent}

    async def _failed(self, parcel: Parcel, error: SendError) -> bool:
        now = self._clock()
        reason = _reason(error)
        self._log_failure(parcel, error)
        if isinstance(error, PersonGone):
            await self._give_up_on(parcel.to, reason, now)
            return False
        if self._needs_another_way(parcel, error, now) and await self._go_another_way(parcel, now):
            return True
        if isinstance(error, TryLater) and parcel.tries < _MOST_TRIES:
            await self._put_off(parcel, error, now)
            return False
        await self._database.write(partial(_give_up, parcel, error, now))
        return True

    def _needs_another_way(self, parcel: Parcel, error: SendError, now: datetime) -> bool:
        """Say whether a notice may try the next channel: this one cannot, or not for long."""
        if parcel.lane == REPLY:
            return False
        if isinstance(error, Unreachable):
            return True
        if not isinstance(error, TryLater) or error.perhaps_sent:
            return False
        parcel.failing_since = parcel.failing_since or now
        return now - parcel.failing_since >= _ANOTHER_WAY

    async def _go_another_way(self, parcel: Parcel, now: datetime) -> bool:
        """Let a parcel go by another channel of its person; False when there is none."""
        names = list(self._channels)
        moved = await self._database.write(lambda store: _move(store, parcel, names, now))
        if moved is not None and moved.lane != BROADCAST:
            self.hand_over([moved])
        return moved is not None

    async def _put_off(self, parcel: Parcel, error: TryLater, now: datetime) -> None:
        parcel.due_at = now + self._wait_after(parcel, error)
        due_at = parcel.due_at
        await self._database.write(
            lambda store: store.outbox.put_off(parcel.id, due_at, str(error))
        )

    def _wait_after(self, parcel: Parcel, error: TryLater) -> timedelta:
        """Say how long a parcel waits after it was refused once more."""
        parcel.tries += 1
        if error.whole_channel:
            self._paces[parcel.to.channel].pause(error.after.total_seconds())
        doubled: timedelta = error.after * 2 ** min(parcel.tries - 1, 8)
        return max(error.after, min(_LONGEST_WAIT, doubled))

    async def _give_up_on(
        self, to: Address, reason: str, now: datetime, begun: Parcel | None = None
    ) -> None:
        """Send nothing more to an address; notices go another way. ``begun``: a broadcast's."""
        names = list(self._channels)

        def work_of(store: Store) -> list[Parcel]:
            store.people.mark_gone(to.channel, to.id, now)
            notices = [_parcel(row) for row in store.outbox.notices_to(to.channel, to.id)]
            moved = []
            for parcel in (*notices, *([begun] if begun else [])):
                if (new := _move(store, parcel, names, now)) is None:
                    want_call(store, parcel, now)
                else:
                    moved.append(new)
            given_up = store.outbox.give_up_all(to.channel, to.id, reason, now)
            store.broadcasts.mark_failed(given_up, reason)
            return moved

        moved = await self._database.write(work_of)
        for lane in (REPLY, NOTICE):
            if line := self._lines.get((to, lane)):
                line.clear()
        self.hand_over([parcel for parcel in moved if parcel.lane != BROADCAST])

    def _log_failure(self, parcel: Parcel, error: SendError) -> None:
        why = type(error).__name__
        log.warning("not_sent", outbox=parcel.id, channel=parcel.to.channel, why=why)

    # broadcasts

    async def _feed(self, name: str) -> None:
        """Take the next of a broadcast whenever half of those before have gone."""
        rate = self._rates.get(name, _NO_RATE)
        most = max(2, min(_MOST_AHEAD, int(rate * _AHEAD)))
        try:
            while not self._closing.is_set() and name not in self._held:
                if len(self._ahead[name]) > most // 2:
                    self._let_go[name].clear()
                    await self._let_go[name].wait()
                elif not await self._take(name, most):
                    break
        finally:
            self._feeding.discard(name)

    async def _take(self, name: str, most: int) -> bool:
        now = self._clock()
        rows = await self._database.write(lambda store: store.broadcasts.claim(name, now, most))
        for row in rows:
            self._begun.add(row.id)
            self._ahead[name].add(row.id)
            self._start(self._broadcast(_parcel(row)), self._tasks)
        return bool(rows)

    async def _broadcast(self, parcel: Parcel) -> None:
        try:
            parcel.message = await self._ready(parcel.message)
            while not await self._try_broadcast(parcel):
                pass
        except Closing:
            self._unsent.append(parcel.id)
        except Exception as error:
            log.exception("send_broken", outbox=parcel.id, channel=parcel.to.channel)
            await self._lose(parcel, type(error).__name__)
        finally:
            self._is_let_go(parcel)

    def _is_let_go(self, parcel: Parcel) -> None:
        if parcel.lane == BROADCAST:
            self._ahead[parcel.to.channel].discard(parcel.id)
            self._let_go[parcel.to.channel].set()

    async def _try_broadcast(self, parcel: Parcel) -> bool:
        """Try once; False when it is to be tried again at once, after the channel's pause."""
        now = self._clock()
        try:
            sent_id = await self._send(parcel)
        except PersonGone as error:
            self._log_failure(parcel, error)
            await self._give_up_on(parcel.to, _reason(error), now, parcel)
        except SendError as error:
            self._log_failure(parcel, error)
            if self._needs_another_way(parcel, error, now):
                if not await self._go_another_way(parcel, now):
                    if isinstance(error, TryLater):
                        return await self._put_back(parcel, error)
                    await self._fail(parcel, _reason(error))
            elif isinstance(error, TryLater):
                return await self._put_back(parcel, error)
            else:
                await self._fail(parcel, _reason(error))
        else:
            self._mark_sent(parcel, sent_id)
            return True
        self._begun.discard(parcel.id)
        return True

    async def _put_back(self, parcel: Parcel, error: TryLater) -> bool:
        """Decide on what the channel did not take; False when it is the next to be tried."""
        if error.perhaps_sent:
            await self._lose(parcel, _reason(error))
            return True
        if parcel.tries >= _MOST_TRIES:
            await self._fail(parcel, _reason(error))
            return True
        due_at = self._clock() + self._wait_after(parcel, error)
        if error.whole_channel:
            return False
        await self._database.write(
            lambda store: store.broadcasts.put_back(parcel.id, due_at, str(error))
        )
        self._begun.discard(parcel.id)
        return True

    async def _fail(self, parcel: Parcel, reason: str) -> None:
        now = self._clock()

        def work(store: Store) -> None:
            store.outbox.give_up(parcel.id, reason, now)
            store.broadcasts.mark_failed([parcel.id], reason)

        await self._database.write(work)
        self._begun.discard(parcel.id)

    async def _lose(self, parcel: Parcel, reason: str) -> None:
        now = self._clock()
        await self._database.write(
            lambda store: store.broadcasts.mark_unknown(parcel.id, reason, now)
        )
        self._begun.discard(parcel.id)


def _give_up(parcel: Parcel, error: SendError, now: datetime, store: Store) -> None:
    store.outbox.give_up(parcel.id, _reason(error), now)
    if isinstance(error, Unreachable):
        want_call(store, parcel, now)


def _move(store: Store, parcel: Parcel, names: Collection[str], now: datetime) -> Parcel | None:
    """Give a message to another channel of its person; None when there is none left to try."""
    way = store.outbox.way_of(parcel.id)
    if way is None or way[0] != parcel.to.channel:
        return None  # somebody else has settled it meanwhile
    tried = [*way[1], parcel.to.channel]
    to = store.people.next_address(parcel.to.channel, parcel.to.id, set(names) - set(tried))
    if to is None:
        return None
    store.outbox.readdress(parcel.id, *to, tried, now)
    message = parcel.message
    if message.replaces:  # that message is on the channel before
        message = replace(message, replaces="")
        store.outbox.rewrite(parcel.id, message)
    if parcel.lane == BROADCAST:
        store.broadcasts.readdress(parcel.id, *to)
    return Parcel(parcel.id, Address(*to), message, now, lane=parcel.lane)


def _mark(sent: list[tuple[Parcel, str]], now: datetime, store: Store) -> None:
    store.outbox.mark_sent([(parcel.id, sent_id) for parcel, sent_id in sent], now)
    for parcel, sent_id in sent:
        if parcel.lane != REPLY:
            leave(store, parcel, sent_id, now)
    store.broadcasts.mark_sent([one.id for one, _ in sent if one.lane == BROADCAST], now)


def _parcel(row: Outgoing) -> Parcel:
    return Parcel(
        row.id,
        Address(row.channel, row.chat_id),
        read_message(row.message),
        row.due_at,
        held=row.held,
        tries=row.tries,
        lane=row.lane,
    )


def _reason(error: SendError) -> str:
    return f"{type(error).__name__}: {error}"
