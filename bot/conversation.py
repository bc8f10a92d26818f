"""One incoming message -> one transaction -> words in the outbox.

The steps of a turn, by the numbers that the crash tests use:

1. the channel has the message                    (the platform still keeps it)
2. it is committed to the inbox                   (now the platform may forget it)
3. photos are fetched, made safe and put away     (again after a crash: same names)
4. the handler runs in a transaction
5. answers, state and the bot's words are committed together with "answered"
6. delivery sends the words
7. and remembers that they were taken

What can be answered at once (nothing came along, and nothing of the same person waits) is put
into the inbox by the transaction that answers it: 2 is then a part of 5. When the answer fails,
the message is committed alone, and answered as the others are.
"""

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.chat import Address, Choice, File, Incoming, Message, read_incoming, read_message
from bot.errors import TryLater
from bot.intake import Received
from bot.outgoing import NOTICE, HandOver, Parcel
from bot.texts import Texts, texts
from storage.database import Database
from storage.people import Person
from storage.store import Store

log = structlog.get_logger()

_TRIES = 3  # of one turn, before the person is told that it failed
_FETCHES = 10  # of what came along, about half a minute together
_PAUSE = 0.5  # seconds before a failed turn is tried again, and twice as long each time
_LONGEST_PAUSE = 5.0
_ONE_MESSAGE = 1500  # characters that fit into one message also with the choices and links


@dataclass(slots=True)
class Turn:
    """One exchange: what was said, by whom, and what the bot says to it."""

    incoming: Incoming
    received: tuple[Received, ...]
    person: Person
    store: Store
    now: datetime
    said: list[Message] = field(default_factory=list)
    later: tuple[Message, timedelta] | None = None
    notices: list[tuple[Address, Message]] = field(default_factory=list)  # to other people
    forgotten: list[str] = field(default_factory=list)  # files to delete after the commit
    gone: bool = False  # the person has had themselves deleted
    took_back: bool = False  # what waited for the end of a burst has not been said
    more: bool = False  # more of the same person is waiting already

    @property
    def texts(self) -> Texts:
        """The bot's sentences in the person's language."""
        return texts(self.person.language)

    def say(
        self,
        text: str,
        *choices: Choice,
        strong: str = "",
        files: tuple[File, ...] = (),
        replaces: str = "",
    ) -> None:
        """Add a message to the answer."""
        self.said.append(Message(text, choices, strong=strong, files=files, replaces=replaces))

    def tell(self, person_ids: Collection[int], message: Message) -> list[int]:
        """Say something to other people, each where they last wrote; returns who is told."""
        reached = self.store.people.reach(set(person_ids) - {self.person.id})
        self.notices += [(Address(*where), message) for where in reached.values()]
        return list(reached)

    def say_after(self, pause: timedelta, message: Message) -> None:
        """Say this when nothing more has come for ``pause``; the next turn takes it back."""
        self.later = (message, pause)


class Route(Protocol):
    """What decides about a turn: fills ``turn.said`` and changes what the store remembers."""

    def __call__(self, turn: Turn) -> None:
        """Answer one message. Runs inside a transaction, perhaps in another thread."""


@dataclass(slots=True)
class _Heard:
    """A message that waits for its turn, or has it now."""

    incoming: Incoming
    inbox_id: int | None  # None: it is not in the inbox yet
    kept: asyncio.Future[None]  # done when it is


Prepare = Callable[[int, Incoming], Awaitable[tuple[Received, ...]]]
"""Fetch and make safe what came with an inbox row. Raises TryLater when it cannot now."""


