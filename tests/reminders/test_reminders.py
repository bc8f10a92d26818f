"""Reminders, as a district lives with them: the autumn of 2026."""

import asyncio
import re
from datetime import timedelta

import pytest

from bot.errors import Rejected
from bot.reminders import Fresh, remind_now, restart, who_not_submitted
from bot.snooze import snooze
from tests.reminders.district import HOURS, District, at

WEEK = "Tuần lễ học tập"  # due at the end of Wednesday 14/10
DUE, OPENED = "15/10 00:00", "01/10 08:00"


async def test_seven_three_and_one_day_and_three_hours_before_then_each_school_day(
    district: District,
):
    await district.school("TH Bình An", "reporter")
    await district.opens(WEEK, DUE, OPENED)

    assert await district.knock("06/10 10:00") == {}
    assert await district.knock("07/10 06:29") == {}
    assert "còn 7 ngày" in (await district.knock("07/10 06:30"))["TH Bình An reporter"]
    assert await district.knock("07/10 06:31") == {}
    assert await district.days(8, 11, 10) == []  # three days before is a Sunday
    assert "còn 2 ngày" in (await district.knock("12/10 06:30"))["TH Bình An reporter"]
    assert "còn 1 ngày" in (await district.knock("13/10 06:30"))["TH Bình An reporter"]
    assert await district.knock("14/10 16:59") == {}
    assert "còn 7 giờ" in (await district.knock("14/10 17:00"))["TH Bình An reporter"]
    assert await district.days(15, 25, 10) == [
        "15/10", "16/10", "19/10", "20/10", "21/10", "22/10", "23/10"
    ]  # fmt: skip
    late = await district.knock("26/10 07:00")
    assert "đã quá hạn 12 ngày" in late["TH Bình An reporter"]
    assert await district.days(27, 31, 10) == []  # twelve are enough


async def test_an_hour_in_the_afternoon_is_a_deadline_too(district: District):
    await district.school("TH Bình An", "reporter")
    await district.opens(WEEK, "14/10 17:00", OPENED, ladder=["-1d", "-3h"])

    assert "còn 1 ngày" in (await district.knock("13/10 06:30"))["TH Bình An reporter"]
    assert await district.knock("14/10 13:59") == {}
    assert "còn 3 giờ" in (await district.knock("14/10 14:00"))["TH Bình An reporter"]
    assert await district.knock("14/10 18:00") == {}


async def test_what_would_come_too_late_after_a_weekend_comes_before_it(district: District):
    await district.school("TH Bình An", "reporter")
    await district.opens(WEEK, "19/10 00:00", OPENED, ladder=["-1d", "-3h"])  # a Sunday's end

    assert await district.knock("15/10 19:00") == {}
    assert "còn 2 ngày" in (await district.knock("16/10 06:30"))["TH Bình An reporter"]
    assert await district.knock("16/10 16:59") == {}
    assert "TH Bình An reporter" in await district.knock("16/10 17:00")
    assert await district.knock("17/10 10:00") == {}
    assert "đã quá hạn" not in str(await district.knock("18/10 17:00"))


async def test_over_tet_nobody_is_written_to(district: District):
    await district.school("TH Bình An", "reporter")
    await district.opens(WEEK, "20/02 00:00", "20/01 08:00")  # Tết is on 17/02/2026

    days = await district.days(1, 28, 2, "19:30")
    assert days == ["12/02", "13/02", "23/02", "24/02", "25/02", "26/02", "27/02"]


async def test_who_has_submitted_hears_nothing_more(district: District):
    for name in ("TH Bình An", "TH Mỹ Thạnh", "TH Nhị Thành"):
        await district.school(name, "reporter")
    await district.opens(WEEK, DUE, OPENED)
    await district.mark("TH Bình An", WEEK, status="submitted")
    await district.mark("TH Mỹ Thạnh", WEEK, status="accepted")
    assert set(await district.knock("07/10 07:00")) == {"TH Nhị Thành reporter"}


