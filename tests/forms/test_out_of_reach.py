"""What a phone can be asked and a chat cannot: named, left out, or refused."""

# ruff: noqa: E501 (tables are easier to read in one piece)

import pytest

from bot.forms.fault_words import FormFaults
from bot.forms.filling import Filling
from bot.forms.out_of_reach import REASONS
from bot.forms.xform import Form
from tests.forms.workbooks import answer, begin, environment, form, refs

FORM = """
    | type     | name | label | appearance            | trigger |
    | text     | a    | A     |                       |         |
    | geotrace | duong | Đường |                      |         |
    | geoshape | vung | Vùng  |                       |         |
    | image    | ky   | Ký    | signature             |         |
    | image    | ve   | Vẽ    | draw                  |         |
    | image    | to   | Tô    | annotate              |         |
    | integer  | dem  | Đếm   | ex:org.example.dem()  |         |
    | select_one t | tim | Tìm | minimal search('xa') |         |
    | select_one u | tra | Tra | search('xa')         |         |
    | background-audio | nen | | | |
    | background-geopoint | cho | | | ${a} |
    | audit    | audit |      |                       |         |
    | barcode  | ma   | Mã    |                       |         |
    | image    | anh  | Ảnh   | new-front             |         |
    | geopoint | o    | Ở đâu | maps                  |         |
    ## choices
    | list_name | name | label |
    | t         | x    | X     |
    | u         | ten  | ten   |
    ## settings
    | public_key |
    | MIIB       |
"""
REACHED = {
    "duong": "geotrace",
    "vung": "geoshape",
    "ky": "signature",
    "ve": "draw",
    "to": "annotate",
    "dem": "app",
    "tra": "search",
}


def test_the_form_names_what_a_chat_cannot_give_and_why() -> None:
    compiled = form(FORM)
    by_question = {q.name: q.out_of_reach for q in compiled.questions if q.out_of_reach}
    assert by_question == REACHED
    assert {b.name: b.reason for b in compiled.out_of_reach if b.name} == {
        **REACHED,
        "nen": "recording",
        "cho": "place",
        "audit": "audit",
    }
    assert [b.reason for b in compiled.out_of_reach if not b.name] == ["encryption"]
    assert {b.reason for b in compiled.out_of_reach} <= REASONS.keys()


def test_a_question_out_of_reach_is_a_step_that_can_be_skipped() -> None:
    filling = begin(FORM)
    step = filling.step("/data/duong")
    assert step.question is not None
    assert (step.question.out_of_reach, step.required) == ("geotrace", False)
    for ref, question in list(filling.asked()):
        if question is not None and question.out_of_reach:
            filling.skip(ref)
    answer(filling, a="x", ma="8934", o="10.5 106.4 0 0")
    assert filling.problems() == ()
    assert {ref for ref in refs(filling) if filling.step(f"/data/{ref}").status == "open"} == {
        "tim",
        "anh",
    }


def test_a_barcode_is_typed_and_a_place_is_a_geopoint() -> None:
    kinds = {question.name: question.type for question in form(FORM).questions}
    assert (kinds["ma"], kinds["o"], kinds["anh"]) == ("text", "geopoint", "image")


REQUIRED = """
    | type     | name | label | required | appearance | relevant | readonly |
    | text     | a    | A     | yes      |            |          |          |
    | geotrace | duong | Đường | yes     |            |          |          |
    | image    | ky   | Ký    | ${a} = 'x' | signature |         |          |
    | integer  | dem  | Đếm   | yes      | ex:x       |          |          |
    | geoshape | vung | Vùng  |          |            |          |          |
"""


def test_what_is_required_and_out_of_reach_is_refused_all_at_once_by_row() -> None:
    with pytest.raises(FormFaults) as refused:
        form(REQUIRED)
    found = [(f.sheet, f.row, f.key) for f in refused.value.faults if f.is_error]
    assert found == [
        ("survey", 3, "fault-type-not-in-chat"),
        ("survey", 4, "fault-reach-signature"),
        ("survey", 5, "fault-reach-app"),
    ]


ENTITIES = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:entities="http://www.opendatakit.org/xforms/entities">
  <h:head><h:title>E</h:title><model><instance><data id="e"><a/><meta>
  <entities:entity dataset="cay" id="" create="1"><label/></entities:entity></meta></data></instance>
  <instance id="__last-saved" src="jr://instance/last-saved"/>
  <bind nodeset="/data/a" type="string"/>
  <setvalue event="odk-instance-first-load" ref="/data/a"
    value="instance('__last-saved')/data/a"/></model></h:head>
  <h:body><input ref="/data/a"><label>A</label></input></h:body></h:html>"""


def test_entities_and_the_last_form_are_named_and_taken_as_nothing() -> None:
    compiled = Form.compile(ENTITIES)
    assert [b.reason for b in compiled.out_of_reach] == ["entities", "last-saved"]
    assert Filling.start(compiled, environment()).value("a") == ""
