"""Five schools and how they answer the learning week's questionnaire, in canonical values."""

from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from bot.forms.filling import Environment, Filling, Step
from bot.forms.xform import Form

NOW = Environment(
    now=datetime(2023, 10, 9, 8, tzinfo=UTC),
    timezone=ZoneInfo("Asia/Ho_Chi_Minh"),
    random=Random(1),
)

Answers = dict[str, Any]  # by question; by repeat: a row of answers each


def photos(repeat: str, *captions: str, permission: str = "wide_shot") -> list[Answers]:
    return [
        {
            f"{repeat}_tep": f"{repeat}-{number}.jpg",
            f"{repeat}_chu_thich": caption,
            f"{repeat}_phep": permission,
        }
        for number, caption in enumerate(captions, 1)
    ]


TAN_THANH = {
    "ten_truong": "Trường Tiểu học và Trung học cơ sở Tân Thành",
    "cap": "TH&THCS",
    "co_quan_chu_quan": "UBND huyện Thủ Thừa",
    "ky_hieu": "THTT",
    "dia_danh": "Tân Thành",
    "nguoi_ky": "Nguyễn Văn A",
    "chuc_vu": "hieu_truong",
    "so_lop": "18",
    "so_hs": "560",
    "so_cb": "38",
    "noi_nhan_them": "UBND xã Tân Thành",
    "kinh_gui": "co",
}

EVERYTHING: Answers = TAN_THANH | {
    "co_ke_hoach": "co",
    "so_ke_hoach": "45/KH-THTT",
    "ngay_ke_hoach": "2023-09-28",
    "phu_trach": "Phó Hiệu trưởng phụ trách; Tổng phụ trách Đội và thư viện thực hiện",
    "pho_bien": "hop chao_co zalo khac",
    "pho_bien_khac": "Tờ rơi gửi phụ huynh",
    "kiem_tra": "2",
    "ket_qua_kiem_tra": "Các lớp thực hiện đúng kế hoạch",
    "le_hinh_thuc": "chung",
    "le_ngay": "2023-10-02",
    "le_gio": "07:30:00.000",
    "le_noi": "Sân trường",
    "le_khach": "12",
    "le_khach_moi": "đại diện UBND xã, Hội Khuyến học xã",
    "le_cb": "35",
    "le_hs": "540",
    "le_ph": "40",
    "le_phat_dong": "Chủ tịch UBND xã",
    "le_phan": "don_khach van_nghe ly_do phat_dong gv_phat_bieu hs_phat_bieu hoc_bong",
    "le_noi_bat": "Thi kể chuyện theo sách, trao 30 phần quà cho học sinh khó khăn",
    "anh_le": photos("anh_le", "Toàn cảnh lễ khai mạc", "Chủ tịch UBND xã phát động"),
    "hoat_dong": "tuyen_truyen mang_xa_hoi bao_dai doc_sach truc_tuyen clb lop_hoc tap_huan"
    " huong_nghiep tang_qua khen_thuong van_dong phoi_hop",
    "bang_ron": "5",
    "hd_tuyen_truyen": "3",
    "tin_bai_web": "2",
    "tin_bai_mxh": "4",
    "tin_bai_bao": "1",
    "tin_truyen_thanh": "2",
    "ct_truc_tuyen": "1",
    "hoc_lieu_mo": "10",
    "buoi_phan_mem": "4",
    "clb_dien_dan": "2",
    "clb_gv": "20",
    "clb_hs": "1250",
    "thu_vien_tu_sach": "18",
    "lop_cap_nhat": "1",
    "lop_ky_nang": "2",
    "lop_nghe": "1",
    "lop_khac": "0",
    "lop_nguoi_hoc": "120",
    "lop_voi_ttcd": "2",
    "tap_huan_hoi_thao": "1",
    "giao_luu": "1",
    "hd_ban_vhxh": "2",
    "huong_nghiep_hs": "90",
    "qua_loai": "phan tap dung_cu",
    "qua_phan": "30",
    "qua_tap": "300",
    "qua_sach": "50",
    "qua_dung_cu": "20",
    "qua_hs": "30",
    "hoc_bong_suat": "5",
    "hoc_bong_tien": "2500000",
    "khen_hs_ngheo": "10",
    "ung_ho_to_chuc": "2",
    "ung_ho_ca_nhan": "5",
    "ung_ho_tien": "3500000",
    "cham_lo_hs": "15",
    "hd": [
        {
            "hd_ten": "Hội thi kể chuyện theo sách",
            "hd_ngay": "2023-10-04",
            "hd_ai": "Học sinh khối 4, khối 5",
            "hd_so": "180",
            "hd_ket_qua": "Có 12 tiết mục dự thi; trao 3 giải Nhất. Học sinh mạnh dạn hơn.",
            "anh_hd": photos("anh_hd", "Học sinh thi kể chuyện", permission="no_faces"),
        },
        {
            "hd_ten": "Chuyên đề tự học trên mạng an toàn",
            "hd_ngay": "2023-10-06",
            "hd_ai": "giáo viên và học sinh khối 8, khối 9",
            "hd_so": "210",
            "hd_ket_qua": "Học sinh được hướng dẫn tìm học liệu, tự kiểm tra kết quả học",
        },
    ],
    "co_so_ket": "co",
    "so_ket_ngay": "2023-10-09",
    "khen_tap_the": "3",
    "khen_ca_nhan": "12",
    "ngan_sach": "1500000",
    "van_dong": "3000000",
    "nguon": "Hội Khuyến học xã, cha mẹ học sinh",
    "dung_vao": "Mua quà tặng học sinh, in băng rôn",
    "hien_vat": "50 cuốn tập",
    "hien_vat_tien": "500000",
    "ket_qua": "100% lớp (18/18) có tủ sách; số lượt mượn sách tăng gấp đôi.",
    "lam_tot": "lớp 5A, tổ Ngữ văn",
    "bai_hoc": "Lồng ghép phát động vào giờ chào cờ để nhiều học sinh được tham gia",
    "kho_khan": "thoi_gian kinh_phi khac",
    "kho_khan_khac": "Sân trường đang sửa chữa",
    "chua_lam": "Chưa mở được lớp tin học cho người dân vì trùng mùa thu hoạch",
    "kien_nghi": "noi_nhan so xa khac",
    "kien_nghi_noi_nhan": "Gửi kế hoạch sớm hơn để trường chủ động chuẩn bị",
    "kien_nghi_so": "cung cấp thêm học liệu mở để dùng chung",
    "kien_nghi_xa": "hỗ trợ thêm kinh phí mua sách cho thư viện",
    "kien_nghi_khac_ai": "Hội Khuyến học huyện",
    "kien_nghi_khac": "tiếp tục vận động học bổng cho học sinh nghèo",
    "anh_tb": photos(
        "anh_tb",
        "Học sinh đọc sách tại thư viện",
        "Lớp kỹ năng phòng, chống đuối nước",
        "Trao quà cho học sinh khó khăn",
    ),
    "so_bao_cao": "5",
    "ngay_bao_cao": "2023-10-09",
}

