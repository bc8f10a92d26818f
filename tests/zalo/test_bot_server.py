"""The server itself keeps the rules that the tests of the bot rely on."""

import asyncio
import time

import aiohttp
import pytest
from aiohttp import web

from bot.chat import Address, File
from tests.channels.demands import jpeg
from tests.zalo.bot_person import Person, links_in
from tests.zalo.bot_server import TOO_MANY, ZaloBotApi
from tests.zalo.bot_updates import HAS_WEBHOOK, Knobs
from tests.zalo.shelf import Shelf, open_link


class Client:
    """Calls a method and returns the HTTP status and the body."""

    def __init__(self, api, session):
        self._api = api
        self._session = session

    async def __call__(self, method, **parameters):
        url = f"{self._api.url}/bot{self._api.token}/{method}"
        async with self._session.post(url, json=parameters) as response:
            return response.status, await response.json()


@pytest.fixture
async def api():
    async with ZaloBotApi(haste=100) as api:
        yield api


@pytest.fixture
async def call(api):
    async with aiohttp.ClientSession() as session:
        yield Client(api, session)


@pytest.fixture
async def person(api):
    person = Person(api)
    await person.say("Xin chào")
    api.updates._waiting.clear()
    return person


@pytest.fixture
async def hook():
    """A webhook that notes what comes, and answers with ``hook.statuses`` or 200."""

    class Hook:
        def __init__(self):
            self.got, self.statuses, self.sleep = [], [], 0.0

        async def take(self, request):
            self.got.append((dict(request.headers), await request.json()))
            await asyncio.sleep(self.sleep)
            return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def refusal(call, method, **parameters):
    _, body = await call(method, **parameters)
    assert body["ok"] is False
    return body["description"]


@pytest.mark.parametrize(("error_http", "status"), [("status", 404), ("ok200", 200)])
async def test_a_refusal_is_told_by_status_or_only_in_the_body(api, call, error_http, status):
    api.knobs.error_http = error_http
    expected = {"ok": False, "description": "Not Found", "error_code": 404}
    assert await call("sendDocument") == (status, expected)
    assert await call("getme") == (status, expected)  # names are case-sensitive
    assert api.unknown == ["sendDocument", "getme"]


@pytest.mark.parametrize("timeout", [2, "2"])
async def test_a_poll_with_nothing_ends_with_408_after_its_time(api, call, timeout):
    api.updates.haste = 10
    started = time.monotonic()
    status, body = await call("getUpdates", timeout=timeout)
    assert (status, body["description"], body["error_code"]) == (408, "Request timeout", 408)
    assert 0.2 <= time.monotonic() - started < 1


async def test_a_poll_wakes_with_one_update_and_not_a_list(api, call):
    polling = asyncio.create_task(call("getUpdates", timeout=500))
    await asyncio.sleep(0.05)
    update = await Person(api).say("một")
    assert await polling == (200, {"ok": True, "result": update})


async def test_each_update_goes_to_one_of_two_polls(api, call):
    polls = [asyncio.create_task(call("getUpdates", timeout=20)) for _ in range(2)]
    await asyncio.sleep(0.05)
    await Person(api).say("một")
    done = [status for status, _ in await asyncio.gather(*polls)]
    assert sorted(done) == [200, 408]


async def test_consumed_updates_are_gone_and_replayed_ones_come_until_the_next(api, call):
    person = Person(api)
    first, second = await person.say("một"), await person.say("hai")
    assert (await call("getUpdates"))[1]["result"] == first
    assert (await call("getUpdates"))[1]["result"] == second
    assert (await call("getUpdates"))[0] == 408
    api.knobs.delivery = "replay"
    third, fourth = await person.say("ba"), await person.say("bốn")
    replayed = [(await call("getUpdates"))[1]["result"] for _ in range(4)]
    assert replayed == [third, fourth, fourth, fourth]


