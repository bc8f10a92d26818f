"""Places on the map and moments, as people type and paste them."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.forms.vietnamese_input import read_moment, read_place
from tests.forms.workbooks import begin

SCHOOL = "10.535 106.404 0 0"
SURE = """
    10.535, 106.404
    10,535 106,404
    10,535, 106,404
    10,535;106,404
    10.535 106.404
    10.535,106.404
    10.535N, 106.404E
    10.535°B 106.404°Đ
    Tọa độ: 10.535, 106.404.
    vĩ độ 10,535 kinh độ 106,404
    Vĩ độ: 10.535; Kinh độ: 106.404
    10°32'06"N 106°24'14.4"E
    10°32’6” N, 106° 24’ 14,4” E
    geo:10.535,106.404
    https://www.google.com/maps/@10.535,106.404,17z
    https://maps.google.com/?q=10.535,106.404
    https://www.google.com/maps?q=10.535%2C106.404&z=17&hl=vi
    https://www.google.com/maps/search/10.535,+106.404?entry=tts
    https://www.google.com/maps/dir//10.535,106.404
    https://www.google.com/maps/place/Tr%C6%B0%E1%BB%9Dng/@10.5,106.4,17z/data=!3m1!8m2!3d10.535!4d106.404
    Trường em ở đây ạ https://maps.google.com/?ll=10.535,106.404 cảm ơn
    https://maps.apple.com/?ll=10.535,106.404&q=Tr%C6%B0%E1%BB%9Dng
"""  # noqa: RUF001
DOUBTED = {
    "106.404, 10.535": SCHOOL,  # swapped
    "48.85, 2.35": "48.85 2.35 0 0",  # not in Vietnam
    "-33.9, 18.4": "-33.9 18.4 0 0",
    "33.9S 18.4E": "-33.9 18.4 0 0",
}
NOWHERE = """
    ở trường
    10.535
    12, 45
    1.500.000
    200.5, 300.1
    02/10/2023
    https://maps.app.goo.gl/abc123
    https://example.org/10
"""


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


@pytest.mark.parametrize("text", lines(SURE))
def test_a_place_is_understood(text: str) -> None:
    reading = read_place(text)
    assert (reading.value, reading.sure, reading.options) == (SCHOOL, True, ())


@pytest.mark.parametrize("text", DOUBTED)
def test_a_place_that_is_elsewhere_is_to_be_confirmed(text: str) -> None:
    reading = read_place(text)
    assert (reading.value, reading.sure) == (DOUBTED[text], False)


@pytest.mark.parametrize("text", lines(NOWHERE))
def test_what_is_no_place_is_asked_again(text: str) -> None:
    assert read_place(text).value == ""


def test_of_two_places_one_is_asked_for() -> None:
    reading = read_place("10.535, 106.404 hoặc 10.6, 106.5")
    assert reading.options == (SCHOOL, "10.6 106.5 0 0")


@given(st.floats(8, 23), st.floats(102, 110))
def test_what_a_channel_sends_is_a_geopoint(latitude: float, longitude: float) -> None:
    filling = begin("""
        | type     | name | label | required |
        | geopoint | g    | Ở đâu | yes      |
    """)
    reading = read_place(f"{latitude:.6f} {longitude:.6f}")
    assert reading.sure
    filling.answer("/data/g", reading.value)
    kept = [float(number) for number in filling.value("g").split()]
    assert kept == pytest.approx([latitude, longitude, 0, 0], abs=1e-6)


@given(st.text(alphabet="0123456789.,°'\"NSEWBĐ+-;/ !d@q=:htps", max_size=60))
def test_any_text_is_a_place_or_none(text: str) -> None:
    reading = read_place(text)
    for value in (reading.value, *reading.options):
        latitude, longitude = map(float, (value or "0 0").split()[:2])
        assert abs(latitude) <= 90
        assert abs(longitude) <= 180


ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MOMENTS = {
    "02/10/2023 7h30": "2023-10-02T07:30:00.000+07:00",
    "7h30 ngày 2/10": "2023-10-02T07:30:00.000+07:00",
    "14:05 hôm qua": "2023-10-02T14:05:00.000+07:00",
    "2/10": "",
    "7h30": "",
    "không nhớ": "",
}


@pytest.mark.parametrize("text", MOMENTS)
def test_a_moment_is_a_day_and_a_time(text: str) -> None:
    assert read_moment(text, date(2023, 10, 3), ZONE).value == MOMENTS[text]


def test_a_doubtful_hour_makes_a_doubtful_moment() -> None:
    reading = read_moment("2h ngày 2/10", date(2023, 10, 3), ZONE)
    assert reading.options == ("2023-10-02T14:00:00.000+07:00", "2023-10-02T02:00:00.000+07:00")
