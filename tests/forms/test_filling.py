"""What is asked, what an answer changes, and what is known afterwards."""

# ruff: noqa: E501 (tables are easier to read in one piece)

from datetime import UTC, datetime
from random import Random

import pytest
from defusedxml.ElementTree import fromstring

from bot.errors import AnswerError, FormError
from bot.forms.definition import Question
from bot.forms.filling import Filling
from tests.forms.workbooks import again, answer, begin, refs

CEREMONY = """
    | type              | name    | label             | hint  | relevant        | required | constraint | constraint_message | required_message | calculation |
    | begin_group       | le      | Lễ phát động      |       |                 |          |            |                    |                  |             |
    | select_one co     | co_le   | Có tổ chức không? |       |                 | yes      |            |                    | Cần biết có hay không | |
    | integer           | hs      | Học sinh dự lễ    | Số em | ${co_le} = 'co' | yes      | . >= 0     | Không thể âm       |                  |             |
    | integer           | gv      | Giáo viên dự lễ   |       | ${co_le} = 'co' |          |            |                    |                  |             |
    | end_group         |         |                   |       |                 |          |            |                    |                  |             |
    | calculate         | tong    |                   |       |                 |          |            |                    |                  | coalesce(${hs}, 0) + coalesce(${gv}, 0) |
    | note              | loi     | Tổng cộng ${tong} người |  |                |          |            |                    |                  |             |
    | text              | ghi_chu | Ghi chú           |       | ${tong} > 100   |          |            |                    |                  |             |
    ## choices
    | list_name | name | label |
    | co        | co   | Có    |
    | co        | khong | Chưa |
"""


def test_only_relevant_questions_are_asked_in_the_order_of_the_form() -> None:
    filling = begin(CEREMONY)
    assert refs(filling) == ["le/co_le", "loi"]
    assert filling.answer("/data/le/co_le", "co") == ("/data/le/hs", "/data/le/gv")
    assert refs(filling) == ["le/co_le", "le/hs", "le/gv", "loi"]


def test_an_answer_tells_what_came_and_what_went() -> None:
    filling = answer(begin(CEREMONY), **{"le/co_le": "co", "le/hs": "90"})
    assert filling.answer("/data/le/gv", "20") == ("/data/ghi_chu",)
    assert filling.answer("/data/le/co_le", "khong") == (
        "/data/le/hs",
        "/data/le/gv",
        "/data/ghi_chu",
    )


def test_values_of_hidden_questions_come_back_with_them() -> None:
    filling = answer(begin(CEREMONY), **{"le/co_le": "co", "le/hs": "90"})
    filling.answer("/data/le/co_le", "khong")
    assert filling.value("hs") == ""
    assert filling.value("tong") == "0"
    filling.answer("/data/le/co_le", "co")
    assert filling.value("hs") == "90"
    assert filling.value("tong") == "90"


def test_a_step_carries_all_that_a_prompt_needs() -> None:
    filling = answer(begin(CEREMONY), **{"le/co_le": "co"})
    choice, number = filling.step("/data/le/co_le"), filling.step("/data/le/hs")
    assert choice.question is not None
    assert (choice.question.type, choice.label) == ("select_one", "Có tổ chức không?")
    assert [(o.name, o.label) for o in choice.choices] == [("co", "Có"), ("khong", "Chưa")]
    assert (number.hint, number.sections, number.required) == ("Số em", ("Lễ phát động",), True)
    assert (choice.status, number.status, choice.value) == ("answered", "open", "co")


def test_labels_carry_answers() -> None:
    filling = answer(begin(CEREMONY), **{"le/co_le": "co", "le/hs": "90"})
    assert filling.step("/data/loi").label == "Tổng cộng 90 người"


def test_a_refused_answer_says_the_authors_words_and_leaves_no_trace() -> None:
    filling = answer(begin(CEREMONY), **{"le/co_le": "co", "le/hs": "90"})
    before = filling.state()
    with pytest.raises(AnswerError, match="Không thể âm"):
        filling.answer("/data/le/hs", "-1")
    with pytest.raises(AnswerError, match=r"^$"):
        filling.answer("/data/le/hs", "nhiều")
    with pytest.raises(AnswerError, match="Cần biết có hay không"):
        filling.answer("/data/le/co_le", "")
    with pytest.raises(AnswerError):
        filling.answer("/data/le/co_le", "có lẽ")
    assert filling.state() == before


def test_a_question_that_is_not_asked_cannot_be_answered() -> None:
    filling = begin(CEREMONY)
    for ref in ("/data/le/hs", "/data/tong", "/data/le", "/data/nothing", "", "le/hs"):
        with pytest.raises(KeyError):
            filling.answer(ref, "1")
        with pytest.raises(KeyError):
            filling.step(ref)


