"""An officer sends a questionnaire and a Word file of their own: reports look as it says."""

from pathlib import Path

import pytest

from bot import operator
from bot.errors import SetupError
from bot.operator import CampaignOrder
from tests.documents.word import read, word
from tests.forms.workbooks import workbook
from tests.talks.conftest import join
from tests.talks.district import District
from tests.talks.paper import Talk

FORM = """
| type    | name  | label          | report::unit |
| integer | so_hs | Số học sinh?   | học sinh     |
| integer | so_gv | Số giáo viên?  |              |
## settings
| form_title | form_id | version |
| Sĩ số      | si_so   | 1       |
"""
OWN = """
    {{ bao_cao.don_vi }} – {{ bao_cao.dot }} – {{ bao_cao.co_quan }}
    Trường có {{ so_hs }}, hạn {{ bao_cao.han_nop }}.
    Biên nhận: {{ bao_cao.bien_nhan|neu_trong("chưa nộp") }}
"""


async def test_an_own_layout_is_taken_in_the_chat_and_used_for_the_report(talk: Talk):
    district = District(talk)
    await district.found()
    officer = district.officer
    await officer.send_file("phieu.xlsx", workbook(FORM))
    heard = await officer.send_file("report.docx", word("Có {{ so_hoc_sinh }}"))
    assert "Mẫu Word này chưa dùng được" in heard
    assert 'đoạn "Có {{ so_hoc_sinh }}": {{ so_hoc_sinh }}: phiếu không có' in heard
    heard = await officer.send_file("report.docx", word(OWN))
    assert 'Đã nhận mẫu Word "report.docx"' in heard
    await officer.say("trước ngày 15/11/2023")
    await officer.say("tất cả")
    assert "Đã mở đợt" in await officer.press("Mở đợt")


async def test_a_preview_and_a_submission_say_what_each_knows(talk: Talk, tmp_path: Path):
    folder = tmp_path / "si-so"
    folder.mkdir()
    (folder / "form.xlsx").write_bytes(workbook(FORM))
    (folder / "report.docx").write_bytes(word(OWN))
    bot = talk.bot
    order = CampaignOrder(folder / "form.xlsx", "Phòng GD", "trước ngày 15/10/2023")
    await operator.open_campaign(bot.database, bot.files, bot.deeds, order, talk.clock())
    invited = await operator.invite(
        bot.database,
        bot.deeds,
        school="Trường TH Bình An",
        level="TH",
        role="reporter",
        now=talk.clock(),
    )
    lan = talk.person()
    await join(lan, invited.code)
    await lan.say("540")
    await lan.say("30")
    await lan.say("xem bản word")
    assert read(await document(talk, lan)) == [
        "Trường TH Bình An – Sĩ số – Phòng GD",
        "Trường có 540 học sinh, hạn trước ngày 15/10/2023.",
        "Biên nhận: chưa nộp",
    ]
    await lan.press("Nộp")
    receipt = (await bot.database.read(lambda store: store.reports.last_submission(1))).receipt
    assert read(await document(talk, lan))[2] == f"Biên nhận: {receipt}"


async def document(talk: Talk, person) -> bytes:
    files = [file for message in person.messages for file in message.files]
    path = await talk.bot.paperwork.path([f for f in files if f.name.endswith(".docx")][-1])
    return path.read_bytes()


def test_the_command_line_names_every_fault(tmp_path: Path):
    form, own = tmp_path / "form.xlsx", tmp_path / "mau.docx"
    form.write_bytes(workbook(FORM))
    own.write_bytes(word("{{ so_h }}\n| a | {% if so_gv %} |"))
    package, compiled = operator.read_form(form)
    order = CampaignOrder(form, "Phòng GD", "", template=own)
    with pytest.raises(SetupError) as error:
        operator.read_template(order, package, compiled)
    assert 'đoạn "{{ so_h }}"' in str(error.value)
    assert "bảng 1, hàng 1, ô 2" in str(error.value)
