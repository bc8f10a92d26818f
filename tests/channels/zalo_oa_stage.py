"""An Official Account's channel, Zalo's server and a person, for the tests of this folder."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.channels.zalo_oa import Contact, ZaloOA
from bot.channels.zalo_oa_http import Account
from bot.channels.zalo_oa_tokens import TokenShelf
from bot.chat import Address, File, Incoming, Receive
from tests.channels.demands import Seen, Stage
from tests.zalo.oa_person import Person
from tests.zalo.oa_rules import APP_ID, APP_SECRET, FIRST_REFRESH_TOKEN, OA_SECRET_KEY
from tests.zalo.oa_server import OaServer

BUSY_MACHINE = 20.0  # seconds; Zalo itself waits two


def account(zalo: OaServer, **more: Any) -> Account:
    given = {
        "app_id": APP_ID,
        "app_secret": APP_SECRET,
        "oa_secret_key": OA_SECRET_KEY,
        "first_refresh_token": FIRST_REFRESH_TOKEN,
        "api_url": zalo.url,
        "oauth_url": zalo.url,
        "zns_url": zalo.url,
        "templates": {"reminder": "201", "news": ""},
        "media_hosts": (zalo.host,),
    }
    return Account(**(given | more))


class Drawer:
    """Keeps tokens in memory, for one process."""

    def __init__(self) -> None:
        self.pair, self.begun, self.holder = "", "", ""
        self.kept: list[str] = []

    async def load(self) -> tuple[str, str]:
        return self.pair, self.begun

    async def keep(self, pair: str) -> None:
        self.pair = pair
        self.kept.append(pair)

    async def begin(self, renewal: str) -> None:
        self.begun = renewal

    async def lease(self, holder: str, length: timedelta) -> bool:
        if self.holder not in ("", holder):
            return False
        self.holder = holder
        return True

    async def release(self, holder: str) -> None:
        if self.holder == holder:
            self.holder = ""

    @property
    def shelf(self) -> TokenShelf:
        return TokenShelf(self.load, self.keep, self.begin, self.lease, self.release)


class OaStage(Stage):
    can = frozenset({"busy", "down", "gone", "repeat"})

    def __init__(
        self,
        folder: Path,
        knobs: Callable[[OaServer], None] = lambda zalo: None,
        **account: Any,
    ) -> None:
        super().__init__(folder)
        self.zalo = OaServer()
        self.zalo.webhook.patience = BUSY_MACHINE
        self.drawer = Drawer()
        self.counts: Counter[str] = Counter()
        self.refuses = 0  # how many of the next things heard cannot be stored
        self.instead: Receive | None = None
        self.phone = ""  # as the bot knows it
        self._knobs = knobs
        self._account = account
        self._web: web.AppRunner | None = None

    async def start(self) -> None:
        await self.zalo.start()
        self._knobs(self.zalo)
        self.person = Person(self.zalo)
        self.address = Address("zalo-oa", self.person.id)
        await self.open()

    async def open(self) -> None:
        """Start the bot; again after ``shut``."""
        site = web.Application()
        self._web = web.AppRunner(site, access_log=None, shutdown_timeout=0.2)
        self.channel = ZaloOA(
            account=account(self.zalo, **self._account),
            file_path=self.file_path,
            link=self.link,
            count=self.count,
            counted=self.counted,
            contact=self.contact,
            tokens=self.drawer.shelf,
            clock=self.zalo.clock,
        )
        await self.channel.open(self.receive, site.router)
        await self._web.setup()
        await web.TCPSite(self._web, "127.0.0.1", 0).start()
        port = self._web.addresses[0][1]
        self.zalo.webhook.url = f"http://127.0.0.1:{port}/webhook/zalo-oa"

    async def shut(self) -> None:
        """Stop the bot, as at the end of the program."""
        await self.channel.close()
        if self._web:
            await self._web.cleanup()

    async def stop(self) -> None:
        await self.zalo.settled()
        await self.shut()
        await self.zalo.stop()

    async def link(self, to: Address, file: File) -> str:
        return f"https://bot.example.vn/tep/{to.id}/{file.key}"

    async def count(self, kind: str, count: int) -> None:
        self.counts[kind] += count

    async def counted(self) -> dict[str, int]:
        return dict(self.counts)

    async def contact(self, user: str) -> Contact:
        return Contact(self.zalo.users[user].heard_at, self.phone)

    async def receive(self, incoming: Incoming) -> None:
        if self.refuses > 0:
            self.refuses -= 1
            raise OSError("the disk is full")
        await (self.instead or super().receive)(incoming)

    async def say(self, text: str) -> None:
        await self.person.say(text)

    async def press(self, label: str) -> None:
        try:
            await self.person.tap(label)
        except AssertionError:  # too many for buttons: type the number
            lines = [line for one in self.person.answers for line in one.text.splitlines()]
            numbered = next(line for line in reversed(lines) if line.endswith(f". {label}"))
            await self.person.say(numbered.partition(".")[0])

    async def send_photo(self, content: bytes) -> None:
        await self.person.send_photos([content])

    async def send_document(self, name: str, content: bytes) -> None:
        await self.person.send_file(name, content)

    async def seen(self, count: int) -> list[Seen]:
        return [
            Seen(
                one.text,
                tuple(one.labels),
                (one.picture,) if one.picture else (),
                ((one.file_name, one.document),) if one.document else (),
            )
            for one in await self.person.sees(count)
        ]

    async def upset(self, how: str) -> None:
        if how == "busy":
            self.zalo.fail("cs", status=429, retry_after=7)
        elif how == "down":
            self.zalo.fail("cs", status=502, body="<html>Bad Gateway</html>")
        else:
            await self.person.unfollow()

    async def repeat(self) -> None:
        await self.zalo.webhook.deliver(self.zalo.webhook.last)


async def until(condition: Callable[[], object], seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)
