"""The web chat from a page's side of the socket: what is kept, when, and for whom."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import unquote

import aiohttp
import pytest
from aiohttp import FormData, WSCloseCode, WSMsgType

from bot.chat import Attachment, Choice, File, Message
from bot.errors import Rejected
from tests.channels.demands import Demands, Seen, Stage
from tests.web.scripted import ScriptedBot


class Page:
    """A browser's page as the server sees it."""

    def __init__(self, bot: ScriptedBot) -> None:
        self.bot = bot
        self.browser = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        self.sockets: list[aiohttp.ClientWebSocketResponse] = []
        self.entries: list[dict] = []
        self.number = 0

    async def open(self, path: str = "/chat", **hello: str) -> None:
        async with self.browser.get(self.bot.address + path) as response:
            assert response.status == 200
        await self.connect(**hello)

    async def connect(self, after: str = "") -> None:
        self.socket = await self.browser.ws_connect(f"{self.bot.address}/chat/ws")
        self.sockets.append(self.socket)
        await self.tell(type="hello", after=after)
        self.entries += (await self.told("history"))["entries"]

    async def tell(self, **data: object) -> None:
        await self.socket.send_str(json.dumps(data))

    async def told(self, kind: str) -> dict:
        """Return the next thing of that kind; entries that come before it are put away."""
        while True:
            data = json.loads(await self.socket.receive_str(timeout=10))
            if data["type"] == "entry":
                self.entries.append(data["entry"])
            if data["type"] == kind:
                return data

    async def say(self, **what: object) -> dict:
        self.number += 1
        await self.tell(type="say", **{"id": f"id-{self.number}", **what})
        return await self.told("kept")

    async def upload(self, upload_id: str, content: bytes, offset: int = 0, total: int = 0):
        url = f"{self.bot.address}/chat/upload"
        query = {"id": upload_id, "offset": offset, "total": total or len(content)}
        async with self.browser.post(url, params=query, data=io.BytesIO(content)) as response:
            return response.status, await response.json()

    async def so_far(self, upload_id: str) -> int:
        url = f"{self.bot.address}/chat/upload"
        async with self.browser.get(url, params={"id": upload_id}) as response:
            return (await response.json())["have"]

    async def close(self) -> None:
        for socket in self.sockets:  # one that is only forgotten warns in a later test
            with suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await socket.close()
        await self.browser.close()


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[ScriptedBot]:
    scripted = ScriptedBot(tmp_path)
    await scripted.start()
    yield scripted
    await scripted.stop()


@asynccontextmanager
async def browsing(bot: ScriptedBot) -> AsyncIterator[Page]:
    page = Page(bot)
    try:
        yield page
    finally:
        await page.close()


@pytest.fixture
async def page(bot: ScriptedBot) -> AsyncIterator[Page]:
    async with browsing(bot) as opened:
        yield opened


