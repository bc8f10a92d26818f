"""A Zalo bot, the Bot Platform and a person, for the tests of this folder."""

import asyncio
from collections import Counter
from pathlib import Path

from aiohttp import web

from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_bot_http import Account
from bot.channels.zalo_bot_listening import POLL_SECONDS
from bot.chat import Address, Receive
from tests.channels.demands import Seen, Stage
from tests.channels.telegram_stage import until
from tests.zalo.bot_person import Person
from tests.zalo.bot_server import BAD_GATEWAY, TOKEN, TOO_MANY, ZaloBotApi
from tests.zalo.bot_updates import Knobs
from tests.zalo.shelf import Shelf

SECRET = "s3cret-OF-the-webhook!"


class ZaloBotStage(Stage):
    can = frozenset({"busy", "down", "repeat"})
    opens_links = True
    takes_documents = False

    def __init__(
        self,
        folder: Path,
        mode: str = "polling",
        knobs: Knobs | None = None,
        api: ZaloBotApi | None = None,
    ) -> None:
        super().__init__(folder)
        self.mode = mode
        self.api = api or ZaloBotApi(knobs, haste=POLL_SECONDS)  # a poll takes a second
        self.shelf = Shelf(self.file_path)
        self.counted: Counter[str] = Counter()
        self.refuses = 0  # how many of the next things heard cannot be stored
        self.instead: Receive | None = None  # takes what is heard in place of ``heard``
        self._web: web.AppRunner | None = None

    async def start(self) -> None:
        await self.api.start()
        await self.shelf.start()
        self.person = Person(self.api)
        self.api.chat(self.person.id).has_written = True
        self.address = Address("zalo-bot", self.person.id)
        await self.open()

    async def open(self) -> None:
        """Start the bot; again after ``shut``."""
        site = web.Application()
        runner = self._web = web.AppRunner(site, access_log=None, shutdown_timeout=0.2)
        listener = await asyncio.get_running_loop().create_server(lambda: None, "127.0.0.1", 0)
        port = listener.sockets[0].getsockname()[1]
        listener.close()
        self.public_url = f"http://127.0.0.1:{port}"
        self.account = Account(TOKEN, self.api.url, self.mode, SECRET, self.public_url)
        self.channel = ZaloBot(self.account, self.file_path, self.shelf.link, self.count)
        await self.channel.open(self.receive, site.router)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        if self.mode == "webhook":
            await until(lambda: self.api.updates.url.startswith(self.public_url))

    async def shut(self, *, patiently: bool = False) -> None:
        """Stop the bot, as at the end of the program; ``patiently``: as long as a poll takes."""
        closing = self.channel.close()
        await (closing if patiently else self.api.updates.hurry(closing))
        if self._web:
            await self._web.cleanup()

    async def stop(self) -> None:
        await self.shut()
        await self.api.stop()
        await self.shelf.stop()
        assert self.api.unknown == []  # sendDocument, editMessageText …: they are not there
        assert self.api.black == []

    async def count(self, kind: str, messages: int) -> None:
        self.counted[kind] += messages

    async def receive(self, incoming) -> None:
        if self.refuses > 0:
            self.refuses -= 1
            raise OSError("the disk is full")
        await (self.instead or super().receive)(incoming)

    async def say(self, text: str) -> None:
        await self.person.say(text)

    async def press(self, label: str) -> None:
        await self.person.choose(label)

    async def send_photo(self, content: bytes) -> None:
        await self.person.send_photo(content)

    async def send_document(self, name: str, content: bytes) -> None:
        await self.person.send_document()

    async def seen(self, count: int) -> list[Seen]:
        assert len(self.person.answers) >= count
        return [
            Seen(
                told.text,
                pictures=(told.photo,) if told.photo else (),
                documents=tuple(await self.person.open_links(told)),
            )
            for told in self.person.answers
        ]

    async def upset(self, how: str) -> None:
        if how == "busy":
            self.api.fail("sendMessage", status=429, body=TOO_MANY, retry_after=7)
        else:
            self.api.fail("sendMessage", status=502, body=BAD_GATEWAY)

    async def repeat(self) -> None:
        """Report the last thing again, to a bot that has forgotten in a restart what it knew."""
        await self.shut()
        await self.open()
        self.api.updates.repeat()