def test_problems_are_required_questions_and_broken_constraints() -> None:
    filling = begin(CEREMONY)
    assert [(p.ref, p.kind, p.message) for p in filling.problems()] == [
        ("/data/le/co_le", "required", "Cần biết có hay không")
    ]
    answer(filling, **{"le/co_le": "co"})
    filling.skip("/data/le/hs")
    assert [(p.ref, p.kind) for p in filling.problems()] == [("/data/le/hs", "required")]
    answer(filling, **{"le/hs": "3"})
    assert filling.problems() == ()


def test_an_earlier_answer_may_break_its_constraint_later() -> None:
    filling = begin("""
        | type    | name | label | constraint   | constraint_message |
        | integer | all  | All   |              |                    |
        | integer | some | Some  | . <= ${all}  | Nhiều hơn tất cả   |
    """)
    answer(filling, all="10", some="5")
    answer(filling, all="3")
    assert [(p.ref, p.kind, p.message) for p in filling.problems()] == [
        ("/data/some", "constraint", "Nhiều hơn tất cả")
    ]


def test_questions_are_open_answered_skipped_or_for_later() -> None:
    filling = begin("""
        | type | name | label |
        | text | a | A |
        | text | b | B |
        | text | c | C |
    """)
    filling.skip("/data/a")
    filling.postpone("/data/b")
    assert [step.status for step in again(filling).steps()] == ["skipped", "later", "open"]
    step = filling.next_open()
    assert step is not None
    assert step.ref == "/data/c"
    answer(filling, c="x")
    assert filling.next_open() is None
    filling.reopen("/data/b")
    step = filling.next_open("/data/c")
    assert step is not None
    assert step.ref == "/data/b"


def test_the_next_open_question_is_behind_the_last_one_even_if_that_has_vanished() -> None:
    filling = begin("""
        | type    | name | label | relevant      |
        | integer | n    | N     |               |
        | text    | a    | A     | ${stop} != 'x' |
        | text    | stop | S     |               |
        | text    | z    | Z     |               |
    """)
    answer(filling, stop="x")
    step = filling.next_open("/data/a")
    assert step is not None
    assert step.ref == "/data/z"


def test_a_default_is_offered_but_still_asked_and_a_preset_is_not() -> None:
    form = """
        | type   | name  | label | default    |
        | date   | ngay  | Ngày  | 2023-10-02 |
        | text   | ten   | Tên   |            |
        | hidden | nam   |       | 2023       |
    """
    filling = again(begin(form, {"ten": "Tân Thành", "nam": "2024"}))
    day, name = filling.steps()
    assert (day.value, day.status) == ("2023-10-02", "open")
    assert (name.value, name.status) == ("Tân Thành", "answered")
    assert filling.value("nam") == "2024"
    filling.skip("/data/ngay")
    assert again(filling).step("/data/ngay").status == "answered"


def test_a_note_is_open_until_it_has_been_seen() -> None:
    filling = begin("""
        | type | name | label |
        | note | hi   | Chào  |
    """)
    step = filling.next_open()
    assert step is not None
    assert step.question is not None
    assert (step.question.type, step.readonly) == ("note", True)
    with pytest.raises(AnswerError):
        filling.answer("/data/hi", "x")
    filling.answer("/data/hi", "")
    assert filling.next_open() is None
    assert again(filling).next_open() is None


def test_a_choice_that_is_no_longer_offered_is_taken_back_with_what_follows() -> None:
    filling = begin("""
        | type             | name | label | choice_filter | relevant |
        | select_one tinh  | tinh | Tỉnh  |               |          |
        | select_one huyen | huyen | Huyện | tinh = ${tinh} |        |
        | text             | xa   | Xã    |               | ${huyen} != '' |
        ## choices
        | list_name | name | label | tinh |
        | tinh  | la | Long An   |    |
        | tinh  | tg | Tiền Giang |   |
        | huyen | tt | Thủ Thừa  | la |
        | huyen | tn | Tân An    | la |
        | huyen | mt | Mỹ Tho    | tg |
    """)
    answer(filling, tinh="la")
    assert [o.label for o in filling.step("/data/huyen").choices] == ["Thủ Thừa", "Tân An"]
    answer(filling, huyen="tt", xa="Mỹ An")
    assert filling.answer("/data/tinh", "tg") == ("/data/huyen", "/data/xa")
    assert filling.step("/data/huyen").status == "open"
    assert filling.value("huyen") == ""
    with pytest.raises(AnswerError):
        filling.answer("/data/huyen", "tt")


