"""An officer reviews in chat: progress, returning single questions, accepting, more time."""

from pathlib import Path

import pytest

from tests.talks.district import District
from tests.talks.paper import Talk, replay


@pytest.fixture
async def district(talk: Talk, tmp_path: Path) -> District:
    district = District(talk)
    await district.found()
    await district.open(tmp_path)
    return district


async def test_progress_and_who_is_missing(district: District):
    await district.fill("Trường TH Bình An")
    await district.teachers["Trường MN Hoa Sen"].say("báo cáo")
    await district.teachers["Trường MN Hoa Sen"].press("Bắt đầu")
    await replay(
        district.officer,
        """
        > tiến độ
        Tuần lễ 2023: 1/4 trường đã nộp, 1 đang làm, 2 chưa bắt đầu
        Chờ duyệt: 1
        > ai chua nop
        Đang làm (1):
        MN Hoa Sen
        Chưa bắt đầu (2):
        TH Mỹ Thạnh
        THCS Thị trấn
        """,
    )


async def test_one_question_goes_back_and_only_that_one_is_asked(district: District):
    teacher = await district.fill("Trường TH Mỹ Thạnh")
    await replay(
        district.officer,
        """
        > trả lại TH Mỹ Thạnh: câu 3 thiếu kinh phí vận động của phụ huynh
        Trả lại Trường TH Mỹ Thạnh 1 câu:
        Câu 3 · Kinh phí vận động (đang ghi: 1.500.000 đồng) – thiếu kinh phí vận động của phụ huynh
        > [Trả lại]
        Đã trả lại Trường TH Mỹ Thạnh 1 câu
        """,
    )
    assert "thiếu kinh phí vận động của phụ huynh" in teacher.last.text
    await replay(
        teacher,
        """
        > [Sửa ngay]
        Còn 1 câu
        Cần sửa: thiếu kinh phí vận động của phụ huynh
        Kinh phí vận động?
        > 2 triệu
        Đã đủ
        > [Nộp]
        bản 2
        Câu 3 · Kinh phí vận động: 1.500.000 đồng → 2.000.000 đồng
        """,
    )
    assert "Trường TH Mỹ Thạnh đã nộp lại (bản 2)" in district.officer.last.text
    assert "1.500.000 đồng → 2.000.000 đồng" in district.officer.last.text
    assert "1.500.000 đồng → 2.000.000 đồng" in await district.officer.say("so sánh TH Mỹ Thạnh")
    assert "Xem khác bản trước" not in [choice.label for choice in district.officer.last.choices]
    await replay(
        district.officer,
        """
        > [Duyệt]
        Đã duyệt báo cáo của Trường TH Mỹ Thạnh
        """,
    )
    assert "đã được duyệt" in teacher.last.text
    await replay(
        teacher,
        """
        > nộp
        Báo cáo đã được duyệt
        """,
    )


async def test_a_button_accepts_the_version_it_was_under(district: District):
    teacher = await district.fill("Trường TH Bình An")
    await district.officer.say("xem binh an")
    seen = district.officer.last
    await teacher.say("sửa 2 = 90")
    await teacher.press("Giữ")
    await teacher.press("Nộp")
    heard = await district.officer.press("Duyệt", seen)
    assert "bản 2, mới hơn bản thầy/cô đang xem" in heard
    heard = await district.officer.press("Duyệt")
    assert "Đã duyệt" in heard


async def test_all_plain_reports_are_accepted_together(district: District):
    await district.fill("Trường TH Bình An")
    late = district.teachers["Trường TH Mỹ Thạnh"]
    await district.fill("Trường MN Hoa Sen")
    district.talk.clock.turn(days=7)
    await district.fill("Trường TH Mỹ Thạnh")
    assert late
    await replay(
        district.officer,
        """
        > duyệt tất cả
        Duyệt 2 báo cáo
        Để xem riêng: TH Mỹ Thạnh
        > [Duyệt 2 báo cáo]
        Đã duyệt 2 báo cáo
        > mở lại hoa sen
        Đã mở lại báo cáo của Trường MN Hoa Sen
        """,
    )
    old = await district.officer.press("Duyệt 2 báo cáo")
    assert "không có gì thay đổi thêm" in old


