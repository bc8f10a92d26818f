"""What holds for every way of filling a form, tried with many."""

# ruff: noqa: E501 (tables are easier to read in one piece)

import json
import re
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import AnswerError
from bot.forms.filling import Filling, Step
from tests.forms.workbooks import again, begin

FORM = """
    | type            | name  | label        | relevant        | constraint | required | calculation | repeat_count | choice_filter |
    | select_one co   | co    | Có không?    |                 |            | yes      |             |              |               |
    | integer         | n     | Mấy lớp?     | ${co} = 'co'    | . <= 5     |          |             |              |               |
    | begin_repeat    | lop   | Lớp          | ${co} = 'co'    |            |          |             | ${n}         |               |
    | integer         | hs    | Số em        |                 | . >= 0     |          |             |              |               |
    | text            | ten   | Tên          | ${hs} > 1       |            |          |             |              |               |
    | calculate       | thu   |              |                 |            |          | position(..) + ${tong} |   |               |
    | end_repeat      |       |              |                 |            |          |             |              |               |
    | calculate       | tong  |              |                 |            |          | sum(${hs})  |              |               |
    | begin_group     | g     | Nhóm         | ${tong} > 2     |            |          |             |              |               |
    | select_one tinh | tinh  | Tỉnh         |                 |            |          |             |              |               |
    | select_one xa   | xa    | Xã           |                 |            |          |             |              | tinh = ${tinh} |
    | select_multiple co | nhieu | Nhiều     | ${xa} != ''     |            |          |             |              |               |
    | end_group       |       |              |                 |            |          |             |              |               |
    | begin_repeat    | anh   | Ảnh          | ${n} != 3       |            |          |             |              |               |
    | text            | chu   | Chú thích    |                 |            |          |             |              |               |
    | text            | them  | Thêm         | ${chu} = 'a'    |            |          |             |              |               |
    | end_repeat      |       |              |                 |            |          |             |              |               |
    | calculate       | loi   |              |                 |            |          | join(',', ${chu}) |        |               |
    | note            | het   | ${loi} ${tong} |               |            |          |             |              |               |
    ## choices
    | list_name | name  | label | tinh |
    | co        | co    | Có    |      |
    | co        | khong | Không |      |
    | tinh      | a     | A     |      |
    | tinh      | b     | B     |      |
    | xa        | a1    | A1    | a    |
    | xa        | a2    | A2    | a    |
    | xa        | b1    | B1    | b    |
"""

DEEDS = ("answer", "answer", "answer", "answer", "skip", "later", "add", "drop", "move", "close")
VALUES = ("", "0", "1", "2", "3", "5", "a", "b", "co", "khong", "a1", "b1", "co khong", "7")


@dataclass(frozen=True)
class Deed:
    kind: str
    place: int
    value: str


deeds = st.lists(
    st.builds(Deed, st.sampled_from(DEEDS), st.integers(0, 30), st.sampled_from(VALUES)),
    max_size=25,
)


def do(filling: Filling, deed: Deed) -> None:
    """One deed of a person, at one of the steps there are; what is refused is refused."""
    steps = list(filling.steps())
    questions = [step for step in steps if step.kind == "question"]
    repeats = [step.ref for step in steps if step.kind == "add_another"]
    try:
        if deed.kind in ("answer", "skip", "later"):
            on_question(filling, questions[deed.place % len(questions)], deed)
        elif repeats:
            on_repeat(filling, repeats[deed.place % len(repeats)], deed)
    except AnswerError:
        pass


def on_question(filling: Filling, step: Step, deed: Deed) -> None:
    if deed.kind == "answer":
        names = [option.name for option in step.choices]
        filling.answer(step.ref, names[deed.place % len(names)] if names else deed.value)
    elif deed.kind == "skip":
        filling.skip(step.ref)
    else:
        filling.postpone(step.ref)


def on_repeat(filling: Filling, ref: str, deed: Deed) -> None:
    rows = filling.rows(ref)
    if deed.kind == "add":
        filling.add_row(ref)
    elif deed.kind == "close":
        filling.close_repeat(ref)
    elif rows and deed.kind == "drop":
        filling.drop_row(f"{ref}[{deed.place % rows + 1}]")
    elif rows:
        filling.move_row(f"{ref}[{deed.place % rows + 1}]", deed.place % 3 + 1)


def submitted(filling: Filling) -> str:
    return re.sub("uuid:[^<]*", "", filling.submission_xml())


def seen(filling: Filling) -> list[Step]:
    return list(filling.steps())


