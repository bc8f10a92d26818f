"""A year of the clock: 40 schools, a dozen campaigns, outages, people as they are.

The clock knocks every 30 to 60 seconds, at random, while the bot is up. Knocks at which nothing
can have changed are left out, but for some at random. At each knock that is tried, the bot must
say exactly what the oracle says; and of all that was said the promises are checked once more.
"""

import asyncio
import heapq
import itertools
import random
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.outgoing import Parcel
from bot.reminders import remind, remind_now, restart, who_not_submitted
from storage.campaigns import NewCampaign
from storage.database import Database
from storage.migrations import upgrade
from storage.store import Store
from storage.tables import reminders
from tests.reminders import oracle
from tests.reminders.district import HOURS
from tests.reminders.oracle import BEGIN, DAY, END, HALF, HOUR, Oracle, Paper, Someone, midnight

LADDERS = (
    ("-7d", "-3d", "-1d", "-3h", "+1d*"),
    ("-3d", "-1d", "+2d*"),
    ("-7d", "-5d", "-3d", "-2d", "-1d", "-3h", "+1d*"),
    ("-1d", "-3h", "+1d", "+3d"),
)
DEADLINES = (  # local days after BEGIN, and half-hours of the day
    (30, 0), (45, 34), (70, 0), (98, 35), (108, 0), (140, 0), (152, 34),
    (176, 0), (180, 34), (201, 0), (246, 33), (262, 0), (300, 40),
)  # fmt: skip
MINUTE = timedelta(minutes=1)


