"""The chat as a teacher sees it, in a real browser."""

import re
from pathlib import Path

import pytest
from PIL import Image

from bot.chat import Choice, Message
from tests.web.conftest import Visit
from tests.web.scripted import KINDS, WAYS, document

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NO_SIDEWAYS = """() => ["html", "#scroll"].every((name) => {
  const node = document.querySelector(name);
  return node.scrollWidth <= node.clientWidth;
})"""
SMALL_TARGETS = """() =>
  [...document.querySelectorAll("button, label.icon-button, a.choice, a.document")]
  .filter((node) => node.checkVisibility())
  .map((node) => [node.getBoundingClientRect(), node.getAttribute("aria-label") || node.innerText])
  .filter(([box]) => box.width < 44 || box.height < 44)
  .map(([box, name]) => `${name}: ${box.width} x ${box.height}`)"""


async def test_a_whole_talk_fits_a_phone_of_360_pixels(phone: Visit, album: list[Path]):
    page = phone.page
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
    await page.get_by_role("checkbox", name="Băng rôn").click()
    await page.get_by_role("checkbox", name="Phát thanh").click()
    assert await page.evaluate(SMALL_TARGETS) == []
    await phone.picture("phone-4-list")
    await phone.press("Xong")
    await phone.hear("Thầy/cô gửi ảnh")
    await page.set_input_files("#gallery", album)
    await phone.hear("Đã nhận 6 ảnh")
    await phone.picture("phone-5-photos")
    await phone.press("Nộp")
    await phone.hear("Trang đầu của văn bản")
    await page.wait_for_selector(".document .size:text('41 KB')")
    assert await page.evaluate(SMALL_TARGETS) == []
    assert await page.evaluate(NO_SIDEWAYS)
    await phone.picture("phone-6-document")
    assert [one.button or one.text for one in phone.bot.received if not one.attachments] == [
        "", "yes", "agree", "begin", "plan", "45/KH-THTT", "kind:0", "kind:1", "done", "submit",
    ]  # fmt: skip


async def test_the_code_of_the_invitation_is_said_once_however_often_the_link_is_opened(
    phone: Visit,
):
    await phone.come()
    await phone.hear("Đúng trường")
    assert phone.page.url.endswith("/chat"), "the code does not stay in the address bar"
    await phone.come()
    await phone.hear("Đúng trường")
    assert [one.start for one in phone.bot.received] == ["TANTHANH"]
    assert await phone.page.locator(".entry.bot").count() == 1


async def test_a_reload_shows_the_same_talk(phone: Visit):
    await phone.come()
    await phone.press("Đúng")
    await phone.press("Đồng ý")
    await phone.press("Bắt đầu")
    await phone.hear("Câu 1/31")
    await phone.type("Chưa rõ, để tôi hỏi lại")
    await phone.hear("Đã nhận: Chưa rõ")
    shown = await phone.page.locator(".log").inner_text()
    await phone.page.reload()
    await phone.hear("Đã nhận: Chưa rõ")
    assert await phone.page.locator(".log").inner_text() == shown


async def test_a_double_tap_on_a_button_answers_once(phone: Visit):
    await phone.come()
    await phone.hear("Đúng trường")
    button = phone.page.get_by_role("button", name="Đúng", exact=True)
    await button.dblclick()
    await phone.hear("Tôi lưu")
    assert [one.button for one in phone.bot.received] == ["", "yes"]
    assert await phone.said() == ["Đúng"]


async def test_what_was_typed_without_network_is_sent_once_and_in_order(phone: Visit):
    await phone.come()
    await phone.hear("Đúng trường")
    await phone.context.set_offline(True)
    await phone.page.wait_for_selector("#state[data-state=offline]")
    for text in ("một", "hai", "ba"):
        await phone.type(text)
    assert await phone.page.locator(".entry[data-state=unsent]").count() == 3
    assert "Không có mạng" in await phone.page.inner_text("#state")
    await phone.picture("phone-7-offline")
    assert len(phone.bot.received) == 1
    await phone.context.set_offline(False)
    await phone.hear("Đã nhận: ba")
    assert [one.text for one in phone.bot.received[1:]] == ["một", "hai", "ba"]
    assert await phone.page.locator(".entry[data-state=unsent]").count() == 0
    assert await phone.page.evaluate("Object.keys(localStorage).map((k) => localStorage[k])") in (
        ["[]"],
        [],
    )


