"""The web chat: a page of our own, for everybody with a browser. Works without the internet.

The page and the server speak JSON over one socket:

    page                                          server
    {type: hello, after: <last id seen>}          {type: history, entries: [...]}
    {type: say, id, text | button, pressed | attachments, album, order | start}
                                                  {type: kept, id, at}       it is in the inbox
                                                  {type: refused, id, reason}
    {type: ping}                                  {type: pong}
                                                  {type: entry, entry: {...}}

What is not "kept" is said again with the same id, and is kept once.
"""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web

from bot.channels.webchat_page import GOING, STRANGER, Page, to_json
from bot.channels.webchat_uploads import UploadRefused, Uploads
from bot.channels.webchat_visitors import Visitor, Visitors
from bot.channels.webchat_wire import TEXT_LIMIT, Entry, is_id, read_say, write_entry
from bot.chat import Abilities, Address, Attachment, File, Message, Receive

History = Callable[[str, str], Awaitable[list[Entry]]]
"""(address id, after) -> what was said there after that entry, oldest first.

All of the last entries when ``after`` is "" or not known. An entry told twice does no harm.
"""

_HEARTBEAT = 25.0  # seconds; under the minute after which proxies cut a silent connection
_LONGEST_LINE = 4 * TEXT_LIMIT + 10_000  # bytes
_PAGES = 20  # open windows of one talk, with those that a broken network has left behind
_PIECE = 128 * 1024
_SWEEP = 3600.0  # seconds
_REFUSED = {"too-big": 413, "offset": 409, "quota": 429}


_ABILITIES = Abilities(
    buttons=100, button_label=200, files=True, pictures=True, edit=True, text_limit=50_000
)


