"""A list is shown, applied, applied again, undone: exactly, and never over what people did."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.errors import NotAllowed
from bot.roster import Applied, apply, dry_run, read, undo
from storage.campaigns import NewCampaign
from storage.database import Database
from storage.store import Store
from storage.tables import audit, invitations, reports, roster_imports, unit_history, units
from tests.roster.files import workbook

NOW = datetime(2026, 9, 7, 1, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
LIST = [
    ["Tên trường", "Mã trường", "Hiệu trưởng", "Điện thoại", "Cụm"],
    ["TH Bình An", "", "Lê A", 987654321, "Cụm 1"],
    ["THCS Thị trấn Mới", "79002", "", "", ""],
    ["MN Hoa Sen", "", "", "", ""],
    ["TH Mới", "79009", "Lê B", "", "Cụm 2"],
    ["MN Mới", "", "", "", ""],
]
TABLES = (units, unit_history, reports, invitations)


class Office:
    """An office with three schools, two open campaigns and a closed one."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def found(self) -> "Office":
        await self.database.write(self._found)
        return self

    def _found(self, store: Store) -> None:
        people = store.people
        self.id = people.add_unit("Phường Thủ Thừa", kind="office")
        self.officer = people.add_person("web", "officer", "Lan", NOW).id
        self.head = people.add_person("web", "head", "Bình", NOW).id
        people.join(self.officer, self.id, "officer", NOW)
        contact = {"phone": "0912345678"}
        more = {"kind": "school", "parent_id": self.id}
        self.schools = [
            people.add_unit("Trường TH Bình An", level="TH", contact=contact, **more),
            people.add_unit("Trường THCS Thị trấn", level="THCS", code="79002", **more),
            people.add_unit("Trường MN Hoa Sen", level="MN", **more),
        ]
        people.join(self.head, self.schools[0], "head", NOW)
        form = store.campaigns.keep_form("x", "x", "<x/>", {}, NOW)
        self.campaigns = [
            store.campaigns.open(
                NewCampaign(self.id, form, title, "", LATER, {}), self.schools, NOW
            )
            for title in ("A", "B", "closed")
        ]
        store.campaigns.close(self.campaigns[2], NOW)

    async def try_list(self, rows: list[list[object]] = LIST, now: datetime = NOW) -> int:
        sheet = read(workbook(rows), "ds.xlsx")
        import_id, _ = await self.database.write(
            lambda store: dry_run(store, self.id, self.officer, sheet, "ds.xlsx", now)
        )
        return import_id

    async def apply(self, import_id: int, now: datetime = NOW) -> Applied:
        return await self.database.write(lambda s: apply(s, import_id, self.officer, now))

    async def undo(self, now: datetime = LATER):
        return await self.database.write(lambda s: undo(s, self.id, self.officer, now))

    async def dump(self, *tables: Any) -> dict[str, list[tuple[Any, ...]]]:
        def work(store: Store):
            return {
                table.name: [
                    tuple(row)
                    for row in store.connection.execute(select(table).order_by(table.c.id))
                ]
                for table in tables or TABLES
            }

        return await self.database.read(work)

    async def names(self) -> list[str]:
        schools = await self.database.read(lambda s: s.people.units_under(self.id))
        return [unit.name for unit in schools]


@pytest.fixture
async def office(database: Database) -> Office:
    return await Office(database).found()


async def test_a_dry_run_changes_nothing(office: Office):
    before = await office.dump()
    await office.try_list()
    assert await office.dump() == before
    assert await office.undo() is None


async def test_a_list_adds_and_changes_schools(office: Office):
    assert await office.apply(await office.try_list()) == Applied(added=2, changed=2)
    assert await office.names() == [
        "Trường TH Bình An",
        "Trường THCS Thị trấn Mới",
        "Trường MN Hoa Sen",
        "Trường TH Mới",
        "Trường MN Mới",
    ]
    schools = await office.database.read(lambda s: s.people.units_under(office.id))
    assert schools[0].contact == {"phone": "0987654321", "head": "Lê A"}
    assert (schools[3].cluster, schools[3].code, schools[3].level) == ("Cụm 2", "79009", "TH")


async def test_new_schools_owe_what_is_open_now(office: Office):
    await office.apply(await office.try_list())
    for campaign, count in zip(office.campaigns, (5, 5, 3), strict=True):
        standing = await office.database.read(lambda s, c=campaign: s.campaigns.standing(c))
        assert len(standing) == count


async def test_the_name_as_it_was_is_kept(office: Office):
    await office.apply(await office.try_list())
    ((_, unit_id, name, level, parent_id, valid_to),) = (await office.dump(unit_history))[
        "unit_history"
    ]
    assert (unit_id, name) == (office.schools[1], "Trường THCS Thị trấn")
    assert (level, parent_id, valid_to) == ("THCS", office.id, NOW)


async def test_undo_restores_exactly(office: Office):
    before = await office.dump()
    await office.apply(await office.try_list())
    assert await office.dump() != before
    undone = await office.undo()
    assert undone is not None
    assert (undone.file_name, undone.undone, undone.kept) == ("ds.xlsx", 4, ())
    assert await office.dump() == before
    assert await office.undo() is None


