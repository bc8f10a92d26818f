"""The learning week's workbook: five schools fill it in, and each gets a whole, true report.

``pytest tests/forms/test_learning_week.py -s -k reads`` prints the reports for reading.
"""

import json
import re
import shutil
import subprocess
import sys
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from bot.documents.document import OfficialDocument, Table, numbered
from bot.documents.nd30 import render
from bot.documents.outline import build
from bot.errors import AnswerError
from bot.forms.filling import Filling
from bot.forms.sheet import FormPackage, load_form
from bot.forms.xform import Form
from tests.forms.schools import (
    ELSEWHERE,
    EVERYTHING,
    NO_CEREMONY,
    NOW,
    NURSERY,
    OWN_CEREMONY,
    SCHOOLS,
    Answers,
    play,
)
from tests.samples import photo

WORKBOOK = Path(__file__).parents[2] / "templates" / "tuan-le-hoc-tap-suot-doi" / "form.xlsx"

MODEL = """\
I. TỔ CHỨC TRIỂN KHAI TUẦN LỄ
1. Công tác chỉ đạo, ban hành kế hoạch triển khai, kiểm tra, đôn đốc thực hiện.
2. Lễ phát động Tuần lễ.
3. Nội dung các hoạt động đã triển khai trong Tuần lễ.
4. Kinh phí tổ chức Tuần lễ
II. ĐÁNH GIÁ CHUNG
1. Những kết quả đã đạt được; bài học kinh nghiệm.
2. Khó khăn, tồn tại.
3. Kiến nghị, đề xuất.
4. Bảng tổng hợp số liệu các hoạt động tổ chức Tuần lễ (thống kê theo Mẫu tổng hợp).
"""
TWO_SOURCES = (
    "- Ngân sách nhà nước: ",
    "- Ngân sách hỗ trợ, vận động từ doanh nghiệp và các nguồn hợp pháp khác (nếu có): ",
)
FIGURES = [  # by section
    *("le_to_chuc", "le_nguoi_du"),
    *("bang_ron", "hd_tuyen_truyen", "tin_bai_web", "tin_bai_mxh", "tin_bai_bao"),
    "tin_truyen_thanh",
    *("ct_truc_tuyen", "hoc_lieu_mo", "buoi_phan_mem", "clb_dien_dan", "clb_gv", "clb_hs"),
    "thu_vien_tu_sach",
    *("lop_cap_nhat", "lop_ky_nang", "lop_nghe", "lop_khac", "lop_nguoi_hoc", "lop_voi_ttcd"),
    *("tap_huan_hoi_thao", "giao_luu", "hd_ban_vhxh", "huong_nghiep_hs"),
    *("qua_phan", "qua_tap", "qua_sach", "qua_dung_cu", "qua_hs", "hoc_bong_suat"),
    *("hoc_bong_tien", "khen_hs_ngheo"),
    *("ung_ho_to_chuc", "ung_ho_ca_nhan", "ung_ho_tien", "cham_lo_hs"),
]
ALWAYS = {"bang_ron", "tin_bai_web", "lop_ky_nang", "hoc_bong_suat"}
HOLE = re.compile(
    r"\$\{|  | [.,;:)]|\(\s*\)|[:,;] ?[.;]|\.\.|“”|NaN|\bnone\b|\bfalse\b|[(“] "
    r"|\b(là|gồm|có|để|qua|ngày) ?[.;,]"
)
YEAR = re.compile(r"\b20\d\d\b|\b\d{1,2}/\d{1,2}/\d{4}\b")
NEXT_TIME = {
    "nam": "2026",
    "chu_de": "Học để làm chủ tri thức",
    "tuan_tu": "2026-10-05",
    "tuan_den": "2026-10-11",
    "ngay_khai_mac": "2026-10-05",
    "ngay_so_ket": "2026-10-11",
    "han_nop": "2026-10-20",
    "cong_van": "Công văn số 12/UBND-VHXH ngày 21/9/2026 của Ủy ban nhân dân xã Thủ Thừa",
    "noi_nhan_mac_dinh": "Phòng Văn hóa - Xã hội xã Thủ Thừa",
}


@pytest.fixture(scope="module")
def package() -> FormPackage:
    return load_form(WORKBOOK.read_bytes(), WORKBOOK.name)


@pytest.fixture(scope="module")
def form(package: FormPackage) -> Form:
    return Form.compile(package.xform, package.layout)


@pytest.fixture(scope="module")
def known(package: FormPackage) -> tuple[str, ...]:
    """The questions that a school is asked once and never again."""
    rows = package.layout["survey"]
    return tuple(row["name"] for row in rows if "bot::profile" in row["columns"])


