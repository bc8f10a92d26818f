"""What a channel does not carry, and what comes by the page instead; telephone numbers; links."""

import io
import re

import aiohttp
import pytest
from aiohttp import FormData
from sqlalchemy import func, select

from bot.chat import Attachment, File
from handlers.handed_over import read_phone
from storage.tables import file_links
from tests.talks.conftest import invitation, join
from tests.talks.district import District
from tests.talks.paper import Person, Talk
from tests.web.scripted import photo

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
UNSEEN = Attachment("unseen", "")


async def test_a_file_that_did_not_come_through_is_asked_for_by_a_link(talk: Talk):
    lan = talk.person()
    question = await join(lan, await invitation(talk))
    heard = await _send(lan, UNSEEN)
    lines = heard.splitlines()
    assert lines[0].startswith("ứng dụng chat không chuyển được tệp này cho tôi.")
    assert re.fullmatch(r"http://bot\.test/gui/[\w.-]+", lines[1])  # alone on its line
    assert question.splitlines()[-1] in heard  # the place is kept
    assert "✓ Cơ quan chủ quản" in await lan.say("UBND huyện Thủ Thừa")


async def test_photos_by_the_page_are_photos_of_that_talk(talk: Talk):
    lan = talk.person()
    await join(lan, await invitation(talk))
    page = _page_of(talk, await lan.say("gửi tệp"))
    form = FormData(quote_fields=False)
    for number in (1, 2):
        form.add_field("file", io.BytesIO(photo(number)), filename=f"anh {number}.jpg")
    async with aiohttp.ClientSession() as browser:
        before = len(lan.messages)
        async with browser.post(page, data=form) as answer:
            assert "Đã nhận 2 tệp" in await answer.text()
    await talk.settle()
    talk.clock.turn(seconds=10)
    await talk.settle()
    heard = "\n".join(message.text for message in lan.messages[before:])
    assert "Đã nhận 2 ảnh" in heard
    kept = await talk.bot.database.read(lambda store: store.reports.photos(1))
    assert len(kept) == 2


async def test_an_officer_hands_in_the_list_of_schools_by_the_page(talk: Talk):
    district = District(talk)
    await district.found()
    await district.officer.say("danh sách trường")
    heard = await _send(district.officer, UNSEEN)
    assert "Câu" not in heard
    rows = "Tên trường\nTrường TH Nhựt Ninh\n".encode()
    form = FormData(quote_fields=False)
    form.add_field("file", io.BytesIO(rows), filename="danh sach.csv", content_type="text/csv")
    before = len(district.officer.messages)
    async with (
        aiohttp.ClientSession() as browser,
        browser.post(_page_of(talk, heard), data=form) as answer,
    ):
        assert answer.status == 200
    await talk.settle()
    said = "\n".join(message.text for message in district.officer.messages[before:])
    assert "danh sach.csv" in said
    assert "1 trường mới: TH Nhựt Ninh" in said


async def test_a_stranger_is_given_no_page(talk: Talk):
    assert "/gui/" not in await _send(talk.person(), UNSEEN)


async def test_ones_own_number_is_kept_shown_and_deleted(talk: Talk):
    lan = talk.person()
    code = await invitation(talk)
    await lan.say(code)
    await lan.press("Đúng")
    own = Attachment("contact", "84912345678", "Lan", own=True)
    assert "Tôi lưu" in await _send(lan, own)  # nothing is kept before the consent
    assert await _phones(talk) == []
    await lan.press("Đồng ý")
    question = await lan.press("Bắt đầu")
    heard = await _send(lan, own)
    assert "Đã lưu số +84912345678, chỉ để nhắc hạn nộp" in heard
    assert question.splitlines()[-1] in heard
    assert await _phones(talk) == ["+84912345678"]
    assert "– Số điện thoại: +84912345678" in await lan.say("dữ liệu của tôi")
    await lan.say("xóa")
    await lan.press("Xóa tài khoản của tôi")
    assert await _phones(talk) == []


