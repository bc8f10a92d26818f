"""Files that answer a question: recordings, films, papers; known by content, removed for good."""

import io
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from docx import Document

from tests.samples import photo
from tests.talks.sheets import Asked, row, workbook

SURVEY = (
    row("file", "bien_ban", "Biên bản họp?", short="Biên bản"),
    row("audio", "ghi_am", "Ghi âm phát biểu?", short="Ghi âm"),
    row("video", "phim", "Video lễ phát động?", short="Video"),
    row("text", "them", "Ý kiến khác?", short="Ý kiến"),
)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF" + b" " * 1200
OGG = b"OggS\0\x02" + b"\0" * 22 + b"OpusHead" + b"\0" * 400
MP4 = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41" + b"\0" * 400
PROGRAM = b"MZ\x90\0" + b"\0" * 400


@pytest.fixture
async def asked(tmp_path: Path) -> AsyncIterator[Asked]:
    asked = Asked(tmp_path)
    await asked.open(workbook(SURVEY))
    await asked.begin()
    yield asked
    await asked.talk.close()


def kept(asked: Asked) -> list[Path]:
    """The files that lie in the store, other than documents that were made."""
    return [path for path in (asked.folder / "files").rglob("attachments/*") if path.is_file()]


def with_macro() -> bytes:
    content = io.BytesIO()
    Document().save(content)
    with zipfile.ZipFile(content, "a") as package:
        package.writestr("word/vbaProject.bin", b"x")
    return content.getvalue()


async def test_each_kind_is_taken_and_shown_by_name_and_size(asked: Asked):
    assert "Thầy/cô gửi tệp PDF" in asked.teacher.last.text
    heard = await asked.send(PDF, "Biên bản họp 02-10.pdf", mime="application/pdf")
    assert "✓ Biên bản: Biên bản họp 02-10.pdf (1 KB)" in heard
    assert "tin nhắn thoại" in heard
    heard = await asked.send(OGG, kind="voice", mime="audio/ogg")
    assert "✓ Ghi âm: ghi-am.ogg (1 KB)" in heard
    heard = await asked.send(MP4, "le.mp4", kind="video", mime="video/mp4")
    assert "✓ Video: le.mp4 (1 KB)" in heard
    heard = await asked.teacher.say("xem lại")
    assert "1. Biên bản: Biên bản họp 02-10.pdf (1 KB)" in heard
    answers = await asked.answers()
    assert answers["bien_ban"].startswith("attachments/")
    assert answers["bien_ban"].endswith("-Bien-ban-hop-02-10.pdf")
    assert len(kept(asked)) == 3


async def test_the_wrong_kind_is_answered_with_what_to_send_and_kept_nowhere(asked: Asked):
    heard = await asked.send(PROGRAM, "bien-ban.pdf")
    assert "Câu này cần một tệp" in heard
    heard = await asked.send(with_macro(), "bien-ban.docx")
    assert "không nhận tệp có macro" in heard
    await asked.teacher.press("Bỏ qua")
    heard = await asked.send(MP4, "x.mp4", kind="video")
    assert "Câu này cần tệp ghi âm" in heard
    heard = await asked.send(PROGRAM, kind="voice")
    assert "Câu này cần tệp ghi âm" in heard
    heard = await asked.teacher.say("nghe ở đây nhé")
    assert "Câu này cần tệp ghi âm" in heard
    assert kept(asked) == []
    assert await asked.answers() == {}


async def test_what_is_too_big_is_said_so(asked: Asked):
    from bot.chat import Attachment  # noqa: PLC0415

    await asked.teacher.press("Bỏ qua")
    part = Attachment("voice", "none", size=30_000_000)
    heard = await asked.teacher._tell(attachments=(part,))
    assert "nặng quá 20 MB" in heard
    part = Attachment("file", "none", "x.wav", size=30_000_000)
    heard = await asked.teacher._tell(attachments=(part,))
    assert "nặng quá 20 MB" in heard