async def test_a_school_asks_for_time_and_gets_it_with_one_tap(district: District):
    teacher = district.teachers["Trường TH Bình An"]
    await teacher.say("báo cáo")
    await teacher.press("Bắt đầu")
    await replay(
        teacher,
        """
        > xin gia hạn
        Trường cần thêm đến khi nào
        > đến 17h ngày 20/10 vì mất điện
        Đã gửi đề nghị gia hạn
        lý do: mất điện
        """,
    )
    assert "Trường TH Bình An xin gia hạn" in district.officer.last.text
    heard = await district.officer.press("Cho gia hạn")
    assert "Đã gia hạn cho Trường TH Bình An đến 17:00 ngày 20/10/2023" in heard
    assert "được gia hạn" in teacher.last.text
    again = await district.officer.press("Cho gia hạn")
    assert "đã được giải quyết rồi" in again
    district.talk.clock.turn(days=7)  # the campaign's deadline is over, not this school's
    await teacher.press("Làm tiếp")
    await teacher.press("Có")
    for said in ("100", "0", "Tốt"):
        await teacher.say(said)
    heard = await teacher.press("Nộp")
    assert "muộn" not in heard


async def test_an_officer_gives_time_in_words(district: District):
    await replay(
        district.officer,
        """
        > gia han th binh an den 17h mai
        Gia hạn cho Trường TH Bình An đến 17:00 ngày 10/10/2023?
        > [Gia hạn]
        Đã gia hạn cho Trường TH Bình An
        > gia hạn TH Mỹ Thạnh
        Gia hạn đến khi nào?
        > hôm qua
        chưa rõ
        > hết thứ sáu
        đến hết ngày 13/10/2023?
        > hủy
        không làm gì cả
        """,
    )


async def test_the_head_approves_before_it_counts(district: District):
    await district.officer.say("bật ký duyệt")
    head = district.talk.person("head", "Thầy Hùng")

    def work(store) -> None:
        unit = store.people.unit_named("Trường TH Bình An", "school")
        district.join(store, head, unit.id, "head")

    await district.talk.bot.database.write(work)
    teacher = district.teachers["Trường TH Bình An"]
    await teacher.say("báo cáo")
    await teacher.press("Bắt đầu")
    await teacher.press("Có")
    for said in ("100", "0", "Tốt"):
        await teacher.say(said)
    heard = await teacher.press("Nộp")
    assert "Đã chuyển cho thủ trưởng" in heard
    assert "đã làm xong" in head.last.text
    await replay(
        head,
        """
        > [Xem và duyệt]
        Cô 1 đã làm xong
        > [Chưa được]
        Cần sửa gì?
        > ghi thêm kết quả cụ thể
        Đã chuyển lại
        """,
    )
    assert "ghi thêm kết quả cụ thể" in teacher.last.text
    await teacher.say("sửa 4 = 12 lớp có tủ sách")
    await teacher.press("Giữ")
    await teacher.press("Nộp")
    await head.press("Xem và duyệt")
    heard = await head.press("Duyệt và nộp")
    assert "Đã nộp" in heard
    heard = await district.officer.say("tiến độ")
    assert "1/4 trường đã nộp" in heard


async def test_how_a_campaign_is_run_is_told_in_words(district: District):
    await replay(
        district.officer,
        """
        > công văn số 123/PGDĐT ngày 02/10/2023
        Công văn số 123/PGDĐT, ngày 02/10/2023
        > người duyệt: Minh
        Từ nay Anh Minh nhận tin
        > người duyệt: Hùng
        Gõ tên một cán bộ (Anh Minh)
        > hộp thư: pgd@thuthua.edu.vn
        pgd@thuthua.edu.vn
        > hộp thư
        Hộp thư nhận bản mềm: pgd@thuthua.edu.vn
        > nhận muộn đến hết ngày 20/10
        Nhận báo cáo muộn đến hết ngày 20/10/2023
        """,
    )
    district.talk.clock.turn(days=2)  # a Wednesday: the Monday that is meant is the coming one
    await replay(
        district.officer,
        """
        > gia hạn TH Bình An đến thứ hai
        đến hết ngày 16/10/2023?
        """,
    )