def test_answers_have_labels() -> None:
    filling = begin("""
        | type | name | label |
        | select_multiple hd | hd | Hoạt động |
        | text | khac | Khác |
        ## choices
        | list_name | name | label |
        | hd | doc | Đọc sách |
        | hd | ve  | Vẽ tranh |
    """)
    answer(filling, hd="ve doc", khac="Thi")
    assert filling.label("/data/hd") == "Vẽ tranh, Đọc sách"
    assert filling.label("/data/hd", "doc") == "Đọc sách"
    assert filling.label("/data/khac") == "Thi"
    for wrong in ("doc doc", "doc hat", "x"):
        with pytest.raises(AnswerError):
            filling.answer("/data/hd", wrong)


def test_other_may_be_specified() -> None:
    filling = begin("""
        | type | name | label |
        | select_one hd or_other | hd | Hoạt động |
        ## choices
        | list_name | name | label |
        | hd | doc | Đọc sách |
    """)
    assert filling.answer("/data/hd", "other") == ("/data/hd_other",)


def test_every_type_takes_its_own_values_only() -> None:
    filling = begin("""
        | type     | name | label | parameters |
        | integer  | i    | I     |  |
        | decimal  | d    | D     |  |
        | date     | day  | Day   |  |
        | time     | t    | T     |  |
        | dateTime | dt   | DT    |  |
        | geopoint | g    | G     |  |
        | range    | r    | R     | start=1 end=5 step=1 |
        | image    | img  | Img   |  |
        | acknowledge | ok | OK   |  |
    """)
    good = {
        "i": ["45", "-3", "0"],
        "d": ["1.5", "-2", ".5"],
        "day": ["2023-10-02"],
        "t": ["07:30:00.000+07:00", "07:30:00.000", "07:30"],
        "dt": ["2023-10-02T07:30:00.000+07:00"],
        "g": ["10.5 106.2 0 0"],
        "r": ["1", "5"],
        "img": ["photo/1.jpg"],
        "ok": ["OK"],
    }
    bad = {
        "i": ["1.5", "a", "1.000.000", "1e5"],
        "d": ["1,5", "x", "nan"],
        "day": ["2023-02-30", "02/10/2023"],
        "t": ["25:00", "7h30"],
        "dt": ["hôm qua"],
        "g": ["ở trường"],
        "r": ["0", "6"],
    }
    for name, values in good.items():
        for value in values:
            filling.answer(f"/data/{name}", value)
            assert filling.value(name) == value
    for name, values in bad.items():
        for value in values:
            with pytest.raises(AnswerError):
                filling.answer(f"/data/{name}", value)


LANGUAGES = """
    | type | name | label::Tiếng Việt (vi) | label::English (en) | hint::English (en) | constraint | constraint_message::Tiếng Việt (vi) | constraint_message::English (en) |
    | text | ten  | Tên trường            | Name of the school  | As on the stamp    | . != 'x'   | Không được                          | Not this                          |
    ## settings
    | default_language |
    | Tiếng Việt (vi)  |
"""


def test_a_form_speaks_the_persons_language_and_else_its_own() -> None:
    assert begin(LANGUAGES).step("/data/ten").label == "Tên trường"
    english = begin(LANGUAGES, language="en").step("/data/ten")
    assert (english.label, english.hint) == ("Name of the school", "As on the stamp")
    assert begin(LANGUAGES, language="Tiếng Việt").step("/data/ten").label == "Tên trường"
    assert begin(LANGUAGES, language="fr").step("/data/ten").label == "Tên trường"
    assert begin(LANGUAGES, language="vi").step("/data/ten").hint == "As on the stamp"
    with pytest.raises(AnswerError, match="Not this"):
        begin(LANGUAGES, language="en").answer("/data/ten", "x")


def show(question: Question, ref: str, value: str) -> str:
    return f"<{question.name} {value}>"


def test_a_sentence_is_filled_and_a_hole_is_told() -> None:
    filling = answer(begin(CEREMONY), **{"le/co_le": "co", "le/hs": "90"})
    assert filling.fill("Có ${hs} em, ${ tong } người.", "", show) == (
        "Có <hs 90> em, <tong 90> người.",
        True,
    )
    assert filling.fill("${gv} thầy cô", "", show) == (" thầy cô", False)
    assert filling.fill("Không có gì.", "", show) == ("Không có gì.", True)
    with pytest.raises(FormError, match="nobody"):
        filling.fill("${nobody}", "", show)


