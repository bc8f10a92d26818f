"""From what was typed to an answer: read it, ask back when it is unclear, check it, keep it."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.campaign import Draft, is_photo_repeat
from bot.chat import Choice, Message
from bot.documents import vietnamese
from bot.documents.outline_text import written
from bot.errors import AnswerError
from bot.forms import vietnamese_input as typed
from bot.forms.filling import Step
from bot.forms.vietnamese_input import Reading, fold
from handlers import asking, show
from handlers.talk import Talk, token_of

_PHONE = re.compile(r"(?<!\d)(?:0|\+84)[ .]?\d(?:[ .]?\d){8}(?!\d)|(?<!\d)\d{12}(?!\d)")
_SEEN = "OK"  # as XForms keep it
_SEEN_SAID = ("dung da xem", "da xem", "xem roi", "da xem roi", "xac nhan")
_WORD = re.compile(r"[^\W\d_]{2,}")
_PUPIL = re.compile(
    r"\b(?:em|hs|học sinh|cháu|bé)\s+(?:[A-ZÀ-Ỹ][a-zà-ỹ]+\s+){2,}.{0,20}\b(?:lớp|khối)\s*\d",
    re.UNICODE,
)


def yes_or_no(text: str, more: Sequence[str], enough: Sequence[str]) -> bool | None:
    """Read "Thêm" or "Đủ rồi", and plain yes and no."""
    said = fold(text)
    if said in more:
        return True
    if said in enough:
        return False
    reading = typed.read_yes_no(text)
    return reading.value == "yes" if reading.value and reading.sure else None


# reading


def acknowledge(talk: Talk, draft: Draft, step: Step) -> None:
    """Take the one answer that there is to something that was shown."""
    take(talk, draft, step, _SEEN)


def read(talk: Talk, draft: Draft, step: Step, text: str) -> None:
    """Read ``text`` as the answer to ``step``."""
    assert step.question is not None
    kind = step.question.type
    if kind in ("image", "file", "audio", "video"):
        talk.lead.append(talk.text("photo-wanted" if kind == "image" else "file-wanted"))
        asking.ask(talk, draft, step)
    elif kind == "text" and step.question.columns.get("bot::reads") != "money":
        _read_text(talk, draft, step, text)
    else:
        _act_on(talk, draft, step, reading_of(talk, draft, step, text), text)


def reading_of(talk: Talk, draft: Draft, step: Step, text: str) -> Reading:
    """Return what ``text`` means as an answer to ``step``, in canonical form."""
    assert step.question is not None
    kind, unit = step.question.type, step.question.columns.get("report::unit", "")
    if step.question.columns.get("bot::reads") == "money":
        return typed.read_money(text)
    if kind in ("integer", "range"):
        return typed.read_integer(text, unit)
    if kind == "decimal":
        return typed.read_decimal(text, unit)
    if kind == "geopoint":
        return typed.read_place(text)
    if kind in ("date", "time", "dateTime"):
        return _when(talk, draft, kind, text)
    if kind == "select_one":
        return _named(step, typed.read_choice(text, [option.label for option in step.choices]))
    if kind in ("select_multiple", "rank"):
        return _named(step, typed.read_choices(text, [option.label for option in step.choices]))
    return _seen(text) if kind == "acknowledge" else Reading(text.strip(), True, ())


def _seen(text: str) -> Reading:
    yes = yes_or_no(text, more=_SEEN_SAID, enough=())
    return Reading(_SEEN if yes else "", yes is not None, ())


def _when(talk: Talk, draft: Draft, kind: str, text: str) -> Reading:
    zone = talk.deeds.timezone
    today = talk.turn.now.astimezone(zone).date()
    if kind == "time":
        return typed.read_time(text)
    if kind == "date":
        return typed.read_date(text, today, _near(draft))
    return typed.read_moment(text, today, zone, _near(draft))


def take_location(talk: Talk, draft: Draft, step: Step, location: str) -> None:
    """Take the place that somebody has sent by the channel's own means: "lat lon"."""
    place = typed.read_place(location).value
    if place:
        take(talk, draft, step, place)
    else:
        talk.lead.append(talk.text("unread-geopoint", said=location))
        asking.ask(talk, draft, step)


def _near(draft: Draft) -> date:
    """Return a day near which the dates of this campaign lie: what an unnamed year means."""
    return draft.report.campaign.opened_at.date()


