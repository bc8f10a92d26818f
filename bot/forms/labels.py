"""What a form says to people: texts in several languages, with answers in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.forms.coercions import to_text
from bot.forms.context import Closure, Context

Piece = str | Closure
Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Media:
    """A file that belongs to a label: shown, or played, beside it."""

    kind: str  # image, big-image, audio, video
    name: str  # of the file, as the form's author gave it


@dataclass(slots=True)
class Message:
    """One text: in each language some pieces, of which some are computed."""

    pieces: Mapping[str, Pieces] = field(default_factory=dict)  # "" for all languages
    media: Mapping[str, tuple[Media, ...]] = field(default_factory=dict)  # by language
    plain: dict[str, str] = field(default_factory=dict)  # where nothing is computed

    def __post_init__(self) -> None:
        for language, pieces in self.pieces.items():
            if all(isinstance(piece, str) for piece in pieces):
                self.plain[language] = "".join(map(str, pieces)).strip()

    def say(self, context: Context, language: str, fallback: str) -> str:
        """The text in ``language``; where it has none, in the form's own language."""
        for wanted in (language, fallback, ""):
            plain = self.plain.get(wanted)
            if plain is not None:
                return plain
            pieces = self.pieces.get(wanted)
            if pieces is not None:
                return joined(pieces, context)
        return self._any(context)

    def files(self, language: str, fallback: str) -> tuple[Media, ...]:
        """The media beside the text, in ``language`` or else in the form's own."""
        return self.media.get(language) or self.media.get(fallback) or ()

    def _any(self, context: Context) -> str:
        for pieces in self.pieces.values():
            return joined(pieces, context)
        return ""


def joined(pieces: Pieces, context: Context) -> str:
    """The pieces with their answers filled in."""
    texts = [piece if isinstance(piece, str) else to_text(piece(context)) for piece in pieces]
    return "".join(texts).strip()


def pick_language(wanted: str, languages: Sequence[str], default: str) -> str:
    """The form's name for the language ``wanted``: by the code in brackets, then by name."""
    low = wanted.strip().casefold()
    if low:
        for name in languages:
            code = name.rpartition("(")[2].rstrip(") ").casefold() if "(" in name else ""
            if low == code:
                return name
        for name in languages:
            if low == name.casefold() or low == name.partition("(")[0].strip().casefold():
                return name
    return default
