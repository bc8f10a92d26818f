"""Coming in without a link that brings the code: typed in any way, on any channel; coming back."""

import re
import unicodedata
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.campaign import read_call, read_code
from bot.chat import Way
from tests.talks.conftest import SCHOOL, invitation, join
from tests.talks.district import District
from tests.talks.paper import Person, Talk

CALLS = [
    "BATDAU 7K3M-9QXD",
    "bắt đầu 7k3m 9qxd",
    "batdau7k3m9qxd",
    "BAT DAU 7K3M9QXD",
    "Bắt   đầu\n7K3M9QXD",
    "/start 7K3M9QXD",
    "ＢＡＴＤＡＵ ７Ｋ３Ｍ－９ＱＸＤ",  # noqa: RUF001
    "nhắn: BATDAU 7K3M-9QXD",
    "“BATDAU 7K3M-9QXD”.",
    'nhắn: "BATDAU 7K3M–9QXD"',
    "BatDau: 7K3M . 9QXD!",
    "BATDAU và mã 7K3M-9QXD ạ",
    "https://baocao.example/moi/7K3M9QXD",
    "Kính gửi Trường: mở https://baocao.example/moi/7K3M9QXD\nHoặc nhắn: BATDAU 7K3M-9QXD",
]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("text", CALLS)
def test_a_code_is_read_however_it_is_typed(text: str, form: str):
    typed = unicodedata.normalize(form, text)
    assert read_call(typed) == "7K3M9QXD"
    assert read_code(typed) == "7K3M9QXD"
    assert read_code(typed.swapcase()) == "7K3M9QXD"


@pytest.mark.parametrize("text", ["7K3M-9QXD", "7k3m9qxd", "7k3m 9qxd", "(7K3M–9QXD)"])
def test_a_code_alone_is_one_but_not_a_call(text: str):
    assert read_code(text) == "7K3M9QXD"
    assert read_call(text) is None


@pytest.mark.parametrize(
    "text",
    ["", "bắt đầu", "BATDAU", "/start", "bắt đầu 7h30 sáng", "bắt đầu tháng 9/23", "BATDAU 7K3M"],
)
def test_other_words_are_no_code(text: str):
    assert read_code(text) is None


@pytest.mark.parametrize("typed", ["BATDAU {}", "bắt đầu {}", "nhắn: “batdau {}”", "/start {}"])
async def test_the_word_of_the_printed_sheet_lets_somebody_in(talk: Talk, typed: str):
    code = await invitation(talk)
    person = talk.person()
    assert SCHOOL in await person.say(typed.format(code.lower()))
    assert "Tôi lưu" in await person.press("Đúng")


async def test_a_stranger_is_told_who_this_is_and_what_to_send(talk: Talk):
    person = talk.person()
    for said in ({"text": "alo"}, {"text": "bắt đầu"}, {"blocked": False}):
        heard = await _tell(person, **said)
        assert "Tôi là Trợ lý báo cáo" in heard
        assert "nhắn: BATDAU và mã mời, ví dụ: BATDAU 7K3M-9QXD" in heard


async def test_a_known_person_who_comes_back_is_greeted_in_one_line(talk: Talk):
    lan = talk.person()
    code = await invitation(talk)
    await lan.say(code)
    await lan.press("Đúng")
    assert "Tôi lưu" in await _tell(lan, blocked=False)  # not agreed yet: asked again
    await lan.press("Đồng ý")
    assert await _tell(lan, blocked=False) == (
        'Chào thầy/cô trở lại! Gõ "báo cáo" để xem việc cần làm.'
    )
    assert "cần nộp" in await lan.press("Việc cần làm")
    question = await lan.press("Bắt đầu")
    assert await _tell(lan, blocked=True) == ""
    heard = await _tell(lan, blocked=False)
    assert re.fullmatch(
        r'Chào thầy/cô trở lại! Thầy/cô đang ở câu 3/\d+ của ".+"; gõ "tiếp tục".*', heard
    )
    assert question.splitlines()[-1] in await lan.say("tiếp tục")


async def test_who_reports_already_may_join_one_more_school(talk: Talk):
    lan = talk.person()
    await join(lan, await invitation(talk))
    other = await invitation(talk, "Trường TH Mỹ Thạnh", "TH")
    assert "Trường TH Mỹ Thạnh" in await lan.say(f"BATDAU {other}")
    assert "2 báo cáo" in await lan.press("Đúng")


async def test_an_answer_that_only_looks_like_a_call_stays_an_answer(talk: Talk):
    lan = talk.person()
    await join(lan, await invitation(talk))
    assert "✓ Cơ quan chủ quản: bắt đầu thang 2023" in await lan.say("bắt đầu thang 2023")
    assert "cần nộp" in await lan.say("bắt đầu")  # alone it stays what it is


async def test_going_on_elsewhere_names_every_way(talk: Talk):
    zalo = Way("Zalo", "https://zalo.me/123")
    telegram = Way("Telegram", "https://t.me/bot?start={code}")
    talk.bot.deeds.ways = lambda: (zalo, telegram)
    lan = talk.person()
    question = await join(lan, await invitation(talk))
    heard = await lan.say("kênh khác")
    code = re.search(r"nhắn: BATDAU (\w{4})-(\w{4})", heard)
    start = "".join(code.groups())
    assert f"– trên trình duyệt: mở http://bot.test/moi/{start}\n" in heard
    assert f"– trên Zalo: mở https://zalo.me/123 rồi nhắn: BATDAU {code[1]}-{code[2]}\n" in heard
    assert f"– trên Telegram: mở https://t.me/bot?start={start}\n" in heard
    tablet = talk.person("2", "Lan")
    linked = await tablet.say(f"bắt đầu {start.lower()}")
    assert "Đã nối tài khoản này" in linked
    assert question.splitlines()[-1] in linked


async def test_an_invitation_to_pass_on_names_every_way(talk: Talk):
    talk.bot.deeds.ways = lambda: (Way("Zalo", "https://zalo.me/123"),)
    district = District(talk)
    await district.found()
    heard = await district.officer.say("mời TH Bình An")
    code = re.search(r"/moi/(\w{8})\n", heard)[1]
    shown = f"{code[:4]}-{code[4:]}"
    assert heard.endswith(
        f"Hoặc nhắn cho Trợ lý: BATDAU {shown}\n"
        f"– trên Zalo: mở https://zalo.me/123 rồi nhắn: BATDAU {shown}"
    )
    # A teacher who pastes all of it to the bot on Zalo has joined as well.
    assert "Trường TH Bình An" in await talk.person("9", "Hoa").say(heard.partition("\n")[2])


async def test_an_order_with_a_code_in_it_stays_an_order(talk: Talk, tmp_path: Path):
    district = District(talk)
    await district.found()
    await district.open(tmp_path)
    code = await invitation(talk, "Trường TH Bình An", "TH")
    heard = await district.officer.say(f"thông báo: Trường TH Bình An nhắn BATDAU {code}")
    assert "Gửi tới" in heard


def test_the_command_line_names_every_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_ZALO_BOT_LINK", "https://zalo.me/123")
    said = CliRunner().invoke(app, ["invite", "--office", "Phòng GD&ĐT Thủ Thừa"]).output
    code = re.search(r"code: (\S+)", said)[1]
    assert f"Zalo Bot: https://zalo.me/123 (BATDAU {code})" in said


async def _tell(person: Person, **said: object) -> str:
    before = len(person.messages)
    await person.talk.receive(person, **said)
    await person.talk.settle()
    return "\n".join(message.text for message in person.messages[before:])
