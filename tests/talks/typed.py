"""What somebody would type for an answer: "7h30 ngày 2/10/2023" for a moment, "3 1 2" for ranks."""

from datetime import date, datetime, time
from random import Random

from bot.forms.filling import Step


def typed(step: Step, value: str, chance: Random) -> str:
    """Write a canonical value as a person might; a choice by its words or by its number."""
    assert step.question is not None
    kind = step.question.type
    if step.choices:
        return _chosen(step, value, chance)
    if kind in ("decimal", "range", "integer"):
        return value.replace(".", ",")
    if kind == "date":
        return _day(step, date.fromisoformat(value))
    if kind == "time":
        return _clock(time.fromisoformat(value))
    if kind == "dateTime":
        moment = datetime.fromisoformat(value)
        return f"{_clock(moment.time())} ngày {moment:%d/%m/%Y}"
    if kind == "geopoint":
        return " ".join(part.replace(".", ",") for part in value.split()[:2])
    if kind == "acknowledge":
        return "đã xem"
    return value


def _chosen(step: Step, value: str, chance: Random) -> str:
    names = [option.name for option in step.choices]
    assert step.question is not None
    wanted = [value] if step.question.type == "select_one" else value.split()
    places = [names.index(name) for name in wanted]
    if len(places) == 1 and chance.random() < 0.5:
        return step.choices[places[0]].label or value
    return " ".join(str(place + 1) for place in places)


def _day(step: Step, day: date) -> str:
    assert step.question is not None
    appearances = step.question.appearance.split()
    if "month-year" in appearances:
        return f"{day.month}/{day.year}"
    return str(day.year) if "year" in appearances else f"{day.day}/{day.month}/{day.year}"


def _clock(at: time) -> str:
    return f"{at.hour}h{at.minute:02}"
