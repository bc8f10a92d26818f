"""An office under an office: what the province asks is passed down, and the totals roll up."""

from pathlib import Path

from openpyxl import load_workbook

from tests.talks.district import District, workbook
from tests.talks.paper import Person, Talk, replay


async def _open(officer: Person, due: str, *, facts: bool = True) -> None:
    await officer.say(due)
    if facts:
        await officer.say("2023")
    await officer.press("Tất cả các trường")
    await officer.press("Mở đợt")


async def test_what_the_province_asks_comes_back_added_up(talk: Talk, tmp_path: Path):
    district = District(talk)
    await district.found()
    boss = talk.person("boss", "Chị Hoa")

    def above(store) -> None:
        province = store.people.add_unit("Sở GD&ĐT Tây Ninh", kind="office")
        store.rosters.change_unit(district.office_id, {"parent_id": province})
        district.join(store, boss, province, "officer")

    await talk.bot.database.write(above)
    await boss.send_file("phieu.xlsx", workbook())
    await _open(boss, "trước ngày 25/10/2023")
    assert "Đợt báo cáo mới" in district.officer.last.text
    heard = await district.officer.press("Mở đợt cho các trường")
    assert "Cơ quan cấp trên yêu cầu" in heard
    await _open(district.officer, "trước ngày 15/10/2023", facts=False)
    for number, school in enumerate(district.teachers):
        await district.fill(school, pupils=str(100 * (number + 1)))
    await replay(
        district.officer,
        """
        > nộp báo cáo tổng hợp
        Nộp báo cáo tổng hợp cho đợt "Tuần lễ học tập" của cơ quan cấp trên?
        > [Nộp lên cấp trên]
        Đã nộp báo cáo tổng hợp (lần 1)
        """,
    )
    heard = await boss.say("tiến độ")
    assert "1/1" in heard
    heard = await boss.say("xem TH Bình An")  # an office above reads the schools' reports
    assert "Trường TH Bình An – chờ duyệt" in heard
    heard = await boss.say("xem Phòng GD&ĐT Thủ Thừa")
    assert "Phòng GD&ĐT Thủ Thừa – chờ duyệt" in heard
    assert any(file.name.endswith(".docx") for file in boss.last.files)
    heard = await boss.press("Duyệt")
    assert "Đã duyệt" in heard
    await boss.say("tải excel")
    file = next(f for m in reversed(boss.messages) for f in m.files if f.name.endswith("xlsx"))
    book = load_workbook(await talk.bot.files.path(file.key))
    numbers = [c for row in book.worksheets[0].iter_rows(values_only=True) for c in row]
    assert {100, 200, 300, 400} <= set(numbers)


async def test_staff_change_and_the_work_stays(talk: Talk, tmp_path: Path):
    district = District(talk)
    await district.found()
    await district.open(tmp_path)
    teacher = district.teachers["Trường TH Bình An"]
    await teacher.say("báo cáo")
    await teacher.press("Bắt đầu")
    await teacher.press("Có")
    await district.officer.say("ai phụ trách TH Bình An")
    heard = await district.officer.press("Thôi phụ trách: Cô 1")
    assert "không còn phụ trách" in heard
    assert "không còn phụ trách" in teacher.last.text
    heard = await teacher.say("báo cáo")
    assert "Tuần lễ 2023" not in heard
    heard = await teacher.say("100")
    assert "✓" not in heard  # what is open in their talk is not theirs any more
    await district.officer.press("Mời người kế tiếp")
    code = district.officer.last.text.split("BATDAU ")[1].split()[0]
    successor = talk.person("new", "Thầy Nam")
    await successor.say(f"BATDAU {code}")
    await successor.press("Đúng")
    await successor.press("Đồng ý")
    heard = await successor.press("Làm tiếp")
    assert "câu 2/4" in heard
    heard = await successor.say("mời đồng nghiệp")
    assert "Chỉ thủ trưởng" in heard
