"""What the Official Account's channel remembers, on both databases."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.oa_shelf import contact_of, token_shelf
from storage.database import Database

NOW = datetime(2026, 10, 9, 5, 0, tzinfo=UTC)


async def test_a_pair_and_a_renewal_are_kept(database: Database):
    shelf = token_shelf(database, lambda: NOW)
    assert await shelf.load() == ("", "")
    await shelf.begin("mark 1")
    await shelf.keep("pair 1")
    await shelf.keep("pair 2")
    other = Database(str(database.url.render_as_string(hide_password=False)))
    await other.open()
    assert await token_shelf(other, lambda: NOW).load() == ("pair 2", "mark 1")
    await other.close()


async def test_a_lease_has_one_holder_however_many_ask_at_once(database: Database):
    shelf = token_shelf(database, lambda: NOW)
    length = timedelta(seconds=40)
    taken = await asyncio.gather(*(shelf.lease(f"process {n}", length) for n in range(12)))
    assert taken.count(True) == 1
    holder = f"process {taken.index(True)}"
    assert await shelf.lease(holder, length)
    await shelf.release("somebody else")
    assert not await shelf.lease("somebody else", length)
    await shelf.release(holder)
    assert await shelf.lease("somebody else", length)


async def test_a_contact_is_when_somebody_was_heard_and_their_number(database: Database):
    contact = contact_of(database, "zalo-oa")
    assert await contact("1") == (None, "")

    def work(store):
        store.people.add_person("zalo-oa", "1", "Cô Hạnh", NOW)
        store.people.save_phone("zalo-oa", "1", "+84912345678")
        store.inbox.keep("zalo-oa", "1", "m1", {"text": "Chào"}, NOW)

    await database.write(work)
    assert await contact("1") == (NOW, "+84912345678")
