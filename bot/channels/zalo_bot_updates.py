"""What the Zalo Bot Platform reports, in the words of bot/chat.py.

Sources disagree on names (``photo_url`` or ``photo``) and on the wrapping, and most fields may be
missing, so a message is understood by what is in it; its event's name only says what it is not.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.channels.calling import clean
from bot.chat import Address, Attachment, Incoming

CHANNEL = "zalo-bot"
LINKS = ("link", "url", "href")

Json = Mapping[str, Any]


def unwrap(body: object) -> Json | None:
    """Return the update in what was posted to the webhook: wrapped (as documented) or flat."""
    if not isinstance(body, dict):
        return None
    inner = body.get("result")
    if body.get("ok") is True and inner:
        return inner if isinstance(inner, dict) else None
    return body


def message_id(update: Json) -> str:
    """Return the id under which an update is known, or nothing."""
    message = update.get("message")
    return str(message.get("message_id") or "") if isinstance(message, dict) else ""


def who(update: Json) -> str:
    """Return whose update it is; those of one person must stay in order."""
    try:
        return str(update["message"]["chat"]["id"])
    except (KeyError, TypeError):
        return ""


def to_incoming(update: Json, now: datetime) -> Incoming | None:
    """Return what a person said, or None when it is nothing to this bot.

    Only private chats; not what the bot itself has said, nor a reaction.

    Raises:
        AttributeError, KeyError, TypeError, ValueError: this is not an update.
    """
    event = str(update.get("event_name") or "")
    message = update.get("message")
    if not message or "reaction" in event:
        return None
    sender = _sender(message)
    text = _text(message, event)
    attachments = _attachments(message, event, text)
    if sender is None or not (text or attachments):
        return None
    command, _, payload = text.partition(" ")
    starts = command == "/start"
    return Incoming(
        id=str(message["message_id"]),
        sender=sender,
        at=_when(message.get("date"), now),
        text=command if starts else text,
        start=payload.strip() if starts else "",
        attachments=attachments,
        sender_name=clean(str((message.get("from") or {}).get("display_name") or "")),
    )


def _sender(message: Json) -> Address | None:
    chat = message["chat"]
    author = message.get("from") or {}
    if chat.get("chat_type", "PRIVATE") != "PRIVATE" or author.get("is_bot"):
        return None
    # In a private chat a person has the chat's id; anybody else there is the bot itself.
    if str(author.get("id") or chat["id"]) != str(chat["id"]):
        return None
    return Address(CHANNEL, str(chat["id"]))


def _text(message: Json, event: str) -> str:
    said = message.get("text") or message.get("caption") or ""
    if not said and "link" in event:
        said = next((message[name] for name in LINKS if isinstance(message.get(name), str)), "")
    return clean(said)


def _attachments(message: Json, event: str, text: str) -> tuple[Attachment, ...]:
    for name in ("photo_url", "photo"):
        if photo := message.get(name):
            return (Attachment("photo", str(photo)),)
    if voice := message.get("voice_url"):
        return (Attachment("voice", str(voice)),)
    if message.get("sticker") or "sticker" in event:
        return (Attachment("sticker", str(message.get("sticker") or "")),)
    if text and "unsupported" not in event:
        return ()
    return (Attachment("unseen", ""),) if event.endswith(".received") else ()


def _when(date: object, now: datetime) -> datetime:
    """Read a time in milliseconds. A message whose time makes no sense was said now."""
    try:
        return datetime.fromtimestamp(int(str(date)) / 1000, UTC)
    except (OverflowError, OSError, ValueError):
        return now
