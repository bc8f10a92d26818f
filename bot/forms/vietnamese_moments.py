"""Reading a day with a time of day: "7h30 ngày 2/10", "02/10/2023 lúc 14h"."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.forms.vietnamese_dates import read_date
from bot.forms.vietnamese_text import NOTHING, Reading, either
from bot.forms.vietnamese_times import read_time


def read_moment(text: str, today: date, zone: ZoneInfo, near: date | None = None) -> Reading:
    """Read it as "2023-10-02T07:30:00.000+07:00"; both must be said."""
    day, clock = read_date(text, today, near), read_time(text)
    moments = [
        datetime.combine(date.fromisoformat(one), time.fromisoformat(other), zone)
        for one in _values(day)
        for other in _values(clock)
    ]
    written = [moment.isoformat(timespec="milliseconds") for moment in moments]
    if len(written) > 1:
        return either(written)
    return Reading(written[0], sure=day.sure and clock.sure) if written else NOTHING


def _values(reading: Reading) -> tuple[str, ...]:
    return reading.options or ((reading.value,) if reading.value else ())
