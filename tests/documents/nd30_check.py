"""Checks a Word file against Nghị định 30/2020/NĐ-CP, Phụ lục I, rule by rule.

Written from the rules, not from the program that makes the files: it reads the XML. Rules
C15 to C17 (Phần, Chương, Mục, Điều) and C30 (marks nobody has to print) do not apply to a
school's report. ``python -m tests.documents.nd30_check FILE…`` checks any report.
"""

import sys
from pathlib import Path

from tests.documents import rules_ends, rules_house, rules_page, rules_text
from tests.documents.paper import CHECKS, Paper

RULES = (rules_page, rules_text, rules_ends, rules_house)  # each enters its own into CHECKS


def violations(content: bytes) -> list[str]:
    """ "C8: …" for each rule that the file breaks."""
    paper = Paper(content)
    return [f"{name}: {problem}" for name, check in CHECKS.items() for problem in check(paper)]


if __name__ == "__main__":
    for path in sys.argv[1:]:
        found = violations(Path(path).read_bytes())
        sys.stdout.write("\n  ".join([path, *found]) + "\n")
