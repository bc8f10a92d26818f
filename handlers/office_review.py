"""An officer reviews: reads a report, accepts it, or sends single questions back."""

from collections.abc import Mapping
from typing import Any

from bot.campaign import Draft
from bot.chat import Choice, File
from bot.office import question_name
from handlers import changes, office, review, show
from handlers.office import propose, short
from handlers.office_words import read_reasons
from handlers.talk import Talk
from storage.reports import Report, document_key

_MOST_NAMED = 30


# reading


def see(talk: Talk, typed: str) -> None:
    """Show the report of the school that was named."""
    report = office.report_of(talk, typed)
    if report is not None:
        show_report(talk, report)


def see_by_id(talk: Talk, report_id: str) -> None:
    """Show the report that a button names."""
    report = talk.desk().report(int(report_id))
    if report is not None:
        show_report(talk, report)


def next_one(talk: Talk) -> None:
    """Show the report that waits longest for a review."""
    campaign = office.campaign_of(talk)
    if campaign is None:
        return
    waiting = [s for s in talk.desk().standing(campaign) if s.status == "submitted"]
    if not waiting:
        talk.say("office-nothing-to-review", talk.choice("button-progress", "c.oprogress"))
        return
    oldest = min(waiting, key=lambda s: (s.submitted_at or talk.turn.now, s.report_id))
    report = talk.desk().report(oldest.report_id)
    assert report is not None
    talk.lead.append(talk.text("office-waiting-count", count=str(len(waiting))))
    show_report(talk, report)


def show_report(talk: Talk, report: Report) -> None:
    """Show where a report stands; once submitted also its pages and what can be done."""
    talk.state["reviewing"] = report.id
    submission = talk.turn.store.reports.last_submission(report.id)
    if submission is None:
        _not_submitted(talk, report)
        return
    clock, day = show.moment(talk, submission.at)
    draft = talk.desk().read(report)
    document = submission.document_id
    stored = talk.turn.store.reports.document(document)
    assert stored is not None
    name = talk.deeds.document_name(draft) if draft else stored.name
    pages = File(document_key(document, "pages"), name, "image/png")
    word = File(document_key(document, "docx"), f"{name}.docx", show.DOCX)
    talk.say(
        "office-report",
        *_deeds_on(talk, report, submission.version),
        files=(pages, word),
        school=report.unit.name,
        status=talk.text(f"office-status-{report.status}"),
        version=str(submission.version),
        receipt=submission.receipt,
        clock=clock,
        day=day,
        late=talk.text("office-was-late") if submission.at >= report.due_at else "",
    )


def _deeds_on(talk: Talk, report: Report, version: int) -> list[Choice]:
    number = report.id
    buttons = []
    if report.status == "submitted":
        buttons.append(talk.choice("button-accept", f"c.oaccept.{number}-{version}"))
    if report.unit.kind == "office":  # totals: what is wrong in them is a school's to put right
        return [*buttons, talk.choice("button-history", f"c.ohistory.{number}")]
    if report.status in ("submitted", "returned"):
        buttons.append(talk.choice("button-return", f"c.oreturn.{number}"))
    if report.status == "accepted":
        buttons.append(talk.choice("button-reopen-report", f"c.oreopen.{number}"))
    buttons.append(talk.choice("button-read-text", f"c.otext.{number}"))
    if version > 1:
        buttons.append(talk.choice("button-changes", f"c.ochanges.{number}"))
    buttons.append(talk.choice("button-history", f"c.ohistory.{number}"))
    return buttons


def _not_submitted(talk: Talk, report: Report) -> None:
    contact = report.unit.contact
    said = [str(contact[key]) for key in ("head", "phone", "email") if contact.get(key)]
    members = talk.turn.store.people.members_of([report.unit.id], ("reporter", "head"))
    names = [f"{m.name or '–'} ({talk.text(f'role-{m.role}')})" for m in members]
    talk.say(
        "office-not-submitted",
        Choice(talk.text("button-remind-one"), f"c.oremindone.{report.unit.id}"),
        Choice(talk.text("button-extend"), f"c.oextend.{report.id}"),
        school=report.unit.name,
        status=talk.text("office-waits-for-head")
        if report.prepared_at
        else talk.text(f"status-{report.status}"),
        due=office.moment(talk, report.due_at),
        people="; ".join(names) or talk.text("office-nobody-joined"),
        contact=" · ".join(said) or "–",
    )


