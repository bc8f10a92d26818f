"""A reporter of one school can learn nothing of another, by any button, word or link."""

from pathlib import Path

from tests.talks.district import District
from tests.talks.paper import Talk

SECRET = "Học sinh mượn sách nhiều hơn"


async def _district(talk: Talk, folder: Path) -> District:
    district = District(talk)
    await district.found()
    await district.open(folder)
    await district.fill("Trường TH Bình An", pupils="4321")
    return district


async def test_no_button_of_another_school_or_of_the_office_works(talk: Talk, tmp_path: Path):
    district = await _district(talk, tmp_path)
    spy = district.teachers["Trường TH Mỹ Thạnh"]
    (victim,) = await talk.bot.database.read(
        lambda store: [s for s in store.campaigns.standing(1) if s.name == "Trường TH Bình An"]
    )
    number = victim.report_id
    from handlers.commands import BUTTONS  # noqa: PLC0415

    tokens = [f"c.{name}.{number}" for name in BUTTONS if name not in ("deleteme", "deleteall")]
    tokens += [
        f"c.oaccept.{number}-1",
        f"q.{number}.2.a0",
        f"q.{number}.3.keep",
        f"q.{number}.4.back",
    ]
    for token in tokens:
        before = len(spy.messages)
        await talk.receive(spy, button=token, pressed="x")
        await talk.settle()
        heard = "\n".join(m.text for m in spy.messages[before:])
        assert "4321" not in heard, token
        assert "4.321" not in heard, token
        assert SECRET not in heard, token
        assert "Bình An" not in heard, token
        files = [file.key for m in spy.messages[before:] for file in m.files]
        assert not files, token
    after = await talk.bot.database.read(lambda store: store.reports.report(number))
    assert after.status == "submitted"


async def test_no_order_of_an_officer_works_for_a_teacher(talk: Talk, tmp_path: Path):
    district = await _district(talk, tmp_path)
    spy = district.teachers["Trường TH Mỹ Thạnh"]
    for words in (
        "tiến độ", "ai chưa nộp", "xem TH Bình An", "duyệt TH Bình An", "duyệt tất cả",
        "trả lại TH Bình An: câu 2 sai", "so sánh TH Bình An", "tải Excel", "tải zip",
        "báo cáo tổng hợp", "thông báo: chào", "mời TH Bình An", "nhật ký", "danh sách trường",
    ):  # fmt: skip
        heard = await spy.say(words)
        assert "Bình An" not in heard, words
        assert "4.321" not in heard, words
        assert not spy.last.files, words


async def test_an_officer_of_another_office_sees_nothing(talk: Talk, tmp_path: Path):
    district = await _district(talk, tmp_path)
    other = talk.person("other", "Anh Khác")

    def work(store) -> None:
        office = store.people.add_unit("Phòng khác", kind="office")
        district.join(store, other, office, "officer")

    await talk.bot.database.write(work)
    for words in ("tiến độ", "xem TH Bình An", "duyệt TH Bình An", "ai chưa nộp", "đợt"):
        heard = await other.say(words)
        assert "Trường TH Bình An" not in heard
        assert "chưa mở đợt" in heard or "Không thấy trường" in heard
        assert "4.321" not in heard
    for verb in (
        "osee",
        "otext",
        "ochanges",
        "ohistory",
        "oreturn",
        "oreopen",
        "oextend",
        "oaccept",
    ):
        before = len(other.messages)
        await talk.receive(other, button=f"c.{verb}.1", pressed="x")
        await talk.settle()
        heard = "\n".join(m.text for m in other.messages[before:])
        assert "không có quyền" in heard, verb


async def test_who_deletes_themselves_leaves_the_school_its_report(talk: Talk, tmp_path: Path):
    district = await _district(talk, tmp_path)
    teacher = district.teachers["Trường TH Bình An"]
    await teacher.say("xóa")
    await teacher.press("Xóa tài khoản của tôi")
    heard = await district.officer.say("xem bình an")
    assert "bản 1" in heard.lower()
    assert district.officer.last.files or district.officer.messages[-2].files
