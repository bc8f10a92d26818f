"""What Zalo reports: only what it has signed, each thing once, in the bot's words."""

import asyncio
import hashlib
import io
import logging
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from bot.channels.zalo_oa_events import to_incoming
from bot.channels.zalo_oa_listening import NAME_SECONDS
from bot.chat import Attachment, Message
from bot.errors import Rejected, TryLater
from tests.channels.demands import YES_NO, jpeg
from tests.channels.zalo_oa_stage import OaStage, until
from tests.zalo.oa_person import Person
from tests.zalo.oa_rules import APP_ID, APP_SECRET, OA_ID, OA_SECRET_KEY
from tests.zalo.oa_webhook import PATIENCE

TIMES, PREFIXES = ("body", "header", "both"), ("mac=", "")


@pytest.fixture
async def stage(tmp_path):
    async with OaStage(tmp_path) as stage:
        yield stage


@pytest.mark.parametrize("timestamp", TIMES)
@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("first", [APP_ID, OA_ID])
async def test_a_signature_is_known_in_every_form(stage, timestamp, prefix, first):
    stage.zalo.webhook.timestamp, stage.zalo.webhook.prefix = timestamp, prefix
    stage.zalo.webhook.first = first
    assert await stage.person.say("Xin chào") == 200
    assert await stage.person.follow() == 200
    assert [one.text for one in stage.heard] == ["Xin chào", ""]


@pytest.mark.parametrize("timestamp", TIMES)
@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("key", ["wrong", APP_SECRET])
async def test_a_wrong_signature_changes_nothing(stage, timestamp, prefix, key):
    stage.zalo.webhook.timestamp, stage.zalo.webhook.prefix = timestamp, prefix
    stage.zalo.webhook.key = key
    for deed in (stage.person.say("Xin chào"), stage.person.unfollow()):
        assert await deed == 403
    assert stage.heard == []
    assert stage.counts["in"] == 0
    assert stage.zalo.counts["detail"] == 0


async def test_an_event_without_a_signature_changes_nothing(stage):
    stage.zalo.webhook.signed = False
    assert await stage.person.say("Xin chào") == 403
    assert stage.heard == []


async def test_a_changed_body_is_refused(stage):
    await stage.person.say("Xin chào")
    event = stage.zalo.webhook.last
    body = b'{"event_name":"user_send_text","timestamp":"%s"}' % event["timestamp"].encode()
    plain = event["app_id"].encode() + body + event["timestamp"].encode() + OA_SECRET_KEY.encode()
    mac = hashlib.sha256(plain).hexdigest()
    for changed in (body + b" ", body.replace(b"text", b"tExt"), b"[]", b"no JSON"):
        async with (
            aiohttp.ClientSession() as session,
            session.post(
                stage.zalo.webhook.url, data=changed, headers={"X-ZEvent-Signature": f"mac={mac}"}
            ) as response,
        ):
            assert response.status == 403
    assert len(stage.heard) == 1


@pytest.mark.parametrize("body", [b"{}", b"", b"ping", b'{"test": true}', b"[]"])
async def test_the_consoles_probe_is_answered_and_has_no_effect(stage, body):
    async with (
        aiohttp.ClientSession() as session,
        session.post(stage.zalo.webhook.url, data=body) as response,
    ):
        assert response.status == 200
    assert stage.heard == []
    assert stage.counts == {}


async def test_a_body_without_end_is_cut_off(stage):
    async with (
        aiohttp.ClientSession() as session,
        session.post(stage.zalo.webhook.url, data=io.BytesIO(b" " * 2_000_000)) as response,
    ):
        assert response.status == 413


@pytest.mark.parametrize("receipts", [False, True])
async def test_what_the_account_says_itself_comes_back_to_nothing(tmp_path, receipts):
    """An answer to every echo would go on for ever."""

    def knobs(zalo):
        zalo.webhook.receipts = receipts

    async with OaStage(tmp_path, knobs) as stage:

        async def answer(incoming):
            stage.heard.append(incoming)
            await stage.channel.send(incoming.sender, Message("Vâng", YES_NO), incoming.id)

        stage.instead = answer
        file = stage.file("a.pdf", b"%PDF", "application/pdf")
        await stage.person.say("Xin chào")
        await stage.send(Message("Tệp", files=(file,)), "2")
        await stage.person.react()
        await stage.zalo.settled()
        assert [name for name, _ in stage.zalo.webhook.answers if name.startswith("oa_")]
        assert all(status == 200 for _, status in stage.zalo.webhook.answers)
        assert len(stage.heard) == 1
        assert stage.counts["in"] == 1


