"""An office with schools that have handed in the learning week's report, each other numbers."""

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from bot.forms import pyxform_worker
from bot.forms.sheet import FormPackage, package_of
from bot.forms.xform import Form
from storage.campaigns import NewCampaign
from storage.reports import StoredPhoto
from storage.store import Store
from tests.forms.schools import SCHOOLS, play

ROOT = Path(__file__).parents[2]
WORKBOOK = ROOT / "templates" / "tuan-le-hoc-tap-suot-doi" / "form.xlsx"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OPENED = datetime(2023, 10, 2, 1, tzinfo=UTC)
DUE = datetime(2023, 10, 14, 17, tzinfo=UTC)  # the end of the 14th in Vietnam
DUE_TEXT = "trước ngày 15/10/2023"
TITLE = "Tuần lễ hưởng ứng học tập suốt đời năm 2023"
FACTS = {
    "nam": "2023",
    "ten_tuan_le": "Tuần lễ hưởng ứng học tập suốt đời",
    "noi_nhan_mac_dinh": "Phòng Giáo dục và Đào tạo huyện Thủ Thừa",
}
PROFILE = {
    "full_name": "Phòng Giáo dục và Đào tạo huyện Thủ Thừa",
    "superior": "UBND huyện Thủ Thừa",
    "symbol": "PGDĐT",
    "place": "Thủ Thừa",
    "signer_title": "Phó Trưởng phòng",
    "signer_name": "Bùi Văn Nhựt",
}
PHOTOS = ("anh_le-1", "anh_le-2", "anh_hd-1", "anh_tb-1", "anh_tb-2", "anh_tb-3")
_GROWING = ("le_hs", "le_cb", "bang_ron", "ngan_sach", "van_dong", "hd_so", "qua_phan", "so_hs")


@cache
def package() -> FormPackage:
    return package_of("", pyxform_worker.answer_for(WORKBOOK.read_bytes()))


@cache
def form() -> Form:
    return Form.compile(package().xform, package().layout)


@cache
def _played() -> list[dict[str, Any]]:
    """How each of the sample schools has answered."""
    return [play(form(), answers).filling.state() for answers in SCHOOLS.values()]


def answers(number: int) -> dict[str, Any]:
    """The answers of school ``number``: one of the samples with numbers and photos of its own."""
    random, played = Random(number), _played()
    text = json.dumps(played[number % len(played)])
    for name in PHOTOS:
        text = text.replace(f"{name}.jpg", photo_key(number, name))
    state: dict[str, Any] = json.loads(text)
    for ref, value in state["values"].items():
        if ref.rpartition("/")[2] in _GROWING and value.isdecimal() and value != "0":
            state["values"][ref] = str(int(value) + random.randrange(1, 40))
    values = state["values"]
    spent = {
        ref.rpartition("/")[2]: int(value) for ref, value in values.items() if value.isdecimal()
    }
    for ref in values:
        if ref.endswith("/tong_kinh_phi"):
            values[ref] = str(spent["ngan_sach"] + spent["van_dong"])
    return state


def photo_key(number: int, name: str) -> str:
    return f"photos/{number}-{name}.jpg"


def keep_form(store: Store, found: FormPackage | None = None) -> int:
    found = found or package()
    sha256 = hashlib.sha256(found.xform.encode()).hexdigest()
    return store.campaigns.keep_form(sha256, "", found.xform, found.layout, OPENED)


@dataclass
class District:
    """Ids of what was made."""

    office: int
    campaign: int
    schools: list[int]


def school_names() -> list[tuple[str, str]]:
    with (ROOT / "templates" / "demo" / "schools.csv").open(encoding="utf-8") as file:
        return [(row["name"], row["level"]) for row in csv.DictReader(file)]


def district(
    store: Store,
    schools: list[tuple[str, str]] | None = None,
    *,
    name: str = "Phòng GD&ĐT Thủ Thừa",
    profile: Mapping[str, str] = PROFILE,
    above: int | None = None,
    **changes: Any,
) -> District:
    """An office, its schools and an open campaign."""
    office = store.people.add_unit(name, kind="office", parent_id=above, profile=dict(profile))
    ids = [
        store.people.add_unit(school, kind="school", level=level, parent_id=office)
        for school, level in (school_names() if schools is None else schools)
    ]
    campaign = campaign_of(store, office, ids, **changes)
    return District(office, campaign, ids)


def campaign_of(store: Store, office: int, units: list[int], **changes: Any) -> int:
    new: dict[str, Any] = {
        "office_id": office,
        "form_id": changes.pop("form_id", None) or keep_form(store),
        "title": TITLE,
        "due_text": DUE_TEXT,
        "due_at": DUE,
        "facts": FACTS,
    }
    return store.campaigns.open(NewCampaign(**(new | changes)), units, OPENED)


def submit(
    store: Store,
    campaign: int,
    unit: int,
    state: dict[str, Any],
    at: datetime,
    photos: Iterator[str] | list[str] = (),  # type: ignore[assignment]
) -> int:
    """Hand in a report as the bot does; returns the submission's id."""
    report = store.reports.of_unit(campaign, unit)
    assert report
    person = store.people.person_at("test", "1") or store.people.add_person("test", "1", "A", at)
    for key in photos:
        if key not in store.reports.photos(report.id):
            photo = StoredPhoto(key, key, "0" * 16, 800, 600, 1)
            store.reports.add_photo(report.id, photo, person.id, at)
    document = store.reports.add_document(
        report.id, report.campaign.form_id, state, f"Bao-cao-{unit}", at
    )
    receipt = f"BC-{report.id:04}{document:04}"
    found = store.reports.submit(report.id, document, receipt, person.id, at)
    store.reports.mark(report.id, status="submitted")
    return found.id


def hand_in(store: Store, made: District, missing: int = 3, late: int = 2) -> None:
    """All but the last few schools hand in; of these the last few late."""
    done = made.schools[: len(made.schools) - missing]
    for number, unit in enumerate(done):
        at = OPENED + timedelta(days=6, hours=number)
        if number >= len(done) - late:
            at = DUE + timedelta(hours=10 + number)
        keys = [photo_key(number, name) for name in PHOTOS]
        submit(store, made.campaign, unit, answers(number), at, keys)
