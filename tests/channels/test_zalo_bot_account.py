"""What a Zalo bot's account must be, and that its token stays where it is."""

import asyncio
import logging
from contextlib import asynccontextmanager

import pytest

from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_bot_http import Account
from bot.chat import Message
from bot.errors import Rejected, SetupError, TryLater
from tests.channels.demands import jpeg
from tests.channels.zalo_bot_stage import SECRET, ZaloBotStage
from tests.zalo.bot_server import TOKEN, TOO_MANY
from tests.zalo.bot_updates import Knobs


def channel(stage, account):
    return ZaloBot(account, stage.file_path, stage.shelf.link, stage.count)


@pytest.mark.parametrize(
    "account",
    [
        Account(""),
        Account("1:a b"),
        Account("1:a/b"),
        Account("1:a", mode="webhook", public_url="https://bot.vn"),
        Account("1:a", mode="webhook", public_url="https://bot.vn", webhook_secret="1234567"),
        Account("1:a", mode="webhook", public_url="https://bot.vn", webhook_secret="x" * 257),
        Account("1:a", mode="webhook", public_url="https://bot.vn", webhook_secret="có dấu ở đây"),
        Account("1:a", mode="webhook", public_url="http://bot.vn", webhook_secret=SECRET),
        Account("1:a", mode="webhook", webhook_secret=SECRET),
    ],
    ids=repr,
)
def test_an_account_that_could_never_work_is_refused_at_the_start(account, tmp_path):
    with pytest.raises(SetupError):
        channel(ZaloBotStage(tmp_path), account)


def test_an_account_that_can_work_is_taken(tmp_path):
    for account in (
        Account("1:a"),
        Account("1:a", "https://bot-api.zaloplatforms.com", "webhook", SECRET, "https://bot.vn"),
        Account("1:a", "http://127.0.0.1:8082", "webhook", SECRET, "http://127.0.0.1:8080"),
    ):
        channel(ZaloBotStage(tmp_path), account)


@asynccontextmanager
async def everything_logged(caplog):
    caplog.set_level(logging.DEBUG)
    loop = asyncio.get_running_loop()
    loop.set_debug(True)
    yield
    loop.set_debug(False)


@pytest.mark.parametrize("error_http", ["status", "ok200"])
async def test_the_token_is_in_no_log_line_and_no_error(caplog, capsys, tmp_path, error_http):
    errors = []
    async with everything_logged(caplog), ZaloBotStage(tmp_path, knobs=Knobs(error_http)) as stage:
        picture = stage.file("a.jpg", jpeg(), "image/jpeg")
        await stage.send(Message("Xin chào", files=(picture,)), "0")
        for fault in (
            {"cut": "before"},
            {"status": 404, "body": f"The requested URL /bot{TOKEN}/sendMessage was not found"},
            {"status": 400, "description": f"Bad request: /bot{TOKEN}/sendMessage"},
            {"status": 301, "body": "moved"},
            {"body": f"/bot{TOKEN}/sendMessage"},
            {"status": 401, "description": "Unauthorized"},
            {"status": 429, "body": TOO_MANY},
        ):
            for method in ("sendMessage", "sendPhoto"):
                stage.api.fail(method, **fault)
                message = Message("Xin chào", files=(picture,) if method == "sendPhoto" else ())
                with pytest.raises((TryLater, Rejected)) as error:
                    await stage.send(message, "1")
                errors.append(error.value)
        stage.api.fail("getUpdates", cut="before")
        stage.refuses = 1
        await stage.send_photo(jpeg())
        (heard,) = await stage.hears(1)
        stage.api.media.statuses = [502]
        with pytest.raises(TryLater) as error:
            await stage.channel.download(heard.attachments[0], tmp_path / "in")
        errors.append(error.value)
        await stage.api.stop()
        with pytest.raises(TryLater) as error:
            await stage.send(Message("Xin chào"))
        errors.append(error.value)
        await asyncio.sleep(1.2)
        told = [repr(stage.channel), repr(stage.account)]
    for error in errors:
        while error:
            told += [str(error), repr(error)]
            error = error.__cause__ or error.__context__
    told += [caplog.text, *capsys.readouterr()]
    assert any("zalo-bot" in text for text in told)
    secret = TOKEN.partition(":")[2]
    assert [text for text in told if secret in text or SECRET in text] == []
    assert [text for text in told if stage.person.id in text or "Xin chào" in text] == []
