"""Zalo's codes: each of the reference has its rule, and leads to the error that says who acts."""

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.channels.zalo_oa_errors import RULES, CallFailed, Then, to_send_error, until_morning
from bot.errors import OperatorNeeded, PersonGone, Rejected, TryLater, Unreachable
from tests.conftest import SHARED

NOW = datetime(2026, 10, 9, 5, 0, tzinfo=UTC)
LATER, NEVER, GONE, CLOSED, ACT = TryLater, Rejected, PersonGone, Unreachable, OperatorNeeded

EXPECTED = {
    LATER: (-32, -100, -144, -147, -200, -214, -218, -234, -133),
    NEVER: (
        *(-201, -210, -233, -237, -238, -240, -241, -248, -403, -1340, -1341),
        *(-111, -112, -116, -130, -132, -153, -158, -159, -160, -1121, -1122, -1124),
    ),
    GONE: (-213, -217, -227),
    CLOSED: (
        *(-230, -232, -244, -249, -207, -208, -215, -222, -305, -311),
        *(-108, -134, -114, -118, -119, -139, -140, -141, -1471, -1472),
    ),
    ACT: (
        *(-204, -205, -209, -211, -212, -216, -219, -220, -221, -223, -224, -235, -242),
        *(-320, -321, -14002, -14003, -14014, -101, -102, -103, -104, -105, -109, -115, -117),
        *(
            -120,
            -124,
            -125,
            -126,
            -127,
            -131,
            -135,
            -136,
            -137,
            -138,
            -145,
            -146,
            -1241,
            -1351,
            -1381,
            -1441,
        ),
    ),
}
CASES = [(code, kind) for kind, codes in EXPECTED.items() for code in codes]


@pytest.mark.parametrize(("code", "kind"), CASES)
def test_every_code_says_who_can_put_it_right(code, kind):
    error = to_send_error(CallFailed("as Zalo says", code=code, status=200), NOW)
    assert type(error) is kind
    assert str(code) in str(error)
    if kind is OperatorNeeded:
        assert RULES[code].remedy in str(error)
        assert len(RULES[code].remedy) > 30


def test_the_table_has_every_code_of_the_reference():
    reference = SHARED / "reference" / "zalo.md"
    if not reference.is_file():
        pytest.skip(f"{reference.name} is not there")
    _, _, codes = Path(reference).read_text(encoding="utf-8").partition("## B9.")
    codes, _, _ = codes.partition("## B10.")
    named = set()
    for line in codes.splitlines():
        cells = line.split("|")
        text = cells[1] if line.startswith("| ") else line
        named |= {int(word) for word in _numbers(text)}
    assert len(named) > 60
    assert named - {-101 - n for n in range(5)} - set(RULES) == set()


def _numbers(text: str) -> list[str]:
    """The codes in a line: -101, but neither 22:00–06:00 nor a year."""
    words = text.replace("/", " ").replace("…", " ").replace(",", " ").replace(";", " ").split()
    trimmed = (word.strip(".:()[]`") for word in words)
    return [word for word in trimmed if word.startswith("-") and word[1:].isdigit()]


def test_an_unknown_code_is_never_tried_again():
    assert type(to_send_error(CallFailed("?", code=-9999), NOW)) is Rejected


def test_what_costs_money_never_holds_up_replies():
    for code in EXPECTED[ACT]:
        assert to_send_error(CallFailed("x", code=code), NOW).whole_channel
        assert not to_send_error(CallFailed("x", code=code), NOW, free=False).whole_channel


@pytest.mark.parametrize(
    ("hour", "minutes"), [(22, 8 * 60), (0, 6 * 60), (5, 60), (6, 24 * 60), (12, 18 * 60)]
)
def test_the_morning_is_six_oclock_in_vietnam(hour, minutes):
    now = datetime(2026, 10, 9, tzinfo=UTC) + timedelta(hours=hour - 7)
    assert until_morning(now) == timedelta(minutes=minutes)


@pytest.mark.parametrize(("status", "lost"), [*itertools.product((0, 500, 502, 429, 403), (0, 1))])
def test_without_a_code_it_is_later(status, lost):
    error = to_send_error(CallFailed("x", status=status, perhaps_sent=bool(lost)), NOW)
    assert isinstance(error, TryLater)
    assert not isinstance(error, OperatorNeeded)


def test_every_rule_is_of_a_kind():
    assert {rule.then for rule in RULES.values()} == set(Then)
