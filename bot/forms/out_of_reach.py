"""What an XLSForm can ask of a phone and a chat cannot give."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from bot.forms.context import LAST_SAVED
from bot.forms.itext import attribute, elements, local

REASONS: Final[Mapping[str, str]] = {
    "geotrace": "a line is to be drawn on a map",
    "geoshape": "an area is to be drawn on a map",
    "signature": "a signature is to be written on the screen",
    "draw": "a picture is to be drawn on the screen",
    "annotate": "a picture is to be drawn upon",
    "app": "another app on the phone is to answer it",
    "search": "its choices come from search(), which only ODK Collect has; use a choice_filter",
    "recording": "sound is to be recorded in the background",
    "place": "the place is to be recorded in the background",
    "audit": "the phone is to keep a log of every step",
    "entities": "entities are to be made; the answers are kept, but no entity is made",
    "last-saved": "answers of the last form are to be read; they are taken as empty",
    "encryption": "answers are to be encrypted; here they are kept readable, as all reports",
}
"""Why, by a key that stays the same. The words are for the author of the form."""
_DRAWN: Final = ("signature", "draw", "annotate")
_ACTIONS: Final = {"recordaudio": "recording", "setgeopoint": "place"}
_MAPPED: Final = ("geotrace", "geoshape")


@dataclass(frozen=True, slots=True)
class OutOfReach:
    """One thing that the form wants and does not get."""

    path: str  # of the question; of the form's root when it is about all of it
    name: str  # of the question; "" when it is about the form
    reason: str  # a key of REASONS


def of_question(element: Element, type_of_bind: str) -> str:
    """Why the question cannot be asked in chat, as a key of ``REASONS``; "" when it can."""
    appearance = attribute(element, "appearance").strip()
    words = appearance.lower().split()
    if type_of_bind in _MAPPED:
        return type_of_bind
    if local(element.tag) == "upload":
        drawn = next((word for word in _DRAWN if word in words), "")
        if drawn:
            return drawn
    if type_of_bind == "intent" or any(word.startswith("ex:") for word in words):
        return "app"
    return "search" if appearance.lower().startswith("search(") else ""


def of_form(html: Element, model: Element) -> Iterator[tuple[str, str]]:
    """Ref ("" for the form itself) and reason of all that is no question."""
    for element in html.iter():
        name = local(element.tag)
        if name in _ACTIONS:
            yield attribute(element, "ref"), _ACTIONS[name]
        elif name == "submission" and attribute(element, "base64RsaPublicKey"):
            yield "", "encryption"
        elif name == "entity":
            yield "", "entities"
    yield from _of_model(model)


def _of_model(model: Element) -> Iterator[tuple[str, str]]:
    for element in elements(model):
        if local(element.tag) == "instance" and element.get("id") == LAST_SAVED:
            yield "", "last-saved"
        elif local(element.tag) == "bind" and attribute(element, "nodeset").endswith("/meta/audit"):
            yield attribute(element, "nodeset"), "audit"
