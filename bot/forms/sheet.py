"""Reads an uploaded questionnaire: workbook or XForm in, a checked package or its faults out."""

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.errors import FormError
from bot.forms.columns import Sheets, check_columns, check_types, layout_of, place_of
from bot.forms.faults import Issue, as_error, issues_of
from bot.forms.filling import Environment, Filling
from bot.forms.report_sheet import check_layout
from bot.forms.xform import Form

LARGEST_FILE: Final = 10_000_000
"""Bytes of a workbook or XForm."""
LARGEST_UNPACKED: Final = 200_000_000
"""Bytes of a workbook's parts when unpacked."""
WALL_SECONDS: Final = 60.0
"""Longest that reading one workbook may take."""

__all__ = ["FormPackage", "Issue", "load_form"]


@dataclass(frozen=True, slots=True)
class FormPackage:
    """A questionnaire as it is kept: all that is needed to compile and print it."""

    sha256: str  # of the uploaded bytes
    xform: str
    layout: dict[str, Any]  # plain JSON: survey rows with their extra columns, report, settings
    issues: tuple[Issue, ...]  # warnings


def load_form(content: bytes, filename: str) -> FormPackage:
    """Read .xlsx, .xls or .xml (told apart by their bytes). Blocking; up to a minute.

    Raises:
        FormError: it cannot be used; the text has all faults, each with its row and remedy.
    """
    if len(content) > LARGEST_FILE:
        raise FormError(filename, 0, f"the file is larger than {LARGEST_FILE // 1_000_000} MB")
    sha256 = hashlib.sha256(content).hexdigest()
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _checked(sha256, content.decode("utf-8-sig", "replace"), {}, [])
    if _unpacked_size(content) > LARGEST_UNPACKED:
        raise FormError(filename, 0, "the workbook is far larger than it looks; make it smaller")
    answer = _ask_pyxform(content, filename)
    if "unreadable" in answer:
        raise FormError(
            filename, 0, f"this is not an Excel workbook that can be read ({answer['unreadable']})"
        )
    return package_of(sha256, answer)


def _unpacked_size(content: bytes) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return 0  # an .xls, or no workbook at all: the worker will say


def package_of(sha256: str, answer: Mapping[str, Any]) -> FormPackage:
    """The package from what the worker says of a workbook.

    Raises:
        FormError: it cannot be used.
    """
    sheets: Sheets = answer["sheets"]
    if "survey" not in sheets:
        raise FormError("survey", 0, "the workbook has no sheet called survey")
    columns = check_columns(sheets, answer["columns"])
    types = check_types(sheets, answer["types"])
    errors = [issue for issue in columns if issue.severity == "error"]
    if "error" in answer:
        raise as_error([*errors, *types, _pyxform_issue(answer, sheets)])
    if errors:
        raise as_error(errors)
    layout = layout_of(sheets, answer["root"])
    if answer["itemsets"]:
        layout["itemsets"] = answer["itemsets"]
    return _checked(sha256, answer["xform"], layout, [*columns, *types])


def _checked(
    sha256: str, xform: str, layout: dict[str, Any], found: Sequence[Issue]
) -> FormPackage:
    form = Form.compile(xform, layout)
    Filling.start(form, _ANY_DAY)  # what never comes to rest is refused here
    found = [*found, *issues_of(form.faults, layout), *check_layout(form)]
    errors = [issue for issue in found if issue.severity == "error"]
    if errors:
        raise as_error(errors)
    return FormPackage(sha256, xform, layout, tuple(found))


def _ask_pyxform(content: bytes, filename: str) -> dict[str, Any]:
    program = Path(__file__).with_name("pyxform_worker.py")
    try:
        done = subprocess.run(  # noqa: S603 (our own program, nothing from outside on the line)
            [sys.executable, "-I", "-X", "utf8", str(program)],
            input=content,
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise FormError(
            filename, 0, "the workbook takes too long to read; make it smaller"
        ) from None
    if done.returncode:
        raise FormError(filename, 0, "the workbook needs too much memory or time; make it smaller")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


_ANY_DAY: Final = Environment(datetime(2024, 2, 29, tzinfo=UTC), ZoneInfo("UTC"))
_ROW: Final = re.compile(r"\[row : (\d+)\]\s*")
_SHEET: Final = re.compile(r"'(survey|choices|settings|entities)'|\b(choices|settings) sheet")


def _pyxform_issue(answer: Mapping[str, Any], sheets: Sheets) -> Issue:
    """What pyxform says, with the row it says or the first that has the word it quotes."""
    text: str = answer["error"]
    context: Mapping[str, str] = answer["context"]
    match = _ROW.search(text)
    named = _SHEET.search(text)
    row = int(match[1]) if match else int(context.get("row") or 0)
    sheet = context.get("sheet") or (named and (named[1] or (not row and named[2]))) or "survey"
    problem = _ROW.sub("", text).strip()
    if not row:
        sheet, row = place_of(problem, sheets, sheet)
    whole = f"{_sentence(problem)} {_remedy(problem)}".strip()
    return Issue(sheet, row, context.get("column", ""), "error", whole)


_REMEDIES: Final = {
    "Missing calculation": "Write the formula in the column calculation, or delete the row.",
    "Duplicate column header": "Keep one of the columns and delete or rename the other.",
    "different names for the same column": "Keep one of them.",
    "no name": "Write a name in the column name: letters, digits and _, beginning with a letter.",
}


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _remedy(problem: str) -> str:
    return next((text for mark, text in _REMEDIES.items() if mark in problem), "")
