"""Forms and campaigns: what is asked, of whom, until when."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from storage.tables import Moment, campaigns, forms, reports, submissions, units


@dataclass(frozen=True, slots=True)
class Campaign:
    """A request with a form, a deadline and the schools expected."""

    id: int
    office_id: int
    form_id: int
    title: str
    facts: dict[str, Any]
    dispatch_key: str
    note: str
    due_text: str
    due_at: datetime
    opened_at: datetime
    closed_at: datetime | None
    dispatch: dict[str, Any] = field(default_factory=dict)  # number, date, name
    late_until: datetime | None = None
    mailbox: str = ""
    ladder: list[str] = field(default_factory=list)
    sign_off: bool = False
    reviewer_id: int | None = None
    parent_id: int | None = None
    previous_id: int | None = None
    frozen: dict[str, Any] | None = None


CAMPAIGN = (
    campaigns.c.id,
    campaigns.c.office_id,
    campaigns.c.form_id,
    campaigns.c.title,
    campaigns.c.facts,
    campaigns.c.dispatch_key,
    campaigns.c.note,
    campaigns.c.due_text,
    campaigns.c.due_at,
    campaigns.c.opened_at,
    campaigns.c.closed_at,
    campaigns.c.dispatch,
    campaigns.c.late_until,
    campaigns.c.mailbox,
    campaigns.c.ladder,
    campaigns.c.sign_off,
    campaigns.c.reviewer_id,
    campaigns.c.parent_id,
    campaigns.c.previous_id,
    campaigns.c.frozen,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one unit of a campaign stands."""

    report_id: int
    unit_id: int
    name: str
    level: str
    cluster: str
    status: str  # of the report
    due_at: datetime
    prepared_at: datetime | None
    changed_at: datetime | None
    version: int | None  # of the newest submission
    submitted_at: datetime | None  # the newest
    first_at: datetime | None  # the first submission: in time or not

    @property
    def is_in(self) -> bool:
        """Whether the office has the report: nothing more is asked of the school now."""
        return self.status in ("submitted", "accepted")

    @property
    def was_late(self) -> bool:
        """Whether the first submission came after the school's deadline."""
        return self.first_at is not None and self.first_at >= self.due_at


@dataclass(frozen=True, slots=True)
class NewCampaign:
    """What an office says when it opens a campaign."""

    office_id: int
    form_id: int
    title: str
    due_text: str
    due_at: datetime
    facts: dict[str, Any]
    note: str = ""
    dispatch_key: str = ""
    dispatch: dict[str, Any] = field(default_factory=dict)
    late_until: datetime | None = None
    mailbox: str = ""
    ladder: list[str] = field(default_factory=list)
    sign_off: bool = False
    reviewer_id: int | None = None
    parent_id: int | None = None
    previous_id: int | None = None


