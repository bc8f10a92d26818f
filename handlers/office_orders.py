"""An officer's orders and buttons, and who carries each out."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.forms.vietnamese_input import fold
from bot.intake import Paper
from handlers import (
    office,
    office_campaign,
    office_messages,
    office_opening,
    office_people,
    office_review,
    office_totals,
    office_versions,
    school,
)
from handlers.office_words import Order, read_order
from handlers.talk import Talk

ORDERS: dict[str, Callable[[Talk, Order], None]] = {
    "progress": lambda talk, order: office.progress(talk),
    "missing": lambda talk, order: office.missing(talk),
    "campaigns": lambda talk, order: office.list_campaigns(talk),
    "see": lambda talk, order: office_review.see(talk, order.school),
    "compare": lambda talk, order: office_review.compare(talk, order.school),
    "accept": lambda talk, order: office_review.accept(talk, order.school),
    "accept-all": lambda talk, order: office_review.accept_all(talk),
    "return": lambda talk, order: office_review.send_back(talk, order.school, order.text),
    "reopen": lambda talk, order: office_review.reopen_named(talk, order.school),
    "extend": lambda talk, order: office_campaign.extend(talk, order.school, order.until),
    "extend-all": lambda talk, order: office_campaign.extend_all(talk, order.until),
    "open-campaign": lambda talk, order: office_opening.begin(talk),
    "sample-form": lambda talk, order: office_opening.send_sample(talk),
    "repeat": lambda talk, order: office_opening.repeat(talk, order.until),
    "close": lambda talk, order: office_campaign.close(talk),
    "reopen-campaign": lambda talk, order: office_campaign.reopen(talk),
    "late-until": lambda talk, order: office_campaign.late_until(talk, order.until),
    "mailbox": lambda talk, order: office_campaign.mailbox(talk, order.text),
    "invite": lambda talk, order: office_people.invite(talk, order.school, "reporter"),
    "invite-head": lambda talk, order: office_people.invite(talk, order.school, "head"),
    "invite-officer": lambda talk, order: office_people.invite_officer(talk),
    "invite-all": lambda talk, order: office_people.invite_all(talk),
    "people": lambda talk, order: office_people.members(talk, order.school),
    "audit": lambda talk, order: office_people.audit(talk),
    "remind": lambda talk, order: office_messages.remind(talk, order.school),
    "ladder": lambda talk, order: office_messages.ladder(talk, order.text),
    "broadcast": lambda talk, order: office_messages.broadcast(talk, order.school, order.text),
    "import": lambda talk, order: office_people.ask_list(talk),
    "undo-import": lambda talk, order: office_people.undo_import(talk),
    "excel": lambda talk, order: office_totals.excel(talk),
    "csv": lambda talk, order: office_totals.csv(talk),
    "zip": lambda talk, order: office_totals.archive(talk),
    "office-report": lambda talk, order: office_totals.report(talk),
    "submit-office-report": lambda talk, order: office_totals.submit_report(talk),
    "dispatch": lambda talk, order: office_campaign.dispatch(talk, order.text),
    "reviewer": lambda talk, order: office_campaign.reviewer(talk, order.text),
    "sign-off": lambda talk, order: office_campaign.sign_off(talk, order.text),
}


def obey(talk: Talk, text: str) -> bool:
    """Carry out what an officer has typed; False when it is no order, or not from an officer."""
    order = read_order(text)
    if order is None or order.verb not in ORDERS or not office.is_officer(talk):
        return False
    talk.state.pop("want", None)
    ORDERS[order.verb](talk, order)
    return True


def _which(talk: Talk, unit_id: str) -> None:
    """Carry out the order again, now that it is clear which school was meant."""
    which = talk.state.pop("which", None)
    order = read_order(which["order"]) if which else None
    if which is None or order is None:
        talk.say("office-plan-gone")
        return
    unit = talk.turn.store.people.unit(int(unit_id))
    named = Order(order.verb, unit.name, order.until, order.text)
    ORDERS[order.verb](talk, named)


PLANNED: dict[str, Callable[[Talk, Mapping[str, Any]], None]] = {
    "accept-all": office_review.accept_planned,
    "return": office_review.return_planned,
    "extend": office_campaign.extend_planned,
    "extend-all": office_campaign.extend_all_planned,
    "close": office_campaign.close_planned,
    "remind": office_messages.remind_planned,
    "broadcast": office_messages.broadcast_planned,
    "import": office_people.import_planned,
    "invite-all": office_people.invite_planned,
    "submit-office-report": office_totals.submit_planned,
    "open": office_opening.open_planned,
}
"""What is done after a yes, by the name of the deed."""


def _go(talk: Talk, number: str) -> None:
    plan = office.planned(talk, number)
    if plan is not None:
        PLANNED[plan["deed"]](talk, plan)


def _plain(deed: Callable[[Talk], None]) -> Callable[[Talk, str], None]:
    return lambda talk, _argument: deed(talk)


BUTTONS: dict[str, Callable[[Talk, str], None]] = {
    "ogo": _go,
    "odrop": office.drop,
    "omenu": _plain(office.menu),
    "oprogress": _plain(office.progress),
    "omissing": _plain(office.missing),
    "ocampaigns": _plain(office.list_campaigns),
    "ouse": office.use_campaign,
    "owhich": _which,
    "onext": _plain(office_review.next_one),
    "osee": office_review.see_by_id,
    "otext": office_review.read_text,
    "ochanges": office_review.show_changes,
    "ohistory": office_review.history,
    "oaccept": office_review.accept_by_id,
    "oreturn": office_review.ask_reasons,
    "oreopen": office_review.reopen,
    "oinvite": office_people.invite_by_id,
    "oend": office_people.let_go,
    "oinviteall": _plain(office_people.invite_all),
    "oremind": lambda talk, _argument: office_messages.remind(talk, ""),
    "oremindone": office_messages.remind_one,
    "bpause": lambda talk, number: office_messages.steer(talk, "pause", number),
    "bresume": lambda talk, number: office_messages.steer(talk, "resume", number),
    "bcancel": lambda talk, number: office_messages.steer(talk, "cancel", number),
    "bretry": lambda talk, number: office_messages.steer(talk, "retry", number),
    "bwhen": office_messages.ask_when,
    "bfile": office_messages.with_dispatch,
    "oimport": _plain(office_people.ask_list),
    "oundo": _plain(office_people.undo_import),
    "oexcel": _plain(office_totals.excel),
    "ozip": _plain(office_totals.archive),
    "oreport": _plain(office_totals.report),
    "osubmitreport": _plain(office_totals.submit_report),
    "ochild": office_opening.pass_down,
    "omore": _plain(office.more),
    "oextend": office_campaign.ask_until,
    "grant": lambda talk, number: office_campaign.decide(talk, number, granted=True),
    "refuse": lambda talk, number: office_campaign.decide(talk, number, granted=False),
    "obegin": _plain(office_opening.begin),
    "opublish": office_versions.publish,
    "oanother": _plain(office_opening.open_another),
    "oskipfact": _plain(office_opening.skip_fact),
    "oquit": _plain(office_opening.cancel_opening),
    "otrial": _plain(office_opening.try_form),
    "oall": _plain(office_opening.to_all),
    "osenddispatch": _plain(office_opening.ask_dispatch),
    "oreopencampaign": _plain(office_campaign.reopen),
}


def _wanted_return(talk: Talk, want: Mapping[str, Any], text: str) -> None:
    report = talk.desk().report(int(want["report"]))
    if report is not None:
        office_review.propose_return(talk, report, text)


def _wanted_until(talk: Talk, want: Mapping[str, Any], text: str) -> None:
    report = talk.desk().report(int(want["report"]))
    if report is not None:
        office_campaign.propose_extension(talk, report, text)


def _wanted_time(talk: Talk, want: Mapping[str, Any], text: str) -> None:
    report = talk.turn.store.reports.report(int(want["report"]))
    if report is not None:
        school.request_time(talk, report, text)


def _wanted_file(talk: Talk, want: Mapping[str, Any], text: str) -> None:
    """A file was asked for and words came: ask again, or leave it."""
    if fold(text) in ("thoi", "huy", "khong", "bo qua"):
        talk.say("office-dropped")
    else:
        talk.state["want"] = dict(want)
        talk.say("office-file-wanted")


WANTED: dict[str, Callable[[Talk, Mapping[str, Any], str], None]] = {
    "return": _wanted_return,
    "extend": _wanted_until,
    "more-time": _wanted_time,
    "not-yet": lambda talk, want, text: school.give_back(talk, int(want["report"]), text),
    "broadcast-at": office_messages.send_at,
    "form": _wanted_file,
    "roster": _wanted_file,
    "dispatch": _wanted_file,
}
"""Who takes the words that were asked for."""


def take_paper(talk: Talk, paper: Paper) -> None:
    """Take a file that an officer has sent: a questionnaire, a list of schools, a dispatch."""
    want = talk.state.pop("want", {"what": ""})["what"]
    if paper.is_form or (want == "form" and not paper.template):
        office_opening.take_form(talk, paper, wanted=want == "form")
        talk.turn.forgotten.append(paper.key)
    elif paper.template:
        office_opening.take_template(talk, paper)
        talk.turn.forgotten.append(paper.key)
    elif want == "dispatch" or not paper.content:
        office_opening.take_dispatch(talk, paper)
    else:
        office_people.take_list(talk, paper)
        talk.turn.forgotten.append(paper.key)
