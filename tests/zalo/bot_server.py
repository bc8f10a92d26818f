"""The Bot Platform: chats, photos, and one bot whose token it knows.

As the platform's documentation and those who measured it describe it; ``Knobs`` has what they
disagree about.
"""

import asyncio
import hashlib
import itertools
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import web

from tests.botapi.faults import Fault, Faults
from tests.botapi.incoming import ApiError, Arguments, read
from tests.zalo.bot_methods import METHODS
from tests.zalo.bot_updates import Knobs, Updates
from tests.zalo.media import MediaHost

TOKEN = "1459232241454765289:dGhpcy1pcy1hLXRva2VuLWZvci10ZXN0cw"
NGINX = "<html>\r\n<head><title>{0}</title></head>\r\n<body>nginx</body>\r\n</html>"
TOO_MANY = NGINX.format("429 Too Many Requests")
BAD_GATEWAY = NGINX.format("502 Bad Gateway")
GATEWAY_TIMEOUT = NGINX.format("504 Gateway Time-out")


@dataclass(frozen=True)
class Told:
    """One message of the bot as the phone shows it."""

    id: str
    text: str  # or the caption
    photo: bytes = field(default=b"", repr=False)


@dataclass
class Chat:
    """One private chat."""

    id: str
    has_written: bool = False
    told: list[Told] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, message_id: str, text: str, photo: bytes) -> None:
        self.told.append(Told(message_id, text, photo))
        self.changed.set()


class ZaloBotApi:
    """``async with ZaloBotApi() as api``: then ``api.url`` is what BOT_ZALO_BOT_API_URL says.

    ``haste`` shortens the waiting of polls.
    """

    def __init__(
        self, knobs: Knobs | None = None, *, token: str = TOKEN, haste: float = 1.0
    ) -> None:
        self.token = token
        self.id = token.partition(":")[0]
        self.knobs = knobs or Knobs()
        self.updates = Updates(self.knobs, haste)
        self.faults = Faults()
        self.chats: dict[str, Chat] = {}
        self.calls: deque[tuple[str, dict[str, Any]]] = deque(maxlen=10_000)
        self.counts: Counter[str] = Counter()
        self.unknown: list[str] = []  # methods that were called and do not exist
        self.black: list[str] = []  # pictures that were gone when the phone wanted them
        self.refetch_seconds = 0.05
        self.webhook_sets = 0
        self.sent = 0
        self.url = ""
        self.app = web.Application(client_max_size=8 * 1024 * 1024)
        self.app.router.add_route("*", "/bot{token}/{method}", self._on_call)
        self.media = MediaHost(self.app.router)
        self._ids = itertools.count(1)
        self._runner: web.AppRunner | None = None
        self._tasks: set[asyncio.Task[None]] = set()

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
        await asyncio.gather(*self._tasks)
        await self.updates.close()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    async def __aenter__(self) -> "ZaloBotApi":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def fail(self, method: str, **what: Any) -> None:
        """Make the next calls of ``method`` go wrong: see Fault. ``body``: a page, no JSON."""
        self.faults.add(Fault(method, **what))

    def chat(self, chat_id: str) -> Chat:
        """The chat with a person, made when it is not there yet."""
        return self.chats.setdefault(chat_id, Chat(chat_id))

    def next_id(self) -> str:
        """An id as the platform has them: 20 hexadecimal digits."""
        number = next(self._ids)
        return hashlib.sha256(f"{self.id} {number}".encode()).hexdigest()[:20]

    def in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _on_call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if request.match_info["token"] != self.token:
            return self._refusal(ApiError(401, "Unauthorized"))
        try:
            arguments = await read(request)
        except ApiError as error:
            return self._refusal(error)
        self.counts[method] += 1
        self.calls.append((method, arguments.values))
        fault = self.faults.take(method.lower())
        if fault is None:
            return await self._answer(method, arguments)
        return await self._go_wrong(request, fault, lambda: self._answer(method, arguments))

    async def _answer(self, method: str, arguments: Arguments) -> web.Response:
        if method not in METHODS:
            self.unknown.append(method)
            return self._refusal(ApiError(404, "Not Found"))
        try:
            answer = await METHODS[method](self, arguments)
        except ApiError as error:
            return self._refusal(error)
        return _json({"ok": True, **answer})

    async def _go_wrong(
        self, request: web.Request, fault: Fault, answer: Callable[[], Awaitable[web.Response]]
    ) -> web.Response:
        await asyncio.sleep(fault.hang)
        headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after else {}
        if fault.body:  # nginx, not the platform: its status is always a real one
            return web.Response(
                status=fault.status or 200,
                text=fault.body,
                content_type="text/html",
                headers=headers,
            )
        if fault.status == 200:
            await answer()
            return web.Response()  # carried out, and nothing said
        if fault.status:
            return self._refusal(ApiError(fault.status, fault.description))
        response = web.Response() if fault.cut == "before" else await answer()
        await asyncio.sleep(fault.hang_after)
        if fault.cut and request.transport:
            request.transport.abort()
        return response

    def _refusal(self, error: ApiError) -> web.Response:
        name = "errorCode" if error.code == 426 else "error_code"
        body = {"ok": False, "description": error.description, name: error.code}
        return _json(body, 200 if self.knobs.error_http == "ok200" else error.code)


def _json(body: dict[str, Any], status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")
