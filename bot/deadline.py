"""What a dispatch means by its deadline.

"trước ngày 15/10/2023" is at the latest the end of 14/10/2023; "đến ngày", "chậm nhất ngày" and
a bare date include their day. No decree defines it; this is the literal meaning of the words.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import SetupError
from bot.forms.vietnamese_input import fold, read_date

_DATE = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_TIME = re.compile(r"\b(\d{1,2})\s*(?:h|g|gio|:)\s*(\d{2})?")
_AROUND = re.compile(r"\b(den|het|truoc|ngay|luc|vao|chieu|toi|sang|trua|cuoi|nay|gio)\b")


def read_deadline(words: str, timezone: ZoneInfo) -> datetime:
    """Return the first instant that is too late.

    Raises:
        SetupError: the words hold no date such as 15/10/2023.
    """
    plain = fold(words)
    found = _DATE.search(plain)
    if not found:
        raise SetupError(f"no date such as 15/10/2023 in {words!r}")
    try:
        day = date(int(found[3]), int(found[2]), int(found[1]))
        clock = _TIME.search(plain[: found.start()] + plain[found.end() :])
        if clock:
            at = time(int(clock[1]), int(clock[2] or 0))
            return datetime.combine(day, at, timezone).astimezone(UTC)
    except ValueError as error:
        raise SetupError(f"no such day or hour: {words!r}") from error
    if "truoc" not in plain[: found.start()]:
        day += timedelta(days=1)
    return datetime.combine(day, time(), timezone).astimezone(UTC)


def read_until(words: str, timezone: ZoneInfo, now: datetime) -> datetime | None:
    """Read until when, as an officer types it: "17h mai", "hết thứ sáu", "20/10"; None if unclear.

    The first instant that is too late. A day without an hour counts to its end.
    """
    today = now.astimezone(timezone).date()
    plain = fold(words)
    clock = _TIME.search(plain)
    rest = plain[: clock.start()] + " " + plain[clock.end() :] if clock else plain
    rest = " ".join(_AROUND.sub(" ", rest).split())
    day = today
    if rest and rest not in ("hom", "hom nay"):
        reading = read_date(f"ngày {rest}" if rest.isdecimal() else rest, today, today)
        if not reading.value:
            return None
        day = date.fromisoformat(reading.value)
        if day < today and not reading.sure:  # a weekday alone: the coming one is meant
            day += timedelta(days=7)
    try:
        at = time(int(clock[1]), int(clock[2] or 0)) if clock else None
    except ValueError:
        return None
    if at is None:
        if not re.search(r"\btruoc\b", plain):
            day += timedelta(days=1)
        at = time()
    elif at.hour < 12 and re.search(r"\b(chieu|toi)\b", plain):
        at = time(at.hour + 12, at.minute)
    until = datetime.combine(day, at, timezone).astimezone(UTC)
    return until if until > now else None


def last_day(due_at: datetime, timezone: ZoneInfo) -> date:
    """Return the last day on which a report is still in time."""
    return (due_at - timedelta(seconds=1)).astimezone(timezone).date()
