"""What Zalo takes and what it refuses: the shape of messages, uploads and templates."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import PurePath
from typing import Any

APP_ID = "360846524940903967"
APP_SECRET = "app-secret-for-tests-only"
OA_ID = "388613280878808645"
OA_SECRET_KEY = "oa-secret-key-for-tests-only"
FIRST_REFRESH_TOKEN = "first-refresh-token-for-tests-only"

TEXT, TITLE, PAYLOAD, BUTTONS = 2000, 100, 1000, 5
IMAGE_BYTES, FILE_BYTES = 1024 * 1024, 5 * 1024 * 1024
FILE_KINDS = (".pdf", ".doc", ".docx")
PICTURES = {".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".png": b"\x89PNG"}


class Refused(Exception):
    def __init__(self, code: int, message: str = "") -> None:
        super().__init__(f"{code} {message}")
        self.code = code
        self.message = message or MEANINGS.get(code, "refused")


MEANINGS = {
    -32: "Your application reached limit call api",
    -100: "attachment_id is expired",
    -115: "Out of quota",
    -118: "Zalo account not existed",
    -131: "ZNS template not approved",
    -133: "Template is not allowed to be sent at night",
    -201: "Params is invalid",
    -210: "Params exceed limit",
    -211: "Out of quota",
    -213: "User has not followed OA",
    -216: "Access token is invalid",
    -220: "Access token is expired or removed",
    -230: "User has not interacted with the OA in the past 7 days",
    -233: "Message type is not supported",
    -240: "Message API v2 was shut down, use v3",
    -249: "Template cannot be sent by UID",
}


@dataclass(frozen=True)
class Button:
    title: str
    kind: str
    payload: Any


@dataclass(frozen=True)
class Bubble:
    """One message as the person's phone shows it."""

    id: str
    text: str = ""
    buttons: tuple[Button, ...] = ()
    picture: bytes = b""
    document: bytes = b""
    file_name: str = ""
    template: str = ""  # id of a registered text
    mine: bool = False

    @property
    def labels(self) -> list[str]:
        return [button.title for button in self.buttons]


@dataclass
class Upload:
    kind: str
    name: str
    content: bytes
    until: Any


@dataclass(frozen=True)
class Template:
    """A registered text: its parameters, each with the longest value it may have."""

    limits: dict[str, int]
    approved: bool = True
    by_uid: bool = True
    not_at_night: bool = True


@dataclass(frozen=True)
class Shown:
    """What a message asks for, once it has been found right."""

    text: str = ""
    buttons: tuple[Button, ...] = ()
    upload: str = ""
    echo: str = "text"  # oa_send_…


@dataclass
class Clock:
    """A clock that goes on by itself, and can be turned."""

    ahead: timedelta = timedelta()
    stands: datetime | None = None

    def __call__(self) -> datetime:
        return (self.stands or datetime.now(UTC)) + self.ahead

    def turn(self, **by: float) -> None:
        self.ahead += timedelta(**by)


@dataclass
class User:
    id: str
    name: str
    phone: str = ""
    follows: bool = False
    heard_at: datetime | None = None
    refuses: int = 0  # code with which everything to this person is refused
    messages: list[Bubble] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def read_message(message: Any) -> Shown:
    """Check a consultation message as Zalo does."""
    text = message.get("text", "") if isinstance(message, dict) else None
    if not isinstance(text, str):
        raise Refused(-201, "message is invalid")
    if units(text) > TEXT:
        raise Refused(-210, "text is over 2000")
    attachment = message.get("attachment")
    if attachment is None and text.strip():
        return Shown(text)
    kind, payload = (attachment or {}).get("type"), (attachment or {}).get("payload") or {}
    if kind == "file" and not text:
        return Shown(upload=_required(payload, "token"), echo="file")
    if kind != "template":
        raise Refused(-201, "attachment is invalid")
    return _template(text, payload)


def _template(text: str, payload: dict[str, Any]) -> Shown:
    if "buttons" in payload:
        if not text.strip():
            raise Refused(-201, "text is invalid")
        return Shown(text, tuple(map(_button, _buttons(payload["buttons"]))))
    if payload.get("template_type") != "media":
        raise Refused(-201, "template_type is invalid")
    elements = payload.get("elements")
    if not isinstance(elements, list) or len(elements) != 1:
        raise Refused(-201, "elements is invalid")
    if elements[0].get("media_type") != "image":
        raise Refused(-201, "media_type is invalid")
    return Shown(text, upload=_required(elements[0], "attachment_id"), echo="image")


def _buttons(buttons: Any) -> list[dict[str, Any]]:
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= BUTTONS:
        raise Refused(-201, "buttons is invalid")
    return buttons


def _button(button: dict[str, Any]) -> Button:
    title, kind, payload = (button.get(name) for name in ("title", "type", "payload"))
    if not title or len(title) > TITLE:
        raise Refused(-201, "title is invalid")
    if kind in ("oa.query.show", "oa.query.hide"):
        right = isinstance(payload, str) and 0 < len(payload) <= PAYLOAD
    elif kind == "oa.open.url":
        right = isinstance(payload, dict) and str(payload.get("url", "")).startswith("http")
    else:
        right = False
    if not right:
        raise Refused(-201, "payload is invalid")
    return Button(title, kind, payload)


def _required(payload: dict[str, Any], name: str) -> str:
    value = payload.get(name)
    if not isinstance(value, str) or not value:
        raise Refused(-201, f"{name} is invalid")
    return value


def check_upload(kind: str, name: str, content: bytes) -> bool:
    """Check a file; False for one without an ending, of which nothing comes."""
    ending = PurePath(name).suffix.lower()
    if not ending:
        return False
    if len(name) > 200:
        raise Refused(-210, "file name is over 200")
    if kind == "image":
        if ending not in PICTURES or not content.startswith(PICTURES[ending]):
            raise Refused(-201, "file is invalid")
        limit = IMAGE_BYTES
    else:
        if ending not in FILE_KINDS:
            raise Refused(-201, "file is invalid")
        limit = FILE_BYTES
    if len(content) > limit:
        raise Refused(-210, "file is over the limit")
    return True


def check_template(template: Template, values: Any) -> None:
    if not template.approved:
        raise Refused(-131)
    if not isinstance(values, dict) or not values:
        raise Refused(-111, "Template data empty")
    for name, limit in template.limits.items():
        if name not in values:
            raise Refused(-1122, f"Missing parameter {name}")
        if not isinstance(values[name], str) or not values[name].strip():
            raise Refused(-1124, f"{name} has a wrong format")
        if len(values[name]) > limit:
            raise Refused(-1121, f"{name} is over the limit")
