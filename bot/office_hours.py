"""When the bot may write of its own accord: not at night, at weekends, on holidays, over Tết."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

_TET = "Tết Nguyên Đán"  # mùng 1
_BEFORE_TET = 3  # days before mùng 1: 28 tháng Chạp of a full month
_AFTER_TET = 5  # mùng 6
_LONGEST_BREAK = 60  # days

Window = tuple[datetime, datetime]
"""From when until when it is open; the end is closed already."""


def is_holiday(day: date) -> bool:
    """Say whether schools are closed by law, or over Tết as schools have it, to mùng 6."""
    return day in _holidays(day.year)


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[date]:
    known = _vietnam()(years=year, language="vi")
    (tet,) = (day for day in known if _TET in known.get_list(day))
    break_days = (tet + timedelta(days=n) for n in range(-_BEFORE_TET, _AFTER_TET + 1))
    return frozenset([*known, *break_days])


def _vietnam() -> Any:
    """Return the class of Vietnam's holidays, by its file.

    By its name every other country would be loaded as well: 300 modules, 12 MB.
    """
    import holidays  # noqa: PLC0415 - takes long to load

    file = Path(holidays.__file__).parent / "countries" / "vietnam.py"
    spec = spec_from_file_location("holidays_of_vietnam", file)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Vietnam


class OfficeHours:
    """The hours in which schools may be written to."""

    def __init__(
        self,
        timezone: ZoneInfo,
        quiet: tuple[time, time],
        holiday: Callable[[date], bool] = is_holiday,
    ) -> None:
        self.timezone = timezone
        self._quiet = quiet
        self._holiday = holiday

    def may_write(self, now: datetime) -> bool:
        """Say whether it is open now."""
        return any(start <= now < end for start, end in self._windows(self.day(now)))

    def next_opening(self, at: datetime) -> datetime:
        """Return ``at`` when it is open then, or else when it opens next."""
        for offset in range(_LONGEST_BREAK):
            for start, end in self._windows(self.day(at) + timedelta(days=offset)):
                if at < end:
                    return max(at, start)
        raise ValueError("closed for months")

    def last_window(self, before: datetime) -> Window:
        """Return the last window that begins before an instant, cut off there."""
        for offset in range(_LONGEST_BREAK):
            for start, end in reversed(self._windows(self.day(before) - timedelta(days=offset))):
                if start < before:
                    return start, min(end, before)
        raise ValueError("closed for months")

    def opening(self, day: date) -> datetime:
        """Return when it opens on a day, or else on the next that is open."""
        return self.next_opening(self._at(day, time()))

    def day(self, at: datetime) -> date:
        """Return which day an instant belongs to here."""
        return at.astimezone(self.timezone).date()

    def _windows(self, day: date) -> list[Window]:
        if day.weekday() >= 5 or self._holiday(day):
            return []
        midnight, tomorrow = self._at(day, time()), self._at(day + timedelta(days=1), time())
        quiet_from, quiet_to = (self._at(day, clock) for clock in self._quiet)
        if quiet_from == quiet_to:
            windows = [(midnight, tomorrow)]
        elif quiet_from > quiet_to:  # over midnight
            windows = [(quiet_to, quiet_from)]
        else:
            windows = [(midnight, quiet_from), (quiet_to, tomorrow)]
        return [(start, end) for start, end in windows if start < end]

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.timezone).astimezone(UTC)
