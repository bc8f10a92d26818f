"""Every kind of question in chat: long lists, orders, places, moments, limits, notes to see."""

import time
from collections.abc import AsyncIterator
from pathlib import Path
from unicodedata import normalize

import pytest

from bot.chat import Attachment
from tests.talks.paper import replay
from tests.talks.sheets import Asked, row, workbook

COMMUNES = [
    "Tân Thành",
    "Tân Thạnh",
    "Tân Long",
    "Mỹ An",
    "Mỹ Lạc",
    "Mỹ Phú",
    "Mỹ Thạnh",
    "Bình An",
    "Bình Thạnh",
    "Long Thành",
    "Long Thạnh",
    "Long Thuận",
    "Nhị Thành",
    "Tân Lập",
    "Thị trấn Thủ Thừa",
    "Hòa Bình",
    "Phú Lộc",
    "Phú Hưng",
    "An Thạnh",
    "An Lợi",
    "Vĩnh Phước",
    "Vĩnh Thuận",
    "Đông Hòa",
    "Tây An",
    "Nam Hưng",
]


@pytest.fixture
async def asked(tmp_path: Path) -> AsyncIterator[Asked]:
    asked = Asked(tmp_path)
    yield asked
    await asked.talk.close()


def listed(name: str, labels) -> list[tuple[str, str, str]]:
    return [(name, f"{name}{number}", label) for number, label in enumerate(labels, 1)]


def commune(kind: str = "select_one", **more: str) -> bytes:
    survey = [
        row(f"{kind} xa", "xa", "Xã nào?", short="Xã", **more),
        row("text", "them", "Thêm gì?"),
    ]
    return workbook(survey, listed("xa", COMMUNES))


# long lists


async def test_up_to_eight_choices_are_buttons_and_up_to_twenty_a_numbered_list(asked: Asked):
    survey = [row("select_one a", "a", "Chọn a?"), row("select_one b", "b", "Chọn b?")]
    choices = [*listed("a", COMMUNES[:8]), *listed("b", COMMUNES[:9])]
    await asked.open(workbook(survey, choices))
    await asked.begin()
    answers = [choice.label for choice in asked.teacher.last.choices if not choice.way]
    assert answers == COMMUNES[:8]
    heard = await asked.teacher.press("Mỹ An")
    assert "9. Bình Thạnh" in heard
    assert all(choice.way for choice in asked.teacher.last.choices)
    await asked.teacher.say("9")
    assert await asked.answers() == {"a": "a4", "b": "b9"}


async def test_a_long_list_has_pages_and_the_message_is_changed_in_place(asked: Asked):
    await asked.open(commune())
    heard = await asked.begin()
    assert "Danh sách có 25 mục" in heard
    assert "Trang 1/3" in heard
    labels = [choice.label for choice in asked.teacher.last.choices if not choice.way]
    assert labels == COMMUNES[:10]
    heard = await asked.teacher.press("Trang sau")
    assert "Trang 2/3" in heard
    assert asked.teacher.last.replaces == "x"
    await asked.teacher.press("Trang sau")
    assert "Trang sau" not in [choice.label for choice in asked.teacher.last.choices]
    heard = await asked.teacher.press("Nam Hưng")
    assert "✓ Xã: Nam Hưng" in heard
    assert all(
        len(choice.token.encode()) <= 64
        for message in asked.teacher.messages
        for choice in message.choices
    )


async def test_the_list_is_searched_without_accents(asked: Asked):
    await asked.open(commune())
    await asked.begin()
    heard = await asked.teacher.say("tan thanh")
    assert '"tan thanh": 2 kết quả' in heard
    labels = [choice.label for choice in asked.teacher.last.choices if not choice.way]
    assert labels == ["Tân Thành", "Tân Thạnh"]
    heard = await asked.teacher.press("Tân Thạnh")
    assert "✓ Xã: Tân Thạnh" in heard
    assert (await asked.answers())["xa"] == "xa2"


@pytest.mark.parametrize("said", ["thu thua", "Thị trấn ạ", normalize("NFD", "thị trấn thủ thừa")])
async def test_an_unambiguous_search_is_taken_at_once(asked: Asked, said: str):
    await asked.open(commune())
    await asked.begin()
    heard = await asked.teacher.say(said)
    assert "✓ Xã: Thị trấn Thủ Thừa" in heard


