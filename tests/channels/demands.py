"""What every channel must do, tried on each of them.

To put a channel to the test, write a ``Stage`` for it (both ends: the channel, and a person
on the other side), and in its test module::

    class TestMyChannel(Demands):
        @pytest.fixture
        async def stage(self, tmp_path):
            async with MyStage(tmp_path) as stage:
                yield stage

Demands that the channel's ``abilities`` rule out are skipped by themselves; those that the
stage cannot bring about (a terminal is never "too busy") are skipped by ``Stage.can``.
"""

import asyncio
import io
import time
import unicodedata
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Self

import pytest
from PIL import Image

from bot.channels.fitting import units
from bot.chat import Address, Channel, Choice, File, Incoming, Message
from bot.errors import PersonGone, Rejected, TryLater

WAIT_SECONDS = 10.0


def jpeg(width: int = 640, height: int = 480, colour: str = "teal") -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(picture, "JPEG")
    return picture.getvalue()


@dataclass(frozen=True)
class Seen:
    """One message of the bot, as the person sees it."""

    text: str
    labels: tuple[str, ...] = ()  # of its buttons
    pictures: tuple[bytes, ...] = ()
    documents: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)  # name and content


class Stage(ABC):
    """A channel and a person. Made, entered, used and left within one test.

    ``folder`` is for files; ``self.file_path`` is to be given to the channel. ``start`` opens the
    channel with ``self.receive``. Whatever is awaited here has happened when it returns, but for
    the channel to notice it: wait for that with ``hears``.
    """

    channel: Channel
    address: Address
    can: frozenset[str] = frozenset()  # of "busy", "down", "gone", "repeat"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.heard: list[Incoming] = []
        self._arrived = asyncio.Condition()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @abstractmethod
    async def start(self) -> None: ...

    @abstractmethod
    async def stop(self) -> None:
        """Close the channel (if the test has not done so) and the platform behind it."""

    @abstractmethod
    async def say(self, text: str) -> None: ...

    @abstractmethod
    async def press(self, label: str) -> None:
        """Choose on the newest message: tap, or type the number where there are no buttons."""

    @abstractmethod
    async def send_photo(self, content: bytes) -> None: ...

    @abstractmethod
    async def send_document(self, name: str, content: bytes) -> None: ...

    @abstractmethod
    async def seen(self, count: int) -> list[Seen]:
        """Wait until the bot has shown ``count`` messages in all, and return them."""

    async def upset(self, how: str) -> None:
        """Make the next send meet "busy" (for 7 s), "down" or "gone". Only what ``can`` names."""
        raise NotImplementedError

    async def repeat(self) -> None:
        """Let the platform report the last thing a second time."""
        raise NotImplementedError

    async def receive(self, incoming: Incoming) -> None:
        async with self._arrived:
            self.heard.append(incoming)
            self._arrived.notify_all()

    async def hears(self, count: int) -> list[Incoming]:
        """Wait until ``count`` things in all have reached the bot."""
        async with self._arrived:
            async with asyncio.timeout(WAIT_SECONDS):
                await self._arrived.wait_for(lambda: len(self.heard) >= count)
            return list(self.heard)

    async def file_path(self, file: File) -> Path:
        return self.folder / file.key

    def file(self, name: str, content: bytes, mime: str) -> File:
        """Put a file where the channel finds it."""
        key = f"key-{len(name)}-{len(content)}"
        (self.folder / key).write_bytes(content)
        return File(key, name, mime)

    async def send(self, message: Message, key: str = "1") -> str:
        return await self.channel.send(self.address, message, key)


def chosen(incoming: Incoming, choices: tuple[Choice, ...]) -> Choice:
    """Return which of ``choices`` was meant, by its button or by its number."""
    if incoming.button:
        return next(choice for choice in choices if choice.token == incoming.button)
    return choices[int(incoming.text) - 1]


YES_NO = (Choice("Đúng", "q1:yes"), Choice("Không phải", "q1:no"))


