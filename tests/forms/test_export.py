"""Submissions for other programs: instance XML that says what was answered, and tables of it."""

from pathlib import Path
from random import Random
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from bot.errors import FormError
from bot.forms.export import instance, lines, state_of, tables
from bot.forms.filling import Environment, Filling
from bot.forms.rehearsal import rehearse
from bot.forms.sheet import load_form
from bot.forms.xform import Form
from tests.forms.schools import SCHOOLS, play
from tests.forms.workbooks import NOW, ZONE, begin, environment, form

ROOT = Path(__file__).parents[2]
WEEK = ROOT / "templates" / "tuan-le-hoc-tap-suot-doi" / "form.xlsx"
FORMS = ROOT.parent / "shared" / "xlsforms"

SMALL = """
| type                 | name     | label        | relevant        | calculation |
| start                | start    |              |                 |             |
| begin_group          | truong   | Trường       |                 |             |
| text                 | ten      | Tên          |                 |             |
| integer              | lop_so   | Số lớp       |                 |             |
| end_group            |          |              |                 |             |
| select_multiple viec | viec     | Việc         |                 |             |
| text                 | ly_do    | Lý do        | ${lop_so} > 100 |             |
| calculate            | doi      |              |                 | ${lop_so} * 2 |
| image                | anh      | Ảnh          |                 |             |
| begin_repeat         | hd       | Hoạt động    |                 |             |
| text                 | hd_ten   | Tên          |                 |             |
| begin_repeat         | giai     | Giải         |                 |             |
| text                 | giai_ten | Tên giải     |                 |             |
| end_repeat           |          |              |                 |             |
| end_repeat           |          |              |                 |             |
## choices
| list_name | name | label     |
| viec      | doc  | Đọc sách  |
| viec      | ve   | Vẽ        |
## settings
| form_title | form_id | version |
| Nhỏ        | nho     | 7       |
"""


@pytest.fixture
def school() -> Filling:
    filling = begin(SMALL)
    filling.answer("/data/truong/ten", '<b> & "Tân" \U0001f4da')
    filling.answer("/data/truong/lop_so", "18")
    filling.answer("/data/viec", "doc ve")
    filling.answer("/data/anh", "photos/ab12.jpg")
    filling.answer("/data/hd[1]/hd_ten", "Thi kể chuyện")
    filling.answer("/data/hd[1]/giai[1]/giai_ten", "Nhất")
    row = filling.add_row("/data/hd")
    filling.answer(f"{filling.add_row(f'{row}/giai')}/giai_ten", "Nhì")
    return filling


def said(filling: Filling) -> list[tuple]:
    return [
        one
        for one in filling.given()
        if "/meta/" not in one[0]
        and filling.form.specs[one[0]].preload != ("timestamp", "end")
        and filling.form.fields[one[0]].type not in ("image", "audio", "video", "file")
    ]


def leaves(element: Element, path: str = "") -> list[str]:
    at = f"{path}/{element.tag.rpartition('}')[2]}"
    return [at] if not len(element) else [one for kid in element for one in leaves(kid, at)]


def binds(xform: str) -> set[str]:
    return {one.get("nodeset", "") for one in fromstring(xform).iter() if one.tag.endswith("}bind")}


def test_an_instance_has_what_openrosa_asks_for(school):
    made = instance(school, 1, "BC-1")
    root = fromstring(made.xml)
    assert root.tag.rpartition("}")[2] == "data"
    assert (root.get("id"), root.get("version")) == ("nho", "7")
    assert root.findtext("truong/ten") == '<b> & "Tân" \U0001f4da'
    assert root.findtext("viec") == "doc ve"
    assert root.find("ly_do") is None  # not relevant
    assert root.findtext("doi") == "36"
    assert [row.findtext("hd_ten") or "" for row in root.findall("hd")] == ["Thi kể chuyện", ""]
    assert root.findtext("anh") == "ab12.jpg"
    assert made.files == {"ab12.jpg": "photos/ab12.jpg"}
    assert root.findtext("meta/instanceID") == made.id == school.value("/data/meta/instanceID")
    assert root.find("meta/deprecatedID") is None


def test_each_version_names_the_one_before(school):
    one, two, three = (instance(school, version, "BC-1") for version in (1, 2, 3))
    assert len({one.id, two.id, three.id}) == 3
    for made, before in ((two, one), (three, two)):
        meta = fromstring(made.xml).find("meta")
        assert meta.findtext("instanceID") == made.id
        assert meta.findtext("deprecatedID") == before.id
    assert instance(school, 2, "BC-1").xml == two.xml


