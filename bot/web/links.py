"""Signed links: into a chat, to a file. Each says until when it is good, and for whom."""

import json
from dataclasses import astuple
from datetime import datetime

from itsdangerous import BadSignature, URLSafeSerializer

from bot.chat import Address, File


class Links:
    """Makes links that only this bot can make, and reads them again."""

    def __init__(self, secret: str, web_address: str) -> None:
        self._secret = secret
        self.web_address = web_address.rstrip("/")

    def sign(self, purpose: str, text: str, until: datetime) -> str:
        """Return a token that carries ``text``; one made for a purpose is false for any other."""
        token = self._serializer(purpose).dumps([text, int(until.timestamp())])
        return token if isinstance(token, str) else token.decode()

    def verify(self, purpose: str, token: str, now: datetime) -> str:
        """Return the text of a token, or "" when it is false or too old."""
        try:
            text, until = self._serializer(purpose).loads(token)
        except (BadSignature, ValueError, TypeError):
            return ""
        return str(text) if now.timestamp() < until else ""

    def chat(self, address_id: str, until: datetime) -> str:
        """Return the link that opens somebody's own chat in any browser."""
        return f"{self.web_address}/chat?t={self.sign('chat', address_id, until)}"

    def upload(self, address: Address, until: datetime) -> str:
        """Return the link to the page by which somebody hands over what their channel does not."""
        text = json.dumps([address.channel, address.id])
        return f"{self.web_address}/gui/{self.sign('upload', text, until)}"

    def read_upload(self, token: str, now: datetime) -> Address | None:
        """Return whose upload page a token opens; None when it is false or too old."""
        text = self.verify("upload", token, now)
        return Address(*json.loads(text)) if text else None

    def invitation(self, code: str) -> str:
        """Return the link by which an invited person comes."""
        return f"{self.web_address}/moi/{code}"

    def file(self, file: File, until: datetime, *, owner: str = "") -> str:
        """Return the path of a download; with an ``owner`` only that chat's browser may have it."""
        return f"/files/{self.sign('file', json.dumps([owner, *astuple(file)]), until)}"

    def read_file(self, token: str, now: datetime) -> tuple[File, str] | None:
        """Return the file that a token is for and its owner; None when it is false or too old."""
        text = self.verify("file", token, now)
        if not text:
            return None
        owner, key, name, mime = json.loads(text)
        return File(key, name, mime), owner

    def _serializer(self, purpose: str) -> URLSafeSerializer:
        return URLSafeSerializer(self._secret, salt=purpose)
