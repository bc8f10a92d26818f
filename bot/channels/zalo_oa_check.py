"""What ``python -m bot check`` says of the Official Account."""

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.channels.finding import Finding
from bot.channels.zalo_oa_errors import CallFailed, to_send_error
from bot.channels.zalo_oa_http import Account, Calls, Json
from bot.channels.zalo_oa_tokens import Tokens, TokenShelf
from bot.errors import OperatorNeeded, SendError

TEMPLATES = ("reminder", "news")


async def check(
    account: Account, tokens: TokenShelf, clock: Callable[[], datetime]
) -> list[Finding]:
    """Say whether the account can be used: the settings, the token, what Zalo says of it.

    Uses the kept tokens, and renews them where that is due: a refresh token works only once.
    """
    missing = list(_missing(account))
    if missing:
        return missing
    calls = Calls(account, clock)
    calls.open()
    shared = Tokens(account, calls, tokens, clock)
    try:
        told = await shared.using(lambda token: calls.get("/v2.0/oa/getoa", token))
    except CallFailed as failed:
        return [_trouble(to_send_error(failed, clock()))]
    except SendError as error:
        return [_trouble(error)]
    finally:
        await shared.close()
        await calls.close()
    return list(_told(account, told))


def _missing(account: Account) -> Iterator[Finding]:
    if not account.app_secret:
        yield Finding("oa-check-no-app-secret")
    if not account.oa_secret_key:
        yield Finding("oa-check-no-secret-key")


def _trouble(error: SendError) -> Finding:
    needed = isinstance(error, OperatorNeeded)
    return Finding("oa-check-refused" if needed else "oa-check-down", {"reason": str(error)})


def _told(account: Account, told: Json) -> Iterator[Finding]:
    name = str(told.get("name", ""))
    package = str(told.get("package_name") or "–")
    yield Finding("oa-check-ok", {"name": name, "package": package}, good=True)
    if not told.get("is_verified"):
        yield Finding("oa-check-not-verified", {"name": name})
    for template in TEMPLATES:
        if not account.templates.get(template):
            setting = f"BOT_ZALO_OA_TEMPLATE_{template.upper()}"
            yield Finding("oa-check-no-template", {"setting": setting})
    if (any(account.templates.values()) or account.paid_messages) and not told.get("linked_ZCA"):
        yield Finding("oa-check-no-money", {"name": name})
