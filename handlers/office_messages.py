"""An officer writes to schools: reminders now, the ladder of reminders; a person's "later"."""

from collections.abc import Mapping
from typing import Any

from bot.ladder import read_ladder, say_ladder
from bot.reminders import Chase, remind_now, who_not_submitted
from bot.snooze import snooze as put_off
from handlers import office, show
from handlers.office import propose, short
from handlers.talk import Talk

_MOST_NAMED = 15


def remind(talk: Talk, typed: str) -> None:
    """Propose to remind the school that was named, or all that have not submitted."""
    if not typed:
        _propose(talk, None)
        return
    unit = office.find_school(talk, typed)
    if unit is not None:
        _propose(talk, [unit.id])


def remind_one(talk: Talk, unit_id: str) -> None:
    """Propose to remind the school that a button names."""
    _propose(talk, [int(unit_id)])


def _propose(talk: Talk, unit_ids: list[int] | None) -> None:
    campaign = office.campaign_of(talk)
    if campaign is None:
        return
    talk.desk().may_write_to(campaign)
    chase = who_not_submitted(talk.turn.store, campaign.id, unit_ids, talk.turn.now)
    unreached = _unreached(talk, chase)
    if not chase.reached:
        talk.say("office-remind-nobody", unreached=unreached)
        return
    plan = {"deed": "remind", "campaign": campaign.id, "units": unit_ids}
    buttons = propose(talk, plan, talk.text("button-send"))
    talk.say(
        "office-remind",
        *buttons,
        schools=str(len(chase.reached)),
        people=str(len(chase.letters)),
        title=campaign.title,
        unreached=unreached,
    )


def _unreached(talk: Talk, chase: Chase) -> str:
    if not chase.unreached:
        return ""
    names = [short(owed.unit_name) for owed in chase.unreached]
    named = ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
    return talk.text("office-remind-unreached", count=str(len(names)), names=named)


def remind_planned(talk: Talk, plan: Mapping[str, Any]) -> None:
    """Remind whoever has not submitted by now."""
    turn = talk.turn
    campaign = turn.store.campaigns.campaign(int(plan["campaign"]))
    talk.desk().may_write_to(campaign)
    chase = who_not_submitted(turn.store, campaign.id, plan["units"], turn.now)
    notices = remind_now(turn.store, chase, turn.person.id, talk.deeds.hours, turn.now)
    turn.notices += notices
    talk.say(
        "office-reminded",
        talk.choice("button-progress", "c.oprogress"),
        count=str(len(notices)),
        schools=str(len(chase.reached)),
    )


def ladder(talk: Talk, words: str) -> None:
    """Say when schools are reminded by themselves, or set it."""
    campaign = office.campaign_of(talk)
    if campaign is None:
        return
    steps = read_ladder(words) if words else None
    if steps is None:
        key = "office-ladder-unclear" if words else "office-ladder"
        talk.say(key, ladder=say_ladder(campaign.ladder, talk.turn.texts))
        return
    talk.desk().change(campaign, ladder=steps)
    talk.say("office-ladder-set", ladder=say_ladder(steps, talk.turn.texts))


def snooze(talk: Talk, words: str) -> None:
    """Leave this person alone for a while, and remind them again then."""
    turn = talk.turn
    until = put_off(turn.store, turn.person.id, words, talk.deeds.hours, turn.now)
    if until is None:
        talk.say("snooze-how")
        return
    clock, day = show.moment(talk, until)
    talk.say("snoozed", clock=clock, day=day)
