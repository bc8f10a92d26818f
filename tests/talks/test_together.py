"""Several people, several channels, interruptions and second thoughts: one draft all the same."""

import asyncio
import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Table, select

from bot.app import Bot
from storage import tables
from tests.talks.answers import answers
from tests.talks.conftest import SCHOOL, invitation, join
from tests.talks.everywhere import Everywhere
from tests.talks.newcomer import fill
from tests.talks.paper import Person, Talk
from tests.talks.teacher import album, begin, number_in
from tests.talks.voices import OnTelegram, OnWeb

CLASSES = "bao nhiêu lớp"  # a question with a number
PUPILS = "Trường có bao nhiêu học sinh"
PLAN = "kế hoạch riêng không"  # a question with choices
PLAN_NUMBER = "Số kế hoạch"


async def kept(talk: Talk) -> dict[str, str]:
    return await answers(talk.bot.database, talk.bot.deeds)


async def up_to(person: Person, prompt: str, question: str) -> str:
    """Answer up to a question, and return its prompt."""

    async def send_photos(count: int) -> str:
        return await person.send_photos(album()[:count], album=f"album-{len(person.messages)}")

    heard = await fill(prompt, person.say, send_photos, until=question)
    return heard[-1][1] if heard else prompt


@pytest.fixture
async def lan(talk: Talk, code: str) -> Person:
    """Cô Lan, who is asked how many classes there are."""
    lan = talk.person("1", "Cô Lan")
    await up_to(lan, await join(lan, code), CLASSES)
    return lan


@pytest.fixture
async def minh(talk: Talk, lan: Person) -> Person:
    """Thầy Minh of the same school, who is asked the same question."""
    minh = talk.person("2", "Thầy Minh")
    code = await invitation(talk)
    await minh.say(code)
    await minh.press("Đúng")
    await minh.press("Đồng ý")
    assert CLASSES in await minh.press("Làm tiếp")
    return minh


# two people, one draft


async def test_the_slower_of_two_is_told_and_decides(talk: Talk, lan: Person, minh: Person):
    await lan.say("18")
    said = await minh.say("20")
    assert "Cô Lan vừa trả lời câu này: 18 lớp" in said
    assert (await kept(talk))["so_lop"] == "18"
    assert PUPILS in await minh.press("Để nguyên")
    assert (await kept(talk))["so_lop"] == "18"


async def test_the_slower_of_two_may_change_the_answer(talk: Talk, lan: Person, minh: Person):
    await lan.say("18")
    await minh.say("20")
    assert PUPILS in await minh.press("Đổi")
    assert (await kept(talk))["so_lop"] == "20"


async def test_the_same_answer_from_two_is_no_conflict(talk: Talk, lan: Person, minh: Person):
    await lan.say("18")
    assert PUPILS in await minh.say("18")


async def test_of_two_answers_at_the_same_moment_none_is_lost(
    talk: Talk, lan: Person, minh: Person
):
    said = await asyncio.gather(lan.say("18"), minh.say("20"))
    first, value = (lan, "18") if PUPILS in lan.last.text else (minh, "20")
    second = minh if first is lan else lan
    assert (await kept(talk))["so_lop"] == value
    assert f"{first.name} vừa trả lời câu này: {value} lớp" in second.last.text, said


async def test_two_who_answer_different_questions_at_once_both_count(
    talk: Talk, lan: Person, minh: Person
):
    number = int(number_in(lan.last.text))
    for classes, pupils in (("18", "560"), ("19", "570"), ("20", "580")):
        assert CLASSES in await lan.say(f"sửa {number}")
        assert PUPILS in await minh.say(f"sửa {number + 1}")
        await asyncio.gather(lan.say(classes), minh.say(pupils))
        answered = await kept(talk)
        assert (answered["so_lop"], answered["so_hs"]) == (classes, pupils)


async def test_a_colleague_goes_on_where_the_other_stopped(talk: Talk, lan: Person, minh: Person):
    await up_to(minh, minh.last.text, PLAN)
    before = await kept(talk)
    assert PLAN in await lan.say("tiếp tục")
    await lan.press("Có")
    assert await kept(talk) == before | {"co_ke_hoach": "co"}


# one person, two channels


