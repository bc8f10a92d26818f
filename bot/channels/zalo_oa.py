"""The Zalo Official Account: one channel of the bot. Listens by webhook, and sends what is said.

Zalo lets the account write to a person free of charge for 48 hours after they were last heard,
for a fee until seven days have passed, and later only with texts that are registered (templates):
by user id, or by telephone number (ZNS).
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from aiohttp.web import UrlDispatcher

from bot.channels.fitting import fit, link_files, takes
from bot.channels.zalo_oa_errors import CallFailed, Then, to_send_error
from bot.channels.zalo_oa_events import CHANNEL
from bot.channels.zalo_oa_http import Account, Calls
from bot.channels.zalo_oa_listening import WEBHOOK_PATH, Listener
from bot.channels.zalo_oa_outgoing import REFUSED_UPLOAD, Bubble, Sender, Uploads, plan
from bot.channels.zalo_oa_tokens import Tokens, TokenShelf
from bot.chat import ANNOUNCED, Abilities, Address, Attachment, File, FilePath, Message, Receive
from bot.errors import Rejected, SendError, TryLater, Unreachable

log = structlog.get_logger(__name__)

MARGIN = timedelta(minutes=10)  # before a window's end: our clock is not Zalo's
FREE = timedelta(hours=48) - MARGIN
LONGEST_VALUE = 200  # of a parameter of a template
WINDOW = timedelta(days=7) - MARGIN
MEMORY = 1000
GENERIC, GENERIC_TRIES = -200, 5  # "send message failed"; after so many it will not get better
TOKEN_CHECK_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Contact:
    """What decides which way a message may go to somebody."""

    last_heard: datetime | None = None  # by this channel
    phone: str = ""  # their own, for ZNS


_ABILITIES = Abilities(
    buttons=5,
    button_label=100,
    numbered=True,
    files=True,
    pictures=True,
    file_kinds=(".pdf", ".doc", ".docx"),
    text_limit=1800,  # Zalo: 2000; the ways on may have to be said in words
    file_bytes=5_000_000,
    download_bytes=20_000_000,
)


@dataclass(frozen=True, slots=True)
class Ready:
    """A message as it goes out, and where its files lie."""

    bubbles: Sequence[Bubble]
    paths: Mapping[File, Path]


@dataclass(kw_only=True)
class ZaloOA:
    """The channel. Zalo may be down for as long as it likes, also at the start."""

    account: Account
    file_path: FilePath
    link: Callable[[Address, File], Awaitable[str]]  # of a file that does not go as one
    count: Callable[[str, int], Awaitable[None]]  # "in", "out", "paid", "template", "zns"
    counted: Callable[[], Awaitable[Mapping[str, int]]]  # of this month
    contact: Callable[[str], Awaitable[Contact]]  # of a user id
    tokens: TokenShelf
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    name: str = CHANNEL
    abilities: Abilities = _ABILITIES

    def __post_init__(self) -> None:
        self._calls = Calls(self.account, self.clock)
        self._tokens = Tokens(self.account, self._calls, self.tokens, self.clock)
        self._uploads = Uploads(self._calls, self._tokens, self.clock)
        self._sender = Sender(self._calls, self._tokens, self._uploads)
        self._listener = Listener(self.account, self._name_of, self._note, self.clock)
        self._partly_sent: OrderedDict[str, int] = OrderedDict()  # key -> bubbles that went out
        self._generic: OrderedDict[str, int] = OrderedDict()  # key -> how often Zalo failed at it
        self._keeper: asyncio.Task[None] | None = None

    async def open(self, receive: Receive, routes: UrlDispatcher) -> None:
        """Start listening, and return at once."""
        self._calls.open()
        routes.add_post(WEBHOOK_PATH, self._listener.on_webhook)
        self._listener.start(receive)
        self._keeper = asyncio.create_task(self._keep_token())

    async def close(self) -> None:
        """Stop listening; a token that is being renewed is kept first."""
        self._listener.stop()
        if self._keeper:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        await self._tokens.close()
        await self._calls.close()

    async def send(self, to: Address, message: Message, key: str) -> str:
        """See Channel. A message that went out in part goes on where it stopped.

        Outside of Zalo's windows ``message.template`` goes instead of it; Unreachable where there
        is none, or where the person gets none.
        """
        if not (message.text.strip() or message.choices or message.files):
            raise Rejected("nothing to say")
        contact = await self.contact(to.id)
        age = self.clock() - contact.last_heard if contact.last_heard else timedelta.max
        sent = None
        if age <= FREE or (age <= WINDOW and self.account.paid_messages):
            ready = await self._prepare(to, message, key, free=age <= FREE)
            consult = self._consult if age <= FREE else self._consult_for_a_fee
            sent = await consult(to.id, ready, key)
        return await self._send_template(to, contact, message, key) if sent is None else sent

    async def download(self, attachment: Attachment, target: Path) -> None:
        """See Channel."""
        limit = self.abilities.download_bytes
        if attachment.size > limit:
            raise Rejected("file is too big")
        try:
            for _ in range(2):  # what came damaged once may come whole
                if await self._calls.save(attachment.ref, target, limit):
                    return
        except CallFailed as failed:
            if failed.status in (400, 403, 404, 410, 413):
                raise Rejected(str(failed)) from failed
            raise TryLater(str(failed)) from failed
        raise Rejected("the file is not what its checksum says")

    # consultation messages

    async def _consult(self, user: str, ready: Ready, key: str, *, free: bool = True) -> str | None:
        """Send a message as it is; None when Zalo says that the window is closed."""
        try:
            return await self._send_all(user, ready, key, free=free)
        except CallFailed as failed:
            if failed.is_any(Then.CLOSED):
                log.info("zalo-oa: the window is closed", code=failed.code)
                return None
            raise self._to_error(failed, key, free=free) from failed

    async def _consult_for_a_fee(self, user: str, ready: Ready, key: str) -> str | None:
        """The same when it costs; None as well when this month's money is spent."""
        before = self._partly_sent.get(key, 0)
        price = spent = len(ready.bubbles) - before
        # Counted before it is spent: no two processes can spend the same.
        await self.count("paid", price)
        try:
            if (await self.counted()).get("paid", 0) > self.account.paid_messages:
                spent = 0
                return None
            sent = await self._consult(user, ready, key, free=False)
            if sent is None:
                spent = self._partly_sent.get(key, before) - before
            return sent
        except BaseException as error:
            perhaps = isinstance(error, TryLater) and error.perhaps_sent
            spent = self._partly_sent.get(key, before) - before + perhaps
            raise
        finally:
            if spent < price:
                await self.count("paid", spent - price)

    async def _prepare(self, to: Address, message: Message, key: str, *, free: bool) -> Ready:
        try:
            return await self._bubbles(to, message)
        except CallFailed as failed:
            raise self._to_error(failed, key, free=free) from failed

    async def _bubbles(self, to: Address, message: Message) -> Ready:
        """Return what goes out, and where its files lie; what Zalo does not take is linked."""
        paths: dict[File, Path] = {}
        links: dict[File, str] = {}
        for file in message.files:
            path, size = await self._look_at(file)
            if takes(self.abilities, file, size) and await self._is_uploaded(file, path):
                paths[file] = path
            else:
                links[file] = await self.link(to, file)
        fitted = link_files(message, links)
        return Ready(plan(fit(fitted, self.abilities), fitted.files), paths)

    async def _look_at(self, file: File) -> tuple[Path, int]:
        try:
            path = await self.file_path(file)
            return path, (await asyncio.to_thread(path.stat)).st_size
        except OSError as error:
            raise Rejected(f"{file.key} is not there any more") from error

    async def _is_uploaded(self, file: File, path: Path) -> bool:
        try:
            await self._uploads.token(file, path)
        except CallFailed as failed:
            if failed.code not in REFUSED_UPLOAD:
                raise
            log.warning("zalo-oa: a file was not taken", file=file.key, code=failed.code)
            return False
        return True

    async def _send_all(self, user: str, ready: Ready, key: str, *, free: bool) -> str:
        sent = ""
        for index in range(self._partly_sent.get(key, 0), len(ready.bubbles)):
            bubble = ready.bubbles[index]
            path = ready.paths[bubble.upload] if bubble.upload else None
            sent = await self._sender.send(user, bubble, path)
            _remember(self._partly_sent, key, index + 1)
            if free:
                await self._note("out", 1)
        self._partly_sent.pop(key, None)
        self._generic.pop(key, None)
        return sent

    # templates

    async def _send_template(
        self, to: Address, contact: Contact, message: Message, key: str
    ) -> str:
        """Say it with a registered text: by user id, else by telephone number."""
        template = message.template
        known = self.account.templates.get(template.name, "") if template else ""
        if template is None or not known:
            raise Unreachable("Zalo's window is closed, and there is no template for this message")
        values = {name: value[:LONGEST_VALUE] for name, value in template.values}
        try:
            sent = await self._sender.send_template(to.id, known, values)
            await self._note("template", 1)
            return ANNOUNCED + sent
        except CallFailed as failed:
            if not failed.is_any(Then.CLOSED, Then.GONE):
                raise self._to_error(failed, key, free=False) from failed
            log.info("zalo-oa: no template by user id", code=failed.code)
        phone = _zns_phone(contact.phone)
        if not phone:
            raise Unreachable("Zalo's window is closed, and the telephone number is not known")
        try:
            sent = await self._sender.send_zns(phone, known, values, key)
        except CallFailed as failed:
            raise self._to_error(failed, key, free=False) from failed
        await self._note("zns", 1)
        return ANNOUNCED + sent

    def _to_error(self, failed: CallFailed, key: str, *, free: bool) -> SendError:
        error = to_send_error(failed, self.clock(), free=free)
        if failed.code != GENERIC:
            return error
        _remember(self._generic, key, self._generic.get(key, 0) + 1)
        if self._generic[key] < GENERIC_TRIES:
            return error
        del self._generic[key]
        return Rejected(f"{failed}, {GENERIC_TRIES} times")

    # names, counts, tokens

    async def _note(self, kind: str, count: int) -> None:
        """Count what has gone through already: nothing must go twice because that fails."""
        try:
            await self.count(kind, count)
        except Exception:
            log.exception("zalo-oa: not counted", kind=kind)

    async def _name_of(self, user: str) -> str:
        answer = await self._tokens.using(
            lambda token: self._calls.get("/v3.0/oa/user/detail", token, {"user_id": user})
        )
        return str(answer.get("display_name", ""))

    async def _keep_token(self) -> None:
        """Renew the tokens in time also when nobody talks: over a summer they would die."""
        while True:
            try:
                await self._tokens.access()
            except SendError as error:
                log.warning("zalo-oa: no access token", reason=str(error))
            except Exception:
                log.exception("zalo-oa: the tokens could not be looked at")
            await asyncio.sleep(TOKEN_CHECK_SECONDS)


def _remember(kept: OrderedDict[str, int], key: str, value: int) -> None:
    kept[key] = value
    if len(kept) > MEMORY:
        kept.popitem(last=False)


def _zns_phone(phone: str) -> str:
    """Return a number as ZNS wants it: 84987654321."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    return f"84{digits[1:]}" if digits.startswith("0") else digits
