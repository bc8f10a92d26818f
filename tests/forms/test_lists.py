"""Choices from outside of the form, and files beside labels."""

# ruff: noqa: E501 (tables are easier to read in one piece)

import pytest

from bot.errors import AnswerError, FormError
from bot.forms.filling import Filling
from bot.forms.labels import Media
from bot.forms.xform import Form
from tests.forms.workbooks import ITEM, again, answer, begin, environment, package

EXTERNAL = """
    | type                   | name | label::Tiếng Việt (vi) | label::English (en) | choice_filter |
    | select_one tinh        | tinh | Tỉnh | Province |              |
    | select_one_external xa | xa   | Xã   | Commune  | tinh=${tinh} |
    | text                   | ghi  | Ghi  | Note     |              |
    ## choices
    | list_name | name | label::Tiếng Việt (vi) | label::English (en) |
    | tinh | la | Long An | Long An |
    | tinh | tn | Tây Ninh | Tay Ninh |
    ## external_choices
    | list_name | name | label::Tiếng Việt (vi) | label::English (en) | tinh |
    | xa | td | Tân Đông  | Tan Dong  | la |
    | xa | mt | Mỹ Thạnh  | My Thanh  | la |
    | xa | th | Thạnh Hưng | Thanh Hung | tn |
    | ap | td | Ấp khác   | Other     | la |
    ## settings
    | default_language |
    | Tiếng Việt (vi)  |
"""


def test_an_external_sheet_of_choices_is_a_select() -> None:
    filling = answer(begin(EXTERNAL), tinh="la")
    step = filling.step("/data/xa")
    assert step.question is not None
    assert step.question.type == "select_one"
    assert [(o.name, o.label) for o in step.choices] == [("td", "Tân Đông"), ("mt", "Mỹ Thạnh")]
    english = answer(begin(EXTERNAL, language="en"), tinh="tn").step("/data/xa")
    assert [option.label for option in english.choices] == ["Thanh Hung"]


def test_its_answer_is_one_of_those_there_are_now() -> None:
    filling = answer(begin(EXTERNAL), tinh="la", xa="td")
    assert filling.label("/data/xa") == "Tân Đông"
    with pytest.raises(AnswerError):
        filling.answer("/data/xa", "th")  # of another province
    assert filling.answer("/data/tinh", "tn") == ("/data/xa",)
    assert again(filling).value("xa") == ""


def files(**attachments: str | bytes) -> Filling:
    found = package(FILES)
    named = {name.replace("_", "."): content for name, content in attachments.items()}
    return Filling.start(Form.compile(found.xform, found.layout, named), environment())


FILES = """
    | type                           | name | label | parameters           | calculation | choice_filter |
    | select_one_from_file ten.csv   | ten  | Tên   | value=ma label=ho_ten |            |               |
    | select_multiple_from_file mon.xml | mon | Môn |                      |             |               |
    | select_one_from_file noi.geojson | noi | Nơi  |                      |             | cap = '1'     |
    | calculate                      | lop  |       |                      | pulldata('ten', 'lop', 'ma', ${ten}) | |
    | text                           | ghi  | Lớp ${lop} |                 |             |               |
"""
CSV = '\ufeffma,ho_ten,lop\n01,Nguyễn An,5A\n02,"Lê, Bình",5B\n'
XML = "<root><item><name>t</name><label>Toán</label></item><item><name>v</name><label>Văn</label></item></root>"
GEOJSON = """{"type": "FeatureCollection", "features": [
  {"type": "Feature", "id": "a", "properties": {"title": "Chợ", "cap": 1}, "geometry": {"type": "Point", "coordinates": [106.4, 10.5]}},
  {"type": "Feature", "id": "b", "properties": {"title": "Đình", "cap": 2}, "geometry": null}]}"""