class WebStage(Stage):
    """A page, and a bot that only listens."""

    can = frozenset({"repeat"})

    async def start(self) -> None:
        self.bot = ScriptedBot(self.folder)
        self.bot.receive = self.receive
        await self.bot.start()
        self.channel = self.bot.chat
        self.page = Page(self.bot)
        await self.page.open()
        await self.page.say(text="ai đó")
        self.address = (await self.hears(1))[0].sender
        self.heard.clear()

    async def stop(self) -> None:
        await self.page.close()
        await self.bot.stop()

    async def say(self, text: str) -> None:
        code = text.removeprefix("/start ")
        try:
            await self.page.say(**({"text": text} if code == text else {"start": code}))
        except (TypeError, ConnectionError):
            assert self.page.socket.closed

    async def repeat(self) -> None:
        self.page.number -= 1
        await self.say("một lần")

    async def press(self, label: str) -> None:
        message, choice = next(
            (entry, choice)
            for entry in reversed(self.page.entries)
            for choice in entry["choices"]
            if choice["label"] == label
        )
        await self.page.say(button=choice["token"], pressed=message["id"])

    async def send_photo(self, content: bytes) -> None:
        await self._send("anh.jpg", "image/jpeg", content)

    async def send_document(self, name: str, content: bytes) -> None:
        await self._send(name, "application/pdf", content)

    async def _send(self, name: str, mime: str, content: bytes) -> None:
        assert await self.page.upload("f1", content) == (200, {"have": len(content)})
        await self.page.say(attachments=[{"ref": "f1", "name": name, "mime": mime}])

    async def seen(self, count: int) -> list[Seen]:
        while len(self.page.entries) < count:
            await self.page.told("entry")
        return [await self._seen(entry) for entry in self.page.entries]

    async def _seen(self, entry: dict) -> Seen:
        labels = tuple(choice["label"] for choice in entry["choices"])
        pictures, documents = [], []
        for file in entry["files"]:
            async with self.page.browser.get(self.bot.address + file["url"]) as response:
                assert response.status == 200
                content = await response.read()
                disposition = response.headers["Content-Disposition"]
            if file["mime"].startswith("image/"):
                pictures.append(content)
            else:
                documents.append((unquote(disposition.partition("UTF-8''")[2]), content))
        # A page shows every label in full.
        text = "\n".join([entry["text"], *labels]) if labels else entry["text"]
        return Seen(text, labels, tuple(pictures), tuple(documents))


class TestWebChat(Demands):
    @pytest.fixture
    async def stage(self, tmp_path: Path) -> AsyncIterator[Stage]:
        async with WebStage(tmp_path) as stage:
            yield stage

    async def test_a_file_that_is_too_big_is_never_downloaded(
        self, stage: WebStage, tmp_path: Path
    ):
        """Here it is refused before it is taken."""
        status, answer = await stage.page.upload("big", b"x", total=20_000_001)
        assert (status, answer["error"], answer["limit"]) == (413, "too-big", 20_000_000)
        status, answer = await stage.page.upload("lie", b"x" * 300_000, total=1000)
        assert (status, answer["error"]) == (413, "too-big")
        with pytest.raises(Rejected):
            await stage.channel.download(Attachment("file", "nobody/big"), tmp_path / "in")

    async def test_a_file_that_is_not_there_any_more_is_refused(self, stage: WebStage):
        """Here the message is shown, and its link says in words that the file is gone."""
        await stage.send(Message("Đây", files=(File("no-such-key", "a.docx", "x/y"),)))
        await stage.page.told("entry")
        (file,) = stage.page.entries[0]["files"]
        async with stage.page.browser.get(stage.bot.address + file["url"]) as response:
            assert response.status == 410
            assert "Tệp không còn" in await response.text()


async def test_a_message_is_kept_before_the_page_is_told_so(bot: ScriptedBot, page: Page):
    await page.open()
    committed = asyncio.Event()
    keep = bot.receive

    async def slowly(incoming):
        await committed.wait()
        await keep(incoming)

    bot.chat._receive = slowly
    await page.tell(type="say", id="1", text="một")
    await page.tell(type="ping")
    with pytest.raises(TimeoutError):
        await page.socket.receive(timeout=0.1)
    committed.set()
    assert (await page.told("kept"))["id"] == "1"
    assert [one.text for one in bot.received] == ["một"]


async def test_the_same_id_is_kept_once_and_answered_once(bot: ScriptedBot, page: Page):
    await page.open()
    for _ in range(3):
        await page.say(id="same", text="một")
    await page.told("entry")
    assert [one.text for one in bot.received] == ["một"]
    assert [entry["text"] for entry in page.entries] == ["Đã nhận: một"]


