"""The bot's own sentences, by language: templates/texts/<language>.ftl (Project Fluent)."""

import unicodedata
from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

FOLDER = Path(__file__).parent.parent / "templates" / "texts"

_LONG = 2_000  # characters; Fluent refuses arguments of more than 2,500, so these go in afterwards
_MARK = "\ue000"  # of the private use area: in no sentence and in no answer


class Texts:
    """All sentences of one language. Call it with a key and what fills the sentence."""

    def __init__(self, language: str, source: str) -> None:
        self.language = language
        self._bundle = FluentBundle([language], use_isolating=False)
        self._bundle.add_resource(FluentResource(unicodedata.normalize("NFC", source)))

    def __call__(self, key: str, **arguments: object) -> str:
        """Return the sentence ``key``. Numbers are written as given: pass text for 1.500.000.

        Raises:
            KeyError: there is no such sentence, or it needs an argument that was not given.
        """
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise KeyError(key)
        filled = {name: str(value) for name, value in arguments.items()}
        long = {name: value for name, value in filled.items() if len(value) > _LONG}
        filled.update({name: f"{_MARK}{name}{_MARK}" for name in long})
        text, errors = self._bundle.format_pattern(pattern, filled)
        if errors:
            raise KeyError(f"{key}: {errors[0]}")
        said = str(text)
        for name, value in long.items():
            said = said.replace(f"{_MARK}{name}{_MARK}", value)
        return said

    def __contains__(self, key: str) -> bool:
        return bool(self._bundle.has_message(key))


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
