"""Whose talk a browser shows: a signed cookie, no account and no password."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from urllib.parse import urlsplit

from aiohttp import web

COOKIE = "chat"
_LASTS = timedelta(days=200)  # a school year with some of the holidays
_TALKS = 8  # invitations that a shared computer remembers

Sign = Callable[[str, str, datetime], str]
"""(purpose, text, until) -> token"""

Verify = Callable[[str, str, datetime], str]
"""(purpose, token, now) -> text, or "" """


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser: the talk it shows, and the talks it opened before, by invitation code.

    Two teachers share a school's computer: each one's link leads back to their own talk.
    """

    id: str
    by_code: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


class Visitors:
    """Knows browsers again."""

    def __init__(self, sign: Sign, verify: Verify, web_address: str) -> None:
        """``web_address`` is where browsers reach the bot; if https, the cookie is Secure."""
        self._sign = sign
        self._verify = verify
        self._web_address = web_address

    def from_our_page(self, request: web.Request) -> bool:
        """Tell whether a request was made by a page of ours, not by somebody else's site."""
        origin = request.headers.get("Origin")
        return (
            origin is None or origin == self._web_address or urlsplit(origin).netloc == request.host
        )

    def known(self, request: web.Request, now: datetime) -> Visitor | None:
        """Return who the cookie says it is."""
        text = self._verify("cookie", request.cookies.get(COOKIE, ""), now)
        if not text:
            return None
        address_id, by_code = json.loads(text)
        return Visitor(address_id, by_code)

    def anybody(self, request: web.Request, now: datetime) -> Visitor:
        """Return who it is, somebody new when the cookie does not say."""
        return self.known(request, now) or Visitor(_new_id())

    def by_link(self, request: web.Request, token: str, now: datetime) -> Visitor | None:
        """Return whom a personal link belongs to; None when it is false or too old."""
        address_id = self._verify("chat", token, now)
        if not address_id:
            return None
        known = self.known(request, now)
        return Visitor(address_id, known.by_code if known else {})

    def invited(self, request: web.Request, code: str, now: datetime) -> Visitor:
        """Return who comes by an invitation: somebody new, unless this browser has used it."""
        known = self.known(request, now)
        by_code = dict(known.by_code) if known else {}
        address_id = by_code.pop(code, "") or _new_id()
        latest = list(by_code.items())[1 - _TALKS :]
        return Visitor(address_id, dict([*latest, (code, address_id)]))

    def remember(self, response: web.StreamResponse, visitor: Visitor, now: datetime) -> None:
        """Set the cookie."""
        text = json.dumps([visitor.id, dict(visitor.by_code)], separators=(",", ":"))
        response.set_cookie(
            COOKIE,
            self._sign("cookie", text, now + _LASTS),
            max_age=int(_LASTS.total_seconds()),
            path="/",
            httponly=True,
            secure=self._web_address.startswith("https:"),
            samesite="Lax",
        )


def _new_id() -> str:
    return secrets.token_urlsafe(16)
