"""Soft copies on their way to a campaign's mailbox: one row a submission and mailbox.

Several processes may send. A claim moves ``due_at`` forward, so what was begun and not answered
comes up again by itself, but not before it is certain that nobody is at it any more.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from storage.tables import campaigns, documents, mails, reports, submissions, units

CLAIM = timedelta(minutes=10)

_WAITING = (mails.c.sent_at.is_(None), mails.c.given_up_at.is_(None))


@dataclass(frozen=True, slots=True)
class Mail:
    """A soft copy that is to be sent, and what is said with it."""

    id: int
    mailbox: str
    tries: int  # begun, this one too
    school: str
    title: str  # of the campaign
    version: int
    receipt: str
    submitted_at: datetime
    document_id: int
    name: str  # of the document, without its ending


_MAIL: tuple[Any, ...] = (
    mails.c.id,
    mails.c.mailbox,
    mails.c.tries,
    units.c.name,
    campaigns.c.title,
    submissions.c.version,
    submissions.c.receipt,
    submissions.c.at,
    submissions.c.document_id,
    documents.c.name,
)


class Mails:
    """Soft copies: waiting, sent, or given up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, submission_id: int, mailbox: str, now: datetime) -> None:
        """Let a submission's soft copy go to a mailbox."""
        row = {"submission_id": submission_id, "mailbox": mailbox, "due_at": now, "tries": 0}
        self._connection.execute(insert(mails).values(row))

    def is_due(self, now: datetime) -> bool:
        """Say whether there is anything to claim."""
        query = select(mails.c.id).where(mails.c.due_at <= now, *_WAITING).limit(1)
        return self._connection.execute(query).first() is not None

    def claim(self, now: datetime, limit: int) -> list[Mail]:
        """Begin with those that are due, longest due first; nobody else gets them for a while."""
        due = (
            select(mails.c.id)
            .where(mails.c.due_at <= now, *_WAITING)
            .order_by(mails.c.due_at, mails.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        ids = list(self._connection.execute(due).scalars())
        if not ids:
            return []
        begun = {"due_at": now + CLAIM, "tries": mails.c.tries + 1}
        self._change(begun, mails.c.id.in_(ids))
        query = (
            select(*_MAIL)
            .select_from(mails)
            .join(submissions, submissions.c.id == mails.c.submission_id)
            .join(documents, documents.c.id == submissions.c.document_id)
            .join(reports, reports.c.id == submissions.c.report_id)
            .join(campaigns, campaigns.c.id == reports.c.campaign_id)
            .join(units, units.c.id == reports.c.unit_id)
            .where(mails.c.id.in_(ids))
            .order_by(mails.c.id)
        )
        return [Mail(*row) for row in self._connection.execute(query)]

    def mark_sent(self, mail_id: int, now: datetime) -> None:
        """Remember that the server has taken it."""
        self._change({"sent_at": now, "failure": None}, mails.c.id == mail_id)

    def put_off(self, mail_id: int, due_at: datetime, reason: str) -> None:
        """Remember that a try failed; the next is not before ``due_at``."""
        self._change({"due_at": due_at, "failure": reason[:300]}, mails.c.id == mail_id)

    def give_up(self, mail_id: int, reason: str, now: datetime) -> None:
        """Remember that it will never be sent."""
        self._change({"given_up_at": now, "failure": reason[:300]}, mails.c.id == mail_id)

    def failed_of(self, campaign_id: int) -> list[tuple[str, str]]:
        """Return (school, reason) of all soft copies of a campaign that were given up."""
        query = (
            select(units.c.name, mails.c.failure)
            .select_from(mails)
            .join(submissions, submissions.c.id == mails.c.submission_id)
            .join(reports, reports.c.id == submissions.c.report_id)
            .join(units, units.c.id == reports.c.unit_id)
            .where(reports.c.campaign_id == campaign_id, mails.c.given_up_at.is_not(None))
            .order_by(mails.c.id)
        )
        return [(school, reason or "") for school, reason in self._connection.execute(query)]

    def _change(self, values: dict[str, Any], which: Any) -> None:
        self._connection.execute(update(mails).where(which, *_WAITING).values(values))
