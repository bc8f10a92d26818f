"""The methods of the Bot API that a chat bot uses, with the server's own refusals."""

import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from tests.botapi import checks
from tests.botapi.incoming import ApiError, Arguments, Uploaded, bad_request
from tests.botapi.updates import USUAL, Webhook

if TYPE_CHECKING:
    from tests.botapi.server import BotApi, Chat

DOWNLOAD_BYTES = 20 * 1024 * 1024
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)

Method = Callable[["BotApi", Arguments], Awaitable[Any]]


async def get_me(api: "BotApi", arguments: Arguments) -> Any:
    return api.me | {"can_join_groups": True, "supports_inline_queries": False}


async def get_updates(api: "BotApi", arguments: Arguments) -> Any:
    _allow(api, arguments)
    limit = arguments.number("limit", 100)
    return await api.updates.poll(
        arguments.number("offset"), limit if 1 <= limit <= 100 else 100, arguments.number("timeout")
    )


async def set_webhook(api: "BotApi", arguments: Arguments) -> Any:
    url = arguments.text("url")
    secret = arguments.text("secret_token")
    if url and not url.startswith("https://" if api.https_only else "http"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    _allow(api, arguments)
    connections = min(max(arguments.number("max_connections", 40), 1), 100)
    await api.updates.set_webhook(Webhook(url, secret, connections))
    return True


async def delete_webhook(api: "BotApi", arguments: Arguments) -> Any:
    await api.updates.set_webhook(Webhook())
    return True


async def get_webhook_info(api: "BotApi", arguments: Arguments) -> Any:
    return {
        "url": api.updates.webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(api.updates),
    }


def _allow(api: "BotApi", arguments: Arguments) -> None:
    allowed = arguments.json("allowed_updates")
    if allowed is not None:
        api.updates.allowed = set(allowed) or set(USUAL)


async def send_message(api: "BotApi", arguments: Arguments) -> Any:
    chat = api.chat_to_write(arguments)
    fields = checks.text_and_entities(arguments) | checks.keyboard(arguments)
    api.count_flood(chat)
    return chat.add(fields)


async def send_photo(api: "BotApi", arguments: Arguments) -> Any:
    chat = api.chat_to_write(arguments)
    caption = checks.text_and_entities(arguments, caption=True)
    fields = _photo(api, arguments, arguments.text("photo"), "photo") | caption
    fields |= checks.keyboard(arguments)
    api.count_flood(chat)
    return chat.add(fields)


async def send_document(api: "BotApi", arguments: Arguments) -> Any:
    chat = api.chat_to_write(arguments)
    caption = checks.text_and_entities(arguments, caption=True)
    fields = _document(api, arguments, arguments.text("document"), "document") | caption
    fields |= checks.keyboard(arguments)
    api.count_flood(chat)
    return chat.add(fields)


async def send_media_group(api: "BotApi", arguments: Arguments) -> Any:
    chat = api.chat_to_write(arguments)
    media = arguments.json("media")
    if not isinstance(media, list) or not media:
        raise bad_request("there are no messages to send")
    if len(media) > 10:
        raise bad_request("too many messages to send as an album")
    if arguments.json("reply_markup"):
        raise bad_request("reply markup is not allowed in albums")
    if len({item.get("type") for item in media}) > 1 and any(
        item.get("type") not in ("photo", "video") for item in media
    ):
        raise bad_request("this media can't be mixed in an album")
    album = str(api.next_id())
    fields = [_album_item(api, arguments, item) | {"media_group_id": album} for item in media]
    api.count_flood(chat, len(fields))
    return [chat.add(item) for item in fields]


def _album_item(api: "BotApi", arguments: Arguments, item: dict[str, Any]) -> dict[str, Any]:
    kinds = {"photo": _photo, "document": _document}
    if item.get("type") not in kinds:
        raise bad_request("media type is not supported")
    caption = checks.text_and_entities(Arguments(item), caption=True)
    return kinds[item["type"]](api, arguments, str(item.get("media", "")), "") | caption


def _photo(api: "BotApi", arguments: Arguments, named: str, field: str) -> dict[str, Any]:
    uploaded = _uploaded(arguments, named, field)
    if uploaded is None:
        return {"photo": api.known_file(named, "photo")}
    width, height = checks.picture(uploaded.content)
    return {"photo": api.keep_photo(uploaded.content, width, height)}


def _document(api: "BotApi", arguments: Arguments, named: str, field: str) -> dict[str, Any]:
    uploaded = _uploaded(arguments, named, field)
    if uploaded is None:
        return {"document": api.known_file(named, "document")}
    return {"document": api.keep_document(uploaded.content, uploaded.name, uploaded.mime)}


def _uploaded(arguments: Arguments, named: str, field: str) -> Uploaded | None:
    part = named.removeprefix("attach://") if named.startswith("attach://") else field
    uploaded = arguments.files.get(part)
    if uploaded is None:
        if not named or named.startswith("attach://"):
            raise bad_request(f"there is no {field or 'media'} in the request")
        return None
    if not uploaded.content:
        raise bad_request("file must be non-empty")
    return uploaded


async def edit_message_text(api: "BotApi", arguments: Arguments) -> Any:
    chat, message = _own_message(api, arguments)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    fields = checks.text_and_entities(arguments) | checks.keyboard(arguments)
    return _changed(chat, message, fields, ("text", "entities", "reply_markup"))


async def edit_message_caption(api: "BotApi", arguments: Arguments) -> Any:
    chat, message = _own_message(api, arguments)
    if "photo" not in message and "document" not in message:
        raise bad_request("there is no caption in the message to edit")
    fields = checks.text_and_entities(arguments, caption=True) | checks.keyboard(arguments)
    return _changed(chat, message, fields, ("caption", "caption_entities", "reply_markup"))


async def edit_message_reply_markup(api: "BotApi", arguments: Arguments) -> Any:
    chat, message = _own_message(api, arguments)
    return _changed(chat, message, checks.keyboard(arguments), ("reply_markup",))


def _own_message(api: "BotApi", arguments: Arguments) -> tuple["Chat", dict[str, Any]]:
    chat = api.chat_to_write(arguments)
    message = chat.messages.get(arguments.number("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != api.me["id"]:
        raise bad_request("message can't be edited")
    return chat, message


def _changed(
    chat: "Chat", message: dict[str, Any], fields: dict[str, Any], names: tuple[str, ...]
) -> dict[str, Any]:
    if all(message.get(name) == fields.get(name) for name in names):
        raise bad_request(NOT_MODIFIED)
    kept = {name: value for name, value in message.items() if name not in names}
    return chat.change(kept | fields)


async def delete_message(api: "BotApi", arguments: Arguments) -> Any:
    chat = api.chat_to_write(arguments)
    if chat.messages.pop(arguments.number("message_id"), None) is None:
        raise bad_request("message to delete not found")
    return True


async def answer_callback_query(api: "BotApi", arguments: Arguments) -> Any:
    if not api.close_query(arguments.text("callback_query_id")):
        raise bad_request(TOO_OLD)
    return True


async def send_chat_action(api: "BotApi", arguments: Arguments) -> Any:
    api.chat_to_write(arguments)
    return True


async def set_my_commands(api: "BotApi", arguments: Arguments) -> Any:
    commands = arguments.json("commands")
    if not isinstance(commands, list) or len(commands) > 100:
        raise bad_request("can't parse commands")
    for command in commands:
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", command.get("command", "")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    api.commands = commands
    return True


async def get_my_commands(api: "BotApi", arguments: Arguments) -> Any:
    return api.commands


async def get_file(api: "BotApi", arguments: Arguments) -> Any:
    file = api.files.get(arguments.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.size > DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }


METHODS: dict[str, Method] = {
    "getme": get_me,
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "senddocument": send_document,
    "sendmediagroup": send_media_group,
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
    "answercallbackquery": answer_callback_query,
    "sendchataction": send_chat_action,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "getfile": get_file,
}


async def carry_out(api: "BotApi", method: str, arguments: Arguments) -> Any:
    if method not in METHODS:
        raise ApiError(404, "Not Found: method not found")
    return await METHODS[method](api, arguments)
