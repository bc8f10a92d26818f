"""Coming in: the invitation, whose school it is, consent; and what one sees then."""

from bot.campaign import CONSENT_VERSION, read_code, show_code, way_lines
from handlers import my_reports
from handlers.talk import Talk

_MOST_WRONG_CODES = 10  # from one person, until a right one


def welcome(talk: Talk) -> None:
    """Say who we are and what to send, to somebody who has no school yet."""
    talk.say("welcome-stranger")


def come_back(talk: Talk) -> None:
    """Greet somebody who has just followed the bot, or lets it write again."""
    if not talk.turn.store.people.units_of(talk.turn.person.id):
        welcome(talk)
    elif talk.turn.person.consent_version != CONSENT_VERSION:
        greet(talk)
        ask_consent(talk)
    else:
        my_reports.say_where(talk)


def join(talk: Talk, typed: str) -> None:
    """Look at an invitation code, and ask whether it is the right school."""
    wrong = talk.state.get("wrong_codes", 0)
    if wrong >= _MOST_WRONG_CODES:
        talk.say("code-too-many")
        return
    code = read_code(typed)
    invitation = talk.turn.store.people.invitation(code) if code else None
    if invitation is None:
        talk.state["wrong_codes"] = wrong + 1
        talk.say("code-unknown")
        return
    talk.state.pop("wrong_codes", None)
    if invitation.used_by == talk.turn.person.id:
        my_reports.show_owed(talk)
    elif invitation.used_at is not None:
        talk.say("code-used")
    elif invitation.expires_at is not None and invitation.expires_at < talk.turn.now:
        talk.say("code-expired")
    elif invitation.person_id is not None:
        _link(talk, invitation.id, invitation.person_id)
    else:
        assert invitation.unit_id is not None
        _ask_school(talk, invitation.code, invitation.unit_id)


def _ask_school(talk: Talk, code: str, unit_id: int) -> None:
    unit = talk.turn.store.people.unit(unit_id)
    office = talk.turn.store.people.unit(unit.parent_id) if unit.parent_id else unit
    talk.state["joining"] = code
    talk.say(
        "join-school",
        talk.choice("button-right", f"c.join.{code}"),
        talk.choice("button-not-mine", f"c.notmine.{code}"),
        office=office.name,
        school=unit.name,
    )


def confirm_school(talk: Talk, code: str) -> None:
    """It is their school: take the invitation, then ask for consent."""
    people = talk.turn.store.people
    invitation = people.invitation(code)
    if invitation is None or invitation.unit_id is None:
        talk.say("code-unknown")
        return
    mine = invitation.used_by == talk.turn.person.id
    if not mine and not people.use_invitation(invitation.id, talk.turn.person.id, talk.turn.now):
        talk.say("code-used")
        return
    talk.state.pop("joining", None)
    people.join(talk.turn.person.id, invitation.unit_id, invitation.role, talk.turn.now)
    if talk.turn.person.consent_version == CONSENT_VERSION:
        my_reports.show_owed(talk)
    else:
        ask_consent(talk)


def not_my_school(talk: Talk) -> None:
    """It is not their school: nothing was taken."""
    talk.state.pop("joining", None)
    talk.say("not-my-school")


def greet(talk: Talk) -> None:
    """Say for which school this talk is, to somebody who has not been told in it yet."""
    units = talk.turn.store.people.units_of(talk.turn.person.id)
    if units:
        key = "hello-office" if units[0][0].kind == "office" else "hello"
        talk.lead.append(talk.text(key, school=units[0][0].name))


def ask_consent(talk: Talk) -> None:
    """Say what is kept, why, who sees it and how to delete it (Luật 91/2025/QH15, Điều 9)."""
    talk.say(
        "consent",
        talk.choice("button-agree", "c.agree"),
        talk.choice("button-more", "c.consentmore"),
        days=str(talk.deeds.retention.days),
    )


def consent_more(talk: Talk) -> None:
    """Say it at length, and ask again."""
    talk.say(
        "consent-more",
        talk.choice("button-agree", "c.agree"),
        talk.choice("button-disagree", "c.disagree"),
        days=str(talk.deeds.retention.days),
    )


def agree(talk: Talk) -> None:
    """Keep the consent with version and time, and go on with what was pressed before it."""
    if talk.turn.person.consent_version != CONSENT_VERSION:
        talk.turn.store.people.record_consent(
            talk.turn.person, CONSENT_VERSION, talk.turn.now, given=True
        )
    wanted = talk.state.pop("wanted_report", None)
    if wanted is None:
        my_reports.show_owed(talk)
    else:
        my_reports.open_report(talk, wanted)


def disagree(talk: Talk) -> None:
    """Without consent nothing is kept and nothing can be done."""
    talk.say("consent-refused", talk.choice("button-agree", "c.agree"))


def other_channel(talk: Talk) -> None:
    """Give a code by which this person goes on elsewhere, with everything that is here."""
    code = talk.deeds.link_code(talk.turn.store, talk.turn.person.id, talk.turn.now)
    talk.say(
        "link-code",
        code=show_code(code),
        link=f"{talk.deeds.web_address}/moi/{code}",
        ways=way_lines(talk.turn.texts, talk.deeds.ways(), code),
    )


def _link(talk: Talk, invitation_id: int, person_id: int) -> None:
    """Let this address speak for the person who made the code."""
    people, sender = talk.turn.store.people, talk.turn.incoming.sender
    if not people.use_invitation(invitation_id, person_id, talk.turn.now):
        talk.say("code-used")
        return
    people.move_address(sender.channel, sender.id, person_id)
    person = people.person_at(sender.channel, sender.id)
    assert person is not None
    talk.turn.person = person
    talk.lead.append(talk.text("linked"))
    my_reports.resume(talk)
