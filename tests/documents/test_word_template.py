"""An author's own Word file: filled in, and told what is wrong with it, all at once."""

import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from bot.documents.limits import limited
from bot.documents.word_faults import fault_lines
from bot.documents.word_template import faults_of, has_tags, render
from bot.errors import TemplateError
from bot.forms.filling import Filling
from bot.texts import texts
from bot.workshop import DocumentJob, Workshop, write_document
from tests.documents.samples import draw_classroom
from tests.documents.word import changed, opened, pictures, read, torn, word
from tests.forms.workbooks import NOW, ZONE, begin, form, package

FORM = """
| type        | name          | label         | report::unit | report::decimals | bot::profile |
| text        | ten           | Tên trường    |     |         |
| integer     | so_hs         | Số học sinh   | học sinh     |         |
| integer     | kinh_phi      | Kinh phí      | đồng         |         |
| decimal     | ti-le         | Tỉ lệ         | %            | 1       |
| date        | ngay          | Ngày          |     |         |
| select_one to_chuc   | le            | Lễ            |     |         |
| select_multiple viec | viec          | Việc đã làm   |     |         |
| begin_repeat         | lop           | Lớp           |     |         |
| text        | ten_lop       | Tên lớp       |     |         |
| integer     | si_so         | Sĩ số         | em           |         |
| begin_repeat         | giai          | Giải thưởng   |     |         |
| text        | ten_giai      | Tên giải      |     |         |
| end_repeat           |      |      |     |         |
| end_repeat           |      |      |     |         |
| begin_repeat         | anh_tieu_bieu | Ảnh           |     |         |
| image       | anh           | Ảnh           |     |         |
| text        | chu_thich     | Ảnh chụp gì   |     |         |
| select_one quyen     | quyen         | Được phép?    |     |         |
| end_repeat           |      |      |     |         |
| text        | hieu_truong   | Hiệu trưởng   |     |         | signer_name |
## choices
| list_name | name     | label            |
| to_chuc   | co       | Có tổ chức       |
| to_chuc   | khong    | Không tổ chức    |
| viec      | sach     | Tặng sách        |
| viec      | ke       | Thi kể chuyện    |
| quyen     | consent  | Đã được phép     |
| quyen     | not_yet  | Chưa             |
"""


@pytest.fixture
def school() -> Filling:
    filling = begin(FORM)
    said = {"ten": 'TH "A" <b> & B', "so_hs": "1540", "kinh_phi": "1500000", "ti-le": "87.5"}
    said |= {"hieu_truong": "Nguyễn Văn A"}
    said |= {"ngay": "2023-10-02", "le": "co", "viec": "sach ke"}
    for name, value in said.items():
        filling.answer(f"/data/{name}", value)
    for number, pupils in enumerate(("30", "31"), 1):
        row = filling.add_row("/data/lop") if number > 1 else "/data/lop[1]"
        filling.answer(f"{row}/ten_lop", f"{number}A")
        filling.answer(f"{row}/si_so", pupils)
    filling.answer(f"{filling.add_row('/data/lop[2]/giai')}/ten_giai", "Nhất")
    filling.add_row("/data/lop")  # begun, and nothing said
    for number, (allowed, words) in enumerate((("consent", "Đọc sách"), ("not_yet", "Lớp 2A")), 1):
        row = filling.add_row("/data/anh_tieu_bieu") if number > 1 else "/data/anh_tieu_bieu[1]"
        filling.answer(f"{row}/anh", f"anh-{number}")
        filling.answer(f"{row}/chu_thich", words)
        filling.answer(f"{row}/quyen", allowed)
    return filling


@pytest.fixture
def photo(tmp_path: Path) -> Callable[[str], Path]:
    for number in (1, 2):
        draw_classroom(tmp_path / f"anh-{number}.jpg", (800, 600), number)
    return lambda key: tmp_path / f"{key}.jpg"


def filled(content: bytes, school: Filling, photo=None, **facts: str) -> bytes:
    assert said(content) == ""
    return render(content, school.form, school, facts, photo or (lambda key: Path(key)))


