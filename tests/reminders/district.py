"""A district in which tests turn the clock: schools, campaigns, knocks, and what was said."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from bot.office_hours import OfficeHours
from bot.outgoing import Parcel
from bot.reminders import remind, restart
from storage.campaigns import NewCampaign
from storage.database import Database
from storage.store import Store

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HOURS = OfficeHours(ZONE, (time(20), time(6, 30)))


def at(words: str) -> datetime:
    """Read "14/10 06:30", of 2026, as local time."""
    day, _, clock = words.partition(" ")
    return datetime.strptime(f"{day}/2026 {clock}", "%d/%m/%Y %H:%M").replace(tzinfo=ZONE)


class District:
    """An office and its schools; each person's chat is named after school and role."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.people: dict[str, int] = {}
        self.schools: dict[str, int] = {}
        self.reports: dict[tuple[str, str], int] = {}
        self.campaigns: dict[str, int] = {}

    async def found(self) -> None:
        def work(store: Store) -> None:
            self.office = store.people.add_unit("Phường Thủ Thừa", kind="office")
            self._join(store, "officer", self.office, "officer")
            self.form = store.campaigns.keep_form("x", "x", "<x/>", {}, at("01/09 08:00"))

        await self.database.write(work)

    def _join(self, store: Store, chat: str, unit_id: int, role: str) -> None:
        person = store.people.add_person("web", chat, chat, at("01/09 08:00"))
        store.people.join(person.id, unit_id, role, at("01/09 08:00"))
        self.people[chat] = person.id

    async def school(self, name: str, *roles: str, **contact: str) -> None:
        def work(store: Store) -> None:
            self.schools[name] = store.people.add_unit(
                f"Trường {name}", kind="school", parent_id=self.office
            )
            if contact:
                from sqlalchemy import update  # noqa: PLC0415

                from storage.tables import units  # noqa: PLC0415

                store.connection.execute(
                    update(units).where(units.c.id == self.schools[name]).values(contact=contact)
                )
            for role in roles:
                self._join(store, f"{name} {role}", self.schools[name], role)

        await self.database.write(work)

    async def opens(self, title: str, due: str, opened: str, **values: object) -> None:
        def work(store: Store) -> None:
            new = NewCampaign(self.office, self.form, title, f"hạn {due}", at(due), {}, **values)
            campaign_id = store.campaigns.open(new, list(self.schools.values()), at(opened))
            self.campaigns[title] = campaign_id
            for name, unit_id in self.schools.items():
                report = store.reports.of_unit(campaign_id, unit_id)
                self.reports[name, title] = report.id

        await self.database.write(work)

    async def knock(self, when: str) -> dict[str, str]:
        """Knock once; returns what is said, by chat."""
        parcels = await self.parcels(at(when))
        said = {parcel.to.id: parcel.message.text for parcel in parcels}
        assert len(said) == len(parcels)
        return said

    async def parcels(self, now: datetime) -> list[Parcel]:
        parcels: list[Parcel] = []
        await remind(self.database, HOURS, parcels.extend, now)
        return parcels

    async def days(self, first: int, last: int, month: int, clock: str = "07:00") -> list[str]:
        """Knock once each day; returns the days on which anything was said to a school."""
        found = []
        for day in range(first, last + 1):
            said = await self.knock(f"{day:02}/{month:02} {clock}")
            if set(said) - {"officer"}:
                found.append(f"{day:02}/{month:02}")
        return found

    async def mark(self, name: str, title: str, **values: object) -> None:
        report_id = self.reports[name, title]
        await self.database.write(lambda store: store.reports.mark(report_id, **values))

    async def extends(self, name: str, title: str, due: str, when: str) -> None:
        report_id = self.reports[name, title]

        def work(store: Store) -> None:
            store.reports.mark(report_id, due_at=at(due), due_text=f"hạn {due}")
            restart(store, [report_id], HOURS, at(when).astimezone(UTC))

        await self.database.write(work)
