"""The office changes its form while schools are answering it: nobody begins anew."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.talks.district import _SURVEY, District, workbook
from tests.talks.paper import Talk

BETTER = (
    _SURVEY[0],
    _SURVEY[1],
    ("integer", "giao_vien", "Bao nhiêu giáo viên dự lễ?", "yes", "", "người", "Giáo viên dự lễ"),
    ("integer", "hoc_sinh", "Bao nhiêu học sinh dự lễ?", "yes", ". < 50", "học sinh", "Học sinh"),
    ("text", "kinh_phi", "Kinh phí vận động từ nguồn nào?", "yes", "", "", "Nguồn kinh phí"),
)
"""One question more; a new rule; one of another type; the last one dropped."""


@pytest.fixture
async def district(talk: Talk, tmp_path: Path) -> District:
    district = District(talk)
    await district.found()
    await district.open(tmp_path)
    return district


async def publish(district: District, survey: Sequence[Sequence[str]] = BETTER) -> str:
    heard = await district.officer.send_file("phieu-moi.xlsx", workbook(survey))
    assert "đang chạy với bản trước" in heard
    assert "thêm 1 câu, bớt 1 câu, đổi kiểu 1 câu" in heard
    return await district.officer.press("Thay phiếu đang chạy")


async def test_a_draft_goes_on_in_the_new_version_with_what_was_answered(district: District):
    teacher = district.teachers["Trường TH Bình An"]
    await teacher.say("báo cáo")
    await teacher.press("Bắt đầu")
    await teacher.press("Có")
    await teacher.say("100")
    await teacher.say("1.500.000")
    old_button = teacher.last.choices[0]
    assert "Đã báo cho 1 người" in await publish(district)
    assert 'Phiếu của "Tuần lễ 2023" vừa có bản mới' in teacher.last.text
    heard = await teacher.press("Làm tiếp")
    assert "Các câu đã trả lời được giữ nguyên" in heard
    assert "Câu mới cần trả lời: 2" in heard  # one is new, one has another type
    assert "Cần trả lời lại: Bao nhiêu học sinh dự lễ?" in heard
    assert "Kinh phí vận động: 1500000" in heard  # what was answered is not lost without a word
    heard = await teacher._tell(button=old_button.token, pressed="x")
    assert "Học sinh mượn sách" not in heard
    assert "giáo viên" in heard  # a button of the old form changes nothing
    assert "học sinh" in await teacher.say("12")
    assert "nguồn nào" in await teacher.say("45")
    heard = await teacher.say("Phụ huynh đóng góp")
    assert "Đã nộp" in await teacher.press("Nộp")


async def test_who_has_submitted_keeps_the_submission_and_may_add_to_it(
    district: District, talk: Talk
):
    teacher = await district.fill("Trường TH Bình An", pupils="45")
    await publish(district)

    def documents(store) -> list[int]:
        report = store.reports.owed_by([store.people.unit_named("Trường TH Bình An", "school").id])
        last = store.reports.last_submission(report[0].id)
        return [store.reports.document(last.document_id).form_id, report[0].campaign.form_id]

    submitted, asked = await talk.bot.database.read(documents)
    assert submitted != asked
    await district.officer.say("xem TH Bình An")
    heard = await district.officer.press("Đọc chữ")
    assert "1.500.000 đồng" in heard  # read in the version in which it was given
    heard = await teacher.press("Làm tiếp")
    assert "Câu mới cần trả lời: 2" in heard


async def test_a_school_that_has_not_begun_is_asked_by_the_new_version(district: District):
    await publish(district)
    teacher = district.teachers["Trường MN Hoa Sen"]
    await teacher.say("báo cáo")
    await teacher.press("Bắt đầu")
    assert "giáo viên" in await teacher.press("Có")


async def test_totals_add_up_over_both_versions(district: District, talk: Talk):
    await district.fill("Trường TH Bình An", pupils="45")
    await publish(district)
    teacher = district.teachers["Trường MN Hoa Sen"]
    await teacher.say("báo cáo")
    await teacher.press("Bắt đầu")
    for said in ("Có", "7", "30", "Nhà hảo tâm"):
        await teacher.say(said)
    await teacher.press("Nộp")
    heard = await district.officer.say("tổng hợp")
    assert "75" in heard or district.officer.last.files  # 45 + 30, from two versions


async def test_another_form_or_a_wanted_campaign_is_no_version(district: District):
    heard = await district.officer.send_file("phieu.xlsx", workbook(title="Phiếu khác hẳn"))
    assert "Hạn nộp" in heard
    await district.officer.press("Hủy")
    await district.officer.say("mở đợt")
    assert "Hạn nộp" in await district.officer.send_file("phieu.xlsx", workbook(BETTER))


async def test_the_officer_may_open_another_campaign_all_the_same(district: District):
    heard = await district.officer.send_file("phieu.xlsx", workbook(BETTER))
    assert "đang chạy với bản trước" in heard
    assert "Hạn nộp" in await district.officer.press("Mở đợt mới")