NURSERY: Answers = TAN_THANH | {
    "ten_truong": "Trường Mẫu giáo Mỹ An",
    "cap": "MG",
    "ky_hieu": "MGMA",
    "dia_danh": "Mỹ An",
    "nguoi_ky": "Trần Thị B",
    "chuc_vu": "pho_hieu_truong",
    "so_lop": "8",
    "so_hs": "210",
    "so_cb": "20",
    "noi_nhan_them": "",
    "co_ke_hoach": "co",
    "so_ke_hoach": "12/KH-MGMA",
    "pho_bien": "hop zalo bang_tin",
    "kiem_tra": "1",
    "le_hinh_thuc": "chao_co",
    "le_ngay": "2023-10-02",
    "le_noi": "sân trường",
    "le_cb": "18",
    "le_hs": "200",
    "le_phat_dong": "Hiệu trưởng",
    "le_phan": "chao_co van_nghe phat_dong hs_phat_bieu gioi_thieu_sach",
    "anh_le": photos("anh_le", "Toàn cảnh giờ chào cờ"),
    "hoat_dong": "tuyen_truyen mang_xa_hoi doc_sach",
    "bang_ron": "2",
    "hd_tuyen_truyen": "1",
    "tin_bai_web": "1",
    "tin_bai_mxh": "3",
    "thu_vien_tu_sach": "8",
    "qua_sach": "0",
    "lop_ky_nang": "1",
    "lop_nguoi_hoc": "45",
    "lop_voi_ttcd": "0",
    "hoc_bong_suat": "0",
    "hd": [
        {
            "hd_ten": "Ngày hội đọc sách cùng bé",
            "hd_ngay": "2023-10-05",
            "hd_ai": "Trẻ 5 tuổi và cha mẹ",
            "hd_so": "90",
            "hd_ket_qua": "cha mẹ cùng trẻ đọc truyện tranh, làm 8 góc thư viện lớp",
        }
    ],
    "co_so_ket": "khong",
    "ngan_sach": "800000",
    "van_dong": "0",
    "ket_qua": "8/8 lớp có góc thư viện; cha mẹ trẻ đọc truyện cho con nhiều hơn",
    "bai_hoc": "mời cha mẹ cùng đọc sách với trẻ vì trẻ rất thích",
    "kho_khan": "khong",
    "kien_nghi": "khong",
    "anh_tb": photos("anh_tb", "Trẻ xem tranh truyện ở góc thư viện"),
}

