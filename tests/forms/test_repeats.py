"""Groups that are answered several times."""

import pytest
from defusedxml.ElementTree import fromstring

from bot.errors import AnswerError
from bot.forms.definition import Question
from bot.forms.filling import Filling
from tests.forms.workbooks import again, answer, begin, refs

ALBUM = """
    | type         | name   | label              | bot::max | calculation  | required |
    | begin_repeat | anh    | Ảnh                | 10       |              |          |
    | image        | tep    | Ảnh                |          |              |          |
    | text         | chu    | Ảnh ${so} chụp gì? |          |              |          |
    | calculate    | so     |                    |          | position(..) |          |
    | end_repeat   |        |                    |          |              |          |
    | calculate    | so_anh |                    |          | count(${anh}) |         |
    | text         | cuoi   | Có ${so_anh} ảnh   |          |              |          |
"""


def rows_of(filling: Filling, *captions: str) -> Filling:
    while filling.rows("/data/anh"):
        filling.drop_row("/data/anh[1]")
    for caption in captions:
        row = filling.add_row("/data/anh")
        filling.answer(f"{row}/chu", caption)
    return filling


def captions(filling: Filling) -> list[str]:
    count = filling.rows("/data/anh")
    return [filling.value(f"/data/anh[{n}]/chu") for n in range(1, count + 1)]


def test_a_repeat_asks_for_another_row_behind_its_last() -> None:
    filling = begin(ALBUM)
    assert refs(filling) == ["anh[1]/tep", "anh[1]/chu", "anh", "cuoi"]
    assert filling.add_row("/data/anh") == "/data/anh[2]"
    assert refs(filling) == [
        "anh[1]/tep",
        "anh[1]/chu",
        "anh[2]/tep",
        "anh[2]/chu",
        "anh",
        "cuoi",
    ]
    another = filling.step("/data/anh")
    assert (another.kind, another.label, another.status) == ("add_another", "Ảnh", "open")
    assert another.repeat is not None
    assert another.repeat.columns["bot::max"] == "10"
    second = filling.step("/data/anh[2]/chu")
    assert (second.label, second.row, second.sections) == ("Ảnh 2 chụp gì?", (2,), ("Ảnh",))


def test_no_more_rows_is_remembered_until_one_is_added() -> None:
    filling = begin(ALBUM)
    filling.close_repeat("/data/anh")
    assert again(filling).step("/data/anh").status == "answered"
    filling.add_row("/data/anh")
    assert filling.step("/data/anh").status == "open"
    filling.close_repeat("/data/anh")
    filling.reopen("/data/anh")
    assert filling.step("/data/anh").status == "open"


def test_rows_are_dropped_and_moved_and_what_counts_them_follows() -> None:
    filling = rows_of(begin(ALBUM), "a", "b", "c")
    assert filling.step("/data/cuoi").label == "Có 3 ảnh"
    filling.move_row("/data/anh[3]", 1)
    assert captions(filling) == ["c", "a", "b"]
    assert [filling.value("so", f"/data/anh[{n}]") for n in (1, 2, 3)] == ["1", "2", "3"]
    filling.drop_row("/data/anh[2]")
    assert captions(filling) == ["c", "b"]
    assert filling.step("/data/anh[2]/chu").label == "Ảnh 2 chụp gì?"
    assert filling.value("so_anh") == "2"
    for wrong in ("/data/anh[3]", "/data/cuoi", "/data/x", ""):
        with pytest.raises(KeyError):
            filling.drop_row(wrong)


