"""A refresh token works once: whatever happens, it is used once, and the new pair is not lost."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.channels.zalo_oa_check import check
from bot.channels.zalo_oa_http import TOKEN_SECONDS, Calls
from bot.channels.zalo_oa_tokens import LEASE, Tokens, TokenShelf, mark
from bot.chat import Address, Message
from bot.errors import OperatorNeeded, TryLater
from bot.oa_shelf import token_shelf
from bot.texts import texts
from storage.database import Database
from tests.channels.zalo_oa_stage import Drawer, OaStage, account
from tests.zalo.oa_person import Person
from tests.zalo.oa_rules import FIRST_REFRESH_TOKEN
from tests.zalo.oa_server import OaServer


@pytest.fixture
async def zalo() -> AsyncIterator[OaServer]:
    async with OaServer() as zalo:
        yield zalo


@asynccontextmanager
async def tokens_of(zalo: OaServer, shelf: TokenShelf, **more) -> AsyncIterator[Tokens]:
    calls = Calls(account(zalo, **more), zalo.clock)
    calls.open()
    tokens = Tokens(account(zalo, **more), calls, shelf, zalo.clock)
    try:
        yield tokens
    finally:
        await tokens.close()
        await calls.close()


def shelf_in(database: Database, clock) -> TokenShelf:
    kept = token_shelf(database, clock)
    return TokenShelf(kept.load, kept.keep, kept.begin, kept.lease, kept.release)


async def test_the_first_pair_comes_from_the_settings_and_is_kept(zalo):
    drawer = Drawer()
    async with tokens_of(zalo, drawer.shelf) as tokens:
        assert await tokens.access() == zalo.access_token
        assert await tokens.access() == zalo.access_token
    assert zalo.exchanges == 1
    async with tokens_of(zalo, drawer.shelf) as tokens:  # after a restart
        assert await tokens.access() == zalo.access_token
    assert zalo.exchanges == 1


async def test_it_is_renewed_when_four_fifths_of_its_life_are_over(zalo):
    async with tokens_of(zalo, Drawer().shelf) as tokens:
        await tokens.access()
        zalo.clock.turn(hours=19.9)
        await tokens.access()
        assert zalo.exchanges == 1
        zalo.clock.turn(hours=0.2)
        assert await tokens.access() == zalo.access_token
        assert zalo.exchanges == 2


async def test_a_hundred_at_once_renew_once(zalo):
    zalo.token_delay = 0.1
    async with tokens_of(zalo, Drawer().shelf) as tokens:
        got = await asyncio.gather(*(tokens.access() for _ in range(100)))
    assert set(got) == {zalo.access_token}
    assert zalo.exchanges == 1


@pytest.mark.parametrize("code", [-216, -220])
async def test_a_token_that_zalo_refuses_is_renewed_once_and_tried_once_more(tmp_path, code):
    async with OaStage(tmp_path) as stage:
        await stage.send(Message("một"), "1")
        stage.zalo.fail("cs", code=code)
        await stage.send(Message("hai"), "2")
        assert [one.text for one in stage.person.answers] == ["một", "hai"]
        assert stage.zalo.exchanges == 2
        stage.zalo.fail("cs", code=code, times=2)
        with pytest.raises(OperatorNeeded):
            await stage.send(Message("ba"), "3")
        assert stage.zalo.exchanges == 3


async def test_many_whose_token_has_died_renew_once(tmp_path):
    async with OaStage(tmp_path) as stage:
        await stage.send(Message("một"), "1")
        stage.zalo.access_token = "given out to somebody else"
        people = [Person(stage.zalo, str(7000 + number)) for number in range(20)]
        await asyncio.gather(
            *(
                stage.channel.send(Address("zalo-oa", one.id), Message("x"), one.id)
                for one in people
            )
        )
        assert stage.zalo.exchanges == 2


async def test_begun_is_noted_before_and_the_pair_is_kept_before_it_is_used(zalo):
    steps: list[str] = []
    drawer = Drawer()

    async def begin(renewal: str) -> None:
        steps.append(f"begin {zalo.exchanges}")
        await drawer.begin(renewal)

    async def keep(pair: str) -> None:
        steps.append(f"keep, {zalo.counts['getoa']} calls")
        await drawer.keep(pair)

    shelf = TokenShelf(drawer.load, keep, begin, drawer.lease, drawer.release)
    calls = Calls(account(zalo), zalo.clock)
    calls.open()
    tokens = Tokens(account(zalo), calls, shelf, zalo.clock)
    await tokens.using(lambda token: calls.get("/v2.0/oa/getoa", token))
    await calls.close()
    assert steps == ["begin 0", "keep, 0 calls"]
    assert FIRST_REFRESH_TOKEN not in drawer.begun


async def test_whoever_is_in_a_hurry_does_not_break_an_exchange(zalo):
    zalo.token_delay = 0.3
    drawer = Drawer()
    async with tokens_of(zalo, drawer.shelf) as tokens:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await tokens.access()
        assert await tokens.access() == zalo.access_token
    assert zalo.exchanges == 1
    assert len(drawer.kept) == 1


async def test_closing_waits_for_the_answer(zalo):
    zalo.token_delay = 0.2
    drawer = Drawer()
    async with tokens_of(zalo, drawer.shelf) as tokens:
        task = asyncio.create_task(tokens.access())
        await asyncio.sleep(0.05)
    assert zalo.access_token in drawer.pair
    await task


async def test_closing_does_not_wait_for_another_process(zalo):
    drawer = Drawer()
    drawer.holder = "another process"
    async with asyncio.timeout(5):
        async with tokens_of(zalo, drawer.shelf) as tokens:
            task = asyncio.create_task(tokens.access())
            await asyncio.sleep(0.3)
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (zalo.exchanges, drawer.holder) == (0, "another process")


async def test_a_pair_that_another_has_stored_is_taken_over(zalo):
    drawer = Drawer()
    async with tokens_of(zalo, drawer.shelf) as one, tokens_of(zalo, drawer.shelf) as other:
        first = await one.access()
        await other.access()
        await other.access(refused=first)  # the other renews
        assert await one.access(refused=first) == zalo.access_token
    assert zalo.exchanges == 2


async def test_while_zalo_gives_no_token_the_living_one_is_used(zalo):
    async with tokens_of(zalo, Drawer().shelf) as tokens:
        await tokens.access()
        zalo.clock.turn(hours=21)
        zalo.fail("token", status=503, times=2)
        for _ in range(3):  # Zalo is asked once, and then left alone for a while
            assert await tokens.access() == zalo.access_token
        assert zalo.counts["token"] == 2
        zalo.clock.turn(hours=5)
        with pytest.raises(TryLater) as error:
            await tokens.access()
        assert error.value.whole_channel
        assert await tokens.access() == zalo.access_token
    assert zalo.exchanges == 2


async def test_an_answer_that_was_lost_on_the_way_is_told_to_the_operator(zalo):
    zalo.fail("token", cut="after")
    async with tokens_of(zalo, Drawer().shelf) as tokens:
        with pytest.raises(TryLater) as lost:
            await tokens.access()
        assert not isinstance(lost.value, OperatorNeeded)
        assert not lost.value.perhaps_sent  # of the message nothing went
        with pytest.raises(OperatorNeeded, match="came to its end at Zalo"):
            await tokens.access()


async def test_a_token_that_was_used_elsewhere_is_told_to_the_operator_who_mends_it(zalo):
    zalo.refresh_tokens[FIRST_REFRESH_TOKEN] = True
    drawer = Drawer()
    async with tokens_of(zalo, drawer.shelf) as tokens:
        for _ in range(3):
            with pytest.raises(OperatorNeeded) as error:
                await tokens.access()
    said = str(error.value)
    assert "https://developers.zalo.me/tools/explorer" in said
    assert "BOT_ZALO_OA_REFRESH_TOKEN" in said
    assert "used elsewhere" in said
    assert zalo.counts["token"] == 1  # Zalo is not asked again and again
    new = zalo.consent()
    async with tokens_of(zalo, drawer.shelf, first_refresh_token=new) as tokens:
        assert await tokens.access() == zalo.access_token


async def test_an_unknown_refresh_token_and_a_wrong_secret(zalo):
    async with tokens_of(zalo, Drawer().shelf, first_refresh_token="nonsense") as tokens:
        with pytest.raises(OperatorNeeded, match="does not take the refresh token"):
            await tokens.access()
    async with tokens_of(zalo, Drawer().shelf, app_secret="nonsense") as tokens:
        with pytest.raises(OperatorNeeded, match="BOT_ZALO_OA_APP_SECRET"):
            await tokens.access()
    async with tokens_of(zalo, Drawer().shelf, first_refresh_token="") as tokens:
        with pytest.raises(OperatorNeeded, match="there is no refresh token yet"):
            await tokens.access()


async def test_a_new_first_token_takes_over_and_an_old_one_never_again(zalo):
    drawer = Drawer()
    async with tokens_of(zalo, drawer.shelf) as tokens:
        await tokens.access()
    new = zalo.consent()
    async with tokens_of(zalo, drawer.shelf, first_refresh_token=new) as tokens:
        assert await tokens.access() == zalo.access_token
    exchanges = zalo.exchanges
    for first in (FIRST_REFRESH_TOKEN, new, ""):  # a process with the settings of before, too
        async with tokens_of(zalo, drawer.shelf, first_refresh_token=first) as tokens:
            assert await tokens.access() == zalo.access_token
    assert zalo.exchanges == exchanges
    zalo.clock.turn(hours=24)
    async with tokens_of(zalo, drawer.shelf) as tokens:
        assert await tokens.access() == zalo.access_token
    assert zalo.exchanges == exchanges + 1


async def test_a_lease_that_nobody_gives_back_ends(zalo, database):
    await shelf_in(database, zalo.clock).lease("a process that died", LEASE)
    shelf = shelf_in(database, zalo.clock)
    async with tokens_of(zalo, shelf) as tokens:
        waiting = asyncio.create_task(tokens.access())
        await asyncio.sleep(0.5)
        assert zalo.exchanges == 0
        zalo.clock.turn(seconds=LEASE.total_seconds() + 1)
        assert await waiting == zalo.access_token
    assert timedelta(seconds=TOKEN_SECONDS) < LEASE / 2


# real processes on one database


class Worker:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    @classmethod
    async def start(cls, *arguments: str) -> "Worker":
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.zalo.oa_worker", *arguments),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdout
        assert await process.stdout.readline() == b"ready\n"
        return cls(process)

    async def go(self) -> str:
        """Let it ask, and return what it says in the end."""
        told, _ = await asyncio.wait_for(self.process.communicate(b"go\n"), 60)
        return told.decode().splitlines()[-1] if told else ""


@pytest.mark.slow
async def test_of_several_processes_one_renews_and_all_go_on(zalo, database, database_url):
    zalo.token_delay = 0.5
    workers = await asyncio.gather(*(Worker.start(database_url, zalo.url) for _ in range(3)))
    told = await asyncio.gather(*(worker.go() for worker in workers))
    assert told == [f"ok {mark(zalo.access_token)}"] * 3
    assert (zalo.exchanges, zalo.counts["token"]) == (1, 1)
    zalo.access_token = "died"  # and once more, when the kept one has died
    workers = await asyncio.gather(*(Worker.start(database_url, zalo.url) for _ in range(2)))
    told = await asyncio.gather(*(worker.go() for worker in workers))
    assert told == [f"ok {mark(zalo.access_token)}"] * 2
    assert (zalo.exchanges, zalo.counts["token"]) == (2, 2)


@pytest.mark.slow
async def test_a_process_killed_with_the_answer_in_its_hands(zalo, database, database_url):
    worker = await Worker.start(database_url, zalo.url, FIRST_REFRESH_TOKEN, "dies")
    assert await worker.go() == ""
    assert worker.process.returncode == -9
    assert zalo.exchanges == 1
    # Its lease holds on for a while, then the next process tries and says what is the matter.
    await database.write(lambda store: store.keepsakes.release("zalo_oa_tokens", _holder(store)))
    told = await (await Worker.start(database_url, zalo.url)).go()
    assert told.startswith("OperatorNeeded: ")
    assert "was stopped before it had kept the answer" in told
    assert "BOT_ZALO_OA_REFRESH_TOKEN" in told
    told = await (await Worker.start(database_url, zalo.url)).go()  # also after a restart
    assert "was stopped before it had kept the answer" in told
    told = await (await Worker.start(database_url, zalo.url, zalo.consent())).go()
    assert told == f"ok {mark(zalo.access_token)}"


def _holder(store) -> str:
    from sqlalchemy import select  # noqa: PLC0415

    from storage.tables import leases  # noqa: PLC0415

    return store.connection.execute(select(leases.c.holder)).scalar_one()


# python -m bot check


async def findings(zalo, drawer=None, **more) -> dict[str, str]:
    shelf = (drawer or Drawer()).shelf
    found = await check(account(zalo, **more), shelf, zalo.clock)
    said = texts("vi")
    return {one.key: said(one.key, **one.arguments) for one in found}


async def test_check_says_that_all_is_well(zalo):
    zalo.templates["202"] = zalo.templates["201"]
    found = await findings(zalo, templates={"reminder": "201", "news": "202"})
    assert list(found) == ["oa-check-ok"]
    assert "Phòng Văn hóa - Xã hội" in found["oa-check-ok"]
    assert "Growth" in found["oa-check-ok"]


async def test_check_says_what_is_missing(zalo):
    zalo.verified = zalo.linked_zca = False
    found = await findings(zalo)
    assert set(found) == {
        *("oa-check-ok", "oa-check-not-verified", "oa-check-no-template", "oa-check-no-money")
    }
    assert "BOT_ZALO_OA_TEMPLATE_NEWS" in found["oa-check-no-template"]
    assert set(await findings(zalo, app_secret="", oa_secret_key="")) == {
        *("oa-check-no-app-secret", "oa-check-no-secret-key")
    }


async def test_check_says_that_zalo_refuses_or_is_not_there(zalo):
    found = await findings(zalo, first_refresh_token="nonsense")
    assert "BOT_ZALO_OA_REFRESH_TOKEN" in found["oa-check-refused"]
    drawer = Drawer()
    await findings(zalo, drawer)
    await zalo.stop()
    assert list(await findings(zalo, drawer)) == ["oa-check-down"]


async def test_check_uses_the_kept_tokens(zalo):
    drawer = Drawer()
    await findings(zalo, drawer)
    await findings(zalo, drawer)
    assert zalo.exchanges == 1