async def test_a_reminder_stops_the_second_the_report_lands(district: District):
    await district.school("TH Bình An", "reporter")
    await district.opens(WEEK, DUE, OPENED)
    now = at("07/10 07:00")
    (parcel,) = await district.parcels(now)

    await district.mark("TH Bình An", WEEK, status="submitted")
    fresh = Fresh(district.database, HOURS, clock=lambda: now)
    with pytest.raises(Rejected):
        await fresh.write(parcel.message)


async def test_the_text_is_written_when_it_is_sent(district: District):
    for title in (WEEK, "Phổ cập"):
        await district.school(f"TH {title}", "reporter") if title == WEEK else None
        await district.opens(title, DUE, OPENED)
    clock = at("07/10 19:00")
    (parcel,) = await district.parcels(clock)
    fresh = Fresh(district.database, HOURS, clock=lambda: clock)
    assert await fresh.write(parcel.message) == parcel.message
    assert "2 báo cáo" in parcel.message.text

    clock = at("08/10 08:00")  # the channel was down over night
    await district.mark(f"TH {WEEK}", "Phổ cập", status="submitted")
    message = await fresh.write(parcel.message)
    assert "1 báo cáo" in message.text
    assert "còn 6 ngày" in message.text
    assert "Phổ cập" not in message.text

    clock = at("08/10 21:00")
    with pytest.raises(Rejected):  # it is night again
        await fresh.write(parcel.message)


async def test_what_is_no_reminder_is_sent_as_it_is(district: District):
    from bot.chat import Message  # noqa: PLC0415

    fresh = Fresh(district.database, HOURS, clock=lambda: at("08/10 23:00"))
    assert await fresh.write(Message("Chào thầy/cô")) == Message("Chào thầy/cô")


async def test_after_three_days_of_outage_one_message_catches_up(district: District):
    await district.school("TH Bình An", "reporter")
    await district.opens(WEEK, DUE, OPENED)
    await district.knock("07/10 07:00")
    # from 11/10 to the morning of 14/10 nothing runs
    said = await district.knock("14/10 09:12")
    assert "còn 15 giờ" in said["TH Bình An reporter"]
    assert await district.knock("14/10 09:13") == {}
    assert "TH Bình An reporter" in await district.knock("14/10 17:00")


async def test_two_processes_that_knock_at_once_remind_once(district: District):
    for number in range(20):
        await district.school(f"TH {number}", "reporter")
    await district.opens(WEEK, DUE, OPENED)
    said = await asyncio.gather(*(district.knock("07/10 07:00") for _ in range(4)))
    assert sorted(map(len, said)) == [0, 0, 0, 20]


async def test_all_that_a_person_owes_is_in_one_message(district: District):
    await district.school("TH Bình An", "reporter")
    for title in (WEEK, "Phổ cập giáo dục", "Cơ sở vật chất"):
        await district.opens(title, DUE, OPENED)
    now = at("07/10 07:00")
    (parcel,) = await district.parcels(now)
    assert "3 báo cáo" in parcel.message.text
    assert [choice.token.rpartition(".")[0] for choice in parcel.message.choices] == [
        "c.open", "c.open", "c.open", "c.snooze", "c.snooze"
    ]  # fmt: skip
    assert parcel.message.choices[0].label == f"Bắt đầu: {WEEK}"


async def test_the_head_is_asked_when_nothing_has_begun_the_day_before(district: District):
    for name in ("TH Bình An", "TH Mỹ Thạnh"):
        await district.school(name, "reporter", "head")
    await district.opens(WEEK, DUE, OPENED)
    await district.mark("TH Mỹ Thạnh", WEEK, status="drafting")

    assert "TH Bình An head" not in await district.knock("12/10 07:00")
    said = await district.knock("13/10 07:00")
    assert set(said) == {"TH Bình An reporter", "TH Bình An head", "TH Mỹ Thạnh reporter"}
    await district.knock("15/10 07:00")
    assert "TH Mỹ Thạnh head" in await district.knock("16/10 07:00")  # two days late


