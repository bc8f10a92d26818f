"""What the bot says, in Telegram's words: bubbles, keyboards, albums, and what errors mean."""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from telegram import (
    Bot,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaPhoto,
    MessageEntity,
)
from telegram import Message as Sent

from bot.channels.fitting import Part, units
from bot.channels.telegram_http import CallFailed, Calls
from bot.chat import Choice, File
from bot.errors import PersonGone, Rejected, SendError, TryLater

CAPTION_LIMIT = 1024
ALBUM_LIMIT = 10
PHOTO_BYTES = 10 * 1024 * 1024
PICTURES = ("image/jpeg", "image/png", "image/webp")
BARE = Part("")

GONE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "user_deactivated",
    "have no rights to send a message",
)
NOT_A_PICTURE = (
    "photo_invalid_dimensions",
    "image_process_failed",
    "photo_save_file_invalid",
    "too big for a photo",
)
STALE_FILE = ("wrong file identifier", "wrong remote file", "file reference")

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is ready to go out."""

    file: File
    path: Path
    picture: bool  # shown as a picture instead of a document

    @property
    def memory_key(self) -> tuple[str, str, bool]:
        """What must be the same for Telegram's copy to be used again."""
        return self.file.key, self.file.name, self.picture


@dataclass(frozen=True, slots=True)
class Bubble:
    """What goes out in one call: a text, a file with its caption, or an album."""

    part: Part = BARE
    uploads: tuple[Upload, ...] = ()


def plan(parts: Sequence[Part], uploads: Sequence[Upload]) -> tuple[Bubble, ...]:
    """Put files and text into as few bubbles as Telegram allows, the keyboard always last."""
    pictures = [upload for upload in uploads if upload.picture]
    bubbles = [Bubble(uploads=tuple(album)) for album in albums(pictures)]
    bubbles += [Bubble(uploads=(upload,)) for upload in uploads if not upload.picture]
    if len(bubbles) == len(parts) == 1 and _fits_as_caption(bubbles[0], parts[0]):
        return (Bubble(parts[0], bubbles[0].uploads),)
    return (*bubbles, *(Bubble(part) for part in parts))


