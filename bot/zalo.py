"""Zalo's two products put together from the settings; either is off without its token."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from bot.channels import zalo_bot_check, zalo_bot_http, zalo_oa_check, zalo_oa_http
from bot.channels.finding import Finding
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_oa import Contact, ZaloOA
from bot.channels.zalo_oa_tokens import TokenShelf
from bot.chat import Channel, FilePath
from bot.oa_shelf import contact_of, token_shelf
from bot.settings import Settings
from bot.usage import Usage
from bot.web.file_links import FileLinks
from storage.database import Database

BOT, OA = "zalo-bot", "zalo-oa"
_OFFICIAL_OA = "openapi.zalo.me"


def channels(
    settings: Settings,
    database: Database,
    file_path: FilePath,
    file_links: FileLinks,
    usage: Usage,
    clock: Callable[[], datetime],
) -> list[Channel]:
    """Return the channels whose tokens are set."""
    found: list[Channel] = []
    if settings.zalo_bot_token:
        count = partial(usage.count, BOT)
        found.append(ZaloBot(_bot_account(settings), file_path, file_links.link, count))
    if settings.zalo_oa_app_id:
        look = contact_of(database, OA)

        async def contact(chat_id: str) -> Contact:
            return Contact(*await look(chat_id))

        found.append(
            ZaloOA(
                account=_oa_account(settings),
                file_path=file_path,
                link=file_links.link,
                count=partial(usage.count, OA),
                counted=partial(usage.counted, OA),
                contact=contact,
                tokens=_tokens(database, clock),
                clock=clock,
            )
        )
    return found


async def check(
    settings: Settings, database: Database, clock: Callable[[], datetime]
) -> list[Finding]:
    """Try what is set: does Zalo know the tokens, and what is missing or wrong."""
    found: list[Finding] = []
    if settings.zalo_bot_token:
        found += await zalo_bot_check.check(_bot_account(settings), settings.zalo_bot_link)
    if settings.zalo_oa_app_id:
        account = _oa_account(settings)
        found += await zalo_oa_check.check(account, _tokens(database, clock), clock)
        if not settings.zalo_oa_link:
            found.append(Finding("oa-check-no-link"))
    return found


def _bot_account(settings: Settings) -> zalo_bot_http.Account:
    return zalo_bot_http.Account(
        token=settings.zalo_bot_token,
        api_url=settings.zalo_bot_api_url.rstrip("/"),
        mode=settings.zalo_bot_mode,
        webhook_secret=settings.zalo_bot_webhook_secret,
        public_url=settings.web_address,
        month_limit=settings.zalo_bot_messages,
    )


def _oa_account(settings: Settings) -> zalo_oa_http.Account:
    api = urlsplit(settings.zalo_oa_api_url)
    return zalo_oa_http.Account(
        app_id=settings.zalo_oa_app_id,
        app_secret=settings.zalo_oa_app_secret,
        oa_secret_key=settings.zalo_oa_secret_key,
        first_refresh_token=settings.zalo_oa_refresh_token,
        api_url=settings.zalo_oa_api_url.rstrip("/"),
        oauth_url=settings.zalo_oauth_url.rstrip("/"),
        zns_url=settings.zalo_zns_url.rstrip("/"),
        templates={
            "reminder": settings.zalo_oa_template_reminder,
            "news": settings.zalo_oa_template_news,
        },
        paid_messages=settings.zalo_oa_paid_messages,
        # Who puts a server of their own in Zalo's place gets the media from there, too.
        media_hosts=() if api.hostname == _OFFICIAL_OA else (api.netloc,),
    )


def _tokens(database: Database, clock: Callable[[], datetime]) -> TokenShelf:
    kept = token_shelf(database, clock)
    return TokenShelf(kept.load, kept.keep, kept.begin, kept.lease, kept.release)
