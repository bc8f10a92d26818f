"""The server behaves as the reference says, and so do the people in front of it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.zalo.oa_person import Person
from tests.zalo.oa_rules import (
    APP_ID,
    APP_SECRET,
    FIRST_REFRESH_TOKEN,
    Refused,
    Template,
    check_template,
    check_upload,
    read_message,
)
from tests.zalo.oa_server import OaServer

CS = "/v3.0/oa/message/cs"
JPEG = b"\xff\xd8\xff picture"


class Client:
    """Speaks to the server as a bot would, and as a bot should not."""

    def __init__(self, zalo: OaServer, session: aiohttp.ClientSession) -> None:
        self.zalo = zalo
        self.session = session
        self.token = ""

    async def renew(self, token: str = FIRST_REFRESH_TOKEN, **more: str) -> bytes:
        form = {"refresh_token": token, "app_id": APP_ID, "grant_type": "refresh_token", **more}
        url = f"{self.zalo.url}/v4/oa/access_token"
        headers = {"secret_key": APP_SECRET}
        async with self.session.post(url, data=form, headers=headers) as response:
            assert response.status == 200
            body = await response.read()
        if b"access_token" in body:
            self.token = self.zalo.access_token
        return body

    async def post(self, path: str, body: Any, headers: dict[str, str] | None = None) -> Any:
        headers = {"access_token": self.token} if headers is None else headers
        url = self.zalo.url + path
        async with self.session.post(url, json=body, headers=headers) as response:
            assert response.status == 200  # also when it refuses
            self.headers = response.headers
            return await response.json(content_type=None)

    async def say(self, message: Any, user: str) -> int:
        body = {"recipient": {"user_id": user}, "message": message}
        return int((await self.post(CS, body))["error"])

    async def upload(self, kind: str, name: str, content: bytes, field: str = "file") -> Any:
        form = aiohttp.FormData()
        form.add_field(field, content, filename=name)
        url = f"{self.zalo.url}/v2.0/oa/upload/{kind}"
        headers = {"access_token": self.token}
        async with self.session.post(url, data=form, headers=headers) as response:
            return await response.json(content_type=None)


@pytest.fixture
async def zalo() -> AsyncIterator[OaServer]:
    async with OaServer() as zalo:
        yield zalo


@pytest.fixture
async def client(zalo: OaServer) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        client = Client(zalo, session)
        await client.renew()
        yield client


@pytest.fixture
def person(zalo: OaServer) -> Person:
    return Person(zalo)


async def test_a_refresh_token_works_once_and_the_access_token_before_dies(client, person):
    first = client.token
    assert await client.renew() == b""
    newest = next(token for token, used in client.zalo.refresh_tokens.items() if not used)
    assert b'"expires_in":"90000"' in await client.renew(newest)
    assert await client.say({"text": "x"}, person.id) == 0
    client.token = first
    assert await client.say({"text": "x"}, person.id) == -216
    assert b"-14014" in await client.renew("unknown")
    assert b"-14002" in await client.renew(newest, app_id="1")


async def test_only_the_right_header_lets_one_in(client, person):
    body = {"recipient": {"user_id": person.id}, "message": {"text": "x"}}
    for headers in ({}, {"access_token": "x"}, {"Authorization": f"Bearer {client.token}"}):
        assert (await client.post(CS, body, headers))["error"] == -216
    client.zalo.clock.turn(hours=25)
    assert (await client.post(CS, body))["error"] == -220


@pytest.mark.parametrize(
    ("after", "code", "free"),
    [
        (timedelta(hours=47), 0, True),
        (timedelta(hours=49), 0, False),
        (timedelta(days=6.9), 0, False),
        (timedelta(days=7.1), -230, False),
    ],
)
async def test_the_windows(client, person, after, code, free):
    client.zalo.clock.turn(seconds=after.total_seconds())
    client.zalo.access_until += after
    body = {"recipient": {"user_id": person.id}, "message": {"text": "x"}}
    answer = await client.post(CS, body)
    assert answer["error"] == code
    assert ("quota" in answer.get("data", {})) is free


async def test_strangers_and_those_who_left_hear_nothing(client, person):
    assert await client.say({"text": "x"}, "nobody") == -213
    await person.unfollow()
    assert await client.say({"text": "x"}, person.id) == -213
    await person.follow()
    assert await client.say({"text": "x"}, person.id) == 0


def button(**more: Any) -> dict[str, Any]:
    return {"title": "Có", "type": "oa.query.show", "payload": "Có #q.1"} | more


def buttons(*some: dict[str, Any], text: str = "Có không?") -> dict[str, Any]:
    payload = {"buttons": list(some)}
    return {"text": text, "attachment": {"type": "template", "payload": payload}}


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"text": "x" * 2001}, -210),
        ({"text": "😀" * 1001}, -210),
        ({"text": "  "}, -201),
        ({}, -201),
        ("text", -201),
        (buttons(*[button()] * 6), -201),
        (buttons(), -201),
        (buttons(button(), text=""), -201),
        (buttons(button(title="x" * 101)), -201),
        (buttons(button(payload="x" * 1001)), -201),
        (buttons(button(type="oa.open.url")), -201),
        ({"attachment": {"type": "image", "payload": {"url": "x"}}}, -201),
        ({"text": "x", "attachment": {"type": "file", "payload": {"token": "t"}}}, -201),
        ({"attachment": {"type": "file", "payload": {}}}, -201),
    ],
)
def test_what_no_message_may_be(message, code):
    with pytest.raises(Refused) as refused:
        read_message(message)
    assert refused.value.code == code


def test_what_a_message_may_be():
    page = button(type="oa.open.url", payload={"url": "https://x.vn"})
    assert len(read_message(buttons(*[button()] * 4, page)).buttons) == 5
    assert read_message({"text": "x" * 2000}).text


async def test_dead_addresses_refuse(client, person):
    body = {"recipient": {"user_id": person.id}, "message": {"text": "x"}}
    assert (await client.post("/v2.0/oa/message", body))["error"] == -240
    assert (await client.post("/v3.0/oa/message/transaction", body))["error"] == -233
    assert (await client.post("/v3.0/oa/message/promotion", body))["error"] == -233
    react = {"recipient": {"user_id": person.id}, "sender_action": {"react_icon": "/-heart"}}
    assert (await client.post("/v2.0/oa/message", react))["error"] == 0


@pytest.mark.parametrize(
    ("kind", "name", "content", "code"),
    [
        ("image", "a.jpg", JPEG, 0),
        ("image", "a.jpg", JPEG + b"x" * 1024 * 1024, -210),
        ("image", "a.gif", b"GIF89a", -201),
        ("image", "a.jpg", b"no picture", -201),
        ("file", "a.docx", b"PK", 0),
        ("file", "a.pdf", b"x" * (5 * 1024 * 1024 + 1), -210),
        ("file", "a.xlsx", b"PK", -201),
        ("file", "x" * 200 + ".pdf", b"PK", -210),
    ],
)
def test_uploads_are_looked_at(kind, name, content, code):
    if not code:
        assert check_upload(kind, name, content)
        return
    with pytest.raises(Refused) as refused:
        check_upload(kind, name, content)
    assert refused.value.code == code


async def test_an_upload_is_shown_for_a_week(client, person):
    assert (await client.upload("file", "a", b"PK"))["data"] == {}  # no ending, no error
    assert (await client.upload("file", "a.pdf", b"PK", field="x"))["error"] == -201
    token = (await client.upload("file", "Báo cáo.pdf", b"%PDF"))["data"]["token"]
    message = {"attachment": {"type": "file", "payload": {"token": token}}}
    assert await client.say(message, person.id) == 0
    assert person.answers[0].document == b"%PDF"
    client.zalo.clock.turn(days=7)
    client.zalo.new_tokens()
    client.token = client.zalo.access_token
    await person.say("x")
    assert await client.say(message, person.id) == -100


@pytest.mark.parametrize(
    ("template", "values", "code"),
    [
        (Template({"a": 3}), {"a": "xyzw"}, -1121),
        (Template({"a": 3}), {"b": "x"}, -1122),
        (Template({"a": 3}), {"a": 7}, -1124),
        (Template({"a": 3}), {}, -111),
        (Template({"a": 3}, approved=False), {"a": "x"}, -131),
    ],
)
def test_templates_take_what_they_are_registered_for(template, values, code):
    with pytest.raises(Refused) as refused:
        check_template(template, values)
    assert refused.value.code == code


async def test_templates_cost_sleep_and_know_whom_they_reach(client, person):
    values = {"truong": "TH A", "bao_cao": "B", "han": "1/1"}
    by_uid = {"user_id": person.id, "template_id": "201", "template_data": values}
    by_phone = {"phone": "84912345678", "template_id": "201", "template_data": values}
    client.zalo.clock.stands = datetime(2026, 10, 9, 5, 0, tzinfo=UTC)
    client.zalo.access_until = client.zalo.clock.stands + timedelta(days=1)

    async def codes() -> tuple[int, int]:
        return (
            (await client.post("/v3.0/oa/message/template", by_uid))["error"],
            (await client.post("/message/template", by_phone))["error"],
        )

    assert await codes() == (0, -118)
    person.user.phone = "84912345678"
    assert await codes() == (0, 0)
    client.zalo.templates["201"] = Template({}, by_uid=False)
    assert await codes() == (-249, 0)
    client.zalo.money = 0
    assert await codes() == (-249, -115)
    client.zalo.clock.turn(hours=11)  # 23:00 in Vietnam
    assert await codes() == (-133, -133)
    by_phone["phone"] = "0912345678"
    assert (await client.post("/message/template", by_phone))["error"] == -108


async def test_calls_are_counted_by_the_minute(client, person):
    client.zalo.per_minute = 3
    client.zalo.clock.turn(minutes=1)
    client.zalo.clock.stands = client.zalo.clock()
    left = []
    for _ in range(4):
        code = await client.say({"text": "x"}, person.id)
        left.append((code, client.headers["X-RateLimit-Remain"]))
    assert left == [(0, "2"), (0, "1"), (0, "0"), (-32, "0")]
    client.zalo.clock.turn(minutes=1)
    assert await client.say({"text": "x"}, person.id) == 0


async def test_a_webhook_that_cannot_be_reached_is_switched_off(zalo, person):
    zalo.webhook.retries = True
    zalo.webhook.url = "http://127.0.0.1:9"
    assert await person.say("x") == 0
    assert len(zalo.webhook.answers) == 6
    assert zalo.webhook.is_off


async def test_retries_carry_their_number_and_slow_ears_are_not_asked_again(zalo, person):
    seen: list[str | None] = []

    async def hear(request: web.Request) -> web.Response:
        seen.append(request.headers.get("num_retry"))
        return web.Response(status=500)

    app = web.Application()
    app.router.add_post("/", hear)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    zalo.webhook.retries = True
    zalo.webhook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    assert await person.say("x") == 500
    assert seen == [None]
    await runner.cleanup()


async def test_a_tap_says_the_payload_and_a_page_says_nothing(client, person):
    page = button(title="Mở", type="oa.open.url", payload={"url": "https://x.vn"})
    assert await client.say(buttons(button(), page), person.id) == 0
    await person.tap(0)
    assert client.zalo.webhook.last["message"]["text"] == "Có #q.1"
    client.zalo.webhook.last = {}
    await person.tap("Mở")
    assert client.zalo.webhook.last == {}
