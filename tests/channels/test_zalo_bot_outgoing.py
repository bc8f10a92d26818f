import asyncio
from datetime import timedelta

import pytest

from bot.chat import Address, Choice, File, Message
from bot.errors import OperatorNeeded, Rejected, TryLater
from tests.channels.demands import YES_NO, jpeg
from tests.channels.zalo_bot_stage import ZaloBotStage
from tests.zalo.bot_person import links_in
from tests.zalo.bot_server import BAD_GATEWAY, GATEWAY_TIMEOUT, TOO_MANY
from tests.zalo.bot_updates import Knobs


@pytest.fixture
async def stage(tmp_path):
    async with ZaloBotStage(tmp_path) as stage:
        yield stage


def picture(stage, name="tien-do.jpg", colour="teal"):
    return stage.file(name, jpeg(colour=colour), "image/jpeg")


async def test_choices_are_numbered_and_the_ways_on_stand_in_brackets(stage):
    choices = (*YES_NO, Choice("Bỏ qua", "skip", way=True))
    await stage.send(Message("Đúng chứ?", choices))
    assert stage.person.answers[0].text == "Đúng chứ?\n\n1. Đúng\n2. Không phải\n[Bỏ qua]"


async def test_a_document_is_a_link_alone_on_its_line_that_opens_again_and_again(stage):
    file = stage.file("Báo cáo Tuần lễ.docx", b"word" * 500, "application/msword")
    await stage.send(Message("✅ Đã nộp.", YES_NO, files=(file,)))
    (told,) = stage.person.answers
    lines = told.text.splitlines()
    (link,) = links_in(told.text)
    assert lines[:4] == ["✅ Đã nộp.", "", "📄 Báo cáo Tuần lễ.docx", link]
    assert lines[-2:] == ["1. Đúng", "2. Không phải"]
    for _ in range(3):
        assert await stage.person.open_links(told) == [("Báo cáo Tuần lễ.docx", b"word" * 500)]


async def test_a_picture_carries_the_words_that_go_with_it(stage):
    await stage.send(Message("Tiến độ", YES_NO, files=(picture(stage),)))
    (told,) = stage.person.answers
    assert told.photo == jpeg()
    assert told.text == "Tiến độ\n\n1. Đúng\n2. Không phải"
    assert stage.counted["out"] == 1


async def test_pictures_go_before_long_words_and_keep_their_order(stage):
    files = (picture(stage, "a.jpg", "red"), picture(stage, "bb.jpg", "green"))
    await stage.send(Message("chữ " * 800, YES_NO, files=files))
    shown = [(told.photo, bool(told.text)) for told in stage.person.answers]
    assert shown == [
        (jpeg(colour="red"), False),
        (jpeg(colour="green"), False),
        (b"", True),
        (b"", True),
    ]
    assert stage.counted["out"] == 4


async def test_words_of_several_pictures_stand_under_the_last(stage):
    files = (picture(stage, "a.jpg", "red"), picture(stage, "bb.jpg", "green"))
    await stage.send(Message("Hai ảnh", files=files))
    assert [told.text for told in stage.person.answers] == ["", "Hai ảnh"]


async def test_a_picture_and_a_document_go_together(stage):
    document = stage.file("a.docx", b"word", "application/msword")
    await stage.send(Message("Xong", files=(document, picture(stage))))
    (told,) = stage.person.answers
    assert told.photo == jpeg()
    assert await stage.person.open_links(told) == [("a.docx", b"word")]


async def test_a_picture_is_there_whenever_zalo_or_the_phone_fetches_it(stage):
    stage.api.refetch_seconds = 0.2
    await stage.send(Message("Tiến độ", files=(picture(stage),)))
    await asyncio.sleep(0.4)
    assert [shelved.gets for shelved in stage.shelf.shelved.values()] == [2]
    assert stage.api.black == []


