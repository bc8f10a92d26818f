"""The sheet of invitations: eight cards a page, and fresh codes that replace unused ones."""

import io
import re
import shutil
import subprocess
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from docx import Document

from bot.campaign import Deeds
from bot.chat import Way
from bot.documents import preview
from bot.errors import NotAllowed
from bot.invitation_sheet import Card, sheet
from bot.invitations import invite_all
from bot.texts import texts
from storage.database import Database

NOW = datetime(2024, 5, 6, 2, tzinfo=UTC)
LONG = "Trường Phổ thông dân tộc bán trú Tiểu học và Trung học cơ sở Nguyễn Thị Minh Khai cơ sở 2"


ZALO = Way("Zalo", "https://zalo.me/s/botcreator/?id=1459232241454765289")
TELEGRAM = Way("Telegram", "https://t.me/thuthua_baocao_bot?start={code}")
WAYS = [(), (ZALO,), (ZALO, TELEGRAM)]


def cards(count: int, ways: tuple[Way, ...] = ()) -> list[Card]:
    return [
        Card(
            "Phòng Văn hóa - Xã hội xã Thủ Thừa",
            LONG if number == 3 else f"Trường TH Bình An {number}",
            "reporter",
            "7K3M-9QXD",
            "https://baocao.thuthua.longan.gov.vn/moi/7K3M9QXD",
            "05/07/2024",
            ways,
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("count", [1, 8, 34])
def test_the_sheet_holds_every_card(count: int):
    paper = Document(io.BytesIO(sheet(cards(count), texts("vi"))))
    cells = [c.text for t in paper.tables for row in t.rows for c in row.cells]
    assert sum("BATDAU 7K3M-9QXD" in cell for cell in cells) == count
    assert len(paper.inline_shapes) == count


def test_each_way_has_a_code_to_scan_and_says_what_to_do_then():
    paper = Document(io.BytesIO(sheet(cards(1, (ZALO, TELEGRAM)), texts("vi"))))
    (ways,) = paper.tables[0].rows[0].cells[0].tables
    assert [cell.text.split("\n") for cell in ways.rows[0].cells] == [
        ["Trên web", "", "Quét mã là vào"],
        ["Zalo", "", "Quét mã, rồi nhắn:", "BATDAU 7K3M-9QXD"],
        ["Telegram", "", "Quét mã, bấm Bắt đầu"],
    ]
    assert len(paper.inline_shapes) == 3
    assert TELEGRAM.link("7K3M9QXD") == "https://t.me/thuthua_baocao_bot?start=7K3M9QXD"
    assert ZALO.link("7K3M9QXD") == ZALO.url


@pytest.mark.libreoffice
@pytest.mark.parametrize("ways", WAYS, ids=len)
@pytest.mark.parametrize(("count", "pages"), [(1, 1), (8, 1), (34, 5)])
def test_eight_cards_make_a_page(count: int, pages: int, ways: tuple[Way, ...]):
    pdf = preview.pdf(sheet(cards(count, ways), texts("vi")))
    if pdf is None:
        pytest.skip("LibreOffice is not installed (Debian: libreoffice-writer)")
    drawn = preview.pages(pdf, last=9)
    if drawn is None:
        pytest.skip("poppler is not installed (Debian: poppler-utils)")
    assert len(drawn) == pages


@pytest.mark.libreoffice
@pytest.mark.parametrize("ways", WAYS, ids=len)
def test_no_card_is_cut_off(ways: tuple[Way, ...], tmp_path: Path):
    """The last line of every card is on the paper, also under the longest name."""
    pdf = preview.pdf(sheet(cards(8, ways), texts("vi")))
    program = shutil.which("pdftotext")
    if pdf is None or program is None:
        pytest.skip("LibreOffice or poppler is not installed (Debian: libreoffice-writer)")
    (tmp_path / "sheet.pdf").write_bytes(pdf)
    boxes = subprocess.run(
        [program, "-bbox", tmp_path / "sheet.pdf", "-"], capture_output=True, check=True, text=True
    ).stdout
    bottoms = [float(y) for y in re.findall(r'yMax="([\d.]+)">05/07/2024<', boxes)]
    points = 72 / 25.4
    rows = [(8 + 68 * row) * points for row in (1, 2, 3, 4)]  # lower edges of the cards
    assert len(bottoms) == 8
    assert all(bottom <= rows[place // 2] + 1 for place, bottom in enumerate(sorted(bottoms))), (
        bottoms
    )


async def test_a_fresh_code_replaces_the_unused_one(database: Database):
    deeds = Deeds(
        ZoneInfo("Asia/Ho_Chi_Minh"), "http://b.test", timedelta(days=90), (time(20), time(6))
    )

    def work(store):
        office = store.people.add_unit("Phòng", kind="office")
        schools = [
            store.people.add_unit(name, kind="school", parent_id=office) for name in ("A", "B")
        ]
        officer = store.people.add_person("paper", "o", "Minh", NOW)
        store.people.join(officer.id, office, "officer", NOW)
        teacher = store.people.add_person("paper", "t", "Lan", NOW)
        store.people.join(teacher.id, schools[1], "reporter", NOW)
        with pytest.raises(NotAllowed):
            invite_all(store, deeds, office, "reporter", teacher.id, NOW)
        ((unit, old),) = invite_all(store, deeds, office, "reporter", officer.id, NOW)
        later = NOW + timedelta(minutes=1)
        ((_, new),) = invite_all(store, deeds, office, "reporter", officer.id, later)
        return unit.name, store.people.invitation(old), store.people.invitation(new), [
            (u.name, i.code == new) for u, i in store.people.invitations_made(office, later)
        ]  # fmt: skip

    name, old, new, printed = await database.write(work)
    assert name == "A"
    assert old.expires_at == NOW + timedelta(minutes=1)
    assert new.expires_at > NOW + timedelta(days=30)
    assert printed == [("A", True)]
