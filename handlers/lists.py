"""Answering from a long list: turn its pages, search it, take or tick what is found."""

import re
from collections.abc import Sequence
from datetime import date

from bot.campaign import Draft
from bot.chat import Choice
from bot.documents import vietnamese
from bot.forms.filling import Step
from bot.forms.vietnamese_input import fold
from bot.forms.vietnamese_search import search
from handlers import asking, choosing, show
from handlers.taking import take
from handlers.talk import Talk, token_of

_PAGE = re.compile(r"trang(?: so)? (\d{1,3})")
_NUMBER = re.compile(r"(?:so |muc |y )?(\d{1,9})")
_NUMBERS = re.compile(r"\d{1,4}(?:(?:\s*[,;.+&]\s*|\s+|\s+va\s+)\d{1,4})+")
_NONE = ("khong", "khong co", "khong co gi", "khong cai nao", "khong chon", "ko", "ko co")
VERB = re.compile(r"([ps])(\d{1,3})")


def turn_page(talk: Talk, draft: Draft, step: Step, verb: str) -> None:
    """Take a button of the list: ``p2`` is page 2 of all, ``s2`` of what was found last."""
    found = VERB.fullmatch(verb)
    assert found is not None
    kept = talk.state.get("list", {})
    said = str(kept.get("said", "")) if found[1] == "s" and kept.get("ref") == step.ref else ""
    _show(talk, draft, step, int(found[2]), said)


def _show(talk: Talk, draft: Draft, step: Step, page: int, said: str) -> None:
    lead = talk.state.get("list", {}).get("lead", "")
    choosing.turn_to(talk, step, page, said)
    if talk.turn.incoming.pressed:
        talk.state["list"]["lead"] = lead  # said in the message whose place this one takes
    asking.show_part(talk, draft, step, _ticks(talk, step))


def _ticks(talk: Talk, step: Step) -> list[str]:
    pending = talk.state.get("ask", {})
    if pending.get("kind") == "ticks":
        return [str(name) for name in pending["ticks"]]
    return step.value.split() if choosing.takes_ticks(step) else []


def read(talk: Talk, draft: Draft, step: Step, text: str) -> None:
    """Read typed words against a long list: a page, a number as shown last, words of a choice."""
    talk.state.get("list", {}).pop("lead", None)
    said = fold(text)
    if (page := _PAGE.fullmatch(said)) is not None:
        kept = talk.state.get("list", {})
        _show(talk, draft, step, int(page[1]), str(kept.get("said", "")))
    elif choosing.takes_ticks(step):
        _read_several(talk, draft, step, text)
    else:
        _read_one(talk, draft, step, text)


def _read_one(talk: Talk, draft: Draft, step: Step, text: str) -> None:
    places = _meant(talk, step, text)
    if len(places) == 1:
        take(talk, draft, step, step.choices[places[0]].name)
    elif places:
        ask_which(talk, draft, step, [step.choices[place].name for place in places])
    else:
        _show_found(talk, draft, step, text)


def _show_found(talk: Talk, draft: Draft, step: Step, text: str) -> None:
    """Show what a search has come to; a number that is not on the page changes nothing."""
    if _NUMBER.fullmatch(fold(text)):
        page = choosing.page_of(talk, step)
        talk.lead.append(talk.text("list-no-number", said=text, most=str(len(page.places))))
        _show(talk, draft, step, page.number, page.said)
    else:
        _show(talk, draft, step, 1, text.strip()[:60])


def _meant(talk: Talk, step: Step, text: str) -> list[int]:
    """Return the choice that ``text`` names beyond doubt, or the two that a number may be."""
    labels = choosing.labels(step)
    number = _NUMBER.fullmatch(fold(text))
    if number is None:
        found = search(text, labels)
        return [] if found.sure is None else [found.sure]
    shown = choosing.page_of(talk, step).places
    counted = [shown[int(number[1]) - 1]] if 1 <= int(number[1]) <= len(shown) else []
    written = [place for place, label in enumerate(labels) if fold(label) == number[1]]
    return list(dict.fromkeys([*counted, *written]))


def _read_several(talk: Talk, draft: Draft, step: Step, text: str) -> None:
    """Tick what is named; a number that is ticked already is unticked, as its button would do."""
    ticks = _ticks(talk, step)
    if fold(text) in _NONE and not ticks and not step.required:
        draft.filling.skip(step.ref)
        draft.moved()
        talk.lead.append(talk.text("skipped", name=show.name(step)))
        asking.go_on(talk, draft, step.ref)
        return
    unclear = [part for part in _parts(text) if not _tick(talk, step, part, ticks)]
    in_order = [option.name for option in step.choices if option.name in ticks]
    talk.state["ask"] = {"kind": "ticks", "ticks": in_order}
    if len(unclear) == 1:
        _show_found(talk, draft, step, unclear[0])
        return
    if unclear:
        talk.lead.append(talk.text("list-unclear", said="; ".join(unclear)))
    page = choosing.page_of(talk, step)
    _show(talk, draft, step, page.number, page.said)


def _parts(text: str) -> list[str]:
    if _NUMBERS.fullmatch(fold(text)):
        return re.findall(r"\d+", text)
    return [part.strip() for part in re.split(r"[,;\n+&]", text) if part.strip()]


def _tick(talk: Talk, step: Step, part: str, ticks: list[str]) -> bool:
    """Tick what a part of a reply names; False when it is not clear what that is."""
    places = _meant(talk, step, part)
    if len(places) != 1:
        return False
    name = step.choices[places[0]].name
    if name not in ticks:
        ticks.append(name)
    elif _NUMBER.fullmatch(fold(part)):
        ticks.remove(name)
    return True


# which of a few


def ask_which(talk: Talk, draft: Draft, step: Step, options: Sequence[str]) -> None:
    """Ask which of a few answers is meant."""
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
    if step.question is not None and step.question.type == "date" and not _is_long_span(step):
        return f"{shown} ({talk.text(f'weekday-{date.fromisoformat(value).weekday()}')})"
    return shown


def _is_long_span(step: Step) -> bool:
    """Say whether a date stands for its month or year."""
    return step.question is not None and "year" in step.question.appearance
