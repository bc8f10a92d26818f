"""A workbook from a school office's everyday life, with a Word layout of its own: no Python."""

from pathlib import Path

import pytest

from bot.documents import nd30, word_template
from bot.documents.outline import build
from bot.errors import AnswerError
from bot.forms.sheet import load_form
from bot.forms.xform import Form
from tests.documents.nd30_check import violations
from tests.documents.word import read
from tests.forms.kitchens import GOOD, KITCHENS, NONE, TROUBLED, answered

FOLDER = Path(__file__).parents[2] / "templates" / "an-toan-bep-an"
LAYOUT = (FOLDER / "report.docx").read_bytes()


@pytest.fixture(scope="module")
def form() -> Form:
    package = load_form((FOLDER / "form.xlsx").read_bytes(), "form.xlsx")
    assert package.warnings == ()
    return Form.compile(package.xform, package.layout)


def own(form: Form, answers, **facts: str) -> bytes:
    filling = answered(form, answers, **facts)
    return word_template.render(LAYOUT, form, filling, {}, lambda _key: Path())


def test_the_word_file_has_no_fault(form):
    assert word_template.faults_of(LAYOUT, form) == ()


@pytest.mark.parametrize("school", KITCHENS)
def test_both_layouts_keep_the_decree(form, school):
    filling = answered(form, KITCHENS[school])
    assert filling.problems() == ()
    assert violations(nd30.render(build(form, filling), lambda _key: Path())) == []
    assert violations(own(form, KITCHENS[school])) == []


def test_what_went_well_and_what_did_not_is_said_as_it_was_answered(form):
    good, troubled = read(own(form, GOOD)), read(own(form, TROUBLED))
    assert "| 320 | 2 | 25.000 | 6 | 6 | 6 |" in good
    assert "| 3 | Kiểm nghiệm nguồn nước trong năm | Đã làm |" in good
    assert "| 2 | Cơ sở thịt Năm Lành | thịt heo | Có | Có |" in good
    assert "Trong kì không xảy ra vụ ngộ độc thực phẩm nào." in good
    assert "| 3 | Kiểm nghiệm nguồn nước trong năm | Chưa làm |" in troubled
    assert "Còn 2 người nấu ăn, phục vụ chưa có giấy khám sức khỏe còn hạn." in troubled
    assert "Việc chưa làm: Đang chờ kết quả kiểm nghiệm nước." in troubled
    assert not [line for line in troubled if "không xảy ra" in line]


def test_a_school_without_a_kitchen_is_asked_nothing_about_it(form):
    filling = answered(form, NONE)
    assert len(list(filling.steps())) <= 9
    assert read(own(form, NONE)).count("Nhà trường không tổ chức ăn bán trú.") == 1
    assert not [line for line in read(own(form, NONE)) if "TÌNH HÌNH" in line]


def test_nobody_more_than_there_are_has_a_paper(form):
    filling = answered(form, GOOD)
    with pytest.raises(AnswerError, match="Từ 0 đến số người nấu ăn, phục vụ: 6"):
        filling.answer("/data/so_lieu/kham", "7")


def test_the_next_period_is_another_fact(form):
    text = "\n".join(read(own(form, GOOD, hoc_ki="học kì II", noi_nhan="UBND xã Bình An")))
    assert "bán trú học kì II như sau" in text
    assert "Kính gửi: UBND xã Bình An" in text
    assert "2026-2027" not in text