def test_what_is_asked_follows_rows_that_come_move_and_go() -> None:
    filling = rows_of(begin(ALBUM), "a", "b")

    def asked() -> list[tuple[str, str]]:
        steps = [filling.step(ref) for ref, _ in filling.asked()]
        assert [step.ref for step in steps] == [step.ref for step in filling.steps()]
        return [(step.ref[-10:], step.value) for step in steps if step.ref.endswith("chu")]

    assert asked() == [("anh[1]/chu", "a"), ("anh[2]/chu", "b")]
    filling.move_row("/data/anh[2]", 1)
    assert asked() == [("anh[1]/chu", "b"), ("anh[2]/chu", "a")]
    filling.drop_row("/data/anh[1]")
    assert asked() == [("anh[1]/chu", "a")]
    filling.add_row("/data/anh")
    assert asked() == [("anh[1]/chu", "a"), ("anh[2]/chu", "")]
    filling.skip("/data/anh[1]/tep")
    behind = filling.next_open("/data/anh[1]/tep")
    assert behind is not None
    assert behind.ref == "/data/anh[2]/tep"
    assert filling.step("/data/anh/chu").ref == "/data/anh[1]/chu", "no number: the first row"


def test_a_repeat_may_have_no_rows_at_all_also_after_resume() -> None:
    filling = again(rows_of(begin(ALBUM)))
    assert filling.rows("/data/anh") == 0
    assert refs(filling) == ["anh", "cuoi"]
    assert filling.value("so_anh") == "0"
    assert fromstring(filling.submission_xml()).find("anh") is None


def show(question: Question, ref: str, value: str) -> str:
    return value


def test_a_name_means_the_own_row_and_from_outside_all_rows() -> None:
    filling = rows_of(begin(ALBUM), "a", "b")
    assert filling.fill("${chu}: ${so_anh}", "/data/anh[2]", show) == ("b: 2", True)
    assert filling.fill("${chu}", "/data/anh[1]/tep", show) == ("a", True)
    assert filling.fill("${chu}", "", show) == ("a, b", True)
    assert filling.evaluate("${chu} = 'b'", "/data/anh[2]") is True
    assert filling.evaluate("count(${anh})", "/data/anh[2]") == 2.0
    assert filling.value("chu", "/data/anh[2]") == "b"
    assert filling.value("chu") == "a"


MEMBERS = """
    | type         | name | label | repeat_count | calculation | relevant |
    | integer      | n    | N     |              |             |          |
    | begin_repeat | hd   | Hoạt động | ${n}     |             |          |
    | text         | ten  | Tên   |              |             |          |
    | integer      | ngan | Nghìn |              |             | ${ten} != 'không' |
    | calculate    | dong |       |              | ${ngan} * 1000 |       |
    | end_repeat   |      |       |              |             |          |
    | calculate    | tong |       |              | sum(${ngan}) |         |
    | calculate    | dau  |       |              | indexed-repeat(${ten}, ${hd}, 1) | |
    | calculate    | tat_ca |     |              | join('; ', ${ten}) |   |
"""


def test_a_counted_repeat_has_as_many_rows_as_it_is_told_and_asks_for_none() -> None:
    filling = begin(MEMBERS)
    assert refs(filling) == ["n"]
    assert filling.answer("/data/n", "2") == (
        "/data/hd[1]/ten",
        "/data/hd[1]/ngan",
        "/data/hd[2]/ten",
        "/data/hd[2]/ngan",
    )
    assert refs(filling) == ["n", "hd[1]/ten", "hd[1]/ngan", "hd[2]/ten", "hd[2]/ngan"]


def test_rows_beyond_a_smaller_count_do_not_count_and_come_back_with_it() -> None:
    filling = answer(begin(MEMBERS), n="3")
    for row, name in enumerate("abc", 1):
        answer(filling, **{f"hd[{row}]/ten": name, f"hd[{row}]/ngan": str(row)})
    assert (filling.value("tong"), filling.value("tat_ca")) == ("6", "a; b; c")
    answer(filling, n="1")
    assert (filling.value("tong"), filling.value("tat_ca")) == ("1", "a")
    filling = again(filling)
    assert filling.rows("/data/hd") == 1
    answer(filling, n="3")
    assert (filling.value("tong"), filling.value("tat_ca")) == ("6", "a; b; c")