def said(content: bytes) -> str:
    return fault_lines(faults_of(content, form(FORM)), texts("vi"))


# filled in


def test_answers_stand_as_official_papers_write_them(school):
    text = """
        {{ ten }} có {{ so_hs }}, tỉ lệ {{ ti_le }}, chi {{ kinh_phi }} ngày {{ ngay }}.
        {{ le }}: {{ viec }}
    """
    assert read(filled(word(text), school)) == [
        'TH "A" <b> & B có 1.540 học sinh, tỉ lệ 87,5%, chi 1.500.000 đồng ngày 02/10/2023.',
        "Có tổ chức: Tặng sách, Thi kể chuyện",
    ]


def test_answers_can_be_had_as_they_are_kept_and_in_other_ways(school):
    text = """
        {{ so_hs.raw }} {{ ngay.raw }} {{ le.raw }} {{ viec.raw }}
        {{ so_hs|so }}; {{ so_hs|bang_chu }}; {{ ngay|ngay_thang_nam }}; {{ ten|chu_hoa }}
        {{ bao_cao.bien_nhan|neu_trong("chưa nộp") }}
    """
    assert read(filled(word(text), school)) == [
        "1540 2023-10-02 co sach ke",
        '1.540; Một nghìn năm trăm bốn mươi; ngày 02 tháng 10 năm 2023; TH "A" <B> & B',
        "chưa nộp",
    ]


def test_what_is_known_of_the_report_comes_from_the_form_or_from_the_campaign(school):
    names = ("nguoi_ky", "co_quan", "han_nop", "ngay_nop")
    text = ", ".join(f"{{{{ bao_cao.{name} }}}}" for name in names)
    facts = {"nguoi_ky": "khác", "co_quan": "Phòng GD", "han_nop": "trước ngày 15/10/2023"}
    found = read(filled(word(text), school, ngay_nop="2023-10-09", **facts))
    assert found == ["Nguyễn Văn A, Phòng GD, trước ngày 15/10/2023, 09/10/2023"]


def test_a_tag_torn_by_word_is_one_tag_and_keeps_the_look_of_its_beginning(school):
    content = torn(
        "Có {", "{ so", "_hs", " }", "}", " và {% if le == ", "“co”", " %}lễ{% end", "if %}."
    )
    (paragraph,) = opened(filled(content, school)).paragraphs
    assert paragraph.text == "Có 1.540 học sinh và lễ."
    assert next(run for run in paragraph.runs if "1.540" in run.text).bold is False


def test_conditions_leave_out_words_paragraphs_and_rows(school):
    text = """
        {% if so_hs > 1000 %}Trường lớn{% else %}Trường nhỏ{% endif %}.
        {% if le == "khong" %}Không có lễ.{% endif %}
        {% if "sach" in viec and not bao_cao.bien_nhan %}
        Đã tặng sách.
        {% endif %}
        | Nội dung | Số |
        | {% if le == "khong" %} | |
        | Lý do | không rõ |
        | {% endif %} | |
        | {% if so_hs %}Học sinh | {{ so_hs }}{% endif %} |
    """
    content = filled(word(text), school)
    assert read(content) == [
        "Trường lớn.",
        "Đã tặng sách.",
        "| Nội dung | Số |",
        "| Học sinh | 1.540 học sinh |",
    ]
    assert len(opened(content).paragraphs) == 2  # none left empty