@pytest.mark.parametrize("error_http", ["status", "ok200"])
@pytest.mark.parametrize("why", ["not reached", "no picture"])
async def test_a_picture_that_zalo_cannot_fetch_goes_as_a_link(tmp_path, error_http, why):
    async with ZaloBotStage(tmp_path, knobs=Knobs(error_http)) as stage:
        stage.shelf.closed = why == "not reached"
        content = b"no picture at all" if why == "no picture" else jpeg()
        good = picture(stage, "good.jpg", "red")
        bad = stage.file("tien-do.jpg", content, "image/jpeg")
        files = (bad,) if stage.shelf.closed else (good, bad)
        await stage.send(Message("Tiến độ", YES_NO, files=files))
        stage.shelf.closed = False
        *before, told = stage.person.answers
        assert [one.photo for one in before] == [jpeg(colour="red")] * (len(files) - 1)
        assert told.text.startswith("Tiến độ\n\n1. Đúng\n2. Không phải")
        assert told.photo == b""
        assert await stage.person.open_links(told) == [("tien-do.jpg", content)]


async def test_other_refusals_of_a_picture_are_refusals(stage):
    stage.api.fail("sendPhoto", status=400, description="Bad request: The chat_id is invalid")
    with pytest.raises(Rejected):
        await stage.send(Message("Tiến độ", files=(picture(stage),)))
    assert stage.person.answers == []


async def test_a_slow_picture_is_waited_for(stage):
    stage.api.fail("sendPhoto", hang=0.5)
    assert await stage.send(Message("Tiến độ", files=(picture(stage),)))


async def test_a_message_goes_on_where_it_stopped(stage):
    text = "\n\n".join(f"Đoạn {number} {'chữ ' * 200}" for number in range(15))
    stage.api.fail("sendMessage", skip=2, status=502, body=BAD_GATEWAY)
    message = Message(text, files=(picture(stage),))
    with pytest.raises(TryLater):
        await stage.send(message, "1")
    assert len(stage.person.answers) == 3
    stage.api.fail("sendMessage", skip=1, status=502, body=BAD_GATEWAY)
    with pytest.raises(TryLater):
        await stage.send(message, "1")
    assert len(stage.person.answers) == 4
    await stage.send(message, "1")
    shown = "\n\n".join(told.text for told in stage.person.answers)
    assert "".join(shown.split()) == "".join(text.split())
    assert [bool(told.photo) for told in stage.person.answers].count(True) == 1
    assert stage.counted["out"] == len(stage.person.answers)


async def test_each_message_that_zalo_took_is_counted_and_no_other(stage):
    await stage.send(Message("Một"), "1")
    await stage.send(Message("chữ " * 800), "2")
    stage.api.fail("sendMessage", status=502, body=BAD_GATEWAY)
    with pytest.raises(TryLater):
        await stage.send(Message("Hai"), "3")
    assert stage.counted["out"] == len(stage.person.answers) == 3


@pytest.mark.parametrize("error_http", ["status", "ok200"])
@pytest.mark.parametrize(
    ("fault", "error", "whole"),
    [
        ({"status": 400, "description": "Bad request: The chat_id is invalid"}, Rejected, False),
        ({"status": 404, "description": "Not Found"}, Rejected, False),
        ({"status": 413, "description": "Request Entity Too Large"}, Rejected, False),
        ({"status": 401, "description": "Unauthorized"}, OperatorNeeded, True),
        ({"status": 403, "description": "Internal server error"}, TryLater, False),
        ({"status": 429, "description": "Quota exceeded"}, TryLater, True),
        ({"status": 500, "description": "?"}, TryLater, False),
        ({"status": 429, "body": TOO_MANY}, TryLater, True),
        ({"status": 502, "body": BAD_GATEWAY}, TryLater, False),
        ({"status": 302, "body": "<html>"}, TryLater, False),
        ({"status": 404, "body": "<html>"}, TryLater, True),
        ({"body": "<html>Log in to the Wi-Fi</html>"}, TryLater, False),
    ],
    ids=str,
)
async def test_an_error_says_who_can_mend_it(tmp_path, error_http, fault, error, whole):
    async with ZaloBotStage(tmp_path, knobs=Knobs(error_http)) as stage:
        stage.api.fail("sendMessage", **fault)
        with pytest.raises(error) as raised:
            await stage.send(Message("Xin chào"))
        assert type(raised.value) is error
        assert getattr(raised.value, "whole_channel", False) is whole


