"""Every deed, in order, each row sealing the one before it.

A row holds ids, numbers and dates, never a name or an answer: nobody has to be deleted from it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, text

from storage.tables import audit

_LOCK = 7392  # of PostgreSQL, until the transaction ends: rows are sealed one after another
_FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One deed that was done."""

    id: int
    at: datetime
    person_id: int | None  # None: the clock, or the command line
    deed: str
    unit_id: int | None
    campaign_id: int | None
    report_id: int | None
    about: dict[str, Any]


_ENTRY = (
    audit.c.id,
    audit.c.at,
    audit.c.person_id,
    audit.c.deed,
    audit.c.unit_id,
    audit.c.campaign_id,
    audit.c.report_id,
    audit.c.about,
)


class Audit:
    """What was done, by whom, when. Only ever added to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        deed: str,
        now: datetime,
        *,
        person_id: int | None = None,
        about: Mapping[str, Any] | None = None,
        **where: int | None,  # unit_id, campaign_id, report_id
    ) -> None:
        """Write down a deed."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        last = select(audit.c.seal).order_by(audit.c.id.desc()).limit(1)
        before = self._connection.execute(last).scalar() or _FIRST
        row = {
            "at": now,
            "person_id": person_id,
            "deed": deed,
            "unit_id": where.get("unit_id"),
            "campaign_id": where.get("campaign_id"),
            "report_id": where.get("report_id"),
            "about": dict(about or {}),
        }
        self._connection.execute(
            insert(audit).values(**row, before=before, seal=_seal(before, row))
        )

    def broken_at(self) -> int | None:
        """Return the id of the first row that is not as it was written; None when all are."""
        before = _FIRST
        query = select(*_ENTRY, audit.c.before, audit.c.seal).order_by(audit.c.id)
        for row in self._connection.execute(query):
            known = dict(row._mapping)
            number, said, seal = known.pop("id"), known.pop("before"), known.pop("seal")
            if said != before or seal != _seal(before, known):
                return int(number)
            before = seal
        return None

    def of_report(self, report_id: int) -> list[Entry]:
        """Return all that was done to a report, oldest first."""
        query = select(*_ENTRY).where(audit.c.report_id == report_id).order_by(audit.c.id)
        return [Entry(*row) for row in self._connection.execute(query)]

    def latest(self, unit_ids: list[int], limit: int) -> list[Entry]:
        """Return the newest deeds that concern some units, newest first."""
        query = (
            select(*_ENTRY)
            .where(audit.c.unit_id.in_(unit_ids))
            .order_by(audit.c.id.desc())
            .limit(limit)
        )
        return [Entry(*row) for row in self._connection.execute(query)]


def _seal(before: str, row: Mapping[str, Any]) -> str:
    at = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    parts = [before, {**row, "at": at}]
    written = json.dumps(parts, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
