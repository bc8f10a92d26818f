import asyncio
import io
import logging
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.web import UrlDispatcher

from bot.channels.telegram import Telegram
from bot.channels.telegram_http import Account
from bot.channels.telegram_outgoing import keyboard
from bot.chat import Address, Attachment, Choice, Message
from bot.errors import PersonGone, Rejected, SetupError, TryLater
from tests.botapi.faults import Floods
from tests.botapi.person import Person
from tests.botapi.server import TOKEN, BotApi
from tests.botapi.updates import Webhook
from tests.channels.demands import YES_NO, Demands, Seen, Stage, jpeg

SECRET = "s3cret_-OF-the-webhook"
MENU = (("baocao", "Báo cáo cần nộp"), ("tieptuc", "Tiếp tục"))


class TelegramStage(Stage):
    can = frozenset({"busy", "down", "gone", "repeat"})

    def __init__(self, folder: Path, mode: str = "polling", api: BotApi | None = None) -> None:
        super().__init__(folder)
        self.mode = mode
        self.api = api or BotApi()
        self.refuses = 0  # how many of the next things heard cannot be stored
        self._web: web.AppRunner | None = None

    async def start(self) -> None:
        await self.api.start()
        self.person = Person(self.api)
        self.address = Address("telegram", str(self.person.id))
        await self.open()

    async def open(self) -> None:
        """Start the bot; again after ``shut``."""
        site = web.Application()
        runner = self._web = web.AppRunner(site, access_log=None, shutdown_timeout=0.2)
        listener = await asyncio.get_running_loop().create_server(lambda: None, "127.0.0.1", 0)
        port = listener.sockets[0].getsockname()[1]
        listener.close()
        self.public_url = f"http://127.0.0.1:{port}"
        self.channel = Telegram(
            Account(TOKEN, self.api.url, self.mode, SECRET, self.public_url, MENU), self.file_path
        )
        await self.channel.open(self.receive, site.router)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        if self.mode == "webhook" and self.api.port:
            await until(lambda: self.api.updates.webhook.url)

    async def shut(self) -> None:
        """Stop the bot, as at the end of the program."""
        await self.channel.close()
        if self._web:
            await self._web.cleanup()

    async def stop(self) -> None:
        await self.shut()
        await self.api.stop()

    async def receive(self, incoming) -> None:
        if self.refuses > 0:
            self.refuses -= 1
            raise OSError("the disk is full")
        await super().receive(incoming)

    async def say(self, text: str) -> None:
        await self.person.say(text)

    async def press(self, label: str) -> None:
        newest = next(bubble for bubble in reversed(self.person.answers) if bubble.rows)
        if label in newest.labels:
            await self.person.press(label)
            return
        numbered = [line for line in newest.text.splitlines() if line.endswith(f". {label}")]
        await self.person.press(numbered[0].partition(".")[0] if numbered else label)

    async def send_photo(self, content: bytes) -> None:
        await self.person.send_photo(content)

    async def send_document(self, name: str, content: bytes) -> None:
        await self.person.send_document(name, content)

    async def seen(self, count: int) -> list[Seen]:
        assert len(self.person.answers) >= count
        return [
            Seen(
                bubble.text,
                tuple(bubble.labels),
                (bubble.photo,) if bubble.photo else (),
                ((bubble.file_name, bubble.document),) if bubble.document else (),
            )
            for bubble in self.person.answers
        ]

    async def upset(self, how: str) -> None:
        if how == "busy":
            self.api.fail("sendMessage", status=429, retry_after=7)
        elif how == "down":
            self.api.fail("sendMessage", status=502, body="<html>Bad Gateway</html>")
        else:
            await self.person.block()

    async def repeat(self) -> None:
        self.api.updates.repeat()


