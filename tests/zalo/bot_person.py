"""Somebody with Zalo on the phone: writes to the bot, opens its links, and sees the chat."""

import asyncio
import hashlib
import re
import time
from typing import Any

from tests.zalo.bot_server import Told, ZaloBotApi
from tests.zalo.bot_updates import Update
from tests.zalo.shelf import open_link

WAIT_SECONDS = 10.0


class Person:
    def __init__(self, api: ZaloBotApi, number: int = 1, name: str = "Cô Hạnh") -> None:
        self.api = api
        self.id = hashlib.sha256(f"person {number}".encode()).hexdigest()[:20]
        self.name = name
        self._chat = api.chat(self.id)

    @property
    def answers(self) -> list[Told]:
        """What the bot has said, from top to bottom."""
        return list(self._chat.told)

    async def sees(self, count: int = 1, seconds: float = WAIT_SECONDS) -> list[Told]:
        """Wait until the bot has said ``count`` things in all."""
        ends = time.monotonic() + seconds
        while len(self._chat.told) < count:
            self._chat.changed.clear()
            try:
                await asyncio.wait_for(self._chat.changed.wait(), max(0.0, ends - time.monotonic()))
            except TimeoutError:
                texts = [told.text for told in self._chat.told]
                raise AssertionError(f"waited for {count} messages, saw {texts}") from None
        return self.answers

    async def say(self, text: str) -> Update:
        return self.report("text", text=text)

    async def choose(self, label: str) -> Update:
        """Type the number that stands before ``label`` in the newest list, or the label."""
        for told in reversed(self.answers):
            if found := re.findall(rf"^(\d+)\. {re.escape(label)}$", told.text, re.M):
                return await self.say(found[-1])
            if f"[{label}]" in told.text:
                break
        return await self.say(label)

    async def send_photo(self, content: bytes, caption: str = "") -> Update:
        url = self.api.url + self.api.media.keep(content)
        names = ("photo_url", "photo")
        field = self.api.knobs.photo_field
        fields = {name: url for name in names if field in (name, "both")}
        return self.report("image", **fields, **({"caption": caption} if caption else {}))

    async def send_document(self) -> Update:
        """Nothing of a document reaches the bot, but that there was something."""
        return self.report("unsupported")

    async def send_sticker(self) -> Update:
        sticker = {"sticker": "0e078a2a906f7931207e", "url": "https://zalo-api.zadn.vn/s.png"}
        return self.report("sticker", **sticker)

    async def send_voice(self) -> Update:
        return self.report("voice", voice_url="https://voice.zdn.vn/1.aac")

    def report(self, kind: str, /, chat: dict[str, Any] | None = None, **fields: Any) -> Update:
        """Let the platform report something that this person has done."""
        self._chat.has_written = True
        author = {"id": self.id, "display_name": self.name, "is_bot": False}
        message: dict[str, Any] = {
            "message_id": self.api.next_id(),
            "date": int(time.time() * 1000),
            "from": author,
            "chat": chat or {"id": self.id, "chat_type": "PRIVATE"},
            **fields,
        }
        if self.api.knobs.bare:
            message["from"] = {"id": self.id, "is_bot": False} | fields.get("from", {})
        else:
            message["message_type"] = "CHAT_MESSAGE"
        update = {"event_name": f"message.{kind}.received", "message": message}
        self.api.updates.add(update)
        return update

    async def open_links(self, told: Told) -> list[tuple[str, bytes]]:
        """Tap each link of a message; returns names and contents."""
        return [await open_link(link) for link in links_in(told.text)]


def links_in(text: str) -> list[str]:
    """The links that a phone makes tappable: here those alone on their line."""
    return re.findall(r"^https?://\S+$", text, re.MULTILINE)
