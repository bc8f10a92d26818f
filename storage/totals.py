"""What a campaign adds up to: who has handed in what, as it stands or as it stood."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Text, cast, func, insert, select, update

from storage.campaigns import CAMPAIGN, Campaign
from storage.tables import (
    Moment,
    campaigns,
    documents,
    forms,
    office_documents,
    photos,
    reports,
    submissions,
    units,
)

_TOGETHER = 500  # ids in one statement: databases take only so many
_DEEPEST = 8  # campaigns under each other; a circle must not hang the program

Snapshot = Mapping[int, int]
"""Report id -> id of the submission that counts."""


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of a campaign, and the submission of it that counts; without the answers."""

    report_id: int
    campaign_id: int
    form_id: int
    unit_id: int
    kind: str  # of the unit: office | school
    name: str
    level: str
    cluster: str
    contact: dict[str, Any]
    office: str  # whose campaign it is
    status: str  # of the report, now
    opened_at: datetime
    due_at: datetime
    first_at: datetime | None  # of the first submission
    submission_id: int | None = None
    version: int | None = None
    receipt: str = ""
    submitted_at: datetime | None = None
    document_id: int | None = None
    document_name: str = ""
    counts: bool = False  # the submission holds answers to the form, not a report of an office

    @property
    def is_in(self) -> bool:
        """Whether a submission counts."""
        return self.submission_id is not None

    @property
    def was_late(self) -> bool:
        """Whether the first submission came after the unit's deadline."""
        return self.first_at is not None and self.first_at >= self.due_at

    @property
    def took(self) -> timedelta | None:
        """How long the first submission took since the campaign was opened."""
        return self.first_at - self.opened_at if self.first_at else None


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a report that was handed in; without the answers."""

    submission_id: int
    report_id: int
    unit: str
    version: int
    receipt: str
    at: datetime
    receipt_of_first: str  # of the first version: the same for all of a report


@dataclass(frozen=True, slots=True)
class OfficeDocument:
    """An office's own report, as frozen."""

    id: int
    campaign_id: int
    snapshot: dict[str, Any]
    name: str
    made_at: datetime
    sha256: str | None


_OFFICE_DOCUMENT = (
    office_documents.c.id,
    office_documents.c.campaign_id,
    office_documents.c.snapshot,
    office_documents.c.name,
    office_documents.c.made_at,
    office_documents.c.sha256,
)
_OFFICE = units.alias("office")
_ROW: tuple[Any, ...] = (
    reports.c.id,
    reports.c.campaign_id,
    campaigns.c.form_id,
    units.c.id,
    units.c.kind,
    units.c.name,
    units.c.level,
    units.c.cluster,
    units.c.contact,
    _OFFICE.c.name,
    reports.c.status,
    campaigns.c.opened_at,
    func.coalesce(reports.c.due_at, campaigns.c.due_at, type_=Moment),
    submissions.c.at,
)
_COUNTED: tuple[Any, ...] = (
    submissions.c.report_id,
    submissions.c.id,
    submissions.c.version,
    submissions.c.receipt,
    submissions.c.at,
    documents.c.id,
    documents.c.name,
    documents.c.kind == "report",
    documents.c.form_id,
)


def _row(row: Any, counted: tuple[Any, ...] | None) -> Row:
    """Put a row together; its form is the version to which what counts was an answer."""
    if counted is None:
        return Row(*row)
    *submission, form_id = counted
    return replace(Row(*row, *submission), form_id=form_id or row[2])


