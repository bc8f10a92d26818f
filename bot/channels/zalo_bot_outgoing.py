"""What the bot says, as the Zalo Bot Platform takes it: texts, and pictures by their address."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.channels.calling import CallFailed, pause
from bot.channels.fitting import fit, link_files
from bot.channels.zalo_bot_http import Calls
from bot.chat import Abilities, File, Message
from bot.errors import OperatorNeeded, Rejected, SendError, TryLater

PICTURE_SECONDS = 150.0  # Zalo fetches the picture before it answers
UNKNOWN_BOT = (
    "Zalo does not know the bot's token any more: take the new one from Zalo Bot Creator, "
    "put it into BOT_ZALO_BOT_TOKEN and start again"
)


@dataclass(frozen=True, slots=True)
class Bubble:
    """What goes out in one call: a text, or a picture with its caption."""

    text: str
    picture: File | None = None
    address: str = ""  # at which Zalo fetches the picture


def plan(texts: Sequence[str], pictures: Iterable[tuple[File, str]]) -> tuple[Bubble, ...]:
    """Put pictures (each with its address) before texts, in as few bubbles as can be."""
    bubbles = [Bubble("", picture, address) for picture, address in pictures]
    if bubbles and len(texts) == 1:
        last = bubbles.pop()
        return (*bubbles, Bubble(texts[0], last.picture, last.address))
    return (*bubbles, *(Bubble(text) for text in texts))


def without_picture(bubble: Bubble, abilities: Abilities) -> tuple[Bubble, ...]:
    """Return texts that say the same as ``bubble``, with a link to the picture."""
    if bubble.picture is None:
        return (bubble,)
    message = Message(bubble.text, files=(bubble.picture,))
    linked = link_files(message, {bubble.picture: bubble.address})
    return tuple(Bubble(part.text) for part in fit(linked, abilities))


async def put(calls: Calls, chat: str, bubble: Bubble) -> str:
    """Put one bubble into a chat and return the id of its message.

    Raises:
        CallFailed: it was refused, or there was no answer.
    """
    if bubble.picture is None:
        sent = await calls.call("sendMessage", {"chat_id": chat, "text": bubble.text})
    else:
        parameters: dict[str, Any] = {"chat_id": chat, "photo": bubble.address}
        if bubble.text:
            parameters["caption"] = bubble.text
        sent = await calls.call("sendPhoto", parameters, wait_seconds=PICTURE_SECONDS)
    return str(sent.get("message_id", "")) if isinstance(sent, dict) else ""


class Rests:
    """How long to leave the platform alone after its "too many": it does not say so itself."""

    def __init__(self) -> None:
        self._refusals = 0
        self._until = 0.0

    def over(self) -> None:
        """Note that the platform took something."""
        self._refusals = 0

    def seconds(self) -> float:
        """Note a refusal and return how long to wait. Those that come together count as one."""
        now = time.monotonic()
        if now >= self._until:
            self._refusals += 1
            self._until = now + pause(self._refusals)
        return self._until - now


def to_send_error(failed: CallFailed, rests: Rests) -> SendError:
    """Say who can put right that a call failed."""
    reason = str(failed)
    if failed.status == 429:
        seconds = failed.retry_after or rests.seconds()
        return TryLater(reason, after=timedelta(seconds=seconds), whole_channel=True)
    if failed.status == 401:
        return OperatorNeeded(UNKNOWN_BOT)
    if failed.status in (403, 408):  # 403 is the platform's "Internal server error"
        return TryLater(reason, perhaps_sent=failed.perhaps_sent)
    if 400 <= failed.status < 500:
        return Rejected(reason)
    if failed.status:
        return TryLater(reason, after=timedelta(seconds=2), perhaps_sent=failed.perhaps_sent)
    unreachable = not failed.perhaps_sent
    return TryLater(reason, whole_channel=unreachable, perhaps_sent=failed.perhaps_sent)
