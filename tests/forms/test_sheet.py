"""Reading a workbook: what the package has, and how each fault is told."""

import json
import subprocess
import sys
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.errors import FormError
from bot.forms import sheet
from bot.forms.filling import Filling
from bot.forms.sheet import load_form
from bot.forms.xform import Form
from tests.forms.workbooks import environment, form, package, workbook

ROOT = Path(__file__).parents[2]
SMALL = """
    | type         | name | label | report::unit | bot::example | bot::profile | note to self |
    | begin_group  | g    | G     |              |              |              |              |
    | text         | ten  | Tên   |              | An           | full_name    | x            |
    | begin_repeat | hd   | H     |              |              |              |              |
    | integer      | hs   | Số    | học sinh     |              |              |              |
    | end_repeat   |      |       |              |              |              |              |
    | end_group    |      |       |              |              |              |              |
    ## report
    | kind | text | relevant | source |
    | part | Kết quả |       |        |
    | dash | Có ${hs} | ${ten} != '' | hd |
    ## settings
    | form_title | form_id | version |
    | Tuần lễ    | tuan_le | 3 |
"""


def test_a_workbook_becomes_an_xform_and_a_layout() -> None:
    loaded = load_form(workbook(SMALL), "tuần lễ.xlsx")
    assert len(loaded.sha256) == 64
    assert loaded.issues == ()
    assert loaded.layout == json.loads(json.dumps(loaded.layout))
    assert loaded.layout["report"][1] == {
        "row": 3,
        "kind": "dash",
        "text": "Có ${hs}",
        "relevant": "${ten} != ''",
        "source": "hd",
    }
    name = loaded.layout["survey"][1]
    assert (name["row"], name["path"], name["type"]) == (3, "/data/g/ten", "text")
    assert name["columns"] == {"bot::example": "An", "bot::profile": "full_name"}
    compiled = Form.compile(loaded.xform, loaded.layout)
    assert (compiled.title, compiled.id, compiled.version) == ("Tuần lễ", "tuan_le", "3")
    ten, hs = compiled.questions
    assert (ten.name, ten.repeat, hs.repeat) == ("ten", None, "/data/g/hd")
    assert hs.columns["report::unit"] == "học sinh"
    assert compiled.question("hs") is hs


