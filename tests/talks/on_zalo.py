"""A teacher on one of Zalo's products, with the ways of a person on paper: tests read alike."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.talks.everywhere import Everywhere
from tests.zalo.bot_person import Person as Reader
from tests.zalo.oa_person import Person as Follower
from tests.zalo.oa_rules import Template

REMINDER, NEWS = "201", "202"


class ZaloAlone(Everywhere):
    """Everything but Telegram, which is blocked."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.zalo_oa.templates[NEWS] = Template({"viec": 200})
        self.more: dict[str, Any] = {}  # settings

    async def start(self) -> None:
        more = {
            "telegram_token": "",
            "zalo_oa_template_news": NEWS,
            "zalo_bot_rate": 500.0,  # what is tested is not how long people wait
            "zalo_oa_rate": 500.0,
            **self.more,
        }
        self.settings = replace(self.settings, **more)
        await super().start()
        assert "telegram" not in self.bot.channels


class OnZalo:
    """Somebody who writes by Zalo alone."""

    def __init__(self, place: ZaloAlone, number: int, name: str) -> None:
        self.place = place
        self.name = name

    @property
    def messages(self) -> Sequence[Any]:
        """What the bot has said, as the phone shows it; each has a ``text``."""
        raise NotImplementedError

    @property
    def last(self) -> Any:
        return self.messages[-1]

    async def say(self, text: str) -> str:
        return await self._turn(lambda: self._say(text))

    async def press(self, label: str) -> str:
        return await self._turn(lambda: self._press(label))

    async def send_photos(self, photos: Sequence[bytes]) -> str:
        raise NotImplementedError

    async def _turn(self, deed: Callable[[], Awaitable[Any]], count: int = 1) -> str:
        before, heard = len(self.messages), await self.place.heard()
        await deed()
        await self.place.answered(heard + count)
        return "\n".join(message.text for message in self.messages[before:])

    async def _say(self, text: str) -> Any:
        raise NotImplementedError

    async def _press(self, label: str) -> Any:
        raise NotImplementedError


class OnZaloBot(OnZalo):
    channel = "zalo-bot"

    def __init__(self, place: ZaloAlone, number: int, name: str) -> None:
        super().__init__(place, number, name)
        self.person = Reader(place.zalo_bot, number, name)

    @property
    def messages(self) -> Sequence[Any]:
        return self.person.answers

    async def send_photos(self, photos: Sequence[bytes]) -> str:
        """One after another: there are no albums."""

        async def send() -> None:
            for photo in photos:
                await self.person.send_photo(photo)

        return await self._turn(send, len(photos))

    async def _say(self, text: str) -> Any:
        return await self.person.say(text)

    async def _press(self, label: str) -> Any:
        return await self.person.choose(label)


class OnZaloOA(OnZalo):
    channel = "zalo-oa"

    def __init__(self, place: ZaloAlone, number: int, name: str) -> None:
        super().__init__(place, number, name)
        self.person = Follower(place.zalo_oa, str(246845883529197000 + number), name)

    @property
    def messages(self) -> Sequence[Any]:
        return [bubble for bubble in self.person.answers if bubble.text]

    async def send_photos(self, photos: Sequence[bytes]) -> str:
        """All together in one message."""
        return await self._turn(lambda: self.person.send_photos(photos))

    async def _say(self, text: str) -> Any:
        assert await self.person.say(text) == 200

    async def _press(self, label: str) -> Any:
        for bubble in reversed(self.person.answers):
            for shown in bubble.labels:
                if shown == label or shown.endswith(f". {label}"):
                    assert await self.person.tap(shown, bubble) == 200
                    return
        await self._say(label)  # more choices than buttons
