"""What people type, made fit for paper."""

import unicodedata
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.characters import clean, one_line, without_end
from bot.documents.wordxml import NAMESPACES, run


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Học sinh đọc sách", "Học sinh đọc sách"),
        (unicodedata.normalize("NFD", "Học sinh đọc sách"), "Học sinh đọc sách"),
        ("  hai   khoảng\ttrắng\u00a0 ", "hai khoảng trắng"),
        ("một\r\n\r\nhai\u2028ba", "một\nhai\nba"),
        ("vui 😀 quá ❤️!", "vui quá !"),
        ("1️⃣ Một", "1 Một"),
        ("a\u200bb\ufeffc\u00add", "abcd"),
        ("\x00\x07\ud800\uffff", ""),
        ("25 °C, № 5 → 6, 50% ½ €", "25 °C, № 5 → 6, 50% ½ €"),
    ],
)
def test_letters_stay_and_the_rest_goes(typed: str, printed: str) -> None:
    assert clean(typed) == printed


def test_a_heading_is_one_line() -> None:
    assert one_line("Tuần lễ\nhọc tập") == "Tuần lễ học tập"


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Sở GD&ĐT;", "Sở GD&ĐT"),
        ("Hết ./.", "Hết"),
        ("v.v...", "v.v..."),
        ("Hết…", "Hết…"),
        (";", ""),
    ],
)
def test_the_sign_at_the_end_makes_room_for_another(text: str, bare: str) -> None:
    assert without_end(text) == bare


@given(st.text(st.characters(codec=None)))
def test_whatever_is_typed_can_be_written_in_a_word_file(typed: str) -> None:
    printed = clean(typed)
    xml = ElementTree.fromstring(f"<w:p {NAMESPACES}>{run(one_line(typed))}</w:p>")

    assert "".join(xml.itertext()) == printed.replace("\n", " ")
    assert clean(printed) == printed
