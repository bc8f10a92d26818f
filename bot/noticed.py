"""Notices: how they are shown where choices are numbered, and what they leave at an address.

The numbers that a person types belong to the question that is open, so the choices under a notice
are words there. What they mean is kept at the address for some days, and what was only announced
(a template of Zalo's) until the person speaks: then it is said in full.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.chat import ANNOUNCED, Abilities, Message
from bot.outgoing import NOTICE, Parcel
from storage.store import Store

_TYPED_FOR = timedelta(days=3)
_MOST = 12  # labels
_SAME_DAY = timedelta(hours=20)
_OF_REMINDERS = ("remind", "asked")


def worded(message: Message, abilities: Abilities) -> Message:
    """Return a notice as it is shown: without numbers."""
    if not message.choices or (abilities.buttons and not abilities.numbered):
        return message
    return replace(message, choices=tuple(replace(one, way=True) for one in message.choices))


def leave(store: Store, parcel: Parcel, sent_id: str, now: datetime) -> None:
    """Keep what may be typed under a notice that has been sent, and whether it is still unread."""
    announced = sent_id.startswith(ANNOUNCED)
    labels = [
        [choice.label, choice.token, now.isoformat()]
        for choice in parcel.message.choices
        if not choice.url and parcel.lane == NOTICE
    ]
    if not (labels or announced):
        return
    noticed = store.people.noticed(parcel.to.channel, parcel.to.id)
    noticed["choices"] = (labels + noticed.get("choices", []))[:_MOST]
    if announced:
        noticed["unread"] = [*noticed.get("unread", []), parcel.id]
    store.people.set_noticed(parcel.to.channel, parcel.to.id, noticed)


def typed(noticed: dict[str, Any] | None, now: datetime) -> list[tuple[str, str]]:
    """Return (label, token) of what may be typed now, newest first."""
    choices = (noticed or {}).get("choices", [])
    since = now - _TYPED_FOR
    return [(label, token) for label, token, at in choices if datetime.fromisoformat(at) > since]


def want_call(store: Store, parcel: Parcel, now: datetime) -> None:
    """A reminder has reached nobody: its office is told to telephone, unless a colleague knows."""
    kind, _, rest = parcel.message.fresh.partition(" ")
    if kind not in _OF_REMINDERS:
        return
    person = store.people.person_at(parcel.to.channel, parcel.to.id)
    told = store.reminders.told_since(now - _SAME_DAY)
    reports = {int(report_id) for report_id in rest.split()[1:]}
    known = {report_id for who, report_id in told if person is None or who != person.id}
    if alone := reports - known:
        store.reminders.want_call(alone)
