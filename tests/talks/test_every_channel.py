"""The same words give the same document, whichever way they come."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.talks.conftest import invitation
from tests.talks.everywhere import Everywhere
from tests.talks.teacher import report
from tests.talks.voices import OnConsole, OnPaper, OnTelegram, OnWeb, Voice
from tests.talks.zalo_voices import OnZaloBot, OnZaloOA

CHANNELS: dict[str, tuple[type[Voice], str]] = {
    "telegram-polling": (OnTelegram, "polling"),
    "telegram-webhook": (OnTelegram, "webhook"),
    "web": (OnWeb, "polling"),
    "console": (OnConsole, "polling"),
    "zalo-bot-polling": (OnZaloBot, "polling"),
    "zalo-bot-webhook": (OnZaloBot, "webhook"),
    "zalo-oa": (OnZaloOA, "polling"),
}


@dataclass(frozen=True)
class Reported:
    document: bytes
    told: list[str]  # without the receipts, which are drawn by lot


async def report_on(voice: type[Voice], mode: str, folder: Path) -> Reported:
    async with Everywhere(folder, mode) as place, voice(place) as teacher:
        await report(teacher, await invitation(place))
        told = await place.told(voice.channel)
        document = await teacher.document()
        return Reported(document, [re.sub(r"BC-\w{6}", "BC-…", text) for text in told])


@pytest.fixture(scope="module")
def kept() -> dict[str, Reported]:
    return {}


@pytest.fixture
async def on_paper(kept: dict[str, Reported], tmp_path: Path) -> Reported:
    """The report as it comes about on paper; made once."""
    if "paper" not in kept:
        (tmp_path / "paper").mkdir()
        kept["paper"] = await report_on(OnPaper, "polling", tmp_path / "paper")
    return kept["paper"]


@pytest.mark.parametrize("channel", CHANNELS)
async def test_the_document_is_the_same_to_the_byte(
    channel: str, on_paper: Reported, tmp_path: Path
):
    reported = await report_on(*CHANNELS[channel], tmp_path)
    # Where messages are counted a turn is one message: the same words all the same.
    assert "\n\n".join(reported.told) == "\n\n".join(on_paper.told)
    assert reported.document == on_paper.document
    assert on_paper.document.startswith(b"PK")
