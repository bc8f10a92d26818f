"""What an author's outline and a school's answers become."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.documents import nd30
from bot.documents.document import (
    Block,
    Dash,
    Item,
    OfficialDocument,
    Part,
    Photo,
    Photos,
    Point,
    Row,
    Table,
    Text,
    numbered,
)
from bot.documents.outline import build
from bot.errors import FormError
from bot.forms.filling import Filling
from tests.documents.nd30_check import violations
from tests.forms.workbooks import begin

SURVEY = """
    | type | name | label | report::unit | report::short | bot::profile |
    | text | truong | Tên trường? |  |  | full_name |
    | text | ky_ten | Ai ký? |  |  | signer_name |
    | date | ngay | Ngày? |  |  |  |
    | time | gio | Giờ? |  |  |  |
    | integer | hs | Bao nhiêu học sinh? | học sinh |  |  |
    | integer | tien | Bao nhiêu tiền? | đồng |  |  |
    | text | ke | Kể? |  |  |  |
    | select_multiple cach | cach | Cách nào? |  |  |  |
    | begin_group | bang | Số liệu |  |  |  |
    | begin_group | le | Lễ khai mạc |  |  |  |
    | integer | so_le | Mấy lễ? | lễ | Lễ đã tổ chức |  |
    | integer | nguoi | Mấy người? | người |  |  |
    | end_group |  |  |  |  |  |
    | begin_group | qua | Quà |  |  |  |
    | decimal | gia | Giá trị? | đồng | Giá trị quà |  |
    | end_group |  |  |  |  |  |
    | end_group |  |  |  |  |  |
    | begin_repeat | hd | Hoạt động |  |  |  |
    | text | ten | Tên? |  | Tên hoạt động |  |
    | integer | bao | Bao nhiêu? | em | Số học sinh |  |
    | begin_repeat | anh_hd | Ảnh hoạt động |  |  |  |
    | image | tep_hd | Ảnh? |  |  |  |
    | text | chu_hd | Chụp gì? |  |  |  |
    | end_repeat |  |  |  |  |  |
    | end_repeat |  |  |  |  |  |
    | begin_repeat | anh | Ảnh |  |  |  |
    | image | tep | Ảnh? |  |  |  |
    | text | chu | Chụp gì? |  |  |  |
    | select_one phep | phep | Được phép? |  |  |  |
    | end_repeat |  |  |  |  |  |
    ## choices
    | list_name | name | label |
    | cach | hop | họp hội đồng |
    | cach | zalo | nhóm Zalo |
    | phep | no_faces | Không rõ mặt |
    | phep | consent | Đã đồng ý |
    | phep | chua | Chưa |
