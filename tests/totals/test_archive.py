"""The ZIP of all documents: names for people, made on the way, never in memory."""

import tracemalloc
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

from docx import Document

from bot.totals.archive import Entry, packed
from bot.totals.desk import zip_file
from bot.totals.names import human, unique
from storage.campaigns import Campaign
from storage.store import Store
from tests.totals.conftest import House
from tests.totals.sample import DUE, district, keep_form, submit
from tests.totals.small import small_form, state

NOW = DUE + timedelta(days=1)
AT = datetime.fromisoformat("2023-10-15T09:30")


async def test_documents_that_nobody_asked_for_are_made_on_the_way(house: House):
    def work(store: Store) -> Campaign:
        schools = [("Trường TH Bình An", "TH"), ("Trường TH Bình An", "TH"), ("Trường MN X", "MN")]
        made = district(store, schools, form_id=keep_form(store, small_form()))
        for unit in made.schools[:2]:
            submit(store, made.campaign, unit, state(hs="5", viec="doc"), DUE)
        return store.campaigns.campaign(made.campaign)

    campaign = await house.database.write(work)
    file = zip_file(campaign, NOW)
    assert file.name == ("Báo cáo của các đơn vị - Tuần lễ hưởng ứng học tập suốt đời năm 2023.zip")
    with zipfile.ZipFile(await house.paperwork.path(file)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "TH Bình An - Báo cáo Ngày sách.docx",
            "TH Bình An - Báo cáo Ngày sách (2).docx",
        ]
        info = archive.infolist()[0]
        assert info.flag_bits & 0x800  # the name is UTF-8
        assert info.compress_type == zipfile.ZIP_STORED
        assert info.date_time == (2023, 10, 15, 0, 0, 0)
        with archive.open(info) as document:
            assert any("5 học sinh" in line.text for line in Document(document).paragraphs)


async def test_a_large_archive_takes_no_memory(tmp_path: Path):
    source = tmp_path / "source"
    source.write_bytes(bytes(range(256)) * 20_000)  # 5 MB
    entries = [Entry("x", f"Trường số {number}.docx", AT) for number in range(40)]

    async def path_of(_: Entry) -> Path:
        return source

    tracemalloc.start()
    with (tmp_path / "all.zip").open("wb") as target:
        async for piece in packed(entries, path_of):
            target.write(piece)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 8_000_000
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 40


def test_names_are_safe_on_every_machine():
    assert human('Trường A/B: "C" <x>|\x00 ?*.') == "Trường A B C x"
    assert human("Tru\u031bo\u031b\u0300ng") == "Trường"
    assert human("...") == "tep"
    assert len(human("a" * 500)) <= 120
    assert list(unique(["Bình An", "BÌNH AN", "x"], "csv")) == [
        "Bình An.csv",
        "BÌNH AN (2).csv",
        "x.csv",
    ]