async def test_lists_are_undone_newest_first(office: Office):
    start = await office.dump()
    await office.apply(await office.try_list())
    first = await office.dump()
    second = [["Tên trường", "Hiệu trưởng"], ["TH Bình An", "Lê C"], ["MN Hai", ""]]
    await office.apply(await office.try_list(second), LATER)
    assert await office.undo() is not None
    assert await office.dump() == first
    assert await office.undo() is not None
    assert await office.dump() == start


async def test_applying_again_does_nothing_more(office: Office):
    import_id = await office.try_list()
    await office.apply(import_id)
    once = await office.dump()
    assert await office.apply(import_id) == Applied(0, 0)
    assert await office.dump() == once
    assert await office.undo() is not None
    assert await office.apply(import_id) == Applied(added=2, changed=2)


async def test_two_who_apply_at_once_add_each_school_once(office: Office):
    one, two = await office.try_list(), await office.try_list()
    await asyncio.gather(office.apply(one), office.apply(two), office.apply(one))
    names = await office.names()
    assert len(names) == len(set(names)) == 5


async def test_what_changed_after_the_dry_run_is_looked_at_anew(office: Office):
    import_id = await office.try_list()
    more = {"kind": "school", "parent_id": office.id, "level": "TH"}
    await office.database.write(lambda s: s.people.add_unit("Trường TH Mới", **more))
    assert await office.apply(import_id) == Applied(added=1, changed=3)
    assert (await office.names()).count("Trường TH Mới") == 1


async def test_a_new_school_with_people_is_kept_and_named(office: Office):
    await office.apply(await office.try_list())
    new = await office.database.read(lambda s: s.people.unit_named("Trường TH Mới", "school"))
    await office.database.write(lambda s: s.people.join(office.head, new.id, "head", NOW))
    undone = await office.undo()
    assert (undone.undone, undone.kept) == (3, ("Trường TH Mới",))
    assert "Trường TH Mới" in await office.names()
    assert "Trường MN Mới" not in await office.names()


async def test_a_new_school_that_began_a_report_is_kept_and_named(office: Office):
    await office.apply(await office.try_list())
    new = await office.database.read(lambda s: s.people.unit_named("Trường MN Mới", "school"))
    begun = update(reports).where(reports.c.unit_id == new.id).values(status="drafting")
    await office.database.write(lambda s: s.connection.execute(begun))
    undone = await office.undo()
    assert undone.kept == ("Trường MN Mới",)
    assert len(await office.names()) == 4


async def test_a_new_school_that_has_only_been_invited_goes(office: Office):
    before = await office.dump()
    await office.apply(await office.try_list())
    new = await office.database.read(lambda s: s.people.unit_named("Trường MN Mới", "school"))
    await office.database.write(lambda s: s.people.invite("7K3M9QXD", new.id, "head", NOW, None))
    assert (await office.undo()).kept == ()
    assert await office.dump() == before


async def test_what_somebody_changed_since_is_kept_and_named(office: Office):
    await office.apply(await office.try_list())
    since = {"cluster": "Cụm 7"}
    await office.database.write(lambda s: s.rosters.change_unit(office.schools[0], since))
    undone = await office.undo()
    assert undone.kept == ("Trường TH Bình An",)
    unit = await office.database.read(lambda s: s.people.unit(office.schools[0]))
    assert (unit.cluster, unit.contact) == ("Cụm 7", {"phone": "0912345678"})


async def test_only_people_of_the_office_may(office: Office):
    import_id = await office.try_list()
    sheet = read(workbook(LIST), "ds.xlsx")
    for work in (
        lambda s: dry_run(s, office.id, office.head, sheet, "ds.xlsx", NOW),
        lambda s: apply(s, import_id, office.head, NOW),
        lambda s: apply(s, import_id + 1000, office.officer, NOW),
        lambda s: undo(s, office.id, office.head, NOW),
    ):
        with pytest.raises(NotAllowed, match="import-roster"):
            await office.database.write(work)
    assert len((await office.dump(roster_imports))["roster_imports"]) == 1


async def test_deeds_are_written_down_without_names(office: Office):
    import_id = await office.try_list()
    await office.apply(import_id)
    await office.undo()
    entries = await office.database.read(lambda s: s.audit.latest([office.id], 9))
    assert [(entry.deed, entry.about) for entry in reversed(entries)] == [
        ("import-roster", {"import": import_id, "added": 2, "changed": 2}),
        ("undo-roster", {"import": import_id, "undone": 4, "kept": 0}),
    ]
    assert "Mới" not in str(await office.dump(audit))


async def test_schools_of_an_office_below_are_known_and_not_missed(office: Office):
    def work(store: Store) -> None:
        below = store.people.add_unit("Xã Mỹ Thạnh", kind="office", parent_id=office.id)
        store.people.add_unit("Trường TH Xa", kind="school", level="TH", parent_id=below)
        store.people.add_unit("Trường TH Gần", kind="school", level="TH", parent_id=below)

    await office.database.write(work)
    sheet = read(workbook([["Tên trường"], ["TH Xa"]]), "ds.xlsx")
    _, plan = await office.database.write(
        lambda s: dry_run(s, office.id, office.officer, sheet, "ds.xlsx", NOW)
    )
    assert (plan.added, plan.unchanged) == ([], ["Trường TH Xa"])
    assert len(plan.missing) == 3
