"""The vocabulary of a talk: who speaks, what is said, and what a channel must be able to do."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from aiohttp.web import UrlDispatcher


@dataclass(frozen=True, slots=True)
class Address:
    """One account of somebody on one channel."""

    channel: str  # Channel.name
    id: str  # the channel's own id of the private chat


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something sent beside or instead of text, not yet downloaded."""

    kind: str  # "photo", "file", "contact", "voice", "video", "sticker", "location", "unseen"
    ref: str  # what Channel.download needs to get it; for a contact its phone number
    name: str = ""
    mime: str = ""
    size: int = 0  # bytes as the platform says; 0 when it does not say
    own: bool = False  # a contact: it is the sender's own number
    via: str = ""  # the channel that has it, where it did not come by the sender's own


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing a person said, or one button they pressed."""

    id: str  # the channel's own; the same id twice is answered once
    sender: Address
    at: datetime
    text: str = ""  # what was typed, or the caption under an attachment
    button: str = ""  # Choice.token of the pressed button
    pressed: str = ""  # the channel's id of the message that carried the button
    start: str = ""  # payload of the link by which the person came (an invitation code)
    attachments: tuple[Attachment, ...] = ()
    album: str = ""  # the same for all parts of one album; parts may come late, in any order
    order: int = 0  # the place among the parts of an album (the platform's message number)
    sender_name: str = ""
    blocked: bool | None = None  # True: the person has just blocked the bot; False: unblocked


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to answer with one tap. A channel without buttons numbers the choices."""

    label: str
    token: str  # at most 64 bytes of ASCII; names its question, so that an old button is known
    url: str = ""  # opens this page instead of sending the token
    way: bool = False  # a way on (skip, back, later), not an answer: never numbered


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes with a message."""

    key: str  # as kept in the file store
    name: str  # what the person sees, e.g. "Bao-cao-….docx"
    mime: str


@dataclass(frozen=True, slots=True)
class Template:
    """What a message is about, for where only registered texts may go: bot.channels.zalo_oa."""

    name: str  # "reminder" or "news"
    values: tuple[tuple[str, str], ...]  # parameter and value, as docs/zalo.md registers them


@dataclass(frozen=True, slots=True)
class Message:
    """One thing the bot says. Plain text; every channel shows it the same way as far as it can."""

    text: str
    choices: tuple[Choice, ...] = ()
    strong: str = ""  # the part of ``text`` to emphasise where the channel can (the question)
    files: tuple[File, ...] = ()  # images are shown as pictures, everything else as documents
    replaces: str = ""  # Incoming.pressed: change that message instead, where the channel can
    multiple: bool = False  # the choices toggle; a channel may lay them out as check boxes
    fresh: str = ""  # to be written anew just before it is sent, from this: bot.reminders
    template: Template | None = None  # says it in short where free text may not go


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a channel can do: data for those who fit a message to it, never a branch on its name."""

    buttons: int = 0  # most buttons under one message; 0: choices are numbered in the text
    button_label: int = 0  # longest label of a button, in characters
    numbered: bool = False  # the choices are numbered in the text, also where there are buttons
    files: bool = False  # documents go out as files; else as links
    pictures: bool = False  # pictures are shown; else they go the way of documents
    file_kinds: tuple[str, ...] = ()  # endings of the documents it takes (".docx"); empty: any
    edit: bool = False
    text_limit: int = 4096  # longest text of one message, in UTF-16 units
    month_limit: int = 0  # messages a month that the platform allows; 0: no limit
    file_bytes: int = 50_000_000
    download_bytes: int = 20_000_000  # largest file that a person can send


@dataclass(frozen=True, slots=True)
class Way:
    """One more way to the bot than its web address, for invitations."""

    name: str  # as people call it: Zalo
    url: str  # with {code} in it where the link brings the code along

    @property
    def brings_code(self) -> bool:
        """Whether opening the link is enough; else the person types BATDAU and the code."""
        return "{code}" in self.url

    def link(self, code: str) -> str:
        """Return the link for an invitation."""
        return self.url.replace("{code}", code)


def read_incoming(stored: dict[str, Any]) -> Incoming:
    """Return the Incoming that was stored as JSON."""
    return Incoming(
        **{
            **stored,
            "sender": Address(**stored["sender"]),
            "at": datetime.fromisoformat(stored["at"]),
            "attachments": tuple(Attachment(**part) for part in stored["attachments"]),
        }
    )


def read_message(stored: dict[str, Any]) -> Message:
    """Return the Message that was stored as JSON."""
    return Message(
        **{
            **stored,
            "choices": tuple(Choice(**choice) for choice in stored["choices"]),
            "files": tuple(File(**file) for file in stored["files"]),
            "template": _read_template(stored.get("template")),
        }
    )


def _read_template(stored: dict[str, Any] | None) -> Template | None:
    if stored is None:
        return None
    return Template(stored["name"], tuple((name, value) for name, value in stored["values"]))


ANNOUNCED = "template:"
"""How the id begins of a message of which the channel has said only what its template says."""

Receive = Callable[[Incoming], Awaitable[None]]
"""Returns when the incoming message is committed, and only then may the platform be told."""

FilePath = Callable[[File], Awaitable[Path]]
"""Where a file lies on this machine, to be read only; it is made or fetched when it must be."""


class Channel(Protocol):
    """One way to reach people. To add one: write this class, and list it in bot/app.py."""

    name: str
    abilities: Abilities

    async def open(self, receive: Receive, routes: UrlDispatcher) -> None:
        """Start passing what people say to ``receive``: poll, or add web routes.

        Returns at once also when the platform is down; keeps trying by itself.
        """

    async def send(self, to: Address, message: Message, key: str) -> str:
        """Deliver ``message`` and return the channel's id for it.

        ``key`` is the same for each try of one message. A message longer than one of the
        channel's is split; the choices go under the last part.

        Raises:
            TryLater: the channel is busy or down; ``after`` says how long to wait.
            Rejected: it will never take this message.
            Unreachable: the person cannot be reached here for some time.
            PersonGone: the person cannot be reached here any more.
        """

    async def download(self, attachment: Attachment, target: Path) -> None:
        """Stream what somebody sent to the file ``target``, never more than the channel's limit.

        Raises:
            TryLater: not now.
            Rejected: never (expired, or bigger than ``abilities.download_bytes``).
        """

    async def close(self) -> None:
        """Stop listening. Sending after this is an error."""
