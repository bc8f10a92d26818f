"""Asking: one question a message, with everything a newcomer needs to answer it."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import takewhile

from bot.campaign import Draft, is_photo_repeat, photo_ref, plain
from bot.chat import Choice, File
from bot.forms.definition import Question
from bot.forms.filling import Step
from handlers import choosing, limits, show
from handlers.talk import Talk, token_of

BURST = timedelta(seconds=1.5)  # after the last photo of a burst, before the bot speaks
_LONGEST_LEAD = 600  # of what was said before a long list, said again with its next page


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
    """Settle a step that needs no answer: a note is read out, a full repeat is closed."""
    if step.question is not None and step.question.type == "note":
        if files := show.beside(draft, step.media):
            talk.say_text(step.label, files=files)
        elif step.label:
            talk.lead.append(step.label)
        draft.filling.skip(step.ref)
    elif _is_heading(step):
        draft.filling.skip(step.ref)
    elif step.kind == "add_another" and is_full(draft, step):
        draft.filling.close_repeat(step.ref)
    else:
        return False
    draft.moved()
    return True


def _is_heading(step: Step) -> bool:
    """Say whether a select only heads the columns of a table on a screen (XLSForm: "label")."""
    if step.question is None or step.question.type not in ("select_one", "select_multiple"):
        return False
    return "label" in step.question.appearance.split() and not step.required


def is_full(draft: Draft, step: Step) -> bool:
    most = most_rows(draft, step.ref)
    return most is not None and draft.filling.rows(step.ref) >= most


def most_rows(draft: Draft, repeat: str) -> int | None:
    """Return how many rows a repeat may have, when its author says so."""
    return _rows_wanted(draft, repeat, "bot::max")


def _rows_wanted(draft: Draft, repeat: str, column: str) -> int | None:
    for known in draft.form.repeats:
        if known.path == plain(repeat):
            count = known.columns.get(column, "")
            return int(count) if count.isdigit() else None
    return None


def is_short(talk: Talk, draft: Draft, repeat: str) -> bool:
    """Say once that the author hopes for more rows; who has no more says so again.

    ``bot::min`` is a wish as ``bot::check`` is: a school must never be stuck for want of a photo.
    """
    least = _rows_wanted(draft, repeat, "bot::min") or 0
    photos = is_photo_repeat(draft.form, plain(repeat))
    rows = count_photos(draft, repeat) if photos else draft.filling.rows(repeat)
    if rows >= least or talk.state.get("short") == repeat:
        talk.state.pop("short", None)
        return False
    talk.state["short"] = repeat
    key = "photos-at-least" if photos else "rows-at-least"
    talk.lead.append(talk.text(key, least=str(least), rows=str(rows)))
    return True


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


def ask(
    talk: Talk,
    draft: Draft,
    step: Step,
    ticked: Sequence[str] | None = None,
    *,
    turned: bool = False,
) -> None:
    """Put one question, with everything a newcomer needs to answer it.

    ``turned``: as another part of its long list shows it, which has been chosen already.
    """
    talk.state["at"] = step.ref
    talk.state["seen"] = step.value
    talk.state.pop("ask", None)
    if step.kind == "add_another":
        _ask_for_row(talk, draft, step)
        return
    if not turned:
        choosing.begin(talk, step)
    ticks = step.value.split() if ticked is None else list(ticked)
    _put(talk, draft, step, ticks)
    if choosing.takes_ticks(step):
        said = talk.turn.said[-1].text
        talk.state["ask"] = {"kind": "ticks", "ticks": ticks, "text": said}


def show_part(talk: Talk, draft: Draft, step: Step, ticked: Sequence[str] | None = None) -> None:
    """Put the question with another part of its long list, in place of the message pressed."""
    lead = [str(talk.state.get("list", {}).get("lead", "")), *talk.lead]
    talk.lead[:] = [part for part in dict.fromkeys(lead) if part]
    seen = talk.state.get("seen", "")
    ask(talk, draft, step, ticked, turned=True)
    talk.state["seen"] = seen
    if talk.turn.incoming.pressed:
        last = talk.turn.said.pop()
        talk.turn.said.append(replace(last, replaces=talk.turn.incoming.pressed))


def _put(talk: Talk, draft: Draft, step: Step, ticks: Sequence[str]) -> None:
    several = choosing.takes_ticks(step)
    lines = _prompt_lines(talk, draft, step)
    if choosing.is_paged(step):
        lines += _part_lines(talk, step, ticks)
        lead = "\n\n".join(talk.lead)
        kept = talk.state.setdefault("list", {"ref": step.ref, "said": "", "page": 1})
        kept["lead"] = lead if len(lead) <= _LONGEST_LEAD else ""
    choices = choices_of(talk, draft, step, ticks)
    files = _picture(draft, step) or _beside(talk, draft, step, lines)
    text = "\n".join(lines)
    talk.say_text(text, *choices, strong=step.label, files=files, multiple=several)


def _part_lines(talk: Talk, step: Step, ticks: Sequence[str]) -> list[str]:
    """Return which part of a long list is shown, and what is ticked in all of it."""
    lines = [choosing.heading(talk, choosing.page_of(talk, step))]
    chosen = [choosing.label(one) for one in step.choices if one.name in ticks]
    if choosing.takes_ticks(step) and chosen:
        lines.append(talk.text("list-ticked", count=str(len(chosen)), names="; ".join(chosen)))
    return lines


def choices_of(talk: Talk, draft: Draft, step: Step, ticked: Collection[str]) -> list[Choice]:
    """Return the buttons under a question: its answers, and the ways on."""
    answers = []
    for place in choosing.shown_places(talk, step):
        option = step.choices[place]
        label = choosing.label(option)
        if choosing.takes_ticks(step):
            label = ("☑ " if option.name in ticked else "☐ ") + label
        answers.append(Choice(label, token_of(draft, step, f"a{place}")))
    if choosing.takes_ticks(step):
        way = choosing.is_paged(step)  # there its number would not belong to the list
        answers.append(talk.choice("button-done", token_of(draft, step, "done"), way=way))
    if step.question is not None and step.question.type == "acknowledge":
        answers.append(_seen(talk, draft, step))
    return [*answers, *_list_ways(talk, draft, step), *_ways(talk, draft, step)]


_VOWS = re.compile(r"xác nhận|cam kết|cam đoan|đồng ý", re.IGNORECASE)


def _seen(talk: Talk, draft: Draft, step: Step) -> Choice:
    key = "button-confirm" if _VOWS.search(step.label) else "button-seen"
    return talk.choice(key, token_of(draft, step, "seen"))


def _list_ways(talk: Talk, draft: Draft, step: Step) -> list[Choice]:
    """Return the ways through a long list: ``p2`` is page 2 of it, ``s2`` of what was found."""
    if not choosing.is_paged(step):
        return []
    page = choosing.page_of(talk, step)
    verb = "s" if page.said else "p"
    ways = []
    if page.number > 1:
        token = token_of(draft, step, f"{verb}{page.number - 1}")
        ways.append(talk.choice("button-page-before", token, way=True))
    if page.number < page.pages:
        token = token_of(draft, step, f"{verb}{page.number + 1}")
        ways.append(talk.choice("button-page-after", token, way=True))
    if page.said:
        ways.append(talk.choice("button-whole-list", token_of(draft, step, "p1"), way=True))
    return ways


def _picture(draft: Draft, step: Step) -> tuple[File, ...]:
    """Return the photo that a caption is asked for: people would rather look than count."""
    assert step.question is not None
    if step.question.type != "text" or step.question.repeat is None:
        return ()
    if not is_photo_repeat(draft.form, step.question.repeat):
        return ()
    key = draft.filling.value(photo_ref(draft.form, step.ref))
    return (File(key, "anh.jpg", "image/jpeg"),) if key else ()


def _beside(talk: Talk, draft: Draft, step: Step, lines: list[str]) -> tuple[File, ...]:
    """Return the files beside the labels of a question and its choices; once, not at each try."""
    own = show.beside(draft, step.media)
    shown = [step.choices[place] for place in choosing.shown_places(talk, step)]
    with_files = [one for one in shown if show.beside(draft, one.media)]
    pictured = " ".join([step.ref, *(one.name for one in with_files)])
    if not (own or with_files) or talk.state.get("pictured") == pictured:
        return ()
    talk.state["pictured"] = pictured
    if with_files:
        names = ", ".join(
            [*([talk.text("picture-of-question")] if own else []), *map(choosing.label, with_files)]
        )
        lines.append(talk.text("pictures-of-choices", names=names))
    return (*own, *(file for one in with_files for file in show.beside(draft, one.media)))


def _prompt_lines(talk: Talk, draft: Draft, step: Step) -> list[str]:
    assert step.question is not None
    lines = [show.place(talk, draft, step), step.label]
    if reason := draft.report.state.get("returned", {}).get(step.ref):
        lines.insert(1, talk.text("returned-because", reason=reason))
    if step.hint:
        lines.append(step.hint)
    if example := step.question.columns.get("bot::example"):
        lines.append(talk.text("example", example=example))
    if choosing.is_listed(step):
        lines += [f"{n}. {label}" for n, label in enumerate(choosing.labels(step), 1)]
    lines += _how(talk, draft, step)
    if step.value:
        lines.append(talk.text("value-now", value=show.value(talk, draft, step)))
    return lines


_HOW = ("geopoint", "dateTime", "audio", "video", "file")


def _how(talk: Talk, draft: Draft, step: Step) -> list[str]:
    """Return how to answer, where that does not go without saying."""
    assert step.question is not None
    question = step.question
    kind, appearances = question.type, question.appearance.split()
    if question.out_of_reach:
        return [talk.text("out-of-reach")]
    if kind == "select_multiple":
        return [talk.text("how-many-choices")]
    if kind == "rank":
        example = " ".join(map(str, [2, 1, *range(3, len(step.choices) + 1)][:5]))
        return [talk.text("how-rank", count=str(len(step.choices)), example=example)]
    if kind == "range":
        return [words] if (words := limits.words(talk, draft, step)) else []
    if question.columns.get("bot::example"):
        return []
    if kind == "date" and (found := {"month-year", "year"}.intersection(appearances)):
        return [talk.text(f"how-{found.pop()}")]
    return [talk.text(f"how-{kind}")] if kind in _HOW else []


def _ways(talk: Talk, draft: Draft, step: Step) -> list[Choice]:
    ways = []
    if step.value and not choosing.takes_ticks(step):
        ways.append(talk.choice("button-keep", token_of(draft, step, "keep"), way=True))
    elif not step.required and not step.value:
        ways.append(talk.choice("button-skip", token_of(draft, step, "skip"), way=True))
    if step.value and not step.required and is_file(step):
        ways.append(talk.choice("button-drop-file", token_of(draft, step, "drop"), way=True))
    if step_before(draft, step) is not None:
        ways.append(talk.choice("button-back", token_of(draft, step, "back"), way=True))
    ways.append(talk.choice("button-later", token_of(draft, step, "later"), way=True))
    return ways


def is_file(step: Step) -> bool:
    """Say whether a question is answered by a file that is no photo."""
    return step.question is not None and step.question.type in ("audio", "video", "file")


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
        *([] if photos else _table_way(talk, draft, step)),
        talk.choice("button-back", token_of(draft, step, "back"), way=True),
        talk.choice("button-later", token_of(draft, step, "later"), way=True),
    )


def _table_way(talk: Talk, draft: Draft, step: Step) -> list[Choice]:
    """Offer the table for many rows, where rows have several questions."""
    asked = [q for q in draft.form.questions if q.repeat == plain(step.ref) and q.type != "note"]
    if len(asked) < 2:
        return []
    return [talk.choice("button-table", token_of(draft, step, "sheet"), way=True)]


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
        kind = pending.get("kind") if pending is not None else None
        ask(talk, draft, step, pending["ticks"] if pending and kind == "ticks" else None)
        if kind in ("adding", "half", "table"):
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