@dataclass(kw_only=True)
class WebChat:
    """The channel. A message is delivered when it is in the history: the page will ask for it."""

    history: History
    page: Callable[[str, str, bool], str]  # (name of the talk, invitation code, office) -> HTML
    is_office: Callable[[str], Awaitable[bool]]  # whether who speaks from an address id works there
    file_link: Callable[[str, File], str]  # (address id, file) -> a link for that person
    visitors: Visitors
    uploads: Uploads
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    name: str = "web"
    abilities: Abilities = _ABILITIES
    _pages: dict[str, list[Page]] = field(default_factory=dict, init=False)

    async def open(self, receive: Receive, routes: web.UrlDispatcher) -> None:
        """Add the routes of the chat."""
        self._receive = receive
        routes.add_get("/chat", self._show)
        routes.add_get("/moi/{code}", self._invite, allow_head=True)
        routes.add_get("/chat/ws", self._talk, allow_head=False)
        routes.add_post("/chat/upload", self._take_upload)
        routes.add_get("/chat/upload", self._upload_so_far)
        routes.add_get("/chat/upload/{id}", self._show_upload)
        self._sweeper = asyncio.create_task(self._sweep())

    async def send(self, to: Address, message: Message, key: str) -> str:
        """Show a message in every open window of that talk; the others find it in the history."""
        self._push(to.id, Entry(key, self.clock(), message))
        return key

    async def download(self, attachment: Attachment, target: Path) -> None:
        """Copy what a page has uploaded."""
        await self.uploads.copy(attachment.ref, target)

    async def close(self) -> None:
        """Send the open pages away; they come back by themselves."""
        self._sweeper.cancel()
        pages = [page for pages in self._pages.values() for page in pages]
        await asyncio.gather(*(page.close(GOING, "restart") for page in pages))

    def visitor(self, request: web.Request) -> str:
        """Return the address id of the browser that asks, or ""."""
        known = self.visitors.known(request, self.clock())
        return known.id if known else ""

    async def _show(self, request: web.Request) -> web.Response:
        now = self.clock()
        if token := request.query.get("t"):
            visitor = self.visitors.by_link(request, token, now)
            moved = web.HTTPSeeOther("/chat")  # the token does not stay in the address bar
            if visitor:
                self.visitors.remember(moved, visitor, now)
            raise moved
        return await self._page_for(self.visitors.anybody(request, now), "")

    async def _invite(self, request: web.Request) -> web.Response:
        """Show the page to somebody invited; the page says the code.

        Not this request: messengers fetch links to preview them, and would use the code up.
        """
        code = request.match_info["code"]
        if len(code) > 64:
            raise web.HTTPNotFound
        return await self._page_for(self.visitors.invited(request, code, self.clock()), code)

    async def _page_for(self, visitor: Visitor, start: str) -> web.Response:
        talk = hashlib.sha256(visitor.id.encode()).hexdigest()[:12]
        page = self.page(talk, start, await self.is_office(visitor.id))
        response = web.Response(text=page, content_type="text/html")
        response.headers["Cache-Control"] = "no-store"
        self.visitors.remember(response, visitor, self.clock())
        return response

    async def _talk(self, request: web.Request) -> web.WebSocketResponse:
        if not self.visitors.from_our_page(request):
            raise web.HTTPForbidden
        socket = web.WebSocketResponse(heartbeat=_HEARTBEAT, max_msg_size=_LONGEST_LINE)
        await socket.prepare(request)
        address_id = self.visitor(request)
        if not address_id:
            await socket.close(code=STRANGER, message=b"stranger")
            return socket
        page = Page(socket, address_id)
        pages = self._pages.setdefault(address_id, [])
        pages.append(page)
        writer = asyncio.create_task(page.write())
        try:
            if len(pages) > _PAGES:
                pages[0].send_away()
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._hear(page, message.data)
        finally:
            writer.cancel()
            pages.remove(page)
            if not pages:
                self._pages.pop(address_id, None)
        return socket

    async def _hear(self, page: Page, line: str) -> None:
        try:
            data = json.loads(line)
            kind = data["type"]
        except (ValueError, KeyError, TypeError):
            return page.answer({"type": "refused", "id": "", "reason": "bad"})
        if kind == "say":
            await self._hear_say(page, data)
        elif kind == "hello":
            page.wait_for_history()
            after = data.get("after", "")
            entries = await self.history(page.address_id, after if is_id(after) else "")
            page.begin(
                {"type": "history", "entries": [self._written(page.address_id, e) for e in entries]}
            )
        elif kind == "ping":
            page.answer({"type": "pong"})
        return None

    async def _hear_say(self, page: Page, data: dict[str, Any]) -> None:
        said_id = data.get("id", "")
        await page.take_turn()
        sender = Address(self.name, page.address_id)
        try:
            incoming = read_say(
                data, sender, self.clock(), lambda ref: self.uploads.find(sender.id, ref)
            )
        except ValueError:
            return page.answer({"type": "refused", "id": said_id, "reason": "bad"})
        except LookupError:
            return page.answer({"type": "refused", "id": said_id, "reason": "upload-gone"})
        # When this fails the socket breaks, and the page says it again.
        await self._receive(incoming)
        page.answer({"type": "kept", "id": incoming.id, "at": incoming.at.isoformat()})
        self._push(sender.id, Entry(incoming.id, incoming.at, incoming), but=page)
        return None

    def _push(self, address_id: str, entry: Entry, *, but: Page | None = None) -> None:
        pages = [page for page in self._pages.get(address_id, ()) if page is not but]
        if pages:
            line = to_json({"type": "entry", "entry": self._written(address_id, entry)})
            for page in pages:
                page.push(line)

    def _written(self, address_id: str, entry: Entry) -> dict[str, Any]:
        return write_entry(entry, lambda file: self.file_link(address_id, file))

    async def _take_upload(self, request: web.Request) -> web.Response:
        owner, upload_id = self._upload_of(request, request.query.get("id", ""))
        try:
            offset, total = int(request.query["offset"]), int(request.query["total"])
        except (KeyError, ValueError):
            raise web.HTTPBadRequest from None
        if offset < 0 or total < 1 or not self.visitors.from_our_page(request):
            raise web.HTTPBadRequest
        pieces: AsyncIterator[bytes] = request.content.iter_chunked(_PIECE)
        try:
            have = await self.uploads.take(owner, upload_id, offset, total, pieces)
        except UploadRefused as refusal:
            have = self.uploads.so_far(owner, upload_id)
            return web.json_response(
                {"error": refusal.reason, "have": have, "limit": self.uploads.limit},
                status=_REFUSED[refusal.reason],
            )
        return web.json_response({"have": have})

    async def _upload_so_far(self, request: web.Request) -> web.Response:
        owner, upload_id = self._upload_of(request, request.query.get("id", ""))
        return web.json_response({"have": self.uploads.so_far(owner, upload_id)})

    async def _show_upload(self, request: web.Request) -> web.FileResponse:
        owner, upload_id = self._upload_of(request, request.match_info["id"])
        path = self.uploads.path(owner, upload_id)
        if not path.is_file():
            raise web.HTTPNotFound
        # Whatever it is, a browser takes it for a picture and for nothing else.
        headers = {
            "Content-Type": "image/jpeg",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, max-age=86400",
        }
        return web.FileResponse(path, headers=headers)

    def _upload_of(self, request: web.Request, upload_id: str) -> tuple[str, str]:
        owner = self.visitor(request)
        if not owner:
            raise web.HTTPForbidden
        if not is_id(upload_id):
            raise web.HTTPBadRequest
        return owner, upload_id

    async def _sweep(self) -> None:
        while True:
            await self.uploads.sweep(self.clock())
            await asyncio.sleep(_SWEEP)