async def test_nothing_may_be_told_as_no_result(api, call):
    api.knobs.delivery = "null_result"
    answers = [(await call("getUpdates", timeout=1))[1] for _ in range(3)]
    assert answers == [{"ok": True, "result": None}, {"ok": True, "result": {}}, {"ok": True}]


@pytest.mark.parametrize(("broken_polls", "status"), [("take", 408), ("end", 200)])
async def test_a_poll_that_was_broken_off_may_take_an_update_along(api, call, broken_polls, status):
    api.knobs.broken_polls = broken_polls
    polling = asyncio.create_task(call("getUpdates", timeout=500))
    await asyncio.sleep(0.05)
    polling.cancel()
    await asyncio.sleep(0.05)
    await Person(api).say("một")
    assert (await call("getUpdates"))[0] == status


async def test_a_webhook_and_polling_exclude_each_other(api, call, hook):
    polling = asyncio.create_task(refusal(call, "getUpdates", timeout=500))
    await asyncio.sleep(0.05)
    await call("setWebhook", url=hook.url, secret_token="12345678")
    assert await polling == HAS_WEBHOOK
    assert await refusal(call, "getUpdates") == HAS_WEBHOOK
    status, told = await call("getWebhookInfo")
    assert (status, told["error_code"], told["result"]["url"]) == (200, 0, hook.url)
    assert (await call("deleteWebhook"))[1]["result"]["url"] == ""
    assert await refusal(call, "getWebhookInfo") == "Not Found"
    assert (await call("deleteWebhook"))[0] == 200
    api.knobs.bare = True
    assert (await call("deleteWebhook"))[0] == 400


async def test_setting_a_webhook_is_verified_and_kept_also_when_it_fails(api, call, hook):
    hook.statuses = [403]
    for outcome in ("webhook.http.403", "webhook.ok"):
        _, body = await call("setWebhook", url=hook.url, secret_token="12345678")
        assert body["result"]["verification"]["outcome"] == outcome
        assert api.updates.url == hook.url
    headers, _ = hook.got[-1]
    assert headers["User-Agent"] == "Java/17"
    _, body = await call("setWebhook", url="http://127.0.0.1:9/", secret_token="12345678")
    assert body["result"]["verification"]["outcome"] == "webhook.err.conn"


async def test_what_a_webhook_must_be(api, call, hook):
    assert "secret_token" in await refusal(call, "setWebhook", url=hook.url, secret_token="1234567")
    api.knobs.https_only = True
    assert "https" in await refusal(call, "setWebhook", url=hook.url, secret_token="12345678")
    api.knobs.sets_a_day = 0
    status, body = await call("setWebhook", url=hook.url, secret_token="12345678")
    assert (status, body["errorCode"]) == (426, 426)


@pytest.mark.parametrize("shape", ["wrapped", "flat"])
async def test_a_push_carries_the_secret_and_is_tried_once(api, call, hook, shape):
    api.knobs.webhook_shape = shape
    await call("setWebhook", url=hook.url, secret_token="12345678")
    hook.got.clear()
    hook.statuses = [500]
    update = await Person(api).say("một")
    await asyncio.sleep(0.2)
    ((headers, body),) = hook.got
    assert headers["X-Bot-Api-Secret-Token"] == "12345678"
    assert body == ({"ok": True, "result": update} if shape == "wrapped" else update)
    assert [push.status for push in api.updates.pushes] == [500]


async def test_pushes_may_come_twice_and_out_of_order(api, call, hook):
    await call("setWebhook", url=hook.url, secret_token="12345678")
    hook.got.clear()
    api.updates.twice = api.updates.swap_next = True
    person = Person(api)
    await person.say("một")
    await person.say("hai")
    await asyncio.sleep(0.2)
    texts = [body["result"]["message"]["text"] for _, body in hook.got]
    assert texts == ["hai", "hai", "một", "một"]


