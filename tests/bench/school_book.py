"""A database with many schools that all owe one report: where our bot begins its run."""

import asyncio
from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import broadcasts
from bot.broadcasts import NewBroadcast, Selection
from bot.campaign import CONSENT_VERSION, Deeds
from bot.operator import now as this_instant
from storage.campaigns import NewCampaign
from storage.database import Database
from storage.migrations import upgrade
from storage.store import Store
from tests.bench.crowd import FIRST_ID
from tests.bench.processes import database_url
from tests.bench.questionnaire import xform


def write(folder: Path, people: int) -> None:
    """Make the database: each person acts for a school of their own and has consented."""
    (folder / "files").mkdir(parents=True)
    upgrade(database_url(folder))
    asyncio.run(_write(database_url(folder), people))


def announce(folder: Path, text: str, leave_out: int) -> None:
    """Say something to all but the first schools, as an officer does."""
    asyncio.run(_announce(database_url(folder), text, leave_out))


async def _announce(url: str, text: str, leave_out: int) -> None:
    def work(store: Store) -> None:
        now = this_instant()
        (office,) = store.people.offices()
        officer = store.people.add_person("web", "officer", "Anh Minh", now)
        store.people.join(officer.id, office.id, "officer", now)
        schools = [unit.id for unit in store.people.below(office.id)]
        chosen = Selection(unit_ids=tuple(schools[leave_out:]))
        new = NewBroadcast(office.id, text, chosen)
        broadcasts.start(store, officer.id, broadcasts.draft(store, officer.id, new, now), now)

    database = Database(url)
    await database.open()
    await database.write(work)
    await database.close()


async def _write(url: str, people: int) -> None:
    database = Database(url)
    await database.open()
    await database.write(lambda store: _fill(store, people))
    await database.close()


def _fill(store: Store, people: int) -> None:
    now = this_instant()
    deeds = Deeds(
        ZoneInfo("Asia/Ho_Chi_Minh"), "http://bot.test", timedelta(days=90), (time(20), time(6, 30))
    )
    office = store.people.add_unit("Phòng GD&ĐT", kind="office")
    schools = [
        store.people.add_unit(f"Trường TH {n}", kind="school", level="TH", parent_id=office)
        for n in range(people)
    ]
    form = store.campaigns.keep_form("0" * 64, "Tuần lễ", xform(), {}, now)
    new = NewCampaign(office, form, "Tuần lễ", "trước 15/10", now + timedelta(days=9), {})
    deeds.open_campaign(store, new, now)
    for number, school in enumerate(schools):
        person = store.people.add_person("telegram", str(FIRST_ID + number), "Cô Lan", now)
        store.people.join(person.id, school, "reporter", now)
        store.people.record_consent(person, CONSENT_VERSION, now, given=True)
        person.state["report"] = store.reports.owed_by([school])[0].id
        store.people.save_state(person, now)
