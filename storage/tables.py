"""The tables. Times are UTC and aware on both databases; ids of people and units never change."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database. A naive time is refused at the door.

    SQLite's own conversion takes five times as long, and a turn keeps half a dozen of them.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """Turn an aware time into UTC."""
        return _in_utc if dialect.name == "postgresql" else _to_sqlite

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """Give SQLite's naive times their zone back."""
        return _in_utc if dialect.name == "postgresql" else _from_sqlite


def _in_utc(value: datetime | None) -> datetime | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a time without a zone")
    return value.astimezone(UTC)


def _to_sqlite(value: datetime | None) -> str | None:
    moment = _in_utc(value)
    return moment.isoformat(" ", "microseconds").removesuffix("+00:00") if moment else None


def _from_sqlite(value: str | None) -> datetime | None:
    return datetime.fromisoformat(f"{value}+00:00") if value else None


# SQLite numbers rows by itself only in a column that is exactly INTEGER.
Id = BigInteger().with_variant(Integer(), "sqlite")


def _id() -> Column[int]:
    return Column("id", Id, primary_key=True, autoincrement=True)


def _to(target: str, name: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, Id, ForeignKey(target, ondelete="CASCADE"), nullable=nullable, index=True)


_partial_indexes: list[tuple[Index, str]] = []


def _partial(name: str, *columns: Column[Any], where: str) -> None:
    """Add an index of those rows only."""
    _partial_indexes.append((Index(name, *columns, sqlite_where=text(where)), where))


def complete_for_postgresql() -> None:
    """Say in PostgreSQL's words as well which rows an index is of.

    They cannot be written down without loading its dialect, 3 MB that SQLite does without.
    """
    for index, where in _partial_indexes:
        index.dialect_options["postgresql"]["where"] = text(where)


units = Table(
    "units",
    metadata,
    _id(),
    Column("parent_id", Id, ForeignKey("units.id"), index=True),
    Column("kind", String(10), nullable=False),  # office | school
    Column("level", String(20), nullable=False, default=""),  # MN, MG, TH, THCS, TH&THCS …
    Column("name", String(200), nullable=False),
    Column("cluster", String(100), nullable=False, default=""),  # cụm, as the office groups schools
    Column("code", String(50), nullable=False, default=""),  # the ministry's code of the school
    Column("profile", JSON, nullable=False, default=dict),  # bot::profile key -> canonical value
    Column("contact", JSON, nullable=False, default=dict),  # head, phone, email: from the roster
    Column("valid_from", Moment),
    Column("valid_to", Moment),  # merged or closed: owes nothing that is asked for later
)

# What a unit was before a change of its name or superior: a report of then keeps them.
unit_history = Table(
    "unit_history",
    metadata,
    _id(),
    _to("units.id", "unit_id"),
    Column("name", String(200), nullable=False),
    Column("level", String(20), nullable=False),
    Column("parent_id", Id),
    Column("valid_to", Moment, nullable=False),  # the first instant at which it was no longer so
)

roster_imports = Table(
    "roster_imports",
    metadata,
    _id(),
    _to("units.id", "office_id"),
    Column("file_name", String(200), nullable=False),
    Column("changes", JSON, nullable=False),  # what undo needs: each change with before and after
    Column("by", Id),
    Column("at", Moment, nullable=False),
    Column("applied_at", Moment),  # empty: a dry run that waits for a yes
    Column("undone_at", Moment),
)

persons = Table(
    "persons",
    metadata,
    _id(),
    Column("name", String(200), nullable=False, default=""),
    Column("language", String(10), nullable=False, default="vi"),
    Column("state", JSON, nullable=False, default=dict),  # where the talk is
    Column("consent_version", Integer),
    Column("consent_at", Moment),
    Column("seen_at", Moment, nullable=False),
    Column("snoozed_until", Moment),  # no reminder before then: the person has asked for it
)

addresses = Table(
    "addresses",
    metadata,
    _id(),
    _to("persons.id", "person_id"),
    Column("channel", String(20), nullable=False),
    Column("chat_id", String(100), nullable=False),
    Column("gone_at", Moment),  # blocked the bot, or the account is closed
    Column("phone", String(20)),  # the person's own number, where they have given it; +84…
    Column("noticed", JSON),  # of notices to it: labels that may be typed, what is still unread
    UniqueConstraint("channel", "chat_id"),
)

