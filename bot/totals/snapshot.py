"""What an office's own report is made from, frozen as plain JSON: the same one, the same paper."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Final

import regex

from storage.campaigns import Campaign
from storage.people import Unit
from storage.store import Store
from storage.totals import Row

_MOMENTS: Final = ("opened_at", "due_at", "first_at", "submitted_at")
_SHORT: Final = (
    (regex.compile(r"\bGD\s*(?:&|và)?\s*ĐT\b"), "Giáo dục và Đào tạo"),
    (regex.compile(r"\bVH\s*-\s*XH\b"), "Văn hóa - Xã hội"),
)
_PLACE: Final = regex.compile(
    r".*\b(?:Đào tạo|Xã hội|tỉnh|huyện|quận|xã|phường|thị trấn|thị xã|thành phố)\s+(\p{Lu}.*)"
)
_HEADS: Final = {  # first word of an office's name -> who signs for it
    "Phòng": "Trưởng phòng",
    "Sở": "Giám đốc",
    "Ủy": "Chủ tịch",
    "UBND": "Chủ tịch",
    "Ban": "Trưởng ban",
}


@dataclass(frozen=True, slots=True)
class Period:
    """A campaign with what counted in it."""

    title: str
    form_id: int
    rows: tuple[Row, ...]

    @property
    def schools(self) -> tuple[Row, ...]:
        """The units that answer the form; an office below stands for its own, which are here."""
        return tuple(row for row in self.rows if row.kind == "school" or row.counts)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that an office's report says, but for the answers, which never change."""

    campaign_id: int
    at: datetime  # of what counted then
    frozen: bool  # as at the deadline
    due_text: str
    facts: Mapping[str, str]  # hidden question -> canonical value
    dispatch: Mapping[str, str]  # number, date
    office: Mapping[str, str]  # what a letterhead and a signature need
    now: Period
    before: Period | None  # the same request a period ago


def take(store: Store, campaign: Campaign, now: datetime, *, at_deadline: bool) -> Snapshot:
    """Freeze a campaign, with all below it: as it stands, or as it stood at its deadline."""
    kept = store.totals.freeze(campaign.id, now) if at_deadline else None
    rows = store.totals.rolled_up(campaign.id, kept)
    before = store.campaigns.campaign(campaign.previous_id) if campaign.previous_id else None
    return Snapshot(
        campaign_id=campaign.id,
        at=campaign.due_at if kept is not None else now,
        frozen=kept is not None,
        due_text=campaign.due_text,
        facts={name: str(value) for name, value in campaign.facts.items()},
        dispatch={name: str(value) for name, value in campaign.dispatch.items()},
        office=letterhead(store, campaign.office_id),
        now=Period(campaign.title, campaign.form_id, tuple(rows)),
        before=_period(store, before) if before else None,
    )


def _period(store: Store, campaign: Campaign) -> Period:
    rows = store.totals.rolled_up(campaign.id, store.totals.frozen(campaign.id))
    return Period(campaign.title, campaign.form_id, tuple(rows))


def letterhead(store: Store, office_id: int) -> dict[str, str]:
    """What the office's own paper needs to be known of it; its profile comes first."""
    office = store.people.unit(office_id)
    above = store.people.unit(office.parent_id) if office.parent_id else None
    profile = {key: str(value) for key, value in office.profile.items() if value}
    name = profile.get("full_name") or official(office.name)
    superior = profile.get("superior") or (official(above.name) if above else "")
    place = _PLACE.match(name)
    known = {
        "full_name": name,
        "superior": superior,
        "addressee": _addressee(above) or superior,
        "place": place[1] if place else "",
        "signer_title": _HEADS.get(name.split()[0], ""),
    }
    return known | profile


def _addressee(above: Unit | None) -> str:
    return str(above.profile.get("full_name") or official(above.name)) if above else ""


def official(name: str) -> str:
    """An office's name in full: Phòng GD&ĐT is Phòng Giáo dục và Đào tạo."""
    for short, full in _SHORT:
        name = short.sub(full, name)
    return name


def to_json(snapshot: Snapshot) -> dict[str, Any]:
    """As it is kept."""
    return {
        "campaign": snapshot.campaign_id,
        "at": snapshot.at.isoformat(),
        "frozen": snapshot.frozen,
        "due_text": snapshot.due_text,
        "facts": dict(snapshot.facts),
        "dispatch": dict(snapshot.dispatch),
        "office": dict(snapshot.office),
        "now": _period_to_json(snapshot.now),
        "before": _period_to_json(snapshot.before) if snapshot.before else None,
    }


def from_json(kept: Mapping[str, Any]) -> Snapshot:
    """As it was taken."""
    before = kept["before"]
    return Snapshot(
        campaign_id=kept["campaign"],
        at=datetime.fromisoformat(kept["at"]),
        frozen=kept["frozen"],
        due_text=kept["due_text"],
        facts=kept["facts"],
        dispatch=kept["dispatch"],
        office=kept["office"],
        now=_period_from_json(kept["now"]),
        before=_period_from_json(before) if before else None,
    )


def _period_to_json(period: Period) -> dict[str, Any]:
    return {
        "title": period.title,
        "form": period.form_id,
        "columns": [field.name for field in fields(Row)],
        "rows": [_row_to_json(row) for row in period.rows],
    }


def _row_to_json(row: Row) -> list[Any]:
    values = asdict(row) | {"contact": {}}  # nobody's telephone number is for a report
    return [
        value.isoformat() if isinstance(value, datetime) else value for value in values.values()
    ]


def _period_from_json(kept: Mapping[str, Any]) -> Period:
    rows = _rows_from_json(kept["columns"], kept["rows"])
    return Period(kept["title"], kept["form"], tuple(rows))


def _rows_from_json(columns: list[str], rows: Iterable[list[Any]]) -> Iterable[Row]:
    for row in rows:
        values = dict(zip(columns, row, strict=True))
        for name in _MOMENTS:
            if values[name] is not None:
                values[name] = datetime.fromisoformat(values[name])
        yield Row(**values)