async def test_what_is_not_in_the_list_is_said_with_the_nearest(asked: Asked):
    await asked.open(commune())
    await asked.begin()
    heard = await asked.teacher.say("vinh phuoccs")
    assert 'Không thấy "vinh phuoccs". Gần giống nhất là:' in heard
    assert "Vĩnh Phước" in [choice.label for choice in asked.teacher.last.choices]
    heard = await asked.teacher.say("zzzz")
    assert "cũng không có mục nào gần giống" in heard
    heard = await asked.teacher.press("Xem cả danh sách")
    assert "Trang 1/3" in heard


async def test_a_number_means_what_was_shown_last(asked: Asked):
    await asked.open(commune())
    await asked.begin_on_slips()
    heard = await asked.slip("trang sau")
    assert "Trang 2/3" in heard
    heard = await asked.slip("11")
    assert "không có số 11" in heard
    assert "Trang 2/3" in heard
    heard = await asked.slip("3")
    assert f"✓ Xã: {COMMUNES[12]}" in heard


async def test_search_by_words_then_by_number_where_there_are_no_buttons(asked: Asked):
    await asked.open(commune())
    await asked.begin_on_slips()
    heard = await asked.slip("thanh")
    assert "kết quả" in heard
    heard = await asked.slip("xem cả danh sách")
    assert "Trang 1/3" in heard
    heard = await asked.slip("trang 3")
    assert "Trang 3/3" in heard
    heard = await asked.slip("5")
    assert "✓ Xã: Nam Hưng" in heard


async def test_an_old_button_of_another_page_still_means_its_own_choice(asked: Asked):
    await asked.open(commune())
    await asked.begin()
    first = asked.teacher.last
    await asked.teacher.press("Trang sau")
    heard = await asked.teacher.press("Mỹ An", first)
    assert "✓ Xã: Mỹ An" in heard
    heard = await asked.teacher.press("Mỹ An", first)
    assert heard == ""  # a double tap
    heard = await asked.teacher.press("Tân Lập", asked.teacher.messages[-2])
    assert "câu đó đang ghi: Mỹ An" in heard
    heard = await asked.teacher.press("Trang sau", first)
    assert "Thêm gì?" in heard
    assert (await asked.answers())["xa"] == "xa4"


async def test_several_of_a_long_list_are_ticked_across_pages_and_searches(asked: Asked):
    await asked.open(commune("select_multiple"))
    await asked.begin()
    await asked.teacher.press("Mỹ An")
    await asked.teacher.press("Trang sau")
    await asked.teacher.press("Tân Lập")
    heard = await asked.teacher.say("thu thua, vinh phuoc")
    assert "Đã chọn 4: Mỹ An; Tân Lập; Thị trấn Thủ Thừa; Vĩnh Phước" in heard
    heard = await asked.teacher.say("trợ giúp")  # an interruption loses nothing
    assert "Đã chọn 4" in heard
    heard = await asked.teacher.say("4")  # Mỹ An, on the page shown now: unticked
    assert "Đã chọn 3: Tân Lập" in heard
    heard = await asked.teacher.press("Xong")
    assert "✓ Xã: Tân Lập, Thị trấn Thủ Thừa, Vĩnh Phước" in heard
    assert (await asked.answers())["xa"] == "xa14 xa15 xa21"


async def test_several_of_a_long_list_without_buttons(asked: Asked):
    await asked.open(commune("select_multiple"))
    await asked.begin_on_slips()
    heard = await asked.slip("1, 3 và 4")
    assert "Đã chọn 3: Tân Thành; Tân Long; Mỹ An" in heard
    heard = await asked.slip("tan than")
    assert '"tan than": 2 kết quả' in heard
    heard = await asked.slip("2")
    assert "Đã chọn 4: Tân Thành; Tân Thạnh; Tân Long; Mỹ An" in heard
    heard = await asked.slip("xong")
    assert "✓ Xã: Tân Thành, Tân Thạnh, Tân Long, Mỹ An" in heard


