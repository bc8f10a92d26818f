"""A whole campaign of 34 schools as a talk: from an empty database to the office's own report."""

import asyncio
import io
import re
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

from bot import operator
from storage.migrations import upgrade
from tests.talks.district import OFFICE, workbook
from tests.talks.on_zalo import NEWS, REMINDER, OnZaloBot, OnZaloOA, ZaloAlone
from tests.talks.paper import Talk, replay

PLACES = (
    "Bình An", "Mỹ Thạnh", "Mỹ Lạc", "Mỹ Phú", "Tân Thành", "Long Thạnh", "Long Thuận",
    "Nhị Thành", "Bình Thạnh", "Mỹ An", "Thị trấn", "Hoa Sen",
)  # fmt: skip
NAMES = [
    *(f"Trường MG {place}" for place in PLACES[:11]),
    *(f"Trường TH {place}" for place in PLACES[:12]),
    *(f"Trường THCS {place}" for place in PLACES[:11]),
]
LATE, EXTENDED, RETURNED = "Trường TH Mỹ Lạc", "Trường MG Nhị Thành", NAMES[3:5]


def dirty_list() -> bytes:
    """The list as an office really keeps it: a title, sections, no accents here and there."""
    book = Workbook()
    sheet = book.active
    sheet.title = "DS truong 2025"
    sheet.append(["DANH SÁCH CÁC TRƯỜNG NĂM HỌC 2024 - 2025"])
    sheet.merge_cells("A1:E1")
    sheet.append([])
    sheet.append(["TT", "Đơn vị", "Hiệu trưởng", "SĐT", "Cụm"])
    for number, name in enumerate(NAMES):
        if number in (0, 11, 23):
            heading = {0: "I. MẪU GIÁO", 11: "II. TIỂU HỌC", 23: "III. THCS"}[number]
            sheet.append([heading])
        shown = name.replace("Trường ", "").upper() if number % 5 == 1 else name
        sheet.append(
            [number + 1, f"  {shown} ", f"Cô {number}", 912345600 + number, number % 3 + 1]
        )
    sheet.append([NAMES.__len__() + 1, NAMES[2], "", "", ""])  # once more
    sheet.append(["", "Tổng cộng: 34 trường"])
    sheet.append(["", "", "", "NGƯỜI LẬP BIỂU"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


class Office:
    """The officer, the teachers on some channel, and the days that pass."""

    def __init__(self, talk: Talk, teacher: Callable[[int, str], Any]) -> None:
        self.talk = talk
        self.teacher = teacher  # a new one, by number and name
        self.officer = talk.person("officer", "Anh Minh")
        self.teachers: dict[str, Any] = {}
        self.reminded: list[tuple[datetime, str]] = []

    async def until(self, when: str, *, up: bool = True) -> None:
        """Let the hours pass; the clock knocks each of them while the bot is up."""
        zone = self.talk.settings.timezone
        target = datetime.strptime(when, "%d/%m/%Y %H:%M").replace(tzinfo=zone)
        while self.talk.clock.now < target:
            self.talk.clock.now = min(self.talk.clock.now + timedelta(hours=1), target)
            if up:
                await self._knock()

    async def _knock(self) -> None:
        counts = {name: len(teacher.messages) for name, teacher in self.teachers.items()}
        await self.talk.bot._remind()
        await self.talk.settle()
        for name, teacher in self.teachers.items():
            for message in teacher.messages[counts[name] :]:
                if "Nhắc thầy/cô" in message.text or getattr(message, "template", "") == REMINDER:
                    self.reminded.append((self.talk.clock.now, name))

    def reminders_of(self, day: str) -> list[str]:
        return [
            n
            for at, n in self.reminded
            if f"{at.astimezone(self.talk.settings.timezone):%d/%m}" == day
        ]

    async def fill(self, name: str) -> None:
        number = NAMES.index(name)
        teacher = self.teachers[name]
        await teacher.say("báo cáo")
        await teacher.press("Bắt đầu")
        await teacher.press("Có" if number % 2 else "Chưa có")
        await teacher.say(str(100 + number))
        await teacher.say(f"{number * 100000}")
        await teacher.say(f"Kết quả của {name}")
        heard = await teacher.press("Nộp")
        assert "Đã nộp" in heard, heard


@pytest.fixture(params=["paper", "zalo-bot", "zalo-oa"])
async def office(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Office]:
    """An office whose teachers write by one channel; on Zalo Telegram is switched off."""
    if request.param == "paper":
        talk: Any = Talk(tmp_path)
        await asyncio.to_thread(upgrade, talk.settings.database_url)
        office = Office(talk, lambda number, name: talk.person(f"t{number}", name))
    else:
        talk = ZaloAlone(tmp_path)
        kind = {"zalo-bot": OnZaloBot, "zalo-oa": OnZaloOA}[request.param]
        office = Office(talk, lambda number, name: kind(talk, number, name))
    await talk.open()
    await _begin(office)
    yield office
    await talk.close()


async def _begin(office: Office) -> None:
    talk, bot = office.talk, office.talk.bot
    talk.clock.now = datetime(2025, 1, 13, 9, tzinfo=talk.settings.timezone)
    invited = await operator.invite_officer(
        bot.database, bot.deeds, office=OFFICE, role="admin", now=talk.clock()
    )
    await office.officer.say("", start=invited.code.replace("-", ""))
    await office.officer.press("Đúng")
    heard = await office.officer.press("Đồng ý")
    assert "theo dõi đợt báo cáo" in heard


@pytest.mark.slow
async def test_a_whole_campaign(  # noqa: C901, PLR0915 - one story, from end to end
    office: Office, tmp_path: Path
):
    officer, talk = office.officer, office.talk
    # the list of schools
    heard = await officer.send_file("DS truong.xlsx", dirty_list())
    assert "34 trường mới" in heard, heard
    heard = await officer.press("Ghi")
    assert "Đã thêm 34 trường" in heard
    # invitations: a sheet to print, and texts to paste
    heard = await officer.say("phiếu mời")
    assert "34 trường chưa có người báo cáo" in heard
    heard = await officer.press("Tạo 34 mã")
    codes = re.findall(r"BATDAU (\w{4}-\w{4})", heard)
    assert len(set(codes)) == 34
    (sheet,) = next(m.files for m in officer.messages if m.files)
    printed = Document(str(await talk.bot.files.path(sheet.key)))
    cards = "\n".join(c.text for t in printed.tables for row in t.rows for c in row.cells)
    assert all(code in cards for code in codes)
    for number, name in enumerate(NAMES):
        teacher = office.teacher(number, f"Cô {number}")
        heard = await teacher.say(f"BATDAU {codes[number]}")
        assert name.casefold() in heard.casefold(), (name, heard)
        await teacher.press("Đúng")
        await teacher.press("Đồng ý")
        office.teachers[name] = teacher
    # opening from a workbook
    heard = await officer.send_file("phieu.xlsx", workbook())
    assert "4 câu hỏi" in heard, heard
    await replay(
        officer,
        """
        > trước ngày 15/02/2025
        Năm?
        > 2025
        Gửi cho những trường nào? Có 34 trường.
        > [Tất cả các trường]
        Hạn: trước ngày 15/02/2025 (là hết ngày 14/02/2025)
        Cho 34 trường.
        > [Mở đợt]
        Đã mở đợt "Tuần lễ học tập" cho 34 trường, đã báo 34 người.
        > lịch nhắc: 14, 7, 3, 1 ngày và 3 giờ trước, rồi mỗi ngày
        14, 7, 3, 1 ngày
        """,
    )
    assert all("Đợt báo cáo mới" in t.last.text for t in office.teachers.values())
    # before Tết some submit; Tết is quiet
    await office.until("20/01/2025 09:00")
    for name in NAMES[:10]:
        if name != EXTENDED:
            await office.fill(name)
    await office.until("05/02/2025 12:00")
    quiet = [
        at for at, _ in office.reminded if at < datetime(2025, 2, 4, tzinfo=talk.settings.timezone)
    ]
    assert not quiet  # 31/01 is Tết; that step waits until the schools are open again
    assert len(office.reminders_of("04/02")) == 25
    # a broadcast to those who have not submitted
    heard = await officer.say("thông báo chưa nộp: Sau Tết các trường nộp sớm giúp Phòng nhé!")
    assert "25 người" in heard, heard
    await officer.press("Gửi")
    for _ in range(40):
        await talk.bot._broadcast()
        await talk.settle()
        if _broadcast_came(office.teachers[NAMES[-1]].last):
            break
    got = [n for n, t in office.teachers.items() if any(map(_broadcast_came, t.messages))]
    assert len(got) == 25
    await office.teachers[NAMES[-1]].press("Đã nhận")
    # also where after seven days only a template could say that there is news
    assert any("Sau Tết" in m.text for m in office.teachers[NAMES[-1]].messages)
    # two go back, each with one question
    for name in RETURNED:
        await officer.say(f"trả lại {name}: câu 3 kinh phí chưa khớp")
        heard = await officer.press("Trả lại")
        assert f"Đã trả lại {name} 1 câu" in heard
    for number, name in enumerate(RETURNED):
        teacher = office.teachers[name]
        await teacher.press("Sửa ngay")
        await teacher.say(f"{7_000_000 + number}")
        await teacher.press("Nộp")
        assert "Những chỗ khác bản trước" in teacher.messages[-1].text
    # a three-day outage over the step of 11/02; one catch-up afterwards
    for name in NAMES[10:30]:
        if name not in (LATE, EXTENDED):
            await office.fill(name)
    await office.until("10/02/2025 00:00")
    assert not office.reminders_of("08/02")  # a Saturday
    assert not office.reminders_of("09/02")
    await office.until("13/02/2025 00:00", up=False)
    await office.until("14/02/2025 00:00")
    left = {LATE, EXTENDED, *NAMES[30:]}
    assert sorted(office.reminders_of("13/02")) == sorted(left)  # once, though two steps were due
    assert not office.reminders_of("12/02")
    # one asks for time
    teacher = office.teachers[EXTENDED]
    await teacher.press("Bắt đầu")
    await teacher.say("xin gia hạn")
    await teacher.say("đến hết ngày 18/02 vì đường ngập")
    await officer.press("Cho gia hạn")
    for name in NAMES[30:]:
        await office.fill(name)
    await office.until("17/02/2025 10:00")
    assert sorted(office.reminders_of("17/02")) == [EXTENDED, LATE]  # late; a day before its own
    await office.fill(LATE)
    await teacher.press("Làm tiếp")
    await teacher.press("Có")
    for said in ("108", "900000", "Tốt"):
        await teacher.say(said)
    await teacher.press("Nộp")
    reminded = len(office.reminded)
    await office.until("19/02/2025 10:00")
    assert len(office.reminded) == reminded
    # acceptance: all but the late one together
    await replay(
        officer,
        """
        > tiến độ
        34/34 trường đã nộp
        > duyệt tất cả
        Duyệt 33 báo cáo
        Để xem riêng: TH Mỹ Lạc
        > [Duyệt 33 báo cáo]
        Đã duyệt 33 báo cáo
        > duyệt th mỹ lạc
        Đã duyệt báo cáo của Trường TH Mỹ Lạc
        """,
    )
    assert any(f.key.startswith("made/progress/") for m in officer.messages for f in m.files)
    await _totals(office)


def _broadcast_came(message: Any) -> bool:
    return "Sau Tết" in message.text or getattr(message, "template", "") == NEWS


async def _totals(office: Office) -> None:
    """Totals equal what the schools said, added up here by other means."""
    officer, talk = office.officer, office.talk
    pupils = sum(100 + n for n in range(34))
    money = sum(n * 100_000 for n in range(34))
    number = NAMES.index(EXTENDED)
    pupils += 108 - (100 + number)
    money += 900_000 - number * 100_000
    for place, name in enumerate(RETURNED):
        money += 7_000_000 + place - NAMES.index(name) * 100_000
    await officer.say("tải excel")
    (file,) = officer.last.files
    book = load_workbook(await talk.bot.files.path(file.key))
    main = book.worksheets[0]
    rows = list(main.iter_rows(values_only=True))
    header = next(n for n, row in enumerate(rows) if row and "Trường" in [str(c) for c in row])
    column = next(
        n for n, cell in enumerate(rows[header]) if cell and "Học sinh dự lễ" in str(cell)
    )
    other = next(n for n, cell in enumerate(rows[header]) if cell and "Kinh phí" in str(cell))
    numbers = [row for row in rows[header + 1 :] if isinstance(row[column], int | float)]
    assert len(numbers) == 34
    assert sum(row[column] for row in numbers) == pupils
    assert sum(row[other] for row in numbers) == money
    formulas = [c for row in rows for c in row if isinstance(c, str) and c.startswith("=SUBTOTAL")]
    assert len(formulas) >= 2
    await officer.say("báo cáo tổng hợp")
    file = next(f for m in reversed(officer.messages) for f in m.files if f.name.endswith(".docx"))
    paper = Document(str(await talk.bot.files.path(file.key)))
    words = "\n".join(p.text for p in paper.paragraphs)
    words += "\n".join(c.text for t in paper.tables for row in t.rows for c in row.cells)
    # frozen at the deadline: the late one and the one with more time are named as missing
    pupils -= 108 + 100 + NAMES.index(LATE)
    money -= 900_000 + NAMES.index(LATE) * 100_000
    assert f"{pupils:,}".replace(",", ".") in words, words[:3000]
    assert f"{money:,}".replace(",", ".") in words
    assert "32 đơn vị" in words, words[:1500]
    await officer.say("tải zip")
    (file,) = officer.last.files
    assert (await talk.bot.files.path(file.key)).stat().st_size > 100_000