"""


def school(report: str) -> Filling:
    """A filling of the survey with this outline (kind, text, relevant, source)."""
    sheet = "## report\n| kind | text | relevant | source |\n" if report else ""
    return begin(f"{SURVEY}\n{sheet}{report}")


def document(
    report: str, rows: dict[str, list[dict[str, str]]] | None = None, **answers: str
) -> OfficialDocument:
    filling = school(report)
    say(filling, "/data/", answers)
    for repeat, values in (rows or {}).items():
        for number, row in enumerate(values, 1):
            if number > filling.rows(f"/data/{repeat}"):
                filling.add_row(f"/data/{repeat}")
            say(filling, f"/data/{repeat}[{number}]/", row)
    return build(filling.form, filling)


def say(filling: Filling, within: str, answers: dict[str, str]) -> None:
    """Answer questions by their names."""
    for name, value in answers.items():
        refs = [step.ref for step in filling.steps() if step.ref.endswith(f"/{name}")]
        filling.answer(next(ref for ref in refs if ref.startswith(within)), value)


def body(report: str, **answers: str) -> tuple[Block, ...]:
    return document(report, **answers).body


# Sentences


@pytest.mark.parametrize(
    ("text", "answers", "written"),
    [
        ("Có ${hs} dự.", {"hs": "1540"}, "Có 1.540 học sinh dự."),
        ("Chi ${tien}.", {"tien": "1500000"}, "Chi 1.500.000 đồng."),
        ("Chi ${tien}.", {"tien": "0"}, "Chi 0 đồng."),
        ("Ngày ${ngay}.", {"ngay": "2023-10-02"}, "Ngày 02/10/2023."),
        ("Lúc ${gio}.", {"gio": "07:30:00.000+07:00"}, "Lúc 7h30."),
        ("Qua ${cach}.", {"cach": "hop zalo"}, "Qua họp hội đồng, nhóm Zalo."),
        ("Kể: ${ke}.", {"ke": "  Đã làm xong.  "}, "Kể: Đã làm xong."),
        ("Kể: ${ke}; hết.", {"ke": "Đã làm xong."}, "Kể: Đã làm xong; hết."),
        ("Kể: ${ke}.", {"ke": "hội thi, hội diễn..."}, "Kể: hội thi, hội diễn..."),
        ("${ke}", {"ke": "Đã làm xong."}, "Đã làm xong."),
        ("Kể: ${ke}.", {"ke": "Đo\u0323c sách 😀"}, "Kể: Đọc sách."),
        ("Kể: ${ke}.", {"ke": "dùng ${hs} và <b>"}, "Kể: dùng ${hs} và <b>."),
    ],
)
def test_an_answer_is_written_as_papers_write_it(
    text: str, answers: dict[str, str], written: str
) -> None:
    assert body(f"| text | {text} | | |", **answers) == (Text(written),)


def test_a_sentence_with_a_hole_is_left_out() -> None:
    report = """
        | text | Có ${hs} và ${tien}. | | |
        | text | Có ${hs}.            | | |
    """
    assert body(report, hs="5") == (Text("Có 5 học sinh."),)


def test_a_row_that_is_not_relevant_is_left_out() -> None:
    report = """
        | text | Nhiều. | ${hs} > 100  | |
        | text | Ít.    | ${hs} <= 100 | |
    """
    assert body(report, hs="5") == (Text("Ít."),)


def test_an_emoji_alone_is_no_answer() -> None:
    assert body("| text | Kể: ${ke} | | |", ke="😀") == ()


# Headings


OUTLINE = """
    | part | Một   | | |
    | item | A     | | |
    | text | ${hs} | | |
    | item | B     | | |
    | dash | ${tien} | | |
    | part | Hai   | | |
    | item | C     | | |
    | point | ${ke} | | |