def test_the_bot_itself_never_loads_pyxform() -> None:
    program = (
        "import sys, bot.forms.sheet, bot.forms.filling\n"
        "print(sorted({'pyxform', 'openpyxl', 'lxml', 'xlrd'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


FAULTS = {
    "broken XPath": (
        """
        | type    | name | label | relevant     |
        | integer | a    | A     |              |
        | integer | b    | B     | ${a} > and 3 |
        """,
        3,
        "column relevant: ${a} > and 3: an operator is missing before «3»",
    ),
    "unbalanced brackets": (
        """
        | type      | name | label | calculation   |
        | integer   | a    | A     |               |
        | calculate | b    | B     | round(${a}, 2 |
        """,
        3,
        "«)» is missing at the end",
    ),
    "unknown function": (
        """
        | type    | name | label | constraint     |
        | integer | a    | A     | rounded(.) > 3 |
        """,
        2,
        "there is no function rounded(…); is round(…) meant?",
    ),
    "wrong number of values": (
        """
        | type    | name | label | constraint |
        | integer | a    | A     | if(. > 3)  |
        """,
        2,
        "if(…) needs 3 values and has 1",
    ),
    "cyclic calculation": (
        """
        | type      | name | label | calculation |
        | calculate | a    |       | ${b} + 1    |
        | calculate | b    |       | ${c} + 1    |
        | calculate | c    |       | ${a} + 1    |
        """,
        2,
        "in a circle: a, b, c",
    ),
    "relevance that depends on itself": (
        """
        | type | name | label | relevant    |
        | text | a    | A     | ${a} = 'x'  |
        """,
        2,
        "in a circle: a",
    ),
    "misspelt relevant": (
        """
        | type | name | label | relevent   |
        | text | a    | A     | 1 = 1      |
        """,
        1,
        "this column means nothing, what stands in it is lost; is «relevant» meant?",
    ),
    "misspelt constraint": (
        """
        | type | name | label | constrant |
        | text | a    | A     | . != 'x'  |
        """,
        1,
        "is «constraint» meant?",
    ),
    "prefix without a namespace": (
        """
        | type | name | label | bind::rpt:unit |
        | text | a    | A     | kg             |
        """,
        1,
        "the prefix «rpt» is not declared; add a column namespaces",
    ),
    "unknown type": (
        """
        | type   | name | label |
        | integr | a    | A     |
        """,
        2,
        "the type «integr» is not known; is «integer» meant?",
    ),
    "unknown name": (
        """
        | type | name | label | relevant   |
        | text | a    | A     | ${b} = '1' |
        """,
        2,
        "b",
    ),
    "list without choices": (
        """
        | type         | name | label |
        | text         | a    | A     |
        | select_one x | b    | B     |
        ## choices
        | list_name | name | label |
        | y         | 1    | Một   |
        """,
        3,
        "x",
    ),
    "unclosed group": (
        """
        | type        | name | label |
        | begin_group | g    | G     |
        | text        | a    | A     |
        """,
        2,
        "begin_group",
    ),
    "no calculation": (
        """
        | type      | name | label |
        | calculate | a    | A     |
        """,
        2,
        "Missing calculation. Write the formula",
    ),
    "no such list": (
        """
        | type      | name | label | calculation                   |
        | calculate | a    | A     | instance('xx')/root/item/name |
        """,
        2,
        "there is no list called «xx»",
    ),
    "report of an unknown question": (
        """
        | type | name | label |
        | text | a    | A     |
        ## report
        | kind | text         |
        | text | Có ${hoc_sinh} |
        """,
        2,
        "there is no question called «hoc_sinh»",
    ),
    "report with a broken condition": (
        """
        | type | name | label |
        | text | a    | A     |
        ## report
        | kind | text | relevant |
        | text | x    |          |
        | text | y    | ${a} = ' |
        """,
        3,
        "quotation mark",
    ),
    "report from an unknown repeat": (
        """
        | type | name | label |
        | text | a    | A     |
        ## report
        | kind  | text | source |
        | table |      | bang   |
        """,
        2,
        "there is no group, repeat or question called «bang»",
    ),
    "check with a broken expression": (
        """
        | type | name | label | bot::check |
        | text | a    | A     | . < ${b}   |
        """,
        2,
        "b",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_its_row_and_remedy(fault: str) -> None:
    markdown, row, words = FAULTS[fault]
    with pytest.raises(FormError) as refused:
        package(markdown)
    where = "report" if "report" in fault else "survey"
    assert (refused.value.sheet, refused.value.row) == (where, row)
    assert words in refused.value.problem


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(FormError) as refused:
        package("""
            | type    | name | label | constraint |
            | integer | a    | A     | . >        |
            | integer | b    | B     | (. > 1     |
            | integer | c    | C     | foo(.)     |
        """)
    assert str(refused.value).startswith("survey, row 2: column constraint")
    assert "survey, row 3: column constraint" in refused.value.problem
    assert "survey, row 4: column constraint" in refused.value.problem


def test_a_name_without_its_braces_is_a_warning() -> None:
    issues = package("""
        | type    | name | label | relevant |
        | integer | tuoi | Tuổi  |          |
        | text    | b    | B     | tuoi > 5 |
    """).issues
    assert [(i.sheet, i.row, i.column, i.severity) for i in issues] == [
        ("survey", 3, "relevant", "warning")
    ]
    assert "${tuoi}" in issues[0].problem


def test_a_misspelt_own_column_is_a_warning() -> None:
    (issue,) = package("""
        | type | name | label | bot::exampel |
        | text | a    | A     | x            |
    """).issues
    assert (issue.severity, issue.column) == ("warning", "bot::exampel")
    assert "bot::example" in issue.problem


def test_rows_of_one_circle_in_other_rows_of_a_repeat_are_fine() -> None:
    form("""
        | type         | name | label | calculation |
        | begin_repeat | r    | R     |             |
        | integer      | x    | X     |             |
        | calculate    | sum  |       | ${x} + indexed-repeat(${sum}, ${r}, position(..) - 1) |
        | end_repeat   |      |       |             |
    """)


def test_a_date_cell_is_a_date() -> None:
    book = load_workbook(BytesIO(workbook("| type | name | label | default |\n| date | d | D | |")))
    book["survey"]["D2"] = date(2023, 10, 2)
    content = BytesIO()
    book.save(content)
    loaded = load_form(content.getvalue(), "x.xlsx")
    filling = Filling.start(Form.compile(loaded.xform), environment())
    assert filling.value("d") == "2023-10-02"


def test_an_xform_may_be_uploaded_as_it_is() -> None:
    loaded = load_form(package(SMALL).xform.encode(), "form.xml")
    assert loaded.layout == {}
    assert len(Form.compile(loaded.xform).questions) == 2


NO_FORMS = {
    "text": b"hello",
    "nothing": b"",
    "half a zip": workbook("| type |")[:200],
    "another zip": None,
    "html": b"<html><body>no</body></html>",
    "broken xml": b"<a><b></a>",
    "laughing xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
}


def other_zip() -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.txt", "a")
    return content.getvalue()


@pytest.mark.parametrize("kind", NO_FORMS)
def test_what_is_no_form_is_refused_politely(kind: str) -> None:
    with pytest.raises(FormError):
        load_form(NO_FORMS[kind] or other_zip(), "x.xlsx")


def test_a_workbook_without_survey_is_refused() -> None:
    with pytest.raises(FormError, match="no sheet called survey"):
        load_form(workbook("| type |", first="phiếu"), "x.xlsx")


def test_a_zip_bomb_is_refused_and_the_bot_lives_on() -> None:
    book = workbook("| type | name |\n| text | a |")
    content = BytesIO()
    with zipfile.ZipFile(BytesIO(book)) as old, zipfile.ZipFile(content, "w", 8) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                huge = b"<row><c><v>" + b"1" * 300_000_000 + b"</v></c></row></sheetData>"
                data = data.replace(b"</sheetData>", huge)
            new.writestr(name, data)
    assert len(content.getvalue()) < sheet.LARGEST_FILE
    with pytest.raises(FormError, match="far larger than it looks"):
        load_form(content.getvalue(), "bomb.xlsx")


def test_a_workbook_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "WALL_SECONDS", 0.01)
    with pytest.raises(FormError, match="takes too long"):
        load_form(workbook(SMALL), "x.xlsx")


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(FormError, match="larger than 10 MB"):
        load_form(b" " * 10_000_001, "x.xlsx")
