"""An office speaks to its schools: to whom, pause, cancel, once more, "Đã nhận", later."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot import broadcasts
from bot.broadcasts import NewBroadcast, Selection
from bot.chat import File
from bot.errors import NotAllowed, PersonGone, Rejected, SendError, TryLater
from bot.texts import texts
from tests.broadcasts.conftest import TEXT, Office, until
from tests.talks.district import OFFICE, SCHOOLS

NAMES = [name for name, _ in SCHOOLS]
SAID = f"📣 Thông báo của {OFFICE}\n\n{TEXT}"
EVERYBODY = {name: [SAID] for name in NAMES}
NOBODY: dict[str, list[str]] = {name: [] for name in NAMES}


async def test_everybody_gets_it_once_and_the_officer_sees_how_far_it_is(office: Office):
    number = await office.send()
    assert office.heard() == EVERYBODY
    assert await office.sums(number) == {"sent": 4}
    shown = [message.text for message in office.district.officer.messages]
    assert shown[-1].startswith("✅ Thông báo đã gửi xong\n4/4 người (100%)")
    await office.knock()
    assert [message.text for message in office.district.officer.messages] == shown
    assert office.heard() == EVERYBODY


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(levels=("TH",)), NAMES[:2]),
        (Selection(clusters=("Cụm 1",)), [NAMES[1], NAMES[3]]),
        (Selection(levels=("TH", "MN"), clusters=("Cụm 2",)), [NAMES[0], NAMES[2]]),
        (Selection(unit_ids=()), []),
    ],
)
async def test_only_the_schools_that_are_meant_get_it(
    office: Office, selection: Selection, expected: list[str]
):
    number = await office.send(selection=selection)
    assert [name for name, said in office.heard().items() if said] == expected
    assert sum((await office.sums(number)).values()) == len(expected)
    status = await office.do(lambda store: store.broadcasts.get(number).status)
    assert status == "done"


async def test_only_who_has_not_submitted_gets_it(office: Office, tmp_path: Path):
    campaign = await office.district.open(tmp_path)
    await office.district.fill(NAMES[2])
    before = {name: len(said) for name, said in office.heard().items()}
    await office.send(campaign_id=campaign, selection=Selection(not_submitted=True))
    told = [name for name, said in office.heard().items() if len(said) > before[name]]
    assert told == [NAMES[0], NAMES[1], NAMES[3]]


async def test_the_preview_says_who_gets_it_who_cannot_and_where_nobody_is(office: Office):
    def change(store):
        store.people.add_unit(
            "Trường TH Vắng", kind="school", level="TH", parent_id=office.district.office_id
        )
        store.people.mark_gone("paper", "t2", office.now())
        teacher = store.people.person_at("paper", "t1")
        (unit,) = [unit for unit in store.people.below(office.district.office_id)
                   if unit.name == NAMES[2]]  # fmt: skip
        store.people.join(teacher.id, unit.id, "head", office.now())  # of two schools: once

    await office.do(change)
    found = await office.do(
        lambda store: broadcasts.audience(store, office.district.office_id, None, now=office.now())
    )
    assert [(one.name, one.school, one.channel) for one in found.recipients] == [
        ("Cô 1", NAMES[0], "paper"),
        ("Cô 3", NAMES[2], "paper"),
        ("Cô 4", NAMES[3], "paper"),
    ]
    assert found.unreachable == [("Cô 2", NAMES[1])]
    assert found.nobody == ["Trường TH Vắng"]
    said = broadcasts.audience_text(texts("vi"), found)
    assert "3 người của 3 trường: paper 3" in said
    assert f"Cô 2 ({NAMES[1]})" in said
    assert "Trường TH Vắng" in said


async def test_a_person_with_two_accounts_gets_it_where_they_last_wrote(office: Office):
    def second_account(store):
        teacher = store.people.person_at("paper", "t1")
        store.people.add_person("web", "w1", "", office.now())
        store.people.move_address("web", "w1", teacher.id)
        teacher.state["here"] = ["paper", "t1"]
        store.people.save_state(teacher, office.now())

    await office.do(second_account)
    number = await office.send()
    where = [(row.channel, row.chat_id) for row in await office.ledger(number)]
    assert where == [("paper", f"t{n}") for n in range(1, 5)]


async def test_paused_it_waits_and_resumed_it_goes_on(office: Office):
    number = await office.draft()
    await office.deed(broadcasts.start, number)
    assert await office.deed(broadcasts.pause, number)
    assert not await office.deed(broadcasts.pause, number)
    await office.knock()
    assert office.heard() == NOBODY
    assert await office.sums(number) == {"queued": 4}
    assert office.district.officer.last.text.startswith("⏸ Thông báo đang tạm dừng\n0/4")
    assert [one.token for one in office.district.officer.last.choices] == [
        f"c.bresume.{number}",
        f"c.bcancel.{number}",
    ]
    assert await office.deed(broadcasts.resume, number)
    office.talk.clock.turn(seconds=4)
    await office.knock()
    assert office.heard() == EVERYBODY
    last = office.district.officer.last
    assert last.text.startswith("✅ Thông báo đã gửi xong")
    assert last.replaces  # in the same message


async def test_cancelled_it_goes_to_nobody_any_more(office: Office):
    number = await office.draft()
    await office.deed(broadcasts.start, number)
    await office.deed(broadcasts.pause, number)
    assert await office.deed(broadcasts.cancel, number)
    await office.knock()
    assert office.heard() == NOBODY
    assert await office.sums(number) == {"cancelled": 4}
    assert "Không gửi nữa: 4" in office.district.officer.last.text
    assert not await office.deed(broadcasts.resume, number)
    assert not await office.deed(broadcasts.start, number)


async def test_who_was_not_reached_is_named_and_tried_again_alone(office: Office):
    number = await office.send(PersonGone("Forbidden: bot was blocked by the user"))
    assert await office.sums(number) == {"sent": 3, "failed": 1}
    last = office.district.officer.last
    assert "• Cô 1, Trường TH Bình An: đã chặn Trợ lý" in last.text
    assert [one.token for one in last.choices] == [f"c.bretry.{number}"]
    assert await office.deed(broadcasts.retry_failed, number) == 0  # still gone
    await office.do(lambda store: store.people.mark_gone("paper", "t1", None))
    assert await office.deed(broadcasts.retry_failed, number) == 1
    office.talk.clock.turn(seconds=4)
    await office.knock()
    assert office.heard() == EVERYBODY
    assert await office.sums(number) == {"sent": 4}


async def test_what_may_have_arrived_is_unknown_and_is_not_sent_again(office: Office):
    number = await office.send(TryLater("no answer", perhaps_sent=True))
    assert await office.sums(number) == {"sent": 3, "unknown": 1}
    assert "Không rõ đã đến hay chưa: 1" in office.district.officer.last.text
    assert await office.deed(broadcasts.retry_failed, number) == 0
    office.talk.clock.turn(minutes=10)
    await office.talk.bot.delivery.sweep()
    await office.knock()
    assert office.heard() == EVERYBODY | {NAMES[0]: []}


async def test_what_certainly_has_not_arrived_is_tried_again(office: Office):
    number = await office.send(
        TryLater("502 Bad Gateway", after=timedelta(seconds=2)),
        TryLater("429", after=timedelta(seconds=0.05), whole_channel=True),
        Rejected("message is too long"),
    )
    sums = await office.sums(number)
    assert sums == {"sent": 2, "queued": 1, "failed": 1}
    office.talk.clock.turn(seconds=5)
    await office.knock()
    assert await office.sums(number) == {"sent": 3, "failed": 1}
    assert sum(map(len, office.heard().values())) == 3


async def test_received_is_counted_once_for_each(office: Office):
    number = await office.send(wants_receipt=True)
    (choice,) = office.district.teachers[NAMES[0]].last.choices
    assert (choice.label, choice.token) == ("Đã nhận", f"c.received.{number}")

    def receive(chat_id: str):
        def work(store) -> bool:
            person = store.people.person_at("paper", chat_id)
            return broadcasts.acknowledge(store, person.id, number, office.now())

        return office.do(work)

    assert await receive("t1")
    assert not await receive("t1")
    assert not await receive("officer")
    assert await office.sums(number) == {"sent": 3, "acknowledged": 1}
    office.talk.clock.turn(seconds=4)
    await office.knock()
    assert 'Đã bấm "Đã nhận": 1' in office.district.officer.last.text


async def test_a_scheduled_one_begins_by_itself_to_whom_it_concerns_then(office: Office):
    number = await office.draft()
    at = office.now() + timedelta(hours=3)

    def plan(store) -> bool:
        return broadcasts.schedule(store, office.officer_id, number, at, office.now())

    assert await office.do(plan)
    await office.knock()
    assert office.heard() == NOBODY
    await office.do(lambda store: store.people.mark_gone("paper", "t3", office.now()))
    office.talk.clock.turn(hours=3)
    await office.show()
    await office.knock()
    assert office.heard() == EVERYBODY | {NAMES[2]: []}
    assert await office.sums(number) == {"sent": 3}
    assert not await office.deed(broadcasts.start, number)


async def test_files_go_with_it(office: Office):
    file = File("dispatch/1.pdf", "Công văn 12.pdf", "application/pdf")
    await office.talk.bot.files.write(file.key, b"%PDF-1.4")
    await office.send(files=(file,))
    assert office.district.teachers[NAMES[1]].last.files == (file,)


async def test_an_account_that_is_deleted_meanwhile_has_failed(office: Office):
    number = await office.draft()
    await office.deed(broadcasts.start, number)
    await office.deed(broadcasts.pause, number)

    def delete(store) -> None:
        store.outbox.forget("paper", "t4")
        store.people.delete_person(store.people.person_at("paper", "t4").id)

    await office.do(delete)
    await office.deed(broadcasts.resume, number)
    await office.knock()
    assert await office.sums(number) == {"sent": 3, "failed": 1}
    assert "✅" in office.district.officer.last.text


async def test_nobody_else_may_do_any_of_it(office: Office):
    number = await office.draft()
    teacher = await office.do(lambda store: store.people.person_at("paper", "t1"))
    deeds = (
        broadcasts.start,
        broadcasts.pause,
        broadcasts.resume,
        broadcasts.cancel,
        broadcasts.retry_failed,
    )
    for deed in deeds:
        with pytest.raises(NotAllowed):
            await office.do(lambda store, deed=deed: deed(store, teacher.id, number, office.now()))
    with pytest.raises(NotAllowed):
        await office.deed(broadcasts.start, number + 1)  # there is none
    new = NewBroadcast(office.district.office_id, TEXT)
    with pytest.raises(NotAllowed):
        await office.do(lambda store: broadcasts.draft(store, teacher.id, new, office.now()))


async def test_every_deed_is_in_the_audit(office: Office):
    number = await office.draft()
    for deed in (broadcasts.start, broadcasts.pause, broadcasts.resume, broadcasts.cancel):
        await office.deed(deed, number)
    entries = await office.do(lambda store: store.audit.latest([office.district.office_id], 10))
    done = [entry.about["what"] for entry in entries if entry.deed == "broadcast"]
    assert done == ["cancel", "resume", "pause", "start"]


async def test_a_bot_that_is_stopped_in_the_middle_leaves_nothing_unknown(office: Office):
    number = await office.draft()
    await office.deed(broadcasts.start, number)
    await office.show()
    pause = TryLater("429", after=timedelta(seconds=20), whole_channel=True)
    office.talk.paper.failures = [pause]
    await office.talk.bot.delivery.feed()
    await until(lambda: _is_empty(office.talk.paper.failures))
    await office.restart()
    await office.knock()
    assert await office.sums(number) == {"sent": 4}
    assert office.heard() == EVERYBODY


async def _is_empty(failures: list[SendError]) -> bool:
    return not failures


async def test_what_was_begun_when_the_bot_died_is_unknown_and_the_rest_goes_on(office: Office):
    number = await office.draft()
    await office.deed(broadcasts.start, number)
    begun = await office.do(lambda store: store.broadcasts.claim("paper", office.now(), 1))
    assert len(begun) == 1  # and then nothing more is heard of that process
    office.talk.clock.turn(minutes=2)
    await office.talk.bot.delivery.sweep()
    await office.knock()
    assert await office.sums(number) == {"sent": 3, "unknown": 1}
    assert office.heard() == EVERYBODY | {NAMES[0]: []}
