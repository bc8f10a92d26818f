"""A table for a repeat: pasted or sent, shown as it was read, written when that is agreed to."""

import io
from collections.abc import AsyncIterator
from pathlib import Path
from unicodedata import normalize

import pytest
from openpyxl import Workbook, load_workbook

from bot.chat import File
from tests.talks.sheets import Asked, row, workbook

SURVEY = (
    row("text", "ten", "Tên trường?", short="Tên"),
    row("begin_repeat", "lop", "Lớp học"),
    row("text", "lop_ten", "Tên lớp là gì?", short="Tên lớp", required="yes"),
    row(
        *("integer", "si_so", "Sĩ số bao nhiêu?"),
        short="Sĩ số",
        required="yes",
        constraint=". <= 60",
        constraint_message="Một lớp nhiều nhất 60 học sinh",
    ),
    row("select_one loai", "loai", "Loại lớp?", short="Loại"),
    row("date", "ngay", "Ngày họp?", short="Ngày họp"),
    row("end_repeat"),
    row("text", "cuoi", "Ý kiến khác?", short="Ý kiến"),
)
CHOICES = (("loai", "mot_buoi", "Một buổi"), ("loai", "hai_buoi", "Hai buổi"))


@pytest.fixture
async def asked(tmp_path: Path) -> AsyncIterator[Asked]:
    asked = Asked(tmp_path)
    await asked.open(workbook(SURVEY, CHOICES))
    yield asked
    await asked.talk.close()


async def to_the_repeat(asked: Asked) -> str:
    await asked.begin()
    return await asked.teacher.say("Bình An")


