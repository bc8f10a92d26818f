"""A page for files that somebody's channel does not carry: what is sent there is said there.

A link opens it, for one chat (Links.upload). What arrives is an Incoming of that chat like any
other; only its file is fetched from here. The page works like the web chat's uploads, in pieces
that go on where they were cut off; without scripts it is a plain form.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from aiohttp import BodyPartReader, web

from bot.channels.webchat_uploads import UploadRefused, Uploads
from bot.channels.webchat_wire import is_id, read_say
from bot.chat import Address, Incoming, Receive

_HOLDER = "web"  # the channel from which the files are fetched: Attachment.via
_PIECE = 128 * 1024
_MOST = 30  # files of one form
_REFUSED = {"too-big": 413, "offset": 409, "quota": 429}


@dataclass(kw_only=True)
class UploadPage:
    """Takes files for chats of other channels."""

    uploads: Uploads
    reader: Callable[[str, datetime], Address | None]  # (token, now) -> whose page it opens
    page: Callable[[str, Address, int], str]  # (its path, whose, files received just now) -> HTML
    notice: Callable[[str], str]  # key of the bot's texts -> HTML: why it cannot be
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    def open(self, receive: Receive, routes: web.UrlDispatcher) -> None:
        """Add the routes of the page."""
        self._receive = receive
        routes.add_get("/gui/{token}", self._show)
        routes.add_post("/gui/{token}", self._take_form)
        routes.add_get("/gui/{token}/upload", self._so_far)
        routes.add_post("/gui/{token}/upload", self._take)
        routes.add_post("/gui/{token}/done", self._done)

    async def _show(self, request: web.Request) -> web.Response:
        address = self._address(request)
        received = request.query.get("n", "")
        count = int(received) if received.isdecimal() and len(received) < 3 else 0
        return self._html(self.page(_path(request), address, count))

    async def _take_form(self, request: web.Request) -> web.Response:
        """Take all files of a form that a browser sends without scripts."""
        address = self._address(request)
        if not request.content_type.startswith("multipart/"):
            raise web.HTTPBadRequest
        parts: list[dict[str, Any]] = []
        try:
            async for part in await request.multipart():
                if isinstance(part, BodyPartReader) and part.filename and len(parts) < _MOST:
                    upload_id = await self.uploads.take_whole(_owner(address), _pieces(part))
                    mime = part.headers.get("Content-Type", "")[:100]
                    name = part.filename.replace("\0", "")[:200]
                    parts.append({"id": upload_id, "name": name, "mime": mime})
        except UploadRefused:
            return self._html(self.notice("web-gui-too-big"), status=413)
        except ValueError:  # the form is cut short
            raise web.HTTPBadRequest from None
        album = parts[0]["id"] if len(parts) > 1 else ""
        for order, part_of_it in enumerate(parts):
            await self._say(address, {**part_of_it, "album": album, "order": order})
        raise web.HTTPSeeOther(f"{_path(request)}?n={len(parts)}")

    async def _so_far(self, request: web.Request) -> web.Response:
        owner, upload_id = self._upload_of(request)
        return web.json_response({"have": self.uploads.so_far(owner, upload_id)})

    async def _take(self, request: web.Request) -> web.Response:
        owner, upload_id = self._upload_of(request)
        try:
            offset, total = int(request.query["offset"]), int(request.query["total"])
        except (KeyError, ValueError):
            raise web.HTTPBadRequest from None
        if offset < 0 or total < 1:
            raise web.HTTPBadRequest
        pieces = request.content.iter_chunked(_PIECE)
        try:
            have = await self.uploads.take(owner, upload_id, offset, total, pieces)
        except UploadRefused as refusal:
            have = self.uploads.so_far(owner, upload_id)
            error = {"error": refusal.reason, "have": have, "limit": self.uploads.limit}
            return web.json_response(error, status=_REFUSED[refusal.reason])
        return web.json_response({"have": have})

    async def _done(self, request: web.Request) -> web.Response:
        """Say a file that has arrived; said again, it counts once."""
        address = self._address(request)
        try:
            said = await request.json()
            await self._say(address, said)
        except (ValueError, TypeError, KeyError):
            raise web.HTTPBadRequest from None
        except LookupError:
            return web.json_response({"error": "upload-gone"}, status=409)
        return web.json_response({"kept": said["id"]})

    async def _say(self, address: Address, said: dict[str, Any]) -> None:
        """Tell the bot of one upload: {id, name, mime, album, order}.

        Raises:
            ValueError: no page of ours says such a thing.
            LookupError: the upload is not here, or not any more.
        """
        upload_id = said["id"]
        part = {"ref": upload_id, "name": said.get("name", ""), "mime": said.get("mime", "")}
        heard = {"id": upload_id, "attachments": [part]}
        heard |= {name: said[name] for name in ("album", "order") if name in said}
        owner = _owner(address)
        incoming = read_say(heard, address, self.clock(), lambda ref: self.uploads.find(owner, ref))
        await self._receive(_carried(incoming))

    def _upload_of(self, request: web.Request) -> tuple[str, str]:
        upload_id = request.query.get("id", "")
        if not is_id(upload_id):
            raise web.HTTPBadRequest
        return _owner(self._address(request)), upload_id

    def _address(self, request: web.Request) -> Address:
        address = self.reader(request.match_info["token"], self.clock())
        if address is None:
            if request.path.endswith(("/upload", "/done")):
                raise web.HTTPGone(text='{"error": "old"}', content_type="application/json")
            raise web.HTTPGone(text=self.notice("web-gui-old"), content_type="text/html")
        return address

    def _html(self, text: str, *, status: int = 200) -> web.Response:
        headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
        return web.Response(text=text, status=status, content_type="text/html", headers=headers)


def _path(request: web.Request) -> str:
    return f"/gui/{request.match_info['token']}"


def _owner(address: Address) -> str:
    return f"{address.channel}:{address.id}"


def _carried(incoming: Incoming) -> Incoming:
    parts = tuple(replace(part, via=_HOLDER) for part in incoming.attachments)
    return replace(incoming, id=f"gui-{incoming.id}", attachments=parts)


async def _pieces(part: BodyPartReader) -> AsyncIterator[bytes]:
    while piece := await part.read_chunk(_PIECE):
        yield piece
