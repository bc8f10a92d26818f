"""The programme of the opening ceremony: a timetable from a preset, timed and checked."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.documents.document import OfficialDocument, Table, numbered
from bot.documents.outline import build
from bot.errors import AnswerError
from bot.forms.filling import Filling
from bot.forms.sheet import FormPackage, load_form
from bot.forms.xform import Form
from tests.forms.ceremonies import (
    COMMUNE,
    DISTRICT,
    FLAG,
    NOW,
    NURSERY,
    SCHOOL,
    SCHOOLS,
    Answers,
    answered,
    play,
)

TEMPLATES = Path(__file__).parents[2] / "templates"
WORKBOOK = TEMPLATES / "kich-ban-le-khai-mac" / "form.xlsx"
SEED = [  # the frame of the dispatch of 2023, word for word
    ("7h30-8h00", "Tiếp đón đại biểu", "Ban tổ chức"),
    ("8h00-8h15", "Ca nhạc chào mừng (nếu có)", "Ban tổ chức"),
    ("8h15-8h30", "Tuyên bố lý do, giới thiệu đại biểu", "Ban tổ chức"),
    (
        "8h30-8h40",
        "Phát động Tuần lễ hưởng ứng học tập suốt đời năm 2023",
        "Lãnh đạo huyện – Trưởng ban chỉ đạo xây dựng xã hội học tập của địa phương",
    ),
    (
        "8h40-8h50",
        "Đại diện các cơ sở cung cấp cơ hội học tập suốt đời cho mọi người phát biểu hưởng ứng"
        " việc học tập suốt đời",
        "Trường học/Trung tâm Văn hóa – Thể thao và Học tập cộng đồng (do địa phương chọn)",
    ),
    (
        "8h50-9h00",
        "Đại diện người học phát biểu hưởng ứng việc học tập suốt đời",
        "Cá nhân (do địa phương chọn)",
    ),
    ("9h00-9h10", "Đại diện lãnh đạo huyện, cơ quan cấp huyện phát biểu (nếu có)", "-"),
    ("9h10-9h20", "Vận động tặng học bổng, khen thưởng học sinh hiếu học", "-"),
    (
        "9h20-9h30",
        "Lễ gửi thông điệp Học tập suốt đời",
        "Đại diện lãnh đạo huyện, cơ quan cấp huyện (nếu có); Phòng GD&ĐT, Phòng VH-TT, Hội"
        " Khuyến học huyện, thành phố; đại diện lãnh đạo UBND cơ sở (nơi tổ chức lễ khai mạc);"
        " 01 đại diện cơ sở giáo dục và 01 đại diện người học",
    ),
]


@pytest.fixture(scope="module")
def package() -> FormPackage:
    return load_form(WORKBOOK.read_bytes(), WORKBOOK.name)


@pytest.fixture(scope="module")
def form(package: FormPackage) -> Form:
    return Form.compile(package.xform, package.layout)


def table(document: OfficialDocument) -> Table:
    (found,) = (block for block in document.body if isinstance(block, Table))
    return found


def times(filling: Filling) -> list[str]:
    return [row.cells[1] for row in table(build(filling.form, filling)).rows]


def lines(document: OfficialDocument) -> list[str]:
    return [f"{n} {b.text}".strip() for n, b in numbered(document.body) if hasattr(b, "text")]


def part(filling: Filling, code: str, question: str) -> str:
    """Where a question about a part is asked."""
    rows = range(1, filling.rows("/data/hang") + 1)
    (row,) = (f"/data/hang[{n}]" for n in rows if filling.value("ma", f"/data/hang[{n}]") == code)
    return f"{row}/{question}"


# the workbook


def test_the_workbook_has_no_fault(package):
    assert package.warnings == ()


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


def test_the_parts_are_called_as_the_report_of_the_week_calls_them(form):
    week = TEMPLATES / "tuan-le-hoc-tap-suot-doi" / "form.xlsx"
    found = load_form(week.read_bytes(), week.name)
    report = Form.compile(found.xform, found.layout)
    known = report.controls[report.by_name["le_phan"][0]].choices.always
    own = form.controls[form.by_name["phan"][0]].choices.always
    assert {name for name in own if not name.startswith("rieng")} == known


def test_another_year_needs_other_facts_only(form, package):
    texts = [row.get("text", "") for row in package.layout["report"]]
    assert not [text for text in texts if re.search(r"\b20\d\d\b|\bhuyện", text)]
    facts = {"nam": "2026", "chu_de": "Học để làm chủ", "cong_van": "Công văn số 12"}
    document = build(form, answered(form, FLAG | {"ngay": "2026-10-05"}, **facts))
    said = "\n".join([*lines(document), repr(table(document)), document.letterhead.subject])
    assert "năm 2026" in said
    assert "2023" not in said


# the timetable


def test_the_district_frame_is_the_one_of_the_dispatch(form):
    shown = table(build(form, answered(form, DISTRICT)))
    assert [column.title for column in shown.columns] == [
        "STT",
        "Thời gian",
        "Nội dung",
        "Người thực hiện",
    ]
    assert [row.cells[1:] for row in shown.rows] == SEED


@pytest.mark.parametrize(
    ("preset", "minutes"), [("huyen", 120), ("chao_co", 45), ("cap_xa", 90), ("mam_non", 30)]
)
def test_a_preset_is_as_long_as_it_says(form, preset, minutes):
    assert answered(form, SCHOOL | {"mau": preset}).value("tong_phut") == str(minutes)


@pytest.mark.parametrize("school", SCHOOLS)
def test_what_a_preset_ticks_is_there_to_be_kept(form, school):
    filling = answered(form, SCHOOLS[school] | {"phan": ""})
    ticked = filling.value("phan").split()
    assert "phat_dong" in ticked
    assert filling.rows("/data/hang") == len(ticked)
    assert filling.problems() == ()


def test_another_preset_ticks_other_parts(form):
    filling = answered(form, FLAG)
    filling.answer("/data/le/mau", "mam_non")
    assert filling.value("phan").split()[0] == "chao_co"
    assert "gv_phat_bieu" not in filling.value("phan")
    assert times(filling)[-1] == "7h25-7h30"


def test_one_start_times_all_rows_and_a_part_that_goes_closes_the_gap(form):
    filling = answered(form, FLAG)
    assert times(filling)[:3] == ["7h00-7h10", "7h10-7h15", "7h15-7h20"]
    filling.answer("/data/le/gio", "06:45:00.000+07:00")
    assert times(filling)[:3] == ["6h45-6h55", "6h55-7h00", "7h00-7h05"]
    filling.answer("/data/le/phan", "chao_co ly_do phat_dong")
    assert times(filling) == ["6h45-6h55", "6h55-7h00", "7h00-7h05"]


def test_parts_stand_in_their_order_however_they_were_ticked(form):
    filling = answered(form, FLAG)
    filling.answer("/data/le/phan", "gioi_thieu_sach phat_dong chao_co")
    assert [row.cells[2] for row in table(build(form, filling)).rows] == [
        "Chào cờ",
        "Phát động Tuần lễ hưởng ứng học tập suốt đời năm 2023",
        "Giới thiệu sách",
    ]


def test_a_row_is_changed_and_an_own_one_added(form):
    rows = [row.cells[1:] for row in table(build(form, answered(form, COMMUNE))).rows]
    assert rows[2][:3] == ("7h50-8h05", "Văn nghệ chào mừng", "Đội văn nghệ của trường")
    assert rows[2][3] == "Âm thanh, phông, 3 tiết mục"
    assert rows[6] == ("8h45-9h05", "Thi kể chuyện theo sách", "Học sinh khối 4, 5", "-")


def test_rows_that_stay_as_they_are_are_not_asked_about(form):
    seen = []
    play(Filling.start(form, NOW), NURSERY, seen.append)
    assert not [step.ref for step in seen if "/hang[" in step.ref]
    assert len(seen) <= 18


# gaps, overlaps, length


def test_a_part_that_waits_for_its_hour_moves_what_follows_and_the_gap_is_told(form):
    filling = answered(form, COMMUNE)
    assert times(filling)[3:6] == ["8h05-8h15", "8h30-8h40", "8h40-8h45"]
    assert "Giữa các phần có 15 phút chờ theo giờ đã hẹn." in lines(build(form, filling))
    question = form.fields["/data/hang/hen"].columns
    ref = part(filling, "phat_dong", "hen")
    assert not filling.test(question["bot::check"], ref)
    told, _ = filling.fill(question["bot::check_message"], ref, lambda _q, _ref, value: value)
    assert told == "Từ 8h15 đến giờ này còn trống 15 phút, không có phần nào. Vẫn giữ?"
    filling.answer(ref, "08:15:00.000+07:00")
    assert filling.test(question["bot::check"], ref)
    assert "chờ theo giờ" not in " ".join(lines(build(form, filling)))


def test_two_parts_never_overlap(form):
    filling = answered(form, COMMUNE)
    with pytest.raises(AnswerError, match="đến 8h15 mới xong, nên hai phần chồng lên nhau"):
        filling.answer(part(filling, "phat_dong", "hen"), "08:10:00.000+07:00")


def test_an_overlap_that_comes_later_is_found_at_the_end(form):
    filling = answered(form, COMMUNE)
    filling.answer(part(filling, "van_nghe", "phut"), "60")
    (problem,) = filling.problems()
    assert problem.ref == part(filling, "phat_dong", "hen")
    assert "đến 9h00 mới xong" in problem.message


def test_a_gap_is_counted_once_when_two_parts_wait(form):
    waiting = {
        "phat_dong": {"hen": "08:30:00.000+07:00"},
        "hs_phat_bieu": {"hen": "08:50:00.000+07:00"},
    }
    filling = answered(form, COMMUNE | {"sua": "phat_dong hs_phat_bieu", "hang": waiting})
    assert times(filling)[4:7] == ["8h30-8h40", "8h50-8h55", "8h55-9h05"]
    assert filling.value("phut_trong") == "30"


def test_a_programme_that_is_too_long_is_doubted_then_refused(form):
    columns = form.fields["/data/ra_soat/xem"].columns
    fits, long, endless = (
        answered(form, FLAG | {"sua": "chao_co", "hang": {"chao_co": {"phut": minutes}}})
        for minutes in ("10", "20", "10")
    )
    assert fits.test(columns["bot::check"])
    assert not long.test(columns["bot::check"])
    told, _ = long.fill(columns["bot::check_message"], "", lambda _q, _ref, value: value)
    assert told == "Chương trình dài 55 phút, mẫu này thường không quá 45 phút. Vẫn giữ?"
    for row in (1, 2):
        code = endless.value("ma", f"/data/hang[{row}]")
        endless.answer("/data/le/sua", "chao_co van_nghe")
        endless.answer(part(endless, code, "phut"), "120")
    (problem,) = endless.problems()
    assert "dài 270 phút (đến 11h30), quá 4 tiếng" in problem.message


def test_the_whole_is_read_back_before_it_is_confirmed(form):
    seen = {}
    filling = Filling.start(form, NOW)
    play(filling, NURSERY, lambda step: seen.update({step.question.name: step.label}))
    assert seen["xem"].strip().splitlines() == [
        "Chương trình 20 phút, từ 8h00 đến 8h20. Đúng chưa?",
        "8h00-8h05 Chào cờ",
        "8h05-8h10 Văn nghệ chào mừng",
        "8h10-8h15 Phát động Tuần lễ hưởng ứng học tập suốt đời năm 2023",
        "8h15-8h20 Giới thiệu sách",
    ]


@pytest.mark.parametrize(
    ("question", "value", "help"),
    [
        ("le/phan", "chao_co ly_do", "Phát động Tuần lễ"),
        ("le/gio", "21:30:00.000+07:00", "7h30"),
        ("ra_soat/ngay_van_ban", "2023-10-03", "trước hoặc trong ngày lễ"),
    ],
)
def test_a_refused_answer_says_what_to_send_instead(form, question, value, help):
    answers: Answers = DISTRICT
    with pytest.raises(AnswerError, match=re.escape(help)):
        answered(form, answers).answer(f"/data/{question}", value)


@pytest.mark.parametrize("school", SCHOOLS)
def test_a_programme_reads_well(form, school):
    document = build(form, answered(form, SCHOOLS[school]))
    for line in lines(document):
        assert not re.search(r"\$\{|  | [.,;:)]|\.\.|“”|NaN|\(\s*\)", line), line
        assert line[-1] in ".:" or line.isupper() or re.match(r"[IVX]+\. ", line), line
    assert document.letterhead.document_type == "CHƯƠNG TRÌNH"
    assert document.addressees == ()
