"""The office's own report: official, true, frozen, and rolled up from the offices below."""

import hashlib
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from docx import Document

from bot.chat import File
from bot.totals.album import _fewer
from bot.totals.desk import DOCX, make_office_report, office_file
from bot.totals.outline import headings
from bot.totals.snapshot import from_json, official, take, to_json
from storage.campaigns import Campaign
from storage.store import Store
from tests.documents.nd30_check import violations
from tests.documents.samples import draw_classroom
from tests.totals.conftest import House
from tests.totals.sample import (
    DUE,
    OPENED,
    PHOTOS,
    PROFILE,
    answers,
    campaign_of,
    district,
    form,
    hand_in,
    keep_form,
    photo_key,
    submit,
)
from tests.totals.small import small_form, state

NOW = DUE + timedelta(days=3)


def lines(path: Path) -> list[str]:
    """Every paragraph and every row of a table, in order."""
    document = Document(str(path))
    said: list[str] = []
    for element in document.element.body.iter():
        if element.tag.endswith("}p"):
            said.append(
                "".join(text.text or "" for text in element.iter() if text.tag.endswith("}t"))
            )
    return [line for line in said if line]


def tables(path: Path) -> dict[str, list[str]]:
    """The rows of all tables by what stands in their second cell."""
    found: dict[str, list[str]] = {}
    for table in Document(str(path)).tables:
        for row in table._tbl.tr_lst:
            cells = [
                "".join(t.text or "" for t in c.iter() if t.tag.endswith("}t")) for c in row.tc_lst
            ]
            if len(cells) > 2:
                found[cells[1]] = cells
    return found


def whole(store: Store) -> Campaign:
    """Last year's campaign, and this year's with 27 of 30 schools in, two of them late."""
    above = store.people.add_unit("Sở GD&ĐT Long An", kind="office")
    made = district(store, above=above)
    last = campaign_of(store, made.office, made.schools, title="Tuần lễ năm 2022")
    for number, unit in enumerate(made.schools[:25]):
        submit(store, last, unit, answers(number + 100), OPENED)
    hand_in(store, made)
    store.campaigns.change(made.campaign, previous_id=last)
    return store.campaigns.campaign(made.campaign)


async def draw_photos(house: House, schools: int) -> None:
    (house.files.folder / "photos").mkdir(parents=True, exist_ok=True)
    for number in range(schools):
        for place, name in enumerate(PHOTOS):
            key = photo_key(number, name)
            draw_classroom(house.files.folder / key, (320, 240), number * 7 + place)


async def paper_of(house: House, campaign: Campaign, *, at_deadline: bool = False) -> Path:
    document_id, name = await house.database.write(
        lambda store: make_office_report(store, campaign, NOW, at_deadline=at_deadline)
    )
    return await house.paperwork.path(office_file(document_id, name))


def summed(name: str, numbers: range) -> Decimal:
    """An independent sum over the stored answers."""
    return sum(
        (
            Decimal(value)
            for number in numbers
            for ref, value in answers(number)["values"].items()
            if ref.endswith(f"/{name}")
        ),
        Decimal(),
    )


def dots(number: Decimal) -> str:
    return f"{int(number):,}".replace(",", ".")