async def test_the_head_alone_is_reminded_of_what_waits_for_approval(district: District):
    await district.school("TH Bình An", "reporter", "head")
    await district.school("TH Mỹ Thạnh", "head")
    await district.opens(WEEK, DUE, OPENED)
    await district.mark("TH Bình An", WEEK, status="drafting", prepared_at=at("02/10 08:00"))

    said = await district.knock("07/10 07:00")
    assert set(said) == {"TH Bình An head", "TH Mỹ Thạnh head"}
    assert "chờ thủ trưởng duyệt" in said["TH Bình An head"]


async def test_officers_are_told_once_a_day_whom_to_telephone(district: District):
    await district.school("TH Bình An", "reporter")
    await district.school("MN Hoa Sen", head="Nguyễn Thị Hoa", phone="0909 123 456")
    await district.opens(WEEK, DUE, OPENED)

    said = (await district.knock("07/10 07:00"))["officer"]
    assert "Trường MN Hoa Sen – Nguyễn Thị Hoa, 0909 123 456" in said
    assert "chưa có ai của trường vào nhận việc" in said
    assert "Bình An" not in said
    assert "officer" not in await district.knock("07/10 07:01")

    for day in ("15/10", "16/10"):
        await district.knock(f"{day} 07:00")
    said = (await district.knock("19/10 07:00"))["officer"]  # five days late
    assert "Cần gọi điện cho 2 trường" in said
    assert "Trường TH Bình An – chưa có số điện thoại" in said
    await district.mark("TH Bình An", WEEK, status="submitted")
    assert "Bình An" not in str(await district.knock("20/10 07:00"))


async def test_what_arises_later_in_the_day_is_told_to_officers_the_next_day(district: District):
    await district.school("MN Hoa Sen")
    await district.opens(WEEK, "14/10 17:00", OPENED, ladder=["-1h"])
    await district.opens("Phổ cập", "14/10 19:00", OPENED, ladder=["-1h"])
    assert "Phổ cập" not in (await district.knock("14/10 16:00"))["officer"]
    assert await district.knock("14/10 18:00") == {}
    said = (await district.knock("15/10 06:30"))["officer"]
    assert "Phổ cập" in said


async def test_a_person_who_wants_to_be_left_alone_is_reminded_at_that_time(district: District):
    await district.school("TH Bình An", "reporter")
    await district.opens(WEEK, DUE, OPENED)
    await district.knock("07/10 07:00")
    person = district.people["TH Bình An reporter"]
    until = await district.database.write(
        lambda s: snooze(s, person, "2", HOURS, at("07/10 07:05"))
    )
    assert until == at("07/10 09:05")
    assert await district.knock("07/10 09:04") == {}
    assert "còn 7 ngày" in (await district.knock("07/10 09:05"))["TH Bình An reporter"]
    assert await district.knock("07/10 09:06") == {}


async def test_a_step_that_is_reached_meanwhile_waits_for_the_person(district: District):
    await district.school("TH Bình An", "reporter")
    await district.opens(WEEK, DUE, OPENED)
    person = district.people["TH Bình An reporter"]
    await district.database.write(lambda s: snooze(s, person, "sáng mai", HOURS, at("12/10 06:00")))
    assert await district.knock("12/10 07:00") == {}
    assert "còn 1 ngày" in (await district.knock("13/10 06:30"))["TH Bình An reporter"]
    assert await district.knock("13/10 06:31") == {}


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("2", "07/10 10:00"),
        ("nhắc lại sau 2 tiếng nữa", "07/10 10:00"),
        ("30 phút", "07/10 08:30"),
        ("afternoon", "07/10 14:00"),
        ("chiều nay", "07/10 14:00"),
        ("tomorrow", "08/10 06:30"),
        ("mai", "08/10 06:30"),
        ("hai ngày", "09/10 06:30"),
        ("3 ngày nữa", "12/10 06:30"),  # over the weekend
        ("thứ hai", "12/10 06:30"),
        ("14 giờ nữa", "08/10 06:30"),  # 22:00
        ("60 ngày", "14/10 08:00"),
        ("bao giờ cũng được", None),
    ],
)
async def test_until_when_in_peoples_words(district: District, words: str, until: str | None):
    person = district.people["officer"]
    found = await district.database.write(
        lambda s: snooze(s, person, words, HOURS, at("07/10 08:00"))
    )
    assert found == (at(until) if until else None)


