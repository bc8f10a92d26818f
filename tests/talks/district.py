"""A small district for talks: an office with an officer, schools with a reporter each, a form."""

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from bot import operator
from tests.talks.paper import Person, Talk

OFFICE = "Phòng GD&ĐT Thủ Thừa"
SCHOOLS = (
    ("Trường TH Bình An", "TH"),
    ("Trường TH Mỹ Thạnh", "TH"),
    ("Trường MN Hoa Sen", "MN"),
    ("Trường THCS Thị trấn", "THCS"),
)

_COLUMNS = ["type", "name", "label", "required", "constraint", "report::unit", "report::short"]
_SURVEY = (
    ("hidden", "nam", "", "", "", "", "Năm"),
    (
        "select_one co_khong",
        "ke_hoach",
        "Có kế hoạch riêng không?",
        "yes",
        "",
        "",
        "Kế hoạch riêng",
    ),
    ("integer", "hoc_sinh", "Bao nhiêu học sinh dự lễ?", "yes", "", "học sinh", "Học sinh dự lễ"),
    ("integer", "kinh_phi", "Kinh phí vận động?", "yes", ". >= 0", "đồng", "Kinh phí vận động"),
    ("text", "ket_qua", "Kết quả nổi bật?", "", "", "", "Kết quả"),
)
_CHOICES = (
    ("list_name", "name", "label"),
    ("co_khong", "co", "Có"),
    ("co_khong", "chua", "Chưa có"),
)
_REPORT = (
    ("kind", "text", "relevant", "source"),
    ("superior", "UBND HUYỆN THỦ THỪA", "", ""),
    ("subject", "Kết quả Tuần lễ năm ${nam}", "", ""),
    ("part", "Kết quả", "", ""),
    ("text", "Có ${hoc_sinh} dự lễ; vận động được ${kinh_phi}.", "", ""),
    ("text", "${ket_qua}", "", ""),
)


def workbook(survey: Sequence[Sequence[str]] = _SURVEY, title: str = "Tuần lễ học tập") -> bytes:
    """Return a questionnaire of four questions as an Excel file."""
    book = Workbook()
    book.remove(book.active)
    sheets = {
        "survey": (_COLUMNS, *survey),
        "choices": _CHOICES,
        "settings": (("form_title", "form_id", "report::short"), (title, "tuan_le", "Tuần lễ")),
        "report": [row for row in _REPORT if "ket_qua" not in row[1] or _asks(survey, "ket_qua")],
    }
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _asks(survey: Sequence[Sequence[str]], name: str) -> bool:
    return any(row[1] == name for row in survey)


class District:
    """An office and its schools, on paper."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.officer = talk.person("officer", "Anh Minh")
        self.teachers: dict[str, Person] = {}
        self.office_id = 0

    async def found(self, schools: Sequence[tuple[str, str]] = SCHOOLS) -> None:
        """Make the office, its officer and its schools, each with a reporter; no campaign yet."""

        def work(store) -> None:
            self.office_id = store.people.add_unit(OFFICE, kind="office")
            self.join(store, self.officer, self.office_id, "officer")
            for number, (name, level) in enumerate(schools, 1):
                unit = store.people.add_unit(
                    name, kind="school", level=level, parent_id=self.office_id,
                    cluster=f"Cụm {1 + number % 2}",
                )  # fmt: skip
                teacher = self.talk.person(f"t{number}", f"Cô {number}")
                self.teachers[name] = teacher
                self.join(store, teacher, unit, "reporter")

        await self.talk.bot.database.write(work)

    def join(self, store, person: Person, unit_id: int, role: str) -> None:
        """Let somebody speak for a unit, with consent given."""
        now = self.talk.clock()
        known = store.people.person_at(person.address.channel, person.address.id)
        known = known or store.people.add_person(
            person.address.channel, person.address.id, person.name, now
        )
        store.people.join(known.id, unit_id, role, now)
        store.people.record_consent(known, 1, now, given=True)

    async def open(self, folder: Path, due: str = "trước ngày 15/10/2023") -> int:
        """Open a campaign with the small form."""
        path = folder / "phieu.xlsx"
        path.write_bytes(workbook())
        bot = self.talk.bot
        order = operator.CampaignOrder(
            form=path, office=OFFICE, due=due, title="Tuần lễ 2023", facts={"nam": "2023"}
        )
        return await operator.open_campaign(
            bot.database, bot.files, bot.deeds, order, self.talk.clock()
        )

    async def begin(self, form: bytes) -> Person:
        """Open a campaign from a form sent in the chat; a teacher has begun to answer it."""
        await self.found()
        await self.officer.send_file("phieu.xlsx", form)
        await self.officer.say("trước ngày 15/11/2023")
        await self.officer.say("tất cả")
        await self.officer.press("Mở đợt")
        teacher = self.teachers["Trường TH Bình An"]
        await teacher.say("báo cáo")
        await teacher.press("Bắt đầu")
        return teacher

    async def fill(self, school: str, pupils: str = "100", money: str = "1.500.000") -> Person:
        """Let a school's teacher answer everything and submit."""
        teacher = self.teachers[school]
        await teacher.say("báo cáo")
        await teacher.press("Bắt đầu")
        await teacher.press("Có")
        await teacher.say(pupils)
        await teacher.say(money)
        await teacher.say("Học sinh mượn sách nhiều hơn")
        heard = await teacher.press("Nộp")
        assert "Đã nộp" in heard, heard
        return teacher

    async def at(self, *, year: int, month: int, day: int, hour: int) -> datetime:
        """Turn the clock to an hour of Vietnam's."""
        zone = self.talk.settings.timezone
        self.talk.clock.now = datetime(year, month, day, hour, tzinfo=zone)
        return self.talk.clock.now