class Conversation:
    """Takes what people say, one turn at a time for each of them, side by side for all."""

    def __init__(  # noqa: PLR0913 - its parts, and what app.py decides
        self,
        database: Database,
        hand_over: HandOver,
        route: Route,
        prepare: Prepare,
        *,
        clock: Callable[[], datetime],
        forget_file: Callable[[str], Awaitable[None]],
        thrifty: Collection[str] = (),
    ) -> None:
        """``thrifty``: channels that count messages; there one turn is one message if it can be."""
        self._database = database
        self._hand_over = hand_over
        self._route = route
        self._prepare = prepare
        self._clock = clock
        self._forget_file = forget_file
        self._thrifty = thrifty
        self._waiting: dict[Address, deque[_Heard]] = {}
        self._arriving: Counter[Address] = Counter()  # on their way into the inbox
        self._orders: dict[Address, asyncio.Lock] = {}  # of those, one after the other
        self._workers: set[asyncio.Task[None]] = set()
        self._swept = asyncio.Event()
        self._closing = False

    async def receive(self, incoming: Incoming) -> None:
        """Commit the message to the inbox; answer it by then, or soon after this has returned.

        Waits for the first sweep, so that nothing new is answered before what was left.
        """
        await self._swept.wait()
        sender = incoming.sender
        if not (incoming.attachments or sender in self._waiting or self._arriving[sender]):
            await asyncio.shield(self._line_up(incoming, None).kept)
            return
        self._arriving[sender] += 1  # what comes behind it must not overtake it
        order = self._orders.setdefault(sender, asyncio.Lock())
        try:
            async with order:  # PostgreSQL may commit what was written later first
                inbox_id = await self._keep(incoming)
                if inbox_id is not None:
                    self._enqueue(inbox_id, incoming)
        finally:
            self._arriving[sender] -= 1
            if not self._arriving[sender]:
                del self._arriving[sender], self._orders[sender]

    async def _keep(self, incoming: Incoming) -> int | None:
        """Commit a message to the inbox; None when it is there already."""
        sender, now = incoming.sender, self._clock()
        return await self._database.write(
            lambda store: store.inbox.keep(sender.channel, sender.id, incoming.id, incoming, now)
        )

    async def sweep(self, older_than: timedelta = timedelta(seconds=30)) -> None:
        """Answer what a process that ended, or one that is stuck, has left in the inbox."""
        before = self._clock() - older_than
        left = await self._database.glance(lambda store: store.inbox.left_before(before, 500))
        for row in left:
            line = self._waiting.get(Address(row.channel, row.chat_id), ())
            if all(row.id != heard.inbox_id for heard in line):
                self._enqueue(row.id, read_incoming(row.incoming))
        self._swept.set()

    async def close(self) -> None:
        """Finish the turns that are under way; what waits is in the inbox."""
        self._closing = True
        await asyncio.gather(*self._workers)

    def _enqueue(self, inbox_id: int, incoming: Incoming) -> None:
        """Answer what is in the inbox when its turn comes."""
        self._line_up(incoming, inbox_id)

    def _line_up(self, incoming: Incoming, inbox_id: int | None) -> _Heard:
        heard = _Heard(incoming, inbox_id, asyncio.get_running_loop().create_future())
        if (line := self._waiting.get(incoming.sender)) is not None:
            line.append(heard)
            return heard
        self._waiting[incoming.sender] = deque([heard])
        worker = asyncio.create_task(self._work(incoming.sender))
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)
        return heard

    async def _work(self, address: Address) -> None:
        line = self._waiting[address]
        try:
            # Who is told that a message is kept still waits for one that is in no inbox.
            while line and not (self._closing and line[0].inbox_id is not None):
                if line[0].inbox_id is not None or await self._answer_at_once(line[0]):
                    await self._answer(line[0])
                line.popleft()
        finally:
            del self._waiting[address]

    async def _answer_at_once(self, heard: _Heard) -> bool:
        """Keep and answer a message in one transaction; True when it is kept but not answered."""
        try:
            await self._turn(heard, (), self._route)
        except Exception:
            log.exception("turn_failed", message=heard.incoming.id)
            try:
                heard.inbox_id = await self._keep(heard.incoming)
            except Exception as error:  # the platform keeps it for us
                heard.kept.set_exception(error)
                return False
        heard.kept.set_result(None)
        return heard.inbox_id is not None

    async def _answer(self, heard: _Heard) -> None:
        """Run one turn, however often it takes; the last time with an apology."""
        for attempt in range(_TRIES):
            try:
                received = await self._fetch(heard)
                await self._turn(heard, received, self._route)
            except Exception:
                # Whatever it is, the talk goes on: the message is still in the inbox.
                log.exception("turn_failed", inbox=heard.inbox_id, attempt=attempt)
                if self._closing:
                    return  # the next process tries
                await asyncio.sleep(_PAUSE * 2**attempt)
            else:
                return
        try:
            await self._turn(heard, (), _apologise)
        except Exception:
            log.exception("apology_failed", inbox=heard.inbox_id)

    async def _fetch(self, heard: _Heard) -> tuple[Received, ...]:
        """Fetch what came along, for as long as somebody may be kept waiting."""
        incoming, inbox_id = heard.incoming, heard.inbox_id
        if not incoming.attachments:
            return ()
        assert inbox_id is not None
        for attempt in range(_FETCHES):
            try:
                return await self._prepare(inbox_id, incoming)
            except TryLater as error:
                log.warning("not_fetched", inbox=inbox_id, attempt=attempt, why=str(error))
                if self._closing:
                    raise
                await asyncio.sleep(min(_LONGEST_PAUSE, _PAUSE * 2**attempt))
        return (Received(problem="photo-fetch-failed"),)

    async def _turn(self, heard: _Heard, received: tuple[Received, ...], route: Route) -> None:
        now = self._clock()
        incoming, inbox_id = heard.incoming, heard.inbox_id
        more = len(self._waiting[incoming.sender]) > 1

        def work(store: Store) -> tuple[list[Parcel], list[str]]:
            turn = _begin_turn(store, inbox_id, incoming, received, now)
            if turn is None:
                return [], []
            turn.more = more
            route(turn)
            if incoming.sender.channel in self._thrifty:
                turn.said = joined(turn.said)
            return _end_turn(turn), turn.forgotten

        parcels, forgotten = await self._database.write(work)
        self._hand_over(parcels)
        for key in forgotten:
            await self._forget_file(key)


