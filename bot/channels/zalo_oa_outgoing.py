"""What the bot says, in the words of Zalo's consultation messages: texts, buttons, media, files."""

import asyncio
import re
import tempfile
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.channels.fitting import PICTURES, Part, split
from bot.channels.zalo_oa_errors import CallFailed
from bot.channels.zalo_oa_http import Calls
from bot.channels.zalo_oa_tokens import Tokens
from bot.chat import Choice, File
from bot.errors import PhotoError

TEXT_LIMIT = 2000
PICTURE_BYTES = 1_000_000
NAME_LIMIT = 200
TITLE_LIMIT = 100
PAYLOAD_LABEL = 100  # of what the person is seen to say when they press
UPLOADS_LAST = timedelta(days=6)  # Zalo: seven
UPLOADS_KEPT = 2000
EXPIRED = -100
NO_BUTTONS = (-233, -201)
REFUSED_UPLOAD = (-201, -210, -233)

Json = dict[str, Any]

_PRESSED = re.compile(r"(?:^|\s)#([!-~]{1,65})$")


@dataclass(frozen=True, slots=True)
class Bubble:
    """What goes out in one call: a text with its buttons, a picture with a caption, a document."""

    text: str = ""
    buttons: tuple[Choice, ...] = ()
    upload: File | None = None


def plan(parts: Sequence[Part], files: Sequence[File]) -> tuple[Bubble, ...]:
    """Pictures go before the text, documents after it; one picture alone carries the text."""
    pictures = [file for file in files if file.mime in PICTURES]
    documents = tuple(Bubble(upload=file) for file in files if file.mime not in PICTURES)
    texts = tuple(Bubble(part.text, part.buttons) for part in parts)
    if len(pictures) == len(texts) == 1 and not texts[0].buttons:
        return (Bubble(texts[0].text, upload=pictures[0]), *documents)
    return (*(Bubble(upload=file) for file in pictures), *texts, *documents)


def payload(choice: Choice) -> str:
    """What Zalo lets the person say when they press: the label, and the token behind a #.

    A typed #hashtag at the end of an answer is no button: tokens hold a dot or a colon, and those
    that hold neither get a colon in front.
    """
    plain = re.search("[.:]", choice.token) and not choice.token.startswith(":")
    return f"{choice.label[:PAYLOAD_LABEL]} #{'' if plain else ':'}{choice.token}"


def pressed_token(text: str) -> str:
    """Return the token in what a person is seen to say; "" when they have typed it themselves."""
    found = _PRESSED.search(text)
    if not found or not re.search("[.:]", found[1]):
        return ""
    return found[1].removeprefix(":")


def text_message(text: str, buttons: Sequence[Choice] = ()) -> Json:
    """Return a message of text, and buttons under it."""
    message: Json = {"text": text}
    if buttons:
        shown = [_button(choice) for choice in buttons]
        message["attachment"] = {"type": "template", "payload": {"buttons": shown}}
    return message


def without_buttons(bubble: Bubble) -> list[str]:
    """Say a text and its buttons in words; the answers among them are numbered in it already."""
    links = [f"{choice.label}: {choice.url}" for choice in bubble.buttons if choice.url]
    ways = [f"[{choice.label}]" for choice in bubble.buttons if choice.way]
    lines = [bubble.text, *links, *([" ".join(ways)] if ways else [])]
    return split("\n".join(lines), TEXT_LIMIT)


def _button(choice: Choice) -> Json:
    title = choice.label[:TITLE_LIMIT]
    if choice.url:
        return {"title": title, "type": "oa.open.url", "payload": {"url": choice.url}}
    return {"title": title, "type": "oa.query.show", "payload": payload(choice)}


def _attached(bubble: Bubble, token: str) -> Json:
    assert bubble.upload
    if bubble.upload.mime not in PICTURES:
        return {"attachment": {"type": "file", "payload": {"token": token}}}
    media = {"media_type": "image", "attachment_id": token}
    template = {"template_type": "media", "elements": [media]}
    message: Json = {"attachment": {"type": "template", "payload": template}}
    return message | ({"text": bubble.text} if bubble.text else {})


