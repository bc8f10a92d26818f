"""An officer's people: invitations, who acts for a school, hand-over."""

from collections.abc import Mapping
from typing import Any

from bot import roster
from bot.campaign import show_code, way_lines
from bot.chat import Choice, File
from bot.errors import RosterError
from bot.intake import Paper
from bot.invitations import invite_all as make_codes
from bot.invitations import schools_without
from handlers import office, show
from handlers.office import propose, short
from handlers.talk import Talk
from storage.people import Unit

_MOST_CODES = 20  # schools that are named
_CODES_A_MESSAGE = 8  # texts to paste in one message


def invite(talk: Talk, typed: str, role: str) -> None:
    """Make a code for one more person of the school that was named."""
    unit = office.find_school(talk, typed)
    if unit is not None:
        _invite(talk, unit, role)


def invite_by_id(talk: Talk, argument: str) -> None:
    """Make a code for somebody of a school, given as unit-role."""
    unit_id, _, role = argument.partition("-")
    _invite(talk, talk.turn.store.people.unit(int(unit_id)), role)


def _invite(talk: Talk, unit: Unit, role: str) -> None:
    code = talk.desk().invite(unit, role)
    talk.say("invitation-made", unit=unit.name, role=talk.text(f"role-{role}"))
    talk.say_text(invitation_text(talk, unit, code))


def invite_colleague(talk: Talk) -> None:
    """Let a head invite one more reporter of their own school."""
    units = talk.turn.store.people.units_of(talk.turn.person.id)
    schools = [unit for unit, role in units if role == "head"]
    if schools:
        _invite(talk, schools[0], "reporter")
    else:
        talk.say("invite-heads-only")


def invite_officer(talk: Talk) -> None:
    """Make a code for one more officer of this person's office."""
    _invite(talk, office.office_of(talk), "officer")


def invitation_text(talk: Talk, unit: Unit, code: str) -> str:
    """Return an invitation to paste into Zalo, complete in itself."""
    text = talk.text(
        "invitation-text" if unit.kind == "school" else "invitation-text-office",
        unit=unit.name,
        code=show_code(code),
        link=f"{talk.deeds.web_address}/moi/{code}",
    )
    return text + way_lines(talk.turn.texts, talk.deeds.ways(), code)


def invite_all(talk: Talk) -> None:
    """Propose fresh codes for all schools that nobody has joined."""
    office_id = office.office_of(talk).id
    schools = schools_without(talk.turn.store, office_id, "reporter", talk.turn.now)
    if not schools:
        talk.say("invite-nobody-left")
        return
    plan = {"deed": "invite-all", "office": office_id}
    buttons = propose(talk, plan, talk.text("button-make-codes", count=str(len(schools))))
    talk.say(
        "invite-all",
        *buttons,
        count=str(len(schools)),
        names=office.named([short(unit.name) for unit in schools], _MOST_CODES),
    )


def invite_planned(talk: Talk, plan: Mapping[str, Any]) -> None:
    """Make the codes, and send them as a sheet to print and as texts to paste."""
    turn = talk.turn
    office_id = int(plan["office"])
    made = make_codes(turn.store, talk.deeds, office_id, "reporter", turn.person.id, turn.now)
    if not made:
        talk.say("invite-nobody-left")
        return
    key = f"made/invitations/{office_id}-{int(turn.now.timestamp())}.docx"
    talk.say(
        "invite-all-made", files=(File(key, "Phieu-moi.docx", show.DOCX),), count=str(len(made))
    )
    for start in range(0, len(made), _CODES_A_MESSAGE):
        some = made[start : start + _CODES_A_MESSAGE]
        talk.say_text("\n\n".join(invitation_text(talk, unit, code) for unit, code in some))


# the list of schools


def ask_list(talk: Talk) -> None:
    """Ask for the list of schools."""
    talk.state["want"] = {"what": "roster"}
    talk.say("office-send-list")


def take_list(talk: Talk, paper: Paper) -> None:
    """Read a list of schools, and say what it would change before anything is changed."""
    office_id = office.office_of(talk).id
    turn = talk.turn
    try:
        sheet = roster.read(paper.content, paper.name)
    except RosterError as error:
        talk.state["want"] = {"what": "roster"}
        talk.say_text(talk.text(error.key, **error.arguments))
        return
    number, plan = roster.dry_run(
        turn.store, office_id, turn.person.id, sheet, paper.name, turn.now
    )
    lines = "\n".join(roster.summary_lines(turn.texts, plan))
    if plan.empty:
        talk.say("office-list-same", lines=lines)
        return
    buttons = propose(talk, {"deed": "import", "import": number}, talk.text("button-apply"))
    talk.say("office-list", *buttons, name=paper.name, lines=lines)


