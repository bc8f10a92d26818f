"""A questionnaire with what is no word and no number: places, moments, drawings, files."""

from pathlib import Path

from bot import operator
from bot.chat import Attachment
from tests.forms.workbooks import workbook
from tests.talks.conftest import join
from tests.talks.paper import Talk

FORM = """
    | type     | name  | label                  | appearance |
    | geopoint | o_dau | Trường ở đâu?          |            |
    | geotrace | duong | Đường đến trường       |            |
    | image    | ky    | Chữ ký của hiệu trưởng | signature  |
    | dateTime | luc   | Khai giảng lúc nào?    |            |
    | text     | ghi   | Ghi chú                |            |
    ## settings
    | form_title | form_id |
    | Địa điểm   | noi     |
"""


async def begun(talk: Talk, folder: Path):
    form = folder / "noi.xlsx"
    form.write_bytes(workbook(FORM))
    bot = talk.bot
    order = operator.CampaignOrder(
        form=form, office="Phòng GD&ĐT Thủ Thừa", due="trước ngày 15/10/2023", title="Địa điểm"
    )
    await operator.open_campaign(bot.database, bot.files, bot.deeds, order, talk.clock())
    invited = await operator.invite(
        bot.database, bot.deeds, school="TH Bình An", level="TH", role="reporter", now=talk.clock()
    )
    person = talk.person()
    assert "Trường ở đâu?" in await join(person, invited.code)
    return person


async def test_a_place_is_sent_and_what_no_chat_can_ask_is_named_and_left_out(talk, tmp_path):
    person = await begun(talk, tmp_path)
    assert "Tôi chưa hiểu" in await person.say("gần chợ")
    said = await person.say("", attachments=(Attachment("location", "10.535 106.404"),))
    assert "10.535 106.404" in said
    assert 'Câu "Đường đến trường" không làm được trong chat' in said
    assert 'Câu "Chữ ký của hiệu trưởng" không làm được trong chat' in said
    assert "Khai giảng lúc nào?" in said


async def test_a_place_is_typed_and_a_moment_too(talk, tmp_path):
    person = await begun(talk, tmp_path)
    await person.say("10,535 106,404")
    assert "Ghi chú" in await person.say("7h30 ngày 5/9/2023")
    await person.say("không")
    said = await person.say("xem lại")
    assert "10.535 106.404" in said
    assert "7h30 ngày 05/09/2023" in said


async def test_a_location_where_none_is_asked_for_is_no_answer(talk, tmp_path):
    person = await begun(talk, tmp_path)
    await person.say("10.535, 106.404")
    said = await person.say("", attachments=(Attachment("location", "10.5 106.4"),))
    assert "Tôi chỉ đọc được chữ và ảnh" in said
    assert "Khai giảng lúc nào?" in said


KEPT = """
    | type        | name | label          | default | required | bot::check     | bot::check_message              | calculation |
    | integer     | so   | Có bao nhiêu?  | 3       | yes      |                |                                 |             |
    | acknowledge | xem  | Là ${gap} cái. |         | yes      | ${gap} <= 5    | Nhiều quá: ${gap}. Vẫn giữ?     |             |
    | calculate   | gap  |                |         |          |                |                                 | ${so} * 2   |
    ## settings
    | form_title | form_id |
    | Đếm        | dem     |
"""  # noqa: E501


async def test_what_is_there_already_is_kept_and_what_is_shown_is_confirmed(talk, tmp_path):
    form = tmp_path / "dem.xlsx"
    form.write_bytes(workbook(KEPT))
    bot = talk.bot
    order = operator.CampaignOrder(
        form=form, office="Phòng GD&ĐT Thủ Thừa", due="trước ngày 15/10/2023", title="Đếm"
    )
    await operator.open_campaign(bot.database, bot.files, bot.deeds, order, talk.clock())
    invited = await operator.invite(
        bot.database, bot.deeds, school="TH Bình An", level="TH", role="reporter", now=talk.clock()
    )
    person = talk.person()
    assert "Đang ghi: 3" in await join(person, invited.code)
    assert "Là 6 cái." in await person.press("Giữ nguyên")
    assert 'bấm "Đúng, đã xem"' in await person.say("chưa")
    assert "Nhiều quá: 6. Vẫn giữ?" in await person.say("xem rồi")
    assert "Đã đủ các câu" in await person.press("Giữ nguyên")
    assert "2. Là 6 cái.: đã xem" in await person.say("xem lại")
