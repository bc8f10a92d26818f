"""An officer sends a questionnaire that is not right: what is said, and what comes with it."""

import io

from openpyxl import load_workbook

from bot.forms.sheet import examine
from tests.forms.workbooks import workbook as tables
from tests.talks.district import District, workbook
from tests.talks.paper import Talk

BROKEN = """
    | type   | name | label | relevant |
    | integr | a    | A     |          |
    | text   | b    | B     | ${aa} >  |
"""


async def officer_of(talk: Talk) -> District:
    district = District(talk)
    await district.found()
    return district


async def sent_file(talk: Talk, district: District) -> tuple[str, bytes]:
    file = district.officer.last.files[0]
    path = await talk.bot.paperwork.path(file)
    return file.name, path.read_bytes()


async def test_a_broken_form_comes_back_with_yellow_cells(talk: Talk):
    district = await officer_of(talk)
    await district.officer.say("mở đợt")
    heard = await district.officer.send_file("phieu.xlsx", tables(BROKEN))
    assert "Phiếu này chưa dùng được (2 lỗi phải sửa)." in heard
    assert "1. Trang survey, ô A2 (cột type): Không có loại câu hỏi" in heard
    assert "tô vàng" in heard
    name, content = await sent_file(talk, district)
    assert name == "phieu-loi.xlsx"
    book = load_workbook(io.BytesIO(content))
    assert "Sửa thành integer" in book["survey"]["A2"].comment.text


async def test_ten_faults_are_said_and_the_rest_counted(talk: Talk):
    district = await officer_of(talk)
    rows = "\n".join(f"| integr | a{number} | A |" for number in range(14))
    await district.officer.say("mở đợt")
    heard = await district.officer.send_file(
        "phieu.xlsx", tables(f"| type | name | label |\n{rows}")
    )
    assert "10. Trang survey, ô A11" in heard
    assert "11. Trang" not in heard
    assert "… và 4 chỗ khác." in heard


async def test_the_mended_form_opens_a_campaign(talk: Talk):
    district = await officer_of(talk)
    await district.officer.say("mở đợt")
    await district.officer.send_file("phieu.xlsx", tables(BROKEN))
    heard = await district.officer.send_file("phieu.xlsx", workbook())
    assert "Đã đọc phiếu" in heard
    assert "Hạn nộp?" in heard


async def test_what_should_be_looked_at_is_said_but_stops_nothing(talk: Talk):
    district = await officer_of(talk)
    heard = await district.officer.send_file("phieu.xlsx", workbook())
    assert "có mấy chỗ nên xem lại" in heard
    assert '"ke_hoach" không dùng ở đâu trong văn bản' in heard
    assert "Hạn nộp?" in heard


async def test_a_file_that_is_no_form_is_told_from_one_when_a_form_is_waited_for(talk: Talk):
    district = await officer_of(talk)
    for name, content, words in (
        ("phieu.pdf", b"%PDF-1.7", "Đây là tệp PDF"),
        ("phieu.csv", b"type,name,label\ntext,a,A\n", "Đây là tệp chữ (CSV)"),
        ("phieu.xlsx", tables("| a |\n| b |", first="Phiếu 1"), "Không có trang survey"),
        ("phieu.xlsx", tables(BROKEN, first="Survey"), "Không có loại câu hỏi"),
    ):
        await district.officer.say("mở đợt")
        heard = await district.officer.send_file(name, content)
        assert words in heard, name
        assert "→" in heard


async def test_a_form_is_waited_for_still_after_a_file_that_was_none(talk: Talk):
    district = await officer_of(talk)
    await district.officer.say("mở đợt")
    await district.officer.send_file("phieu.pdf", b"%PDF-1.7")
    heard = await district.officer.send_file("phieu.csv", b"type,name\ntext,a\n")
    assert "Đây là tệp chữ (CSV)" in heard


async def test_an_xform_with_a_fault_is_listed(talk: Talk):
    district = await officer_of(talk)
    heard = await district.officer.send_file("phieu.xml", b"<a><b></a>")
    assert "XML bị hỏng" in heard
    assert district.officer.last.files == ()


async def test_the_sample_form_can_be_had_in_the_chat(talk: Talk):
    district = await officer_of(talk)
    heard = await district.officer.say("phiếu mẫu")
    assert "Phiếu mẫu" in heard
    name, content = await sent_file(talk, district)
    assert name == "Phieu-mau.xlsx"
    assert examine(content).faults == ()
    heard = await district.officer.send_file(name, content)
    assert "Đã đọc phiếu" in heard
