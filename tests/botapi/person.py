"""Somebody with a phone: writes to the bot, presses its buttons, and sees the chat."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.botapi.incoming import ApiError
from tests.botapi.server import BotApi

WAIT_SECONDS = 10.0


@dataclass(frozen=True)
class Button:
    label: str
    token: str = ""
    url: str = ""


@dataclass(frozen=True)
class Bubble:
    """One message as the chat shows it now."""

    id: int
    text: str  # or the caption
    rows: tuple[tuple[Button, ...], ...] = ()
    photo: bytes = b""
    document: bytes = b""
    file_name: str = ""
    album: str = ""
    bold: tuple[str, ...] = ()
    mine: bool = False
    edited: bool = False

    @property
    def labels(self) -> list[str]:
        return [button.label for row in self.rows for button in row]


class Person:
    def __init__(self, api: BotApi, user_id: int = 4001, name: str = "Cô Hạnh") -> None:
        self.api = api
        self.id = user_id
        self._chat = api.chat(user_id, name)
        self._read = len(self._chat.news)
        self._presses: list[str] = []

    @property
    def chat(self) -> list[Bubble]:
        """All messages from top to bottom, as they look now."""
        return [self._bubble(message) for message in self._chat.messages.values()]

    @property
    def answers(self) -> list[Bubble]:
        """What the bot has said."""
        return [bubble for bubble in self.chat if not bubble.mine]

    @property
    def unanswered_presses(self) -> int:
        return sum(1 for query in self._presses if query in self.api.queries)

    async def reads(self, count: int = 1, seconds: float = WAIT_SECONDS) -> list[Bubble]:
        """Wait for ``count`` messages, new or changed, that were not read before."""
        ends = time.monotonic() + seconds
        while len(self._chat.news) < self._read + count:
            self._chat.changed.clear()
            left = ends - time.monotonic()
            try:
                await asyncio.wait_for(self._chat.changed.wait(), max(left, 0))
            except TimeoutError:
                seen = [bubble.text for bubble in self._news(len(self._chat.news) - self._read)]
                raise AssertionError(f"waited for {count} messages, saw {seen}") from None
        return self._news(count)

    async def reads_until_quiet(self, seconds: float = 0.3) -> list[Bubble]:
        """Everything that comes until the bot has been silent for so long."""
        found: list[Bubble] = []
        while True:
            try:
                found += await self.reads(1, seconds)
            except AssertionError:
                return found

    async def say(self, text: str) -> dict[str, Any]:
        fields: dict[str, Any] = {"text": text}
        if text.startswith("/"):  # Telegram marks commands, and PTB's CommandHandler looks for it
            length = len(text.split(maxsplit=1)[0])
            fields["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return self._send(fields)

    async def start(self, payload: str = "") -> dict[str, Any]:
        """Press Start, after a link with ``payload``."""
        return await self.say(f"/start {payload}".rstrip())

    async def press(self, label: str, message: Bubble | int | None = None) -> str:
        """Press a button of the newest message that has it, and return the id of the press."""
        button, carrier = self._find(label, message)
        assert button.token, f"{label} opens a page"
        return self.press_token(button.token, carrier)

    def press_token(self, token: str, message_id: int) -> str:
        query = self.api.open_query()
        self._presses.append(query)
        self.api.updates.add(
            "callback_query",
            {
                "id": query,
                "from": self._chat.user,
                "message": self._chat.messages.get(message_id)
                or {"message_id": message_id, "chat": self._chat.shown, "date": 0},
                "chat_instance": "1",
                "data": token,
            },
            self.id,
        )
        return query

    async def send_photo(
        self,
        content: bytes,
        caption: str = "",
        album: str = "",
        size: tuple[int, int] = (1280, 960),
    ) -> dict[str, Any]:
        fields: dict[str, Any] = {"photo": self.api.keep_photo(content, *size)}
        if caption:
            fields["caption"] = caption
        if album:
            fields["media_group_id"] = album
        return self._send(fields)

    async def send_album(
        self,
        photos: Sequence[bytes],
        caption: str = "",
        gap: float = 0.0,
        order: Sequence[int] | None = None,
    ) -> list[dict[str, Any]]:
        """Send photos as an album whose parts arrive ``gap`` seconds apart, in any ``order``."""
        album = str(self.api.next_id())
        parts = []
        for index, content in enumerate(photos):
            fields: dict[str, Any] = {"photo": self.api.keep_photo(content, 1280, 960)}
            if index == 0 and caption:
                fields["caption"] = caption
            parts.append(self._chat.add(fields | {"media_group_id": album}, by_person=True))
        for place, index in enumerate(order or range(len(parts))):
            if place and gap:
                await asyncio.sleep(gap)
            self.api.updates.add("message", parts[index], self.id)
        return parts

    async def send_document(
        self,
        name: str,
        content: bytes,
        mime: str = "application/octet-stream",
        caption: str = "",
        size: int | None = None,
    ) -> dict[str, Any]:
        """``size``: what Telegram says, when that is not the length of ``content``."""
        fields: dict[str, Any] = {"document": self.api.keep_document(content, name, mime, size)}
        return self._send(fields | ({"caption": caption} if caption else {}))

    async def send_other(self, kind: str, **fields: Any) -> dict[str, Any]:
        """Send a "voice", "video", "sticker" … or with ``fields`` a "location", "dice" …"""
        return self._send({kind: fields or self.api.keep_other(kind, b"sound", "audio/ogg")})

    async def share_contact(self, phone: str = "+84912345678", *, own: bool = True) -> None:
        contact = {"phone_number": phone, "first_name": self._chat.user["first_name"]}
        self._send({"contact": contact | {"user_id": self.id if own else self.id + 1}})

    async def edit(self, message: dict[str, Any], text: str) -> None:
        """Change what one has said."""
        changed = message | {"text": text, "edit_date": int(time.time())}
        self._chat.messages[message["message_id"]] = changed
        self.api.updates.add("edited_message", changed, self.id)

    async def block(self) -> None:
        self._chat.refusal = ApiError(403, "Forbidden: bot was blocked by the user")
        self._membership("member", "kicked")

    async def unblock(self) -> None:
        self._chat.refusal = None
        self._membership("kicked", "member")

    def leave_telegram(self) -> None:
        self._chat.refusal = ApiError(403, "Forbidden: user is deactivated")

    def _send(self, fields: dict[str, Any]) -> dict[str, Any]:
        message = self._chat.add(fields, by_person=True)
        self.api.updates.add("message", message, self.id)
        return message

    def _membership(self, old: str, new: str) -> None:
        self.api.updates.add(
            "my_chat_member",
            {
                "chat": self._chat.shown,
                "from": self._chat.user,
                "date": int(time.time()),
                "old_chat_member": {"user": self.api.me, "status": old},
                "new_chat_member": {"user": self.api.me, "status": new},
            },
            self.id,
        )

    def _find(self, label: str, message: Bubble | int | None) -> tuple[Button, int]:
        wanted = message.id if isinstance(message, Bubble) else message
        for bubble in reversed(self.answers):
            if wanted is not None and bubble.id != wanted:
                continue
            for button in (button for row in bubble.rows for button in row):
                if button.label == label:
                    return button, bubble.id
        newest = next((bubble.labels for bubble in reversed(self.answers) if bubble.rows), [])
        raise AssertionError(f"no button {label!r}; the newest are {newest}")

    def _news(self, count: int) -> list[Bubble]:
        ids = self._chat.news[self._read : self._read + count]
        self._read += len(ids)
        return [self._bubble(self._chat.messages[i]) for i in ids if i in self._chat.messages]

    def _bubble(self, message: dict[str, Any]) -> Bubble:
        text = message.get("text", message.get("caption", ""))
        raw = text.encode("utf-16-le")
        entities = message.get("entities", message.get("caption_entities", []))
        document = message.get("document", {})
        return Bubble(
            id=message["message_id"],
            text=text,
            rows=tuple(
                tuple(Button(b["text"], b.get("callback_data", ""), b.get("url", "")) for b in row)
                for row in message.get("reply_markup", {}).get("inline_keyboard", [])
            ),
            photo=self._content(message["photo"][-1]["file_id"]) if "photo" in message else b"",
            document=self._content(document["file_id"]) if document else b"",
            file_name=document.get("file_name", ""),
            album=message.get("media_group_id", ""),
            bold=tuple(
                raw[e["offset"] * 2 : (e["offset"] + e["length"]) * 2].decode("utf-16-le")
                for e in entities
                if e["type"] == "bold"
            ),
            mine=message["from"]["id"] == self.id,
            edited="edit_date" in message,
        )

    def _content(self, file_id: str) -> bytes:
        file = self.api.files.get(file_id)
        return file.content if file else b""
