"""What an office does with its campaigns and reports, in one transaction each.

Every deed asks bot/rights.py first, writes itself down in the audit, and says in ``notices`` who
has to be told what; a chat command and the dashboard hand those over in the same way.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.campaign import Deeds, Draft, new_receipt
from bot.chat import Choice, Message, Template
from bot.deadline import last_day
from bot.forms.carrying import Difference, difference
from bot.reminders import restart
from bot.rights import demand
from bot.texts import Texts, texts
from bot.totals.desk import make_office_report
from storage.campaigns import Campaign, NewCampaign, Standing
from storage.people import Person, Unit
from storage.reports import Extension, NewExtension, Report, Submission
from storage.store import Store

_SCHOOL_ROLES = ("reporter", "head")
_OFFICE_ROLES = ("officer", "admin")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that other people have to be told because of a deed."""

    person_ids: tuple[int, ...]
    message: Message


@dataclass(slots=True)
class Desk:
    """What one person may do for an office or a school now."""

    store: Store
    deeds: Deeds
    person: Person
    now: datetime
    notices: list[Notice] = field(default_factory=list)

    # campaigns

    def open_campaign(self, new: NewCampaign, unit_ids: Collection[int]) -> int:
        """Open a campaign: each of the units owes one report."""
        demand(self.store, self.person.id, "open-campaign", new.office_id)
        campaign_id = self.store.campaigns.open(new, sorted(unit_ids), self.now)
        self._audit("open-campaign", new.office_id, campaign_id, units=len(unit_ids))
        campaign = self.store.campaigns.campaign(campaign_id)
        kinds = {unit_id: self.store.people.unit(unit_id).kind for unit_id in unit_ids}
        for standing in self.store.campaigns.standing(campaign_id):
            is_school = kinds[standing.unit_id] == "school"
            verb, label = ("open", "button-start") if is_school else ("ochild", "button-pass-down")
            self._tell_unit(
                standing.unit_id,
                "notice-new-campaign",
                self._choice(label, f"c.{verb}.{standing.report_id}"),
                title=campaign.title,
                due=campaign.due_text,
                last=say_latest(self._words, campaign.due_at, self.deeds.timezone),
            )
        return campaign_id

    def close(self, campaign: Campaign) -> None:
        """Take nothing more for a campaign."""
        self._change(campaign, "close-campaign", closed_at=self.now)

    def reopen(self, campaign: Campaign) -> None:
        """Take reports again for a campaign that was closed."""
        self._change(campaign, "reopen-campaign", closed_at=None)

    def set_deadline(self, campaign: Campaign, due_text: str, due_at: datetime) -> None:
        """Move the deadline of all; who has not submitted is told."""
        self._change(campaign, "set-deadline", due_at=due_at, due_text=due_text)
        standings = self.store.campaigns.standing(campaign.id)
        self._restart_reminders([s.report_id for s in standings if not s.is_in])
        for standing in standings:
            if not standing.is_in:
                self._tell_school(
                    standing.unit_id,
                    "notice-new-deadline",
                    self._choice("button-continue", f"c.open.{standing.report_id}"),
                    title=campaign.title,
                    due=due_text,
                    last=say_latest(self._words, due_at, self.deeds.timezone),
                )

    def publish(self, campaign: Campaign, form_id: int) -> Difference:
        """Ask by another version of the form from now on; who has begun is told what changed.

        What was answered stays; each draft comes to the new version when it is opened next.
        """
        demand(self.store, self.person.id, "change-campaign", campaign.office_id)
        forms = self.deeds.forms
        changed = difference(
            forms.get(self.store, campaign.form_id), forms.get(self.store, form_id)
        )
        units = self.store.reports.pin_form(campaign.id, campaign.form_id)
        self.store.campaigns.change(campaign.id, form_id=form_id)
        about = {"before": campaign.form_id, "after": form_id}
        self._audit("publish-form", campaign.office_id, campaign.id, **about)
        reports = {s.unit_id: s.report_id for s in self.store.campaigns.standing(campaign.id)}
        for unit_id in units:
            self._tell_school(
                unit_id,
                "notice-new-form",
                self._choice("button-continue", f"c.open.{reports[unit_id]}"),
                title=campaign.title,
                **say_difference(changed),
            )
        return changed

    def change(self, campaign: Campaign, **values: object) -> None:
        """Change how a campaign is run: ladder, mailbox, late_until, sign_off, reviewer_id."""
        self._change(campaign, "change-campaign", **values)

    def _change(self, campaign: Campaign, deed: str, **values: object) -> None:
        right = "close-campaign" if deed in ("close-campaign", "reopen-campaign") else ""
        demand(self.store, self.person.id, right or "change-campaign", campaign.office_id)
        self.store.campaigns.change(campaign.id, **values)
        self._audit(deed, campaign.office_id, campaign.id, changed=sorted(values))

    # reports of schools

    def accept(self, report: Report) -> bool:
        """Take a submitted report; False when there is nothing to take."""
        demand(self.store, self.person.id, "accept", report.unit.id)
        submission = self.store.reports.last_submission(report.id)
        if report.status != "submitted" or submission is None:
            return False
        self.store.reports.mark(report.id, status="accepted", accepted_at=self.now)
        self._audit_report("accept", report, version=submission.version)
        self._tell_school(
            report.unit.id,
            "notice-accepted",
            title=report.campaign.title,
            receipt=submission.receipt,
            version=str(submission.version),
        )
        return True

    def send_back(self, report: Report, reasons: Mapping[str, str]) -> bool:
        """Send single questions back, each with its reason; False when nothing was submitted.

        Only these are asked again; all other answers stay.
        """
        demand(self.store, self.person.id, "return", report.unit.id)
        submission = self.store.reports.last_submission(report.id)
        if submission is None or report.status not in ("submitted", "returned"):
            return False
        open_return = self.store.reports.open_return(report.id)
        together = {**(open_return.reasons if open_return else {}), **reasons}
        self.store.reports.settle_return(report.id, self.now)
        self.store.reports.send_back(report.id, submission.id, together, self.person.id, self.now)
        draft = self.deeds.draft_of(self.store, report, self.person, self.now)
        for ref in reasons:
            with suppress(KeyError):  # the school has taken that row away since
                draft.filling.reopen(ref)
        report.status = "returned"
        report.state["returned"] = together
        draft.moved()
        self.deeds.save(self.store, draft, self.now)
        self._audit_report("return", report, version=submission.version, questions=len(reasons))
        self._tell_returned(draft, together)
        return True

    def _tell_returned(self, draft: Draft, reasons: Mapping[str, str]) -> None:
        words = self._words
        lines = [
            words(
                "returned-line",
                number=draft.numbers.by_ref.get(ref, "–"),
                name=question_name(draft, ref),
                reason=reason,
            )
            for ref, reason in reasons.items()
        ]
        self._tell_school(
            draft.report.unit.id,
            "notice-returned",
            self._choice("button-fix-now", f"c.open.{draft.report.id}"),
            title=draft.report.campaign.title,
            count=str(len(reasons)),
            lines="\n".join(lines),
        )

    def reopen_report(self, report: Report) -> bool:
        """Let a school change a report that was accepted; False when it was not."""
        demand(self.store, self.person.id, "reopen-report", report.unit.id)
        if report.status != "accepted":
            return False
        self.store.reports.mark(report.id, status="submitted", accepted_at=None)
        self._audit_report("reopen-report", report)
        self._tell_school(
            report.unit.id,
            "notice-reopened",
            self._choice("button-look", f"c.open.{report.id}"),
            title=report.campaign.title,
        )
        return True

    def extend(self, report: Report, due_text: str, due_at: datetime) -> None:
        """Give one school more time."""
        demand(self.store, self.person.id, "extend", report.unit.id)
        self.store.reports.mark(report.id, due_at=due_at, due_text=due_text)
        self._restart_reminders([report.id])
        self._audit_report("extend", report, due_at=due_at.isoformat())
        self._tell_school(
            report.unit.id,
            "notice-extended",
            self._choice("button-continue", f"c.open.{report.id}"),
            title=report.campaign.title,
            due=due_text,
            last=self._until(due_at),
        )

    # what a school asks of its office

    def ask_extension(self, report: Report, reason: str, due_text: str, due_at: datetime) -> int:
        """Ask for more time; the officers can grant it with one tap. Returns how many are told."""
        demand(self.store, self.person.id, "ask-extension", report.unit.id)
        asked = NewExtension(report.id, self.person.id, reason, due_text, due_at)
        extension_id = self.store.reports.ask_extension(asked, self.now)
        self._audit_report("ask-extension", report, due_at=due_at.isoformat())
        return self._tell_office(
            report,
            "notice-extension-asked",
            self._choice("button-grant", f"c.grant.{extension_id}"),
            self._choice("button-refuse", f"c.refuse.{extension_id}"),
            school=report.unit.name,
            title=report.campaign.title,
            until=self._until(due_at),
            reason=reason,
        )

    def decide(self, extension: Extension, *, granted: bool) -> bool:
        """Grant or refuse more time; False when somebody has decided already."""
        report = self.store.reports.report(extension.report_id)
        if report is None or extension.decided_at is not None:
            return False
        demand(self.store, self.person.id, "extend", report.unit.id)
        self.store.reports.decide_extension(extension.id, self.person.id, self.now, granted=granted)
        if granted:
            self.extend(report, extension.due_text, extension.due_at)
        else:
            self._audit_report("refuse-extension", report)
            self._tell_school(
                report.unit.id,
                "notice-extension-refused",
                title=report.campaign.title,
                due=report.due_text,
            )
        return True

    def prepare(self, draft: Draft) -> int:
        """Say that a report is ready for the head; returns how many heads are told."""
        report = draft.report
        demand(self.store, self.person.id, "submit", report.unit.id)
        self.deeds.save(self.store, draft, self.now)
        report.prepared_at, report.prepared_by = self.now, self.person.id
        self.store.reports.mark(report.id, prepared_at=self.now, prepared_by=self.person.id)
        self._audit_report("prepare", report)
        heads = self.store.people.members_of([report.unit.id], ("head",))
        return self._tell(
            {head.person_id for head in heads},
            "notice-prepared",
            self._choice("button-look-approve", f"c.open.{report.id}"),
            title=report.campaign.title,
            name=self.person.name,
        )

    def not_yet(self, report: Report, reason: str) -> bool:
        """The head gives a prepared report back to the reporter; False when it was not prepared."""
        demand(self.store, self.person.id, "approve", report.unit.id)
        if report.prepared_at is None or report.prepared_by is None:
            return False
        self.store.reports.mark(report.id, prepared_at=None, prepared_by=None)
        self._audit_report("not-approved", report)
        self._tell(
            {report.prepared_by},
            "notice-not-approved",
            self._choice("button-continue", f"c.open.{report.id}"),
            title=report.campaign.title,
            reason=reason,
        )
        return True

    # people

    def invite(self, unit: Unit, role: str) -> str:
        """Make a one-time code for one more person of a unit."""
        deed = "invite-to-office" if unit.kind == "office" else "invite-to-school"
        demand(self.store, self.person.id, deed, unit.id)
        code = self.deeds.invite(self.store, unit.id, role, self.now)
        self._audit("invite", unit.id, None, role=role)
        return code

    def end_membership(self, unit: Unit, person_id: int, role: str) -> bool:
        """Let somebody no longer act for a unit; what they did stays. False when they did not."""
        demand(self.store, self.person.id, "end-membership", unit.id)
        ended = self.store.people.leave(person_id, unit.id, role, self.now)
        if ended:
            self._audit("end-membership", unit.id, None, role=role, member=person_id)
            self._tell({person_id}, "notice-membership-ended", unit=unit.name)
        return ended

    def may_write_to(self, campaign: Campaign) -> None:
        """Let this person remind and broadcast to the schools of a campaign.

        Raises:
            NotAllowed: they do not work for its office, nor for one above it.
        """
        demand(self.store, self.person.id, "remind", campaign.office_id)

    def may_see_totals(self, campaign: Campaign) -> None:
        """Let this person take the totals of a campaign.

        Raises:
            NotAllowed: they do not work for its office, nor for one above it.
        """
        demand(self.store, self.person.id, "see-totals", campaign.office_id)

    def submit_office_report(self, campaign: Campaign) -> Submission | None:
        """Submit the totals of a campaign as the office's own report to the office above.

        None when no office above has asked for it.
        """
        demand(self.store, self.person.id, "submit-office-report", campaign.office_id)
        above = campaign.parent_id
        report = self.store.reports.of_unit(above, campaign.office_id) if above else None
        if report is None:
            return None
        over = self.now >= campaign.due_at
        made, _name = make_office_report(self.store, campaign, self.now, at_deadline=over)
        document = self.store.totals.office_document(made)
        assert document is not None
        document_id = self.store.totals.hang_on(report.id, document, self.now)
        submission = self.store.reports.submit(
            report.id, document_id, new_receipt(), self.person.id, self.now
        )
        self.store.reports.mark(report.id, status="submitted")
        self.store.reports.settle_return(report.id, self.now)
        self._audit_report("submit-office-report", report, version=submission.version)
        return submission

    def _restart_reminders(self, report_ids: Collection[int]) -> None:
        restart(self.store, report_ids, self.deeds.hours, self.now)

    def may_see_audit(self, offices: Collection[Unit]) -> None:
        """Let this person read what was done for some offices.

        Raises:
            NotAllowed: they are no administrator there.
        """
        for unit in offices:
            demand(self.store, self.person.id, "see-audit", unit.id)

    # looking

    def campaigns(self) -> list[Campaign]:
        """Return the campaigns this person's offices run, the open ones first, newest first."""
        offices = [unit.id for unit in self.offices()]
        found = self.store.campaigns.of_offices(offices)
        return sorted(found, key=lambda campaign: campaign.closed_at is not None)

    def offices(self) -> list[Unit]:
        """Return the offices this person works for, and those under them."""
        mine = [
            unit
            for unit, role in self.store.people.units_of(self.person.id)
            if role in _OFFICE_ROLES
        ]
        below = [
            unit
            for office in mine
            for unit in self.store.people.below(office.id)
            if unit.kind == "office"
        ]
        return list({unit.id: unit for unit in [*mine, *below]}.values())

    def standing(self, campaign: Campaign) -> list[Standing]:
        """Return where each school of a campaign stands."""
        demand(self.store, self.person.id, "see-progress", campaign.office_id)
        return self.store.campaigns.standing(campaign.id)

    def report(self, report_id: int) -> Report | None:
        """Return a report that this person may read; None when there is none."""
        report = self.store.reports.report(report_id)
        if report is not None:
            demand(self.store, self.person.id, "see-report", report.unit.id)
        return report

    def read(self, report: Report, version: int | None = None) -> Draft | None:
        """Return the answers as they were submitted, the newest or a given version.

        None when nothing was, or when it is an office's report: totals are no answers.
        """
        if report.unit.kind == "office":
            return None
        reports = self.store.reports
        submission = (
            reports.last_submission(report.id)
            if version is None
            else reports.submission(report.id, version)
        )
        document = reports.document(submission.document_id) if submission else None
        if document is None:
            return None
        state = {"filling": document.state, "who": {}, "form": document.form_id}
        return self.deeds.draft_of(self.store, replace(report, state=state), self.person, self.now)

    # telling

    @property
    def _words(self) -> Texts:
        return texts("vi")

    def _choice(self, key: str, token: str) -> Choice:
        return Choice(self._words(key), token)

    def _until(self, due_at: datetime) -> str:
        return say_deadline(self._words, due_at, self.deeds.timezone)

    def _tell(self, person_ids: set[int], key: str, *choices: Choice, **filled: str) -> int:
        if person_ids:
            subject = filled.get("title") or self._words("template-any-news")
            template = Template("news", (("viec", subject),))
            message = Message(self._words(key, **filled), choices, template=template)
            self.notices.append(Notice(tuple(sorted(person_ids)), message))
        return len(person_ids)

    def _tell_school(self, unit_id: int, key: str, *choices: Choice, **filled: str) -> int:
        members = self.store.people.members_of([unit_id], _SCHOOL_ROLES)
        return self._tell({m.person_id for m in members}, key, *choices, **filled)

    def _tell_unit(self, unit_id: int, key: str, *choices: Choice, **filled: str) -> int:
        members = self.store.people.members_of([unit_id], (*_SCHOOL_ROLES, *_OFFICE_ROLES))
        return self._tell({m.person_id for m in members}, key, *choices, **filled)

    def _tell_office(self, report: Report, key: str, *choices: Choice, **filled: str) -> int:
        return self._tell(reviewers(self.store, report.campaign), key, *choices, **filled)

    def _audit(self, deed: str, unit_id: int, campaign_id: int | None, **about: object) -> None:
        self.store.audit.add(
            deed,
            self.now,
            person_id=self.person.id,
            unit_id=unit_id,
            campaign_id=campaign_id,
            about=about,
        )

    def _audit_report(self, deed: str, report: Report, **about: object) -> None:
        self.store.audit.add(
            deed,
            self.now,
            person_id=self.person.id,
            unit_id=report.unit.id,
            campaign_id=report.campaign.id,
            report_id=report.id,
            about=about,
        )