def excel(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for line in rows:
        book.active.append(line)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


HEADED = "STT\tLớp\tSi so\tLoại\tNgày họp\n1\t5A\t32\thai buổi\t2/10\n2\t5B\t30\tmot buoi\t3/10"


async def test_a_pasted_table_is_shown_and_written_only_when_agreed_to(asked: Asked):
    await to_the_repeat(asked)
    heard = await asked.teacher.say(HEADED.replace("Lớp", "Tên lớp"))
    assert "Đọc được 2 hàng" in heard
    assert "1. 5A · 32 · Hai buổi · 02/10/2023" in heard
    assert "2. 5B · 30 · Một buổi · 03/10/2023" in heard
    assert await asked.answers() == {"ten": "Bình An"}
    heard = await asked.teacher.press("Ghi 2 hàng")
    assert "✓ Đã ghi 2 hàng" in heard
    assert "đã có 2" in heard
    assert await asked.answers() == {
        "ten": "Bình An",
        "lop[1]/lop_ten": "5A",
        "lop[1]/si_so": "32",
        "lop[1]/loai": "hai_buoi",
        "lop[1]/ngay": "2023-10-02",
        "lop[2]/lop_ten": "5B",
        "lop[2]/si_so": "30",
        "lop[2]/loai": "mot_buoi",
        "lop[2]/ngay": "2023-10-03",
    }
    before = await asked.answers()
    await asked.teacher.press("Ghi 2 hàng")  # a double tap
    assert await asked.answers() == before


async def test_a_table_that_is_not_wanted_leaves_nothing(asked: Asked):
    before = await to_the_repeat(asked)
    await asked.teacher.say(HEADED)
    heard = await asked.teacher.press("Bỏ")
    assert "chưa ghi gì" in heard
    assert before.splitlines()[-1] in heard
    assert await asked.answers() == {"ten": "Bình An"}


async def test_a_table_waits_while_something_else_is_asked_and_gives_way_to_an_answer(asked: Asked):
    await to_the_repeat(asked)
    await asked.teacher.say(HEADED)
    await asked.teacher.say("trợ giúp")
    heard = await asked.teacher.say("ghi")
    assert "✓ Đã ghi 2 hàng" in heard
    await asked.teacher.say(HEADED)
    heard = await asked.teacher.say("đủ rồi")
    assert "Ý kiến khác?" in heard
    heard = await asked.teacher.press("Ghi thêm 2 hàng")
    assert "Ý kiến khác?" in heard
    assert "lop[3]/lop_ten" not in await asked.answers()


async def test_cells_that_cannot_be_read_or_break_a_rule_are_named_and_asked_later(asked: Asked):
    await to_the_repeat(asked)
    heard = await asked.teacher.say(
        "Tên lớp\tSĩ số\tLoại\n5A\t32\tHai buổi\n5B\t99\tHai buổi\n5C\tba mươi mấy\tBuổi tối"
    )
    assert "Đọc được 3 hàng" in heard
    assert '– hàng 2, cột Sĩ số: "99" – Một lớp nhiều nhất 60 học sinh' in heard
    assert '– hàng 3, cột Sĩ số: chưa đọc được "ba mươi mấy"' in heard
    assert '– hàng 3, cột Loại: chưa đọc được "Buổi tối"' in heard
    assert "3 ô chưa ghi được" in heard
    heard = await asked.teacher.press("Ghi 3 hàng")
    assert "Sĩ số bao nhiêu?" in heard
    assert "Lớp học (2)" in heard
    heard = await asked.teacher.say("33")
    assert "Lớp học (3)" in heard
    assert "Sĩ số bao nhiêu?" in heard


async def test_lines_copied_from_a_messenger_are_read_by_their_order(asked: Asked):
    await to_the_repeat(asked)
    heard = await asked.teacher.say(normalize("NFD", "5A; 32; hai buổi\n5B; 30; một buổi"))
    assert "Các cột theo thứ tự: Tên lớp; Sĩ số; Loại" in heard
    assert "1. 5A · 32 · Hai buổi" in heard
    heard = await asked.teacher.say("| 6A | 40 |\n|---|---|\n| 6B | 41 |\n| 6C | 42 |")
    assert "Đọc được 3 hàng" in heard  # another table takes the place of the one that waits
    heard = await asked.teacher.say("1  7A  40\n2  7B  41")
    assert "1. 1 · 7A" not in heard
    heard = await asked.teacher.say("ghi")
    assert "✓ Đã ghi 2 hàng" in heard


async def test_a_table_is_settled_by_numbers_where_there_are_no_buttons(asked: Asked):
    await asked.begin_on_slips()
    await asked.slip("Bình An")
    heard = await asked.slip("5A; 32\n5B; 30")
    assert "Đọc được 2 hàng" in heard
    heard = await asked.slip("1")
    assert "✓ Đã ghi 2 hàng" in heard
    assert (await asked.answers())["lop[2]/si_so"] == "30"


async def test_rows_that_are_there_are_kept_or_replaced(asked: Asked):
    await to_the_repeat(asked)
    await asked.teacher.say("5A; 32\n5B; 30")
    await asked.teacher.say("ghi")
    heard = await asked.teacher.say("6A; 40\n6B; 41\n6C; 42")
    labels = [choice.label for choice in asked.teacher.last.choices]
    assert labels == ["Ghi thêm 3 hàng", "Thay 2 hàng cũ", "Bỏ"]
    heard = await asked.teacher.press("Ghi thêm 3 hàng")
    assert "đã có 5" in heard
    await asked.teacher.say("7A; 40\n7B; 41")
    heard = await asked.teacher.press("Thay 5 hàng cũ")
    assert "đã có 2" in heard
    names = {key: value for key, value in (await asked.answers()).items() if "lop_ten" in key}
    assert names == {"lop[1]/lop_ten": "7A", "lop[2]/lop_ten": "7B"}


async def test_the_template_is_filled_in_and_sent_back(asked: Asked):
    heard = await to_the_repeat(asked)
    if "Tải mẫu Excel" not in [choice.label for choice in asked.teacher.last.choices]:
        heard = await asked.teacher.say("mẫu bảng")
    else:
        heard = await asked.teacher.press("Tải mẫu Excel")
    assert "điền mỗi hàng một mục" in heard
    (file,) = next(m.files for m in reversed(asked.teacher.messages) if m.files)
    assert isinstance(file, File)
    assert file.name.endswith(".xlsx")
    path = await asked.talk.bot.paperwork.path(file)
    book = load_workbook(io.BytesIO(path.read_bytes()))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["Tên lớp", "Sĩ số", "Loại", "Ngày họp"]
    assert [cell.value for cell in book["Danh mục"]["C"]] == ["Loại", "Một buổi", "Hai buổi"]
    for line in (("5A", 32, "Hai buổi", "2/10/2023"), ("5B", 30, "Một buổi", "3/10/2023")):
        sheet.append(line)
    filled = io.BytesIO()
    book.save(filled)
    heard = await asked.send(filled.getvalue(), "lop.xlsx")
    assert "Đọc được 2 hàng" in heard
    await asked.teacher.press("Ghi 2 hàng")
    assert (await asked.answers())["lop[2]/ngay"] == "2023-10-03"


async def test_a_workbook_with_real_dates_and_a_text_file(asked: Asked):
    from datetime import datetime  # noqa: PLC0415

    await to_the_repeat(asked)
    content = excel(
        ("STT", "Tên lớp", "Sĩ số", "Ngày họp", "Ghi chú"),
        (1, "5A", 32, datetime(2023, 10, 2), "x"),  # noqa: DTZ001
        (2, "5B", 30.0, None, None),
    )
    heard = await asked.send(content, "danh-sach.xlsx")
    assert "1. 5A · 32 · 02/10/2023" in heard
    assert "Cột không dùng: Ghi chú" in heard
    heard = await asked.send("Tên lớp,Sĩ số\n6A,40\n6B,41\n".encode(), "lop.csv")
    assert "Đọc được 2 hàng" in heard
    heard = await asked.send(b"PK\x03\x04nothing", "hong.xlsx")
    assert "chưa mở được bảng này" in heard


async def test_too_many_columns_need_a_head_row(asked: Asked):
    await to_the_repeat(asked)
    heard = await asked.teacher.say("a\tb\tc\td\te\tf\ng\th\ti\tj\tk\tl")
    assert "nhiều cột hơn số câu" in heard
    assert "Tên lớp; Sĩ số; Loại; Ngày họp" in heard


async def test_only_as_many_rows_as_the_form_allows(tmp_path: Path):
    asked = Asked(tmp_path)
    survey = [dict(line) for line in SURVEY]
    survey[1]["bot::max"] = "2"
    await asked.open(workbook(survey, CHOICES))
    await to_the_repeat(asked)
    heard = await asked.teacher.say("5A; 32\n5B; 30\n5C; 31")
    assert "Chỉ ghi được 2 hàng" in heard
    heard = await asked.teacher.press("Ghi 2 hàng")
    assert "Ý kiến khác?" in heard
    await asked.talk.close()


async def test_an_answer_with_signs_in_it_is_no_table(asked: Asked):
    await to_the_repeat(asked)
    if "Tên lớp là gì?" not in asked.teacher.last.text:
        await asked.teacher.press("Thêm")
    heard = await asked.teacher.say("5A; 5B")
    assert "✓ Tên lớp: 5A; 5B" in heard


async def test_a_repeat_with_one_question_takes_a_line_for_each_row(tmp_path: Path):
    asked = Asked(tmp_path)
    survey = [
        row("begin_repeat", "khach", "Khách mời"),
        row("text", "ai", "Khách là ai?", short="Khách"),
        row("end_repeat"),
    ]
    await asked.open(workbook(survey))
    await asked.begin()
    heard = await asked.teacher.say("Hội Khuyến học\nUBND xã\nHội Phụ nữ")
    assert "Đọc được 3 hàng" in heard
    await asked.teacher.press("Ghi 3 hàng")
    assert await asked.answers() == {
        "khach[1]/ai": "Hội Khuyến học",
        "khach[2]/ai": "UBND xã",
        "khach[3]/ai": "Hội Phụ nữ",
    }
    await asked.talk.close()