def lines(document: OfficialDocument) -> list[str]:
    """The body as it is printed, a line a paragraph, without tables and photos."""
    return [
        f"{number} {block.text}".strip()
        for number, block in numbered(document.body)
        if hasattr(block, "text")
    ]


def report(form: Form, answers: Answers, **facts: str) -> list[str]:
    return lines(build(form, play(form, answers, **facts).filling))


# the workbook


def test_the_workbook_has_no_fault(package):
    assert package.warnings == ()


def test_pyxform_has_nothing_to_remark():
    program = (
        "import sys; from pyxform.xls2xform import convert; found = [];"
        "convert(sys.stdin.buffer.read(), warnings=found, file_type='.xlsx'); print(found)"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, input=WORKBOOK.read_bytes(), capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"


@pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed")
def test_the_engine_inside_odk_collect_accepts_the_form(package, tmp_path):
    place = "import pyxform; print(pyxform.__path__[0])"
    found = subprocess.run([sys.executable, "-c", place], capture_output=True, check=True)
    jar = Path(found.stdout.decode().strip(), "validators/odk_validate/bin/ODK_Validate.jar")
    file = tmp_path / "form.xml"
    file.write_text(package.xform, encoding="utf-8")
    command = ["java", "-jar", str(jar), str(file)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert b"Xform is valid" in done.stdout + done.stderr


def test_another_year_needs_other_facts_only(package):
    for row in texts_of(package, "text", "relevant"):
        assert not YEAR.search(row), row
    for question in re.findall(r"<label[^>]*>.*?</label>|constraint=\"[^\"]*\"", package.xform):
        assert not YEAR.search(question), question


def test_everything_that_is_mentioned_exists(form, package):
    columns = chain.from_iterable(row["columns"].values() for row in package.layout["survey"])
    for text in (*texts_of(package, "text", "relevant"), *columns):
        for name in re.findall(r"\$\{(.*?)\}", text):
            assert name in form.by_name, text


def texts_of(package: FormPackage, *columns: str) -> list[str]:
    return [row.get(column, "") for row in package.layout["report"] for column in columns]


def test_the_table_has_the_thirty_seven_rows_in_their_order(form, package):
    rows = [row for row in package.layout["survey"] if row["path"].startswith("/data/bang/")]
    kinds = ("integer", "calculate")
    assert [row["name"] for row in rows if row["type"] in kinds] == FIGURES
    assert all(row["columns"]["report::unit"] for row in rows if row["type"] in kinds)


def test_photos_carry_a_caption_and_a_permission(package):
    rows = {row["name"]: row for row in package.layout["survey"]}
    for album in ("anh_le", "anh_hd", "anh_tb"):
        inside = [
            row["type"]
            for row in rows.values()
            if row["path"].startswith(rows[album]["path"] + "/")
        ]
        assert inside == ["image", "text", "select_one phep_anh"]
    typical = rows["anh_tb"]["columns"]
    assert (typical["bot::min"], typical["bot::max"]) == ("1", "10")
    assert rows["hd"]["columns"]["bot::max"] == "5"


# what is asked


@pytest.mark.parametrize("school", SCHOOLS)
def test_a_school_that_answers_what_is_asked_is_done(form, school):
    assert play(form, SCHOOLS[school]).filling.problems() == ()


@pytest.mark.parametrize(
    ("school", "most"),
    [("no ceremony", 30), ("nursery", 40), ("elsewhere", 42), ("own ceremony", 47)],
)
def test_a_school_that_is_known_is_asked_few_questions(form, known, school, most):
    assert len(play(form, SCHOOLS[school], known).names()) <= most


def test_a_profile_is_asked_only_once(form, known):
    assert set(known) <= set(play(form, EVERYTHING).names())
    assert not set(known) & set(play(form, EVERYTHING, known).names())


def test_questions_open_by_what_was_done(form):
    everything = play(form, EVERYTHING).names()
    little = play(form, NO_CEREMONY).names()
    assert set(FIGURES[2:]) <= set(everything)
    assert set(FIGURES) & set(little) == ALWAYS | {"thu_vien_tu_sach", "qua_sach"}


def test_how_the_ceremony_was_held_decides_what_is_asked_about_it(form):
    def asked(answers: Answers) -> set[str]:
        return {name for name in play(form, answers).names() if name.startswith("le_")}

    assert asked(NO_CEREMONY) == {"le_hinh_thuc", "le_ly_do", "le_thay_the"}
    away = {"le_hinh_thuc", "le_ngay", "le_noi", "le_cb", "le_hs", "le_noi_bat"}
    assert asked(ELSEWHERE) == away
    assert asked(NURSERY) == away | {"le_phat_dong", "le_phan"}
    assert asked(OWN_CEREMONY) == asked(NURSERY) | {"le_gio", "le_khach", "le_ph"}
    assert asked(EVERYTHING) == asked(OWN_CEREMONY) | {"le_khach_moi"}


def test_nursery_schools_are_not_asked_about_trades_and_careers(form):
    classes = NURSERY | {"hoat_dong": "lop_hoc", "lop_cap_nhat": "1"}
    assert "lop_nghe" not in play(form, classes).names()
    filling = play(form, NURSERY).filling
    choices = filling.step("/data/viec_lam/hoat_dong").choices
    assert "huong_nghiep" not in [choice.name for choice in choices]


@pytest.mark.parametrize(
    ("question", "value", "sentence"),
    [
        ("le_hs", "650", "Nhiều hơn số học sinh của trường: 560. Vẫn giữ 650?"),
        ("le_cb", "50", "Nhiều hơn số cán bộ, giáo viên, nhân viên của trường: 38. Vẫn giữ 50?"),
        ("le_ngay", "2023-11-02", "ở ngoài Tuần lễ (02/10/2023 – 08/10/2023)"),
        ("lop_voi_ttcd", "9", "Nhiều hơn tổng số lớp"),
        ("hoc_bong_tien", "0", "Trường ghi 5 học bổng"),
        ("ung_ho_tien", "0", "Quy ra tiền khoảng bao nhiêu?"),
        ("ngan_sach", "1500", "thừa hoặc thiếu số 0"),
        ("van_dong", "3000000000", "thừa hoặc thiếu số 0"),
        ("ket_qua", "Tốt", "kể thêm một ý"),
        ("ten_truong", "Trường TH Tân Thành", "tên viết đủ"),
        ("kho_khan", "khong", "Không có khó khăn đáng kể"),
        ("ngay_bao_cao", "2023-10-15", "sau hạn nộp"),
    ],
)
def test_a_doubtful_answer_is_asked_about_once(form, question, value, sentence):
    assert play(form, EVERYTHING).doubts == {}
    assert sentence in play(form, EVERYTHING | {question: value}).doubts[question]


@pytest.mark.parametrize(
    ("caption", "doubted"),
    [
        ("Em Nguyễn Thị Lan đọc sách", True),
        ("Liên hệ 0912345678", True),
        ("Học sinh Trường Tiểu học Tân Thành đọc sách", False),
        ("Học sinh lớp 5A đọc sách tại thư viện", False),
    ],
)
def test_a_caption_that_seems_to_name_a_pupil_is_asked_about(form, caption, doubted):
    album = [EVERYTHING["anh_tb"][0] | {"anh_tb_chu_thich": caption}]
    assert ("anh_tb_chu_thich" in play(form, EVERYTHING | {"anh_tb": album}).doubts) is doubted


@pytest.mark.parametrize(
    ("question", "value", "help"),
    [
        ("co_quan_chu_quan", "UBND huyện", "UBND huyện Thủ Thừa"),
        ("ky_hieu", "th tt", "THTT"),
        ("dia_danh", "Tân Thành, ngày 2", "Tân Thành"),
        ("nguoi_ky", "ThS. Nguyễn Văn A", "Nguyễn Văn A"),
        ("so_ke_hoach", "Kế hoạch số 45", "45/KH-THTT"),
        ("ngay_ke_hoach", "2023-10-20", "08/10/2023"),
        ("kiem_tra", "51", "50"),
        ("bang_ron", "-1", "gõ 0"),
        ("ngan_sach", "-5", "1tr5"),
        ("lam_tot", "không có", "Bỏ qua"),
        ("chua_lam", "Ko", "Bỏ qua"),
        ("hien_vat", "K", "Bỏ qua"),
        ("ket_qua", "120% học sinh tham gia", "100%"),
        ("kho_khan", "khong mang", "chọn lại"),
        ("kien_nghi", "khong xa", "chọn lại"),
        ("ngay_bao_cao", "2023-10-31", "hôm nay"),
        ("ngay_bao_cao", "2022-10-09", "02/10/2023"),
    ],
)
def test_a_refused_answer_says_what_to_send_instead(form, question, value, help):
    filling = play(form, EVERYTHING).filling
    ref = next(step.ref for step in filling.steps() if step.ref.endswith(f"/{question}"))
    with pytest.raises(AnswerError, match=re.escape(help)):
        filling.answer(ref, value)


@pytest.mark.parametrize("name", ["mong đợi không gì hơn", "Kông viên", "không khí vui tươi"])
def test_words_that_only_begin_like_no_are_taken(form, name):
    filling = play(form, EVERYTHING).filling
    filling.answer("/data/danh_gia/lam_tot", name)


# what is printed


@pytest.mark.parametrize("school", SCHOOLS)
def test_a_report_reads_well(form, school):
    written = report(form, SCHOOLS[school])
    sys.stdout.write(f"\n\n=== {school} ===\n" + "\n".join(written) + "\n")
    for line in written:
        assert not HOLE.search(line.removeprefix("- ")), line
        assert line[-1] in ".:)" or line in MODEL, line


@pytest.mark.parametrize("school", SCHOOLS)
def test_the_headings_are_those_of_the_model_word_for_word(form, school):
    written = report(form, SCHOOLS[school])
    headings = [line for line in written if re.match(r"[IVX]+\. |\d\. ", line)]
    assert headings == MODEL.splitlines()
    for source in TWO_SOURCES:
        assert sum(line.startswith(source) for line in written) == 1


@pytest.mark.parametrize("school", SCHOOLS)
def test_nothing_stands_under_a_heading_but_something_always_does(form, school):
    written = report(form, SCHOOLS[school])
    for line, following in zip(written, [*written[1:], ""], strict=True):
        if re.match(r"\d\. ", line):
            assert following
            assert not re.match(r"\d\. |[IVX]+\. ", following)


@pytest.mark.parametrize("school", SCHOOLS)
def test_who_skips_all_that_may_be_skipped_gets_a_report_without_holes(form, school):
    answers = SCHOOLS[school]
    optional = [
        step.question.name
        for step in play(form, answers).asked
        if step.question and not step.required and step.question.type != "note"
    ]
    least = {name: value for name, value in answers.items() if name not in optional}
    least["hd"] = [
        {name: value for name, value in row.items() if name not in (*optional, "anh_hd")}
        for row in answers["hd"]
    ]
    written = report(form, least)
    assert len(optional) > 5
    assert [line for line in MODEL.splitlines() if line not in written] == []
    assert [line for line in written if HOLE.search(line.removeprefix("- "))] == []


@pytest.mark.parametrize("school", SCHOOLS)
def test_every_number_in_the_text_was_answered(form, school):
    played = play(form, SCHOOLS[school])
    given = numbers(str(SCHOOLS[school]))
    given |= numbers(" ".join(map(str, played.filling.state()["values"].values())))
    written = numbers(
        " ".join(re.sub(r"^\d\.|Phụ lục \w+", "", x) for x in lines(build(form, played.filling)))
    )
    assert written <= given


def numbers(text: str) -> set[int]:
    without_dots = re.sub(r"(?<=\d)\.(?=\d{3}\b)", "", text)
    return {int(number) for number in re.findall(r"\d+", without_dots)}


def test_the_ceremony_is_told_as_it_was_held(form):
    def told(answers: Answers) -> str:
        written = report(form, answers)
        return written[written.index("2. Lễ phát động Tuần lễ.") + 1]

    assert told(OWN_CEREMONY).startswith(
        "Lúc 7h15 ngày 02/10/2023, nhà trường tổ chức Lễ phát động Tuần lễ tại sân trường"
    )
    assert told(OWN_CEREMONY | {"le_gio": ""}).startswith("Ngày 02/10/2023, nhà trường tổ chức Lễ")
    assert "phối hợp với địa phương" in told(EVERYTHING)
    assert "tham dự Lễ khai mạc Tuần lễ được tổ chức chung tại Trường Tiểu học" in told(ELSEWHERE)
    assert "lồng ghép trong giờ chào cờ" in told(NURSERY)
    assert told(NO_CEREMONY) == (
        "Nhà trường không tổ chức Lễ phát động Tuần lễ. Lý do: Mưa lớn kéo dài, sân trường ngập"
        " nước. Hoạt động thay thế: Tuyên truyền chủ đề Tuần lễ trong giờ sinh hoạt lớp."
    )


def test_money_is_told_by_its_two_sources_and_their_sum(form):
    much, none = report(form, EVERYTHING), report(form, NO_CEREMONY)
    assert TWO_SOURCES[0] + "1.500.000 đồng." in much
    assert TWO_SOURCES[1] + "3.000.000 đồng." in much
    assert "Tổng kinh phí: 4.500.000 đồng." in much
    assert TWO_SOURCES[1] + "0 đồng." in none
    assert "Việc tổ chức Tuần lễ không phát sinh kinh phí." in none
    assert not [line for line in none if line.startswith(("Tổng kinh phí", "Nguồn hỗ trợ"))]


def test_proposals_are_grouped_by_who_should_hear_them(form):
    assert [line.split(":")[0] for line in report(form, EVERYTHING) if "- Đối với" in line] == [
        "- Đối với Phòng Giáo dục và Đào tạo huyện Thủ Thừa",
        "- Đối với Sở Giáo dục và Đào tạo",
        "- Đối với Ủy ban nhân dân xã, phường, thị trấn",
        "- Đối với Hội Khuyến học huyện",
    ]
    assert "Nhà trường không có kiến nghị, đề xuất." in report(form, NURSERY)


def test_who_is_addressed_is_named_above_and_not_again_below(form):
    addressed = build(form, play(form, EVERYTHING).filling)
    assert addressed.addressees == ("Phòng Giáo dục và Đào tạo huyện Thủ Thừa",)
    assert addressed.recipients == ("Như trên", "UBND xã Tân Thành", "Lưu: VT")

    as_in_the_model = build(form, play(form, NO_CEREMONY).filling)
    assert as_in_the_model.addressees == ()
    assert as_in_the_model.recipients == ("Phòng Giáo dục và Đào tạo huyện Thủ Thừa", "Lưu: VT")

    other = {"kinh_gui": "noi_khac", "kinh_gui_noi": "Sở Giáo dục và Đào tạo Long An"}
    elsewhere = build(form, play(form, NURSERY | other).filling)
    assert elsewhere.addressees == ("Sở Giáo dục và Đào tạo Long An",)


def test_a_deputy_signs_for_the_head(form):
    head = build(form, play(form, EVERYTHING).filling).signature
    deputy = build(form, play(form, NURSERY).filling).signature
    assert (head.authority, head.title, head.name) == ("", "HIỆU TRƯỞNG", "Nguyễn Văn A")
    assert (deputy.authority, deputy.title) == ("KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG")


def test_number_and_day_stay_blank_until_the_clerk_gives_them(form):
    head = build(form, play(form, NURSERY).filling).letterhead
    assert (head.number, head.date) == ("", "2023-10")
    head = build(form, play(form, EVERYTHING).filling).letterhead
    assert (int(head.number), head.date, head.symbol) == (5, "2023-10-09", "THTT")


def test_the_table_tells_zero_from_never_answered(form):
    appendix = build(form, play(form, NO_CEREMONY).filling).appendices[0]
    table = next(block for block in appendix.body if isinstance(block, Table))
    figures = [row for row in table.rows if not row.section]
    sections = [row.cells[1] for row in table.rows if row.section]
    assert len(figures) == 37
    assert len(sections) == 6
    assert [row.cells[3] for row in figures[:4]] == ["0", "0", "0", "-"]


def test_photos_without_permission_are_not_shown_and_not_pointed_to(form):
    document = build(form, play(form, NO_CEREMONY).filling)
    assert len(document.appendices) == 1
    assert "Phụ lục II" not in " ".join(lines(document))
    assert "Phụ lục kèm theo" in lines(document)[-1]


def test_text_and_table_take_a_number_from_one_store(form):
    filling = play(form, EVERYTHING).filling
    filling.answer("/data/le/le_hs", "45")
    document = build(form, filling)
    table = next(block for block in document.appendices[0].body if isinstance(block, Table))
    assert table.rows[2].cells[3] == "132"
    assert [line for line in lines(document) if "45 học sinh" in line and "132 người" in line]


def test_next_years_campaign_only_presets_other_facts(form):
    shifted = json.loads(json.dumps(OWN_CEREMONY).replace("2023-", "2026-"))
    document = build(form, play(form, shifted, **NEXT_TIME).filling)
    text = "\n".join([*lines(document), document.letterhead.subject, *document.addressees])
    assert "2023" not in text
    assert " huyện " not in text
    assert "Công văn số 12/UBND-VHXH" in text
    assert "“Học để làm chủ tri thức”" in text
    assert all("2026" in appendix.title for appendix in document.appendices)


def test_the_questionnaire_may_be_left_and_taken_up_anywhere(form):
    filling = play(form, EVERYTHING).filling
    again = Filling.resume(form, filling.state(), NOW)
    assert build(form, again) == build(form, filling)


@pytest.mark.parametrize("school", SCHOOLS)
def test_the_report_becomes_a_word_file(form, school, tmp_path):
    file = tmp_path / "photo.jpg"
    file.write_bytes(photo(1, (400, 300)))
    document: Any = build(form, play(form, SCHOOLS[school]).filling)
    assert render(document, lambda _key: file).startswith(b"PK")
