"""How the choices of a question are shown: a few as buttons, more as a list, many as pages."""

from dataclasses import dataclass

from bot.forms.filling import Option, Step
from bot.forms.vietnamese_search import search
from handlers.talk import Talk

MOST_BUTTONS = 8
MOST_LISTED = 20
PAGE = 10
_SELECTS = ("select_one", "select_multiple")


@dataclass(frozen=True, slots=True)
class Page:
    """The part of a long list that is shown; a typed number counts its places from 1."""

    places: tuple[int, ...]  # of the choices, counted from 0
    number: int
    pages: int
    count: int  # of the whole list, or of what was found
    said: str = ""  # what was searched for
    near: bool = False  # nothing was found; these are the nearest


def is_paged(step: Step) -> bool:
    """Say whether the choices are too many for one message."""
    return len(step.choices) > MOST_LISTED and _kind(step) in _SELECTS


def is_listed(step: Step) -> bool:
    """Say whether the choices are numbered lines, to be typed."""
    return bool(step.choices) and not is_paged(step) and not has_buttons(step)


def has_buttons(step: Step) -> bool:
    """Say whether all choices are buttons: a few, or those that may be ticked one by one."""
    most = MOST_LISTED if _kind(step) == "select_multiple" else MOST_BUTTONS
    return 0 < len(step.choices) <= most and _kind(step) in _SELECTS


def takes_ticks(step: Step) -> bool:
    """Say whether the choices of a question are boxes to tick."""
    return _kind(step) == "select_multiple" and (has_buttons(step) or is_paged(step))


def _kind(step: Step) -> str:
    return step.question.type if step.question is not None else ""


def label(option: Option) -> str:
    """Return what a choice is called; one that is a picture only goes by its name."""
    return option.label or option.name


def labels(step: Step) -> list[str]:
    """Return what the choices of a question are called."""
    return [label(option) for option in step.choices]


def begin(talk: Talk, step: Step) -> None:
    """Show a long list from its beginning."""
    if is_paged(step):
        talk.state["list"] = {"ref": step.ref, "said": "", "page": 1}
    else:
        talk.state.pop("list", None)


def turn_to(talk: Talk, step: Step, page: int, said: str = "") -> None:
    """Show another page of a long list, or of what was found in it."""
    talk.state["list"] = {"ref": step.ref, "said": said, "page": page}


def page_of(talk: Talk, step: Step) -> Page:
    """Return what is shown now of a long list; numbers mean what was shown last."""
    kept = talk.state.get("list", {})
    said = str(kept.get("said", "")) if kept.get("ref") == step.ref else ""
    wanted = int(kept.get("page", 1)) if kept.get("ref") == step.ref else 1
    near = False
    places: tuple[int, ...] = tuple(range(len(step.choices)))
    if said:
        found = search(said, labels(step))
        near = not found.matches
        places = found.matches or found.nearest
    pages = max(1, -(-len(places) // PAGE))
    number = min(max(wanted, 1), pages)
    shown = places[(number - 1) * PAGE : number * PAGE]
    return Page(shown, number, pages, len(places), said, near)


def shown_places(talk: Talk, step: Step) -> tuple[int, ...]:
    """Return the choices that have a button now."""
    if is_paged(step):
        return page_of(talk, step).places
    return tuple(range(len(step.choices))) if has_buttons(step) else ()


def heading(talk: Talk, page: Page) -> str:
    """Say which part of a long list this is, and how to find what is not on it."""
    if page.said and not page.places:
        return talk.text("list-nothing", said=page.said)
    if page.near:
        return talk.text("list-nearest", said=page.said)
    turn = talk.text("list-page", page=str(page.number), pages=str(page.pages))
    key = "list-found" if page.said else "list-whole"
    found = talk.text(key, said=page.said, count=str(page.count))
    return f"{found} {turn}" if page.pages > 1 else found
