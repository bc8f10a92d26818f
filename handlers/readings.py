"""From what was typed to an answer: read it, ask back when it is unclear, check it, keep it."""

from typing import Any

from bot.campaign import Draft
from bot.chat import Choice, Message
from bot.documents import vietnamese
from bot.forms.filling import Step
from bot.forms.vietnamese_input import Reading, fold
from bot.forms.vietnamese_moments import halves
from bot.forms.vietnamese_positions import is_short_link
from bot.forms.vietnamese_ranks import read_ranking
from handlers import asking, choosing, lists, meanings, show
from handlers.meanings import reading_of, yes_or_no
from handlers.taking import done, forget_file, keep, say_the_same, take
from handlers.talk import Talk, token_of

# reading


def read(talk: Talk, draft: Draft, step: Step, text: str) -> None:
    """Read ``text`` as the answer to ``step``."""
    assert step.question is not None
    kind = step.question.type
    if step.question.out_of_reach:
        asking.ask(talk, draft, step)
    elif kind == "image":
        talk.lead.append(talk.text("photo-wanted"))
        asking.ask(talk, draft, step)
    elif asking.is_file(step):
        talk.lead.append(talk.text(f"file-wanted-{kind}"))
        asking.ask(talk, draft, step)
    elif choosing.is_paged(step):
        lists.read(talk, draft, step, text)
    elif kind == "rank":
        _read_rank(talk, draft, step, text)
    elif kind == "dateTime":
        _read_moment(talk, draft, step, text)
    elif kind in ("text", "barcode") and step.question.columns.get("bot::reads") != "money":
        _read_text(talk, draft, step, text)
    else:
        _act_on(talk, draft, step, reading_of(talk, draft, step, text), text)


def _read_rank(talk: Talk, draft: Draft, step: Step, text: str) -> None:
    """Read an order; say which choices it lacks, or has twice."""
    labels = choosing.labels(step)
    ranking = read_ranking(text, labels)
    reading = meanings.ranked(step, ranking)
    if reading.value or not ranking.order:
        _act_on(talk, draft, step, reading, text)
        return
    if ranking.unread:
        talk.lead.append(talk.text("rank-unread", said=", ".join(ranking.unread)))
    if ranking.twice:
        names = "; ".join(labels[place] for place in ranking.twice)
        talk.lead.append(talk.text("rank-twice", names=names))
    if ranking.missing:
        names = "; ".join(labels[place] for place in ranking.missing)
        talk.lead.append(talk.text("rank-missing", names=names))
    asking.ask(talk, draft, step)


def _read_moment(
    talk: Talk, draft: Draft, step: Step, text: str, known: dict[str, Any] | None = None
) -> None:
    """Read a day with its time; what one reply leaves out the next may say."""
    day, clock = halves(text, meanings.day_of(talk), meanings.day_near(draft))
    if known and not day.value and not day.options and known.get("day"):
        day = Reading(str(known["day"]), sure=True)
    if known and not clock.value and not clock.options and known.get("clock"):
        clock = Reading(str(known["clock"]), sure=True)
    has_day, has_clock = bool(day.value or day.options), bool(clock.value or clock.options)
    if has_day == has_clock:
        said = meanings.joined(talk, day, clock)
        _act_on(talk, draft, step, said, text)
    elif day.value:
        talk.state["ask"] = {"kind": "half", "day": day.value}
        talk.say("moment-needs-time", *_redo(talk, draft, step), day=vietnamese.date(day.value))
    elif clock.value:
        talk.state["ask"] = {"kind": "half", "clock": clock.value}
        talk.say("moment-needs-day", *_redo(talk, draft, step), clock=vietnamese.time(clock.value))
    else:
        _act_on(talk, draft, step, Reading(), text)


def _redo(talk: Talk, draft: Draft, step: Step) -> tuple[Choice]:
    return (talk.choice("button-other", token_of(draft, step, "redo"), way=True),)


def _act_on(talk: Talk, draft: Draft, step: Step, reading: Reading, text: str) -> None:
    if reading.options:
        lists.ask_which(talk, draft, step, reading.options)
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
    if kind == "geopoint" and is_short_link(text):
        return talk.text("position-short-link")
    if kind == "date" and (found := {"month-year", "year"} & set(step.question.appearance.split())):
        kind = found.pop()
    key = f"unread-{kind.replace('_', '-')}"
    said = text if len(text) <= 60 else text[:60] + "…"
    return talk.text(key if key in talk.turn.texts else "unread-text", said=said)


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
    if choosing.is_paged(step):
        asking.show_part(talk, draft, step, order)
        return
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
    elif kind == "ticks" and choosing.is_paged(step):
        lists.read(talk, draft, step, text)
    elif kind == "half":
        talk.state.pop("ask")
        _read_moment(talk, draft, step, text, pending)
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
        say_the_same(talk, draft, step, pending)
    elif kind in ("whether", "conflict"):
        take(talk, draft, step, str(pending["value"]), over=True)
    elif kind in ("keep", "edit"):
        done(talk, draft, step)
    else:
        asking.ask(talk, draft, step)


def _denied(talk: Talk, draft: Draft, step: Step, pending: dict[str, Any]) -> None:
    kind = pending["kind"]
    if kind == "conflict" and asking.is_file(step):
        forget_file(talk, str(pending["value"]))
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
