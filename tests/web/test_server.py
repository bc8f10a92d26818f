"""What the web server says to anybody who asks."""

import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.chat import File
from bot.errors import SetupError, TryLater
from bot.web.server import Server, Site
from tests.web.scripted import ScriptedBot

HTML = {"Accept": "text/html"}
SOON = timedelta(hours=1)


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[ScriptedBot]:
    (tmp_path / "report").write_bytes(b"PK" * 50_000)
    scripted = ScriptedBot(tmp_path)
    await scripted.start()
    yield scripted
    await scripted.stop()


@pytest.fixture
async def browser(bot: ScriptedBot) -> AsyncIterator[aiohttp.ClientSession]:
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(bot.address, cookie_jar=jar) as session:
        yield session


def link(bot: ScriptedBot, mime: str = "application/msword", *, owner: str = "", key="report"):
    file = File(key, "Báo cáo “Tuần lễ”.docx", mime)
    return bot.links.file(file, datetime.now(UTC) + SOON, owner=owner)


async def test_it_is_healthy_or_says_why_not(bot: ScriptedBot, browser: aiohttp.ClientSession):
    async with browser.get("/healthz") as response:
        assert (response.status, await response.text()) == (200, "ok\n")
    bot.ill = ("database: locked",)
    async with browser.get("/healthz") as response:
        assert (response.status, await response.text()) == (503, "database: locked\n")
        assert response.headers["Cache-Control"] == "no-store"


async def test_every_answer_keeps_a_page_to_itself(bot: ScriptedBot, browser):
    for path in ("/", "/chat", "/healthz", "/files/x", "/nothing", "/static/x/chat.js"):
        async with browser.get(path, headers=HTML) as response:
            policy = response.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Referrer-Policy"] == "no-referrer"
            assert "frame-ancestors 'none'" in policy


async def test_pages_hold_no_script_or_style_of_their_own_and_fetch_nothing_elsewhere(
    bot: ScriptedBot, browser
):
    for path in ("/", "/chat", "/moi/x", "/files/x"):
        async with browser.get(path, headers=HTML) as response:
            page = await response.text()
        assert page.count("<script") == page.count("<script src") + page.count(
            '<script type="module" src'
        ) + page.count('<script type="application/json"')
        assert "<style" not in page
        assert " style=" not in page
        assert " on" + "click" not in page
        assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


async def test_the_code_of_an_invitation_is_only_data_on_the_page(bot: ScriptedBot, browser):
    async with browser.get("/moi/%3C%2Fscript%3E%3Cb%3E") as response:
        page = await response.text()
    assert "</script><b>" not in page
    assert r"\u003c/script\u003e\u003cb\u003e" in page


async def test_assets_are_kept_for_good_under_their_version_and_asked_for_under_another(
    bot: ScriptedBot, browser
):
    async with browser.get("/chat") as response:
        path = (await response.text()).partition('src="/static/')[2].partition("/")[0]
    for version, cached in ((path, "immutable"), ("old", "no-cache")):
        async with browser.get(f"/static/{version}/chat.js") as response:
            assert response.headers["Content-Encoding"] == "gzip"
            assert cached in response.headers["Cache-Control"]
            assert response.content_type == "text/javascript"
            zipped = await response.read()
    async with browser.get("/static/x/chat.js", headers={"Accept-Encoding": "identity"}) as plain:
        assert "Content-Encoding" not in plain.headers
        assert await plain.read() == zipped
    for name in ("chat.html", "..%2Fchat.js", "nothing.css"):
        async with browser.get(f"/static/x/{name}") as response:
            assert response.status == 404


async def test_all_that_a_phone_loads_first_is_small(bot: ScriptedBot, browser):
    assert sum(len(asset.zipped) for asset in bot.pages.assets.values()) < 40_000