async def test_somebody_elses_number_is_not_wanted(talk: Talk):
    lan = talk.person()
    await join(lan, await invitation(talk))
    assert "không cần số điện thoại của người khác" in await _send(
        lan, Attachment("contact", "+84999999999", "Minh")
    )
    assert "chưa đọc được" in await _send(lan, Attachment("contact", "1", own=True))
    assert await _phones(talk) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("0912345678", "+84912345678"),
        ("84912345678", "+84912345678"),
        ("+84 912 345 678", "+84912345678"),
        ("+840912345678", "+84912345678"),
        ("0084912345678", "+84912345678"),
        ("(0272) 3822.123", "+842723822123"),
        ("02723822123", "+842723822123"),
        ("842723822123", "+842723822123"),
        ("0272382212", ""),
        ("+4917212345678", "+4917212345678"),
        ("912345678", ""),
        ("", ""),
        ("+84912345678901234", ""),
    ],
)
def test_a_number_is_written_in_one_way(given: str, kept: str):
    assert read_phone(given) == kept


async def test_an_issued_link_serves_the_file_until_its_person_is_deleted(talk: Talk):
    lan = talk.person()
    await join(lan, await invitation(talk))
    documents = talk.bot.files.folder / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    (documents / "x.docx").write_bytes(b"PK" * 500)
    (documents / "x.png").write_bytes(b"\x89PNG" * 100)
    word = File("documents/x.docx", "Báo cáo “Tuần lễ”.docx", DOCX)
    picture = File("documents/x.png", "trang 1.png", "image/png")
    link = await talk.bot.file_links.link(lan.address, word)
    shown = await talk.bot.file_links.link(lan.address, picture)
    assert re.fullmatch(r"http://bot\.test/tep/[\w-]{24}/B%C3%A1o%20c%C3%A1o%20\S+\.docx", link)
    talk.clock.turn(hours=1)
    assert await talk.bot.file_links.link(lan.address, word) == link
    async with aiohttp.ClientSession() as phone:
        for _ in range(3):  # a preview, the person, the person again
            async with phone.get(_local(talk, link)) as answer:
                assert await answer.read() == b"PK" * 500
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert "filename*=UTF-8''B%C3%A1o%20c%C3%A1o" in answer.headers["Content-Disposition"]
        async with phone.head(_local(talk, link)) as answer:
            assert answer.headers["Content-Length"] == "1000"
        ranged = {"Range": "bytes=998-"}
        async with phone.get(_local(talk, link.rpartition("/")[0]), headers=ranged) as answer:
            assert (answer.status, await answer.read()) == (206, b"PK")
        async with phone.get(_local(talk, shown)) as answer:
            assert answer.headers["Cache-Control"].startswith("private, max-age")
            assert answer.headers["Content-Disposition"].startswith("inline")
            assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        talk.clock.turn(hours=73)
        assert await _status(phone, talk, link) == 410
        assert await _status(phone, talk, shown) == 200  # a messenger fetches it again
        await talk.bot.file_links.link(lan.address, word)
        assert await _status(phone, talk, link) == 200
        await lan.say("xóa")
        await lan.press("Xóa tài khoản của tôi")
        assert await _status(phone, talk, link) == 410
        assert await _status(phone, talk, shown) == 410
        async with phone.get(_local(talk, "http://bot.test/tep/unknown/x.docx")) as answer:
            assert "Liên kết đã hết hạn" in await answer.text()


async def test_links_that_have_ended_are_deleted_with_the_other_old_things(talk: Talk):
    lan = talk.person()
    await lan.say("alo")
    paper = File("papers/x.pdf", "Công văn.pdf", "application/pdf")
    await talk.bot.file_links.link(lan.address, paper)

    def count(store) -> int:
        return store.connection.execute(select(func.count()).select_from(file_links)).scalar_one()

    await talk.bot._clean()
    assert await talk.bot.database.read(count) == 1
    talk.clock.turn(hours=73)
    await talk.bot._clean()
    assert await talk.bot.database.read(count) == 0


async def _status(phone: aiohttp.ClientSession, talk: Talk, link: str) -> int:
    async with phone.get(_local(talk, link)) as answer:
        return answer.status


def _local(talk: Talk, link: str) -> str:
    return link.replace("http://bot.test", f"http://127.0.0.1:{talk.bot.server.port}")


def _page_of(talk: Talk, heard: str) -> str:
    (link,) = re.findall(r"^http://bot\.test/gui/\S+$", heard, re.MULTILINE)
    return _local(talk, link)


async def _send(person: Person, attachment: Attachment) -> str:
    return await person._tell(attachments=(attachment,))


async def _phones(talk: Talk) -> list[str]:
    def look(store) -> list[str]:
        person = store.people.person_at("paper", "1")
        return store.people.phones_of(person.id) if person else []

    return await talk.bot.database.read(look)
