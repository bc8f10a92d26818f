"""What an office says to many at once, and the ledger of who has got it.

A broadcast's messages stand in the outbox in a lane of their own (2). Claiming one means that its
sending begins; what was begun and not recorded may have arrived, and is never sent again.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    case,
    exists,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    update,
)

from storage.outbox import CLAIM, OUTGOING, WAITING, Outgoing
from storage.tables import broadcasts, deliveries, outbox, persons, units


@dataclass(frozen=True, slots=True)
class Broadcast:
    """Something that is to be said to many."""

    id: int
    office_id: int
    campaign_id: int | None
    audience: dict[str, Any]  # bot.broadcasts.Selection, as plain JSON
    text: str
    files: list[dict[str, Any]]
    wants_receipt: bool
    status: str  # draft | scheduled | running | paused | cancelled | done
    by: int | None
    made_at: datetime
    start_at: datetime | None
    finished_at: datetime | None
    shown: dict[str, Any]  # where its progress is shown


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to whom a broadcast goes, for which school, and where."""

    person_id: int
    name: str
    unit_id: int
    school: str
    channel: str
    chat_id: str


@dataclass(frozen=True, slots=True)
class Sums:
    """How many recipients stand where; each stands in one place."""

    total: int = 0
    queued: int = 0
    sent: int = 0
    acknowledged: int = 0
    failed: int = 0
    unknown: int = 0
    cancelled: int = 0


_BROADCAST = tuple(broadcasts.c)
# Written out, not bound: only so is the partial index used.
_LANE = outbox.c.lane == literal_column("2")
_ON_ITS_WAY = exists().where(
    deliveries.c.outbox_id == outbox.c.id,
    deliveries.c.status == "queued",
    deliveries.c.broadcast_id == broadcasts.c.id,
    broadcasts.c.status == "running",
)
_READY = (_LANE, *WAITING, outbox.c.claimed_until.is_(None), _ON_ITS_WAY)
_MARK_SENT = (
    update(deliveries)
    .where(deliveries.c.outbox_id == bindparam("number"))
    .values(
        sent_at=bindparam("now"),
        status=case((deliveries.c.status == "acknowledged", "acknowledged"), else_="sent"),
        failure=None,
    )
)


