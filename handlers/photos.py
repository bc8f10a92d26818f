"""Photos: taken in bursts, each kept once; removed, replaced and put in order by number."""

import re
from dataclasses import dataclass

from bot.campaign import Draft, enclosing, is_photo_repeat, plain
from bot.chat import File
from bot.forms.filling import Step
from bot.forms.vietnamese_input import fold
from bot.intake import Received, alike
from handlers import asking
from handlers.talk import Talk
from storage.reports import StoredPhoto

_ALBUMS_KEPT = 6
_REMOVE = re.compile(r"^(?:xoa|bo|go) (?:anh|hinh)(?: so)? (\d+)$")
_MOVE = re.compile(
    r"^(?:chuyen|doi|dua) (?:anh|hinh)(?: so)? (\d+) (?:len|xuong|sang|thanh|den|ve)"
    r"(?: anh| vi tri| so)* ?(\d+)$"
)
_SWAP = re.compile(
    r"^(?:doi cho|hoan doi) (?:anh|hinh)(?: so)? (\d+) (?:va|voi) (?:anh |hinh )?(\d+)$"
)
_REPLACE = re.compile(r"^(?:thay|doi) (?:anh|hinh)(?: so)? (\d+)$")
_LOOK = ("xem anh", "xem hinh", "anh", "danh sach anh")


def receive(talk: Talk, draft: Draft) -> None:
    """Put the photos of one message where they belong, and acknowledge when the burst is over."""
    target = _target(talk, draft)
    if target is None:
        talk.lead.append(talk.text("photo-no-place"))
        asking.repeat_question(talk, draft)
        return
    burst = talk.state.setdefault(
        "burst", {"target": target, "count": 0, "notes": [], "unsaid": False}
    )
    if burst["target"] != target:
        burst.update(target=target, count=0, notes=[])
    for received in talk.turn.received:
        _take(talk, draft, target, received, burst)
    draft.moved()
    burst["unsaid"] = talk.turn.more
    if not talk.turn.more:  # else the last of those that wait already speaks for all
        _speak_after_burst(talk, draft)


def _target(talk: Talk, draft: Draft) -> str | None:
    """Return the repeat (or single image question) that this photo belongs to.

    The part of an album goes where its first part went, whatever is open by now.
    """
    albums = talk.state.setdefault("albums", {})
    album = talk.turn.incoming.album
    if album in albums:
        return str(albums[album])
    target = _open_target(talk, draft) or _last_photo_repeat(draft)
    if album and target:
        albums[album] = target
        while len(albums) > _ALBUMS_KEPT:
            del albums[next(iter(albums))]
    return target


def _open_target(talk: Talk, draft: Draft) -> str | None:
    """Return where photos go by the question that is open; None when it takes none."""
    step = asking.open_step(talk, draft)
    if step is None:
        return None
    if step.kind == "add_another":
        return step.ref if is_photo_repeat(draft.form, plain(step.ref)) else None
    for repeat, _row in reversed(list(enclosing(step.ref))):
        if is_photo_repeat(draft.form, plain(repeat)):
            return repeat
    return step.ref if step.question is not None and step.question.type == "image" else None


def _last_photo_repeat(draft: Draft) -> str | None:
    """Return the last photo repeat of the whole form that is relevant: the typical photos."""
    found = None
    for step in draft.filling.steps():
        top = next(enclosing(step.ref), None)
        repeat = step.ref if step.kind == "add_another" else (top[0] if top else "")
        if repeat and "[" not in repeat and is_photo_repeat(draft.form, repeat):
            found = repeat
    return found


def _take(
    talk: Talk, draft: Draft, target: str, received: Received, burst: dict[str, object]
) -> None:
    notes = burst["notes"]
    assert isinstance(notes, list)
    if received.photo is None:
        notes.append(talk.text(received.problem))
        if received.paper is not None:
            talk.turn.forgotten.append(received.paper.key)
        return
    known = talk.turn.store.reports.photos(draft.report.id)
    if received.photo.key in known:
        return
    number = _put(talk, draft, target, received.photo, known)
    if number is None:
        most = asking.most_rows(draft, target) or 1
        notes.append(talk.text("photo-too-many", most=str(most)))
        talk.turn.forgotten.append(received.photo.key)
        return
    talk.turn.store.reports.add_photo(
        draft.report.id, received.photo, talk.turn.person.id, talk.turn.now
    )
    burst["count"] = int(str(burst["count"])) + 1
    notes += [[f"photo-warning-{warning}", received.photo.key] for warning in received.warnings]
    if any(alike(int(received.photo.dhash, 16), int(other.dhash, 16)) for other in known.values()):
        notes.append(["photo-alike", received.photo.key])


