"""The whole bot with all its channels open: paper, Telegram, Zalo, web chat, terminal."""

import asyncio
import io
import itertools
import os
import socket
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

from sqlalchemy import func, select

from bot.app import Bot
from bot.channels.console import Console
from storage.migrations import upgrade
from storage.tables import inbox, outbox
from tests.botapi.server import TOKEN, BotApi
from tests.talks.paper import Talk
from tests.zalo.bot_server import TOKEN as ZALO_BOT_TOKEN
from tests.zalo.bot_server import ZaloBotApi
from tests.zalo.oa_rules import APP_ID, APP_SECRET, FIRST_REFRESH_TOKEN, OA_SECRET_KEY
from tests.zalo.oa_server import OaServer

ANSWER_SECONDS = 60.0
BUSY_MACHINE = 30.0  # seconds that Zalo waits for an answer, where it really waits two
SECRET = "s3cret_-OF-the-webhook"


class Everywhere(Talk):
    """Telegram and Zalo's Bot Platform by polling or webhook, Zalo's Official Account, the rest.

    One bot is behind them.
    """

    def __init__(self, folder: Path, mode: str = "polling", **oa_knobs: Any) -> None:
        super().__init__(folder)
        self.folder = folder
        self.api = BotApi()
        self.zalo_bot = ZaloBotApi(haste=5)
        self.zalo_oa = OaServer(self.clock)
        self.zalo_oa.webhook.patience = BUSY_MACHINE
        for name, value in oa_knobs.items():
            setattr(self.zalo_oa, name, value)
        self._mode = mode

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def open(self) -> None:
        await self.api.start()
        await self.zalo_bot.start()
        await self.zalo_oa.start()
        zalo_oa = self.zalo_oa.url
        address = f"127.0.0.1:{free_port()}"
        self.settings = replace(
            self.settings,
            listen=address,
            public_url=f"http://{address}",
            telegram_token=TOKEN,
            telegram_api_url=self.api.url,
            telegram_mode=self._mode,
            telegram_webhook_secret=SECRET,
            zalo_bot_token=ZALO_BOT_TOKEN,
            zalo_bot_api_url=self.zalo_bot.url,
            zalo_bot_mode=self._mode,
            zalo_bot_webhook_secret=SECRET,
            zalo_oa_app_id=APP_ID,
            zalo_oa_app_secret=APP_SECRET,
            zalo_oa_secret_key=OA_SECRET_KEY,
            zalo_oa_refresh_token=FIRST_REFRESH_TOKEN,
            zalo_oa_api_url=zalo_oa,
            zalo_oauth_url=zalo_oa,
            zalo_zns_url=zalo_oa,
            zalo_oa_template_reminder="201",
        )
        self.zalo_oa.webhook.url = f"http://{address}/webhook/zalo-oa"
        await asyncio.to_thread(upgrade, self.settings.database_url)
        await self.start()

    async def start(self) -> None:
        """Start the bot; again after ``stop``."""
        keys, typed = os.pipe()
        self._keys = os.fdopen(keys, encoding="utf-8")
        self.typed = os.fdopen(typed, "w", encoding="utf-8")
        self.screen = Screen()
        self.bot = Bot(self.settings, clock=self.clock, extra=[lambda _: self.paper, self._console])
        await self.bot.open()

    async def stop(self) -> None:
        await self.zalo_bot.updates.hurry(self.bot.close())
        self.typed.close()
        self._keys.close()

    async def close(self) -> None:
        await self.zalo_oa.settled()
        await self.stop()
        await self.api.stop()
        await self.zalo_bot.stop()
        await self.zalo_oa.stop()

    def _console(self, file_path: Any) -> Console:
        return Console(file_path, self._keys, self.screen, patience_seconds=0)

    async def heard(self) -> int:
        """How many things have been said to the bot."""
        count = select(func.count()).select_from(inbox)
        return await self.bot.database.read(
            lambda store: store.connection.execute(count).scalar_one()
        )

    async def told(self, channel: str) -> list[str]:
        """What the bot has said on a channel, in its own words."""
        query = select(outbox.c.message).where(outbox.c.channel == channel).order_by(outbox.c.id)
        rows = await self.bot.database.read(lambda store: list(store.connection.execute(query)))
        return [message["text"] for (message,) in rows]

    async def answered(self, count: int) -> None:
        """Wait until ``count`` things have been said to the bot and all is answered."""

        def open_ends(store: Any) -> int:
            late = self.clock() + timedelta(days=1)
            unanswered = len(store.inbox.left_before(late, 1))  # first: a turn moves it on
            return unanswered + store.outbox.waiting_count()

        async with asyncio.timeout(ANSWER_SECONDS):
            while await self.heard() < count or await self.bot.database.write(open_ends):
                await asyncio.sleep(0.005)


def not_arrived(told: Sequence[str], seen: Sequence[str]) -> list[tuple[str, str]]:
    """What the bot has said, beside what was seen in its place; long choices may follow."""
    pairs = itertools.zip_longest(told, seen, fillvalue="(nothing)")
    return [(text, shown) for text, shown in pairs if not shown.startswith(text)]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Screen(io.StringIO):
    """What the terminal shows, message by message."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def write(self, text: str) -> int:
        self.shown.append(text.rstrip("\n"))
        return len(text)
