"""Widths are those of the font itself, and lines break as they do in a word processor."""

from pathlib import Path

import pytest
from PIL import ImageFont

from bot.documents.times import UNITS, even_lines, filled_lines, text_width

FONTS = "/usr/share/fonts/truetype/croscore/Tinos-{}.ttf"  # Times New Roman's widths, free
ALPHABET = "AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXYaăâbcdđeêghiklmnoôơpqrstuưvxyỪỞẾẠộữịễ 0123456789.,;:-/()&%"


@pytest.mark.parametrize(("face", "bold"), [("Regular", False), ("Bold", True)])
def test_each_letter_is_as_wide_as_in_the_font(face: str, bold: bool) -> None:
    if not Path(FONTS.format(face)).exists():
        pytest.skip("Tinos is not installed (Debian: fonts-croscore)")
    font = ImageFont.truetype(FONTS.format(face), UNITS)

    for letter in ALPHABET:
        wide = text_width(letter, UNITS / 20, bold=bold)
        assert wide == pytest.approx(font.getlength(letter), abs=6), letter


def test_accents_take_no_room_but_the_horn_does() -> None:
    assert text_width("ấ", 14) == text_width("a", 14)
    assert text_width("ớ", 14) > text_width("o", 14)


def test_even_lines_are_as_few_as_full_ones() -> None:
    title = "Về việc tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2023 tại xã Tân Thành"
    full, even = (break_lines(title, 6000, 14) for break_lines in (filled_lines, even_lines))

    assert len(even) == len(full) == 2
    assert " ".join(even) == title
    wide, narrow = sorted((text_width(line, 14) for line in even), reverse=True)
    assert wide - narrow < 1000


def test_compounds_are_not_torn() -> None:
    name = "TRƯỜNG TIỂU HỌC VÀ TRUNG HỌC CƠ SỞ TÂN THÀNH"

    assert even_lines(name, 3912, 12, bold=True) == [
        "TRƯỜNG TIỂU HỌC VÀ",
        "TRUNG HỌC CƠ SỞ TÂN THÀNH",
    ]


def test_a_word_wider_than_the_line_gets_its_own() -> None:
    assert even_lines("A " + "B" * 60 + " C", 1000, 14) == ["A", "B" * 60, "C"]