async def test_when_it_cannot_be_kept_the_line_breaks_and_nothing_is_acknowledged(
    bot: ScriptedBot, page: Page
):
    await page.open()
    keep = bot.receive

    async def broken(incoming):
        raise ConnectionError("no database")

    bot.chat._receive = broken
    await page.tell(type="say", id="1", text="một")
    message = await page.socket.receive(timeout=5)
    assert message.type in (WSMsgType.CLOSE, WSMsgType.CLOSED)
    bot.chat._receive = keep
    await page.connect()
    assert (await page.say(id="1", text="một"))["id"] == "1"


async def test_after_a_pause_a_page_asks_only_for_what_it_has_not_seen(
    bot: ScriptedBot, page: Page
):
    await page.open()
    await page.say(text="một")
    seen = (await page.told("entry"))["entry"]["id"]
    await page.socket.close()
    address_id = bot.received[0].sender.id
    await bot.say(address_id, Message("trong lúc vắng", (Choice("A", "a"),), strong="vắng"))
    page.entries.clear()
    await page.connect(after=seen)
    (missed,) = page.entries
    del missed["at"]
    assert missed == {
        "id": missed["id"],
        "who": "bot",
        "text": "trong lúc vắng",
        "strong": "vắng",
        "choices": [{"label": "A", "token": "a", "url": "", "way": False}],
        "multiple": False,
        "files": [],
        "replaces": "",
    }


async def test_what_is_said_while_the_history_is_read_comes_after_it(bot: ScriptedBot, page: Page):
    await page.open()
    await page.say(text="một")
    await page.told("entry")
    address_id = bot.received[0].sender.id
    look = bot.chat.history

    async def slow_look(who: str, after: str):
        entries = await look(who, after)
        await bot.say(address_id, Message("ba"))
        return entries

    bot.chat.history = slow_look
    await page.tell(type="hello")
    history = await page.told("history")
    assert [entry["text"] for entry in history["entries"]] == ["một", "Đã nhận: một"]
    assert (await page.told("entry"))["entry"]["text"] == "ba"


async def test_another_window_of_the_same_talk_sees_what_is_said_in_this_one(
    bot: ScriptedBot, page: Page
):
    await page.open()
    await page.say(text="một")
    other = Page(bot)
    other.browser.cookie_jar.update_cookies(
        {cookie.key: cookie.value for cookie in page.browser.cookie_jar}
    )
    await other.connect()
    await page.say(text="hai")
    entry = (await other.told("entry"))["entry"]
    while entry["who"] == "bot":
        entry = (await other.told("entry"))["entry"]
    assert (entry["who"], entry["text"], entry["id"]) == ("person", "hai", "id-2")
    await other.close()


async def test_two_browsers_are_two_people(bot: ScriptedBot, page: Page):
    await page.open()
    await page.say(text="một")
    async with browsing(bot) as other:
        await other.open()
        assert other.entries == []
        await other.say(text="hai")
    assert len({one.sender.id for one in bot.received}) == 2


async def test_an_invitation_opens_a_talk_of_its_own_and_again_the_same(
    bot: ScriptedBot, page: Page
):
    for code in ("LAN", "HOA", "LAN"):
        await page.open(f"/moi/{code}")
        await page.say(text=code)
        await page.socket.close()
    lan, hoa, lan_again = (one.sender.id for one in bot.received)
    assert lan == lan_again != hoa
    await page.open("/chat")
    await page.say(text="vẫn là Lan")
    assert bot.received[-1].sender.id == lan


async def test_opening_an_invitation_alone_says_nothing(bot: ScriptedBot, page: Page):
    """Zalo and Telegram fetch a link to show a preview of it."""
    async with page.browser.get(f"{bot.address}/moi/LAN") as response:
        assert '"start": "LAN"' in await response.text()
    async with page.browser.head(f"{bot.address}/moi/LAN") as response:
        assert response.status == 200
    assert bot.received == []


