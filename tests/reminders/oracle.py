"""What has to be said, worked out a second time and in another way: by looking at half-hours.

It knows the wall calendar of the school year 2026-2027 by heart, and shares no code with the bot.
"""

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
BEGIN, END = date(2026, 8, 15), date(2027, 8, 15)
HOLIDAYS = {
    *(date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2), date(2026, 11, 24)),
    date(2027, 1, 1),
    *(date(2027, 2, day) for day in range(3, 12)),  # Tết Đinh Mùi: mùng 1 is 06/02
    *(date(2027, 4, 16), date(2027, 4, 30), date(2027, 5, 3)),
}
HALF, DAY = timedelta(minutes=30), timedelta(days=1)
BEFORE = datetime(2026, 1, 1, tzinfo=ZONE)
HOUR = timedelta(hours=1)


def is_open(at: datetime) -> bool:
    local = at.astimezone(ZONE)
    minutes = local.hour * 60 + local.minute
    weekday = local.weekday() < 5 and local.date() not in HOLIDAYS
    return weekday and 6 * 60 + 30 <= minutes < 20 * 60


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZONE)


@cache
def slots() -> list[datetime]:
    """All half-hours in which the office is open, a little beyond the year."""
    at, found = midnight(BEGIN - 30 * DAY), []
    while at < midnight(END + 60 * DAY):
        if is_open(at):
            found.append(at)
        at += HALF
    return found


def first_open(at: datetime) -> datetime:
    return at if is_open(at) else slots()[bisect_left(slots(), at)]


@cache
def steps_of(ladder: tuple[str, ...], due: datetime) -> list[tuple[datetime, str]]:
    """All steps of a deadline in the order in which they are reached."""
    last_slot = slots()[bisect_left(slots(), due) - 1]
    last = (due - timedelta(seconds=1)).astimezone(ZONE).date()
    found = []
    for step in ladder:
        number = int(step[1:].rstrip("dh*"))
        if step.startswith("-"):
            if step.endswith("h"):
                at = first_open(min(due, last_slot + HALF) - number * HOUR)
            else:
                at = first_open(midnight(last - number * DAY))
            if at >= due:  # go back to where that day's hours begin
                at = last_slot
                while is_open(at - HALF):
                    at -= HALF
            found.append((at, step))
        else:
            repeated = range(number, 61, number) if step.endswith("*") else [number]
            found += [(first_open(midnight(last + n * DAY)), f"+{n}d") for n in repeated]
    return sorted(found, key=lambda pair: pair[0])


@dataclass
class Someone:
    id: int
    told_at: datetime | None = None
    snoozed_until: datetime | None = None
    told_of: dict[int, datetime] = field(default_factory=dict)  # paper -> when, last
    free_at: datetime = BEFORE

    def free_from(self, gap: int) -> datetime:
        """From when on they may be written to, with so many hours between two messages."""
        if self.snoozed_until is not None:
            return self.snoozed_until
        return self.told_at + gap * HOUR if self.told_at else BEFORE


@dataclass
class Paper:
    """A report: what the oracle knows of it."""

    id: int
    school: int
    ladder: tuple[str, ...]
    due: datetime
    opened: datetime
    late_until: datetime | None
    status: str = "expected"
    prepared_at: datetime | None = None
    own_due: bool = False
    since: datetime | None = None  # steps until then are over
    closed: bool = False
    done: set[tuple[datetime, str]] = field(default_factory=set)
    count: int = 0

    def wanted(self, now: datetime) -> bool:
        late = self.late_until
        in_time = late is None or now < late or (self.own_due and now < self.due)
        unsent = self.status in ("expected", "drafting", "returned")
        return unsent and not self.closed and self.opened <= now and in_time

    def newest(self, now: datetime) -> tuple[datetime, str] | None:
        reached = [s for s in steps_of(self.ladder, self.due) if self.opened < s[0] <= now]
        return reached[-1] if reached else None

    def last_day(self) -> date:
        return (self.due - timedelta(seconds=1)).astimezone(ZONE).date()

    def days_late(self, now: datetime) -> int:
        return (now.astimezone(ZONE).date() - self.last_day()).days


@dataclass
class Said:
    """What has to be said at a knock."""

    to: dict[int, set[int]] = field(default_factory=dict)  # person -> reports
    officers: set[int] = field(default_factory=set)  # of which reports they are told
    woken: set[int] = field(default_factory=set)
    due_since: list[datetime] = field(default_factory=list)
    caught_up: int = 0


