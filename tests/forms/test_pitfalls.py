"""What an implementer of XForms gets wrong: one test or more for each of the known pitfalls.

The numbers are those of the list in the reference (section 10).
"""

# ruff: noqa: E501 (tables are easier to read in one piece)

import importlib
import io
import json
import subprocess
import sys
import time
import zipfile
from datetime import UTC, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.errors import AnswerError, FormError
from bot.forms.file_kinds import LARGEST_FILE
from bot.forms.filling import Filling
from bot.forms.sheet import examine
from bot.forms.xform import Form
from tests.forms.test_xpath import say
from tests.forms.workbooks import again, answer, begin, environment, form, refs

HEAD = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>T</h:title><model>"""


def refused(content: bytes) -> str:
    """The first fault of a file."""
    return examine(content).faults[0].key


def xform(model: str, body: str) -> Form:
    return Form.compile(f"{HEAD}{model}</model></h:head><h:body>{body}</h:body></h:html>")


def test_01_a_pattern_that_backtracks_for_ever_is_given_up_and_the_whole_text_must_match() -> None:
    began = time.monotonic()
    assert say("regex('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac', '(a|a)+(a+)+b')") is False
    assert time.monotonic() - began < 5
    assert say("regex('5A1', '[0-9]')") is False
    assert say("regex('Đoàn Thị', '[\\p{L} ]+')") is True
    for broken, why in (
        ("(", "missing"),
        ("a" * 3000, "longer"),
        ("(?:" * 450 + "a" + ")" * 450, "deep"),
    ):
        with pytest.raises(FormError, match=why):
            say(f"regex('x', '{broken}')")


def test_02_depth_rows_files_and_xml_have_limits() -> None:
    with pytest.raises(FormError, match="deeper"):
        say("not(" * 500 + "1" + ")" * 500)
    assert answer(begin(COUNTED), n="100000000").rows("/data/r") == 1000
    assert refused(b"<" + b" " * LARGEST_FILE) == "fault-file-large"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 250_000_000)
    assert refused(packed.getvalue()) == "fault-file-bomb"
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    assert (
        refused(f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><x>&l9;</x>'.encode())
        == "fault-xform-refused"
    )
    nested = "<g>" * 5000 + "</g>" * 5000
    assert refused(f"<h>{nested}</h>".encode()) == "fault-xform-deep"


COUNTED = """
    | type         | name | label | repeat_count |
    | integer      | n    | N     |              |
    | begin_repeat | r    | R     | ${n}         |
    | text         | t    | T     |              |
    | end_repeat   |      |       |              |
"""


def test_03_a_day_begins_at_the_persons_midnight() -> None:
    day = """
        | type      | name | label | calculation |
        | calculate | hom_nay |    | today()     |
        | calculate | so   |       | decimal-date-time('2026-11-24') |
        | calculate | gio  |       | format-date-time(now(), '%d %H:%M') |
        | text      | a    | A     |             |
    """
    late = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)  # half past one, the next day, in Vietnam
    here = begin(day, now=late)
    there = begin(day, now=late, timezone=ZoneInfo("America/Phoenix"))
    assert (here.value("hom_nay"), here.value("gio")) == ("2026-11-24", "24 01:30")
    assert (there.value("hom_nay"), there.value("gio")) == ("2026-11-23", "23 11:30")
    difference = float(there.value("so")) - float(here.value("so"))
    assert round(difference * 24) == 14


def test_04_empty_false_and_not_a_number() -> None:
    assert say("boolean('false')") is True
    assert say("${empty} = ''") is True
    assert say("string(${empty} + 1)") == "NaN"
    assert say("coalesce(${empty}, 0) + 1") == 1.0
    filling = begin("""
        | type         | name | label | calculation |
        | integer      | a    | A     |             |
        | calculate    | b    |       | ${a} + 1    |
        | begin_repeat | r    | R     |             |
        | integer      | x    | X     |             |
        | end_repeat   |      |       |             |
        | calculate    | tong |       | sum(${x})   |
    """)
    filling.add_row("/data/r")
    answer(filling, **{"r[2]/x": "5"})
    assert (filling.value("b"), filling.value("tong")) == ("", "5")


HIDDEN = """
    | type         | name | label | relevant     | calculation |
    | select_one c | hien | Hiện  |              |             |
    | begin_group  | g    | G     | ${hien} = 'co' |           |
    | text         | sau  | Sâu   |              |             |
    | end_group    |      |       |              |             |
    | begin_repeat | r    | R     | ${hien} = 'co' |           |
    | integer      | x    | X     |              |             |
    | calculate    | vi_tri |     |              | position(..) |
    | end_repeat   |      |       |              |             |
    | calculate    | tong |       |              | sum(${x})   |
    | calculate    | bao_nhieu |  |              | count(${r}) |
    | calculate    | thay |       |              | concat('<', ${sau}, '>') |
    ## choices
    | list_name | name  | label |
    | c         | co    | Có    |
    | c         | khong | Không |