async def until(condition, seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


class TestPolling(Demands):
    @pytest.fixture
    async def stage(self, tmp_path):
        async with TelegramStage(tmp_path) as stage:
            yield stage


class TestWebhook(Demands):
    @pytest.fixture
    async def stage(self, tmp_path):
        async with TelegramStage(tmp_path, "webhook") as stage:
            yield stage


@pytest.fixture
async def stage(tmp_path):
    async with TelegramStage(tmp_path) as stage:
        yield stage


@pytest.fixture
async def hooked(tmp_path):
    async with TelegramStage(tmp_path, "webhook") as stage:
        yield stage


@pytest.fixture(params=["polling", "webhook"])
async def either(request, tmp_path):
    async with TelegramStage(tmp_path, request.param) as stage:
        yield stage


# Nothing is lost, nothing has two ids


async def test_an_update_that_could_not_be_stored_comes_again_and_keeps_its_place(either):
    either.refuses = 1
    await either.say("một")
    await either.say("hai")
    heard = await either.hears(2)
    assert [incoming.text for incoming in heard[:2]] == ["một", "hai"]


async def test_one_persons_trouble_does_not_hold_up_the_others(either):
    other = Person(either.api, 4002, "Thầy Minh")
    gate = asyncio.Event()
    channel_receive = either.receive
    heard = []

    async def receive(incoming):
        if incoming.sender.id == "4001":
            await gate.wait()
        heard.append(incoming.text)
        await channel_receive(incoming)

    either.channel._listener._receive = receive
    await either.say("chậm")
    await other.say("nhanh")
    await until(lambda: heard == ["nhanh"])
    gate.set()
    await until(lambda: heard == ["nhanh", "chậm"])


async def test_an_update_is_confirmed_only_after_it_was_received(stage):
    gate = asyncio.Event()

    async def receive(incoming):
        await gate.wait()

    stage.channel._listener._receive = receive
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

    stage.channel._listener._receive = receive
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


# A platform with bad days


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
    stage.api.fail("getUpdates", times=2, **fault)
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


# The webhook's door


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


# What people send


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


# What the bot sends


async def test_the_question_is_bold_behind_an_emoji(stage):
    await stage.send(
        Message("🎉 Câu 1/31\nCó kế hoạch không?", YES_NO, strong="Có kế hoạch không?")
    )
    (bubble,) = stage.person.answers
    assert bubble.bold == ("Có kế hoạch không?",)


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        (["Có", "Chưa có"], [2]),
        (["Có", "Chưa có", "Bỏ qua", "Quay lại", "Để sau"], [3, 2]),
        (["Có", "Không", "Bỏ qua", "Để sau"], [2, 2]),
        (["Trường Tiểu học Tân Thành", "Bỏ qua"], [1, 1]),
        (["Tải công văn", "Không phải bây giờ"], [1, 1]),
        (["Nộp báo cáo", "Xem bản Word", "Sửa"], [2, 1]),
        ([str(n) for n in range(1, 13)], [5, 5, 2]),
    ],
)
def test_buttons_stand_side_by_side_where_they_are_short(labels, rows):
    laid = keyboard([Choice(label, "t") for label in labels])
    assert [len(row) for row in laid] == rows
    assert [button["text"] for row in laid for button in row] == labels


def test_choices_that_toggle_stand_in_one_column():
    assert len(keyboard([Choice("☑ Đọc", "1"), Choice("☐ Kể", "2")], multiple=True)) == 2


async def test_a_message_is_changed_in_its_place(stage):
    first = await stage.send(Message("Chọn:", YES_NO), "1")
    again = Message("Đã chọn Đúng", (Choice("Khác", "q2"),), replaces=first)
    assert await stage.send(again, "2") == first
    assert await stage.send(again, "2") == first  # "not modified" is fine
    (bubble,) = stage.person.answers
    assert (bubble.text, bubble.labels, bubble.edited) == ("Đã chọn Đúng", ["Khác"], True)


