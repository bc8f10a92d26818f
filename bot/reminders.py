"""Who is reminded of what, when: considerate, once, and only of what is not submitted.

The clock knocks; ``remind`` looks at what is due and not done. So a missed knock, a doubled
one or three days of outage change nothing but the hour: the newest step that was reached is sent,
those before it are passed over. A message is written again just before it is sent (``Fresh``).
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate

from bot.chat import Address, Choice, Message, Template
from bot.deadline import last_day
from bot.errors import Rejected
from bot.ladder import Step, plan
from bot.office_hours import OfficeHours
from bot.outgoing import NOTICE, HandOver, Parcel
from bot.texts import Texts, texts
from storage.database import Database
from storage.people import Member
from storage.reminders import Deadline, NewReminder, Owed, Reader
from storage.store import Store

MOST = 12  # reminders of one report
GAP = timedelta(hours=4)  # between two reminders of one person
HOURLY_GAP = timedelta(hours=2)  # when the last step before the deadline is due
HEAD_FROM = 2  # days late from which the head is reminded as well
CALL_FROM = 3  # days late from which an officer is told to telephone

_PORTION = 200  # steps of reports that share a transaction
_LONGEST_LIST = 1800  # characters of one message; who owes more is told how many more there are
_MOST_BUTTONS = 5  # that open a report
_TWICE = timedelta(minutes=5)  # an officer who taps twice reminds once
_SCHOOL, _OFFICE = ("reporter", "head"), ("officer", "admin")
_REMIND, _CALL, _ASKED = "remind", "call", "asked"


# what is due now


@dataclass(slots=True)
class _Due:
    """A step of a report that nothing was done about yet."""

    owed: Owed
    deadline: Deadline
    steps: Sequence[Step]  # all that were reached, the newest last
    to: list[int] = field(default_factory=list)  # those it concerns, who can be reached
    now_to: list[int] = field(default_factory=list)  # and who may be written to now
    joined: bool = False  # somebody acts for the school

    @property
    def step(self) -> Step:
        return self.steps[-1]


async def remind(
    database: Database, hours: OfficeHours, hand_over: HandOver, now: datetime
) -> None:
    """Do all that is due, some people at a time, so that nobody waits long for an answer."""
    more = True
    while more:
        parcels, more = await database.write(lambda store: remind_due(store, hours, now))
        hand_over(parcels)


def remind_due(store: Store, hours: OfficeHours, now: datetime) -> tuple[list[Parcel], bool]:
    """Do what is due, for some people at once; returns parcels, and whether there is more.

    Each person gets one message. Once nothing is left for the schools, officers get their lists.
    """
    if not hours.may_write(now):
        return [], False
    store.reminders.lock()
    woken = set(store.reminders.woken(now))
    due, more = _portion(_find_due(store, woken, hours, now))
    store.reminders.add(
        [
            row
            for one in due
            for row in _rows(one, now if one.now_to else None, _why(one, hours, now))
        ]
    )
    letters: dict[int, set[int]] = {}
    for one in due:
        for person in one.now_to:
            letters.setdefault(person, set()).add(one.owed.report_id)
    _again(store, woken if not more else woken & set(letters), letters, now)
    store.reminders.tell([(p, report) for p in letters for report in letters[p]], now)
    parcels = _post(store, _REMIND, letters, hours, now)
    if not more:
        parcels += _post(store, _CALL, _calls(store, hours, now), hours, now)
    return parcels, more


def _portion(due: list[_Due]) -> tuple[list[_Due], bool]:
    """Take some people, with all that is due for each of them; says whether somebody is left."""
    portion: list[_Due] = []
    people: set[int] = set()
    left = sorted(due, key=lambda one: one.owed.unit_id)
    taken, left = left[:_PORTION], left[_PORTION:]
    while taken:
        portion += taken
        people |= {person for one in taken for person in one.now_to}
        taken = [one for one in left if people.intersection(one.now_to)]
        left = [one for one in left if not people.intersection(one.now_to)]
    return portion, bool(left)


def _again(store: Store, woken: set[int], letters: dict[int, set[int]], now: datetime) -> None:
    """Remind those who wanted to be left alone until now of what they had been reminded of."""
    if not woken:
        return
    before = store.reminders.told_before(woken)
    wanted = {owed.report_id for owed in store.reminders.owed({r for _, r in before}, now)}
    for person, report_id in before:
        if report_id in wanted:
            letters.setdefault(person, set()).add(report_id)
    store.reminders.wake(woken)


def _due(store: Store, hours: OfficeHours, now: datetime) -> list[_Due]:
    """Find the steps to act upon; those that are over are passed over on the way."""
    due = []
    for deadline in store.reminders.deadlines(now):
        steps = [
            step
            for step in plan(deadline.ladder, deadline.due_at, hours, now)
            if step.due_at > deadline.opened_at
        ]
        if steps:
            due += [
                _Due(owed, deadline, steps)
                for owed in store.reminders.not_done(deadline, steps[-1].key, now)
            ]
    if not due:
        return []
    sent = store.reminders.count_sent({one.owed.report_id for one in due})
    over = {one.owed.report_id for one in due if _is_over(one, sent.get(one.owed.report_id, 0))}
    store.reminders.add([row for one in due if one.owed.report_id in over for row in _rows(one)])
    return [one for one in due if one.owed.report_id not in over]


def _is_over(due: _Due, sent: int) -> bool:
    """Say whether a step was reached before the report was sent back, or is one too many."""
    returned_at = due.owed.returned_at
    return sent >= MOST or (returned_at is not None and due.step.due_at <= returned_at)


def _find_due(store: Store, woken: set[int], hours: OfficeHours, now: datetime) -> list[_Due]:
    """Find what can be done now: what concerns nobody, or somebody who may be written to."""
    due = _due(store, hours, now)
    if not due:
        return []
    _find_people(store, due, hours, now)
    readers = store.reminders.readers({person for one in due for person in one.to})
    hourly = {person for one in due if one.step.hourly for person in one.to}
    awake = woken | {
        person
        for person, reader in readers.items()
        if _may_be_written_to(reader, HOURLY_GAP if person in hourly else GAP, now)
    }
    for one in due:
        one.now_to = [person for person in one.to if person in awake]
    return [one for one in due if one.now_to or not one.to]


def _may_be_written_to(reader: Reader, gap: timedelta, now: datetime) -> bool:
    if reader.snoozed_until is not None:
        return False
    return reader.reminded_at is None or now - reader.reminded_at >= gap


def _rows(due: _Due, sent_at: datetime | None = None, call: str | None = None) -> list[NewReminder]:
    """Return what is remembered of a step that was acted upon; those before are passed over."""
    rows = [
        NewReminder(due.owed.report_id, due.owed.due_at, step.key, step.due_at)
        for step in due.steps
    ]
    return [*rows[:-1], rows[-1]._replace(sent_at=sent_at, call=call)]


# who


def _find_people(store: Store, due: list[_Due], hours: OfficeHours, now: datetime) -> None:
    """Find for each report whom a reminder concerns, and who of them can be reached."""
    members = _members(store, [one.owed for one in due])
    for one in due:
        of_unit = members.get(one.owed.unit_id, [])
        one.joined = bool(of_unit)
        one.to = _concerned(one.owed, of_unit, one.step.near, _days_late(one.owed, hours, now))
    reached = store.people.reach({person for one in due for person in one.to})
    for one in due:
        one.to = [person for person in one.to if person in reached]


def _members(store: Store, owed: Iterable[Owed]) -> dict[int, list[Member]]:
    """Return who reports for the units: the people of a school; the officers of an office."""
    kinds = {one.unit_id: one.unit_kind for one in owed}
    members: dict[int, list[Member]] = {}
    for member in store.people.members_of(kinds, (*_SCHOOL, *_OFFICE)):
        if member.role in (_OFFICE if kinds[member.unit_id] == "office" else _SCHOOL):
            members.setdefault(member.unit_id, []).append(member)
    return members


def _concerned(owed: Owed, members: list[Member], near: bool, late: int) -> list[int]:
    """Return whom a reminder of a report concerns: the reporter, at need the head."""
    heads = [member.person_id for member in members if member.role == "head"]
    reporters = [member.person_id for member in members if member.role != "head"]
    if owed.prepared_at is not None and heads:
        people = heads  # it waits for their approval
    elif not reporters or (near and owed.status == "expected") or late >= HEAD_FROM:
        people = reporters + heads
    else:
        people = reporters
    return list(dict.fromkeys(people))


def _days_late(owed: Owed, hours: OfficeHours, now: datetime) -> int:
    return (hours.day(now) - last_day(owed.due_at, hours.timezone)).days


def _why(due: _Due, hours: OfficeHours, now: datetime) -> str | None:
    """Say why an officer has to telephone; None: not yet."""
    if not due.joined:
        return "nobody"
    if not due.to:
        return "unreachable"
    return "late" if _days_late(due.owed, hours, now) >= CALL_FROM else None


def _calls(store: Store, hours: OfficeHours, now: datetime) -> dict[int, set[int]]:
    """Return of which schools officers are told that a call is needed, once a day an office."""
    waiting = store.reminders.calls()
    if not waiting:
        return {}
    wanted = store.reminders.owed(waiting, now)
    store.reminders.drop_calls(waiting - {owed.report_id for owed in wanted})
    letters: dict[int, set[int]] = {}
    for office_id in {owed.office_id for owed in wanted}:
        last = store.reminders.last_call(office_id)
        if last is None or hours.day(last) < hours.day(now):
            of_office = [owed for owed in wanted if owed.office_id == office_id]
            _tell_officers(store, office_id, of_office, letters, now)
    return letters


def _tell_officers(
    store: Store, office_id: int, wanted: list[Owed], letters: dict[int, set[int]], now: datetime
) -> None:
    ids = {member.person_id for member in store.people.members_of([office_id], _OFFICE)}
    readers = store.reminders.readers(ids)
    awake = {p for p in store.people.reach(ids) if readers[p].snoozed_until is None}
    told = set()
    for owed in wanted:
        for person in {owed.reviewer_id} if owed.reviewer_id in ids else ids:
            if person in awake:
                letters.setdefault(person, set()).add(owed.report_id)
                told.add(owed.report_id)
    store.reminders.mark_called(told, now)


# what the officer or the person wants


@dataclass(frozen=True, slots=True)
class Chase:
    """Who would be reminded of a campaign now, and whom nobody can reach."""

    letters: dict[int, set[int]]  # person -> reports
    reached: list[Owed]
    unreached: list[Owed]  # nobody of the school has joined, or can be reached


def who_not_submitted(
    store: Store, campaign_id: int, unit_ids: Collection[int] | None, now: datetime
) -> Chase:
    """Return who would get a reminder if an officer asked for it now."""
    owed = store.reminders.owed_in(campaign_id, unit_ids, now)
    members = _members(store, owed)
    concerned = {
        one.report_id: _concerned(one, members.get(one.unit_id, []), True, 0) for one in owed
    }
    reached = store.people.reach({person for to in concerned.values() for person in to})
    letters: dict[int, set[int]] = {}
    for report_id, to in concerned.items():
        for person in to:
            if person in reached:
                letters.setdefault(person, set()).add(report_id)
    told = {report_id for reports in letters.values() for report_id in reports}
    return Chase(
        letters,
        [one for one in owed if one.report_id in told],
        [one for one in owed if one.report_id not in told],
    )


def remind_now(
    store: Store, chase: Chase, by: int, hours: OfficeHours, now: datetime
) -> list[tuple[Address, Message]]:
    """Remind whom an officer wants to be reminded; returns notices for ``Turn.notices``.

    The ladder, the quiet hours and who wants to be left alone do not matter: a person has decided.
    """
    just_told = store.reminders.told_since(now - _TWICE)
    letters: dict[int, set[int]] = {}
    for person, reports in chase.letters.items():
        if left := {report for report in reports if (person, report) not in just_told}:
            letters[person] = left
    told = {report_id for reports in letters.values() for report_id in reports}
    owed = [one for one in chase.reached if one.report_id in told]
    step = f"asked {now:%Y-%m-%dT%H:%M:%S}"
    store.reminders.add(
        [NewReminder(one.report_id, one.due_at, step, now, sent_at=now) for one in owed]
    )
    store.reminders.tell([(p, report) for p in letters for report in letters[p]], now)
    for one in owed:
        store.audit.add(
            "remind",
            now,
            person_id=by,
            unit_id=one.unit_id,
            campaign_id=one.campaign_id,
            report_id=one.report_id,
        )
    return _letters(store, _ASKED, letters, hours, now)


def restart(store: Store, report_ids: Collection[int], hours: OfficeHours, now: datetime) -> None:
    """Begin the ladder anew, because a deadline has just been changed: what is over is over."""
    ladders = {
        (deadline.campaign_id, deadline.due_at): deadline
        for deadline in store.reminders.deadlines(now)
    }
    for owed in store.reminders.owed(report_ids, now):
        deadline = ladders[owed.campaign_id, owed.due_at]
        if steps := plan(deadline.ladder, deadline.due_at, hours, now):
            store.reminders.add(_rows(_Due(owed, deadline, steps)))


# the messages


def _post(
    store: Store, kind: str, letters: dict[int, set[int]], hours: OfficeHours, now: datetime
) -> list[Parcel]:
    parcels = []
    for to, message in _letters(store, kind, letters, hours, now):
        (new,) = store.outbox.add(to.channel, to.id, [message], now, lane=NOTICE)
        parcels.append(Parcel(new, to, message, now, lane=NOTICE))
    return parcels


def _letters(
    store: Store, kind: str, letters: dict[int, set[int]], hours: OfficeHours, now: datetime
) -> list[tuple[Address, Message]]:
    """Write one message for each person who can be reached."""
    if not letters:
        return []
    reached = store.people.reach(letters)
    readers = store.reminders.readers(letters)
    all_ids = {report_id for reports in letters.values() for report_id in reports}
    writer = _Writer(store, hours, now, all_ids)
    found = []
    for person, reports in letters.items():
        if person in reached:
            message = writer.write(kind, readers[person].language, reports)
            if message is not None:
                found.append((Address(*reached[person]), message))
    return found


class _Writer:
    """Writes reminders as things stand now."""

    def __init__(
        self, store: Store, hours: OfficeHours, now: datetime, report_ids: Collection[int]
    ) -> None:
        self._hours = hours
        self._now = now
        self._owed = {one.report_id: one for one in store.reminders.owed(report_ids, now)}
        self._reasons = store.reminders.reasons(report_ids)

    def write(self, kind: str, language: str, report_ids: Collection[int]) -> Message | None:
        """Write a message about some reports; None when none of them is wanted any more."""
        owed = [self._owed[report_id] for report_id in report_ids if report_id in self._owed]
        if not owed:
            return None
        owed.sort(key=lambda one: (one.due_at, one.report_id))
        words = texts(language)
        line = self._call_line if kind == _CALL else self._line
        lines = _as_many_as_fit([line(words, one) for one in owed])
        if len(lines) < len(owed):
            lines.append(words("remind-more", count=str(len(owed) - len(lines))))
        key = "call-list" if kind == _CALL else "remind-one" if len(owed) == 1 else "remind-several"
        count = len({one.unit_id for one in owed}) if kind == _CALL else len(owed)
        text = words(key, count=str(count), lines="\n".join(lines))
        ids = " ".join(str(one.report_id) for one in owed)
        choices = () if kind == _CALL else self._choices(words, owed)
        template = None if kind == _CALL else self._template(words, owed)
        return Message(text, choices, fresh=f"{kind} {language} {ids}", template=template)

    def _template(self, words: Texts, owed: list[Owed]) -> Template:
        """Say it as the template registered with Zalo does: docs/zalo.md."""
        first, title = owed[0], owed[0].title
        if len(owed) > 1:
            title = words("template-and-more", title=title, count=str(len(owed) - 1))
        left = time_left(words, first.due_at, self._hours, self._now)
        due = first.due_at.astimezone(self._hours.timezone)
        day = f"{last_day(first.due_at, self._hours.timezone):%d/%m/%Y}"
        hour = f"{due:%H:%M} " if (due.hour, due.minute) != (0, 0) else ""
        values = {"truong": first.unit_name, "bao_cao": title, "han": f"{hour}{day} ({left})"}
        return Template("reminder", tuple(values.items()))

    def _line(self, words: Texts, owed: Owed) -> str:
        state = "prepared" if owed.prepared_at is not None else owed.status
        return words(
            "remind-line",
            title=owed.title,
            school=owed.unit_name,
            due=owed.due_text,
            left=time_left(words, owed.due_at, self._hours, self._now),
            state=words(f"remind-{state}"),
        )

    def _call_line(self, words: Texts, owed: Owed) -> str:
        why, sent = self._reasons.get(owed.report_id, ("late", 0))
        contact = ", ".join(str(owed.contact[k]) for k in ("head", "phone") if owed.contact.get(k))
        return words(
            "call-line",
            school=owed.unit_name,
            contact=contact or words("call-no-contact"),
            title=owed.title,
            left=time_left(words, owed.due_at, self._hours, self._now),
            why=words(f"call-{why or 'late'}", count=str(sent)),
        )

    def _choices(self, words: Texts, owed: list[Owed]) -> tuple[Choice, ...]:
        several = len(owed) > 1
        opening = []
        for one in owed[:_MOST_BUTTONS]:
            label = words("button-start" if one.status == "expected" else "button-continue")
            label += f": {one.title[:30]}" if several else ""
            opening.append(Choice(label, f"c.open.{one.report_id}"))
        later = "afternoon" if self._now.astimezone(self._hours.timezone).hour < 12 else "tomorrow"
        return (
            *opening,
            Choice(words("button-snooze-2"), "c.snooze.2", way=True),
            Choice(words(f"button-snooze-{later}"), f"c.snooze.{later}", way=True),
        )


def _as_many_as_fit(lines: list[str]) -> list[str]:
    """Return the first lines, as many as one message takes."""
    lengths = accumulate(len(line) + 1 for line in lines)
    return lines[: sum(length <= _LONGEST_LIST for length in lengths)]


def time_left(words: Texts, due_at: datetime, hours: OfficeHours, now: datetime) -> str:
    """Say how long is left until a deadline, or how long ago it was: "còn 2 ngày"."""
    days = (last_day(due_at, hours.timezone) - hours.day(now)).days
    if days > 0:
        return words("left-days", count=str(days))
    if days < 0:
        return words("late-days", count=str(-days))
    minutes = max(1, round(abs(due_at - now) / timedelta(minutes=1)))
    key = "left" if due_at > now else "late"
    if minutes < 60:
        return words(f"{key}-minutes", count=str(minutes))
    return words(f"{key}-hours", count=str(round(minutes / 60)))


class Fresh:
    """Writes reminders again just before they are sent; part of what Delivery calls ``ready``."""

    def __init__(
        self, database: Database, hours: OfficeHours, *, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._hours = hours
        self._clock = clock

    async def write(self, message: Message) -> Message:
        """Return a message as it has to be said now; anything but a reminder stays as it is.

        Raises:
            Rejected: nothing of it is due any more, or it has become night.
        """
        if not message.fresh:
            return message
        kind, language, *ids = message.fresh.split()
        now = self._clock()
        if kind != _ASKED and not self._hours.may_write(now):
            raise Rejected("it has become too late in the day")
        reports = {int(report_id) for report_id in ids}
        written = await self._database.read(
            lambda store: _Writer(store, self._hours, now, reports).write(kind, language, reports)
        )
        if written is None:
            raise Rejected("nothing is due any more")
        return written
