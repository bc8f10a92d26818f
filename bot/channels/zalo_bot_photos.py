"""Photos that people sent: fetched from Zalo's own servers, while their addresses are good.

The address comes with the update, so it is checked like anything from outside: https, a host of
Zalo's, no private network behind it, no way round by a redirect.
"""

import ipaddress
import socket
from collections.abc import Set
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.channels.calling import NOT_SENT, READ_SECONDS, patience, proxy_to, save
from bot.channels.zalo_bot_http import Account
from bot.errors import Rejected, TryLater

HOSTS = (".zdn.vn", ".zadn.vn", ".zalo.me", ".zaloapp.com")
REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 3
LATER = (408, 425, 429)
DOWNLOAD_SECONDS = 60.0  # 5 MB through a slow line
CONNECTIONS = 20


class Photos:
    """Fetches photos for one account.

    A server that stands in Zalo's place (``account.api_url``) may give out photos itself.
    """

    def __init__(self, account: Account) -> None:
        self._stand_in = "" if account.official else _origin(account.api_url)
        self._proxies = {
            origin: proxy_to(origin) for origin in ("https://zdn.vn", self._stand_in) if origin
        }
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Make the pool; connects to nothing yet."""
        # Of what an operator has set himself, also a private address is good.
        own = (self._stand_in, *self._proxies.values())
        resolver = PublicResolver({urlsplit(address or "").hostname or "" for address in own})
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=CONNECTIONS, resolver=resolver, ttl_dns_cache=60),
            cookie_jar=aiohttp.DummyCookieJar(),
        )

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def save(self, url: str, target: Path, limit: int) -> None:
        """Stream a photo to ``target``; leaves nothing there when it fails.

        Raises:
            TryLater: not now.
            Rejected: never: expired, bigger than ``limit`` bytes, or not an address of Zalo's.
        """
        try:
            for _ in range(1 + MOST_REDIRECTS):
                url = await self._fetch(url, target, limit)
                if not url:
                    return
            raise Rejected("the photo is sent round in circles")
        except BaseException as error:
            _discard(target)
            if isinstance(error, aiohttp.InvalidURL):
                raise Rejected("no address of a photo") from None
            if isinstance(error, aiohttp.ClientError | TimeoutError):
                whole = isinstance(error, NOT_SENT)
                name = type(error).__name__
                raise TryLater(f"no photo from Zalo: {name}", whole_channel=whole) from None
            raise

    async def _fetch(self, url: str, target: Path, limit: int) -> str:
        """Save the photo and return nothing, or return the address to which we are sent on."""
        if self._session is None:
            raise RuntimeError("the Zalo bot is closed")
        if not self._is_zalos(url):
            raise Rejected("the photo lies on no server of Zalo's")
        async with self._session.get(
            url,
            timeout=patience(DOWNLOAD_SECONDS, silence=READ_SECONDS),
            allow_redirects=False,
            proxy=self._proxies.get(_origin(url), self._proxies["https://zdn.vn"]),
        ) as response:
            status = response.status
            if status in REDIRECTS:
                return urljoin(url, response.headers.get("Location", ""))
            if status in LATER or status >= 500:
                raise TryLater(f"no photo from Zalo now (HTTP {status})")
            if status != 200:
                raise Rejected(f"the photo is not given out any more (HTTP {status})")
            if (response.content_length or 0) > limit:
                raise Rejected("file is too big")
            await save(response.content, target, limit)
        return ""

    def _is_zalos(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            return False
        if self._stand_in and _origin(url) == self._stand_in:
            return True
        return (
            parts.scheme == "https"
            and host.endswith(HOSTS)
            and port in (None, 443)
            and parts.username is None
        )


class PublicResolver(AbstractResolver):
    """Finds the addresses of hosts, and none that lies in somebody's own network."""

    def __init__(self, own: Set[str]) -> None:
        self._own = own  # hosts that may be private
        self._all = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the public addresses of a host.

        Raises:
            Rejected: it has private ones only.
        """
        found = await self._all.resolve(host, port, family)
        public = [one for one in found if host in self._own or _is_public(one["host"])]
        if found and not public:
            raise Rejected("the photo lies in a private network")
        return public

    async def close(self) -> None:
        """Close what looks them up."""
        await self._all.close()


def _is_public(address: str) -> bool:
    number = ipaddress.ip_address(address)
    inside = getattr(number, "ipv4_mapped", None) or number
    return inside.is_global and not inside.is_multicast


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _discard(half: Path) -> None:
    half.unlink(missing_ok=True)
