"""Where photos lie that people sent: for some time, without a type, up to 5 MB."""

import itertools
import time
from dataclasses import dataclass

from aiohttp import web

MOST_BYTES = 5_000_000  # above this the download fails, or so it is said


@dataclass
class Photo:
    content: bytes
    until: float


class MediaHost:
    """Routes to be served by some application. ``seconds``: how long an address is good."""

    def __init__(self, router: web.UrlDispatcher, seconds: float = 3600.0) -> None:
        self.seconds = seconds
        self.most_bytes = MOST_BYTES
        self.gets = 0
        self.redirect = ""  # send every request there instead
        self.statuses: list[int] = []  # of the next answers, instead of the photo
        self.cut = False  # break off in the middle of the next photo
        self._photos: dict[str, Photo] = {}
        self._numbers = itertools.count(1)
        router.add_get("/media/{name}", self._on_get)

    def keep(self, content: bytes) -> str:
        """Return the path of a photo."""
        name = f"{next(self._numbers):06}.jpg"
        self._photos[name] = Photo(content, time.monotonic() + self.seconds)
        return f"/media/{name}"

    def expire(self) -> None:
        """Let the time of all photos be over."""
        for photo in self._photos.values():
            photo.until = 0

    async def _on_get(self, request: web.Request) -> web.StreamResponse:
        self.gets += 1
        if self.redirect:
            raise web.HTTPFound(self.redirect)
        if self.statuses:
            return web.Response(status=self.statuses.pop(0))
        photo = self._photos.get(request.match_info["name"])
        if photo is None or photo.until < time.monotonic():
            return web.Response(status=404)
        if len(photo.content) > self.most_bytes:
            return web.Response(status=403)
        if not self.cut:
            return web.Response(body=photo.content, content_type="application/octet-stream")
        self.cut = False
        half = web.StreamResponse(headers={"Content-Length": str(len(photo.content))})
        await half.prepare(request)
        await half.write(photo.content[: len(photo.content) // 2])
        if request.transport:
            request.transport.abort()
        return half
