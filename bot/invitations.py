"""Invitations for many schools at once: fresh codes, and a sheet to print and cut up."""

import asyncio
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.campaign import Deeds, schools_under, show_code
from bot.chat import Way
from bot.paperwork import Maker
from bot.rights import demand
from bot.settings import Settings
from bot.texts import texts
from storage.database import Database
from storage.people import Unit
from storage.store import Store

if TYPE_CHECKING:
    from bot.invitation_sheet import Card


def schools_without(store: Store, office_id: int, role: str, now: datetime) -> list[Unit]:
    """Return the schools of an office that nobody of that role has joined."""
    schools = schools_under(store, office_id, now)
    joined = {m.unit_id for m in store.people.members_of([u.id for u in schools], (role,))}
    return [unit for unit in schools if unit.id not in joined]


def invite_all(
    store: Store, deeds: Deeds, office_id: int, role: str, person_id: int, now: datetime
) -> list[tuple[Unit, str]]:
    """Make a fresh code for each school of an office that nobody of that role has joined.

    Older codes for them that nobody has used end now.
    """
    demand(store, person_id, "invite-to-school", office_id)
    wanted = schools_without(store, office_id, role, now)
    store.people.end_invitations([unit.id for unit in wanted], role, now)
    made = [(unit, deeds.invite(store, unit.id, role, now)) for unit in wanted]
    about = {"role": role, "codes": len(made)}
    store.audit.add("invite", now, person_id=person_id, unit_id=office_id, about=about)
    return made


def set_ways(settings: Settings) -> tuple[Way, ...]:
    """Return the ways to the bot that the operator has told."""
    links = (("Zalo", settings.zalo_oa_link), ("Zalo Bot", settings.zalo_bot_link))
    return tuple(Way(label, link) for label, link in links if link)


def sheet_maker(database: Database, deeds: Deeds) -> Maker:
    """Return what makes the sheet of the codes that an office made at one moment."""

    async def make(argument: str, target: Path) -> None:
        office, _, stamp = argument.partition("-")
        made_at = datetime.fromtimestamp(int(stamp), UTC)
        from bot.invitation_sheet import sheet  # noqa: PLC0415 - python-docx takes long to load

        look = partial(_cards_of, int(office), made_at, deeds)
        content = await asyncio.to_thread(sheet, await database.read(look), texts("vi"))
        await asyncio.to_thread(target.write_bytes, content)

    return make


def _cards_of(office_id: int, made_at: datetime, deeds: Deeds, store: Store) -> "list[Card]":
    from bot.invitation_sheet import Card  # noqa: PLC0415

    office = store.people.unit(office_id)
    return [
        Card(
            office.name,
            unit.name,
            invitation.role,
            show_code(invitation.code),
            f"{deeds.web_address}/moi/{invitation.code}",
            f"{invitation.expires_at.astimezone(deeds.timezone):%d/%m/%Y}"
            if invitation.expires_at
            else "",
            tuple(deeds.ways()),
        )
        for unit, invitation in store.people.invitations_made(office_id, made_at)
    ]
