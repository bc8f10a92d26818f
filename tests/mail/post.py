"""A mail server that tests command: what it answers, when it hangs up, what it was given."""

import asyncio
import email
import email.policy
import ssl
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "bao-cao@phong.vn", "mật/khẩu"


class Post:
    """A server on a free port. ``to_rcpt`` and ``to_data`` are answered first, one each."""

    def __init__(self, *, login: bool = False, tls: ssl.SSLContext | None = None) -> None:
        self.mails: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        self.encrypted: list[bool] = []
        self.to_rcpt: list[str] = []
        self.to_data: list[str] = []
        self.resets = 0  # after so many mails the line is cut instead of an answer
        self.logins = 0
        self._login = login
        self._tls = tls

    async def open(self, *, tls_at_once: bool = False) -> None:
        loop = asyncio.get_running_loop()
        options: dict[str, object] = {"hostname": "post.test", "loop": loop}
        if self._login:
            options |= {"authenticator": self._authenticate, "auth_require_tls": False}
        if self._tls and not tls_at_once:
            options |= {"tls_context": self._tls}
        self._server = await loop.create_server(
            lambda: SMTP(self, **options),
            "127.0.0.1",
            0,
            ssl=self._tls if tls_at_once else None,
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        self._server.close()
        await self._server.wait_closed()

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        self.logins += 1
        assert isinstance(data, LoginPassword)
        right = data.login == USER.encode() and data.password == PASSWORD.encode()
        return AuthResult(success=right, handled=False)

    async def handle_RCPT(  # noqa: N802 - named by aiosmtpd
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.to_rcpt:
            return self.to_rcpt.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - named by aiosmtpd
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.to_data:
            return self.to_data.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        read = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(read, EmailMessage)
        self.mails.append(read)
        self.envelopes.append(envelope)
        self.encrypted.append(bool(server.transport.get_extra_info("ssl_object")))
        if self.resets:
            self.resets -= 1
            server.transport.abort()
        return "250 taken"
