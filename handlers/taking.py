"""Taking an answer that is understood: keep it, check it softly once, echo it, go on."""

import re
from typing import Any

from bot.campaign import Draft, is_photo_repeat
from bot.documents.outline_text import written
from bot.errors import AnswerError
from bot.forms.filling import Step
from bot.forms.vietnamese_positions import is_in_country
from handlers import asking, limits, show
from handlers.talk import Talk, token_of

_PHONE = re.compile(r"(?<!\d)(?:0|\+84)[ .]?\d(?:[ .]?\d){8}(?!\d)|(?<!\d)\d{12}(?!\d)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_PUPIL = re.compile(
    r"\b(?:em|hs|học sinh|cháu|bé)\s+(?:[A-ZÀ-Ỹ][a-zà-ỹ]+\s+){2,}.{0,20}\b(?:lớp|khối)\s*\d",
    re.UNICODE,
)


def take(talk: Talk, draft: Draft, step: Step, value: str, *, over: bool = False) -> None:
    """Keep an answer that is understood, unless a colleague was quicker, and go on."""
    if not over and _somebody_was_quicker(talk, draft, step, value):
        return
    if keep(talk, draft, step, value):
        done(talk, draft, step)


def _somebody_was_quicker(talk: Talk, draft: Draft, step: Step, value: str) -> bool:
    stamp = draft.who.get(step.ref)
    seen = talk.state.get("seen", "")
    if step.value in ("", seen, value) or not stamp or stamp[0] == talk.turn.person.id:
        return False
    talk.state["ask"] = {"kind": "conflict", "value": value}
    talk.say(
        "colleague-was-quicker",
        talk.choice("button-change", token_of(draft, step, "yes")),
        talk.choice("button-leave", token_of(draft, step, "redo")),
        who=show.who(talk, stamp),
        theirs=show.value(talk, draft, step),
        yours=show.value(talk, draft, step, value),
    )
    return True


def keep(talk: Talk, draft: Draft, step: Step, value: str) -> bool:
    """Write an answer down; False when it was refused, and that was said."""
    try:
        value, changed = _write(draft, step, value)
    except AnswerError as refusal:
        talk.lead.append(str(refusal) or limits.words(talk, draft, step) or talk.text("refused"))
        asking.ask(talk, draft, step)
        return False
    draft.touch(step.ref, talk.turn.person, talk.turn.now)
    if asking.is_file(step) and step.value not in ("", value):
        forget_file(talk, step.value)
    assert step.question is not None
    talk.deeds.remember_profile(talk.turn.store, draft, step.question, value)
    if step.value and step.value != value and changed:
        talk.state["changed"] = list(changed)
    return True


def forget_file(talk: Talk, key: str) -> None:
    """Forget a file that answers nothing any more; it is deleted after the commit."""
    talk.turn.store.attachments.forget(key)
    talk.turn.store.reports.forget_photo(key)
    talk.turn.forgotten.append(key)


def _write(draft: Draft, step: Step, value: str) -> tuple[str, tuple[str, ...]]:
    """Write an answer down; where the author wants capitals only, "thtt" is "THTT"."""
    try:
        return value, draft.filling.answer(step.ref, value)
    except AnswerError as refusal:
        if step.question is None or step.question.type != "text" or value.isupper():
            raise
        try:
            return value.upper(), draft.filling.answer(step.ref, value.upper())
        except AnswerError:
            raise refusal from None


def done(talk: Talk, draft: Draft, step: Step, *, echo: bool = True) -> None:
    """An answer stands: check it softly once, echo it, go on."""
    step = draft.filling.step(step.ref)
    if doubt := _doubt(talk, draft, step):
        talk.state["ask"] = {"kind": "keep"}
        talk.state["doubted"] = [step.ref, step.value]
        talk.say_text(
            doubt,
            talk.choice("button-keep", token_of(draft, step, "yes")),
            talk.choice("button-change-it", token_of(draft, step, "redo")),
        )
        return
    talk.state["last"] = step.ref
    if echo:
        talk.lead.append(
            talk.text("echo", name=show.name(step), value=show.value(talk, draft, step))
        )
    else:
        talk.lead.append(talk.text("echo-short", name=show.name(step)))
    if step.question is not None and step.question.type == "text" and _lacks_accents(step.value):
        talk.lead.append(talk.text("no-accents", number=draft.numbers.by_ref[step.ref]))
    if _offer_same(talk, draft, step):
        return
    if any(ref in draft.numbers.by_ref for ref in talk.state.pop("changed", ())):
        talk.lead.append(talk.text("asked-because", name=show.name(step)))
    asking.go_on(talk, draft, step.ref)


def _lacks_accents(text: str) -> bool:
    """Say whether some words were typed without accents: the document would print them so."""
    words = _WORD.findall(text)
    return len(words) > 1 and text.isascii() and not text.isupper()


def _offer_same(talk: Talk, draft: Draft, step: Step) -> bool:
    """After the first photo's permission, offer to say the same of the photos that follow."""
    rest = _same_in_later_rows(draft, step)
    if step.row[-1:] != (1,) or not rest:
        return False
    talk.state["ask"] = {"kind": "same", "value": step.value, "rest": rest}
    talk.say(
        "same-for-rest",
        talk.choice("button-same", token_of(draft, step, "yes")),
        talk.choice("button-one-by-one", token_of(draft, step, "redo")),
        count=str(len(rest)),
    )
    return True


def _same_in_later_rows(draft: Draft, step: Step) -> list[str]:
    """Return the refs of the open permission questions of the photos after this one."""
    assert step.question is not None
    repeat = step.question.repeat
    if step.question.type != "select_one" or not repeat or not is_photo_repeat(draft.form, repeat):
        return []
    rows = step.ref.rpartition("[")[0]
    return [
        other.ref
        for other in draft.filling.steps()
        if other.question == step.question
        and other.ref.rpartition("[")[0] == rows
        and other.status == "open"
    ]


def say_the_same(talk: Talk, draft: Draft, step: Step, pending: dict[str, Any]) -> None:
    for ref in pending["rest"]:
        draft.filling.answer(ref, pending["value"])
        draft.touch(ref, talk.turn.person, talk.turn.now)
    asking.go_on(talk, draft, step.ref)


def _doubt(talk: Talk, draft: Draft, step: Step) -> str:
    """Return what is odd about an answer, once for each value; "" when nothing is."""
    if talk.state.get("doubted") == [step.ref, step.value] or not step.value:
        return ""
    assert step.question is not None
    columns = step.question.columns
    check = columns.get("bot::check", "")
    if check and not draft.filling.test(check, step.ref):
        told = columns.get("bot::check_message", "")
        sentence, _ = draft.filling.fill(
            told,
            step.ref,
            lambda question, ref, raw: written(draft.filling, question, ref, raw),
        )
        return sentence or talk.text("check-failed", value=show.value(talk, draft, step))
    if step.question.type == "geopoint" and not is_in_country(step.value):
        return talk.text("position-abroad", value=show.value(talk, draft, step))
    if step.question.type == "text" and (_PHONE.search(step.value) or _PUPIL.search(step.value)):
        return talk.text("private-words")
    return ""
