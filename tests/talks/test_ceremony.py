"""A school plans the opening ceremony in chat; its report of the Week knows the plan afterwards."""

from pathlib import Path

from bot import operator
from tests.talks.conftest import FORM, SCHOOL, join
from tests.talks.paper import Person, Talk, replay

CEREMONY = Path("templates/kich-ban-le-khai-mac/form.xlsx")

PLANNED = """
    > UBND huyện Thủ Thừa
    > thtt
    > Tân Thành
    > Nguyễn Văn A
    > [Hiệu trưởng]
        Chương trình dựa theo mẫu nào?
    > [Trong giờ chào cờ – 45 phút]
    > 2/10
    > 7h
    > nhà đa năng
    > Trường TH và THCS Tân Thành
    > bỏ qua
        Buổi lễ có những phần nào?
        Đang ghi: Chào cờ; Văn nghệ chào mừng
    > [Giới thiệu sách]
    > [Phần riêng của trường, cuối buổi]
    > [Xong]
        Phần nào cần đổi
    > [Chào cờ]
    > [Xong]
        Phần 1 – Chào cờ: ghi trong chương trình thế nào?
    > bỏ qua
        Theo mẫu: Tổng phụ trách Đội.
    > bỏ qua
    > âm thanh, cờ
        Theo mẫu: 10 phút.
    > 12 phút
        Phần 8 – Phần riêng của trường: ghi trong chương trình thế nào?
    > Thi kể chuyện theo sách
    > Học sinh khối 5
    > bỏ qua
    > 15
        Tính theo các phần trước là 7h42.
    > 7h30
        Các phần trước đến 7h42 mới xong, nên hai phần chồng lên nhau.
    > 7h50
        Từ 7h42 đến giờ này còn trống 8 phút, không có phần nào. Vẫn giữ?
    > [Giữ nguyên]
        Chương trình 65 phút, từ 7h00 đến 8h05. Đúng chưa?
        7h00-7h12 Chào cờ
        7h50-8h05 Thi kể chuyện theo sách
    > ừ đúng rồi
        Chương trình dài 65 phút, mẫu này thường không quá 45 phút. Vẫn giữ?
    > [Giữ nguyên]
    > bỏ qua
    > bỏ qua
        Đã đủ các câu.
    > [Nộp]
        ✅ Đã nộp
"""
REPORTED = """
    > [Bắt đầu: Tuần lễ]
    > 18
    > 560
    > 38
    > bỏ qua
    > [Chưa có]
    > bỏ qua
    > [Giờ chào cờ]
    > [Xong]
    > 0
    > [Trường tự tổ chức]
        Lễ diễn ra ngày nào?
        Đang ghi: 02/10/2023
    > [Giữ nguyên]
        Lễ bắt đầu lúc mấy giờ?
        Đang ghi: 7h00
    > [Giữ nguyên]
        Lễ diễn ra ở đâu?
        Đang ghi: nhà đa năng
    > sân trường
    > 0
    > 38
    > 560
    > 0
    > bỏ qua
        Buổi lễ có những phần nào?
        Đang ghi: Chào cờ; Văn nghệ chào mừng
"""


async def open_campaign(talk: Talk, form: Path, due: str, title: str) -> None:
    bot = talk.bot
    order = operator.CampaignOrder(form=form, office="Phòng GD&ĐT Thủ Thừa", due=due, title=title)
    await operator.open_campaign(bot.database, bot.files, bot.deeds, order, talk.clock())


async def planned(talk: Talk) -> Person:
    """Somebody whose school has submitted its programme; the Week's report is open now."""
    await open_campaign(talk, CEREMONY, "trước ngày 11/10/2023", "Chương trình lễ khai mạc")
    invited = await operator.invite(
        talk.bot.database,
        talk.bot.deeds,
        school=SCHOOL,
        level="TH&THCS",
        role="reporter",
        now=talk.clock(),
    )
    lan = talk.person()
    await join(lan, invited.code)
    await replay(lan, PLANNED)
    assert lan.last.files[0].name == "Chuong-trinh-le-khai-mac-TH-THCS-Tan-Thanh.docx"
    return lan


async def test_what_was_planned_stands_under_the_questions_of_the_report(talk: Talk):
    lan = await planned(talk)
    await open_campaign(talk, FORM, "trước ngày 15/10/2023", "Tuần lễ")
    await lan.say("báo cáo")
    await replay(lan, REPORTED)
    ticked = [choice.label for choice in lan.last.choices if choice.label.startswith("☑")]
    assert ticked == [
        "☑ Chào cờ",
        "☑ Văn nghệ chào mừng",
        "☑ Tuyên bố lý do, giới thiệu đại biểu",
        "☑ Phát động Tuần lễ",
        "☑ Đại diện giáo viên phát biểu hưởng ứng",
        "☑ Đại diện học sinh phát biểu hưởng ứng",
        "☑ Trao học bổng, khen thưởng học sinh hiếu học",
    ]
    await lan.press("Văn nghệ chào mừng")  # it rained: they did not sing
    assert "✓ Các phần của buổi lễ: Chào cờ; Tuyên bố lý do" in await lan.press("Xong")


async def test_it_has_its_number_and_is_corrected_by_it(talk: Talk):
    lan = await planned(talk)
    await open_campaign(talk, FORM, "trước ngày 15/10/2023", "Tuần lễ")
    await lan.say("báo cáo")
    await replay(lan, REPORTED + "> [Xong]\n")
    review = await lan.say("xem lại")
    (line,) = [line for line in review.splitlines() if "Các phần của buổi lễ:" in line]
    assert "Chào cờ; Văn nghệ chào mừng; Tuyên bố lý do" in line
    number = line.split(".")[0].strip()
    assert "Đang ghi: Chào cờ; Văn nghệ" in await lan.say(f"sửa {number}")


async def test_last_years_plan_is_not_this_years(talk: Talk):
    lan = await planned(talk)
    talk.clock.turn(days=121)
    await open_campaign(talk, FORM, "trước ngày 15/03/2024", "Tuần lễ")
    await lan.say("báo cáo")
    await replay(lan, REPORTED.split("Lễ diễn ra ngày nào?")[0])
    assert "Lễ diễn ra ngày nào?" in lan.last.text
    assert "Đang ghi" not in lan.last.text