"""


def test_headings_stay_when_something_is_left_under_them() -> None:
    assert body(OUTLINE, hs="5", tien="6", ke="x") == (
        Part("Một"), Item("A"), Text("5 học sinh"), Item("B"), Dash("6 đồng"),
        Part("Hai"), Item("C"), Point("x"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "left"),
    [
        ({}, ()),
        ({"tien": "6"}, (Part("Một"), Item("B"), Dash("6 đồng"))),
        ({"ke": "x"}, (Part("Hai"), Item("C"), Point("x"))),
    ],
)
def test_a_heading_with_nothing_under_it_is_left_out(
    answers: dict[str, str], left: tuple[Block, ...]
) -> None:
    assert body(OUTLINE, **answers) == left


def test_an_item_that_says_an_answer_is_no_empty_heading() -> None:
    assert body("| item | Có ${hs}. | | |", hs="5") == (Item("Có 5 học sinh."),)


def test_numbers_run_without_gaps() -> None:
    numbers = [number for number, _ in numbered(body(OUTLINE, tien="6", ke="x"))]

    assert numbers == ["I.", "1.", "-", "II.", "1.", "a)"]


# Repeats


def test_a_row_with_a_repeat_is_printed_once_for_each_of_its_rows() -> None:
    report = "| point | ${ten}: ${bao}. | | hd |"
    rows = {"hd": [{"ten": "Hội thi", "bao": "180"}, {"ten": "Ngày hội", "bao": "540"}]}

    assert document(report, rows).body == (
        Point("Hội thi: 180 em."),
        Point("Ngày hội: 540 em."),
    )


def test_rows_of_one_repeat_that_follow_each_other_stay_together() -> None:
    report = """
        | item | ${ten}           | | hd |
        | text | Có ${bao} dự.    | ${bao} > 0 | hd |
    """
    rows = {"hd": [{"ten": "A", "bao": "1"}, {"ten": "B", "bao": "0"}, {"ten": "C", "bao": "3"}]}

    assert document(report, rows).body == (
        Item("A"), Text("Có 1 em dự."), Item("B"), Item("C"), Text("Có 3 em dự."),
    )  # fmt: skip


# Tables


def test_a_table_of_a_group_has_a_row_for_each_number() -> None:
    (table,) = body("| table | | | bang |", so_le="1", nguoi="0", gia="1500000.5")
    assert isinstance(table, Table)

    assert table.rows == (
        Row(("I", "Lễ khai mạc"), section=True),
        Row(("1", "Lễ đã tổ chức", "lễ", "1", "")),
        Row(("2", "Mấy người?", "người", "0", "")),
        Row(("II", "Quà"), section=True),
        Row(("3", "Giá trị quà", "đồng", "1.500.000,5", "")),
    )
    assert [column.title for column in table.columns] == [
        "STT", "Nội dung", "Đơn vị tính", "Số lượng", "Ghi chú",
    ]  # fmt: skip


def test_what_was_not_answered_is_a_dash_and_never_a_zero() -> None:
    (table,) = body("| table | | | bang |")
    assert isinstance(table, Table)

    assert [row.cells[3] for row in table.rows if not row.section] == ["-", "-", "-"]


def test_a_table_of_a_repeat_has_a_row_for_each_of_its_rows() -> None:
    rows = {"hd": [{"ten": "Hội thi", "bao": "1180"}, {"ten": "Ngày hội"}]}
    (table,) = document("| table | | | hd |", rows).body
    assert isinstance(table, Table)

    assert [column.title for column in table.columns] == [
        "STT",
        "Tên hoạt động",
        "Số học sinh (em)",
    ]
    assert table.rows == (Row(("1", "Hội thi", "1.180")), Row(("2", "Ngày hội", "-")))


# Photos


def test_only_photos_with_a_permission_are_shown() -> None:
    rows = {
        "anh": [
            {"tep": "k1", "chu": "Một", "phep": "no_faces"},
            {"tep": "k2", "chu": "Hai", "phep": "chua"},
            {"tep": "k3", "chu": "Ba"},
            {"tep": "k4", "chu": "Bốn", "phep": "consent"},
        ]
    }
    assert document("| photos | | | anh |", rows).body == (
        Photos((Photo("k1", "Một"), Photo("k4", "Bốn"))),
    )


def test_photos_without_any_permission_leave_no_heading() -> None:
    report = """
        | item   | Hình ảnh | | |
        | photos |          | | anh |
    """
    assert document(report, {"anh": [{"tep": "k1", "chu": "Một"}]}).body == ()


def test_photos_of_an_activity_can_stand_together() -> None:
    filling = school("| photos | | | anh_hd |")
    for activity in (1, 2):
        if activity > 1:
            filling.add_row("/data/hd")
        if not filling.rows(f"/data/hd[{activity}]/anh_hd"):
            filling.add_row(f"/data/hd[{activity}]/anh_hd")
        words = {"tep_hd": f"k{activity}", "chu_hd": f"Ảnh {activity}"}
        say(filling, f"/data/hd[{activity}]/", words)

    assert build(filling.form, filling).body == (
        Photos((Photo("k1", "Ảnh 1"), Photo("k2", "Ảnh 2"))),
    )


def test_photos_stand_under_the_row_they_belong_to() -> None:
    filling = school("| item | ${ten} | | hd |\n| photos | | | anh_hd |")
    filling.add_row("/data/hd")
    for activity in (1, 2):
        say(filling, f"/data/hd[{activity}]/", {"ten": f"Việc {activity}"})
        if not filling.rows(f"/data/hd[{activity}]/anh_hd"):
            filling.add_row(f"/data/hd[{activity}]/anh_hd")
        say(filling, f"/data/hd[{activity}]/", {"tep_hd": f"k{activity}"})

    assert build(filling.form, filling).body == (
        Item("Việc 1"),
        Photos((Photo("k1"),)),
        Item("Việc 2"),
        Photos((Photo("k2"),)),
    )


# Appendices


APPENDICES = """
    | text     | Số liệu theo Phụ lục I, ảnh theo Phụ lục II. | | |
    | text     | Ảnh theo Phụ lục II.                         | | |
    | appendix | Bảng số liệu                                 | ${hs} > 0 | |
    | table    |                                              | | bang |
    | appendix | Hình ảnh                                     | | |
    | photos   |                                              | | anh |
