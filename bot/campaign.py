"""The deeds: open a campaign, invite, begin a report, answer, submit.

A chat command and, later, the dashboard that do the same deed both call it here.
"""

import random
import re
import secrets
import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from bot.author_file import TEMPLATE, report_facts
from bot.chat import Address, Way
from bot.documents.vietnamese import file_name
from bot.earlier_answers import earlier_answers
from bot.forms.definition import Question
from bot.forms.filling import Carried, Environment, Filling
from bot.forms.vietnamese_input import fold
from bot.forms.xform import Form
from bot.office_hours import OfficeHours
from bot.texts import Texts
from storage.campaigns import NewCampaign
from storage.people import Person, Unit
from storage.reports import Report, Submission
from storage.store import Store

CONSENT_VERSION = 1

_BETWEEN_LEVELS = re.compile(r"(?<=\b[A-Z]{2}) và (?=[A-Z]{2,4}\b)")
_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that look alike on a printed sheet
_CALLED = re.compile(
    r"(?:\bBAT\s?DAU|\bSTART|/MOI/)(?:[\W_]|(?:VA|MA|MOI)\b)*"
    rf"([{_CODE_LETTERS}]{{4}})[\s.–—-]*([{_CODE_LETTERS}]{{4}})(?![^\W_])"
)
_INVITATION_DAYS = 60
_LINK_HOURS = 24
_FORMS_KEPT = 16
_CHANCE = random.SystemRandom()  # one that must be seeded takes longer than to read a draft


class Forms:
    """Compiled forms by id; a form never changes once it is stored."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, Form] = OrderedDict()

    def get(self, store: Store, form_id: int) -> Form:
        """Return the compiled form, from memory when it was used lately."""
        form = self._kept.get(form_id)
        if form is None:
            form = Form.compile(*store.campaigns.form(form_id))
            self._kept[form_id] = form
            while len(self._kept) > _FORMS_KEPT:
                self._kept.popitem(last=False)
        return form


@dataclass(slots=True)
class Draft:
    """A report while somebody works on it. Changes are kept by Deeds.save()."""

    report: Report
    form: Form
    filling: Filling
    who: dict[str, list[Any]]  # ref -> [person id, time as text]: who answered last, and when
    form_id: int = 0
    carried: Carried | None = None  # it has just come from another version of its form
    changed: bool = False
    _numbers: "Numbers | None" = field(default=None, repr=False)

    @property
    def edition(self) -> int:
        """How often the draft has come to another version of its form."""
        return int(self.report.state.get("edition", 0))

    @property
    def numbers(self) -> "Numbers":
        """The numbers of the questions as they stand now."""
        if self._numbers is None:
            self._numbers = Numbers.of(self.filling)
        return self._numbers

    def touch(self, ref: str, person: Person, now: datetime) -> None:
        """Remember who has just answered ``ref``."""
        self.who[ref] = [person.id, now.isoformat(timespec="seconds")]
        self.moved()

    def moved(self) -> None:
        """Remember that something changed: rows, what is skipped, an answer."""
        self.changed = True
        self._numbers = None


@dataclass(frozen=True, slots=True)
class Numbers:
    """The number of each question, as people say it: "7", or "24.2.3" inside a repeat.

    A repeat is one question of the whole; the rows and questions in it are counted under it. A
    photo with its caption and permission is one thing.
    """

    by_ref: Mapping[str, str]
    total: int

    @classmethod
    def of(cls, filling: Filling) -> "Numbers":
        """Count what is asked of this school now."""
        counters: dict[str, dict[str, int]] = {"": {}}
        by_ref: dict[str, str] = {}
        for ref, question in filling.asked():
            if question is None or question.type != "note":
                by_ref[ref] = _number(filling.form, ref, counters)
        return cls(by_ref, len(counters[""]))

    def find(self, number: str) -> list[str]:
        """Return the refs that a number names: one question, or all in a row or a repeat."""
        exact = [ref for ref, known in self.by_ref.items() if known == number]
        return exact or [ref for ref, n in self.by_ref.items() if n.startswith(number + ".")]


def _number(form: Form, ref: str, counters: dict[str, dict[str, int]]) -> str:
    """Return the number of a step; ``counters`` holds what was counted in each container."""
    if "[" not in ref:  # in no repeat
        return str(_count(counters, "", ref))
    parts: list[str] = []
    container = ""
    for repeat, row in enclosing(ref):
        parts.append(str(_count(counters, container, repeat)))
        parts.append(str(row))
        container = f"{repeat}[{row}]"
        if is_photo_repeat(form, plain(repeat)):
            return ".".join(parts)
    parts.append(str(_count(counters, container, ref)))
    return ".".join(parts)


def _count(counters: dict[str, dict[str, int]], container: str, item: str) -> int:
    known = counters.setdefault(container, {})
    return known.setdefault(item, len(known) + 1)


def enclosing(ref: str) -> Iterator[tuple[str, int]]:
    """Yield (ref of the repeat, row) for each repeat around ``ref``, outermost first."""
    start = 0
    while (opening := ref.find("[", start)) >= 0:
        closing = ref.index("]", opening)
        yield ref[:opening], int(ref[opening + 1 : closing])
        start = closing


def plain(ref: str) -> str:
    """Return ``ref`` without row numbers: the path in the form."""
    while (opening := ref.find("[")) >= 0:
        ref = ref[:opening] + ref[ref.index("]", opening) + 1 :]
    return ref


def is_photo_repeat(form: Form, path: str) -> bool:
    """Say whether a repeat takes a photo a row: its first question is an image."""
    for question in form.questions:
        if question.repeat == path:
            return question.type == "image"
    return False


def photo_ref(form: Form, ref: str) -> str:
    """Return where the photo of a row is kept, given any question of that row of a photo repeat."""
    row = ref[: ref.rindex("]") + 1]
    image = next(q for q in form.questions if q.repeat == plain(row))
    return row + image.path.removeprefix(plain(row))


@lru_cache(maxsize=_FORMS_KEPT)
def marks(form: Form) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Return a short mark for each question and repeat, and what each mark stands for."""
    paths = (*(q.path for q in form.questions), *(r.path for r in form.repeats))
    return {path: str(index) for index, path in enumerate(paths)}, paths