async def test_everything_reported_twice_has_the_same_id(stage):
    stage.zalo.webhook.duplicates = True
    await stage.person.say("một")
    await stage.person.follow()
    await stage.person.submit_info()
    await stage.person.click_chat()
    ids = [one.id for one in stage.heard]
    assert len(ids) == 8
    assert ids[::2] == ids[1::2]
    assert len(set(ids)) == 4


async def test_what_could_not_be_connected_comes_again_and_is_taken(tmp_path):
    async with OaStage(tmp_path) as stage:
        webhook = stage.zalo.webhook
        webhook.retries = True
        url, webhook.url = webhook.url, "http://127.0.0.1:9"  # nobody listens there
        report = asyncio.create_task(stage.person.say("lần nữa"))
        await until(lambda: webhook.answers)
        webhook.url = url
        assert await report == 200
        assert [one.text for one in stage.heard] == ["lần nữa"]


async def test_what_could_not_be_stored_is_not_acknowledged(stage):
    stage.refuses = 1
    assert await stage.person.say("một") == 503
    await stage.repeat()
    assert [one.text for one in stage.heard] == ["một"]


async def test_things_of_one_person_stay_in_order_and_nobody_waits_for_another(stage):
    slow = Person(stage.zalo, "7001", "Thầy Chậm")
    stage.zalo.fail("detail", hang=0.6)
    first = asyncio.create_task(slow.say("a"))
    await until(lambda: stage.zalo.counts["detail"])
    second = asyncio.create_task(slow.say("b"))
    await stage.person.say("nhanh")
    assert [one.text for one in stage.heard] == ["nhanh"]
    await asyncio.gather(first, second)
    assert [one.text for one in stage.heard] == ["nhanh", "a", "b"]
    assert stage.heard[1].sender_name == "Thầy Chậm"


async def test_zalo_is_answered_in_time_also_when_it_does_not_say_the_name(stage):
    assert NAME_SECONDS <= PATIENCE / 2
    stage.zalo.webhook.patience = NAME_SECONDS + 4  # a busy machine is slow by itself
    stage.zalo.fail("detail", hang=10)
    assert await stage.person.say("một") == 200
    assert await stage.person.say("hai") == 200
    assert [one.sender_name for one in stage.heard] == ["", ""]
    assert stage.zalo.counts["detail"] == 1  # it is not asked again at once
    stage.zalo.clock.turn(minutes=2)
    await stage.person.say("ba")
    assert stage.heard[-1].sender_name == "Cô Hạnh"


async def test_the_name_is_asked_for_once(stage):
    for text in ("một", "hai", "ba"):
        await stage.person.say(text)
    assert [one.sender_name for one in stage.heard] == ["Cô Hạnh"] * 3
    assert stage.zalo.counts["detail"] == 1


async def test_after_the_end_zalo_hears_that_nobody_is_there(stage):
    await stage.channel.close()
    assert await stage.person.say("ai đó?") == 503


# what is said


async def test_several_photos_come_together_with_their_words(stage):
    await stage.person.send_photos([jpeg(), jpeg(300, 200)], "Lễ phát động")
    (heard,) = stage.heard
    assert heard.text == "Lễ phát động"
    assert [part.kind for part in heard.attachments] == ["photo", "photo"]


