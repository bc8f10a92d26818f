"""A channel that writes down, and a talk with the whole bot over it: tests read like chats."""

import asyncio
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiohttp.web import UrlDispatcher

from bot.app import Bot
from bot.chat import Abilities, Address, Attachment, Choice, Incoming, Message, Receive
from bot.errors import SendError
from bot.settings import read_settings

START = datetime(
    2023, 10, 9, 1, 0, tzinfo=UTC
)  # eight in the morning, six days before the deadline


class Clock:
    """A clock that stands until it is turned."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


class Paper:
    """A channel on which everything is written down. ``failures`` are raised first."""

    name = "paper"
    abilities = Abilities(buttons=20, button_label=60, files=True, pictures=True, edit=True)

    def __init__(self) -> None:
        self.sent: dict[str, list[Message]] = {}
        self.failures: list[SendError] = []
        self.uploads: dict[str, bytes] = {}
        self.receive: Receive

    async def open(self, receive: Receive, routes: UrlDispatcher) -> None:
        self.receive = receive

    async def send(self, to: Address, message: Message, key: str) -> str:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.setdefault(to.id, []).append(message)
        return f"p{sum(map(len, self.sent.values()))}"

    async def download(self, attachment: Attachment, target: Path) -> None:
        target.write_bytes(self.uploads[attachment.ref])

    async def close(self) -> None:
        pass


class Person:
    """Somebody with an account on paper."""

    def __init__(self, talk: "Talk", chat_id: str, name: str) -> None:
        self.talk = talk
        self.address = Address("paper", chat_id)
        self.name = name

    @property
    def messages(self) -> list[Message]:
        return self.talk.paper.sent.setdefault(self.address.id, [])

    @property
    def last(self) -> Message:
        return self.messages[-1]

    async def say(self, text: str, **more: object) -> str:
        """Say something; returns what the bot says to it, one message under another."""
        return await self._tell(text=text, **more)

    async def press(self, label: str, message: Message | None = None) -> str:
        """Press the button with that label on the newest message that has it, or on a given one."""
        return await self._tell(button=self.button(label, message).token, pressed="x")

    def button(self, label: str, message: Message | None = None) -> Choice:
        for candidate in [message] if message else reversed(self.messages):
            for choice in candidate.choices:
                if choice.label == label or choice.label in (f"☐ {label}", f"☑ {label}"):
                    return choice
        raise AssertionError(f"no button {label!r}; the last message: {self.last}")

    async def send_photos(
        self,
        photos: Sequence[bytes],
        *,
        album: str = "",
        order: Sequence[int] | None = None,
        kind: str = "photo",
    ) -> str:
        """Send photos, one message each, as messengers send the parts of an album."""
        before = len(self.messages)
        for place in order if order is not None else range(len(photos)):
            ref = f"u{len(self.talk.paper.uploads)}"
            self.talk.paper.uploads[ref] = photos[place]
            part = Attachment(kind, ref, size=len(photos[place]))
            await self.talk.receive(self, attachments=(part,), album=album, order=place)
        await self.talk.settle()
        return self._since(before)

    async def send_file(self, name: str, content: bytes) -> str:
        """Send a file that is no photo; returns what the bot says to it."""
        self.talk.paper.uploads[name] = content
        part = Attachment("file", name, name=name, size=len(content))
        return await self._tell(attachments=(part,))

    async def _tell(self, **said: object) -> str:
        before = len(self.messages)
        await self.talk.receive(self, **said)
        await self.talk.settle()
        return self._since(before)

    def _since(self, before: int) -> str:
        return "\n".join(message.text for message in self.messages[before:])


class Talk:
    """The whole bot on a real database, with a paper channel and a clock that tests turn."""

    def __init__(
        self, folder: Path, *, database_url: str = "", extra: Sequence[object] = ()
    ) -> None:
        self.clock = Clock()
        self.paper = Paper()
        self.settings = read_settings(
            None,
            database_url=database_url or f"sqlite+aiosqlite:///{folder}/bot.db",
            files_url=str(folder / "files"),
            listen="127.0.0.1:0",
            public_url="http://bot.test",
        )
        self.bot = Bot(self.settings, clock=self.clock, extra=[lambda _path: self.paper, *extra])
        self._count = 0

    async def open(self) -> None:
        await self.bot.open()

    async def close(self) -> None:
        await self.bot.close()

    def person(self, chat_id: str = "1", name: str = "Lan") -> Person:
        return Person(self, chat_id, name)

    async def receive(self, person: Person, **said: object) -> None:
        self._count += 1
        said.setdefault("id", f"m{self._count}")
        incoming = Incoming(sender=person.address, at=self.clock(), sender_name=person.name, **said)
        await self.paper.receive(incoming)

    async def settle(self) -> None:
        """Wait until everything is answered and everything is said."""

        def left(store) -> int:
            # The inbox first: a turn that is committed in between moves words to the outbox.
            unanswered = len(store.inbox.left_before(self.clock() + timedelta(days=1), 1))
            return unanswered + store.outbox.waiting_count()

        async with asyncio.timeout(30):
            while await self.bot.database.write(left):
                await asyncio.sleep(0.005)


def script(text: str) -> list[tuple[str, list[str]]]:
    """Split a written talk into (what the person says, the lines that the bot must say)."""
    turns: list[tuple[str, list[str]]] = []
    for line in text.strip().splitlines():
        stripped = line.strip()
        if stripped.startswith(">"):
            turns.append((stripped[1:].strip(), []))
        elif stripped:
            turns[-1][1].append(stripped)
    return turns


async def replay(person: Person, text: str) -> None:
    """Play a written talk: ``> words`` or ``> [Button]``; the other lines must be said in order."""
    for said, expected in script(text):
        button = re.fullmatch(r"\[(.+)\]", said)
        heard = await (person.press(button[1]) if button else person.say(said))
        at = 0
        for line in expected:
            found = heard.find(line, at)
            assert found >= 0, f"after {said!r} not said: {line!r}\nbut:\n{heard}"
            at = found + len(line)