def mark_of(draft: Draft, ref: str) -> str:
    """Return a short mark of a question and its row: ``33_2_1`` is number 33, row 2, then 1.

    In a later version of the form number 33 may be another question, so the mark names the
    version: ``v1_33_2_1``.
    """
    rows = [part.split("]")[0] for part in ref.split("[")[1:]]
    edition = [f"v{draft.edition}"] if draft.edition else []
    return "_".join([*edition, marks(draft.form)[0][plain(ref)], *rows])


class Deeds:
    """What can be done, by whoever may do it. Holds no state but the compiled forms."""

    def __init__(
        self,
        timezone: ZoneInfo,
        web_address: str,
        retention: timedelta,
        quiet: tuple[time, time],
        *,
        ways: Callable[[], Sequence[Way]] = tuple,
        upload_link: Callable[[Address], str] = lambda _address: "",
    ) -> None:
        """Know the other ``ways`` to the bot as they are at that moment.

        ``upload_link``: the page by which somebody hands over what their channel does not carry.
        """
        self.timezone = timezone
        self.hours = OfficeHours(timezone, quiet)
        self.web_address = web_address
        self.retention = retention
        self.forms = Forms()
        self.ways = ways
        self.upload_link = upload_link

    # the office

    def open_campaign(self, store: Store, new: NewCampaign, now: datetime) -> int:
        """Open a campaign for all schools under its office; returns its id."""
        schools = [unit.id for unit in schools_under(store, new.office_id, now)]
        campaign_id = store.campaigns.open(new, schools, now)
        about = {"units": len(schools)}
        where = {"unit_id": new.office_id, "campaign_id": campaign_id}
        store.audit.add("open-campaign", now, about=about, **where)
        return campaign_id

    def add_school(
        self, store: Store, office_id: int, name: str, level: str, profile: Mapping[str, str]
    ) -> int:
        """Make a school under an office; it owes what the office asks for now."""
        unit_id = store.people.add_unit(
            name, kind="school", level=level, parent_id=office_id, profile=dict(profile)
        )
        for campaign in store.campaigns.open_ones(office_id):
            store.campaigns.expect(campaign.id, unit_id)
        return unit_id

    def invite(self, store: Store, unit_id: int, role: str, now: datetime) -> str:
        """Make a one-time code for one more person of a unit."""
        code = new_code()
        expires_at = now + timedelta(days=_INVITATION_DAYS)
        store.people.invite(code, unit_id, role, now, expires_at)
        return code

    def link_code(self, store: Store, person_id: int, now: datetime) -> str:
        """Make a code by which a person goes on with another account of theirs."""
        code = new_code()
        store.people.link_code(code, person_id, now, now + timedelta(hours=_LINK_HOURS))
        return code

    # the report

    def draft(self, store: Store, report_id: int, person: Person, now: datetime) -> Draft | None:
        """Open a report to work on it; None when it is gone or its campaign is closed."""
        report = store.reports.report(report_id)
        if report is None or report.campaign.closed_at is not None:
            return None
        return self.work_on(store, report, person, now)

    def work_on(self, store: Store, report: Report, person: Person, now: datetime) -> Draft:
        """Open a report that is at hand to work on it.

        When the office has published another version of the form meanwhile, the answers are in
        it now: see ``Draft.carried``.
        """
        draft = self.draft_of(store, report, person, now)
        if draft.form_id == report.campaign.form_id or report.status == "accepted":
            return draft
        return self._carry(store, draft, person, now)

    def _carry(self, store: Store, old: Draft, person: Person, now: datetime) -> Draft:
        report = old.report
        form_id = report.campaign.form_id
        form = self.forms.get(store, form_id)
        env = self.environment(now, person.language)
        preset = {**report.campaign.facts, **_from_profile(form, report.unit)}
        filling, carried = Filling.carried(form, old.filling, env, preset)
        before = {"form": old.form_id, "filling": report.state["filling"]}
        report.state |= {"edition": old.edition + 1, "before": before}
        if returned := report.state.get("returned"):
            moved = {carried.moved.get(ref, ref): why for ref, why in returned.items()}
            report.state["returned"] = moved
        who = {carried.moved.get(ref, ref): by for ref, by in old.who.items()}
        return Draft(report, form, filling, who, form_id, carried, changed=True)

    def draft_of(self, store: Store, report: Report, person: Person, now: datetime) -> Draft:
        """Read a report that is at hand; a new one begins with what is known of the school."""
        form_id = report.state.get("form", report.campaign.form_id)
        form = self.forms.get(store, form_id)
        env = self.environment(now, person.language)
        if report.state:
            filling = Filling.resume(form, report.state["filling"], env)
            return Draft(report, form, filling, dict(report.state["who"]), form_id)
        preset = {**report.campaign.facts, **_from_profile(form, report.unit)}
        filling = Filling.start(form, env, preset)
        filling.offer(earlier_answers(store, self.forms.get, form, report.unit.id, env))
        return Draft(report, form, filling, {}, form_id)

    def environment(self, now: datetime, language: str) -> Environment:
        """Return what a filling may know of the world."""
        return Environment(
            now=now,
            timezone=self.timezone,
            language=language,
            random=_CHANCE,
        )

    def save(self, store: Store, draft: Draft, now: datetime) -> None:
        """Keep the answers of a draft, if there are new ones."""
        if not draft.changed:
            return
        kept = {"filling": draft.filling.state(), "who": draft.who, "form": draft.form_id}
        draft.report.state = {**draft.report.state, **kept}
        if draft.report.status == "expected":
            draft.report.status = "drafting"
        store.reports.save(draft.report, now)
        if draft.report.prepared_at is not None:  # the head approves what is, not what was
            draft.report.prepared_at = None
            store.reports.mark(draft.report.id, prepared_at=None, prepared_by=None)
        draft.changed = False

    def remember_profile(self, store: Store, draft: Draft, question: Question, value: str) -> None:
        """Keep an answer that the school gives once and for all."""
        if key := question.columns.get("bot::profile"):
            profile = {**draft.report.unit.profile, key: value}
            draft.report.unit.profile.update(profile)
            store.people.save_profile(draft.report.unit.id, profile)

    def freeze(self, store: Store, draft: Draft, now: datetime, receipt: str = "") -> int:
        """Freeze the answers as they are for a document; returns the document's id."""
        state = draft.filling.state()
        layout = draft.form.layout
        if TEMPLATE in layout or not layout.get("report"):  # which say more than the answers
            last = store.reports.last_submission(draft.report.id) if receipt else None
            version = (last.version if last else 0) + 1 if receipt else 0
            today = now.astimezone(self.timezone).date()
            state["facts"] = report_facts(store, draft.report, today, receipt, version)
        name = self.document_name(draft)
        return store.reports.add_document(draft.report.id, draft.form_id, state, name, now)

    def submit(self, store: Store, draft: Draft, person: Person, now: datetime) -> Submission:
        """Hand in a report: its next version, with a receipt.

        What went back is settled by it; the soft copy is on its way to the campaign's mailbox.
        """
        report = draft.report
        receipt = new_receipt()
        document_id = self.freeze(store, draft, now, receipt)
        submission = store.reports.submit(report.id, document_id, receipt, person.id, now)
        if report.campaign.mailbox:
            store.mails.add(submission.id, report.campaign.mailbox, now)
        report.status = "submitted"
        report.state.pop("returned", None)
        store.reports.settle_return(report.id, now)
        draft.moved()
        store.audit.add(
            "submit",
            now,
            person_id=person.id,
            unit_id=report.unit.id,
            campaign_id=report.campaign.id,
            report_id=report.id,
            about={"version": submission.version, "receipt": receipt},
        )
        return submission

    def document_name(self, draft: Draft) -> str:
        """Return a file name that a person recognises, without its ending."""
        settings = draft.form.layout.get("settings", {})
        short = str(settings.get("report::short") or draft.report.campaign.title)
        school = _BETWEEN_LEVELS.sub("&", draft.report.unit.name.removeprefix("Trường "))
        kind = _document_type(draft.form)
        said = short.casefold().startswith(kind.casefold())
        return file_name(f"{'' if said else kind} {short} {school}")


