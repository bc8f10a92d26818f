"""What should already have been said, until the channel has taken it.

Whoever puts a message here also claims it: the process that answered is the one that sends. A
claim ends by itself, so what a killed process left is sent by the next one that looks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from storage.prepared import Prepared
from storage.tables import outbox

CLAIM = timedelta(seconds=60)
_BROADCAST = 2  # a lane


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message in the outbox; ``message`` is what was given to add(), as plain JSON."""

    id: int
    channel: str
    chat_id: str
    message: dict[str, Any]
    at: datetime
    due_at: datetime
    held: bool
    tries: int
    lane: int


OUTGOING = (
    outbox.c.id,
    outbox.c.channel,
    outbox.c.chat_id,
    outbox.c.message,
    outbox.c.at,
    outbox.c.due_at,
    outbox.c.held,
    outbox.c.tries,
    outbox.c.lane,
)
WAITING = (outbox.c.sent_at.is_(None), outbox.c.given_up_at.is_(None))
_NEW = (
    "channel",
    "chat_id",
    "message",
    "at",
    "due_at",
    "held",
    "lane",
    "claimed_until",
    "tries",
)
_ADD = Prepared(insert(outbox).values({key: bindparam(key) for key in _NEW}).returning(outbox.c.id))
_TAKE_BACK = Prepared(
    delete(outbox).where(
        outbox.c.channel == bindparam("to_channel"),
        outbox.c.chat_id == bindparam("to_chat"),
        outbox.c.held.is_(True),
        *WAITING,
    )
)
_MARK_SENT = Prepared(
    update(outbox)
    .where(outbox.c.id == bindparam("number"))
    .values(sent_at=bindparam("now"), sent_id=bindparam("as_id"), failure=None)
)