async def test_what_was_typed_while_the_server_was_away_survives_even_a_closed_page(phone: Visit):
    await phone.come()
    await phone.hear("Đúng trường")
    await phone.bot.stop()
    await phone.page.wait_for_selector("#state:not([data-state=online])")
    await phone.press("Đúng")
    await phone.type("khoảng 1tr5")
    await phone.page.fill("#input", "còn đang gõ dở")
    await phone.page.close()
    await phone.bot.start()
    phone.page = await phone.context.new_page()
    await phone.come("/chat")
    await phone.hear("Đã nhận: khoảng 1tr5")
    assert [one.button or one.text for one in phone.bot.received[1:]] == ["yes", "khoảng 1tr5"]
    assert await phone.said() == ["Đúng", "khoảng 1tr5"]
    assert await phone.page.input_value("#input") == "còn đang gõ dở"


async def test_a_message_whose_receipt_was_lost_is_kept_once(phone: Visit):
    await phone.come()
    await phone.hear("Đúng trường")
    # The bot keeps it, and the line breaks before the page is told.
    keep = phone.bot.receive

    async def keep_and_break(incoming):
        await keep(incoming)
        phone.bot.chat._receive = keep
        raise ConnectionResetError

    phone.bot.chat._receive = keep_and_break
    await phone.type("45")
    await phone.hear("Đã nhận: 45")
    await phone.page.wait_for_selector(".entry.person[data-state=sent]")
    assert [one.text for one in phone.bot.received[1:]] == ["45"]
    assert await phone.said() == ["45"]


async def test_an_album_of_six_photos_shows_its_progress_and_arrives_whole(
    phone: Visit, album: list[Path]
):
    await phone.come()
    await phone.hear("Đúng trường")
    slow = await phone.context.new_cdp_session(phone.page)
    await slow.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": 120_000},
    )
    await phone.page.set_input_files("#gallery", album)
    bar = phone.page.locator(".picture [role=progressbar]")
    await phone.page.wait_for_function(
        """() => [...document.querySelectorAll(".picture [role=progressbar]")]
             .some((bar) => bar.ariaValueNow > 20 && bar.ariaValueNow < 90)"""
    )
    assert await bar.count() >= 4
    assert re.search(r"Đang gửi \d/6 ảnh", await phone.page.inner_text(".entry.person .meta"))
    await phone.picture("phone-8-progress")
    await phone.hear("Đã nhận 6 ảnh")
    await bar.first.wait_for(state="detached")
    parts = [one for one in phone.bot.received if one.attachments]
    assert sorted(one.order for one in parts) == [0, 1, 2, 3, 4, 5]
    assert len({one.album for one in parts}) == 1
    assert {one.attachments[0].kind for one in parts} == {"photo"}
    for one in parts:
        target = phone.bot.folder / "got.jpg"
        await phone.bot.chat.download(one.attachments[0], target)
        assert target.read_bytes() == album[one.order].read_bytes()
    assert await phone.page.locator(".picture").count() == 6


async def test_photos_chosen_without_network_survive_a_reload_and_are_sent(
    phone: Visit, album: list[Path]
):
    await phone.come()
    await phone.hear("Đúng trường")
    await phone.bot.stop()
    await phone.page.set_input_files("#gallery", album)
    await phone.page.wait_for_selector(".entry[data-state=unsent] .picture")
    await phone.bot.start()
    await phone.page.reload()
    await phone.hear("Đã nhận 6 ảnh")
    assert sorted(one.order for one in phone.bot.received if one.attachments) == [0, 1, 2, 3, 4, 5]


async def test_a_large_photo_is_made_smaller_before_it_is_sent(phone: Visit, tmp_path: Path):
    large = tmp_path / "IMG_0001.jpg"
    noise = Image.effect_noise((4000, 3000), 60)
    Image.merge("RGB", [noise] * 3).save(large, "JPEG", quality=90)
    assert large.stat().st_size > 3_000_000
    await phone.come()
    await phone.hear("Đúng trường")
    await phone.page.set_input_files("#camera", large)
    await phone.hear("Đã nhận 1 ảnh")
    (sent,) = phone.bot.received[-1].attachments
    target = tmp_path / "got.jpg"
    await phone.bot.chat.download(sent, target)
    with Image.open(target) as image:
        assert max(image.size) == 2560
    assert target.stat().st_size < large.stat().st_size


async def test_a_file_over_the_limit_is_refused_in_words(desk: Visit, tmp_path: Path):
    big = tmp_path / "phim.mp4"
    big.write_bytes(bytes(20_000_001))
    await desk.come()
    await desk.hear("Đúng trường")
    await desk.page.set_input_files("#gallery", big)
    await desk.page.wait_for_selector("#notice:visible")
    assert "20 MB" in await desk.page.inner_text("#notice")
    assert len(desk.bot.received) == 1


