"""The web server: health, downloads, the pages' own files, headers that keep a page to itself."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote

import structlog
from aiohttp import web

from bot.chat import File, FilePath
from bot.errors import Rejected, SetupError, TryLater
from bot.web.links import Links
from bot.web.pages import Demo, Pages

log = structlog.get_logger()

_BODY = 1_000_000  # bytes of a request that is read as a whole; uploads are streamed
_PATIENCE = 5.0  # seconds that requests under way get when the server stops
_PICTURES = ("image/jpeg", "image/png", "image/webp", "image/gif")

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",  # addresses of pages carry codes and tokens
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), camera=(), payment=()",
}


@dataclass(frozen=True, kw_only=True)
class Site:
    """What the web server shows, beside what the channels add."""

    pages: Pages
    links: Links
    file_path: FilePath
    problems: Callable[[], Awaitable[Sequence[str]]]  # why the bot cannot work now; empty: it can
    visitor: Callable[[web.Request], str]  # the address id of the browser that asks, or ""
    issued: Callable[[str], Awaitable[File | None]]  # the file behind a link of bot.web.file_links
    demo: Callable[[], Awaitable[Demo]] | None = None  # None: this is no demonstration
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    def application(self) -> web.Application:
        """Return the application; channels may still add their routes to its router."""
        app = web.Application(client_max_size=_BODY, middlewares=[self._explain])
        app.on_response_prepare.append(_add_headers)
        app.router.add_get("/", self._front)
        app.router.add_get("/healthz", self._health)
        app.router.add_get("/static/{version}/{name}", self._asset)
        app.router.add_get("/files/{token}", self._file)
        app.router.add_get("/tep/{token}", self._issued_file)
        app.router.add_get("/tep/{token}/{name:.*}", self._issued_file)
        return app

    async def _front(self, request: web.Request) -> web.Response:
        if self.demo is None:
            raise web.HTTPSeeOther("/chat")
        return web.Response(text=self.pages.demo(await self.demo()), content_type="text/html")

    async def _health(self, request: web.Request) -> web.Response:
        problems = await self.problems()
        headers = {"Cache-Control": "no-store"}
        if problems:
            return web.Response(text="\n".join(problems) + "\n", status=503, headers=headers)
        return web.Response(text="ok\n", headers=headers)

    async def _asset(self, request: web.Request) -> web.Response:
        asset = self.pages.assets.get(request.match_info["name"])
        if asset is None:
            raise web.HTTPNotFound
        current = request.match_info["version"] == self.pages.version
        headers = {
            "Cache-Control": "public, max-age=31536000, immutable" if current else "no-cache",
            "Vary": "Accept-Encoding",
        }
        body = asset.content
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            body = asset.zipped
            headers["Content-Encoding"] = "gzip"
        return web.Response(body=body, content_type=asset.mime, charset="utf-8", headers=headers)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        found = self.links.read_file(request.match_info["token"], self.clock())
        if found is None:
            return self._notice("web-link-old", 410)
        file, owner = found
        if owner and owner != self.visitor(request):
            return self._notice("web-link-others", 403)
        return await self._send(file)

    async def _issued_file(self, request: web.Request) -> web.StreamResponse:
        """Send a file to whoever has the link: a messenger's server, then the person's phone."""
        file = await self.issued(request.match_info["token"])
        if file is None:
            return self._notice("web-issued-old", 410, home=False)
        response = await self._send(file, home=False)
        # A messenger's own web client may show a picture on its page.
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    async def _send(self, file: File, *, home: bool = True) -> web.StreamResponse:
        """Send a file, or say why it cannot be had; ``home``: the person has a chat here."""
        try:
            path = await self.file_path(file)
        except TryLater as wait:
            response = self._notice("web-file-later", 503, home=home)
            response.headers["Retry-After"] = str(max(1, round(wait.after.total_seconds())))
            return response
        except (Rejected, FileNotFoundError):
            return self._notice("web-file-gone" if home else "web-issued-gone", 410, home=home)
        return web.FileResponse(path, headers=_file_headers(file))

    @web.middleware
    async def _explain(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Say in words that there is no such page."""
        try:
            return await handler(request)
        except web.HTTPNotFound:
            if "text/html" not in request.headers.get("Accept", ""):
                raise
            return self._notice("web-not-found", 404)

    def _notice(self, key: str, status: int, *, home: bool = True) -> web.Response:
        return web.Response(
            text=self.pages.notice(key, home=home),
            status=status,
            content_type="text/html",
            headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex"},
        )


class Server:
    """Serves an application until it is stopped."""

    def __init__(self, app: web.Application, host: str, port: int) -> None:
        # No access log: addresses carry codes and tokens.
        self._runner = web.AppRunner(
            app, access_log=None, handle_signals=False, shutdown_timeout=_PATIENCE
        )
        self._host = host
        self._port = port

    async def start(self) -> None:
        """Listen.

        Raises:
            SetupError: the address is taken or not of this machine.
        """
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise SetupError(f"BOT_LISTEN {self._host}:{self._port}: {error.strerror}") from error

    @property
    def port(self) -> int:
        """The port it listens on, also when 0 was asked for."""
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Stop listening and let requests under way end; channels are closed before this."""
        await self._runner.cleanup()


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", _content_policy(request.host))


def _content_policy(host: str) -> str:
    # Older Safari does not take 'self' for a socket.
    sockets = f" ws://{host} wss://{host}" if set(host) <= _HOST_LETTERS else ""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
        f"connect-src 'self'{sockets}; manifest-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


_HOST_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:-[]")


def _file_headers(file: File) -> dict[str, str]:
    picture = file.mime in _PICTURES
    mime = file.mime if picture or "/" in file.mime else "application/octet-stream"
    kind = "inline" if picture else "attachment"
    return {
        "Content-Type": mime,
        "Content-Disposition": f"{kind}; filename*=UTF-8''{quote(file.name, safe='')}",
        "Cache-Control": "private, max-age=3600" if picture else "private, no-store",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Robots-Tag": "noindex",
    }
