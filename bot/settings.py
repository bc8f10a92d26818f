"""What an operator may set. The docstring under a field is its help text."""

import re
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from pydantic import (
    AnyHttpUrl,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    SecretStr,
    field_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read once, by the command line, and handed down piece by piece."""

    model_config = SettingsConfigDict(
        env_prefix="BOT_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        use_attribute_docstrings=True,
    )

    database_url: str = "sqlite+aiosqlite:///data/bot.db"
    """SQLAlchemy async URL; ``postgresql+asyncpg://...`` past one machine."""

    files_url: str = "data/files"
    """Where photos and documents are kept: a folder."""

    public_url: AnyHttpUrl | None = None
    """Address at which people's browsers reach this bot; empty: http:// and BOT_LISTEN."""

    listen: str = "127.0.0.1:8080"
    """host:port of the web server (web chat, webhooks, health)."""

    secret_key: SecretStr | None = None
    """Signs personal links; empty: made once and kept in the database."""

    timezone: ZoneInfo = ZoneInfo("Asia/Ho_Chi_Minh")
    """Whose midnight ends a deadline."""

    quiet_hours: str = "20:00-06:30"
    """From when until when nobody is reminded; equal hours: never quiet."""

    retention_days: PositiveInt = 90
    """Drafts and photos of a person who has said nothing for so many days are deleted."""

    telegram_token: SecretStr | None = None
    """From @BotFather. Empty: the bot is not on Telegram."""

    telegram_api_url: AnyHttpUrl = AnyHttpUrl("https://api.telegram.org")
    """Bot API server: calls go to ``<url>/bot<token>/...``, downloads to ``<url>/file/bot...``."""

    telegram_mode: str = "polling"
    """``polling`` or ``webhook`` (then BOT_PUBLIC_URL must be https)."""

    telegram_webhook_secret: SecretStr | None = None
    """1-256 of A-Z a-z 0-9 _ -; required for the webhook."""

    telegram_rate: PositiveFloat = 30.0
    """Most messages a second to all chats together."""

    zalo_bot_token: SecretStr | None = None
    """From Zalo Bot Creator. Empty: the bot is not on the Zalo Bot Platform."""

    zalo_bot_api_url: AnyHttpUrl = AnyHttpUrl("https://bot-api.zaloplatforms.com")
    """Calls go to ``<url>/bot<token>/...``."""

    zalo_bot_mode: str = "polling"
    """``polling`` or ``webhook`` (then BOT_PUBLIC_URL must be https)."""

    zalo_bot_webhook_secret: SecretStr | None = None
    """8-256 characters; required for the webhook."""

    zalo_bot_link: AnyHttpUrl | None = None
    """The bot's address for people, from the tab "Chia sẻ" of Zalo Bot Creator; for invitations."""

    zalo_bot_rate: PositiveFloat = 5.0
    """Most messages a second to all chats together; Zalo publishes no number."""

    zalo_bot_messages: PositiveInt = 3000
    """Messages a month that the bot's package allows, both ways together."""

    zalo_bot_users: PositiveInt = 50
    """People that the bot's package allows."""

    zalo_oa_app_id: str = ""
    """Of the app at developers.zalo.me to which the Official Account is linked. Empty: no OA."""

    zalo_oa_app_secret: SecretStr | None = None
    """The app's secret key; signs the exchange of tokens."""

    zalo_oa_secret_key: SecretStr | None = None
    """The OA Secret Key of the app's webhook page; signs what Zalo reports."""

    zalo_oa_refresh_token: SecretStr | None = None
    """The first one, from the console; later ones are kept in the database."""

    zalo_oa_api_url: AnyHttpUrl = AnyHttpUrl("https://openapi.zalo.me")
    """Messages, uploads, people."""

    zalo_oauth_url: AnyHttpUrl = AnyHttpUrl("https://oauth.zaloapp.com")
    """Tokens."""

    zalo_zns_url: AnyHttpUrl = AnyHttpUrl("https://business.openapi.zalo.me")
    """Template messages by telephone number."""

    zalo_oa_link: AnyHttpUrl | None = None
    """The account's address for people, ``https://zalo.me/<OA id>``; for invitations."""

    zalo_oa_rate: PositiveFloat = 10.0
    """Most messages a second to all chats together; what the package allows is heeded as well."""

    zalo_oa_paid_messages: NonNegativeInt = 0
    """Consultation messages a month that may be paid for (48 hours to 7 days: 55 đồng each)."""

    zalo_oa_template_reminder: str = ""
    """Id of the approved template for reminders; empty: none (docs/zalo.md has its text)."""

    zalo_oa_template_news: str = ""
    """Id of the approved template "there is news"; empty: none (docs/zalo.md has its text)."""

    smtp_url: SecretStr | None = None
    """Sends soft copies: ``smtp://user:password@host:587?from=name@host``, or ``smtps://``."""

    @field_validator("telegram_mode", "zalo_bot_mode")
    @classmethod
    def _known_mode(cls, mode: str) -> str:
        if mode not in ("polling", "webhook"):
            raise ValueError("polling or webhook")
        return mode

    @field_validator("quiet_hours")
    @classmethod
    def _two_hours(cls, hours: str) -> str:
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d", hours):
            raise ValueError("two hours such as 20:00-06:30")
        return hours

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
        return str(self.public_url or f"http://{self.listen}").rstrip("/")

    @property
    def retention(self) -> timedelta:
        """``retention_days`` as a length of time."""
        return timedelta(days=self.retention_days)
