"""An author's own report.docx beside a form: kept with it, and what it may say of a report."""

import hashlib
from datetime import date
from typing import Any, Final

from storage.reports import Report
from storage.store import Store

TRIAL_OFFICE: Final = "Phòng Giáo dục và Đào tạo (diễn tập)"
TRIAL_SCHOOL: Final = "Trường TH và THCS Diễn Tập"
TRIAL_FACTS: Final = {"don_vi": TRIAL_SCHOOL, "co_quan": TRIAL_OFFICE, "cap_hoc": "TH&THCS"}
"""What is known of a report that no school has made."""

TEMPLATE: Final = "template"
"""In a form's layout: the key of the author's file."""


def template_key(content: bytes) -> str:
    """Return where an author's file is kept; the same content is kept once."""
    return f"forms/{hashlib.sha256(content).hexdigest()}.docx"


def with_template(form_hash: str, layout: dict[str, Any], key: str) -> tuple[str, dict[str, Any]]:
    """Return hash and layout of a form with that file beside it: it is a form of its own."""
    both = hashlib.sha256(f"{form_hash} {key}".encode()).hexdigest()
    return both, {**layout, TEMPLATE: key}


def report_facts(
    store: Store, report: Report, today: date, receipt: str = "", version: int = 0
) -> dict[str, str]:
    """Return what an author's file may say of a report beside its answers, as frozen with them.

    A preview has no receipt yet and no version.
    """
    unit, campaign = report.unit, report.campaign
    profile = {key: str(value) for key, value in unit.profile.items()}
    return {
        "don_vi": profile.get("full_name") or unit.name,
        "cap_hoc": unit.level,
        "cap_tren": profile.get("superior", ""),
        "co_quan": store.people.unit(campaign.office_id).name,
        "ky_hieu": profile.get("symbol", ""),
        "dia_danh": profile.get("place", ""),
        "nguoi_ky": profile.get("signer_name", ""),
        "dot": campaign.title,
        "han_nop": report.due_text,
        "lan_nop": str(version) if version else "",
        "bien_nhan": receipt,
        "ngay_nop": today.isoformat() if receipt else "",
    }
