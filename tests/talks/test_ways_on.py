"""The ways on where they are easily forgotten: after the last row, at an answer the form gives."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.talks.sheets import Asked, row, workbook

ROWS = (
    row("begin_repeat", "hd", "Hoạt động"),
    row("text", "ten", "Tên?"),
    row("end_repeat"),
    row("text", "them", "Ý kiến khác?"),
)
GIVEN = (
    {**row("integer", "lop", "Bao nhiêu lớp?", constraint=". > 5"), "default": "3"},
    {**row("text", "mau", "Mẫu nào?"), "default": "Mẫu BC"},
    row("text", "them", "Ý kiến khác?"),
)
MORE, OTHER, DONE = "Thêm một mục nữa không?", "Ý kiến khác?", "Đã đủ các câu"


@pytest.fixture
async def asked(tmp_path: Path) -> AsyncIterator[Asked]:
    asked = Asked(tmp_path)
    yield asked
    await asked.talk.close()


async def after_a_row(asked: Asked) -> None:
    await asked.open(workbook(ROWS))
    await asked.begin()
    assert MORE in await asked.teacher.say("Ngày hội đọc sách")


async def test_whether_there_are_more_rows_can_be_put_off_and_is_asked_at_the_end(asked: Asked):
    await after_a_row(asked)
    heard = await asked.teacher.press("Để sau")
    assert "Để sau: Hoạt động" in heard
    assert OTHER in heard
    assert MORE in await asked.teacher.say("không có")
    assert DONE in await asked.teacher.say("để sau"), "nothing is left to ask before it"


@pytest.mark.parametrize("words", ["bỏ qua", "giữ nguyên"])
async def test_these_words_say_that_there_are_no_more_rows(asked: Asked, words: str):
    await after_a_row(asked)
    assert OTHER in await asked.teacher.say(words)
    assert DONE in await asked.teacher.say("không có")


async def test_an_answer_the_form_begins_with_is_confirmed_once_unless_it_breaks_a_rule(
    asked: Asked,
):
    await asked.open(workbook(GIVEN))
    assert "Đang ghi: 3" in await asked.begin()
    heard = await asked.teacher.press("Giữ nguyên")
    assert "chưa hợp lệ" in heard
    assert "Bao nhiêu lớp?" in heard
    heard = await asked.teacher.say("6")
    assert "Đang ghi: Mẫu BC" in heard
    assert OTHER in await asked.teacher.press("Giữ nguyên")
    assert DONE in await asked.teacher.say("không có")
    answers = await asked.answers()
    assert (answers["lop"], answers["mau"]) == ("6", "Mẫu BC")