def _named(step: Step, reading: Reading) -> Reading:
    """Turn indexes of choices into their names."""

    def names(indexes: str) -> str:
        return " ".join(step.choices[int(index)].name for index in indexes.split())

    return Reading(names(reading.value), reading.sure, tuple(map(names, reading.options)))


def _act_on(talk: Talk, draft: Draft, step: Step, reading: Reading, text: str) -> None:
    if reading.options:
        _ask_which(talk, draft, step, reading.options)
    elif reading.value == "" and reading.sure and not step.required:
        _none_of_them(talk, draft, step)
    elif reading.value == "":
        talk.lead.append(_what_to_send(talk, step, text))
        asking.ask(talk, draft, step)
    elif not reading.sure:
        _ask_whether(talk, draft, step, reading.value)
    else:
        take(talk, draft, step, reading.value)


def _none_of_them(talk: Talk, draft: Draft, step: Step) -> None:
    """Take "không cái nào" for choices of which none need be chosen."""
    draft.filling.skip(step.ref)
    draft.moved()
    talk.lead.append(talk.text("skipped", name=show.name(step)))
    asking.go_on(talk, draft, step.ref)


def _what_to_send(talk: Talk, step: Step, text: str) -> str:
    assert step.question is not None
    kind = step.question.type
    if step.question.columns.get("bot::reads") == "money":
        kind = "money"
    key = f"unread-{kind.replace('_', '-')}"
    said = text if len(text) <= 60 else text[:60] + "…"
    return talk.text(key if key in talk.turn.texts else "unread-text", said=said)


def _ask_which(talk: Talk, draft: Draft, step: Step, options: tuple[str, ...]) -> None:
    talk.state["ask"] = {"kind": "which", "options": list(options)}
    choices = [
        Choice(_long(talk, draft, step, option), token_of(draft, step, f"o{index}"))
        for index, option in enumerate(options)
    ]
    again = talk.choice("button-other", token_of(draft, step, "redo"), way=True)
    talk.say("which", *choices, again, name=show.name(step))


def _long(talk: Talk, draft: Draft, step: Step, value: str) -> str:
    """Return a value with its words beside it: ``1.500 (một nghìn năm trăm)``."""
    shown = show.value(talk, draft, step, value)
    if step.question is not None and step.question.type in ("integer", "decimal"):
        return f"{shown} ({vietnamese.in_words(value)})"
    if step.question is not None and step.question.type == "date":
        return f"{shown} ({talk.text(f'weekday-{date.fromisoformat(value).weekday()}')})"
    return shown


def _ask_whether(talk: Talk, draft: Draft, step: Step, value: str) -> None:
    talk.state["ask"] = {"kind": "whether", "value": value}
    talk.say(
        "whether",
        talk.choice("button-right", token_of(draft, step, "yes")),
        talk.choice("button-wrong", token_of(draft, step, "redo")),
        name=show.name(step),
        value=show.value(talk, draft, step, value),
    )


# long text


def _read_text(talk: Talk, draft: Draft, step: Step, text: str) -> None:
    assert step.question is not None
    text = vietnamese.clean(text)
    if "multiline" not in step.question.appearance:
        take(talk, draft, step, text)
    elif keep(talk, draft, step, text):
        _offer_more(talk, draft, step)


def _add_text(talk: Talk, draft: Draft, step: Step, text: str) -> None:
    if keep(talk, draft, step, f"{step.value}\n{vietnamese.clean(text)}".strip()):
        _offer_more(talk, draft, step)


def _offer_more(talk: Talk, draft: Draft, step: Step) -> None:
    step = draft.filling.step(step.ref)
    talk.state["ask"] = {"kind": "adding"}
    talk.say(
        "text-so-far",
        talk.choice("button-done", token_of(draft, step, "done")),
        talk.choice("button-rewrite", token_of(draft, step, "rewrite"), way=True),
        name=show.name(step),
        value=step.value,
    )


# ticking several


def tick(talk: Talk, draft: Draft, step: Step, name: str) -> None:
    """Tick or untick one of several choices; "Xong" takes them."""
    pending = talk.state.get("ask", {})
    if pending.get("kind") != "ticks":
        asking.ask(talk, draft, step)
        return
    ticked = {*pending["ticks"]} ^ {name}
    order = [option.name for option in step.choices if option.name in ticked]
    talk.state["ask"] = {**pending, "ticks": order}
    talk.turn.said.append(
        Message(
            pending["text"],
            tuple(asking.choices_of(talk, draft, step, order)),
            strong=step.label,
            replaces=talk.turn.incoming.pressed,
            multiple=True,
        )
    )


