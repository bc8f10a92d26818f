"""Somebody on Zalo, for the scripts that run on every channel."""

from collections.abc import Sequence

from tests.talks.everywhere import Everywhere
from tests.talks.voices import Voice
from tests.zalo.bot_person import Person, links_in
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
