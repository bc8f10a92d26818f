"""A bot that dies and comes back, a Telegram that does not, and a teacher who waits."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Table, func, select
from sqlalchemy.engine import Row

from bot import operator
from bot.campaign import Deeds
from bot.settings import read_settings
from storage.database import Database
from storage.files import Files
from storage.migrations import upgrade
from storage.tables import inbox, outbox
from tests.botapi.person import Person
from tests.botapi.server import TOKEN, BotApi
from tests.talks.answers import answers
from tests.talks.conftest import FORM, SCHOOL
from tests.talks.paper import START
from tests.talks.voices import disorder

ANSWER_SECONDS = 90.0
ROOT = Path(__file__).parent.parent.parent


class House:
    """``async with House(folder) as house``: the bot runs, and runs again when it is killed."""

    def __init__(self, folder: Path, *, point: str = "", passages: Sequence[int] = ()) -> None:
        self.api = BotApi()
        self.lives = 0
        self.pid = 0
        self._killed = 0  # lives
        self._born = asyncio.Condition()
        self._folder = folder
        self._crash = {
            "CRASH_POINT": point,
            "CRASH_PASSAGES": " ".join(map(str, passages)),
            "CRASH_EPOCH": str(time.time()),
        }

    async def __aenter__(self) -> Self:
        await self.api.start()
        self._settings = {
            "BOT_DATABASE_URL": f"sqlite+aiosqlite:///{self._folder}/bot.db",
            "BOT_FILES_URL": f"{self._folder}/files",
            "BOT_LISTEN": "127.0.0.1:0",
            "BOT_TELEGRAM_TOKEN": TOKEN,
            "BOT_TELEGRAM_API_URL": self.api.url,
            "BOT_TELEGRAM_RATE": "1000",
        }
        self.database = Database(self._settings["BOT_DATABASE_URL"])
        await asyncio.to_thread(upgrade, self._settings["BOT_DATABASE_URL"])
        await self.database.open()
        settings = read_settings(None)
        self.deeds = Deeds(
            settings.timezone, settings.web_address, settings.retention, settings.quiet
        )
        await self._start()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._process.kill()
        if self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
        await self._process.wait()
        await self._reader
        await self.database.close()
        await self.api.stop()

    async def invitation(self) -> str:
        """Open the campaign, and invite somebody of a school."""
        order = operator.CampaignOrder(FORM, "Phòng GD&ĐT Thủ Thừa", "trước ngày 15/10/2023")
        files = Files(self._folder / "files")
        await operator.open_campaign(self.database, files, self.deeds, order, START)
        invited = await operator.invite(
            self.database, self.deeds, school=SCHOOL, level="TH&THCS", role="reporter", now=START
        )
        return invited.code

    async def answers(self) -> dict[str, str]:
        return await answers(self.database, self.deeds)

    async def told(self) -> list[str]:
        """What the bot has said, in its own words."""
        return [row.message["text"] for row in await self.rows(outbox)]

    async def rows(self, table: Table) -> list[Row[Any]]:
        query = select(table).order_by(table.c.id)
        return await self.database.read(lambda store: list(store.connection.execute(query)))

    async def answered(self, count: int) -> None:
        """Wait until ``count`` things have been said to the bot, and all is answered and sent."""

        def rest(store: Any) -> bool:
            heard = store.connection.execute(select(func.count()).select_from(inbox)).scalar_one()
            left = store.inbox.left_before(START + timedelta(days=9), 1)
            return heard < count or bool(left) or store.outbox.waiting_count() > 0

        async with asyncio.timeout(ANSWER_SECONDS):
            while await self.database.read(rest):
                assert self._process.returncode is None, "the supervisor has given up: see log"
                await asyncio.sleep(0.01)

    async def alive(self) -> None:
        """Wait until the bot has begun to run again after the last kill."""
        async with self._born:
            await self._born.wait_for(lambda: self.lives > self._killed)

    def kill(self) -> None:
        self._killed = self.lives
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    async def _start(self) -> None:
        with (self._folder / "log").open("wb") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.crash",
                cwd=ROOT,
                env=os.environ | self._settings | self._crash,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        self._reader = asyncio.create_task(self._count_lives())

    async def _count_lives(self) -> None:
        assert self._process.stdout
        async for line in self._process.stdout:
            async with self._born:
                self.pid = int(line.split()[1])
                self.lives += 1
                self._born.notify_all()


class Phone:
    """A teacher on Telegram, to whom a bot that is slow and one that is dead look the same."""

    def __init__(self, house: House) -> None:
        self.person = Person(house.api, name="Cô Lan")
        self.said = 0
        self._house = house

    @property
    def seen(self) -> list[str]:
        return [bubble.text for bubble in self.person.answers]

    @property
    def read(self) -> list[str]:
        """What was seen, without what was said twice in a row."""
        return [text for text, _ in groupby(self.seen)]

    @property
    def document(self) -> bytes:
        return [bubble.document for bubble in self.person.answers if bubble.document][-1]

    async def come(self, code: str) -> str:
        return await self._turn(1, lambda: self.person.start(code))

    async def say(self, text: str) -> str:
        return await self._turn(1, lambda: self.person.say(text))

    async def press(self, label: str) -> str:
        return await self._turn(1, lambda: self.person.press(label))

    async def send_photos(self, photos: Sequence[bytes]) -> str:
        if len(photos) == 1:
            return await self._turn(1, lambda: self.person.send_photo(photos[0]))
        order = disorder(photos)
        return await self._turn(len(photos), lambda: self.person.send_album(photos, order=order))

    async def _turn(self, count: int, deed: Callable[[], Awaitable[object]]) -> str:
        before = len(self.seen)
        await deed()
        self.said += count
        await self._house.answered(self.said)
        return "\n".join(self.seen[before:])
