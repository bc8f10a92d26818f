"""A report taken apart into the boxes of Nghị định 30/2020/NĐ-CP, and the list of rules."""

import re
from collections.abc import Callable, Iterator

from bot.documents.times import text_width
from tests.documents.ooxml import Paragraph, Section, Table, WordFile

DATE = re.compile(r"ngày (?P<day>\s+|\d+) tháng (?P<month>\s+|\d+) năm (?P<year>\s+|\d{4})$")
PART = re.compile(r"([IVX]+)\. ")
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV"]


class Paper:
    """A report, taken apart into the boxes of the decree."""

    def __init__(self, content: bytes) -> None:
        self.file = WordFile(content)
        self.main, *self.appendices = self.file.sections
        blocks = self.main.blocks
        tables = [block for block in blocks if isinstance(block, Table)]
        self.letterhead, self.signature = tables[0], tables[-1]
        start, end = blocks.index(self.letterhead), blocks.index(self.signature)
        self.text = blocks[start + 1 : end]
        (left, right), (number_cell, date_cell) = (
            [cell.paragraphs for cell in row.cells] for row in self.letterhead.rows
        )
        self.names, self.country = left, right
        self.number, self.date = number_cell[0], date_cell[0]
        self.names_width, self.country_width = (
            cell.width for cell in self.letterhead.rows[0].cells
        )
        lines = [block for block in self.text if isinstance(block, Paragraph)]
        self.document_type = lines[0]
        self.title_rule = next((line for line in lines if line.ruled), None)
        first = lines.index(self.title_rule) if self.title_rule else 2
        self.subject = [line for line in lines[1:first] if line.text]
        rest = lines[first + 1 :]
        self.addressees, self.basis, self.body = self._body(rest)

    @staticmethod
    def _body(
        lines: list[Paragraph],
    ) -> tuple[list[Paragraph], list[Paragraph], list[Paragraph]]:
        addressees: list[Paragraph] = []
        spoken = [line for line in lines if line.text]
        if spoken and spoken[0].text.startswith("Kính gửi"):
            addressees.append(spoken.pop(0))
            if addressees[0].text == "Kính gửi:":
                while spoken and spoken[0].text.startswith("- "):
                    addressees.append(spoken.pop(0))
        basis = []
        while spoken and spoken[0].text.startswith("Căn cứ"):
            basis.append(spoken.pop(0))
        return addressees, basis, spoken

    @property
    def signers(self) -> list[Paragraph]:
        return [p for p in self.signature.rows[0].cells[1].paragraphs if p.text]

    @property
    def recipients(self) -> list[Paragraph]:
        return [p for p in self.signature.rows[0].cells[0].paragraphs if p.text]

    def appendix(self, section: Section) -> tuple[list[Paragraph], list[Paragraph | Table]]:
        """The head (up to "(Kèm theo …)") and what follows it."""
        head = []
        for place, block in enumerate(section.blocks):
            if isinstance(block, Table):
                return head, section.blocks[place:]
            if block.text:
                head.append(block)
            if block.text.startswith("("):
                return head, section.blocks[place + 1 :]
        return head, []


Check = Callable[[Paper], Iterator[str]]
CHECKS: dict[str, Check] = {}


def rule(name: str) -> Callable[[Check], Check]:
    def enter(check: Check) -> Check:
        CHECKS[name] = check
        return check

    return enter


def looks(
    line: Paragraph,
    sizes: tuple[float, float],
    *,
    bold: bool = False,
    italic: bool = False,
    align: str = "center",
) -> Iterator[str]:
    """What is wrong with the size, weight, slope or place of a line."""
    name = f"“{line.text[:40]}”"
    if not line.sized(*sizes):
        yield f"{name} is not {sizes[0]} to {sizes[1]} points"
    if not line.all("bold", bold):
        yield f"{name} is {'not ' if bold else ''}bold"
    if not line.all("italic", italic):
        yield f"{name} is {'not ' if italic else ''}italic"
    if align and line.align != align:
        yield f"{name} is {line.align}, not {align}"


def all_lines(paper: Paper) -> Iterator[Paragraph]:
    for section in paper.file.sections:
        yield from section.paragraphs
        for header in section.headers.values():
            yield from header.paragraphs


def bodies(paper: Paper) -> Iterator[list[Paragraph | Table]]:
    """What is said in the paper and in each appendix, without what surrounds it."""
    said = set(map(id, paper.body))
    yield [b for b in paper.text if isinstance(b, Table) or id(b) in said]
    for section in paper.appendices:
        rest = paper.appendix(section)[1]
        yield [b for b in rest if isinstance(b, Table) or b.text]


def width(text: str, line: Paragraph) -> int:
    return text_width(text, line.runs[0].points, bold=line.runs[0].bold)


def ends(lines: list[str]) -> Iterator[str]:
    """Each begins with a dash and ends with ";", the last with "."."""
    for line in lines:
        if not line.startswith("- "):
            yield f"“{line}” has no dash"
        if not line.endswith("." if line is lines[-1] else ";"):
            yield f"“{line}” ends otherwise"


def dated(date: str) -> Iterator[str]:
    found = DATE.match(date)
    if not found:
        yield f"“{date}” is not a date"
        return
    day, month = found["day"].strip(), found["month"].strip()
    if day and len(day) != 2:
        yield f"the day “{day}” has no zero"
    if month and month != (f"{int(month):02d}" if int(month) < 3 else str(int(month))):
        yield f"the month “{month}” has a zero too many or too few"
