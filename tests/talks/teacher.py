"""A teacher as teachers are: puts a question off, thinks better of an answer, sends an album.

The script is written once. It reads nothing but the bot's words and runs for every ``Voice``.
"""

import re
from functools import cache
from typing import Protocol

from tests.samples import photo
from tests.talks.newcomer import fill

PUT_OFF = "đại diện UBND xã, Hội Khuyến học xã"  # at first the teacher does not know who came
WRONG, RIGHT = "540", "45"  # how many pupils came to the ceremony
MEANT, BETTER = "sân trường", "nhà đa năng của trường"


class Talker(Protocol):
    async def come(self, code: str) -> str: ...

    async def say(self, text: str) -> str: ...

    async def press(self, label: str) -> str: ...

    async def send_photos(self, photos: list[bytes]) -> str: ...


@cache
def album() -> tuple[bytes, ...]:
    return tuple(photo(seed, (1600, 1200)) for seed in range(6))


async def begin(teacher: Talker, code: str) -> str:
    """Come by an invitation, as far as the first question."""
    await teacher.come(code)
    await teacher.press("Đúng")
    await teacher.press("Đồng ý")
    return await teacher.press("Bắt đầu")


async def answer_all(teacher: Talker, prompt: str) -> str:
    """Answer, put one question off, correct two; returns what the bot says when all is there."""
    numbers: dict[str, str] = {}

    async def say(reply: str) -> str:
        nonlocal prompt
        numbers.setdefault(reply, number_in(prompt))
        prompt = await teacher.say("để sau" if reply == PUT_OFF else reply)
        return prompt

    async def send_photos(count: int) -> str:
        nonlocal prompt
        prompt = await teacher.send_photos(list(album()[:count]))
        return prompt

    await fill(prompt, say, send_photos, until="Còn những câu này")
    assert "Ai phát động" not in prompt
    prompt = await teacher.press("Trả lời nốt")
    assert "Khách mời gồm những ai" in prompt
    prompt = await teacher.say(PUT_OFF)
    assert "Đã đủ các câu" in prompt
    prompt = await teacher.say(f"sửa {numbers[WRONG]} = {RIGHT}")
    assert f"{WRONG} học sinh → {RIGHT} học sinh" in prompt
    prompt = await teacher.press("Giữ")
    assert "Đã đủ các câu" in prompt
    prompt = await teacher.say(f"sua {numbers[MEANT]}")
    assert f"Đang ghi: {MEANT}" in prompt
    prompt = await teacher.say(BETTER)
    assert "Đã đủ các câu" in prompt
    return prompt


async def report(teacher: Talker, code: str) -> str:
    """The whole of it; returns what the bot says to the submission."""
    await answer_all(teacher, await begin(teacher, code))
    said = await teacher.press("Nộp")
    assert "✅ Đã nộp lúc 08:0" in said
    return said


def number_in(prompt: str) -> str:
    """The number of the question that a prompt asks."""
    found = re.findall(r"^Câu (\d+)/", prompt, re.MULTILINE)
    return found[-1] if found else ""
