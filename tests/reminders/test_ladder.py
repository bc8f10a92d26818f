"""A ladder of reminders, in an officer's words."""

import pytest

from bot.ladder import DEFAULT, NEVER, PRESETS, read_ladder, say_ladder
from bot.texts import texts


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        ("7, 3, 1 ngày và 3 giờ trước, rồi mỗi ngày", list(DEFAULT)),
        ("7 3 1 ngay va 3h truoc han roi hang ngay", list(DEFAULT)),
        ("nhẹ", list(PRESETS["nhe"])),
        ("Vừa.", list(DEFAULT)),
        ("nhac gat", list(PRESETS["gat"])),
        ("ba ngày, một ngày trước", ["-3d", "-1d"]),
        ("1 tuần và 2 tiếng trước hạn", ["-7d", "-2h"]),
        ("3 ngày trước, quá hạn 2 ngày một lần", ["-3d", "+2d*"]),
        ("trước 1 ngày; trễ thì cách ngày", ["-1d", "+2d*"]),
        ("trước hạn 2 ngày; quá hạn 1, 3, 5 ngày", ["-2d", "+1d", "+3d", "+5d"]),
        ("-7d, -3h, +1d*", ["-7d", "-3h", "+1d*"]),
        ("7-3-1 ngày", ["-7d", "-3d", "-1d"]),
        ("không nhắc", list(NEVER)),
        ("đừng nhắc nữa", list(NEVER)),
        ("hôm nay trời đẹp", None),
        ("7", None),
        ("", None),
        ("nhắc cụm 3", None),
        ("nhắc chưa nộp", None),
    ],
)
def test_an_officer_says_when_to_remind(words: str, steps: list[str] | None):
    assert read_ladder(words) == steps


def test_a_ladder_is_read_back():
    words = texts("vi")
    assert say_ladder([], words) == "7, 3, 1 ngày và 3 giờ trước hạn; quá hạn: mỗi ngày"
    assert say_ladder(PRESETS["nhe"], words) == "3, 1 ngày trước hạn; quá hạn: 2 ngày một lần"
    assert say_ladder(["+1d", "+3d"], words) == "quá hạn: sau 1 ngày, sau 3 ngày"
    assert say_ladder(NEVER, words) == "không nhắc"


@pytest.mark.parametrize("ladder", PRESETS.values())
def test_what_is_read_back_is_understood_again(ladder: tuple[str, ...]):
    assert read_ladder(say_ladder(ladder, texts("vi"))) == list(ladder)
