"""What Telegram reports, in the words of bot/chat.py.

Works on plain JSON: one update that python-telegram-bot cannot read would lose its whole batch.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.channels.calling import clean
from bot.chat import Address, Attachment, Incoming

CHANNEL = "telegram"
WANTED = ("message", "callback_query", "my_chat_member")  # an edited text is not a new answer

Json = Mapping[str, Any]


def to_incoming(update: Json, now: datetime) -> Incoming | None:
    """Return what a person said or did, or None when it is nothing to this bot.

    Only private chats: a bot that was added to a group keeps silent there.

    Raises:
        KeyError, TypeError, ValueError: this is not an update of the Bot API.
    """
    if "message" in update:
        return _message(update["message"])
    if "callback_query" in update:
        return _press(update["callback_query"], now)
    if "my_chat_member" in update:
        return _membership(update["update_id"], update["my_chat_member"])
    return None


def query_id(update: Json) -> str:
    """Return the id under which a button press must be answered, or nothing."""
    return str(update.get("callback_query", {}).get("id", ""))


def who(update: Json) -> int:
    """Return whose update it is; those of one person must stay in order."""
    try:
        return next(int(update[kind]["from"]["id"]) for kind in WANTED if kind in update)
    except (KeyError, StopIteration, TypeError, ValueError):
        return 0


def _message(message: Json) -> Incoming | None:
    sender = _sender(message)
    attachments = tuple(_attachments(message))
    text = clean(message.get("text") or message.get("caption") or "")
    if sender is None or not (text or attachments):
        return None
    command, _, payload = text.partition(" ")
    starts = command == "/start"
    return Incoming(
        id=f"m{sender.id}.{message['message_id']}",
        sender=sender,
        at=datetime.fromtimestamp(message["date"], UTC),
        text=command if starts else text,
        start=payload.strip() if starts else "",
        attachments=attachments,
        album=str(message.get("media_group_id", "")),
        order=message["message_id"],
        sender_name=_name(message["from"]),
    )


def _press(query: Json, now: datetime) -> Incoming | None:
    message = query.get("message", {})
    sender = _sender(message)
    if sender is None or "data" not in query:
        return None
    return Incoming(
        id=f"c{query['id']}",
        sender=sender,
        at=now,
        button=clean(query["data"]),
        pressed=str(message["message_id"]),
        sender_name=_name(query["from"]),
    )


def _membership(update_id: int, change: Json) -> Incoming | None:
    sender = _sender(change)
    if sender is None:
        return None
    return Incoming(
        id=f"u{update_id}",
        sender=sender,
        at=datetime.fromtimestamp(change["date"], UTC),
        sender_name=_name(change["from"]),
        blocked=change["new_chat_member"]["status"] in ("kicked", "left"),
    )


def _sender(message: Json) -> Address | None:
    chat = message.get("chat", {})
    return Address(CHANNEL, str(chat["id"])) if chat.get("type") == "private" else None


def _name(user: Json) -> str:
    return clean(" ".join(filter(None, (user.get("first_name"), user.get("last_name")))))


def _attachments(message: Json) -> list[Attachment]:
    for kind, read in READERS.items():
        if kind in message:
            return [read(message[kind], message)]
    return []


def _photo(sizes: Any, message: Json) -> Attachment:
    largest = max(sizes, key=lambda size: size["width"] * size["height"])
    return Attachment("photo", largest["file_id"], "", "image/jpeg", largest.get("file_size", 0))


def _contact(contact: Any, message: Json) -> Attachment:
    own = contact.get("user_id") == message["from"]["id"]
    return Attachment("contact", contact["phone_number"], _name(contact), own=own)


def _location(location: Any, message: Json) -> Attachment:
    # The order and the separator are those of a geopoint in XForms.
    return Attachment("location", f"{location['latitude']} {location['longitude']}")


def _file(kind: str) -> Callable[[Any, Json], Attachment]:
    def read(file: Any, message: Json) -> Attachment:
        return Attachment(
            kind,
            file.get("file_id", ""),
            clean(file.get("file_name", "")),
            file.get("mime_type", ""),
            file.get("file_size", 0),
        )

    return read


# In this order: an animation also comes as a document, a venue also as a location.
# What no answer can be made of counts as a sticker, so that it is answered with a hint.
READERS: dict[str, Callable[[Any, Json], Attachment]] = {
    "photo": _photo,
    "animation": _file("video"),
    "document": _file("file"),
    "contact": _contact,
    "location": _location,
    "voice": _file("voice"),
    "audio": _file("voice"),
    "video": _file("video"),
    "video_note": _file("video"),
    "sticker": _file("sticker"),
    "dice": _file("sticker"),
    "poll": _file("sticker"),
    "story": _file("sticker"),
    "game": _file("sticker"),
}
