"""What channels share that call a platform, or are called by one, over HTTP."""

import asyncio
import random
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from aiohttp import web

from bot.errors import Rejected

CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0
LONGEST_PAUSE = 60.0
CHUNK_BYTES = 256 * 1024

# Nothing reached the platform when one of these is raised, so nothing can have been done there.
NOT_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientConnectionResetError,
    aiohttp.ClientHttpProxyError,
    aiohttp.UploadAbortedError,
    aiohttp.InvalidURL,
)


class CallFailed(Exception):
    """A call did not succeed. Carries the facts from which to decide what to do.

    ``status`` is the platform's own code, also where it answers 200 to everything; 0 when there
    was no answer that could be read. ``perhaps_sent`` is true when the call went out and may have
    been carried out. ``retry_after`` is in seconds.
    """

    def __init__(
        self,
        status: int,
        description: str,
        *,
        retry_after: float = 0,
        perhaps_sent: bool = False,
    ) -> None:
        super().__init__(f"{status} {description}" if status else description)
        self.status = status
        self.description = description
        self.retry_after = retry_after
        self.perhaps_sent = perhaps_sent

    def says(self, *phrases: str) -> bool:
        """Whether the description contains one of ``phrases``, which are in lower case."""
        return any(phrase in self.description.casefold() for phrase in phrases)


@cache
def patience(seconds: float, *, silence: float | None = None) -> aiohttp.ClientTimeout:
    """Wait ``seconds`` for an answer, and ``silence`` of them at most while nothing comes."""
    return aiohttp.ClientTimeout(
        total=CONNECT_SECONDS + seconds,
        connect=2 * CONNECT_SECONDS,  # with the wait for a free connection
        sock_connect=CONNECT_SECONDS,
        sock_read=seconds if silence is None else min(seconds, silence),
    )


def proxy_to(url: str) -> str | None:
    """Return the proxy that HTTPS_PROXY and its like name: not every network is open.

    To be found once. aiohttp's own ``trust_env`` looks again, and into ~/.netrc, for every call.
    """
    parts = urlsplit(url)
    if proxy_bypass(parts.hostname or ""):
        return None
    return getproxies().get(parts.scheme)


async def save(content: aiohttp.StreamReader, target: Path, limit: int) -> None:
    """Stream to a file; what is there when this raises is for the caller to delete.

    Raises:
        Rejected: there is more than ``limit`` bytes.
    """
    written = 0
    with await asyncio.to_thread(target.open, "wb") as file:
        async for chunk in content.iter_chunked(CHUNK_BYTES):
            written += len(chunk)
            if written > limit:
                raise Rejected("file is too big")
            await asyncio.to_thread(file.write, chunk)


async def read_body(request: web.Request, limit: int) -> bytes | None:
    """Return what was posted to us, or None when it is longer than ``limit`` bytes."""
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > limit:
            return None
    return bytes(body)


def pause(failures: int, longest: float = LONGEST_PAUSE) -> float:
    """Seconds to wait after so many failures in a row: longer each time, never in step."""
    return min(longest, 2.0 ** min(failures - 1, 12)) * random.uniform(0.75, 1.25)  # noqa: S311


def clean(text: str) -> str:
    """Drop what no database takes: NUL and halves of UTF-16 pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
