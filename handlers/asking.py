"""Asking: one question a message, with everything a newcomer needs to answer it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from itertools import takewhile

from bot.campaign import Draft, is_photo_repeat, photo_ref, plain
from bot.chat import Choice, File
from bot.forms.definition import Question
from bot.forms.filling import Step
from handlers import show
from handlers.talk import Talk, token_of

BURST = timedelta(seconds=1.5)  # after the last photo of a burst, before the bot speaks
MOST_BUTTONS = 20  # choices of one question shown as buttons


def go_on(talk: Talk, draft: Draft, after: str | None = None) -> None:
    """Ask the next question that is open, or say that all is answered.

    After a correction by number that is the first open one: where the person was before it.
    """
    if talk.state.pop("jumped", False):
        after = None
    step = draft.filling.next_open(after)
    while step is not None and _passes(talk, draft, step):
        step = draft.filling.next_open(step.ref)
    if step is None:
        talk.state.pop("at", None)
        finish(talk, draft)
    else:
        ask(talk, draft, step)


def _passes(talk: Talk, draft: Draft, step: Step) -> bool:
    """Settle a step that needs no answer: a note is read out, a full repeat is closed.

    What no chat can ask (a drawing on a map, a signature) is named and left out.
    """
    if step.question is not None and step.question.type == "note":
        if step.label:
            talk.lead.append(step.label)
        draft.filling.skip(step.ref)
    elif step.question is not None and step.question.out_of_reach:
        talk.lead.append(talk.text("cannot-be-asked", name=show.name(step)))
        draft.filling.skip(step.ref)
    elif step.kind == "add_another" and is_full(draft, step):
        draft.filling.close_repeat(step.ref)
    else:
        return False
    draft.moved()
    return True


def is_full(draft: Draft, step: Step) -> bool:
    most = most_rows(draft, step.ref)
    return most is not None and draft.filling.rows(step.ref) >= most


def most_rows(draft: Draft, repeat: str) -> int | None:
    """Return how many rows a repeat may have, when its author says so."""
    for known in draft.form.repeats:
        if known.path == plain(repeat):
            most = known.columns.get("bot::max", "")
            return int(most) if most.isdigit() else None
    return None


def finish(talk: Talk, draft: Draft) -> None:
    """All that is open has been asked: name what is missing, or offer to submit."""
    missing = [p.ref for p in draft.filling.problems() if p.ref in draft.numbers.by_ref]
    later = [
        step.ref
        for step in draft.filling.steps()
        if step.status == "later" and step.ref not in missing
    ]
    if missing or later:
        _name_missing(talk, draft, missing, later)
    else:
        draft_id = draft.report.id
        talk.say(
            "all-answered",
            talk.choice("button-submit", f"c.submit.{draft_id}"),
            talk.choice("button-review", f"c.review.{draft_id}"),
            talk.choice("button-preview", f"c.preview.{draft_id}"),
            talk.choice("button-edit", f"c.edit.{draft_id}"),
        )


def _name_missing(talk: Talk, draft: Draft, missing: list[str], later: list[str]) -> None:
    lines = []
    for ref in [*missing, *later]:
        step = draft.filling.step(ref)
        key = "missing-line" if ref in missing else "later-line"
        lines.append(talk.text(key, number=draft.numbers.by_ref[ref], name=show.name(step)))
    talk.say(
        "missing",
        talk.choice("button-answer-missing", f"c.missing.{draft.report.id}"),
        *([] if missing else [talk.choice("button-submit", f"c.submit.{draft.report.id}")]),
        talk.choice("button-review", f"c.review.{draft.report.id}"),
        lines="\n".join(lines),
    )


def answer_missing(talk: Talk, draft: Draft) -> None:
    """Ask what is missing or was put off."""
    refs = {p.ref for p in draft.filling.problems()}
    for step in list(draft.filling.steps()):
        if step.status == "later" or step.ref in refs:
            draft.filling.reopen(step.ref)
    draft.moved()
    go_on(talk, draft)


def ask(talk: Talk, draft: Draft, step: Step) -> None:
    """Put one question, with everything a newcomer needs to answer it."""
    talk.state["at"] = step.ref
    talk.state["seen"] = step.value
    talk.state.pop("ask", None)
    if step.kind == "add_another":
        _ask_for_row(talk, draft, step)
        return
    text = "\n".join(_prompt_lines(talk, draft, step))
    several = takes_ticks(step)
    choices = choices_of(talk, draft, step, step.value.split() if several else ())
    files = _picture(draft, step)
    talk.say_text(text, *choices, strong=step.label, files=files, multiple=several)
    if several:
        said = talk.turn.said[-1].text
        talk.state["ask"] = {"kind": "ticks", "ticks": step.value.split(), "text": said}


def takes_ticks(step: Step) -> bool:
    """Say whether the choices of a question are boxes to tick."""
    if step.question is None or step.question.type != "select_multiple":
        return False
    return 0 < len(step.choices) <= MOST_BUTTONS


def choices_of(talk: Talk, draft: Draft, step: Step, ticked: Collection[str]) -> list[Choice]:
    """Return the buttons under a question: its answers, and the ways on."""
    answers = _answers(talk, draft, step)
    if takes_ticks(step):
        answers = [
            replace(choice, label=("☑ " if option.name in ticked else "☐ ") + choice.label)
            for choice, option in zip(answers, step.choices, strict=True)
        ]
        answers.append(talk.choice("button-done", token_of(draft, step, "done")))
    return [*answers, *_ways(talk, draft, step)]


def _picture(draft: Draft, step: Step) -> tuple[File, ...]:
    """Return the photo that a caption is asked for: people would rather look than count."""
    assert step.question is not None
    if step.question.type != "text" or step.question.repeat is None:
        return ()
    if not is_photo_repeat(draft.form, step.question.repeat):
        return ()
    key = draft.filling.value(photo_ref(draft.form, step.ref))
    return (File(key, "anh.jpg", "image/jpeg"),) if key else ()


def _prompt_lines(talk: Talk, draft: Draft, step: Step) -> list[str]:
    assert step.question is not None
    lines = [show.place(talk, draft, step), step.label]
    if reason := draft.report.state.get("returned", {}).get(step.ref):
        lines.insert(1, talk.text("returned-because", reason=reason))
    if step.hint:
        lines.append(step.hint)
    if example := step.question.columns.get("bot::example"):
        lines.append(talk.text("example", example=example))
    if len(step.choices) > MOST_BUTTONS:
        lines += [f"{n}. {option.label}" for n, option in enumerate(step.choices, 1)]
    if step.question.type in ("select_multiple", "rank"):
        lines.append(talk.text("how-many-choices"))
    if step.value:
        lines.append(talk.text("value-now", value=show.value(talk, draft, step)))
    return lines


def _answers(talk: Talk, draft: Draft, step: Step) -> list[Choice]:
    if step.question is not None and step.question.type == "acknowledge" and not step.value:
        return [talk.choice("button-seen", token_of(draft, step, "seen"))]
    if not step.choices or len(step.choices) > MOST_BUTTONS:
        return []
    return [
        Choice(option.label, token_of(draft, step, f"a{index}"))
        for index, option in enumerate(step.choices)
    ]


def _ways(talk: Talk, draft: Draft, step: Step) -> list[Choice]:
    ways = []
    if step.value and not takes_ticks(step):
        ways.append(talk.choice("button-keep", token_of(draft, step, "keep"), way=True))
    elif not step.required and not step.value:
        ways.append(talk.choice("button-skip", token_of(draft, step, "skip"), way=True))
    if step_before(draft, step) is not None:
        ways.append(talk.choice("button-back", token_of(draft, step, "back"), way=True))
    ways.append(talk.choice("button-later", token_of(draft, step, "later"), way=True))
    return ways


def step_before(draft: Draft, step: Step) -> Step | None:
    """Return the question before this one that somebody has dealt with in this report."""
    before = takewhile(lambda asked: asked[0] != step.ref, draft.filling.asked())
    for ref, question in reversed(list(before)):
        if _can_go_back_to(draft, ref, question):
            other = draft.filling.step(ref)
            if other.status in ("answered", "skipped") and not other.readonly:
                return other
    return None


def _can_go_back_to(draft: Draft, ref: str, question: Question | None) -> bool:
    if question is None or question.type == "note":
        return False
    return "bot::profile" not in question.columns or ref in draft.who


def _ask_for_row(talk: Talk, draft: Draft, step: Step) -> None:
    photos = is_photo_repeat(draft.form, plain(step.ref))
    rows = count_photos(draft, step.ref) if photos else draft.filling.rows(step.ref)
    key = "more-photos" if photos else "add-another"
    most = most_rows(draft, step.ref)
    text = "\n".join(
        [
            show.place(talk, draft, step),
            talk.text(
                key,
                name=step.label,
                rows=str(rows),
                most=talk.text("at-most", most=str(most)) if most else "",
            ),
        ]
    )
    more = [] if photos else [talk.choice("button-add", token_of(draft, step, "add"))]
    talk.say_text(
        text,
        *more,
        talk.choice("button-enough", token_of(draft, step, "enough")),
        talk.choice("button-back", token_of(draft, step, "back"), way=True),
        talk.choice("button-later", token_of(draft, step, "later"), way=True),
    )


def count_photos(draft: Draft, repeat: str) -> int:
    """Return how many rows of a photo repeat hold a photo."""
    refs = (
        photo_ref(draft.form, f"{repeat}[{n}]") for n in range(1, draft.filling.rows(repeat) + 1)
    )
    return sum(bool(draft.filling.value(ref)) for ref in refs)


def open_step(talk: Talk, draft: Draft) -> Step | None:
    """Return the question that is open; None when a change has made it vanish."""
    ref = talk.state.get("at")
    if ref is None:
        return None
    try:
        return draft.filling.step(ref)
    except KeyError:
        return None


def repeat_question(talk: Talk, draft: Draft) -> None:
    """Put the open question once more, after an interruption."""
    step = open_step(talk, draft)
    if step is None:
        go_on(talk, draft)
    else:
        pending = talk.state.get("ask")
        ask(talk, draft, step)
        if pending is not None and pending.get("kind") == "adding":
            talk.state["ask"] = pending


def acknowledge_later(talk: Talk, draft: Draft, step: Step, lead: str) -> None:
    """Say ``lead`` and the next prompt when the burst of photos is over."""
    said = talk.turn.said
    before = len(said)
    talk.lead.append(lead)
    ask(talk, draft, step)
    message = said.pop()
    assert len(said) == before
    talk.turn.say_after(BURST, message)
