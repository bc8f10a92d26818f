"""The checker itself: it praises a good paper, and each rule can be seen to fail."""

import io
import re
import zipfile

import pytest

from bot.documents import nd30
from bot.documents.document import Item, Letterhead
from tests.documents import samples
from tests.documents.nd30_check import CHECKS, violations

DOCUMENT = "word/document.xml"
STYLES = "word/styles.xml"
HEADER = "word/header1.xml"


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A report in which every rule has something to say."""
    folder = tmp_path_factory.mktemp("photos")
    path = samples.photo_folder(folder, [(1600, 1200), (1200, 1600), (1600, 1200)])
    *body, title, pointer = samples.BODY
    document = samples.report(
        3,
        letterhead=Letterhead(
            superior=samples.LETTERHEAD.superior,
            issuer=samples.LETTERHEAD.issuer,
            number="5",
            symbol="THTT",
            place="Tân Thành",
            date="2023-10-05",
            subject=samples.LETTERHEAD.subject,
        ),
        body=(*body, Item("Nhà trường không có vướng mắc khác."), title, pointer),
        addressees=("Phòng Giáo dục và Đào tạo huyện Thủ Thừa", "Hội Khuyến học huyện"),
        basis=("Căn cứ Kế hoạch số 45/KH-THTT ngày 02/10/2023", "Căn cứ tình hình thực tế"),
    )
    return nd30.render(document, path)


def changed(content: bytes, part: str, old: str, new: str, count: int = 1) -> bytes:
    """The file with ``old`` (a regular expression) replaced in one of its parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                text, found = re.subn(old, new, data.decode(), count=count, flags=re.DOTALL)
                assert found, f"{old} is not in {part}"
                data = text.encode()
            archive.writestr(name, data)
    return target.getvalue()


def of_style(style: str, old: str, new: str) -> tuple[str, str, str]:
    """A change inside the definition of one style."""
    return STYLES, rf'(w:styleId="{style}"(?:(?!</w:style>).)*?){old}', rf"\g<1>{new}"


def of_line(style: str, old: str, new: str) -> tuple[str, str, str]:
    """A change inside the first paragraph of one style."""
    return DOCUMENT, rf'(<w:pStyle w:val="{style}"/>(?:(?!</w:p>).)*?){old}', rf"\g<1>{new}"