async def test_another_channel_goes_on_with_the_same_draft(tmp_path: Path):
    async with Everywhere(tmp_path) as place, OnWeb(place) as computer:
        phone = OnTelegram(place)
        prompt = await begin(phone, await invitation(place))
        await fill(prompt, phone.say, phone.send_photos, until=CLASSES)
        code = re.search(r"/moi/(\w+)", await phone.say("kênh khác"))
        assert code
        said = await computer.come(code[1])
        assert "✓ Đã nối tài khoản này" in said
        assert CLASSES in said
        assert PUPILS in await computer.say("18")
        assert PUPILS in await phone.say("tiếp tục")
        await phone.say("560")
        answered = await kept(place)
        assert (answered["so_lop"], answered["so_hs"]) == ("18", "560")
        assert "nhân viên?" in await computer.say("tiếp tục")
        stranger = OnTelegram(place, 5001, "Người lạ")
        assert "Mã này đã có người dùng" in await stranger.come(code[1])


# buttons and numbers of another time


async def test_a_button_of_yesterday_is_answered_and_changes_nothing(talk: Talk, lan: Person):
    await up_to(lan, lan.last.text, PLAN)
    yesterday = lan.last
    await lan.press("Có")
    await lan.say("45/KH-THTT")
    before, open_question = await kept(talk), lan.last.text.splitlines()[-1]
    talk.clock.turn(days=1)
    said = await lan.press("Chưa có", yesterday)
    assert "Kế hoạch riêng" in said
    assert "đang ghi: Có" in said
    assert said.endswith(open_question), "and the open question is put again"
    assert await kept(talk) == before


async def test_a_double_tap_answers_once(talk: Talk, lan: Person):
    await up_to(lan, lan.last.text, PLAN)
    question, count = lan.last, len(lan.messages)
    await asyncio.gather(lan.press("Có", question), lan.press("Có", question))
    assert [PLAN_NUMBER in message.text for message in lan.messages[count:]] == [True]
    assert (await kept(talk))["co_ke_hoach"] == "co"


async def test_a_double_tap_that_creates_something_creates_it_once(talk: Talk, lan: Person):
    await up_to(lan, lan.last.text, "I.3 Hoạt động chính: đã có")
    question = lan.last
    rows = sum(ref.endswith("/hd_ten") for ref in await kept(talk))
    await asyncio.gather(lan.press("Thêm", question), lan.press("Thêm", question))
    await lan.say("Ngày hội đọc sách")
    assert sum(ref.endswith("/hd_ten") for ref in await kept(talk)) == rows + 1


async def test_a_typed_number_is_read_against_the_question_that_is_open(talk: Talk, lan: Person):
    await lan.say("18")
    assert PUPILS in lan.last.text
    await lan.say("20")  # the number of classes, thinks the teacher, who looks at the last prompt
    answered = await kept(talk)
    assert (answered["so_lop"], answered["so_hs"]) == ("18", "20")
    assert "✓ Số học sinh: 20 học sinh" in lan.last.text, "and it is said what it was taken for"


# interruptions


@pytest.mark.parametrize(
    "interruption",
    ["trợ giúp", "xem lại", "dữ liệu của tôi", "báo cáo", "kênh khác", "xóa", "/trogiup", "😀", ""],
)
async def test_an_interruption_keeps_the_place(talk: Talk, lan: Person, interruption: str):
    before = await kept(talk)
    said = await lan.say(interruption)
    assert said
    assert await kept(talk) == before
    assert PUPILS in await lan.say("18")
    assert await kept(talk) == before | {"so_lop": "18"}


async def test_a_number_after_a_review_answers_the_open_question(talk: Talk, lan: Person):
    review = await lan.say("xem lại")
    assert CLASSES in lan.last.text, "the question is put again after it"
    assert "Xem lại báo cáo" in review
    await lan.say("2")  # not the second button of the review
    assert (await kept(talk))["so_lop"] == "2"


async def test_a_restart_keeps_the_place(talk: Talk, lan: Person):
    before = await kept(talk)
    await talk.close()
    talk.clock.turn(hours=20)
    talk.bot = Bot(talk.settings, clock=talk.clock, extra=[lambda _path: talk.paper])
    await talk.open()
    said = await lan.say("tiếp tục")
    assert f"Thầy/cô đang ở câu {number_in(said)}/" in said
    assert CLASSES in said
    await lan.say("18")
    assert await kept(talk) == before | {"so_lop": "18"}


# deletion