class Totals:
    """Reads what all units of a campaign have handed in, together."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest(self, campaign_id: int, before: datetime | None = None) -> dict[int, int]:
        """Return the newest submission of each report, of those handed in ``before``."""
        query = (
            select(submissions.c.report_id, submissions.c.id)
            .join(reports, reports.c.id == submissions.c.report_id)
            .where(reports.c.campaign_id == campaign_id)
            .order_by(submissions.c.report_id, submissions.c.version)
        )
        if before is not None:
            query = query.where(submissions.c.at < before)
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def frozen(self, campaign_id: int) -> dict[int, int] | None:
        """Return what counted at the deadline; None before it was kept."""
        query = select(campaigns.c.frozen).where(campaigns.c.id == campaign_id)
        kept = self._connection.execute(query).scalar_one()
        return None if kept is None else {int(report): sub for report, sub in kept.items()}

    def freeze(self, campaign_id: int, now: datetime) -> dict[int, int] | None:
        """Keep once what counts at the deadline; None as long as it is not over.

        However late the clock knocks, it is what had come in by then; so may it knock twice.
        """
        kept = self.frozen(campaign_id)
        if kept is not None:
            return kept
        query = select(campaigns.c.due_at).where(campaigns.c.id == campaign_id)
        due_at = self._connection.execute(query.with_for_update()).scalar_one()
        if now < due_at:
            return None
        kept = self.newest(campaign_id, before=due_at)
        values = {str(report): submission for report, submission in sorted(kept.items())}
        self._connection.execute(
            update(campaigns).where(campaigns.c.id == campaign_id).values(frozen=values)
        )
        return kept

    def to_freeze(self, now: datetime) -> list[int]:
        """Return the campaigns whose deadline is over and of which nothing is kept yet."""
        query = select(campaigns.c.id, campaigns.c.frozen).where(campaigns.c.due_at <= now)
        rows = self._connection.execute(query.order_by(campaigns.c.id))
        return [campaign_id for campaign_id, kept in rows if kept is None]

    def children(self, campaign_id: int) -> list[Campaign]:
        """Return the campaigns of offices below that roll up to this one."""
        query = select(*CAMPAIGN).where(campaigns.c.parent_id == campaign_id)
        return [Campaign(*row) for row in self._connection.execute(query.order_by(campaigns.c.id))]

    def rows(self, campaign_id: int, snapshot: Snapshot | None = None) -> list[Row]:
        """Return all units of a campaign in the order of the list, with what counts of each.

        ``snapshot``: the newest submissions where none is given.
        """
        counted = self.newest(campaign_id) if snapshot is None else snapshot
        found = self._submissions(counted.values())
        query = (
            select(*_ROW)
            .join(units, units.c.id == reports.c.unit_id)
            .join(campaigns, campaigns.c.id == reports.c.campaign_id)
            .join(_OFFICE, _OFFICE.c.id == campaigns.c.office_id)
            .outerjoin(
                submissions,
                (submissions.c.report_id == reports.c.id) & (submissions.c.version == 1),
            )
            .where(reports.c.campaign_id == campaign_id)
            .order_by(units.c.id)
        )
        return [_row(row, found.get(row[0])) for row in self._connection.execute(query)]

    def rolled_up(self, campaign_id: int, snapshot: Snapshot | None = None) -> list[Row]:
        """Return the units of a campaign and those of all campaigns below it.

        Of a campaign below counts what was kept at its deadline; before it, the newest.
        """
        return self._rolled_up(campaign_id, snapshot, _DEEPEST)

    def _rolled_up(self, campaign_id: int, snapshot: Snapshot | None, depth: int) -> list[Row]:
        rows = self.rows(campaign_id, snapshot)
        for child in self.children(campaign_id) if depth else ():
            rows += self._rolled_up(child.id, self.frozen(child.id), depth - 1)
        return rows

    def _submissions(self, ids: Iterable[int]) -> dict[int, tuple[Any, ...]]:
        """What is known of some submissions, by report."""
        found = {}
        for some in _chunks(ids):
            query = (
                select(*_COUNTED)
                .join(documents, documents.c.id == submissions.c.document_id)
                .where(submissions.c.id.in_(some))
            )
            found.update({row[0]: tuple(row[1:]) for row in self._connection.execute(query)})
        return found

    def answers(self, submission_ids: Collection[int]) -> dict[int, str]:
        """Return the frozen answers of some submissions, each as the JSON that is stored.

        Ask for some at a time: a thousand schools' answers are not for the memory.
        """
        query = (
            select(submissions.c.id, cast(documents.c.state, Text))
            .join(documents, documents.c.id == submissions.c.document_id)
            .where(submissions.c.id.in_(submission_ids))
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def versions(self, campaign_id: int) -> list[Version]:
        """Return all versions of all reports of a campaign that hold answers to its form."""
        first = submissions.alias()
        query = (
            select(
                submissions.c.id,
                reports.c.id,
                units.c.name,
                submissions.c.version,
                submissions.c.receipt,
                submissions.c.at,
                first.c.receipt,
            )
            .join(reports, reports.c.id == submissions.c.report_id)
            .join(units, units.c.id == reports.c.unit_id)
            .join(documents, documents.c.id == submissions.c.document_id)
            .join(first, (first.c.report_id == reports.c.id) & (first.c.version == 1))
            .where(reports.c.campaign_id == campaign_id, documents.c.kind == "report")
            .order_by(units.c.id, submissions.c.version)
        )
        return [Version(*row) for row in self._connection.execute(query)]

    def photo_keys(self, report_ids: Iterable[int]) -> list[str]:
        """Return the keys of all photos of some reports."""
        keys: list[str] = []
        for some in _chunks(report_ids):
            query = select(photos.c.key).where(photos.c.report_id.in_(some))
            keys += self._connection.execute(query.order_by(photos.c.id)).scalars()
        return keys

    def form_hash(self, form_id: int) -> str:
        """Return the fingerprint of a form."""
        query = select(forms.c.sha256).where(forms.c.id == form_id)
        return str(self._connection.execute(query).scalar_one())

    # the office's own report

    def add_office_document(
        self, campaign_id: int, snapshot: dict[str, Any], name: str, now: datetime
    ) -> int:
        """Keep what an office's own report is made from; returns its id."""
        row = insert(office_documents).values(
            campaign_id=campaign_id, snapshot=snapshot, name=name[:200], made_at=now
        )
        return self._new_id(row)

    def office_document(self, document_id: int) -> OfficeDocument | None:
        """Return an office's own report."""
        query = select(*_OFFICE_DOCUMENT).where(office_documents.c.id == document_id)
        row = self._connection.execute(query).first()
        return OfficeDocument(*row) if row else None

    def office_documents_of(self, campaign_id: int) -> list[int]:
        """Return the ids of the reports an office has made of a campaign, oldest first."""
        query = select(office_documents.c.id).where(office_documents.c.campaign_id == campaign_id)
        return list(self._connection.execute(query.order_by(office_documents.c.id)).scalars())

    def seal_office_document(self, document_id: int, sha256: str) -> None:
        """Keep the fingerprint of an office's report that has been made."""
        self._connection.execute(
            update(office_documents)
            .where(office_documents.c.id == document_id)
            .values(sha256=sha256)
        )

    def hang_on(self, report_id: int, office_document: OfficeDocument, now: datetime) -> int:
        """Make an office's report a document of the report that it owes its superior.

        Returns the document's id, to be submitted like any other.
        """
        row = insert(documents).values(
            report_id=report_id,
            state=office_document.snapshot,
            kind="office",
            name=office_document.name,
            made_at=now,
        )
        return self._new_id(row)

    def snapshot_of(self, document_id: int) -> dict[str, Any] | None:
        """Return what a document is made from that is an office's report; None for others."""
        query = select(documents.c.state).where(
            documents.c.id == document_id, documents.c.kind == "office"
        )
        found: dict[str, Any] | None = self._connection.execute(query).scalar_one_or_none()
        return found

    def _new_id(self, row: Any) -> int:
        key = self._connection.execute(row).inserted_primary_key
        assert key is not None
        return int(key[0])


def _chunks(ids: Iterable[int]) -> Iterable[list[int]]:
    every = sorted(ids)
    return (every[start : start + _TOGETHER] for start in range(0, len(every), _TOGETHER))
