"""The pages that people see: templates/web, the bot's sentences, and one version for all assets."""

import gzip
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.texts import Texts

FOLDER = Path(__file__).parent.parent.parent / "templates" / "web"

_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}

# What the chat's script says; {name} is filled in by the script.
_SPOKEN = {
    "web-connecting": (),
    "web-online": (),
    "web-offline": (),
    "web-reconnecting": ("seconds",),
    "web-replying": (),
    "web-sending": (),
    "web-sent": (),
    "web-unsent": (),
    "web-send-again": (),
    "web-refused": (),
    "web-today": (),
    "web-yesterday": (),
    "web-you": (),
    "web-bot": (),
    "web-choices": (),
    "web-choices-again": (),
    "web-chosen": ("label",),
    "web-pressed-unknown": (),
    "web-came-by-link": (),
    "web-new-messages": ("count",),
    "web-photo-gone": (),
    "web-photo-bigger": (),
    "web-photos-sending": ("done", "all"),
    "web-upload-waiting": (),
    "web-upload-too-big": ("limit",),
    "web-upload-too-many": ("most",),
    "web-upload-quota": (),
    "web-upload-remove": (),
    "web-download": (),
    "web-no-storage": (),
}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that a page needs, as it is and as it goes over a weak network."""

    content: bytes
    zipped: bytes
    mime: str


_FIRST_SCHOOLS = 5  # that are shown at once; the others unfold


@dataclass(frozen=True, slots=True)
class DemoSchool:
    """A school whose teacher a visitor of the demonstration may play."""

    name: str
    link: str


@dataclass(frozen=True, slots=True)
class Demo:
    """Whom a visitor of the demonstration may play."""

    campaign: str
    officer_link: str
    schools: Sequence[DemoSchool]


class Pages:
    """Writes pages. Read once at the start: an edited template shows after a restart."""

    def __init__(
        self,
        say: Texts,
        timezone: ZoneInfo,
        *,
        commands: Sequence[str] = (),
        limit: int = 20_000_000,
    ) -> None:
        """``commands``: words of the menu, without accents; ``limit``: bytes of an upload."""
        self._say = say
        self._commands = commands
        self._timezone = timezone
        self._limit = limit
        self.assets = {
            path.name: _asset(path) for path in sorted(FOLDER.iterdir()) if path.suffix in _TYPES
        }
        contents = b"".join(asset.content for asset in self.assets.values())
        self.version = hashlib.sha256(contents).hexdigest()[:12]
        self._templates = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def chat(self, talk: str, start: str) -> str:
        """Return the chat page for the talk of that name, opened with an invitation or without."""
        spoken = {key: self._spoken(key, names) for key, names in _SPOKEN.items()}
        return self._render(
            "chat.html",
            talk=talk,
            start=start,
            spoken=spoken,
            commands=[self._written(command) for command in self._commands],
            timezone=str(self._timezone),
            limit=self._limit,
        )

    def demo(self, demo: Demo) -> str:
        """Return the page on which a visitor of the demonstration chooses whom to play."""
        return self._render("demo.html", demo=demo, first=_FIRST_SCHOOLS)

    def notice(self, key: str) -> str:
        """Return a page that says why there is nothing here, and where to go."""
        return self._render("notice.html", title=self._say(f"{key}-title"), text=self._say(key))

    def _written(self, command: str) -> str:
        key = f"web-say-{command.replace(' ', '-')}"
        return self._say(key) if key in self._say else command

    def _spoken(self, key: str, names: tuple[str, ...]) -> str:
        return self._say(key, **{name: f"{{{name}}}" for name in names})

    def _render(self, template: str, **values: object) -> str:
        return self._templates.get_template(template).render(
            say=self._say,
            language=self._say.language,
            static=f"/static/{self.version}",
            **values,
        )


def _asset(path: Path) -> Asset:
    content = path.read_bytes()
    return Asset(content, gzip.compress(content, 9, mtime=0), _TYPES[path.suffix])