def test_expressions_in_a_row_are_about_that_row() -> None:
    filling = answer(begin(MEMBERS), n="2")
    answer(filling, **{"hd[1]/ngan": "5", "hd[2]/ngan": "7"})
    assert [filling.value("dong", f"/data/hd[{n}]") for n in (1, 2)] == ["5000", "7000"]
    assert filling.answer("/data/hd[2]/ten", "không") == ("/data/hd[2]/ngan",)
    assert filling.value("tong") == "5"
    answer(filling, **{"hd[1]/ten": "Đọc sách"})
    assert filling.value("dau") == "Đọc sách"


def test_a_count_is_cut_where_it_would_never_end() -> None:
    filling = answer(begin(MEMBERS), n="99999999")
    assert filling.rows("/data/hd") == 1000


NESTED = """
    | type         | name | label   | relevant |
    | begin_repeat | diem | Điểm trường |      |
    | text         | ten  | Tên     |          |
    | begin_repeat | lop  | Lớp     | ${ten} != '' |
    | text         | khoi | Khối    |          |
    | integer      | hs   | Số em   |          |
    | end_repeat   |      |         |          |
    | end_repeat   |      |         |          |
    | text         | het  | Hết     |          |
"""


def test_repeats_stand_in_repeats() -> None:
    filling = begin(NESTED)
    assert refs(filling) == ["diem[1]/ten", "diem", "het"]
    answer(filling, **{"diem[1]/ten": "Chính"})
    filling.add_row("/data/diem[1]/lop")
    filling.add_row("/data/diem")
    assert filling.rows("/data/diem[1]/lop") == 2
    assert filling.rows("/data/diem[2]/lop") == 0  # as in ODK: only the first begins with one
    answer(filling, **{"diem[2]/ten": "Phụ"})
    assert filling.add_row("/data/diem[2]/lop") == "/data/diem[2]/lop[1]"
    answer(filling, **{"diem[2]/lop[1]/khoi": "5", "diem[2]/lop[1]/hs": "30"})
    filling = again(filling)
    assert filling.evaluate("sum(${hs})") == 30.0
    assert filling.evaluate("sum(${hs})", "/data/diem[1]") == 0.0
    assert filling.value("khoi", "/data/diem[2]") == "5"
    step = filling.step("/data/diem[2]/lop[1]/hs")
    assert (step.row, step.sections) == ((2, 1), ("Điểm trường", "Lớp"))
    assert filling.after("/data/diem[2]/lop") == filling.step("/data/diem")
    filling.drop_row("/data/diem[1]")
    assert filling.value("khoi", "/data/diem[1]") == "5"


def test_a_new_row_begins_with_the_defaults_and_the_values_set_for_it() -> None:
    filling = begin("""
        | type         | name | label | default     |
        | text         | ten  | Tên   |             |
        | begin_repeat | r    | R     |             |
        | integer      | so   | Số    | 7           |
        | text         | moi  | Mới   | concat(${ten}, '!') |
        | end_repeat   |      |       |             |
    """)
    assert filling.value("/data/r[1]/moi") == "!"
    answer(filling, ten="An")
    row = filling.add_row("/data/r")
    assert (filling.value(f"{row}/so"), filling.value(f"{row}/moi")) == ("7", "An!")


def test_choices_may_be_rows_of_a_repeat() -> None:
    filling = begin("""
        | type         | name | label |
        | begin_repeat | r    | R     |
        | text         | ten  | Tên   |
        | end_repeat   |      |       |
        | select_one ${ten} | nhat | Nhất |
    """)
    filling.add_row("/data/r")
    answer(filling, **{"r[1]/ten": "An", "r[2]/ten": "Bình"})
    assert [option.name for option in filling.step("/data/nhat").choices] == ["An", "Bình"]
    answer(filling, nhat="An")
    assert filling.answer("/data/r[1]/ten", "Chi") == ("/data/nhat",)


def test_a_repeat_cannot_grow_without_end() -> None:
    filling = begin(ALBUM)
    for _ in range(999):
        filling.add_row("/data/anh")
    with pytest.raises(AnswerError):
        filling.add_row("/data/anh")