async def test_a_message_that_cannot_be_changed_is_said_anew(stage):
    picture = stage.file("a.jpg", jpeg(), "image/jpeg")
    photo = await stage.send(Message("Ảnh", files=(picture,)), "1")
    for number, replaces in enumerate((photo, "999999"), 2):
        sent = await stage.send(Message(f"Thay {replaces}", replaces=replaces), str(number))
        assert sent != replaces
    assert [bubble.text for bubble in stage.person.answers][1:] == [f"Thay {photo}", "Thay 999999"]


async def test_pictures_make_albums_of_a_kind_and_the_buttons_come_last(stage):
    pictures = tuple(
        stage.file(f"{'a' * number}.jpg", jpeg(100 + number), "image/jpeg")
        for number in range(1, 12)
    )
    await stage.send(Message("11 ảnh", YES_NO, files=pictures))
    *photos, text = stage.person.answers
    assert [bubble.photo for bubble in photos] == [jpeg(100 + n) for n in range(1, 12)]
    sizes = [len([b for b in photos if b.album == album]) for album in {b.album for b in photos}]
    assert sorted(sizes) == [5, 6]
    assert (text.text, text.labels) == ("11 ảnh", ["Đúng", "Không phải"])


async def test_an_album_without_buttons_carries_its_words(stage):
    pictures = tuple(stage.file(f"{n}.jpg", jpeg(100 + n), "image/jpeg") for n in range(10, 12))
    await stage.send(Message("🎉 Hai ảnh", files=pictures, strong="Hai ảnh"))
    first, second = stage.person.answers
    assert (first.text, first.bold, second.text) == ("🎉 Hai ảnh", ("Hai ảnh",), "")
    assert first.album == second.album != ""


async def test_words_too_long_for_a_caption_follow_the_file(stage):
    file = stage.file("a.docx", b"word", "application/msword")
    await stage.send(Message("chữ " * 400, YES_NO, files=(file,)))
    document, text = stage.person.answers
    assert document.document == b"word"
    assert document.labels == []
    assert text.labels == ["Đúng", "Không phải"]


@pytest.mark.parametrize("content", [b"no picture at all", jpeg(6000, 200), jpeg(6000, 5000)])
async def test_what_telegram_cannot_show_as_a_picture_goes_as_a_file(stage, content):
    good = stage.file("good.jpg", jpeg(), "image/jpeg")
    bad = stage.file("a.jpg", content, "image/jpeg")
    await stage.send(Message("Đây", YES_NO, files=(bad,)))
    (bubble,) = stage.person.answers
    assert (bubble.document, bubble.text, len(bubble.labels)) == (content, "Đây", 2)
    await stage.send(Message("Hai", files=(good, bad)), "2")
    assert [bubble.document for bubble in stage.person.answers[1:]] == [jpeg(), content]


async def test_a_picture_over_10_mb_goes_as_a_file(stage):
    content = jpeg() + b"\0" * 10_500_000
    await stage.send(Message("Đây", files=(stage.file("a.jpg", content, "image/jpeg"),)))
    assert stage.person.answers[0].document == content


async def test_a_file_over_50_mb_is_refused_before_it_is_sent(stage):
    big = stage.file("a.zip", b"", "application/zip")
    with (stage.folder / big.key).open("wb") as file:
        file.truncate(50 * 1024 * 1024 + 1)
    with pytest.raises(Rejected):
        await stage.send(Message("Đây", files=(big,)))
    assert stage.api.counts["senddocument"] == 0


async def test_a_file_for_many_is_uploaded_once(stage):
    file = stage.file("Công văn.pdf", b"%PDF" * 1000, "application/pdf")
    uploads = []
    for number in range(5):
        person = Person(stage.api, 5000 + number)
        to = Address("telegram", str(person.id))
        await stage.channel.send(to, Message("Công văn", files=(file,)), str(number))
        assert person.answers[0].file_name == "Công văn.pdf"
        assert person.answers[0].document == b"%PDF" * 1000
        uploads.append(len(stage.api.files))
    assert len(set(uploads)) == 1