"""
PERMITTED = {"anh": [{"tep": "k1", "chu": "Một", "phep": "consent"}]}


def test_the_body_points_to_the_appendices_that_are_left() -> None:
    both = document(APPENDICES, PERMITTED, hs="5")
    only_photos = document(APPENDICES, PERMITTED)
    only_table = document(APPENDICES, hs="5")

    assert [appendix.title for appendix in both.appendices] == ["Bảng số liệu", "Hình ảnh"]
    assert both.body[1] == Text("Ảnh theo Phụ lục II.")
    assert only_photos.body[1] == Text("Ảnh theo Phụ lục.")
    assert [appendix.title for appendix in only_photos.appendices] == ["Hình ảnh"]
    assert len(only_table.body) == 1


# Around the text


def test_the_letterhead_is_said_by_the_sheet() -> None:
    report = """
        | superior         | UBND huyện Thủ Thừa | | |
        | issuer           | ${truong}           | | |
        | number           | ${hs}               | | |
        | symbol           | THTT                | | |
        | place            | Tân Thành           | | |
        | date             | ${ngay}             | | |
        | subject          | Về việc tổ chức     | | |
        | text             | Đã làm.             | | |
        | addressee        | Phòng GD&ĐT         | | |
        | recipient        | Hội Khuyến học;     | | |
        | signer_title     | Phó Hiệu trưởng     | | |
        | signer_name      | ${ky_ten}           | | |
    """
    made = document(report, truong="Trường A", ngay="2023-10-05", ky_ten="ThS. Lê Thị B")

    head = made.letterhead
    assert (head.superior, head.issuer, head.symbol) == ("UBND huyện Thủ Thừa", "Trường A", "THTT")
    assert (head.number, head.date, head.document_type) == ("", "2023-10-05", "BÁO CÁO")
    assert made.addressees == ("Phòng GD&ĐT",)
    assert made.recipients == ("Như trên", "Hội Khuyến học;", "Lưu: VT")
    assert (made.signature.authority, made.signature.title) == (
        "KT. HIỆU TRƯỞNG",
        "Phó Hiệu trưởng",
    )
    assert made.signature.name == "Lê Thị B"
    assert violations(nd30.render(made, Path)) == []


@pytest.mark.parametrize(
    ("typed", "kept"), [("05/10/2023", "2023-10-05"), ("10/2023", "2023-10"), ("2023", "2023")]
)
def test_an_author_may_leave_the_day_to_the_clerk(typed: str, kept: str) -> None:
    assert document(f"| date | {typed} | | |").letterhead.date == kept


def test_who_is_addressed_is_not_named_twice_at_the_end() -> None:
    assert document("| recipient | Như trên | | |\n| addressee | A | | |").recipients == (
        "Như trên",
        "Lưu: VT",
    )
    assert document("| recipient | Lưu: VT, TV. | | |").recipients == ("Lưu: VT, TV.",)


# Without an outline, and with a wrong one


def test_a_form_without_an_outline_gets_one_from_its_groups_and_labels() -> None:
    made = document(
        "", {"hd": [{"ten": "Hội thi", "bao": "5"}]}, truong="Trường A", hs="5", so_le="1"
    )

    assert made.letterhead.issuer == "Trường A"
    assert Dash("Bao nhiêu học sinh: 5 học sinh.") in made.body
    assert Part("Số liệu") in made.body
    assert Item("Lễ khai mạc") in made.body
    assert Item("Quà") not in made.body
    assert any(isinstance(block, Table) for block in made.body)


def test_the_same_answers_give_an_equal_document() -> None:
    def once() -> OfficialDocument:
        return document(APPENDICES, PERMITTED, hs="5")

    assert once() == once()


@pytest.mark.parametrize(
    "row",
    [
        {"kind": "text", "text": "Có ${khong_co}."},
        {"kind": "date", "text": "${khong_co}"},
        {"kind": "text", "text": "Có.", "relevant": "${hs} >"},
        {"kind": "photos", "source": "khong_co"},
        {"kind": "chapter", "text": "Một"},
        {"kind": "text", "text": "Một", "source": "truong"},
        {"kind": "dash", "text": "Một", "source": "bang"},
    ],
)
def test_a_row_that_means_nothing_is_told_with_its_row(row: dict[str, str]) -> None:
    filling = school("")
    layout = {**filling.form.layout, "report": [{"row": 7, **row}]}
    wrong = replace(filling.form, layout=layout)

    with pytest.raises(FormError, match="report, row 7"):
        build(wrong, filling)


# Tables with columns of the author's choice

TIMETABLE = """
    | type         | name | label     | calculation              | report::short | report::unit |
    | begin_repeat | hang | Phần      |                          |               |              |
    | text         | viec | Việc gì?  |                          | Nội dung      |              |
    | integer      | phut | Mấy phút? |                          |               | phút         |
    | text         | ghi  | Ghi chú?  |                          |               |              |
    | calculate    | khi  |           | concat('phút ', ${phut}) | Thời gian     |              |
    | calculate    | doi  |           | ${phut} * 2              | Gấp đôi       | phút         |
    | end_repeat   |      |           |                          |               |              |
    ## report
    | kind  | text                               | relevant | source |
    | table | ${khi} ¦ ${viec} ¦ ${doi} ¦ ${ghi} |          | hang   |