NO_CEREMONY: Answers = TAN_THANH | {
    "ten_truong": "Trường Tiểu học Bình An",
    "cap": "TH",
    "ky_hieu": "THBA",
    "dia_danh": "Bình An",
    "noi_nhan_them": "",
    "kinh_gui": "khong",
    "co_ke_hoach": "chua",
    "pho_bien": "sinh_hoat",
    "kiem_tra": "0",
    "le_hinh_thuc": "khong",
    "le_ly_do": "Mưa lớn kéo dài, sân trường ngập nước.",
    "le_thay_the": "Tuyên truyền chủ đề Tuần lễ trong giờ sinh hoạt lớp",
    "hoat_dong": "doc_sach",
    "bang_ron": "0",
    "tin_bai_web": "0",
    "thu_vien_tu_sach": "0",
    "qua_sach": "0",
    "lop_ky_nang": "0",
    "hoc_bong_suat": "0",
    "hd": [
        {
            "hd_ten": "Đọc sách đầu giờ",
            "hd_ngay": "2023-10-03",
            "hd_ai": "Toàn trường",
            "hd_so": "560",
            "hd_ket_qua": "Mỗi lớp đọc sách 15 phút đầu giờ trong cả tuần",
        }
    ],
    "co_so_ket": "khong",
    "ngan_sach": "0",
    "van_dong": "0",
    "ket_qua": "Học sinh có thói quen đọc sách đầu giờ",
    "bai_hoc": "giữ 15 phút đọc sách đầu giờ vì dễ làm",
    "kho_khan": "khac",
    "kho_khan_khac": "sân trường ngập nước",
    "kien_nghi": "khong",
    "anh_tb": photos("anh_tb", "Lớp 3A đọc sách đầu giờ", permission=""),
}

ELSEWHERE: Answers = TAN_THANH | {
    "ten_truong": "Trường Tiểu học Mỹ Thạnh",
    "cap": "TH",
    "ky_hieu": "THMT",
    "dia_danh": "Mỹ Thạnh",
    "so_hs": "430",
    "so_cb": "30",
    "noi_nhan_them": "",
    "co_ke_hoach": "co",
    "pho_bien": "chao_co zalo",
    "phu_trach": "Phó Hiệu trưởng",
    "le_hinh_thuc": "noi_khac",
    "le_ngay": "2023-10-02",
    "le_noi": "Trường Tiểu học và Trung học cơ sở Tân Thành",
    "le_cb": "5",
    "le_hs": "40",
    "hoat_dong": "tuyen_truyen mang_xa_hoi doc_sach tang_qua",
    "bang_ron": "2",
    "hd_tuyen_truyen": "2",
    "tin_bai_web": "1",
    "tin_bai_mxh": "2",
    "thu_vien_tu_sach": "12",
    "lop_ky_nang": "0",
    "qua_loai": "tap",
    "qua_tap": "200",
    "qua_sach": "0",
    "qua_hs": "20",
    "hoc_bong_suat": "0",
    "hd": [
        {
            "hd_ten": "Quyên góp sách cũ",
            "hd_ngay": "2023-10-05",
            "hd_ai": "học sinh toàn trường",
            "hd_so": "430",
            "hd_ket_qua": "quyên góp được 217 cuốn sách, bổ sung cho 12 tủ sách lớp",
        }
    ],
    "co_so_ket": "co",
    "so_ket_ngay": "2023-10-09",
    "khen_tap_the": "2",
    "khen_ca_nhan": "0",
    "ngan_sach": "0",
    "van_dong": "2000000",
    "nguon": "cha mẹ học sinh",
    "dung_vao": "mua tập tặng học sinh khó khăn",
    "ket_qua": "bổ sung 217 cuốn sách cho tủ sách lớp",
    "bai_hoc": "phát động quyên góp sách theo lớp vì lớp nào cũng tham gia",
    "kho_khan": "kinh_phi",
    "kien_nghi": "noi_nhan",
    "kien_nghi_noi_nhan": "gửi kế hoạch sớm hơn",
    "anh_tb": photos("anh_tb", "Học sinh quyên góp sách"),
}

