"""Reminders in the talk: an officer's word, the ladder by itself, a teacher's "later"."""

from pathlib import Path

import pytest

from tests.talks.district import District
from tests.talks.paper import Talk, replay


@pytest.fixture
async def district(talk: Talk, tmp_path: Path) -> District:
    district = District(talk)
    await district.found()
    await district.open(tmp_path)
    return district


async def test_an_officer_reminds_only_those_who_have_not_submitted(district: District):
    done = await district.fill("Trường TH Bình An")
    before = len(done.messages)
    await replay(
        district.officer,
        """
        > nhắc chưa nộp
        Nhắc 3 trường (3 người) nộp "Tuần lễ 2023"?
        > [Gửi]
        Đã nhắc 3 người của 3 trường
        """,
    )
    await district.talk.settle()
    assert len(done.messages) == before
    late = district.teachers["Trường MN Hoa Sen"]
    assert "còn 5 ngày" in late.last.text, late.last.text
    heard = await late.press("Bắt đầu")
    assert "Có kế hoạch riêng không?" in heard


async def test_the_ladder_reminds_by_itself_and_stops_when_the_report_lands(district: District):
    teacher = district.teachers["Trường TH Bình An"]
    await district.at(year=2023, month=10, day=11, hour=8)  # a Wednesday, three days before
    await district.talk.bot._remind()
    await district.talk.settle()
    assert "còn 3 ngày" in teacher.last.text
    await teacher.press("Nhắc lại sau 2 giờ")
    assert "nhắc lại lúc 10:00" in teacher.last.text
    said = len(teacher.messages)
    await district.at(year=2023, month=10, day=11, hour=9)
    await district.talk.bot._remind()
    await district.talk.settle()
    assert len(teacher.messages) == said
    await district.at(year=2023, month=10, day=11, hour=11)
    await district.talk.bot._remind()
    await district.talk.settle()
    assert len(teacher.messages) == said + 1
    await district.fill("Trường TH Bình An")
    said = len(teacher.messages)
    await district.at(year=2023, month=10, day=13, hour=9)
    await district.talk.bot._remind()
    await district.talk.settle()
    assert len(teacher.messages) == said
    other = district.teachers["Trường MN Hoa Sen"]
    assert "còn 1 ngày" in other.last.text


async def test_the_ladder_is_told_in_words(district: District):
    await replay(
        district.officer,
        """
        > lịch nhắc
        7, 3, 1 ngày
        > lịch nhắc: 2 ngày và 5 giờ trước
        2 ngày
        > lịch nhắc: thỉnh thoảng
        chưa rõ
        """,
    )


async def test_the_calendar_holds_what_is_owed(district: District):
    teacher = district.teachers["Trường TH Bình An"]
    await teacher.say("lịch")
    (file,) = teacher.last.files
    path = await district.talk.bot.files.path(file.key)
    content = path.read_text("utf-8")
    assert "BEGIN:VEVENT" in content
    assert "20231014" in content
