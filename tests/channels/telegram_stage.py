"""A Telegram channel, a Bot API server and a person, for the tests of this folder."""

import asyncio
from pathlib import Path

from aiohttp import web

from bot.channels.telegram import Telegram
from bot.channels.telegram_http import Account
from bot.chat import Address, Receive
from tests.botapi.person import Person
from tests.botapi.server import TOKEN, BotApi
from tests.channels.demands import Seen, Stage

SECRET = "s3cret_-OF-the-webhook"
MENU = (("baocao", "Báo cáo cần nộp"), ("tieptuc", "Tiếp tục"))


class TelegramStage(Stage):
    can = frozenset({"busy", "down", "gone", "repeat"})

    def __init__(self, folder: Path, mode: str = "polling", api: BotApi | None = None) -> None:
        super().__init__(folder)
        self.mode = mode
        self.api = api or BotApi()
        self.refuses = 0  # how many of the next things heard cannot be stored
        self.instead: Receive | None = None  # takes what is heard in place of ``heard``
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
        await (self.instead or super().receive)(incoming)

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
