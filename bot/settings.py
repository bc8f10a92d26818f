"""What an operator may set. The docstring under a field is its help text.

Forty lines of text need no pydantic, which took a tenth of a start and of the memory.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Read once, by the command line, and handed down piece by piece."""

    database_url: str = field(default="sqlite+aiosqlite:///data/bot.db", repr=False)
    """SQLAlchemy async URL; ``postgresql+asyncpg://...`` past one machine."""

    files_url: str = "data/files"
    """Where photos and documents are kept: a folder."""

    public_url: str = ""
    """Address at which people's browsers reach this bot; empty: http:// and BOT_LISTEN."""

    listen: str = "127.0.0.1:8080"
    """host:port of the web server (web chat, webhooks, health)."""

    secret_key: str = field(default="", repr=False)
    """Signs personal links; empty: made once and kept in the database."""

    timezone: ZoneInfo = _VIETNAM
    """Whose midnight ends a deadline."""

    quiet_hours: str = "20:00-06:30"
    """From when until when nobody is reminded; equal hours: never quiet."""

    retention_days: int = 90
    """Drafts and photos of a person who has said nothing for so many days are deleted."""

    telegram_token: str = field(default="", repr=False)
    """From @BotFather. Empty: the bot is not on Telegram."""

    telegram_api_url: str = "https://api.telegram.org"
    """Bot API server: calls go to ``<url>/bot<token>/...``, downloads to ``<url>/file/bot...``."""

    telegram_mode: str = "polling"
    """``polling`` or ``webhook`` (then BOT_PUBLIC_URL must be https)."""

    telegram_webhook_secret: str = field(default="", repr=False)
    """1-256 of A-Z a-z 0-9 _ -; required for the webhook."""

    telegram_rate: float = 30.0
    """Most messages a second to all chats together."""

    zalo_bot_token: str = field(default="", repr=False)
    """From Zalo Bot Creator. Empty: the bot is not on the Zalo Bot Platform."""

    zalo_bot_api_url: str = "https://bot-api.zaloplatforms.com"
    """Calls go to ``<url>/bot<token>/...``."""

    zalo_bot_mode: str = "polling"
    """``polling`` or ``webhook`` (then BOT_PUBLIC_URL must be https)."""

    zalo_bot_webhook_secret: str = field(default="", repr=False)
    """8-256 characters; required for the webhook."""

    zalo_bot_link: str = ""
    """The bot's address for people, from the tab "Chia sẻ" of Zalo Bot Creator; for invitations."""

    zalo_bot_rate: float = 5.0
    """Most messages a second to all chats together; Zalo publishes no number."""

    zalo_bot_messages: int = 3000
    """Messages a month that the bot's package allows, both ways together."""

    zalo_bot_users: int = 50
    """People that the bot's package allows."""

    zalo_oa_app_id: str = ""
    """Of the app at developers.zalo.me to which the Official Account is linked. Empty: no OA."""

    zalo_oa_app_secret: str = field(default="", repr=False)
    """The app's secret key; signs the exchange of tokens."""

    zalo_oa_secret_key: str = field(default="", repr=False)
    """The OA Secret Key of the app's webhook page; signs what Zalo reports."""

    zalo_oa_refresh_token: str = field(default="", repr=False)
    """The first one, from the console; later ones are kept in the database."""

    zalo_oa_api_url: str = "https://openapi.zalo.me"
    """Messages, uploads, people."""

    zalo_oauth_url: str = "https://oauth.zaloapp.com"
    """Tokens."""

    zalo_zns_url: str = "https://business.openapi.zalo.me"
    """Template messages by telephone number."""

    zalo_oa_link: str = ""
    """The account's address for people, ``https://zalo.me/<OA id>``; for invitations."""

    zalo_oa_rate: float = 10.0
    """Most messages a second to all chats together; what the package allows is heeded as well."""

    zalo_oa_paid_messages: int = 0
    """Consultation messages a month that may be paid for (48 hours to 7 days: 55 đồng each)."""

    zalo_oa_template_reminder: str = ""
    """Id of the approved template for reminders; empty: none (docs/zalo.md has its text)."""

    zalo_oa_template_news: str = ""
    """Id of the approved template "there is news"; empty: none (docs/zalo.md has its text)."""

    smtp_url: str = field(default="", repr=False)
    """Sends soft copies: ``smtp://user:password@host:587?from=name@host``, or ``smtps://``."""

    def __post_init__(self) -> None:
        """Raise ValueError when a setting is not what it should be; it is not shown."""
        for one in fields(self):
            if fault := _fault(one.name, getattr(self, one.name)):
                raise ValueError(f"BOT_{one.name.upper()}: {fault}")

    @property
    def quiet(self) -> tuple[time, time]:
        """``quiet_hours`` as two times of the day."""
        start, _, end = self.quiet_hours.partition("-")
        return time.fromisoformat(start), time.fromisoformat(end)

    @property
    def listen_address(self) -> tuple[str, int]:
        """``listen`` as host and port."""
        host, _, port = self.listen.rpartition(":")
        return host or "127.0.0.1", int(port)

    @property
    def web_address(self) -> str:
        """``public_url`` without a slash at the end."""
        return (self.public_url or f"http://{self.listen}").rstrip("/")

    @property
    def retention(self) -> timedelta:
        """``retention_days`` as a length of time."""
        return timedelta(days=self.retention_days)


_KINDS = {
    int: "a whole number",
    float: "a number",
    ZoneInfo: "a time zone such as Asia/Ho_Chi_Minh",
}
_QUIET_HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")
_NO_WEB_ADDRESS = ("database_url", "files_url", "smtp_url")


def read_settings(env_file: Path | None = Path(".env"), **given: Any) -> Settings:
    """Read what is not ``given`` from the environment, and what is not there from ``env_file``.

    Raises:
        ValueError: a setting is not what it should be.
    """
    written = {**_of_file(env_file), **_named(os.environ)}
    for one in fields(Settings):
        text = written.get(f"BOT_{one.name.upper()}")
        if text and one.name not in given:
            given[one.name] = _read(one.name, type(one.default), text)
    return Settings(**given)


def _of_file(env_file: Path | None) -> dict[str, str]:
    if env_file is None or not env_file.is_file():
        return {}
    from dotenv import dotenv_values  # noqa: PLC0415 - often there is no such file

    return _named(dotenv_values(env_file, encoding="utf-8"))


def _named(written: Mapping[str, str | None]) -> dict[str, str]:
    """Return what is not empty, by names in capitals."""
    return {name.upper(): text for name, text in written.items() if text}


def _read(name: str, kind: Any, text: str) -> Any:
    try:
        return kind(text)
    except (ValueError, LookupError, OSError) as error:
        raise ValueError(f"BOT_{name.upper()}: {_KINDS[kind]}") from error


def _fault(name: str, value: object) -> str:
    """Say what a setting should be; empty: that is what it is."""
    if isinstance(value, int | float):
        none_at_all = name == "zalo_oa_paid_messages" and value == 0
        return "" if value > 0 or none_at_all else "more than 0"
    if name.endswith("_mode") and value not in ("polling", "webhook"):
        return "polling or webhook"
    if name == "quiet_hours" and not _QUIET_HOURS.fullmatch(str(value)):
        return "two hours such as 20:00-06:30"
    if name.endswith(("_url", "_link")) and name not in _NO_WEB_ADDRESS and value:
        return "" if _is_web_address(str(value)) else "an address such as https://example.org"
    return ""


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return named and parts.scheme in ("http", "https") and not re.search(r"\s", text)
