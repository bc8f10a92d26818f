"""School names: the same however they are written, and found from what an officer types."""

import unicodedata
from dataclasses import dataclass

import pytest

from bot.unit_names import find, level_of, normal, same_accents


@dataclass(frozen=True)
class School:
    id: int
    name: str


def schools(*names: str) -> list[School]:
    return [School(number, name) for number, name in enumerate(names, 1)]


DISTRICT = schools(
    "Trường TH Bình An",
    "Trường MN Bình An",
    "Trường TH Mỹ Thạnh",
    "Trường MN Hoa Sen",
    "Trường TH và THCS Tân Thành",
    "Trường THCS Thị trấn Vĩnh Bình",
    "Trường TH Tân Lập 1",
    "Trường TH Tân Lập 2",
    "Trường THCS Bình Hòa",
    "Trường THCS Bình Hoa",
    "Trường TH Trường Sa",
    "Trường TH Long Bình A",
    "Trường TH Long Bình",
    "Trường MN 20/10",
)


@pytest.mark.parametrize(
    "ways",
    [
        [
            "Trường Tiểu học Bình An",
            "TH Bình An",
            "TH BÌNH AN.",
            "trường th binh an",
            "T.H Bình An",
        ],
        [
            "Trường Tiểu học và Trung học cơ sở Tân Thành",
            "TH&THCS Tân Thành",
            "TH và THCS Tân Thành",
            "TH-THCS tân thành",
            "Trường THCS & TH Tân Thành",
            "PTCS Tân Thành",
        ],
        ["Trường Mầm non Hoa Sen", "MN Hoa Sen", "Tr. MN  Hoa  Sen", "M.N. Hoa Sen"],
        ["Mẫu giáo Sơn Ca", "MG Sơn Ca"],
        ["THPT Lê Lợi", "Trường Trung học phổ thông Lê Lợi", "t.h.p.t lê lợi"],
        ["THCS TT Vĩnh Bình", "Trường THCS Thị trấn Vĩnh Bình"],
        ["TH Bình An I", "TH Bình An 1"],
    ],
)
def test_a_name_is_the_same_however_it_is_written(ways: list[str]):
    written = [unicodedata.normalize(form, way) for way in ways for form in ("NFC", "NFD")]
    assert len({normal(way) for way in written}) == 1


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("Trường MN Hoa Sen", "MN"),
        ("Mẫu giáo Sơn Ca", "MG"),
        ("trường tiểu học Bình An", "TH"),
        ("THCS Bình An", "THCS"),
        ("Trường TH và THCS Tân Thành", "TH&THCS"),
        ("Trường THPT Lê Lợi", "THPT"),
        ("Trường THCS và THPT Lê Lợi", "THCS&THPT"),
        ("Trường PTDTBT TH&THCS Nậm Cắn", "TH&THCS"),
        ("Bình An", ""),
        ("", ""),
    ],
)
def test_the_level_is_in_the_name(name: str, level: str):
    assert level_of(name) == level


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("th binh an", "Trường TH Bình An"),
        ("TH Bình An", "Trường TH Bình An"),
        ("trường th bình an ạ", "Trường TH Bình An"),
        ("th binh an a", "Trường TH Bình An"),
        ("thbinhan", "Trường TH Bình An"),
        ("mầm non bình an nhé", "Trường MN Bình An"),
        ("hoa sen", "Trường MN Hoa Sen"),
        ("truong hoa sen", "Trường MN Hoa Sen"),
        ("thcs thi tran", "Trường THCS Thị trấn Vĩnh Bình"),
        ("thcs tt vinh binh", "Trường THCS Thị trấn Vĩnh Bình"),
        ("tan thanh", "Trường TH và THCS Tân Thành"),
        ("thcs tan thanh", "Trường TH và THCS Tân Thành"),
        ("th&thcs Tân Thành", "Trường TH và THCS Tân Thành"),
        ("tân lập 2", "Trường TH Tân Lập 2"),
        ("tân lập II", "Trường TH Tân Lập 2"),
        ("Bình Hòa", "Trường THCS Bình Hòa"),
        ("bình hoà", "Trường THCS Bình Hòa"),
        ("trường sa", "Trường TH Trường Sa"),
        ("long binh a", "Trường TH Long Bình A"),
        ("long bình ạ", "Trường TH Long Bình"),
        ("mn 20/10", "Trường MN 20/10"),
    ],
)
def test_an_officer_finds_a_school(typed: str, name: str):
    found = find(typed, DISTRICT)
    assert found.exact is not None, found
    assert found.exact.name == name


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Bình An", {"Trường TH Bình An", "Trường MN Bình An"}),
        ("truong binh an", {"Trường TH Bình An", "Trường MN Bình An"}),
        ("tan lap", {"Trường TH Tân Lập 1", "Trường TH Tân Lập 2"}),
        ("thcs binh hoa", {"Trường THCS Bình Hòa", "Trường THCS Bình Hoa"}),
        ("mĩ thạnh", {"Trường TH Mỹ Thạnh"}),  # another spelling: asked, not taken
        ("my thanhh", {"Trường TH Mỹ Thạnh"}),
        ("th hoa senn", {"Trường MN Hoa Sen"}),
        ("an bình", {"Trường TH Bình An", "Trường MN Bình An"}),
        ("tân lập 3", set()),
        ("thpt lê lợi", set()),
        ("xin chào", set()),
        ("", set()),
        ("ạ", set()),
        ("🙂", set()),
    ],
)
def test_what_is_not_clear_is_asked(typed: str, names: set[str]):
    found = find(typed, DISTRICT)
    assert found.exact is None
    assert {school.name for school in found.candidates} == names


def test_no_school_at_all_finds_none():
    assert find("th binh an", []).candidates == ()


def test_accents_that_contradict_make_another_name():
    assert not same_accents("TH Bình Hòa", "TH Bình Hoa")
    assert same_accents("TH Bình Hoà", "TH Bình Hòa")
    assert same_accents("TH Binh Hoa", "TH Bình Hòa")
