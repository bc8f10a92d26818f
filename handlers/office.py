"""An officer's side of the talk: which campaign, how it stands, which school is meant.

Whoever works for an office speaks in orders (handlers/office_words.py) or presses buttons; what
changes something for others is read back first, and done after a yes.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.chat import Choice
from bot.deadline import last_day
from bot.errors import NotAllowed
from bot.office import say_deadline
from bot.totals.desk import progress_file
from bot.unit_names import find
from handlers.talk import Talk
from storage.campaigns import Campaign, Standing
from storage.people import Unit
from storage.reports import Report

_MOST_NAMED = 40  # schools named in one message
_MOST_BUTTONS = 8
_HOURS_OF_DAYS = 48  # from how many hours on a time is told in days

Plan = Callable[[Talk, Mapping[str, Any]], None]


def is_officer(talk: Talk) -> bool:
    """Say whether this person works for an office."""
    return bool(talk.roles & {"officer", "admin"})


def menu(talk: Talk) -> None:
    """Say what an officer can do, with the commonest things as buttons."""
    talk.say(
        "office-menu",
        talk.choice("button-progress", "c.oprogress"),
        talk.choice("button-who-not", "c.omissing"),
        talk.choice("button-review-next", "c.onext"),
        talk.choice("button-campaigns", "c.ocampaigns"),
    )


def more(talk: Talk) -> None:
    """Offer what is done less often."""
    talk.say(
        "office-more",
        talk.choice("button-zip", "c.ozip"),
        talk.choice("button-office-report", "c.oreport"),
        talk.choice("button-import", "c.oimport"),
        talk.choice("button-invite-all", "c.oinviteall"),
        talk.choice("button-campaigns", "c.ocampaigns"),
        talk.choice("button-open-campaign", "c.obegin"),
    )


# which campaign


def campaign_of(talk: Talk) -> Campaign | None:
    """Return the campaign that is talked about; says so when there is none."""
    campaigns = talk.desk().campaigns()
    chosen = talk.state.get("campaign")
    for campaign in campaigns:
        if campaign.id == chosen:
            return campaign
    if campaigns:
        return campaigns[0]
    talk.say("office-no-campaign", talk.choice("button-open-campaign", "c.obegin"))
    return None


def office_of(talk: Talk) -> Unit:
    """Return the office for which this person acts now: that of the campaign talked about."""
    offices = talk.desk().offices()
    campaigns = talk.desk().campaigns()
    if unit_id := talk.state.get("opening", {}).get("office"):
        return next(unit for unit in offices if unit.id == unit_id)
    chosen = talk.state.get("campaign") or (campaigns[0].id if campaigns else None)
    for campaign in campaigns:
        if campaign.id == chosen:
            return next(unit for unit in offices if unit.id == campaign.office_id)
    return offices[0]


def list_campaigns(talk: Talk) -> None:
    """List the campaigns of this person's offices; one of them is talked about."""
    campaigns = talk.desk().campaigns()
    if not campaigns:
        campaign_of(talk)
        return
    lines = [
        talk.text(
            "office-campaign-line",
            number=str(number),
            title=campaign.title,
            due=campaign.due_text,
            state=talk.text("campaign-closed-word" if campaign.closed_at else "campaign-open-word"),
        )
        for number, campaign in enumerate(campaigns[:_MOST_BUTTONS], 1)
    ]
    buttons = [
        Choice(campaign.title[:40], f"c.ouse.{campaign.id}")
        for campaign in campaigns[:_MOST_BUTTONS]
    ]
    talk.say("office-campaigns", *buttons, lines="\n".join(lines))


def use_campaign(talk: Talk, campaign_id: str) -> None:
    """Talk about this campaign from now on."""
    if any(str(campaign.id) == campaign_id for campaign in talk.desk().campaigns()):
        talk.state["campaign"] = int(campaign_id)
    progress(talk)


# how it stands