async def test_everything_else_that_can_be_sent(stage):
    url = f"{stage.zalo.url}/media/x"
    person = stage.person
    place = {"coordinates": {"latitude": "10.77", "longitude": "106.69"}}
    await person.send_other("location", place)
    await person.send_other("audio", {"url": url})
    await person.send_other("video", {"url": url, "thumbnail": "", "description": ""})
    await person.send_other("gif", {"url": url, "thumbnail": url})
    await person.send_other("sticker", {"id": "12", "url": url})
    card = '{"phone":"84912000111","qrCodeUrl":"https://qr.zdn.vn/1"}'
    await person.send_other("business_card", {"description": card, "url": url})
    await person.send_other("business_card", {"description": "Danh thiếp", "url": url})
    await person.send_other("hologram", {"url": url})
    kinds = [(one.attachments[0].kind, one.attachments[0].ref) for one in stage.heard]
    assert kinds == [
        ("location", "10.77 106.69"),
        ("voice", url),
        ("video", url),
        ("video", url),
        ("sticker", url),
        ("contact", "84912000111"),
        ("sticker", url),
        ("unseen", ""),
    ]
    assert not stage.heard[5].attachments[0].own


async def test_a_pasted_address_is_an_answer(stage):
    link = {"url": "https://tanthanh.edu.vn/tin-1", "thumbnail": "", "description": "Tin"}
    await stage.person.send_other("link", link)
    await stage.person.send_other("link", link, text="Xem https://tanthanh.edu.vn/tin-1 nhé")
    await stage.person.send_other("link", link, text="Bài viết:")
    assert [one.text for one in stage.heard] == [
        "https://tanthanh.edu.vn/tin-1",
        "Xem https://tanthanh.edu.vn/tin-1 nhé",
        "Bài viết: https://tanthanh.edu.vn/tin-1",
    ]


async def test_coming_going_and_opening_the_chat_are_no_words(stage):
    await stage.person.follow()
    await stage.person.unfollow()
    await stage.person.click_chat()
    assert {one.sender for one in stage.heard} == {stage.address}
    assert [(one.text, one.blocked) for one in stage.heard] == [
        ("", False),
        ("", True),
        ("", False),
    ]


async def test_a_number_that_zalo_has_filled_in_is_their_own(stage):
    await stage.person.submit_info("84987654321", "Trần Thị Hạnh")
    (heard,) = stage.heard
    number = Attachment("contact", "84987654321", "Trần Thị Hạnh", own=True)
    assert heard.attachments == (number,)
    written = {
        "event_name": "user_submit_info",
        "sender": {"id": stage.person.id},
        "message": {"msg_id": "m1", "text": '{"name":"Trần Thị Hạnh","phone":"84987654321"}'},
    }
    assert await stage.zalo.webhook.report(written) == 200
    assert stage.heard[1].attachments == (number,)


async def test_when_it_was_said_is_zalos_word(stage):
    stage.zalo.clock.stands = datetime(2026, 5, 5, 8, 0, tzinfo=UTC)
    stage.zalo.new_tokens()
    await stage.person.say("sáng")
    assert stage.heard[0].at == datetime(2026, 5, 5, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "name",
    ["oa_send_text", "user_seen_message", "anonymous_send_text", "user_send_group_text", "new"],
)
def test_what_is_nothing_to_the_bot(name):
    assert to_incoming({"event_name": name}) is None


async def test_what_cannot_be_understood_is_not_asked_for_again(stage):
    for event in (
        {"event_name": "user_send_text"},
        {"event_name": "follow", "follower": {}},
        {"event_name": "user_send_image", "message": {"msg_id": "1", "attachments": [7]}},
        {"event_name": "user_send_text", "sender": {"id": "1"}, "timestamp": "9" * 30,
         "message": {"msg_id": "1", "text": "x"}},
    ):  # fmt: skip
        assert await stage.zalo.webhook.report(event) == 200
    assert stage.heard == []


# downloads


def photo_at(url: str) -> Attachment:
    return Attachment("photo", url)


