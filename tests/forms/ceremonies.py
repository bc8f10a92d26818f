"""Four schools and their programmes of the opening ceremony, one from each preset."""

from collections.abc import Callable
from datetime import UTC, datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from bot.forms.filling import Environment, Filling, Step
from bot.forms.xform import Form

NOW = Environment(
    now=datetime(2023, 9, 27, 8, tzinfo=UTC),
    timezone=ZoneInfo("Asia/Ho_Chi_Minh"),
    random=Random(1),
)

Answers = dict[str, Any]  # by question; under "hang" by the code of a part: its answers

SCHOOL = {
    "ten_truong": "Trường Tiểu học và Trung học cơ sở Tân Thành",
    "co_quan_chu_quan": "UBND huyện Thủ Thừa",
    "ky_hieu": "THTT",
    "dia_danh": "Tân Thành",
    "nguoi_ky": "Nguyễn Văn A",
    "chuc_vu": "hieu_truong",
    "ngay": "2023-10-02",
    "gio": "07:30:00.000+07:00",
    "noi": "Sân trường",
    "chu_tri": "Trường Tiểu học và Trung học cơ sở Tân Thành",
    "xem": "OK",
}
DISTRICT: Answers = SCHOOL | {
    "mau": "huyen",
    "thanh_phan": "Đại diện lãnh đạo huyện, UBND xã và toàn thể học sinh",
    "phu_trach": "Phó Hiệu trưởng phụ trách chung",
    "so_van_ban": "7",
    "ngay_van_ban": "2023-09-28",
}
FLAG: Answers = SCHOOL | {"mau": "chao_co", "gio": "07:00:00.000+07:00"}
COMMUNE: Answers = SCHOOL | {
    "mau": "cap_xa",
    "chuc_vu": "pho_hieu_truong",
    "thanh_phan": "Đại diện UBND xã, Hội Khuyến học xã, 35 giáo viên và 540 học sinh",
    "phan": "don_khach chao_co van_nghe ly_do phat_dong hs_phat_bieu rieng_giua hoc_bong chuyen_de",
    "sua": "van_nghe phat_dong",
    "hang": {
        "van_nghe": {"chuan_bi": "Âm thanh, phông, 3 tiết mục", "phut": "15"},
        "phat_dong": {"ai": "Chủ tịch Ủy ban nhân dân xã", "hen": "08:30:00.000+07:00"},
        "rieng_giua": {
            "noi_dung": "Thi kể chuyện theo sách",
            "ai": "Học sinh khối 4, 5",
            "phut": "20",
        },
    },
}
NURSERY: Answers = SCHOOL | {
    "ten_truong": "Trường Mẫu giáo Hoa Sen",
    "ky_hieu": "MGHS",
    "mau": "mam_non",
    "gio": "08:00:00.000+07:00",
    "phan": "chao_co van_nghe phat_dong gioi_thieu_sach",
}
SCHOOLS = {"district": DISTRICT, "flag": FLAG, "commune": COMMUNE, "nursery": NURSERY}


def answered(form: Form, answers: Answers, **facts: str) -> Filling:
    """The filling of a school that answers what it has an answer to, and skips the rest."""
    filling = Filling.start(form, NOW, facts)
    play(filling, answers, lambda _step: None)
    return filling


def play(filling: Filling, answers: Answers, seen: Callable[[Step], None]) -> None:
    step = filling.next_open()
    while step:
        seen(step)
        value = given(filling, step, answers)
        if value:
            filling.answer(step.ref, value)
        else:
            filling.skip(step.ref)
        step = filling.next_open(step.ref)


def given(filling: Filling, step: Step, answers: Answers) -> str:
    assert step.question
    if not step.row:
        return str(answers.get(step.question.name, ""))
    part = filling.value("ma", step.ref)
    return str(answers.get("hang", {}).get(part, {}).get(step.question.name, ""))
