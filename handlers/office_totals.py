"""An officer takes the totals home: Excel, CSV, all documents, the office's own report."""

from collections.abc import Mapping
from typing import Any

from bot.chat import Choice, File
from bot.totals.desk import csv_file, make_office_report, office_file, xlsx_file, zip_file
from handlers import office
from handlers.office import propose
from handlers.talk import Talk
from storage.campaigns import Campaign


def _frozen(talk: Talk, campaign: Campaign) -> bool:
    """Say whether the numbers are taken as they stood at the deadline."""
    return talk.turn.store.totals.frozen(campaign.id) is not None


def _send(talk: Talk, file: File, key: str) -> None:
    talk.say(key, *_more(talk), files=(file,))


def _more(talk: Talk) -> tuple[Choice, ...]:
    return (
        talk.choice("button-zip", "c.ozip"),
        talk.choice("button-office-report", "c.oreport"),
    )


def _campaign(talk: Talk) -> Campaign | None:
    campaign = office.campaign_of(talk)
    if campaign is not None:
        talk.desk().may_see_totals(campaign)
    return campaign


def excel(talk: Talk) -> None:
    """Send the workbook of totals."""
    if campaign := _campaign(talk):
        _send(talk, xlsx_file(campaign, talk.turn.now), "office-excel")


def csv(talk: Talk) -> None:
    """Send the tables as CSV."""
    if campaign := _campaign(talk):
        _send(talk, csv_file(campaign, talk.turn.now), "office-csv")


def archive(talk: Talk) -> None:
    """Send all documents in one file."""
    if campaign := _campaign(talk):
        _send(talk, zip_file(campaign, talk.turn.now), "office-zip")


def report(talk: Talk) -> None:
    """Make the office's own report: of what had come in by the deadline, or of now."""
    campaign = _campaign(talk)
    if campaign is None:
        return
    over = talk.turn.now >= campaign.due_at
    document, name = make_office_report(talk.turn.store, campaign, talk.turn.now, at_deadline=over)
    buttons = []
    if campaign.parent_id is not None:
        buttons.append(talk.choice("button-submit-office-report", "c.osubmitreport"))
    talk.say("office-report-made", files=(office_file(document, name),))
    talk.say(
        "office-report-pages",
        *buttons,
        talk.choice("button-excel", "c.oexcel"),
        files=(office_file(document, name, "page.png"), office_file(document, name, "pdf")),
        when=talk.text("office-report-frozen" if over else "office-report-now"),
    )


def submit_report(talk: Talk) -> None:
    """Propose to submit the office's report to the office above."""
    campaign = _campaign(talk)
    if campaign is None:
        return
    above = _owed_above(talk, campaign)
    if above is None:
        talk.say("office-nobody-above")
        return
    left = sum(not s.is_in for s in talk.desk().standing(campaign))
    plan = {"deed": "submit-office-report", "campaign": campaign.id}
    buttons = propose(talk, plan, talk.text("button-submit-office-report"))
    talk.say(
        "office-submit-report",
        *buttons,
        title=above.title,
        left=talk.text("office-submit-left", count=str(left)) if left else "",
    )


def _owed_above(talk: Talk, campaign: Campaign) -> Campaign | None:
    if campaign.parent_id is None:
        return None
    return talk.turn.store.campaigns.campaign(campaign.parent_id)


def submit_planned(talk: Talk, plan: Mapping[str, Any]) -> None:
    """Submit the office's report, with the totals of its schools."""
    store = talk.turn.store
    campaign = store.campaigns.campaign(int(plan["campaign"]))
    desk = talk.desk()
    submission = desk.submit_office_report(campaign)
    if submission is None:
        talk.say("office-nobody-above")
        return
    talk.say("office-report-submitted", receipt=submission.receipt, version=str(submission.version))
