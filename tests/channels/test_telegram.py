import asyncio
import logging
from contextlib import asynccontextmanager

import pytest

from bot.chat import Message
from bot.errors import Rejected, TryLater
from tests.botapi.person import Person
from tests.botapi.server import TOKEN
from tests.channels.demands import YES_NO, Demands
from tests.channels.telegram_stage import TelegramStage, until


class TestPolling(Demands):
    @pytest.fixture
    async def stage(self, tmp_path):
        async with TelegramStage(tmp_path) as stage:
            yield stage


class TestWebhook(Demands):
    @pytest.fixture
    async def stage(self, tmp_path):
        async with TelegramStage(tmp_path, "webhook") as stage:
            yield stage


async def test_two_hundred_people_are_answered_each_in_order(tmp_path):
    async with TelegramStage(tmp_path, "polling") as stage:

        async def echo(incoming):
            answer = Message(f"✓ {incoming.text or incoming.button}", YES_NO)
            await stage.channel.send(incoming.sender, answer, incoming.id)

        stage.instead = echo
        people = [Person(stage.api, 10_000 + number) for number in range(200)]

        async def talk(person):
            for number in range(3):
                await person.say(f"câu {number}")
            await person.reads(3, 60)
            await person.press("Đúng")
            await person.reads(1, 60)
            return [bubble.text for bubble in person.answers]

        answers = await asyncio.gather(*(talk(person) for person in people))
        assert all(each == ["✓ câu 0", "✓ câu 1", "✓ câu 2", "✓ q1:yes"] for each in answers)
        await until(lambda: not stage.api.queries)


@asynccontextmanager
async def everything_logged(caplog):
    caplog.set_level(logging.DEBUG)
    loop = asyncio.get_running_loop()
    loop.set_debug(True)
    yield
    loop.set_debug(False)


async def test_the_token_is_in_no_log_line_and_no_error(caplog, capsys, tmp_path):
    errors = []
    async with everything_logged(caplog), TelegramStage(tmp_path) as stage:
        file = stage.file("a.docx", b"word", "application/msword")
        await stage.send(Message("Xin chào", YES_NO, files=(file,)), "0")
        for fault in (
            {"cut": "before"},
            {"status": 404, "body": f"The requested URL /bot{TOKEN}/sendMessage was not found"},
            {"status": 400, "description": "Bad Request: x"},
            {"status": 301, "body": "moved"},
            {"body": f"/bot{TOKEN}/sendMessage"},
        ):
            for method in ("sendMessage", "sendDocument"):
                stage.api.fail(method, **fault)
                message = Message("Xin chào", files=(file,) if method == "sendDocument" else ())
                with pytest.raises((TryLater, Rejected)) as error:
                    await stage.send(message, "1")
                errors.append(error.value)
        await stage.send_document("a.bin", b"x" * 1000)
        (heard,) = await stage.hears(1)
        stage.api.fail("download", cut="before", times=2)
        with pytest.raises(TryLater) as error:
            await stage.channel.download(heard.attachments[0], tmp_path / "in")
        errors.append(error.value)
        await stage.api.stop()
        with pytest.raises(TryLater) as error:
            await stage.send(Message("Xin chào"))
        errors.append(error.value)
        await asyncio.sleep(1.2)
        told = [repr(stage.channel), repr(stage.channel._account), repr(stage.channel._bot)]
    for error in errors:
        while error:
            told += [str(error), repr(error)]
            error = error.__cause__ or error.__context__
    told += [caplog.text, *capsys.readouterr()]
    secret = TOKEN.partition(":")[2]
    assert [text for text in told if secret in text] == []
