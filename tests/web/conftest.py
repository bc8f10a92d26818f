"""A real Chromium, where there is one."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.web.scripted import ScriptedBot, page_image, photo, school

_ARGUMENTS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Start Chromium once."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium on PATH: apt-get install chromium")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def bot(tmp_path: Path) -> AsyncIterator[ScriptedBot]:
    """Start a bot that plays the school's talk."""
    (tmp_path / "report.docx").write_bytes(b"PK\x03\x04" + bytes(41_234))
    (tmp_path / "page.png").write_bytes(page_image())
    scripted = ScriptedBot(tmp_path, school)
    await scripted.start()
    yield scripted
    await scripted.stop()


class Visit:
    """Somebody with a browser."""

    def __init__(self, context: BrowserContext, page: Page, bot: ScriptedBot) -> None:
        self.context = context
        self.page = page
        self.bot = bot
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "console",
            lambda line: self.errors.append(line.text) if "Content Security" in line.text else None,
        )

    async def come(self, path: str = "/moi/TANTHANH") -> None:
        """Open the chat and wait until it is connected."""
        await self.page.goto(self.bot.address + path)
        await self.online()

    async def online(self) -> None:
        """Wait until the page is connected."""
        await self.page.wait_for_selector(
            "#state[data-state=online], .page", state="attached", timeout=20_000
        )

    async def hear(self, text: str) -> None:
        """Wait until the bot has said this."""
        await self.page.locator(".entry.bot", has_text=text).last.wait_for()

    async def press(self, label: str) -> None:
        """Tap the newest button of that label."""
        await self.page.get_by_role("button", name=label, exact=True).last.click()

    async def type(self, text: str) -> None:
        """Write and send."""
        await self.page.fill("#input", text)
        await self.page.click("#send")

    async def said(self) -> list[str]:
        """Return the person's bubbles, as they are seen."""
        return await self.page.locator(".entry.person .bubble").all_inner_texts()

    async def picture(self, name: str) -> None:
        """Keep what is seen, for people to look at."""
        folder = Path(__file__).parent.parent / "out"
        folder.mkdir(exist_ok=True)
        await self.page.screenshot(path=folder / f"{name}.png")


async def _visit(browser: Browser, bot: ScriptedBot, **options: object) -> Visit:
    context = await browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", **options)
    context.set_default_timeout(10_000)
    return Visit(context, await context.new_page(), bot)


@pytest_asyncio.fixture(loop_scope="session")
async def phone(browser: Browser, bot: ScriptedBot) -> AsyncIterator[Visit]:
    """Give somebody a small phone."""
    visit = await _visit(
        browser, bot, viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2
    )
    yield visit
    await visit.context.close()
    assert visit.errors == []


@pytest_asyncio.fixture(loop_scope="session")
async def desk(browser: Browser, bot: ScriptedBot) -> AsyncIterator[Visit]:
    """Give somebody a computer with a mouse."""
    visit = await _visit(browser, bot, viewport=DESK)
    yield visit
    await visit.context.close()
    assert visit.errors == []


@pytest.fixture
def album(tmp_path: Path) -> list[Path]:
    """Draw six photos."""
    paths = [tmp_path / f"anh-{number}.jpg" for number in range(1, 7)]
    for number, path in enumerate(paths, 1):
        path.write_bytes(photo(number))
    return paths