async def test_it_is_official_and_true(house: House):
    campaign = await house.database.write(whole)
    await draw_photos(house, 27)
    path = await paper_of(house, campaign)
    assert violations(path.read_bytes()) == []
    said = lines(path)
    assert said[:3] == ["UBND HUYỆN THỦ THỪA", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO HUYỆN THỦ THỪA", said[2]]
    assert "Kính gửi: Sở Giáo dục và Đào tạo Long An" in said
    assert "Về việc tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2023" in said
    assert any("đã nộp: 27 đơn vị, đạt 90%; trong đó nộp đúng hạn 25" in line for line in said)
    assert "Trường THCS Bình Thạnh; Trường THCS Nhị Thành." in said  # late
    assert f"- Ngân sách nhà nước: {dots(summed('ngan_sach', range(27)))} đồng." in said
    assert f"- Tổng kinh phí: {dots(summed('tong_kinh_phi', range(27)))} đồng." in said
    assert any(line.startswith("- Về tuyên truyền: Băng rôn") for line in said)
    assert [
        line for line in said if line in ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG", "Bùi Văn Nhựt")
    ] == ["KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG", "Bùi Văn Nhựt"]


async def test_it_compares_with_the_last_period(house: House):
    campaign = await house.database.write(whole)
    found = tables(await paper_of(house, campaign))
    now, before = summed("bang_ron", range(27)), summed("bang_ron", range(100, 125))
    change = now - before
    row = next(cells for name, cells in found.items() if name.startswith("Băng rôn"))
    assert row[3:] == [dots(before), dots(now), f"{'+' if change > 0 else ''}{dots(change)}"]


async def test_photos_are_those_with_permission_and_still_there(house: House):
    campaign = await house.database.write(whole)
    await draw_photos(house, 3)
    said = lines(await paper_of(house, campaign))
    captions = [line for line in said if line.startswith("Ảnh ")]
    assert captions[0] == "Ảnh 1. Toàn cảnh lễ khai mạc (Trường MG Mỹ An)"
    # The third sample school gave no permission; the photos of all others have been taken back.
    assert {line.rpartition("(")[2].strip("./)") for line in captions} == {
        "Trường MG Mỹ An",
        "Trường MG Mỹ Lạc",
    }


async def test_the_same_snapshot_gives_the_same_bytes(house: House):
    campaign = await house.database.write(whole)
    first = await paper_of(house, campaign, at_deadline=True)
    content = first.read_bytes()
    kept = await house.database.read(lambda store: store.totals.office_document(int(first.stem)))
    assert kept
    assert kept.sha256 == hashlib.sha256(content).hexdigest()

    def later(store: Store) -> None:
        for row in store.totals.rows(campaign.id)[:2]:
            submit(store, campaign.id, row.unit_id, answers(7), NOW)
        store.connection.exec_driver_sql("UPDATE units SET name = 'Trường mới' WHERE level = 'MG'")

    await house.database.write(later)
    await house.files.delete(first.relative_to(house.files.folder).as_posix())
    again = await house.paperwork.path(File(f"made/office/{first.stem}.docx", "x", DOCX))
    assert again.read_bytes() == content
    other = lines(await paper_of(house, campaign, at_deadline=True))
    assert any("tổng hợp từ báo cáo của 25 đơn vị" in line for line in other)  # frozen for ever
    assert any("đã nộp: 27 đơn vị" in line for line in other)
    place = other.index("3. Nộp sau khi chốt số liệu")  # named, not called missing
    assert other[place + 1] == "Trường THCS Bình Thạnh; Trường THCS Nhị Thành."


async def test_an_office_below_submits_it_and_its_schools_count_above(house: House):
    def work(store: Store) -> tuple[Campaign, Campaign, int, int]:
        form_id = keep_form(store, small_form())
        above = district(
            store,
            [("Trường THPT X", "THPT")],
            name="Sở GD&ĐT Tây Ninh",
            profile={},
            form_id=form_id,
        )
        below = district(
            store,
            [("Trường TH A", "TH"), ("Trường TH B", "TH")],
            above=above.office,
            form_id=form_id,
            parent_id=above.campaign,
        )
        store.campaigns.expect(above.campaign, below.office)
        submit(store, above.campaign, above.schools[0], state(hs="100", viec="doc"), OPENED)
        submit(store, below.campaign, below.schools[0], state(hs="20", viec="doc ve"), OPENED)
        report = store.reports.of_unit(above.campaign, below.office)
        campaigns = [store.campaigns.campaign(one) for one in (above.campaign, below.campaign)]
        return campaigns[0], campaigns[1], report.id, below.office

    above, below, report_id, _ = await house.database.write(work)

    def hang(store: Store) -> int:
        document_id, _ = make_office_report(store, below, NOW, at_deadline=True)
        made = store.totals.office_document(document_id)
        assert made
        return store.totals.hang_on(report_id, made, NOW)

    document = await house.database.write(hang)
    own = await house.paperwork.path(File(f"documents/{document}.docx", "x", DOCX))
    assert "Kính gửi: Sở Giáo dục và Đào tạo Tây Ninh" in lines(own)
    assert violations(own.read_bytes()) == []
    said = lines(await paper_of(house, above))
    assert any("Tổng số đơn vị phải báo cáo: 3 đơn vị" in line for line in said)
    assert "- Học sinh: 120 học sinh." in said
    assert "- Các việc: Đọc sách (2 đơn vị); Vẽ tranh; tô màu (1 đơn vị)." in said


def test_the_headings_are_those_of_the_schools_own_paper():
    found = [(one.kind, one.text) for one in headings(form())]
    assert found[:3] == [
        ("part", "TỔ CHỨC TRIỂN KHAI TUẦN LỄ"),
        ("item", "Công tác chỉ đạo, ban hành kế hoạch triển khai, kiểm tra, đôn đốc thực hiện"),
        ("item", "Lễ phát động Tuần lễ"),
    ]
    named = [name for one in headings(form()) for _, names in one.sentences for name in names]
    assert len(named) == len(set(named))
    assert "bang_ron" in named  # by way of the calculation that the sentence shows
    assert not {"cap", "chuc_vu", "anh_le_phep"} & set(named)


def test_photos_are_spread_evenly():
    assert _fewer([list("ab"), list("cd"), list("e")], 9) == [["a", "b"], ["c", "d"], ["e"]]  # type: ignore[list-item]
    assert _fewer([["a"], ["b"], ["c"], ["d"]], 2) == [["a"], [], ["c"], []]  # type: ignore[list-item]


def test_offices_are_named_in_full():
    assert official("Phòng GD&ĐT Thủ Thừa") == "Phòng Giáo dục và Đào tạo Thủ Thừa"
    assert official("Phòng VH-XH xã Bình Thạnh") == "Phòng Văn hóa - Xã hội xã Bình Thạnh"


async def test_a_snapshot_is_plain_json_and_holds_no_telephone_number(house: House):
    campaign = await house.database.write(whole)
    taken = await house.database.write(lambda store: take(store, campaign, NOW, at_deadline=True))
    kept: dict[str, Any] = to_json(taken)
    assert from_json(kept) == taken
    assert (taken.frozen, taken.at) == (True, DUE)
    assert "contact" not in {k for k, v in taken.office.items() if not v}
    assert taken.office["signer_title"] == PROFILE["signer_title"]
