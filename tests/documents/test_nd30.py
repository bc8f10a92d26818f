"""Papers of every kind, checked against the decree and opened again."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from bot.documents import nd30
from bot.documents.document import (
    Appendix,
    Block,
    Dash,
    Item,
    Letterhead,
    OfficialDocument,
    Part,
    Photo,
    Photos,
    Point,
    Row,
    Signature,
    Table,
    Text,
)
from tests.documents import samples
from tests.documents.nd30_check import violations
from tests.documents.ooxml import WordFile

SIZES = [(800, 600), (600, 800), (800, 600), (800, 600), (600, 800), (600, 800), (900, 300)]
SIZES += [(800, 600), (260, 800), (800, 450), (600, 800), (800, 600)]
SIZES += [(800, 600), (600, 800), (800, 600), (600, 600), (800, 600), (600, 800), (800, 600)]
SIZES += [(160, 120)]

LONG_SCHOOL = (
    "Trường Phổ thông Dân tộc bán trú Tiểu học và Trung học cơ sở Nguyễn Thị Minh Khai số 2 xã "
    "Bình Hòa Hưng"
)
LONG_SUPERIOR = (
    "Phòng Văn hóa - Xã hội thuộc Ủy ban nhân dân xã Mỹ Thạnh Đông, huyện Đức Huệ, tỉnh Long An"
)

Photograph = Callable[[str], Path]


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Photograph:
    return samples.photo_folder(tmp_path_factory.mktemp("photos"), SIZES)


def pointed(*blocks: Block, **changes: object) -> OfficialDocument:
    """A report without appendices that says ``blocks``."""
    return samples.report(body=blocks, appendices=(), **changes)


def texts(content: bytes) -> list[str]:
    file = WordFile(content)
    return [line.text for section in file.sections for line in section.paragraphs if line.text]


# The report of the first campaign


@pytest.mark.parametrize("count", [1, 2, 3, 6, 9, 20])
def test_a_report_with_any_number_of_photos_keeps_the_decree(album: Photograph, count: int) -> None:
    assert violations(nd30.render(samples.report(count), album)) == []


def test_the_same_answers_give_the_same_bytes(album: Photograph) -> None:
    assert nd30.render(samples.report(6), album) == nd30.render(samples.report(6), album)


def test_word_processors_open_it_again(album: Photograph) -> None:
    file = docx.Document(io.BytesIO(nd30.render(samples.report(6), album)))

    assert len(file.inline_shapes) == 6
    assert len(file.sections) == 3
    assert file.core_properties.author == samples.LETTERHEAD.issuer
    assert file.core_properties.title.startswith("Báo cáo Về việc tổ chức Tuần lễ")


def test_photos_are_packed_as_they_are_and_text_is_pressed(album: Photograph) -> None:
    content = nd30.render(samples.report(2), album)

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        pressed = {entry.filename: entry.compress_type for entry in archive.infolist()}
        first = archive.read("word/media/image1.jpg")
        assert archive.testzip() is None
    assert first == album("0").read_bytes()
    assert pressed["word/media/image1.jpg"] == zipfile.ZIP_STORED
    assert pressed["word/document.xml"] == zipfile.ZIP_DEFLATED


def test_a_photo_shown_twice_is_packed_once(album: Photograph) -> None:
    twice = Photos((Photo("0", "Một"), Photo("0", "Hai")))
    content = nd30.render(pointed(Text("Ảnh:"), twice), album)

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert sum("media" in name for name in archive.namelist()) == 1


def test_ten_photos_stay_under_five_megabytes(tmp_path: Path) -> None:
    largest = samples.photo_folder(tmp_path, [(1600, 1200)])
    photo = largest("0")
    photo.write_bytes(photo.read_bytes().ljust(440_000, b"\0"))
    for number in range(1, 10):
        (tmp_path / f"{number}.jpg").write_bytes(photo.read_bytes()[:-1] + bytes([number]))

    assert len(nd30.render(samples.report(10), largest)) < 5_000_000


# The letterhead


def test_number_and_day_stay_blank_until_the_clerk_gives_them(album: Photograph) -> None:
    lines = texts(nd30.render(samples.report(1), album))

    assert "Số:       /BC-THTT" in lines
    assert "Tân Thành, ngày        tháng 10 năm 2023" in lines


def test_nothing_known_of_the_date_leaves_all_of_it_blank(album: Photograph) -> None:
    head = Letterhead("UBND xã A", "Trường B", symbol="B", place="A", subject="Về việc C")
    content = nd30.render(pointed(Text("Không có."), letterhead=head), album)

    assert violations(content) == []


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ("2026-01-05", "Tân Thành, ngày 05 tháng 01 năm 2026"),
        ("2026-02-28", "Tân Thành, ngày 28 tháng 02 năm 2026"),
        ("2026-05-09", "Tân Thành, ngày 09 tháng 5 năm 2026"),
        ("2026-12-31", "Tân Thành, ngày 31 tháng 12 năm 2026"),
    ],
)
def test_zeros_stand_only_before_small_days_and_the_first_two_months(
    album: Photograph, date: str, written: str
) -> None:
    head = Letterhead("UBND xã A", "Trường B", "7", "B", "Tân Thành", date, subject="Về việc C")
    lines = texts(nd30.render(pointed(Text("Không có."), letterhead=head), album))

    assert written in lines
    assert "Số: 07/BC-B" in lines


def test_the_longest_names_keep_the_decree(album: Photograph) -> None:
    head = Letterhead(LONG_SUPERIOR, LONG_SCHOOL, "128", "PTDTBTTH&THCSNTMK", "Bình Hòa Hưng")
    head = Letterhead(
        LONG_SUPERIOR,
        LONG_SCHOOL,
        "128",
        "PTDTBTTH&THCSNTMK",
        "Bình Hòa Hưng",
        subject=" ".join(["Về việc tổ chức Tuần lễ hưởng ứng học tập suốt đời"] * 3),
    )
    document = samples.report(2, letterhead=head, addressees=(LONG_SUPERIOR, LONG_SCHOOL))

    assert violations(nd30.render(document, album)) == []


def test_a_school_name_is_not_broken_inside_a_word(album: Photograph) -> None:
    file = WordFile(nd30.render(samples.report(1), album))
    names = next(iter(file.sections[0].blocks)).rows[0].cells[0].paragraphs

    assert [run.text.strip() for run in names[1].runs] == [
        "TRƯỜNG TIỂU HỌC VÀ",
        "TRUNG HỌC CƠ SỞ TÂN THÀNH",
    ]


# Addressees, grounds, the signature


def test_one_addressee_stands_on_the_line_and_several_below_it(album: Photograph) -> None:
    one = texts(nd30.render(pointed(Text("Không."), addressees=("Sở GD&ĐT.",)), album))
    two = texts(nd30.render(pointed(Text("Không."), addressees=("Sở A", "Phòng B;")), album))

    assert "Kính gửi: Sở GD&ĐT" in one
    assert two[two.index("Kính gửi:") + 1 :][:2] == ["- Sở A;", "- Phòng B."]


def test_a_report_without_addressees_or_recipients_is_complete(album: Photograph) -> None:
    document = pointed(Text("Không."), addressees=(), recipients=("Lưu: VT, TV.",))

    assert violations(nd30.render(document, album)) == []


def test_grounds_are_closed_one_by_one(album: Photograph) -> None:
    grounds = ("Căn cứ Luật Giáo dục;", "Căn cứ Kế hoạch số 5.")
    content = nd30.render(pointed(Text("Không."), basis=grounds), album)

    assert violations(content) == []
    assert {"Căn cứ Luật Giáo dục;", "Căn cứ Kế hoạch số 5."} <= set(texts(content))


def test_a_head_signs_without_authority(album: Photograph) -> None:
    document = pointed(Text("Không."), signature=Signature("Hiệu trưởng", "Lê Thị Ư"))
    content = nd30.render(document, album)

    assert violations(content) == []
    assert "HIỆU TRƯỞNG" in texts(content)


# The text


def test_points_are_lettered_as_the_vietnamese_alphabet_goes(album: Photograph) -> None:
    content = nd30.render(pointed(Item("Đã làm"), *[Point("Việc")] * 30), album)
    letters = [line.partition(")")[0] for line in texts(content) if line.endswith(") Việc")]

    assert "".join(letters[:23]) == "abcdđeghiklmnopqrstuvxy"
    assert letters[23:26] == ["aa", "ab", "ac"]


def test_numbers_begin_anew_under_each_heading(album: Photograph) -> None:
    body = (
        Part("Một"), Item("A"), Point("x."), Point("y."), Item("B"), Point("z."),
        Part("Hai"), Item("C"), Text("Hết."),
    )  # fmt: skip
    content = nd30.render(pointed(*body), album)

    assert violations(content) == []
    for line in ("I. MỘT", "1. A", "b) y.", "2. B", "a) z.", "II. HAI", "1. C"):
        assert line in texts(content)


def test_an_item_with_nothing_under_it_is_a_statement(album: Photograph) -> None:
    file = WordFile(nd30.render(pointed(Item("Có."), Item("Tên"), Text("Nội dung.")), album))
    lines = {p.text: p.all("bold", True) for p in file.sections[0].paragraphs if p.text}

    assert not lines["1. Có."]
    assert lines["2. Tên"]


@pytest.mark.parametrize("last", [Text("Hết."), Dash("Hết;"), Point("Hết"), Item("Hết ./.")])
def test_the_end_is_marked_once_and_on_the_line(album: Photograph, last: Block) -> None:
    content = nd30.render(pointed(Text("Mở đầu."), last), album)

    assert violations(content) == []
    assert any(line.endswith("Hết./.") for line in texts(content))


@pytest.mark.parametrize("last", [samples.FIGURES, samples.photos(3)])
def test_a_text_may_end_with_a_table_or_photos(album: Photograph, last: Block) -> None:
    content = nd30.render(pointed(Text("Như sau:"), last), album)

    assert sum(line.endswith("./.") for line in texts(content)) == 1


def test_a_long_answer_keeps_its_lines(album: Photograph) -> None:
    answer = "Ý thứ nhất.\n\n  Ý thứ hai.  \r\nÝ thứ ba" + " rất dài" * 500
    content = nd30.render(pointed(Text(answer)), album)

    assert violations(content) == []
    assert texts(content).count("Ý thứ nhất.") == texts(content).count("Ý thứ hai.") == 1


def test_what_word_cannot_show_is_left_out(album: Photograph) -> None:
    typed = "Vui\x00\x01 quá 😀👨‍👩‍👧 \ud800 <b>&amp;\ufffe \u200bHo\u0323c sinh \u2764\ufe0f"
    typed += "\U0001d420\U0001d422\U0001d428\u0309\U0001d422"  # bold letters, as on Facebook
    content = nd30.render(pointed(Text(typed)), album)

    assert violations(content) == []
    assert any(line.startswith("Vui") and "Học sinh giỏi./." in line for line in texts(content))
    assert any("<b>&amp;" in line for line in texts(content))


def test_blocks_that_say_nothing_leave_no_trace(album: Photograph) -> None:
    said = nd30.render(pointed(Text("Có.")), album)
    more = nd30.render(
        pointed(Text("😀"), Table((), ()), Photos(()), Dash("  "), Text("Có.")), album
    )

    assert said == more


# Tables and photos


def test_a_table_of_two_pages_repeats_its_heading(album: Photograph) -> None:
    rows = tuple(Row((str(n), f"Dòng {n}", "cái", "1.000", "")) for n in range(1, 90))
    appendix = Appendix("Bảng", (Table(samples.FIGURES.columns, rows),))
    document = samples.report(body=(Text("Theo Phụ lục kèm theo."),), appendices=(appendix,))

    assert violations(nd30.render(document, album)) == []


@pytest.mark.parametrize("columns", [1, 2, 8, 14])
def test_a_table_never_runs_off_the_page(album: Photograph, columns: int) -> None:
    heading = samples.FIGURES.columns[1]
    words = "Trách nhiệm phối hợp" if columns < 14 else "Nghiêng"
    table = Table((heading,) * columns, (Row((f"{words} https://{'x' * 90}",) * columns),) * 3)

    assert violations(nd30.render(pointed(table, Text("Hết.")), album)) == []


def test_photos_of_one_row_are_equally_high(album: Photograph) -> None:
    content = nd30.render(samples.report(6), album)
    file = docx.Document(io.BytesIO(content))
    heights = [shape.height for shape in file.inline_shapes]

    assert heights[0] == heights[1]
    assert heights[2] == heights[3]


def test_a_small_photo_is_not_blown_up(album: Photograph) -> None:
    content = nd30.render(pointed(Text("Ảnh:"), Photos((Photo("19"),))), album)
    (shape,) = docx.Document(io.BytesIO(content)).inline_shapes

    assert shape.width.inches == pytest.approx(160 / 96, abs=0.01)


def test_a_photo_keeps_its_shape(album: Photograph) -> None:
    content = nd30.render(samples.report(20), album)

    for shape, (width, height) in zip(
        docx.Document(io.BytesIO(content)).inline_shapes, SIZES, strict=True
    ):
        assert shape.width / shape.height == pytest.approx(width / height, rel=0.01)


def test_one_appendix_has_no_number(album: Photograph) -> None:
    document = samples.report(
        body=(Text("Số liệu theo Phụ lục kèm theo."),),
        appendices=(Appendix("Bảng số liệu", (samples.FIGURES,)),),
    )
    content = nd30.render(document, album)

    assert violations(content) == []
    assert "Phụ lục" in texts(content)
