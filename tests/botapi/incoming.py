"""Read what a bot sends, in any of the encodings that the Bot API takes."""

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

REQUEST_BYTES = 50 * 1024 * 1024
JSON_PARAMETERS = {
    "allowed_updates",
    "caption_entities",
    "commands",
    "entities",
    "link_preview_options",
    "media",
    "reply_markup",
    "scope",
}


class ApiError(Exception):
    """A refusal, as the server words it."""

    def __init__(self, code: int, description: str, retry_after: int = 0) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after


def bad_request(why: str) -> ApiError:
    return ApiError(400, f"Bad Request: {why}")


@dataclass
class Uploaded:
    name: str
    mime: str
    content: bytes


@dataclass
class Arguments:
    values: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Uploaded] = field(default_factory=dict)

    def text(self, name: str) -> str:
        value = self.values.get(name, "")
        return value if isinstance(value, str) else json.dumps(value)

    def number(self, name: str, default: int = 0) -> int:
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError):
            raise bad_request(f"invalid {name} specified") from None

    def flag(self, name: str) -> bool:
        return self.values.get(name) in (True, "true", "True", "1", 1)

    def json(self, name: str) -> Any:
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None


async def read(request: web.Request) -> Arguments:
    arguments = Arguments(values=dict(request.query))
    if request.content_type == "application/json":
        body = await request.read()
        try:
            arguments.values |= json.loads(body) if body else {}
        except (TypeError, ValueError):
            raise bad_request("object expected as JSON") from None
    elif request.content_type == "multipart/form-data":
        await _read_parts(request, arguments)
    elif request.content_type == "application/x-www-form-urlencoded":
        arguments.values |= {name: str(value) for name, value in (await request.post()).items()}
    return arguments


async def _read_parts(request: web.Request, arguments: Arguments) -> None:
    size = 0
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        content = bytearray()
        while chunk := await part.read_chunk(256 * 1024):
            content += chunk
            size += len(chunk)
            if size > REQUEST_BYTES + 64 * 1024:
                raise ApiError(413, "Request Entity Too Large")
        name = part.name or ""
        if part.filename is None:
            arguments.values[name] = content.decode()
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            arguments.files[name] = Uploaded(part.filename, mime, bytes(content))