async def test_deletion_leaves_nothing_of_a_person_and_their_draft(talk: Talk, lan: Person):
    await lan.send_photos(album(), album="a")
    await lan.say("xem bản Word")
    folder = talk.bot.files.folder
    assert len(list(folder.glob("photos/*"))) == 6
    assert list(folder.glob("documents/*.docx"))
    await lan.say("xóa")
    said = await lan.press("Xóa cả bản nháp")
    assert "Đã xóa tài khoản" in said
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    for table in (
        tables.persons,
        tables.addresses,
        tables.memberships,
        tables.inbox,
        tables.photos,
        tables.documents,
    ):
        assert await _rows(talk, table) == [], table.name
    (farewell,) = await _rows(talk, tables.outbox)
    assert farewell.message["text"] == said
    (report,) = await _rows(talk, tables.reports)
    assert (report.state, report.status) == ({}, "expected")
    assert "nhắn: BATDAU và mã mời" in await lan.say("xin chào")


async def test_deletion_of_the_account_leaves_the_draft_to_the_colleagues(
    talk: Talk, lan: Person, minh: Person
):
    await lan.say("18")
    before = await kept(talk)
    await lan.say("xóa")
    await lan.press("Xóa tài khoản của tôi")
    assert await kept(talk) == before
    said = await minh.say("20")
    assert "Đồng nghiệp vừa trả lời câu này: 18 lớp" in said


async def _rows(talk: Talk, table: Table) -> list:
    return await talk.bot.database.read(lambda store: list(store.connection.execute(select(table))))


# second thoughts


@pytest.fixture
async def done(talk: Talk, lan: Person) -> dict[str, str]:
    """Everything up to the table is answered; returns the number of each question by its words."""
    numbers: dict[str, str] = {}
    prompt = lan.last.text

    async def say(reply: str) -> str:
        nonlocal prompt
        numbers.setdefault(reply, number_in(prompt))
        prompt = await lan.say(reply)
        return prompt

    async def send_photos(count: int) -> str:
        nonlocal prompt
        prompt = await lan.send_photos(album()[:count], album=f"album-{len(lan.messages)}")
        return prompt

    await fill(prompt, say, send_photos, until="Trong Tuần lễ, trường đã làm những việc nào")
    return numbers


async def test_an_edit_shows_what_it_changes_and_can_be_undone(
    talk: Talk, lan: Person, done: dict[str, str]
):
    before, open_question = await kept(talk), lan.last.text.splitlines()[-1]
    number = done["540"]
    said = await lan.say(f"sửa {number} = 45")
    assert f"Câu {number} · Học sinh dự lễ: 540 học sinh → 45 học sinh" in said
    assert re.search(r"Đổi theo – .*: 587.* → 92", said), "the total of the table follows"
    assert lan.last.choices[0].label == "Giữ"
    said = await lan.press("Hoàn lại")
    assert await kept(talk) == before
    assert said.endswith(open_question)


async def test_an_edit_that_is_kept_stands(talk: Talk, lan: Person, done: dict[str, str]):
    before, open_question = await kept(talk), lan.last.text.splitlines()[-1]
    await lan.say(f"sua cau {done['540']} = 45")
    said = await lan.press("Giữ")
    assert said.endswith(open_question)
    assert await kept(talk) == before | {"le_hs": "45"}


async def test_only_what_depends_on_a_change_is_asked_again_and_why_is_said(
    talk: Talk, lan: Person, done: dict[str, str]
):
    before = await kept(talk)
    await lan.say(f"sửa {done['có']}")
    said = await lan.press("Chưa có")
    assert "Trong Tuần lễ, trường đã làm những việc nào" in said
    without = await kept(talk)
    assert without == {
        ref: value for ref, value in before.items() if ref not in ("so_ke_hoach", "ngay_ke_hoach")
    } | {"co_ke_hoach": "chua"}
    number = int(done["1"]) - 2  # two questions fewer before it
    await lan.say(f"sửa {number}")
    said = await lan.press(_last_choice(lan))
    assert 'Vì câu "Hình thức lễ" vừa đổi' in said
    assert "Vì sao" in said, "the question that follows from it"
    assert number_in(said) == str(number + 1)


def _last_choice(person: Person) -> str:
    """The last answer that is offered: that there was no ceremony."""
    return [choice.label for choice in person.last.choices if not choice.way][-1]


async def test_an_answer_after_a_break_of_days_is_taken(talk: Talk, lan: Person):
    talk.clock.now += timedelta(days=3)
    assert PUPILS in await lan.say("18")
    assert SCHOOL.endswith("Tân Thành")
