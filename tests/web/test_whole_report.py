"""A teacher does the whole report on a phone, with the demonstration as everybody starts it."""

import asyncio
import io
import os
import re
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import docx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.samples import photo
from tests.talks import newcomer
from tests.web.conftest import PHONE

ROOT = Path(__file__).parent.parent.parent
SCHOOL = "Trường TH và THCS Tân Thành"
READY = 120  # seconds until a slow machine has the demonstration ready
ANSWER = 60  # seconds until it has answered

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session")
async def demo(tmp_path: Path) -> AsyncIterator[str]:
    """Start ``python -m bot demo`` in a folder of its own; returns its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        listen = f"127.0.0.1:{free.getsockname()[1]}"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("BOT_")},
        "BOT_LISTEN": listen,
        "PYTHONPATH": str(ROOT),
    }
    with (tmp_path / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "demo"),
            cwd=tmp_path,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            await ready(f"http://{listen}", process)
            yield f"http://{listen}"
        finally:
            process.terminate()
            await process.wait()


async def ready(address: str, process: asyncio.subprocess.Process) -> None:
    async with asyncio.timeout(READY), aiohttp.ClientSession() as client:
        while process.returncode is None:
            try:
                async with client.get(f"{address}/healthz") as response:
                    if response.status == 200:
                        return
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.2)
    raise AssertionError("the demonstration ended before it was ready")


class Teacher:
    """Somebody with the page open; knows no more than what it shows."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.day = ""  # the day that the bot named last: when something was to take place

    async def say(self, text: str) -> str:
        """Answer by typing; the days of the Week are as the bot has said them."""
        if re.search(r"diễn ra ngày nào|Sơ kết ngày nào", await self.last()):
            text = self.day
        before = await self.heard()
        await self.page.fill("#input", text)
        await self.page.click("#send")
        return await self.answer(before)

    async def press(self, label: str) -> str:
        before = await self.heard()
        await self.page.get_by_role("button", name=label, exact=True).last.click()
        return await self.answer(before)

    async def send_photos(self, paths: list[Path]) -> str:
        before = await self.heard()
        await self.page.set_input_files("#gallery", paths)
        return await self.answer(before)

    async def heard(self) -> int:
        return await self.page.locator(".entry.bot").count()

    async def answer(self, before: int) -> str:
        """Wait until the bot has said more; returns its last message."""
        async with asyncio.timeout(ANSWER):
            while await self.heard() == before or await self.page.locator("#typing").is_visible():
                await asyncio.sleep(0.05)
        last = await self.last()
        self.day = (re.findall(r"ấn định ngày (\d\d/\d\d/\d{4})", last) or [self.day])[-1]
        return last

    async def last(self) -> str:
        return "\n".join(
            await self.page.locator(".entry.bot").last.locator(".bubble").all_inner_texts()
        )


@pytest_asyncio.fixture(loop_scope="session")
async def teacher(browser: Browser, demo: str) -> AsyncIterator[Teacher]:
    """Open the demonstration on a small phone, as a teacher of the school."""
    context = await browser.new_context(
        locale="vi-VN", viewport=PHONE, has_touch=True, is_mobile=True
    )
    page = await context.new_page()
    await page.goto(demo)
    await page.locator("details.more > summary").click()
    await page.get_by_role("link", name=SCHOOL).click()
    await page.wait_for_selector("#state[data-state=online]")
    yield Teacher(page)
    await context.close()


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"anh-{seed}.jpg" for seed in range(7)]
    for seed, path in enumerate(paths):
        path.write_bytes(photo(seed, (1600, 1200)))
    return paths


async def test_the_whole_report_is_done_on_a_phone(teacher: Teacher, photos: list[Path]):
    await teacher.press("Bắt đầu")
    await teacher.press("Đồng ý")
    prompt = await teacher.press("Bắt đầu")
    left = list(photos)

    async def send_photos(count: int) -> str:
        chosen = [left.pop() for _ in range(count)]
        return await teacher.send_photos(chosen)

    await newcomer.fill(prompt, teacher.say, send_photos, until="Trong Tuần lễ, trường đã làm")
    shown = await teacher.page.locator(".entry").count()
    await teacher.page.reload()
    await teacher.page.wait_for_selector("#state[data-state=online]")
    assert await teacher.page.locator(".entry").count() == shown
    prompt = await teacher.last()

    await newcomer.fill(prompt, teacher.say, send_photos)
    said = await teacher.press("Nộp")
    assert re.search(r"✅ Đã nộp lúc .* – mã biên nhận BC-\w{6}", said)

    async with teacher.page.expect_download() as download:
        await teacher.page.locator(".entry.bot .document").last.click()
    file = await download.value
    assert file.suggested_filename == "Bao-cao-Tuan-le-HTSD-TH-THCS-Tan-Thanh.docx"
    paper = docx.Document(io.BytesIO(Path(await file.path()).read_bytes()))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "540 học sinh" in text
    assert "Ngân sách nhà nước: 1.500.000 đồng" in text
    assert len(paper.inline_shapes) == 7


async def test_a_preview_shows_each_page_of_the_document(teacher: Teacher):
    for label in ("Bắt đầu", "Đồng ý", "Bắt đầu"):
        await teacher.press(label)
    await teacher.say("xem bản Word")
    pages = teacher.page.locator(".entry.bot .pictures img")
    await pages.nth(1).wait_for(timeout=ANSWER * 1000)
    sources = [await page.evaluate("node => node.src") for page in await pages.all()]
    bodies = {await (await teacher.page.request.get(source)).body() for source in sources}
    assert len(bodies) == len(sources) > 1