class Uploads:
    """Zalo's copies of files, remembered for as long as Zalo keeps them. Raises CallFailed."""

    def __init__(self, calls: Calls, tokens: Tokens, clock: Callable[[], datetime]) -> None:
        self._calls = calls
        self._tokens = tokens
        self._clock = clock
        self._kept: OrderedDict[File, tuple[str, datetime]] = OrderedDict()
        self._locks: dict[File, asyncio.Lock] = {}

    async def token(self, file: File, path: Path) -> str:
        """Return what a message names to show the file; a file for many is uploaded once."""
        async with self._locks.setdefault(file, asyncio.Lock()):
            try:
                token, until = self._kept.get(file, ("", self._clock()))
                if self._clock() < until:
                    return token
                token = await self._upload(file, path)
            finally:
                self._locks.pop(file, None)
            self._kept[file] = token, self._clock() + UPLOADS_LAST
            if len(self._kept) > UPLOADS_KEPT:
                self._kept.popitem(last=False)
            return token

    def forget(self, file: File) -> None:
        """Upload a file again the next time: Zalo has thrown its copy away."""
        self._kept.pop(file, None)

    async def _upload(self, file: File, path: Path) -> str:
        picture = file.mime in PICTURES
        content = await asyncio.to_thread(small_picture if picture else Path.read_bytes, path)
        name, mime = file.name, file.mime
        if picture:
            mime = "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"
            name = f"{Path(file.name).stem}.{mime.removeprefix('image/').replace('jpeg', 'jpg')}"
        ending = Path(name).suffix
        name = name.removesuffix(ending)[: NAME_LIMIT - len(ending)] + ending
        kind = "image" if picture else "file"
        answer = await self._tokens.using(
            lambda token: self._calls.upload(kind, token, name, content, mime)
        )
        found = answer.get("token") or answer.get("attachment_id")
        if not found:
            raise CallFailed("nothing came of the upload", code=-201)
        return str(found)


def small_picture(path: Path) -> bytes:
    """Return a picture as Zalo takes it: JPEG or PNG of less than a megabyte.

    Raises:
        CallFailed: it is not a picture that can be shown.
    """
    content = path.read_bytes()
    if len(content) <= PICTURE_BYTES and content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n")):
        return content
    from bot.photos import make_safe  # noqa: PLC0415 - its decoders take long to load

    with tempfile.TemporaryDirectory(prefix="zalo-") as folder:
        target = Path(folder, "small.jpg")
        try:
            make_safe(path, target)
        except PhotoError as error:
            raise CallFailed(error.reason, code=-201) from error
        return target.read_bytes()


class Sender:
    """Makes the calls that put bubbles into a chat. Raises CallFailed."""

    def __init__(self, calls: Calls, tokens: Tokens, uploads: Uploads) -> None:
        self._calls = calls
        self._tokens = tokens
        self._uploads = uploads

    async def send(self, user: str, bubble: Bubble, path: Path | None) -> str:
        """Send one bubble and return the id of its (last) message."""
        if bubble.upload is not None:
            assert path
            return await self._send_upload(user, bubble, bubble.upload, path)
        try:
            return await self._say(user, text_message(bubble.text, bubble.buttons))
        except CallFailed as failed:
            if not bubble.buttons or failed.code not in NO_BUTTONS:
                raise
        sent = ""
        for text in without_buttons(bubble):
            sent = await self._say(user, text_message(text))
        return sent

    async def send_template(self, user: str, template: str, values: Json) -> str:
        """Send a registered text by user id."""
        body = {"user_id": user, "template_id": template, "template_data": values}
        answer = await self._tokens.using(
            lambda token: self._calls.post("/v3.0/oa/message/template", token, body)
        )
        return str(answer.get("message_id", ""))

    async def send_zns(self, phone: str, template: str, values: Json, key: str) -> str:
        """Send a registered text by telephone number."""
        body = {
            "phone": phone,
            "template_id": template,
            "template_data": values,
            "tracking_id": key[:48],
        }
        answer = await self._tokens.using(
            lambda token: self._calls.post("/message/template", token, body, zns=True)
        )
        return str(answer.get("msg_id", ""))

    async def _send_upload(self, user: str, bubble: Bubble, file: File, path: Path) -> str:
        token = await self._uploads.token(file, path)
        try:
            return await self._say(user, _attached(bubble, token))
        except CallFailed as failed:
            if failed.code != EXPIRED:
                raise
        self._uploads.forget(file)
        return await self._say(user, _attached(bubble, await self._uploads.token(file, path)))

    async def _say(self, user: str, message: Json) -> str:
        body = {"recipient": {"user_id": user}, "message": message}
        answer = await self._tokens.using(
            lambda token: self._calls.post("/v3.0/oa/message/cs", token, body)
        )
        return str(answer.get("message_id", ""))
