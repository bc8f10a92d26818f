"""A form filled by plausible answers, so that it can be tried before anyone is asked."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from bot.errors import AnswerError
from bot.forms.filling import Filling, Step

_MOST_STEPS = 2_000  # a form that never ends must not hang the rehearsal
_COUNTS = (0, 1, 2, 3, 5, 8, 12, 20, 35, 60, 120, 240, 450)
_ALWAYS = {
    "time": time(7, 30).isoformat("milliseconds"),
    "geopoint": "10.535 106.404 0 0",
    "acknowledge": "OK",
}
_MONEY = (0, 500_000, 1_000_000, 1_500_000, 3_000_000, 5_000_000)


def rehearse(
    filling: Filling, chance: Random, today: date, photo: str = "", *, wide: bool = False
) -> list[str]:
    """Answer everything that is asked; returns the refs for which no valid answer was found.

    The same ``chance`` gives the same answers. ``photo`` is the key of the picture for questions
    that must have one; the others are left out. ``wide`` goes to more places of the form: several
    choices at once, photos that need not be.
    """
    stuck: list[str] = []
    for _ in range(_MOST_STEPS):
        step = filling.next_open()
        if step is None:
            break
        if step.kind == "add_another":
            _another(filling, step, chance)
        elif wide and _wide(filling, step, chance, photo):
            continue
        elif not _answer(filling, step, chance, today, photo):
            stuck.append(step.ref)
            filling.postpone(step.ref)
    return stuck


def _wide(filling: Filling, step: Step, chance: Random, photo: str) -> bool:
    """Give an answer that leads on to more questions; says whether it was taken."""
    assert step.question is not None
    value = ""
    if step.question.type == "image" and chance.random() < 0.5:
        value = photo
    elif step.question.type == "select_multiple" and step.choices:
        names = [option.name for option in step.choices]
        value = " ".join(chance.sample(names, chance.randint(1, len(names))))
    if not value or step.readonly:
        return False
    try:
        filling.answer(step.ref, value)
    except AnswerError:
        return False
    return True


def _another(filling: Filling, step: Step, chance: Random) -> None:
    rows = filling.rows(step.ref)
    photos = step.label and "ảnh" in step.label.lower()
    if not photos and rows < 2 and chance.random() < 0.4:
        filling.add_row(step.ref)
    else:
        filling.close_repeat(step.ref)


def _answer(filling: Filling, step: Step, chance: Random, today: date, photo: str) -> bool:
    assert step.question is not None
    if step.question.type == "note" or step.readonly:
        filling.skip(step.ref)
        return True
    if not step.required and (step.question.type == "image" or chance.random() < 0.2):
        filling.skip(step.ref)
        return True
    values = [photo] if step.question.type == "image" else candidates(step, chance, today)
    for value in filter(None, values):
        try:
            filling.answer(step.ref, value)
        except AnswerError:
            continue
        return True
    if step.required:
        return False
    filling.skip(step.ref)
    return True


def candidates(step: Step, chance: Random, today: date) -> Iterator[str]:
    """Yield values to try as the answer, the likeliest first; no files."""
    assert step.question is not None
    kind = step.question.type
    if step.value:
        yield step.value
    if step.choices:
        yield from _chosen(step, chance)
    elif kind in ("integer", "decimal", "range"):
        amounts = list(_MONEY if step.question.columns.get("report::unit") == "đồng" else _COUNTS)
        chance.shuffle(amounts)
        yield from map(str, amounts)
        yield from map(str, range(100))
    elif kind == "date":
        yield from ((today + timedelta(days=n)).isoformat() for n in (0, -1, -2, 1, -7, 7, -30))
    elif kind == "dateTime":
        yield datetime.combine(today, time(7, 30)).isoformat()
    elif kind in _ALWAYS:
        yield _ALWAYS[kind]
    else:
        yield from _texts(step)


def _chosen(step: Step, chance: Random) -> Iterator[str]:
    assert step.question is not None
    names = [option.name for option in step.choices]
    chance.shuffle(names)
    if step.question.type != "rank":
        yield from names
    if step.question.type in ("select_multiple", "rank"):
        yield " ".join(names)
        yield " ".join(names[:2])


def _texts(step: Step) -> Iterator[str]:
    assert step.question is not None
    if example := step.question.columns.get("bot::example", ""):
        yield example.split(";")[0].strip()
    yield from ("thực hiện đúng kế hoạch", "Nguyễn Văn An", "THTT", "12", "a@b.vn")