async def test_a_copy_that_telegram_has_lost_is_uploaded_again(stage):
    file = stage.file("a.pdf", b"%PDF", "application/pdf")
    await stage.send(Message("Một", files=(file,)), "1")
    stage.api.files.clear()
    await stage.send(Message("Hai", files=(file,)), "2")
    assert stage.person._chat.messages[stage.person._chat.news[-1]]["document"]["file_size"] == 4


@pytest.mark.parametrize("name", ['Báo cáo "tuần lễ".docx', "a\\b.docx", "x\r\ny.docx"])
async def test_file_names_of_any_kind_are_kept(stage, name):
    await stage.send(Message("Đây", files=(stage.file(name, b"word", "application/msword"),)))
    assert stage.person.answers[0].file_name == " ".join(name.split())


async def test_a_page_to_open_is_a_button_or_else_a_line(stage):
    good = Choice("Mở trang", "", "https://bot.thuthua.edu.vn/s/abc")
    local = Choice("Mở trang", "", "http://localhost:8080/s/abc")
    await stage.send(Message("Xem", (good, YES_NO[0])), "1")
    await stage.send(Message("Xem", (local, YES_NO[0])), "2")
    button, line = stage.person.answers
    assert button.rows[0][0].url == "https://bot.thuthua.edu.vn/s/abc"
    assert line.text == "Xem\nMở trang: http://localhost:8080/s/abc"
    assert line.labels == ["Đúng"]


async def test_a_message_goes_on_where_it_stopped(stage):
    text = "\n\n".join(f"Đoạn {number} {'chữ ' * 200}" for number in range(15))
    await stage.send(Message("Trước"), "0")
    stage.api.fail("sendMessage", status=200, body="", times=0)
    stage.api.faults.waiting.clear()
    sends = stage.api.counts["sendmessage"]
    answer = stage.api._answer
    refused = []

    async def third_is_refused(method, arguments):
        if method == "sendmessage" and stage.api.counts[method] == sends + 3 and not refused:
            refused.append(1)
            return web.json_response(
                {"ok": False, "error_code": 502, "description": "Bad Gateway"}, status=502
            )
        return await answer(method, arguments)

    stage.api._answer = third_is_refused
    with pytest.raises(TryLater):
        await stage.send(Message(text), "1")
    await stage.send(Message(text), "1")
    shown = "\n\n".join(bubble.text for bubble in stage.person.answers[1:])
    assert "".join(shown.split()) == "".join(text.split())


# What went wrong, and who can mend it


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"status": 403, "description": "Forbidden: bot was blocked by the user"}, PersonGone),
        ({"status": 403, "description": "Forbidden: user is deactivated"}, PersonGone),
        (
            {
                "status": 403,
                "description": "Forbidden: bot can't initiate conversation with a user",
            },
            PersonGone,
        ),
        ({"status": 400, "description": "Bad Request: chat not found"}, PersonGone),
        ({"status": 400, "description": "Bad Request: BUTTON_DATA_INVALID"}, Rejected),
        ({"status": 413, "description": "Request Entity Too Large"}, Rejected),
        ({"status": 500, "description": "Internal Server Error"}, TryLater),
        ({"status": 409, "description": "Conflict"}, TryLater),
        ({"status": 401, "description": "Unauthorized"}, TryLater),
        ({"status": 302, "body": "<html>"}, TryLater),
        ({"body": "<html>Log in to the Wi-Fi</html>"}, TryLater),
    ],
    ids=str,
)
async def test_an_error_says_who_can_mend_it(stage, fault, error):
    stage.api.fail("sendMessage", **fault)
    with pytest.raises(error):
        await stage.send(Message("Xin chào"))