def _put(
    talk: Talk, draft: Draft, target: str, photo: StoredPhoto, known: dict[str, StoredPhoto]
) -> int | None:
    """Write a photo into its row; returns the row, or None when there is no room."""
    filling = draft.filling
    if not is_photo_repeat(draft.form, plain(target)):
        return _put_single(talk, draft, target, photo)
    replaced = talk.state.pop("replacing", None)
    if replaced and replaced[0] == target and replaced[1] <= filling.rows(target):
        return _write(talk, draft, target, replaced[1], photo)
    for row in range(1, filling.rows(target) + 1):
        if not filling.value(_image(draft, target, row)):
            return _settle_order(
                draft, target, _write(talk, draft, target, row, photo), photo, known
            )
    most = asking.most_rows(draft, target)
    if most is not None and filling.rows(target) >= most:
        return None
    filling.add_row(target)
    row = _write(talk, draft, target, filling.rows(target), photo)
    return _settle_order(draft, target, row, photo, known)


def _put_single(talk: Talk, draft: Draft, ref: str, photo: StoredPhoto) -> int | None:
    if draft.filling.value(ref) and "replacing" not in talk.state:
        return None
    draft.filling.answer(ref, photo.key)
    draft.touch(ref, talk.turn.person, talk.turn.now)
    return 1


def _image(draft: Draft, repeat: str, row: int) -> str:
    path = next(q.path for q in draft.form.questions if q.repeat == plain(repeat))
    return f"{repeat}[{row}]" + path.removeprefix(plain(repeat))


def _write(talk: Talk, draft: Draft, repeat: str, row: int, photo: StoredPhoto) -> int:
    ref = _image(draft, repeat, row)
    old = draft.filling.value(ref)
    draft.filling.answer(ref, photo.key)
    draft.touch(ref, talk.turn.person, talk.turn.now)
    if old:
        talk.turn.store.reports.forget_photo(old)
        talk.turn.forgotten.append(old)
    return row


def _settle_order(
    draft: Draft, repeat: str, row: int, photo: StoredPhoto, known: dict[str, StoredPhoto]
) -> int:
    """Move a late part of an album before the later ones, as long as nothing is said of them."""
    while row > 1 and photo.album:
        before = known.get(draft.filling.value(_image(draft, repeat, row - 1)))
        if before is None or before.album != photo.album or before.place < photo.place:
            break
        if _has_words(draft, repeat, row - 1):
            break
        draft.filling.move_row(f"{repeat}[{row}]", row - 1)
        row -= 1
    return row


def _has_words(draft: Draft, repeat: str, row: int) -> bool:
    prefix = f"{repeat}[{row}]/"
    return any(
        step.ref.startswith(prefix)
        and step.value
        and step.question is not None
        and step.question.type != "image"
        for step in draft.filling.steps()
    )


def _speak_after_burst(talk: Talk, draft: Draft) -> None:
    current = asking.open_step(talk, draft)
    rows = str(talk.state["burst"]["target"]) + "["
    asked = next((s for s in draft.filling.steps() if _waits_in(s, rows)), None)
    step = asked or draft.filling.next_open(current.ref if current else None)
    in_photos = _open_target(talk, draft) is not None
    if current is not None and not in_photos:
        step = current
        talk.lead.append(talk.text("photo-put-aside"))
    lead = take_burst(talk, draft)
    if step is None:
        talk.lead.append(lead)
        asking.go_on(talk, draft)
        return
    asking.acknowledge_later(talk, draft, step, lead)


def _waits_in(step: Step, rows: str) -> bool:
    return step.ref.startswith(rows) and step.status == "open"


def take_burst(talk: Talk, draft: Draft) -> str:
    """Return what is to be said of the photos that have just come in."""
    burst = talk.state.get("burst", {"count": 0, "notes": [], "target": ""})
    parts = []
    if burst["count"]:
        total = _total(draft, burst["target"])
        key = "photos-received" if total <= burst["count"] else "photos-received-more"
        parts.append(talk.text(key, count=str(burst["count"]), total=str(total)))
    numbers = _numbers(draft, burst["target"])
    for note in burst["notes"]:
        if isinstance(note, str):
            parts.append(note)
        elif note[1] in numbers:
            parts.append(talk.text(note[0], number=str(numbers[note[1]])))
    return "\n".join(dict.fromkeys(parts))


