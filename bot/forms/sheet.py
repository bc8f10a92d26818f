"""Reads an uploaded questionnaire: workbook or XForm in, a checked package or its faults out."""

import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from bot.forms.bundle import REPORT_FILE, Bundle, opened
from bot.forms.fault_words import (
    FormFaults,
    Say,
    counted,
    listed,
    place,
    problem_and_remedy,
)
from bot.forms.faults import WHOLE_FILE, Fault, error, from_json, merged
from bot.forms.file_kinds import refuse

WALL_SECONDS: Final = 40.0
"""Longest that reading one workbook may take."""
AT_ONCE: Final = 2
"""Workers that run side by side; each may take 1.5 GB for a moment."""

_places = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class FormPackage:
    """A questionnaire as it is kept: all that is needed to compile and print it."""

    sha256: str  # of the uploaded bytes
    xform: str
    layout: dict[str, Any]  # plain JSON: survey rows with their extra columns, report, settings
    warnings: tuple[Fault, ...]
    media: Mapping[str, bytes] = field(default_factory=dict)  # by key; named in layout["media"]
    template: bytes = b""  # the author's report.docx, when it came with the form


@dataclass(frozen=True, slots=True)
class Examined:
    """What came of a file: ``package`` where it can be used; everything that was found."""

    package: FormPackage | None
    faults: tuple[Fault, ...]


def examine(content: bytes) -> Examined:
    """Read .xlsx, .xls, .xml, or one of them in a ZIP with its files (told apart by their bytes).

    Blocking; up to 40 seconds.
    """
    refused = refuse(content)
    if refused is not None:
        return Examined(None, (refused,))
    try:
        said = json.loads(_ask_worker("read", content))
    except _WorkerEnded as ended:
        return Examined(None, (error(WHOLE_FILE, 0, "", ended.key),))
    faults = tuple(from_json(values) for values in said["faults"])
    sha256 = hashlib.sha256(content).hexdigest()
    examined = _examined(FormPackage(sha256, said["xform"], said["layout"], faults))
    if examined.package is None:
        return examined
    return replace(examined, package=_with_files(examined.package, opened(content)))


def _with_files(package: FormPackage, bundle: Bundle) -> FormPackage:
    keys: dict[str, str] = {}
    media: dict[str, bytes] = {}
    for name, content in bundle.media().items():
        ending = name.lower().rpartition(".")[2]
        keys[name] = f"forms/{hashlib.sha256(content).hexdigest()}.{ending}"
        media[keys[name]] = content
    layout = {**package.layout, "media": keys} if keys else package.layout
    template = bundle.files.get(REPORT_FILE, b"")
    return replace(package, layout=layout, media=media, template=template)


def load_form(content: bytes, filename: str = "") -> FormPackage:
    """Like ``examine``, for who cannot go on without the form; the name is only for the message.

    Raises:
        FormFaults: it cannot be used; has all faults, each with its place and remedy.
    """
    return _package(examine(content), filename)


def package_of(sha256: str, answer: Mapping[str, Any]) -> FormPackage:
    """The package from what pyxform_worker.answer_for says of a workbook, in this process.

    Raises:
        FormFaults: it cannot be used.
    """
    from bot.forms.judging import judge  # noqa: PLC0415 - elsewhere the worker judges

    verdict = judge(answer)
    package = FormPackage(sha256, verdict.xform, verdict.layout, verdict.faults)
    return _package(_examined(package), "")


def _examined(found: FormPackage) -> Examined:
    unusable = any(fault.is_error for fault in found.warnings)
    return Examined(None if unusable else found, found.warnings)


def _package(examined: Examined, filename: str) -> FormPackage:
    if examined.package is None:
        raise FormFaults(examined.faults, filename)
    return examined.package


# what an author gets back


def fault_file(content: bytes, faults: Sequence[Fault], say: Say) -> tuple[str, bytes]:
    """All faults as a file, with its suffix: the marked workbook, or a list where there is none.

    Blocking, like ``examine``.
    """
    workbook = mark(content, faults, say)
    if workbook:
        return ".xlsx", workbook
    return ".txt", f"{counted(faults, say)}\n\n{listed(faults, say)}\n".encode("utf-8-sig")


def mark(content: bytes, faults: Sequence[Fault], say: Say) -> bytes:
    """The workbook with its faulty cells in yellow, a comment in each, and a list in front.

    Empty where the file cannot be opened at all, or is no workbook. Blocking, like ``examine``.
    """
    if refuse(content) is not None or all(fault.sheet == WHOLE_FILE for fault in faults):
        return b""
    told = {
        "sheet": say("fault-sheet"),
        "author": say("fault-author"),
        "title": say("fault-sheet-title", counted=counted(faults, say)),
        "heads": [say("fault-head-place"), say("fault-head-problem"), say("fault-head-remedy")],
        "faults": [_told(fault, say) for fault in merged(faults)],
    }
    try:
        return _ask_worker("mark", json.dumps(told).encode() + b"\n" + opened(content).form)
    except _WorkerEnded:
        return b""


def _told(fault: Fault, say: Say) -> dict[str, Any]:
    problem, remedy = problem_and_remedy(fault, say)
    return {
        "sheet": fault.sheet,
        "row": fault.row,
        "cell": fault.cell,
        "error": fault.is_error,
        "place": place(fault, say),
        "problem": problem,
        "remedy": remedy,
    }


# the worker


class _WorkerEnded(Exception):
    """The worker took too long, too much, or fell over; ``key`` is of the bot's texts."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _ask_worker(job: str, content: bytes) -> bytes:
    program = Path(__file__).with_name("pyxform_worker.py")
    with _places:
        try:
            done = subprocess.run(  # noqa: S603 (our own program, nothing from outside on the line)
                [sys.executable, "-I", "-X", "utf8", str(program), job],
                input=content,
                capture_output=True,
                timeout=WALL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _WorkerEnded("fault-file-slow") from None
    if done.returncode or not done.stdout:
        raise _WorkerEnded("fault-file-heavy")
    return done.stdout