async def test_a_document_is_downloaded_under_its_vietnamese_name(bot: ScriptedBot, browser):
    async with browser.get(link(bot)) as response:
        assert await response.read() == b"PK" * 50_000
        assert response.content_type == "application/msword"
        assert response.headers["Content-Disposition"] == (
            "attachment; filename*=UTF-8''"
            "B%C3%A1o%20c%C3%A1o%20%E2%80%9CTu%E1%BA%A7n%20l%E1%BB%85%E2%80%9D.docx"
        )
        assert "private" in response.headers["Cache-Control"]
    async with browser.head(link(bot)) as response:
        assert response.headers["Content-Length"] == "100000"
    async with browser.get(link(bot), headers={"Range": "bytes=99990-"}) as response:
        assert (response.status, await response.read()) == (206, b"PK" * 5)


@pytest.mark.parametrize("mime", ["text/html", "image/svg+xml", "nonsense"])
async def test_a_file_never_becomes_a_page(bot: ScriptedBot, browser, mime: str):
    async with browser.get(link(bot, mime)) as response:
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in response.headers["Content-Security-Policy"]


async def test_a_false_or_old_link_to_a_file_says_where_to_get_a_new_one(bot, browser):
    old = bot.links.file(File("report", "a", "b/c"), datetime.now(UTC) - timedelta(seconds=1))
    for path in (old, "/files/false"):
        async with browser.get(path) as response:
            assert response.status == 410
            assert "Liên kết đã hết hạn" in await response.text()


async def test_a_file_is_for_its_owner_only(bot: ScriptedBot, browser):
    async with browser.get("/chat") as response:
        assert response.status == 200
    async with browser.get(link(bot, owner="somebody else")) as response:
        assert response.status == 403
        assert "của người khác" in await response.text()
    cookie = next(cookie for cookie in browser.cookie_jar if cookie.key == "chat").value
    owner = bot.links.verify("cookie", cookie, datetime.now(UTC)).split('"')[1]
    async with browser.get(link(bot, owner=owner)) as response:
        assert response.status == 200


async def test_a_file_that_is_gone_or_not_made_yet_is_explained(bot: ScriptedBot, browser):
    async with browser.get(link(bot, key="nothing")) as response:
        assert response.status == 410
        assert "Tệp không còn" in await response.text()
    bot.busy = TryLater("busy", after=timedelta(seconds=7))
    async with browser.get(link(bot)) as response:
        assert (response.status, response.headers["Retry-After"]) == (503, "7")
        assert "đang được chuẩn bị" in await response.text()


async def test_what_is_not_there_is_said_in_words_to_people_only(bot: ScriptedBot, browser):
    async with browser.get("/khong-co", headers=HTML) as response:
        assert response.status == 404
        assert "Không có trang này" in await response.text()
    async with browser.get("/khong-co", headers={"Accept": "*/*"}) as response:
        assert (response.status, response.content_type) == (404, "text/plain")


async def test_a_body_that_is_read_whole_may_not_be_large(bot: ScriptedBot, browser):
    """Uploads are streamed, and have a limit of their own."""

    async def webhook(request: web.Request) -> web.Response:
        await request.read()
        return web.Response()

    app = Site(
        pages=bot.pages,
        links=bot.links,
        file_path=bot.file_path,
        problems=bot.problems,
        visitor=lambda request: "",
        issued=bot.issued,
    ).application()
    app.router.add_post("/webhook", webhook)
    server = Server(app, "127.0.0.1", 0)
    await server.start()
    url = f"http://127.0.0.1:{server.port}"
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{url}/webhook", data=b"x" * 900_000) as response:
            assert response.status == 200
        async with session.post(f"{url}/webhook", data=io.BytesIO(b"x" * 1_100_000)) as response:
            assert response.status == 413
        async with session.get(f"{url}/", allow_redirects=False) as response:
            assert (response.status, response.headers["Location"]) == (303, "/chat")
    await server.stop()


async def test_an_address_that_is_taken_is_a_fault_of_the_setup(bot: ScriptedBot):
    second = Server(web.Application(), "127.0.0.1", bot.port)
    with pytest.raises(SetupError, match=f"BOT_LISTEN 127.0.0.1:{bot.port}"):
        await second.start()
