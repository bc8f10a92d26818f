"""The chat as a teacher sees it, in a real browser."""

import pytest

from tests.web.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_whole_talk_fits_a_phone_of_360_pixels(phone: Visit, album):
    await phone.come()
    await phone.hear("Đúng trường của thầy/cô chứ?")
    await phone.picture("phone-1-greeting")
    await phone.press("Đúng")
    await phone.hear("Tôi lưu")
    await phone.press("Đồng ý")
    await phone.hear("1 báo cáo cần nộp")
    await phone.picture("phone-2-task")
    await phone.press("Bắt đầu")
    await phone.hear("Trường có ban hành kế hoạch riêng không?")
    await phone.press("Có")
    await phone.hear("Số kế hoạch?")
    await phone.picture("phone-3-question")
    await phone.type("45/KH-THTT")
    await phone.hear("những hình thức nào?")
    await phone.page.get_by_role("checkbox", name="Băng rôn").click()
    await phone.page.get_by_role("checkbox", name="Phát thanh").click()
    await phone.page.wait_for_timeout(300)
    await phone.picture("phone-4-list")
    await phone.press("Xong")
    await phone.hear("Thầy/cô gửi ảnh")
    await phone.page.set_input_files("#gallery", album)
    await phone.hear("Đã nhận 6 ảnh")
    await phone.picture("phone-5-photos")
    await phone.press("Nộp")
    await phone.hear("mã biên nhận")
    await phone.page.wait_for_timeout(500)
    await phone.picture("phone-6-document")
    assert [one.button or one.text for one in phone.bot.received if not one.attachments] == [
        "", "yes", "agree", "begin", "plan", "45/KH-THTT", "kind:0", "kind:1", "done", "submit",
    ]  # fmt: skip