async def test_a_document_is_downloaded_under_its_own_name(desk: Visit):
    await desk.come()
    await desk.press("Đúng")
    await desk.hear("Tôi lưu")
    await desk.bot.say(desk.bot.received[0].sender.id, document(desk.bot)[0])
    async with desk.page.expect_download() as waiting:
        await desk.page.click(".document")
    download = await waiting.value
    assert download.suggested_filename == "Bao-cao-Tuan-le-HTSD-TH-THCS-Tan-Thanh.docx"
    assert Path(await download.path()).stat().st_size == 41_238


async def test_what_looks_like_a_program_is_shown_as_text(desk: Visit):
    bad = '<img src=x onerror="document.title=1"><script>document.title=2</script> &amp; {{ 7*7 }}'
    await desk.come()
    await desk.hear("Đúng trường")
    await desk.type(bad)
    await desk.hear("Đã nhận: <img")
    await desk.bot.say(
        desk.bot.received[0].sender.id,
        Message(
            f"Câu 1/2\n{bad}",
            (
                Choice(f"☐ {bad}", "a"),
                Choice(bad, "b"),
                Choice("Xem", "c", url="javascript:alert(1)"),
            ),
            strong=bad,
            multiple=True,
        ),
    )
    await desk.hear("Câu 1/2")
    assert (await desk.said()) == [bad]
    assert await desk.page.locator(".log img, .log script").count() == 0
    assert await desk.page.title() == "Trợ lý báo cáo"
    assert await desk.page.locator("a[href^=javascript]").count() == 0
    await desk.page.reload()
    await desk.hear("Câu 1/2")
    assert (await desk.said()) == [bad]


async def test_a_talk_needs_no_mouse(desk: Visit):
    keyboard = desk.page.keyboard
    await desk.come()
    await desk.hear("Đúng trường")
    assert await desk.page.evaluate("document.activeElement.id") == "input"
    await desk.page.locator("#input").press("Shift+Tab")  # to the gallery
    await desk.page.get_by_role("button", name="Đúng", exact=True).focus()
    await keyboard.press("Enter")
    await desk.hear("Tôi lưu")
    await desk.page.wait_for_function("document.activeElement.textContent === 'Đồng ý'")
    await desk.picture("desk-focus")
    await keyboard.press("Space")
    await desk.hear("1 báo cáo cần nộp")
    await desk.page.wait_for_function("document.activeElement.textContent === 'Bắt đầu'")
    await keyboard.press("Enter")
    await desk.hear("Câu 1/31")
    await keyboard.press("Enter")
    await desk.hear("Số kế hoạch?")
    await desk.page.focus("#input")
    await keyboard.type("45/KH")
    await keyboard.press("Shift+Enter")
    await keyboard.press("Backspace")
    await keyboard.type("-THTT")
    await keyboard.press("Enter")
    await desk.hear("những hình thức nào?")
    box = desk.page.get_by_role("checkbox", name="Họp phụ huynh")
    await box.focus()
    await keyboard.press("Space")
    await desk.page.wait_for_function("document.activeElement.ariaChecked === 'true'")
    await keyboard.press("Tab")
    assert await desk.page.evaluate("document.activeElement.textContent") == "Xong"
    await keyboard.press("Enter")
    await desk.hear("Thầy/cô gửi ảnh")
    assert [one.button or one.text for one in desk.bot.received[1:]] == [
        "yes", "agree", "begin", "plan", "45/KH-THTT", "kind:3", "done",
    ]  # fmt: skip


async def test_enter_on_a_phone_begins_a_new_line(phone: Visit):
    await phone.come()
    await phone.hear("Đúng trường")
    await phone.page.click("#input")
    await phone.page.keyboard.type("Dòng một")
    await phone.page.keyboard.press("Enter")
    await phone.page.keyboard.type("Dòng hai")
    await phone.page.click("#send")
    await phone.hear("Đã nhận: Dòng một")
    assert phone.bot.received[-1].text == "Dòng một\nDòng hai"


async def test_long_words_wrap_and_a_long_answer_grows_its_field(phone: Visit):
    await phone.come()
    await phone.hear("Đúng trường")
    endless = "https://example.org/" + "rất-dài-" * 40 + "\n" + "a" * 300
    await phone.page.fill("#input", endless)
    assert (await phone.page.locator("#input").bounding_box())["height"] > 150
    await phone.picture("phone-9-long")
    await phone.page.click("#send")
    await phone.hear("aaaaaa")
    await phone.bot.say(
        phone.bot.received[0].sender.id,
        Message("b" * 400, tuple(Choice("c" * n, f"c{n}") for n in (3, 60, 190)), strong="b" * 400),
    )
    await phone.hear("bbbbbb")
    assert await phone.page.evaluate(NO_SIDEWAYS)
    await phone.picture("phone-10-long")