class Year:
    """One year of a district, drawn by chance from a seed."""

    def __init__(self, seed: int, database: Database) -> None:
        self.random = random.Random(seed)
        self.database = database
        self.oracle = Oracle({}, {})
        self.agenda: list[tuple[datetime, int, Callable[[Store], None] | None]] = []
        self.turn = itertools.count()
        # when, to whom, of what, and when an officer last reminded them
        self.said: list[tuple[datetime, int, frozenset[int], datetime | None]] = []
        self.last_chased: dict[int, datetime] = {}
        self.stops: dict[int, list[tuple[datetime, datetime | None]]] = {}  # not wanted from - to
        self.lateness: list[timedelta] = []
        self.woken: set[tuple[datetime, int]] = set()
        self.chats: dict[str, int] = {}
        self.counts: Counter[str] = Counter()
        self._draw_outages()

    # the world

    def _draw_outages(self) -> None:
        lengths = [self.random.randint(1, 50) * MINUTE for _ in range(40)]
        lengths += [self.random.randint(60, 900) * MINUTE for _ in range(12)]
        lengths += [3 * DAY, 4 * DAY, self.random.randint(30, 60) * HOUR]
        span = int((midnight(END) - midnight(BEGIN)) / MINUTE)
        starts = sorted(midnight(BEGIN) + self.random.randrange(span) * MINUTE for _ in lengths)
        self.random.shuffle(lengths)
        self.outages: list[tuple[datetime, datetime]] = []
        for start, length in zip(starts, lengths, strict=True):
            if not self.outages or start > self.outages[-1][1]:
                self.outages.append((start, start + length))
        self.knocks, at = [], midnight(BEGIN)
        while at < midnight(END):
            at += timedelta(milliseconds=self.random.randint(30_000, 60_000))
            at = max(at, self._up_after(at))
            self.knocks.append(at)

    def _up_after(self, at: datetime) -> datetime:
        """Return ``at``, or the end of the outage in which it falls."""
        for start, end in self.outages:
            if start <= at < end:
                return end
        return at

    def _when_up(self, at: datetime) -> datetime:
        """Return ``at``, or some seconds after the outage in which it falls."""
        up = self._up_after(at)
        return at if up == at else up + timedelta(seconds=7)

    def _up_since(self, at: datetime) -> datetime:
        return max([end for _, end in self.outages if end <= at], default=midnight(BEGIN))

    def at(self, when: datetime, deed: Callable[[Store], None] | None = None) -> None:
        """Put something on the agenda: a deed of somebody's, or just to look."""
        when = self._when_up(when) if deed else when
        heapq.heappush(self.agenda, (when, next(self.turn), deed))

    async def settle(self) -> None:
        """Make the schools and their people, and draw what happens."""
        await self.database.write(self._make)
        for day in range((END - BEGIN).days):
            self.at(midnight(BEGIN + day * DAY) + 6 * HOUR + HALF)
        for _, end in self.outages:
            self.at(end)
        for knock in self.random.sample(self.knocks, 500):
            self.at(knock)

    def _make(self, store: Store) -> None:
        start = midnight(BEGIN)
        self.office = store.people.add_unit("Phường", kind="office")
        self.officers = [self._person(store, self.office, "officer") for _ in range(2)]
        self.form = store.campaigns.keep_form("x", "x", "<x/>", {}, start)
        kinds = ["rh"] * 26 + ["r"] * 5 + ["h"] * 3 + ["rrh"] * 3 + [""] * 3
        self.schools = []
        for kind in kinds:
            unit = store.people.add_unit("Trường", kind="school", parent_id=self.office)
            self.schools.append(unit)
            self.oracle.reporters[unit] = [
                self._person(store, unit, "reporter") for _ in range(kind.count("r"))
            ]
            self.oracle.heads[unit] = [
                self._person(store, unit, "head") for _ in range(kind.count("h"))
            ]
        both = self.oracle.reporters[self.schools[0]][0]  # reports for two schools
        store.people.join(both.id, self.schools[1], "reporter", start)
        self.oracle.reporters[self.schools[1]].append(both)
        for day, half in DEADLINES:
            self._draw_campaign(midnight(BEGIN + day * DAY) + half * HALF)
        for _ in range(150):
            self._draw_snooze()
        empty = self.schools[-1]
        self.at(start + 100 * DAY + 9 * HOUR, lambda store: self._joins(store, empty))

    def _person(self, store: Store, unit: int, role: str) -> Someone:
        number = next(self.turn)
        person = store.people.add_person("web", str(number), "", midnight(BEGIN))
        store.people.join(person.id, unit, role, midnight(BEGIN))
        self.chats[str(number)] = person.id
        return Someone(person.id)

    def _joins(self, store: Store, unit: int) -> None:
        self.oracle.reporters[unit].append(self._person(store, unit, "reporter"))

    def _draw_campaign(self, due: datetime) -> None:
        opened = self._when_up(due - self.random.randint(4, 25) * DAY + 8 * HOUR)
        ladder = self.random.choice(LADDERS)
        late_until = self.random.choice([None, None, due + self.random.randint(2, 9) * DAY])
        closed = self._when_up(due + self.random.randint(10, 70) * DAY + 9 * HOUR)

        def opens(store: Store) -> None:
            new = NewCampaign(
                self.office, self.form, "Đợt", "hạn", due, {},
                late_until=late_until, ladder=[] if ladder == LADDERS[0] else list(ladder),
            )  # fmt: skip
            campaign = store.campaigns.open(new, self.schools, opened)
            papers = []
            for unit in self.schools:
                report = store.reports.of_unit(campaign, unit)
                papers.append(Paper(report.id, unit, ladder, due, opened, late_until))
            self.oracle.papers += papers
            for step_at, _ in oracle.steps_of(ladder, due):
                self.at(step_at)
            for paper in papers:
                self._draw_life(paper, closed)
            for days in self.random.sample(range(-8, 12), 5):
                self._draw_chase(papers, campaign, midnight(due.date() + days * DAY))
            self.at(closed, lambda store: self._closes(store, campaign, papers, closed))

        self.at(opened, opens)

    def _draw_chase(self, papers: list[Paper], campaign: int, day: datetime) -> None:
        """An officer who is up early reminds those who have not submitted."""
        at = self._when_up(day + 5 * HOUR + self.random.randint(1, 80) * MINUTE)

        def chases(store: Store) -> None:
            chase = who_not_submitted(store, campaign, None, at)
            notices = remind_now(store, chase, self.officers[0].id, HOURS, at)
            told = {
                self.chats[address.id]: {int(i) for i in message.fresh.split()[2:]}
                for address, message in notices
            }
            assert told == self.oracle.chase(papers, at)
            self.last_chased.update(dict.fromkeys(told, at))
            for hours in (2, 4):
                self.at(at + hours * HOUR)

        if not papers[0].closed and at > papers[0].opened:
            self.at(at, chases)

    def _closes(self, store: Store, campaign: int, papers: list[Paper], at: datetime) -> None:
        store.campaigns.close(campaign, at)
        for paper in papers:
            paper.closed = True
            self._unwanted(paper, at)

    def _draw_life(self, paper: Paper, closed: datetime) -> None:
        """Draw what a school does about a report: begins, prepares, submits, is sent back."""
        chance = self.random.random
        span = (paper.due - paper.opened) / MINUTE
        begins = paper.opened + chance() * span * MINUTE
        if chance() < 0.85:
            self._does(paper, begins, closed, self._begins)
        if chance() < 0.25:
            self._does(paper, begins + chance() * 2 * DAY, closed, self._prepares)
        if chance() < 0.2:
            self._does(paper, paper.due + (chance() * 6 - 4) * DAY, closed, self._extends)
        if chance() < 0.8:
            submits = begins + chance() ** 2 * 20 * DAY
            self._does(paper, submits, closed, self._submits)
            if chance() < 0.3:
                returned = submits + chance() * 6 * DAY
                self._does(paper, returned, closed, self._goes_back)
                if chance() < 0.7:
                    self._does(paper, returned + chance() * 6 * DAY, closed, self._submits)

    def _does(
        self,
        paper: Paper,
        at: datetime,
        closed: datetime,
        deed: Callable[[Store, Paper, datetime], None],
    ) -> None:
        at = self._when_up(at.replace(microsecond=0))
        if paper.opened < at < closed:
            self.at(at, lambda store: deed(store, paper, at))

    def _begins(self, store: Store, paper: Paper, _now: datetime) -> None:
        if paper.status == "expected":
            paper.status = "drafting"
            store.reports.mark(paper.id, status="drafting")

    def _prepares(self, store: Store, paper: Paper, now: datetime) -> None:
        if paper.status == "drafting":
            paper.prepared_at = now
            store.reports.mark(paper.id, prepared_at=now)

    def _submits(self, store: Store, paper: Paper, now: datetime) -> None:
        if paper.status in ("submitted", "accepted"):
            return
        document = store.reports.add_document(paper.id, 1, {}, "x", now)
        store.reports.submit(paper.id, document, f"BC-{next(self.turn)}", self.officers[0].id, now)
        store.reports.settle_return(paper.id, now)
        paper.status = self.random.choice(["submitted", "accepted"])
        store.reports.mark(paper.id, status=paper.status)
        self._unwanted(paper, now)

    def _goes_back(self, store: Store, paper: Paper, now: datetime) -> None:
        submission = store.reports.last_submission(paper.id)
        if paper.status == "submitted" and submission:
            paper.status, paper.since, paper.prepared_at = "returned", now, None
            store.reports.mark(paper.id, status="returned", prepared_at=None)
            store.reports.send_back(paper.id, submission.id, {"a": "sai"}, 1, now)
            begun, _ = self.stops[paper.id][-1]
            self.stops[paper.id][-1] = (begun, now)

    def _extends(self, store: Store, paper: Paper, now: datetime) -> None:
        if paper.status in ("submitted", "accepted"):
            return
        day = now.astimezone(oracle.ZONE).date() + self.random.randint(1, 12) * DAY
        due = midnight(day) + self.random.choice([0, 0, 34]) * HALF
        if due <= paper.due:
            return
        paper.due, paper.own_due, paper.since = due, True, now
        store.reports.mark(paper.id, due_at=due, due_text="hạn mới")
        restart(store, [paper.id], HOURS, now.astimezone(UTC))
        for step_at, _ in oracle.steps_of(paper.ladder, due):
            if step_at > now:
                self.at(step_at)

    def _unwanted(self, paper: Paper, now: datetime) -> None:
        self.stops.setdefault(paper.id, []).append((now, None))

    def _draw_snooze(self) -> None:
        people = [p for unit in self.schools for p in self.oracle.reporters[unit]]
        person = self.random.choice(people)
        span = int((midnight(END) - midnight(BEGIN)) / MINUTE)
        at = self._when_up(midnight(BEGIN) + self.random.randrange(span) * MINUTE)
        until = oracle.first_open(at + self.random.randint(4, 120) * HALF)

        def snoozes(store: Store) -> None:
            person.snoozed_until = until
            store.reminders.snooze(person.id, until)
            self.at(until)

        self.at(at, snoozes)

    # the clock

    async def run(self) -> None:
        """Let the year pass."""
        reached = midnight(BEGIN)
        while self.agenda and self.agenda[0][0] < midnight(END):
            at, _, deed = heapq.heappop(self.agenda)
            number = bisect_left(self.knocks, at)
            for knock in self.knocks[max(0, number - 1) : number + 1]:
                if knock > reached and (knock < at or not deed):
                    if self.agenda and self.agenda[0][0] < knock and knock >= at:
                        self.at(knock)  # something else comes before it
                        break
                    reached = knock
                    await self._knock(knock)
            if deed:
                await self.database.write(deed)
                reached = max(reached, at)
                self.at(at + timedelta(seconds=1))
                self.counts["deeds"] += 1

    async def _knock(self, now: datetime) -> None:
        parcels: list[Parcel] = []
        await remind(self.database, HOURS, parcels.extend, now)
        self.counts["knocks"] += 1
        said: dict[int, set[int]] = {}
        called: list[set[int]] = []
        for parcel in parcels:
            kind, _, *ids = parcel.message.fresh.split()
            reports = {int(report_id) for report_id in ids}
            if kind == "call":
                called.append(reports)
            else:
                assert self.chats[parcel.to.id] not in said, "two messages to one person"
                said[self.chats[parcel.to.id]] = reports
        expected = self.oracle.knock(now)
        assert said == expected.to, now
        assert called == ([expected.officers] * 2 if expected.officers else []), now
        self.counts["calls"] += len(called)
        self.counts["caught up"] += expected.caught_up
        for since in expected.due_since:
            self.lateness.append(now - max(since, self._up_since(now)))
        self.woken |= {(now, person) for person in expected.woken}
        for person, reports in said.items():
            self.said.append((now, person, frozenset(reports), self.last_chased.get(person)))
            for hours in (2, 4):
                self.at(now + hours * HOUR)


