"""Units, people, and what binds them: addresses, memberships, invitations, consent."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    bindparam,
    delete,
    exists,
    insert,
    literal,
    select,
    update,
)

from storage.prepared import Prepared
from storage.tables import (
    addresses,
    attachments,
    consents,
    invitations,
    memberships,
    outbox,
    persons,
    photos,
    submissions,
    units,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """An office or a school."""

    id: int
    parent_id: int | None
    kind: str  # office | school
    level: str
    name: str
    profile: dict[str, Any]  # what the school has said of itself: bot::profile key -> value
    cluster: str = ""
    code: str = ""  # the ministry's
    contact: dict[str, Any] = field(default_factory=dict)  # head, phone, email: from the roster
    valid_to: datetime | None = None  # merged or closed since


@dataclass(slots=True)
class Person:
    """Somebody. ``state`` is where the talk with them is; save_state() keeps it."""

    id: int
    name: str
    language: str
    state: dict[str, Any]
    consent_version: int | None
    held_back: bool = False  # something to the address they speak from is held in the outbox
    noticed: dict[str, Any] | None = None  # what notices have left at that address: bot.noticed
    gone: bool = False  # nothing could be sent to that address any more


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who acts for a unit."""

    person_id: int
    name: str
    unit_id: int
    role: str  # reporter | head | officer | admin


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time code that binds an address to a person and a unit."""

    id: int
    code: str
    unit_id: int | None
    role: str
    person_id: int | None  # a code for one more account of this person
    expires_at: datetime | None
    used_at: datetime | None
    used_by: int | None


_DEEPEST = 8  # offices above each other; a circle in the tree must not hang the program

UNIT: tuple[Column[Any], ...] = (
    units.c.id,
    units.c.parent_id,
    units.c.kind,
    units.c.level,
    units.c.name,
    units.c.profile,
    units.c.cluster,
    units.c.code,
    units.c.contact,
    units.c.valid_to,
)
_PERSON = (
    persons.c.id,
    persons.c.name,
    persons.c.language,
    persons.c.state,
    persons.c.consent_version,
)
_INVITATION = (
    invitations.c.id,
    invitations.c.code,
    invitations.c.unit_id,
    invitations.c.role,
    invitations.c.person_id,
    invitations.c.expires_at,
    invitations.c.used_at,
    invitations.c.used_by,
)

_HELD_BACK = exists().where(
    outbox.c.channel == addresses.c.channel,
    outbox.c.chat_id == addresses.c.chat_id,
    outbox.c.sent_at.is_(None),
    outbox.c.given_up_at.is_(None),
    outbox.c.held.is_(True),
)
_PERSON_AT = Prepared(
    select(*_PERSON, _HELD_BACK, addresses.c.noticed, addresses.c.gone_at.is_not(None))
    .join(addresses, addresses.c.person_id == persons.c.id)
    .where(addresses.c.channel == bindparam("channel"), addresses.c.chat_id == bindparam("chat_id"))
    .with_for_update(of=persons)
)
_SAVE_STATE = Prepared(
    update(persons)
    .where(persons.c.id == bindparam("person"))
    .values(state=bindparam("state"), name=bindparam("name"), seen_at=bindparam("seen_at"))
)


class People:
    """Who is who, and may do what for which unit."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # units

    def add_unit(
        self,
        name: str,
        *,
        kind: str,
        level: str = "",
        parent_id: int | None = None,
        profile: dict[str, Any] | None = None,
        **more: Any,  # cluster, code, contact, valid_from
    ) -> int:
        """Make a unit and return its id."""
        values = {"level": level, "parent_id": parent_id, "profile": profile or {}, **more}
        row = insert(units).values(name=name, kind=kind, **values)
        return _new_id(self._connection, row)

    def unit(self, unit_id: int) -> Unit:
        """Return the unit ``unit_id``, which must exist."""
        return Unit(*self._connection.execute(select(*UNIT).where(units.c.id == unit_id)).one())

    def unit_named(self, name: str, kind: str) -> Unit | None:
        """Return the unit with exactly this name."""
        query = select(*UNIT).where(units.c.name == name, units.c.kind == kind)
        row = self._connection.execute(query.order_by(units.c.id)).first()
        return Unit(*row) if row else None

    def units_under(self, parent_id: int) -> list[Unit]:
        """Return what stands directly under an office, in the order it was made."""
        query = select(*UNIT).where(units.c.parent_id == parent_id).order_by(units.c.id)
        return [Unit(*row) for row in self._connection.execute(query)]

    def lineage(self, unit_id: int) -> list[int]:
        """Return the ids of a unit and of all above it, nearest first."""
        above = select(units.c.id, units.c.parent_id, literal(0).label("depth"))
        tree = above.where(units.c.id == unit_id).cte("above", recursive=True)
        tree = tree.union_all(
            select(units.c.id, units.c.parent_id, tree.c.depth + 1).where(
                units.c.id == tree.c.parent_id, tree.c.depth < _DEEPEST
            )
        )
        query = select(tree.c.id).order_by(tree.c.depth)
        return list(self._connection.execute(query).scalars())

    def below(self, office_id: int) -> list[Unit]:
        """Return all units under an office, at whatever depth, in the order they were made."""
        start = select(units.c.id, literal(0).label("depth")).where(units.c.id == office_id)
        tree = start.cte("below", recursive=True)
        tree = tree.union_all(
            select(units.c.id, tree.c.depth + 1).where(
                units.c.parent_id == tree.c.id, tree.c.depth < _DEEPEST
            )
        )
        query = (
            select(*UNIT)
            .join(tree, tree.c.id == units.c.id)
            .where(units.c.id != office_id)
            .order_by(units.c.id)
        )
        return [Unit(*row) for row in self._connection.execute(query)]

    def members_of(self, unit_ids: Collection[int], roles: Collection[str]) -> list[Member]:
        """Return who acts for some units in some roles now, in the order they came."""
        query = (
            select(persons.c.id, persons.c.name, memberships.c.unit_id, memberships.c.role)
            .join(memberships, memberships.c.person_id == persons.c.id)
            .where(
                memberships.c.unit_id.in_(unit_ids),
                memberships.c.role.in_(roles),
                memberships.c.until.is_(None),
            )
            .order_by(memberships.c.id)
        )
        return [Member(*row) for row in self._connection.execute(query)]

    def offices(self) -> list[Unit]:
        """Return all offices, oldest first."""
        query = select(*UNIT).where(units.c.kind == "office").order_by(units.c.id)
        return [Unit(*row) for row in self._connection.execute(query)]

    def save_profile(self, unit_id: int, profile: dict[str, Any]) -> None:
        """Keep what a school said of itself once and for all."""
        self._connection.execute(update(units).where(units.c.id == unit_id).values(profile=profile))

    # people and their addresses

    def person_at(self, channel: str, chat_id: str) -> Person | None:
        """Return who speaks from this address; on PostgreSQL nobody else has them meanwhile."""
        row = _PERSON_AT.first(self._connection, {"channel": channel, "chat_id": chat_id})
        return Person(*row) if row else None

    def add_person(self, channel: str, chat_id: str, name: str, now: datetime) -> Person:
        """Make a person who speaks from this new address."""
        row = insert(persons).values(name=name[:200], state={}, seen_at=now)
        person_id = _new_id(self._connection, row)
        self._connection.execute(
            insert(addresses).values(person_id=person_id, channel=channel, chat_id=chat_id)
        )
        return Person(person_id, name, "vi", {}, None)

    def save_state(self, person: Person, now: datetime) -> None:
        """Keep where the talk with ``person`` is."""
        values = {"state": person.state, "name": person.name[:200], "seen_at": now}
        _SAVE_STATE.run(self._connection, {"person": person.id, **values})

    def addresses_of(self, person_id: int) -> list[tuple[str, str]]:
        """Return (channel, chat id) of each account of a person that can be reached."""
        query = (
            select(addresses.c.channel, addresses.c.chat_id)
            .where(addresses.c.person_id == person_id, addresses.c.gone_at.is_(None))
            .order_by(addresses.c.id)
        )
        return [(channel, chat_id) for channel, chat_id in self._connection.execute(query)]

    def reach(self, person_ids: Collection[int]) -> dict[int, tuple[str, str]]:
        """Return for each person who can be reached (channel, chat id): where they last wrote."""
        here = persons.c.state["here"]
        query = (
            select(persons.c.id, addresses.c.channel, addresses.c.chat_id, here)
            .join(addresses, addresses.c.person_id == persons.c.id)
            .where(persons.c.id.in_(person_ids), addresses.c.gone_at.is_(None))
            .order_by(persons.c.id, addresses.c.id)
        )
        found: dict[int, tuple[str, str]] = {}
        for person_id, channel, chat_id, last in self._connection.execute(query):
            if person_id not in found or last == [channel, chat_id]:
                found[person_id] = (channel, chat_id)
        return found

    def next_address(
        self, channel: str, chat_id: str, among: Collection[str]
    ) -> tuple[str, str] | None:
        """Return another address of whoever has this one, on one of some channels."""
        other = addresses.alias()
        query = (
            select(other.c.channel, other.c.chat_id)
            .join(addresses, addresses.c.person_id == other.c.person_id)
            .where(
                addresses.c.channel == channel,
                addresses.c.chat_id == chat_id,
                other.c.channel.in_(among),
                other.c.gone_at.is_(None),
            )
            .order_by(other.c.id.desc())
        )
        row = self._connection.execute(query).first()
        return (row[0], row[1]) if row else None

    def noticed(self, channel: str, chat_id: str) -> dict[str, Any]:
        """Return what notices have left at an address."""
        where = (addresses.c.channel == channel, addresses.c.chat_id == chat_id)
        return self._connection.execute(select(addresses.c.noticed).where(*where)).scalar() or {}

    def set_noticed(self, channel: str, chat_id: str, noticed: dict[str, Any] | None) -> None:
        """Keep what notices have left at an address."""
        where = (addresses.c.channel == channel, addresses.c.chat_id == chat_id)
        self._connection.execute(update(addresses).where(*where).values(noticed=noticed))

    def mark_gone(self, channel: str, chat_id: str, at: datetime | None) -> None:
        """Remember that an address cannot be reached, or with None that it can again."""
        self._connection.execute(
            update(addresses)
            .where(addresses.c.channel == channel, addresses.c.chat_id == chat_id)
            .values(gone_at=at)
        )

    def save_phone(self, channel: str, chat_id: str, phone: str) -> None:
        """Keep the number that a person has given as their own, as +84…."""
        self._connection.execute(
            update(addresses)
            .where(addresses.c.channel == channel, addresses.c.chat_id == chat_id)
            .values(phone=phone)
        )

    def phones_of(self, person_id: int) -> list[str]:
        """Return the numbers that a person has given, each once."""
        query = select(addresses.c.phone).where(
            addresses.c.person_id == person_id, addresses.c.phone.is_not(None)
        )
        return list(dict.fromkeys(self._connection.execute(query).scalars()))

    def phone_at(self, channel: str, chat_id: str) -> str:
        """Return the number of whoever has this address, as they have given it anywhere; or ""."""
        mine = select(addresses.c.person_id).where(
            addresses.c.channel == channel, addresses.c.chat_id == chat_id
        )
        here = (addresses.c.channel == channel) & (addresses.c.chat_id == chat_id)
        query = (
            select(addresses.c.phone)
            .where(addresses.c.person_id.in_(mine), addresses.c.phone.is_not(None))
            .order_by(here.desc(), addresses.c.id.desc())
        )
        return self._connection.execute(query.limit(1)).scalar_one_or_none() or ""

    def move_address(self, channel: str, chat_id: str, to_person: int) -> None:
        """Let an address speak for another person; one who is left with none is forgotten."""
        where = (addresses.c.channel == channel, addresses.c.chat_id == chat_id)
        before = self._connection.execute(select(addresses.c.person_id).where(*where)).scalar_one()
        self._connection.execute(update(addresses).where(*where).values(person_id=to_person))
        left = select(addresses.c.id).where(addresses.c.person_id == before)
        if before != to_person and not self._connection.execute(left).first():
            self.delete_person(before)

    def delete_person(self, person_id: int) -> None:
        """Forget a person: account links, memberships, where the talk was.

        What they did for their school stays the school's, without their name.
        """
        sent = (photos.c.sent_by, attachments.c.sent_by)
        for column in (*sent, submissions.c.by, invitations.c.used_by):
            mine = update(column.table).where(column == person_id).values({column: None})
            self._connection.execute(mine)
        self._connection.execute(delete(persons).where(persons.c.id == person_id))

    def last_seen_before(self, moment: datetime) -> list[int]:
        """Return the ids of people who have said nothing since ``moment``."""
        query = select(persons.c.id).where(persons.c.seen_at < moment)
        return list(self._connection.execute(query).scalars())

    # consent

    def record_consent(self, person: Person, version: int, now: datetime, *, given: bool) -> None:
        """Keep the proof of a consent or of its withdrawal."""
        self._connection.execute(
            insert(consents).values(person_id=person.id, version=version, given=given, at=now)
        )
        person.consent_version = version if given else None
        self._connection.execute(
            update(persons)
            .where(persons.c.id == person.id)
            .values(consent_version=person.consent_version, consent_at=now if given else None)
        )

    # memberships

    def join(self, person_id: int, unit_id: int, role: str, now: datetime) -> None:
        """Let a person act for a unit."""
        where = (
            memberships.c.person_id == person_id,
            memberships.c.unit_id == unit_id,
            memberships.c.role == role,
        )
        again = update(memberships).where(*where).values(until=None)
        if not self._connection.execute(again).rowcount:
            self._connection.execute(
                insert(memberships).values(
                    person_id=person_id, unit_id=unit_id, role=role, since=now
                )
            )

    def leave(self, person_id: int, unit_id: int, role: str, now: datetime) -> bool:
        """End what a person does for a unit; False when they did not.

        They are not in the middle of a report any more, whatever they were talking about.
        """
        ended = self._connection.execute(
            update(memberships)
            .where(
                memberships.c.person_id == person_id,
                memberships.c.unit_id == unit_id,
                memberships.c.role == role,
                memberships.c.until.is_(None),
            )
            .values(until=now)
        )
        if not ended.rowcount:
            return False
        here = persons.c.id == person_id
        query = select(persons.c.state).where(here).with_for_update()
        state = dict(self._connection.execute(query).scalar_one())
        for place in ("report", "at", "seen", "ask"):
            state.pop(place, None)
        self._connection.execute(update(persons).where(here).values(state=state))
        return True

    def units_of(self, person_id: int) -> list[tuple[Unit, str]]:
        """Return the units a person acts for now, each with the role."""
        query = (
            select(*UNIT, memberships.c.role)
            .join(memberships, memberships.c.unit_id == units.c.id)
            .where(memberships.c.person_id == person_id, memberships.c.until.is_(None))
            .order_by(memberships.c.id)
        )
        return [(Unit(*row[:-1]), row[-1]) for row in self._connection.execute(query)]

    def is_office(self, channel: str, chat_id: str) -> bool:
        """Say whether who speaks from this address works for an office now."""
        query = (
            select(units.c.id)
            .join(memberships, memberships.c.unit_id == units.c.id)
            .join(addresses, addresses.c.person_id == memberships.c.person_id)
            .where(addresses.c.channel == channel, addresses.c.chat_id == chat_id)
            .where(memberships.c.until.is_(None), units.c.kind == "office")
        )
        return self._connection.execute(query).first() is not None

    def names(self, person_ids: set[int]) -> dict[int, str]:
        """Return the names of some people, as they call themselves on their channel."""
        query = select(persons.c.id, persons.c.name).where(persons.c.id.in_(person_ids))
        return {row[0]: row[1] for row in self._connection.execute(query)}

    # invitations

    def invite(
        self, code: str, unit_id: int, role: str, now: datetime, expires_at: datetime | None
    ) -> None:
        """Keep a new invitation."""
        self._connection.execute(
            insert(invitations).values(
                code=code, unit_id=unit_id, role=role, made_at=now, expires_at=expires_at
            )
        )

    def end_invitations(self, unit_ids: Collection[int], role: str, now: datetime) -> None:
        """Let the unused codes of some units for a role hold no longer."""
        self._connection.execute(
            update(invitations)
            .where(
                invitations.c.unit_id.in_(unit_ids),
                invitations.c.role == role,
                invitations.c.used_at.is_(None),
            )
            .values(expires_at=now)
        )

    def invitations_made(self, office_id: int, made_at: datetime) -> list[tuple[Unit, Invitation]]:
        """Return the codes for the units of an office that were made in that second."""
        query = (
            select(*UNIT, *_INVITATION)
            .join(invitations, invitations.c.unit_id == units.c.id)
            .where(
                units.c.parent_id == office_id,
                invitations.c.made_at >= made_at,
                invitations.c.made_at < made_at + timedelta(seconds=1),
            )
            .order_by(units.c.id)
        )
        split = len(UNIT)
        return [
            (Unit(*row[:split]), Invitation(*row[split:]))
            for row in self._connection.execute(query)
        ]

    def link_code(self, code: str, person_id: int, now: datetime, expires_at: datetime) -> None:
        """Keep a code by which a person adds one more account of theirs."""
        self._connection.execute(
            insert(invitations).values(
                code=code, person_id=person_id, made_at=now, expires_at=expires_at
            )
        )

    def invitation(self, code: str) -> Invitation | None:
        """Return the invitation with this code, used or not."""
        query = select(*_INVITATION).where(invitations.c.code == code)
        row = self._connection.execute(query).first()
        return Invitation(*row) if row else None

    def use_invitation(self, invitation_id: int, person_id: int, now: datetime) -> bool:
        """Take an invitation; False when somebody was quicker."""
        taken = self._connection.execute(
            update(invitations)
            .where(invitations.c.id == invitation_id, invitations.c.used_at.is_(None))
            .values(used_at=now, used_by=person_id)
        )
        return bool(taken.rowcount)


def _new_id(connection: Connection, row: Any) -> int:
    key = connection.execute(row).inserted_primary_key
    assert key is not None
    return int(key[0])
