"""Quiet hours, weekends, holidays, Tết: when the bot writes of its own accord."""

from datetime import date, datetime, time

import pytest

from bot.office_hours import OfficeHours, is_holiday
from bot.settings import Settings
from tests.reminders.district import HOURS, ZONE


def at(words: str) -> datetime:
    return datetime.strptime(words, "%d/%m/%Y %H:%M").replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("when", "open_"),
    [
        ("07/10/2026 06:29", False),
        ("07/10/2026 06:30", True),
        ("07/10/2026 19:59", True),
        ("07/10/2026 20:00", False),
        ("08/10/2026 00:00", False),
        ("10/10/2026 10:00", False),  # Saturday
        ("11/10/2026 10:00", False),
        ("01/01/2026 10:00", False),
        ("27/04/2026 10:00", False),  # Giỗ Tổ is on a Sunday, a Monday is given for it
        ("30/04/2026 10:00", False),
        ("02/09/2026 10:00", False),
        ("24/11/2026 10:00", False),  # Ngày Văn hóa Việt Nam, since 2026
        ("20/11/2026 10:00", True),  # teachers' day is a day of work
    ],
)
def test_it_is_open_on_days_of_work_outside_of_quiet_hours(when: str, open_: bool):
    assert HOURS.may_write(at(when)) is open_


@pytest.mark.parametrize(
    ("first", "last"),
    [  # mùng 1 as printed on the wall calendar, less three days, and mùng 6
        (date(2024, 2, 7), date(2024, 2, 15)),
        (date(2025, 1, 26), date(2025, 2, 3)),
        (date(2026, 2, 14), date(2026, 2, 22)),
        (date(2027, 2, 3), date(2027, 2, 11)),
        (date(2028, 1, 23), date(2028, 1, 31)),
        (date(2029, 2, 10), date(2029, 2, 18)),
        (date(2030, 1, 30), date(2030, 2, 7)),
    ],
)
def test_tet_lasts_to_mung_6(first: date, last: date):
    days = [date.fromordinal(n) for n in range(first.toordinal() - 1, last.toordinal() + 2)]
    assert [is_holiday(day) for day in days] == [False] + [True] * 9 + [False]


def test_it_opens_again_on_the_next_day_of_work():
    assert HOURS.next_opening(at("07/10/2026 10:00")) == at("07/10/2026 10:00")
    assert HOURS.next_opening(at("07/10/2026 05:00")) == at("07/10/2026 06:30")
    assert HOURS.next_opening(at("09/10/2026 20:00")) == at("12/10/2026 06:30")
    assert HOURS.next_opening(at("13/02/2026 20:00")) == at("23/02/2026 06:30")
    assert HOURS.next_opening(at("31/12/2026 20:00")) == at("04/01/2027 06:30")


def test_the_last_hours_before_a_deadline():
    assert HOURS.last_window(at("15/10/2026 00:00")) == (
        at("14/10/2026 06:30"),
        at("14/10/2026 20:00"),
    )
    assert HOURS.last_window(at("14/10/2026 10:00"))[1] == at("14/10/2026 10:00")
    assert HOURS.last_window(at("12/10/2026 06:30"))[1] == at("09/10/2026 20:00")


def test_quiet_hours_need_not_be_over_midnight():
    noon = OfficeHours(ZONE, (time(11, 30), time(13)), lambda day: False)
    assert noon.may_write(at("07/10/2026 02:00"))
    assert not noon.may_write(at("07/10/2026 12:00"))
    assert noon.next_opening(at("07/10/2026 12:00")) == at("07/10/2026 13:00")
    assert noon.last_window(at("07/10/2026 12:00"))[1] == at("07/10/2026 11:30")
    never_quiet = OfficeHours(ZONE, (time(0), time(0)), lambda day: False)
    assert never_quiet.may_write(at("07/10/2026 00:00"))


def test_quiet_hours_are_a_setting():
    assert Settings().quiet == (time(20), time(6, 30))
    assert Settings(quiet_hours="21:15-06:00").quiet == (time(21, 15), time(6))
    for wrong in ("20h-6h", "20:00", "25:00-06:00"):
        with pytest.raises(ValueError, match="two hours"):
            Settings(quiet_hours=wrong)
