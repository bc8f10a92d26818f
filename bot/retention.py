"""What is deleted because its time is over (Luật 91/2025/QH15, Điều 3 and 14)."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from storage.database import Database
from storage.store import Store

log = structlog.get_logger()


async def clean(
    database: Database,
    forget_file: Callable[[str], Awaitable[None]],
    *,
    now: datetime,
    retention: timedelta,
) -> None:
    """Delete people who have been silent for ``retention``, old drafts, and old talk."""

    def work(store: Store) -> list[str]:
        silent = store.people.last_seen_before(now - retention)
        for person_id in silent:
            for channel, chat_id in store.people.addresses_of(person_id):
                store.inbox.forget(channel, chat_id)
                store.outbox.forget(channel, chat_id)
                store.file_links.forget(channel, chat_id)
            store.people.delete_person(person_id)
        keys = store.reports.forget_old_drafts(now - retention)
        store.file_links.forget_expired(now)
        store.inbox.forget_answered(now, retention)
        store.rosters.forget_lists(now - retention)
        store.outbox.forget_sent(now, retention)
        if silent:
            log.info("forgotten", people=len(silent), files=len(keys))
        return keys

    for key in await database.write(work):
        await forget_file(key)