"""


def test_05_what_is_not_relevant_and_all_in_it_does_not_exist_for_others() -> None:
    filling = answer(begin(HIDDEN), hien="co")
    filling.add_row("/data/r")
    answer(filling, **{"g/sau": "s", "r[1]/x": "1", "r[2]/x": "2"})
    assert [filling.value(n) for n in ("tong", "bao_nhieu", "thay")] == ["3", "2", "<s>"]
    answer(filling, hien="khong")
    assert [filling.value(n) for n in ("tong", "bao_nhieu", "thay")] == ["0", "0", "<>"]
    assert "<x>" not in filling.submission_xml()
    assert filling.evaluate("position(..)", "/data/r[2]/x") == 2.0  # it still counts them
    answer(filling, hien="co")
    assert [filling.value(n) for n in ("tong", "bao_nhieu", "thay")] == ["3", "2", "<s>"]


CONSTRAINT = """
    | type    | name | label | constraint              | relevant  | calculation | required |
    | integer | all  | All   |                         |           |             |          |
    | integer | some | Some  | . <= ${all} and . != '' |           |             |          |
    | text    | more | More  |                         | ${some} > 5 |           |          |
    | calculate | rest |     |                         |           | ${all} - ${some} |     |
"""


def test_06_a_constraint_sees_the_new_value_and_a_refusal_leaves_no_trace() -> None:
    filling = answer(begin(CONSTRAINT), all="10", some="3")
    before = (filling.state(), refs(filling), filling.submission_xml())
    with pytest.raises(AnswerError):
        filling.answer("/data/some", "11")
    assert (filling.state(), refs(filling), filling.submission_xml()) == before
    filling.answer("/data/some", "")  # empty: not asked
    answer(filling, some="9", all="4")
    assert [(problem.ref, problem.kind) for problem in filling.problems()] == [
        ("/data/some", "constraint")
    ]


MESSAGES = """
    | type | name | label::Việt (vi) | label::English (en) | required | required_message::Việt (vi) | required_message::English (en) | constraint | constraint_message |
    | text | a | A | A | | | | | |
    | text | b | B | B | ${a} = 'x' | Cần ${a} | Needed | . != 'sai' | Không được |
    ## settings
    | default_language |
    | Việt (vi) |
"""


def test_07_required_may_depend_and_messages_are_texts_or_ids_of_texts() -> None:
    filling = begin(MESSAGES)
    assert filling.step("/data/b").required is False
    answer(filling, a="x")
    assert filling.step("/data/b").required is True
    assert [problem.message for problem in filling.problems()] == ["Cần x"]
    english = answer(begin(MESSAGES, language="en"), a="x")
    assert [problem.message for problem in english.problems()] == ["Needed"]
    with pytest.raises(AnswerError, match="Không được"):
        filling.answer("/data/b", "sai")


EVENTS = """
    | type         | name | label | default     | trigger | calculation |
    | text         | dau  | Đầu   | uuid()      |         |             |
    | text         | a    | A     |             |         |             |
    | text         | b    | B     |             | ${a}    | concat(${a}, '!') |
    | text         | c    | C     |             | ${b}    | concat(${b}, '?') |
    | calculate    | dai  |       |             |         | string-length(${a}) |
    | text         | luc  | Lúc   |             | ${a}    | concat('dài ', ${dai}) |
    | begin_repeat | r    | R     |             |         |             |
    | text         | moi  | Mới   | concat(${a}, position(..)) | |      |
    | calculate    | xem  |       |             |         | concat('[', ${moi}, ']') |
    | end_repeat   |      |       |             |         |             |
