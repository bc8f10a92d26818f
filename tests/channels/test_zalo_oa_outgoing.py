import asyncio
import io
from datetime import timedelta

import pytest
from PIL import Image

from bot.channels.zalo_oa_outgoing import payload, plan, pressed_token
from bot.chat import Address, Choice, File, Message
from bot.errors import Rejected, TryLater
from tests.channels.demands import YES_NO, jpeg
from tests.channels.zalo_oa_stage import OaStage
from tests.zalo.oa_person import Person

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WAYS = (Choice("Bỏ qua", "q.1.x.skip", way=True), Choice("Quay lại", "q.1.x.back", way=True))


@pytest.fixture
async def stage(tmp_path):
    async with OaStage(tmp_path) as stage:
        yield stage


def noise(width: int, height: int) -> bytes:
    """A picture that no encoder makes small."""
    picture = io.BytesIO()
    Image.effect_noise((width, height), 100).convert("RGB").save(picture, "PNG")
    return picture.getvalue()


async def test_choices_are_numbered_and_have_buttons_and_ways_have_theirs(stage):
    await stage.send(Message("Có kế hoạch không?", (*YES_NO, *WAYS)))
    (bubble,) = stage.person.answers
    assert bubble.text == "Có kế hoạch không?\n\n1. Đúng\n2. Không phải"
    assert bubble.labels == ["1. Đúng", "2. Không phải", "Bỏ qua", "Quay lại"]
    assert bubble.buttons[0].payload == "1. Đúng #q1:yes"
    await stage.person.tap(2)
    (heard,) = await stage.hears(1)
    assert (heard.button, heard.text) == ("q.1.x.skip", "")


async def test_more_than_five_choices_are_numbers_and_the_ways_keep_their_buttons(stage):
    schools = tuple(Choice(f"Trường {number}", f"q.{number}.a") for number in range(6))
    await stage.send(Message("Trường nào?", (*schools, *WAYS)))
    (bubble,) = stage.person.answers
    assert "6. Trường 5" in bubble.text
    assert bubble.labels == ["Bỏ qua", "Quay lại"]


async def test_a_page_opens_without_the_bot_hearing_of_it(stage):
    await stage.send(Message("Xem tiến độ", (Choice("Mở trang", "", "https://bot.example.vn/x"),)))
    assert stage.person.answers[0].buttons[0].kind == "oa.open.url"
    await stage.person.tap("Mở trang")
    await asyncio.sleep(0.05)
    assert stage.heard == []


@pytest.mark.parametrize("token", ["q.12.k3f.a1", "q1:yes", "c.open.5", "plain", ":odd", "."])
def test_a_token_comes_back_as_it_was(token):
    assert pressed_token(payload(Choice("12. Có", token))) == token


@pytest.mark.parametrize(
    "typed", ["Chủ đề #sachhay", "Lớp 5 #3", "#TanThanh", "giá 5#2.000", "Câu # 1.2", "a #ước.mơ"]
)
def test_what_people_type_is_no_button(typed):
    assert pressed_token(typed) == ""


@pytest.mark.parametrize("code", [-233, -201])
async def test_where_buttons_are_refused_everything_is_said_in_words(tmp_path, code):
    def knobs(zalo):
        zalo.buttons_refused = code

    page = Choice("Mở trang", "", "https://bot.example.vn/x")
    async with OaStage(tmp_path, knobs) as stage:
        await stage.send(Message("Đúng trường chứ?", (*YES_NO, page, *WAYS)))
        (bubble,) = stage.person.answers
        assert bubble.text == (
            "Đúng trường chứ?\n\n1. Đúng\n2. Không phải\n"
            "Mở trang: https://bot.example.vn/x\n[Bỏ qua] [Quay lại]"
        )
        assert bubble.buttons == ()
        assert stage.zalo.counts["cs"] == 2


async def test_the_text_comes_first_and_a_document_after_it(stage):
    file = stage.file("Báo cáo.docx", b"word" * 100, WORD)
    await stage.send(Message("Đã nộp", YES_NO, files=(file,)))
    text, document = stage.person.answers
    assert (text.text[:6], len(text.buttons)) == ("Đã nộp", 2)
    assert (document.file_name, document.document) == ("Báo cáo.docx", b"word" * 100)


async def test_the_largest_document_arrives_whole(stage):
    content = bytes(range(250)) * 20_000
    await stage.send(Message("Đây", files=(stage.file("a.docx", content, WORD),)))
    assert stage.person.answers[-1].document == content


