"""The Official Account's tokens: a pair that is used up by renewing it, shared by all processes.

An access token lives 25 hours. A refresh token lives three months, works once, and gives a new
pair; whoever loses that needs an administrator of the Official Account again. So one process at a
time renews, under a lease; that it begins is written down before, and the new pair is written
down before it is used.
"""

import asyncio
import hashlib
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

import orjson
import structlog

from bot.channels.zalo_oa_errors import (
    NEW_CONSENT,
    RULES,
    CallFailed,
    Then,
    to_send_error,
)
from bot.channels.zalo_oa_http import Account, Calls, Json
from bot.errors import OperatorNeeded, SendError, TryLater

T = TypeVar("T")

log = structlog.get_logger(__name__)

USED_FOR = 0.8  # of its life, then the access token is renewed
LEASE = timedelta(seconds=40)  # longer than an exchange can take
WAIT_SECONDS = 20.0  # for another process that is renewing
LOOK_SECONDS = 0.2
IN_VAIN_FOR = timedelta(minutes=5)  # nobody waits for Zalo's answer again, while the token lives
USED_UP = (-14014, -118)  # the refresh token is not known (any more)
KNOWN_FIRSTS = 20


@dataclass(frozen=True, slots=True)
class TokenShelf:
    """Where the tokens are kept, so that every process finds the same."""

    load: Callable[[], Awaitable[tuple[str, str]]]  # the pair; the renewal begun last; "": none
    keep: Callable[[str], Awaitable[None]]  # a new pair; returns when it is on disk
    begin: Callable[[str], Awaitable[None]]  # a renewal; the same
    lease: Callable[[str, timedelta], Awaitable[bool]]  # take or renew for a holder
    release: Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Pair:
    """An access token and the refresh token that came with it."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    since: datetime
    until: datetime
    firsts: tuple[str, ...]  # marks of the settings' refresh tokens that were used, newest last

    def is_fresh(self, now: datetime) -> bool:
        """Whether it need not be renewed yet."""
        return now < self.since + (self.until - self.since) * USED_FOR


def mark(token: str) -> str:
    """Return what tells tokens apart without giving them away."""
    return hashlib.sha256(token.encode()).hexdigest()[:16]


class Tokens:
    """Gives the access token, and renews it in time."""

    def __init__(
        self, account: Account, calls: Calls, shelf: TokenShelf, clock: Callable[[], datetime]
    ) -> None:
        self._account = account
        self._calls = calls
        self._shelf = shelf
        self._clock = clock
        self._holder = secrets.token_hex(8)
        self._pair: Pair | None = None
        self._again_at: datetime | None = None  # before that it is in vain to renew
        self._renewal: asyncio.Task[Pair] | None = None
        self._exchanging = False  # Zalo may have used up the refresh token
        self._dead: dict[str, str] = {}  # refresh tokens that Zalo does not take

    async def using(self, call: Callable[[str], Awaitable[T]]) -> T:
        """Carry out a call with an access token; once more where Zalo wants a newer one.

        Raises:
            CallFailed: the call was refused.
            TryLater: there is no access token now; OperatorNeeded: not until somebody acts.
        """
        token = await self.access()
        try:
            return await call(token)
        except CallFailed as failed:
            if not failed.is_any(Then.RENEW):
                raise
        return await call(await self.access(refused=token))

    async def access(self, refused: str = "") -> str:
        """Return an access token other than ``refused``. Raises TryLater, OperatorNeeded."""
        pair = self._pair
        while pair is None or not self._serves(pair, refused):
            if self._renewal is None:
                self._renewal = asyncio.create_task(self._renewed(refused))
                self._renewal.add_done_callback(self._renewal_done)
            # Shielded: whoever waits may be in a hurry, but an exchange must come to its end.
            pair = await asyncio.shield(self._renewal)
            if pair.access != refused:
                break
        return pair.access

    def _serves(self, pair: Pair, refused: str) -> bool:
        """Whether a pair can be used: it is fresh, or lives and was in vain to be renewed."""
        now = self._clock()
        in_vain = self._again_at is not None and now < min(self._again_at, pair.until)
        return pair.access != refused and (pair.is_fresh(now) or in_vain)

    async def close(self) -> None:
        """Wait for an exchange that is under way: its answer must not be lost."""
        if self._renewal is not None:
            if not self._exchanging:
                self._renewal.cancel()
            await asyncio.wait([self._renewal])

    def _renewal_done(self, task: asyncio.Task[Pair]) -> None:
        self._renewal = None
        if not task.cancelled() and (error := task.exception()) is not None:
            log.warning("zalo-oa: no access token", reason=str(error))

    async def _renewed(self, refused: str) -> Pair:
        """Return a pair that is fresh: another process's, or a new one."""
        for _ in range(int(WAIT_SECONDS / LOOK_SECONDS)):
            kept, _ = await self._kept()
            if kept is not None and self._is_usable(kept, refused):
                return self._take(kept)
            if await self._shelf.lease(self._holder, LEASE):
                try:
                    return await self._renew(refused)
                finally:
                    await self._shelf.release(self._holder)
            await asyncio.sleep(LOOK_SECONDS)
        raise TryLater("another process is renewing the token", whole_channel=True)

    async def _renew(self, refused: str) -> Pair:
        """Exchange the refresh token; nobody else does so meanwhile."""
        kept, begun = await self._kept()
        if kept is not None and self._is_usable(kept, refused):
            return self._take(kept)
        self._exchanging = True
        try:
            return await self._exchange(kept, begun)
        except TryLater as error:
            alive = kept is not None and kept.access != refused and self._clock() < kept.until
            if isinstance(error, OperatorNeeded) or not alive or self._is_new_first(kept):
                raise
            assert kept is not None
            log.warning("zalo-oa: the token is renewed later", reason=str(error))
            self._again_at = self._clock() + IN_VAIN_FOR
            return self._take(kept)
        finally:
            self._exchanging = False

    async def _exchange(self, kept: Pair | None, begun: str) -> Pair:
        token = self._refresh_token(kept)
        this = mark(token)
        if this in self._dead:
            raise OperatorNeeded(self._dead[this])
        again = begun.partition(" ")[0] == this
        if not again:
            await self._shelf.begin(f"{this} {self._clock().isoformat()}")
        try:
            answer = await self._calls.exchange(token)
        except CallFailed as failed:
            if failed.code not in USED_UP:
                raise self._refused(failed) from failed
            answer = None
        if answer is None:
            return await self._used_up(kept, this, begun if again else "")
        return await self._keep(answer, kept, this)

    def _refresh_token(self, kept: Pair | None) -> str:
        """Return which to use: the operator's, where it is a new one, or the last that came."""
        if kept is not None and not self._is_new_first(kept):
            return kept.refresh
        if not self._account.first_refresh_token:
            raise OperatorNeeded(f"there is no refresh token yet: {NEW_CONSENT}")
        return self._account.first_refresh_token

    def _is_new_first(self, kept: Pair | None) -> bool:
        """Whether the settings have a refresh token that has never been used."""
        first = self._account.first_refresh_token
        return bool(first) and (kept is None or mark(first) not in kept.firsts)

    def _is_usable(self, kept: Pair, refused: str) -> bool:
        new = self._is_new_first(kept)
        return not new and kept.access != refused and kept.is_fresh(self._clock())

    async def _used_up(self, kept: Pair | None, this: str, begun: str) -> Pair:
        """Zalo has already exchanged this refresh token: find who did, or say what to do."""
        newer, _ = await self._kept()
        if newer is not None and newer != kept and newer.is_fresh(self._clock()):
            return self._take(newer)
        if begun:
            why = (
                f"the exchange that the bot began at {begun.partition(' ')[2]} came to its end at "
                "Zalo, but the bot was stopped before it had kept the answer"
            )
        else:
            why = "it has been used elsewhere, or is older than three months"
            await self._shelf.begin("")
        reason = f"Zalo does not take the refresh token any more ({why}). Mend it: {NEW_CONSENT}"
        self._dead[this] = reason
        log.error("zalo-oa: the operator is needed", reason=reason)
        raise OperatorNeeded(reason)

    def _refused(self, failed: CallFailed) -> SendError:
        if failed.code and failed.code not in RULES:
            return OperatorNeeded(f"Zalo gives no token ({failed}). Mend it: {NEW_CONSENT}")
        error = to_send_error(failed, self._clock())
        if isinstance(error, TryLater):
            error.whole_channel, error.perhaps_sent = True, False  # of the message nothing went
        return error

    async def _keep(self, answer: Json, kept: Pair | None, this: str) -> Pair:
        now = self._clock()
        seconds = _seconds(answer.get("expires_in"))
        firsts = kept.firsts if kept is not None else ()
        if self._is_new_first(kept):
            firsts = (*firsts, this)[-KNOWN_FIRSTS:]
        pair = Pair(
            str(answer["access_token"]),
            str(answer["refresh_token"]),
            now,
            now + timedelta(seconds=seconds),
            firsts,
        )
        await self._shelf.keep(orjson.dumps(asdict(pair)).decode())
        log.info("zalo-oa: a new access token", until=pair.until.isoformat())
        return self._take(pair)

    async def _kept(self) -> tuple[Pair | None, str]:
        kept, begun = await self._shelf.load()
        return (_read(orjson.loads(kept)) if kept else None), begun

    def _take(self, pair: Pair) -> Pair:
        self._pair = pair
        return pair


def _read(stored: dict[str, Any]) -> Pair:
    times = {name: datetime.fromisoformat(stored[name]) for name in ("since", "until")}
    return Pair(**{**stored, **times, "firsts": tuple(stored["firsts"])})


def _seconds(said: object) -> float:
    """Return the life of a token; Zalo writes it as text."""
    try:
        return max(60.0, float(str(said)))
    except ValueError:
        return 3600.0
