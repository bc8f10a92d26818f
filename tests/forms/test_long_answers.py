"""Readers of long lists, orders, places, moments and pasted tables: typed text -> canonical."""

from datetime import date
from unicodedata import normalize

import pytest

from bot.forms.vietnamese_input import Reading, read_moment, read_month, read_position, read_year
from bot.forms.vietnamese_positions import is_in_country, is_short_link
from bot.forms.vietnamese_ranks import Ranking, read_ranking
from bot.forms.vietnamese_search import search
from bot.forms.vietnamese_tables import heads, pasted_rows, without_counter

TODAY = date(2023, 10, 9)  # a Monday
COMMUNES = ("Tân Thành", "Tân Thạnh", "Mỹ An", "Mỹ Thạnh", "Thị trấn Thủ Thừa", "Vĩnh Thuận")


# long lists


@pytest.mark.parametrize(
    ("said", "sure"),
    [
        ("my an", 2),
        ("Tân Thạnh", 1),
        (normalize("NFD", "Tân Thành"), 0),
        ("thu thua", 4),
        ("thừa thủ", 4),
        ("em chọn mỹ an ạ", 2),
        ("tan thanh", None),  # both
        ("tân thánh", None),  # neither: the accents are others
        ("t", None),
        ("thuan", 5),
        ("zzz", None),
        ("", None),
    ],
)
def test_a_search_takes_what_can_only_be_meant(said: str, sure: int | None):
    assert search(said, COMMUNES).sure == sure


def test_a_search_shows_what_fits_best_first():
    assert search("thanh", COMMUNES).matches == (0, 1, 3)
    assert search("tan", COMMUNES).matches == (0, 1)
    assert search("vinh thuann", COMMUNES).nearest[0] == 5
    assert search("vinh thuann", COMMUNES).matches == ()


# orders

PLACES = ("Thư viện", "Sân trường", "Lớp học")


@pytest.mark.parametrize(
    ("said", "order"),
    [
        ("2, 1, 3", (1, 0, 2)),
        ("2 1 3", (1, 0, 2)),
        ("2>1>3", (1, 0, 2)),
        ("213", (1, 0, 2)),
        ("hai ba một", (1, 2, 0)),
        ("lớp học, thư viện, sân trường", (2, 0, 1)),
        ("đầu tiên là lớp học rồi đến thư viện cuối cùng là sân trường", (2, 0, 1)),
        ("1. san truong\n2. lop hoc\n3. thu vien", (1, 2, 0)),
    ],
)
def test_an_order_is_read(said: str, order: tuple[int, ...]):
    assert read_ranking(said, PLACES) == Ranking(order)


def test_an_order_that_is_not_whole_says_why():
    assert read_ranking("2", PLACES) == Ranking((1,), missing=(0, 2))
    assert read_ranking("2 2 1", PLACES) == Ranking((1, 1, 0), missing=(2,), twice=(1,))
    assert read_ranking("3, 9, 1", PLACES) == Ranking((2, 0), missing=(1,), unread=("9",))
    assert read_ranking("3, 1", PLACES) == Ranking((2, 0, 1), sure=False)  # the last goes last
    assert read_ranking("không biết", PLACES).order == ()


# places


@pytest.mark.parametrize(
    "said",
    [
        "10.535 106.404",
        "10,535 106,404",
        "10,535, 106,404",
        "10.535,106.404",
        "10.535; 106.404",
        "(10.535, 106.404)",
        "vĩ độ 10,535 kinh độ 106,404",
        "tọa độ: 10.535, 106.404",
        "10.535° N, 106.404° E",
        "10°32'06\"B 106°24'14.4\"Đ",
        "10°32\u203206\u2033N 106°24\u203214.4\u2033E",
        "https://www.google.com/maps/@10.535,106.404,15z?entry=ttu",
        "https://maps.google.com/?q=10.535,106.404",
        "https://www.google.com/maps/search/10.535,+106.404",
        "https://www.google.com/maps/place/X/@1.2,3.4,17z/data=!4m6!8m2!3d10.535!4d106.404",
    ],
)
def test_a_place_is_read(said: str):
    assert read_position(said) == Reading("10.535 106.404 0 0", sure=True)


@pytest.mark.parametrize(
    "said",
    [
        *("", "ở trường", "10.535", "95.1, 200", "10.5 106.4 7", "1.500.000"),
        *("10°75'00\"N 106°24'00\"E", "10.5 N 106.4 N", "https://maps.app.goo.gl/aB3"),
    ],
)
def test_what_is_no_place_is_not_guessed(said: str):
    assert read_position(said) == Reading()


def test_a_doubtful_place_is_to_be_confirmed():
    assert read_position("106.404 10.535") == Reading("10.535 106.404 0 0")
    assert read_position("10 106") == Reading("10 106 0 0")
    assert read_position("-33.9, 151.2") == Reading("-33.9 151.2 0 0", sure=True)


