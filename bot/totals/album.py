"""Photos for the office's report: a few a school, of those that may be shown."""

from collections.abc import Iterator, Mapping

from bot.documents.document import Photo
from bot.documents.outline_sources import Sources
from bot.forms.filling import Filling
from bot.texts import Texts
from bot.totals.answers import Reader


def chosen(
    reader: Reader, there: Mapping[str, str], each: int, most: int, words: Texts
) -> list[Photo]:
    """At most ``most`` photos, ``each`` of one school at most, as evenly as may be.

    ``there`` has those whose file has not been taken back.
    """
    by_school: list[list[Photo]] = []
    for answers in reader if there and each and most else ():
        if answers.filling is None:
            continue
        found: list[Photo] = []
        for photo in _shuffled(answers.filling):
            if photo.key in there and len(found) < each:
                caption = photo.caption.strip().rstrip(".")
                school = answers.row.name
                said = words("office-paper-caption", caption=caption, school=school)
                found.append(Photo(photo.key, said if caption else school))
        by_school.append(found)
    return [photo for photos in _fewer(by_school, most) for photo in photos]


def _shuffled(filling: Filling) -> Iterator[Photo]:
    """The photos of a school, the first of each place before the second of any."""
    sources = Sources(filling.form, filling)
    specs = [
        sources.find(int(row.get("row", 0)), str(row.get("source")))
        for row in filling.form.layout.get("report") or ()
        if row.get("kind") == "photos"
    ]
    if not filling.form.layout.get("report"):
        paths = {q.repeat for q in filling.form.questions if q.type == "image" and q.repeat}
        specs = [filling.form.specs[path] for path in sorted(paths)]
    places = [list(sources.photos(spec, "")) for spec in specs]
    for place in range(max(map(len, places), default=0)):
        yield from (photos[place] for photos in places if place < len(photos))


def _fewer(by_school: list[list[Photo]], most: int) -> list[list[Photo]]:
    """No more than ``most`` in all: second photos go first, then schools, spread evenly."""
    kept: list[list[Photo]] = [[] for _ in by_school]
    for place in range(max(map(len, by_school), default=0)):
        having = [number for number, photos in enumerate(by_school) if place < len(photos)]
        left = most - sum(map(len, kept))
        if len(having) > left:
            having = [having[at * len(having) // left] for at in range(left)]
        for number in having:
            kept[number].append(by_school[number][place])
    return kept
