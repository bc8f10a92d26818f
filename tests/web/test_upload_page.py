"""The page for files that a channel does not carry: with scripts and without, and in a browser."""

import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import FormData

from bot.chat import Address, Attachment
from tests.web.conftest import PHONE, Visit
from tests.web.scripted import ScriptedBot, photo

LAN = Address("zalo-bot", "6ede9afa66b88fe6d6a9")
CHUNK = 64 * 1024


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[ScriptedBot]:
    scripted = ScriptedBot(tmp_path, lambda _bot, _incoming: [])
    await scripted.start()
    yield scripted
    await scripted.stop()


@pytest.fixture
async def browser_of(server: ScriptedBot) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(server.address) as session:
        yield session


def path_of(bot: ScriptedBot, *, lasts: timedelta = timedelta(hours=24)) -> str:
    return bot.links.upload(LAN, datetime.now(UTC) + lasts).removeprefix("http://127.0.0.1")


async def send(session, path: str, upload_id: str, content: bytes, offset=0, total=0):
    query = {"id": upload_id, "offset": offset, "total": total or len(content)}
    async with session.post(f"{path}/upload", params=query, data=io.BytesIO(content)) as answer:
        return answer.status, await answer.json()


async def test_what_is_uploaded_is_said_in_that_chat_once(server, browser_of):
    path, content = path_of(server), photo(1)
    said = {"id": "a1", "name": "sân trường.jpg", "mime": "image/jpeg", "album": "x", "order": 1}
    assert (await send(browser_of, path, "a1", content))[0] == 200
    for _ in range(2):  # the answer was lost, the page says it again
        async with browser_of.post(f"{path}/done", json=said) as answer:
            assert await answer.json() == {"kept": "a1"}
    (incoming,) = server.received
    assert (incoming.id, incoming.sender) == ("gui-a1", LAN)
    assert (incoming.album, incoming.order) == ("x", 1)
    (part,) = incoming.attachments
    assert part == Attachment(
        "photo", part.ref, "sân trường.jpg", "image/jpeg", len(content), via="web"
    )
    await server.chat.download(part, server.folder / "fetched")
    assert (server.folder / "fetched").read_bytes() == content


async def test_an_upload_goes_on_where_it_was_cut_off(server, browser_of):
    path, content = path_of(server), bytes(range(256)) * 900
    await send(browser_of, path, "b1", content[:CHUNK], total=len(content))
    async with browser_of.get(f"{path}/upload", params={"id": "b1"}) as answer:
        assert await answer.json() == {"have": CHUNK}
    status, answered = await send(browser_of, path, "b1", content[9:], 9 + CHUNK, len(content))
    assert (status, answered["error"], answered["have"]) == (409, "offset", CHUNK)
    await send(browser_of, path, "b1", content[CHUNK:], CHUNK, len(content))
    async with browser_of.post(f"{path}/done", json={"id": "b1", "name": "danh sách.xlsx"}):
        pass
    (part,) = server.received[0].attachments
    assert (part.kind, part.name, part.size) == ("file", "danh sách.xlsx", len(content))


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"id": "never-sent"}, 409),
        ({"id": "../x"}, 400),
        ({}, 400),
        ([], 400),
        ({"id": "c1", "order": "first"}, 400),
        ({"id": "c1", "name": "x" * 300}, 400),
    ],
)
async def test_what_no_page_of_ours_says_is_refused(server, browser_of, said, status):
    path = path_of(server)
    await send(browser_of, path, "c1", b"x")
    async with browser_of.post(f"{path}/done", json=said) as answer:
        assert answer.status == status
    assert server.received == []


async def test_one_person_cannot_take_the_upload_of_another(server, browser_of):
    path = path_of(server)
    other = server.links.upload(Address("zalo-bot", "other"), datetime.now(UTC) + timedelta(1))
    await send(browser_of, other.removeprefix("http://127.0.0.1"), "d1", b"theirs")
    async with browser_of.post(f"{path}/done", json={"id": "d1"}) as answer:
        assert answer.status == 409


async def test_a_false_or_old_link_says_how_to_get_a_new_one(server, browser_of):
    for path in (path_of(server, lasts=timedelta(seconds=-1)), "/gui/false"):
        async with browser_of.get(path) as answer:
            assert answer.status == 410
            text = await answer.text()
            assert "gõ &#34;gửi tệp&#34;" in text
            assert "/chat" not in text  # their chat is elsewhere
        assert await send(browser_of, path, "e1", b"x") == (410, {"error": "old"})
        async with browser_of.post(path, data=FormData({"file": "x"})) as answer:
            assert answer.status == 410
    assert server.received == []