def progress(talk: Talk) -> None:
    """Say how many schools have submitted, with a picture, and offer what comes next."""
    campaign = campaign_of(talk)
    if campaign is None:
        return
    standings = talk.desk().standing(campaign)
    waiting = sum(s.status == "submitted" for s in standings)
    open_ones = [s for s in standings if not s.is_in]
    buttons = [
        *([talk.choice("button-who-not", "c.omissing")] if open_ones else []),
        *([talk.choice("button-review-next", "c.onext")] if waiting else []),
        *([_remind_button(talk, len(open_ones))] if open_ones else []),
        talk.choice("button-excel", "c.oexcel"),
        talk.choice("button-more-office", "c.omore"),
    ]
    talk.say_text(
        "\n".join(figures(talk, campaign, standings)),
        *buttons,
        files=(progress_file(campaign, talk.turn.now),),
    )


def _remind_button(talk: Talk, count: int) -> Choice:
    return Choice(talk.text("button-remind", count=str(count)), "c.oremind")


def figures(talk: Talk, campaign: Campaign, standings: list[Standing]) -> list[str]:
    """Return the figures of a campaign in words."""
    counts = Counter(s.status for s in standings)
    is_in = counts["submitted"] + counts["accepted"]
    late = sum(not s.is_in and talk.turn.now >= s.due_at for s in standings)
    lines = [
        talk.text(
            "office-progress",
            title=campaign.title,
            done=str(is_in),
            total=str(len(standings)),
            drafting=str(counts["drafting"] + counts["returned"]),
            expected=str(counts["expected"]),
            when=time_left(talk, campaign),
        )
    ]
    details = {
        "office-progress-accepted": counts["accepted"],
        "office-progress-waiting": counts["submitted"],
        "office-progress-returned": counts["returned"],
        "office-progress-late": late,
    }
    lines += [talk.text(key, count=str(count)) for key, count in details.items() if count]
    if took := _time_to_answer(talk, campaign, standings):
        lines.append(talk.text("office-progress-took", time=took))
    return lines


