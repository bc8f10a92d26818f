import asyncio
import io
import itertools
import time

import aiohttp
import pytest
from aiohttp.web import UrlDispatcher

from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_bot_http import Account
from bot.channels.zalo_bot_listening import POLL_SECONDS
from bot.chat import Address, Message
from bot.errors import OperatorNeeded, TryLater
from tests.channels.telegram_stage import until
from tests.channels.zalo_bot_stage import SECRET, ZaloBotStage
from tests.zalo.bot_person import Person
from tests.zalo.bot_server import BAD_GATEWAY, GATEWAY_TIMEOUT, TOKEN, TOO_MANY, ZaloBotApi
from tests.zalo.bot_updates import Knobs

HEADER = "X-Bot-Api-Secret-Token"


@pytest.fixture
async def stage(tmp_path):
    async with ZaloBotStage(tmp_path) as stage:
        yield stage


@pytest.fixture
async def hooked(tmp_path):
    async with ZaloBotStage(tmp_path, "webhook") as stage:
        yield stage


@pytest.fixture(params=["polling", "webhook"])
async def either(request, tmp_path):
    async with ZaloBotStage(tmp_path, request.param) as stage:
        yield stage


def channel(stage, account):
    return ZaloBot(account, stage.file_path, stage.shelf.link, stage.count)


@pytest.mark.parametrize("error_http", ["status", "ok200"])
async def test_polls_that_bring_nothing_are_silent(tmp_path, capsys, error_http):
    for delivery in ("consume", "null_result"):
        api = ZaloBotApi(Knobs(error_http, delivery), haste=POLL_SECONDS * 5)  # 0.2 s a poll
        async with ZaloBotStage(tmp_path, api=api) as stage:
            await until(lambda: len(stage.api.updates.polls) >= 3)
            assert stage.heard == []
            polls = stage.api.updates.polls
            assert all(later - sooner >= 0.9 for sooner, later in itertools.pairwise(polls))
            await stage.say("một")
            await stage.hears(1)
    assert "".join(capsys.readouterr()) == ""


async def test_a_poll_that_ends_in_its_time_is_followed_by_the_next_at_once(tmp_path):
    async with ZaloBotStage(tmp_path, api=ZaloBotApi(haste=POLL_SECONDS / 1.5)) as stage:
        await until(lambda: len(stage.api.updates.polls) >= 3)
        first, second, third = stage.api.updates.polls[:3]
        assert 1.4 < second - first < 2.4
        assert 1.4 < third - second < 2.4


async def test_what_is_replayed_is_heard_once_and_not_asked_for_in_a_rush(tmp_path):
    async with ZaloBotStage(tmp_path, knobs=Knobs(delivery="replay")) as stage:
        await stage.say("một")
        await stage.hears(1)
        await asyncio.sleep(2.5)
        assert [incoming.text for incoming in stage.heard] == ["một"]
        assert len(stage.api.updates.polls) <= 5
        await stage.say("hai")
        await stage.say("ba")
        heard = await stage.hears(3)
        assert [incoming.text for incoming in heard] == ["một", "hai", "ba"]
        await until(lambda: stage.counted["in"] == 3)


async def test_a_list_of_updates_is_taken_as_well(stage):
    await stage.say("một")
    await stage.hears(1)
    messages = [
        {**stage.api.updates.reported[-1]["message"], "message_id": number, "text": number}
        for number in ("hai", "ba")
    ]
    updates = [{"event_name": "message.text.received", "message": one} for one in messages]
    stage.api.updates.add(updates)
    assert [incoming.text for incoming in await stage.hears(3)] == ["một", "hai", "ba"]


async def test_the_next_is_fetched_only_after_the_last_was_received(stage):
    gate, started = asyncio.Event(), asyncio.Event()

    async def receive(incoming):
        started.set()
        await gate.wait()

    stage.instead = receive
    await stage.say("một")
    await started.wait()
    polls = len(stage.api.updates.polls)
    await stage.say("hai")
    await asyncio.sleep(0.2)
    assert len(stage.api.updates.polls) == polls
    assert len(stage.api.updates) == 1
    gate.set()
    await until(lambda: len(stage.api.updates) == 0)


