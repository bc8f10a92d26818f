"""The programmes of the opening ceremony keep the decree, as papers of the kind "chương trình"."""

from pathlib import Path

import pytest

from bot.documents import nd30
from bot.documents.outline import build
from bot.forms.sheet import load_form
from bot.forms.xform import Form
from tests.documents.nd30_check import violations
from tests.documents.paper import Paper
from tests.forms.ceremonies import SCHOOLS, answered

WORKBOOK = Path(__file__).parents[2] / "templates" / "kich-ban-le-khai-mac" / "form.xlsx"


@pytest.fixture(scope="module")
def form() -> Form:
    package = load_form(WORKBOOK.read_bytes(), WORKBOOK.name)
    return Form.compile(package.xform, package.layout)


@pytest.mark.parametrize("school", SCHOOLS)
def test_the_programme_of_each_school_keeps_the_decree(form: Form, school: str) -> None:
    content = nd30.render(build(form, answered(form, SCHOOLS[school])), lambda _key: Path())
    assert violations(content) == []


def test_its_number_is_that_of_a_programme(form: Form) -> None:
    content = nd30.render(build(form, answered(form, SCHOOLS["district"])), lambda _key: Path())
    assert Paper(content).number.text == "Số: 07/CTr-THTT"
