"""Somebody on a channel. A script for a ``Voice`` runs on every one of them."""

import asyncio
import itertools
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, Self

import aiohttp

from bot.chat import File
from tests.botapi.person import Person as TelegramPerson
from tests.talks.everywhere import ANSWER_SECONDS, Everywhere
from tests.talks.paper import Person as PaperPerson


class Voice(ABC):
    """Somebody who talks with the bot on one channel, and sees only what that channel shows."""

    channel: str

    def __init__(self, place: Everywhere) -> None:
        self.place = place

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.leave()

    async def leave(self) -> None:
        """Close what the person had open."""
        return

    async def come(self, code: str) -> str:
        """Come by an invitation."""
        return await self._turn(1, lambda: self._come(code))

    async def say(self, text: str) -> str:
        """Say something; returns what the bot says to it."""
        return await self._turn(1, lambda: self._say(text))

    async def press(self, label: str) -> str:
        """Choose: tap the newest button of that label, or type it where there are no buttons."""
        return await self._turn(1, lambda: self._press(label))

    async def send_photos(self, photos: Sequence[bytes]) -> str:
        """Send photos as an album whose parts arrive in disorder, as far as the channel can."""
        return await self._turn(len(photos), lambda: self._send_photos(photos, disorder(photos)))

    async def _turn(self, count: int, deed: Callable[[], Awaitable[object]]) -> str:
        heard, before = await self.place.heard(), len(await self.shown())
        await deed()
        await self.place.answered(heard + count)
        return "\n".join((await self.shown())[before:])

    @abstractmethod
    async def shown(self) -> list[str]:
        """All that the bot has said, as this person sees it."""

    @abstractmethod
    async def document(self) -> bytes:
        """The last document that the bot has sent."""

    @abstractmethod
    async def _say(self, text: str) -> object: ...

    @abstractmethod
    async def _send_photos(self, photos: Sequence[bytes], order: Sequence[int]) -> object: ...

    async def _come(self, code: str) -> object:
        return await self._say(code)

    async def _press(self, label: str) -> object:
        return await self._say(label)


def disorder(things: Sequence[object]) -> list[int]:
    """An order that is not the right one: 2, 0, 1, 5, 3, 4."""
    order = list(range(len(things)))
    return [i for start in range(0, len(order), 3) for i in _turned(order[start : start + 3])]


def _turned(few: list[int]) -> list[int]:
    return few[-1:] + few[:-1]


class OnPaper(Voice):
    channel = "paper"

    def __init__(self, place: Everywhere) -> None:
        super().__init__(place)
        self.person = PaperPerson(place, "1", "Cô Lan")

    async def shown(self) -> list[str]:
        return [message.text for message in self.person.messages]

    async def document(self) -> bytes:
        files: list[File] = [file for message in self.person.messages for file in message.files]
        path = await self.place.bot.paperwork.path(files[-1])
        return await asyncio.to_thread(path.read_bytes)

    async def _say(self, text: str) -> None:
        await self.person.say(text)

    async def _press(self, label: str) -> None:
        await self.person.press(label)

    async def _send_photos(self, photos: Sequence[bytes], order: Sequence[int]) -> None:
        album = f"album-{len(self.person.messages)}"
        await self.person.send_photos(photos, album=album, order=order)


class OnTelegram(Voice):
    channel = "telegram"

    def __init__(self, place: Everywhere, user_id: int = 4001, name: str = "Cô Lan") -> None:
        super().__init__(place)
        self.person = TelegramPerson(place.api, user_id, name)

    async def shown(self) -> list[str]:
        return [bubble.text for bubble in self.person.answers]

    async def document(self) -> bytes:
        return [bubble.document for bubble in self.person.answers if bubble.document][-1]

    async def _come(self, code: str) -> None:
        await self.person.start(code)

    async def _say(self, text: str) -> None:
        await self.person.say(text)

    async def _press(self, label: str) -> None:
        await self.person.press(label)

    async def _send_photos(self, photos: Sequence[bytes], order: Sequence[int]) -> None:
        if len(photos) == 1:
            await self.person.send_photo(photos[0])
        else:
            await self.person.send_album(photos, order=order)


