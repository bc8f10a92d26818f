"""The server: chats, files, and one bot whose token it knows."""

import asyncio
import itertools
import json
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import web

from tests.botapi.faults import Fault, Faults, Floods
from tests.botapi.incoming import REQUEST_BYTES, ApiError, Arguments, bad_request, read
from tests.botapi.methods import carry_out
from tests.botapi.updates import QUERY_SECONDS, Updates

TOKEN = "123456789:AAHxZ-this_is_a_token_for_tests_only"
KEPT_FILES = 5000


@dataclass
class StoredFile:
    id: str
    kind: str
    path: str
    content: bytes
    size: int
    shown: Any  # as it stands in a message

    @property
    def unique_id(self) -> str:
        return f"u{self.id}"


@dataclass
class Chat:
    """One private chat, as the person's phone shows it."""

    id: int
    user: dict[str, Any]
    me: dict[str, Any]
    next_id: Callable[[], int]
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    news: list[int] = field(default_factory=list)  # ids of what the bot sent or changed, in order
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    refusal: ApiError | None = None  # why the bot cannot write here

    @property
    def shown(self) -> dict[str, Any]:
        return {"id": self.id, "type": "private", "first_name": self.user["first_name"]}

    def add(self, fields: dict[str, Any], *, by_person: bool = False) -> dict[str, Any]:
        message = {
            "message_id": self.next_id(),
            "from": self.user if by_person else self.me,
            "chat": self.shown,
            "date": int(time.time()),
            **fields,
        }
        self.messages[message["message_id"]] = message
        if not by_person:
            self._tell(message)
        return message

    def change(self, message: dict[str, Any]) -> dict[str, Any]:
        message["edit_date"] = int(time.time())
        self.messages[message["message_id"]] = message
        self._tell(message)
        return message

    def _tell(self, message: dict[str, Any]) -> None:
        self.news.append(message["message_id"])
        self.changed.set()


