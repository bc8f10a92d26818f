"""What typed words mean as an answer to a question, in canonical form."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.campaign import Draft
from bot.forms import vietnamese_input as typed
from bot.forms.filling import Step
from bot.forms.vietnamese_input import Reading, fold
from bot.forms.vietnamese_moments import join
from bot.forms.vietnamese_ranks import Ranking, read_ranking
from bot.forms.vietnamese_search import search
from handlers import choosing, limits
from handlers.talk import Talk

SEEN = "OK"
"""What an acknowledged question holds, in every XForms client."""

_SEEN_WORDS = ("da xem", "xem roi", "da xem roi", "ok", "oke", "da ro", "ro", "da doc", "xong")


def yes_or_no(text: str, more: Sequence[str], enough: Sequence[str]) -> bool | None:
    """Read "Thêm" or "Đủ rồi", and plain yes and no."""
    said = fold(text)
    if said in more:
        return True
    if said in enough:
        return False
    reading = typed.read_yes_no(text)
    return reading.value == "yes" if reading.value and reading.sure else None


def reading_of(talk: Talk, draft: Draft, step: Step, text: str) -> Reading:
    """Return what ``text`` means as an answer to ``step``, in canonical form."""
    assert step.question is not None
    kind = step.question.type
    if step.question.columns.get("bot::reads") == "money":
        return typed.read_money(text)
    if kind in ("integer", "range", "decimal"):
        return _number(draft, step, text)
    if kind in ("date", "time", "dateTime"):
        return _time(talk, draft, step, text)
    if kind in ("select_one", "select_multiple", "rank"):
        return _chosen(step, text)
    if kind == "geopoint":
        return typed.read_position(text)
    if kind == "acknowledge":
        seen = yes_or_no(text, _SEEN_WORDS, ())
        return Reading(SEEN, sure=True) if seen else Reading()
    return Reading(text.strip(), True, ())


def _number(draft: Draft, step: Step, text: str) -> Reading:
    assert step.question is not None
    unit = step.question.columns.get("report::unit", "")
    if limits.takes_fractions(draft, step.question):
        return typed.read_decimal(text, unit)
    return typed.read_integer(text, unit)


def _time(talk: Talk, draft: Draft, step: Step, text: str) -> Reading:
    assert step.question is not None
    today, near = day_of(talk), day_near(draft)
    if step.question.type == "time":
        return typed.read_time(text)
    if step.question.type == "dateTime":
        return in_zone(talk, typed.read_moment(text, today, near))
    appearances = step.question.appearance.split()
    if "month-year" in appearances:
        return typed.read_month(text, today, near)
    if "year" in appearances:
        return typed.read_year(text, today)
    return typed.read_date(text, today, near)


def day_of(talk: Talk) -> date:
    """Return today, where the schools are."""
    return talk.turn.now.astimezone(talk.deeds.timezone).date()


def day_near(draft: Draft) -> date:
    """Return a day near which the dates of this campaign lie: what an unnamed year means."""
    return draft.report.campaign.opened_at.date()


def in_zone(talk: Talk, reading: Reading) -> Reading:
    """Say of which zone the moments of a reading are."""

    def zoned(value: str) -> str:
        moment = datetime.fromisoformat(value).replace(tzinfo=talk.deeds.timezone)
        return moment.isoformat(timespec="milliseconds")

    return Reading(
        zoned(reading.value) if reading.value else "",
        reading.sure,
        tuple(map(zoned, reading.options)),
    )


def joined(talk: Talk, day: Reading, clock: Reading) -> Reading:
    """Return the moment of a day and a time of day, both of which may be unclear."""
    return in_zone(talk, join(day, clock))


def _chosen(step: Step, text: str) -> Reading:
    labels = choosing.labels(step)
    assert step.question is not None
    if step.question.type == "rank":
        return ranked(step, read_ranking(text, labels))
    if choosing.is_paged(step):
        return named(step, _searched(text, labels))
    if step.question.type == "select_one":
        return named(step, typed.read_choice(text, labels))
    return named(step, typed.read_choices(text, labels))


def _searched(text: str, labels: Sequence[str]) -> Reading:
    found = search(text, labels)
    return Reading(str(found.sure), sure=True) if found.sure is not None else Reading()


def ranked(step: Step, ranking: Ranking) -> Reading:
    """Return a complete order by the names of the choices; nothing as long as it is not."""
    if ranking.missing or ranking.twice or ranking.unread:
        return Reading()
    return Reading(" ".join(step.choices[place].name for place in ranking.order), ranking.sure)


def named(step: Step, reading: Reading) -> Reading:
    """Turn indexes of choices into their names."""

    def names(indexes: str) -> str:
        return " ".join(step.choices[int(index)].name for index in indexes.split())

    return Reading(names(reading.value), reading.sure, tuple(map(names, reading.options)))
