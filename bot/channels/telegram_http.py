"""Calls of the Telegram Bot API over aiohttp. The only place that knows the token.

python-telegram-bot's own client (httpx) collapses when hundreds of people write at once, and
puts the token into log lines; its ``Bot`` takes any ``BaseRequest``, so it gets this one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any

import aiohttp
import orjson
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData

from bot.channels import calling
from bot.channels.calling import NOT_SENT, READ_SECONDS, patience, proxy_to, save
from bot.errors import SetupError

UPLOAD_SECONDS = 600.0  # 50 MB through a slow line
SILENT_SECONDS = 60.0  # in the middle of an answer


@dataclass(frozen=True, slots=True)
class Account:
    """The bot's account at Telegram, and how it listens there."""

    token: str = field(repr=False)
    api_url: str = "https://api.telegram.org"
    mode: str = "polling"  # or "webhook"
    webhook_secret: str = field(default="", repr=False)
    public_url: str = ""  # where Telegram reaches this bot; for the webhook
    menu: tuple[tuple[str, str], ...] = ()  # command without slash, and what it does

    def check(self) -> None:
        """Raise SetupError when the bot could never listen this way."""
        if self.mode == "polling":
            return
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", self.webhook_secret):
            raise SetupError(
                "BOT_TELEGRAM_WEBHOOK_SECRET: 1-256 of A-Z a-z 0-9 _ -, for the webhook"
            )
        official = "api.telegram.org" in self.api_url  # an own Bot API server takes http as well
        if not self.public_url.startswith("https://" if official else "http"):
            raise SetupError("BOT_PUBLIC_URL must be https for Telegram's webhook")


class CallFailed(calling.CallFailed, TelegramError):
    """As every channel's, and what python-telegram-bot lets through."""


class Calls(BaseRequest):
    """A pool of connections to one Bot API server, for one bot.

    Give it to ``telegram.Bot`` with an empty base URL: then neither the bot object nor what it
    logs knows the token. ``call`` is the short way past PTB's objects, whose making costs more
    than everything else in a turn (0.4 ms for each text sent, 0.3 ms for each button pressed).
    """

    def __init__(self, api_url: str, token: str, *, connections: int) -> None:
        self._methods = f"{api_url.rstrip('/')}/bot{token}"
        self._files = f"{api_url.rstrip('/')}/file/bot{token}"
        self._token = token
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds that Telegram may think about a call."""
        return READ_SECONDS

    async def initialize(self) -> None:
        """Open the pool; connects to nothing yet."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=60),
                cookie_jar=aiohttp.DummyCookieJar(),  # the other one costs a quarter of a call
                headers={"User-Agent": self.USER_AGENT},
                proxy=proxy_to(self._methods),
            )

    async def shutdown(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def call(
        self, method: str, parameters: Mapping[str, object], *, wait_seconds: float = 0
    ) -> Any:
        """Carry out ``method`` and return its result as plain JSON.

        ``wait_seconds`` is how much longer than usual the answer may take (long polling).

        Raises:
            CallFailed: it was refused, or there was no answer.
        """
        seconds = READ_SECONDS + wait_seconds
        status, body = await self._post(method, orjson.dumps(parameters), seconds)
        return _result(status, body)

    async def do_request(  # noqa: PLR0913 - the signature is PTB's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,
        connect_timeout: object = None,
        pool_timeout: object = None,
    ) -> tuple[int, bytes]:
        """Carry out a call that a ``telegram.Bot`` makes. The timeouts are this module's own."""
        data: bytes | aiohttp.FormData = b"{}"
        seconds = READ_SECONDS
        if request_data is not None and request_data.contains_files:
            data, seconds = _form(request_data), UPLOAD_SECONDS
        elif request_data is not None:
            data = orjson.dumps(request_data.parameters)
        status, body = await self._post(url.lstrip("/"), data, seconds)
        _result(status, body)
        return status, body

    async def save(self, file_path: str, target: Path, limit: int) -> None:
        """Stream a file that somebody sent to ``target``; leaves nothing there when it fails.

        Raises:
            CallFailed: it could not be had.
            Rejected: it is longer than ``limit`` bytes.
        """
        try:
            await self._fetch(file_path, target, limit)
        except BaseException as error:
            _discard(target)
            if isinstance(error, aiohttp.ClientError | TimeoutError):
                raise self._lost(error) from None
            raise

    async def _fetch(self, file_path: str, target: Path, limit: int) -> None:
        async with self._open_session.get(
            f"{self._files}/{file_path}",
            timeout=patience(UPLOAD_SECONDS, silence=SILENT_SECONDS),
            allow_redirects=False,
        ) as response:
            if response.status != HTTPStatus.OK:
                raise CallFailed(response.status, "the file is not given out")
            await save(response.content, target, limit)

    @property
    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("Telegram is closed")
        return self._session

    async def _post(
        self, method: str, data: bytes | aiohttp.FormData, seconds: float
    ) -> tuple[int, bytes]:
        try:
            async with self._open_session.post(
                f"{self._methods}/{method}",
                data=data,
                headers={"Content-Type": "application/json"} if isinstance(data, bytes) else {},
                timeout=patience(seconds, silence=SILENT_SECONDS),
                allow_redirects=False,
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise self._lost(error) from None

    def _lost(self, error: aiohttp.ClientError | TimeoutError) -> CallFailed:
        """Say what happened without the address, in which the token stands."""
        reason = "" if isinstance(error, aiohttp.ClientResponseError) else str(error)
        reason = reason.replace(self._token, "…")
        return CallFailed(
            0,
            f"no answer from Telegram: {type(error).__name__} {reason}".rstrip(),
            perhaps_sent=not isinstance(error, NOT_SENT),
        )


def _discard(half: Path) -> None:
    half.unlink(missing_ok=True)


def _result(status: int, body: bytes) -> Any:
    """Return the result in the answer of a call."""
    try:
        answer = orjson.loads(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or "ok" not in answer:
        # A proxy's page, or half an answer. After 200 the call was most likely carried out.
        lost = status < HTTPStatus.BAD_REQUEST or status == HTTPStatus.GATEWAY_TIMEOUT
        raise CallFailed(0 if status < HTTPStatus.BAD_REQUEST else status,
                         f"no Bot API answer (HTTP {status})", perhaps_sent=lost)  # fmt: skip
    if answer["ok"] is True and "result" in answer:
        return answer["result"]
    more = answer.get("parameters") or {}
    raise CallFailed(
        int(answer.get("error_code") or status),
        str(answer.get("description", "no reason given")),
        retry_after=float(more.get("retry_after", 0)),
    )


def _form(request_data: RequestData) -> aiohttp.FormData:
    """Return the parameters and files as a form whose files are read while they are sent."""
    # Telegram takes 8-bit file names as they are; quoted ones would be shown as %E1%BA%A3.
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.parameters.items():
        form.add_field(name, value if isinstance(value, str) else orjson.dumps(value).decode())
    for name, (filename, content, mime) in request_data.multipart_data.items():
        handle: bytes | IO[bytes] = content
        form.add_field(name, handle, filename=" ".join(filename.split()), content_type=mime)
    return form