@pytest.mark.slow
async def test_a_push_is_given_up_after_two_seconds(api, call, hook):
    await call("setWebhook", url=hook.url, secret_token="12345678")
    hook.sleep = 3
    await Person(api).say("một")
    await asyncio.sleep(2.3)
    (push,) = api.updates.pushes
    assert (push.status, 1.9 < push.seconds < 2.2) == (0, True)


@pytest.mark.parametrize(
    ("parameters", "why"),
    [
        ({"chat_id": ""}, "The chat_id must not be empty"),
        ({"chat_id": "abc"}, "The chat_id is invalid"),
        ({"text": ""}, "The text must not be empty"),
        ({"text": " \n"}, "The text must not be empty"),
        ({"text": "ế" * 2001}, "The text is too long"),
    ],
)
async def test_texts_that_are_refused(call, person, parameters, why):
    good = {"chat_id": person.id, "text": "a"}
    assert await refusal(call, "sendMessage", **good | parameters) == f"Bad request: {why}"


async def test_two_ways_to_count_2000(api, call, person):
    message = {"chat_id": person.id, "text": "🎉" * 1001}
    assert (await call("sendMessage", **message))[0] == 200
    api.knobs.count = "utf-16"
    assert "too long" in await refusal(call, "sendMessage", **message)


async def test_a_sent_message_has_a_hexadecimal_id_and_milliseconds(call, person):
    _, body = await call("sendMessage", chat_id=person.id, text="ế" * 2000)
    assert int(body["result"]["message_id"], 16)
    assert abs(body["result"]["date"] / 1000 - time.time()) < 10
    assert person.answers[0].text == "ế" * 2000


async def test_forms_and_queries_are_read_as_well(api, person):
    url = f"{api.url}/bot{api.token}/sendMessage"
    fields = {"chat_id": person.id, "text": "a"}
    async with aiohttp.ClientSession() as session:
        for how in ({"params": fields}, {"data": fields}):
            async with session.post(url, **how) as response:
                assert response.status == 200
        async with session.get(url, params=fields) as response:
            assert response.status == 200
        url = f"{api.url}/bot1:wrong/getMe"
        async with session.get(url) as response:
            assert (response.status, (await response.json())["error_code"]) == (401, 401)
    assert len(person.answers) == 3


@pytest.fixture
async def shelf(tmp_path):
    async def path(file):
        return tmp_path / file.key

    shelf = Shelf(path)
    await shelf.start()
    yield shelf
    await shelf.stop()


async def put(shelf, tmp_path, name, content):
    (tmp_path / "key").write_bytes(content)
    return await shelf.link(Address("zalo-bot", "1"), File("key", name, "image/jpeg"))


@pytest.mark.parametrize(
    ("photo", "why"),
    [
        ("", "The photo must not be empty"),
        ("data:image/jpeg;base64,AAAA", "The photo must start with http:// or https://"),
        ("/a.jpg", "The photo must start with http:// or https://"),
        ("http://127.0.0.1:9/a.jpg", "The photo URL is invalid"),
    ],
)
async def test_pictures_that_are_refused(call, person, photo, why):
    said = await refusal(call, "sendPhoto", chat_id=person.id, photo=photo)
    assert said == f"Bad request: {why}"


async def test_an_upload_is_no_picture(api, call, person):
    form = aiohttp.FormData({"chat_id": person.id})
    form.add_field("photo", jpeg(), filename="a.jpg")
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{api.url}/bot{api.token}/sendPhoto", data=form) as response,
    ):
        assert (await response.json())["description"] == "Bad request: The photo must not be empty"


async def test_a_picture_is_fetched_twice(api, call, person, shelf, tmp_path):
    url = await put(shelf, tmp_path, "a.jpg", jpeg())
    await call("sendPhoto", chat_id=person.id, photo=url, caption="Tiến độ")
    await asyncio.sleep(0.2)
    assert (person.answers[0].text, person.answers[0].photo) == ("Tiến độ", jpeg())
    assert (shelf.shelved["1"].gets, api.black) == (2, [])
    shelf.gives = 1
    await call("sendPhoto", chat_id=person.id, photo=url)
    await asyncio.sleep(0.2)
    assert api.black == [url]