memberships = Table(
    "memberships",
    metadata,
    _id(),
    _to("persons.id", "person_id"),
    _to("units.id", "unit_id"),
    Column("role", String(10), nullable=False),  # reporter | head | officer | admin
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    UniqueConstraint("person_id", "unit_id", "role"),
)

invitations = Table(
    "invitations",
    metadata,
    _id(),
    Column("code", String(20), nullable=False, unique=True),
    _to("units.id", "unit_id", nullable=True),
    Column("role", String(10), nullable=False, default=""),
    _to("persons.id", "person_id", nullable=True),  # instead of a unit: one more account of theirs
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("used_at", Moment),
    _to("persons.id", "used_by", nullable=True),
)

consents = Table(
    "consents",
    metadata,
    _id(),
    Column("person_id", Id, nullable=False, index=True),  # outlives the person: it is the proof
    Column("version", Integer, nullable=False),
    Column("given", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
)

forms = Table(
    "forms",
    metadata,
    _id(),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("title", String(300), nullable=False),
    Column("xform", Text, nullable=False),
    Column("layout", JSON, nullable=False),
    Column("made_at", Moment, nullable=False),
)

campaigns = Table(
    "campaigns",
    metadata,
    _id(),
    _to("units.id", "office_id"),
    _to("forms.id", "form_id"),
    Column("title", String(300), nullable=False),
    Column("facts", JSON, nullable=False, default=dict),  # hidden question -> canonical value
    Column("dispatch_key", String(200), nullable=False, default=""),  # file of the dispatch
    Column("note", Text, nullable=False, default=""),  # said once, in the chat, at the start
    Column("due_text", String(200), nullable=False),  # the dispatch's own words
    Column("due_at", Moment, nullable=False),  # the first instant that is too late
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("dispatch", JSON, nullable=False, default=dict),  # number, date, name: of the dispatch
    Column("late_until", Moment),  # nothing is taken from then on; empty: until it is closed
    Column("mailbox", String(200), nullable=False, default=""),  # gets each soft copy by e-mail
    Column("ladder", JSON, nullable=False, default=list),  # reminder steps; bot.reminders
    Column("sign_off", Boolean, nullable=False, default=False),  # the head approves, then submitted
    Column("reviewer_id", Id),  # who accepts; empty: any officer of the office
    Column("parent_id", Id),  # of the office above: totals roll up to it
    Column("previous_id", Id),  # the same request a period ago
    Column("frozen", JSON),  # report id -> submission id, as the totals stood at the deadline
)

reports = Table(
    "reports",
    metadata,
    _id(),
    _to("campaigns.id", "campaign_id"),
    _to("units.id", "unit_id"),
    Column("status", String(10), nullable=False, default="expected"),  # storage.reports.Report
    Column("state", JSON, nullable=False, default=dict),  # Filling.state(), and who answered
    Column("changed_at", Moment),
    Column("due_at", Moment),  # an extension for this school; empty: the campaign's
    Column("due_text", String(200), nullable=False, default=""),  # in the words that granted it
    Column("prepared_at", Moment),  # the reporter is done; the head has not approved yet
    Column("prepared_by", Id),
    Column("accepted_at", Moment),
    UniqueConstraint("campaign_id", "unit_id"),
)

# Single questions sent back, each with its reason.
returns = Table(
    "returns",
    metadata,
    _id(),
    _to("reports.id", "report_id"),
    _to("submissions.id", "submission_id"),
    Column("reasons", JSON, nullable=False),  # ref of the question -> why
    Column("by", Id),
    Column("at", Moment, nullable=False),
    Column("settled_at", Moment),  # the next version is in
)

extensions = Table(
    "extensions",
    metadata,
    _id(),
    _to("reports.id", "report_id"),
    Column("asked_by", Id),
    Column("asked_at", Moment, nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("due_text", String(200), nullable=False, default=""),  # until when, in the asker's words
    Column("due_at", Moment, nullable=False),
    Column("decided_by", Id),
    Column("decided_at", Moment),
    Column("granted", Boolean),
)

# One row for each step of the ladder that was reached, for each report: sent once, or passed over.
reminders = Table(
    "reminders",
    metadata,
    _id(),
    _to("reports.id", "report_id"),
    Column("deadline", Moment, nullable=False),  # from which it counts: an extension begins anew
    Column("step", String(40), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("sent_at", Moment),  # empty: passed over (quiet, capped, overtaken by a later step)
    Column("call", String(12)),  # why an officer has to telephone: late | nobody | unreachable
    Column("called_at", Moment),  # the officers were told so
    UniqueConstraint("report_id", "deadline", "step"),
)
_partial(
    "ix_reminders_calls",
    reminders.c.report_id,
    where="call IS NOT NULL AND called_at IS NULL",
)

# Who was reminded of which report, and when.
reminded = Table(
    "reminded",
    metadata,
    _id(),
    _to("persons.id", "person_id"),
    _to("reports.id", "report_id"),
    Column("at", Moment, nullable=False),
)

broadcasts = Table(
    "broadcasts",
    metadata,
    _id(),
    _to("units.id", "office_id"),
    _to("campaigns.id", "campaign_id", nullable=True),
    Column("audience", JSON, nullable=False),  # how it was chosen, for people to read
    Column("text", Text, nullable=False),
    Column("files", JSON, nullable=False, default=list),
    Column("wants_receipt", Boolean, nullable=False, default=False),  # the "Đã nhận" button
    Column("status", String(10), nullable=False),  # draft scheduled running paused cancelled done
    Column("by", Id),
    Column("made_at", Moment, nullable=False),
    Column("start_at", Moment),
    Column("finished_at", Moment),
    Column("shown", JSON, nullable=False, default=dict),  # where its progress is shown
)

# The ledger: one row for each recipient of a broadcast.
deliveries = Table(
    "deliveries",
    metadata,
    _id(),
    _to("broadcasts.id", "broadcast_id"),
    Column("person_id", Id, nullable=False, index=True),  # outlives the person: the sums must hold
    Column("unit_id", Id),
    Column("channel", String(20), nullable=False, default=""),
    Column("chat_id", String(100), nullable=False, default=""),
    # queued | sent | acknowledged | failed | unknown | cancelled
    Column("status", String(12), nullable=False),
    Column("outbox_id", Id, index=True),
    Column("sent_at", Moment),
    Column("acknowledged_at", Moment),
    Column("failure", String(300)),
    UniqueConstraint("broadcast_id", "person_id"),
)

# Soft copies on their way to a mailbox.
mails = Table(
    "mails",
    metadata,
    _id(),
    _to("submissions.id", "submission_id"),
    Column("mailbox", String(200), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("sent_at", Moment),
    Column("given_up_at", Moment),
    Column("failure", String(300)),
    UniqueConstraint("submission_id", "mailbox"),
)

# Every deed, each row sealing the one before it. Triggers refuse change and deletion.
audit = Table(
    "audit",
    metadata,
    _id(),
    Column("at", Moment, nullable=False),
    Column("person_id", Id),  # empty: the clock, or the command line
    Column("deed", String(40), nullable=False),
    Column("unit_id", Id, index=True),
    Column("campaign_id", Id),
    Column("report_id", Id, index=True),
    Column(
        "about", JSON, nullable=False, default=dict
    ),  # ids, numbers, dates; no names, no answers
    Column("before", String(64), nullable=False),  # seal of the row before
    Column("seal", String(64), nullable=False),
)

photos = Table(
    "photos",
    metadata,
    _id(),
    _to("reports.id", "report_id"),
    Column("key", String(200), nullable=False, unique=True),
    Column("sha256", String(64), nullable=False),
    Column("dhash", String(16), nullable=False),  # 64 bits, hexadecimal
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("album", String(100), nullable=False, default=""),
    Column("place", BigInteger, nullable=False, default=0),  # among the parts of its album
    _to("persons.id", "sent_by", nullable=True),
    Column("at", Moment, nullable=False),
)

# Files that answer a question and are no photo: recordings, films, papers.
attachments = Table(
    "attachments",
    metadata,
    _id(),
    _to("reports.id", "report_id"),
    Column("key", String(200), nullable=False, unique=True),
    Column("kind", String(10), nullable=False),  # audio | video | file
    Column("name", String(150), nullable=False),  # as its sender called it
    Column("mime", String(100), nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    _to("persons.id", "sent_by", nullable=True),
    Column("at", Moment, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    _id(),
    _to("reports.id", "report_id"),
    Column("state", JSON, nullable=False),  # Filling.state() as frozen for this document
    Column("form_id", Id),  # the version whose answers these are; empty: the campaign's only one
    Column("kind", String(10), nullable=False, default="report"),  # report | office
    Column("name", String(200), nullable=False),  # of the file, without its ending
    Column("made_at", Moment, nullable=False),
    Column("sha256", String(64)),  # of the DOCX, once it is made
)

# Reports of an office about a campaign of its own. One that its superior asked for is a document
# of kind "office" as well, on the report that the office owes.
office_documents = Table(
    "office_documents",
    metadata,
    _id(),
    _to("campaigns.id", "campaign_id"),
    Column("snapshot", JSON, nullable=False),  # bot.totals.snapshot: all that it is made from
    Column("name", String(200), nullable=False),  # of the file, without its ending
    Column("made_at", Moment, nullable=False),
    Column("sha256", String(64)),  # of the DOCX, once it is made
)

submissions = Table(
    "submissions",
    metadata,
    _id(),
    _to("reports.id", "report_id"),
    Column("version", Integer, nullable=False),
    _to("documents.id", "document_id"),
    Column("receipt", String(20), nullable=False, unique=True),
    _to("persons.id", "by", nullable=True),
    Column("at", Moment, nullable=False),
    UniqueConstraint("report_id", "version"),
)

inbox = Table(
    "inbox",
    metadata,
    _id(),
    Column("channel", String(20), nullable=False),
    Column("message_id", String(100), nullable=False),
    Column("chat_id", String(100), nullable=False),
    Column("incoming", JSON, nullable=False),
    Column("at", Moment, nullable=False),
    Column("done_at", Moment),
    UniqueConstraint("channel", "chat_id", "message_id"),
)
_partial(
    "ix_inbox_waiting",
    inbox.c.channel,
    inbox.c.chat_id,
    inbox.c.id,
    where="done_at IS NULL",
)
Index("ix_inbox_history", inbox.c.channel, inbox.c.chat_id, inbox.c.id)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    Column("channel", String(20), nullable=False),
    Column("chat_id", String(100), nullable=False),
    Column("message", JSON, nullable=False),
    Column("at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),  # not before; moves on with each failed try
    Column("held", Boolean, nullable=False, default=False),  # may still be taken back
    Column("lane", Integer, nullable=False, default=0),  # 0 reply, 1 notice, 2 broadcast
    Column("claimed_until", Moment),  # one process is sending it until then
    Column("tries", Integer, nullable=False, default=0),
    Column("sent_at", Moment),
    Column("sent_id", String(200)),
    Column("given_up_at", Moment),
    Column("failure", String(300)),
    Column("tried", JSON),  # channels by which it did not reach its person before this one
)
_partial(
    "ix_outbox_waiting",
    outbox.c.channel,
    outbox.c.chat_id,
    outbox.c.id,
    where="sent_at IS NULL AND given_up_at IS NULL",
)
_BROADCASTS = "lane = 2 AND sent_at IS NULL AND given_up_at IS NULL"
_partial(
    "ix_outbox_broadcasts",
    outbox.c.channel,
    outbox.c.id,
    where=_BROADCASTS,
)
Index("ix_outbox_history", outbox.c.channel, outbox.c.chat_id, outbox.c.id)

leases = Table(
    "leases",
    metadata,
    Column("name", String(50), primary_key=True),
    Column("holder", String(50), nullable=False),
    Column("until", Moment, nullable=False),
)

keepsakes = Table(
    "keepsakes",
    metadata,
    Column("name", String(50), primary_key=True),
    Column("value", Text, nullable=False),
)

# Files that went out as links, to a channel that takes no files.
file_links = Table(
    "file_links",
    metadata,
    _id(),
    Column("token", String(40), nullable=False, unique=True),  # in the address; 144 random bits
    Column("channel", String(20), nullable=False),
    Column("chat_id", String(100), nullable=False),
    Column("key", String(200), nullable=False),
    Column("name", String(200), nullable=False),
    Column("mime", String(100), nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    Column("revoked_at", Moment),  # a newer document of that name has gone to the same chat
)
Index("ix_file_links_chat", file_links.c.channel, file_links.c.chat_id)

# What a channel has carried in a month, where the platform counts.
usage = Table(
    "usage",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("month", String(7), primary_key=True),  # 2026-11, by the office's own time
    Column("kind", String(20), primary_key=True),  # in | out | paid | template | zns
    Column("count", Integer, nullable=False),
)