async def test_without_scripts_it_is_a_form(server, browser_of):
    path = path_of(server)

    def form() -> FormData:
        data = FormData(quote_fields=False)
        for number in (1, 2):
            content = io.BytesIO(photo(number))
            data.add_field("file", content, filename=f"ảnh {number}.jpg", content_type="image/jpeg")
        data.add_field("file", b"", filename="", content_type="application/octet-stream")
        return data

    for _ in range(2):  # the page is reloaded, and the form sent again
        async with browser_of.post(path, data=form()) as answer:
            assert answer.status == 200
            assert "Đã nhận 2 tệp. Quay lại Zalo để tiếp tục." in await answer.text()
    assert [one.attachments[0].name for one in server.received] == ["ảnh 1.jpg", "ảnh 2.jpg"]
    assert len({one.album for one in server.received}) == 1
    assert server.received[0].album
    assert [one.order for one in server.received] == [0, 1]
    await server.chat.download(server.received[1].attachments[0], server.folder / "second")
    assert (server.folder / "second").read_bytes() == photo(2)


async def test_a_form_with_too_much_or_nothing_is_refused_and_leaves_nothing(server, browser_of):
    path = path_of(server)
    server.chat.uploads.limit = 100_000
    data = FormData()
    data.add_field("file", io.BytesIO(bytes(100_001)), filename="lớn.bin")
    data.add_field("file", io.BytesIO(bytes(3_000_000)), filename="lớn hơn.bin")
    async with browser_of.post(path, data=data) as answer:
        assert answer.status == 413
        assert "Tệp lớn quá" in await answer.text()
    async with browser_of.post(path, data=b"no form") as answer:
        assert answer.status == 400
    assert server.received == []
    assert [file for file in (server.folder / "uploads").rglob("*") if file.is_file()] == []


SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SMALL_TARGETS = """() => [...document.querySelectorAll("label.button")]
  .filter((node) => node.checkVisibility())
  .map((node) => node.getBoundingClientRect())
  .filter((box) => box.width < 44 || box.height < 44).length"""


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_a_phone_sends_several_photos_and_goes_on_after_a_cut(phone: Visit, album):
    page, path = phone.page, path_of(phone.bot)
    await page.goto(phone.bot.address + path)
    assert await page.get_by_text("Chụp ảnh").is_visible()
    assert not await page.evaluate(SIDEWAYS)
    assert await page.evaluate(SMALL_TARGETS) == 0
    await phone.picture("gui-phone-1")
    cut = 0

    async def cut_off(route) -> None:
        nonlocal cut
        cut += 1
        await (route.abort() if cut <= 2 else route.continue_())

    await page.route("**/upload?*offset*", cut_off)
    await page.set_input_files("#gallery", album[:3])
    await page.get_by_text("Mất mạng, sẽ gửi tiếp").first.wait_for()
    await phone.picture("gui-phone-2")
    await page.get_by_text("Đã nhận 3 tệp. Quay lại Zalo để tiếp tục.").wait_for()
    await phone.picture("gui-phone-3")
    assert not await page.evaluate(SIDEWAYS)
    assert {one.sender for one in phone.bot.received} == {LAN}
    assert {one.order for one in phone.bot.received} == {0, 1, 2}
    assert len({one.album for one in phone.bot.received}) == 1


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_a_page_that_was_closed_meanwhile_goes_on_when_it_is_opened_again(
    phone: Visit, album
):
    page, path = phone.page, path_of(phone.bot)
    await page.route("**/upload?*", lambda route: route.abort())
    await page.goto(phone.bot.address + path)
    await page.set_input_files("#gallery", album[:1])
    await page.get_by_text("Mất mạng, sẽ gửi tiếp").wait_for()
    await page.unroute("**/upload?*")
    await page.goto("about:blank")
    await page.goto(phone.bot.address + path)
    await page.get_by_text("Đã nhận 1 tệp").wait_for()
    assert len(phone.bot.received) == 1


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_it_looks_well_on_a_desk_and_refuses_what_is_too_big(desk: Visit, album, tmp_path):
    page, path = desk.page, path_of(desk.bot)
    big = tmp_path / "video.pdf"
    big.write_bytes(bytes(20_000_001))
    await page.goto(desk.bot.address + path)
    assert not await page.get_by_text("Chụp ảnh").is_visible()
    await page.set_input_files("#gallery", [album[0], big])
    await page.get_by_text("lớn hơn 20 MB").wait_for()
    await page.get_by_text("Đã nhận 1 tệp").wait_for()
    await desk.picture("gui-desk")
    assert len(desk.bot.received) == 1


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_a_browser_without_scripts_sends_the_form(browser, bot: ScriptedBot, album):
    context = await browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = await context.new_page()
    await page.goto(bot.address + path_of(bot))
    await page.screenshot(path=Path(__file__).parent.parent / "out" / "gui-plain.png")
    await page.set_input_files("#gallery", album[:2])
    await page.get_by_role("button", name="Gửi").click()
    await page.get_by_text("Đã nhận 2 tệp").wait_for()
    assert len(bot.received) == 2
    await context.close()
