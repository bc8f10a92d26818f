"""Somebody with Zalo on the phone: writes to the Official Account, taps its buttons."""

import asyncio
import hashlib
import time
from collections.abc import Sequence
from typing import Any

from tests.zalo.oa_rules import OA_ID, Bubble, Button
from tests.zalo.oa_server import OaServer

WAIT_SECONDS = 10.0


class Person:
    """``follows``: whether they follow the account from the start, and have been heard."""

    def __init__(
        self,
        zalo: OaServer,
        user_id: str = "246845883529197922",
        name: str = "Cô Hạnh",
        *,
        phone: str = "",
        follows: bool = True,
    ) -> None:
        self.zalo = zalo
        self.id = user_id
        self.user = zalo.user(user_id, name)
        self.user.phone = phone
        if follows:
            self.user.follows = True
            self.user.heard_at = zalo.clock()

    @property
    def answers(self) -> list[Bubble]:
        """What the account has said."""
        return list(self.user.messages)

    async def sees(self, count: int, seconds: float = WAIT_SECONDS) -> list[Bubble]:
        """Wait until ``count`` messages have come in all."""
        ends = time.monotonic() + seconds
        while len(self.user.messages) < count:
            self.user.changed.clear()
            try:
                left = max(ends - time.monotonic(), 0)
                await asyncio.wait_for(self.user.changed.wait(), left)
            except TimeoutError:
                seen = [bubble.text for bubble in self.user.messages]
                raise AssertionError(f"waited for {count} messages, saw {seen}") from None
        return self.answers

    async def say(self, text: str) -> int:
        """Type something; returns what the bot's webhook answered."""
        return await self._send("user_send_text", {"text": text})

    async def tap(self, which: int | str, bubble: Bubble | None = None) -> int:
        """Tap a button, by its place or its label, of the newest message that has it."""
        button = self._find(which, bubble)
        if button.kind == "oa.open.url":
            return 0  # a page opens; the account hears nothing
        return await self.say(button.payload)

    async def send_photos(self, photos: Sequence[bytes], text: str = "") -> int:
        parts = []
        for number, content in enumerate(photos):
            url = self.zalo.keep_media(content, f"photo-{number}.jpg")
            parts.append({"type": "image", "payload": {"thumbnail": url, "url": url}})
        said = {"text": text} if text else {}
        return await self._send("user_send_image", said | {"attachments": parts})

    async def send_file(
        self, name: str, content: bytes, *, checksum: str | None = None, size: int | None = None
    ) -> int:
        url = self.zalo.keep_media(content, "file")
        md5 = hashlib.md5(content, usedforsecurity=False).hexdigest()
        payload = {
            "url": url,
            "size": str(len(content) if size is None else size),
            "name": name,
            "checksum": md5 if checksum is None else checksum,
            "type": name.rpartition(".")[2],
        }
        return await self.send_other("file", payload)

    async def send_other(self, kind: str, payload: dict[str, Any], text: str = "") -> int:
        """Send a "location", "link", "audio", "video", "sticker", "gif", "business_card" …"""
        said: dict[str, Any] = {"attachments": [{"type": kind, "payload": payload}]}
        return await self._send(f"user_send_{kind}", said | ({"text": text} if text else {}))

    async def follow(self) -> int:
        self.user.follows = True
        return await self._membership("follow")

    async def unfollow(self) -> int:
        self.user.follows = False
        return await self._membership("unfollow")

    async def submit_info(self, phone: str = "84987654321", name: str = "Trần Thị Hạnh") -> int:
        info = {"name": name, "phone": phone, "address": "", "city": "Tây Ninh"}
        return await self._did("user_submit_info", {"info": info})

    async def click_chat(self) -> int:
        """Press "Nhắn tin" on the account's profile."""
        self.user.heard_at = self.zalo.clock()
        who = {"user_id": self.id, "oa_id": OA_ID}  # neither sender nor recipient
        return await self.zalo.webhook.report({"event_name": "user_click_chatnow", **who})

    async def react(self) -> int:
        said = {"message": {"msg_id": "1", "react_icon": "/-heart"}}
        return await self.zalo.webhook.report({"event_name": "user_reacted_message", **said})

    async def _send(self, event: str, message: dict[str, Any]) -> int:
        return await self._did(event, {"message": {"msg_id": self.zalo._message_id(), **message}})

    async def _did(self, event: str, what: dict[str, Any]) -> int:
        self.user.heard_at = self.zalo.clock()
        who = {"sender": {"id": self.id}, "recipient": {"id": OA_ID}}
        return await self.zalo.webhook.report({"event_name": event, **who, **what})

    async def _membership(self, event: str) -> int:
        if event == "follow":
            self.user.heard_at = self.zalo.clock()
        follower = {"oa_id": OA_ID, "follower": {"id": self.id}, "source": "oa_profile"}
        return await self.zalo.webhook.report({"event_name": event, **follower})

    def _find(self, which: int | str, bubble: Bubble | None) -> Button:
        for one in [bubble] if bubble else reversed(self.user.messages):
            if isinstance(which, int) and one.buttons:
                return one.buttons[which]
            for button in one.buttons:
                if button.title == which or button.title.endswith(f". {which}"):
                    return button
        newest = next((one.labels for one in reversed(self.user.messages) if one.buttons), [])
        raise AssertionError(f"no button {which!r}; the newest are {newest}")