def test_lists_come_from_csv_xml_and_geojson_files() -> None:
    filling = files(ten_csv=CSV.encode(), mon_xml=XML, noi_geojson=GEOJSON)
    assert filling.form.files == ("ten.csv", "mon.xml", "noi.geojson")
    assert filling.form.faults == ()
    assert [o.label for o in filling.step("/data/ten").choices] == ["Nguyễn An", "Lê, Bình"]
    answer(filling, ten="02", mon="v t", noi="a")
    assert filling.step("/data/ghi").label == "Lớp 5B"
    assert filling.label("/data/mon") == "Văn, Toán"
    assert [o.name for o in filling.step("/data/noi").choices] == ["a"]
    assert filling.evaluate(f"instance('noi')/{ITEM}[id = ${{noi}}]/geometry") == "10.5 106.4 0 0"


def test_the_files_may_be_kept_with_the_layout() -> None:
    found = package(FILES)
    kept = Form.compile(found.xform, {**found.layout, "attachments": {"ten.csv": CSV}})
    filling = Filling.start(kept, environment())
    assert [option.name for option in filling.step("/data/ten").choices] == ["01", "02"]


def test_a_file_that_is_missing_is_named_and_its_list_is_empty() -> None:
    filling = files(mon_xml=XML)
    warned = [fault.problem for fault in filling.form.faults]
    assert [problem for problem in warned if "ten.csv" in problem] == [
        "the list «ten» is empty: its file ten.csv does not come with the form"
    ]
    assert len(warned) == 2
    assert filling.step("/data/ten").choices == ()


@pytest.mark.parametrize(
    "broken", [{"mon_xml": "<root>"}, {"noi_geojson": "{"}, {"noi_geojson": '{"features": [[]]}'}]
)
def test_a_file_that_cannot_be_read_is_refused(broken: dict[str, str]) -> None:
    with pytest.raises(FormError):
        files(**broken)


PICTURES = """
    | type            | name | label::Tiếng Việt (vi) | label::English (en) | media::image::Tiếng Việt (vi) | media::image::English (en) | media::audio::Tiếng Việt (vi) |
    | note            | xem  | Xem  | Look | ban-do.png | map.png | nghe.mp3 |
    | select_one cay  | cay  | Cây  | Tree |            |         |          |
    | text            | a    | A    | A    |            |         |          |
    ## choices
    | list_name | name | label::Tiếng Việt (vi) | label::English (en) | media::image::Tiếng Việt (vi) |
    | cay | bang | Bàng | Almond | bang.jpg |
    | cay | da   | Đa   | Banyan |          |
    ## settings
    | default_language |
    | Tiếng Việt (vi)  |
"""


def test_files_beside_a_label_are_named_on_the_step() -> None:
    filling = begin(PICTURES)
    assert filling.step("/data/xem").media == (
        Media("image", "ban-do.png"),
        Media("audio", "nghe.mp3"),
    )
    assert filling.step("/data/a").media == ()
    assert [option.media for option in filling.step("/data/cay").choices] == [
        (Media("image", "bang.jpg"),),
        (),
    ]
    assert begin(PICTURES, language="en").step("/data/xem").media == (Media("image", "map.png"),)


def test_a_table_of_choices_becomes_single_questions() -> None:
    filling = begin("""
        | type          | name | label  | appearance |
        | begin_group   | bang | Đánh giá | table-list |
        | select_one ht | sach | Sách   |            |
        | select_one ht | ban  | Bàn    |            |
        | end_group     |      |        |            |
        | select_one ht | dau  | Mức độ | label      |
        | select_one ht | ghe  | Ghế    | list-nolabel |
        ## choices
        | list_name | name | label |
        | ht        | tot  | Tốt   |
        | ht        | kem  | Kém   |
    """)
    asked = [step for step in filling.steps() if step.question and step.question.type != "note"]
    assert [(step.label, len(step.choices)) for step in asked] == [
        ("Sách", 2),
        ("Bàn", 2),
        ("Ghế", 2),
    ]
    headings = [s.label for s in filling.steps() if s.question and s.question.type == "note"]
    assert headings == ["Đánh giá", "", "Mức độ"]
