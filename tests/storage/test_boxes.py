"""Inbox and outbox: each message once, each person's in order, nothing left behind."""

import asyncio
from datetime import UTC, datetime, timedelta

from storage.database import Database

NOW = datetime(2023, 10, 2, 1, 0, tzinfo=UTC)
SAID = {"text": "Chào"}


async def test_the_same_message_is_kept_once(database: Database):
    def keep(store):
        return store.inbox.keep("telegram", "1", "m7", SAID, NOW)

    first = await database.write(keep)
    assert first is not None
    assert await database.write(keep) is None
    again = await asyncio.gather(*(database.write(keep) for _ in range(10)))
    assert set(again) == {None}


async def test_the_same_number_in_another_chat_is_another_message(database: Database):
    one = await database.write(lambda s: s.inbox.keep("telegram", "1", "m7", SAID, NOW))
    two = await database.write(lambda s: s.inbox.keep("telegram", "2", "m7", SAID, NOW))
    assert one != two
    assert two is not None


async def test_a_message_is_answered_by_one_turn_only(database: Database):
    new = await database.write(lambda s: s.inbox.keep("web", "1", "a", SAID, NOW))
    takes = await asyncio.gather(
        *(database.write(lambda s: s.inbox.take(new, NOW)) for _ in range(8))
    )
    assert sorted(takes) == [False] * 7 + [True]


async def test_what_waits_is_found_again_in_order(database: Database):
    for number in range(5):
        await database.write(lambda s, n=number: s.inbox.keep("web", "1", f"m{n}", {"n": n}, NOW))
    left = await database.read(lambda s: s.inbox.left_before(NOW, 10))
    assert [row.incoming["n"] for row in left] == [0, 1, 2, 3, 4]
    await database.write(lambda s: s.inbox.take(left[0].id, NOW))
    left = await database.read(lambda s: s.inbox.left_before(NOW, 10))
    assert [row.incoming["n"] for row in left] == [1, 2, 3, 4]


async def test_words_stay_claimed_by_the_process_that_said_them_for_a_while(database: Database):
    await database.write(lambda s: s.outbox.add("web", "1", [{"n": 1}, {"n": 2}], NOW))

    assert await database.write(lambda s: s.outbox.claim_left(["web"], NOW, 10)) == []
    later = NOW + timedelta(minutes=2)
    left = await database.write(lambda s: s.outbox.claim_left(["web"], later, 10))
    assert [row.message["n"] for row in left] == [1, 2]
    assert await database.write(lambda s: s.outbox.claim_left(["web"], later, 10)) == []


async def test_what_was_sent_or_given_up_is_not_sent_again(database: Database):
    ids = await database.write(
        lambda s: s.outbox.add("web", "1", [{"n": n} for n in range(3)], NOW)
    )
    await database.write(lambda s: s.outbox.mark_sent([(ids[0], "x")], NOW))
    await database.write(lambda s: s.outbox.give_up(ids[1], "Rejected", NOW))
    later = NOW + timedelta(minutes=5)
    left = await database.write(lambda s: s.outbox.claim_left(["web"], later, 10))
    assert [row.id for row in left] == [ids[2]]
    assert await database.read(lambda s: s.outbox.waiting_count()) == 1


async def test_held_words_can_be_taken_back_until_they_go(database: Database):
    hold = timedelta(seconds=2)
    (held,) = await database.write(lambda s: s.outbox.add("web", "1", [{"n": 1}], NOW, hold=hold))
    assert await database.write(lambda s: s.outbox.take_back("web", "1")) == 1
    assert not await database.write(lambda s: s.outbox.let_go(held))

    (gone,) = await database.write(lambda s: s.outbox.add("web", "1", [{"n": 2}], NOW, hold=hold))
    assert await database.write(lambda s: s.outbox.let_go(gone))
    assert await database.write(lambda s: s.outbox.take_back("web", "1")) == 0


async def test_a_person_comes_with_word_of_what_is_held_back_at_their_address(database: Database):
    hold = timedelta(seconds=2)

    async def held_back(chat_id: str) -> bool:
        person = await database.write(lambda s: s.people.person_at("web", chat_id))
        assert person is not None
        return person.held_back

    for chat_id in ("1", "2"):
        await database.write(lambda s, to=chat_id: s.people.add_person("web", to, "Cô Lan", NOW))
    await database.write(lambda s: s.outbox.add("web", "1", [{"n": 1}], NOW))
    assert not await held_back("1")
    (held,) = await database.write(lambda s: s.outbox.add("web", "1", [{"n": 2}], NOW, hold=hold))
    assert await held_back("1")
    assert not await held_back("2")
    await database.write(lambda s: s.outbox.let_go(held))
    assert not await held_back("1")


async def test_a_message_put_off_waits_for_its_time(database: Database):
    (new,) = await database.write(lambda s: s.outbox.add("web", "1", [{"n": 1}], NOW))
    due = NOW + timedelta(minutes=10)
    await database.write(lambda s: s.outbox.put_off(new, due, "down"))
    before = await database.write(
        lambda s: s.outbox.claim_left(["web"], due - timedelta(seconds=1), 10)
    )
    assert before == []
    after = await database.write(
        lambda s: s.outbox.claim_left(["web"], due + timedelta(minutes=2), 10)
    )
    assert [row.tries for row in after] == [1]


async def test_a_lease_has_one_holder_until_it_ends(database: Database):
    def take(holder: str, at: datetime):
        return lambda s: s.keepsakes.lease("poll", holder, at, at + timedelta(seconds=30))

    assert await database.write(take("a", NOW))
    assert not await database.write(take("b", NOW))
    assert await database.write(take("a", NOW + timedelta(seconds=20)))
    assert not await database.write(take("b", NOW + timedelta(seconds=40)))
    assert await database.write(take("b", NOW + timedelta(seconds=60)))
