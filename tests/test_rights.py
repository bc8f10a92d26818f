"""Every deed x role x own or foreign unit; and what a reporter of another school can learn."""

import pytest

from bot.errors import NotAllowed
from bot.rights import RIGHTS, demand, may
from storage.database import Database

NOW_DEEDS = """
deed                   reporter head  officer admin
fill                   own      own   -       -
submit                 own      own   -       -
approve                -        own   -       -
ask-extension          own      own   -       -
see-report             own      own   under   under
see-own-status         own      own   under   under
invite-to-school       -        own   under   under
end-membership         -        own   under   under
see-progress           -        -     under   under
see-totals             -        -     under   under
remind                 -        -     under   under
broadcast              -        -     under   under
return                 -        -     under   under
accept                 -        -     under   under
reopen-report          -        -     under   under
extend                 -        -     under   under
open-campaign          -        -     under   under
change-campaign        -        -     under   under
close-campaign         -        -     under   under
import-roster          -        -     under   under
submit-office-report   -        -     under   under
invite-to-office       -        -     -       under
see-audit              -        -     -       under
"""

TABLE = [line.split() for line in NOW_DEEDS.strip().splitlines()]
ROLES = TABLE[0][1:]
CASES = [
    (deed, role, reach)
    for deed, *reaches in TABLE[1:]
    for role, reach in zip(ROLES, reaches, strict=True)
]

# A province's office over a commune's, which has two schools; and another commune beside it.
UNITS = {
    "so": None,
    "phong": "so",
    "truong": "phong",
    "ban": "phong",
    "xa_khac": "so",
    "truong_khac": "xa_khac",
}
AT = {"reporter": "truong", "head": "truong", "officer": "phong", "admin": "phong"}


@pytest.fixture
async def places(database: Database):
    from datetime import UTC, datetime  # noqa: PLC0415

    now = datetime(2024, 1, 1, tzinfo=UTC)

    def work(store):
        ids = {}
        for name, parent in UNITS.items():
            kind = "school" if name.startswith(("truong", "ban")) else "office"
            ids[name] = store.people.add_unit(name, kind=kind, parent_id=ids.get(parent))
        people = {}
        for role, unit in AT.items():
            person = store.people.add_person("paper", role, role, now)
            store.people.join(person.id, ids[unit], role, now)
            people[role] = person.id
        boss = store.people.add_person("paper", "boss", "boss", now)
        store.people.join(boss.id, ids["so"], "officer", now)
        people["boss"] = boss.id
        return ids, people

    return await database.write(work)


def test_the_table_is_complete():
    assert {deed for deed, *_ in TABLE[1:]} == set(RIGHTS)


async def test_each_deed_by_each_role_for_own_and_foreign_units(database: Database, places):
    ids, people = places
    wrong = []

    def look(store):
        for deed, role, reach in CASES:
            for unit, unit_id in ids.items():
                own = unit == AT[role]
                under = unit in ("phong", "truong", "ban")
                expected = {"-": False, "own": own, "under": under}[reach]
                if may(store, people[role], deed, unit_id) != expected:
                    wrong.append((deed, role, unit, expected))
            boss = {
                unit: may(store, people["boss"], deed, unit_id) for unit, unit_id in ids.items()
            }
            if any(known != ("officer" in RIGHTS[deed]) for known in boss.values()):
                wrong.append((deed, "boss", boss))

    await database.read(look)
    assert not wrong


async def test_a_role_that_has_ended_gives_no_right(database: Database, places):
    from datetime import UTC, datetime  # noqa: PLC0415

    ids, people = places

    def work(store):
        store.people.leave(people["officer"], ids["phong"], "officer", datetime.now(UTC))
        with pytest.raises(NotAllowed):
            demand(store, people["officer"], "accept", ids["truong"])

    await database.write(work)


def test_every_deed_that_is_written_down_has_a_name():
    import re  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    from bot.texts import texts  # noqa: PLC0415

    root = Path(__file__).parent.parent
    source = "\n".join(
        path.read_text("utf-8")
        for folder in ("bot", "handlers")
        for path in (root / folder).rglob("*.py")
    )
    deeds = set(re.findall(r'(?:audit\.add|_audit|_audit_report)\(\s*"([a-z-]+)"', source))
    assert len(deeds) > 10
    assert {deed for deed in deeds | set(RIGHTS) if f"deed-{deed}" not in texts("vi")} == set()