@pytest.mark.parametrize(("cut", "perhaps", "arrived"), [("before", True, 0), ("after", True, 1)])
async def test_a_lost_answer_may_mean_that_it_was_sent(stage, cut, perhaps, arrived):
    stage.api.fail("sendMessage", cut=cut)
    with pytest.raises(TryLater) as error:
        await stage.send(Message("Xin chào"))
    assert error.value.perhaps_sent is perhaps
    assert len(stage.person.answers) == arrived


async def test_a_lost_answer_to_a_change_does_not_matter(stage):
    sent = await stage.send(Message("Một"), "1")
    stage.api.fail("editMessageText", cut="after")
    with pytest.raises(TryLater) as error:
        await stage.send(Message("Hai", replaces=sent), "2")
    assert not error.value.perhaps_sent
    await stage.send(Message("Hai", replaces=sent), "2")
    assert [bubble.text for bubble in stage.person.answers] == ["Hai"]


async def test_entities_that_telegram_cannot_read_are_left_out(stage):
    stage.api.fail("sendMessage", status=400, description="Bad Request: can't parse entities: x")
    await stage.send(Message("Câu 1", strong="Câu 1"))
    assert [(bubble.text, bubble.bold) for bubble in stage.person.answers] == [("Câu 1", ())]


async def test_a_refusal_to_one_busy_chat_is_not_taken_for_one_to_all(tmp_path):
    async with TelegramStage(tmp_path, api=BotApi(floods=Floods(burst=2))) as stage:
        await stage.send(Message("1"), "1")
        await stage.send(Message("2"), "2")
        with pytest.raises(TryLater) as error:
            await stage.send(Message("3"), "3")
        assert not error.value.whole_channel
        assert error.value.after >= timedelta(seconds=1)


async def test_refusals_to_many_are_taken_for_one_to_all(tmp_path):
    async with TelegramStage(tmp_path, api=BotApi(floods=Floods(a_second=20))) as stage:
        people = [Person(stage.api, 6000 + number) for number in range(30)]
        sends = [
            stage.channel.send(Address("telegram", str(person.id)), Message("a"), str(person.id))
            for person in people
        ]
        results = await asyncio.gather(*sends, return_exceptions=True)
        refused = [result for result in results if isinstance(result, TryLater)]
        assert len(refused) == 10
        assert refused[-1].whole_channel


async def test_a_slow_network_is_waited_for(stage):
    stage.api.fail("sendMessage", hang=0.3)
    await stage.send(Message("Xin chào"))


# Downloads


async def test_a_file_bigger_than_it_said_is_refused_and_leaves_nothing(stage, tmp_path):
    await stage.person.send_document("a.bin", b"\0" * (21 * 1024 * 1024), size=5)
    (heard,) = await stage.hears(1)
    with pytest.raises(Rejected):
        await stage.channel.download(heard.attachments[0], tmp_path / "in")
    assert not (tmp_path / "in").exists()


async def test_a_file_of_20_mb_is_taken_and_one_byte_more_is_not(stage, tmp_path):
    limit = 20 * 1024 * 1024
    await stage.person.send_document("a.bin", b"\0" * limit)
    await stage.person.send_document("b.bin", b"\0", size=limit + 1)
    fits, big = [incoming.attachments[0] for incoming in await stage.hears(2)]
    await stage.channel.download(fits, tmp_path / "in")
    assert (tmp_path / "in").stat().st_size == limit
    with pytest.raises(Rejected):
        await stage.channel.download(big, tmp_path / "in")
    silent = Attachment("file", big.ref)
    with pytest.raises(Rejected):  # Telegram says it
        await stage.channel.download(silent, tmp_path / "in")