def albums(pictures: Sequence[Upload]) -> list[Sequence[Upload]]:
    """Cut into albums of about the same size, so that no single picture is left over."""
    count = -(-len(pictures) // ALBUM_LIMIT)
    cuts = [len(pictures) * number // count for number in range(count + 1)] if count else []
    return [pictures[start:end] for start, end in pairwise(cuts)]


def keyboard(buttons: Sequence[Choice], *, multiple: bool = False) -> list[list[Json]]:
    """Lay buttons out in rows: long labels alone, short ones side by side."""
    rows: list[list[Choice]] = []
    for button in buttons:
        row = rows[-1] if rows else []
        room = min(_room(other.label, multiple) for other in (*row, button))
        if row and len(row) < room:
            row.append(button)
        else:
            rows.append([button])
    if len(rows) > 1 and len(rows[-1]) == 1 and len(rows[-2]) > 2:  # no button left over alone
        rows[-1].insert(0, rows[-2].pop())
    return [[_button(button) for button in row] for row in rows]


def _room(label: str, multiple: bool) -> int:
    """How many buttons like this one have room in a row on a small phone."""
    if len(label) <= 4:
        return 5
    if multiple:
        return 1
    return 3 if len(label) <= 9 else 2 if len(label) <= 16 else 1


def _button(choice: Choice) -> Json:
    if choice.url:
        return {"text": choice.label, "url": choice.url}
    return {"text": choice.label, "callback_data": choice.token}


def _fits_as_caption(bubble: Bubble, part: Part) -> bool:
    album_with_keyboard = len(bubble.uploads) > 1 and part.buttons
    return units(part.text) <= CAPTION_LIMIT and not album_with_keyboard


class Floods:
    """Tells a refusal for one busy chat from one for the whole bot; Telegram does not say."""

    MANY = 15  # messages in a second to all chats; Telegram allows about 30
    NEAR_SECONDS = 2.0

    def __init__(self) -> None:
        self._sent: deque[float] = deque(maxlen=self.MANY)
        self._refused: tuple[str, float] = ("", 0.0)

    def sent(self) -> None:
        """Note that a message goes out now."""
        self._sent.append(time.monotonic())

    def concerns_all(self, chat: str) -> bool:
        """Whether a refusal that ``chat`` has just met is meant for everybody."""
        now = time.monotonic()
        other, at = self._refused
        self._refused = (chat, now)
        many = len(self._sent) == self.MANY and now - self._sent[0] < 1.0
        return many or (other not in ("", chat) and now - at < self.NEAR_SECONDS)


def to_send_error(failed: CallFailed, *, concerns_all: bool = False) -> SendError:
    """Say who can put right that a call failed."""
    reason = str(failed)
    if failed.status == 429:
        after = timedelta(seconds=max(failed.retry_after, 1))
        return TryLater(reason, after=after, whole_channel=concerns_all)
    if failed.status in (401, 404):  # the token: only the operator can mend that
        return TryLater(reason, after=timedelta(minutes=1), whole_channel=True)
    if failed.status == 403 or (failed.status == 400 and failed.says(*GONE)):
        return PersonGone(reason)
    if 400 <= failed.status < 500 and failed.status not in (408, 409):
        return Rejected(reason)
    if failed.status:
        return TryLater(reason, after=timedelta(seconds=2), perhaps_sent=failed.perhaps_sent)
    unreachable = not failed.perhaps_sent
    return TryLater(reason, whole_channel=unreachable, perhaps_sent=failed.perhaps_sent)


class Sender:
    """Makes the calls that put bubbles into a chat. Raises CallFailed."""

    MEMORY = 2000

    def __init__(self, calls: Calls, bot: Bot) -> None:
        self._calls = calls
        self._bot = bot
        self._file_ids: OrderedDict[tuple[str, str, bool], str] = OrderedDict()

    async def send(self, chat: str, bubble: Bubble, rows: list[list[Json]]) -> str:
        """Send one bubble and return the id of its (last) message."""
        if not bubble.uploads:
            return await self._send_text(chat, bubble.part, rows)
        try:
            return await self._send_files(chat, bubble, rows)
        except CallFailed as failed:
            if failed.status == 400 and failed.says(*STALE_FILE):
                for upload in bubble.uploads:
                    self._file_ids.pop(upload.memory_key, None)
                return await self._send_files(chat, bubble, rows)
            if failed.says(*NOT_A_PICTURE):
                return await self._send_as_documents(chat, bubble, rows)
            raise

    async def edit(self, chat: str, message_id: str, part: Part, rows: list[list[Json]]) -> bool:
        """Change a message; False when that cannot be done to this one."""
        parameters = _text_parameters(chat, part, rows) | {"message_id": int(message_id)}
        try:
            await self._calls.call("editMessageText", parameters)
        except CallFailed as failed:
            failed.perhaps_sent = False  # to edit twice does no harm
            if failed.status != 400 or failed.says(*GONE):
                raise
            return failed.says("message is not modified")
        return True

    async def _send_text(self, chat: str, part: Part, rows: list[list[Json]]) -> str:
        parameters = _text_parameters(chat, part, rows)
        try:
            sent = await self._calls.call("sendMessage", parameters)
        except CallFailed as failed:
            plainer = _plainer(parameters, failed)
            if plainer is None:
                raise
            sent = await self._calls.call("sendMessage", plainer)
        return str(sent["message_id"])

    async def _send_files(self, chat: str, bubble: Bubble, rows: list[list[Json]]) -> str:
        with ExitStack() as handles:
            media = [await self._media(upload, handles) for upload in bubble.uploads]
            if len(media) > 1:
                sent = await self._send_album(chat, bubble.part, media)
            else:
                sent = [await self._send_file(chat, bubble, media[0], rows)]
        for upload, message in zip(bubble.uploads, sent, strict=False):
            self._remember(upload, message)
        return str(sent[-1].message_id)

    async def _media(self, upload: Upload, handles: ExitStack) -> InputFile | str:
        """Return Telegram's own copy, if it has one, or the file itself."""
        known = self._file_ids.get(upload.memory_key)
        if known:
            return known
        handle = handles.enter_context(await asyncio.to_thread(upload.path.open, "rb"))
        return InputFile(handle, upload.file.name, attach=True, read_file_handle=False)

    async def _send_file(
        self, chat: str, bubble: Bubble, media: InputFile | str, rows: list[list[Json]]
    ) -> Sent:
        more = {
            "caption": bubble.part.text or None,
            "caption_entities": _bold(bubble.part),
            "reply_markup": InlineKeyboardMarkup.de_json({"inline_keyboard": rows}, self._bot)
            if rows
            else None,
        }
        if bubble.uploads[0].picture:
            return await self._bot.send_photo(chat, media, **more)  # type: ignore[arg-type]
        return await self._bot.send_document(chat, media, **more)  # type: ignore[arg-type]

    async def _send_album(
        self, chat: str, part: Part, media: Sequence[InputFile | str]
    ) -> Sequence[Sent]:
        return await self._bot.send_media_group(
            chat,
            [
                InputMediaPhoto(
                    item,
                    caption=part.text if index == 0 and part.text else None,
                    caption_entities=_bold(part) if index == 0 else None,
                )
                for index, item in enumerate(media)
            ],
        )

    async def _send_as_documents(self, chat: str, bubble: Bubble, rows: list[list[Json]]) -> str:
        """Send what Telegram cannot show as a picture as files, the caption with the last."""
        last = len(bubble.uploads) - 1
        sent = ""
        for index, upload in enumerate(bubble.uploads):
            part = bubble.part if index == last else BARE
            document = Upload(upload.file, upload.path, picture=False)
            sent = await self._send_files(
                chat, Bubble(part, (document,)), rows if index == last else []
            )
        return sent

    def _remember(self, upload: Upload, message: Sent) -> None:
        copy = message.photo[-1] if message.photo else message.document
        if copy is None:
            return
        self._file_ids[upload.memory_key] = copy.file_id
        if len(self._file_ids) > self.MEMORY:
            self._file_ids.popitem(last=False)


def _text_parameters(chat: str, part: Part, rows: list[list[Json]]) -> Json:
    parameters: Json = {
        "chat_id": int(chat),
        "text": part.text,
        "link_preview_options": {"is_disabled": True},
    }
    if part.strong:
        offset, length = part.strong
        parameters["entities"] = [{"type": "bold", "offset": offset, "length": length}]
    if rows:
        parameters["reply_markup"] = {"inline_keyboard": rows}
    return parameters


def _bold(part: Part) -> list[MessageEntity] | None:
    return [MessageEntity(MessageEntity.BOLD, *part.strong)] if part.strong else None


def _plainer(parameters: Json, failed: CallFailed) -> Json | None:
    """Return the same message without what Telegram did not like, if that can be left out."""
    if failed.status != 400:
        return None
    if failed.says("entit") and "entities" in parameters:
        return {name: value for name, value in parameters.items() if name != "entities"}
    rows: list[list[Json]] = parameters.get("reply_markup", {}).get("inline_keyboard", [])
    links = [button for row in rows for button in row if "url" in button]
    if not links or not failed.says("url"):  # such as http://localhost:8080
        return None
    kept = [[button for button in row if "url" not in button] for row in rows]
    lines = [f"{button['text']}: {button['url']}" for button in links]
    return parameters | {
        "text": "\n".join((parameters["text"], *lines)),
        "reply_markup": {"inline_keyboard": [row for row in kept if row]},
    }