"""


def timetable(*rows: dict[str, str]) -> Table:
    filling = begin(TIMETABLE)
    for number, row in enumerate(rows, 1):
        if number > filling.rows("/data/hang"):
            filling.add_row("/data/hang")
        say(filling, f"/data/hang[{number}]/", row)
    (table,) = build(filling.form, filling).body
    assert isinstance(table, Table)
    return table


def test_a_table_has_the_columns_that_its_row_names_in_their_order() -> None:
    table = timetable({"viec": "Chào cờ", "phut": "5", "ghi": "loa"}, {"viec": "Hát", "phut": "10"})
    assert [(column.title, column.align) for column in table.columns] == [
        ("STT", "center"),
        ("Thời gian", "left"),
        ("Nội dung", "left"),
        ("Gấp đôi (phút)", "right"),
        ("Ghi chú?", "left"),
    ]
    assert [row.cells for row in table.rows] == [
        ("1", "phút 5", "Chào cờ", "10", "loa"),
        ("2", "phút 10", "Hát", "20", "-"),
    ]


def test_a_chosen_column_that_nobody_filled_is_left_out() -> None:
    table = timetable({"viec": "Chào cờ", "phut": "5"})
    assert [column.title for column in table.columns][1:] == [
        "Thời gian",
        "Nội dung",
        "Gấp đôi (phút)",
    ]
    assert table.rows[0].cells == ("1", "phút 5", "Chào cờ", "10")
