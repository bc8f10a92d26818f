"""What the server insists on in texts, keyboards and pictures."""

import io
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from PIL import Image, UnidentifiedImageError

from tests.botapi.incoming import Arguments, bad_request

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
RAW_BYTES = 32 * 1024
SHOWN_ENTITIES = 100
BUTTONS = 100
PHOTO_BYTES = 10 * 1024 * 1024
TAGS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
        "s": "strikethrough", "code": "code", "pre": "pre", "a": "text_link"}  # fmt: skip


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def text_and_entities(arguments: Arguments, *, caption: bool = False) -> dict[str, Any]:
    """The fields of a message that its text gives; {} for a caption that is not there."""
    name = "caption" if caption else "text"
    text = arguments.text(name)
    if len(text.encode()) > RAW_BYTES:
        raise bad_request("text is too long")
    if not text and not caption:
        raise bad_request("message text is empty")
    text, entities = _parsed(arguments, text, "caption_entities" if caption else "entities")
    entities = [_checked(entity, text) for entity in entities]
    lead = units(text) - units(text.lstrip())
    text = text.strip()
    if not text:
        if caption:
            return {}
        raise bad_request("text must be non-empty")
    if len(text) > (CAPTION_LIMIT if caption else TEXT_LIMIT):
        raise bad_request("message caption is too long" if caption else "message is too long")
    moved = [_moved(entity, lead, units(text)) for entity in entities[:SHOWN_ENTITIES]]
    fields: dict[str, Any] = {name: text}
    if kept := [entity for entity in moved if entity["length"] > 0]:
        fields["caption_entities" if caption else "entities"] = kept
    return fields


def _parsed(arguments: Arguments, text: str, name: str) -> tuple[str, list[dict[str, Any]]]:
    mode = arguments.text("parse_mode").lower()
    if mode == "html":
        return parse_html(text)
    if mode:
        raise bad_request("unsupported parse_mode")
    return text, arguments.json(name) or []


def _checked(entity: dict[str, Any], text: str) -> dict[str, Any]:
    try:
        offset, length = int(entity["offset"]), int(entity["length"])
        entity["type"]
    except (KeyError, TypeError, ValueError):
        raise bad_request("can't parse entities: can't parse MessageEntity") from None
    raw = text.encode("utf-16-le")
    for place in (offset, offset + length):
        if place < 0 or place > len(raw) // 2:
            raise bad_request("can't parse entities: entity is out of the text")
        if 0xDC <= (raw[place * 2 + 1] if place * 2 < len(raw) else 0) <= 0xDF:
            raise bad_request("can't parse entities: entity begins in the middle of a symbol")
    return entity


def _moved(entity: dict[str, Any], lead: int, length: int) -> dict[str, Any]:
    start = max(0, entity["offset"] - lead)
    end = min(length, entity["offset"] + entity["length"] - lead)
    return entity | {"offset": start, "length": end - start}


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.entities: list[dict[str, Any]] = []
        self._open: list[tuple[str, int, dict[str, Any]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise bad_request(f'can\'t parse entities: Unsupported start tag "{tag}"')
        more = {"url": dict(attrs).get("href", "")} if tag == "a" else {}
        self._open.append((tag, units(self.text), more))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            raise bad_request(f'can\'t parse entities: Unexpected end tag "{tag}"')
        _, start, more = self._open.pop()
        length = units(self.text) - start
        self.entities.append({"type": TAGS[tag], "offset": start, "length": length, **more})

    def handle_data(self, data: str) -> None:
        self.text += data

    def finish(self) -> None:
        self.close()
        if self._open:
            raise bad_request("can't parse entities: Can't find end tag")


def parse_html(text: str) -> tuple[str, list[dict[str, Any]]]:
    parser = _Html()
    parser.feed(text)
    parser.finish()
    return parser.text, parser.entities


def keyboard(arguments: Arguments) -> dict[str, Any]:
    """The reply_markup field of a message: {} when there is no inline keyboard."""
    markup = arguments.json("reply_markup")
    if not markup:
        return {}
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in markup:
        return {}
    rows = [[_button(button) for button in row] for row in markup["inline_keyboard"] if row]
    if sum(map(len, rows)) > BUTTONS:
        raise bad_request("reply markup is too long")
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def _button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request(
            'can\'t parse inline keyboard button: Field "text" must be of type String'
        )
    if not button["text"].strip():
        raise bad_request("can't parse inline keyboard button: text must be non-empty")
    if "callback_data" in button:
        if not 1 <= len(str(button["callback_data"]).encode()) <= 64:
            raise bad_request("BUTTON_DATA_INVALID")
    elif "url" in button:
        parts = urlsplit(button["url"])
        if parts.scheme not in ("http", "https", "tg") or "." not in (parts.hostname or ""):
            raise bad_request(
                f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL"
            )
    else:
        raise bad_request("Text buttons are unallowed in the inline keyboard")
    return button


def picture(content: bytes) -> tuple[int, int]:
    """Width and height of what can be sent as a photo."""
    if len(content) > PHOTO_BYTES:
        raise bad_request(
            f"file of size {len(content)} bytes is too big for a photo; "
            f"the maximum size is {PHOTO_BYTES} bytes"
        )
    try:
        with Image.open(io.BytesIO(content)) as image:
            width, height = image.size
    except (UnidentifiedImageError, OSError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height
