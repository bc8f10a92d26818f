"""What a school owes: the list, beginning, going on."""

from bot.campaign import Draft
from bot.chat import Choice
from bot.deadline import last_day
from bot.office import say_latest
from handlers import asking, office, school, show
from handlers.talk import Talk
from storage.campaigns import Campaign
from storage.reports import Report

_MINUTES_A_QUESTION = 0.4  # measured on the Learning Week: 35 questions in a quarter of an hour
_LONGEST_TITLE = 30  # on a button, behind what it does

_OPEN = {  # the button that opens a report, by its status
    "expected": "button-start",
    "drafting": "button-continue",
    "returned": "button-continue",
    "submitted": "button-look",
    "accepted": "button-look",
}


def show_owed(talk: Talk) -> None:
    """List the reports this person's schools owe, nearest deadline first."""
    reports = _reports_of(talk)
    if not reports:
        if office.is_officer(talk):
            office.menu(talk)
        else:
            talk.say("nothing-owed")
        return
    lines = [_line(talk, report) for report in reports]
    buttons = [button for report in reports for button in _buttons(talk, report, len(reports))]
    count = _open_count(reports)
    if count:
        buttons.append(talk.choice("button-later", "c.later", way=True))
    key = "owed" if count else "owed-no-more"
    talk.say(key, *buttons, count=str(count), lines="\n\n".join(lines))


def _reports_of(talk: Talk) -> list[Report]:
    store = talk.turn.store
    units = {
        unit.id
        for unit, role in store.people.units_of(talk.turn.person.id)
        if role in ("reporter", "head")
    }
    return store.reports.owed_by(sorted(units)) if units else []


def campaign_of(talk: Talk, campaign_id: int) -> Campaign | None:
    """Return a campaign that this person's schools or offices have to do with."""
    asked = [report.campaign for report in _reports_of(talk)]
    known = [*asked, *talk.desk().campaigns()]
    return next((campaign for campaign in known if campaign.id == campaign_id), None)


def _open_count(reports: list[Report]) -> int:
    return sum(report.status in ("expected", "drafting", "returned") for report in reports)


def _line(talk: Talk, report: Report) -> str:
    last = last_day(report.due_at, talk.deeds.timezone)
    today = talk.turn.now.astimezone(talk.deeds.timezone).date()
    left = (last - today).days
    if left > 0:
        when = talk.text("days-left", days=str(left))
    else:
        when = talk.text("last-day" if left == 0 else "overdue")
    status = talk.text(f"status-{report.status}")
    return talk.text(
        "owed-line",
        title=report.campaign.title,
        school=report.unit.name,
        due=report.due_text,
        last=say_latest(talk.turn.texts, report.due_at, talk.deeds.timezone, "%d/%m"),
        when=when,
        status=status,
    )


def ways_into(talk: Talk, campaign_id: int) -> list[Choice]:
    """Return the buttons that open this person's reports of a campaign."""
    return [
        Choice(talk.text(_OPEN[report.status]), f"c.open.{report.id}")
        for report in _reports_of(talk)
        if report.campaign.id == campaign_id
    ]


def _buttons(talk: Talk, report: Report, among: int) -> list[Choice]:
    label = talk.text(_OPEN[report.status])
    if among > 1:
        title = report.campaign.title
        label += f": {title if len(title) <= _LONGEST_TITLE else title[:_LONGEST_TITLE] + '…'}"
    buttons = [Choice(label, f"c.open.{report.id}")]
    if report.campaign.dispatch_key:
        buttons.append(talk.choice("button-dispatch", f"c.dispatch.{report.campaign.id}"))
    return buttons


def may_work_on(talk: Talk, report: Report) -> bool:
    """Say whether this person reports for the school of a report."""
    return any(
        unit.id == report.unit.id and role in ("reporter", "head")
        for unit, role in talk.turn.store.people.units_of(talk.turn.person.id)
    )