async def test_an_update_that_could_not_be_stored_is_kept_and_tried_again(either):
    either.refuses = 1
    await either.say("một")
    await either.say("hai")
    heard = await either.hears(2)
    assert [incoming.text for incoming in heard] == ["một", "hai"]
    if either.mode == "webhook":
        await until(lambda: [push.status for push in either.api.updates.pushes] == [200, 200])


async def test_zalo_is_told_when_an_update_is_not_yet_stored_and_it_is_stored_later(hooked):
    hooked.refuses = 2
    await hooked.say("một")
    await until(lambda: hooked.api.updates.pushes)
    assert hooked.api.updates.pushes[0].status != 200
    assert hooked.heard == []
    hooked.api.updates.repeat()  # should it come again after all
    await hooked.hears(1)
    hooked.api.updates.repeat()
    await until(lambda: len(hooked.api.updates.pushes) == 3)
    assert hooked.api.updates.pushes[2].status == 200
    assert [incoming.text for incoming in hooked.heard] == ["một"]
    assert hooked.counted["in"] == 1


async def test_one_persons_trouble_does_not_hold_up_the_others(hooked):
    other = Person(hooked.api, 2, "Thầy Minh")
    gate = asyncio.Event()
    heard = []

    async def receive(incoming):
        if incoming.sender == hooked.address:
            await gate.wait()
        heard.append(incoming.text)

    hooked.instead = receive
    await hooked.say("chậm")
    await other.say("nhanh")
    await until(lambda: heard == ["nhanh"])
    gate.set()
    await until(lambda: heard == ["nhanh", "chậm"])


async def test_what_waited_while_the_bot_was_off_arrives_in_order(stage):
    await stage.shut()
    for number in range(40):
        await stage.say(f"{number}")
    await stage.open()
    heard = await stage.hears(40)
    assert [incoming.text for incoming in heard] == [f"{number}" for number in range(40)]


async def test_many_restarts_lose_nothing_and_repeat_nothing(stage):
    said = []

    async def talk():
        for number in range(60):
            said.append(f"{number}")
            await stage.say(f"{number}")
            await asyncio.sleep(0.01)

    talking = asyncio.create_task(talk())
    for _ in range(5):
        await asyncio.sleep(0.08)
        await stage.shut(patiently=True)
        await stage.open()
    await talking
    heard = await stage.hears(60)
    assert [incoming.text for incoming in heard] == said


async def test_closing_lets_a_started_receive_end(either):
    started, gate, done = asyncio.Event(), asyncio.Event(), []

    async def receive(incoming):
        started.set()
        await gate.wait()
        done.append(incoming.text)

    either.instead = receive
    await either.say("giữa chừng")
    await started.wait()
    closing = asyncio.create_task(either.channel.close())
    await asyncio.sleep(0.05)
    gate.set()
    await closing
    assert done == ["giữa chừng"]


async def test_duplicates_and_things_out_of_order_are_each_heard_once(hooked):
    hooked.api.updates.twice = hooked.api.updates.swap_next = True
    for text in ("một", "hai", "ba"):
        await hooked.say(text)
    await until(lambda: len(hooked.api.updates.pushes) == 6)
    assert [incoming.text for incoming in hooked.heard] == ["hai", "một", "ba"]
    assert hooked.counted["in"] == 3
    assert {push.status for push in hooked.api.updates.pushes} == {200}


async def test_a_memory_without_a_counter_does_not_stop_the_channel(either):
    async def broken(kind, messages):
        raise OSError("the disk is full")

    either.channel._count = broken
    await either.say("một")
    await either.hears(1)
    assert await either.send(Message("Xin chào"))
    assert [told.text for told in either.person.answers] == ["Xin chào"]


async def test_garbage_among_the_updates_is_passed_over(either):
    for garbage in (
        {"event_name": "bot.added_to_group"},
        {"event_name": "message.text.received", "message": {"message_id": "1"}},
        {"event_name": "message.text.received", "message": {"message_id": "2", "chat": 5}},
        {"message": "?"},
    ):
        either.api.updates._give(garbage)
    await either.say("thật")
    (heard,) = await either.hears(1)
    assert heard.text == "thật"
    if either.mode == "webhook":
        assert {push.status for push in either.api.updates.pushes} == {200}


