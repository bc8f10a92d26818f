"""The pages that people see: templates/web, the bot's sentences, and one version for all assets."""

import gzip
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.campaign import read_code, show_code
from bot.chat import Address, Way
from bot.texts import Texts, channel_name

if TYPE_CHECKING:
    from jinja2 import Environment

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

# What the script of the upload page says.
_SPOKEN_UPLOADING = {
    "web-gui-waiting": (),
    "web-gui-sending": (),
    "web-gui-again": (),
    "web-gui-received": (),
    "web-gui-refused": (),
    "web-gui-done": ("count", "app"),
    "web-upload-too-big": ("limit",),
    "web-upload-too-many": ("most",),
    "web-upload-quota": (),
    "web-upload-old": (),
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
        office_commands: Sequence[str] = (),
        limit: int = 20_000_000,
        ways: Callable[[], Sequence[Way]] = tuple,
    ) -> None:
        """``commands``: words of the menu, without accents, for schools and for offices.

        ``limit``: bytes of an upload.

        ``ways``: the other ways to the bot, as they are known now.
        """
        self._ways = ways
        self._say = say
        self._commands = {False: commands, True: office_commands}
        self._timezone = timezone
        self._limit = limit
        self.assets = {
            path.name: _asset(path) for path in sorted(FOLDER.iterdir()) if path.suffix in _TYPES
        }
        contents = b"".join(asset.content for asset in self.assets.values())
        self.version = hashlib.sha256(contents).hexdigest()[:12]

    def chat(self, talk: str, start: str, office: bool) -> str:
        """Return the chat page for the talk of that name, opened with an invitation or without."""
        spoken = {key: self._spoken(key, names) for key, names in _SPOKEN.items()}
        return self._render(
            "chat.html",
            talk=talk,
            start=start,
            spoken=spoken,
            commands=[self._written(command) for command in self._commands[office]],
            timezone=str(self._timezone),
            limit=self._limit,
            elsewhere=self._elsewhere(start),
        )

    def _elsewhere(self, start: str) -> list[dict[str, str]]:
        """Return the other ways in by an invitation: where, and what to type there."""
        code = read_code(start) if start else None
        return [
            {
                "name": way.name,
                "link": way.link(code),
                "type": "" if way.brings_code else f"BATDAU {show_code(code)}",
            }
            for way in (self._ways() if code else ())
            if code
        ]

    def upload(self, path: str, address: Address, received: int) -> str:
        """Return the page that takes files for a chat of another channel.

        ``received``: so many files have just come by the form of this page.
        """
        spoken = {key: self._spoken(key, names) for key, names in _SPOKEN_UPLOADING.items()}
        talk = hashlib.sha256(f"{address.channel}:{address.id}".encode()).hexdigest()[:12]
        app = channel_name(self._say, address.channel)
        return self._render(
            "upload.html",
            path=path,
            app=app,
            done=self._say("web-gui-done", count=received, app=app) if received else "",
            given={"path": path, "talk": talk, "say": spoken, "app": app, "limit": self._limit},
        )

    def demo(self, demo: Demo) -> str:
        """Return the page on which a visitor of the demonstration chooses whom to play."""
        return self._render("demo.html", demo=demo, first=_FIRST_SCHOOLS)

    def notice(self, key: str, *, home: bool = True) -> str:
        """Return a page that says why there is nothing here, and where to go.

        ``home``: to the chat of this site; else the text says it.
        """
        title, text = self._say(f"{key}-title"), self._say(key)
        return self._render("notice.html", title=title, text=text, home=home)

    def _written(self, command: str) -> str:
        key = f"web-say-{command.replace(' ', '-')}"
        return self._say(key) if key in self._say else command

    def _spoken(self, key: str, names: tuple[str, ...]) -> str:
        return self._say(key, **{name: f"{{{name}}}" for name in names})

    def _render(self, template: str, **values: object) -> str:
        return (
            _templates()
            .get_template(template)
            .render(
                say=self._say,
                language=self._say.language,
                static=f"/static/{self.version}",
                **values,
            )
        )


@cache
def _templates() -> "Environment":
    # With the first page: on a messenger alone there may never be one.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415

    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _asset(path: Path) -> Asset:
    content = path.read_bytes()
    return Asset(content, gzip.compress(content, 9, mtime=0), _TYPES[path.suffix])
