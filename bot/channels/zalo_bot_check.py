"""What ``python -m bot check`` says of the Zalo Bot Platform."""

from http import HTTPStatus

from bot.channels.calling import CallFailed
from bot.channels.finding import Finding
from bot.channels.zalo_bot_http import Account, Calls
from bot.errors import SetupError


async def check(account: Account, link: str) -> list[Finding]:
    """Say whether the bot can be used: the settings, and what Zalo says of the token.

    ``link``: the bot's address for people; empty when it is not known.
    """
    try:
        account.check()
    except SetupError as error:
        return [Finding("zalo-check-setting", {"reason": str(error)})]
    calls = Calls(account, connections=1)
    await calls.open()
    try:
        told = await calls.call("getMe", {}) or {}
    except CallFailed as failed:
        if failed.status == HTTPStatus.UNAUTHORIZED:
            return [Finding("zalo-check-token")]
        return [Finding("zalo-check-down", {"reason": str(failed)})]
    finally:
        await calls.close()
    name = str(told.get("display_name") or told.get("account_name") or told.get("id", ""))
    found = [Finding("zalo-check-ok", {"name": name, "mode": account.mode}, good=True)]
    if not account.public_url.startswith("https://"):
        found.append(Finding("zalo-check-not-https", {"address": account.public_url}))
    if not link:
        found.append(Finding("zalo-check-no-link"))
    return found
