"""Somebody who follows the Official Account, and the whole bot with that channel open."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.channels.zalo_oa import Contact, ZaloOA
from bot.channels.zalo_oa_tokens import TokenShelf
from bot.chat import Address, Channel, File, FilePath
from bot.oa_shelf import contact_of, token_shelf
from tests.channels.zalo_oa_stage import BUSY_MACHINE, account
from tests.talks.everywhere import Everywhere
from tests.talks.voices import Voice
from tests.zalo.oa_person import Person
from tests.zalo.oa_server import OaServer

CHANNEL = "zalo-oa"


class OnZaloOA(Voice):
    """Needs a place with ``zalo_oa``, the server behind the channel."""

    channel = CHANNEL

    def __init__(self, place: Any, user_id: str = "246845883529197922") -> None:
        super().__init__(place)
        self.person = Person(place.zalo_oa, user_id, "Cô Lan")

    async def shown(self) -> list[str]:
        return [bubble.text for bubble in self.person.answers if bubble.text]

    async def document(self) -> bytes:
        return [bubble.document for bubble in self.person.answers if bubble.document][-1]

    async def send_photos(self, photos: Sequence[bytes]) -> str:
        """All that somebody chooses at once is one message."""
        return await self._turn(1, lambda: self.person.send_photos(photos))

    async def _say(self, text: str) -> None:
        assert await self.person.say(text) == 200

    async def _press(self, label: str) -> None:
        newest = self.person.answers[-1:]
        labels = [shown for bubble in newest for shown in bubble.labels]
        if label in labels or any(shown.endswith(f". {label}") for shown in labels):
            assert await self.person.tap(label) == 200
            return
        try:
            await self.person.tap(label)  # of an older message
        except AssertionError:
            await self._say(label)  # more choices than buttons

    async def _send_photos(self, photos: Sequence[bytes], order: Sequence[int]) -> None:
        raise NotImplementedError("send_photos sends them together")


class WithZaloOA(Everywhere):
    """Every channel, and the Official Account."""

    def __init__(self, folder: Path, mode: str = "polling", **knobs: Any) -> None:
        super().__init__(folder, mode)
        self.zalo_oa = OaServer(self.clock)
        self.zalo_oa.webhook.patience = BUSY_MACHINE
        for name, value in knobs.items():
            setattr(self.zalo_oa, name, value)

    async def open(self) -> None:
        await self.zalo_oa.start()
        await super().open()
        self.zalo_oa.webhook.url = f"http://{self.settings.listen}/webhook/zalo-oa"

    async def close(self) -> None:
        await self.zalo_oa.settled()
        await super().close()
        await self.zalo_oa.stop()

    def extra(self) -> list[Any]:
        return [*super().extra(), self._zalo]

    def _zalo(self, file_path: FilePath) -> Channel:
        bot, month = self.bot, self.clock().strftime("%Y-%m")
        kept, look = token_shelf(bot.database, self.clock), contact_of(bot.database, CHANNEL)

        async def link(to: Address, file: File) -> str:
            path = bot.links.file_anywhere(file, self.clock() + timedelta(days=3))
            return path if path.startswith("http") else bot.settings.web_address + path

        async def count(kind: str, number: int) -> None:
            await bot.database.write(lambda store: store.usage.add(CHANNEL, month, kind, number))

        async def counted() -> Mapping[str, int]:
            return await bot.database.read(lambda store: store.usage.of_month(CHANNEL, month))

        async def contact(chat_id: str) -> Contact:
            return Contact(*await look(chat_id))

        return ZaloOA(
            account=account(self.zalo_oa),
            file_path=file_path,
            link=link,
            count=count,
            counted=counted,
            contact=contact,
            tokens=TokenShelf(kept.load, kept.keep, kept.begin, kept.lease, kept.release),
            clock=self.clock,
        )