REFUSALS = (
    {"status": 429, "description": "Quota exceeded"},
    {"status": 403, "description": "Internal server error"},
    {"status": 500, "description": "?"},
)
PAGES = (
    {"status": 429, "body": TOO_MANY},
    {"status": 502, "body": BAD_GATEWAY},
    {"status": 504, "body": GATEWAY_TIMEOUT},
    {"body": "<html>Log in to the Wi-Fi</html>"},
    {"body": '{"ok":true,"result":"?"}'},
    {"body": '{"ok":true,"result":[1,2]}'},
    {"body": "[]"},
    {"cut": "before"},
)


@pytest.mark.parametrize(
    ("error_http", "fault"),
    [
        *((error_http, fault) for error_http in ("status", "ok200") for fault in REFUSALS),
        *(("status", fault) for fault in PAGES),
    ],
    ids=str,
)
async def test_polling_goes_on_after(tmp_path, fault, error_http):
    async with ZaloBotStage(tmp_path, knobs=Knobs(error_http)) as stage:
        await stage.say("một")
        await stage.hears(1)
        stage.api.fail("getUpdates", **fault)
        await stage.say("hai")
        await stage.say("ba")
        heard = await stage.hears(3)
        assert [incoming.text for incoming in heard] == ["một", "hai", "ba"]
        assert not stage.api.faults.waiting


@pytest.mark.slow
async def test_the_pauses_grow_while_zalo_says_too_many(stage):
    await until(lambda: stage.api.updates.polls)
    stage.api.fail("getUpdates", status=429, body=TOO_MANY, times=3)
    await stage.say("một")  # ends the first poll
    await stage.say("hai")
    started = time.monotonic()
    await stage.hears(2)
    assert time.monotonic() - started > 4  # about 1, 2 and 4 seconds
    assert stage.api.counts["getUpdates"] <= 6


async def test_opening_returns_at_once_while_zalo_is_unreachable(tmp_path):
    stage = ZaloBotStage(tmp_path)
    await stage.api.start()
    url, port = stage.api.url, stage.api.port
    await stage.api.stop()
    bot = channel(stage, Account(TOKEN, url))
    async with asyncio.timeout(1):
        await bot.open(stage.receive, UrlDispatcher())
    with pytest.raises(TryLater) as error:
        await bot.send(Address("zalo-bot", "4001"), Message("Xin chào"), "1")
    assert error.value.whole_channel
    assert not error.value.perhaps_sent
    await stage.api.start(port=port)
    await Person(stage.api).say("có ai không")
    (heard,) = await stage.hears(1)
    assert heard.text == "có ai không"
    await bot.close()
    await stage.api.stop()


async def test_closing_is_quick_while_zalo_is_unreachable(tmp_path):
    stage = ZaloBotStage(tmp_path)
    bot = channel(stage, Account(TOKEN, "http://127.0.0.1:9"))
    await bot.open(stage.receive, UrlDispatcher())
    await asyncio.sleep(0.05)
    async with asyncio.timeout(1):
        await bot.close()


@pytest.mark.parametrize("bare", [False, True])  # with none set: success or 400
async def test_a_webhook_left_over_is_removed_before_polling(tmp_path, bare):
    api = ZaloBotApi(Knobs(bare=bare))
    await api.start()
    await api.updates.set_webhook("http://127.0.0.1:9/old", SECRET)
    async with ZaloBotStage(tmp_path, api=api) as stage:
        await until(lambda: not api.updates.url)
        await stage.say("một")
        await stage.hears(1)
        await stage.shut()
        await stage.open()
        await stage.say("hai")
        await stage.hears(2)


@pytest.mark.parametrize("error_http", ["status", "ok200"])
async def test_a_webhook_set_by_somebody_else_is_removed(tmp_path, error_http):
    async with ZaloBotStage(tmp_path, knobs=Knobs(error_http)) as stage:
        await stage.say("một")
        await stage.hears(1)
        await stage.api.updates.set_webhook("http://127.0.0.1:9/x", SECRET)
        await until(lambda: not stage.api.updates.url)
        await stage.say("hai")
        await stage.hears(2)


@pytest.mark.parametrize("error_http", ["status", "ok200"])
async def test_a_token_that_was_reset_is_the_operators_to_mend(tmp_path, error_http, capsys):
    async with ZaloBotStage(tmp_path, knobs=Knobs(error_http)) as stage:
        bot = channel(stage, Account("1:wrong", stage.api.url))
        await bot.open(stage.receive, UrlDispatcher())
        with pytest.raises(OperatorNeeded, match="BOT_ZALO_BOT_TOKEN") as error:
            await bot.send(stage.address, Message("Xin chào"), "1")
        assert error.value.whole_channel
        await until(lambda: bot._listener._listening)
        await asyncio.sleep(0.1)
        await bot.close()
    assert "BOT_ZALO_BOT_TOKEN" in "".join(capsys.readouterr())