async def test_a_personal_link_opens_the_talk_in_another_browser(bot: ScriptedBot, page: Page):
    await page.open()
    await page.say(text="một")
    await page.told("entry")
    until = bot.chat.clock().replace(year=2099)
    link = bot.links.chat(bot.received[0].sender.id, until).removeprefix("http://127.0.0.1")
    async with browsing(bot) as other:
        async with other.browser.get(bot.address + link) as response:
            assert response.url.path_qs == "/chat", "the token does not stay in the address bar"
        await other.connect()
        assert [entry["text"] for entry in other.entries] == ["một", "Đã nhận: một"]
        async with other.browser.get(f"{bot.address}/chat?t=false") as response:
            assert response.status == 200, "an old link leads to the chat one has"


async def test_a_stranger_gets_neither_a_talk_nor_a_place_for_files(bot: ScriptedBot, page: Page):
    socket = await page.browser.ws_connect(f"{bot.address}/chat/ws")
    assert (await socket.receive(timeout=5)).type is WSMsgType.CLOSE
    assert socket.close_code == 4401
    await socket.close()
    url = f"{bot.address}/chat/upload"
    async with page.browser.get(url, params={"id": "f"}) as response:
        assert response.status == 403


async def test_a_page_of_another_site_cannot_speak_for_somebody(bot: ScriptedBot, page: Page):
    await page.open()
    elsewhere = {"Origin": "https://evil.example"}
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await page.browser.ws_connect(f"{bot.address}/chat/ws", headers=elsewhere)
    assert refused.value.status == 403
    url = f"{bot.address}/chat/upload?id=f&offset=0&total=1"
    async with page.browser.post(url, data=b"x", headers=elsewhere) as response:
        assert response.status == 400
    form = FormData({"id": "f"})
    async with page.browser.post(f"{bot.address}/chat/upload", data=form) as response:
        assert response.status == 400


@pytest.mark.parametrize(
    "line",
    [
        "no JSON",
        "[]",
        '{"type": "say"}',
        '{"type": "say", "id": "1"}',
        '{"type": "say", "id": "../1", "text": "x"}',
        '{"type": "say", "id": "1", "text": 5}',
        '{"type": "say", "id": "1", "text": "a\\u0000b"}',
        '{"type": "say", "id": "1", "text": "%s"}' % ("x" * 10_001),
        '{"type": "say", "id": "1", "button": "%s"}' % ("x" * 65),
        '{"type": "say", "id": "1", "attachments": {"ref": "f"}}',
        '{"type": "say", "id": "1", "attachments": ["f"]}',
        '{"type": "say", "id": "1", "text": "x", "order": -1}',
    ],
)
async def test_nonsense_is_refused_and_the_talk_goes_on(bot: ScriptedBot, page: Page, line: str):
    await page.open()
    await page.socket.send_str(line)
    assert (await page.told("refused"))["reason"] == "bad"
    await page.say(text="một")
    assert [one.text for one in bot.received] == ["một"]


async def test_too_much_at_once_waits_and_keeps_its_order(bot: ScriptedBot, page: Page):
    await page.open()
    for number in range(44):
        await page.tell(type="say", id=f"{number}", text=str(number))
    begun = asyncio.get_running_loop().time()
    for _ in range(44):
        await page.told("kept")
    assert asyncio.get_running_loop().time() - begun > 0.7
    assert [int(one.text) for one in bot.received] == list(range(44))


async def test_an_upload_goes_on_where_it_was_cut_off_even_after_a_restart(
    bot: ScriptedBot, page: Page, tmp_path: Path
):
    content = bytes(range(256)) * 2000
    await page.open()
    assert await page.upload("f", content[:200_000], total=len(content)) == (200, {"have": 200_000})
    await page.tell(type="say", id="1", attachments=[{"ref": "f", "name": "a", "mime": "b/c"}])
    assert (await page.told("refused"))["reason"] == "upload-gone", "it is not whole yet"
    await bot.stop()
    await bot.start()
    assert await page.so_far("f") == 200_000
    status, answer = await page.upload("f", content[300_000:], offset=300_000, total=len(content))
    assert (status, answer["error"], answer["have"]) == (409, "offset", 200_000)
    status, answer = await page.upload("f", content[150_000:], offset=150_000, total=len(content))
    assert (status, answer) == (200, {"have": len(content)})
    assert await page.upload("f", b"something else") == (200, {"have": len(content)})
    await page.connect()
    await page.say(attachments=[{"ref": "f", "name": "a", "mime": "b/c"}])
    (attachment,) = bot.received[0].attachments
    assert (attachment.kind, attachment.size) == ("file", len(content))
    await bot.chat.download(attachment, tmp_path / "in")
    assert (tmp_path / "in").read_bytes() == content


