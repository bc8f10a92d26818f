"""A month of an office with forty schools, counted against Zalo's quotas and fees.

Ten schools are really played, on the platforms' servers of the tests, and stand for forty. With
``WRITE_MONTH=1`` the table in docs/zalo.md is written anew; otherwise it has to be the same.
"""

import asyncio
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import operator
from tests.talks.conftest import FORM
from tests.talks.district import OFFICE, workbook
from tests.talks.newcomer import fill
from tests.talks.on_zalo import OnZalo, OnZaloBot, OnZaloOA, ZaloAlone
from tests.talks.teacher import album

GUIDE = Path(__file__).parents[2] / "docs" / "zalo.md"
BEGIN, END = "<!-- month -->", "<!-- /month -->"
PLAYED, SCHOOLS = 10, 40
NAMES = [f"Trường TH và THCS Xã {number}" for number in range(1, PLAYED + 1)]

pytestmark = pytest.mark.slow


class Month:
    """Three requests, two announcements, some corrections; the days pass by the hour."""

    def __init__(self, place: ZaloAlone, kind: Callable[[ZaloAlone, int, str], OnZalo]) -> None:
        self.place = place
        self.officer = place.person("officer", "Anh Minh")
        self.teachers = [kind(place, n, f"Cô {n}") for n in range(1, PLAYED + 1)]

    async def until(self, day: int, hour: int) -> None:
        zone = self.place.settings.timezone
        target = datetime(2023, 10, day, hour, tzinfo=zone)
        while self.place.clock.now < target:
            self.place.clock.now += timedelta(hours=1)
            await self.place.bot._remind()
            await self.place.bot._broadcast()
            await self.place.settle()

    async def open(self, folder: Path, title: str, due: str, content: bytes = b"") -> None:
        form = FORM
        if content:
            form = folder / f"{title}.xlsx"
            form.write_bytes(content)
        bot = self.place.bot
        order = operator.CampaignOrder(form=form, office=OFFICE, due=due, title=title)
        await operator.open_campaign(bot.database, bot.files, bot.deeds, order, self.place.clock())

    async def join(self) -> None:
        bot, now = self.place.bot, self.place.clock()
        invited = await operator.invite_officer(
            bot.database, bot.deeds, office=OFFICE, role="admin", now=now
        )
        await self.officer.say(invited.code)
        await self.officer.press("Đúng")
        await self.officer.press("Đồng ý")
        for name, teacher in zip(NAMES, self.teachers, strict=True):
            code = (
                await operator.invite(
                    bot.database, bot.deeds, school=name, level="TH&THCS", role="reporter", now=now
                )
            ).code
            await teacher.say(f"BATDAU {code}")
            await teacher.press("Đúng")
            await teacher.press("Đồng ý")

    async def long_report(self, teacher: OnZalo) -> None:
        """The whole questionnaire of the Learning Week, with six photos."""
        await teacher.say("báo cáo")
        prompt = await self._into(teacher, "Tuần lễ")

        async def send_photos(count: int) -> str:
            return await teacher.send_photos(list(album()[:count]))

        await fill(prompt, teacher.say, send_photos)
        assert "Đã nộp" in await teacher.press("Nộp")

    async def short_report(self, teacher: OnZalo, title: str) -> None:
        await teacher.say("báo cáo")
        await self._into(teacher, title)
        for said in ("Có", "120", "1.500.000", "Tốt", "Nộp"):
            heard = await teacher.press(said)
        assert "Đã nộp" in heard

    async def _into(self, teacher: OnZalo, title: str) -> str:
        shown = teacher.last.text
        labels = [f"Bắt đầu: {title}", "Bắt đầu"]
        label = next((one for one in labels if one in shown), labels[-1])
        full = next((line for line in shown.splitlines() if label in line), label)
        return await teacher.press(full.partition(". ")[2] or label)


