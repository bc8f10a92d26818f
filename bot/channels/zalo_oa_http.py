"""Calls of Zalo's Official Account API over aiohttp: messages, uploads, tokens, downloads."""

import asyncio
import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit

import aiohttp
import orjson

from bot.channels.calling import NOT_SENT, READ_SECONDS, patience, proxy_to, save
from bot.channels.zalo_oa_errors import CallFailed

Json = Mapping[str, Any]

UPLOAD_SECONDS = 120.0  # 5 MB through a slow line
TOKEN_SECONDS = 12.0  # in all: a program that is told to stop has not much longer
DOWNLOAD_SECONDS = 300.0
MEDIA_HOSTS = ("zdn.vn", "zadn.vn", "zalo.me", "zaloapp.com")  # with all that stands under them
CHECKSUM = "md5="  # how an address carries what the file must be: https://…#md5=9f1b…


@dataclass(frozen=True, slots=True)
class Account:
    """The Official Account, the app it is linked to, and what it may spend."""

    app_id: str
    app_secret: str = field(repr=False)  # signs the exchange of tokens
    oa_secret_key: str = field(repr=False)  # signs what Zalo reports; not the same
    first_refresh_token: str = field(default="", repr=False)
    api_url: str = "https://openapi.zalo.me"
    oauth_url: str = "https://oauth.zaloapp.com"
    zns_url: str = "https://business.openapi.zalo.me"
    templates: Mapping[str, str] = field(default_factory=dict)  # "reminder", "news" -> id
    paid_messages: int = 0  # a month
    media_hosts: tuple[str, ...] = ()  # host:port that may give out media as well, also by http