def read_text(talk: Talk, report_id: str) -> None:
    """Write down all answers of the newest version, with the numbers of the questions."""
    report = talk.desk().report(int(report_id))
    draft = talk.desk().read(report) if report else None
    if report is None or draft is None:
        talk.say("office-nothing-submitted")
        return
    talk.lead.append(report.unit.name)
    for screen in review.screens(talk, draft):
        talk.say_text("\n".join(screen))
    version = talk.turn.store.reports.last_submission(report.id)
    talk.say("office-text-end", *_deeds_on(talk, report, version.version if version else 1))


def history(talk: Talk, report_id: str) -> None:
    """List what was done to a report, by whom."""
    report = talk.desk().report(int(report_id))
    if report is None:
        return
    entries = talk.turn.store.audit.of_report(report.id)
    names = talk.turn.store.people.names({e.person_id for e in entries if e.person_id})
    lines = []
    for entry in entries[-_MOST_NAMED:]:
        clock, day = show.moment(talk, entry.at)
        who = names.get(entry.person_id or 0) or talk.text("somebody")
        lines.append(f"{clock} {day} · {talk.text(f'deed-{entry.deed}')} · {who}")
    talk.say("office-history", school=report.unit.name, lines="\n".join(lines) or "–")


# what has changed


def compare(talk: Talk, typed: str) -> None:
    """Show what is new in the newest version of the school that was named."""
    report = office.report_of(talk, typed)
    if report is not None:
        show_changes(talk, str(report.id))


def show_changes(talk: Talk, report_id: str) -> None:
    """Show what is new in the newest version of a report."""
    report = talk.desk().report(int(report_id))
    submission = talk.turn.store.reports.last_submission(report.id) if report else None
    if report is None or submission is None or submission.version < 2:
        talk.say("office-one-version")
        return
    new = talk.desk().read(report)
    old = talk.desk().read(report, submission.version - 1)
    assert new is not None
    assert old is not None
    talk.say(
        "office-changes",
        *(
            deed
            for deed in _deeds_on(talk, report, submission.version)
            if not deed.token.startswith("c.ochanges.")  # they are here
        ),
        school=report.unit.name,
        version=str(submission.version),
        lines=changes.lines(talk, changes.between(talk, old, new)),
    )


# accepting


def accept(talk: Talk, typed: str) -> None:
    """Accept the report of the school that was named, if it has submitted."""
    report = office.report_of(talk, typed)
    if report is None:
        return
    submission = talk.turn.store.reports.last_submission(report.id)
    _accept(talk, report, submission.version if submission else 0)


def accept_by_id(talk: Talk, argument: str) -> None:
    """Accept the version that the button was under, not one that came after it."""
    report_id, _, version = argument.partition("-")
    report = talk.desk().report(int(report_id))
    if report is not None:
        _accept(talk, report, int(version or 0))


def _accept(talk: Talk, report: Report, version: int) -> None:
    submission = talk.turn.store.reports.last_submission(report.id)
    if submission is not None and submission.version != version:
        talk.lead.append(talk.text("office-newer-version", version=str(submission.version)))
        show_report(talk, report)
        return
    desk = talk.desk()
    if not desk.accept(report):
        talk.say("office-cannot-accept", school=report.unit.name)
        return
    reached = talk.pass_on(desk)
    talk.say(
        "office-accepted",
        talk.choice("button-review-next", "c.onext"),
        Choice(talk.text("button-undo-accept"), f"c.oreopen.{report.id}"),
        school=report.unit.name,
        count=str(reached),
    )


def accept_all(talk: Talk) -> None:
    """Propose to accept all that were submitted without anything odd about them."""
    campaign = office.campaign_of(talk)
    if campaign is None:
        return
    plain: dict[str, int] = {}
    odd: list[str] = []
    for standing in talk.desk().standing(campaign):
        if standing.status != "submitted":
            continue
        report = talk.desk().report(standing.report_id)
        draft = talk.desk().read(report) if report else None
        if draft is None or draft.filling.problems() or standing.was_late:
            odd.append(short(standing.name))
        else:
            plain[str(standing.report_id)] = standing.version or 1
    if not plain:
        talk.say("office-nothing-plain", talk.choice("button-review-next", "c.onext"))
        return
    buttons = propose(
        talk,
        {"deed": "accept-all", "reports": plain},
        talk.text("button-accept-count", count=str(len(plain))),
    )
    talk.say(
        "office-accept-all",
        *buttons,
        count=str(len(plain)),
        odd=talk.text("office-odd", names=", ".join(odd)) if odd else "",
    )


