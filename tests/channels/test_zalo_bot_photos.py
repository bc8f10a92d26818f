import asyncio
from datetime import UTC, datetime

import pytest
from aiohttp import web

from bot.channels.zalo_bot_http import Account
from bot.channels.zalo_bot_photos import Photos, PublicResolver
from bot.channels.zalo_bot_updates import to_incoming
from bot.chat import Address, Attachment
from bot.errors import Rejected, TryLater
from bot.intake import Intake
from bot.workshop import Workshop
from storage.files import Files
from tests.channels.demands import jpeg
from tests.channels.zalo_bot_stage import ZaloBotStage
from tests.zalo.bot_server import TOKEN

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)


@pytest.fixture
async def stage(tmp_path):
    async with ZaloBotStage(tmp_path) as stage:
        yield stage


@pytest.fixture
async def photo(stage):
    """A photo that somebody has just sent."""
    await stage.send_photo(jpeg())
    (heard,) = await stage.hears(1)
    return heard.attachments[0]


async def fetched(stage, photo):
    target = stage.folder / "in.jpg"
    await stage.channel.download(photo, target)
    return target.read_bytes()


@pytest.mark.parametrize(
    ("statuses", "error"),
    [([404], Rejected), ([403], Rejected), ([410], Rejected), ([429], TryLater), ([502], TryLater)],
)
async def test_a_download_that_fails_leaves_nothing(stage, photo, statuses, error):
    stage.api.media.statuses = statuses
    with pytest.raises(error):
        await fetched(stage, photo)
    assert not (stage.folder / "in.jpg").exists()
    assert await fetched(stage, photo) == jpeg()


async def test_half_a_photo_is_no_photo(stage):
    await stage.send_photo(jpeg(4000, 3000))
    (heard,) = await stage.hears(1)
    stage.api.media.cut = True
    with pytest.raises(TryLater):
        await fetched(stage, heard.attachments[0])
    assert not (stage.folder / "in.jpg").exists()
    assert await fetched(stage, heard.attachments[0]) == jpeg(4000, 3000)


async def test_a_photo_that_is_too_big_is_not_read_to_its_end(stage):
    stage.api.media.most_bytes = 100_000_000
    await stage.send_photo(b"\0" * 5_000_001)
    (heard,) = await stage.hears(1)
    with pytest.raises(Rejected):
        await fetched(stage, heard.attachments[0])
    assert not (stage.folder / "in.jpg").exists()


@pytest.fixture
async def other():
    """Another server, that of somebody else."""
    asked = []

    async def answer(request):
        asked.append(request.path)
        return web.Response(body=jpeg())

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}", asked
    await runner.cleanup()


async def test_a_redirect_to_somebody_else_is_not_followed(stage, photo, other):
    url, asked = other
    stage.api.media.redirect = f"{url}/latest/meta-data"
    with pytest.raises(Rejected):
        await fetched(stage, photo)
    assert asked == []


async def test_redirects_go_round_only_so_often(stage, photo):
    stage.api.media.redirect = photo.ref
    with pytest.raises(Rejected):
        await fetched(stage, photo)
    assert stage.api.media.gets == 4


async def test_an_address_that_is_not_zalos_is_not_asked(stage, other):
    url, asked = other
    for ref in (f"{url}/a.jpg", "", "nonsense", "http://[", "file:///etc/passwd"):
        with pytest.raises(Rejected):
            await fetched(stage, Attachment("photo", ref))
    assert asked == []


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://f21-zpc.zdn.vn/jpg/1/a.jpg", True),
        ("https://s.zadn.vn/a.jpg?x=1", True),
        ("https://photo.zalo.me/a.jpg", True),
        ("https://cdn.zaloapp.com:443/a.jpg", True),
        ("http://f21-zpc.zdn.vn/a.jpg", False),
        ("https://f21-zpc.zdn.vn:8443/a.jpg", False),
        ("https://evil.vn/f21-zpc.zdn.vn/a.jpg", False),
        ("https://evilzdn.vn/a.jpg", False),
        ("https://a.zdn.vn.evil.vn/a.jpg", False),
        ("https://a.zdn.vn@evil.vn/a.jpg", False),
        ("https://user@a.zdn.vn/a.jpg", False),
        ("https://127.0.0.1/a.jpg", False),
        ("https://[::1]/a.jpg", False),
        ("https://a.zdn.vn:99999/a.jpg", False),
    ],
)
def test_whose_servers_are_asked(url, good):
    assert Photos(Account(TOKEN))._is_zalos(url) is good


async def test_a_name_that_leads_into_a_private_network_is_refused():
    with pytest.raises(Rejected):
        await PublicResolver(set()).resolve("localhost", 443)
    assert await PublicResolver({"localhost"}).resolve("localhost", 443)


async def _no_form(to: Address) -> None:
    """Nobody is opening a campaign."""