@pytest.mark.parametrize(
    ("url", "right"),
    [
        ("https://f1.zdn.vn/a.jpg", True),
        ("https://zdn.vn/a.jpg", True),
        ("https://photo-zmp3.zadn.vn:443/a", True),
        ("https://x.zalo.me/a", True),
        ("https://cdn.zaloapp.com/a", True),
        ("http://f1.zdn.vn/a.jpg", False),
        ("https://f1.zdn.vn:8443/a", False),
        ("https://evilzdn.vn/a", False),
        ("https://zdn.vn.evil.com/a", False),
        ("https://f1.zdn.vn@evil.com/a", False),
        ("https://127.0.0.1/a", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_files_are_fetched_from_zalo_only(stage_calls, url, right):
    assert stage_calls.is_media(url) is right


@pytest.fixture
async def stage_calls(tmp_path):
    async with OaStage(tmp_path, media_hosts=()) as stage:
        yield stage.channel._calls


async def test_an_address_elsewhere_is_never_asked(tmp_path):
    async with OaStage(tmp_path, media_hosts=()) as stage:
        await stage.person.send_photos([jpeg()])
        with pytest.raises(Rejected):
            await stage.channel.download(stage.heard[0].attachments[0], tmp_path / "in")
        assert stage.zalo.counts["media"] == 0


async def test_nobody_is_led_elsewhere(stage, tmp_path):
    await stage.person.send_photos([jpeg()])
    stage.zalo.fail("media", status=302, body=f"{stage.zalo.url}/v2.0/oa/getoa")
    with pytest.raises(TryLater):
        await stage.channel.download(stage.heard[0].attachments[0], tmp_path / "in")
    assert stage.zalo.counts["getoa"] == 0


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"status": 404}, Rejected),
        ({"status": 410}, Rejected),
        ({"status": 503}, TryLater),
        ({"cut": "before"}, TryLater),
    ],
)
async def test_what_is_not_given_out(stage, tmp_path, fault, error):
    await stage.person.send_photos([jpeg()])
    stage.zalo.fail("media", times=3, **fault)
    with pytest.raises(error):
        await stage.channel.download(stage.heard[0].attachments[0], tmp_path / "in")
    assert not (tmp_path / "in").exists()


async def test_a_file_is_what_its_checksum_says(stage, tmp_path):
    await stage.person.send_file("a.pdf", b"%PDF whole")
    stage.zalo.fail("media", body="half of it")
    await stage.channel.download(stage.heard[0].attachments[0], tmp_path / "in")
    assert (tmp_path / "in").read_bytes() == b"%PDF whole"
    await stage.person.send_file("a.pdf", b"%PDF", checksum="0" * 32)
    with pytest.raises(Rejected):
        await stage.channel.download(stage.heard[1].attachments[0], tmp_path / "in2")
    assert not (tmp_path / "in2").exists()
    await stage.person.send_file("a.pdf", b"%PDF", checksum="")
    await stage.channel.download(stage.heard[2].attachments[0], tmp_path / "in3")


async def test_a_file_that_is_longer_than_zalo_says_is_dropped(stage, tmp_path):
    await stage.person.send_file("a.bin", b"\0" * 20_000_001, size=10)
    with pytest.raises(Rejected):
        await stage.channel.download(stage.heard[0].attachments[0], tmp_path / "in")
    assert not (tmp_path / "in").exists()


async def test_no_secret_is_in_any_log_line_or_error(stage, caplog, capsys, tmp_path):
    caplog.set_level(logging.DEBUG)
    errors = []
    await stage.person.say("bí mật của tôi")
    await stage.send(Message("Xin chào"), "0")
    for fault in ({"code": -201}, {"status": 502}, {"cut": "after"}, {"code": -216, "times": 2}):
        stage.zalo.fail("cs", **fault)
        with pytest.raises((TryLater, Rejected)) as error:
            await stage.send(Message("Xin chào"), "1")
        errors.append(error.value)
    stage.zalo.refresh_tokens = dict.fromkeys(stage.zalo.refresh_tokens, True)
    stage.zalo.access_token = "other"
    with pytest.raises(TryLater) as error:
        await stage.send(Message("Xin chào"), "2")
    errors.append(error.value)
    stage.zalo.clock.turn(seconds=timedelta(days=9).total_seconds())
    told = [repr(stage.channel), repr(stage.channel._tokens._pair), caplog.text]
    told += [repr(error) for error in errors]
    told += capsys.readouterr()
    secrets = [OA_SECRET_KEY, APP_SECRET, *stage.zalo.refresh_tokens, "access-", "bí mật"]
    assert [secret for secret in secrets for text in told if secret in text] == []
