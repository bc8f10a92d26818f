import asyncio
import io

import aiohttp
import pytest
from aiohttp.web import UrlDispatcher

from bot.channels.telegram import Telegram
from bot.channels.telegram_http import Account
from bot.chat import Address, Message
from bot.errors import SetupError, TryLater
from tests.botapi.person import Person
from tests.botapi.server import TOKEN, BotApi
from tests.botapi.updates import Webhook
from tests.channels.demands import YES_NO, jpeg
from tests.channels.telegram_stage import MENU, SECRET, TelegramStage, until


async def test_an_update_that_could_not_be_stored_comes_again_and_keeps_its_place(either):
    either.refuses = 1
    await either.say("một")
    await either.say("hai")
    heard = await either.hears(2)
    assert [incoming.text for incoming in heard[:2]] == ["một", "hai"]


async def test_one_persons_trouble_does_not_hold_up_the_others(either):
    other = Person(either.api, 4002, "Thầy Minh")
    gate = asyncio.Event()
    heard = []

    async def receive(incoming):
        if incoming.sender.id == "4001":
            await gate.wait()
        heard.append(incoming.text)

    either.instead = receive
    await either.say("chậm")
    await other.say("nhanh")
    await until(lambda: heard == ["nhanh"])
    gate.set()
    await until(lambda: heard == ["nhanh", "chậm"])


async def test_an_update_is_confirmed_only_after_it_was_received(stage):
    gate = asyncio.Event()

    async def receive(incoming):
        await gate.wait()

    stage.instead = receive
    await stage.say("xin chào")
    await asyncio.sleep(0.2)
    assert len(stage.api.updates) == 1
    gate.set()
    await until(lambda: len(stage.api.updates) == 0)


async def test_a_restart_and_a_change_of_mode_keep_the_ids(stage):
    await stage.say("một")
    await stage.hears(1)
    await stage.shut()
    update = stage.api.updates.reported[-1]
    stage.mode = "webhook"
    await stage.open()
    stage.api.updates.repeat(update)
    first, second = (await stage.hears(2))[:2]
    assert first.id == second.id


async def test_two_people_may_have_messages_of_one_number(stage):
    await stage.say("một")
    first = (await stage.hears(1))[0]
    update = stage.api.updates.reported[-1]
    other = {**update["message"], "chat": {"id": 77, "type": "private"}}
    stage.api.updates.add("message", other, 77)
    second = (await stage.hears(2))[1]
    assert first.id != second.id


async def test_what_waited_while_the_bot_was_off_arrives_in_order(either):
    await either.shut()
    for number in range(130):
        await either.say(f"{number}")
    await either.open()
    heard = await either.hears(130)
    assert [incoming.text for incoming in heard] == [f"{number}" for number in range(130)]


async def test_closing_lets_a_started_receive_end(stage):
    started, gate, done = asyncio.Event(), asyncio.Event(), []

    async def receive(incoming):
        started.set()
        await gate.wait()
        done.append(incoming.text)

    stage.instead = receive
    await stage.say("giữa chừng")
    await started.wait()
    closing = asyncio.create_task(stage.channel.close())
    await asyncio.sleep(0.05)
    gate.set()
    await closing
    assert done == ["giữa chừng"]


async def test_garbage_among_the_updates_is_passed_over(either):
    either.api.updates.add("message", {"message_id": "?", "chat": {"type": "private"}}, 1)
    either.api.updates.add("message", {"chat": {"id": 1, "type": "private"}, "text": {}}, 2)
    either.api.updates.allowed.add("poll")
    either.api.updates.add("poll", {"id": "1"}, 3)
    await either.say("thật")
    (heard,) = await either.hears(1)
    assert heard.text == "thật"
    await until(lambda: len(either.api.updates) == 0)


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 409, "description": "Conflict: terminated by other getUpdates request"},
        {"status": 429, "retry_after": 1},
        {"status": 502, "body": "<html>Bad Gateway</html>"},
        {"status": 500, "description": "Internal Server Error"},
        {"body": "<html>Log in to the Wi-Fi</html>"},
        {"body": '{"ok":true,"result":"?"}'},
        {"body": '{"ok":true,"result":[1,2]}'},
        {"cut": "before"},
        {"cut": "after"},
    ],
    ids=str,
)
async def test_polling_goes_on_after(stage, fault):
    await stage.say("một")
    await stage.hears(1)
    stage.api.fail("getUpdates", **fault)
    await stage.say("hai")
    assert [incoming.text for incoming in await stage.hears(2)][:2] == ["một", "hai"]
    async with asyncio.timeout(15):
        while stage.api.faults.waiting:
            await asyncio.sleep(0.02)
        await stage.say("ba")
        await until(lambda: stage.heard[-1].text == "ba")


