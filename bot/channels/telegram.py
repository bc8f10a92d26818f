"""Telegram: one channel of the bot. Listens by polling or webhook, and sends what is said."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import structlog
from aiohttp.web import UrlDispatcher
from telegram import Bot

from bot.channels.fitting import fit
from bot.channels.telegram_http import Account, CallFailed, Calls
from bot.channels.telegram_listening import WEBHOOK_PATH, Listener
from bot.channels.telegram_outgoing import (
    PHOTO_BYTES,
    PICTURES,
    Bubble,
    Floods,
    Sender,
    Upload,
    keyboard,
    plan,
    to_send_error,
)
from bot.channels.telegram_updates import CHANNEL
from bot.chat import Abilities, Address, Attachment, File, FilePath, Message, Receive
from bot.errors import Rejected, TryLater

log = structlog.get_logger(__name__)

PART_SENT_MEMORY = 1000


class Telegram:
    """The channel. Telegram may be down for as long as it likes, also at the start."""

    name = CHANNEL
    abilities = Abilities(
        buttons=100,
        button_label=34,  # what one row of a small phone shows
        files=True,
        pictures=True,
        edit=True,
        text_limit=4096,
        file_bytes=50 * 1024 * 1024,
        download_bytes=20 * 1024 * 1024,
    )

    def __init__(self, account: Account, file_path: FilePath) -> None:
        account.check()
        self._account = account
        self._file_path = file_path
        self._calls = Calls(account.api_url, account.token, connections=100)
        self._polling = Calls(account.api_url, account.token, connections=2)
        # Without an address and with a false token this object has nothing to give away.
        self._bot = Bot(
            "the-token-is-in-Calls",
            base_url=lambda token: "",
            base_file_url=lambda token: "",
            request=self._calls,
            get_updates_request=self._polling,
        )
        self._listener = Listener(account, self._bot, self._calls, self._polling)
        self._sender = Sender(self._calls, self._bot)
        self._floods = Floods()
        self._partly_sent: OrderedDict[str, int] = OrderedDict()  # key -> bubbles that went out

    @property
    def username(self) -> str:
        """The bot's name for links (https://t.me/<username>); empty until Telegram tells it."""
        return self._listener.username

    async def open(self, receive: Receive, routes: UrlDispatcher) -> None:
        """Start listening, and return at once."""
        await self._calls.initialize()
        await self._polling.initialize()
        if self._account.mode == "webhook":
            routes.add_post(WEBHOOK_PATH, self._listener.on_webhook)
        self._listener.start(receive)

    async def close(self) -> None:
        """Stop listening; what has been fetched is received first."""
        await self._listener.stop()
        await self._calls.shutdown()
        await self._polling.shutdown()

    async def send(self, to: Address, message: Message, key: str) -> str:
        """See Channel. A message that went out in part goes on where it stopped."""
        parts = fit(message, self.abilities)
        uploads = [await self._upload(file) for file in message.files]
        bubbles = plan(parts, uploads)
        if not bubbles:
            raise Rejected("nothing to say")
        try:
            if message.replaces and len(bubbles) == 1 and not uploads:
                rows = keyboard(parts[0].buttons, multiple=message.multiple)
                if await self._sender.edit(to.id, message.replaces, parts[0], rows):
                    return message.replaces
            return await self._send_all(to.id, bubbles, key, multiple=message.multiple)
        except CallFailed as failed:
            general = failed.status == 429 and self._floods.concerns_all(to.id)
            raise to_send_error(failed, concerns_all=general) from failed

    async def download(self, attachment: Attachment, target: Path) -> None:
        """See Channel."""
        limit = self.abilities.download_bytes
        if attachment.size > limit:
            raise Rejected("file is too big")
        try:
            file: dict[str, Any] = await self._calls.call("getFile", {"file_id": attachment.ref})
            await self._calls.save(str(file["file_path"]), target, limit)
        except CallFailed as failed:
            if failed.status in (400, 404, 410, 413):
                raise Rejected(str(failed)) from failed
            error = to_send_error(failed)
            raise (error if isinstance(error, TryLater) else Rejected(str(failed))) from failed

    async def _send_all(
        self, chat: str, bubbles: Sequence[Bubble], key: str, *, multiple: bool
    ) -> str:
        sent = ""
        for index in range(self._partly_sent.pop(key, 0), len(bubbles)):
            bubble = bubbles[index]
            self._floods.sent()
            try:
                rows = keyboard(bubble.part.buttons, multiple=multiple)
                sent = await self._sender.send(chat, bubble, rows)
            except CallFailed:
                self._note_progress(key, index)
                raise
        return sent

    def _note_progress(self, key: str, sent: int) -> None:
        if sent:
            self._partly_sent[key] = sent
        if len(self._partly_sent) > PART_SENT_MEMORY:
            self._partly_sent.popitem(last=False)

    async def _upload(self, file: File) -> Upload:
        path = await self._file_path(file)
        try:
            size = (await asyncio.to_thread(path.stat)).st_size
        except OSError as error:
            raise Rejected(f"{file.name} is not there any more") from error
        if size > self.abilities.file_bytes:
            raise Rejected(f"{file.name} has {size} bytes; Telegram takes 50 MB")
        return Upload(file, path, picture=file.mime in PICTURES and size <= PHOTO_BYTES)


async def bot_name(api_url: str, token: str) -> str:
    """Ask Telegram for the bot's name in links, outside of a running bot.

    Raises:
        TryLater: Telegram cannot be reached, or does not know the token.
    """
    calls = Calls(api_url, token, connections=1)
    await calls.initialize()
    try:
        return str((await calls.call("getMe", {}))["username"])
    except CallFailed as failed:
        raise to_send_error(failed) from failed
    finally:
        await calls.shutdown()
