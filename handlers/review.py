"""At the end: look through, correct by number, see the Word file, hand in."""

from bot.author_file import TEMPLATE
from bot.campaign import Draft, is_photo_repeat, plain
from bot.chat import Choice, File
from bot.forms.filling import Step
from bot.forms.vietnamese_input import Edit
from handlers import asking, meanings, readings, school, show, taking
from handlers.talk import Talk, token_of
from storage.reports import document_key

_LINES = 24  # of one message: about what a phone shows with some scrolling


def summary(talk: Talk, draft: Draft) -> None:
    """Write down all that was answered, with the numbers of the questions, a screen at a time."""
    talk.lead.append(talk.text("review", title=draft.report.campaign.title))
    *before, last = screens(talk, draft)
    for screen in before:
        talk.say_text("\n".join(screen))
    talk.say_text(
        "\n".join(last),
        talk.choice("button-submit", f"c.submit.{draft.report.id}"),
        talk.choice("button-preview", f"c.preview.{draft.report.id}"),
        talk.choice("button-edit", f"c.edit.{draft.report.id}"),
    )
    if asking.open_step(talk, draft) is not None:
        asking.repeat_question(talk, draft)


def screens(talk: Talk, draft: Draft) -> list[list[str]]:
    """Return the lines of all that was answered, a screen at a time."""
    found: list[list[str]] = [[]]
    for section in _sections(talk, draft):
        if found[-1] and len(found[-1]) + len(section) > _LINES:
            found.append([])
        found[-1] += ["", *section] if found[-1] else section
    return found


def _sections(talk: Talk, draft: Draft) -> list[list[str]]:
    """Return the lines of each section of the form, its heading first."""
    sections: list[list[str]] = []
    name = None
    for step in draft.filling.steps():
        if step.ref not in draft.numbers.by_ref or not _has_line(draft, step):
            continue
        heading = step.sections[0] if step.sections else ""
        if heading != name:
            name = heading
            sections.append([heading.upper()] if heading else [])
        sections[-1].append(_line(talk, draft, step))
    return sections


def _has_line(draft: Draft, step: Step) -> bool:
    """Say whether a step has a line of its own: a photo has one, with all that is said of it."""
    if step.question is None:
        return False
    in_photos = step.question.repeat and is_photo_repeat(draft.form, step.question.repeat)
    return not in_photos or step.question.type == "image"


def _about_photo(talk: Talk, draft: Draft, step: Step) -> str:
    """Return caption and permission of a photo, or what is still missing."""
    row = step.ref[: step.ref.rindex("]") + 1]
    words = [
        show.value(talk, draft, other)
        for other in draft.filling.steps()
        if other.ref.startswith(f"{row}/") and other.ref != step.ref
    ]
    return " · ".join(words) or talk.text("value-none")


def _line(talk: Talk, draft: Draft, step: Step) -> str:
    if step.question is not None and step.question.type == "image" and step.value:
        return f"{draft.numbers.by_ref[step.ref]}. 📷 {_about_photo(talk, draft, step)}"
    shown = show.value(talk, draft, step)
    if step.status == "later":
        shown = talk.text("value-later")
    return f"{draft.numbers.by_ref[step.ref]}. {show.name(step)}: {shown}"


def preview(talk: Talk, draft: Draft) -> None:
    """Send the Word file as it would be, then its pages as pictures where they can be made."""
    document_id = talk.deeds.freeze(talk.turn.store, draft, talk.turn.now)
    name = talk.deeds.document_name(draft)
    file = File(document_key(document_id, "docx"), f"{name}-ban-nhap.docx", show.DOCX)
    pages = File(document_key(document_id, "pages"), name, "image/png")
    pdf = File(document_key(document_id, "pdf"), f"{name}-ban-nhap.pdf", "application/pdf")
    own = TEMPLATE in draft.form.layout
    talk.say("preview-own" if own else "preview", files=(file,))
    talk.say(
        "preview-pages",
        talk.choice("button-submit", f"c.submit.{draft.report.id}"),
        talk.choice("button-edit", f"c.edit.{draft.report.id}"),
        files=(pages, pdf),
    )


def submit(talk: Talk, draft: Draft) -> None:
    """Hand the report in, unless something is missing or it is too late to change."""
    last = talk.turn.store.reports.last_submission(draft.report.id)
    problems = [p for p in draft.filling.problems() if p.ref in draft.numbers.by_ref]
    if problems:
        asking.finish(talk, draft)
        return
    if last and draft.report.status == "accepted":
        talk.say("accepted-already", receipt=last.receipt)
        return
    sent_back = draft.report.status == "returned"  # also "it is right as it is" is an answer
    if last and not sent_back and _unchanged_since(talk, draft, last.document_id):
        clock, day = show.moment(talk, last.at)
        talk.say(
            "submitted-already",
            *_after_submitting(talk, draft),
            clock=clock,
            day=day,
            receipt=last.receipt,
            version=str(last.version),
        )
        return
    report = draft.report
    late = talk.turn.now >= report.due_at
    if late and report.status == "submitted" and last is not None:
        talk.say("too-late-to-change", receipt=last.receipt)
        return
    if report.late_until is not None and talk.turn.now >= report.late_until:
        talk.say("too-late", talk.choice("button-ask-extension", f"c.asktime.{report.id}"))
        return
    if school.waits_for_head(talk, draft):
        return
    old = talk.desk().read(report) if last is not None else None
    submission = talk.deeds.submit(talk.turn.store, draft, talk.turn.person, talk.turn.now)
    talk.state.pop("at", None)
    clock, day = show.moment(talk, submission.at)
    name = talk.deeds.document_name(draft)
    if submission.version > 1:
        name += f"-lan-{submission.version}"
    file = File(document_key(submission.document_id, "docx"), f"{name}.docx", show.DOCX)
    key = "submitted" if submission.version == 1 else "submitted-again"
    talk.say(
        key,
        *_after_submitting(talk, draft),
        files=(file,),
        clock=clock,
        day=day,
        receipt=submission.receipt,
        version=str(submission.version),
        until=talk.text("submitted-late") if late else talk.text("submitted-in-time"),
    )
    school.tell_office(talk, draft, submission, old)