@pytest.mark.parametrize(
    ("method", "fault", "error"),
    [
        ("getFile", {"status": 502, "body": "<html>"}, TryLater),
        ("getFile", {"status": 429, "retry_after": 3}, TryLater),
        ("getFile", {"status": 400, "description": "Bad Request: wrong file_id"}, Rejected),
        ("download", {"status": 404, "description": "Not Found"}, Rejected),
        ("download", {"status": 502, "body": "<html>"}, TryLater),
        ("download", {"cut": "before", "times": 2}, TryLater),  # the first is tried again at once
        ("download", {"cut": "after"}, TryLater),
    ],
    ids=str,
)
async def test_a_download_that_fails_leaves_nothing(stage, tmp_path, method, fault, error):
    await stage.send_document("a.bin", b"x" * 1_000_000)
    (heard,) = await stage.hears(1)
    stage.api.fail(method, **fault)
    with pytest.raises(error):
        await stage.channel.download(heard.attachments[0], tmp_path / "in")
    assert not (tmp_path / "in").exists()
    if error is TryLater:
        await stage.channel.download(heard.attachments[0], tmp_path / "in")
        assert (tmp_path / "in").read_bytes() == b"x" * 1_000_000


# The token


@asynccontextmanager
async def everything_logged(caplog):
    caplog.set_level(logging.DEBUG)
    loop = asyncio.get_running_loop()
    loop.set_debug(True)
    yield
    loop.set_debug(False)


async def test_the_token_is_in_no_log_line_and_no_error(caplog, capsys, tmp_path):
    errors = []
    async with everything_logged(caplog), TelegramStage(tmp_path) as stage:
        file = stage.file("a.docx", b"word", "application/msword")
        await stage.send(Message("Xin chào", YES_NO, files=(file,)), "0")
        for fault in (
            {"cut": "before"},
            {"status": 404, "body": f"The requested URL /bot{TOKEN}/sendMessage was not found"},
            {"status": 400, "description": "Bad Request: x"},
            {"status": 301, "body": "moved"},
            {"body": f"/bot{TOKEN}/sendMessage"},
        ):
            for method in ("sendMessage", "sendDocument"):
                stage.api.fail(method, **fault)
                message = Message("Xin chào", files=(file,) if method == "sendDocument" else ())
                with pytest.raises((TryLater, Rejected)) as error:
                    await stage.send(message, "1")
                errors.append(error.value)
        await stage.send_document("a.bin", b"x" * 1000)
        (heard,) = await stage.hears(1)
        stage.api.fail("download", cut="before", times=2)
        with pytest.raises(TryLater) as error:
            await stage.channel.download(heard.attachments[0], tmp_path / "in")
        errors.append(error.value)
        await stage.api.stop()
        with pytest.raises(TryLater) as error:
            await stage.send(Message("Xin chào"))
        errors.append(error.value)
        await asyncio.sleep(1.2)
        told = [repr(stage.channel), repr(stage.channel._account), repr(stage.channel._bot)]
    for error in errors:
        while error:
            told += [str(error), repr(error)]
            error = error.__cause__ or error.__context__
    told += [caplog.text, *capsys.readouterr()]
    secret = TOKEN.partition(":")[2]
    assert [text for text in told if secret in text] == []


# Many at once (no clock: only that it holds)


async def test_two_hundred_people_are_answered_each_in_order(tmp_path):
    async with TelegramStage(tmp_path, "polling") as stage:

        async def echo(incoming):
            answer = Message(f"✓ {incoming.text or incoming.button}", YES_NO)
            await stage.channel.send(incoming.sender, answer, incoming.id)

        stage.channel._listener._receive = echo
        people = [Person(stage.api, 10_000 + number) for number in range(200)]

        async def talk(person):
            for number in range(3):
                await person.say(f"câu {number}")
            await person.reads(3, 60)
            await person.press("Đúng")
            await person.reads(1, 60)
            return [bubble.text for bubble in person.answers]

        answers = await asyncio.gather(*(talk(person) for person in people))
        assert all(each == ["✓ câu 0", "✓ câu 1", "✓ câu 2", "✓ q1:yes"] for each in answers)
        await until(lambda: not stage.api.queries)
