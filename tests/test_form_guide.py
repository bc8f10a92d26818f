"""docs/bieu-mau.md says what is: its form works, its functions exist, every word is in it."""

import re
from pathlib import Path

import pytest

from bot.documents.outline import build
from bot.forms.columns import OWN_COLUMNS
from bot.forms.filling import Filling
from bot.forms.functions import FUNCTIONS
from bot.forms.report_sheet import KINDS
from bot.forms.sheet import FormPackage
from bot.forms.special import SPECIAL
from bot.forms.survey_rows import TYPES
from bot.forms.xform import Form
from tests.forms.workbooks import environment, package

GUIDE = (Path(__file__).parent.parent / "docs" / "bieu-mau.md").read_text(encoding="utf-8")
RARE = {"geopoint", "audio", "video", "file", "barcode"}  # not what a report asks for in a chat


def example() -> FormPackage:
    """The form under "Một phiếu đầy đủ", as an author would copy it."""
    part = GUIDE.split("## Một phiếu đầy đủ")[1].split("## Trang survey")[0]
    lines: list[str] = []
    for line in part.splitlines():
        if match := re.fullmatch(r"\*\*(\w+)\*\*", line):
            lines.append(f"## {match[1]}")
        elif line.startswith("|") and "---" not in line:
            lines.append(line)
    return package("\n".join(lines[1:]))


def paper(**answers: str) -> str:
    found = example()
    form = Form.compile(found.xform, found.layout)
    filling = Filling.start(form, environment())
    filling.answer("/data/so_lieu/so_phong", "24")
    filling.answer("/data/so_lieu/so_phong_hong", "2")
    for name in ("A1", "A2"):
        row = filling.add_row("/data/phong")
        filling.answer(f"{row}/ten_phong", f"Phòng {name}")
        filling.answer(f"{row}/muc_do", "nhe")
    for name, value in answers.items():
        filling.answer(f"/data/{name}", value)
    return repr(build(form, filling))


def test_the_form_of_the_guide_has_no_fault() -> None:
    assert example().warnings == ()


def test_it_gives_the_sentence_that_the_guide_promises() -> None:
    said = paper()
    assert "Trường có 24 phòng, trong đó 2 phòng cần sửa chữa." in said
    assert "Phòng A2: hư hỏng nhẹ, trường tự sửa được." in said
    assert "ĐỀ NGHỊ" not in said
    assert "ĐỀ NGHỊ" in paper(de_nghi="thêm kinh phí")


@pytest.mark.parametrize("word", [*KINDS, *OWN_COLUMNS, *(set(TYPES) - RARE)])
def test_the_guide_explains_every_word(word: str) -> None:
    assert re.search(rf"`{re.escape(word)}(?: \w+)?`", GUIDE)


def test_the_functions_of_the_guide_exist() -> None:
    part = GUIDE.split("## Công thức")[1].split("## Thử phiếu")[0]
    named = set(re.findall(r"([a-z][a-z:-]+)\(", part))
    assert len(named) > 20
    assert named - {"not"} <= {*FUNCTIONS, *SPECIAL}
    also = re.search(r"Các hàm khác của ODK XForms \((.*?)\)", part)
    assert also
    assert set(re.findall(r"`([\w-]+)`", also[1])) <= {*FUNCTIONS, *SPECIAL}


def test_the_guide_is_led_to_and_leads_nowhere_else() -> None:
    assert "(bieu-mau.md)" in (Path(__file__).parent.parent / "docs" / "huong-dan.md").read_text(
        encoding="utf-8"
    )
    anchors = re.findall(r"\]\(#([^)]+)\)", GUIDE)
    headings = [
        re.sub(r"[^\w -]", "", line.lstrip("# ")).lower().replace(" ", "-")
        for line in GUIDE.splitlines()
        if line.startswith("#")
    ]
    assert [anchor for anchor in anchors if anchor not in headings] == []