async def test_opening_returns_at_once_while_telegram_is_unreachable(tmp_path):
    stage = TelegramStage(tmp_path)
    await stage.api.start()
    url, port = stage.api.url, stage.api.port
    await stage.api.stop()
    channel = Telegram(Account(TOKEN, url, menu=MENU), stage.file_path)
    async with asyncio.timeout(1):
        await channel.open(stage.receive, UrlDispatcher())
    assert channel.username == ""
    with pytest.raises(TryLater) as error:
        await channel.send(Address("telegram", "4001"), Message("Xin chào"), "1")
    assert error.value.whole_channel
    assert not error.value.perhaps_sent
    await stage.api.start(port=port)
    await Person(stage.api).say("có ai không")
    (heard,) = await stage.hears(1)
    assert heard.text == "có ai không"
    await until(lambda: stage.api.commands)
    assert channel.username == "tro_ly_bao_cao_bot"
    assert stage.api.commands[0] == {"command": "baocao", "description": "Báo cáo cần nộp"}
    await channel.close()
    await stage.api.stop()


async def test_closing_is_quick_while_telegram_is_unreachable(tmp_path):
    channel = Telegram(Account(TOKEN, "http://127.0.0.1:9"), TelegramStage(tmp_path).file_path)
    await channel.open(TelegramStage(tmp_path).receive, UrlDispatcher())
    await asyncio.sleep(0.05)
    async with asyncio.timeout(1):
        await channel.close()


async def test_a_webhook_left_over_is_removed_before_polling(tmp_path):
    api = BotApi()
    await api.start()
    await api.updates.set_webhook(Webhook("http://127.0.0.1:9/old"))
    async with TelegramStage(tmp_path, api=api) as stage:
        await stage.say("một")
        await stage.hears(1)


async def test_a_webhook_set_by_somebody_else_is_removed(stage):
    await stage.say("một")
    await stage.hears(1)
    await stage.api.updates.set_webhook(Webhook("http://127.0.0.1:9/x"))
    await stage.say("hai")
    await stage.hears(2)


async def test_a_wrong_token_is_no_reason_to_stop_the_others(tmp_path):
    async with BotApi() as api:
        channel = Telegram(Account("1:wrong", api.url), TelegramStage(tmp_path).file_path)
        await channel.open(TelegramStage(tmp_path).receive, UrlDispatcher())
        with pytest.raises(TryLater) as error:
            await channel.send(Address("telegram", "4001"), Message("Xin chào"), "1")
        assert error.value.whole_channel
        await channel.close()


async def test_the_webhook_is_shut_to_those_without_the_secret(hooked):
    url = f"{hooked.public_url}/webhook/telegram"
    header = "X-Telegram-Bot-Api-Secret-Token"
    async with aiohttp.ClientSession() as browser:
        for headers in ({}, {header: ""}, {header: SECRET[:-1]}, {header: "ế"}):
            async with browser.post(url, json={"update_id": 1}, headers=headers) as response:
                assert response.status == 403
        for body, status in (
            (b"{", 400),
            (b"[]", 200),
            (io.BytesIO(b"x" * 1_100_000), 413),
            (b"{}", 200),
        ):
            async with browser.post(url, data=body, headers={header: SECRET}) as response:
                assert response.status == status
        async with browser.get(url, headers={header: SECRET}) as response:
            assert response.status == 405
    assert hooked.heard == []


async def test_the_webhook_asks_for_a_repeat_when_it_is_closed_or_cannot_store(hooked):
    update = {"message_id": 5, "date": 1, "chat": {"id": 9, "type": "private"}, "text": "a",
              "from": {"id": 9, "first_name": "A"}}  # fmt: skip
    url = f"{hooked.public_url}/webhook/telegram"
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with aiohttp.ClientSession() as browser:
        hooked.refuses = 1
        body = {"update_id": 1, "message": update}
        async with browser.post(url, json=body, headers=headers) as response:
            assert response.status == 503
        await hooked.channel.close()
        async with browser.post(url, json=body, headers=headers) as response:
            assert response.status == 503