def accept_planned(talk: Talk, plan: Mapping[str, Any]) -> None:
    """Accept what was proposed; a school that has submitted anew meanwhile is left for a look."""
    desk = talk.desk()
    done = 0
    for report_id, version in plan["reports"].items():
        report = desk.report(int(report_id))
        submission = talk.turn.store.reports.last_submission(int(report_id))
        if report and submission and submission.version == version:
            done += desk.accept(report)
    talk.pass_on(desk)
    left = len(plan["reports"]) - done
    talk.say(
        "office-accepted-all",
        talk.choice("button-progress", "c.oprogress"),
        count=str(done),
        left=talk.text("office-accepted-left", count=str(left)) if left else "",
    )


def reopen_named(talk: Talk, typed: str) -> None:
    """Open the accepted report of the school that was named again."""
    report = office.report_of(talk, typed)
    if report is not None:
        reopen(talk, str(report.id))


def reopen(talk: Talk, report_id: str) -> None:
    """Open an accepted report again."""
    desk = talk.desk()
    report = desk.report(int(report_id))
    if report is None or not desk.reopen_report(report):
        talk.say("office-not-accepted")
        return
    talk.pass_on(desk)
    talk.say(
        "office-reopened",
        talk.choice("button-return", f"c.oreturn.{report.id}"),
        school=report.unit.name,
    )


# sending back


def ask_reasons(talk: Talk, report_id: str) -> None:
    """Ask which questions go back, and why."""
    report = talk.desk().report(int(report_id))
    if report is None:
        return
    talk.state["want"] = {"what": "return", "report": report.id}
    talk.say("office-which-questions", school=report.unit.name)


def send_back(talk: Talk, typed: str, words: str) -> None:
    """Propose to send questions of the school that was named back."""
    report = office.report_of(talk, typed)
    if report is None:
        return
    if not words:
        ask_reasons(talk, str(report.id))
    else:
        propose_return(talk, report, words)


def propose_return(talk: Talk, report: Report, words: str) -> None:
    """Read back which questions would go back and why."""
    draft = talk.desk().read(report)
    if draft is None or report.status not in ("submitted", "returned", "accepted"):
        talk.say("office-nothing-submitted")
        return
    if report.status == "accepted":
        talk.say(
            "office-accepted-already",
            Choice(talk.text("button-reopen-report"), f"c.oreopen.{report.id}"),
            school=report.unit.name,
        )
        return
    reasons, unknown = _reasons(draft, words)
    if unknown or not reasons:
        talk.state["want"] = {"what": "return", "report": report.id}
        talk.say(
            "office-no-such-question",
            numbers=", ".join(unknown) or "–",
            total=str(draft.numbers.total),
        )
        return
    lines = [
        talk.text(
            "return-line",
            number=draft.numbers.by_ref.get(ref, "–"),
            name=question_name(draft, ref),
            value=_value(talk, draft, ref),
            reason=reason or talk.text("return-no-reason"),
        )
        for ref, reason in reasons.items()
    ]
    plan = {"deed": "return", "report": report.id, "reasons": reasons}
    buttons = propose(talk, plan, talk.text("button-return"))
    talk.say(
        "office-return",
        *buttons,
        school=report.unit.name,
        count=str(len(reasons)),
        lines="\n".join(lines),
    )


def _reasons(draft: Draft, words: str) -> tuple[dict[str, str], list[str]]:
    """Return ref -> why, and the numbers that name no question."""
    reasons: dict[str, str] = {}
    unknown: list[str] = []
    for number, why in read_reasons(words):
        refs = draft.numbers.find(number)
        if not refs:
            unknown.append(number)
        for ref in refs:
            reasons[ref] = why
    return reasons, unknown


def _value(talk: Talk, draft: Draft, ref: str) -> str:
    try:
        return show.value(talk, draft, draft.filling.step(ref))
    except KeyError:
        return talk.text("value-none")


def return_planned(talk: Talk, plan: Mapping[str, Any]) -> None:
    """Send the questions back that were read back."""
    desk = talk.desk()
    report = desk.report(int(plan["report"]))
    if report is None or not desk.send_back(report, plan["reasons"]):
        talk.say("office-nothing-submitted")
        return
    reached = talk.pass_on(desk)
    members = talk.turn.store.people.members_of([report.unit.id], ("reporter", "head"))
    names = ", ".join(m.name for m in members if m.name)
    talk.say(
        "office-returned",
        talk.choice("button-review-next", "c.onext"),
        school=report.unit.name,
        count=str(len(plan["reasons"])),
        names=names or talk.text("somebody"),
        reached=str(reached),
    )