async def play(folder: Path, kind: Any, paid: int) -> dict[str, int]:
    """Play the month with ten schools; returns what the channel has counted."""
    place = ZaloAlone(folder)
    place.more = {"zalo_oa_paid_messages": paid}
    async with place:
        month = Month(place, kind)
        place.clock.now = datetime(2023, 10, 2, 8, tzinfo=place.settings.timezone)
        await month.join()
        await month.open(folder, "Tuần lễ", "trước ngày 17/10/2023")
        early, middle, late = month.teachers[:6], month.teachers[6:9], month.teachers[9:]
        await month.until(4, 9)
        for teacher in early:
            await month.long_report(teacher)
        await month.until(9, 9)
        await month.open(folder, "Bếp ăn", "trước ngày 20/10/2023", workbook(title="Bếp ăn"))
        await month.officer.say("thông báo: Các trường nộp báo cáo Tuần lễ đúng hạn nhé!")
        await month.place.receive(
            month.officer, button=month.officer.button("Gửi").token, pressed="x"
        )
        await month.until(12, 9)
        for teacher in (*early, *middle):
            await month.short_report(teacher, "Bếp ăn")
        await month.until(14, 9)
        for teacher in middle:
            await month.long_report(teacher)
        await month.until(18, 10)
        for teacher in late:
            await month.long_report(teacher)
            await month.short_report(teacher, "Bếp ăn")
        await month.until(25, 9)
        await month.open(folder, "Thiết bị", "trước ngày 31/10/2023", workbook(title="Thiết bị"))
        await month.until(30, 9)
        for teacher in month.teachers:
            await month.short_report(teacher, "Thiết bị")
        await month.until(31, 20)
        found = await place.bot.database.read(
            lambda store: store.usage.of_month(kind.channel, "2023-10")
        )
        assert sum(found.values()) > 0
        return found


def table(bot: dict[str, int], free: dict[str, int], paid: dict[str, int]) -> str:
    """The month in words for the guide; everything times four."""
    times = SCHOOLS // PLAYED

    def of(counts: dict[str, int], kind: str) -> str:
        return f"{counts.get(kind, 0) * times:,}".replace(",", ".")

    total = (bot.get("in", 0) + bot.get("out", 0)) * times
    fee = f"{paid.get('paid', 0) * times * 55:,}".replace(",", ".")
    both_ways = max(1, 3000 * SCHOOLS // total)
    outwards = max(1, 3000 * SCHOOLS // (bot.get("out", 1) * times))
    free_row = " | ".join(of(counts, "out") for counts in (bot, free, paid))
    used = f"{total:,}".replace(",", ".")
    lines = [
        BEGIN,
        "",
        "Chạy thử một tháng trên máy chủ mô phỏng của Zalo:",
        f"{PLAYED} trường được chơi đủ từng tin, nhân lên cho {SCHOOLS} trường.",
        "Trong tháng có một đợt lớn (phiếu Tuần lễ học tập, sáu ảnh), hai đợt nhỏ (bốn câu),",
        "một thông báo chung; 60 % trường nộp sớm, 30 % nộp sau khi được nhắc, 10 % nộp muộn.",
        "",
        "| | Zalo Bot | OA, không trả phí | OA, trả phí đến 7 ngày |",
        "| --- | ---: | ---: | ---: |",
        f"| Tin người dùng gửi | {of(bot, 'in')} | {of(free, 'in')} | {of(paid, 'in')} |",
        f"| Tin Trợ lý trả lời, báo tin (miễn phí) | {free_row} |",
        f"| Tin tư vấn 48 giờ – 7 ngày (55 đồng) | – | {of(free, 'paid')} | {of(paid, 'paid')} |",
        f"| Mẫu tin (theo bảng giá ZBS) | – | {of(free, 'template')} | {of(paid, 'template')} |",
        f"| Phí tin tư vấn trong tháng | 0 | 0 | {fee} đồng |",
        f"| So với hạn mức | {used} / 3.000 tin | không giới hạn | không giới hạn |",
        "",
        f"Zalo Bot: một bot đủ cho {both_ways} trường như trên nếu Zalo tính cả tin đến,",
        f"{outwards} trường nếu chỉ tính tin đi.",
        "Nhiều trường hơn thì dùng Zalo OA hoặc trang chat.",
        "",
        END,
    ]
    return "\n".join(lines)


async def test_a_month_of_forty_schools_is_what_the_guide_says(tmp_path: Path):
    played = []
    for name, kind, paid in (
        ("bot", OnZaloBot, 0),
        ("free", OnZaloOA, 0),
        ("paid", OnZaloOA, 10_000),
    ):
        (tmp_path / name).mkdir()
        played.append(await play(tmp_path / name, kind, paid))
    written = table(*played)
    guide = await asyncio.to_thread(GUIDE.read_text, encoding="utf-8")
    before, _, rest = guide.partition(BEGIN)
    after = rest.partition(END)[2]
    if os.environ.get("WRITE_MONTH"):
        await asyncio.to_thread(GUIDE.write_text, before + written + after, encoding="utf-8")
    assert guide == before + written + after
