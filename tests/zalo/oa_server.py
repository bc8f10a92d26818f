"""Zalo's Official Account API, as far as it is known: messages, uploads, tokens, webhook.

``async with OaServer() as zalo``: then ``zalo.url`` is the address of all three hosts. What the
sources disagree about, or what tests want to go wrong, is an attribute ("knob"). ``zalo.clock`` is
turned by tests; people are made by ``Person`` (oa_person.py).
"""

import asyncio
import itertools
import json
import secrets
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta, timezone
from typing import Any

from aiohttp import web

from tests.botapi.faults import Faults
from tests.zalo.oa_faults import OaFault, go_wrong, json_answer
from tests.zalo.oa_rules import (
    APP_ID,
    APP_SECRET,
    FIRST_REFRESH_TOKEN,
    OA_ID,
    Bubble,
    Clock,
    Refused,
    Template,
    Upload,
    User,
    check_template,
    check_upload,
    read_message,
)
from tests.zalo.oa_webhook import Webhook

NIGHT_ENDS, NIGHT_BEGINS = 6, 22  # in Vietnam

VIETNAM = timezone(timedelta(hours=7))
REMINDER = Template({"truong": 200, "bao_cao": 200, "han": 30})  # as docs/zalo.md registers it


class OaServer:
    def __init__(self, clock: Callable[[], datetime] | None = None) -> None:
        self.clock: Any = clock or Clock()
        self.users: dict[str, User] = {}
        self.uploads: dict[str, Upload] = {}
        self.media: dict[str, bytes] = {}
        self.templates: dict[str, Template] = {"201": REMINDER}
        self.money = 1000
        self.faults = Faults()
        self.counts: Counter[str] = Counter()
        self.calls: deque[tuple[str, Any]] = deque(maxlen=10_000)
        self.next_id = itertools.count(1001).__next__
        # knobs
        self.verified, self.linked_zca = True, True
        self.per_minute = 4000
        self.expires_in = 90_000
        self.buttons_refused = 0  # -233 or -201: this account may send none
        self.night_refusal = -133
        self.discontinued = -233
        self.token_delay = 0.0  # seconds that an exchange takes
        self.upload_field = "token"  # or "attachment_id"
        # tokens
        self.access_token = ""
        self.access_until = self.clock()
        self.refresh_tokens = {FIRST_REFRESH_TOKEN: False}  # token -> has been used
        self.exchanges = 0
        self._minute: tuple[int, int] = (0, 0)
        self._tasks: set[asyncio.Task[None]] = set()
        self._runner: web.AppRunner | None = None
        self.url = ""
        self.webhook = Webhook(self)
        self.app = web.Application(client_max_size=30 * 1024 * 1024)
        self._add_routes()

    def _add_routes(self) -> None:
        post, get = self.app.router.add_post, self.app.router.add_get
        post("/v4/oa/access_token", self._on_token)
        post("/v3.0/oa/message/cs", self._call("cs", self._cs))
        post("/v3.0/oa/message/template", self._call("template", self._by_uid))
        post("/message/template", self._call("zns", self._by_phone))
        post("/v3.0/oa/message/transaction", self._call("transaction", self._dead_end))
        post("/v3.0/oa/message/promotion", self._call("promotion", self._dead_end))
        post("/v2.0/oa/message", self._call("v2", self._v2))
        post("/v2.0/oa/upload/image", self._call("upload/image", self._upload_image))
        post("/v2.0/oa/upload/file", self._call("upload/file", self._upload_file))
        post("/v3.0/oa/quota/message", self._call("quota", self._quota))
        get("/v3.0/oa/user/detail", self._call("detail", self._detail))
        get("/v2.0/oa/getoa", self._call("getoa", self._about))
        get("/media/{id}/{name}", self._on_media)

    async def start(self, port: int = 0) -> None:
        if self._runner:
            return
        self._runner = web.AppRunner(self.app, shutdown_timeout=0.2, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.webhook.close()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> "OaServer":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")

    def fail(self, call: str, **what: Any) -> None:
        """Make the next calls go wrong: see OaFault. "token" is the exchange of tokens."""
        self.faults.add(OaFault(call, **what))

    def user(self, user_id: str, name: str = "Cô Hạnh") -> User:
        return self.users.setdefault(user_id, User(user_id, name))

    def new_tokens(self) -> dict[str, str]:
        """Give out a pair; the access token before it dies."""
        self.access_token = f"access-{secrets.token_hex(8)}"
        self.access_until = self.clock() + timedelta(seconds=self.expires_in)
        refresh = f"refresh-{secrets.token_hex(8)}"
        self.refresh_tokens[refresh] = False
        self.exchanges += 1
        return {
            "access_token": self.access_token,
            "refresh_token": refresh,
            "expires_in": str(self.expires_in),
        }

    def consent(self) -> str:
        """An administrator takes a new pair from the console; returns its refresh token."""
        return self.new_tokens()["refresh_token"]

    def is_night(self) -> bool:
        hour = self.clock().astimezone(VIETNAM).hour
        return hour < NIGHT_ENDS or hour >= NIGHT_BEGINS

    # tokens

    async def _on_token(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        self.counts["token"] += 1
        await asyncio.sleep(self.token_delay)
        fault = self.faults.take("token")

        async def answer() -> web.Response:
            if request.headers.get("secret_key") != APP_SECRET or form.get("app_id") != APP_ID:
                return json_answer({"error": -14002, "error_name": "Invalid app id."})
            token = str(form.get("refresh_token"))
            if form.get("grant_type") != "refresh_token" or token not in self.refresh_tokens:
                return json_answer({"error": -14014, "error_name": "Invalid refresh token."})
            if self.refresh_tokens[token]:
                return web.Response()  # used before: an empty 200
            self.refresh_tokens[token] = True
            return json_answer(self.new_tokens())

        return await go_wrong(request, fault, answer) if fault else await answer()

    # calls

    def _call(
        self, name: str, carry_out: Callable[[web.Request], Awaitable[Any]]
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            self.counts[name] += 1
            fault = self.faults.take(name)

            async def answer() -> web.Response:
                left = self._left()
                try:
                    if fault and isinstance(fault, OaFault) and fault.code:
                        raise Refused(fault.code)
                    self._check_token(request)
                    if left < 0:
                        raise Refused(-32)
                    found = await carry_out(request)
                except Refused as refused:
                    response = json_answer({"error": refused.code, "message": refused.message})
                else:
                    response = json_answer({"data": found, "error": 0, "message": "Success"})
                response.headers["X-RateLimit-Limit"] = str(self.per_minute)
                response.headers["X-RateLimit-Remain"] = str(max(left, 0))
                return response

            return await go_wrong(request, fault, answer) if fault else await answer()

        return handle

    def _left(self) -> int:
        """Count a call; how many more this minute has."""
        minute = int(self.clock().timestamp() // 60)
        seen = self._minute[1] + 1 if self._minute[0] == minute else 1
        self._minute = minute, seen
        return self.per_minute - seen

    def _check_token(self, request: web.Request) -> None:
        if request.headers.get("access_token", "") != self.access_token or not self.access_token:
            raise Refused(-216)
        if self.clock() >= self.access_until:
            raise Refused(-220)

    async def _body(self, request: web.Request, name: str) -> Any:
        body = await request.json()
        self.calls.append((name, body))
        if not isinstance(body, dict):
            raise Refused(-201)
        return body

    async def _cs(self, request: web.Request) -> Any:
        body = await self._body(request, "cs")
        shown = read_message(body.get("message"))
        user = self._reachable((body.get("recipient") or {}).get("user_id"))
        age = self.clock() - user.heard_at if user.heard_at else timedelta.max
        if age > timedelta(days=7):
            raise Refused(-230)
        if shown.buttons and self.buttons_refused:
            raise Refused(self.buttons_refused)
        quota = {}
        if age <= timedelta(hours=48):
            quota = {"quota": {"quota_type": "reply"}}
        upload = self._upload_named(shown.upload, shown.echo) if shown.upload else None
        picture = upload.content if upload and upload.kind == "image" else b""
        document = upload.content if upload and upload.kind == "file" else b""
        bubble = self._show(
            user,
            Bubble(
                self._message_id(),
                shown.text,
                shown.buttons,
                picture,
                document,
                upload.name if document and upload else "",
            ),
        )
        self._later(self.webhook.echo(shown.echo, user.id, bubble))
        return {
            "message_id": bubble.id,
            "user_id": user.id,
            "sent_time": str(int(self.clock().timestamp() * 1000)),
            **quota,
        }

    def _reachable(self, user_id: Any) -> User:
        user = self.users.get(user_id) if isinstance(user_id, str) else None
        if user is None or not user.follows:
            raise Refused(-213)
        if user.refuses:
            raise Refused(user.refuses)
        return user

    def _upload_named(self, token: str, kind: str) -> Upload:
        upload = self.uploads.get(token)
        if upload is None or upload.kind != kind:
            raise Refused(-201, "attachment_id is invalid")
        if self.clock() >= upload.until:
            raise Refused(-100)
        return upload

    async def _by_uid(self, request: web.Request) -> Any:
        body = await self._body(request, "template")
        user = self._reachable(body.get("user_id"))
        template = self._template(body)
        if not template.by_uid:
            raise Refused(-249)
        bubble = self._pay_and_show(user, body)
        return {"message_id": bubble.id, "user_id": user.id, "sent_time": "0", "quota": {}}

    async def _by_phone(self, request: web.Request) -> Any:
        body = await self._body(request, "zns")
        phone = str(body.get("phone", ""))
        if not phone.startswith("84") or not phone.isdigit():
            raise Refused(-108, "Phone number invalid")
        self._template(body)
        user = next((user for user in self.users.values() if user.phone == phone), None)
        if user is None:
            raise Refused(-118)
        bubble = self._pay_and_show(user, body)
        quota = {"dailyQuota": "500", "remainingQuota": "499"}
        return {"msg_id": bubble.id, "sent_time": "0", "quota": quota}

    def _template(self, body: dict[str, Any]) -> Template:
        template = self.templates.get(str(body.get("template_id")))
        if template is None:
            raise Refused(-109, "Template ID invalid")
        check_template(template, body.get("template_data"))
        if template.not_at_night and self.is_night():
            raise Refused(self.night_refusal)
        return template

    def _pay_and_show(self, user: User, body: dict[str, Any]) -> Bubble:
        if self.money <= 0:
            raise Refused(-115)
        self.money -= 1
        text = " · ".join(body["template_data"].values())
        return self._show(user, Bubble(self._message_id(), text, template=body["template_id"]))

    async def _dead_end(self, request: web.Request) -> Any:
        raise Refused(self.discontinued)

    async def _v2(self, request: web.Request) -> Any:
        body = await self._body(request, "v2")
        if "sender_action" not in body:
            raise Refused(-240)
        return {}

    async def _upload_image(self, request: web.Request) -> Any:
        return await self._upload(request, "image", "attachment_id")

    async def _upload_file(self, request: web.Request) -> Any:
        return await self._upload(request, "file", self.upload_field)

    async def _upload(self, request: web.Request, kind: str, names: str) -> Any:
        form = await request.post()
        part = form.get("file")
        if not isinstance(part, web.FileField) or len(form) != 1:
            raise Refused(-201, "file is invalid")
        content = part.file.read()
        self.calls.append((f"upload/{kind}", part.filename))
        if not check_upload(kind, part.filename, content):
            return {}
        token = f"{kind}-{secrets.token_hex(8)}"
        until = self.clock() + timedelta(days=7)
        self.uploads[token] = Upload(kind, part.filename, content, until)
        return {names: token}

    async def _quota(self, request: web.Request) -> Any:
        user = self.users[(await self._body(request, "quota"))["user_id"]]
        at = user.heard_at.timestamp() * 1000 if user.heard_at else 0
        return {"last_interaction": str(int(at))}

    async def _detail(self, request: web.Request) -> Any:
        user = self.users.get(json.loads(request.query.get("data", "{}")).get("user_id"))
        if user is None:
            raise Refused(-201, "user_id is invalid")
        return {
            "user_id": user.id,
            "display_name": user.name,
            "user_is_follower": user.follows,
        }

    async def _about(self, request: web.Request) -> Any:
        return {
            "oa_id": OA_ID,
            "name": "Phòng Văn hóa - Xã hội",
            "is_verified": self.verified,
            "package_name": "Growth",
            "linked_ZCA": "ZCA-1" if self.linked_zca else "",
        }

    # what people see and send

    def _message_id(self) -> str:
        return f"{self.next_id():020x}"

    def _show(self, user: User, bubble: Bubble) -> Bubble:
        user.messages.append(bubble)
        user.changed.set()
        return bubble

    def _later(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settled(self) -> None:
        """Wait until everything has been reported."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def keep_media(self, content: bytes, name: str) -> str:
        number = str(self.next_id())
        self.media[number] = content
        return f"{self.url}/media/{number}/{name}"

    async def _on_media(self, request: web.Request) -> web.StreamResponse:
        self.counts["media"] += 1
        content = self.media.get(request.match_info["id"])
        if content is None:
            raise web.HTTPNotFound
        fault = self.faults.take("media")

        async def answer() -> web.Response:
            return web.Response(body=content, content_type="application/octet-stream")

        return await go_wrong(request, fault, answer) if fault else await answer()