def check_promises(year: Year, done: list[tuple[int, datetime, str, datetime | None]]) -> None:
    """Check what was promised on all that was said, without asking the oracle."""
    assert all(oracle.is_open(at) for at, _, _, _ in year.said)
    for at, _, reports, _ in year.said:
        for report in reports:
            for begin, end in year.stops.get(report, ()):
                assert not (begin <= at and (end is None or at < end)), "after submission"
    assert max(year.lateness) <= MINUTE
    hourly = {(sent_at, report) for report, _, step, sent_at in done if step.endswith("h")}
    last: dict[int, datetime] = {}
    for at, person, reports, chased in year.said:
        gap = at - max(last.get(person, midnight(BEGIN)), chased or midnight(BEGIN))
        last[person] = at
        if (at, person) not in year.woken:
            assert gap >= (2 if any((at, r) in hourly for r in reports) else 4) * HOUR
    steps = Counter((report, deadline, step) for report, deadline, step, _ in done)
    assert set(steps.values()) == {1}
    sent = Counter(report for report, _, _, sent_at in done if sent_at)
    asked = Counter(report for report, _, step, _ in done if step.startswith("asked"))
    assert max(sent.values()) <= 12 + max(asked.values())


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
async def test_a_year_of_the_clock(sqlite_url: str, seed: int):
    await asyncio.to_thread(upgrade, sqlite_url)
    database = Database(sqlite_url)
    await database.open()
    year = Year(seed, database)
    await year.settle()
    await year.run()

    def all_done(store: Store) -> list[tuple[int, datetime, str, datetime | None]]:
        rows = store.connection.execute(reminders.select()).mappings()
        return [(row["report_id"], row["deadline"], row["step"], row["sent_at"]) for row in rows]

    done = await database.read(all_done)
    await database.close()
    check_promises(year, done)
    sent = sum(1 for *_, sent_at in done if sent_at)
    assert sent > 1000
    print(
        f"\nseed {seed}: {len(year.knocks)} knocks in the year, {year.counts['knocks']} tried;"
        f" {year.counts['deeds']} deeds, {len(year.outages)} outages;"
        f" {sent} steps sent in {len(year.said)} messages, {len(done) - sent} passed over,"
        f" {year.counts['caught up']} caught up, {year.counts['calls']} lists for officers;"
        f" at most {max(year.lateness).total_seconds():.0f} s late"
    )
