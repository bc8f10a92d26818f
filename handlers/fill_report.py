"""Answering question by question: what was typed or pressed, and the ways on."""

from bot.campaign import Draft, mark_of
from bot.forms.filling import Step
from bot.forms.vietnamese_input import fold
from handlers import asking, attached, lists, readings, show, tables, taking
from handlers.asking import ask, go_on, is_full, is_short, open_step, repeat_question, step_before
from handlers.meanings import SEEN, yes_or_no
from handlers.taking import take
from handlers.talk import Talk


def answer(talk: Talk, draft: Draft, text: str) -> None:
    """Read what was typed against the question that is open."""
    step = open_step(talk, draft)
    if step is None:
        go_on(talk, draft)
    elif tables.take_words(talk, draft, step, text):
        pass
    elif "ask" in talk.state:
        readings.settle(talk, draft, step, text)
    elif step.kind == "add_another":
        _answer_row(talk, draft, step, text)
    elif fold(text) in _NOTHING and not step.required and _may_be_nothing(step):
        skip(talk, draft, step)
    elif asking.is_file(step) and attached.is_drop(text):
        attached.drop(talk, draft, step)
    else:
        readings.read(talk, draft, step, text)


_NOTHING = ("khong", "khong co", "khong co gi", "ko", "ko co", "k co", "chua", "chua co", "-")


_OPTIONAL = ("text", "barcode", "geopoint", "dateTime", "audio", "video", "file")


def _may_be_nothing(step: Step) -> bool:
    """Say whether "không có" can only mean that there is no answer."""
    return step.question is not None and step.question.type in _OPTIONAL


def press(talk: Talk, draft: Draft, verb: str, step: Step) -> None:
    """Take a button of the question that is open."""
    if verb in WAYS:
        WAYS[verb](talk, draft, step)
    elif lists.VERB.fullmatch(verb):
        lists.turn_page(talk, draft, step, verb)
    elif verb.startswith("a"):
        _press_choice(talk, draft, step, int(verb[1:]))
    else:
        readings.press(talk, draft, step, verb)


def _press_choice(talk: Talk, draft: Draft, step: Step, index: int) -> None:
    kind = step.question.type if step.question is not None else ""
    if index >= len(step.choices) or kind == "rank":
        ask(talk, draft, step)
    elif kind == "select_multiple":
        readings.tick(talk, draft, step, step.choices[index].name)
    else:
        take(talk, draft, step, step.choices[index].name)


def _answer_row(talk: Talk, draft: Draft, step: Step, text: str) -> None:
    wants_more = yes_or_no(text, more=("them", "co", "nua"), enough=("xong", "du roi", "du"))
    if wants_more is None:
        talk.lead.append(talk.text("row-unclear"))
        ask(talk, draft, step)
    elif wants_more:
        add_row(talk, draft, step)
    else:
        enough(talk, draft, step)


# ways on


def skip(talk: Talk, draft: Draft, step: Step) -> None:
    """Leave a question that is not required unanswered."""
    if step.kind == "add_another":
        enough(talk, draft, step)
        return
    if step.required:
        talk.lead.append(talk.text("required-no-skip"))
        ask(talk, draft, step)
        return
    draft.filling.skip(step.ref)
    _no_more_photos(draft, step)
    draft.moved()
    talk.lead.append(talk.text("skipped", name=show.name(step)))
    go_on(talk, draft, step.ref)


def _no_more_photos(draft: Draft, step: Step) -> None:
    """Who has no photo now is not asked for one more; a photo sent later opens the repeat again."""
    repeat = step.ref.rpartition("[")[0]
    if step.question is not None and step.question.type == "image" and repeat:
        draft.filling.close_repeat(repeat)


def postpone(talk: Talk, draft: Draft, step: Step) -> None:
    """Put a question off; it is asked again at the end."""
    if step.kind == "add_another":
        _postpone_rows(talk, draft, step)
        return
    draft.filling.postpone(step.ref)
    _no_more_photos(draft, step)
    draft.moved()
    talk.lead.append(talk.text("postponed", name=show.name(step)))
    go_on(talk, draft, step.ref)


