"""What a school owes as a calendar file (.ics), which every phone opens."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from bot.deadline import last_day
from bot.office_hours import OfficeHours
from bot.texts import Texts
from storage.reports import Report

_ALARMS = (timedelta(hours=-17), timedelta(hours=7))  # 7:00 the day before, and on the last day
_PRODUCT = "-//Tro ly bao cao//VN"


def calendar_file(
    reports: Sequence[Report], words: Texts, hours: OfficeHours, web_address: str, now: datetime
) -> bytes:
    """Return a calendar with the last day of each report that is not submitted.

    An entry keeps its UID, so opening a newer file moves it and adds nothing.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", words("calendar-name"))
    for report in reports:
        if report.status in ("expected", "drafting", "returned"):
            calendar.add_component(_event(report, words, hours, web_address, now))
    return bytes(calendar.to_ical())


def _event(
    report: Report, words: Texts, hours: OfficeHours, web_address: str, now: datetime
) -> Event:
    last = last_day(report.due_at, hours.timezone)
    title = report.campaign.title
    host = web_address.split("//")[-1].split("/")[0]
    event = Event()
    event.add("uid", f"report-{report.id}@{host}")
    event.add("dtstamp", now)
    event.add("sequence", int(now.timestamp()) // 60)  # what is opened last holds
    event.add("dtstart", last)
    event.add("dtend", last + timedelta(days=1))
    event.add("summary", words("calendar-due", title=title))
    about = words("calendar-about", school=report.unit.name, due=report.due_text)
    event.add("description", about)
    event.add("url", web_address)
    event.add("transp", "TRANSPARENT")
    for before in _ALARMS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", before)
        alarm.add("description", words("calendar-alarm", title=title))
        event.add_component(alarm)
    return event