@pytest.mark.parametrize("error_http", ["status", "ok200"])
@pytest.mark.parametrize(
    ("fault", "perhaps", "arrived"),
    [
        ({"cut": "before"}, True, 0),
        ({"cut": "after"}, True, 1),
        ({"status": 200}, True, 1),  # an empty body
        ({"status": 408, "description": "Request timeout"}, True, 0),
        ({"status": 504, "body": GATEWAY_TIMEOUT}, True, 0),
        ({"status": 502, "body": BAD_GATEWAY}, False, 0),
        ({"status": 429, "body": TOO_MANY}, False, 0),
        ({"status": 403, "description": "Internal server error"}, False, 0),
    ],
    ids=str,
)
async def test_a_lost_answer_may_mean_that_it_was_sent(
    tmp_path, error_http, fault, perhaps, arrived
):
    async with ZaloBotStage(tmp_path, knobs=Knobs(error_http)) as stage:
        stage.api.fail("sendMessage", **fault)
        with pytest.raises(TryLater) as error:
            await stage.send(Message("Xin chào"))
        assert error.value.perhaps_sent is perhaps
        assert len(stage.person.answers) == arrived


@pytest.mark.slow
async def test_the_waits_grow_while_zalo_says_too_many_and_are_forgotten_when_it_takes_one(stage):
    waits = []
    for _ in range(3):
        stage.api.fail("sendMessage", status=429, body=TOO_MANY)
        with pytest.raises(TryLater) as error:
            await stage.send(Message("Xin chào"))
        waits.append(error.value.after)
        await asyncio.sleep(error.value.after.total_seconds() if len(waits) < 3 else 0)
    assert waits[0] < waits[1] < waits[2]
    assert timedelta(seconds=3) <= waits[2] <= timedelta(seconds=5)
    await stage.send(Message("Xin chào"))
    await asyncio.sleep(waits[2].total_seconds())
    stage.api.fail("sendMessage", status=429, body=TOO_MANY)
    with pytest.raises(TryLater) as error:
        await stage.send(Message("Xin chào"))
    assert error.value.after < timedelta(seconds=1.5)


async def test_refusals_that_come_together_count_as_one(stage):
    stage.api.fail("sendMessage", status=429, body=TOO_MANY, times=20)
    sends = [stage.send(Message("Xin chào"), str(number)) for number in range(20)]
    results = await asyncio.gather(*sends, return_exceptions=True)
    assert all(isinstance(result, TryLater) for result in results)
    assert max(result.after for result in results) < timedelta(seconds=4)  # not a minute


@pytest.mark.parametrize("error_http", ["status", "ok200"])
async def test_the_end_of_the_months_messages_stops_the_whole_channel(tmp_path, error_http):
    async with ZaloBotStage(tmp_path, knobs=Knobs(error_http, quota=2)) as stage:
        await stage.send(Message("1"), "1")
        await stage.send(Message("2"), "2")
        with pytest.raises(TryLater) as error:
            await stage.send(Message("3"), "3")
        assert error.value.whole_channel
        assert stage.counted["out"] == 2


async def test_somebody_who_never_wrote_cannot_be_written_to(stage):
    with pytest.raises(Rejected):
        await stage.channel.send(Address("zalo-bot", "0" * 20), Message("Xin chào"), "1")


async def test_a_file_that_is_gone_is_refused_before_anything_is_sent(stage):
    files = (picture(stage), File("no-such-key", "a.docx", "application/msword"))
    with pytest.raises(Rejected):
        await stage.send(Message("Đây", files=files))
    assert stage.person.answers == []
