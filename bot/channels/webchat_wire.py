"""What goes over the web chat's socket: JSON, read strictly and written plainly."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.chat import Address, Attachment, Choice, File, Incoming, Message

TEXT_LIMIT = 10_000  # characters that a person can send at once
_ID = re.compile(r"[\w-]{1,80}", re.ASCII)
_ALBUM_PARTS = 10

FileLink = Callable[[File], str]

Held = Callable[[str], tuple[str, int] | None]
"""What is known of an upload by the page's id for it: Attachment.ref and bytes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was said, by either side, as it stays on the page."""

    id: str  # the bot's: the key it was sent with; a person's: Incoming.id
    at: datetime
    said: Message | Incoming


def is_id(text: object) -> bool:
    """Tell whether a page may use this as an id of its own."""
    return isinstance(text, str) and _ID.fullmatch(text) is not None


def read_say(data: Mapping[str, Any], sender: Address, at: datetime, held: Held) -> Incoming:
    """Return what a page says as an Incoming.

    Raises:
        ValueError: no page of ours says such a thing.
        LookupError: an upload that it speaks of is not here, or not any more.
    """
    incoming = Incoming(
        id=_name(data, "id", needed=True),
        sender=sender,
        at=at,
        text=_text(data, "text", TEXT_LIMIT),
        button=_text(data, "button", 64),
        pressed=_name(data, "pressed"),
        start=_text(data, "start", 64),
        attachments=_attachments(data.get("attachments", []), held),
        album=_name(data, "album"),
        order=_number(data, "order"),
    )
    if not (incoming.text or incoming.button or incoming.start or incoming.attachments):
        raise ValueError("nothing said")
    return incoming


def write_entry(entry: Entry, file_link: FileLink) -> dict[str, Any]:
    """Return an entry as the page reads it."""
    head = {"id": entry.id, "at": entry.at.isoformat()}
    if isinstance(entry.said, Message):
        return head | {"who": "bot"} | _message(entry.said, file_link)
    return head | {"who": "person"} | _incoming(entry.said)


def _message(message: Message, file_link: FileLink) -> dict[str, Any]:
    return {
        "text": message.text,
        "strong": message.strong,
        "choices": [_choice(choice) for choice in message.choices],
        "multiple": message.multiple,
        "files": [
            {"name": file.name, "mime": file.mime, "url": file_link(file)} for file in message.files
        ],
        "replaces": message.replaces,
    }


def _incoming(incoming: Incoming) -> dict[str, Any]:
    return {
        "text": incoming.text,
        "button": incoming.button,
        "pressed": incoming.pressed,
        "start": bool(incoming.start),
        "album": incoming.album,
        "order": incoming.order,
        "files": [
            {
                "name": part.name,
                "mime": part.mime,
                "url": f"/chat/upload/{part.ref.rpartition('/')[2]}",
            }
            for part in incoming.attachments
        ],
    }


def _upload_url(part: Attachment) -> str:
    return "/chat/upload/" + part.ref.rpartition("/")[2]


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "label": choice.label,
        "token": choice.token,
        "url": choice.url,
        "way": choice.way,
    }


def _attachments(parts: object, held: Held) -> tuple[Attachment, ...]:
    if not isinstance(parts, list) or len(parts) > _ALBUM_PARTS:
        raise ValueError("attachments")
    return tuple(_attachment(part, held) for part in parts)


def _attachment(part: object, held: Held) -> Attachment:
    if not isinstance(part, dict):
        raise ValueError("attachments")
    upload_id = _name(part, "ref", needed=True)
    upload = held(upload_id)
    if upload is None:
        raise LookupError(upload_id)
    ref, size = upload
    mime = _text(part, "mime", 100)
    kind = "photo" if mime.startswith("image/") else "file"
    return Attachment(kind, ref, name=_text(part, "name", 200), mime=mime, size=size)


def _text(data: Mapping[str, Any], key: str, limit: int) -> str:
    value = data.get(key, "")
    if not isinstance(value, str) or len(value) > limit or "\0" in value:
        raise ValueError(key)
    return value


def _name(data: Mapping[str, Any], key: str, *, needed: bool = False) -> str:
    value = data.get(key, "")
    if not is_id(value) and (needed or value != ""):
        raise ValueError(key)
    return str(value)


def _number(data: Mapping[str, Any], key: str) -> int:
    value = data.get(key, 0)
    if not isinstance(value, int) or not 0 <= value < 2**53:
        raise ValueError(key)
    return value