NO_BOLD = ("<w:b/><w:bCs/>", "")
WRONG = [
    ("P1", DOCUMENT, 'w:h="16838"', 'w:h="15840"'),
    ("P2", DOCUMENT, 'w:h="16838"/>', 'w:h="16838" w:orient="landscape"/>'),
    ("P3", DOCUMENT, 'w:left="1701"', 'w:left="1440"'),
    ("P3", DOCUMENT, 'w:right="851"', 'w:right="567"'),
    ("P4", STYLES, 'w:cs="Times New Roman"', 'w:cs="Arial"'),
    ("P4", STYLES, '<w:color w:val="000000"/>', '<w:color w:val="1F3864"/>'),
    ("P4", *of_line("BodyText", "Công văn", "Co\u0302ng va\u0306n")),
    ("P4", *of_line("BodyText", "<w:r>", '<w:r><w:rPr><w:rFonts w:ascii="Calibri"/></w:rPr>')),
    ("P5", DOCUMENT, "<w:titlePg/>", ""),
    ("P5", HEADER, "PAGE", "NUMPAGES"),
    ("P5", *of_style("PageNumber", '"center"', '"right"')),
    ("P5", *of_style("PageNumber", 'w:sz w:val="28"', 'w:sz w:val="24"')),
    ("P5", DOCUMENT, 'w:type="first" r:id="rId4"', 'w:type="first" r:id="rId3"'),
    ("C1", DOCUMENT, "CỘNG HÒA", "CỘNG HOÀ"),
    ("C1", *of_style("Country", *NO_BOLD)),
    ("C2", DOCUMENT, "Độc lập - Tự do", "Độc lập – Tự do"),
    ("C2", *of_style("Motto", 'w:before="0"', 'w:before="60"')),
    ("C3", DOCUMENT, r'(Hạnh phúc.*?<w:ind w:left=")\d+(" w:right=")\d+', r"\g<1>0\g<2>0"),
    ("C4", *of_line("Superior", "HUYỆN", "huyện")),
    ("C4", *of_line("Superior", "UBND HUYỆN THỦ THỪA", "UBND")),
    ("C4", *of_style("Superior", "<w:rPr>", "<w:rPr><w:b/>")),
    ("C5", *of_style("Issuer", *NO_BOLD)),
    ("C6", DOCUMENT, r'("Rule"/><w:ind w:left=")\d+(" w:right=")\d+', r"\g<1>200\g<2>200"),
    ("C7", *of_style("Number", 'w:sz w:val="26"', 'w:sz w:val="28"')),
    ("C7", DOCUMENT, "Số: 05/BC", "Số: 5/BC"),
    ("C7", *of_line("DocumentType", "BÁO CÁO", "CHƯƠNG TRÌNH")),
    ("C7", DOCUMENT, "Số: 05/BC-THTT", "Số: 05/BC - THTT"),
    ("C8", *of_style("PlaceAndDate", "<w:i/><w:iCs/>", "")),
    ("C8", *of_line("PlaceAndDate", "ngày 05", "ngày 5")),
    ("C8", *of_line("PlaceAndDate", "tháng 10", "tháng 09")),
    ("C8", *of_line("PlaceAndDate", "Tân Thành", "tân thành")),
    ("C9", *of_line("DocumentType", "BÁO CÁO", "Báo cáo")),
    ("C10", *of_style("Subject", *NO_BOLD)),
    ("C11", DOCUMENT, r'(năm 2023<.*?"Rule"/><w:ind w:left=")\d+', r"\g<1>2000"),
    ("C12", *of_line("Addressees", "Khuyến học huyện.", "Khuyến học huyện;")),
    ("C12", DOCUMENT, r'w:left="\d+"(?= w:right="0" w:firstLine="0"/>[^K]*K)', 'w:left="0"'),
    ("C13", *of_style("Basis", "<w:i/><w:iCs/>", "")),
    ("C13", *of_line("Basis", "2023;", "2023,")),
    ("C14", *of_style("BodyText", '"both"', '"left"')),
    ("C14", *of_style("BodyText", 'w:firstLine="720"', 'w:firstLine="300"')),
    ("C14", *of_style("BodyText", 'w:after="120"', 'w:after="60"')),
    ("C14", *of_style("BodyText", 'w:line="276"', 'w:line="480"')),
    ("C18", *of_line("Part", "TRIỂN KHAI", "triển khai")),
    ("C18", *of_style("Part", *NO_BOLD)),
    ("C18", *of_line("Part", ">II", ">III")),
    ("C19", *of_style("Item", *NO_BOLD)),
    ("C19", *of_line("Item", ">2", ">3")),
    ("C20", *of_line("BodyText", r"<w:r>(?=<w:t xml:space=.preserve.>\d\. Nhà)", "BOLD")),
    ("C21", *of_line("BodyText", r">b\)", ">c)")),
    ("C22", *of_line("SignerTitle", "PHÓ HIỆU", "HIỆU")),
    ("C22", *of_line("SignerTitle", "KT. HIỆU", "Kt. Hiệu")),
    ("C23", *of_line("SignerName", "Nguyễn", "ThS. Nguyễn")),
    ("C24", *of_style("RecipientsTitle", "<w:i/><w:iCs/>", "")),
    ("C24", *of_style("RecipientsTitle", 'w:sz w:val="24"', 'w:sz w:val="28"')),
    ("C25", *of_style("Recipient", 'w:sz w:val="22"', 'w:sz w:val="24"')),
    ("C25", *of_line("Recipient", "Như trên;", "Như trên,")),
    ("C25", DOCUMENT, "- Lưu: VT.", "- UBND xã."),
    ("C26", *of_line("AppendixNumber", "Phụ lục I<", "Phụ lục 1<")),
    ("C26", *of_style("AppendixNumber", 'w:sz w:val="28"', 'w:sz w:val="26"')),
    ("C27", *of_line("AppendixTitle", "BẢNG", "Bảng")),
    ("C28", *of_line("AppendixOf", "số 05/BC", "số 06/BC")),
    ("C28", *of_style("AppendixOf", "<w:i/><w:iCs/>", "")),
    ("C29", DOCUMENT, '<w:pgNumType w:start="1"/>', ""),
    ("C29", DOCUMENT, "hình ảnh theo Phụ lục II", "hình ảnh"),
    ("C31", DOCUMENT, r"\./\.", "."),
    ("H1", DOCUMENT, r"<w:keepNext/>(?=</w:pPr><w:r><w:t xml:space=.preserve.>Số liệu)", ""),
    ("H1", *of_style("SignerName", 'w:before="1600"', 'w:before="200"')),
    ("H2", DOCUMENT, r'(<w:pStyle w:val="Part"/>)<w:keepNext/>', r"\1"),
    ("H3", DOCUMENT, "<w:tblHeader/>", ""),
    ("H3", DOCUMENT, r'(<w:tblStyle w:val="Ruled"/><w:tblW w:w=")\d+', r"\g<1>12000"),
    ("H4", DOCUMENT, r'(wp:extent cx=")\d+', r"\g<1>9000000"),
    ("H4", *of_line("Caption", "Ảnh 1.*?</w:t>", "</w:t>")),
    ("H5", *of_style("BodyText", '(<w:spacing[^>]*>)(<w:ind[^>]*>)', r"\3\2")),
    ("H6", DOCUMENT, 'r:embed="rId5"', 'r:embed="rId99"'),
]  # fmt: skip


def test_a_good_paper_breaks_no_rule(paper: bytes) -> None:
    assert violations(paper) == []


@pytest.mark.parametrize(("rule", "part", "old", "new"), WRONG)
def test_a_fault_is_reported_under_its_rule_and_no_other(
    paper: bytes, rule: str, part: str, old: str, new: str
) -> None:
    wrong = changed(paper, part, old, new.replace("BOLD", "<w:r><w:rPr><w:b/></w:rPr>"))

    found = {line.partition(":")[0] for line in violations(wrong)}

    assert found == {rule}


def test_every_rule_has_been_seen_to_fail() -> None:
    assert {case[0] for case in WRONG} == set(CHECKS)
