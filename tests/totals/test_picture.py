"""The picture of progress: counted right, readable on a phone, every letter in the font."""

import io
import unicodedata
from datetime import timedelta
from pathlib import Path

from PIL import Image, ImageFont

from bot.texts import texts
from bot.totals import picture
from bot.totals.desk import progress, progress_file
from bot.totals.figures import Bar, Figures, in_order
from bot.totals.picture import progress_picture, wrapped
from storage.campaigns import Campaign
from storage.store import Store
from tests.totals.conftest import House
from tests.totals.sample import DUE, TITLE, ZONE, district, keep_form, submit
from tests.totals.small import small_form, state

SCHOOLS = [(f"Trường TH số {number}", "TH") for number in range(4)] + [("Trường MN A", "MN")]


def half_done(store: Store) -> Campaign:
    made = district(store, SCHOOLS, form_id=keep_form(store, small_form()))
    submit(store, made.campaign, made.schools[0], state(), DUE - timedelta(days=1))
    submit(store, made.campaign, made.schools[1], state(), DUE + timedelta(hours=1))
    report = store.reports.of_unit(made.campaign, made.schools[2])
    store.reports.mark(report.id, status="drafting")
    extended = store.reports.of_unit(made.campaign, made.schools[3])
    store.reports.mark(extended.id, due_at=DUE + timedelta(days=9))
    return store.campaigns.campaign(made.campaign)


async def test_figures_tell_where_all_stand(house: House):
    campaign = await house.database.write(half_done)
    at = DUE + timedelta(days=1)
    found = await house.database.read(lambda store: progress(store, campaign, at, ZONE))
    assert found.bars == (Bar("MN", overdue=1), Bar("TH", done=2, waiting=1, overdue=1))
    assert (found.done, found.all, found.late) == (2, 5, 1)
    assert found.overdue == ("Trường TH số 2", "Trường MN A")
    assert found.usual is not None


async def test_the_picture_is_made_when_it_is_sent(house: House):
    campaign = await house.database.write(half_done)
    file = progress_file(campaign, DUE + timedelta(days=1))
    with Image.open(await house.paperwork.path(file)) as image:
        assert (image.format, image.width, file.mime) == ("PNG", 1080, "image/png")


def figures(names: int) -> Figures:
    bars = (Bar("MN", done=names + 1, overdue=names), Bar("", doing=1))
    late = tuple(
        f"Trường Tiểu học và Trung học cơ sở Nguyễn Thị Minh Khai {n}" for n in range(names)
    )
    return Figures(TITLE, "trước ngày 15/10/2023", DUE.astimezone(ZONE), bars, late)


def test_no_more_than_twelve_are_named():
    heights = [Image.open(io.BytesIO(progress_picture(figures(n)))).height for n in (12, 13, 40)]
    assert heights[0] < heights[1] == heights[2]
    assert texts("vi")("progress-more", count=5) == "và 5 trường nữa"


def test_nothing_asked_is_drawn_as_well():
    empty = Figures(TITLE, "", DUE.astimezone(ZONE), (), ())
    assert progress_picture(empty).startswith(b"\x89PNG")


def test_the_font_has_every_vietnamese_letter():
    marks = "\u0300\u0301\u0303\u0309\u0323"
    letters = {c for v in "aăâeêioôơuưy" for m in ("", *marks) for c in composed(v + m)}
    folder = Path(picture.__file__).parent / "fonts"
    for name in ("Arimo-Regular.ttf", "Arimo-Bold.ttf"):
        font = ImageFont.truetype(str(folder / name), 40)
        missing = bytes(font.getmask("\uffff"))
        for letter in letters | {c.upper() for c in letters} | set("đĐ0123456789/&…•"):
            assert bytes(font.getmask(letter)) != missing, letter
        assert font.getlength("ế") == font.getlength("e")


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def test_levels_go_from_young_to_old():
    assert in_order(["THCS", "", "TH", "GDTX", "MN"]) == ["MN", "TH", "THCS", "GDTX", ""]


def test_a_line_is_broken_between_words():
    font = ImageFont.truetype(str(Path(picture.__file__).parent / "fonts" / "Arimo-Bold.ttf"), 46)
    lines = list(wrapped(TITLE, font, 500))
    assert " ".join(lines) == TITLE
    assert all(font.getlength(line) <= 500 for line in lines)
