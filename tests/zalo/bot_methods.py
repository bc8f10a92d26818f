"""What each method of the Bot Platform does. A name that is not here is answered with 404."""

import asyncio
import io
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import aiohttp
from PIL import Image, UnidentifiedImageError

from tests.botapi.incoming import ApiError, Arguments

if TYPE_CHECKING:
    from tests.zalo.bot_server import Chat, ZaloBotApi

TEXT_LIMIT = 2000

Answer = dict[str, Any]  # what stands beside ``ok``


def bad_request(why: str) -> ApiError:
    return ApiError(400, f"Bad request: {why}")


async def get_me(api: "ZaloBotApi", arguments: Arguments) -> Answer:
    me = {"id": api.id, "account_name": "bot.VDKyGxQvc", "display_name": "Bot Bao Cao",
          "account_type": "BASIC", "can_join_groups": False}  # fmt: skip
    return {"result": {"id": api.id} if api.knobs.bare else me}


async def get_updates(api: "ZaloBotApi", arguments: Arguments) -> Answer:
    return await api.updates.poll(arguments.number("timeout", 30))


async def set_webhook(api: "ZaloBotApi", arguments: Arguments) -> Answer:
    url, secret = arguments.text("url"), arguments.text("secret_token")
    if api.webhook_sets >= api.knobs.sets_a_day:
        raise ApiError(426, "Daily limit exceeded")
    parts = urlsplit(url)
    if parts.scheme != "https" and (api.knobs.https_only or parts.scheme != "http"):
        raise bad_request("The url must start with https://")
    if not 8 <= len(secret) <= 256:
        raise bad_request("The secret_token must be between 8 and 256 characters")
    api.webhook_sets += 1
    await api.updates.set_webhook(url, secret)
    result: dict[str, Any] = {"url": url, "updated_at": api.updates.updated_at}
    verification = await api.updates.verify()
    return {"result": result if api.knobs.bare else result | {"verification": verification}}


async def delete_webhook(api: "ZaloBotApi", arguments: Arguments) -> Answer:
    if not api.updates.url and api.knobs.bare:  # sources disagree
        raise bad_request("The webhook is not set")
    await api.updates.set_webhook("", "")
    return {"result": {"url": "", "updated_at": api.updates.updated_at}}


async def get_webhook_info(api: "ZaloBotApi", arguments: Arguments) -> Answer:
    if not api.updates.url:
        raise ApiError(404, "Not Found")
    told = {"url": api.updates.url, "updated_at": api.updates.updated_at}
    return {"result": told, "error_code": 0}


async def send_message(api: "ZaloBotApi", arguments: Arguments) -> Answer:
    chat = _chat(api, arguments)
    text = arguments.text("text")
    if not text.strip():
        raise bad_request("The text must not be empty")
    _check_length(api, text, "text")
    return _sent(api, chat, text)


async def send_photo(api: "ZaloBotApi", arguments: Arguments) -> Answer:
    chat = _chat(api, arguments)
    photo, caption = arguments.text("photo"), arguments.text("caption")
    if not photo:  # also when it was uploaded
        raise bad_request("The photo must not be empty")
    if not photo.startswith(("http://", "https://")):
        raise bad_request("The photo must start with http:// or https://")
    _check_length(api, caption, "caption")
    content = await _fetched(photo)
    if content is None:
        raise bad_request("The photo URL is invalid")
    answer = _sent(api, chat, caption, content)
    api.in_background(_fetch_again(api, photo))
    return answer


async def send_chat_action(api: "ZaloBotApi", arguments: Arguments) -> Answer:
    _chat(api, arguments)
    if arguments.text("action") != "typing":
        raise bad_request("The action is invalid")
    return {}


async def send_sticker(api: "ZaloBotApi", arguments: Arguments) -> Answer:
    return _sent(api, _chat(api, arguments), f"[sticker {arguments.text('sticker')}]")


METHODS: dict[str, Callable[["ZaloBotApi", Arguments], Awaitable[Answer]]] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendChatAction": send_chat_action,
    "sendSticker": send_sticker,
}


def _chat(api: "ZaloBotApi", arguments: Arguments) -> "Chat":
    chat_id = arguments.text("chat_id")
    if not chat_id:
        raise bad_request("The chat_id must not be empty")
    chat = api.chats.get(chat_id)
    if chat is None and api.knobs.writes_to_strangers:
        chat = api.chat(chat_id)
    if chat is None or not (chat.has_written or api.knobs.writes_to_strangers):
        raise bad_request("The chat_id is invalid")
    if list(api.chats).index(chat_id) >= api.knobs.most_people:
        raise bad_request("The bot has too many users")
    return chat


def _check_length(api: "ZaloBotApi", text: str, name: str) -> None:
    utf16 = api.knobs.count == "utf-16"
    if (len(text.encode("utf-16-le")) // 2 if utf16 else len(text)) > TEXT_LIMIT:
        raise bad_request(f"The {name} is too long")


def _sent(api: "ZaloBotApi", chat: "Chat", text: str, photo: bytes = b"") -> Answer:
    if api.knobs.quota and api.sent >= api.knobs.quota:
        raise ApiError(429, "Quota exceeded")
    api.sent += 1
    message_id = api.next_id()
    chat.tell(message_id, text, photo)
    return {"result": {"message_id": message_id, "date": int(time.time() * 1000)}}


async def _fetched(url: str) -> bytes | None:
    """Return the picture at an address, or None when it is none."""
    try:
        async with (
            aiohttp.ClientSession() as session,
            session.get(url, timeout=aiohttp.ClientTimeout(10)) as response,
        ):
            content = await response.read()
        if response.status != 200:
            return None
        with Image.open(io.BytesIO(content)) as image:
            image.verify()
    except (aiohttp.ClientError, TimeoutError, UnidentifiedImageError, OSError):
        return None
    return content


async def _fetch_again(api: "ZaloBotApi", url: str) -> None:
    """The person's phone wants it as well: one that is gone by then is shown black."""
    await asyncio.sleep(api.refetch_seconds)
    if await _fetched(url) is None:
        api.black.append(url)
