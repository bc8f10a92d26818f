"""Links to files: the same one when asked again, and one document of a name in a chat."""

from datetime import UTC, datetime, timedelta

from storage.database import Database
from storage.file_links import LinkedFile

NOW = datetime(2023, 10, 9, 1, tzinfo=UTC)
DAYS = timedelta(days=3)
LAN = ("zalo-bot", "6ede")
DOCX = "application/msword"
REPORT = LinkedFile("documents/1.docx", "Bao-cao-Tuan-le.docx", DOCX)
SECOND = LinkedFile("documents/2.docx", "Bao-cao-Tuan-le.docx", DOCX)


async def issue(database: Database, file=REPORT, where=LAN, now=NOW, lasts=DAYS) -> str:
    return await database.write(lambda s: s.file_links.issue(where, file, now, now + lasts))


async def find(database: Database, token: str, now=NOW) -> LinkedFile | None:
    return await database.read(lambda s: s.file_links.find(token, now))


async def test_a_link_leads_to_its_file_until_it_ends(database: Database):
    token = await issue(database)
    assert len(token) >= 22  # 128 bits in base64
    assert await find(database, token) == REPORT
    assert await find(database, token, NOW + DAYS - timedelta(seconds=1)) == REPORT
    assert await find(database, token, NOW + DAYS) is None
    assert await find(database, "unknown") is None


async def test_asked_again_it_is_the_same_link_and_lasts_longer(database: Database):
    token = await issue(database)
    later = NOW + timedelta(days=2)
    assert await issue(database, now=later) == token
    assert await find(database, token, NOW + timedelta(days=4)) == REPORT
    assert await issue(database, now=later, lasts=timedelta(hours=1)) == token
    assert await find(database, token, NOW + timedelta(days=4)) == REPORT  # never shorter


async def test_a_new_version_ends_the_link_to_the_one_before_in_that_chat_only(database: Database):
    first, elsewhere = await issue(database), await issue(database, where=("zalo-bot", "minh"))
    second = await issue(database, SECOND)
    assert await find(database, first) is None
    assert await find(database, second) == SECOND
    assert await find(database, elsewhere) == REPORT
    again = await issue(database)  # asked for on purpose: the other one steps back
    assert again == first
    assert await find(database, first) == REPORT
    assert await find(database, second) is None


async def test_pictures_of_one_name_stand_side_by_side(database: Database):
    one = await issue(database, LinkedFile("photos/1.jpg", "anh.jpg", "image/jpeg"))
    other = await issue(database, LinkedFile("photos/2.jpg", "anh.jpg", "image/jpeg"))
    assert one != other
    assert (await find(database, one)).key == "photos/1.jpg"
    assert (await find(database, other)).key == "photos/2.jpg"


async def test_the_links_of_a_chat_are_forgotten_and_old_ones_of_all(database: Database):
    mine, theirs = await issue(database), await issue(database, where=("zalo-bot", "minh"))
    await database.write(lambda s: s.file_links.forget(*LAN))
    assert await find(database, mine) is None
    assert await find(database, theirs) == REPORT
    await database.write(lambda s: s.file_links.forget_expired(NOW + DAYS))
    assert await issue(database, where=("zalo-bot", "minh")) != theirs


async def test_a_telephone_number_is_kept_with_the_account_and_goes_with_the_person(
    database: Database,
):
    def give(store):
        person = store.people.add_person(*LAN, "Lan", NOW)
        store.people.save_phone(*LAN, "+84912345678")
        store.people.save_phone(*LAN, "+84987654321")
        return person.id, store.people.phones_of(person.id)

    person_id, phones = await database.write(give)
    assert phones == ["+84987654321"]
    await database.write(lambda s: s.people.delete_person(person_id))
    assert await database.read(lambda s: s.people.phones_of(person_id)) == []
