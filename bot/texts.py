"""The bot's own sentences, by language: templates/texts/<language>.ftl (Project Fluent)."""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import NeverIsolatingPlaceable, Pattern, Placeable, VariableReference

FOLDER = Path(__file__).parent.parent / "templates" / "texts"


class Texts:
    """All sentences of one language. Call it with a key and what fills the sentence."""

    def __init__(self, language: str, source: str) -> None:
        self.language = language
        self._bundle = FluentBundle([language], use_isolating=False)
        self._bundle.add_resource(FluentResource(unicodedata.normalize("NFC", source)))
        self._frames: dict[str, str] = {}  # key -> the sentence, as str.format takes it

    def __call__(self, key: str, **arguments: object) -> str:
        """Return the sentence ``key``. Numbers are written as given: pass text for 1.500.000.

        Raises:
            KeyError: there is no such sentence, or it needs an argument that was not given.
        """
        frame = self._frames.get(key)
        if frame is None:
            frame = self._frames[key] = self._frame(key)
        try:
            return frame.format_map(arguments)
        except KeyError as error:
            raise KeyError(f"{key}: {error.args[0]}") from None

    def __contains__(self, key: str) -> bool:
        return bool(self._bundle.has_message(key))

    def _frame(self, key: str) -> str:
        """Take a sentence apart once: to let Fluent fill it takes ten times as long."""
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise KeyError(key)
        parts = pattern.elements if isinstance(pattern, Pattern) else [pattern]
        return "".join(map(_framed, parts))


def _framed(part: Any) -> str:
    """Return a text or a gap, which is all that our sentences have, as str.format takes it."""
    if isinstance(part, Placeable | NeverIsolatingPlaceable):
        assert isinstance(part.expression, VariableReference), "a sentence has texts and gaps only"
        return f"{{{part.expression.id.name}}}"
    return str(part(None)).replace("{", "{{").replace("}", "}}")


@cache
def texts(language: str) -> Texts:
    """Return the sentences of ``language`` ("vi", "en"), or Vietnamese for an unknown one."""
    path = FOLDER / f"{language}.ftl"
    if not path.is_file():
        path = FOLDER / "vi.ftl"
    return Texts(path.stem, path.read_text(encoding="utf-8"))


def channel_name(say: Texts, channel: str) -> str:
    """Return what people call a channel, by its Channel.name: "Zalo", whichever product it is."""
    keys = (f"app-{channel}", f"channel-{channel}", "channel-other")
    return say(next(key for key in keys if key in say))
