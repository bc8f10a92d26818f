"""P1 to P5 and C1 to C11: the sheet, the letterhead, the title."""

import re
import unicodedata
from collections.abc import Iterator

from tests.documents.ooxml import Header, Paragraph, Section, number, on, value
from tests.documents.paper import (
    Paper,
    all_lines,
    dated,
    looks,
    rule,
    width,
)

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
ELSEWHERE = re.compile(
    rb'<w:rFonts[^>]*(?:Theme="|w:\w+="(?!Times New Roman"))|<w:color w:val="(?!000000|auto)'
)


@rule("P1")
def paper_is_a4(paper: Paper) -> Iterator[str]:
    for section in paper.file.sections:
        size = section.properties.get("pgSz")
        sides = sorted((number(size, "w"), number(size, "h")))
        if abs(sides[0] - 11906) > 2 or abs(sides[1] - 16838) > 2:
            yield f"the sheet is {sides}"


@rule("P2")
def sheet_stands(paper: Paper) -> Iterator[str]:
    for section in paper.file.sections:
        size = section.properties.get("pgSz")
        if value(size, "orient") == "landscape" or number(size, "w") > number(size, "h"):
            yield "a section lies on its side"


@rule("P3")
def margins(paper: Paper) -> Iterator[str]:
    allowed = {
        "top": (1134, 1417),
        "bottom": (1134, 1417),
        "left": (1701, 1984),
        "right": (850, 1134),
    }
    for section in paper.file.sections:
        for side, (least, most) in allowed.items():
            found = number(section.properties.get("pgMar"), side)
            if not least - 2 <= found <= most + 2:
                yield f"the {side} margin is {found}"


@rule("P4")
def font(paper: Paper) -> Iterator[str]:
    for line in all_lines(paper):
        for run in [*line.runs, line.styled]:
            if run.fonts != {"Times New Roman"} or run.color not in ("auto", "000000"):
                yield f"“{run.text[:40]}” is in {run.fonts}, {run.color}"
        if line.text != unicodedata.normalize("NFC", line.text):
            yield f"“{line.text[:40]}” is not composed"
    for name, content in paper.file.parts.items():
        for found in ELSEWHERE.findall(content):
            yield f"{name} names another font or colour: {found!r}"


@rule("P5")
def page_numbers(paper: Paper) -> Iterator[str]:
    for section in paper.file.sections:
        yield from _page_number(section)
        if not on(section.properties.get("titlePg")):
            yield "the first page is not set apart"
        first = section.headers.get("first", Header([], []))
        if first.fields or any(line.text for line in first.paragraphs):
            yield "the first page shows a number"
        distance = number(section.properties.get("pgMar"), "header")
        if not 0 < distance < number(section.properties.get("pgMar"), "top"):
            yield "the header does not stand in the margin"
        if value(section.properties.get("pgNumType"), "fmt", "decimal") != "decimal":
            yield "the numbers are not Arabic"


def _page_number(section: Section) -> Iterator[str]:
    header = section.headers.get("default", Header([], []))
    if header.fields != ["PAGE"]:
        yield "the header has no page number"
    for line in header.paragraphs:
        if line.runs:
            yield from looks(line, (13, 14))


@rule("C1")
def country(paper: Paper) -> Iterator[str]:
    if paper.country[0].text != COUNTRY:
        yield f"“{paper.country[0].text}” is not the country's name"
    yield from looks(paper.country[0], (12, 13), bold=True)
    if width(paper.country[0].text, paper.country[0]) > paper.country_width:
        yield "the country's name does not fit on a line"


@rule("C2")
def motto(paper: Paper) -> Iterator[str]:
    line = paper.country[1]
    if line.text != MOTTO:
        yield f"“{line.text}” is not the motto"
    yield from looks(line, (13, 14), bold=True)
    if line.before or paper.country[0].after or line.line != (240, "auto"):
        yield "the lines are not single spaced"


@rule("C3")
def rule_under_motto(paper: Paper) -> Iterator[str]:
    yield from _ruled(paper.country[2:], paper.country_width, paper.country[1:2], 0.95, 1.05)


