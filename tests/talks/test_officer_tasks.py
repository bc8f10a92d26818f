"""Twenty things an officer does in a week, each in at most three messages on average.

The talks are written down in docs/viec-cua-can-bo.md; ``WRITE_TASKS=1 pytest`` writes them anew.
"""

import os
import re
from pathlib import Path

from tests.roster import files as rosters
from tests.talks.district import District, workbook
from tests.talks.paper import Talk

PAGE = Path(__file__).parent.parent.parent / "docs" / "viec-cua-can-bo.md"

# what is to be done -> what the officer says or presses ([…]) or sends (<…>); what must be heard
TASKS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("Xem bao nhiêu trường đã nộp", ("tiến độ",), "3/4 trường đã nộp"),
    ("Xem trường nào chưa nộp", ("ai chưa nộp",), "THCS Thị trấn"),
    ("Nhắc các trường chưa nộp", ("nhắc chưa nộp", "[Gửi]"), "Đã nhắc 1 người"),
    ("Nhắc một trường", ("nhắc thcs thi tran", "[Gửi]"), "vừa được nhắc"),
    ("Đọc báo cáo của một trường", ("xem TH Bình An",), "chờ duyệt"),
    ("Đọc bằng chữ", ("[Đọc chữ]",), "Học sinh dự lễ: 100 học sinh"),
    ("Duyệt báo cáo", ("duyệt TH Bình An",), "Đã duyệt báo cáo của Trường TH Bình An"),
    ("Trả lại một câu", ("trả lại TH Mỹ Thạnh: câu 3 thiếu kinh phí", "[Trả lại]"), "Đã trả lại"),
    ("Duyệt các báo cáo còn lại", ("duyệt tất cả", "[Duyệt 1 báo cáo]"), "Đã duyệt 1 báo cáo"),
    ("Mở lại báo cáo đã duyệt", ("mở lại hoa sen",), "Đã mở lại"),
    (
        "Gia hạn cho một trường",
        ("gia hạn thcs thị trấn đến 17h ngày 20/10", "[Gia hạn]"),
        "17:00 ngày 20/10/2023",
    ),
    ("Dời hạn cả đợt", ("gia hạn tất cả đến hết ngày 18/10", "[Gia hạn]"), "Hạn mới"),
    (
        "Đổi lịch nhắc tự động",
        ("lịch nhắc: 5, 2 ngày và 3 giờ trước, rồi mỗi ngày",),
        "Từ nay tự động nhắc",
    ),
    (
        "Gửi thông báo cho cấp tiểu học",
        ("thông báo cấp TH: Thứ hai họp lúc 8h", "[Gửi]"),
        "Bắt đầu gửi",
    ),
    ("Tải bảng tổng hợp", ("tải Excel",), "Bảng tổng hợp"),
    ("Lấy báo cáo của cơ quan", ("báo cáo tổng hợp",), "theo Nghị định 30"),
    ("Nhập danh sách trường", ("<danh-sach.xlsx>", "[Ghi]"), "Đã thêm 1 trường"),
    ("Hoàn lại danh sách", ("hoàn tác",), "Đã hoàn lại"),
    ("Mời thủ trưởng một trường", ("mời hiệu trưởng TH Bình An",), "BATDAU"),
    (
        "Mở đợt mới",
        ("<phieu.xlsx>", "trước ngày 15/11/2023", "2023", "tất cả", "[Mở đợt]"),
        "Đã mở đợt",
    ),
    ("Đóng đợt", ("đóng đợt", "[Đóng đợt]"), "Đã đóng đợt"),
)  # fmt: skip


async def test_twenty_tasks_take_at_most_three_messages_each(talk: Talk, tmp_path: Path):
    district = District(talk)
    await district.found()
    await district.open(tmp_path)
    for school in ("Trường TH Bình An", "Trường TH Mỹ Thạnh", "Trường MN Hoa Sen"):
        await district.fill(school)
    names = [*district.teachers, "Trường TH Tân Thành"]
    files = {
        "<danh-sach.xlsx>": rosters.workbook([["Tên trường"], *([name] for name in names)]),
        "<phieu.xlsx>": workbook(title="Báo cáo tháng 10"),
    }
    lines = [_HEAD]
    said = 0
    for title, steps, expected in TASKS:
        lines.append(f"## {title}\n")
        heard = ""
        for step in steps:
            said += 1
            heard = await _step(district, step, files)
            lines += [f"> **{step}**\n", *(f"    {line}" for line in _short(heard)), ""]
        assert expected in heard, (title, heard)
    assert len(TASKS) >= 20
    assert said / len(TASKS) <= 3
    lines[0] = lines[0].format(
        tasks=len(TASKS), average=f"{said / len(TASKS):.1f}".replace(".", ",")
    )
    written = "\n".join(lines).rstrip() + "\n"
    if os.environ.get("WRITE_TASKS"):
        PAGE.write_text(written, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == written


_HEAD = """# Việc của cán bộ phụ trách, từng tin nhắn một

{tasks} việc thường làm, trung bình {average} tin nhắn mỗi việc. Dòng đậm là lời của cán bộ
([…] là nút, <…> là tệp gửi lên), dưới đó là lời của Trợ lý. Trang này do bài kiểm thử
`tests/talks/test_officer_tasks.py` viết ra, nên luôn đúng với chương trình.
"""


async def _step(district: District, step: str, files: dict[str, bytes]) -> str:
    officer = district.officer
    if step in files:
        return await officer.send_file(step.strip("<>"), files[step])
    if step.startswith("["):
        heard = await officer.press(step.strip("[]"))
        if "Bắt đầu gửi" in heard:  # its progress comes when the clock knocks
            while "đã gửi xong" not in officer.last.text:
                await district.talk.bot._broadcast()
                await district.talk.settle()
            heard = f"{heard.splitlines()[0]}\n{officer.last.text}"
        return heard
    return await officer.say(step)


def _short(heard: str) -> list[str]:
    """Return what was heard, without what differs from run to run."""
    masked = re.sub(r"BC-\w{6}", "BC-……", heard)
    masked = re.sub(
        r"(/moi/)\w{8}", r"\1………", re.sub(r"BATDAU \w{4}-\w{4}", "BATDAU ….-….", masked)
    )
    return masked.splitlines()
