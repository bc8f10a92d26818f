"""What a dispatch means by its deadline.

"trước ngày 15/10/2023" is at the latest the end of 14/10/2023; "đến ngày", "chậm nhất ngày" and
a bare date include their day. No decree defines it; this is the literal meaning of the words.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import SetupError
from bot.forms.vietnamese_input import fold

_DATE = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_TIME = re.compile(r"\b(\d{1,2})\s*(?:h|g|gio|:)\s*(\d{2})?")


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


def last_day(due_at: datetime, timezone: ZoneInfo) -> date:
    """Return the last day on which a report is still in time."""
    return (due_at - timedelta(seconds=1)).astimezone(timezone).date()
