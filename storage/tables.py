"""The tables. Times are UTC and aware on both databases; ids of people and units never change."""

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
    """An instant: aware in Python, UTC in the database. A naive time is refused at the door."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware time into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give SQLite's naive times their zone back."""
        if value is None:
            return None
        moment: datetime = value
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


# SQLite numbers rows by itself only in a column that is exactly INTEGER.
Id = BigInteger().with_variant(Integer(), "sqlite")


def _id() -> Column[int]:
    return Column("id", Id, primary_key=True, autoincrement=True)


def _to(target: str, name: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, Id, ForeignKey(target, ondelete="CASCADE"), nullable=nullable, index=True)


units = Table(
    "units",
    metadata,
    _id(),
    Column("parent_id", Id, ForeignKey("units.id"), index=True),
    Column("kind", String(10), nullable=False),  # office | school
    Column("level", String(20), nullable=False, default=""),  # MN, MG, TH, THCS, TH&THCS …
    Column("name", String(200), nullable=False),
    Column("profile", JSON, nullable=False, default=dict),  # bot::profile key -> canonical value
    Column("valid_from", Moment),
    Column("valid_to", Moment),
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
)

addresses = Table(
    "addresses",
    metadata,
    _id(),
    _to("persons.id", "person_id"),
    Column("channel", String(20), nullable=False),
    Column("chat_id", String(100), nullable=False),
    Column("gone_at", Moment),  # blocked the bot, or the account is closed
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
    UniqueConstraint("campaign_id", "unit_id"),
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

documents = Table(
    "documents",
    metadata,
    _id(),
    _to("reports.id", "report_id"),
    Column("state", JSON, nullable=False),  # Filling.state() as frozen for this document
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
Index(
    "ix_inbox_waiting",
    inbox.c.channel,
    inbox.c.chat_id,
    inbox.c.id,
    sqlite_where=text("done_at IS NULL"),
    postgresql_where=text("done_at IS NULL"),
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
    Column("claimed_until", Moment),  # one process is sending it until then
    Column("tries", Integer, nullable=False, default=0),
    Column("sent_at", Moment),
    Column("sent_id", String(200)),
    Column("given_up_at", Moment),
    Column("failure", String(300)),
)
Index(
    "ix_outbox_waiting",
    outbox.c.channel,
    outbox.c.chat_id,
    outbox.c.id,
    sqlite_where=text("sent_at IS NULL AND given_up_at IS NULL"),
    postgresql_where=text("sent_at IS NULL AND given_up_at IS NULL"),
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
