"""C22 to C31: the signature, who gets it, the appendices."""

import re
from collections.abc import Iterator

from tests.documents.ooxml import Paragraph, Table, number, value
from tests.documents.paper import (
    ROMAN,
    Paper,
    all_lines,
    bodies,
    dated,
    ends,
    looks,
    rule,
)

RANKS = re.compile(r"\b(GS|PGS|TS|ThS|Th\.S|CN|KS|NGƯT|NGND|Thầy|Cô|Ông|Bà)\b\.?")


@rule("C22")
def signer_title(paper: Paper) -> Iterator[str]:
    titles = paper.signers[:-1]
    for line in titles:
        yield from looks(line, (13, 14), bold=True)
        if not line.upper:
            yield f"“{line.text}” is not in capitals"
    texts = [line.text for line in titles]
    if not texts:
        yield "there is no title"
    elif texts[-1].startswith("PHÓ ") != texts[0].startswith("KT. "):
        yield f"{texts} is not how a deputy signs"


@rule("C23")
def signer_name(paper: Paper) -> Iterator[str]:
    name = paper.signers[-1]
    yield from looks(name, (13, 14), bold=True)
    if RANKS.match(name.text) or name.text.isupper():
        yield f"“{name.text}” is not a plain name"


@rule("C24")
def recipients_title(paper: Paper) -> Iterator[str]:
    line = paper.recipients[0]
    if line.text != "Nơi nhận:":
        yield f"“{line.text}” stands where “Nơi nhận:” should"
    yield from looks(line, (12, 12), bold=True, italic=True, align="left")
    if line.left or line.first_line or line.before != paper.signers[0].before:
        yield "“Nơi nhận:” is not flush left and level with the signer's title"


@rule("C25")
def recipients(paper: Paper) -> Iterator[str]:
    lines = paper.recipients[1:]
    for line in lines:
        yield from looks(line, (11, 11), align="left")
        if line.left or line.first_line:
            yield f"“{line.text}” is not flush left"
    texts = [line.text for line in lines]
    yield from ends(texts)
    if not texts or not texts[-1].startswith("- Lưu: VT"):
        yield "the last line is not “Lưu: VT”"
    if paper.addressees and texts[:1] != ["- Như trên;"]:
        yield "“Như trên” is missing although there is a “Kính gửi”"


@rule("C26")
def appendix_number(paper: Paper) -> Iterator[str]:
    several = len(paper.appendices) > 1
    for place, section in enumerate(paper.appendices):
        line = paper.appendix(section)[0][0]
        yield from looks(line, (14, 14), bold=True)
        if line.text != (f"Phụ lục {ROMAN[place]}" if several else "Phụ lục"):
            yield f"“{line.text}” is not its number"


@rule("C27")
def appendix_title(paper: Paper) -> Iterator[str]:
    for section in paper.appendices:
        line = paper.appendix(section)[0][1]
        yield from looks(line, (13, 14), bold=True)
        if not line.upper:
            yield f"“{line.text}” is not in capitals"


@rule("C28")
def appendix_of(paper: Paper) -> Iterator[str]:
    for section in paper.appendices:
        line = paper.appendix(section)[0][-1]
        yield from looks(line, (13, 14), italic=True)
        found = re.fullmatch(r"\(Kèm theo Báo cáo số (.*?/\S+) (ngày .*) của (.+)\)", line.text)
        if not found:
            yield f"“{line.text}” does not say to what it belongs"
        elif _bare(found[1]) != _bare(paper.number.text.removeprefix("Số:")):
            yield f"“{line.text}” names another number"
        else:
            yield from dated(found[2])


def _bare(number: str) -> str:
    """A number without what only C7 demands of it: the zero, no spaces."""
    return number.replace(" ", "").removeprefix("0")


@rule("C29")
def appendix_pages(paper: Paper) -> Iterator[str]:
    said = "\n".join(line.text for line in paper.body)
    for place, section in enumerate(paper.appendices):
        if number(section.properties.get("pgNumType"), "start") != 1:
            yield "the pages of an appendix do not count from 1"
        if value(section.properties.get("type"), default="nextPage") != "nextPage":
            yield "an appendix does not begin on a page of its own"
        label = f"Phụ lục {ROMAN[place]}" if len(paper.appendices) > 1 else "Phụ lục"
        if not re.search(rf"{label}(?![IVX])", said):
            yield f"the text does not point to “{label}”"


def _last_line(block: Paragraph | Table) -> Paragraph:
    return block if isinstance(block, Paragraph) else list(block.paragraphs)[-1]


@rule("C31")
def endings(paper: Paper) -> Iterator[str]:
    for said in bodies(paper):
        if not said or not _last_line(said[-1]).text.endswith("./."):
            yield "a text or an appendix does not end with “./.”"
    ends = sum(line.text.endswith("./.") for line in all_lines(paper))
    if ends > 1 + len(paper.appendices):
        yield "“./.” stands where nothing ends"
