"""An officer writes to schools: reminders now, the ladder of reminders; a person's "later"."""

from collections.abc import Mapping
from typing import Any

from bot import broadcasts
from bot.broadcasts import NewBroadcast, Selection
from bot.chat import Choice, File
from bot.deadline import read_until
from bot.forms.vietnamese_input import fold
from bot.ladder import read_ladder, say_ladder
from bot.reminders import Chase, remind_now, who_not_submitted
from bot.snooze import snooze as put_off
from handlers import office, office_opening, show
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
    return talk.text(
        "office-remind-unreached", count=str(len(names)), names=office.named(names, _MOST_NAMED)
    )


def remind_planned(talk: Talk, plan: Mapping[str, Any]) -> None:
    """Remind whoever has not submitted by now."""
    turn = talk.turn
    campaign = turn.store.campaigns.campaign(int(plan["campaign"]))
    talk.desk().may_write_to(campaign)
    chase = who_not_submitted(turn.store, campaign.id, plan["units"], turn.now)
    notices = remind_now(turn.store, chase, turn.person.id, talk.deeds.hours, turn.now)
    turn.notices += notices
    if not notices:
        talk.say("office-reminded-already", talk.choice("button-progress", "c.oprogress"))
        return
    talk.say(
        "office-reminded",
        talk.choice("button-progress", "c.oprogress"),
        count=str(len(notices)),
        schools=str(len(chase.reached)),
    )


# broadcasts


def broadcast(talk: Talk, to: str, words: str) -> None:
    """Read back what would be sent to whom, before anything is sent."""
    campaign = office.campaign_of(talk)
    if campaign is None:
        return
    selection = _selection(talk, campaign.office_id, to)
    if selection is None:
        talk.say("office-no-recipients", typed=to)
        return
    turn = talk.turn
    new = NewBroadcast(
        campaign.office_id, words, selection, campaign_id=campaign.id, wants_receipt=True
    )
    number = broadcasts.draft(turn.store, turn.person.id, new, turn.now)
    _read_back(talk, number)


def _selection(talk: Talk, office_id: int, to: str) -> Selection | None:
    """Read "chưa nộp", "cấp TH chưa nộp", "cụm 1", "TH Bình An, MN Hoa Sen"; None if unclear."""
    said = fold(to)
    not_submitted = "chua nop" in said
    rest = said.replace("chua nop", "").replace("cac truong", "").strip(" ,")
    if not rest or rest in ("tat ca", "het", "toan bo", "moi nguoi"):
        return Selection(not_submitted=not_submitted)
    unit = talk.turn.store.people.unit(office_id)
    units = office_opening.recipients(talk, unit, rest)
    if not units:
        return None
    return Selection(unit_ids=tuple(one.id for one in units), not_submitted=not_submitted)


def _read_back(talk: Talk, number: int) -> None:
    store = talk.turn.store
    kept = store.broadcasts.get(number)
    assert kept is not None
    chosen = kept.audience
    unit_ids = chosen["unit_ids"]
    selection = Selection(
        unit_ids=tuple(unit_ids) if unit_ids is not None else None,
        not_submitted=chosen["not_submitted"],
    )
    found = broadcasts.audience(
        store, kept.office_id, kept.campaign_id, selection, now=talk.turn.now
    )
    plan = {"deed": "broadcast", "broadcast": number}
    more = [talk.choice("button-at-another-time", f"c.bwhen.{number}")]
    campaign = store.campaigns.campaign(kept.campaign_id) if kept.campaign_id else None
    if campaign and campaign.dispatch_key and not kept.files:
        more.append(talk.choice("button-with-dispatch", f"c.bfile.{number}"))
    buttons = propose(talk, plan, talk.text("button-send"), *more)
    talk.say(
        "office-broadcast",
        *buttons,
        files=tuple(File(**file) for file in kept.files),
        text=kept.text,
        audience=broadcasts.audience_text(talk.turn.texts, found),
    )


def broadcast_planned(talk: Talk, plan: Mapping[str, Any]) -> None:
    """Begin to send; its progress is shown in a message of its own, which changes as it goes."""
    turn = talk.turn
    if broadcasts.start(turn.store, turn.person.id, int(plan["broadcast"]), turn.now):
        talk.say("office-broadcast-begun")
    else:
        talk.say("office-plan-gone")


def with_dispatch(talk: Talk, number: str) -> None:
    """Let the file of the dispatch go with a broadcast that has not begun."""
    store = talk.turn.store
    kept = store.broadcasts.get(int(number))
    campaign = office.campaign_of(talk)
    if kept is None or campaign is None or not campaign.dispatch_key or kept.status != "draft":
        talk.say("office-plan-gone")
        return
    talk.desk().may_write_to(campaign)
    file = show.dispatch_file(campaign)
    store.broadcasts.change(
        kept.id, files=[{"key": file.key, "name": file.name, "mime": file.mime}]
    )
    _read_back(talk, kept.id)


def ask_when(talk: Talk, number: str) -> None:
    """Ask when a broadcast is to begin by itself."""
    talk.state["want"] = {"what": "broadcast-at", "broadcast": int(number)}
    talk.say("office-broadcast-when")


def send_at(talk: Talk, want: Mapping[str, Any], words: str) -> None:
    """Let a broadcast begin at a time that was typed."""
    turn = talk.turn
    at = read_until(words, talk.deeds.timezone, turn.now)
    if at is None:
        talk.state["want"] = dict(want)
        talk.say("office-until-unclear", typed=words, day=office.example_day(talk))
    elif broadcasts.schedule(turn.store, turn.person.id, int(want["broadcast"]), at, turn.now):
        clock, day = show.moment(talk, at)
        cancel = Choice(talk.text("button-bcancel"), f"c.bcancel.{want['broadcast']}")
        talk.say("office-broadcast-scheduled", cancel, clock=clock, day=day)
    else:
        talk.say("office-plan-gone")


def steer(talk: Talk, verb: str, number: str) -> None:
    """Pause, go on with, cancel a broadcast, or send it again to those whom it did not reach."""
    turn = talk.turn
    deed = {
        "pause": broadcasts.pause,
        "resume": broadcasts.resume,
        "cancel": broadcasts.cancel,
        "retry": broadcasts.retry_failed,
    }[verb]
    done = deed(turn.store, turn.person.id, int(number), turn.now)
    talk.say(f"office-broadcast-{verb}" if done else "office-plan-gone")


def received(talk: Talk, number: str) -> None:
    """Somebody says that they have got a broadcast."""
    turn = talk.turn
    first = broadcasts.acknowledge(turn.store, turn.person.id, int(number), turn.now)
    talk.say("received-thanks" if first else "received-already")


def received_in_words(talk: Talk) -> None:
    """Somebody types "đã nhận": the newest broadcast that they have not confirmed is meant."""
    newest = talk.turn.store.broadcasts.unconfirmed(talk.turn.person.id)
    if newest is None:
        talk.say("received-nothing")
    else:
        received(talk, str(newest))


# reminders by themselves


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