async def test_between_two_messages_to_a_person_are_four_hours(district: District):
    await district.school("TH Bình An", "reporter")
    await district.opens(WEEK, "14/10 18:00", OPENED, ladder=["-9h"])
    await district.opens("Phổ cập", "14/10 18:00", OPENED, ladder=["-8h"])
    await district.opens("Sĩ số", "14/10 18:00", OPENED, ladder=["-3h"])
    for title in ("Phổ cập", "Sĩ số"):
        await district.mark("TH Bình An", title, status="drafting")

    assert WEEK in (await district.knock("14/10 09:00"))["TH Bình An reporter"]
    assert await district.knock("14/10 10:00") == {}
    assert "Phổ cập" in (await district.knock("14/10 11:00"))["TH Bình An reporter"]
    assert await district.knock("14/10 12:59") == {}
    assert "Sĩ số" in (await district.knock("14/10 15:00"))["TH Bình An reporter"]


async def test_more_time_begins_the_ladder_anew(district: District):
    await district.school("TH Bình An", "reporter")
    await district.school("TH Mỹ Thạnh", "reporter")
    await district.opens(WEEK, DUE, OPENED)
    for moment in ("07/10 07:00", "12/10 07:00", "13/10 07:00"):
        await district.knock(moment)
    await district.extends("TH Bình An", WEEK, "22/10 00:00", "13/10 15:00")  # eight days more

    assert await district.knock("13/10 15:01") == {}
    said = await district.knock("14/10 06:30")
    assert "còn 7 ngày" in said["TH Bình An reporter"]
    assert "Hạn: hạn 22/10 00:00" in said["TH Bình An reporter"]
    assert set(await district.knock("14/10 17:00")) == {"TH Mỹ Thạnh reporter"}
    assert set(await district.knock("15/10 07:00")) == {"TH Mỹ Thạnh reporter"}
    await district.mark("TH Mỹ Thạnh", WEEK, status="submitted")
    assert await district.days(16, 23, 10) == ["19/10", "20/10", "22/10", "23/10"]


async def test_what_went_back_after_the_deadline_is_reminded_of_the_next_day(district: District):
    await district.school("TH Bình An", "reporter")
    await district.opens(WEEK, DUE, OPENED)
    await district.mark("TH Bình An", WEEK, status="submitted")
    report_id = district.reports["TH Bình An", WEEK]

    def send_back(store):
        document = store.reports.add_document(report_id, 1, {}, "x", at("14/10 08:00"))
        submission = store.reports.submit(report_id, document, "BC-1", 1, at("14/10 08:00"))
        store.reports.mark(report_id, status="returned")
        store.reports.send_back(report_id, submission.id, {"a": "sai"}, 1, at("19/10 09:00"))

    await district.database.write(send_back)
    assert await district.knock("19/10 09:01") == {}
    assert "Được trả lại" in (await district.knock("20/10 06:30"))["TH Bình An reporter"]


async def test_a_campaign_that_is_over_is_quiet(district: District):
    await district.school("TH Bình An", "reporter")
    await district.opens(WEEK, DUE, OPENED, late_until=at("16/10 12:00"))
    await district.opens("Phổ cập", DUE, OPENED)
    await district.opens("Chưa mở", DUE, "14/10 20:00")
    closed = district.campaigns["Phổ cập"]
    await district.database.write(lambda s: s.campaigns.close(closed, at("02/10 08:00")))
    said = await district.knock("14/10 17:00")
    assert "1 báo cáo" in said["TH Bình An reporter"]
    assert len(await district.knock("15/10 07:00")) == 1
    assert await district.days(17, 20, 10) == ["19/10", "20/10"]  # the one that opened late


async def test_a_ladder_may_be_empty(district: District):
    await district.school("TH Bình An", "reporter")
    await district.school("MN Hoa Sen")
    await district.opens(WEEK, DUE, OPENED, ladder=["never"])
    assert await district.days(1, 30, 10) == []