async def test_a_photo_is_kept_at_once_and_one_that_has_expired_is_told(stage, photo, tmp_path):
    heard = stage.heard[0]
    workshop = Workshop()
    files = Files(tmp_path / "files")
    intake = Intake({"zalo-bot": stage.channel}, files, workshop, b"secret", _no_form)
    (received,) = await intake.prepare(1, heard)
    stage.api.media.expire()
    assert await asyncio.to_thread((tmp_path / "files" / received.photo.key).read_bytes)
    (late,) = await intake.prepare(2, heard)
    assert (late.photo, late.problem) == (None, "photo-not-given")
    workshop.close()


def message(**fields):
    chat = {"id": "6ede9afa66b88fe6d6a9", "chat_type": "PRIVATE"}
    author = {"id": "6ede9afa66b88fe6d6a9", "display_name": "Nguyễn Thị An", "is_bot": False}
    return {"message_id": "2d758cb5e222177a4e35", "date": 1750316131602, "from": author,
            "chat": chat, **fields}  # fmt: skip


@pytest.mark.parametrize(
    ("event", "fields", "text", "attachments"),
    [
        ("text", {"text": "Xin chào"}, "Xin chào", ()),
        ("text", {"text": "a\0b\ud800"}, "ab?", ()),
        ("text", {"text": "BATDAU 7K3M-9QXD"}, "BATDAU 7K3M-9QXD", ()),
        ("text", {"text": "bắt đầu 7k3m9qxd"}, "bắt đầu 7k3m9qxd", ()),
        ("text", {"text": "batdau7k3m9qxd"}, "batdau7k3m9qxd", ()),
        ("image", {"photo_url": "https://a.zdn.vn/1"}, "", (("photo", "https://a.zdn.vn/1"),)),
        ("image", {"photo": "https://a.zdn.vn/1", "caption": "sân trường"}, "sân trường",
         (("photo", "https://a.zdn.vn/1"),)),
        ("image", {}, "", (("unseen", ""),)),
        ("sticker", {"sticker": "0e07", "url": "https://a.zadn.vn/s"}, "", (("sticker", "0e07"),)),
        ("sticker", {}, "", (("sticker", ""),)),
        ("voice", {"voice_url": "https://a.zdn.vn/v"}, "", (("voice", "https://a.zdn.vn/v"),)),
        ("unsupported", {}, "", (("unseen", ""),)),
        ("unsupported", {"text": "xem tệp này"}, "xem tệp này", (("unseen", ""),)),
        ("link", {"link": "https://truong.edu.vn"}, "https://truong.edu.vn", ()),
        ("link", {"text": "Trang trường", "url": "https://x.vn"}, "Trang trường", ()),
        ("link", {"link": {"href": "https://x.vn"}}, "", (("unseen", ""),)),
        ("something_new", {}, "", (("unseen", ""),)),
    ],
)  # fmt: skip
def test_what_somebody_did(event, fields, text, attachments):
    update = {"event_name": f"message.{event}.received", "message": message(**fields)}
    incoming = to_incoming(update, NOW)
    assert incoming.id == "2d758cb5e222177a4e35"
    assert incoming.sender.id == "6ede9afa66b88fe6d6a9"
    assert incoming.sender_name == "Nguyễn Thị An"
    assert incoming.at == datetime(2025, 6, 19, 6, 55, 31, 602000, tzinfo=UTC)
    assert (incoming.text, incoming.start) == (text, "")
    assert tuple((one.kind, one.ref) for one in incoming.attachments) == attachments


@pytest.mark.parametrize(
    "changed",
    [
        {"chat": {"id": "g1", "chat_type": "GROUP"}},
        {"from": {"id": "1459232241454765289", "is_bot": True}},
        {"from": {"id": "1459232241454765289"}},  # an echo that does not say so
    ],
)
def test_what_is_nothing_to_the_bot(changed):
    update = {"event_name": "message.text.received", "message": message(text="a") | changed}
    assert to_incoming(update, NOW) is None


@pytest.mark.parametrize("event", ["message.reaction.received", "message.text.sent", "bot.added"])
def test_what_is_no_answer(event):
    update = {"event_name": event, "message": message(reaction="❤️")}
    assert to_incoming(update, NOW) is None


@pytest.mark.parametrize("date", [None, "gì", 10**30, "1750316131602"])
def test_a_message_without_a_good_time_was_said_now(date):
    update = {"event_name": "message.text.received", "message": message(text="a") | {"date": date}}
    assert to_incoming(update, NOW).at in (NOW, datetime(2025, 6, 19, 6, 55, 31, 602000, UTC))


def test_what_may_be_missing_may_be_missing():
    bare = {"message_id": "m1", "chat": {"id": "p1"}, "text": "Có"}
    incoming = to_incoming({"message": bare}, NOW)
    assert (incoming.text, incoming.sender.id, incoming.at) == ("Có", "p1", NOW)