def test_repeats_fill_paragraphs_and_rows_of_tables(school):
    text = """
        {% for l in lop %}
        Lớp {{ l.ten_lop }} ({{ loop.index }}/{{ loop.length }})
        {% for g in l.giai %}
        - {{ g.ten_giai }}
        {% endfor %}
        {% endfor %}
        Gồm: {% for l in lop %}{{ l.ten_lop }}{% if not loop.last %}, {% endif %}{% endfor %}.
        | Lớp | Sĩ số |
        | {% for l in lop %}{{ l.ten_lop }} | {{ l.si_so }}{% endfor %} |
        | Tên | Số |
        | {%tr for l in lop if l.si_so > 30 %} | |
        | {{ l.ten_lop }} | {{ l.si_so|so }} |
        | {%tr endfor %} | |
        {% for v in viec %}
        + {{ v }} ({{ v.raw }})
        {% endfor %}
    """
    assert read(filled(word(text), school)) == [
        *("Lớp 1A (1/2)", "Lớp 2A (2/2)", "- Nhất"),
        "Gồm: 1A, 2A.",
        *("| Lớp | Sĩ số |", "| 1A | 30 em |", "| 2A | 31 em |"),
        *("| Tên | Số |", "| 2A | 31 |"),
        *("+ Tặng sách (sach)", "+ Thi kể chuyện (ke)"),
    ]


def test_photos_stand_with_their_words_and_only_those_that_may_be_shown(school, photo):
    text = """
        {% for a in anh_tieu_bieu if a.anh %}
        {{ a.anh }}
        {{ a.anh.chu_thich }}
        {% endfor %}
        | {% for a in anh_tieu_bieu %}{{ a.anh }} | {{ a.anh|rong(40) }}{% endfor %} |
    """
    content = filled(word(text), school, photo)
    assert read(content)[0] == "Đọc sách"
    assert "Lớp 2A" not in "".join(read(content))
    assert pictures(content) == [(93, 70), (72, 54), (40, 30)]
    part = opened(content).part.package
    assert len([one for one in part.iter_parts() if "/media/" in one.partname]) == 1


def test_headers_are_filled_and_other_braces_stay(school):
    content = filled(word("Tập hợp {a, b} và {1}", header="{{ ten|chu_hoa }}"), school)
    assert read(content) == ["Tập hợp {a, b} và {1}"]
    assert opened(content).sections[0].header.paragraphs[0].text == 'TH "A" <B> & B'


def test_an_answer_is_never_taken_for_a_tag(school):
    school.answer("/data/ten", "{{ so_hs }} {% for %} {_{ <?tag 1?> </w:t>")
    assert read(filled(word("{{ ten }}"), school)) == ["{{ so_hs }} {% for %} {_{ <?tag 1?> </w:t>"]


def test_lines_of_an_answer_are_lines_of_the_paper(school):
    school.answer("/data/ten", "một\nhai")
    assert read(filled(word("{{ ten }}."), school)) == ["một\nhai."]


async def test_the_same_answers_give_the_same_bytes_in_every_process(school, photo, tmp_path):
    content = word("{{ ten }} {{ so_hs }}\n{% for a in anh_tieu_bieu %}\n{{ a.anh }}\n{% endfor %}")
    source = tmp_path / "report.docx"
    source.write_bytes(content)
    found = package(FORM)
    made = []
    for number in range(2):
        job = DocumentJob(
            form=1,
            xform=found.xform,
            layout=found.layout,
            state={**school.state(), "facts": {}},
            photos={f"anh-{n}": str(photo(f"anh-{n}")) for n in (1, 2)},
            at=NOW,
            timezone=ZONE.key,
            target=str(tmp_path / f"{number}.docx"),
            template=str(source),
        )
        workshop = Workshop(1)
        await workshop.run(write_document, job)
        workshop.close()
        made.append(Path(job.target).read_bytes())
    assert made[0] == made[1] == filled(content, school, photo)


def test_a_file_without_tags_is_no_template():
    assert has_tags(word("{{ ten }}"))
    assert not has_tags(word("Công văn số 12"))
    assert not has_tags(b"no Word file")


# told what is wrong


