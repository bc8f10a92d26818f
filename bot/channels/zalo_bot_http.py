"""Calls of the Zalo Bot Platform over aiohttp. The only place that knows the token.

The token is a part of every address: no address is put into a log line or an error.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import orjson

from bot.channels.calling import NOT_SENT, READ_SECONDS, CallFailed, patience, proxy_to
from bot.errors import SetupError

OFFICIAL = ("bot-api.zaloplatforms.com", "bot-api.zapps.me")  # the second: its older name


@dataclass(frozen=True, slots=True)
class Account:
    """The bot's account at the Zalo Bot Platform, and how it listens there."""

    token: str = field(repr=False)
    api_url: str = "https://bot-api.zaloplatforms.com"
    mode: str = "polling"  # or "webhook"
    webhook_secret: str = field(default="", repr=False)
    public_url: str = ""  # where Zalo reaches this bot; for the webhook
    month_limit: int = 3000  # messages a month that the bot's package allows

    @property
    def official(self) -> bool:
        """Whether Zalo itself is called, and not a server that somebody has put in its place."""
        return urlsplit(self.api_url).hostname in OFFICIAL

    def check(self) -> None:
        """Raise SetupError when the bot could never listen this way."""
        if not re.fullmatch(r"[^\s/?#%]+", self.token):
            raise SetupError("BOT_ZALO_BOT_TOKEN: <digits>:<letters>, as Zalo Bot Creator shows it")
        if self.mode == "polling":
            return
        if not re.fullmatch(r"[!-~]{8,256}", self.webhook_secret):
            raise SetupError(
                "BOT_ZALO_BOT_WEBHOOK_SECRET: 8-256 signs of ASCII without blanks, for the webhook"
            )
        if not self.public_url.startswith("https://" if self.official else "http"):
            raise SetupError("BOT_PUBLIC_URL must be https for Zalo's webhook")


class Calls:
    """A pool of connections to the platform, for one bot."""

    def __init__(self, account: Account, *, connections: int) -> None:
        self._methods = f"{account.api_url.rstrip('/')}/bot{account.token}"
        self._token = account.token
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Make the pool; connects to nothing yet."""
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=60),
            cookie_jar=aiohttp.DummyCookieJar(),
            proxy=proxy_to(self._methods),
        )

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def call(
        self, method: str, parameters: Mapping[str, object], *, wait_seconds: float = 0
    ) -> Any:
        """Carry out ``method`` and return its result; None where it gives none.

        ``wait_seconds`` is how much longer than usual the answer may take.

        Raises:
            CallFailed: it was refused, or there was no answer.
        """
        if self._session is None:
            raise RuntimeError("the Zalo bot is closed")
        request = self._session.post(
            f"{self._methods}/{method}",
            data=orjson.dumps(parameters),
            headers={"Content-Type": "application/json"},
            timeout=patience(READ_SECONDS + wait_seconds),
            allow_redirects=False,
        )
        try:
            async with request as response:
                body = await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            lost = _lost(error)
        else:
            after = _seconds(response.headers.get("Retry-After"))
            return self._result(response.status, body, after)
        # Not raised above: it would carry aiohttp's error along, which quotes the address.
        raise lost

    def _result(self, status: int, body: bytes, retry_after: float) -> Any:
        try:
            answer = orjson.loads(body)
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or "ok" not in answer:
            raise _no_answer(status, retry_after)
        if answer["ok"] is True:
            return answer.get("result")
        code = answer.get("error_code") or answer.get("errorCode") or status
        description = str(answer.get("description", "no reason given"))
        raise CallFailed(
            code if isinstance(code, int) else status,
            description.replace(self._token, "…")[:300],
            retry_after=retry_after,
            perhaps_sent=code == HTTPStatus.REQUEST_TIMEOUT,
        )


def _lost(error: aiohttp.ClientError | TimeoutError) -> CallFailed:
    """Say what happened without the address, in which the token stands."""
    # The text of this one names the host; others may quote what was asked for.
    reason = str(error) if isinstance(error, aiohttp.ClientConnectorError) else ""
    return CallFailed(
        0,
        f"no answer from Zalo: {type(error).__name__} {reason}".rstrip(),
        perhaps_sent=not isinstance(error, NOT_SENT),
    )


def _no_answer(status: int, retry_after: float) -> CallFailed:
    """Say what a page in place of an answer means: nginx's "too many", a proxy, an outage.

    After 200 and nothing the call was most likely carried out. What a page says with 400-404 is
    not the platform's word, so it decides nothing.
    """
    known = status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return CallFailed(
        status if known else 0,
        f"no Bot Platform answer (HTTP {status})",
        retry_after=retry_after,
        perhaps_sent=status < HTTPStatus.BAD_REQUEST or status == HTTPStatus.GATEWAY_TIMEOUT,
    )


def _seconds(header: str | None) -> float:
    return float(header) if header and header.isdecimal() else 0.0