def _document_type(form: Form) -> str:
    """Return what kind of paper a form becomes, as its author calls it; a report otherwise."""
    rows = form.layout.get("report", ())
    named = (str(row.get("text", "")) for row in rows if row.get("kind") == "document_type")
    return next((name.capitalize() for name in named if name and "${" not in name), "Báo cáo")


def units_under(store: Store, office_id: int, now: datetime) -> list[Unit]:
    """Return what stands directly under an office and is not closed: schools, or offices."""
    return [
        unit
        for unit in store.people.units_under(office_id)
        if unit.valid_to is None or unit.valid_to > now
    ]


def schools_under(store: Store, office_id: int, now: datetime) -> list[Unit]:
    """Return the schools that stand directly under an office and are not closed."""
    return [unit for unit in units_under(store, office_id, now) if unit.kind == "school"]


def _from_profile(form: Form, unit: Unit) -> dict[str, str]:
    """Return what the school has said of itself before, by the names of this form's questions."""
    known = {"level": unit.level, "full_name": full_name(unit.name), **unit.profile}
    return {
        question.name: str(known[key])
        for question in form.questions
        if (key := question.columns.get("bot::profile")) and known.get(key)
    }


_LEVELS = {
    "MN": "Mầm non",
    "MG": "Mẫu giáo",
    "TH": "Tiểu học",
    "THCS": "Trung học cơ sở",
    "THPT": "Trung học phổ thông",
}