@pytest.mark.parametrize(
    "account",
    [
        Account("1:a", mode="webhook", public_url="https://bot.vn"),
        Account("1:a", mode="webhook", public_url="https://bot.vn", webhook_secret="có dấu"),
        Account("1:a", mode="webhook", public_url="http://bot.vn", webhook_secret="abc"),
        Account("1:a", mode="webhook", webhook_secret="abc"),
    ],
)
def test_a_webhook_that_could_never_work_is_refused_at_the_start(account, tmp_path):
    with pytest.raises(SetupError):
        Telegram(account, TelegramStage(tmp_path).file_path)


async def test_every_press_is_answered_also_a_repeated_one(either):
    await either.send(Message("Đúng chứ?", YES_NO))
    await either.person.press("Đúng")
    await either.person.press("Đúng")
    first, second = await either.hears(2)
    assert first.id != second.id
    assert first.button == second.button == "q1:yes"
    assert first.pressed == str(either.person.answers[0].id)
    await until(lambda: either.person.unanswered_presses == 0)


async def test_a_press_that_is_too_old_to_be_answered_does_no_harm(either):
    either.api.query_seconds = -1
    await either.send(Message("Đúng chứ?", YES_NO))
    await either.person.press("Đúng")
    await either.hears(1)
    await either.say("tiếp")
    await either.hears(2)


async def test_an_album_has_one_name_and_an_order_whatever_order_it_comes_in(either):
    photos = [jpeg(colour=colour) for colour in ("red", "green", "blue")]
    await either.person.send_album(photos, "Lễ phát động", gap=0.05, order=[2, 0, 1])
    heard = await either.hears(3)
    assert len({incoming.album for incoming in heard}) == 1
    assert heard[0].album
    in_order = sorted(heard, key=lambda incoming: incoming.order)
    assert [incoming.text for incoming in in_order] == ["Lễ phát động", "", ""]
    for incoming, photo in zip(in_order, photos, strict=True):
        await either.channel.download(incoming.attachments[0], either.folder / "in.jpg")
        assert (either.folder / "in.jpg").read_bytes() == photo


async def test_a_contact_is_told_from_somebody_elses(stage):
    await stage.person.share_contact("+84912345678")
    await stage.person.share_contact("+84999999999", own=False)
    own, other = [incoming.attachments[0] for incoming in await stage.hears(2)]
    assert (own.kind, own.ref, own.own) == ("contact", "+84912345678", True)
    assert (other.ref, other.own) == ("+84999999999", False)


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("voice", {}, "voice"),
        ("video", {}, "video"),
        ("video_note", {}, "video"),
        ("sticker", {}, "sticker"),
        ("dice", {"emoji": "🎲", "value": 3}, "sticker"),
        ("location", {"latitude": 10.62, "longitude": 106.41}, "location"),
    ],
)
async def test_other_things_are_named_by_kind(stage, kind, fields, expected):
    await stage.person.send_other(kind, **fields)
    (heard,) = await stage.hears(1)
    assert heard.attachments[0].kind == expected
    if kind == "location":
        assert heard.attachments[0].ref == "10.62 106.41"


async def test_blocking_and_coming_back_are_told(either):
    await either.person.block()
    await either.person.unblock()
    heard = await either.hears(2)
    assert {incoming.blocked for incoming in heard} == {True, False}


async def test_groups_corrections_and_service_messages_are_nothing_to_the_bot(stage):
    said = await stage.person.say("một")
    await stage.hears(1)
    await stage.person.edit(said, "một rưỡi")
    group = {"id": -100, "type": "supergroup", "title": "Trường"}
    stage.api.updates.add("message", {**said, "chat": group}, -100)
    stage.api.updates.add("message", {**said, "message_id": 9, "text": "", "pinned_message": {}}, 1)
    await stage.say("hai")
    assert [incoming.text for incoming in await stage.hears(2)] == ["một", "hai"]


async def test_a_message_may_hold_what_no_database_takes(stage):
    await stage.say("a\0b")
    (heard,) = await stage.hears(1)
    assert heard.text == "ab"
