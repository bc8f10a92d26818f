"""Schools that answer about their kitchens, in canonical values."""

from datetime import UTC, datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from bot.forms.filling import Environment, Filling
from bot.forms.xform import Form

NOW = Environment(
    now=datetime(2026, 11, 24, 2, tzinfo=UTC),
    timezone=ZoneInfo("Asia/Ho_Chi_Minh"),
    random=Random(1),
)
HOA_SEN = {
    "ten_truong": "Trường Mầm non Hoa Sen",
    "co_quan": "UBND xã Bình An",
    "ky_hieu": "MNHS",
    "dia_danh": "Bình An",
    "nguoi_ky": "Nguyễn Thị B",
    "chuc_vu": "hieu_truong",
}
GOOD: dict[str, Any] = HOA_SEN | {
    "hinh_thuc": "tu_nau",
    "hs_ban_tru": "320",
    "bua": "2",
    "gia": "25000",
    "nhan_vien": "6",
    "kham": "6",
    "tap_huan": "6",
    "kiem_tra": "4",
    "su_co": "0",
    "quy_dinh": "gcn mau nuoc so chia",
    "ncc": [
        {
            "ncc_ten": "Hợp tác xã rau Bình An",
            "ncc_hang": "rau, củ, quả",
            "ncc_hd": "co",
            "ncc_gcn": "co",
        },
        {"ncc_ten": "Cơ sở thịt Năm Lành", "ncc_hang": "thịt heo", "ncc_hd": "co", "ncc_gcn": "co"},
    ],
    "so_bc": "8",
    "ngay_bc": "2026-11-24",
}
TROUBLED: dict[str, Any] = GOOD | {
    "chuc_vu": "pho_hieu_truong",
    "hinh_thuc": "thue_nau",
    "kham": "4",
    "su_co": "1",
    "quy_dinh": "gcn mau so",
    "vi_sao": "Đang chờ kết quả kiểm nghiệm nước",
    "xu_ly": "Ngày 12/11 có 3 học sinh đau bụng, đã đưa đến trạm y tế",
    "de_nghi": "hỗ trợ kinh phí sửa bếp",
    "so_bc": "",
}
NONE: dict[str, Any] = HOA_SEN | {"hinh_thuc": "khong"}
KITCHENS = {"good": GOOD, "troubled": TROUBLED, "none": NONE}


def answered(form: Form, answers: dict[str, Any], **facts: str) -> Filling:
    filling = Filling.start(form, NOW, facts)
    step = filling.next_open()
    while step:
        rows = answers.get("ncc", [])
        if step.kind == "add_another":
            if filling.rows(step.ref) < len(rows):
                filling.add_row(step.ref)
            else:
                filling.close_repeat(step.ref)
        else:
            assert step.question
            known = rows[step.row[0] - 1] if step.row else answers
            if value := known.get(step.question.name, ""):
                filling.answer(step.ref, value)
            else:
                filling.skip(step.ref)
        step = filling.next_open(step.ref)
    return filling