async def test_what_is_no_picture_is_refused(call, person, shelf, tmp_path):
    url = await put(shelf, tmp_path, "a.jpg", b"no picture")
    assert "The photo URL is invalid" in await refusal(
        call, "sendPhoto", chat_id=person.id, photo=url
    )


async def test_a_link_opens_under_its_name(shelf, tmp_path):
    url = await put(shelf, tmp_path, "Báo cáo Tuần lễ.docx", b"word")
    assert links_in(f"Xong.\n\n📄 Báo cáo\n{url}\nvà http://x.vn") == [url]
    assert await open_link(url) == ("Báo cáo Tuần lễ.docx", b"word")


async def test_typing_has_no_result(call, person):
    typing = {"chat_id": person.id, "action": "typing"}
    assert await call("sendChatAction", **typing) == (200, {"ok": True})
    assert (await call("sendChatAction", **typing | {"action": "upload_photo"}))[0] == 400


async def test_the_month_and_the_people_come_to_an_end(api, call, person):
    api.knobs.quota = 2
    answers = [await call("sendMessage", chat_id=person.id, text="a") for _ in range(3)]
    assert [status for status, _ in answers] == [200, 200, 429]
    api.knobs.quota = 0
    crowd = [Person(api, number) for number in range(2, 52)]
    for one in crowd:
        await one.say("a")
    assert (await call("sendMessage", chat_id=crowd[48].id, text="a"))[0] == 200
    assert "too many users" in await refusal(call, "sendMessage", chat_id=crowd[49].id, text="a")


async def test_strangers_can_be_written_to_only_where_the_knob_says_so(api, call):
    assert (await call("sendMessage", chat_id="abc", text="a"))[0] == 400
    api.knobs.writes_to_strangers = True
    assert (await call("sendMessage", chat_id="abc", text="a"))[0] == 200


async def test_faults(api, call, person):
    url = f"{api.url}/bot{api.token}/sendMessage"
    message = {"chat_id": person.id, "text": "a"}
    api.knobs.error_http = "ok200"
    api.fail("sendMessage", status=429, body=TOO_MANY)
    api.fail("sendMessage", status=200)
    api.fail("sendMessage", status=403, description="Internal server error")
    api.fail("sendMessage", cut="after")
    async with aiohttp.ClientSession() as session:
        async with session.post(url, json=message) as response:
            assert (response.status, await response.text()) == (429, TOO_MANY)
        async with session.post(url, json=message) as response:
            assert (response.status, await response.text()) == (200, "")
        async with session.post(url, json=message) as response:
            assert (response.status, (await response.json())["error_code"]) == (200, 403)
        with pytest.raises(aiohttp.ClientError):
            async with session.post(url, json=message):
                pass
    assert len(person.answers) == 2  # after the empty answer and the reset it had been accepted


async def test_photos_of_people_have_no_type_and_expire(api):
    url = api.url + api.media.keep(jpeg())
    big = api.url + api.media.keep(b"\0" * 5_000_001)
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as response:
            assert response.headers["Content-Type"] == "application/octet-stream"
            assert await response.read() == jpeg()
        async with session.get(big) as response:
            assert response.status == 403
        api.media.expire()
        async with session.get(url) as response:
            assert response.status == 404


@pytest.mark.parametrize(
    ("field", "names"),
    [("photo_url", {"photo_url"}), ("photo", {"photo"}), ("both", {"photo_url", "photo"})],
)
async def test_what_a_person_does_is_reported_as_the_knobs_say(field, names):
    api = ZaloBotApi(Knobs(photo_field=field, bare=True))
    update = await Person(api).send_photo(jpeg(), "sân trường")
    message = update["message"]
    assert set(message) & {"photo_url", "photo"} == names
    assert (message["caption"], message["from"]) == (
        "sân trường",
        {"id": message["chat"]["id"], "is_bot": False},
    )
    assert "message_type" not in message
