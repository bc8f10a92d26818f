"""The server's other door, for tests and benchmarks that run in another process.

POST /control/people/<id>/say      {"text": "..."}
POST /control/people/<id>/press    {"label": "...", "message": <id, or left out>}
POST /control/people/<id>/photos   {"photos": [<base64>...], "caption": "", "gap": 0}
POST /control/people/<id>/document {"name": "...", "content": <base64>, "mime": "..."}
POST /control/people/<id>/contact  {"phone": "...", "own": true}
POST /control/people/<id>/block    {}          (and /unblock)
GET  /control/people/<id>/chat     the messages as they look now (?after=<message id>)
GET  /control/files/<id of a message>/<person's id>    the picture or document in a message
POST /control/fail                 a Fault, see faults.py
GET  /control/stats                how often each method was called, waiting updates, 429s
"""

import base64
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

import orjson
from aiohttp import web

from tests.botapi.person import Bubble, Person
from tests.botapi.server import BotApi

Deed = Callable[[Person, dict[str, Any]], Awaitable[Any]]


async def _photos(person: Person, body: dict[str, Any]) -> Any:
    photos = [base64.b64decode(photo) for photo in body["photos"]]
    caption = body.get("caption", "")
    if len(photos) == 1:
        return await person.send_photo(photos[0], caption)
    return await person.send_album(photos, caption, body.get("gap", 0.0), body.get("order"))


async def _document(person: Person, body: dict[str, Any]) -> Any:
    content = base64.b64decode(body["content"])
    mime = body.get("mime", "application/octet-stream")
    return await person.send_document(body["name"], content, mime, body.get("caption", ""))


DEEDS: dict[str, Deed] = {
    "say": lambda person, body: person.say(body["text"]),
    "press": lambda person, body: person.press(body["label"], body.get("message")),
    "photos": _photos,
    "document": _document,
    "contact": lambda person, body: person.share_contact(
        body.get("phone", "+84912345678"), own=body.get("own", True)
    ),
    "block": lambda person, body: person.block(),
    "unblock": lambda person, body: person.unblock(),
}


class Control:
    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._people: dict[int, Person] = {}
        router = api.app.router
        router.add_post("/control/people/{person}/{deed}", self._on_deed)
        router.add_get("/control/people/{person}/chat", self._on_chat)
        router.add_get("/control/files/{message}/{person}", self._on_file)
        router.add_post("/control/fail", self._on_fail)
        router.add_get("/control/stats", self._on_stats)

    def _person(self, request: web.Request) -> Person:
        number = int(request.match_info["person"])
        if number not in self._people:
            self._people[number] = Person(self._api, number, f"Người {number}")
        return self._people[number]

    async def _on_deed(self, request: web.Request) -> web.Response:
        deed = DEEDS.get(request.match_info["deed"])
        if deed is None:
            raise web.HTTPNotFound(text=f"one of {', '.join(DEEDS)}")
        try:
            return _json(await deed(self._person(request), await request.json()))
        except AssertionError as error:  # no such button
            return _json({"error": str(error)}, status=409)

    async def _on_chat(self, request: web.Request) -> web.Response:
        after = int(request.query.get("after", 0))
        chat = self._person(request).chat
        return _json([_shown(bubble) for bubble in chat if bubble.id > after])

    async def _on_file(self, request: web.Request) -> web.Response:
        wanted = int(request.match_info["message"])
        for bubble in self._person(request).chat:
            if bubble.id == wanted:
                return web.Response(body=bubble.document or bubble.photo)
        raise web.HTTPNotFound

    async def _on_fail(self, request: web.Request) -> web.Response:
        self._api.fail(**await request.json())
        return _json({})

    async def _on_stats(self, request: web.Request) -> web.Response:
        return _json(
            {
                "calls": dict(self._api.counts),
                "waiting": len(self._api.updates),
                "unanswered_presses": len(self._api.queries),
                "refused": self._api.floods.refused if self._api.floods else 0,
            }
        )


def _shown(bubble: Bubble) -> dict[str, Any]:
    sizes = {"photo": len(bubble.photo), "document": len(bubble.document)}
    return asdict(bubble) | sizes | {"labels": bubble.labels}


def _json(content: Any, status: int = 200) -> web.Response:
    return web.Response(status=status, body=orjson.dumps(content), content_type="application/json")