def _begin_turn(
    store: Store,
    inbox_id: int | None,
    incoming: Incoming,
    received: tuple[Received, ...],
    now: datetime,
) -> Turn | None:
    """Return a turn; None when the message was answered before a crash, or by another process."""
    channel, chat_id = incoming.sender.channel, incoming.sender.id
    person = store.people.person_at(channel, chat_id)
    if person is None:
        person = store.people.add_person(channel, chat_id, incoming.sender_name, now)
    if inbox_id is None:
        if store.inbox.keep(channel, chat_id, incoming.id, incoming, now, answered=True) is None:
            return None
    elif not store.inbox.take(inbox_id, now):
        return None
    if person.gone and incoming.blocked is None:  # who speaks can be spoken to
        store.people.mark_gone(channel, chat_id, None)
    took_back = person.held_back and store.outbox.take_back(channel, chat_id) > 0
    return Turn(incoming, received, person, store, now, took_back=took_back)


def _end_turn(turn: Turn) -> list[Parcel]:
    """Keep where the talk is, and put what the bot says into the outbox."""
    to = turn.incoming.sender
    parcels = [] if turn.gone else _unread(turn)
    if not turn.gone:
        turn.person.state["here"] = [to.channel, to.id]  # notices go where a person last wrote
        turn.store.people.save_state(turn.person, turn.now)
    outbox = turn.store.outbox
    ids = outbox.add(to.channel, to.id, turn.said, turn.now)
    parcels += [
        Parcel(new, to, message, turn.now) for new, message in zip(ids, turn.said, strict=True)
    ]
    for address, notice in turn.notices:
        (new,) = outbox.add(address.channel, address.id, [notice], turn.now, lane=NOTICE)
        parcels.append(Parcel(new, address, notice, turn.now, lane=NOTICE))
    if turn.later:
        message, pause = turn.later
        (new,) = outbox.add(to.channel, to.id, [message], turn.now, hold=pause)
        parcels.append(Parcel(new, to, message, turn.now + pause, held=True))
    return parcels


def _unread(turn: Turn) -> list[Parcel]:
    """Say in full what the channel could only announce: the person is there again."""
    ids = (turn.person.noticed or {}).get("unread")
    if not ids:
        return []
    to = turn.incoming.sender
    turn.store.people.set_noticed(to.channel, to.id, {**(turn.person.noticed or {}), "unread": []})
    said = [read_message(stored) for stored in turn.store.outbox.messages(ids)]
    said = [message for message in said if not message.fresh]  # a reminder has done its work
    new_ids = turn.store.outbox.add(to.channel, to.id, said, turn.now)
    return [Parcel(new, to, one, turn.now) for new, one in zip(new_ids, said, strict=True)]


def joined(said: list[Message]) -> list[Message]:
    """Return what is said in one turn as few messages as can be: the choices end one."""
    found: list[Message] = []
    for message in said:
        before = found[-1] if found else None
        if (
            before is None
            or before.choices
            or message.replaces
            or before.replaces
            or len(before.text) + len(message.text) > _ONE_MESSAGE
        ):
            found.append(message)
        else:
            text = "\n\n".join(part for part in (before.text, message.text) if part)
            strong = message.strong or before.strong
            files = (*before.files, *message.files)
            found[-1] = replace(message, text=text, strong=strong, files=files)
    return found


def _apologise(turn: Turn) -> None:
    turn.say(turn.texts("turn-failed"))