def _postpone_rows(talk: Talk, draft: Draft, step: Step) -> None:
    """Ask for more rows when all else has been asked; when it has been, there are no more."""
    following = draft.filling.next_open(step.ref)
    if following is None or following.ref == step.ref:
        enough(talk, draft, step)
        return
    talk.lead.append(talk.text("postponed", name=show.name(step)))
    go_on(talk, draft, step.ref)


def keep(talk: Talk, draft: Draft, step: Step) -> None:
    """Leave an answer as it is and go on; one that the form began with is checked first."""
    if step.kind == "add_another":
        enough(talk, draft, step)
        return
    if step.value and step.status != "answered":
        if step.readonly:
            draft.filling.skip(step.ref)
            draft.moved()
        elif not taking.keep(talk, draft, step, step.value):
            return
    go_on(talk, draft, step.ref)


def back(talk: Talk, draft: Draft, step: Step) -> None:
    """Ask the question before this one again; its answer stays until another is given."""
    before = step_before(draft, step)
    if before is None:
        talk.lead.append(talk.text("no-question-before"))
        before = step
    ask(talk, draft, before)


def add_row(talk: Talk, draft: Draft, step: Step) -> None:
    """Begin one more row of a repeat."""
    if is_full(draft, step):
        enough(talk, draft, step)
        return
    draft.filling.add_row(step.ref)
    draft.moved()
    go_on(talk, draft)  # the new row comes before the question whether there are more


def enough(talk: Talk, draft: Draft, step: Step) -> None:
    """No more rows for a repeat."""
    if is_short(talk, draft, step.ref):
        ask(talk, draft, step)
        return
    draft.filling.close_repeat(step.ref)
    draft.moved()
    go_on(talk, draft, step.ref)


def seen(talk: Talk, draft: Draft, step: Step) -> None:
    """What was to be read has been."""
    take(talk, draft, step, SEEN)


WAYS = {
    "skip": skip,
    "later": postpone,
    "keep": keep,
    "back": back,
    "add": add_row,
    "enough": enough,
    "seen": seen,
    "drop": attached.drop,
    **tables.WAYS,
}


# old buttons


def press_token(talk: Talk, token: str) -> None:
    """Take a pressed button that names its question: ``q.<report>.<mark>.<verb>``."""
    _, report_id, mark, verb = token.split(".", 3)
    draft = talk.draft
    if draft is None or draft.report.id != int(report_id):
        talk.say("button-of-other-report", talk.choice("button-continue", "c.continue"))
        return
    step = open_step(talk, draft)
    if step is not None and mark_of(draft, step.ref) == mark:
        press(talk, draft, verb, step)
        return
    _old_button(talk, draft, mark, verb)


def _old_button(talk: Talk, draft: Draft, mark: str, verb: str) -> None:
    """Answer a button of a question that is not open any more; it changes nothing."""
    old = next((s for s in draft.filling.steps() if mark_of(draft, s.ref) == mark), None)
    if old is not None and talk.state.get("last") == old.ref and _says_so_already(old, verb):
        return  # a double tap: what it says has just been done
    if old is not None and old.ref in draft.numbers.by_ref:
        talk.lead.append(
            talk.text(
                "button-old",
                number=draft.numbers.by_ref[old.ref],
                name=show.name(old),
                value=show.value(talk, draft, old),
            )
        )
    else:
        talk.lead.append(talk.text("button-gone"))
    repeat_question(talk, draft)


def _says_so_already(step: Step, verb: str) -> bool:
    if verb.startswith("a") and verb[1:].isdigit() and int(verb[1:]) < len(step.choices):
        return step.choices[int(verb[1:])].name in step.value.split()
    return verb in ("skip", "later", "keep", "done", "yes", "seen")
