"""A school answers in chat and gets its report back."""

import asyncio
from pathlib import Path

import pytest

from storage.migrations import upgrade
from tests.postgres import PostgreSQL
from tests.samples import photo
from tests.talks.conftest import invitation, join
from tests.talks.newcomer import fill
from tests.talks.paper import Talk


async def test_a_newcomer_who_only_answers_gets_the_report_done(talk: Talk, code: str):
    await play(talk, code)


@pytest.mark.postgresql
async def test_the_same_on_postgresql(postgresql: PostgreSQL, tmp_path: Path):
    talk = Talk(tmp_path, database_url=await postgresql.fresh())
    await asyncio.to_thread(upgrade, talk.settings.database_url)
    await talk.open()
    await play(talk, await invitation(talk))
    await talk.close()


async def play(talk: Talk, code: str) -> None:
    lan = talk.person("1", "Cô Lan")
    prompt = await join(lan, code)
    album = [photo(seed) for seed in range(6)]

    async def send_photos(count: int) -> str:
        order = [0] if count == 1 else [2, 0, 1, 5, 4, 3]
        return await lan.send_photos(album, album=f"a{count}", order=order)

    await fill(prompt, lan.say, send_photos)
    said = await lan.press("Nộp")
    assert "✅ Đã nộp lúc 08:00 ngày 09/10/2023 – mã biên nhận BC-" in said
    assert lan.last.files[0].name == "Bao-cao-Tuan-le-HTSD-TH-THCS-Tan-Thanh.docx"
