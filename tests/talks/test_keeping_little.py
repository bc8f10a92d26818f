"""What is kept only for a while: files made for a download, lists of schools."""

import os
from datetime import UTC, datetime, timedelta

from tests.roster import files as rosters
from tests.talks.district import District
from tests.talks.paper import Talk


async def test_made_files_and_lists_go_when_their_time_is_over(talk: Talk):
    district = District(talk)
    await district.found()
    await district.officer.send_file("ds.xlsx", rosters.workbook([["Tên trường"], ["TH Mới"]]))
    await district.officer.press("Ghi")
    old = await talk.bot.files.write("made/totals-xlsx/1-1.xlsx", b"old")
    new = await talk.bot.files.write("made/totals-xlsx/1-2.xlsx", b"new")
    long_ago = (datetime.now(UTC) - timedelta(days=3)).timestamp()
    os.utime(old, (long_ago, long_ago))
    await talk.bot._clean()
    assert not old.exists()
    assert new.exists()
    talk.clock.turn(days=120)
    await talk.bot._clean()
    left = await talk.bot.database.read(lambda s: s.rosters.newest_applied(district.office_id))
    assert left is None