# settling what was asked back


def settle(talk: Talk, draft: Draft, step: Step, text: str) -> None:
    """Read typed words while a question about the answer is open."""
    pending = talk.state["ask"]
    kind = pending["kind"]
    said = fold(text)
    if kind == "adding":
        if said in ("xong", "het", "het roi", "xong roi", "done"):
            press(talk, draft, step, "done")
        elif said in ("viet lai",):
            press(talk, draft, step, "rewrite")
        else:
            _add_text(talk, draft, step, text)
    elif kind == "ticks" and said in ("xong", "xong roi"):
        press(talk, draft, step, "done")
    elif kind in ("whether", "keep", "conflict", "edit", "same"):
        _settle_yes_no(talk, draft, step, text)
    else:
        talk.state.pop("ask")
        read(talk, draft, step, text)


def _settle_yes_no(talk: Talk, draft: Draft, step: Step, text: str) -> None:
    sure = yes_or_no(text, more=("giu nguyen",), enough=("doi",))
    if sure is None:
        talk.state.pop("ask")
        read(talk, draft, step, text)
    else:
        press(talk, draft, step, "yes" if sure else "redo")


def press(talk: Talk, draft: Draft, step: Step, verb: str) -> None:
    """Take a button that settles what was asked about an answer."""
    pending = talk.state.pop("ask", None)
    if pending is None:
        asking.ask(talk, draft, step)
        return
    kind = pending["kind"]
    if verb == "done" and kind == "adding":
        done(talk, draft, step, echo=False)
    elif verb == "done" and kind == "ticks":
        _take_ticks(talk, draft, step, pending)
    elif verb == "rewrite":
        draft.filling.answer(step.ref, "") if not step.required else None
        talk.lead.append(talk.text("rewrite"))
        asking.ask(talk, draft, step)
    elif verb.startswith("o") and kind == "which" and int(verb[1:]) < len(pending["options"]):
        take(talk, draft, step, pending["options"][int(verb[1:])])
    elif verb == "yes":
        _confirmed(talk, draft, step, pending)
    else:
        _denied(talk, draft, step, pending)


def _take_ticks(talk: Talk, draft: Draft, step: Step, pending: dict[str, Any]) -> None:
    if pending["ticks"]:
        take(talk, draft, step, " ".join(pending["ticks"]))
    else:
        talk.lead.append(talk.text("none-ticked"))
        asking.ask(talk, draft, step)


def _confirmed(talk: Talk, draft: Draft, step: Step, pending: dict[str, Any]) -> None:
    kind = pending["kind"]
    if kind == "same":
        _say_the_same(talk, draft, step, pending)
    elif kind in ("whether", "conflict"):
        take(talk, draft, step, str(pending["value"]), over=True)
    elif kind in ("keep", "edit"):
        done(talk, draft, step)
    else:
        asking.ask(talk, draft, step)


def _denied(talk: Talk, draft: Draft, step: Step, pending: dict[str, Any]) -> None:
    kind = pending["kind"]
    if kind in ("conflict", "same"):
        asking.go_on(talk, draft, step.ref)
    elif kind == "edit":
        draft.filling.answer(step.ref, str(pending["old"]))
        draft.touch(step.ref, talk.turn.person, talk.turn.now)
        talk.lead.append(talk.text("edit-undone", name=show.name(step)))
        asking.go_on(talk, draft)
    else:
        talk.lead.append(talk.text("say-again"))
        asking.ask(talk, draft, step)


# taking


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
        talk.lead.append(str(refusal) or talk.text("refused"))
        asking.ask(talk, draft, step)
        return False
    draft.touch(step.ref, talk.turn.person, talk.turn.now)
    assert step.question is not None
    talk.deeds.remember_profile(talk.turn.store, draft, step.question, value)
    if step.value and step.value != value and changed:
        talk.state["changed"] = list(changed)
    return True


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


def _say_the_same(talk: Talk, draft: Draft, step: Step, pending: dict[str, Any]) -> None:
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
    if step.question.type == "text" and (_PHONE.search(step.value) or _PUPIL.search(step.value)):
        return talk.text("private-words")
    return ""