async def test_a_list_of_1698_choices_stays_quick(asked: Asked):
    labels = [f"Ấp {number} xã {COMMUNES[number % 25]}" for number in range(1, 1699)]
    survey = [row("select_one ap", "ap", "Ấp nào?", short="Ấp"), row("text", "them", "Thêm gì?")]
    await asked.open(workbook(survey, listed("ap", labels)))
    heard = await asked.begin()
    assert "Trang 1/170" in heard
    began = time.perf_counter()
    await asked.teacher.say("my lac")
    await asked.teacher.press("Trang sau")
    heard = await asked.teacher.say("ap 1698")
    took = time.perf_counter() - began
    assert f"✓ Ấp: {labels[1697]}" in heard
    assert took < 5, f"{took:.1f} s for three turns"


# orders


def order() -> bytes:
    survey = [
        row("rank viec", "viec", "Xếp các việc?", short="Thứ tự"),
        row("text", "them", "Thêm?"),
    ]
    return workbook(survey, listed("viec", ("Thư viện", "Sân trường", "Lớp học")))


async def test_an_order_is_typed_by_numbers_and_echoed_as_a_list(asked: Asked):
    await asked.open(order())
    heard = await asked.begin()
    assert "2. Sân trường" in heard
    assert "Gõ đủ 3 số" in heard
    heard = await asked.teacher.say("2, 1, 3")
    assert "✓ Thứ tự: 1. Sân trường; 2. Thư viện; 3. Lớp học" in heard
    assert (await asked.answers())["viec"] == "viec2 viec1 viec3"


async def test_an_order_in_words_and_what_is_missing_or_twice(asked: Asked):
    await asked.open(order())
    await asked.begin_on_slips()
    heard = await asked.slip("2 2 1")
    assert "Được xếp hai lần: Sân trường" in heard
    assert "Còn thiếu: Lớp học" in heard
    heard = await asked.slip("lớp học")
    assert "Còn thiếu: Thư viện; Sân trường" in heard
    heard = await asked.slip("lớp học, rồi thu vien")
    assert "1. Lớp học; 2. Thư viện; 3. Sân trường – đúng không?" in heard
    heard = await asked.slip("đúng")
    assert "✓ Thứ tự: 1. Lớp học" in heard


# places


def place() -> bytes:
    return workbook(
        [row("geopoint", "o_dau", "Vị trí?", short="Vị trí"), row("text", "t", "Thêm?")]
    )


@pytest.mark.parametrize(
    "said",
    [
        "10.535, 106.404",
        "10,535 106,404",
        "10°32'06\"N 106°24'14.4\"E",
        "https://www.google.com/maps/@10.535,106.404,15z",
        "https://maps.google.com/?q=10.535,106.404",
    ],
)
async def test_a_place_is_typed(asked: Asked, said: str):
    await asked.open(place())
    await asked.begin()
    heard = await asked.teacher.say(said)
    assert "✓ Vị trí: 10,535° B, 106,404° Đ" in heard
    assert (await asked.answers())["o_dau"] == "10.535 106.404 0 0"


async def test_a_place_is_shared_and_abroad_is_asked_about(asked: Asked):
    await asked.open(place())
    await asked.begin()
    heard = await asked.teacher._tell(attachments=(Attachment("location", "48.85 2.35"),))
    assert "ở ngoài Việt Nam. Vẫn giữ?" in heard
    await asked.teacher.press("Sửa")
    heard = await asked.teacher._tell(attachments=(Attachment("location", "8.65 111.92"),))
    assert "✓ Vị trí: 8,65° B, 111,92° Đ" in heard  # Trường Sa
    heard = await asked.teacher._tell(attachments=(Attachment("location", "10.5 106.4"),))
    assert "không cần vị trí" in heard
    assert "Thêm?" in heard


async def test_a_place_that_is_none_is_said_with_what_to_send(asked: Asked):
    await asked.open(place())
    await asked.begin()
    await replay(
        asked.teacher,
        """
        > https://maps.app.goo.gl/abc
        Liên kết rút gọn không cho biết tọa độ
        > 95, 200
        Tôi chưa hiểu "95, 200"
        > 106.404, 10.535
        10,535° B, 106,404° Đ – đúng không?
        > đúng
        ✓ Vị trí: 10,535° B, 106,404° Đ
        """,
    )


