"""The bot's own sentences, by language: templates/texts/<language>.ftl (Project Fluent)."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from fluent.syntax import FluentParser, ast

FOLDER = Path(__file__).parent.parent / "templates" / "texts"

_KEY = re.compile(r"^([A-Za-z][\w-]*) *=", re.MULTILINE)


class Texts:
    """All sentences of one language. Call it with a key and what fills the sentence.

    Of Fluent they need words and gaps only: its runtime, which can also count and write dates,
    brings Babel along. A sentence is parsed when it is first said: a thousand take a while.
    """

    def __init__(self, language: str, source: str) -> None:
        self.language = language
        source = unicodedata.normalize("NFC", source)
        found = list(_KEY.finditer(source))
        ends = [match.start() for match in found[1:]] + [len(source)]
        self._written = {
            match[1]: source[match.start() : end] for match, end in zip(found, ends, strict=True)
        }
        self._frames: dict[str, str] = {}  # key -> the sentence, as str.format takes it

    def __call__(self, key: str, **arguments: object) -> str:
        """Return the sentence ``key``. Numbers are written as given: pass text for 1.500.000.

        Raises:
            KeyError: there is no such sentence, or it needs an argument that was not given.
        """
        frame = self._frames.get(key)
        if frame is None:
            frame = self._frames[key] = _frame(key, self._written[key])
        try:
            return frame.format_map(arguments)
        except KeyError as error:
            raise KeyError(f"{key}: {error.args[0]}") from None

    def __contains__(self, key: str) -> bool:
        return key in self._written


def _frame(key: str, source: str) -> str:
    message = FluentParser().parse_entry(source)
    if not isinstance(message, ast.Message) or message.value is None:
        raise KeyError(key)
    return "".join(_framed(key, element) for element in message.value.elements)


def _framed(key: str, element: ast.TextElement | ast.Placeable) -> str:
    """Return words or a gap, which is all that our sentences have, as str.format takes it."""
    if isinstance(element, ast.TextElement):
        words = element.value
    elif isinstance(element.expression, ast.StringLiteral):
        words = element.expression.parse()["value"]
    elif isinstance(element.expression, ast.VariableReference):
        return f"{{{element.expression.id.name}}}"
    else:
        raise KeyError(f"{key}: {type(element.expression).__name__} is not understood here")
    return words.replace("{", "{{").replace("}", "}}")


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
