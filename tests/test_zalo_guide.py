"""docs/zalo.md says what the program says, asks for and registers."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.texts import texts
from tests.zalo.oa_server import REMINDER

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "zalo.md").read_text(encoding="utf-8")
SOURCE = (ROOT / "templates" / "texts" / "vi.ftl").read_text(encoding="utf-8")
SETTINGS = [one.name for one in fields(Settings)]
FINDINGS = re.findall(r"^((?:zalo|oa)-check-[a-z-]+) =", SOURCE, re.MULTILINE)


@pytest.mark.parametrize("key", FINDINGS)
def test_what_check_prints_is_explained(key: str):
    gaps = ("name", "mode", "reason", "address", "package", "setting")
    said = texts("vi")(key, **dict.fromkeys(gaps, "\x00"))
    pieces = [piece for piece in re.split("\x00", said) if piece.strip(' "()')]
    assert pieces
    assert all(piece in GUIDE for piece in pieces)


@pytest.mark.parametrize(
    "name", [n for n in SETTINGS if n.startswith("zalo_") and not n.endswith("_url")]
)
def test_every_setting_of_zalo_is_in_the_guide(name: str):
    if name in ("zalo_bot_rate", "zalo_oa_rate"):
        pytest.skip("does not apply: nobody need set it")
    assert f"BOT_{name.upper()}" in GUIDE


@pytest.mark.parametrize("parameter", REMINDER.limits)
def test_the_parameters_of_the_template_are_those_that_are_sent(parameter: str):
    limit = REMINDER.limits[parameter]
    assert re.search(rf"\| `{parameter}` \|[^|]*\| {limit} \|", GUIDE)
