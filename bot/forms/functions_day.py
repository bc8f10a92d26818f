"""Functions of days and times. What they give is text in ISO form, or a number of days."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import regex

from bot.forms import coercions
from bot.forms.coercions import NAN, Value, single, to_number, to_text
from bot.forms.world import Function, World


def _today(world: World) -> Value:
    return world.now.astimezone(world.zone).date().isoformat()


def _now(world: World) -> Value:
    return coercions.moment_text(world.now.astimezone(world.zone))


def date_of(world: World, value: Value) -> Value:
    """The day of a date, a moment or a number of days; '' for none."""
    plain = single(value)
    if isinstance(plain, bool | float):
        return coercions.days_text(to_number(plain))
    moment = coercions.read_moment(plain, world.zone)
    return moment.date().isoformat() if moment else ""


def _date_time(world: World, value: Value) -> Value:
    plain = single(value)
    if isinstance(plain, bool | float):
        return coercions.days_text(to_number(plain))
    moment = coercions.read_moment(plain, world.zone)
    return coercions.moment_text(moment) if moment else ""


def _decimal_date_time(world: World, value: Value) -> Value:
    plain = single(value)
    if isinstance(plain, bool | float):
        return to_number(plain)
    moment = coercions.read_moment(plain, world.zone)
    return coercions.days_since_epoch(moment) if moment else NAN


def _decimal_time(world: World, value: Value) -> Value:
    text = to_text(value)
    moment = coercions.read_moment(text, world.zone)
    clock = moment.time() if moment else coercions.read_time(text)
    if clock is None:
        return NAN
    seconds = clock.hour * 3600 + clock.minute * 60 + clock.second + clock.microsecond / 1e6
    return seconds / 86400


def _format_date(world: World, value: Value, pattern: Value) -> Value:
    plain = single(value)
    text = plain if isinstance(plain, str) else coercions.days_text(to_number(plain))
    moment = coercions.read_moment(text, world.zone)
    return _formatted(moment, to_text(pattern)) if moment else ""


def _formatted(moment: datetime, pattern: str) -> str:
    fields = {
        "Y": f"{moment.year:04d}",
        "y": f"{moment.year % 100:02d}",
        "m": f"{moment.month:02d}",
        "n": str(moment.month),
        "b": moment.strftime("%b"),
        "d": f"{moment.day:02d}",
        "e": str(moment.day),
        "H": f"{moment.hour:02d}",
        "h": str(moment.hour),
        "M": f"{moment.minute:02d}",
        "S": f"{moment.second:02d}",
        "3": f"{moment.microsecond // 1000:03d}",
        "a": moment.strftime("%a"),
        "W": f"{moment.isocalendar().week:02d}",
        "%": "%",
    }
    return regex.sub(r"%(.)", lambda found: fields.get(found[1], found[0]), pattern)


DAY_FUNCTIONS: Final[Mapping[str, Function]] = {
    "today": Function(_today, 0, 0),
    "now": Function(_now, 0, 0),
    "date": Function(date_of, 1, 1),
    "date-time": Function(_date_time, 1, 1),
    "decimal-date-time": Function(_decimal_date_time, 1, 1),
    "decimal-time": Function(_decimal_time, 1, 1),
    "format-date": Function(_format_date, 2, 2),
    "format-date-time": Function(_format_date, 2, 2),
}