OWN_CEREMONY: Answers = ELSEWHERE | {
    "ten_truong": "Trường Trung học cơ sở Thạnh Lợi",
    "cap": "THCS",
    "ky_hieu": "THCSTL",
    "dia_danh": "Thạnh Lợi",
    "le_hinh_thuc": "tu_to_chuc",
    "le_gio": "07:15:00.000",
    "le_noi": "Sân trường",
    "le_khach": "0",
    "le_cb": "28",
    "le_hs": "400",
    "le_ph": "0",
    "le_phan": "chao_co phat_dong hs_phat_bieu chuyen_de",
    "anh_le": photos("anh_le", "Toàn cảnh lễ phát động"),
}

SCHOOLS = {
    "everything": EVERYTHING,
    "nursery": NURSERY,
    "no ceremony": NO_CEREMONY,
    "elsewhere": ELSEWHERE,
    "own ceremony": OWN_CEREMONY,
}


@dataclass(frozen=True, slots=True)
class Play:
    """A questionnaire gone through from the first question to the last."""

    filling: Filling
    asked: tuple[Step, ...]
    doubts: dict[str, str]  # question: the sentence that asked "keep it?"

    def names(self) -> list[str]:
        """The questions asked, without notes and loops."""
        return [
            step.question.name
            for step in self.asked
            if step.question and not step.row and step.question.type != "note"
        ]


def play(form: Form, answers: Answers, known: tuple[str, ...] = (), **facts: str) -> Play:
    """Answer whatever is asked; skip what the school has nothing to say to."""
    preset = {name: answers[name] for name in known if answers.get(name)}
    filling = Filling.start(form, NOW, preset | facts)
    asked: list[Step] = []
    doubts: dict[str, str] = {}
    step = filling.next_open()
    while step:
        asked.append(step)
        assert len(asked) < 200, "the questions go round in a circle"
        if step.kind == "add_another":
            _another(filling, step, answers)
        else:
            _answer(filling, step, answers, doubts)
        step = filling.next_open(step.ref)
    return Play(filling, tuple(asked), doubts)


def _another(filling: Filling, step: Step, answers: Answers) -> None:
    assert step.repeat
    rows = _scope(answers, step.repeat.path, step.row).get(step.repeat.path.split("/")[-1], [])
    if filling.rows(step.ref) < len(rows):
        filling.add_row(step.ref)
    else:
        filling.close_repeat(step.ref)


def _answer(filling: Filling, step: Step, answers: Answers, doubts: dict[str, str]) -> None:
    question = step.question
    assert question
    value = _scope(answers, question.path, step.row).get(question.name, "")
    if not value:
        filling.skip(step.ref)
        return
    filling.answer(step.ref, value)
    check = question.columns.get("bot::check", "true()")
    if not filling.test(check, step.ref):
        message = question.columns["bot::check_message"]
        doubts[question.name], _ = filling.fill(message, step.ref, lambda _q, _ref, value: value)


def _scope(answers: Answers, path: str, row: tuple[int, ...]) -> Answers:
    """The answers of the innermost row: repeats of the form are anh_le, hd, hd/anh_hd, anh_tb."""
    for name, number in zip(
        (part for part in path.split("/") if part in REPEATS), row, strict=False
    ):
        rows = answers.get(name, [])
        answers = rows[number - 1] if number <= len(rows) else {}
    return answers


REPEATS = frozenset({"hd", "anh_le", "anh_hd", "anh_tb"})