def test_the_country_has_its_islands_and_ends_somewhere():
    for inside in ("10.535 106.404 0 0", "23.3 105.3 0 0", "16.5 111.6 0 0", "8.6 111.9 0 0"):
        assert is_in_country(inside)
    for outside in ("48.85 2.35 0 0", "0 0 0 0", "13.75 100.5 0 0", "-10.5 106.4 0 0"):
        assert not is_in_country(outside)
    assert is_short_link("https://maps.app.goo.gl/aB3")
    assert not is_short_link("10.535 106.404")


# moments, months, years


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("14h30 ngày 2/10", "2023-10-02T14:30:00.000"),
        ("sáng mai 8h", "2023-10-10T08:00:00.000"),
        ("8h sang mai", "2023-10-10T08:00:00.000"),
        ("tối qua 8h", "2023-10-08T20:00:00.000"),
        ("thứ hai tuần tới 8h", "2023-10-16T08:00:00.000"),
        ("chiều nay 3 giờ rưỡi", "2023-10-09T15:30:00.000"),
        (normalize("NFD", "02/10/2023 lúc 7 giờ 30"), "2023-10-02T07:30:00.000"),
        ("2023-10-02 14:30:00", "2023-10-02T14:30:00.000"),
    ],
)
def test_a_moment_is_read(said: str, moment: str):
    assert read_moment(said, TODAY, TODAY) == Reading(moment, sure=True)


@pytest.mark.parametrize("said", ["ngày 2/10", "14h30", "hôm nào rảnh", "", "7h 31/2"])
def test_half_a_moment_is_none(said: str):
    assert read_moment(said, TODAY, TODAY) == Reading()


def test_two_moments_are_asked_about():
    two = ("2023-10-05T14:00:00.000", "2023-10-05T02:00:00.000")
    assert read_moment("2h 5/10", TODAY, TODAY) == Reading(options=two)


@pytest.mark.parametrize(
    ("said", "month", "sure"),
    [
        ("10/2023", "2023-10-01", True),
        ("tháng 9 năm 2023", "2023-09-01", True),
        ("T9/2023", "2023-09-01", True),
        ("thang muoi 2023", "2023-10-01", True),
        ("tháng này", "2023-10-01", True),
        ("tháng trước ạ", "2023-09-01", True),
        ("tháng 12 năm ngoái", "2022-12-01", True),
        ("tháng 9", "2023-09-01", False),
        ("1", "2024-01-01", False),
        ("13/2023", "", False),
        ("tháng mấy", "", False),
    ],
)
def test_a_month_is_read(said: str, month: str, sure: bool):
    assert read_month(said, TODAY, TODAY) == Reading(month, sure)


@pytest.mark.parametrize(
    ("said", "year", "sure"),
    [
        ("2023", "2023-01-01", True),
        ("năm nay", "2023-01-01", True),
        ("năm ngoái ạ", "2022-01-01", True),
        ("23", "2023-01-01", False),
        ("3023", "", False),
        ("lâu rồi", "", False),
    ],
)
def test_a_year_is_read(said: str, year: str, sure: bool):
    assert read_year(said, TODAY) == Reading(year, sure)


# tables


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        ("5A\t32\n5B\t30", [["5A", "32"], ["5B", "30"]]),
        ("5A\t32", [["5A", "32"]]),
        ('"5A\nsáng"\t32\n5B\t', [["5A sáng", "32"], ["5B", ""]]),
        ("5A; 32\r\n5B; 30\r\n", [["5A", "32"], ["5B", "30"]]),
        ("| 5A | 32 |\n|----|----|\n| 5B | 30 |", [["5A", "32"], ["5B", "30"]]),
        ("5A   32\n5B    30", [["5A", "32"], ["5B", "30"]]),
        ("5A; 32", []),
        ("Trường có thư viện.\nHọc sinh đọc sách.", []),
        ("Có sách; báo\nHọc sinh đọc", []),
        ("", []),
    ],
)
def test_a_pasted_table_is_known_by_its_signs(said: str, rows: list[list[str]]):
    assert pasted_rows(said) == rows


def test_heads_name_columns_without_accents_and_by_a_beginning():
    names = (("Tên lớp", "Tên lớp là gì?", "lop_ten"), ("Sĩ số", "Sĩ số bao nhiêu?", "si_so"))
    assert heads(["STT", "ten lop", "SĨ SỐ (học sinh)"], names) == [None, 0, 1]
    assert heads(["si so", "si so"], names) == [1, None]  # each only once
    assert heads(["5A", "32"], names) == [None, None]


def test_a_column_that_only_counts_is_left_out():
    assert without_counter([["1", "5A"], ["2", "5B"]]) == [["5A"], ["5B"]]
    assert without_counter([["1.", "5A"], ["2.", "5B"]]) == [["5A"], ["5B"]]
    kept = [["32", "5A"], ["30", "5B"]]
    assert without_counter(kept) == kept