def test_a_form_without_meta_gets_the_id_of_its_receipt():
    xform = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
      <h:head><h:title>x</h:title><model><instance><du_lieu xmlns="http://a.vn/x" id="x"><a/>
      </du_lieu></instance><bind nodeset="/du_lieu/a" type="string"/></model></h:head>
      <h:body><input ref="/du_lieu/a"><label>A</label></input></h:body></h:html>"""
    filling = Filling.start(Form.compile(xform), environment())
    filling.answer("/du_lieu/a", "b")
    made = instance(filling, 1, "BC-1")
    assert instance(filling, 1, "BC-1").id == made.id != instance(filling, 1, "BC-2").id
    root = fromstring(made.xml)
    assert root.tag == "{http://a.vn/x}du_lieu"
    assert root.findtext(".//{http://openrosa.org/xforms}instanceID") == made.id


def test_an_instance_read_back_gives_the_same_answers(school):
    made = instance(school, 2, "BC-1")
    again = Filling.resume(school.form, state_of(made.xml, school.form), environment())
    assert said(again) == said(school)
    assert again.rows("/data/hd") == 2


def test_what_is_no_instance_of_the_form_is_refused(school):
    with pytest.raises(FormError, match="no place /khac"):
        state_of("<khac/>", school.form)
    with pytest.raises(FormError, match="no place /data/la"):
        state_of("<data><la>1</la></data>", school.form)


@pytest.mark.parametrize("name", SCHOOLS)
def test_the_learning_week_goes_out_and_comes_back(name: str):
    package = load_form(WEEK.read_bytes(), WEEK.name)
    compiled = Form.compile(package.xform, package.layout)
    filling = play(compiled, SCHOOLS[name]).filling
    made = instance(filling, 1, "BC-1")
    answers = [path for path in leaves(fromstring(made.xml)) if not compiled.specs[path].kids]
    assert set(answers) <= binds(package.xform)
    again = Filling.resume(compiled, state_of(made.xml, compiled), environment())
    assert said(again) == said(filling)


@pytest.mark.skipif(not FORMS.exists(), reason=f"the sample forms are not there: {FORMS}")
@pytest.mark.parametrize(
    "name",
    [
        "all-question-types-v2024091201-3.xlsx",
        "impact_msna_form.xlsx",
        "simple_repeat.xlsx",
        "socio-economic-survey-v20240515.xlsx",
        "xlsform_spec_test.xlsx",
        "08-complex-repeats.xml",
        "nested_repeats.xml",
    ],
)
def test_real_forms_go_out_and_come_back(name: str):
    package = load_form((FORMS / name).read_bytes(), name)
    compiled = Form.compile(package.xform, package.layout)
    for number in range(3):
        env = Environment(NOW, ZONE, "", Random(number))
        filling = Filling.start(compiled, env)
        rehearse(filling, Random(number), NOW.date(), "photos/x.jpg")
        made = instance(filling, 1, "BC-1")
        again = Filling.resume(compiled, state_of(made.xml, compiled), env)
        assert said(again) == said(filling)
        places = set(leaves(fromstring(made.xml)))
        assert {path for path in places if "/meta/" not in path} <= set(compiled.specs)


# tables


def test_tables_are_tied_by_their_keys(school):
    listed = tables(school.form)
    assert [table.name for table in listed] == ["data", "hd", "hd-giai"]
    assert [one.name for one in listed[0].columns][1:5] == [
        "truong-ten",
        "truong-lop_so",
        "viec",
        "ly_do",
    ]
    assert [one.label for one in listed[2].columns] == ["Tên giải"]
    found = list(lines(school, "uuid:1", listed))
    main = dict(zip(("KEY", *(one.name for one in listed[0].columns)), found[0][1], strict=True))
    assert main["KEY"] == "uuid:1"
    assert main["viec"] == "doc ve"
    assert main["anh"] == "ab12.jpg"
    assert found[1:] == [
        (1, ["uuid:1", "uuid:1/hd[1]", "Thi kể chuyện"]),
        (1, ["uuid:1", "uuid:1/hd[2]", ""]),
        (2, ["uuid:1/hd[1]", "uuid:1/hd[1]/giai[1]", "Nhất"]),
        (2, ["uuid:1/hd[2]", "uuid:1/hd[2]/giai[1]", "Nhì"]),
    ]


def test_a_school_without_answers_has_its_row():
    listed = tables(form(SMALL))
    assert [number for number, _ in lines(begin(SMALL), "k", listed)] == [0]