async def test_a_file_for_many_is_uploaded_once(stage):
    file = stage.file("Công văn.pdf", b"%PDF" * 100, "application/pdf")
    people = [Person(stage.zalo, str(7000 + number)) for number in range(20)]
    stage.zalo.fail("upload/file", hang=0.1)
    await asyncio.gather(
        *(
            stage.channel.send(Address("zalo-oa", one.id), Message("Đây", files=(file,)), one.id)
            for one in people
        )
    )
    assert stage.zalo.counts["upload/file"] == 1
    assert all(one.answers[-1].document == b"%PDF" * 100 for one in people)


async def test_what_zalo_has_thrown_away_is_uploaded_again(stage):
    file = stage.file("a.docx", b"word", WORD)
    await stage.send(Message("Một", files=(file,)), "1")
    for upload in stage.zalo.uploads.values():
        upload.until = stage.zalo.clock()
    await stage.send(Message("Hai", files=(file,)), "2")
    assert stage.zalo.counts["upload/file"] == 2
    assert [one.document for one in stage.person.answers] == [b"", b"word", b"", b"word"]


async def test_an_upload_is_not_used_after_a_week(stage):
    file = stage.file("a.docx", b"word", WORD)
    await stage.send(Message("Một", files=(file,)), "1")
    stage.zalo.clock.turn(days=6, hours=1)
    await stage.person.say("tôi đây")
    await stage.send(Message("Hai", files=(file,)), "2")
    assert stage.zalo.counts["upload/file"] == 2
    assert stage.zalo.counts["cs"] == 4  # none of them refused


@pytest.mark.parametrize(
    ("name", "size", "mime"),
    [
        ("Tổng hợp.xlsx", 100, "application/vnd.ms-excel"),
        ("to.docx", 5_000_001, WORD),
        ("a.ics", 10, "text/calendar"),
    ],
)
async def test_what_zalo_does_not_take_goes_as_a_link(stage, name, size, mime):
    file = stage.file(name, b"x" * size, mime)
    await stage.send(Message("Tệp đây", YES_NO, files=(file,)))
    (bubble,) = stage.person.answers
    link = f"https://bot.example.vn/tep/{stage.person.id}/{file.key}"
    assert f"📄 {name}\n{link}" in bubble.text
    assert link in bubble.text.splitlines()


async def test_a_file_that_zalo_refuses_goes_as_a_link(stage):
    stage.zalo.fail("upload/file", code=-210)
    file = stage.file("a.docx", b"word", WORD)
    await stage.send(Message("Đây", files=(file,)))
    (bubble,) = stage.person.answers
    assert "https://bot.example.vn/tep/" in bubble.text


async def test_a_name_without_an_ending_of_which_nothing_comes_is_a_link_too(stage):
    stage.zalo.fail("upload/file", body='{"data":{},"error":0,"message":"Success"}')
    file = stage.file("a.docx", b"word", WORD)
    await stage.send(Message("Đây", files=(file,)))
    assert "https://bot.example.vn/tep/" in stage.person.answers[0].text


async def test_a_very_long_name_is_cut_before_its_ending(stage):
    file = stage.file("Báo cáo " * 40 + ".docx", b"word", WORD)
    await stage.send(Message("Đây", files=(file,)))
    name = stage.person.answers[-1].file_name
    assert len(name) == 200
    assert name.endswith(".docx")


async def test_a_picture_alone_carries_the_words(stage):
    await stage.send(Message("Tiến độ", files=(stage.file("a.jpg", jpeg(), "image/jpeg"),)))
    (bubble,) = stage.person.answers
    assert (bubble.text, bubble.picture) == ("Tiến độ", jpeg())


async def test_pictures_stand_before_the_buttons(stage):
    pictures = tuple(
        stage.file(f"{'a' * number}.png", jpeg(100 + number), "image/png") for number in (1, 2)
    )
    await stage.send(Message("Hai ảnh", YES_NO, files=pictures))
    first, second, text = stage.person.answers
    assert (first.picture, second.picture) == (jpeg(101), jpeg(102))
    assert len(text.buttons) == 2