def import_planned(talk: Talk, plan: Mapping[str, Any]) -> None:
    """Take over the list that was read back."""
    turn = talk.turn
    done = roster.apply(turn.store, int(plan["import"]), turn.person.id, turn.now)
    talk.say(
        "office-imported",
        talk.choice("button-undo", "c.oundo"),
        talk.choice("button-invite-all", "c.oinviteall"),
        added=str(done.added),
        changed=str(done.changed),
    )


def undo_import(talk: Talk) -> None:
    """Take the newest import back."""
    turn = talk.turn
    office_id = office.office_of(talk).id
    undone = roster.undo(turn.store, office_id, turn.person.id, turn.now)
    if undone is None:
        talk.say("office-nothing-to-undo")
        return
    kept = ", ".join(short(name) for name in undone.kept)
    talk.say(
        "office-undone",
        name=undone.file_name,
        count=str(undone.undone),
        kept=talk.text("office-undo-kept", names=kept) if kept else "",
    )


# who acts for a school


def members(talk: Talk, typed: str) -> None:
    """Say who acts for the school that was named, and let one of them go."""
    unit = office.find_school(talk, typed)
    if unit is not None:
        _members(talk, unit)


def _members(talk: Talk, unit: Unit) -> None:
    known = talk.turn.store.people.members_of([unit.id], ("reporter", "head"))
    lines = [f"– {m.name or '–'}: {talk.text(f'role-{m.role}')}" for m in known]
    buttons = []
    for member in known[:6]:
        token = f"c.oend.{unit.id}-{member.person_id}-{member.role}"
        buttons.append(Choice(talk.text("button-let-go", name=member.name or "–"), token))
    talk.say(
        "office-members",
        Choice(talk.text("button-invite-reporter"), f"c.oinvite.{unit.id}-reporter"),
        Choice(talk.text("button-invite-head"), f"c.oinvite.{unit.id}-head"),
        *buttons,
        unit=unit.name,
        lines="\n".join(lines) or talk.text("office-nobody-joined"),
    )


def let_go(talk: Talk, argument: str) -> None:
    """End what somebody does for a school; what they did stays with the school."""
    unit_id, person_id, role = argument.split("-")
    unit = talk.turn.store.people.unit(int(unit_id))
    desk = talk.desk()
    if desk.end_membership(unit, int(person_id), role):
        talk.pass_on(desk)
        talk.say(
            "office-member-gone",
            Choice(talk.text("button-invite-successor"), f"c.oinvite.{unit.id}-{role}"),
            unit=unit.name,
        )
    else:
        talk.say("office-plan-gone")


def audit(talk: Talk) -> None:
    """List the newest deeds for this person's offices and schools."""
    people = talk.turn.store.people
    offices = talk.desk().offices()
    units = {unit.id: unit.name for unit in offices}
    for unit in offices:
        units.update({below.id: below.name for below in people.below(unit.id)})
    talk.desk().may_see_audit(offices)
    entries = talk.turn.store.audit.latest(sorted(units), 30)
    names = people.names({entry.person_id for entry in entries if entry.person_id})
    lines = []
    for entry in entries:
        clock, day = show.moment(talk, entry.at)
        nobody = "somebody" if entry.person_id else "the-operator"
        who = names.get(entry.person_id or 0) or talk.text(nobody)
        where = short(units.get(entry.unit_id or 0, ""))
        lines.append(f"{clock} {day} · {talk.text(f'deed-{entry.deed}')} · {where} · {who}")
    talk.say("office-audit", lines="\n".join(lines) or "–")


def calendar(talk: Talk) -> None:
    """Send what this person's schools owe as a calendar file."""
    units = sorted(
        unit.id
        for unit, role in talk.turn.store.people.units_of(talk.turn.person.id)
        if role in ("reporter", "head")
    )
    if not units:
        talk.say("nothing-owed")
        return
    stamp = int(talk.turn.now.timestamp())
    key = f"made/calendar/{'.'.join(map(str, units))}-{stamp}.ics"
    file = File(key, "Lich-bao-cao.ics", "text/calendar")
    talk.say("calendar", files=(file,))
