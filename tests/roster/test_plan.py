"""What a list changes: rows are matched with the schools that are known, or the doubt is said."""

from bot.roster import Plan, plan, read, summary_lines
from bot.texts import texts
from storage.people import Unit
from tests.roster.files import school, workbook

KNOWN = [
    school(1, "Trường TH Bình An", "TH", contact={"phone": "0912345678"}),
    school(2, "Trường MN Bình An", "MN"),
    school(3, "Trường TH và THCS Tân Thành", "TH&THCS", code="79003"),
    school(4, "Trường THCS Bình Hòa", "THCS", cluster="Cụm 1"),
    school(5, "Trường THCS Bình Hoa", "THCS", cluster="Cụm 2"),
    school(6, "Truong TH My Thanh", "TH"),
]


def planned(*rows: list[object], known: list[Unit] = KNOWN, header: str = "Tên trường") -> Plan:
    return plan(read(workbook([header.split("|"), *rows]), "ds.xlsx"), known)


def keys(found: Plan) -> list[tuple[int, str]]:
    return [(fault.row, fault.key) for fault in found.doubtful]


def test_a_known_school_is_known_however_it_is_written():
    found = planned(
        ["Trường Tiểu học Bình An"],
        ["mam non binh an"],
        ["TH&THCS TÂN THÀNH"],
        ["THCS Bình Hoà"],
        ["THCS Bình Hoa"],
        ["TH My Thanh"],
    )
    assert found.unchanged == [unit.name for unit in KNOWN]
    assert found.empty
    assert (found.missing, found.doubtful, found.faults) == ([], [], [])


def test_only_what_is_different_changes_and_blank_cells_change_nothing():
    found = planned(
        ["TH Bình An", "Lê A", 987654321, ""],
        ["MN Bình An", "", "", ""],
        header="Tên trường|Hiệu trưởng|SĐT|Cụm",
    )
    (change,) = found.changed
    assert (change.unit_id, change.fields) == (
        1,
        {"head": ("", "Lê A"), "phone": ("0912345678", "0987654321")},
    )
    assert found.unchanged == ["Trường MN Bình An"]
    assert len(found.missing) == 4


def test_a_code_finds_a_school_that_has_another_name_now():
    found = planned(["TH&THCS Tân Thành Đông", 79003.0], header="Tên trường|Mã trường")
    (change,) = found.changed
    assert change.fields == {
        "name": ("Trường TH và THCS Tân Thành", "Trường TH&THCS Tân Thành Đông")
    }


def test_a_code_finds_a_school_that_has_another_level_now():
    found = planned(["THCS Tân Thành", "79003"], header="Tên trường|Mã trường")
    assert found.changed[0].fields["level"] == ("TH&THCS", "THCS")
    assert found.changed[0].fields["name"][1] == "Trường THCS Tân Thành"


def test_accents_are_added_to_a_name_that_had_none():
    found = planned(["TH Mỹ Thạnh"])
    assert found.changed[0].fields == {"name": ("Truong TH My Thanh", "Trường TH Mỹ Thạnh")}


def test_a_name_without_level_is_known_when_only_one_school_has_it():
    found = planned(["Tân Thành"], ["Bình An"])
    assert found.unchanged == ["Trường TH và THCS Tân Thành"]
    assert keys(found) == [(3, "roster-row-several")]


def test_a_name_without_accents_that_may_be_two_schools_is_asked():
    found = planned(["THCS Binh Hoa"])
    assert keys(found) == [(2, "roster-row-several")]
    assert found.added == []
    assert not {"Trường THCS Bình Hòa", "Trường THCS Bình Hoa"} & set(found.missing)


def test_the_cluster_says_which_of_two_schools_is_meant():
    found = planned(["THCS Binh Hoa", "cụm 2"], header="Tên trường|Cụm")
    assert found.changed[0].unit_id == 5


def test_other_accents_are_asked():
    found = planned(["THCS Bình Họa"])
    assert keys(found) == [(2, "roster-row-accents")]


def test_a_name_that_is_nearly_that_of_a_school_the_list_lacks_is_asked():
    found = planned(["TH&THCS Tân Thanhh"])
    assert keys(found) == [(2, "roster-row-alike")]
    assert "Trường TH và THCS Tân Thành" not in found.missing


def test_a_similar_name_beside_the_known_one_is_a_new_school():
    found = planned(["TH Bình An"], ["TH Bình Anh"])
    assert [new.name for new in found.added] == ["Trường TH Bình Anh"]


def test_another_number_is_another_school():
    known = [school(1, "Trường TH Tân Lập 1", "TH")]
    found = planned(["TH Tân Lập 2"], known=known)
    assert [new.name for new in found.added] == ["Trường TH Tân Lập 2"]
    assert found.missing == ["Trường TH Tân Lập 1"]


def test_the_code_of_another_school_is_asked():
    found = planned(["TH Bình An", "79003"], header="Tên trường|Mã trường")
    assert keys(found) == [(2, "roster-row-other-code")]


def test_a_known_school_twice_counts_once():
    found = planned(["TH Bình An"], ["Tiểu học Bình An"])
    assert keys(found) == [(3, "roster-row-twice")]
    assert found.doubtful[0].arguments["other"] == "2"


def test_a_closed_school_is_asked():
    closed = school(1, "Trường TH Cũ", "TH", valid_to="2020")
    found = planned(["TH Cũ"], known=[closed])
    assert keys(found) == [(2, "roster-row-closed")]


def test_what_is_said_in_chat():
    rows = [[f"TH Mới {n}", "", ""] for n in range(1, 11)]
    found = planned(
        ["TH Bình An", "0987654321", ""],
        ["MN Bình An", "", ""],
        *rows,
        ["Bình Minh", "", ""],
        ["TH Xa", "123", ""],
        header="Tên trường|Điện thoại|Cụm",
    )
    lines = summary_lines(texts("vi"), found)
    assert lines[0].startswith("+ 11 trường mới: TH Mới 1, TH Mới 2")
    assert lines[0].endswith("… và 3 trường nữa")
    assert lines[1] == "~ 1 trường đổi: TH Bình An (điện thoại: 0912345678 → 0987654321)"
    assert lines[2] == "= 1 trường không đổi"
    assert lines[3].startswith("? 4 trường")
    assert lines[4].startswith("⚠ dòng 14, cột A: “Bình Minh” thuộc cấp học nào?")
    assert lines[5].startswith("⚠ dòng 15, cột B: “123” không phải số điện thoại")
    assert len(lines) == 6


def test_a_hundred_faults_are_said_in_few_lines():
    found = planned(*[[f"Tên {n}"] for n in range(100)])
    lines = summary_lines(texts("en"), found)
    assert len(lines) <= 25
    assert lines[-1] == "⚠ … and 85 more to look at."