class Campaigns:
    """Which questionnaires there are, and which campaigns use them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep_form(
        self, sha256: str, title: str, xform: str, layout: dict[str, Any], now: datetime
    ) -> int:
        """Keep a compiled workbook and return its id; the same content is kept once."""
        query = select(forms.c.id).where(forms.c.sha256 == sha256)
        known = self._connection.execute(query).scalar_one_or_none()
        if known is not None:
            return int(known)
        row = insert(forms).values(
            sha256=sha256, title=title[:300], xform=xform, layout=layout, made_at=now
        )
        key = self._connection.execute(row).inserted_primary_key
        assert key is not None
        return int(key[0])

    def form(self, form_id: int) -> tuple[str, dict[str, Any]]:
        """Return the XForm and the layout of a form."""
        query = select(forms.c.xform, forms.c.layout).where(forms.c.id == form_id)
        row = self._connection.execute(query).one()
        return row[0], row[1]

    def open(self, new: NewCampaign, unit_ids: list[int], now: datetime) -> int:
        """Open a campaign: each of the units now owes one report. Returns its id."""
        row = insert(campaigns).values(**asdict(new), opened_at=now)
        key = self._connection.execute(row).inserted_primary_key
        assert key is not None
        campaign_id = int(key[0])
        for unit_id in unit_ids:
            self.expect(campaign_id, unit_id)
        return campaign_id

    def expect(self, campaign_id: int, unit_id: int) -> None:
        """Expect a report from one more unit; one that already owes it owes it once."""
        query = select(reports.c.id).where(
            reports.c.campaign_id == campaign_id, reports.c.unit_id == unit_id
        )
        if not self._connection.execute(query).first():
            self._connection.execute(
                insert(reports).values(
                    campaign_id=campaign_id, unit_id=unit_id, status="expected", state={}
                )
            )

    def campaign(self, campaign_id: int) -> Campaign:
        """Return the campaign ``campaign_id``, which must exist."""
        query = select(*CAMPAIGN).where(campaigns.c.id == campaign_id)
        return Campaign(*self._connection.execute(query).one())

    def find(self, campaign_id: int) -> Campaign | None:
        """Return the campaign ``campaign_id``, if there is one."""
        query = select(*CAMPAIGN).where(campaigns.c.id == campaign_id)
        row = self._connection.execute(query).first()
        return Campaign(*row) if row else None

    def open_ones(self, office_id: int) -> list[Campaign]:
        """Return the campaigns of an office that are not closed, oldest first."""
        query = (
            select(*CAMPAIGN)
            .where(campaigns.c.office_id == office_id, campaigns.c.closed_at.is_(None))
            .order_by(campaigns.c.id)
        )
        return [Campaign(*row) for row in self._connection.execute(query)]

    def of_offices(self, office_ids: Collection[int]) -> list[Campaign]:
        """Return all campaigns of some offices, closed ones too, newest first."""
        query = select(*CAMPAIGN).where(campaigns.c.office_id.in_(office_ids))
        return [
            Campaign(*row)
            for row in self._connection.execute(query.order_by(campaigns.c.id.desc()))
        ]

    def standing(self, campaign_id: int) -> list[Standing]:
        """Return where each unit of a campaign stands, in the order of the units."""
        first = submissions.alias()
        newest = (
            select(submissions.c.report_id, func.max(submissions.c.version).label("version"))
            .group_by(submissions.c.report_id)
            .subquery()
        )
        columns: tuple[Any, ...] = (
            reports.c.id,
            units.c.id,
            units.c.name,
            units.c.level,
            units.c.cluster,
            reports.c.status,
            func.coalesce(reports.c.due_at, campaigns.c.due_at, type_=Moment),
            reports.c.prepared_at,
            reports.c.changed_at,
            submissions.c.version,
            submissions.c.at,
            first.c.at,
        )
        query = (
            select(*columns)
            .join(units, units.c.id == reports.c.unit_id)
            .join(campaigns, campaigns.c.id == reports.c.campaign_id)
            .outerjoin(newest, newest.c.report_id == reports.c.id)
            .outerjoin(
                submissions,
                (submissions.c.report_id == reports.c.id)
                & (submissions.c.version == newest.c.version),
            )
            .outerjoin(first, (first.c.report_id == reports.c.id) & (first.c.version == 1))
            .where(reports.c.campaign_id == campaign_id)
            .order_by(units.c.id)
        )
        return [Standing(*row) for row in self._connection.execute(query)]

    def change(self, campaign_id: int, **values: Any) -> None:
        """Change what a campaign is: its deadline, late_until, ladder, closed_at and so on."""
        self._connection.execute(
            update(campaigns).where(campaigns.c.id == campaign_id).values(**values)
        )

    def close(self, campaign_id: int, now: datetime) -> None:
        """End a campaign: nothing more is taken for it."""
        self._connection.execute(
            update(campaigns).where(campaigns.c.id == campaign_id).values(closed_at=now)
        )