FAULTS = {
    "Có {{ so_h }} ở đây": 'đoạn "Có {{ so_h }} ở đây": {{ so_h }}: phiếu không có "so_h"',
    "{{ so_h }}": 'Có phải "so_hs"',
    "{{ quang_duong }}": 'phiếu không có câu hỏi nào tên là "quang_duong"',
    "| a | {{ so_h }} |": "bảng 1, hàng 1, ô 2, đoạn",
    "{{ si_so }}": "viết là {% for dong in lop %}{{ dong.si_so }}{% endfor %}",
    "{{ lop.si_so }}": "viết là {% for dong in lop %}{{ dong.si_so }}{% endfor %}",
    "{{ lop }}": "gồm nhiều dòng",
    "{{ bao_cao }}": "không điền ra chữ được",
    "{{ bao_cao.nguoi_ki }}": 'Có phải "nguoi_ky"',
    "{% for x in ten %}{{ x }}{% endfor %}": "chỉ lặp được nhóm trả lời nhiều lần",
    "{% for l in lop %}{{ l.si_s }}{% endfor %}": 'Có phải "si_so"',
    "{{ ten|in_hoa }}": 'không có cách viết "in_hoa"',
    "{{ ten|rong(40) }}": "rong(…) chỉ dùng cho ảnh",
    "{{ ten|rong }}": "không hiểu {{ ten|rong }}",
    "{{ ten ten }}": "không hiểu {{ ten ten }}",
    "{% if so_hs > %}a{% endif %}": "không hiểu {% if so_hs > %}",
    "{% if ten %}a": "{% if ten %} thiếu {% endif %}",
    "a{% endfor %}": "{% endfor %} không có phần mở",
    "{% if ten %}a{% endfor %}": "{% endfor %} không có phần mở",
    "a {% if ten %}b\nc{% endif %}": "không cùng bậc",
    "| {% for l in lop %}a | b |\n| c | {% endfor %} |": "không cùng bậc",
    "${ten}": "trong Word viết là {{ ten }}",
    "{{ ten": "dấu {{ đứng lẻ",
    "{% set a = 1 %}": "không dùng được {% set a = 1 %}",
    "{{ so_hs + 1 }}": "cột calculation",
    "{{ " + "ten" * 300 + " }}": "đứng lẻ",
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_is_quoted_where_it_stands(text: str):
    assert FAULTS[text] in said(word(text))


def test_all_faults_are_told_at_once_in_the_order_of_the_paper():
    found = said(
        word("{{ a_a }}\n{{ ten\n{{ b_b }}\n| {{ c_c }} | {% endif %} |", header="{{ d_d }}")
    )
    places = [
        found.index(one) for one in ("a_a", "dấu {{", "b_b", "c_c", "{% endif %} không", "d_d")
    ]
    assert places == sorted(places)
    assert 'đầu trang, đoạn "{{ d_d }}"' in found


def test_very_many_faults_are_counted():
    found = said(word("\n".join("{{ a_a }}" for _ in range(30))))
    assert found.count("\n") == 20
    assert found.endswith("… và 10 lỗi nữa.")


# from strangers


HOSTILE = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ten.__class__ }}",
    "{{ ten.raw.__init__.__globals__ }}",
    "{{ ten['__class__'] }}",
    "{{ ten|attr('__class__') }}",
    "{{ ten.part('raw') }}",
    "{{ ten._filling }}",
    "{{ loop }}",
    "{{ self }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% extends '/etc/passwd' %}",
    "{% from 'os' import system %}",
    "{% macro m() %}{{ m() }}{% endmacro %}",
    "{% block a %}{% endblock %}",
    "{% filter chu_hoa %}a{% endfilter %}",
    "{% for x in range(999999999) %}a{% endfor %}",
    "{% for l in lop recursive %}{{ loop(lop) }}{% endfor %}",
    "{{ 'a' * 999999999 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ '%999999999d' % 1 }}",
    "{{ " + "(" * 240 + "ten" + ")" * 240 + " }}",
    "{{ " + "-" * 490 + "1 }}",
    "{% if 1 < 'a' %}a{% endif %}",
    "{% if ten is defined %}a{% endif %}",
    "{{ {'a': 1} }}",
    "{{ [ten, ten] }}",
    "{{ lambda: 1 }}",
    "{%p for l in lop.__class__ %}",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_template_has_no_way_out_of_its_few_words(text: str, school):
    begun = time.monotonic()
    assert said(word(text)) != ""
    with pytest.raises(TemplateError):
        render(word(text), school.form, school, {}, Path)
    assert time.monotonic() - begun < 5


