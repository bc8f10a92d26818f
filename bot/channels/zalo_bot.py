"""The Zalo Bot Platform: one channel of the bot, free and small (50 people, 3,000 messages).

No buttons, no files, nothing can be changed once it is said: choices are numbered, documents go
as links. Pictures are shown, which Zalo fetches itself.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from pathlib import Path

import structlog
from aiohttp.web import UrlDispatcher

from bot.channels.calling import CallFailed
from bot.channels.fitting import fit, link_files, takes
from bot.channels.zalo_bot_http import Account, Calls
from bot.channels.zalo_bot_listening import WEBHOOK_PATH, Listener
from bot.channels.zalo_bot_outgoing import (
    Bubble,
    Rests,
    plan,
    put,
    to_send_error,
    without_picture,
)
from bot.channels.zalo_bot_photos import Photos
from bot.channels.zalo_bot_updates import CHANNEL
from bot.chat import Abilities, Address, Attachment, File, FilePath, Message, Receive
from bot.errors import Rejected

log = structlog.get_logger(__name__)

PARTLY_SENT_MEMORY = 1000

Link = Callable[[Address, File], Awaitable[str]]
"""Gives a whole address of a file that somebody may open several times, for some days."""

Count = Callable[[str, int], Awaitable[None]]
"""Notes that so many messages went "in" or "out", for the month's limit."""


class ZaloBot:
    """The channel. Zalo may be down for as long as it likes, also at the start."""

    name = CHANNEL

    def __init__(self, account: Account, file_path: FilePath, link: Link, count: Count) -> None:
        account.check()
        self.abilities = Abilities(
            pictures=True,
            text_limit=1800,  # of 2000; nobody says how they are counted
            month_limit=account.month_limit,
            download_bytes=5_000_000,
        )
        self._mode = account.mode
        self._file_path = file_path
        self._link = link
        self._count = count
        self._calls = Calls(account, connections=50)
        self._polling = Calls(account, connections=2)
        self._photos = Photos(account)
        self._listener = Listener(account, self._calls, self._polling, self._note)
        self._rests = Rests()
        self._unsent: OrderedDict[str, tuple[Bubble, ...]] = OrderedDict()  # key -> what is left

    async def open(self, receive: Receive, routes: UrlDispatcher) -> None:
        """Start listening, and return at once."""
        for pool in (self._calls, self._polling, self._photos):
            await pool.open()
        if self._mode == "webhook":
            routes.add_post(WEBHOOK_PATH, self._listener.on_webhook)
        self._listener.start(receive)

    async def close(self) -> None:
        """Stop listening; what has been fetched is received first."""
        await self._listener.stop()
        for pool in (self._calls, self._polling, self._photos):
            await pool.close()

    async def send(self, to: Address, message: Message, key: str) -> str:
        """See Channel. A message that went out in part goes on where it stopped."""
        left = self._unsent.pop(key, ())
        bubbles = left or await self._plan(to, message)
        begun, sent = bool(left), ""
        while bubbles:
            try:
                sent = await put(self._calls, to.id, bubbles[0])
            except CallFailed as failed:
                if bubbles[0].picture and failed.status == 400 and failed.says("photo"):
                    log.warning("zalo-bot: a picture goes as a link", reason=str(failed))
                    bubbles = (*without_picture(bubbles[0], self.abilities), *bubbles[1:])
                    continue
                if begun:
                    self._keep_for_later(key, bubbles)
                raise to_send_error(failed, self._rests) from failed
            self._rests.over()
            begun = True
            bubbles = bubbles[1:]
            await self._note("out", 1)
        return sent

    async def download(self, attachment: Attachment, target: Path) -> None:
        """See Channel. Of what Zalo only says that it was there nothing can be had."""
        if attachment.kind != "photo":
            raise Rejected(f"{attachment.kind}: Zalo does not give it to bots")
        await self._photos.save(attachment.ref, target, self.abilities.download_bytes)

    async def _plan(self, to: Address, message: Message) -> tuple[Bubble, ...]:
        pictures: list[tuple[File, str]] = []
        links: dict[File, str] = {}
        for file in message.files:
            size = await self._size(file)
            address = await self._link(to, file)
            if takes(self.abilities, file, size):
                pictures.append((file, address))
            else:
                links[file] = address
        parts = fit(link_files(message, links), self.abilities)
        bubbles = plan([part.text for part in parts], pictures)
        if not bubbles:
            raise Rejected("nothing to say")
        return bubbles

    async def _size(self, file: File) -> int:
        """Return a file's size in bytes; a link to a file that is not there helps nobody."""
        path = await self._file_path(file)
        try:
            return (await asyncio.to_thread(path.stat)).st_size
        except OSError as error:
            raise Rejected(f"{file.name} is not there any more") from error

    def _keep_for_later(self, key: str, bubbles: tuple[Bubble, ...]) -> None:
        self._unsent[key] = bubbles
        if len(self._unsent) > PARTLY_SENT_MEMORY:
            self._unsent.popitem(last=False)

    async def _note(self, kind: str, messages: int) -> None:
        """Count, and never fail: a message that is counted wrong has been sent all the same."""
        try:
            await self._count(kind, messages)
        except Exception:
            log.exception("zalo-bot: a message was not counted")
