import asyncio
from datetime import timedelta

import pytest

from bot.channels.telegram_outgoing import keyboard
from bot.chat import Address, Attachment, Choice, Message
from bot.errors import PersonGone, Rejected, TryLater
from tests.botapi.faults import Floods
from tests.botapi.person import Person
from tests.botapi.server import BotApi
from tests.channels.demands import YES_NO, jpeg
from tests.channels.telegram_stage import TelegramStage


async def test_the_question_is_bold_behind_an_emoji(stage):
    await stage.send(
        Message("🎉 Câu 1/31\nCó kế hoạch không?", YES_NO, strong="Có kế hoạch không?")
    )
    (bubble,) = stage.person.answers
    assert bubble.bold == ("Có kế hoạch không?",)


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        (["Có", "Chưa có"], [2]),
        (["Có", "Chưa có", "Bỏ qua", "Quay lại", "Để sau"], [3, 2]),
        (["Có", "Không", "Bỏ qua", "Để sau"], [2, 2]),
        (["Trường Tiểu học Tân Thành", "Bỏ qua"], [1, 1]),
        (["Tải công văn", "Không phải bây giờ"], [1, 1]),
        (["Nộp báo cáo", "Xem bản Word", "Sửa"], [2, 1]),
        ([str(n) for n in range(1, 13)], [5, 5, 2]),
    ],
)
def test_buttons_stand_side_by_side_where_they_are_short(labels, rows):
    laid = keyboard([Choice(label, "t") for label in labels])
    assert [len(row) for row in laid] == rows
    assert [button["text"] for row in laid for button in row] == labels


def test_choices_that_toggle_stand_in_one_column():
    assert len(keyboard([Choice("☑ Đọc", "1"), Choice("☐ Kể", "2")], multiple=True)) == 2


async def test_a_message_is_changed_in_its_place(stage):
    first = await stage.send(Message("Chọn:", YES_NO), "1")
    again = Message("Đã chọn Đúng", (Choice("Khác", "q2"),), replaces=first)
    assert await stage.send(again, "2") == first
    assert await stage.send(again, "2") == first  # "not modified" is fine
    (bubble,) = stage.person.answers
    assert (bubble.text, bubble.labels, bubble.edited) == ("Đã chọn Đúng", ["Khác"], True)


async def test_a_message_that_cannot_be_changed_is_said_anew(stage):
    picture = stage.file("a.jpg", jpeg(), "image/jpeg")
    photo = await stage.send(Message("Ảnh", files=(picture,)), "1")
    for number, replaces in enumerate((photo, "999999"), 2):
        sent = await stage.send(Message(f"Thay {replaces}", replaces=replaces), str(number))
        assert sent != replaces
    assert [bubble.text for bubble in stage.person.answers][1:] == [f"Thay {photo}", "Thay 999999"]


async def test_pictures_make_albums_of_a_kind_and_the_buttons_come_last(stage):
    pictures = tuple(
        stage.file(f"{'a' * number}.jpg", jpeg(100 + number), "image/jpeg")
        for number in range(1, 12)
    )
    await stage.send(Message("11 ảnh", YES_NO, files=pictures))
    *photos, text = stage.person.answers
    assert [bubble.photo for bubble in photos] == [jpeg(100 + n) for n in range(1, 12)]
    sizes = [len([b for b in photos if b.album == album]) for album in {b.album for b in photos}]
    assert sorted(sizes) == [5, 6]
    assert (text.text, text.labels) == ("11 ảnh", ["Đúng", "Không phải"])


async def test_an_album_without_buttons_carries_its_words(stage):
    pictures = tuple(stage.file(f"{n}.jpg", jpeg(100 + n), "image/jpeg") for n in range(10, 12))
    await stage.send(Message("🎉 Hai ảnh", files=pictures, strong="Hai ảnh"))
    first, second = stage.person.answers
    assert (first.text, first.bold, second.text) == ("🎉 Hai ảnh", ("Hai ảnh",), "")
    assert first.album == second.album != ""


async def test_words_too_long_for_a_caption_follow_the_file(stage):
    file = stage.file("a.docx", b"word", "application/msword")
    await stage.send(Message("chữ " * 400, YES_NO, files=(file,)))
    document, text = stage.person.answers
    assert document.document == b"word"
    assert document.labels == []
    assert text.labels == ["Đúng", "Không phải"]


@pytest.mark.parametrize("content", [b"no picture at all", jpeg(6000, 200), jpeg(6000, 5000)])
async def test_what_telegram_cannot_show_as_a_picture_goes_as_a_file(stage, content):
    good = stage.file("good.jpg", jpeg(), "image/jpeg")
    bad = stage.file("a.jpg", content, "image/jpeg")
    await stage.send(Message("Đây", YES_NO, files=(bad,)))
    (bubble,) = stage.person.answers
    assert (bubble.document, bubble.text, len(bubble.labels)) == (content, "Đây", 2)
    await stage.send(Message("Hai", files=(good, bad)), "2")
    assert [bubble.document for bubble in stage.person.answers[1:]] == [jpeg(), content]


