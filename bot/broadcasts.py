"""What an office says to many of its schools at once: to whom, when, and what became of it.

Every deed asks bot/rights.py first and writes itself down in the audit. Sending is delivery's
(bot/delivery.py); the clock knocks at ``look``.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.chat import Address, Choice, File, Message, Template
from bot.errors import NotAllowed
from bot.outgoing import NOTICE, Parcel
from bot.rights import demand
from bot.texts import Texts, texts
from storage.broadcasts import Broadcast, Recipient, Sums
from storage.database import Database
from storage.people import Unit
from storage.store import Store

_ROLES = ("reporter", "head")
_EVERY = timedelta(seconds=3)  # its progress is shown anew, at most
_AFTERWARDS = timedelta(hours=1)  # in which its progress is still shown anew
_MOST_NAMES = 15  # of those who were not reached, in one message


@dataclass(frozen=True, slots=True)
class Selection:
    """Which schools are meant; what is empty chooses all."""

    levels: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()
    unit_ids: tuple[int, ...] | None = None
    not_submitted: bool = False  # of the campaign


@dataclass(frozen=True, slots=True)
class NewBroadcast:
    """What an office wants to say."""

    office_id: int
    text: str
    selection: Selection = Selection()
    campaign_id: int | None = None
    files: tuple[File, ...] = ()
    wants_receipt: bool = False


@dataclass(frozen=True, slots=True)
class Audience:
    """Who gets something, and who cannot."""

    recipients: list[Recipient]  # each person once, at one address
    unreachable: list[tuple[str, str]]  # (person, school): no account that can be reached
    nobody: list[str]  # schools for which nobody acts

    @property
    def schools(self) -> int:
        """How many schools are reached."""
        return len({one.unit_id for one in self.recipients})

    @property
    def channels(self) -> list[tuple[str, int]]:
        """Return (channel, how many get it there), most first."""
        return Counter(one.channel for one in self.recipients).most_common()


def audience(
    store: Store,
    office_id: int,
    campaign_id: int | None,
    selection: Selection = Selection(),
    *,
    now: datetime,
) -> Audience:
    """Return who would get it now: reporters and heads of the schools that are meant."""
    schools = {unit.id: unit for unit in _schools(store, office_id, campaign_id, selection, now)}
    members = store.people.members_of(schools, _ROLES) if schools else []
    found = store.people.reach({member.person_id for member in members})
    recipients: dict[int, Recipient] = {}
    unreachable: dict[int, tuple[str, str]] = {}
    order = {unit_id: place for place, unit_id in enumerate(schools)}
    for one in sorted(members, key=lambda member: order[member.unit_id]):
        school = schools[one.unit_id].name
        if one.person_id not in found:
            unreachable.setdefault(one.person_id, (one.name, school))
        elif one.person_id not in recipients:
            where = found[one.person_id]
            recipients[one.person_id] = Recipient(
                one.person_id, one.name, one.unit_id, school, *where
            )
    manned = {member.unit_id for member in members}
    nobody = [unit.name for unit in schools.values() if unit.id not in manned]
    return Audience(list(recipients.values()), list(unreachable.values()), nobody)


def _schools(
    store: Store, office_id: int, campaign_id: int | None, selection: Selection, now: datetime
) -> list[Unit]:
    standing = store.campaigns.standing(campaign_id) if campaign_id else []
    asked = {one.unit_id for one in standing if not (selection.not_submitted and one.is_in)}

    def is_meant(unit: Unit) -> bool:
        return (
            unit.kind == "school"
            and (unit.valid_to is None or unit.valid_to > now)
            and (campaign_id is None or unit.id in asked)
            and (not selection.levels or unit.level in selection.levels)
            and (not selection.clusters or unit.cluster in selection.clusters)
            and (selection.unit_ids is None or unit.id in selection.unit_ids)
        )

    return [unit for unit in store.people.below(office_id) if is_meant(unit)]


# deeds


def draft(store: Store, person_id: int, new: NewBroadcast, now: datetime) -> int:
    """Keep what is to be said until it is confirmed; returns its id."""
    demand(store, person_id, "broadcast", new.office_id)
    return store.broadcasts.add(
        office_id=new.office_id,
        campaign_id=new.campaign_id,
        audience=asdict(new.selection),
        text=new.text,
        files=[asdict(file) for file in new.files],
        wants_receipt=new.wants_receipt,
        status="draft",
        by=person_id,
        made_at=now,
        shown={},
    )


def start(store: Store, person_id: int, broadcast_id: int, now: datetime) -> bool:
    """Begin to send it; False when it has begun already, or was cancelled."""
    broadcast = _demanded(store, person_id, broadcast_id)
    if broadcast.status not in ("draft", "scheduled"):
        return False
    _begin(store, broadcast, person_id, now)
    return True


def schedule(
    store: Store, person_id: int, broadcast_id: int, start_at: datetime, now: datetime
) -> bool:
    """Let it begin by itself later; False when it has begun already, or was cancelled."""
    broadcast = _demanded(store, person_id, broadcast_id)
    if broadcast.status not in ("draft", "scheduled"):
        return False
    store.broadcasts.change(
        broadcast_id, status="scheduled", start_at=start_at, shown=_place(store, person_id)
    )
    _audit(store, person_id, broadcast, "schedule", now, start_at=start_at.isoformat())
    return True


def start_due(store: Store, now: datetime) -> int:
    """Begin what is due; returns how many."""
    due = store.broadcasts.due(now)
    for broadcast in due:
        _begin(store, broadcast, None, now)
    return len(due)


def pause(store: Store, person_id: int, broadcast_id: int, now: datetime) -> bool:
    """Send no more for now; the few that are under way still go."""
    return _change(store, person_id, broadcast_id, now, ("pause", {"running": "paused"}))


def resume(store: Store, person_id: int, broadcast_id: int, now: datetime) -> bool:
    """Go on."""
    return _change(store, person_id, broadcast_id, now, ("resume", {"paused": "running"}))


def cancel(store: Store, person_id: int, broadcast_id: int, now: datetime) -> bool:
    """Send it to nobody any more; the few that are under way still go."""
    states = ("draft", "scheduled", "running", "paused")
    changes = ("cancel", dict.fromkeys(states, "cancelled"))
    if not _change(store, person_id, broadcast_id, now, changes):
        return False
    store.broadcasts.withdraw(broadcast_id, now)
    store.broadcasts.change(broadcast_id, finished_at=now)
    return True


def retry_failed(store: Store, person_id: int, broadcast_id: int, now: datetime) -> int:
    """Send it again to those whom it did not reach and who can be reached; returns to how many."""
    broadcast = _demanded(store, person_id, broadcast_id)
    if broadcast.status not in ("running", "paused", "done"):
        return 0
    found = store.people.reach(store.broadcasts.failed_ones(broadcast_id))
    if found:
        store.broadcasts.queue_again(broadcast_id, found, _message(store, broadcast), now)
        if broadcast.status == "done":
            store.broadcasts.change(broadcast_id, status="running", finished_at=None)
        _audit(store, person_id, broadcast, "retry", now, people=len(found))
    return len(found)


def acknowledge(store: Store, person_id: int, broadcast_id: int, now: datetime) -> bool:
    """Somebody says that they have got it; False when they had said so, or it is not theirs."""
    return store.broadcasts.acknowledge(broadcast_id, person_id, now)


def _begin(store: Store, broadcast: Broadcast, person_id: int | None, now: datetime) -> None:
    chosen = broadcast.audience
    selection = Selection(
        tuple(chosen["levels"]),
        tuple(chosen["clusters"]),
        None if chosen["unit_ids"] is None else tuple(chosen["unit_ids"]),
        chosen["not_submitted"],
    )
    found = audience(store, broadcast.office_id, broadcast.campaign_id, selection, now=now)
    store.broadcasts.enlist(broadcast.id, found.recipients, _message(store, broadcast), now)
    shown = broadcast.shown or (_place(store, person_id) if person_id else {})
    store.broadcasts.change(broadcast.id, status="running", start_at=now, shown=shown)
    _audit(store, person_id, broadcast, "start", now, people=len(found.recipients))


def _message(store: Store, broadcast: Broadcast) -> Message:
    words, office = texts("vi"), store.people.unit(broadcast.office_id).name
    sender = words("broadcast-from", office=office)
    template = Template("news", (("viec", words("template-broadcast", office=office)),))
    choices: tuple[Choice, ...] = ()
    if broadcast.wants_receipt:
        choices = (Choice(words("button-received"), f"c.received.{broadcast.id}"),)
    files = tuple(File(**file) for file in broadcast.files)
    return Message(f"{sender}\n\n{broadcast.text}", choices, files=files, template=template)


def _place(store: Store, person_id: int) -> dict[str, Any]:
    """Say where progress is shown: where whoever sends it last wrote."""
    for channel, chat_id in store.people.reach([person_id]).values():
        return {"channel": channel, "chat_id": chat_id}
    return {}


def _change(
    store: Store,
    person_id: int,
    broadcast_id: int,
    now: datetime,
    changes: tuple[str, dict[str, str]],
) -> bool:
    deed, states = changes
    broadcast = _demanded(store, person_id, broadcast_id)
    if broadcast.status not in states:
        return False
    store.broadcasts.change(broadcast_id, status=states[broadcast.status])
    _audit(store, person_id, broadcast, deed, now)
    return True


def _demanded(store: Store, person_id: int, broadcast_id: int) -> Broadcast:
    broadcast = store.broadcasts.get(broadcast_id)
    if broadcast is None:
        raise NotAllowed("broadcast")
    demand(store, person_id, "broadcast", broadcast.office_id)
    return broadcast


def _audit(
    store: Store,
    person_id: int | None,
    broadcast: Broadcast,
    what: str,
    now: datetime,
    **about: object,
) -> None:
    store.audit.add(
        "broadcast",
        now,
        person_id=person_id,
        unit_id=broadcast.office_id,
        campaign_id=broadcast.campaign_id,
        about={"broadcast": broadcast.id, "what": what, **about},
    )


# telling


def progress(store: Store, broadcast_id: int) -> Sums:
    """Return how many recipients stand where; the sums always make the whole list."""
    return store.broadcasts.sums(broadcast_id)


def failures(store: Store, broadcast_id: int) -> list[tuple[str, str, str]]:
    """Return (person, school, reason) of all whom it did not reach, or perhaps not."""
    return store.broadcasts.failures(broadcast_id)


def audience_text(words: Texts, found: Audience) -> str:
    """Say exactly who would get it, and on which channel."""
    lines = [
        words(
            "broadcast-audience",
            people=str(len(found.recipients)),
            schools=str(found.schools),
            channels=", ".join(f"{_channel(words, name)} {count}" for name, count in found.channels)
            or "–",
        )
    ]
    if found.unreachable:
        names = _some(words, [f"{name} ({school})" for name, school in found.unreachable])
        lines.append(words("broadcast-unreachable", names=names))
    if found.nobody:
        lines.append(words("broadcast-nobody", names=_some(words, found.nobody)))
    return "\n".join(lines)


def progress_text(
    words: Texts, status: str, sums: Sums, failed: Sequence[tuple[str, str, str]] = ()
) -> str:
    """Say how far it is; ``failed`` are named once nothing is under way."""
    done = sums.total - sums.queued
    lines = [
        words(f"broadcast-{status}"),
        words(
            "broadcast-sums",
            done=str(done),
            total=str(sums.total),
            percent=str(100 * done // sums.total if sums.total else 100),
        ),
    ]
    for name in ("sent", "acknowledged", "failed", "unknown", "cancelled"):
        if count := getattr(sums, name):
            lines.append(words(f"broadcast-count-{name}", count=str(count)))
    for name, school, reason in failed[:_MOST_NAMES]:
        why = words(f"broadcast-why-{reason_key(reason)}")
        lines.append(words("broadcast-failure", name=name or "–", school=school or "–", why=why))
    if len(failed) > _MOST_NAMES:
        lines.append(words("broadcast-more", count=str(len(failed) - _MOST_NAMES)))
    return "\n".join(lines)


def progress_choices(words: Texts, status: str, sums: Sums, broadcast_id: int) -> list[Choice]:
    """Return what can be done with it now."""
    offered = {
        "running": ["bpause", "bcancel"],
        "paused": ["bresume", "bcancel"],
        "scheduled": ["bcancel"],
        "done": ["bretry"] if sums.failed else [],
    }
    return [
        Choice(words(f"button-{verb}"), f"c.{verb}.{broadcast_id}")
        for verb in offered.get(status, [])
    ]


def reason_key(reason: str) -> str:
    """Return the kind of a failure: the end of a key broadcast-why-…."""
    kind = reason.partition(":")[0]
    kinds = {"PersonGone": "gone", "Unreachable": "away", "Rejected": "rejected"}
    return kinds.get(kind, "lost")


def _channel(words: Texts, name: str) -> str:
    key = f"channel-{name}"
    return words(key) if key in words else name


def _some(words: Texts, names: Sequence[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMES])
    left = len(names) - _MOST_NAMES
    return f"{shown}, {words('broadcast-more', count=str(left))}" if left > 0 else shown


# the clock


@dataclass(frozen=True, slots=True)
class Ways:
    """What the channels can do now."""

    held: Collection[str] = ()  # no broadcast goes there
    still: Collection[str] = ()  # what was said there cannot be changed any more


async def look(database: Database, now: datetime, ways: Ways = Ways()) -> list[Parcel]:
    """Begin what is due, and show how far things are: a knock. Hand the parcels over."""

    def is_alive(store: Store) -> bool:
        return bool(store.broadcasts.alive(now - _AFTERWARDS) or store.broadcasts.due(now))

    def work(store: Store) -> list[Parcel]:
        start_due(store, now)
        return show_progress(store, now, ways)

    return await database.write(work) if await database.glance(is_alive) else []


def show_progress(store: Store, now: datetime, ways: Ways = Ways()) -> list[Parcel]:
    """End what is over, and tell whoever sent it how far it is, in the same message."""
    parcels = []
    for broadcast in store.broadcasts.alive(now - _AFTERWARDS):
        is_over = store.broadcasts.is_over(broadcast.id)
        if is_over and broadcast.status == "running":
            store.broadcasts.change(broadcast.id, status="done", finished_at=now)
            broadcast = replace(broadcast, status="done", finished_at=now)
        if parcel := _shown(store, broadcast, now, ways, is_over=is_over):
            parcels.append(parcel)
    return parcels


def _shown(
    store: Store,
    broadcast: Broadcast,
    now: datetime,
    ways: Ways,
    *,
    is_over: bool,
) -> Parcel | None:
    shown = dict(broadcast.shown)
    sums = store.broadcasts.sums(broadcast.id)
    stuck = store.broadcasts.queued_on(broadcast.id, ways.held) if ways.held else 0
    said = [broadcast.status, *asdict(sums).values(), stuck]
    if not shown or shown.get("said") == said:
        return None
    calm = shown.get("said", [""])[0] == broadcast.status and shown["said"][-1] == stuck
    if calm and shown["channel"] in ways.still:
        return None  # one message when it begins, and one when it ends
    if calm and now < datetime.fromisoformat(shown["at"]) + _EVERY:
        return None
    replaces = ""
    if first := shown.get("outbox_id"):
        replaces = store.outbox.sent_id(first)
        before = shown.get("edit_id")
        if not replaces or (before and store.outbox.is_waiting(before)):
            return None  # not before the last one is there
        if before:
            store.outbox.forget_one(before)
    words = texts("vi")
    failed = store.broadcasts.failures(broadcast.id) if is_over else []
    choices = progress_choices(words, broadcast.status, sums, broadcast.id)
    text = progress_text(words, broadcast.status, sums, failed)
    if stuck:
        names = ", ".join(sorted(_channel(words, name) for name in ways.held))
        text += "\n" + words("broadcast-held", count=str(stuck), channels=names)
    message = Message(text, tuple(choices), replaces=replaces)
    to = Address(shown["channel"], shown["chat_id"])
    (new,) = store.outbox.add(to.channel, to.id, [message], now, lane=NOTICE)
    shown |= {"edit_id" if first else "outbox_id": new, "said": said, "at": now.isoformat()}
    store.broadcasts.change(broadcast.id, shown=shown)
    return Parcel(new, to, message, now, lane=NOTICE)
