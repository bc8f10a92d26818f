"""What the Official Account's channel remembers in the database: its tokens, who was heard when."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.database import Database
from storage.store import Store

_PAIR = "zalo_oa_tokens"
_BEGUN = "zalo_oa_renewal"
_LEASE = "zalo_oa_tokens"


@dataclass(frozen=True, slots=True)
class Shelf:
    """The parts of a TokenShelf (bot.channels.zalo_oa_tokens), which this layer does not know."""

    load: Callable[[], Awaitable[tuple[str, str]]]
    keep: Callable[[str], Awaitable[None]]
    begin: Callable[[str], Awaitable[None]]
    lease: Callable[[str, timedelta], Awaitable[bool]]
    release: Callable[[str], Awaitable[None]]


def token_shelf(database: Database, clock: Callable[[], datetime]) -> Shelf:
    """Return where the tokens are kept; what is kept is on disk when a call returns."""

    async def load() -> tuple[str, str]:
        def look(store: Store) -> tuple[str, str]:
            keepsakes = store.keepsakes
            return keepsakes.get(_PAIR) or "", keepsakes.get(_BEGUN) or ""

        return await database.write(look)  # by the writer: nobody else may need a reader

    async def keep(pair: str) -> None:
        await database.write(lambda store: store.keepsakes.put(_PAIR, pair))

    async def begin(renewal: str) -> None:
        await database.write(lambda store: store.keepsakes.put(_BEGUN, renewal))

    async def lease(holder: str, length: timedelta) -> bool:
        now = clock()
        return await database.write(
            lambda store: store.keepsakes.lease(_LEASE, holder, now, now + length)
        )

    async def release(holder: str) -> None:
        await database.write(lambda store: store.keepsakes.release(_LEASE, holder))

    return Shelf(load, keep, begin, lease, release)


def contact_of(
    database: Database, channel: str
) -> Callable[[str], Awaitable[tuple[datetime | None, str]]]:
    """Return what tells of a chat when its person was last heard there, and their own number."""

    async def contact(chat_id: str) -> tuple[datetime | None, str]:
        def look(store: Store) -> tuple[datetime | None, str]:
            heard = store.inbox.last_heard(channel, chat_id)
            return heard, store.people.phone_at(channel, chat_id)

        return await database.read(look)

    return contact