async def test_two_connections_may_bring_the_same_file(bot: ScriptedBot, page: Page):
    content = bytes(range(256)) * 8000
    await page.open()
    answers = await asyncio.gather(*(page.upload("f", content) for _ in range(4)))
    assert answers == [(200, {"have": len(content)})] * 4
    assert await page.upload("f", content[:9]) == (200, {"have": len(content)})
    (path,) = (bot.folder / "uploads").glob("*/*")
    assert path.read_bytes() == content


async def test_an_upload_is_seen_by_its_owner_only_and_as_a_picture_only(
    bot: ScriptedBot, page: Page
):
    await page.open()
    await page.upload("f", b"<script>alert(1)</script>")
    async with page.browser.get(f"{bot.address}/chat/upload/f") as response:
        assert response.headers["Content-Type"] == "image/jpeg"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    async with browsing(bot) as other:
        await other.open()
        async with other.browser.get(f"{bot.address}/chat/upload/f") as response:
            assert response.status == 404
        await other.tell(type="say", id="1", attachments=[{"ref": "f"}])
        assert (await other.told("refused"))["reason"] == "upload-gone"


async def test_one_person_cannot_fill_the_disk(bot: ScriptedBot, page: Page):
    bot.chat.uploads.quota = 1000
    await page.open()
    assert (await page.upload("a", b"x" * 600))[0] == 200
    status, answer = await page.upload("b", b"x" * 600)
    assert (status, answer["error"]) == (429, "quota")


async def test_uploads_are_deleted_after_two_days(bot: ScriptedBot, page: Page):
    await page.open()
    await page.upload("f", b"x")
    now = bot.chat.clock()
    await bot.chat.uploads.sweep(now)
    assert await page.so_far("f") == 1
    await bot.chat.uploads.sweep(now.replace(year=now.year + 1))
    assert await page.so_far("f") == 0
    assert list((bot.folder / "uploads").iterdir()) == []


async def test_with_too_many_windows_the_oldest_is_sent_away(bot: ScriptedBot, page: Page):
    await page.open()
    first = page.socket
    windows = []
    for _ in range(20):
        await page.connect()
        windows.append(page.socket)
    assert (await first.receive(timeout=5)).type in (WSMsgType.CLOSE, WSMsgType.CLOSED)
    assert not windows[0].closed


async def test_when_the_server_stops_pages_are_sent_away_at_once(bot: ScriptedBot, page: Page):
    await page.open()
    begun = asyncio.get_running_loop().time()
    await asyncio.gather(bot.stop(), page.socket.receive(timeout=5))
    assert page.socket.close_code == WSCloseCode.GOING_AWAY
    assert asyncio.get_running_loop().time() - begun < 3
    await bot.start()


async def test_the_cookie_is_out_of_reach_of_scripts_and_secure_over_https(
    bot: ScriptedBot, page: Page
):
    async with page.browser.get(f"{bot.address}/chat") as response:
        cookie = response.headers["Set-Cookie"]
        assert response.headers["Cache-Control"] == "no-store"
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    bot.chat.visitors._web_address = "https://baocao.example"
    async with page.browser.get(f"{bot.address}/chat") as response:
        assert "Secure" in response.headers["Set-Cookie"]