class Demands:
    """Inherit and give a ``stage`` fixture."""

    async def test_what_is_typed_arrives_with_who_and_when(self, stage: Stage):
        await stage.say("Xin chào")
        (heard,) = await stage.hears(1)
        assert heard.text == "Xin chào"
        assert heard.sender == stage.address
        assert heard.sender.channel == stage.channel.name
        assert heard.at.tzinfo is not None
        assert abs(heard.at.timestamp() - time.time()) < 60

    @pytest.mark.parametrize(
        "text",
        [
            unicodedata.normalize("NFD", "Trường Tiểu học Mỹ Thạnh"),
            "Vui quá 👩‍👩‍👧‍👦🇻🇳 👍🏽",
            'Dấu <b>&amp; "ngoặc" \\ và _gạch_ *sao* [x](y)',
            "Từ. " * 1000,
            "-1,5",
        ],
        ids=["NFD", "emoji", "signs", "4000 characters", "number"],
    )
    async def test_text_arrives_as_it_was_typed(self, stage: Stage, text: str):
        await stage.say(text)
        (heard,) = await stage.hears(1)
        assert unicodedata.normalize("NFC", heard.text.strip()) == unicodedata.normalize(
            "NFC", text.strip()
        )

    async def test_a_command_is_text_and_a_link_says_its_code(self, stage: Stage):
        await stage.say("/tieptuc")
        await stage.say("/start abc_DEF-123")
        command, start = await stage.hears(2)
        assert (command.text, command.start) == ("/tieptuc", "")
        assert start.start == "abc_DEF-123"

    async def test_things_said_arrive_in_order_under_different_ids(self, stage: Stage):
        for number in range(12):
            await stage.say(f"câu {number}")
        heard = await stage.hears(12)
        assert [incoming.text for incoming in heard] == [f"câu {number}" for number in range(12)]
        assert len({incoming.id for incoming in heard}) == 12

    @pytest.mark.parametrize(
        "text",
        [
            "Câu 1/31 · I.1 Chỉ đạo\nTrường có ban hành kế hoạch riêng không?",
            "👩‍👩‍👧‍👦 Đã nhận 6 ảnh 🇻🇳",
            'Dấu <b>&amp; "ngoặc" \\ và _gạch_ *sao* [x](y)',
        ],
        ids=["question", "emoji", "signs"],
    )
    async def test_what_the_bot_says_is_shown_letter_for_letter(self, stage: Stage, text: str):
        await stage.send(Message(text, strong=text[-8:]))
        (seen,) = await stage.seen(1)
        assert seen.text == text

    async def test_a_choice_comes_back_as_the_one_that_was_made(self, stage: Stage):
        await stage.send(Message("Đúng trường chứ?", YES_NO))
        (seen,) = await stage.seen(1)
        for choice in YES_NO:
            assert choice.label in seen.labels or choice.label in seen.text
        await stage.press("Không phải")
        (heard,) = await stage.hears(1)
        assert chosen(heard, YES_NO).token == "q1:no"

    async def test_an_old_button_still_says_its_own_question(self, stage: Stage):
        if not stage.channel.abilities.buttons:
            pytest.skip("does not apply: no buttons")
        await stage.send(Message("Câu 1", YES_NO), "1")
        await stage.send(Message("Câu 2", (Choice("Có", "q2:yes"),)), "2")
        await stage.seen(2)
        await stage.press("Đúng")
        (heard,) = await stage.hears(1)
        assert heard.button == "q1:yes"

    async def test_long_choices_can_be_read_in_full_and_made(self, stage: Stage):
        school = "Trường Tiểu học và Trung học cơ sở Tân Thành, điểm trường"
        choices = tuple(Choice(f"{school} {number}", f"q:{number}") for number in range(1, 31))
        await stage.send(Message("Trường nào?", choices))
        shown = "\n".join(one.text for one in await stage.seen(1))  # in parts, where it is long
        for choice in choices:
            assert choice.label in shown
        await stage.press(choices[11].label)
        (heard,) = await stage.hears(1)
        assert chosen(heard, choices) == choices[11]

    async def test_a_long_text_is_cut_between_paragraphs_and_keeps_its_order(self, stage: Stage):
        limit = stage.channel.abilities.text_limit
        paragraphs = [f"Đoạn {number}: {'chữ ' * 120}hết." for number in range(25)]
        await stage.send(Message("\n\n".join(paragraphs), YES_NO))
        expected = 1 if limit > 20_000 else 2
        seen = await stage.seen(expected)
        shown = "\n\n".join(part.text for part in seen)
        assert shown.index("Đoạn 0:") < shown.index("Đoạn 12:") < shown.index("Đoạn 24:")
        assert all(paragraph in shown for paragraph in paragraphs)
        assert all(units(part.text) <= limit for part in seen)
        await stage.press("Đúng")
        (heard,) = await stage.hears(1)
        assert chosen(heard, YES_NO).token == "q1:yes"

    async def test_a_document_arrives_whole_and_under_its_name(self, stage: Stage):
        if not stage.channel.abilities.files:
            pytest.skip("does not apply: no files")
        file = stage.file("Báo cáo Tuần lễ.docx", b"word" * 5000, "application/msword")
        await stage.send(Message("✅ Đã nộp.", YES_NO, files=(file,)))
        seen = await stage.seen(1)
        documents = [document for one in seen for document in one.documents]
        assert documents == [("Báo cáo Tuần lễ.docx", b"word" * 5000)]
        assert any("✅ Đã nộp." in one.text for one in seen)
        await stage.press("Đúng")
        (heard,) = await stage.hears(1)
        assert chosen(heard, YES_NO).token == "q1:yes"

    async def test_a_picture_is_shown(self, stage: Stage):
        if not stage.channel.abilities.files:
            pytest.skip("does not apply: no files")
        file = stage.file("tien-do.jpg", jpeg(), "image/jpeg")
        await stage.send(Message("Tiến độ", files=(file,)))
        seen = await stage.seen(1)
        assert [picture for one in seen for picture in one.pictures] == [jpeg()]

    async def test_a_photo_can_be_downloaded(self, stage: Stage, tmp_path: Path):
        await stage.send_photo(jpeg())
        (heard,) = await stage.hears(1)
        (photo,) = heard.attachments
        assert photo.kind == "photo"
        await stage.channel.download(photo, tmp_path / "photo.jpg")
        assert (tmp_path / "photo.jpg").read_bytes() == jpeg()

    async def test_a_document_can_be_downloaded(self, stage: Stage, tmp_path: Path):
        content = bytes(range(256)) * 3000
        await stage.send_document("Kế hoạch 45.pdf", content)
        (heard,) = await stage.hears(1)
        (document,) = heard.attachments
        assert (document.kind, document.name) == ("file", "Kế hoạch 45.pdf")
        await stage.channel.download(document, tmp_path / "in")
        assert (tmp_path / "in").read_bytes() == content

    async def test_a_file_that_is_too_big_is_never_downloaded(self, stage: Stage, tmp_path: Path):
        limit = stage.channel.abilities.download_bytes
        await stage.send_document("phim.mp4", b"\0" * (limit + 1))
        (heard,) = await stage.hears(1)
        with pytest.raises(Rejected):
            await stage.channel.download(heard.attachments[0], tmp_path / "in")
        assert not (tmp_path / "in").exists()

    async def test_a_file_that_is_not_there_any_more_is_refused(self, stage: Stage):
        if not stage.channel.abilities.files:
            pytest.skip("does not apply: no files")
        gone = Message("Đây", files=(File("no-such-key", "a.docx", "application/msword"),))
        with pytest.raises(Rejected):
            await stage.send(gone)

    async def test_nothing_to_say_is_refused_not_sent(self, stage: Stage):
        if "down" not in stage.can:
            pytest.skip("does not apply: anything can be shown here")
        with pytest.raises(Rejected):
            await stage.send(Message(" \n "))

    async def test_a_busy_platform_says_when_to_come_again(self, stage: Stage):
        if "busy" not in stage.can:
            pytest.skip("does not apply: never busy")
        await stage.upset("busy")
        with pytest.raises(TryLater) as error:
            await stage.send(Message("Xin chào"))
        assert error.value.after == timedelta(seconds=7)
        assert not error.value.perhaps_sent
        await stage.send(Message("Xin chào"))
        assert [seen.text for seen in await stage.seen(1)] == ["Xin chào"]

    async def test_a_platform_that_is_down_is_tried_again_later(self, stage: Stage):
        if "down" not in stage.can:
            pytest.skip("does not apply: never down")
        await stage.upset("down")
        with pytest.raises(TryLater):
            await stage.send(Message("Xin chào"))
        await stage.send(Message("Xin chào"))
        assert [seen.text for seen in await stage.seen(1)] == ["Xin chào"]

    async def test_a_person_who_left_is_told_apart(self, stage: Stage):
        if "gone" not in stage.can:
            pytest.skip("does not apply: nobody leaves")
        await stage.upset("gone")
        with pytest.raises(PersonGone):
            await stage.send(Message("Xin chào"))

    async def test_what_is_reported_twice_has_one_id(self, stage: Stage):
        if "repeat" not in stage.can:
            pytest.skip("does not apply: nothing is reported twice")
        await stage.say("một lần")
        await stage.hears(1)
        await stage.repeat()
        first, second = await stage.hears(2)
        assert first.id == second.id

    async def test_after_close_nothing_is_heard_and_it_ends_soon(self, stage: Stage):
        await stage.say("trước")
        await stage.hears(1)
        async with asyncio.timeout(5):
            await stage.channel.close()
        await stage.say("sau")
        await asyncio.sleep(0.1)
        assert [incoming.text for incoming in stage.heard] == ["trước"]