@pytest.mark.parametrize("kind", ["big", "webp"])
async def test_a_picture_is_made_as_small_as_zalo_wants_it(stage, kind):
    if kind == "big":
        content = noise(1500, 900)
        assert len(content) > 1_048_576
    else:
        picture = io.BytesIO()
        Image.new("RGB", (800, 600), "teal").save(picture, "WEBP")
        content = picture.getvalue()
    await stage.send(Message("Ảnh", files=(stage.file("a.webp", content, "image/webp"),)))
    shown = stage.person.answers[0].picture
    assert shown.startswith(b"\xff\xd8\xff")
    assert len(shown) < 1_000_000


async def test_a_picture_that_is_none_goes_as_a_link(stage):
    file = stage.file("a.jpg", b"no picture at all", "image/jpeg")
    await stage.send(Message("Ảnh", files=(file,)))
    assert "https://bot.example.vn/tep/" in stage.person.answers[0].text


async def test_what_was_sent_in_part_goes_on_where_it_stopped(stage):
    paragraphs = [f"Đoạn {number}: {'chữ ' * 300}hết." for number in range(4)]
    message = Message("\n\n".join(paragraphs), YES_NO)
    stage.zalo.fail("cs", skip=2, status=502)
    with pytest.raises(TryLater):
        await stage.send(message, "77")
    assert len(stage.person.answers) == 2
    await stage.send(message, "77")
    assert [one.text.split(":")[0] for one in stage.person.answers] == [
        f"Đoạn {number}" for number in range(4)
    ]
    assert stage.person.answers[-1].labels == ["1. Đúng", "2. Không phải"]


async def test_an_answer_that_was_lost_may_have_been_a_success(stage):
    stage.zalo.fail("cs", cut="after")
    with pytest.raises(TryLater) as error:
        await stage.send(Message("Xin chào"))
    assert error.value.perhaps_sent
    assert len(stage.person.answers) == 1


async def test_while_zalo_is_not_there_nothing_can_have_gone(stage):
    await stage.send(Message("một"), "1")
    await stage.zalo.settled()
    await stage.zalo.stop()
    await asyncio.sleep(0.1)  # that the connections are closed is known here, too
    with pytest.raises(TryLater) as error:
        await stage.send(Message("Xin chào"), "2")
    assert (error.value.whole_channel, error.value.perhaps_sent) == (True, False)


async def test_over_the_limit_the_whole_channel_waits(stage):
    await stage.send(Message("một"), "0")
    stage.zalo.fail("cs", code=-32)
    with pytest.raises(TryLater) as error:
        await stage.send(Message("hai"), "1")
    assert error.value.whole_channel
    assert error.value.after == timedelta(seconds=20)


async def test_when_no_call_is_left_none_is_made_until_the_next_minute(tmp_path):
    async with OaStage(tmp_path) as stage:
        await stage.send(Message("chuẩn bị"), "0")
        stage.zalo.clock.stands = stage.zalo.clock().replace(second=20, microsecond=0)
        stage.zalo.clock.turn(minutes=1)
        stage.zalo.per_minute = 2
        for number in (1, 2):
            await stage.send(Message(f"tin {number}"), str(number))
        calls = stage.zalo.counts["cs"]
        with pytest.raises(TryLater) as error:
            await stage.send(Message("tin 3"), "3")
        assert (error.value.whole_channel, error.value.after) == (True, timedelta(seconds=40))
        assert stage.zalo.counts["cs"] == calls
        stage.zalo.clock.turn(seconds=41)
        await stage.send(Message("tin 3"), "3")


async def test_a_failure_without_a_reason_is_tried_a_few_times_only(stage):
    stage.zalo.fail("cs", code=-200, times=9)
    for _ in range(4):
        with pytest.raises(TryLater):
            await stage.send(Message("Xin chào"), "5")
    with pytest.raises(Rejected):
        await stage.send(Message("Xin chào"), "5")


async def test_nothing_dead_is_ever_called(stage):
    file = stage.file("a.docx", b"word", WORD)
    picture = stage.file("a.jpg", jpeg(), "image/jpeg")
    await stage.send(Message("Đây", YES_NO, files=(file, picture)))
    await stage.send(Message("Thay", replaces="123"), "2")
    for dead in ("v2", "transaction", "promotion"):
        assert stage.zalo.counts[dead] == 0


def test_a_plan_of_everything():
    picture, paper = File("p", "p.jpg", "image/jpeg"), File("d", "d.pdf", "application/pdf")
    assert [bubble.upload for bubble in plan((), (paper, picture))] == [picture, paper]