async def test_another_file_takes_its_place_and_it_can_be_removed(asked: Asked):
    await asked.send(PDF, "cu.pdf")
    await asked.teacher.say("sửa 1")
    heard = await asked.send(PDF + b"2", "moi.pdf")
    assert "✓ Biên bản: moi.pdf" in heard
    assert [path.name[33:] for path in kept(asked)] == ["moi.pdf"]
    await asked.teacher.say("sửa 1")
    heard = await asked.send(PDF + b"2", "moi.pdf")
    assert "Tệp này đã nhận rồi" in heard
    assert len(kept(asked)) == 1
    await asked.teacher.say("sửa 1")
    heard = await asked.teacher.press("Bỏ tệp")
    assert "Đã bỏ tệp" in heard
    assert kept(asked) == []
    assert await asked.answers() == {}
    heard = await asked.teacher.say("không có")
    assert "Đã bỏ qua: Biên bản" in heard


async def test_a_photo_is_a_file_too(asked: Asked):
    heard = await asked.send(photo(1, (1200, 900)), kind="photo")
    assert "✓ Biên bản: đã có ảnh" in heard


async def test_a_recording_that_nobody_asked_for_is_not_kept(asked: Asked):
    for _ in range(3):
        await asked.teacher.say("bỏ qua")
    heard = await asked.send(OGG, kind="voice")
    assert "Tôi chỉ đọc được chữ và ảnh" in heard
    assert "Ý kiến khác?" in heard
    assert kept(asked) == []


async def test_files_go_with_the_report_and_the_document_names_them(asked: Asked):
    await asked.send(PDF, "bien-ban.pdf")
    for _ in range(2):
        await asked.teacher.say("bỏ qua")
    await asked.teacher.say("Không có ý kiến gì thêm")
    await asked.teacher.press("Nộp")
    file = next(m.files[0] for m in reversed(asked.teacher.messages) if m.files)
    path = await asked.talk.bot.paperwork.path(file)
    words = "\n".join(part.text for part in Document(str(path)).paragraphs)
    assert "Biên bản: bien-ban.pdf (kèm theo)" in words


async def test_what_is_deleted_is_deleted_with_its_files(asked: Asked):
    await asked.send(PDF, "bien-ban.pdf")
    await asked.send(OGG, kind="voice")
    assert len(kept(asked)) == 2
    await asked.teacher.say("xóa")
    await asked.teacher.press("Xóa cả bản nháp")
    assert kept(asked) == []

    def left(store) -> int:
        return len(store.attachments.of_report(1))

    assert await asked.talk.bot.database.read(left) == 0


async def test_a_name_from_a_mac_is_shown_and_kept_as_it_is_read(asked: Asked):
    from unicodedata import normalize  # noqa: PLC0415

    heard = await asked.send(PDF, normalize("NFD", "Biên bản họp.pdf"))
    assert "✓ Biên bản: Biên bản họp.pdf" in heard
    assert [path.name[33:] for path in kept(asked)] == ["Bien-ban-hop.pdf"]
    heard = await asked.teacher.say("sửa 1")
    heard = await asked.send(PDF + b"3", "../../etc/passwd.pdf")
    assert "✓ Biên bản: passwd.pdf" in heard
    assert [path.name[33:] for path in kept(asked)] == ["passwd.pdf"]


async def test_a_colleague_who_was_quicker_keeps_their_file_unless_it_is_changed(asked: Asked):
    colleague = asked.talk.person("t9", "Cô 9")

    def join(store) -> None:
        unit = store.people.units_of(store.people.person_at("paper", asked.teacher.address.id).id)[
            0
        ][0]
        asked.district.join(store, colleague, unit.id, "reporter")

    await asked.talk.bot.database.write(join)
    await colleague.say("báo cáo")
    await colleague.press("Làm tiếp")
    assert "Biên bản họp?" in colleague.last.text
    await asked.send(PDF, "cua-lan.pdf")
    asked.talk.paper.uploads["other"] = PDF + b"9"
    from bot.chat import Attachment  # noqa: PLC0415

    part = Attachment("file", "other", name="cua-co-9.pdf", size=len(PDF) + 1)
    heard = await colleague._tell(attachments=(part,))
    assert "vừa trả lời câu này: cua-lan.pdf" in heard
    assert len(kept(asked)) == 2
    await colleague.press("Để nguyên")
    assert [path.name[33:] for path in kept(asked)] == ["cua-lan.pdf"]
