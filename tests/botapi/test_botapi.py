"""The server itself keeps the rules that the tests of the bot rely on."""

import asyncio

import aiohttp
import pytest
from aiohttp import web

from tests.botapi.person import Person
from tests.botapi.server import BotApi
from tests.botapi.updates import Webhook


class Client:
    def __init__(self, api, session):
        self._api = api
        self._session = session

    async def __call__(self, method, **parameters):
        url = f"{self._api.url}/bot{self._api.token}/{method}"
        async with self._session.post(url, json=parameters) as response:
            answer = await response.json()
        return answer["result"] if answer["ok"] else answer["description"]


@pytest.fixture
async def api():
    async with BotApi() as api:
        yield api


@pytest.fixture
async def call(api):
    async with aiohttp.ClientSession() as session:
        yield Client(api, session)


async def test_an_update_stays_until_it_is_confirmed(api, call):
    person = Person(api)
    await person.say("một")
    await person.say("hai")
    first, second = await call("getUpdates")
    assert await call("getUpdates", limit=1) == [first]
    assert await call("getUpdates", offset=second["update_id"]) == [second]
    assert await call("getUpdates", offset=second["update_id"] + 1) == []


async def test_a_long_poll_wakes_when_somebody_speaks(api, call):
    polling = asyncio.create_task(call("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    await Person(api).say("một")
    (update,) = await polling
    assert update["message"]["text"] == "một"


async def test_a_second_poller_ends_the_first_and_a_webhook_ends_both(api, call):
    first = asyncio.create_task(call("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(call("getUpdates", timeout=20))
    assert "terminated by other getUpdates" in await first
    await call("setWebhook", url="http://127.0.0.1:9/")
    assert "webhook is active" in await second
    assert "webhook is active" in await call("getUpdates")
    assert await call("deleteWebhook")
    assert await call("getUpdates") == []


async def test_two_updates_can_be_swapped(api, call):
    api.updates.swap_next = True
    person = Person(api)
    for text in ("một", "hai", "ba"):
        await person.say(text)
    assert [u["message"]["text"] for u in await call("getUpdates")] == ["hai", "một", "ba"]


async def test_a_webhook_keeps_order_within_a_lane_and_repeats_until_it_is_taken(api):
    taken, tries = [], []

    async def hook(request):
        update = await request.json()
        tries.append(update)
        if "message" in update and len(tries) < 4:
            return web.Response(status=500)
        taken.append(update)
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    person = Person(api)
    await api.updates.set_webhook(
        Webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook", "secret")
    )
    for text in ("một", "hai"):
        await person.say(text)
    person.press_token("nút", 5)
    async with asyncio.timeout(5):
        while len(taken) < 3:
            await asyncio.sleep(0.01)
    assert [u["message"]["text"] for u in taken if "message" in u] == ["một", "hai"]
    assert "callback_query" in taken[0]
    await runner.cleanup()


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "ế" * 4097}, "message is too long"),
        ({"text": "<b>a", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "a", "entities": [{"type": "bold", "offset": 0, "length": 2}]}, "can't parse"),
        ({"text": "🎉", "entities": [{"type": "bold", "offset": 1, "length": 1}]}, "can't parse"),
        ({"text": "a", "chat_id": 5}, "chat not found"),
    ],
)
async def test_texts_that_are_refused(api, call, parameters, refusal):
    Person(api)
    assert refusal in await call("sendMessage", **({"chat_id": 4001} | parameters))


async def test_4096_signs_beside_their_marks_are_taken(api, call):
    person = Person(api)
    text = f"<b>{'ế' * 4096}</b>"
    await call("sendMessage", chat_id=person.id, text=text, parse_mode="HTML")
    assert person.answers[0].bold == ("ế" * 4096,)


@pytest.mark.parametrize(
    ("button", "refusal"),
    [
        ({"text": "a", "callback_data": "ế" * 22}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "", "callback_data": "a"}, "non-empty"),
        ({"callback_data": "a"}, "can't parse inline keyboard button"),
        ({"text": "a"}, "Text buttons are unallowed"),
        ({"text": "a", "url": "http://localhost/"}, "Wrong HTTP URL"),
    ],
)
async def test_buttons_that_are_refused(api, call, button, refusal):
    Person(api)
    markup = {"inline_keyboard": [[button]]}
    assert refusal in await call("sendMessage", chat_id=4001, text="a", reply_markup=markup)


async def test_a_change_must_change_something_of_the_bots_own(api, call):
    person = Person(api)
    said = await person.say("của tôi")
    sent = await call("sendMessage", chat_id=4001, text="a")
    same = {"chat_id": 4001, "message_id": sent["message_id"], "text": "a"}
    assert "message is not modified" in await call("editMessageText", **same)
    other = same | {"message_id": said["message_id"]}
    assert "message can't be edited" in await call("editMessageText", **other)
    assert "not found" in await call("editMessageText", **(same | {"message_id": 1}))


async def test_a_press_is_answered_once_and_in_time(api, call):
    person = Person(api)
    query = person.press_token("a", 5)
    assert await call("answerCallbackQuery", callback_query_id=query) is True
    assert "query is too old" in await call("answerCallbackQuery", callback_query_id=query)


async def test_a_wrong_token_and_a_wrong_method_are_refused(api, call):
    assert "Not Found" in await call("sendFax")
    api.token = "1:other"
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{api.url}/bot1:wrong/getMe") as response,
    ):
        assert response.status == 401
