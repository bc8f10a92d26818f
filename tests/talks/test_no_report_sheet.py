"""A form made for other programs, without a sheet ``report``: its paper is official too."""

from tests.documents.nd30_check import violations
from tests.documents.word import read
from tests.forms.workbooks import workbook
from tests.talks.district import OFFICE, District
from tests.talks.paper import Talk
from tests.talks.test_own_layout import document

FORM = """
| type         | name | label                 |
| begin_group  | g    | Cơ sở vật chất        |
| integer      | so   | Trường có mấy phòng?  |
| text         | y    | Ý kiến?               |
| end_group    |      |                       |
## settings
| form_title     | form_id |
| Phòng học 2023 | phong   |
"""


async def test_the_paper_says_who_reports_to_whom(talk: Talk):
    teacher = await District(talk).begin(workbook(FORM))
    await teacher.say("12")
    await teacher.say("không có ${so} nào")  # no mention of a question: words
    assert "Đã nộp" in await teacher.press("Nộp")
    paper = await document(talk, teacher)
    lines = "\n".join(read(paper))
    assert OFFICE.upper() in lines.replace("\n", " ")
    assert "TRƯỜNG TH BÌNH AN" in lines
    assert f"Kính gửi: {OFFICE}" in lines
    assert f"năm {talk.clock():%Y}" in lines
    assert "Trường có mấy phòng: 12." in lines
    assert "không có ${so} nào" in lines
    assert "THỦ TRƯỞNG ĐƠN VỊ" in lines
    assert {found.partition(":")[0] for found in violations(paper)} <= {
        "C22",
        "C23",
    }  # who signs was not asked