async def test_a_person_is_reminded_where_they_can_be_reached(district: District):
    await district.school("TH Bình An", "reporter")
    await district.opens(WEEK, DUE, OPENED)

    def moves(store):
        store.people.add_person("telegram", "77", "x", at("02/10 08:00"))
        store.people.move_address("telegram", "77", district.people["TH Bình An reporter"])
        store.people.mark_gone("web", "TH Bình An reporter", at("02/10 08:00"))

    await district.database.write(moves)
    assert set(await district.knock("07/10 07:00")) == {"77"}
    await district.database.write(lambda s: s.people.mark_gone("telegram", "77", at("08/10 08:00")))
    said = await district.knock("12/10 07:00")
    assert set(said) == {"officer"}
    assert "không gửi được tin" in said["officer"]


async def test_an_officer_reminds_those_who_have_not_submitted(district: District):
    for name in ("TH Bình An", "TH Mỹ Thạnh", "TH Nhị Thành"):
        await district.school(name, "reporter", "head")
    await district.school("MN Hoa Sen")
    await district.opens(WEEK, DUE, OPENED)
    await district.mark("TH Bình An", WEEK, status="submitted")
    await district.mark("TH Mỹ Thạnh", WEEK, status="drafting")
    campaign, now = district.campaigns[WEEK], at("03/10 21:00")

    chase = await district.database.read(lambda s: who_not_submitted(s, campaign, None, now))
    assert [owed.unit_name for owed in chase.reached] == [
        "Trường TH Mỹ Thạnh",
        "Trường TH Nhị Thành",
    ]
    assert [owed.unit_name for owed in chase.unreached] == ["Trường MN Hoa Sen"]

    by = district.people["officer"]
    notices = await district.database.write(lambda s: remind_now(s, chase, by, HOURS, now))
    assert {address.id for address, _ in notices} == {
        "TH Mỹ Thạnh reporter", "TH Nhị Thành reporter", "TH Nhị Thành head"
    }  # fmt: skip
    twice = now + timedelta(seconds=2)
    assert await district.database.write(lambda s: remind_now(s, chase, by, HOURS, twice)) == []
    fresh = Fresh(district.database, HOURS, clock=lambda: now)
    assert (await fresh.write(notices[0][1])).text == notices[0][1].text

    only = [district.schools["TH Nhị Thành"]]
    chase = await district.database.read(lambda s: who_not_submitted(s, campaign, only, now))
    assert [owed.unit_name for owed in chase.reached] == ["Trường TH Nhị Thành"]


async def test_a_new_deadline_for_all_begins_anew(district: District):
    await district.school("TH Bình An", "reporter")
    await district.opens(WEEK, DUE, OPENED)
    await district.knock("13/10 07:00")
    campaign = district.campaigns[WEEK]

    def move(store):
        store.campaigns.change(campaign, due_at=at("17/10 00:00"), due_text="hết 16/10")
        restart(store, district.reports.values(), HOURS, at("13/10 16:00"))

    await district.database.write(move)
    assert await district.days(13, 16, 10, "16:30") == ["15/10"]


async def test_in_a_big_district_each_still_gets_one_message(district: District):
    for number in range(50):
        await district.school(f"TH {number}", "reporter")
    for number in range(20):
        await district.school(f"MN {number}")
    one, other = district.people["TH 0 reporter"], district.schools["TH 49"]
    await district.database.write(
        lambda s: s.people.join(one, other, "reporter", at("02/09 08:00"))
    )
    for number in range(5):
        await district.opens(f"Đợt {number}", DUE, OPENED)

    said = await district.knock("07/10 07:00")
    assert len(said) == 51
    assert "10 báo cáo" in said["TH 0 reporter"]
    assert "5 báo cáo" in said["TH 49 reporter"]
    assert "Cần gọi điện cho 20 trường" in said["officer"]
    assert re.search(r"… và \d\d mục nữa", said["officer"])
    assert len(said["officer"]) < 2000
    assert await district.knock("07/10 07:01") == {}
