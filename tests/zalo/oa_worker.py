"""One process of several that share an Official Account: asks Zalo something when it is told to.

python -m tests.zalo.oa_worker <database url> <Zalo's url> [<refresh token> [dies]]

Says "ready", waits for a line, and says "ok <mark of the token>" or what went wrong. One that
"dies" is killed when Zalo has answered with new tokens and before they are kept.
"""

import asyncio
import os
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime

from bot.channels.zalo_oa_http import Account, Calls
from bot.channels.zalo_oa_tokens import Tokens, TokenShelf, mark
from bot.errors import SendError
from bot.oa_shelf import token_shelf
from storage.database import Database
from tests.zalo.oa_rules import APP_ID, APP_SECRET, FIRST_REFRESH_TOKEN, OA_SECRET_KEY


def now() -> datetime:
    return datetime.now(UTC)


async def die(pair: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def main(database_url: str, url: str, first: str = FIRST_REFRESH_TOKEN, how: str = "") -> str:
    account = Account(APP_ID, APP_SECRET, OA_SECRET_KEY, first, api_url=url, oauth_url=url)
    database = Database(database_url)
    await database.open()
    kept = token_shelf(database, now)
    shelf = TokenShelf(kept.load, kept.keep, kept.begin, kept.lease, kept.release)
    if how == "dies":
        shelf = replace(shelf, keep=die)
    calls = Calls(account, now)
    calls.open()
    tokens = Tokens(account, calls, shelf, now)
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    try:
        await tokens.using(lambda token: calls.get("/v2.0/oa/getoa", token))
        return f"ok {mark(await tokens.access())}"
    except SendError as error:
        return f"{type(error).__name__}: {error}"
    finally:
        await tokens.close()
        await calls.close()
        await database.close()


if __name__ == "__main__":
    print(asyncio.run(main(*sys.argv[1:])), flush=True)