def test_expressions_may_be_asked_of_a_filling() -> None:
    filling = answer(begin(CEREMONY), **{"le/co_le": "co", "le/hs": "90"})
    assert filling.evaluate("${hs} * 2") == 180.0
    assert filling.evaluate("${co_le} = 'co' and ${gv} = ''") is True
    assert filling.evaluate(". > 50", "/data/le/hs") is True
    assert filling.evaluate("jr:choice-name(${co_le}, '${co_le}')") == "Có"
    with pytest.raises(FormError, match="missing"):
        filling.evaluate("(${hs}")
    with pytest.raises(FormError, match="nobody"):
        filling.evaluate("${nobody} > 1")


def test_a_submission_has_only_what_is_relevant() -> None:
    filling = answer(begin(CEREMONY), **{"le/co_le": "khong"})
    root = fromstring(filling.submission_xml())
    assert root.tag == "data"
    assert [child.tag for child in root.find("le") or ()] == ["co_le"]
    assert (root.findtext("tong"), root.find("ghi_chu")) == ("0", None)
    assert (root.findtext("meta/instanceID") or "").startswith("uuid:")


def test_metadata_is_filled_in() -> None:
    filling = begin(
        """
        | type     | name | label |
        | start    | bat_dau | |
        | end      | ket_thuc | |
        | today    | hom_nay | |
        | username | ai   | |
        | deviceid | may  | |
        | text     | a    | A |
        """,
        properties={"username": "cô Thu"},
    )
    assert filling.value("hom_nay") == "2026-11-24"
    assert filling.value("bat_dau") == "2026-11-24T09:00:00.000+07:00"
    assert (filling.value("ai"), filling.value("may")) == ("cô Thu", "")
    assert "<ket_thuc>2026-11-24T09:00:00.000+07:00</ket_thuc>" in filling.submission_xml()


def test_today_is_the_persons_day() -> None:
    late = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
    filling = begin(
        """
        | type      | name | label | calculation |
        | calculate | d    |       | today()     |
        | text      | a    | A     |             |
        """,
        now=late,
    )
    assert filling.value("d") == "2026-11-24"


def test_what_was_computed_is_not_computed_again_on_resume() -> None:
    filling: Filling = begin("""
        | type      | name | label | calculation | default |
        | calculate | id   |       | uuid()      |         |
        | calculate | once |       | once(random()) |      |
        | text      | a    | A     |             | now()   |
    """)
    for seed in (1, 2):
        resumed = again(filling, random=Random(seed))
        assert [resumed.value(n) for n in ("id", "once", "a")] == [
            filling.value(n) for n in ("id", "once", "a")
        ]
        assert resumed.state() == filling.state()
    assert filling.value("a") == "2026-11-24T09:00:00.000+07:00"


def test_a_trigger_sets_another_question_when_a_person_answers() -> None:
    filling = begin("""
        | type      | name | label | trigger | calculation |
        | text      | a    | A     |         |             |
        | dateTime  | when | When  | ${a}    | now()       |
    """)
    assert filling.value("when") == ""
    answer(filling, a="x")
    assert filling.value("when") == "2026-11-24T09:00:00.000+07:00"


OFFERED = """
    | type                | name | label | relevant   | required |
    | text                | a    | A?    |            |          |
    | select_one nao      | mot  | Một?  |            |          |
    | select_multiple nao | cac  | Các?  | ${a} = 'x' | yes      |
    | date                | khi  | Khi?  |            |          |
    | begin_repeat        | r    | R     |            |          |
    | text                | b    | B?    |            |          |
    | end_repeat          |      |       |            |          |
    ## choices
    | list_name | name | label |
    | nao       | m    | Một   |
    | nao       | h    | Hai   |
"""


def test_what_is_offered_stands_there_and_is_asked_all_the_same() -> None:
    filling = begin(OFFERED)
    filling.offer({"a": "y", "cac": "m h", "khi": "2023-10-02"})
    step = filling.next_open()
    assert step
    assert (step.ref, step.value, step.status) == ("/data/a", "y", "open")
    filling.answer("/data/a", "x")
    step = filling.step("/data/cac")
    assert (step.value, step.status) == ("m h", "open")
    filling.skip(step.ref)  # kept as it is
    assert filling.step("/data/cac").status == "answered"
    assert again(filling).value("khi") == "2023-10-02"


def test_what_a_question_does_not_take_is_not_offered() -> None:
    filling = begin(OFFERED)
    filling.offer({"cac": "m xa h la", "mot": "xa", "khi": "hôm qua", "b": "chữ", "khong_co": "1"})
    answer(filling, a="x")
    assert filling.value("cac") == "m h"
    assert filling.value("mot") == filling.value("khi") == filling.value("b") == ""


def test_an_answer_is_not_replaced_by_what_is_offered() -> None:
    filling = answer(begin(OFFERED), a="z")
    filling.offer({"a": "y"})
    assert filling.value("a") == "z"
