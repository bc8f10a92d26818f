"""Soft copies by e-mail: each submitted report goes to its campaign's mailbox as a Word file.

A submission puts a row into ``mails``; the clock knocks at ``Mailroom.sweep``. A mail whose
answer was lost may have arrived: it goes again with the same Message-ID, by which mail programs
know it for the same. Logs hold ids and codes only, neither addresses nor what servers say.
"""

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from email.utils import format_datetime
from functools import partial
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

import aiosmtplib
import structlog

from bot.chat import File
from bot.errors import SetupError
from bot.paperwork import DOCX, Paperwork
from bot.texts import texts
from storage.database import Database
from storage.mails import CLAIM, Mail
from storage.reports import document_key
from storage.store import Store

log = structlog.get_logger()

HOST = "tro-ly-bao-cao"  # in Message-IDs, where the bot has no address of its own

_AT_ONCE = 4  # connections to the mail server
_ANSWER = 60.0  # seconds for one answer of the server
_MAKING = 240.0  # seconds for the document
_SENDING = 240.0  # seconds for the mail; both together are over before storage.mails.CLAIM is
_FAREWELL = 5.0
_LONGEST_WAIT = timedelta(hours=1)
_GIVE_UP_AFTER = timedelta(days=2)
_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed in, and whose name they carry."""

    host: str
    port: int
    tls: bool  # from the first byte; otherwise STARTTLS when the server offers it
    user: str | None
    password: str | None
    sender: Address


def mail_server(url: str) -> MailServer:
    """Read ``smtp://user:password@host:587?from=name@host``, or ``smtps://``.

    Raises:
        SetupError: it says no such thing. The message does not repeat it, for the password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme]
        user = unquote(parts.username) if parts.username else None
        password = unquote(parts.password or "") if user else None
        (sender,) = parse_qs(parts.query.replace("+", "%2B")).get("from", [user or ""])
        name = Address(texts("vi")("mail-from"), addr_spec=sender)
    except (ValueError, LookupError, MessageError):
        parts = None
    if parts is None or not parts.hostname or not name.domain:
        # Said outside the handler: a chained error would repeat what the URL holds.
        raise SetupError("BOT_SMTP_URL: smtp://user:password@host:587?from=name@host")
    return MailServer(parts.hostname, port, parts.scheme == "smtps", user, password, name)


@dataclass(frozen=True, slots=True)
class _Failure:
    reason: str  # kept in the database, for the office
    code: str  # for the log
    final: bool = False  # the server will never take this mail
    perhaps_sent: bool = False
    server_down: bool = False  # nothing else would get through now


