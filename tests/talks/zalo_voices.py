"""Somebody on Zalo, for the scripts that run on every channel."""

from collections.abc import Sequence
from typing import Any

from tests.talks.everywhere import Everywhere
from tests.talks.voices import Voice
from tests.zalo.bot_person import Person, links_in
from tests.zalo.oa_person import Person as Follower
from tests.zalo.shelf import open_link


class OnZaloBot(Voice):
    """Types codes, numbers and words; photos come one by one, documents lie behind links."""

    channel = "zalo-bot"

    def __init__(self, place: Everywhere, number: int = 1, name: str = "Cô Lan") -> None:
        super().__init__(place)
        self.person = Person(place.zalo_bot, number, name)

    async def shown(self) -> list[str]:
        return [told.text for told in self.person.answers]

    async def document(self) -> bytes:
        links = [link for told in self.person.answers for link in links_in(told.text)]
        _, content = await open_link(links[-1])
        return content

    async def _say(self, text: str) -> None:
        await self.person.say(text)

    async def _press(self, label: str) -> None:
        await self.person.choose(label)

    async def _send_photos(self, photos: Sequence[bytes], order: Sequence[int]) -> None:
        for photo in photos:  # there are no albums: nothing would tell a wrong order
            await self.person.send_photo(photo)


class OnZaloOA(Voice):
    """Needs a place with ``zalo_oa``, the server behind the channel."""

    channel = "zalo-oa"

    def __init__(self, place: Any, user_id: str = "246845883529197922") -> None:
        super().__init__(place)
        self.person = Follower(place.zalo_oa, user_id, "Cô Lan")

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
