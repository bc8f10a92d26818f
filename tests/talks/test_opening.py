"""An officer opens a campaign from a workbook: what is asked, tried and read back; what is told."""

import re
from datetime import timedelta

import aiohttp
import pytest

from bot.campaign import full_name
from tests.documents.word import read
from tests.forms.workbooks import workbook
from tests.talks.district import District
from tests.talks.paper import Talk

FORM = """
| type    | name    | label              | default   | report::short | report::unit |
| hidden  | nam_hoc |                    | 2023-2024 | Năm học       |              |
| integer | so_hs   | Bao nhiêu học sinh? |           |               | học sinh     |
## settings
| form_title | form_id | version |
| Sĩ số      | si_so   | 1       |
## report
| kind    | text                       |
| subject | Sĩ số năm học ${nam_hoc}   |
| text    | Trường có ${so_hs}.        |
"""


async def test_a_document_is_tried_before_anyone_is_asked(talk: Talk):
    district = District(talk)
    await district.found()
    officer = district.officer
    await officer.send_file("phieu.xlsx", workbook(FORM))
    heard = await officer.press("Xem thử văn bản")
    assert "chưa trường nào nhận được gì" in heard
    assert "Hạn nộp?" in heard  # and the talk goes on
    tried = next(file for message in officer.messages for file in message.files)
    assert tried.name == "Bản thử Sĩ số.docx"
    path = await talk.bot.paperwork.path(tried)
    shown = read(path.read_bytes())
    assert any("Sĩ số năm học 2023-2024" in line for line in shown)
    assert any(re.search(r"ngày +tháng +năm 2023", line) for line in shown)  # no question asks it
    assert any(line.startswith("Trường có ") and "học sinh" in line for line in shown)


async def test_what_the_form_has_and_who_is_asked_are_read_back(talk: Talk):
    district = District(talk)
    await district.found()
    officer = district.officer
    await officer.send_file("phieu.xlsx", workbook(FORM))
    heard = await officer.say("trước ngày 15/10/2020")
    example = heard.rpartition("ví dụ: ")[2].splitlines()[0]
    heard = await officer.say(example)  # what the bot gives as an example, it understands
    assert "Năm học? (phiếu ghi sẵn: 2023-2024)" in heard
    heard = await officer.press("Như phiếu ghi")
    assert "Gõ cấp (TH, MN, THCS), cụm (Cụm 2, Cụm 1) hoặc tên các trường" in heard
    heard = await officer.say("TH Bình An, TH Mỹ Thạnh")
    assert "Cho 2 trường: TH Bình An, TH Mỹ Thạnh." in heard
    assert "– Năm học: 2023-2024" in heard
    assert "Đã mở đợt" in await officer.press("Mở đợt")


async def test_a_deadline_at_an_hour_is_told_with_its_hour(talk: Talk):
    district = District(talk)
    await district.found()
    officer = district.officer
    await officer.send_file("phieu.xlsx", workbook(FORM))
    await officer.say("trước 17h ngày 20/10")
    await officer.press("Như phiếu ghi")
    await officer.say("tất cả")
    await officer.press("Mở đợt")
    teacher = district.teachers["Trường TH Bình An"]
    assert "(chậm nhất lúc 17:00 ngày 20/10/2023)" in teacher.last.text
    assert "(chậm nhất lúc 17:00 ngày 20/10)" in await teacher.say("báo cáo")


@pytest.mark.parametrize(
    ("listed", "written"),
    [
        ("TH Bình An", "Trường Tiểu học Bình An"),
        ("Trường TH&THCS Tân Thành", "Trường Tiểu học và Trung học cơ sở Tân Thành"),
        ("Trung tâm GDTX Thủ Thừa", "Trung tâm GDTX Thủ Thừa"),
    ],
)
def test_a_school_is_called_in_its_report_as_on_its_seal(listed: str, written: str):
    assert full_name(listed) == written


async def test_who_presses_before_the_consent_goes_on_with_what_was_pressed(talk: Talk):
    district = District(talk)
    await district.found()
    officer = district.officer
    await officer.send_file("phieu.xlsx", workbook(FORM))
    for said in ("trước ngày 20/10", "2023-2024", "tất cả"):
        await officer.say(said)
    teacher = district.teachers["Trường TH Bình An"]

    def forget(store) -> None:
        known = store.people.person_at(teacher.address.channel, teacher.address.id)
        store.people.record_consent(known, 0, talk.clock(), given=True)

    await talk.bot.database.write(forget)
    await officer.press("Mở đợt")
    assert "Thầy/cô đồng ý chứ?" in await teacher.press("Bắt đầu")
    assert "Bao nhiêu học sinh?" in await teacher.press("Đồng ý")


async def test_the_web_page_of_an_officer_has_an_officers_menu(talk: Talk):
    district = District(talk)
    await district.found()
    until = talk.clock() + timedelta(days=1)

    def browsers(store) -> None:
        for name, unit, role in (("b1", district.office_id, "officer"), ("b2", 2, "reporter")):
            known = store.people.add_person("web", name, name, talk.clock())
            store.people.join(known.id, unit, role, talk.clock())

    await talk.bot.database.write(browsers)
    menus, here = [], f"http://127.0.0.1:{talk.bot.server.port}"
    for name in ("b1", "b2"):
        link = talk.bot.links.chat(name, until).replace("http://bot.test", here)
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(cookie_jar=jar) as browser, browser.get(link) as page:
            menus.append(re.findall(r'data-say="([^"]+)">[^<]', await page.text()))
    office, school = menus
    assert {"phiếu mẫu", "mở đợt", "tải Excel", "trợ giúp"} <= set(office)
    assert {"nộp", "xem lại", "trợ giúp"} <= set(school)
    assert not {"nộp", "sửa"} & set(office)
    for said in office:
        assert "gõ chẳng hạn" not in await district.officer.say(said) or said in (
            "trợ giúp",
            "Xin chào",
        )
