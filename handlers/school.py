"""What a school's people say to their office: more time, the head's approval, what is new."""

from datetime import timedelta

from bot.campaign import Draft
from bot.chat import Choice, File, Message
from bot.deadline import read_until
from bot.office import reviewers
from bot.texts import texts
from handlers import changes, office, show
from handlers.talk import Talk
from storage.reports import Report, Submission, document_key

# the head approves


def waits_for_head(talk: Talk, draft: Draft) -> bool:
    """Leave a report to the head where the office wants that; True when it is not submitted."""
    report = draft.report
    if not report.campaign.sign_off or _is_head(talk, report):
        return False
    if report.prepared_at is not None:
        talk.say("prepared-already", title=report.campaign.title)
        return True
    desk = talk.desk()
    heads = desk.prepare(draft)
    talk.pass_on(desk)
    talk.say("prepared" if heads else "prepared-no-head", school=report.unit.name)
    return True


def _is_head(talk: Talk, report: Report) -> bool:
    units = talk.turn.store.people.units_of(talk.turn.person.id)
    return any(unit.id == report.unit.id and role == "head" for unit, role in units)


def head_looks(talk: Talk, draft: Draft) -> bool:
    """Show a prepared report to the head, who approves it or gives it back."""
    report = draft.report
    if report.prepared_at is None or not _is_head(talk, report):
        return False
    document_id = talk.deeds.freeze(talk.turn.store, draft, talk.turn.now)
    name = talk.deeds.document_name(draft)
    word = File(document_key(document_id, "docx"), f"{name}-ban-nhap.docx", show.DOCX)
    pages = File(document_key(document_id, "pages"), name, "image/png")
    names = talk.turn.store.people.names({report.prepared_by or 0})
    talk.say(
        "head-approves",
        talk.choice("button-approve", f"c.submit.{report.id}"),
        talk.choice("button-give-back", f"c.notyet.{report.id}"),
        talk.choice("button-review", f"c.review.{report.id}"),
        files=(pages, word),
        name=names.get(report.prepared_by or 0) or talk.text("somebody"),
        title=report.campaign.title,
    )
    return True


def ask_why_not(talk: Talk, report_id: str) -> None:
    """Ask the head what is to be changed."""
    talk.state["want"] = {"what": "not-yet", "report": int(report_id)}
    talk.say("head-why-not")


def give_back(talk: Talk, report_id: int, reason: str) -> None:
    """Give a prepared report back to the reporter."""
    report = talk.turn.store.reports.report(report_id)
    desk = talk.desk()
    if report is None or not desk.not_yet(report, reason):
        talk.say("prepared-no-more")
        return
    talk.pass_on(desk)
    talk.say("head-gave-back")


# more time


def ask_for_time(talk: Talk, report_id: str) -> None:
    """Ask until when the school needs, and why."""
    talk.state["want"] = {"what": "more-time", "report": int(report_id)}
    talk.say("more-time-ask")


def request_time(talk: Talk, report: Report, words: str) -> None:
    """Pass a request on: "đến thứ sáu vì mất điện"."""
    until, reason = split_reason(words)
    due_at = read_until(until, talk.deeds.timezone, talk.turn.now)
    if due_at is None or due_at <= report.due_at:
        talk.state["want"] = {"what": "more-time", "report": report.id}
        key = "more-time-unclear" if due_at is None else "more-time-too-early"
        talk.say(key, due=office.moment(talk, report.due_at))
        return
    if due_at > talk.turn.now + timedelta(days=366):
        talk.say("more-time-unclear", due=office.moment(talk, report.due_at))
        return
    desk = talk.desk()
    desk.ask_extension(report, reason, until, due_at)
    reached = talk.pass_on(desk)
    talk.say(
        "more-time-asked" if reached else "more-time-nobody",
        until=office.moment(talk, due_at),
        reason=reason or "–",
    )


def split_reason(words: str) -> tuple[str, str]:
    """Split "đến thứ sáu vì mất điện" into until when, and why."""
    for mark in (" vì ", " do ", " vi ", " bởi ", ", ", ": ", " - "):
        until, found, reason = words.partition(mark)
        if found:
            return until.strip(), reason.strip()[:500]
    return words.strip(), ""


# what the office learns


def tell_office(talk: Talk, draft: Draft, submission: Submission, old: Draft | None) -> None:
    """Tell the reviewers that a corrected version is in, with what is new in it."""
    report = draft.report
    if old is None:
        return
    lines = changes.lines(talk, changes.between(talk, old, draft))
    talk.say("changes-sent", lines=lines, version=str(submission.version))
    words = texts("vi")
    message = Message(
        words(
            "notice-new-version",
            school=report.unit.name,
            version=str(submission.version),
            lines=lines,
        ),
        (
            Choice(words("button-accept"), f"c.oaccept.{report.id}-{submission.version}"),
            Choice(words("button-look"), f"c.osee.{report.id}"),
        ),
    )
    talk.turn.tell(reviewers(talk.turn.store, report.campaign), message)