class Broadcasts:
    """What is said to many, and what became of it for each."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # broadcasts

    def add(self, **values: Any) -> int:
        """Keep a new broadcast and return its id."""
        key = self._connection.execute(insert(broadcasts).values(**values)).inserted_primary_key
        assert key is not None
        return int(key[0])

    def get(self, broadcast_id: int) -> Broadcast | None:
        """Return a broadcast; on PostgreSQL nobody else changes it meanwhile."""
        query = select(*_BROADCAST).where(broadcasts.c.id == broadcast_id).with_for_update()
        row = self._connection.execute(query).first()
        return Broadcast(*row) if row else None

    def of_office(self, office_id: int, limit: int) -> list[Broadcast]:
        """Return the broadcasts of an office, newest first."""
        query = select(*_BROADCAST).where(broadcasts.c.office_id == office_id)
        query = query.order_by(broadcasts.c.id.desc()).limit(limit)
        return [Broadcast(*row) for row in self._connection.execute(query)]

    def change(self, broadcast_id: int, **values: Any) -> None:
        """Change a broadcast: its status, start_at, shown and so on."""
        self._connection.execute(
            update(broadcasts).where(broadcasts.c.id == broadcast_id).values(**values)
        )

    def due(self, now: datetime) -> list[Broadcast]:
        """Return what is to begin by now."""
        where = (broadcasts.c.status == "scheduled", broadcasts.c.start_at <= now)
        query = select(*_BROADCAST).where(*where).order_by(broadcasts.c.id)
        query = query.with_for_update(skip_locked=True)
        return [Broadcast(*row) for row in self._connection.execute(query)]

    def alive(self, since: datetime) -> list[Broadcast]:
        """Return what runs, pauses, or has come to an end since then."""
        query = select(*_BROADCAST).where(
            or_(
                broadcasts.c.status.in_(("running", "paused")),
                broadcasts.c.finished_at >= since,
            )
        )
        query = query.order_by(broadcasts.c.id).with_for_update(skip_locked=True)
        return [Broadcast(*row) for row in self._connection.execute(query)]

    # the ledger

    def enlist(
        self, broadcast_id: int, recipients: Sequence[Recipient], message: Any, now: datetime
    ) -> None:
        """Write down who gets it, and put the message to each of them into the outbox."""
        rows = [
            {
                "broadcast_id": broadcast_id,
                "person_id": one.person_id,
                "unit_id": one.unit_id,
                "channel": one.channel,
                "chat_id": one.chat_id,
                "status": "queued",
            }
            for one in recipients
        ]
        if rows:
            self._connection.execute(insert(deliveries), rows)
            self._post(broadcast_id, message, now)

    def failed_ones(self, broadcast_id: int) -> list[int]:
        """Return the ids of the people whom it did not reach."""
        query = select(deliveries.c.person_id).where(
            deliveries.c.broadcast_id == broadcast_id, deliveries.c.status == "failed"
        )
        return list(self._connection.execute(query.order_by(deliveries.c.id)).scalars())

    def queue_again(
        self,
        broadcast_id: int,
        where: dict[int, tuple[str, str]],
        message: Any,
        now: datetime,
    ) -> None:
        """Send once more to people whom it did not reach: person -> (channel, chat id)."""
        rows = [
            {"person": person, "to_channel": channel, "to_chat": chat_id}
            for person, (channel, chat_id) in where.items()
        ]
        again = (
            update(deliveries)
            .where(
                deliveries.c.broadcast_id == broadcast_id,
                deliveries.c.person_id == bindparam("person"),
            )
            .values(
                channel=bindparam("to_channel"),
                chat_id=bindparam("to_chat"),
                outbox_id=None,
                status="queued",
                failure=None,
            )
        )
        if rows:
            self._connection.execute(again, rows)
            self._post(broadcast_id, message, now)

    def withdraw(self, broadcast_id: int, now: datetime) -> int:
        """Send it to nobody any more whose message has not begun to go; returns to how many."""
        mine = select(deliveries.c.outbox_id).where(
            deliveries.c.broadcast_id == broadcast_id, deliveries.c.status == "queued"
        )
        self._connection.execute(
            update(outbox)
            .where(outbox.c.id.in_(mine), outbox.c.claimed_until.is_(None), *WAITING)
            .values(given_up_at=now, failure="cancelled")
        )
        given_up = select(outbox.c.id).where(_LANE, outbox.c.given_up_at.is_not(None))
        return self._connection.execute(
            update(deliveries)
            .where(
                deliveries.c.broadcast_id == broadcast_id,
                deliveries.c.status == "queued",
                deliveries.c.outbox_id.in_(given_up),
            )
            .values(status="cancelled")
        ).rowcount

    def acknowledge(self, broadcast_id: int, person_id: int, now: datetime) -> bool:
        """Somebody says that they have got it; False when they had said so, or it is not theirs."""
        mine = (deliveries.c.broadcast_id == broadcast_id, deliveries.c.person_id == person_id)
        said = self._connection.execute(
            update(deliveries)
            .where(*mine, deliveries.c.status != "acknowledged")
            .values(status="acknowledged", acknowledged_at=now, failure=None)
        )
        if said.rowcount:  # what waits to be sent once more is not needed
            self._connection.execute(
                update(outbox)
                .where(
                    outbox.c.id.in_(select(deliveries.c.outbox_id).where(*mine)),
                    outbox.c.claimed_until.is_(None),
                    *WAITING,
                )
                .values(given_up_at=now, failure="acknowledged")
            )
        return bool(said.rowcount)

    def sums(self, broadcast_id: int) -> Sums:
        """Return how many recipients stand where."""
        query = (
            select(deliveries.c.status, func.count())
            .where(deliveries.c.broadcast_id == broadcast_id)
            .group_by(deliveries.c.status)
        )
        found = {row[0]: row[1] for row in self._connection.execute(query)}
        return Sums(sum(found.values()), **found)

    def failures(self, broadcast_id: int) -> list[tuple[str, str, str]]:
        """Return (person, school, reason) of all whom it did not reach, or perhaps not."""
        query = (
            select(
                func.coalesce(persons.c.name, ""),
                func.coalesce(units.c.name, ""),
                func.coalesce(deliveries.c.failure, ""),
            )
            .outerjoin(persons, persons.c.id == deliveries.c.person_id)
            .outerjoin(units, units.c.id == deliveries.c.unit_id)
            .where(
                deliveries.c.broadcast_id == broadcast_id,
                deliveries.c.status.in_(("failed", "unknown")),
            )
            .order_by(deliveries.c.id)
        )
        return [(name, school, reason) for name, school, reason in self._connection.execute(query)]

    # the sending

    def waiting_on(self, now: datetime) -> set[str]:
        """Return the channels on which there is something to send."""
        query = select(outbox.c.channel).where(outbox.c.due_at <= now, *_READY).distinct()
        return set(self._connection.execute(query).scalars())

    def claim(self, channel: str, now: datetime, limit: int) -> list[Outgoing]:
        """Begin to send the next ones."""
        query = (
            select(*OUTGOING)
            .where(outbox.c.channel == channel, outbox.c.due_at <= now, *_READY)
            .order_by(outbox.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        found = [Outgoing(*row) for row in self._connection.execute(query)]
        self._claim(outbox.c.id.in_([row.id for row in found]), now)
        return found

    def keep_claims(self, outbox_ids: Collection[int], now: datetime) -> None:
        """Go on sending these."""
        if outbox_ids:
            self._claim(and_(outbox.c.id.in_(outbox_ids), outbox.c.claimed_until.is_not(None)), now)

    def lose_claims(self, channels: Collection[str], now: datetime, *, everything: bool) -> int:
        """What somebody began to send and never recorded is unknown; returns how many.

        ``everything``: it is certain that nobody is sending.
        """
        lost = [_LANE, *WAITING, outbox.c.channel.in_(channels)]
        lost.append(
            outbox.c.claimed_until.is_not(None) if everything else outbox.c.claimed_until < now
        )
        ids = list(self._connection.execute(select(outbox.c.id).where(and_(*lost))).scalars())
        for number in ids:
            self.mark_unknown(number, "stopped", now)
        return len(ids)

    def mark_sent(self, outbox_ids: Collection[int], now: datetime) -> None:
        """The channel has taken these."""
        if outbox_ids:
            rows = [{"number": number, "now": now} for number in outbox_ids]
            self._connection.execute(_MARK_SENT, rows)

    def mark_failed(self, outbox_ids: Collection[int], reason: str) -> None:
        """These will not be sent."""
        if outbox_ids:
            self._settle(deliveries.c.outbox_id.in_(outbox_ids), "failed", reason)

    def mark_unknown(self, outbox_id: int, reason: str, now: datetime) -> None:
        """This one may have arrived or not; it is not sent again."""
        self._connection.execute(
            update(outbox)
            .where(outbox.c.id == outbox_id)
            .values(given_up_at=now, failure=reason[:300])
        )
        self._settle(deliveries.c.outbox_id == outbox_id, "unknown", reason)

    def put_back(self, outbox_id: int, due_at: datetime, reason: str) -> None:
        """This one has certainly not arrived, and is begun again later."""
        self._connection.execute(
            update(outbox)
            .where(outbox.c.id == outbox_id)
            .values(
                due_at=due_at,
                claimed_until=None,
                tries=outbox.c.tries + 1,
                failure=reason[:300],
            )
        )

    def readdress(self, outbox_id: int, channel: str, chat_id: str) -> None:
        """This one goes to another address of its person."""
        self._connection.execute(
            update(deliveries)
            .where(deliveries.c.outbox_id == outbox_id)
            .values(channel=channel, chat_id=chat_id)
        )

    def queued_on(self, broadcast_id: int, channels: Collection[str]) -> int:
        """Return how many of it wait on some channels."""
        query = select(func.count()).where(
            deliveries.c.broadcast_id == broadcast_id,
            deliveries.c.status == "queued",
            deliveries.c.channel.in_(channels),
        )
        return int(self._connection.execute(query).scalar_one())

    def is_over(self, broadcast_id: int) -> bool:
        """Say whether nothing of it waits to be sent; what was deleted meanwhile has failed."""
        query = (
            select(deliveries.c.id)
            .join(outbox, outbox.c.id == deliveries.c.outbox_id)
            .where(
                deliveries.c.broadcast_id == broadcast_id,
                deliveries.c.status == "queued",
                *WAITING,
            )
            .limit(1)
        )
        if self._connection.execute(query).first():
            return False
        self._settle(deliveries.c.broadcast_id == broadcast_id, "failed", "PersonGone", "queued")
        return True

    def _claim(self, which: Any, now: datetime) -> None:
        self._connection.execute(
            update(outbox).where(which, *WAITING).values(claimed_until=now + CLAIM)
        )

    def _settle(self, which: Any, status: str, reason: str, *only: str) -> None:
        before = only or ("queued", "failed", "unknown")
        self._connection.execute(
            update(deliveries)
            .where(which, deliveries.c.status.in_(before))
            .values(status=status, failure=reason[:300])
        )

    def _post(self, broadcast_id: int, message: Any, now: datetime) -> None:
        """Put the message to all who have none yet into the outbox, in the ledger's order."""
        new = (
            deliveries.c.broadcast_id == broadcast_id,
            deliveries.c.status == "queued",
            deliveries.c.outbox_id.is_(None),
        )
        mark = f"broadcast {broadcast_id}"  # by which the ledger finds its message
        values = {
            "message": literal(message, outbox.c.message.type),
            "at": literal(now, outbox.c.at.type),
            "due_at": literal(now, outbox.c.due_at.type),
            "held": literal(False),
            "lane": literal(2),
            "tries": literal(0),
            "failure": literal(mark),
        }
        to = select(deliveries.c.channel, deliveries.c.chat_id, *values.values()).where(*new)
        self._connection.execute(
            insert(outbox).from_select(
                ["channel", "chat_id", *values], to.order_by(deliveries.c.id)
            )
        )
        mine = select(func.max(outbox.c.id)).where(
            outbox.c.channel == deliveries.c.channel,
            outbox.c.chat_id == deliveries.c.chat_id,
            outbox.c.failure == mark,
            _LANE,
            *WAITING,
        )
        self._connection.execute(
            update(deliveries).where(*new).values(outbox_id=mine.scalar_subquery())
        )

    def unconfirmed(self, person_id: int) -> int | None:
        """Return the newest broadcast that reached a person and that they have not confirmed."""
        query = (
            select(deliveries.c.broadcast_id)
            .where(deliveries.c.person_id == person_id, deliveries.c.status == "sent")
            .order_by(deliveries.c.broadcast_id.desc())
            .limit(1)
        )
        return self._connection.execute(query).scalar()
