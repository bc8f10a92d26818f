"""Texts of an XForm: labels written in place, and those kept by language under an id."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final
from xml.etree.ElementTree import Element

from bot.forms.context import Closure
from bot.forms.labels import Media, Message, Piece, Pieces
from bot.forms.tree import Spec

MISSING: Final = "-"
"""What pyxform writes where a translation is missing."""

_MEDIA: Final = frozenset(("image", "big-image", "audio", "video"))

CompileOutput = Callable[[str, Spec], Closure | None]


@lru_cache(4096)
def local(tag: object) -> str:
    """A tag or attribute without its namespace; '' for a comment."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def elements(parent: Element) -> Iterator[Element]:
    """The child elements, without comments."""
    return (child for child in parent if isinstance(child.tag, str))


def attribute(element: Element, name: str) -> str:
    """The attribute of that local name, whatever its namespace."""
    value = element.get(name)
    if value is not None:
        return value
    for key, other in element.items():
        if local(key) == name:
            return other
    return ""


class Texts:
    """All texts of a form."""

    def __init__(self, model: Element, compile_output: CompileOutput) -> None:
        self._compile = compile_output
        self._raw: dict[str, dict[str, Element]] = {}
        self._plain: dict[str, Message] = {}  # what says the same wherever it stands
        self.languages: list[str] = []
        self.default_language = ""
        for itext in elements(model):
            if local(itext.tag) == "itext":
                self._read(itext)
        self.default_language = self.default_language or next(iter(self.languages), "")

    def _read(self, itext: Element) -> None:
        for translation in elements(itext):
            language = translation.get("lang", "")
            self.languages.append(language)
            if translation.get("default"):
                self.default_language = language
            for text in elements(translation):
                self._raw.setdefault(text.get("id", ""), {})[language] = text

    def compiled(self, root: Spec) -> Mapping[str, Message]:
        """All texts by id, for those who ask for them by id while a form is filled."""
        return {key: self.by_id(key, root) for key in self._raw}

    def by_id(self, key: str, home: Spec) -> Message:
        """The text of that id for a label of ``home``; an unknown id has no text."""
        if key in self._plain:
            return self._plain[key]
        message = self._by_id(key, home)
        if len(message.plain) == len(message.pieces):
            self._plain[key] = message
        return message

    def _by_id(self, key: str, home: Spec) -> Message:
        found: dict[str, Pieces] = {}
        media: dict[str, tuple[Media, ...]] = {}
        for language, text in self._raw.get(key, {}).items():
            values = list(elements(text))
            plain = _plain_value(values)
            if plain is not None:
                found[language] = self._pieces(plain, home)
            if files := _media(values):
                media[language] = files
        real = {language: pieces for language, pieces in found.items() if pieces != (MISSING,)}
        return Message(real or found, media)

    def of(self, element: Element | None, home: Spec) -> Message | None:
        """The text of a ``label`` or ``hint`` element."""
        if element is None:
            return None
        ref = element.get("ref", "").strip()
        if ref.startswith("jr:itext("):
            return self.by_id(ref[len("jr:itext(") : -1].strip(" '\""), home)
        return Message({"": self._pieces(element, home)})

    def message(self, text: str, home: Spec) -> Message | None:
        """A constraint or required message: an itext id or the text itself."""
        if not text:
            return None
        if text.strip().startswith("jr:itext("):
            return self.by_id(text.strip()[len("jr:itext(") : -1].strip(" '\""), home)
        return Message({"": (text,)})

    def _pieces(self, element: Element, home: Spec) -> Pieces:
        if not len(element):  # most are
            return (element.text,) if element.text else ()
        pieces: list[Piece] = [element.text or ""]
        for child in elements(element):
            if local(child.tag) == "output":
                source = child.get("value") or child.get("ref") or ""
                output = self._compile(source, home)
                if output is not None:
                    pieces.append(output)
            pieces.append(child.tail or "")
        return tuple(piece for piece in pieces if piece != "")


def _media(values: Iterable[Element]) -> tuple[Media, ...]:
    return tuple(
        Media(kind, value.text.strip().rpartition("/")[2])
        for value in values
        if (kind := value.get("form", "")) in _MEDIA and value.text and value.text.strip()
    )


def _plain_value(values: Iterable[Element]) -> Element | None:
    """The value to read; those for images, sounds and short forms stand beside it."""
    known: dict[str | None, Element] = {}
    for value in values:
        if local(value.tag) == "value":
            known.setdefault(value.get("form"), value)
    return next((known[form] for form in (None, "long", "short") if form in known), None)