# moments, months, years


async def test_day_and_time_are_asked_in_one_and_the_half_is_asked_back(asked: Asked):
    survey = [
        row("dateTime", "a", "Khi nào?", short="Lúc"),
        row("dateTime", "b", "Và khi nào?", short="Rồi"),
        row("dateTime", "c", "Lại khi nào?", short="Sau"),
        row("date", "d", "Tháng nào?", short="Tháng", appearance="month-year"),
        row("date", "e", "Năm nào?", short="Năm", appearance="year"),
    ]
    await asked.open(workbook(survey))
    await asked.begin()
    await replay(
        asked.teacher,
        """
        > 14h30 ngày 2/10
        ✓ Lúc: 14h30 ngày 02/10/2023
        > ngày 3/10
        Ngày 03/10/2023. Lúc mấy giờ ạ?
        > 7h30
        ✓ Rồi: 7h30 ngày 03/10/2023
        > 8 giờ sáng
        Lúc 8h00. Ngày nào ạ?
        > mai
        ✓ Sau: 8h00 ngày 10/10/2023
        Gõ tháng và năm
        > tháng 9 năm 2023
        ✓ Tháng: tháng 9/2023
        > năm ngoái
        ✓ Năm: 2022
        """,
    )
    assert await asked.answers() == {
        "a": "2023-10-02T14:30:00.000+07:00",
        "b": "2023-10-03T07:30:00.000+07:00",
        "c": "2023-10-10T08:00:00.000+07:00",
        "d": "2023-09-01",
        "e": "2022-01-01",
    }


async def test_two_meanings_of_a_moment_are_asked_back(asked: Asked):
    await asked.open(
        workbook([row("dateTime", "a", "Khi nào?", short="Lúc"), row("text", "t", "T?")])
    )
    await asked.begin_on_slips()
    await asked.slip("2h ngày 5/10")
    assert asked.slip_messages[-1].choices[0].label == "14h00 ngày 05/10/2023"
    heard = await asked.slip("1")
    assert "✓ Lúc: 14h00 ngày 05/10/2023" in heard


# limits, what is read, codes, what cannot be asked


async def test_limits_a_note_to_confirm_a_code_and_what_a_chat_cannot_ask(asked: Asked):
    survey = [
        row("range", "diem", "Mấy điểm?", short="Điểm", parameters="start=1 end=10 step=1"),
        row("acknowledge", "doc", "Đọc quy định ảnh.", short="Quy định", required="yes"),
        row("acknowledge", "xn", "Xác nhận số liệu đúng.", short="Xác nhận"),
        row("barcode", "ma", "Mã thiết bị?", short="Mã"),
        row("geotrace", "duong", "Vẽ đường đi.", short="Đường đi"),
        row("image", "ky", "Ký tên.", short="Chữ ký", appearance="signature"),
    ]
    await asked.open(workbook(survey))
    heard = await asked.begin()
    assert "Nhập số từ 1 đến 10." in heard
    await replay(
        asked.teacher,
        """
        > 11
        Nhập số từ 1 đến 10.
        > tám
        ✓ Điểm: 8
        > gì cơ
        bấm nút ở dưới
        > [Đã xem]
        ✓ Quy định: đã xem
        > ok
        ✓ Xác nhận: đã xem
        > 893-5049
        ✓ Mã: 893-5049
        Câu này không trả lời được qua chat
        > 10.5 106.4
        Câu này không trả lời được qua chat
        > [Bỏ qua]
        Đã bỏ qua: Đường đi
        Câu này không trả lời được qua chat
        > bỏ qua
        Đã đủ các câu
        """,
    )
    assert await asked.answers() == {"diem": "8", "doc": "OK", "xn": "OK", "ma": "893-5049"}


async def test_what_is_only_to_be_seen_is_confirmed_by_its_number_too(asked: Asked):
    await asked.open(
        workbook([row("acknowledge", "doc", "Đọc.", short="Đọc"), row("text", "t", "T?")])
    )
    await asked.begin_on_slips()
    heard = await asked.slip("1")
    assert "✓ Đọc: đã xem" in heard