class Calls:
    """Connections to Zalo. Raises CallFailed, in whose text no token stands."""

    def __init__(self, account: Account, clock: Callable[[], datetime]) -> None:
        self._account = account
        self._clock = clock
        self._full_until: datetime | None = None  # no call is left in this minute
        self._session: aiohttp.ClientSession | None = None

    def open(self) -> None:
        """Open the pool; connects to nothing yet."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=100, ttl_dns_cache=60),
                cookie_jar=aiohttp.DummyCookieJar(),
                proxy=proxy_to(self._account.api_url),
            )

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def post(self, path: str, token: str, body: Json, *, zns: bool = False) -> Json:
        """Carry out a call and return its data."""
        self._check_rate()
        base = self._account.zns_url if zns else self._account.api_url
        content = orjson.dumps(body)
        headers = {"access_token": token, "Content-Type": "application/json"}
        return await self._call("POST", base + path, headers, READ_SECONDS, data=content)

    async def get(self, path: str, token: str, arguments: Json | None = None) -> Json:
        """Ask for something."""
        self._check_rate()
        query = {"data": orjson.dumps(arguments).decode()} if arguments else {}
        url = self._account.api_url + path
        return await self._call("GET", url, {"access_token": token}, READ_SECONDS, params=query)

    async def upload(self, kind: str, token: str, name: str, content: bytes, mime: str) -> Json:
        """Upload an "image" or a "file"."""
        self._check_rate()
        form = aiohttp.FormData(quote_fields=False)  # Vietnamese names as they are
        form.add_field(
            "file", io.BytesIO(content), filename=" ".join(name.split()), content_type=mime
        )
        url = f"{self._account.api_url}/v2.0/oa/upload/{kind}"
        try:
            return await self._call("POST", url, {"access_token": token}, UPLOAD_SECONDS, data=form)
        except CallFailed as failed:
            failed.perhaps_sent = False  # to upload twice does no harm
            raise

    async def exchange(self, refresh_token: str) -> Json | None:
        """Exchange a refresh token for a new pair; None when it had been used (an empty answer).

        Raises:
            CallFailed: it was refused, or no answer came and the token may be used up.
        """
        status, body, _ = await self._fetch(
            "POST",
            f"{self._account.oauth_url}/v4/oa/access_token",
            {"secret_key": self._account.app_secret},
            aiohttp.ClientTimeout(total=TOKEN_SECONDS, sock_connect=TOKEN_SECONDS / 2),
            data={
                "refresh_token": refresh_token,
                "app_id": self._account.app_id,
                "grant_type": "refresh_token",
            },
        )
        if status == HTTPStatus.OK and not body.strip():
            return None
        answer = _parsed(status, body)
        if "access_token" in answer and "refresh_token" in answer:
            return answer
        code = _code(answer)
        reason = str(answer.get("error_name") or answer.get("message") or "no token in the answer")
        raise CallFailed(reason, code=code, status=status, perhaps_sent=not code)

    async def save(self, url: str, target: Path, limit: int) -> bool:
        """Stream a file to ``target``; False when it is not what its checksum says.

        Nothing is left there when that fails. Raises Rejected when it is longer than ``limit``
        bytes, and CallFailed with status 403 when Zalo's media do not stand at that address.
        """
        url, checksum = urldefrag(url)
        if not self.is_media(url):
            raise CallFailed("not an address of Zalo's media", status=HTTPStatus.FORBIDDEN)
        try:
            digest = await self._save(url, target, limit)
        except BaseException as error:
            _discard(target)
            if isinstance(error, aiohttp.ClientError | TimeoutError):
                raise _lost(error) from None
            raise
        wanted = checksum.removeprefix(CHECKSUM).casefold()
        if len(wanted) == 32 and wanted != digest:
            _discard(target)
            return False
        return True

    def is_media(self, url: str) -> bool:
        """Whether a file may be fetched from there: only from Zalo, never from our own network."""
        parts = urlsplit(url)
        if parts.netloc in self._account.media_hosts:
            return True
        host = parts.hostname or ""
        ours = any(host == known or host.endswith(f".{known}") for known in MEDIA_HOSTS)
        return parts.scheme == "https" and parts.port in (None, 443) and ours

    async def _save(self, url: str, target: Path, limit: int) -> str:
        async with self._open_session.get(
            url, timeout=_timeout(DOWNLOAD_SECONDS), allow_redirects=False
        ) as response:
            if response.status != HTTPStatus.OK:
                raise CallFailed("the file is not given out", status=response.status)
            await save(response.content, target, limit)
        return await asyncio.to_thread(_md5, target)

    @property
    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("the Official Account is closed")
        return self._session

    async def _call(
        self, method: str, url: str, headers: dict[str, str], seconds: float, **what: Any
    ) -> Json:
        status, body, answered = await self._fetch(method, url, headers, _timeout(seconds), **what)
        self._note_rate(answered)
        retry_after = _number(answered.get("Retry-After", ""))
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise CallFailed("too many requests", status=status, retry_after=retry_after)
        answer = _parsed(status, body)
        if code := _code(answer):
            reason = str(answer.get("message") or answer.get("error_name") or "no reason given")
            raise CallFailed(reason, code=code, status=status, retry_after=retry_after)
        found = answer.get("data")
        return found if isinstance(found, dict) else {}

    async def _fetch(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's own, with its parts
        **what: Any,
    ) -> tuple[int, bytes, Mapping[str, str]]:
        try:
            async with self._open_session.request(
                method,
                url,
                headers=headers,
                timeout=timeout,
                allow_redirects=False,
                **what,
            ) as response:
                return response.status, await response.read(), response.headers
        except (aiohttp.ClientError, TimeoutError) as error:
            raise _lost(error) from None

    def _check_rate(self) -> None:
        if self._full_until is None:
            return
        left = (self._full_until - self._clock()).total_seconds()
        if left > 0:
            raise CallFailed("no call is left in this minute", code=-32, retry_after=left)
        self._full_until = None

    def _note_rate(self, answered: Mapping[str, str]) -> None:
        """Zalo counts calls by the minute, and says how many are left."""
        if answered.get("X-RateLimit-Remain", "").strip() == "0":
            minute = self._clock().replace(second=0, microsecond=0)
            self._full_until = minute + timedelta(minutes=1)


def _discard(half: Path) -> None:
    half.unlink(missing_ok=True)


def _md5(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def _timeout(seconds: float) -> aiohttp.ClientTimeout:
    return patience(seconds, silence=3 * READ_SECONDS)


def _parsed(status: int, body: bytes) -> Json:
    try:
        answer = orjson.loads(body)
    except ValueError:
        answer = None
    if isinstance(answer, dict) and (status < HTTPStatus.BAD_REQUEST or _code(answer)):
        return answer
    # A proxy's page, or half an answer. After 200 the call was most likely carried out.
    lost = status < HTTPStatus.BAD_REQUEST or status == HTTPStatus.GATEWAY_TIMEOUT
    raise CallFailed(f"no answer of Zalo's (HTTP {status})", status=status, perhaps_sent=lost)


def _code(answer: Json) -> int:
    try:
        return int(answer.get("error") or 0)
    except (TypeError, ValueError):
        return 0


def _number(text: str) -> float:
    return float(text) if text.strip().isdigit() else 0.0


def _lost(error: aiohttp.ClientError | TimeoutError) -> CallFailed:
    reason = str(error) if isinstance(error, aiohttp.ClientConnectorError) else ""
    return CallFailed(
        f"no answer from Zalo: {type(error).__name__} {reason}".rstrip(),
        perhaps_sent=not isinstance(error, NOT_SENT),
    )
