"""Which way a message may go: free, for a fee, as a template by user id or by telephone number."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat import Address, Message, Template
from bot.errors import OperatorNeeded, PersonGone, Rejected, TryLater, Unreachable
from tests.channels.zalo_oa_stage import OaStage
from tests.zalo import oa_rules
from tests.zalo.oa_person import Person
from tests.zalo.oa_server import REMINDER

VALUES = {"truong": "TH Bình An", "bao_cao": "Tuần lễ học tập", "han": "15/10/2026"}
REMIND = Message(
    "Thầy/cô còn nợ báo cáo Tuần lễ học tập.", template=Template("reminder", tuple(VALUES.items()))
)
NOON = datetime(2026, 10, 9, 5, 0, tzinfo=UTC)  # in Vietnam
PHONE = "84912345678"


def stage_of(tmp_path, **account):
    return OaStage(tmp_path, at_noon, **account)


def at_noon(zalo):
    zalo.clock.stands = NOON
    zalo.access_until = NOON


@pytest.fixture
async def stage(tmp_path):
    async with stage_of(tmp_path) as stage:
        yield stage


@pytest.mark.parametrize("hours", [0, 1, 47])
async def test_within_two_days_it_is_free(stage, hours):
    stage.zalo.clock.turn(hours=hours)
    await stage.send(REMIND)
    assert stage.person.answers[0].text == REMIND.text
    assert stage.counts == {"out": 1}


@pytest.mark.parametrize("late", [timedelta(hours=47, minutes=55), timedelta(days=6, hours=23.9)])
async def test_just_before_a_window_ends_it_counts_as_closed(tmp_path, late):
    budget = 10 if late < timedelta(days=3) else 0
    async with stage_of(tmp_path, paid_messages=budget) as stage:
        stage.zalo.clock.turn(seconds=late.total_seconds())
        await stage.send(REMIND)
        assert stage.counts["out"] == 0


async def test_after_three_days_it_is_paid_for_while_there_is_money(tmp_path):
    async with stage_of(tmp_path, paid_messages=2) as stage:
        stage.zalo.clock.turn(days=3)
        for number in range(3):
            await stage.send(REMIND, str(number))
        texts = [one.template for one in stage.person.answers]
        assert texts == ["", "", "201"]
        assert (stage.counts["paid"], stage.counts["template"]) == (2, 1)


async def test_without_money_nothing_is_paid_for(stage):
    stage.zalo.clock.turn(days=3)
    await stage.send(REMIND)
    assert stage.zalo.counts["cs"] == 0
    assert stage.counts == {"template": 1}
    with pytest.raises(Unreachable):
        await stage.send(Message("Không có mẫu"), "2")


async def test_many_at_once_never_spend_more_than_there_is(tmp_path):
    async with stage_of(tmp_path, paid_messages=10) as stage:
        people = [Person(stage.zalo, str(7000 + number)) for number in range(30)]
        stage.zalo.clock.turn(days=3)
        await asyncio.gather(
            *(stage.channel.send(Address("zalo-oa", one.id), REMIND, one.id) for one in people)
        )
        assert stage.zalo.counts["cs"] <= 10
        assert stage.counts["paid"] == stage.zalo.counts["cs"]
        assert stage.counts["paid"] + stage.counts["template"] == 30


async def test_what_was_not_sent_is_not_paid_for(tmp_path):
    async with stage_of(tmp_path, paid_messages=10) as stage:
        stage.zalo.clock.turn(days=3)
        long = Message("\n\n".join("chữ " * 300 for _ in range(4)))
        stage.zalo.fail("cs", skip=1, status=502)
        with pytest.raises(TryLater):
            await stage.send(long)
        assert stage.counts["paid"] == 1
        await stage.send(long)
        assert stage.counts["paid"] == len(stage.person.answers) == 4
        stage.zalo.fail("cs", cut="after")
        with pytest.raises(TryLater):
            await stage.send(Message("có thể đã đến"), "2")
        assert stage.counts["paid"] == 5


async def test_after_a_week_a_template_goes_and_no_consultation_is_tried(tmp_path):
    async with stage_of(tmp_path, paid_messages=100) as stage:
        stage.zalo.clock.turn(days=8)
        await stage.send(REMIND)
        (bubble,) = stage.person.answers
        assert (bubble.template, bubble.text) == ("201", " · ".join(VALUES.values()))
        assert stage.zalo.counts["cs"] == 0
        assert stage.counts == {"template": 1}


@pytest.mark.parametrize("code", [-249, -213, -230, -244])
async def test_what_cannot_go_by_user_id_goes_by_telephone_number(stage, code):
    stage.zalo.fail("template", code=code)
    stage.person.user.phone = PHONE
    stage.phone = "+84912345678"
    stage.zalo.clock.turn(days=8)
    await stage.send(REMIND, "4711")
    assert stage.counts == {"zns": 1}
    ((_, sent),) = [call for call in stage.zalo.calls if call[0] == "zns"]
    assert (sent["phone"], sent["tracking_id"]) == (PHONE, "4711")
    assert stage.zalo.counts["cs"] == 0


async def test_without_user_id_and_number_somebody_else_must_reach_them(stage):
    stage.zalo.templates["201"] = oa_rules.Template(REMINDER.limits, by_uid=False)
    stage.zalo.clock.turn(days=8)
    with pytest.raises(Unreachable):
        await stage.send(REMIND)
    stage.phone = "0987000111"  # of nobody on Zalo
    with pytest.raises(Unreachable):
        await stage.send(REMIND, "2")
    assert stage.person.answers == []
    assert stage.zalo.counts["cs"] == 0


@pytest.mark.parametrize("phone", ["", PHONE])
async def test_without_a_registered_template_nothing_goes(tmp_path, phone):
    async with stage_of(tmp_path, templates={}) as stage:
        stage.phone = phone
        stage.zalo.clock.turn(days=8)
        for message in (REMIND, Message("Không có mẫu")):
            with pytest.raises(Unreachable):
                await stage.send(message)
        assert [stage.zalo.counts[name] for name in ("cs", "template", "zns")] == [0, 0, 0]


async def test_somebody_never_heard_gets_no_consultation(stage):
    stage.person.user.heard_at = None
    await stage.send(REMIND)
    assert stage.zalo.counts["cs"] == 0
    assert stage.counts == {"template": 1}


async def test_a_window_that_zalo_has_closed_before_us_leads_to_the_template(stage):
    for number, code in enumerate((-230, -232, -244)):
        stage.zalo.fail("cs", code=code)
        await stage.send(REMIND, str(number))
    assert [one.template for one in stage.person.answers] == ["201"] * 3


@pytest.mark.parametrize("code", [-133, -234])
async def test_at_night_a_template_waits_for_the_morning(tmp_path, code):
    def at_night(zalo):
        at_noon(zalo)
        zalo.night_refusal = code

    async with OaStage(tmp_path, at_night) as stage:
        stage.zalo.clock.turn(days=8, hours=11, minutes=30)  # half past eleven at night
        with pytest.raises(TryLater) as error:
            await stage.send(REMIND)
        assert error.value.after == timedelta(hours=6, minutes=30)
        assert not error.value.whole_channel
        stage.zalo.clock.turn(hours=6, minutes=31)
        await stage.send(REMIND)
        assert stage.counts == {"template": 1}


async def test_when_the_money_is_gone_only_what_costs_waits_for_the_operator(stage):
    stage.zalo.money = 0
    stage.zalo.clock.turn(days=8)
    with pytest.raises(OperatorNeeded) as error:
        await stage.send(REMIND)
    assert not error.value.whole_channel
    assert "Zalo Cloud Account" in str(error.value)


async def test_a_value_that_the_template_does_not_take_is_never_sent(stage):
    stage.zalo.clock.turn(days=8)
    wrong = Template("reminder", (("truong", "x"), ("bao_cao", "b"), ("han", "h" * 31)))
    with pytest.raises(Rejected):
        await stage.send(Message("Nhắc", template=wrong))


async def test_a_name_that_is_longer_than_any_value_may_be_is_cut(stage):
    stage.zalo.clock.turn(days=8)
    long = Template("reminder", (("truong", "x" * 500), ("bao_cao", "b"), ("han", "h")))
    await stage.send(Message("Nhắc", template=long))
    assert stage.person.answers[0].text.startswith("x" * 200 + " ·")


async def test_a_quota_that_is_used_up_holds_the_channel(stage):
    stage.zalo.fail("cs", code=-211)
    with pytest.raises(OperatorNeeded) as error:
        await stage.send(REMIND)
    assert error.value.whole_channel
    stage.zalo.fail("cs", code=-218)
    with pytest.raises(TryLater) as waits:
        await stage.send(REMIND)
    assert (waits.value.after, waits.value.whole_channel) == (timedelta(hours=1), False)


async def test_who_has_left_is_gone_and_a_word_brings_them_back(stage):
    await stage.person.unfollow()
    with pytest.raises(PersonGone):
        await stage.send(REMIND)
    await stage.person.follow()
    await stage.send(REMIND)
    assert [one.blocked for one in await stage.hears(2)] == [True, False]


async def test_a_word_opens_the_window_again(stage):
    stage.zalo.clock.turn(days=30)
    await stage.person.say("tôi đây")
    await stage.send(REMIND)
    assert stage.person.answers[0].text == REMIND.text
