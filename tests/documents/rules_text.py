"""C12 to C21: addressees, grounds, the text and its numbers."""

import re
from collections.abc import Iterator
from itertools import pairwise

from tests.documents.ooxml import Paragraph, Table
from tests.documents.paper import (
    PART,
    ROMAN,
    Paper,
    bodies,
    ends,
    looks,
    rule,
    width,
)

ALPHABET = list("abcdđeghiklmnopqrstuvxy")
ITEM = re.compile(r"(\d+)\. ")
POINT = re.compile(r"([a-zđ]{1,2})\) ")


@rule("C12")
def addressees(paper: Paper) -> Iterator[str]:
    first, *others = paper.addressees or [None]
    if first is None:
        return
    for line in paper.addressees:
        yield from looks(line, (13, 14), align="")
    if not others:
        if first.align != "center" or not first.text.removeprefix("Kính gửi:").strip():
            yield "one addressee does not stand centred on the line"
        return
    yield from ends([line.text for line in others])
    colon = first.left + width("Kính gửi", first)
    for line in others:
        if abs(line.left + line.first_line - colon) > 20:
            yield f"the dash of “{line.text}” is not under the colon"


@rule("C13")
def basis(paper: Paper) -> Iterator[str]:
    for line in paper.basis:
        yield from looks(line, (13, 14), italic=True, align="both")
        if not line.text.endswith("." if line is paper.basis[-1] else ";"):
            yield f"“{line.text}” ends otherwise"


@rule("C14")
def body(paper: Paper) -> Iterator[str]:
    for line in [*paper.basis, *paper.body]:
        problems = {
            "is not justified": line.align != "both",
            f"begins at {line.first_line}": line.first_line not in (567, 720),
            "stands too near to the next": max(line.before, line.after) < 120,
            f"has lines {line.line}": line.line[1] != "auto" or not 240 <= line.line[0] <= 360,
            "is not 13 to 14 points": not line.sized(13, 14),
            "is italic": line not in paper.basis and not line.all("italic", False),
        }
        for problem, found in problems.items():
            if found:
                yield f"“{line.text[:40]}” {problem}"
    if len({run.points for line in paper.body for run in line.runs}) > 1:
        yield "the text has several sizes"


def _headings(paper: Paper, pattern: re.Pattern[str]) -> Iterator[Paragraph]:
    for said in bodies(paper):
        for line in said:
            if isinstance(line, Paragraph) and pattern.match(line.text):
                yield line


@rule("C18")
def parts(paper: Paper) -> Iterator[str]:
    for said in bodies(paper):
        found = [PART.match(b.text) for b in said if isinstance(b, Paragraph)]
        yield from _in_order([f[1] for f in found if f], ROMAN)
    for line in _headings(paper, PART):
        yield from looks(line, (13, 14), bold=True, align="")
        if not line.upper:
            yield f"“{line.text}” is not in capitals"


def _in_order(found: list[str], names: list[str]) -> Iterator[str]:
    if found != names[: len(found)]:
        yield f"the numbers are {', '.join(found)}"


def _items(paper: Paper) -> Iterator[tuple[Paragraph, bool]]:
    """Each "1. …" and whether something stands under it."""
    for said in bodies(paper):
        for line, after in pairwise([*said, None]):
            if isinstance(line, Paragraph) and ITEM.match(line.text):
                closed = after is None or (
                    isinstance(after, Paragraph)
                    and (ITEM.match(after.text) or PART.match(after.text))
                )
                yield line, not closed


@rule("C19")
def items_with_a_title(paper: Paper) -> Iterator[str]:
    for line, heads in _items(paper):
        if heads:
            yield from looks(line, (13, 14), bold=True, align="")
    for said in bodies(paper):
        for group in _groups(said, PART):
            yield from _in_order(_numbers(group, ITEM), [str(n) for n in range(1, 100)])


@rule("C20")
def items_without_a_title(paper: Paper) -> Iterator[str]:
    for line, heads in _items(paper):
        if not heads:
            yield from looks(line, (13, 14), align="")


@rule("C21")
def points(paper: Paper) -> Iterator[str]:
    for line in _headings(paper, POINT):
        yield from looks(line, (13, 14), align="")
    for said in bodies(paper):
        for group in _groups(said, re.compile(rf"{PART.pattern}|{ITEM.pattern}")):
            yield from _in_order(_numbers(group, POINT), ALPHABET)


def _groups(
    said: list[Paragraph | Table], pattern: re.Pattern[str]
) -> Iterator[list[Paragraph | Table]]:
    group: list[Paragraph | Table] = []
    for block in said:
        if isinstance(block, Paragraph) and pattern.match(block.text):
            yield group
            group = []
        else:
            group.append(block)
    yield group


def _numbers(group: list[Paragraph | Table], pattern: re.Pattern[str]) -> list[str]:
    found = (pattern.match(block.text) for block in group if isinstance(block, Paragraph))
    return [match[1] for match in found if match]
