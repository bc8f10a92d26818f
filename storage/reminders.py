"""Reminders: which report is due to be reminded of, what was done about it, and who was told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from storage.tables import (
    Moment,
    campaigns,
    memberships,
    persons,
    reminded,
    reminders,
    reports,
    returns,
    units,
)

NOT_SUBMITTED = ("expected", "drafting", "returned")

_LOCK = 0x4E484143  # of a PostgreSQL advisory lock: one clock at a time
_DUE_AT: ColumnElement[datetime] = func.coalesce(reports.c.due_at, campaigns.c.due_at, type_=Moment)
_UNTOLD = (reminders.c.call.is_not(None), reminders.c.called_at.is_(None))


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline of a campaign that some schools have not met yet: the campaign's, or their own."""

    campaign_id: int
    ladder: list[str]
    opened_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Owed:
    """A report that is not submitted, as far as a reminder has to know it."""

    report_id: int
    unit_id: int
    unit_kind: str
    status: str  # expected | drafting | returned
    due_at: datetime
    prepared_at: datetime | None
    returned_at: datetime | None
    title: str
    due_text: str
    unit_name: str
    contact: dict[str, Any]
    campaign_id: int
    office_id: int
    reviewer_id: int | None


class NewReminder(NamedTuple):
    """A step of a report that was reached, and what became of it."""

    report_id: int
    deadline: datetime
    step: str
    due_at: datetime
    sent_at: datetime | None = None
    call: str | None = None  # why an officer has to telephone


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may have to be reminded."""

    person_id: int
    language: str
    snoozed_until: datetime | None
    reminded_at: datetime | None  # of anything, the last time


_RETURNED_AT: ColumnElement[datetime | None] = (
    select(func.max(returns.c.at, type_=Moment))
    .where(returns.c.report_id == reports.c.id, returns.c.settled_at.is_(None))
    .scalar_subquery()
)
_OWED: tuple[Any, ...] = (
    reports.c.id,
    units.c.id,
    units.c.kind,
    reports.c.status,
    _DUE_AT,
    reports.c.prepared_at,
    _RETURNED_AT,
    campaigns.c.title,
    case((reports.c.due_at.is_(None), campaigns.c.due_text), else_=reports.c.due_text),
    units.c.name,
    units.c.contact,
    campaigns.c.id,
    campaigns.c.office_id,
    campaigns.c.reviewer_id,
)


# What each knock runs is built once: SQLAlchemy takes longer to build a statement than to run it.
_NOW = bindparam("now", type_=Moment)
_IS_OPEN = (  # a report is wanted: not submitted, its campaign open, and not too late for it
    reports.c.status.in_(NOT_SUBMITTED),
    campaigns.c.closed_at.is_(None),
    campaigns.c.opened_at <= _NOW,
    or_(campaigns.c.late_until.is_(None), campaigns.c.late_until > _NOW, reports.c.due_at > _NOW),
)
_DEADLINES = (
    select(campaigns.c.id, campaigns.c.ladder, campaigns.c.opened_at, _DUE_AT)
    .join(reports, reports.c.campaign_id == campaigns.c.id)
    .where(*_IS_OPEN)
    .group_by(campaigns.c.id, _DUE_AT)
    .order_by(campaigns.c.id, _DUE_AT)
)
_WANTED = (
    select(*_OWED)
    .join(campaigns, campaigns.c.id == reports.c.campaign_id)
    .join(units, units.c.id == reports.c.unit_id)
    .where(*_IS_OPEN)
    .order_by(_DUE_AT, reports.c.id)
)
_NOT_DONE = _WANTED.where(
    campaigns.c.id == bindparam("campaign"),
    bindparam("deadline", type_=Moment) == _DUE_AT,
    ~exists().where(
        reminders.c.report_id == reports.c.id,
        reminders.c.deadline == bindparam("deadline", type_=Moment),
        reminders.c.step == bindparam("step"),
    ),
)
_WOKEN = select(persons.c.id).where(persons.c.snoozed_until <= _NOW).order_by(persons.c.id)
_CALLS = select(reminders.c.report_id).where(*_UNTOLD).distinct()


class Reminders:
    """What was reminded of, step by step."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self) -> None:
        """Let no other process decide about reminders until this transaction ends."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))

    # what is due

    def deadlines(self, now: datetime) -> list[Deadline]:
        """Return the deadlines of all reports that are still wanted."""
        return [Deadline(*row) for row in self._connection.execute(_DEADLINES, {"now": now})]

    def not_done(self, deadline: Deadline, step: str, now: datetime) -> list[Owed]:
        """Return the reports with a deadline for which nothing was done about a step yet."""
        which = {"campaign": deadline.campaign_id, "deadline": deadline.due_at, "step": step}
        return self._owed(_NOT_DONE, now, **which)

    def owed(self, report_ids: Collection[int], now: datetime) -> list[Owed]:
        """Return those of some reports that are still wanted, nearest deadline first."""
        return self._owed(_WANTED.where(reports.c.id.in_(report_ids)), now)

    def owed_in(
        self, campaign_id: int, unit_ids: Collection[int] | None, now: datetime
    ) -> list[Owed]:
        """Return the reports of a campaign that are still wanted, of all units or of some."""
        query = _WANTED.where(reports.c.campaign_id == campaign_id)
        if unit_ids is not None:
            query = query.where(reports.c.unit_id.in_(unit_ids))
        return self._owed(query, now)

    def _owed(self, query: Select[Any], now: datetime, **which: Any) -> list[Owed]:
        return [Owed(*row) for row in self._connection.execute(query, {"now": now, **which})]

    # what was done

    def add(self, new: Collection[NewReminder]) -> None:
        """Remember what was done about some steps; a step that is known already stays as it is."""
        steps = {(row.report_id, row.deadline, row.step): row for row in new}
        for known in self._known({report_id for report_id, _, _ in steps}) if steps else ():
            steps.pop(known, None)
        if steps:
            self._connection.execute(insert(reminders), [row._asdict() for row in steps.values()])

    def _known(self, report_ids: set[int]) -> list[tuple[int, datetime, str]]:
        columns = (reminders.c.report_id, reminders.c.deadline, reminders.c.step)
        query = select(*columns).where(reminders.c.report_id.in_(report_ids))
        return [(row[0], row[1], row[2]) for row in self._connection.execute(query)]

    def count_sent(self, report_ids: Collection[int]) -> dict[int, int]:
        """Return for some reports how many steps were sent to the school or to the officers."""
        query = (
            select(reminders.c.report_id, func.count())
            .where(
                reminders.c.report_id.in_(report_ids),
                or_(reminders.c.sent_at.is_not(None), reminders.c.call.is_not(None)),
            )
            .group_by(reminders.c.report_id)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def tell(self, told: Collection[tuple[int, int]], now: datetime) -> None:
        """Remember who was reminded of what, as (person id, report id)."""
        rows = [{"person_id": person, "report_id": report, "at": now} for person, report in told]
        if rows:
            self._connection.execute(insert(reminded), rows)

    def told_since(self, moment: datetime) -> set[tuple[int, int]]:
        """Return who was reminded of what after a moment, as (person id, report id)."""
        query = select(reminded.c.person_id, reminded.c.report_id).where(reminded.c.at > moment)
        return {(row[0], row[1]) for row in self._connection.execute(query)}

    # who

    def readers(self, person_ids: Collection[int]) -> dict[int, Reader]:
        """Return what a reminder has to know of some people."""
        last = (
            select(func.max(reminded.c.at, type_=Moment))
            .where(reminded.c.person_id == persons.c.id)
            .scalar_subquery()
        )
        query = select(persons.c.id, persons.c.language, persons.c.snoozed_until, last)
        rows = self._connection.execute(query.where(persons.c.id.in_(person_ids)))
        return {row[0]: Reader(*row) for row in rows}

    def snooze(self, person_id: int, until: datetime) -> None:
        """Leave a person alone until then."""
        self._connection.execute(
            update(persons).where(persons.c.id == person_id).values(snoozed_until=until)
        )

    def woken(self, now: datetime) -> list[int]:
        """Return who wanted to be left alone until now."""
        return list(self._connection.execute(_WOKEN, {"now": now}).scalars())

    def wake(self, person_ids: Collection[int]) -> None:
        """Forget that some people wanted to be left alone."""
        if person_ids:
            self._connection.execute(
                update(persons).where(persons.c.id.in_(person_ids)).values(snoozed_until=None)
            )

    def told_before(self, person_ids: Collection[int]) -> list[tuple[int, int]]:
        """Return of what some people were reminded, where they still act: (person, report)."""
        query = (
            select(reminded.c.person_id, reminded.c.report_id)
            .join(reports, reports.c.id == reminded.c.report_id)
            .join(
                memberships,
                and_(
                    memberships.c.person_id == reminded.c.person_id,
                    memberships.c.unit_id == reports.c.unit_id,
                    memberships.c.until.is_(None),
                ),
            )
            .where(reminded.c.person_id.in_(person_ids))
            .distinct()
            .order_by(reminded.c.person_id, reminded.c.report_id)
        )
        return [(row[0], row[1]) for row in self._connection.execute(query)]

    # what the officers are told

    def calls(self) -> set[int]:
        """Return the reports of which the officers have to be told that a call is needed."""
        return set(self._connection.execute(_CALLS).scalars())

    def want_call(self, report_ids: Collection[int]) -> None:
        """The last reminder of these reached nobody: somebody has to telephone."""
        last = select(func.max(reminders.c.id)).where(reminders.c.report_id.in_(report_ids))
        self._connection.execute(
            update(reminders)
            .where(
                reminders.c.id.in_(last.group_by(reminders.c.report_id)),
                reminders.c.called_at.is_(None),
            )
            .values(call="unreachable")
        )

    def drop_calls(self, report_ids: Collection[int]) -> None:
        """Forget that a call is needed."""
        self._connection.execute(
            update(reminders)
            .where(reminders.c.report_id.in_(report_ids), *_UNTOLD)
            .values(call=None)
        )

    def mark_called(self, report_ids: Collection[int], now: datetime) -> None:
        """Remember that the officers were told."""
        self._connection.execute(
            update(reminders)
            .where(reminders.c.report_id.in_(report_ids), *_UNTOLD)
            .values(called_at=now)
        )

    def last_call(self, office_id: int) -> datetime | None:
        """Return when the officers of an office were last told to telephone."""
        query = (
            select(func.max(reminders.c.called_at, type_=Moment))
            .join(reports, reports.c.id == reminders.c.report_id)
            .join(campaigns, campaigns.c.id == reports.c.campaign_id)
            .where(campaigns.c.office_id == office_id)
        )
        at: datetime | None = self._connection.execute(query).scalar_one()
        return at

    def reasons(self, report_ids: Collection[int]) -> dict[int, tuple[str, int]]:
        """Return for some reports why a call is needed, lastly, and how often was reminded."""
        query = (
            select(reminders.c.report_id, reminders.c.call, reminders.c.sent_at)
            .where(reminders.c.report_id.in_(report_ids))
            .order_by(reminders.c.id)
        )
        found: dict[int, tuple[str, int]] = {}
        for report_id, call, sent_at in self._connection.execute(query):
            why, sent = found.get(report_id, ("", 0))
            found[report_id] = (call or why, sent + (sent_at is not None))
        return found