class Outbox:
    """Outgoing messages; one person's keep their order."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        channel: str,
        chat_id: str,
        messages: Sequence[Any],
        now: datetime,
        *,
        hold: timedelta | None = None,
        lane: int = 0,
    ) -> list[int]:
        """Put messages to one address into the outbox, claimed by the caller; returns their ids.

        With ``hold`` they are sent after so long, and may be taken back until then.
        """
        due_at = now + (hold or timedelta())
        rows = [
            {
                "channel": channel,
                "chat_id": chat_id,
                "message": message,
                "at": now,
                "due_at": due_at,
                "held": hold is not None,
                "lane": lane,
                "claimed_until": due_at + CLAIM,
                "tries": 0,
            }
            for message in messages
        ]
        return [new for row in rows for (new,) in _ADD.rows(self._connection, row)]

    def take_back(self, channel: str, chat_id: str) -> int:
        """Delete held messages to an address that are not being sent yet; returns how many."""
        to = {"to_channel": channel, "to_chat": chat_id}
        return _TAKE_BACK.run(self._connection, to)

    def let_go(self, outbox_id: int) -> bool:
        """Begin to send a held message; False when it was taken back."""
        begun = self._connection.execute(
            update(outbox)
            .where(outbox.c.id == outbox_id, outbox.c.held.is_(True), *WAITING)
            .values(held=False)
        )
        return bool(begun.rowcount)

    def claim_left(self, channels: Sequence[str], now: datetime, limit: int) -> list[Outgoing]:
        """Claim what nobody is sending: the oldest waiting messages, in order; no broadcasts."""
        free = or_(outbox.c.claimed_until.is_(None), outbox.c.claimed_until < now)
        query = (
            select(*OUTGOING)
            .where(
                outbox.c.channel.in_(channels),
                outbox.c.lane < _BROADCAST,
                outbox.c.due_at <= now,
                free,
                *WAITING,
            )
            .order_by(outbox.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        found = [Outgoing(*row) for row in self._connection.execute(query)]
        self._claim([outgoing.id for outgoing in found], now)
        return found

    def forget_claims(self) -> None:
        """Let go of all that is claimed, once it is certain that nobody else is sending.

        A broadcast's claim says that its sending has begun: storage.broadcasts sees to those.
        """
        self._connection.execute(
            update(outbox).where(outbox.c.lane < _BROADCAST, *WAITING).values(claimed_until=None)
        )

    def release(self, outbox_ids: Sequence[int]) -> None:
        """Let go of some that were not sent, and whose sending has not begun."""
        if outbox_ids:
            self._connection.execute(
                update(outbox)
                .where(outbox.c.id.in_(outbox_ids), *WAITING)
                .values(claimed_until=None)
            )

    def mark_sent(self, sent: Sequence[tuple[int, str]], now: datetime) -> None:
        """Remember that messages, given as (id, id on the channel), were taken."""
        rows = [{"number": number, "now": now, "as_id": sent_id[:200]} for number, sent_id in sent]
        if rows:
            _MARK_SENT.run_all(self._connection, rows)

    def rewrite(self, outbox_id: int, message: Any) -> None:
        """Keep a message as it is really sent: with its files made, or without them."""
        self._connection.execute(
            update(outbox).where(outbox.c.id == outbox_id).values(message=message)
        )

    def put_off(self, outbox_id: int, due_at: datetime, reason: str) -> None:
        """Remember that a try failed; the next is not before ``due_at``."""
        self._connection.execute(
            update(outbox)
            .where(outbox.c.id == outbox_id)
            .values(
                due_at=due_at,
                claimed_until=due_at + CLAIM,
                tries=outbox.c.tries + 1,
                failure=reason[:300],
            )
        )

    def give_up(self, outbox_id: int, reason: str, now: datetime) -> None:
        """Remember that a message will never be sent."""
        self._connection.execute(
            update(outbox)
            .where(outbox.c.id == outbox_id)
            .values(given_up_at=now, failure=reason[:300])
        )

    def give_up_all(self, channel: str, chat_id: str, reason: str, now: datetime) -> list[int]:
        """Give up all that waits for an address that is gone; returns its ids."""
        given_up = self._connection.execute(
            update(outbox)
            .where(outbox.c.channel == channel, outbox.c.chat_id == chat_id, *WAITING)
            .values(given_up_at=now, failure=reason[:300])
            .returning(outbox.c.id)
        )
        return list(given_up.scalars())

    def notices_to(self, channel: str, chat_id: str) -> list[Outgoing]:
        """Return what waits for an address and is no reply; no broadcast that has begun to go."""
        query = select(*OUTGOING).where(
            outbox.c.channel == channel,
            outbox.c.chat_id == chat_id,
            outbox.c.lane > 0,
            or_(outbox.c.lane < _BROADCAST, outbox.c.claimed_until.is_(None)),
            *WAITING,
        )
        return [Outgoing(*row) for row in self._connection.execute(query.order_by(outbox.c.id))]

    def way_of(self, outbox_id: int) -> tuple[str, list[str]] | None:
        """Return the channel of a message, and those by which it did not reach its person before.

        None when it waits no longer.
        """
        query = select(outbox.c.channel, outbox.c.tried).where(outbox.c.id == outbox_id, *WAITING)
        row = self._connection.execute(query).first()
        return (row[0], list(row[1] or [])) if row else None

    def readdress(
        self, outbox_id: int, channel: str, chat_id: str, tried: list[str], now: datetime
    ) -> None:
        """Let a message go to another address of its person, as if it were new."""
        self._connection.execute(
            update(outbox)
            .where(outbox.c.id == outbox_id)
            .values(
                channel=channel,
                chat_id=chat_id,
                tried=tried,
                tries=0,
                due_at=now,
                claimed_until=case(
                    (outbox.c.lane < _BROADCAST, literal(now + CLAIM, outbox.c.claimed_until.type))
                ),
            )
        )

    def messages(self, outbox_ids: Sequence[int]) -> list[dict[str, Any]]:
        """Return what some messages said, oldest first; those deleted since are left out."""
        query = select(outbox.c.message).where(outbox.c.id.in_(outbox_ids)).order_by(outbox.c.id)
        return list(self._connection.execute(query).scalars())

    def is_waiting(self, outbox_id: int) -> bool:
        """Say whether a message is still to be sent."""
        query = select(outbox.c.id).where(outbox.c.id == outbox_id, *WAITING)
        return self._connection.execute(query).first() is not None

    def sent_id(self, outbox_id: int) -> str:
        """Return the channel's own id of a message that it has taken; "" when it has not."""
        query = select(outbox.c.sent_id).where(outbox.c.id == outbox_id)
        return self._connection.execute(query).scalar() or ""

    def forget_one(self, outbox_id: int) -> None:
        """Delete a message, of which something newer has taken the place."""
        self._connection.execute(delete(outbox).where(outbox.c.id == outbox_id))

    def waiting_count(self) -> int:
        """Return how many messages wait to be sent."""
        query = select(func.count()).select_from(outbox).where(*WAITING)
        return int(self._connection.execute(query).scalar_one())

    def history(self, channel: str, chat_id: str, limit: int) -> list[Outgoing]:
        """Return the last messages to an address that are not held back, oldest first."""
        query = (
            select(*OUTGOING)
            .where(
                outbox.c.channel == channel,
                outbox.c.chat_id == chat_id,
                outbox.c.held.is_(False),
                outbox.c.given_up_at.is_(None),
            )
            .order_by(outbox.c.id.desc())
            .limit(limit)
        )
        return [Outgoing(*row) for row in self._connection.execute(query)][::-1]

    def forget(self, channel: str, chat_id: str) -> None:
        """Delete all that was said to an address."""
        self._connection.execute(
            delete(outbox).where(outbox.c.channel == channel, outbox.c.chat_id == chat_id)
        )

    def forget_sent(self, now: datetime, age: timedelta) -> None:
        """Delete what was sent longer ago than ``age``."""
        self._connection.execute(delete(outbox).where(outbox.c.sent_at < now - age))

    def _claim(self, ids: Sequence[int], now: datetime) -> None:
        if ids:
            self._connection.execute(
                update(outbox).where(outbox.c.id.in_(ids)).values(claimed_until=now + CLAIM)
            )