def _time_to_answer(talk: Talk, campaign: Campaign, standings: list[Standing]) -> str:
    """Return the median of the time from opening to the first submission."""
    hours = sorted(
        (s.first_at - campaign.opened_at).total_seconds() / 3600 for s in standings if s.first_at
    )
    if not hours or (median := hours[len(hours) // 2]) < 1:
        return ""
    if median < _HOURS_OF_DAYS:
        return talk.text("time-hours", count=str(round(median)))
    return talk.text("time-days", count=str(round(median / 24)))


def time_left(talk: Talk, campaign: Campaign) -> str:
    """Return "còn 2 ngày", "hôm nay là ngày cuối", "đã quá hạn 3 ngày", or that it is closed."""
    if campaign.closed_at is not None:
        return talk.text("campaign-closed-word")
    today = talk.turn.now.astimezone(talk.deeds.timezone).date()
    left = (last_day(campaign.due_at, talk.deeds.timezone) - today).days
    if left > 0:
        return talk.text("days-left", days=str(left))
    return talk.text("last-day") if left == 0 else talk.text("days-over", days=str(-left))


def missing(talk: Talk) -> None:
    """Name the schools that have not submitted, by where they stand."""
    campaign = campaign_of(talk)
    if campaign is None:
        return
    left = [s for s in talk.desk().standing(campaign) if not s.is_in]
    if not left:
        talk.say("office-nobody-missing", talk.choice("button-excel", "c.oexcel"))
        return
    lines = []
    for status in ("returned", "drafting", "expected"):
        names = [_missing_name(talk, s) for s in left if s.status == status]
        if names:
            lines += [talk.text(f"office-missing-{status}", count=str(len(names)))]
            lines += [f"– {name}" for name in names[:_MOST_NAMED]]
            if len(names) > _MOST_NAMED:
                lines.append(talk.text("and-more", count=str(len(names) - _MOST_NAMED)))
    talk.say(
        "office-missing",
        _remind_button(talk, len(left)),
        talk.choice("button-excel", "c.oexcel"),
        title=campaign.title,
        when=time_left(talk, campaign),
        lines="\n".join(lines),
    )


def _missing_name(talk: Talk, standing: Standing) -> str:
    parts = [short(standing.name)]
    if standing.prepared_at:
        parts.append(talk.text("office-waits-for-head"))
    if talk.turn.now >= standing.due_at:
        parts.append(talk.text("overdue"))
    return " · ".join(parts)


def named(names: Sequence[str], most: int = 12) -> str:
    """Return names in a row, as many as one likes to read."""
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")


def short(name: str) -> str:
    """Return a school's name without the word that all have: "TH Bình An"."""
    return name.removeprefix("Trường ").strip()


# which school


def find_school(talk: Talk, typed: str) -> Unit | None:
    """Return the one school that is meant; asks when several are, and says when none is."""
    people = talk.turn.store.people
    units = people.below(office_of(talk).id)
    found = find(typed, units)
    if found.exact is not None:
        return people.unit(found.exact.id)
    if not found.candidates:
        talk.say("office-no-school", typed=typed, example=short(units[0].name) if units else "–")
        return None
    again = talk.turn.incoming.text
    talk.state["which"] = {"typed": typed, "order": again}
    buttons = [Choice(short(unit.name), f"c.owhich.{unit.id}") for unit in found.candidates[:6]]
    talk.say("office-which-school", *buttons, typed=typed)
    return None


def report_of(talk: Talk, typed: str) -> Report | None:
    """Return the report of the school that is meant in the campaign that is talked about."""
    unit = find_school(talk, typed)
    campaign = campaign_of(talk) if unit else None
    if unit is None or campaign is None:
        return None
    report = talk.turn.store.reports.of_unit(campaign.id, unit.id)
    below = talk.turn.store.totals.children(campaign.id) if report is None else []
    while report is None and below:
        child = below.pop()
        report = talk.turn.store.reports.of_unit(child.id, unit.id)
        below += talk.turn.store.totals.children(child.id)
    if report is None:
        talk.say("office-not-asked", school=unit.name, title=campaign.title)
    return report


# read back, then done


def propose(talk: Talk, plan: dict[str, Any], label: str, *more: Choice) -> tuple[Choice, ...]:
    """Keep what is to be done after a yes; returns the buttons for yes and no.

    A button of an older proposal does nothing: its number is not the kept one.
    """
    number = int(talk.state.get("plans", 0)) + 1
    talk.state["plans"] = number
    talk.state["plan"] = {**plan, "number": number}
    yes = Choice(label, f"c.ogo.{number}")
    return (yes, *more, talk.choice("button-drop", f"c.odrop.{number}"))


def planned(talk: Talk, number: str) -> Mapping[str, Any] | None:
    """Take what was proposed; None when it was done, dropped or replaced meanwhile."""
    plan = talk.state.get("plan")
    if plan is None or str(plan["number"]) != number:
        talk.say("office-plan-gone")
        return None
    del talk.state["plan"]
    taken: Mapping[str, Any] = plan
    return taken


def drop(talk: Talk, number: str) -> None:
    """Do nothing of what was proposed."""
    if planned(talk, number) is not None:
        talk.say("office-dropped")


def refused(talk: Talk, error: NotAllowed) -> None:
    """Say that this person may not do that."""
    talk.say("not-allowed", deed=talk.text(f"deed-{error}"))


def example_day(talk: Talk) -> str:
    """Return a day in two weeks, for examples that can be typed as they stand."""
    return f"{talk.turn.now.astimezone(talk.deeds.timezone) + timedelta(days=14):%d/%m/%Y}"


def moment(talk: Talk, due_at: datetime) -> str:
    """Return a deadline as it is said: "17:00 ngày 10/10/2023", "hết ngày 14/10/2023"."""
    return say_deadline(talk.turn.texts, due_at, talk.deeds.timezone)
