"""From one version of a form to the next: no answer is lost, and none is asked for twice."""

# ruff: noqa: E501 (tables are easier to read in one piece)

from hypothesis import given, settings

from bot.forms.carrying import Carried, difference
from bot.forms.filling import Filling
from tests.forms.test_properties import FORM, Deed, deeds, do
from tests.forms.workbooks import answer, begin, environment, form

LATER = FORM.replace("| text            | ten   | Tên ", "| integer         | ten   | Tên ")
LATER = LATER.replace(
    "| integer         | n     |",
    "| text            | moi   | Mới?         |                 |            |          |             |              |               |\n    | integer         | n     |",
)
LATER = LATER.replace(
    "| text            | them  | Thêm         | ${chu} = 'a'    |            |          |             |              |               |\n",
    "",
)
LATER = LATER.replace("| xa        | a2    | A2    | a    |\n", "")
"""One question new, one of another type, one dropped, one choice gone."""


def given_answers(filling: Filling) -> dict[str, str]:
    return {
        step.ref: step.value
        for step in filling.steps()
        if step.question is not None and step.value and step.status == "answered"
    }


def kept(filling: Filling) -> dict[str, str]:
    """What was answered, also in rows and groups that are not asked now."""
    names = {question.name for question in form(FORM).questions}
    values = filling.state()["values"]
    return {ref: value for ref, value in values.items() if ref.rpartition("/")[2] in names}


def filled(what: list[Deed]) -> Filling:
    filling = begin(FORM)
    for deed in what:
        do(filling, deed)
    return filling


@settings(max_examples=150, deadline=None)
@given(deeds)
def test_the_same_form_again_changes_nothing(what: list[Deed]):
    filling = filled(what)
    same, carried = Filling.carried(form(FORM), filling, environment(), {})
    assert (carried.new, carried.gone, carried.moved) == ((), (), {})
    assert given_answers(same) == {
        ref: value for ref, value in given_answers(filling).items() if ref not in carried.again
    }
    assert [step.ref for step in same.steps()] == [step.ref for step in filling.steps()]
    assert kept(same) == kept(filling)


@settings(max_examples=250, deadline=None)
@given(deeds)
def test_every_answer_is_there_or_asked_again_or_named_as_gone(what: list[Deed]):
    filling = filled(what)
    later, carried = Filling.carried(form(LATER), filling, environment(), {})
    now = {step.ref: step for step in later.steps()}
    stays = {q.path for q in form(LATER).questions} - {"/data/lop/ten"}
    gone = dict.fromkeys(carried.gone, True)
    for ref, value in given_answers(filling).items():
        step = now.get(ref)
        if step is not None and step.question is not None and step.question.path in stays:
            assert step.value == value or ref in carried.again
            assert step.status == "answered" or ref in carried.again
        elif step is None or step.question is None or step.question.path not in stays:
            label = filling.step(ref).label
            still_kept = any(value in str(kept) for kept in later.state().values())
            assert still_kept or (label, filling.label(ref)) in gone
    for ref in carried.again:
        assert now[ref].status == "open"


@settings(max_examples=80, deadline=None)
@given(deeds)
def test_there_and_back_nothing_that_is_in_both_is_lost(what: list[Deed]):
    filling = filled(what)
    later, _ = Filling.carried(form(LATER), filling, environment(), {})
    back, carried = Filling.carried(form(FORM), later, environment(), {})
    known = given_answers(back)
    for ref, value in given_answers(later).items():
        if ref in {step.ref for step in back.steps()} and not ref.endswith(("/ten", "/moi")):
            assert known.get(ref) == value or ref in carried.again


COUNTED = """
    | type         | name | label | repeat_count |
    | integer      | n    | Mấy?  |              |
    | begin_repeat | lop  | Lớp   | ${n}         |
    | text         | ten  | Tên?  |              |
    | end_repeat   |      |       |              |
"""


def test_rows_beyond_a_count_that_went_down_come_back_in_the_next_version_too():
    old = answer(begin(COUNTED), n="3")
    for row in (1, 2, 3):
        old.answer(f"/data/lop[{row}]/ten", f"Lớp {row}")
    answer(old, n="1")
    new, carried = Filling.carried(form(COUNTED), old, environment(), {})
    assert carried == Carried()
    assert given_answers(new) == {"/data/n": "1", "/data/lop[1]/ten": "Lớp 1"}
    answer(new, n="3")
    assert [new.value(f"/data/lop[{row}]/ten") for row in (1, 2, 3)] == ["Lớp 1", "Lớp 2", "Lớp 3"]


def test_what_nobody_was_asked_any_more_is_not_named_as_gone():
    old = answer(begin(COUNTED), n="1")
    old.answer("/data/lop[1]/ten", "Lớp 1")
    answer(old, n="0")
    dropped = COUNTED.replace("| text         | ten  |", "| text         | khac |")
    assert Filling.carried(form(dropped), old, environment(), {})[1].gone == ()


def test_the_difference_is_named():
    changed = difference(form(FORM), form(LATER))
    assert changed.added == ("moi",)
    assert changed.dropped == ("them",)
    assert changed.changed == ("ten",)


def test_a_question_that_moved_to_another_group_keeps_its_answer():
    before = """
        | type | name | label |
        | text | a    | A?    |
        | text | b    | B?    |
    """
    after = """
        | type        | name | label | relevant |
        | begin_group | nhom | Nhóm  |          |
        | text        | b    | B?    |          |
        | end_group   |      |       |          |
        | text        | a    | A?    |          |
    """
    old = answer(begin(before), a="một", b="hai")
    new, carried = Filling.carried(form(after), old, environment(), {})
    assert new.value("b") == "hai"
    assert new.next_open() is None
    assert carried.moved == {"/data/b": "/data/nhom/b"}


def test_what_has_become_required_is_asked_and_what_was_put_off_stays_put_off():
    before = """
        | type | name | label |
        | text | a    | A?    |
        | text | b    | B?    |
    """
    after = before.replace("label |", "label | required |").replace("A?    |", "A?    | yes |")
    old = begin(before)
    old.skip("/data/a")
    old.postpone("/data/b")
    new, carried = Filling.carried(form(after), old, environment(), {})
    assert carried.again == ("/data/a",)
    assert new.step("/data/b").status == "later"


def test_rows_come_along_with_their_answers():
    table = """
        | type         | name | label |
        | begin_repeat | lop  | Lớp   |
        | text         | ten  | Tên?  |
        | end_repeat   |      |       |
    """
    old = begin(table)
    while old.rows("/data/lop") < 3:
        old.add_row("/data/lop")
    for row in (1, 2, 3):
        old.answer(f"/data/lop[{row}]/ten", f"Lớp {row}")
    old.close_repeat("/data/lop")
    wider = table.replace(
        "    | end_repeat", "    | text         | gv   | Cô?   |\n        | end_repeat"
    )
    new, carried = Filling.carried(form(wider), old, environment(), {})
    assert [new.value(f"/data/lop[{row}]/ten") for row in (1, 2, 3)] == ["Lớp 1", "Lớp 2", "Lớp 3"]
    assert carried.new == tuple(f"/data/lop[{row}]/gv" for row in (1, 2, 3))