async def test_two_windows_show_the_same_talk(desk: Visit):
    await desk.come()
    await desk.hear("Đúng trường")
    other = Visit(desk.context, await desk.context.new_page(), desk.bot)
    await other.come("/chat")
    await other.hear("Đúng trường")
    await desk.press("Đúng")
    await other.hear("Tôi lưu")
    assert await other.said() == ["Đúng"]
    await other.type("từ cửa sổ kia")
    await desk.hear("Đã nhận: từ cửa sổ kia")
    assert await desk.said() == await other.said() == ["Đúng", "từ cửa sổ kia"]


async def test_a_message_that_is_changed_changes_where_it_is(desk: Visit):
    await desk.come()
    await desk.hear("Đúng trường")
    address_id = desk.bot.received[0].sender.id
    key = await desk.bot.say(
        address_id, Message("Giữ 650?", (Choice("Giữ", "keep"), Choice("Sửa", "edit")))
    )
    await desk.hear("Giữ 650?")
    await desk.bot.say(address_id, Message("Đã giữ 650.", replaces=key))
    await desk.hear("Đã giữ 650.")
    assert await desk.page.locator(".entry.bot").count() == 2
    assert await desk.page.get_by_role("button", name="Giữ", exact=True).count() == 0
    await desk.page.reload()
    await desk.hear("Đã giữ 650.")
    assert await desk.page.locator(".entry.bot").count() == 2


async def test_a_button_that_becomes_a_box_when_it_is_pressed_is_no_answer_of_its_own(desk: Visit):
    await desk.come()
    await desk.hear("Đúng trường")
    address_id = desk.bot.received[0].sender.id
    await desk.bot.say(address_id, Message("Cách nào?", (Choice(KINDS[0], "kind:0"), WAYS[0])))
    await desk.press(KINDS[0])
    await desk.page.locator("[role=checkbox][aria-checked=true]").wait_for()
    assert await desk.said() == []
    box = desk.page.get_by_role("checkbox", name=KINDS[1])
    await box.click()
    await desk.page.wait_for_function(
        "document.querySelectorAll('[role=checkbox][aria-checked=true]').length === 2"
    )
    await desk.press("Xong")
    await desk.hear("Thầy/cô gửi ảnh")
    assert await desk.said() == ["Xong"]
    shown = await desk.page.locator(".log").inner_text()
    await desk.page.reload()
    await desk.hear("Thầy/cô gửi ảnh")
    assert await desk.page.locator(".log").inner_text() == shown


async def test_a_photo_is_taken_back_before_it_is_sent(phone: Visit, album: list[Path]):
    await phone.come()
    await phone.hear("Đúng trường")
    await phone.bot.stop()
    await phone.page.set_input_files("#gallery", album[:2])
    await phone.page.locator(".picture .drop-it").nth(1).click()
    assert await phone.page.locator(".picture").count() == 1
    await phone.bot.start()
    await phone.page.locator(".entry.person[data-state=sent] .picture").wait_for(timeout=20_000)
    assert [one.attachments[0].name for one in phone.bot.received[1:]] == ["anh-1.jpg"]


async def test_a_picture_opens_large_and_closes_again(desk: Visit):
    await desk.come()
    await desk.hear("Đúng trường")
    await desk.bot.say(desk.bot.received[0].sender.id, document(desk.bot)[1])
    await desk.page.locator(".picture button").click()
    await desk.page.locator("dialog[open] img").wait_for()
    await desk.page.keyboard.press("Escape")
    await desk.page.locator("dialog[open]").wait_for(state="detached")


async def test_choices_of_an_answered_question_are_folded_away_within_reach(desk: Visit):
    await desk.come()
    await desk.press("Đúng")
    await desk.hear("Tôi lưu")
    await desk.page.get_by_role("button", name="Đã chọn: Đúng").click()
    await desk.press("Không phải")
    await desk.hear("Đã nhận: no")
    assert [one.button for one in desk.bot.received] == ["", "yes", "no"]


