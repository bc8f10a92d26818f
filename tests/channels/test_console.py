import asyncio
import io
import os
import re
from pathlib import Path

import pytest
from aiohttp.web import UrlDispatcher

from bot.channels.console import Console
from bot.chat import Address, Choice, Message
from bot.errors import Rejected
from tests.channels.demands import Demands, Seen, Stage, jpeg


class Screen(io.StringIO):
    """What the terminal shows, message by message."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def write(self, text: str) -> int:
        self.shown.append(text.rstrip("\n"))
        return len(text)


class ConsoleStage(Stage):
    async def start(self) -> None:
        keys, typed = os.pipe()
        self._keys = os.fdopen(keys, encoding="utf-8")
        self._typed = os.fdopen(typed, "w", encoding="utf-8")
        self.screen = Screen()
        self.channel = Console(self.file_path, self._keys, self.screen, patience_seconds=0)
        self.address = Address("console", "console")
        await self.channel.open(self.receive, UrlDispatcher())

    async def stop(self) -> None:
        await self.channel.close()
        self._typed.close()
        await asyncio.sleep(0.02)
        self._keys.close()

    async def say(self, text: str) -> None:
        self._typed.write(f"{text}\n")
        self._typed.flush()

    async def press(self, label: str) -> None:
        found = re.findall(rf"^(\d+)\. {re.escape(label)}$", "\n".join(self.screen.shown), re.M)
        await self.say(found[-1])

    async def send_photo(self, content: bytes) -> None:
        (self.folder / "sent.jpg").write_bytes(content)
        await self.say(f"/anh {self.folder}/sent.jpg")

    async def send_document(self, name: str, content: bytes) -> None:
        (self.folder / name).write_bytes(content)
        await self.say(f"/tep '{self.folder}/{name}'")

    async def seen(self, count: int) -> list[Seen]:
        messages = [_seen(text) for text in self.screen.shown if not text.startswith("> ")]
        assert len(messages) >= count
        return messages


def _seen(text: str) -> Seen:
    if not text.startswith("📄"):
        return Seen(text)
    name, path = text.removeprefix("📄 ").split(" → ")
    content = Path(path).read_bytes()
    if name.endswith(".jpg"):
        return Seen("", pictures=(content,))
    return Seen("", documents=((name, content),))


class TestConsole(Demands):
    @pytest.fixture
    async def stage(self, tmp_path):
        async with ConsoleStage(tmp_path) as stage:
            yield stage

    async def test_several_photos_make_one_album_in_their_order(self, stage):
        for name in ("a.jpg", "b c.jpg"):
            (stage.folder / name).write_bytes(jpeg())
        await stage.say(f'/anh {stage.folder}/a.jpg "{stage.folder}/b c.jpg"')
        first, second = await stage.hears(2)
        assert first.album == second.album != ""
        assert first.order < second.order
        assert [one.attachments[0].name for one in (first, second)] == ["a.jpg", "b c.jpg"]

    async def test_a_file_that_is_not_there_is_named(self, stage):
        await stage.say("/anh khong-co.jpg")
        await stage.say("tiếp")
        (heard,) = await stage.hears(1)
        assert heard.text == "tiếp"
        assert any("khong-co.jpg" in text for text in stage.screen.shown)

    async def test_choices_are_numbered(self, stage):
        await stage.send(Message("Có không?", (Choice("Có", "a"), Choice("Chưa", "b"))))
        (seen,) = await stage.seen(1)
        assert seen.text == "Có không?\n\n1. Có\n2. Chưa"

    async def test_no_escape_sequence_reaches_the_terminal(self, stage):
        await stage.send(Message("a\x1b]0;title\x07b"))
        assert "\x1b" not in stage.screen.shown[-1]

    async def test_the_end_of_the_lines_is_told(self, stage):
        await stage.say("một")
        stage._typed.write("hai không xuống dòng")
        stage._typed.close()
        async with asyncio.timeout(5):
            await stage.channel.ended.wait()
        assert [incoming.text for incoming in stage.heard] == ["một", "hai không xuống dòng"]

    async def test_nobody_else_can_be_reached(self, stage):
        with pytest.raises(Rejected):
            await stage.channel.send(Address("console", "somebody"), Message("a"), "1")
