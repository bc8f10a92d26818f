"""When somebody was last heard, and the telephone number they have given."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from storage.database import Database

NOW = datetime(2026, 10, 9, 5, 0, tzinfo=UTC)
HERE = ("zalo-oa", "246845883529197922")


def said(at: datetime | None = None) -> dict:
    return {"text": "Chào"} | ({"at": at.isoformat()} if at else {})


async def heard(database: Database, *where: str) -> datetime | None:
    return await database.read(lambda store: store.inbox.last_heard(*(where or HERE)))


async def test_the_newest_word_counts_and_nobody_elses(database: Database):
    assert await heard(database) is None
    for hours, address in ((0, HERE), (3, HERE), (5, ("zalo-oa", "2")), (6, ("web", HERE[1]))):
        at = NOW + timedelta(hours=hours)
        await database.write(lambda s, at=at, to=address: s.inbox.keep(*to, f"m{at}", said(at), at))
    assert await heard(database) == NOW + timedelta(hours=3)


async def test_what_was_reported_late_was_said_before(database: Database):
    late = NOW - timedelta(hours=1, minutes=45)
    await database.write(lambda s: s.inbox.keep(*HERE, "m1", said(late), NOW))
    assert await heard(database) == late
    early = NOW + timedelta(hours=1)  # a clock that is ahead of ours opens nothing longer
    await database.write(lambda s: s.inbox.keep(*HERE, "m2", said(early), NOW))
    assert await heard(database) == NOW
    await database.write(lambda s: s.inbox.keep(*HERE, "m3", said(), NOW + timedelta(hours=2)))
    assert await heard(database) == NOW + timedelta(hours=2)


async def test_it_is_found_by_an_index(database: Database):
    if not database.is_sqlite:
        return  # PostgreSQL reads a table of a few rows from end to end
    query = (
        "EXPLAIN QUERY PLAN SELECT at, incoming FROM inbox "
        "WHERE channel = 'a' AND chat_id = 'b' ORDER BY id DESC LIMIT 1"
    )
    plan = await database.read(lambda s: list(s.connection.execute(text(query))))
    assert "ix_inbox_history" in str(plan)
    assert "TEMP B-TREE" not in str(plan)


async def test_a_number_belongs_to_the_person_whatever_address_it_came_by(database: Database):
    def phone(channel: str, chat_id: str):
        return lambda s: s.people.phone_at(channel, chat_id)

    def work(store):
        person = store.people.add_person(*HERE, "Cô Hạnh", NOW)
        store.people.add_person("telegram", "7", "Cô Hạnh", NOW)
        store.people.move_address("telegram", "7", person.id)
        store.people.add_person("zalo-oa", "8", "Thầy An", NOW)
        store.people.save_phone("telegram", "7", "+84912345678")

    await database.write(work)
    assert await database.read(phone(*HERE)) == "+84912345678"
    await database.write(lambda s: s.people.save_phone(*HERE, "+84987654321"))
    assert await database.read(phone(*HERE)) == "+84987654321"
    assert await database.read(phone("zalo-oa", "8")) == ""
    assert await database.read(phone("zalo-oa", "nobody")) == ""
    await database.write(lambda s: s.people.save_phone(*HERE, ""))
    await database.write(lambda s: s.people.save_phone("telegram", "7", ""))
    assert await database.read(phone(*HERE)) == ""