async def test_who_reads_further_up_is_not_moved_but_told(desk: Visit):
    await desk.come()
    await desk.hear("Đúng trường")
    address_id = desk.bot.received[0].sender.id
    for number in range(25):
        await desk.bot.say(address_id, Message(f"Tin số {number}"))
    await desk.hear("Tin số 24")
    await desk.page.click("#newest")
    await desk.page.wait_for_selector("#newest", state="hidden")
    await desk.page.locator("#scroll").hover()
    await desk.page.mouse.wheel(0, -900)
    await desk.page.wait_for_selector("#newest:visible")
    before = await desk.page.evaluate("document.querySelector('#scroll').scrollTop")
    await desk.bot.say(address_id, Message("Tin mới nhất"))
    await desk.page.wait_for_selector("#newest :text('1 tin mới')")
    assert await desk.page.evaluate("document.querySelector('#scroll').scrollTop") == before
    await desk.picture("desk-newest")
    await desk.page.click("#newest")
    await desk.page.wait_for_selector("#newest", state="hidden")


async def test_pictures_are_pasted_and_dropped(desk: Visit, album: list[Path]):
    await desk.come()
    await desk.hear("Đúng trường")
    content = list(album[0].read_bytes())
    for kind in ("paste", "drop"):
        await desk.page.evaluate(
            """([kind, content]) => {
              const data = new DataTransfer();
              data.items.add(new File([new Uint8Array(content)], "a.jpg", { type: "image/jpeg" }));
              const event = kind === "paste"
                ? new ClipboardEvent(kind, { clipboardData: data, bubbles: true, cancelable: true })
                : new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
              document.body.dispatchEvent(event);
            }""",
            [kind, content],
        )
    await desk.page.locator(".entry.bot", has_text="Đã nhận 1 ảnh").nth(1).wait_for()
    assert len([one for one in desk.bot.received if one.attachments]) == 2


async def test_somebody_who_comes_without_a_link_is_welcomed(phone: Visit):
    await phone.come("/chat")
    await phone.page.wait_for_selector("#welcome:visible")
    await phone.picture("phone-11-welcome")
    await phone.press("Bắt đầu")
    await phone.hear("Đã nhận: Xin chào")
    assert await phone.page.locator("#welcome").is_hidden()


async def test_the_menu_says_a_command(phone: Visit):
    await phone.come()
    await phone.hear("Đúng trường")
    await phone.page.click("#menu-button")
    await phone.picture("phone-12-menu")
    await phone.page.locator("#menu button").nth(2).click()
    await phone.page.locator(".entry.bot", has_text=re.compile("Đã nhận: tr")).wait_for()
    assert await phone.page.locator("#menu").is_hidden()


async def test_a_browser_that_is_not_known_any_more_begins_anew(phone: Visit):
    await phone.come("/chat")
    await phone.type("một")
    await phone.hear("Đã nhận: một")
    await phone.context.clear_cookies()
    await phone.bot.stop()
    await phone.bot.start()
    await phone.page.wait_for_selector("#welcome:visible", timeout=20_000)
    await phone.type("hai")
    await phone.hear("Đã nhận: hai")
    assert len({one.sender.id for one in phone.bot.received}) == 2


async def test_the_demonstration_lets_one_choose_a_school(phone: Visit):
    await phone.come("/")
    await phone.picture("phone-13-demo")
    assert not await phone.page.get_by_role("link", name="số 4").is_visible()
    await phone.page.get_by_text("Xem thêm 3 trường").click()
    await phone.page.get_by_role("link", name="số 4").wait_for()
    await phone.page.get_by_role("link", name="Mỹ Thạnh").click()
    await phone.hear("Đúng trường")
    assert phone.bot.received[0].start == "MYTHANH"


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_it_looks_well_on_a_desk(desk: Visit, album: list[Path], scheme: str):
    await desk.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await desk.come("/")
    await desk.picture(f"desk-{scheme}-demo")
    await desk.come()
    await desk.press("Đúng")
    await desk.press("Đồng ý")
    await desk.press("Bắt đầu")
    await desk.press("Có")
    await desk.hear("Số kế hoạch?")
    await desk.type("45/KH-THTT")
    await desk.page.get_by_role("checkbox", name="Phát thanh").click()
    await desk.hear("những hình thức nào?")
    await desk.page.wait_for_timeout(200)
    await desk.picture(f"desk-{scheme}-list")
    await desk.press("Xong")
    await desk.hear("Thầy/cô gửi ảnh")
    await desk.page.set_input_files("#gallery", album)
    await desk.hear("Đã nhận 6 ảnh")
    await desk.press("Nộp")
    await desk.page.wait_for_selector(".document .size:text('41 KB')")
    await desk.picture(f"desk-{scheme}-document")
    await desk.page.goto(desk.bot.address + "/files/x")
    await desk.picture(f"desk-{scheme}-notice")