def full_name(name: str) -> str:
    """Return a school's name as its seal has it: Trường Tiểu học và Trung học cơ sở Tân Thành."""
    words = name.replace("&", " và ").split()
    if words and words[0] in _LEVELS:  # a list of schools often leaves the word out
        words.insert(0, "Trường")
    return " ".join(_LEVELS.get(word, word) for word in words)


def new_code() -> str:
    """Return a new one-time code, e.g. ``7K3M9QXD``."""
    return "".join(secrets.choice(_CODE_LETTERS) for _ in range(8))


def new_receipt() -> str:
    """Return a new receipt of a submission, e.g. ``BC-7K3M9Q``."""
    return "BC-" + "".join(secrets.choice(_CODE_LETTERS) for _ in range(6))


def show_code(code: str) -> str:
    """Write a code as it is printed and read aloud: ``7K3M-9QXD``."""
    return f"{code[:4]}-{code[4:]}"


def way_lines(say: Texts, ways: Sequence[Way], code: str) -> str:
    """Write how ``code`` is used by the other ways, each on a line of its own."""
    lines = []
    for way in ways:
        key = "way-link" if way.brings_code else "way-code"
        line = say(key, app=way.name, link=way.link(code), code=show_code(code))
        lines.append(f"\n{line}")
    return "".join(lines)


def read_call(text: str) -> str | None:
    """Find a code behind the word that printed sheets ask for: ``Bắt đầu 7k3m 9qxd``.

    Also in a whole invitation that was passed on, and in its link.
    """
    said = fold(unicodedata.normalize("NFKC", text)).upper()
    found = _CALLED.search(said)
    return "".join(found.groups()) if found else None


def read_code(text: str) -> str | None:
    """Find a code in what somebody typed: with the word before it or alone, ``7k3m 9qxd``."""
    wide = unicodedata.normalize("NFKC", text).upper()
    letters = "".join(c for c in wide if c.isalnum())
    alone = len(letters) == 8 and all(c in _CODE_LETTERS for c in letters)
    return letters if alone else read_call(text)
