"""What a month has carried on channels whose platform counts, and what follows when it runs out.

Zalo's Bot Platform allows some people and some messages a month (both ways, to be safe). Those who
administer are told at 80 %; at 95 % no broadcast goes by that channel any more, so that the rest is
there for people's reports.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog

from bot.chat import Address, Message
from bot.outgoing import NOTICE, Parcel
from bot.texts import texts
from storage.database import Database
from storage.store import Store

log = structlog.get_logger()

WARNED_AT, STOPPED_AT = 80, 95  # percent
_COUNTED = ("in", "out")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a platform allows."""

    messages: int  # a month
    people: int


class Usage:
    """Counts, warns and stops. Months are those of ``timezone``."""

    def __init__(
        self,
        database: Database,
        limits: Mapping[str, Limits],
        timezone: ZoneInfo,
        clock: Callable[[], datetime],
    ) -> None:
        self.full: set[str] = set()
        """Channels on which no broadcast goes; delivery looks here."""
        self._database = database
        self._limits = limits
        self._timezone = timezone
        self._clock = clock

    @property
    def channels(self) -> Collection[str]:
        """Those whose platform counts messages."""
        return self._limits.keys()

    def month(self, now: datetime) -> str:
        """Return the month to which a moment belongs: 2026-11."""
        return f"{now.astimezone(self._timezone):%Y-%m}"

    async def count(self, channel: str, kind: str, number: int = 1) -> None:
        """Count messages that a channel has carried."""
        month = self.month(self._clock())
        await self._database.write(lambda store: store.usage.add(channel, month, kind, number))

    async def counted(self, channel: str) -> dict[str, int]:
        """Return this month's counts of a channel by kind."""
        month = self.month(self._clock())
        return await self._database.read(lambda store: store.usage.of_month(channel, month))

    async def look(self) -> list[Parcel]:
        """See how much is left: a knock. Returns the warnings to hand over, each said once."""
        now = self._clock()
        return (
            await self._database.write(lambda store: self._look(store, now)) if self._limits else []
        )

    def _look(self, store: Store, now: datetime) -> list[Parcel]:
        parcels: list[Parcel] = []
        for channel, limits in self._limits.items():
            counts = store.usage.of_month(channel, self.month(now))
            messages = sum(counts.get(kind, 0) for kind in _COUNTED)
            people = store.usage.people_on(channel)
            share = 100 * messages // limits.messages
            (self.full.add if share >= STOPPED_AT else self.full.discard)(channel)
            filled = {"messages": messages, "most": limits.messages, "people": people}
            filled["most_people"] = limits.people
            for key, level in (
                (f"{self.month(now)} stopped", share - STOPPED_AT),
                (f"{self.month(now)} messages", share - WARNED_AT),
                ("people", 100 * people // limits.people - WARNED_AT),
            ):
                if level >= 0 and not store.keepsakes.get(f"usage {channel} {key}"):
                    store.keepsakes.put(f"usage {channel} {key}", now.isoformat())
                    what = key.rpartition(" ")[2]
                    log.warning("usage", channel=channel, what=what, **filled)
                    parcels += _warn(store, channel, what, filled, now)
        return parcels


def _warn(
    store: Store, channel: str, what: str, filled: Mapping[str, int], now: datetime
) -> list[Parcel]:
    """Tell those who administer the offices, or where there is none the officers."""
    offices = [office.id for office in store.people.offices()]
    members = store.people.members_of(offices, ("officer", "admin")) if offices else []
    admins = {one.person_id for one in members if one.role == "admin"}
    people = admins or {one.person_id for one in members}
    words = texts("vi")
    numbers = {name: str(number) for name, number in filled.items()}
    text = words(f"usage-{what}", channel=words(f"channel-{channel}"), **numbers)
    parcels = []
    for to in store.people.reach(people).values():
        message = Message(text)
        (new,) = store.outbox.add(*to, [message], now, lane=NOTICE)
        parcels.append(Parcel(new, Address(*to), message, now, lane=NOTICE))
    return parcels