class Mailroom:
    """Sends what waits in ``mails``."""

    def __init__(
        self,
        database: Database,
        paperwork: Paperwork,
        smtp_url: str,
        clock: Callable[[], datetime],
        timezone: ZoneInfo,
        host: str = HOST,
    ) -> None:
        self._database = database
        self._paperwork = paperwork
        self._server = mail_server(smtp_url)
        self._clock = clock
        self._timezone = timezone
        self._host = host

    async def sweep(self) -> None:
        """Send all that is due: a knock. Ends early when the mail server is down."""
        while await self._database.read(partial(_is_due, self._clock())):
            claimed = await self._database.write(partial(_claim, self._clock()))
            failures = await asyncio.gather(*map(self._deliver, claimed))
            if not claimed or any(failure and failure.server_down for failure in failures):
                return

    async def _deliver(self, mail: Mail) -> _Failure | None:
        """Send one and write down what became of it."""
        failure = await self._try(mail)
        now = self._clock()
        if failure is None:
            await self._database.write(lambda store: store.mails.mark_sent(mail.id, now))
            log.info("mail_sent", mail=mail.id, tries=mail.tries)
            return None
        over = failure.final or now >= mail.submitted_at + _GIVE_UP_AFTER
        log.warning("mail_not_sent", mail=mail.id, tries=mail.tries, code=failure.code, over=over)

        def keep(store: Store) -> None:
            if over:
                store.mails.give_up(mail.id, failure.reason, now)
            else:
                store.mails.put_off(mail.id, now + _wait(mail.tries, failure), failure.reason)

        await self._database.write(keep)
        return failure

    async def _try(self, mail: Mail) -> _Failure | None:
        try:
            async with asyncio.timeout(_MAKING):
                content = await self._document(mail)
        except Exception as error:
            # Whatever is wrong with one document keeps back no other; it is tried again.
            log.exception("document_failed", mail=mail.id, document=mail.document_id)
            return _Failure(type(error).__name__, type(error).__name__)
        try:
            message = self._written(mail, content)
        except (ValueError, LookupError, MessageError) as error:
            # Most likely the mailbox only looks like an address; no traceback, for what is in it.
            return _Failure(f"address: {type(error).__name__}", type(error).__name__, final=True)
        return await self._send(mail, message)

    async def _send(self, mail: Mail, message: EmailMessage) -> _Failure | None:
        is_connected = False
        client = self._client()
        try:
            async with asyncio.timeout(_SENDING):
                await client.connect()
                is_connected = True
                await client.send_message(message, recipients=[mail.mailbox])
            with suppress(aiosmtplib.SMTPException, OSError):  # what was taken stays taken
                await client.quit(timeout=_FAREWELL)
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            return _failure(error, is_connected=is_connected)
        finally:
            client.close()
        return None

    def _client(self) -> aiosmtplib.SMTP:
        server = self._server
        return aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.tls,
            start_tls=False if server.tls else None,
            username=server.user,
            password=server.password,
            timeout=_ANSWER,
        )

    async def _document(self, mail: Mail) -> bytes:
        file = File(document_key(mail.document_id, "docx"), f"{mail.name}.docx", DOCX)
        path = await self._paperwork.path(file)
        return await asyncio.to_thread(path.read_bytes)

    def _written(self, mail: Mail, content: bytes) -> EmailMessage:
        words = texts("vi")
        about = {"school": mail.school, "title": mail.title, "version": str(mail.version)}
        submitted = mail.submitted_at.astimezone(self._timezone)
        message = EmailMessage(policy=WIRE)
        message["From"] = self._server.sender
        message["To"] = Address(addr_spec=mail.mailbox)
        # Where EmailMessage itself folds a long subject, Python 3.11 loses spaces between words.
        subject = Header(_line(words("mail-subject", **about)), "utf-8", header_name="Subject")
        message.set_raw("Subject", subject.encode())
        message["Date"] = format_datetime(self._clock().astimezone(self._timezone))
        message["Message-ID"] = f"<mail-{mail.id}@{self._host}>"
        message["Auto-Submitted"] = "auto-generated"  # keeps holiday answers away (RFC 3834)
        message.set_content(
            words(
                "mail-body",
                **about,
                receipt=mail.receipt,
                clock=f"{submitted:%H:%M}",
                day=f"{submitted:%d/%m/%Y}",
            ),
            cte="quoted-printable",  # for servers that take seven bits only
        )
        main, _, sub = DOCX.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=f"{mail.name}.docx")
        return message


def _is_due(now: datetime, store: Store) -> bool:
    return store.mails.is_due(now)


def _claim(now: datetime, store: Store) -> list[Mail]:
    return store.mails.claim(now, _AT_ONCE)


def _line(text: str) -> str:
    """Return a header's text on one line: names of schools are typed by people."""
    return re.sub(r"\s+", " ", text).strip()


def _wait(tries: int, failure: _Failure) -> timedelta:
    wait = min(timedelta(minutes=2 ** min(tries - 1, 6)), _LONGEST_WAIT)
    return max(wait, CLAIM) if failure.perhaps_sent else wait


def _failure(error: Exception, *, is_connected: bool) -> _Failure:
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        error = error.recipients[0]
    name = type(error).__name__
    if isinstance(error, aiosmtplib.SMTPResponseException):
        found = _Failure(_line(f"{error.code} {error.message}"), f"{name} {error.code}")
        # A refused login is the operator's to put right, and no fault of this mail.
        return replace(
            found, final=is_connected and error.code >= 500, server_down=not is_connected
        )
    if not is_connected:
        return _Failure(name, name, server_down=True)
    return _Failure(name, name, perhaps_sent=isinstance(error, OSError))