def _numbers(draft: Draft, target: str) -> dict[str, int]:
    """Return the number of each photo by its key, as they stand now: late parts move others."""
    if not is_photo_repeat(draft.form, plain(target)):
        return {draft.filling.value(target): 1} if target else {}
    rows = range(1, draft.filling.rows(target) + 1)
    return {draft.filling.value(_image(draft, target, row)): row for row in rows}


def _total(draft: Draft, target: str) -> int:
    if not is_photo_repeat(draft.form, plain(target)):
        return 1
    return asking.count_photos(draft, target)


# by number


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants done with their photos, by number."""

    deed: str  # remove | move | swap | replace | look
    first: int = 0
    second: int = 0


def read_order(text: str) -> Order | None:
    """Read "bỏ ảnh 2", "chuyển ảnh 5 lên 1", "đổi chỗ ảnh 2 và 5", "thay ảnh 3", "xem ảnh"."""
    said = fold(text)
    if said in _LOOK:
        return Order("look")
    if found := _REMOVE.match(said):
        return Order("remove", int(found[1]))
    for deed, pattern in (("move", _MOVE), ("swap", _SWAP)):
        if found := pattern.match(said):
            return Order(deed, int(found[1]), int(found[2]))
    if found := _REPLACE.match(said):
        return Order("replace", int(found[1]))
    return None


def obey(talk: Talk, draft: Draft, order: Order) -> None:
    """Do it to the photos being talked about, and show how they stand."""
    repeat = _open_target(talk, draft) or talk.state.get("burst", {}).get("target") or ""
    if not repeat or not is_photo_repeat(draft.form, plain(repeat)):
        repeat = _last_photo_repeat(draft) or ""
    rows = _total(draft, repeat) if repeat else 0
    if not 0 <= max(order.first, order.second) <= rows or rows == 0:
        talk.say("photo-no-such", rows=str(rows))
        return
    if order.deed == "look":
        look(talk, draft, repeat)
    elif order.deed == "replace":
        talk.state["replacing"] = [repeat, order.first]
        talk.say("photo-send-new", number=str(order.first))
    else:
        _rearrange(talk, draft, repeat, order)


def _rearrange(talk: Talk, draft: Draft, repeat: str, order: Order) -> None:
    filling = draft.filling
    if order.deed == "remove":
        key = filling.value(_image(draft, repeat, order.first))
        filling.drop_row(f"{repeat}[{order.first}]")
        talk.turn.store.reports.forget_photo(key)
        talk.turn.forgotten.append(key)
    else:
        filling.move_row(f"{repeat}[{order.first}]", order.second)
        if order.deed == "swap" and abs(order.first - order.second) > 1:
            step = -1 if order.second > order.first else 1
            filling.move_row(f"{repeat}[{order.second + step}]", order.first)
    draft.moved()
    talk.state.pop("at", None)
    talk.lead.append(talk.text("photos-now", lines=_list(draft, repeat)))
    asking.go_on(talk, draft)


def look(talk: Talk, draft: Draft, repeat: str) -> None:
    """Send the photos in their order, then the list with captions."""
    keys = [
        filling_key
        for row in range(1, draft.filling.rows(repeat) + 1)
        if (filling_key := draft.filling.value(_image(draft, repeat, row)))
    ]
    files = tuple(File(key, f"anh-{n}.jpg", "image/jpeg") for n, key in enumerate(keys, 1))
    talk.turn.say(talk.text("photos-now", lines=_list(draft, repeat)), files=files)
    asking.repeat_question(talk, draft)


def _list(draft: Draft, repeat: str) -> str:
    lines = []
    for row in range(1, draft.filling.rows(repeat) + 1):
        prefix = f"{repeat}[{row}]/"
        words = [
            s.value
            for s in draft.filling.steps()
            if s.ref.startswith(prefix) and s.question is not None and s.question.type == "text"
        ]
        lines.append(f"{row}. {words[0] if words and words[0] else '–'}")
    return "\n".join(lines) or "–"
