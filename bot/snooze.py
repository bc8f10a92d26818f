"""Until when a person wants to be left alone: "2 giờ", "chiều nay", "mai", "thứ hai"."""

import re
from datetime import UTC, date, datetime, time, timedelta

from bot.forms.vietnamese_calendar import SPELLED, SPELLED_PATTERN
from bot.forms.vietnamese_input import fold, read_date
from bot.office_hours import OfficeHours
from storage.store import Store

_LONGEST = timedelta(days=7)
_AFTERNOON = time(14)
_LENGTH = re.compile(
    rf"(?:sau )?(\d{{1,2}}|{SPELLED_PATTERN}) ?(phut|gio|tieng|h|ngay|hom)(?: nua)?"
)
_UNITS = {
    "phut": timedelta(minutes=1),
    "gio": timedelta(hours=1),
    "tieng": timedelta(hours=1),
    "h": timedelta(hours=1),
}
_LEADS = re.compile(r"^(?:(?:nhac|hen|de|toi|lai|cho|em|minh|den|vao|luc)\b ?)+")


def snooze(
    store: Store, person_id: int, words: str, hours: OfficeHours, now: datetime
) -> datetime | None:
    """Leave a person alone until then, and remind them again at that time.

    ``words`` are what they typed, or from a button "2", "afternoon", "tomorrow". Returns until
    when; None when it is not understood. Never longer than a week.
    """
    until = _read(words, hours, now)
    if until is not None:
        until = hours.next_opening(min(until, now + _LONGEST))
        store.reminders.snooze(person_id, until)
    return until


def _read(words: str, hours: OfficeHours, now: datetime) -> datetime | None:
    plain = _LEADS.sub("", fold(words)).strip()
    today = hours.day(now)
    if plain.isdecimal():
        return now + int(plain) * timedelta(hours=1) if 0 < int(plain) < 100 else None
    if plain in ("afternoon", "chieu", "chieu nay"):
        return _after(datetime.combine(today, _AFTERNOON, hours.timezone), now)
    if plain in ("tomorrow", "mai", "ngay mai", "sang mai"):
        return hours.opening(today + timedelta(days=1))
    if found := _LENGTH.fullmatch(plain):
        number = SPELLED.get(found[1]) or int(found[1])
        if found[2] in _UNITS:
            return now + number * _UNITS[found[2]]
        return hours.opening(today + timedelta(days=number))
    reading = read_date(plain, today, today)
    day = date.fromisoformat(reading.value) if reading.value else today
    if day < today and not reading.sure:  # a weekday alone: the coming one
        day += timedelta(days=7)
    return hours.opening(day) if day > today else None


def _after(at: datetime, now: datetime) -> datetime:
    """Return ``at``, or a day later when that is over."""
    at = at.astimezone(UTC)
    return at if at > now else at + timedelta(days=1)
