"""A school reports by the Official Account: the whole way, whatever the account may do."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.talks.conftest import invitation
from tests.talks.everywhere import Everywhere
from tests.talks.teacher import begin, report
from tests.talks.test_every_channel import Reported, kept, on_paper
from tests.talks.zalo_voices import OnZaloOA

__all__ = ["kept", "on_paper"]  # fixtures


@pytest.mark.parametrize("knobs", [{}, {"buttons_refused": -233}], ids=["buttons", "words only"])
async def test_a_report_by_the_account_is_the_same_to_the_byte(
    on_paper: Reported,
    tmp_path: Path,
    knobs: dict[str, Any],
):
    async with Everywhere(tmp_path, **knobs) as place, OnZaloOA(place) as teacher:
        await report(teacher, await invitation(place))
        assert await teacher.document() == on_paper.document
        used = await place.bot.database.read(
            lambda store: store.usage.of_month("zalo-oa", place.clock().strftime("%Y-%m"))
        )
        assert used["out"] == len(teacher.person.answers)
        assert set(used) == {"in", "out"}
        assert place.zalo_oa.exchanges == 1


async def test_a_restart_loses_neither_an_answer_nor_the_tokens(tmp_path: Path):
    async with Everywhere(tmp_path) as place, OnZaloOA(place) as teacher:
        question = await begin(teacher, await invitation(place))
        await place.stop()
        await place.start()
        assert question.splitlines()[-1] in await teacher.say("tiếp tục")
        assert place.zalo_oa.exchanges == 1


async def test_who_leaves_is_told_nothing_and_greeted_when_they_are_back(tmp_path: Path):
    async with Everywhere(tmp_path) as place, OnZaloOA(place) as teacher:
        await begin(teacher, await invitation(place))
        seen = len(teacher.person.answers)
        await teacher.person.unfollow()
        place.clock.turn(hours=timedelta(days=2) / timedelta(hours=1))
        await teacher.person.follow()
        await place.answered(await place.heard())
        (greeting,) = teacher.person.answers[seen:]
        assert "Câu" not in greeting.text
        assert "Câu" in await teacher.say("tiếp tục")


async def test_a_word_says_that_somebody_is_there_again(tmp_path: Path):
    async with Everywhere(tmp_path) as place, OnZaloOA(place) as teacher:
        await begin(teacher, await invitation(place))
        teacher.person.user.refuses = -213
        await teacher.say("tiếp tục")

        def addresses(store: Any) -> list[tuple[str, str]]:
            person = store.people.person_at("zalo-oa", teacher.person.id)
            return store.people.addresses_of(person.id)

        assert await place.bot.database.read(addresses) == []
        teacher.person.user.refuses = 0
        assert "Câu" in await teacher.say("tiếp tục")
        assert await place.bot.database.read(addresses) == [("zalo-oa", teacher.person.id)]