class OnWeb(Voice):
    """A browser, as far as the wire sees it: a cookie, a socket, uploads in pieces."""

    channel = "web"
    PIECE = 200_000
    RELOAD_AFTER = 30  # sayings; a page that says much in a short time is slowed down

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            f"http://127.0.0.1:{self.place.bot.server.port}",
            cookie_jar=aiohttp.CookieJar(unsafe=True),
        )
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._entries: dict[str, dict[str, Any]] = {}
        self._ids = itertools.count(1)
        self._said_here = 0
        return self

    async def leave(self) -> None:
        await self._session.close()

    async def shown(self) -> list[str]:
        await self._catch_up()
        return [entry["text"] for entry in self._told()]

    async def document(self) -> bytes:
        await self._catch_up()
        link = [file["url"] for entry in self._told() for file in entry["files"]][-1]
        async with self._session.get(link) as response:
            assert response.status == 200
            return await response.read()

    def _told(self) -> list[dict[str, Any]]:
        return [entry for entry in self._entries.values() if entry["who"] == "bot"]

    async def _come(self, code: str) -> None:
        async with self._session.get(f"/moi/{code}") as response:
            assert code in await response.text()
        await self._tell(start=code)

    async def _say(self, text: str) -> None:
        await self._tell(text=text)

    async def _press(self, label: str) -> None:
        for entry in reversed(self._told()):
            for choice in entry["choices"]:
                if choice["label"] == label:
                    await self._tell(button=choice["token"], pressed=entry["id"])
                    return
        raise AssertionError(f"no button {label!r}")

    async def _send_photos(self, photos: Sequence[bytes], order: Sequence[int]) -> None:
        album = f"album-{next(self._ids)}"
        for place in order:
            ref = await self._upload(photos[place])
            part = {"ref": ref, "name": f"{place}.jpg", "mime": "image/jpeg"}
            await self._tell(attachments=[part], album=album, order=place)

    async def _upload(self, content: bytes) -> str:
        ref = f"upload-{next(self._ids)}"
        for offset in range(0, len(content), self.PIECE):
            query = {"id": ref, "offset": offset, "total": len(content)}
            piece = content[offset : offset + self.PIECE]
            async with self._session.post("/chat/upload", params=query, data=piece) as response:
                assert response.status == 200
        return ref

    async def _tell(self, **said: Any) -> None:
        if self._socket and self._said_here >= self.RELOAD_AFTER:
            await self._socket.close()
            self._socket = None
        self._said_here += 1
        own_id = f"own-{next(self._ids)}"
        await self._catch_up()
        await self._send({"type": "say", "id": own_id, **said})
        kept = await self._read_until("kept")
        assert kept["id"] == own_id

    async def _catch_up(self) -> None:
        """Be where the bot is: all that it has pushed is here."""
        if self._socket is None:
            if not self._session.cookie_jar.filter_cookies(self._session._base_url):
                return  # has not come yet
            self._socket = await self._session.ws_connect("/chat/ws")
            self._said_here = 0
            last = next(reversed(self._entries), "")
            await self._send({"type": "hello", "after": last})
            for entry in (await self._read_until("history"))["entries"]:
                self._keep(entry)
        await self._send({"type": "ping"})
        await self._read_until("pong")

    async def _send(self, data: dict[str, Any]) -> None:
        assert self._socket
        await self._socket.send_json(data)

    async def _read_until(self, kind: str) -> dict[str, Any]:
        assert self._socket
        async with asyncio.timeout(ANSWER_SECONDS):
            while True:
                data: dict[str, Any] = await self._socket.receive_json()
                if data["type"] == "entry":
                    self._keep(data["entry"])
                elif data["type"] == kind:
                    return data
                else:
                    raise AssertionError(data)

    def _keep(self, entry: dict[str, Any]) -> None:
        self._entries[entry["id"]] = entry


class OnConsole(Voice):
    channel = "console"

    async def shown(self) -> list[str]:
        return [text for text in self.place.screen.shown if not text.startswith(("> ", "📄"))]

    async def document(self) -> bytes:
        files = [text for text in self.place.screen.shown if text.startswith("📄")]
        path = Path(files[-1].rpartition(" → ")[2])
        return await asyncio.to_thread(path.read_bytes)

    async def _say(self, text: str) -> None:
        self.place.typed.write(f"{text}\n")
        self.place.typed.flush()

    async def _send_photos(self, photos: Sequence[bytes], order: Sequence[int]) -> None:
        names = []
        for number, photo in enumerate(photos):
            path = self.place.folder / f"ảnh {number}.jpg"
            path.write_bytes(photo)
            names.append(f'"{path}"')
        await self._say(f"/anh {' '.join(names)}")