class BotApi:
    """``async with BotApi() as api``: then ``api.url`` is what BOT_TELEGRAM_API_URL says.

    ``haste`` shortens the waits between webhook attempts; ``floods`` puts the limits in force.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        haste: float = 50.0,
        floods: Floods | None = None,
        https_only: bool = False,
        latency: float = 0.0,
    ) -> None:
        self.token = token
        self.https_only = https_only
        self.latency = latency  # seconds on the way, each direction together
        self.me = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Trợ lý báo cáo",
            "username": "tro_ly_bao_cao_bot",
        }
        self.updates = Updates(haste)
        self.faults = Faults()
        self.floods = floods
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.commands: list[dict[str, str]] = []
        self.queries: dict[str, float] = {}  # not answered yet -> until when they can be
        self.calls: deque[tuple[str, dict[str, Any]]] = deque(maxlen=10_000)
        self.counts: Counter[str] = Counter()
        self.query_seconds = QUERY_SECONDS
        self.url = ""
        self.app = web.Application(client_max_size=REQUEST_BYTES + 1024 * 1024)
        self.app.router.add_route("*", "/bot{token}/{method}", self._on_call)
        self.app.router.add_get("/file/bot{token}/{path:.+}", self._on_file)
        self.next_id: Callable[[], int] = itertools.count(1001).__next__
        self._runner: web.AppRunner | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Come up; does nothing when it is up already."""
        if self._runner:
            return
        self._runner = web.AppRunner(
            self.app, handler_cancellation=True, shutdown_timeout=0.2, access_log=None
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self.url = f"http://{host}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Go down; chats and waiting updates stay, and ``start`` brings them back."""
        await self.updates.close()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    async def __aenter__(self) -> "BotApi":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def fail(self, method: str, **what: Any) -> None:
        """Make the next calls of ``method`` go wrong: see Fault."""
        self.faults.add(Fault(method, **what))

    def chat(self, user_id: int, first_name: str = "Cô Hạnh") -> Chat:
        """The chat with a person, made when it is not there yet."""
        if user_id not in self.chats:
            user = {"id": user_id, "is_bot": False, "first_name": first_name}
            self.chats[user_id] = Chat(user_id, user, self.me, self.next_id)
        return self.chats[user_id]

    def chat_to_write(self, arguments: Arguments) -> Chat:
        if "chat_id" not in arguments.values:
            raise bad_request("chat_id is empty")
        try:
            chat = self.chats[int(arguments.values["chat_id"])]
        except (KeyError, TypeError, ValueError):
            raise bad_request("chat not found") from None
        if chat.refusal:
            raise chat.refusal
        return chat

    def count_flood(self, chat: Chat, messages: int = 1) -> None:
        wait = self.floods.take(chat.id, messages) if self.floods else 0
        if wait:
            raise ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)

    def keep_photo(self, content: bytes, width: int, height: int) -> list[dict[str, Any]]:
        """Two sizes: the thumbnail comes first, as Telegram has it."""
        small = self._keep("photo", "photos", ".jpg", b"thumbnail only", None)
        large = self._keep("photo", "photos", ".jpg", content, None)
        sizes = [
            {"file_id": small.id, "file_unique_id": small.unique_id, "file_size": small.size,
             "width": 90, "height": 67},
            {"file_id": large.id, "file_unique_id": large.unique_id, "file_size": large.size,
             "width": max(width, 91), "height": max(height, 68)},
        ]  # fmt: skip
        small.shown = large.shown = sizes
        return sizes

    def keep_document(
        self, content: bytes, name: str, mime: str, size: int | None = None
    ) -> dict[str, Any]:
        """``size`` is what the server says when that is not the length of ``content``."""
        dot = name.rfind(".")
        file = self._keep("document", "documents", name[dot:] if dot > 0 else "", content, size)
        file.shown = {
            "file_id": file.id,
            "file_unique_id": file.unique_id,
            "file_name": name,
            "mime_type": mime,
            "file_size": file.size,
        }
        return dict(file.shown)

    def keep_other(self, kind: str, content: bytes, mime: str) -> dict[str, Any]:
        """A voice message, a video, a sticker …"""
        file = self._keep(kind, kind, "", content, None)
        file.shown = {
            "file_id": file.id,
            "file_unique_id": file.unique_id,
            "file_size": file.size,
            "mime_type": mime,
            "duration": 3,
        }
        return dict(file.shown)

    def known_file(self, file_id: str, kind: str) -> Any:
        file = self.files.get(file_id)
        if file is None or file.kind != kind:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return file.shown

    def _keep(
        self, kind: str, folder: str, suffix: str, content: bytes, size: int | None
    ) -> StoredFile:
        number = self.next_id()
        file = StoredFile(
            f"{kind}-{number}",
            kind,
            f"{folder}/file_{number}{suffix}",
            content,
            len(content) if size is None else size,
            None,
        )
        self.files[file.id] = file
        if len(self.files) > KEPT_FILES:
            del self.files[next(iter(self.files))]
        return file

    def open_query(self) -> str:
        query = f"48{self.next_id():012}"
        self.queries[query] = time.monotonic() + self.query_seconds
        return query

    def close_query(self, query: str) -> bool:
        return self.queries.pop(query, 0.0) > time.monotonic()

    async def _on_call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"].lower()
        if request.match_info["token"] != self.token:
            return _refusal(ApiError(401, "Unauthorized"))
        try:
            arguments = await read(request)
        except ApiError as error:
            return _refusal(error)
        self.counts[method] += 1
        self.calls.append((method, arguments.values))
        if self.latency:
            await asyncio.sleep(self.latency)
        fault = self.faults.take(method)
        if fault is None:
            return await self._answer(method, arguments)
        return await self._go_wrong(request, fault, lambda: self._answer(method, arguments))

    async def _answer(self, method: str, arguments: Arguments) -> web.Response:
        try:
            result = await carry_out(self, method, arguments)
        except ApiError as error:
            return _refusal(error)
        return web.Response(
            body=orjson.dumps({"ok": True, "result": result}), content_type="application/json"
        )

    async def _go_wrong(
        self, request: web.Request, fault: Fault, answer: Callable[[], Awaitable[web.Response]]
    ) -> web.Response:
        await asyncio.sleep(fault.hang)
        if fault.body:
            return web.Response(
                status=fault.status or 200, text=fault.body, content_type="text/html"
            )
        if fault.status:
            text = fault.description or f"Too Many Requests: retry after {fault.retry_after}"
            return _refusal(ApiError(fault.status, text, fault.retry_after))
        response = web.Response() if fault.cut == "before" else await answer()
        await asyncio.sleep(fault.hang_after)
        if fault.cut and request.transport:
            request.transport.abort()
        return response

    async def _on_file(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return _refusal(ApiError(401, "Unauthorized"))
        self.counts["download"] += 1
        fault = self.faults.take("download")
        path = request.match_info["path"]
        file = next((file for file in self.files.values() if file.path == path), None)
        if file is None:
            return _refusal(ApiError(404, "Not Found"))
        response = web.Response(body=file.content, content_type="application/octet-stream")

        async def answer() -> web.Response:
            return response

        if fault and fault.cut == "after":  # half of it, then nothing
            half = web.StreamResponse(headers={"Content-Length": str(len(file.content))})
            await half.prepare(request)
            await half.write(file.content[: len(file.content) // 2])
            if request.transport:
                request.transport.abort()
            return half
        return await self._go_wrong(request, fault, answer) if fault else response


def _refusal(error: ApiError) -> web.Response:
    body: dict[str, Any] = {
        "ok": False,
        "error_code": error.code,
        "description": error.description,
    }
    headers = {}
    if error.retry_after:
        body["parameters"] = {"retry_after": error.retry_after}
        headers["Retry-After"] = str(error.retry_after)
    return web.Response(
        status=error.code,
        text=json.dumps(body, ensure_ascii=False),
        content_type="application/json",
        headers=headers,
    )