def test_a_jinja_tag_smuggled_past_the_check_is_only_text(school):
    content = changed(
        word("a"),
        "word/document.xml",
        lambda xml: xml.replace(b">a<", b">\xee\x84\x80{ 7 }\xee\x84\x81a<"),
    )
    assert read(filled(content, school)) == ["{ 7 }a"]
    content = changed(
        word("a"), "docProps/core.xml", lambda xml: xml.replace(b"python-docx", b"{{ 7*7 }}")
    )
    assert "49" not in (opened(filled(content, school)).core_properties.author or "")


def test_loops_in_loops_end(school):
    for number in range(3, 60):
        row = school.add_row("/data/lop")
        school.answer(f"{row}/ten_lop", str(number))
    depth = 6
    text = "".join(f"{{% for a{n} in lop %}}" for n in range(depth)) + "a" + "{% endfor %}" * depth
    begun = time.monotonic()
    with pytest.raises(TemplateError, match="too many rounds"):
        render(word(text), school.form, school, {}, Path)
    assert time.monotonic() - begun < 5


def test_a_long_text_in_a_loop_does_not_fill_the_memory(school):
    for _ in range(200):
        school.answer(school.add_row("/data/lop") + "/ten_lop", "x")
    text = (
        "{% for a in lop %}\n{% for b in lop %}\n" + "a" * 200_000 + "\n{% endfor %}\n{% endfor %}"
    )
    with pytest.raises(TemplateError, match="too many characters"):
        render(word(text), school.form, school, {}, Path)


def test_time_and_memory_have_ends_and_are_given_back():
    with pytest.raises(TimeoutError), limited(0.2, 10**9):
        all(number >= 0 for number in count())
    with pytest.raises(MemoryError), limited(5, 50_000_000):
        bytearray(500_000_000)
    assert len(bytearray(500_000_000)) == 500_000_000


EXTERNAL = (
    b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships/image" Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
)
ACTING = {
    "a picture from elsewhere": (
        "word/_rels/document.xml.rels",
        lambda xml: xml.replace(b"</Relationships>", EXTERNAL),
    ),
    "a field that reads files": (
        "word/document.xml",
        lambda xml: xml.replace(
            b"<w:t>a", b"<w:instrText>INCLUDETEXT /etc/passwd</w:instrText><w:t>a"
        ),
    ),
    "a field in pieces": (
        "word/document.xml",
        lambda xml: xml.replace(
            b"<w:t>a",
            b"<w:instrText>INCLUDE</w:instrText><w:instrText>PICTURE x</w:instrText><w:t>a",
        ),
    ),
    "entities": (
        "word/document.xml",
        lambda xml: xml.replace(
            b"?>\n", b'?>\n<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', 1
        ),
    ),
}


@pytest.mark.parametrize("what", ACTING)
def test_what_a_word_processor_would_fetch_or_run_is_refused(what: str, school):
    part, change = ACTING[what]
    content = changed(word("a"), part, change)
    assert content != word("a")
    assert said(content) != ""
    with pytest.raises(TemplateError):
        render(content, school.form, school, {}, Path)


def test_a_bomb_is_not_unpacked():
    bomb = changed(word("a"), "word/styles.xml", lambda xml: xml + b" " * 100_000_000)
    assert len(bomb) < 300_000
    assert "lớn hơn 5 MB" in said(bomb)


@pytest.mark.parametrize("piece", ["{{", "{{ a }}", "${ ", "{% if", "}}"])
def test_braces_without_end_are_read_in_a_moment(piece: str):
    begun = time.monotonic()
    content = changed(
        word("a"),
        "word/document.xml",
        lambda xml: xml.replace(b">a<", b">" + piece.encode() * 500_000 + b"<"),
    )
    assert "quá dài" in said(content) or "đứng lẻ" in said(content) or piece == "${ "
    assert time.monotonic() - begun < 20


def test_what_is_no_word_file_is_called_so():
    assert "không mở được bằng Word" in said(b"PK\x03\x04 nothing")
    assert "không mở được bằng Word" in said(b"")