def say_difference(changed: Difference) -> dict[str, str]:
    """Return the numbers that a sentence about a new version of a form has gaps for."""
    return {
        "added": str(len(changed.added)),
        "dropped": str(len(changed.dropped)),
        "changed": str(len(changed.changed)),
    }


def say_deadline(words: Texts, due_at: datetime, timezone: ZoneInfo) -> str:
    """Return a deadline as it is said: "17:00 ngày 10/10/2023", "hết ngày 14/10/2023"."""
    local = due_at.astimezone(timezone)
    if (local.hour, local.minute) == (0, 0):
        return words("end-of-day", day=f"{last_day(due_at, timezone):%d/%m/%Y}")
    return words("at-hour", clock=f"{local:%H:%M}", day=f"{local:%d/%m/%Y}")


def say_latest(words: Texts, due_at: datetime, timezone: ZoneInfo, day: str = "%d/%m/%Y") -> str:
    """Return what the words of a dispatch come to: "chậm nhất hết 14/10/2023", or an hour of it."""
    local = due_at.astimezone(timezone)
    if (local.hour, local.minute) == (0, 0):
        return words("latest-day", day=format(last_day(due_at, timezone), day))
    return words("latest-hour", clock=f"{local:%H:%M}", day=format(local, day))


def reviewers(store: Store, campaign: Campaign) -> set[int]:
    """Return who reviews the reports of a campaign: its reviewer, or all officers of its office."""
    members = store.people.members_of([campaign.office_id], _OFFICE_ROLES)
    ids = {member.person_id for member in members}
    return {campaign.reviewer_id} if campaign.reviewer_id in ids else ids


def question_name(draft: Draft, ref: str) -> str:
    """Return the short name of a question; its ref when it is not asked any more."""
    try:
        step = draft.filling.step(ref)
    except KeyError:
        return ref
    if step.question is None:
        return step.label
    return step.question.columns.get("report::short") or step.label