@settings(max_examples=80, deadline=None)
@given(deeds)
def test_saving_and_resuming_at_every_step_changes_nothing(story: list[Deed]) -> None:
    straight, interrupted = begin(FORM), begin(FORM)
    for deed in story:
        do(straight, deed)
        do(interrupted, deed)
        assert json.loads(json.dumps(interrupted.state())) == straight.state()
        interrupted = again(interrupted)
        assert interrupted.state() == straight.state()
    assert seen(interrupted) == seen(straight)
    assert submitted(interrupted) == submitted(straight)


@settings(max_examples=80, deadline=None)
@given(deeds)
def test_editing_is_the_same_as_having_answered_so_from_the_start(story: list[Deed]) -> None:
    edited = begin(FORM)
    for deed in story:
        do(edited, deed)
    fresh = begin(FORM)
    copy_rows(edited, fresh)
    for step in seen(edited):
        if step.kind == "question" and step.value and not step.readonly:
            copy_rows(edited, fresh)
            fresh.answer(step.ref, step.value)
    copy_rows(edited, fresh)
    assert submitted(fresh) == submitted(edited)
    assert [(s.ref, s.label, s.value) for s in seen(fresh)] == [
        (s.ref, s.label, s.value) for s in seen(edited)
    ]


def copy_rows(source: Filling, target: Filling) -> None:
    while target.rows("/data/anh") < source.rows("/data/anh"):
        target.add_row("/data/anh")
    while target.rows("/data/anh") > source.rows("/data/anh"):
        target.drop_row("/data/anh[1]")


@settings(max_examples=80, deadline=None)
@given(deeds, st.integers(0, 30), st.sampled_from(VALUES))
def test_there_and_back_again_is_the_same_place(story: list[Deed], place: int, value: str) -> None:
    filling = begin(FORM)
    for deed in story:
        do(filling, deed)
    free = [s for s in seen(filling) if s.question and s.question.type in ("text", "integer")]
    if not free:
        return
    step = free[place % len(free)]
    before = (submitted(filling), values(seen(filling)))
    try:
        filling.answer(step.ref, value)
    except AnswerError:
        assert (submitted(filling), values(seen(filling))) == before
        return
    filling.answer(step.ref, step.value)
    assert (submitted(filling), values(seen(filling))) == before


def values(steps: list[Step]) -> list[tuple[str, str, str]]:
    return [(step.ref, step.label, step.value) for step in steps]


@settings(max_examples=80, deadline=None)
@given(deeds)
def test_an_answer_tells_exactly_which_other_steps_came_or_went(story: list[Deed]) -> None:
    filling = begin(FORM)
    for deed in story:
        questions = [step for step in seen(filling) if step.kind == "question"]
        step = questions[deed.place % len(questions)]
        before = {other.ref for other in questions}
        try:
            told = filling.answer(step.ref, deed.value)
        except AnswerError:
            continue
        after = {other.ref for other in seen(filling) if other.kind == "question"}
        assert before ^ after <= set(told) | gone_rows(before - after)
        assert step.ref not in told


@settings(max_examples=80, deadline=None)
@given(deeds)
def test_forward_of_back_is_where_one_was(story: list[Deed]) -> None:
    filling = begin(FORM)
    for deed in story:
        do(filling, deed)
        asked = [ref for ref, _ in filling.asked()]
        assert asked == [step.ref for step in seen(filling)]
        for before, ref in pairwise(asked):
            step = filling.after(before)
            assert step is not None
            assert step == filling.step(ref)
        assert filling.after(asked[-1]) is None
        first = filling.after(None)
        assert first is not None
        assert first.ref == asked[0]


@settings(max_examples=80, deadline=None)
@given(deeds, st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(story: list[Deed], chance: Random) -> None:
    """What hides is answered after what shows it, and nothing else must be kept to."""
    filled = begin(FORM)
    for deed in story:
        do(filled, deed)
    other = begin(FORM)
    answers = {step.ref: step.value for step in seen(filled) if step.value and not step.readonly}
    left = list(answers)
    while left:
        copy_rows(filled, other)
        chance.shuffle(left)
        taken = next((ref for ref in left if can_take(other, ref, answers[ref])), None)
        assert taken, f"none of {left} can be answered"
        left.remove(taken)
    copy_rows(filled, other)
    assert submitted(other) == submitted(filled)
    assert values(seen(other)) == values(seen(filled))


def can_take(filling: Filling, ref: str, value: str) -> bool:
    try:
        filling.answer(ref, value)
    except (AnswerError, KeyError):
        return False
    return True


def gone_rows(refs: set[str]) -> set[str]:
    """Rows that a smaller count has taken away: their questions have no place any more."""
    return {ref for ref in refs if ref.startswith("/data/lop[")}