def _after_submitting(talk: Talk, draft: Draft) -> tuple[Choice, Choice]:
    return (
        talk.choice("button-review", f"c.review.{draft.report.id}"),
        talk.choice("button-edit", f"c.edit.{draft.report.id}"),
    )


def _unchanged_since(talk: Talk, draft: Draft, document_id: int) -> bool:
    document = talk.turn.store.reports.document(document_id)
    return document is not None and document.state == draft.filling.state()


# correcting


def ask_what_to_edit(talk: Talk) -> None:
    """Ask for the number of the question to correct."""
    talk.state["choosing"] = True
    talk.say("edit-which")


def edit(talk: Talk, draft: Draft, wanted: Edit) -> None:
    """Correct by number: put the question again, or take the new value at once."""
    talk.state.pop("choosing", None)
    if not wanted.number:
        ask_what_to_edit(talk)
        return
    refs = draft.numbers.find(wanted.number)
    steps = [draft.filling.step(ref) for ref in refs]
    steps = [step for step in steps if step.question is None or not step.readonly]
    if not steps:
        talk.say("edit-no-such", number=wanted.number, total=str(draft.numbers.total))
        return
    step = steps[0]
    talk.state["jumped"] = True
    if is_photo_repeat(draft.form, plain(step.ref).rpartition("/")[0]):
        _edit_photo(talk, draft, steps, wanted)
    elif step.kind != "question":
        asking.ask(talk, draft, steps[-1])
    elif len(steps) > 1:
        _list_steps(talk, draft, steps)
    elif wanted.value is None:
        asking.ask(talk, draft, step)
    else:
        _set(talk, draft, step, wanted.value)


def _edit_photo(talk: Talk, draft: Draft, steps: list[Step], wanted: Edit) -> None:
    """Ask for caption and permission again; the photo itself is exchanged by "thay ảnh 2"."""
    words = [step for step in steps if step.question is not None and step.question.type == "text"]
    if not words or len({step.row for step in steps}) > 1:
        _list_steps(talk, draft, [step for step in steps if _has_line(draft, step)] or steps)
    elif wanted.value is not None:
        _set(talk, draft, words[0], wanted.value)
    else:
        for step in steps:
            if step.question is not None and step.question.type == "select_one":
                draft.filling.reopen(step.ref)
                draft.moved()
        asking.ask(talk, draft, words[0])


def _list_steps(talk: Talk, draft: Draft, steps: list[Step]) -> None:
    talk.state["choosing"] = True
    lines = [_line(talk, draft, step) for step in steps if step.kind == "question"]
    talk.say("edit-which-of", lines="\n".join(lines))


def _set(talk: Talk, draft: Draft, step: Step, text: str) -> None:
    """Take "sửa 7 = 45": show what it changes, and ask whether to keep it."""
    talk.state["at"], talk.state["seen"] = step.ref, step.value
    reading = meanings.reading_of(talk, draft, step, text)
    if not (reading.value and reading.sure):
        readings.read(talk, draft, step, text)
        return
    before = _figures(talk, draft)
    old = show.value(talk, draft, step)
    if not taking.keep(talk, draft, step, reading.value):
        return
    new = draft.filling.step(step.ref)
    after = _figures(talk, draft)
    follow = [
        talk.text("edit-follows", name=name, old=before.get(name, "–"), new=shown)
        for name, shown in after.items()
        if before.get(name) != shown
    ]
    talk.state["ask"] = {"kind": "edit", "old": step.value}
    talk.say_text(
        "\n".join(
            [
                talk.text(
                    "edit-done",
                    number=draft.numbers.by_ref[step.ref],
                    name=show.name(step),
                    old=old,
                    new=show.value(talk, draft, new),
                ),
                *follow,
            ]
        ),
        talk.choice("button-keep-it", token_of(draft, step, "yes")),
        talk.choice("button-undo", token_of(draft, step, "redo")),
    )


def _figures(talk: Talk, draft: Draft) -> dict[str, str]:
    """Return the calculated figures that the document prints, by their short names."""
    figures = {}
    for row in draft.form.layout.get("survey", ()):
        short = row.get("columns", {}).get("report::short")
        if row.get("type") == "calculate" and short:
            figures[str(short)] = draft.filling.value(row["name"]) or "–"
    return figures