def open_report(talk: Talk, report_id: int) -> None:
    """Begin a report, or go on where it stands."""
    report = talk.turn.store.reports.report(report_id)
    if report is None or not may_work_on(talk, report):
        talk.say("report-not-yours")
        return
    if report.campaign.closed_at is not None:
        talk.say("campaign-closed", title=report.campaign.title)
        return
    talk.use(talk.deeds.work_on(talk.turn.store, report, talk.turn.person, talk.turn.now))
    draft = talk.draft
    assert draft is not None
    for left in ("at", "ask", "seen"):
        talk.state.pop(left, None)
    if school.head_looks(talk, draft):
        return
    if report.status == "expected":
        begin(talk, draft)
    else:
        go_on_with(talk, draft)


def begin(talk: Talk, draft: Draft) -> None:
    """Say how long it takes and how to get about, then ask the first question."""
    draft.moved()
    minutes = max(5, round(draft.numbers.total * _MINUTES_A_QUESTION / 5) * 5)
    talk.lead.append(talk.text("begin", total=str(draft.numbers.total), minutes=str(minutes)))
    if known := _known_already(talk, draft):
        talk.lead.append(talk.text("begin-known", lines=known))
    if draft.report.campaign.note:
        talk.lead.append(draft.report.campaign.note)
    asking.go_on(talk, draft)


def _known_already(talk: Talk, draft: Draft) -> str:
    """List what the school has said of itself before, with the numbers by which to correct it."""
    return "\n".join(
        f"{draft.numbers.by_ref[step.ref]}. {show.name(step)}: {show.value(talk, draft, step)}"
        for step in draft.filling.steps()
        if step.question is not None
        and step.question.columns.get("bot::profile")
        and step.status == "answered"
    )


def go_on_with(talk: Talk, draft: Draft) -> None:
    """Go on with a report that somebody of the school has begun."""
    if returned := draft.report.state.get("returned"):
        talk.lead.append(talk.text("resume-returned", count=str(len(returned))))
    step = draft.filling.next_open()
    if step is not None and not returned and step.ref in draft.numbers.by_ref:
        talk.lead.append(
            talk.text(
                "resume",
                number=draft.numbers.by_ref[step.ref].split(".")[0],
                total=str(draft.numbers.total),
                title=draft.report.campaign.title,
            )
        )
    if draft.report.status == "submitted":
        submission = talk.turn.store.reports.last_submission(draft.report.id)
        if submission:
            clock, day = show.moment(talk, submission.at)
            talk.lead.append(
                talk.text(
                    "submitted-already",
                    clock=clock,
                    day=day,
                    receipt=submission.receipt,
                    version=str(submission.version),
                )
            )
    asking.go_on(talk, draft)


def resume(talk: Talk) -> None:
    """Go on with what this person was doing, or show what there is to do."""
    draft = talk.draft
    if draft is None:
        show_owed(talk)
        return
    step = asking.open_step(talk, draft)
    if step is not None and step.value in ("", talk.state.get("seen")):
        talk.lead.append(
            talk.text(
                "resume",
                number=draft.numbers.by_ref.get(step.ref, "").split(".")[0],
                total=str(draft.numbers.total),
                title=draft.report.campaign.title,
            )
        )
        asking.repeat_question(talk, draft)
    else:  # nothing is open, or a colleague has answered it meanwhile
        go_on_with(talk, draft)


def say_where(talk: Talk) -> None:
    """Say in one line that it goes on, and where."""
    draft = talk.draft
    step = asking.open_step(talk, draft) if draft is not None else None
    number = draft.numbers.by_ref.get(step.ref, "") if draft is not None and step else ""
    if draft is None or not number:
        talk.say("back-again", talk.choice("button-what", "c.owed"))
        return
    talk.say(
        "back-again-at",
        talk.choice("button-continue", "c.continue"),
        number=number.split(".")[0],
        total=str(draft.numbers.total),
        title=draft.report.campaign.title,
    )


def later(talk: Talk) -> None:
    """Put it all off; nothing is lost."""
    talk.say("later", talk.choice("button-continue", "c.continue"))
