"""What Zalo reports of the Official Account, in the words of bot/chat.py."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.channels.calling import clean
from bot.channels.zalo_oa_outgoing import pressed_token
from bot.chat import Address, Attachment, Incoming

CHANNEL = "zalo-oa"

Json = Mapping[str, Any]


def to_incoming(event: Json) -> Incoming | None:
    """Return what a person said or did, or None when it is nothing to this bot.

    Echoes of what the Official Account says (oa_…), signs that something was received or seen,
    reactions, groups and people without a name (anonymous_…) are nothing.

    Raises:
        AttributeError, KeyError, TypeError, ValueError: this is not an event of Zalo's.
    """
    name = event["event_name"]
    if name in ("follow", "unfollow"):
        user = str(event["follower"]["id"])
        return _membership(event, user, blocked=name == "unfollow")
    if name == "user_click_chatnow":
        # "Nhắn tin" on the profile: nothing has been said, so nothing is answered; but it opens
        # the time in which the bot may write, as everything does that is kept.
        return _membership(event, str(event["user_id"]), blocked=False)
    if name == "user_submit_info":
        return _own_number(event)
    if name == "user_send_text":
        return _text(event)
    if name.startswith("user_send_") and not name.startswith("user_send_group"):
        return _attached(event, name.removeprefix("user_send_"))
    return None


def _text(event: Json) -> Incoming | None:
    text = clean(event["message"].get("text", ""))
    token = pressed_token(text.strip())
    command, _, code = text.partition(" ")
    if token:
        return _said(event, button=token)
    if command == "/start":
        return _said(event, text=command, start=code.strip())
    return _said(event, text=text) if text.strip() else None


def _attached(event: Json, kind: str) -> Incoming | None:
    message = event["message"]
    payloads = [one.get("payload") or {} for one in message.get("attachments", ())]
    text = clean(message.get("text", ""))
    if kind == "link":  # an address that was pasted is an answer like any other
        links = [clean(one.get("url", "")) for one in payloads]
        said = text if text and all(link in text for link in links) else " ".join((text, *links))
        return _said(event, text=said.strip()) if said.strip() else None
    read = READERS.get(kind, _unseen)
    attachments = tuple(read(payload) for payload in payloads or [{}])
    return _said(event, text=text, attachments=attachments)


def _said(event: Json, **what: Any) -> Incoming:
    user = str(event["sender"]["id"])
    return Incoming(
        id=str(event["message"]["msg_id"])[:100],
        sender=Address(CHANNEL, user),
        at=_time(event),
        **what,
    )


def _own_number(event: Json) -> Incoming:
    """Return the number that somebody has given by Zalo's own form, which Zalo has filled in."""
    user = str(event["sender"]["id"])
    said = event.get("message") or {}
    info = event.get("info") or json.loads(said["text"])  # some have seen it written there
    number = Attachment(
        "contact", str(info.get("phone", "")), clean(str(info.get("name", ""))), own=True
    )
    return Incoming(
        id=str(said.get("msg_id") or _made_id(event, user)),
        sender=Address(CHANNEL, user),
        at=_time(event),
        attachments=(number,),
        sender_name=clean(str(info.get("name", ""))),
    )


def _membership(event: Json, user: str, *, blocked: bool) -> Incoming:
    return Incoming(
        id=_made_id(event, user),
        sender=Address(CHANNEL, user),
        at=_time(event),
        blocked=blocked,
    )


def _made_id(event: Json, user: str) -> str:
    return f"{event['event_name']}+{user}+{event['timestamp']}"


def _time(event: Json) -> datetime:
    return datetime.fromtimestamp(int(event["timestamp"]) / 1000, UTC)


def _photo(payload: Json) -> Attachment:
    return Attachment("photo", str(payload["url"]))


def _file(payload: Json) -> Attachment:
    checksum = payload.get("checksum")
    return Attachment(
        "file",
        str(payload["url"]) + (f"#md5={checksum}" if checksum else ""),
        clean(str(payload.get("name", ""))),
        size=int(payload.get("size") or 0),
    )


def _location(payload: Json) -> Attachment:
    # The order and the separator are those of a geopoint in XForms.
    place = payload["coordinates"]
    return Attachment("location", f"{place['latitude']} {place['longitude']}")


def _card(payload: Json) -> Attachment:
    """Read somebody's card; the telephone number stands in a description that is JSON itself."""
    try:
        card = json.loads(payload.get("description", ""))
        return Attachment("contact", str(card["phone"]))
    except (KeyError, TypeError, ValueError):
        return Attachment("sticker", str(payload.get("url", "")))


def _other(kind: str) -> Callable[[Json], Attachment]:
    return lambda payload: Attachment(kind, str(payload.get("url", "")))


def _unseen(payload: Json) -> Attachment:
    """Return what stands for a kind of message that Zalo has learnt since this was written."""
    return Attachment("unseen", "")


# What no answer can be made of counts as a sticker, so that it is answered with a hint.
READERS: dict[str, Callable[[Json], Attachment]] = {
    "image": _photo,
    "file": _file,
    "location": _location,
    "gif": _other("video"),
    "audio": _other("voice"),
    "video": _other("video"),
    "sticker": _other("sticker"),
    "business_card": _card,
}
