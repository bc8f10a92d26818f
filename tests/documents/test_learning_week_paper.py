"""The reports of the first campaign, as its workbook and five schools make them, on paper."""

from pathlib import Path

import pytest

from bot.documents import nd30
from bot.documents.document import Photos
from bot.documents.outline import build
from bot.forms.sheet import load_form
from bot.forms.xform import Form
from tests.documents import samples
from tests.documents.nd30_check import violations
from tests.forms.schools import SCHOOLS, play

WORKBOOK = Path(__file__).parents[2] / "templates" / "tuan-le-hoc-tap-suot-doi" / "form.xlsx"


@pytest.fixture(scope="module")
def form() -> Form:
    package = load_form(WORKBOOK.read_bytes(), WORKBOOK.name)
    return Form.compile(package.xform, package.layout)


@pytest.mark.parametrize("school", SCHOOLS)
def test_the_report_of_each_school_keeps_the_decree(
    form: Form, school: str, tmp_path: Path
) -> None:
    document = build(form, play(form, SCHOOLS[school]).filling)
    keys = [
        photo.key
        for appendix in document.appendices
        for block in appendix.body
        if isinstance(block, Photos)
        for photo in block.photos
    ]
    sizes = {key: (800, 600) if place % 3 else (600, 800) for place, key in enumerate(keys)}
    for place, (key, size) in enumerate(sizes.items()):
        samples.draw_classroom(tmp_path / f"{key}.jpg", size, place)

    content = nd30.render(document, lambda key: tmp_path / f"{key}.jpg")

    assert violations(content) == []