async def test_a_picture_over_10_mb_goes_as_a_file(stage):
    content = jpeg() + b"\0" * 10_500_000
    await stage.send(Message("Đây", files=(stage.file("a.jpg", content, "image/jpeg"),)))
    assert stage.person.answers[0].document == content


async def test_a_file_over_50_mb_is_refused_before_it_is_sent(stage):
    big = stage.file("a.zip", b"", "application/zip")
    with (stage.folder / big.key).open("wb") as file:
        file.truncate(50 * 1024 * 1024 + 1)
    with pytest.raises(Rejected):
        await stage.send(Message("Đây", files=(big,)))
    assert stage.api.counts["senddocument"] == 0


async def test_a_file_for_many_is_uploaded_once(stage):
    file = stage.file("Công văn.pdf", b"%PDF" * 1000, "application/pdf")
    uploads = []
    for number in range(5):
        person = Person(stage.api, 5000 + number)
        to = Address("telegram", str(person.id))
        await stage.channel.send(to, Message("Công văn", files=(file,)), str(number))
        assert person.answers[0].file_name == "Công văn.pdf"
        assert person.answers[0].document == b"%PDF" * 1000
        uploads.append(len(stage.api.files))
    assert len(set(uploads)) == 1


async def test_a_copy_that_telegram_has_lost_is_uploaded_again(stage):
    file = stage.file("a.pdf", b"%PDF", "application/pdf")
    await stage.send(Message("Một", files=(file,)), "1")
    stage.api.files.clear()
    await stage.send(Message("Hai", files=(file,)), "2")
    assert stage.person.answers[-1].document == b"%PDF"


@pytest.mark.parametrize("name", ['Báo cáo "tuần lễ".docx', "a\\b.docx", "x\r\ny.docx"])
async def test_file_names_of_any_kind_are_kept(stage, name):
    await stage.send(Message("Đây", files=(stage.file(name, b"word", "application/msword"),)))
    assert stage.person.answers[0].file_name == " ".join(name.split())


async def test_a_page_to_open_is_a_button_or_else_a_line(stage):
    good = Choice("Mở trang", "", "https://bot.thuthua.edu.vn/s/abc")
    local = Choice("Mở trang", "", "http://localhost:8080/s/abc")
    await stage.send(Message("Xem", (good, YES_NO[0])), "1")
    await stage.send(Message("Xem", (local, YES_NO[0])), "2")
    button, line = stage.person.answers
    assert button.rows[0][0].url == "https://bot.thuthua.edu.vn/s/abc"
    assert line.text == "Xem\nMở trang: http://localhost:8080/s/abc"
    assert line.labels == ["Đúng"]


async def test_a_message_goes_on_where_it_stopped(stage):
    text = "\n\n".join(f"Đoạn {number} {'chữ ' * 200}" for number in range(15))
    stage.api.fail("sendMessage", skip=2, status=502, description="Bad Gateway")
    with pytest.raises(TryLater):
        await stage.send(Message(text), "1")
    await stage.send(Message(text), "1")
    shown = "\n\n".join(bubble.text for bubble in stage.person.answers)
    assert "".join(shown.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"status": 403, "description": "Forbidden: bot was blocked by the user"}, PersonGone),
        ({"status": 403, "description": "Forbidden: user is deactivated"}, PersonGone),
        (
            {
                "status": 403,
                "description": "Forbidden: bot can't initiate conversation with a user",
            },
            PersonGone,
        ),
        ({"status": 400, "description": "Bad Request: chat not found"}, PersonGone),
        ({"status": 400, "description": "Bad Request: BUTTON_DATA_INVALID"}, Rejected),
        ({"status": 413, "description": "Request Entity Too Large"}, Rejected),
        ({"status": 500, "description": "Internal Server Error"}, TryLater),
        ({"status": 409, "description": "Conflict"}, TryLater),
        ({"status": 401, "description": "Unauthorized"}, TryLater),
        ({"status": 302, "body": "<html>"}, TryLater),
        ({"body": "<html>Log in to the Wi-Fi</html>"}, TryLater),
    ],
    ids=str,
)
async def test_an_error_says_who_can_mend_it(stage, fault, error):
    stage.api.fail("sendMessage", **fault)
    with pytest.raises(error):
        await stage.send(Message("Xin chào"))


