"""The calendar file: what a school owes, as a phone's calendar takes it."""

from dataclasses import replace
from datetime import date, timedelta

from icalendar import Calendar

from bot.calendar_file import calendar_file
from bot.texts import texts
from storage.campaigns import Campaign
from storage.people import Unit
from storage.reports import Report
from tests.reminders.district import HOURS, at

NOW = at("01/10 08:00")
CAMPAIGN = Campaign(
    1, 1, 1, 'Tuần lễ "học tập"; ước, mơ \\ và\nhạnh phúc ' * 3, {}, "", "",
    "trước ngày 15/10/2026", at("15/10 00:00"), NOW, None,
)  # fmt: skip
SCHOOL = Unit(2, 1, "school", "TH", "Trường TH Bình An", {})
OWED = Report(7, "expected", {}, CAMPAIGN, SCHOOL)


def made(*reports: Report) -> bytes:
    return calendar_file(reports, texts("vi"), HOURS, "https://bc.example.vn/", NOW)


def test_a_deadline_is_the_whole_of_its_last_day_with_two_alarms():
    (event,) = Calendar.from_ical(made(OWED)).walk("VEVENT")
    assert event.decoded("dtstart") == date(2026, 10, 14)
    assert event.decoded("dtend") == date(2026, 10, 15)
    assert [alarm.decoded("trigger") for alarm in event.walk("VALARM")] == [
        timedelta(hours=-17),
        timedelta(hours=7),
    ]
    assert str(event["summary"]) == f"Hạn nộp: {CAMPAIGN.title}".replace("\r\n", "\n")
    assert "trước ngày 15/10/2026" in event["description"]


def test_lines_are_folded_at_75_octets_and_end_as_the_format_wants():
    file = made(OWED)
    lines = file.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    file.decode("utf-8")
    assert b"\\;" in file
    assert b"\\," in file
    assert b"\\n" in file


def test_more_time_moves_the_entry_and_adds_none():
    (before,) = Calendar.from_ical(made(OWED)).walk("VEVENT")
    longer = replace(OWED, own_due_at=at("20/10 17:00"), own_due_text="17 giờ ngày 20/10")
    (after,) = Calendar.from_ical(made(longer)).walk("VEVENT")
    assert before["uid"] == after["uid"] == "report-7@bc.example.vn"
    assert after.decoded("dtstart") == date(2026, 10, 20)
    assert "17 giờ ngày 20/10" in after["description"]


def test_what_is_submitted_is_owed_no_more():
    done = [replace(OWED, id=8, status=status) for status in ("submitted", "accepted")]
    assert len(Calendar.from_ical(made(*done, OWED)).walk("VEVENT")) == 1