@rule("C4")
def superior(paper: Paper) -> Iterator[str]:
    for line in [line for line in paper.names if line.text][:-1]:
        yield from looks(line, (12, 13))
        if not line.upper:
            yield f"“{line.text}” is not in capitals"
        if line.text in ("UBND", "UBND HUYỆN", "UBND XÃ"):
            yield f"“{line.text}” does not say of which place"


@rule("C5")
def issuer(paper: Paper) -> Iterator[str]:
    line = [line for line in paper.names if line.text][-1]
    yield from looks(line, (12, 13), bold=True)
    if not line.upper:
        yield f"“{line.text}” is not in capitals"
    if line.before or line.line != (240, "auto"):
        yield "the names are not single spaced"


@rule("C6")
def rule_under_issuer(paper: Paper) -> Iterator[str]:
    named = [line for line in paper.names if line.text]
    ruled = [line for line in paper.names if line.ruled]
    yield from _ruled(ruled, paper.names_width, named[-1:], 1 / 3, 1 / 2)


KINDS = {  # the decree, Phụ lục III: those that a school writes, and their abbreviations
    "BÁO CÁO": "BC",
    "KẾ HOẠCH": "KH",
    "CHƯƠNG TRÌNH": "CTr",
    "THÔNG BÁO": "TB",
    "TỜ TRÌNH": "TTr",
    "BIÊN BẢN": "BB",
}


@rule("C7")
def number_and_symbol(paper: Paper) -> Iterator[str]:
    line = paper.number
    yield from looks(line, (13, 13))
    found = re.fullmatch(r"Số: (\s+|\d+\w*)/(\S+)", line.text)
    if not found:
        yield f"“{line.text}” is not a number and symbol"
        return
    if found[1].strip() and (int(re.match(r"\d+", found[1])[0]) < 10) != (found[1][0] == "0"):  # type: ignore[index]
        yield f"“{found[1]}” is not padded as it should be"
    kind = KINDS.get(paper.document_type.text, "BC")
    if not re.fullmatch(rf"{kind}(-[A-ZĐ0-9&]+)*", found[2]):
        yield f"“{found[2]}” is not a symbol of such a paper"


@rule("C8")
def place_and_date(paper: Paper) -> Iterator[str]:
    yield from looks(paper.date, (13, 14), italic=True)
    place, _, date = "".join(run.text for run in paper.date.runs).partition(", ")
    if not place or place[0] != place[0].upper():
        yield f"“{place}” is not a place"
    yield from dated(date)


@rule("C9")
def document_type(paper: Paper) -> Iterator[str]:
    yield from looks(paper.document_type, (13, 14), bold=True)
    if paper.document_type.text not in KINDS:
        yield f"“{paper.document_type.text}” is not the name of the kind"


@rule("C10")
def subject(paper: Paper) -> Iterator[str]:
    if len(paper.subject) != 1:
        yield "there is no line that says what it is about"
    for line in paper.subject:
        yield from looks(line, (13, 14), bold=True)
        if line.text == line.text.upper():
            yield "it is in capitals"


@rule("C11")
def rule_under_subject(paper: Paper) -> Iterator[str]:
    ruled = [paper.title_rule] if paper.title_rule else []
    yield from _ruled(ruled, paper.main.text_width, paper.subject, 1 / 3, 1 / 2)


def _ruled(
    ruled: list[Paragraph], column: int, above: list[Paragraph], least: float, most: float
) -> Iterator[str]:
    """The rule is centred and between ``least`` and ``most`` of the line above it."""
    if not ruled or not ruled[0].ruled:
        yield "there is no rule"
        return
    drawn, name = ruled[0], above[0]
    room = column - name.left - name.right
    lengths = [width(line, name) for line in _broken(name, room)]
    length = column - drawn.left - drawn.right
    if abs(drawn.left - drawn.right) > 20:
        yield "the rule is not centred"
    if not least * max(lengths) - 20 <= length <= most * max(lengths) + 20:
        yield f"the rule is {length / max(lengths):.2f} of the line"


def _broken(line: Paragraph, room: int) -> Iterator[str]:
    """The lines as a word processor breaks them; runs are parted by breaks made by hand."""
    for run in line.runs:
        current = ""
        for word in run.text.strip().split(" "):
            if current and width(f"{current} {word}", line) > room:
                yield current
                current = word
            else:
                current = f"{current} {word}" if current else word
        yield current