"""


def test_08_events_first_load_once_new_repeat_before_and_value_changed_after_computing() -> None:
    filling = begin(EVENTS)
    first = filling.value("dau")
    assert len(first) == 36
    for seed in (1, 2):
        filling = again(filling, random=Random(seed))
        assert filling.value("dau") == first
    answer(filling, a="abc")
    assert filling.value("luc") == "dài 3"  # computed from the new value already
    row = filling.add_row("/data/r")
    assert (filling.value(f"{row}/moi"), filling.value(f"{row}/xem")) == ("abc2", "[abc2]")
    filling.answer(f"{row}/moi", "tay")
    filling.add_row("/data/r")
    assert filling.value(f"{row}/moi") == "tay"


def test_08_what_a_trigger_sets_triggers_in_its_turn_and_circles_end() -> None:
    filling = answer(begin(EVENTS), a="x")
    assert [filling.value(name) for name in ("b", "c")] == ["x!", "x!?"]
    answer(filling, b="khác")
    assert filling.value("c") == "khác?"
    answer(filling, a="x")  # the same again: nothing has changed
    assert filling.value("b") == "khác"
    circle = answer(
        begin("""
            | type | name | label | trigger | calculation |
            | text | a    | A     | ${b}    | concat(${b}, 'a') |
            | text | b    | B     | ${a}    | concat(${a}, 'b') |
        """),
        a="1",
    )
    assert (circle.value("a"), circle.value("b")) == ("1ba", "1b")


@pytest.mark.parametrize("event", ["odk-instance-first-load", "odk-instance-load", "xforms-ready"])
def test_08_a_value_set_at_the_start_stands_in_the_model(event: str) -> None:
    compiled = xform(
        '<instance><data id="t"><a/><b>cũ</b></data></instance>'
        f'<setvalue event="{event}" ref="/data/a" value="1 + 1"/>'
        f'<setvalue event="{event}" ref="/data/b"/>',
        '<input ref="/data/a"><label>A</label></input>'
        '<input ref="/data/b"><label>B</label></input>',
    )
    filling = Filling.start(compiled, environment())
    assert (filling.value("a"), filling.value("b")) == ("2", "")
    filling.answer("/data/a", "7")
    assert again(filling).value("a") == "7"


ROWS = """<instance><data id="t"><r jr:template=""><x/><y/><z/></r></data></instance>
  <bind nodeset="/data/r/x" type="int"/>
  <bind nodeset="/data/r/y" calculate="{} * 2"/>
  <bind nodeset="/data/r/z" relevant="{} &gt; 3"/>"""
BODY = """<group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/x"><label>X</label></input>
  <input ref="/data/r/z"><label>Z</label></input></repeat></group>"""


@pytest.mark.parametrize("path", ["/data/r/x", "../x", "current()/../x"])
def test_09_a_path_within_a_repeat_means_the_own_row(path: str) -> None:
    filling = Filling.start(xform(ROWS.format(path, path), BODY), environment())
    for row, value in enumerate(("2", "5"), 1):
        filling.add_row("/data/r")
        filling.answer(f"/data/r[{row}]/x", value)
    assert [filling.value(f"/data/r[{row}]/y") for row in (1, 2)] == ["4", "10"]
    assert refs(filling) == ["r[1]/x", "r[2]/x", "r[2]/z", "r"]


LAZY = """
    | type         | name | label | calculation | relevant |
    | select_one c | c    | C     |             |          |
    | calculate    | ten  |       | jr:choice-name(${c}, '${c}') | |
    | text         | sau  | Sau   |             | ${ten} = 'Hai' |
    | calculate    | mot_lan |    | once(concat(${c}, random())) | |
    | calculate    | chia |       | if(${c} = 'a', 'a', coalesce(${c}, 1 div 0)) | |
    | begin_repeat | r    | R     |             |          |
    | text         | t    | T     |             |          |
    | end_repeat   |      |       |             |          |
    | calculate    | nhi  |       | indexed-repeat(${t}, ${r}, 2) | |
    ## choices
    | list_name | name | label |
    | c         | a    | Một   |
    | c         | b    | Hai   |
"""


def test_10_functions_that_look_behind_their_arguments_know_what_they_depend_on() -> None:
    filling = begin(LAZY)
    once = filling.value("mot_lan")
    assert once
    assert filling.answer("/data/c", "b") == ("/data/sau",)
    assert (filling.value("ten"), filling.value("chia")) == ("Hai", "b")
    answer(filling, c="a")
    assert (filling.value("ten"), filling.value("chia")) == ("Một", "a")
    assert filling.value("mot_lan") == once
    filling.add_row("/data/r")
    filling.answer("/data/r[2]/t", "hai")
    assert filling.value("nhi") == "hai"
    filling.drop_row("/data/r[1]")
    assert filling.value("nhi") == ""


def test_11_a_choice_with_a_space_in_its_name_is_taken_where_it_is_clear() -> None:
    compiled = xform(
        '<instance><data id="t"><a/></data></instance>',
        '<select ref="/data/a"><label>A</label>'
        "<item><label>Hai chữ</label><value>hai chu</value></item>"
        "<item><label>Một</label><value>mot</value></item></select>",
    )
    filling = Filling.start(compiled, environment())
    filling.answer("/data/a", "hai chu")
    assert filling.label("/data/a") == "Hai chữ"
    with pytest.raises(AnswerError):
        filling.answer("/data/a", "hai mot")


def test_12_the_old_ways_to_external_lists_are_read_or_named() -> None:
    compiled = form("""
        | type                   | name | label | appearance    | choice_filter |
        | select_one_external xa | xa   | Xã    |               | true()        |
        | select_one s           | tim  | Tìm   | search('ten') |               |
        ## choices
        | list_name | name | label |
        | s         | ma   | ten   |
        ## external_choices
        | list_name | name | label |
        | xa        | td   | Tân Đông |
    """)
    filling = Filling.start(compiled, environment())
    assert [option.label for option in filling.step("/data/xa").choices] == ["Tân Đông"]
    assert [beyond.reason for beyond in compiled.out_of_reach] == ["search"]


def test_13_the_bot_itself_never_loads_pyxform() -> None:
    program = (
        "import sys, bot.forms.sheet, bot.forms.filling; "
        "print([name for name in ('pyxform', 'openpyxl', 'xlrd') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
    assert importlib.import_module("bot.forms.pyxform_worker").answer_for


def test_14_state_is_plain_json_also_with_no_rows_at_all() -> None:
    filling = begin(EVENTS)
    filling.drop_row("/data/r[1]")
    resumed = Filling.resume(filling.form, json.loads(json.dumps(filling.state())), environment())
    assert resumed.rows("/data/r") == 0
    assert resumed.submission_xml() == filling.submission_xml()