async def test_the_webhook_is_shut_to_those_without_the_secret(hooked):
    url = f"{hooked.public_url}/webhook/zalo-bot"
    update = Person(ZaloBotApi()).report("text", text="một")
    async with aiohttp.ClientSession() as browser:
        for headers in (
            {},
            {HEADER: ""},
            {HEADER: SECRET[:-1]},
            {HEADER: "ế"},
            {HEADER: SECRET * 2},
        ):
            async with browser.post(url, json=update, headers=headers) as response:
                assert response.status == 403
        async with browser.get(url, headers={HEADER: SECRET}) as response:
            assert response.status == 405
        assert (hooked.heard, hooked.counted["in"]) == ([], 0)
        async with browser.post(url, json=update, headers={HEADER: SECRET}) as response:
            assert (response.status, await response.json()) == (200, {"message": "Success"})
    assert [incoming.text for incoming in hooked.heard] == ["một"]


async def test_what_is_no_update_changes_nothing(hooked):
    url = f"{hooked.public_url}/webhook/zalo-bot"
    async with aiohttp.ClientSession() as browser:
        for body, status in (
            (b"{", 400),
            (b"", 400),
            (b"[]", 200),
            (b"{}", 200),
            (b'{"ok":true,"result":null}', 200),
            (b'{"ok":true,"result":{"event_name":"x"}}', 200),
            (b'{"event_name":"message.text.received","message":null}', 200),
            (io.BytesIO(b"x" * 1_100_000), 413),
        ):
            async with browser.post(url, data=body, headers={HEADER: SECRET}) as response:
                assert response.status == status
    assert hooked.heard == []


async def test_after_close_the_webhook_asks_to_come_again(hooked):
    await hooked.channel.close()
    await hooked.say("một")
    await until(lambda: hooked.api.updates.pushes)
    assert hooked.api.updates.pushes[0].status == 503
    assert hooked.heard == []


@pytest.mark.parametrize("error_http", ["status", "ok200"])
async def test_the_webhook_is_set_once_a_start_and_again_only_when_it_is_lost(tmp_path, error_http):
    async with ZaloBotStage(tmp_path, "webhook", Knobs(error_http)) as stage:
        listener = stage.channel._listener
        await until(lambda: listener._webhook_set)
        await listener._set_webhook()
        assert stage.api.webhook_sets == 1
        await stage.api.updates.set_webhook("", "")
        await listener._set_webhook()
        assert (stage.api.webhook_sets, stage.api.updates.secret) == (2, SECRET)
        await stage.api.updates.set_webhook("https://bot.example.vn/other", SECRET)
        await listener._set_webhook()
        assert stage.api.webhook_sets == 3


@pytest.mark.slow
async def test_setting_the_webhook_is_tried_again_and_not_hammered(tmp_path):
    api = ZaloBotApi(Knobs(sets_a_day=0))
    async with api:
        stage = ZaloBotStage(tmp_path, "webhook", api=api)
        bot = channel(stage, Account(TOKEN, api.url, "webhook", SECRET, "http://127.0.0.1:9"))
        await bot.open(stage.receive, UrlDispatcher())
        await asyncio.sleep(2.5)
        assert 1 <= api.counts["setWebhook"] <= 3
        api.knobs.sets_a_day = 1
        await until(lambda: api.updates.url)
        await bot.close()


async def test_a_webhook_that_zalo_does_not_reach_is_told_and_kept(tmp_path, capsys):
    async with ZaloBotApi() as api:
        stage = ZaloBotStage(tmp_path, "webhook", api=api)
        bot = channel(stage, Account(TOKEN, api.url, "webhook", SECRET, "http://127.0.0.1:9"))
        await bot.open(stage.receive, UrlDispatcher())
        await until(lambda: bot._listener._webhook_set)
        await bot.close()
        assert api.updates.url == "http://127.0.0.1:9/webhook/zalo-bot"
        assert api.webhook_sets == 1
    assert "webhook.err.conn" in "".join(capsys.readouterr())
