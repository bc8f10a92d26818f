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
from bot.forms.excel_formulas import from_excel
from bot.forms.fault_words import (
    SHOWN,
    FormFaults,
    counted,
    line,
    listed,
    problem_and_remedy,
)
from bot.forms.file_kinds import LARGEST_FILE
from bot.forms.filling import Filling
from bot.forms.sheet import load_form
from bot.forms.xform import Form
from bot.texts import texts
from tests.forms.workbooks import environment, faults_of, form, package, workbook

SAY = texts("vi")

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
    assert loaded.warnings == ()
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
        ("survey", 3, "relevant", "fault-xpath-operator"),
    ),
    "unbalanced brackets": (
        """
        | type      | name | label | calculation   |
        | integer   | a    | A     |               |
        | calculate | b    | B     | round(${a}, 2 |
        """,
        ("survey", 3, "calculation", "fault-xpath-bracket-end"),
    ),
    "unknown function": (
        """
        | type    | name | label | constraint     |
        | integer | a    | A     | rounded(.) > 3 |
        """,
        ("survey", 2, "constraint", "fault-function-meant"),
    ),
    "as in Excel": (
        """
        | type    | name | label | constraint        |
        | integer | a    | A     | AND(. > 0; . < 9) |
        """,
        ("survey", 2, "constraint", "fault-excel"),
    ),
    "too few values": (
        """
        | type    | name | label | constraint |
        | integer | a    | A     | if(. > 3)  |
        """,
        ("survey", 2, "constraint", "fault-function-few"),
    ),
    "too many values": (
        """
        | type    | name | label | constraint   |
        | integer | a    | A     | not(., 1, 2) |
        """,
        ("survey", 2, "constraint", "fault-function-many"),
    ),
    "cyclic calculation": (
        """
        | type      | name | label | calculation |
        | calculate | a    |       | ${b} + 1    |
        | calculate | b    |       | ${c} + 1    |
        | calculate | c    |       | ${a} + 1    |
        """,
        ("survey", 2, "calculation", "fault-circle"),
    ),
    "cyclic calculation in a form that pyxform refuses": (
        """
        | type      | name | label | calculation |
        | calculate | a    |       | ${b} + 1    |
        | calculate | b    |       | ${a} + 1    |
        | integr    | c    | C     |             |
        """,
        ("survey", 2, "calculation", "fault-circle"),
    ),
    "relevance that depends on itself": (
        """
        | type | name | label | relevant    |
        | text | a    | A     | ${a} = 'x'  |
        """,
        ("survey", 2, "relevant", "fault-circle"),
    ),
    "misspelt relevant": (
        """
        | type | name | label | relevent   |
        | text | a    | A     | 1 = 1      |
        """,
        ("survey", 1, "relevent", "fault-column-lost"),
    ),
    "misspelt constraint": (
        """
        | type | name | label | constrant |
        | text | a    | A     | . != 'x'  |
        """,
        ("survey", 1, "constrant", "fault-column-lost"),
    ),
    "misspelt column of choices": (
        """
        | type          | name | label |
        | select_one cl | a    | A     |
        ## choices
        | list_name | name | labl |
        | cl        | x    | X    |
        """,
        ("choices", 1, "labl", "fault-column-lost"),
    ),
    "prefix without a namespace": (
        """
        | type | name | label | bind::rpt:unit |
        | text | a    | A     | kg             |
        """,
        ("survey", 1, "bind::rpt:unit", "fault-prefix"),
    ),
    "column twice": (
        """
        | type | name | label | label |
        | text | a    | A     | B     |
        """,
        ("survey", 1, "label", "fault-column-twice"),
    ),
    "one column under two names": (
        """
        | type | name | label | relevant | relevance |
        | text | a    | A     | 1        | 1         |
        """,
        ("survey", 1, "relevance", "fault-column-twice"),
    ),
    "no column for names": (
        """
        | type | label |
        | text | A     |
        """,
        ("survey", 1, "", "fault-column-missing"),
    ),
    "header in row 2": (
        """
        | Phiếu điều tra |
        | type | name | label |
        | text | a    | A     |
        """,
        ("survey", 2, "", "fault-header-lower"),
    ),
    "nothing below the header": (
        """
        | type | name | label |
        """,
        ("survey", 0, "", "fault-sheet-empty"),
    ),
    "unknown type": (
        """
        | type   | name | label |
        | integr | a    | A     |
        """,
        ("survey", 2, "type", "fault-type-meant"),
    ),
    "type in Vietnamese": (
        """
        | type    | name | label |
        | Số nguyên | a    | A     |
        """,
        ("survey", 2, "type", "fault-type-meant"),
    ),
    "type that is like none": (
        """
        | type      | name | label |
        | zzqq      | a    | A     |
        """,
        ("survey", 2, "type", "fault-type"),
    ),
    "no type": (
        """
        | type | name | label |
        | text | a    | A     |
        |      | b    | B     |
        """,
        ("survey", 3, "type", "fault-type-missing"),
    ),
    "drawing that is required": (
        """
        | type  | name | label | appearance | required |
        | image | a    | A     | signature  | yes      |
        """,
        ("survey", 2, "type", "fault-type-not-in-chat"),
    ),
    "unknown name, and one that is near": (
        """
        | type | name   | label | relevant          |
        | text | so_lop | A     |                   |
        | text | b      | B     | ${số_lớp} = '1'   |
        """,
        ("survey", 3, "relevant", "fault-name-meant"),
    ),
    "unknown name": (
        """
        | type | name | label | relevant    |
        | text | a    | A     | ${xyz} = '1' |
        """,
        ("survey", 2, "relevant", "fault-name-known"),
    ),
    "unknown name in a label": (
        """
        | type | name | label            |
        | text | a    | Có ${khong_co}?  |
        """,
        ("survey", 2, "label", "fault-name-known"),
    ),
    "name in two groups": (
        """
        | type        | name | label | relevant   |
        | begin_group | g    | G     |            |
        | text        | a    | A     |            |
        | end_group   |      |       |            |
        | begin_group | h    | H     |            |
        | text        | a    | A     |            |
        | end_group   |      |       |            |
        | text        | c    | C     | ${a} = '1' |
        """,
        ("survey", 8, "relevant", "fault-name-ambiguous"),
    ),
    "name twice": (
        """
        | type | name | label |
        | text | a    | A     |
        | text | b    | B     |
        | text | a    | C     |
        """,
        ("survey", 4, "name", "fault-name-twice"),
    ),
    "no name": (
        """
        | type | name | label |
        | text |      | A     |
        """,
        ("survey", 2, "name", "fault-name-missing"),
    ),
    "name with a blank": (
        """
        | type | name  | label |
        | text | số hs | A     |
        """,
        ("survey", 2, "name", "fault-name-letters"),
    ),
    "list without choices": (
        """
        | type         | name | label |
        | text         | a    | A     |
        | select_one x | b    | B     |
        ## choices
        | list_name | name | label |
        | yyyy      | 1    | Một   |
        """,
        ("survey", 3, "type", "fault-list"),
    ),
    "list that is near": (
        """
        | type                | name | label |
        | select_one co_khong | b    | B     |
        ## choices
        | list_name | name | label |
        | co_khog   | 1    | Một   |
        """,
        ("survey", 2, "type", "fault-list-meant"),
    ),
    "select without a list": (
        """
        | type       | name | label |
        | select_one | b    | B     |
        ## choices
        | list_name | name | label |
        | c         | 1    | Một   |
        """,
        ("survey", 2, "type", "fault-list-not-named"),
    ),
    "no sheet of choices": (
        """
        | type         | name | label |
        | select_one x | b    | B     |
        """,
        ("", 0, "", "fault-sheet-choices"),
    ),
    "sheet of choices misspelt": (
        """
        | type         | name | label |
        | select_one x | b    | B     |
        ## choises
        | list_name | name | label |
        | x         | 1    | Một   |
        """,
        ("", 0, "", "fault-sheet-choices-meant"),
    ),
    "choice twice": (
        """
        | type         | name | label |
        | select_one x | b    | B     |
        ## choices
        | list_name | name | label |
        | x         | 1    | Một   |
        | x         | 1    | Hai   |
        """,
        ("choices", 3, "name", "fault-choice-twice"),
    ),
    "choice without a code": (
        """
        | type         | name | label |
        | select_one x | b    | B     |
        ## choices
        | list_name | name | label |
        | x         |      | Một   |
        """,
        ("choices", 2, "name", "fault-choice-no-name"),
    ),
    "blank in the code of a choice": (
        """
        | type              | name | label |
        | select_multiple x | b    | B     |
        ## choices
        | list_name | name | label |
        | x         | a b  | Một   |
        """,
        ("choices", 2, "name", "fault-choice-blank"),
    ),
    "unclosed group": (
        """
        | type        | name | label |
        | begin_group | g    | G     |
        | text        | a    | A     |
        """,
        ("survey", 2, "type", "fault-end-missing"),
    ),
    "end without beginning": (
        """
        | type       | name | label |
        | text       | a    | A     |
        | end_repeat |      |       |
        """,
        ("survey", 3, "type", "fault-begin-missing"),
    ),
    "end of something else": (
        """
        | type         | name | label |
        | begin_repeat | g    | G     |
        | text         | a    | A     |
        | end_group    |      |       |
        """,
        ("survey", 4, "type", "fault-end-crossed"),
    ),
    "no question to ask": (
        """
        | type | name | label |
        | text | a    |       |
        """,
        ("survey", 2, "label", "fault-label-missing"),
    ),
    "no calculation": (
        """
        | type      | name | label | calculation |
        | calculate | a    | A     |             |
        """,
        ("survey", 2, "calculation", "fault-calculation-missing"),
    ),
    "required in Vietnamese": (
        """
        | type | name | label | required |
        | text | a    | A     | có       |
        """,
        ("survey", 2, "required", "fault-required-word"),
    ),
    "huge repeat": (
        """
        | type         | name | label | repeat_count |
        | begin_repeat | r    | R     | 1000000      |
        | text         | a    | A     |              |
        | end_repeat   |      |       |              |
        """,
        ("survey", 2, "repeat_count", "fault-count-large"),
    ),
    "huge repeats inside of each other": (
        """
        | type         | name | label | repeat_count |
        | begin_repeat | r    | R     | 900          |
        | begin_group  | g    | G     |              |
        | begin_repeat | s    | S     | 900          |
        | text         | a    | A     |              |
        | end_repeat   |      |       |              |
        | end_group    |      |       |              |
        | end_repeat   |      |       |              |
        """,
        ("survey", 4, "repeat_count", "fault-count-large"),
    ),
    "pattern that never ends": (
        """
        | type | name | label | constraint               |
        | text | a    | A     | regex(., '(a¦a)+')       |
        """,
        ("survey", 2, "constraint", "fault-regex-slow"),
    ),
    "pattern that is none": (
        """
        | type | name | label | constraint         |
        | text | a    | A     | regex(., '[a')     |
        """,
        ("survey", 2, "constraint", "fault-regex-broken"),
    ),
    "curly quotation marks": (
        """
        | type | name | label |
        | text | a    | A     |
        ## report
        | kind | text | relevant   |
        | text | ${a} | ${a} = “x” |
        """,
        ("report", 2, "relevant", "fault-xpath-curly"),
    ),
    "no such list in an expression": (
        """
        | type      | name | label | calculation                   |
        | calculate | a    | A     | instance('xx')/root/item/name |
        """,
        ("survey", 2, "calculation", "fault-list"),
    ),
    "broken formula of Excel": (
        """
        | type | name | label  |
        | text | a    | #NAME? |
        """,
        ("survey", 2, "label", "fault-cell-error"),
    ),
    "parameters of a range": (
        """
        | type  | name | label | parameters     |
        | range | a    | A     | start=a end=10 |
        """,
        ("survey", 2, "parameters", "fault-parameters-range"),
    ),
    "parameters of nobody": (
        """
        | type  | name | label | parameters |
        | image | a    | A     | chieu=doc  |
        """,
        ("survey", 2, "parameters", "fault-parameters-unknown"),
    ),
    "report of an unknown question": (
        """
        | type | name | label |
        | text | a    | A     |
        ## report
        | kind | text         |
        | text | Có ${hoc_sinh} |
        """,
        ("report", 2, "text", "fault-row-gone"),
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
        ("report", 3, "relevant", "fault-xpath-quote"),
    ),
    "report of an unknown kind": (
        """
        | type | name | label |
        | text | a    | A     |
        ## report
        | kind  | text    |
        | tabel | x ${a}  |
        """,
        ("report", 2, "kind", "fault-kind-meant"),
    ),
    "report of a kind that is like none": (
        """
        | type | name | label |
        | text | a    | A     |
        ## report
        | kind | text    |
        | zzz  | x ${a}  |
        """,
        ("report", 2, "kind", "fault-kind"),
    ),
    "report without a kind": (
        """
        | type | name | label |
        | text | a    | A     |
        ## report
        | kind | text    |
        |      | x ${a}  |
        """,
        ("report", 2, "kind", "fault-kind-missing"),
    ),
    "report from an unknown repeat": (
        """
        | type | name | label |
        | text | a    | A     |
        ## report
        | kind  | text | source |
        | table |      | bang   |
        """,
        ("report", 2, "source", "fault-row-gone"),
    ),
    "report from a repeat that is near": (
        """
        | type        | name    | label |
        | begin_group | so_lieu | A     |
        | integer     | a       | A     |
        | end_group   |         |       |
        ## report
        | kind  | text | source  |
        | table |      | so_liệu |
        """,
        ("report", 2, "source", "fault-source-meant"),
    ),
    "table of nothing": (
        """
        | type | name | label |
        | text | a    | A     |
        ## report
        | kind  | text |
        | table |      |
        """,
        ("report", 2, "source", "fault-source-missing"),
    ),
    "table of a question": (
        """
        | type | name | label |
        | text | a    | A     |
        ## report
        | kind  | text | source |
        | table |      | a      |
        """,
        ("report", 2, "source", "fault-source-no-group"),
    ),
    "table with a column from elsewhere": (
        """
        | type         | name | label |
        | integer      | b    | B     |
        | begin_repeat | r    | R     |
        | text         | a    | A     |
        | end_repeat   |      |       |
        ## report
        | kind  | text           | source |
        | table | ${a} ¦ ${b}    | r      |
        | text  | ${b}           |        |
        """,
        ("report", 2, "text", "fault-table-column"),
    ),
    "answer of another report without its form": (
        """
        | type | name | label | bot::from |
        | text | a    | A     | le khai   |
        """,
        ("survey", 2, "bot::from", "fault-from"),
    ),
    "words with a dash as a default": (
        """
        | type   | name | label | default                |
        | text   | a    | A     | Phòng Văn hóa - Xã hội |
        """,
        ("survey", 2, "default", "fault-default-words"),
    ),
    "photos without photos": (
        """
        | type         | name | label |
        | begin_repeat | r    | R     |
        | text         | a    | A     |
        | end_repeat   |      |       |
        ## report
        | kind   | text | source |
        | photos |      | r      |
        """,
        ("report", 2, "source", "fault-source-no-photos"),
    ),
    "text of a group": (
        """
        | type        | name | label |
        | begin_group | r    | R     |
        | text        | a    | A     |
        | end_group   |      |       |
        ## report
        | kind | text | source |
        | dash | ${a} | r      |
        """,
        ("report", 2, "source", "fault-source-no-repeat"),
    ),
    "check with a broken expression": (
        """
        | type | name | label | bot::check |
        | text | a    | A     | . < ${xyz} |
        """,
        ("survey", 2, "bot::check", "fault-name-known"),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_its_place_and_remedy(fault: str) -> None:
    markdown, wanted = FAULTS[fault]
    with pytest.raises(FormFaults) as refused:
        package(markdown)
    errors = [found for found in refused.value.faults if found.is_error]
    assert [(f.sheet, f.row, f.column, f.key) for f in errors][:1] == [wanted]
    assert (refused.value.sheet, refused.value.row) == wanted[:2]
    for found in refused.value.faults:
        problem, remedy = problem_and_remedy(found, SAY)
        assert problem
        assert remedy
        assert "{" not in (problem + remedy).replace("${", "")


WARNINGS = {
    "name without its braces": (
        """
        | type    | name | label | relevant |
        | integer | tuoi | Tuổi  |          |
        | text    | b    | B     | tuoi > 5 |
        """,
        ("survey", 3, "relevant", "fault-braces"),
    ),
    "misspelt column of ours": (
        """
        | type | name | label | bot::exampel |
        | text | a    | A     | x            |
        """,
        ("survey", 1, "bot::exampel", "fault-column-lost"),
    ),
    "broken mention of a name": (
        """
        | type | name | label      |
        | text | a    | A          |
        | text | b    | Có $ {a}?  |
        """,
        ("survey", 3, "label", "fault-reference"),
    ),
    "required where nothing is asked": (
        """
        | type | name | label | required |
        | note | a    | A     | yes      |
        """,
        ("survey", 2, "required", "fault-required-place"),
    ),
    "condition on a note": (
        """
        | type | name | label | constraint |
        | note | a    | A     | . > 1      |
        """,
        ("survey", 2, "constraint", "fault-constraint-place"),
    ),
    "count of a question": (
        """
        | type | name | label | repeat_count |
        | text | a    | A     | 3            |
        """,
        ("survey", 2, "repeat_count", "fault-count-place"),
    ),
    "most that is no number": (
        """
        | type         | name | label | bot::max |
        | begin_repeat | r    | R     | sáu      |
        | text         | a    | A     |          |
        | end_repeat   |      |       |          |
        """,
        ("survey", 2, "bot::max", "fault-whole-number"),
    ),
    "filter of a text": (
        """
        | type | name | label | choice_filter |
        | text | a    | A     | x = 1         |
        """,
        ("survey", 2, "choice_filter", "fault-filter-place"),
    ),
    "map that need not be drawn": (
        """
        | type     | name | label |
        | geotrace | a    | A     |
        """,
        ("survey", 2, "type", "fault-type-not-in-chat"),
    ),
    "list that nobody uses": (
        """
        | type | name | label |
        | text | a    | A     |
        ## choices
        | list_name | name | label |
        | x         | 1    | Một   |
        """,
        ("choices", 2, "list_name", "fault-list-unused"),
    ),
    "choice without words": (
        """
        | type         | name | label |
        | select_one x | a    | A     |
        ## choices
        | list_name | name | label |
        | x         | 1    | Một   |
        | x         | 2    |       |
        """,
        ("choices", 3, "label", "fault-choice-no-label"),
    ),
    "choice of no list": (
        """
        | type         | name | label |
        | select_one x | a    | A     |
        ## choices
        | list_name | name | label |
        | x         | 1    | Một   |
        |           | 2    | Hai   |
        """,
        ("choices", 3, "list_name", "fault-choice-no-list"),
    ),
    "sheet that is nearly the report": (
        """
        | type | name | label |
        | text | a    | A     |
        ## reports
        | kind | text |
        | text | ${a} |
        """,
        ("", 0, "", "fault-sheet-meant"),
    ),
    "row that is never printed": (
        """
        | type | name | label |
        | text | a    | A     |
        ## report
        | kind | text | relevant |
        | text | ${a} |          |
        | text | x    | 1 = 2    |
        """,
        ("report", 3, "relevant", "fault-never"),
    ),
    "heading with nothing under it": (
        """
        | type | name | label |
        | text | a    | A     |
        ## report
        | kind | text |
        | part | Một  |
        | text | ${a} |
        | part | Hai  |
        | item | Ba   |
        """,
        ("report", 4, "text", "fault-heading-empty"),
    ),
    "table without numbers": (
        """
        | type        | name | label |
        | begin_group | g    | G     |
        | text        | a    | A     |
        | end_group   |      |       |
        ## report
        | kind  | text | source |
        | text  | ${a} |        |
        | table |      | g      |
        """,
        ("report", 3, "source", "fault-source-no-numbers"),
    ),
    "question that the document does not use": (
        """
        | type | name | label |
        | text | a    | A     |
        | text | b    | B     |
        ## report
        | kind | text |
        | text | ${a} |
        """,
        ("survey", 3, "name", "fault-question-unused"),
    ),
    "row with nothing to print": (
        """
        | type | name | label |
        | text | a    | A     |
        ## report
        | kind | text |
        | text | ${a} |
        | dash |      |
        """,
        ("report", 3, "text", "fault-text-missing"),
    ),
}


@pytest.mark.parametrize("doubt", WARNINGS)
def test_what_is_only_doubtful_is_a_warning(doubt: str) -> None:
    markdown, wanted = WARNINGS[doubt]
    warnings = package(markdown).warnings
    assert [(f.sheet, f.row, f.column, f.key) for f in warnings][:1] == [wanted]


def test_all_faults_are_told_at_once_and_pyxform_need_not_come_to_them() -> None:
    found = faults_of("""
        | type         | name | label     | constraint | relevent |
        | integer      | a    | A         | . >        |          |
        | integr       | b    | B         | (. > 1     | 1        |
        | integer      | c d  | C         | foo(.)     |          |
        | select_one x | e    | Có ${ă}?  |            |          |
        | begin_group  | nhom | G         |            |          |
        ## choices
        | list_name | name | label |
        | yyy       | 1    | Một   |
        ## report
        | kind  | text | source |
        | tabel |      | nhomm  |
        | table |      | nhomm  |
    """)
    assert [(f.sheet, f.cell, f.key) for f in found if f.is_error] == [
        ("survey", "E1", "fault-column-lost"),
        ("survey", "D2", "fault-xpath-value-end"),
        ("survey", "A3", "fault-type-meant"),
        ("survey", "D3", "fault-xpath-bracket-end"),
        ("survey", "B4", "fault-name-letters"),
        ("survey", "D4", "fault-function-meant"),
        ("survey", "A5", "fault-list"),
        ("survey", "C5", "fault-name-meant"),
        ("survey", "A6", "fault-end-missing"),
        ("report", "A2", "fault-kind-meant"),
        ("report", "C3", "fault-source-meant"),
    ]


def test_a_fault_reads_like_this() -> None:
    (fault,) = faults_of("""
        | type | name  | label | relevant        |
        | text | so_hs | A     |                 |
        | text | b     | B     | ${so_HSS} = '1' |
    """)
    assert line(fault, SAY) == (
        'Trang survey, ô D3 (cột relevant): Không có câu hỏi nào tên "so_HSS". '
        "→ Nếu là so_hs thì viết ${so_hs}."
    )


def test_a_copied_row_and_a_formula_of_excel_are_said_with_what_to_write() -> None:
    """A clerk copied a row with its name, and wrote AND(…; …): two mistakes, two messages."""
    found = faults_of("""
        | type    | name      | label | constraint                    | relevant           |
        | integer | phong     | A     |                               |                    |
        | integer | phong     | B     | AND(. >= 0; . <= ${phong})    |                    |
        | text    | hong_gi   | C     |                               | ${phong_hong} <> 0 |
        ## report
        | kind | text               | relevant           |
        | text | ${hong_gi}.        |                    |
        | text | Không hỏng ${phong} | ${phong_hong} = 0  |
    """)
    assert [line(fault, SAY) for fault in found] == [
        'Trang survey, ô B3 (cột name): Tên "phong" đã dùng ở dòng 2. '
        "→ Đổi tên một trong hai, ví dụ: phong_hong.",
        'Trang survey, ô D3 (cột constraint): "AND(. >= 0; . <= ${phong})" viết theo lối của '
        "Excel. → Sửa thành: . >= 0 and . <= ${phong}",
        'Trang survey, ô E4 (cột relevant): "${phong_hong} <> 0" viết theo lối của Excel. '
        "→ Sửa thành: ${phong_hong} != 0",
    ]


@pytest.mark.parametrize(
    ("excel", "form"),
    [
        ("AND(. >= 0; . <= ${a})", ". >= 0 and . <= ${a}"),
        ("=IF(${a}>0;'có; AND(x)';'')", "if(${a}>0,'có; AND(x)','')"),
        ("AND(OR(${a}=1,${b}=2),. <> 3)", "(${a}=1 or ${b}=2) and . != 3"),
        ("not(. > 3) and round(., 1) < 9", ""),
    ],
)
def test_a_formula_of_excel_in_the_words_of_a_form(excel: str, form: str) -> None:
    assert from_excel(excel) == form


def test_the_list_in_a_chat_is_cut_and_says_so() -> None:
    rows = "\n".join(f"| integr | a{number} | A |" for number in range(14))
    found = faults_of(f"| type | name | label |\n{rows}")
    shown = listed(found, SAY, SHOWN).splitlines()
    assert len(shown) == SHOWN + 1
    assert shown[-1] == "… và 4 chỗ khác."
    assert counted(found, SAY) == "14 lỗi phải sửa"


def test_errors_come_first_in_the_list() -> None:
    found = faults_of(
        """
        | type   | name | label |
        | note   | a    | A     |
        | integr | b    | B     |
    """.replace("| label |", "| label | required |").replace("| A     |", "| A | yes |")
    )
    assert [f.severity for f in found] == ["warning", "error"]
    assert "integr" in listed(found, SAY).splitlines()[0]


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
    with pytest.raises(FormError, match="Không có trang survey"):
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
    assert len(content.getvalue()) < LARGEST_FILE
    with pytest.raises(FormError, match="lớn hơn rất nhiều"):
        load_form(content.getvalue(), "bomb.xlsx")


def test_a_workbook_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "WALL_SECONDS", 0.01)
    with pytest.raises(FormError, match="lâu quá"):
        load_form(workbook(SMALL), "x.xlsx")


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(FormError, match="lớn hơn 10 MB"):
        load_form(b" " * 10_000_001, "x.xlsx")
