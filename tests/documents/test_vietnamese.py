"""Numbers, dates and names stand in a paper as Nghị định 30/2020/NĐ-CP and custom want them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.documents import vietnamese


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("0", "0"),
        ("45", "45"),
        ("1500", "1.500"),
        ("1500000", "1.500.000"),
        ("-1500", "-1.500"),
        ("1.5", "1,5"),
        ("1500.25", "1.500,25"),
        ("7.0", "7"),
        ("-0", "0"),
        ("chưa rõ", "chưa rõ"),
        ("NaN", "NaN"),
    ],
)
def test_thousands_have_dots_and_fractions_a_comma(value: str, written: str):
    assert vietnamese.number(value) == written


def test_decimals_round_half_up():
    assert vietnamese.number("2.345", 2) == "2,35"
    assert vietnamese.number("2.5", 0) == "3"
    assert vietnamese.number("87.5", 2) == "87,50"
    assert vietnamese.number("-0.4", 0) == "0"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0", "không"),
        ("5", "năm"),
        ("10", "mười"),
        ("11", "mười một"),
        ("14", "mười bốn"),
        ("15", "mười lăm"),
        ("20", "hai mươi"),
        ("21", "hai mươi mốt"),
        ("24", "hai mươi tư"),
        ("25", "hai mươi lăm"),
        ("100", "một trăm"),
        ("105", "một trăm linh năm"),
        ("115", "một trăm mười lăm"),
        ("1005", "một nghìn không trăm linh năm"),
        ("1500", "một nghìn năm trăm"),
        ("1155", "một nghìn một trăm năm mươi lăm"),
        ("1500000", "một triệu năm trăm nghìn"),
        ("2050000", "hai triệu không trăm năm mươi nghìn"),
        ("1000000000", "một tỷ"),
        ("1.5", "một phẩy năm"),
        ("1.25", "một phẩy hai mươi lăm"),
        ("1.05", "một phẩy không năm"),
        ("-5", "âm năm"),
        ("abc", "abc"),
    ],
)
def test_numbers_are_said_as_people_say_them(value: str, words: str):
    assert vietnamese.in_words(value) == words


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("2026-01-05", "Thủ Thừa, ngày 05 tháng 01 năm 2026"),
        ("2026-02-15", "Thủ Thừa, ngày 15 tháng 02 năm 2026"),
        ("2023-05-09", "Thủ Thừa, ngày 09 tháng 5 năm 2023"),
        ("2023-10-02", "Thủ Thừa, ngày 02 tháng 10 năm 2023"),
        ("2023-10", f"Thủ Thừa, ngày {vietnamese.BLANK} tháng 10 năm 2023"),
        ("2023", f"Thủ Thừa, ngày {vietnamese.BLANK} tháng {vietnamese.BLANK} năm 2023"),
    ],
)
def test_a_header_has_zeros_before_small_days_and_the_first_two_months_only(
    value: str, written: str
):
    assert vietnamese.header_date("Thủ Thừa", value) == written


def test_answers_are_shown_with_their_unit():
    assert vietnamese.show("540", "integer", unit="học sinh") == "540 học sinh"
    assert vietnamese.show("1500000", "text", unit="đồng") == "1.500.000 đồng"
    assert vietnamese.show("1500000", "integer", unit="đồng") == "1.500.000 đồng"
    assert vietnamese.show("87.5", "decimal", unit="%") == "87,5%"
    assert vietnamese.show("1.5", "decimal", decimals="2") == "1,50"
    assert vietnamese.show("2023-10-02", "date") == "02/10/2023"
    assert vietnamese.show("07:30:00.000+07:00", "time") == "7h30"
    assert vietnamese.show("08:00:00.000", "time") == "8h00"
    assert vietnamese.show("2023-10-02T07:30:00.000+07:00", "dateTime") == "7h30 ngày 02/10/2023"
    assert vietnamese.show("  Sân   trường ", "text") == "Sân trường"


def test_a_text_that_looks_like_a_number_stays_as_typed_without_a_unit():
    assert vietnamese.show("0123", "text") == "0123"


@pytest.mark.parametrize(
    ("typed", "signed"),
    [
        ("Nguyễn Văn A", "Nguyễn Văn A"),
        ("ThS. Nguyễn Văn A", "Nguyễn Văn A"),
        ("ThS Nguyễn Văn A", "Nguyễn Văn A"),
        ("Th.S Nguyễn Văn A", "Nguyễn Văn A"),
        ("PGS.TS. Trần Thị B", "Trần Thị B"),
        ("PGS. TS Trần Thị B", "Trần Thị B"),
        ("Thạc sĩ Lê C", "Lê C"),
        ("Nhà giáo Ưu tú Lê C", "Lê C"),
        ("NGƯT Lê C", "Lê C"),
        ("Thầy ThS. Lê C", "Lê C"),
        ("Cô Phạm Thị D", "Phạm Thị D"),
        ("Ông Ích Khiêm", "Ông Ích Khiêm"),
        ("Tô Sơn", "Tô Sơn"),
        ("  nguyễn   văn a ", "nguyễn văn a"),
    ],
)
def test_a_name_is_signed_without_degrees(typed: str, signed: str):
    assert vietnamese.person_name(typed) == signed


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Báo cáo Tuần lễ HTSD TH&THCS Tân Thành", "Bao-cao-Tuan-le-HTSD-TH-THCS-Tan-Thanh"),
        ("Đợt 1/2023: “Học tập suốt đời”", "Dot-1-2023-Hoc-tap-suot-doi"),
        ("../../etc/passwd", "etc-passwd"),
        ("🙂", "van-ban"),
        ("", "van-ban"),
    ],
)
def test_a_file_name_has_no_accents(title: str, name: str):
    assert vietnamese.file_name(title) == name
    assert vietnamese.file_name(unicodedata.normalize("NFD", title)) == name


@given(some.text(max_size=400))
def test_any_title_gives_a_safe_file_name(title: str):
    name = vietnamese.file_name(title)
    assert name
    assert len(name) <= vietnamese.LONGEST_FILE_NAME
    assert name.replace("-", "a").isascii()
    assert name.replace("-", "a").isalnum()


def test_capitals_are_composed_and_keep_their_accents():
    for form in ("NFC", "NFD"):
        typed = unicodedata.normalize(form, "Trường Tiểu học và Trung học cơ sở Đức Hòa")
        assert vietnamese.upper(typed) == "TRƯỜNG TIỂU HỌC VÀ TRUNG HỌC CƠ SỞ ĐỨC HÒA"


@given(some.text(max_size=300))
def test_cleaning_twice_is_cleaning_once(text: str):
    once = vietnamese.clean(text)
    assert vietnamese.clean(once) == once
    assert unicodedata.is_normalized("NFC", once)


def test_cleaning_keeps_paragraphs_and_drops_what_cannot_be_seen():
    assert vietnamese.clean(" a  b \r\n\r\n\r\n\r\nc​\x07 ") == "a b\n\nc"


def test_the_number_of_a_paper_has_two_digits():
    assert vietnamese.paper_number("5") == "05"
    assert vietnamese.paper_number("144") == "144"
    assert vietnamese.paper_number("") == ""