@pytest.mark.parametrize(("cut", "perhaps", "arrived"), [("before", True, 0), ("after", True, 1)])
async def test_a_lost_answer_may_mean_that_it_was_sent(stage, cut, perhaps, arrived):
    stage.api.fail("sendMessage", cut=cut)
    with pytest.raises(TryLater) as error:
        await stage.send(Message("Xin chào"))
    assert error.value.perhaps_sent is perhaps
    assert len(stage.person.answers) == arrived


async def test_a_lost_answer_to_a_change_does_not_matter(stage):
    sent = await stage.send(Message("Một"), "1")
    stage.api.fail("editMessageText", cut="after")
    with pytest.raises(TryLater) as error:
        await stage.send(Message("Hai", replaces=sent), "2")
    assert not error.value.perhaps_sent
    await stage.send(Message("Hai", replaces=sent), "2")
    assert [bubble.text for bubble in stage.person.answers] == ["Hai"]


async def test_entities_that_telegram_cannot_read_are_left_out(stage):
    stage.api.fail("sendMessage", status=400, description="Bad Request: can't parse entities: x")
    await stage.send(Message("Câu 1", strong="Câu 1"))
    assert [(bubble.text, bubble.bold) for bubble in stage.person.answers] == [("Câu 1", ())]


async def test_a_refusal_to_one_busy_chat_is_not_taken_for_one_to_all(tmp_path):
    async with TelegramStage(tmp_path, api=BotApi(floods=Floods(burst=2))) as stage:
        await stage.send(Message("1"), "1")
        await stage.send(Message("2"), "2")
        with pytest.raises(TryLater) as error:
            await stage.send(Message("3"), "3")
        assert not error.value.whole_channel
        assert error.value.after >= timedelta(seconds=1)


async def test_refusals_to_many_are_taken_for_one_to_all(tmp_path):
    async with TelegramStage(tmp_path, api=BotApi(floods=Floods(a_second=20))) as stage:
        people = [Person(stage.api, 6000 + number) for number in range(30)]
        sends = [
            stage.channel.send(Address("telegram", str(person.id)), Message("a"), str(person.id))
            for person in people
        ]
        results = await asyncio.gather(*sends, return_exceptions=True)
        refused = [result for result in results if isinstance(result, TryLater)]
        assert len(refused) == 10
        assert refused[-1].whole_channel


async def test_a_slow_network_is_waited_for(stage):
    stage.api.fail("sendMessage", hang=0.3)
    await stage.send(Message("Xin chào"))


async def test_a_file_bigger_than_it_said_is_refused_and_leaves_nothing(stage, tmp_path):
    await stage.person.send_document("a.bin", b"\0" * (21 * 1024 * 1024), size=5)
    (heard,) = await stage.hears(1)
    with pytest.raises(Rejected):
        await stage.channel.download(heard.attachments[0], tmp_path / "in")
    assert not (tmp_path / "in").exists()


async def test_a_file_of_20_mb_is_taken_and_one_byte_more_is_not(stage, tmp_path):
    limit = 20 * 1024 * 1024
    await stage.person.send_document("a.bin", b"\0" * limit)
    await stage.person.send_document("b.bin", b"\0", size=limit + 1)
    fits, big = [incoming.attachments[0] for incoming in await stage.hears(2)]
    await stage.channel.download(fits, tmp_path / "in")
    assert (tmp_path / "in").stat().st_size == limit
    with pytest.raises(Rejected):
        await stage.channel.download(big, tmp_path / "in")
    silent = Attachment("file", big.ref)
    with pytest.raises(Rejected):  # Telegram says it
        await stage.channel.download(silent, tmp_path / "in")


@pytest.mark.parametrize(
    ("method", "fault", "error"),
    [
        ("getFile", {"status": 502, "body": "<html>"}, TryLater),
        ("getFile", {"status": 429, "retry_after": 3}, TryLater),
        ("getFile", {"status": 400, "description": "Bad Request: wrong file_id"}, Rejected),
        ("download", {"status": 404, "description": "Not Found"}, Rejected),
        ("download", {"status": 502, "body": "<html>"}, TryLater),
        ("download", {"cut": "before", "times": 2}, TryLater),  # the first is tried again at once
        ("download", {"cut": "after"}, TryLater),
    ],
    ids=str,
)
async def test_a_download_that_fails_leaves_nothing(stage, tmp_path, method, fault, error):
    await stage.send_document("a.bin", b"x" * 1_000_000)
    (heard,) = await stage.hears(1)
    stage.api.fail(method, **fault)
    with pytest.raises(error):
        await stage.channel.download(heard.attachments[0], tmp_path / "in")
    assert not (tmp_path / "in").exists()
    if error is TryLater:
        await stage.channel.download(heard.attachments[0], tmp_path / "in")
        assert (tmp_path / "in").read_bytes() == b"x" * 1_000_000
