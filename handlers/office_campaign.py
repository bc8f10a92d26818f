"""An officer runs a campaign: moves its deadline, closes it, says who reviews and where to."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.chat import Choice
from bot.deadline import read_until
from bot.forms.vietnamese_input import fold
from bot.office import Desk
from handlers import office
from handlers.office import example_day, moment, named, propose, short
from handlers.talk import Talk
from storage.campaigns import Campaign
from storage.reports import Report

_MAILBOX = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

# more time


def extend(talk: Talk, typed: str, until: str) -> None:
    """Propose more time for the school that was named."""
    report = office.report_of(talk, typed)
    if report is not None:
        propose_extension(talk, report, until)


def ask_until(talk: Talk, report_id: str) -> None:
    """Ask until when a school may submit."""
    report = talk.desk().report(int(report_id))
    if report is not None:
        propose_extension(talk, report, "")


def propose_extension(talk: Talk, report: Report, until: str) -> None:
    """Read back until when a school would have time; ask when that is not clear."""
    due_at = read_until(until, talk.deeds.timezone, talk.turn.now) if until else None
    if due_at is None:
        talk.state["want"] = {"what": "extend", "report": report.id}
        key = "office-until-unclear" if until else "office-until-when"
        talk.say(key, typed=until, day=example_day(talk))
        return
    plan = {
        "deed": "extend",
        "report": report.id,
        "due_text": until,
        "due_at": due_at.isoformat(),
    }
    buttons = propose(talk, plan, talk.text("button-extend"))
    talk.say(
        "office-extend", *buttons, school=report.unit.name, until=moment(talk, due_at), words=until
    )


def extend_planned(talk: Talk, plan: Mapping[str, Any]) -> None:
    """Give the time that was read back."""
    desk = talk.desk()
    report = desk.report(int(plan["report"]))
    if report is None:
        return
    due_at = datetime.fromisoformat(plan["due_at"])
    desk.extend(report, plan["due_text"], due_at)
    reached = talk.pass_on(desk)
    talk.say(
        "office-extended",
        school=report.unit.name,
        until=moment(talk, due_at),
        reached=str(reached),
    )


def decide(talk: Talk, extension_id: str, *, granted: bool) -> None:
    """Grant or refuse what a school asked for, with one tap."""
    extension = talk.turn.store.reports.extension(int(extension_id))
    desk = talk.desk()
    if extension is None or not desk.decide(extension, granted=granted):
        talk.say("office-decided-already")
        return
    report = desk.report(extension.report_id)
    assert report is not None
    reached = talk.pass_on(desk)
    talk.say(
        "office-extended" if granted else "office-refused",
        school=report.unit.name,
        until=moment(talk, extension.due_at),
        reached=str(reached),
    )


# the whole campaign


def extend_all(talk: Talk, until: str) -> None:
    """Propose another deadline for everybody."""
    campaign = office.campaign_of(talk)
    if campaign is None:
        return
    due_at = read_until(until, talk.deeds.timezone, talk.turn.now)
    if due_at is None:
        talk.say("office-until-unclear", typed=until, day=example_day(talk))
        return
    left = sum(not s.is_in for s in talk.desk().standing(campaign))
    plan = {
        "deed": "extend-all",
        "campaign": campaign.id,
        "due_text": until,
        "due_at": due_at.isoformat(),
    }
    buttons = propose(talk, plan, talk.text("button-extend"))
    talk.say(
        "office-extend-all",
        *buttons,
        title=campaign.title,
        until=moment(talk, due_at),
        count=str(left),
    )


def extend_all_planned(talk: Talk, plan: Mapping[str, Any]) -> None:
    """Move the deadline that was read back."""
    desk, campaign = _campaign(talk, plan)
    due_at = datetime.fromisoformat(plan["due_at"])
    desk.set_deadline(campaign, plan["due_text"], due_at)
    reached = talk.pass_on(desk)
    talk.say("office-deadline-set", until=moment(talk, due_at), reached=str(reached))


def close(talk: Talk) -> None:
    """Propose to close the campaign."""
    campaign = office.campaign_of(talk)
    if campaign is None:
        return
    left = [short(s.name) for s in talk.desk().standing(campaign) if not s.is_in]
    plan = {"deed": "close", "campaign": campaign.id}
    buttons = propose(talk, plan, talk.text("button-close-campaign"))
    talk.say(
        "office-close",
        *buttons,
        title=campaign.title,
        left=talk.text("office-close-left", count=str(len(left)), names=named(left))
        if left
        else "",
    )


def close_planned(talk: Talk, plan: Mapping[str, Any]) -> None:
    """Close the campaign."""
    desk, campaign = _campaign(talk, plan)
    desk.close(campaign)
    talk.say(
        "office-closed",
        Choice(talk.text("button-reopen-campaign"), "c.oreopencampaign"),
        title=campaign.title,
    )


def reopen(talk: Talk) -> None:
    """Take reports again."""
    campaign = office.campaign_of(talk)
    if campaign is None:
        return
    desk = talk.desk()
    desk.reopen(campaign)
    talk.say("office-campaign-reopened", title=campaign.title)


def late_until(talk: Talk, until: str) -> None:
    """Set until when late reports are taken."""
    campaign = office.campaign_of(talk)
    if campaign is None:
        return
    late = read_until(until, talk.deeds.timezone, talk.turn.now)
    if late is None or late <= campaign.due_at:
        talk.say("office-late-unclear", due=moment(talk, campaign.due_at))
        return
    talk.desk().change(campaign, late_until=late)
    talk.say("office-late-set", until=moment(talk, late))


def mailbox(talk: Talk, typed: str) -> None:
    """Set the mailbox that gets each soft copy; "không" takes it away."""
    campaign = office.campaign_of(talk)
    if campaign is None:
        return
    found = _MAILBOX.search(typed)
    if found:
        talk.desk().change(campaign, mailbox=found[0])
        talk.say("office-mailbox-set", mailbox=found[0])
    elif fold(typed) in ("khong", "bo", "tat", "xoa"):
        talk.desk().change(campaign, mailbox="")
        talk.say("office-mailbox-off")
    else:
        failed = [short(school) for school, _ in talk.turn.store.mails.failed_of(campaign.id)]
        lost = talk.text("office-mailbox-lost", names=named(failed)) if failed else ""
        talk.say("office-mailbox", mailbox=campaign.mailbox or "–", lost=lost)


def sign_off(talk: Talk, typed: str) -> None:
    """Have the head approve before a report counts as submitted, or not."""
    campaign = office.campaign_of(talk)
    if campaign is None:
        return
    wanted = fold(typed) == "bat"
    talk.desk().change(campaign, sign_off=wanted)
    talk.say("office-sign-off-on" if wanted else "office-sign-off-off", title=campaign.title)


def dispatch(talk: Talk, typed: str) -> None:
    """Keep number and date of the dispatch: "công văn số 123/PGDĐT ngày 02/10/2023"."""
    campaign = office.campaign_of(talk)
    if campaign is None:
        return
    number = re.split(r"\s+(?:ngày|ngay)\s", typed, maxsplit=1)[0].strip()
    found = re.search(r"\d{1,2}/\d{1,2}/\d{4}", typed)
    said = {"number": number, "date": found[0] if found else ""}
    talk.desk().change(campaign, dispatch={**campaign.dispatch, **said})
    talk.say("office-dispatch-set", number=said["number"], date=said["date"] or "–")


def reviewer(talk: Talk, typed: str) -> None:
    """Set who is told of new versions and requests: one officer by name, or all."""
    campaign = office.campaign_of(talk)
    if campaign is None:
        return
    officers = talk.turn.store.people.members_of([campaign.office_id], ("officer", "admin"))
    said = fold(typed)
    if said in ("tat ca", "moi nguoi", "ai cung duoc"):
        talk.desk().change(campaign, reviewer_id=None)
        talk.say("office-reviewer-all")
        return
    me = said in ("toi", "minh", "em")
    named = [m for m in officers if said and said in fold(m.name)]
    chosen = talk.turn.person.id if me else (named[0].person_id if len(named) == 1 else None)
    if chosen is None:
        names = ", ".join(m.name for m in officers if m.name)
        talk.say("office-reviewer-who", names=names or "–")
        return
    talk.desk().change(campaign, reviewer_id=chosen)
    name = talk.turn.person.name if me else named[0].name
    talk.say("office-reviewer-set", name=name or "–")


def _campaign(talk: Talk, plan: Mapping[str, Any]) -> tuple[Desk, Campaign]:
    return talk.desk(), talk.turn.store.campaigns.campaign(int(plan["campaign"]))