@dataclass
class Oracle:
    reporters: dict[int, list[Someone]]  # by school
    heads: dict[int, list[Someone]]
    papers: list[Paper] = field(default_factory=list)
    to_call: set[int] = field(default_factory=set)
    called_on: date | None = None

    def due(self, now: datetime) -> list[tuple[Paper, datetime, str]]:
        found = []
        for paper in self.papers:
            newest = paper.newest(now) if paper.wanted(now) else None
            if newest is None or (paper.due, newest[1]) in paper.done:
                continue
            if paper.count >= 12 or (paper.since is not None and newest[0] <= paper.since):
                paper.done.add((paper.due, newest[1]))
                continue
            found.append((paper, *newest))
        return found

    def people(self, paper: Paper, step: str, now: datetime) -> list[Someone]:
        reporters, heads = self.reporters[paper.school], self.heads[paper.school]
        if paper.prepared_at and heads:
            return heads
        near = step.startswith("+") or step == "-1d" or step.endswith("h")
        if not reporters or (near and paper.status == "expected") or paper.days_late(now) >= 2:
            return reporters + [head for head in heads if head not in reporters]
        return reporters

    def knock(self, now: datetime) -> Said:
        """Return what has to be said at this knock."""
        said = Said()
        if not is_open(now):
            return said
        due = self.due(now)
        concerned = {paper.id: self.people(paper, step, now) for paper, _, step in due}
        units = (*self.reporters.values(), *self.heads.values())
        everyone = {person.id: person for people in units for person in people}
        for person in everyone.values():
            mine = [step for paper, _, step in due if person in concerned[paper.id]]
            person.free_at = person.free_from(2 if any(s.endswith("h") for s in mine) else 4)
        for paper, planned, step in due:
            self._act(said, paper, (planned, step), concerned[paper.id], now)
        wanted = {paper.id for paper in self.papers if paper.wanted(now)}
        for person in everyone.values():
            if person.snoozed_until is not None and person.snoozed_until <= now:
                if again := person.told_of.keys() & wanted:
                    said.to.setdefault(person.id, set()).update(again)
                    said.due_since.append(person.snoozed_until)
                person.snoozed_until = None
                said.woken.add(person.id)
        for person_id, papers in said.to.items():
            everyone[person_id].told_at = now
            everyone[person_id].told_of |= dict.fromkeys(papers, now)
        said.officers = self._officers(wanted, now)
        return said

    def _act(
        self,
        said: Said,
        paper: Paper,
        due: tuple[datetime, str],
        people: list[Someone],
        now: datetime,
    ) -> None:
        planned, step = due
        free = [person for person in people if person.free_at <= now]
        if people and not free:
            return
        said.caught_up += now - planned > HOUR
        paper.done.add((paper.due, step))
        call = not people or paper.days_late(now) >= 3
        paper.count += bool(free) or call
        if call:
            self.to_call.add(paper.id)
        for person in free:
            said.to.setdefault(person.id, set()).add(paper.id)
        freed = min((person.free_at for person in free), default=planned)
        concerned = planned  # since when one of them is among those to be reminded
        if free and all(person in self.heads[paper.school] for person in free):
            concerned = paper.prepared_at or midnight(paper.last_day() + 2 * DAY)
            concerned = concerned if concerned <= now else planned
        said.due_since.append(first_open(max(planned, freed, concerned, paper.since or planned)))

    def chase(self, papers: list[Paper], now: datetime) -> dict[int, set[int]]:
        """An officer reminds of a campaign; returns who is told of what."""
        told: dict[int, set[int]] = {}
        for paper in papers:
            if not paper.wanted(now):
                continue
            reporters, heads = self.reporters[paper.school], self.heads[paper.school]
            if paper.prepared_at and heads:
                people = heads
            elif reporters and paper.status != "expected":
                people = reporters
            else:
                people = reporters + heads
            people = [p for p in people if now - p.told_of.get(paper.id, BEFORE) >= HOUR / 12]
            paper.count += bool(people)
            for person in people:
                person.told_at = person.told_of[paper.id] = now
                told.setdefault(person.id, set()).add(paper.id)
        return told

    def _officers(self, wanted: set[int], now: datetime) -> set[int]:
        self.to_call &= wanted
        today = now.astimezone(ZONE).date()
        if not self.to_call or self.called_on == today:
            return set()
        self.called_on = today
        told, self.to_call = self.to_call, set()
        return told
