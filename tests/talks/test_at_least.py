"""``bot::min``: a questionnaire hopes for so many rows or photos; nobody is stuck without them."""

import pytest

from tests.forms.workbooks import workbook
from tests.samples import photo
from tests.talks.district import District
from tests.talks.paper import Person, Talk

FORM = """
| type         | name | label       | bot::min | bot::max |
| begin_repeat | hd   | Hoạt động   | 2        | 5        |
| text         | ten  | Tên?        |          |          |
| end_repeat   |      |             |          |          |
| begin_repeat | anh  | Ảnh         | 2        | 6        |
| image        | tep  | Ảnh nào?    |          |          |
| text         | chu  | Chú thích?  |          |          |
| end_repeat   |      |             |          |          |
## settings
| form_title | form_id |
| Hoạt động  | hd      |
"""


@pytest.fixture
async def teacher(talk: Talk) -> Person:
    teacher = await District(talk).begin(workbook(FORM))
    await teacher.say("Thi kể chuyện")
    return teacher


async def test_who_stops_early_is_reminded_once(teacher: Person):
    heard = await teacher.press("Đủ rồi")
    assert "Phiếu mong có ít nhất 2 mục, mới có 1." in heard
    assert "Thêm một mục nữa không?" in heard
    await teacher.press("Thêm")
    await teacher.say("Ngày hội đọc sách")
    assert "mong có" not in await teacher.press("Đủ rồi")


async def test_who_has_no_more_says_so_again(teacher: Person):
    assert "mong có ít nhất 2 mục" in await teacher.say("đủ rồi")
    heard = await teacher.say("đủ rồi")
    assert "mong có" not in heard
    assert "Ảnh" in heard


async def test_photos_are_counted(teacher: Person):
    await teacher.press("Đủ rồi")
    await teacher.press("Đủ rồi")
    await teacher.send_photos([photo(1, (1200, 900))])
    while "Gửi thêm ảnh" not in teacher.last.text:
        choices = [choice.label for choice in teacher.last.choices]
        await teacher.press("Đồng ý" if "Đồng ý" in choices else "Bỏ qua")
    assert "mong có ít nhất 2 ảnh, mới có 1" in await teacher.press("Đủ rồi")
    assert "Đã đủ các câu" in await teacher.press("Đủ rồi")
