"""What people said, kept before the platform is told, until it has been answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from storage.prepared import Prepared
from storage.tables import inbox
from storage.upsert import upsert


@dataclass(frozen=True, slots=True)
class Received:
    """An incoming message as kept; ``incoming`` is what was given to keep(), as plain JSON."""

    id: int
    channel: str
    chat_id: str
    incoming: dict[str, Any]
    at: datetime


_RECEIVED = (
    inbox.c.id,
    inbox.c.channel,
    inbox.c.chat_id,
    inbox.c.incoming,
    inbox.c.at,
)
_KEPT = ("channel", "message_id", "chat_id", "incoming", "at", "done_at")
_KEEP: dict[str, Prepared] = {}  # by database; made once: every message runs it
_TAKE = Prepared(
    update(inbox)
    .where(inbox.c.id == bindparam("message"), inbox.c.done_at.is_(None))
    .values(done_at=bindparam("now"))
)


class Inbox:
    """Incoming messages; (channel, chat, message id) is kept once, however often it comes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(
        self,
        channel: str,
        chat_id: str,
        message_id: str,
        incoming: Any,
        now: datetime,
        *,
        answered: bool = False,
    ) -> int | None:
        """Keep a message and return its id here; None when it is already here.

        ``answered``: by this transaction.
        """
        values = {
            "channel": channel,
            "message_id": message_id,
            "chat_id": chat_id,
            "incoming": incoming,
            "at": now,
            "done_at": now if answered else None,
        }
        statement = _KEEP.get(self._connection.dialect.name)
        if statement is None:
            unless_there = (
                upsert(self._connection, inbox)
                .values({name: bindparam(name) for name in _KEPT})
                .on_conflict_do_nothing()
            )
            statement = Prepared(unless_there.returning(inbox.c.id))
            _KEEP[self._connection.dialect.name] = statement
        row = statement.first(self._connection, values)
        return row[0] if row else None

    def take(self, inbox_id: int, now: datetime) -> bool:
        """Mark a message as answered by this transaction; False when it was already."""
        return bool(_TAKE.run(self._connection, {"message": inbox_id, "now": now}))

    def left_before(self, moment: datetime, limit: int) -> list[Received]:
        """Return the oldest messages that wait for an answer since before ``moment``."""
        query = (
            select(*_RECEIVED)
            .where(inbox.c.done_at.is_(None), inbox.c.at <= moment)
            .order_by(inbox.c.id)
            .limit(limit)
        )
        return [Received(*row) for row in self._connection.execute(query)]

    def history(self, channel: str, chat_id: str, limit: int) -> list[Received]:
        """Return the last messages of an address, oldest first."""
        query = (
            select(*_RECEIVED)
            .where(inbox.c.channel == channel, inbox.c.chat_id == chat_id)
            .order_by(inbox.c.id.desc())
            .limit(limit)
        )
        return [Received(*row) for row in self._connection.execute(query)][::-1]

    def last_heard(self, channel: str, chat_id: str) -> datetime | None:
        """Return when an address was last heard; None: never, or that is forgotten.

        By the platform's clock where it was behind ours: what it reports late was said before.
        """
        query = (
            select(inbox.c.at, inbox.c.incoming)
            .where(inbox.c.channel == channel, inbox.c.chat_id == chat_id)
            .order_by(inbox.c.id.desc())
            .limit(1)
        )
        row = self._connection.execute(query).first()
        if row is None:
            return None
        at: datetime = row[0]
        said = row[1].get("at")
        return min(at, datetime.fromisoformat(said)) if said else at

    def forget(self, channel: str, chat_id: str) -> None:
        """Delete all that an address said."""
        self._connection.execute(
            delete(inbox).where(inbox.c.channel == channel, inbox.c.chat_id == chat_id)
        )

    def forget_answered(self, now: datetime, age: timedelta) -> None:
        """Delete what was answered longer ago than ``age``."""
        self._connection.execute(delete(inbox).where(inbox.c.done_at < now - age))
