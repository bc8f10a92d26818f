"""The invitation's page also leads into other apps, and gives the line to type there."""

import pytest

from bot.chat import Way
from tests.web.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ZALO = Way("Zalo", "https://zalo.me/s/botcreator/?id=1459232241454765289")
TELEGRAM = Way("Telegram", "https://t.me/thuthua_baocao_bot?start={code}")
SIDEWAYS = """() => ["html", "#scroll"].some((name) => {
  const node = document.querySelector(name);
  return node.scrollWidth > node.clientWidth;
})"""


async def test_an_invited_person_may_go_on_in_zalo(phone: Visit):
    phone.bot.ways = (ZALO, TELEGRAM)
    await phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = phone.page
    await phone.come("/moi/7K3M9QXD")
    await phone.hear("Đúng trường của thầy/cô chứ?")
    await phone.picture("moi-phone-1")
    await page.locator("summary", has_text="Mở trong Zalo").click()
    await page.get_by_text("BATDAU 7K3M-9QXD").wait_for()
    await phone.picture("moi-phone-2")
    assert not await page.evaluate(SIDEWAYS)
    assert await page.locator("a", has_text="Mở trong Zalo").get_attribute("href") == ZALO.url
    assert await page.locator("a", has_text="Mở trong Telegram").get_attribute("href") == (
        "https://t.me/thuthua_baocao_bot?start=7K3M9QXD"
    )
    await page.get_by_role("button", name="Sao chép").click()
    await page.get_by_role("button", name="Đã chép").wait_for()
    assert await page.evaluate("navigator.clipboard.readText()") == "BATDAU 7K3M-9QXD"
    await phone.press("Đúng")  # they stay here: the other ways are over
    await phone.hear("Tôi lưu")
    assert await page.locator(".elsewhere").count() == 0


async def test_on_a_desk_it_stands_above_the_talk(desk: Visit):
    desk.bot.ways = (ZALO,)
    await desk.come("/moi/7K3M9QXD")
    await desk.page.locator("summary").click()
    await desk.picture("moi-desk")


async def test_nothing_of_it_is_shown_where_there_is_no_code_or_no_other_way(phone: Visit):
    await phone.come("/moi/7K3M9QXD")
    assert await phone.page.locator(".elsewhere").count() == 0
    phone.bot.ways = (ZALO,)
    for path in ("/chat", "/moi/no-code"):
        await phone.come(path)
        assert await phone.page.locator(".elsewhere").count() == 0
