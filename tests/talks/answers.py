"""What a school has answered, read from the database: compare it with what was said."""

from bot.campaign import Deeds
from storage.database import Database
from storage.people import Person
from storage.store import Store
from tests.talks.paper import START

READER = Person(0, "", "vi", {}, 1)


async def answers(database: Database, deeds: Deeds, report_id: int = 1) -> dict[str, str]:
    """The answers by question, without rows that are empty.

    A question in a repeat has its row in its name: ``anh_tb[2]/anh_tb_chu_thich``. Of a photo
    there is its place in the album, which is the same on every channel.
    """

    def look(store: Store) -> dict[str, str]:
        report = store.reports.report(report_id)
        assert report is not None
        filling = deeds.draft_of(store, report, READER, START).filling
        places = _places(store, report_id)
        return {
            _short(step.ref): places.get(step.value, step.value)
            for step in filling.steps()
            if step.value
        }

    return await database.read(look)


def _places(store: Store, report_id: int) -> dict[str, str]:
    """Say of each photo which one it is of its album."""
    albums: dict[str, list[tuple[int, str]]] = {}
    for key, photo in store.reports.photos(report_id).items():
        albums.setdefault(photo.album, []).append((photo.place, key))
    return {
        key: f"photo {number}"
        for parts in albums.values()
        for number, (_place, key) in enumerate(sorted(parts), 1)
    }


def _short(ref: str) -> str:
    row = ref.rfind("]")
    if row < 0:
        return ref.rpartition("/")[2]
    return ref[ref.rfind("/", 0, row) + 1 :]
