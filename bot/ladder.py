"""When schools are reminded: 7, 3, 1 days and 3 hours before the deadline, then daily while late.

A ladder is a list of steps as text. ``-3d``: when it opens three days before the last day;
``-3h``: three hours before the deadline, or before it closes for the last time until then;
``+2d``: when it opens two days after the last day; ``+1d*``: every day while it is late. A step
of a day that is closed moves to the next opening; one that would come too late by that, to the
last opening before the deadline.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.deadline import last_day
from bot.forms.vietnamese_calendar import SPELLED, SPELLED_PATTERN
from bot.forms.vietnamese_input import fold
from bot.office_hours import OfficeHours
from bot.texts import Texts

DEFAULT = ("-7d", "-3d", "-1d", "-3h", "+1d*")
NEVER = ("never",)  # a ladder without steps; an empty one is the default
PRESETS = {
    "nhe": ("-3d", "-1d", "+2d*"),
    "vua": DEFAULT,
    "gat": ("-7d", "-5d", "-3d", "-2d", "-1d", "-3h", "+1d*"),
}

_STEP = re.compile(r"([+-])(\d{1,3})([dh])(\*?)")
_LONGEST_LATE = 60  # days after which nobody is reminded any more


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the ladder of one deadline."""

    key: str  # -7d, +2d
    due_at: datetime
    near: bool  # a day before the deadline, or nearer, or late
    hourly: bool


def plan(
    ladder: Sequence[str], due_at: datetime, hours: OfficeHours, until: datetime
) -> list[Step]:
    """Return the steps that are due before ``until``, the newest last."""
    steps = [
        step
        for found in map(_STEP.fullmatch, ladder or DEFAULT)
        if found
        for step in _steps(found, due_at, hours, until)
    ]
    return sorted((step for step in steps if step.due_at <= until), key=lambda s: s.due_at)


def _steps(
    found: re.Match[str], due_at: datetime, hours: OfficeHours, until: datetime
) -> Iterable[Step]:
    sign, count, hourly = found[1], int(found[2]), found[3] == "h"
    last = last_day(due_at, hours.timezone)
    if sign == "-":
        start, end = hours.last_window(due_at)
        if hourly:
            at = hours.next_opening(end - timedelta(hours=count))
        else:
            at = hours.opening(last - timedelta(days=count))
        near = count <= (24 if hourly else 1)
        yield Step(found[0], at if at < due_at else start, near, hourly)
        return
    late = (hours.day(until) - last).days
    most = min(late, _LONGEST_LATE) if found[4] else min(late, count)
    for days in range(count, most + 1, count):
        yield Step(f"+{days}d", hours.opening(last + timedelta(days=days)), True, False)


_NUMBERS = re.compile(rf"\d+|\b(?:{SPELLED_PATTERN})\b")
_UNITS = {"ngay": 24, "hom": 24, "tuan": 7 * 24, "gio": 1, "tieng": 1, "h": 1}
_UNIT = re.compile(rf"(?<![a-z])({'|'.join(_UNITS)})\b")
_EVERY = re.compile(
    r"(?:moi|hang|cu)(?: cach)? ?(\d*) ?ngay(?: mot lan| 1 lan)?|ngay nao cung|"
    r"(\d+) ngay (?:mot|1) lan|cach ngay"
)
_LATE = re.compile(r"\b(?:roi|sau do|sau han|qua han|tre|cham|thi)\b")
_AROUND = re.compile(
    r"\b(?:truoc|truoc han|han|va|roi|sau do|sau|qua|khi|neu|tre|cham|thi|nhac|lan|con|nop|mot lan"
    r"|cung|chua|la|moi|vao|luc|den|tu)\b"
)
_NEVER = re.compile(r"(?:khong|dung|tat|bo) (?:can )?nhac(?: han| nua)?|tat|khong")


def read_ladder(text: str) -> list[str] | None:
    """Read how an officer wants schools to be reminded; None when it is not understood.

    "vừa"; "7, 3, 1 ngày và 3 giờ trước, rồi mỗi ngày"; "3 ngày trước, quá hạn 2 ngày một lần".
    """
    plain = fold(text).strip(" .")
    if preset := PRESETS.get(plain.removeprefix("nhac ").removeprefix("muc ")):
        return list(preset)
    if _NEVER.fullmatch(plain):
        return list(NEVER)
    if all(_STEP.fullmatch(part) for part in re.split(r"[,; ]+", plain)):
        return re.split(r"[,; ]+", plain)
    steps, rest = _read_every(plain)
    before, late = _split(rest)
    steps = _read_times(before, "-") + _read_times(late, "+") + steps
    left = _AROUND.sub(" ", _UNIT.sub(" ", _NUMBERS.sub(" ", rest)))
    return steps if steps and not left.strip(" ,;:.&-") else None


def _read_every(plain: str) -> tuple[list[str], str]:
    """Take "mỗi ngày", "2 ngày một lần" out of what was said."""
    found = _EVERY.search(plain)
    if not found:
        return [], plain
    number = "2" if found[0] == "cach ngay" else found[1] or found[2] or "1"
    return [f"+{number}d*"], plain[: found.start()] + plain[found.end() :]


def _split(plain: str) -> tuple[str, str]:
    """Cut what was said into what comes before the deadline and what after it."""
    found = _LATE.search(plain)
    return (plain[: found.start()], plain[found.start() :]) if found else (plain, "")


def _read_times(part: str, sign: str) -> list[str]:
    """Read "7, 3, 1 ngay va 3 gio": each number counts in the unit that follows it next."""
    steps = []
    begin = 0
    for unit in _UNIT.finditer(part):
        for number in _NUMBERS.findall(part[begin : unit.start()]):
            hours = (SPELLED.get(number) or int(number)) * _UNITS[unit[1]]
            steps.append(f"{sign}{hours // 24}d" if _UNITS[unit[1]] > 1 else f"{sign}{hours}h")
        begin = unit.end()
    return [step for step in steps if step[1] != "0" and (sign == "-" or step.endswith("d"))]


def say_ladder(ladder: Sequence[str], words: Texts) -> str:
    """Say a ladder as people say it: "7, 3, 1 ngày và 3 giờ trước hạn; quá hạn: mỗi ngày"."""
    steps = [found for found in map(_STEP.fullmatch, ladder or DEFAULT) if found]
    before = [
        words(key, list=", ".join(numbers))
        for unit, key in (("d", "ladder-days"), ("h", "ladder-hours"))
        if (numbers := [s[2] for s in steps if s[1] == "-" and s[3] == unit])
    ]
    late = [
        words("ladder-daily" if s[2] == "1" else "ladder-every", days=s[2])
        if s[4]
        else words("ladder-late-day", days=s[2])
        for s in steps
        if s[1] == "+"
    ]
    parts = [words("ladder-before", list=words("ladder-and").join(before))] if before else []
    parts += [words("ladder-late", list=", ".join(late))] if late else []
    return "; ".join(parts) or words("ladder-never")
