"""Real forms, filled as JavaRosa (the engine inside ODK Collect) recorded it."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

import pytest
from defusedxml.ElementTree import fromstring

from bot.errors import AnswerError
from bot.forms.fault_words import FormFaults
from bot.forms.filling import Environment, Filling
from bot.forms.sheet import load_form
from bot.forms.xform import Form

FORMS = Path(__file__).parents[2].parent / "shared" / "xlsforms"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZONE)
FLOOR = 0.98
"""Share of the recorded fillings that must come out exactly the same."""

pytestmark = pytest.mark.skipif(
    not (FORMS / "oracle.jsonl").exists(), reason=f"the recorded forms are not there: {FORMS}"
)

UNCERTAIN = re.compile(r"uuid:|[0-9a-f]{8}-[0-9a-f]{4}-4|2026-11-24T\d\d:\d\d:\d\d\.")
"""Values that depend on chance or on the clock: ids, start, end, now()."""
NOT_COMPARED = (  # values of which the recording is wrong
    "/SEClass[1]",  # JavaRosa prints an itext id as "[itext:]"
    "/end[1]",  # recorded before the form was finished
)


def scripts() -> Iterator[dict[str, Any]]:
    for line in (FORMS / "oracle.jsonl").read_text().splitlines():
        yield json.loads(line)


@cache
def form(name: str) -> Form:
    package = load_form((FORMS / name).read_bytes(), name)
    return Form.compile(package.xform, package.layout)


def difference(script: dict[str, Any]) -> str:
    """Replay one recorded filling; what is different first, "" when nothing is."""
    filling = Filling.start(form(script["form"]), Environment(NOW, ZONE, random=Random(1)))
    at: str | None = None
    for kind, ref, *rest in script["steps"]:
        step = filling.after(at)
        if step is None or short(step.ref) != ref:
            return f"{kind} {ref}: asked is {step and step.ref}"
        trouble = take(filling, step.ref, kind, rest[0] if rest else "")
        if trouble:
            return trouble
        if kind != "V":
            at = f"{step.ref}[{filling.rows(step.ref)}]" if kind == "A" else step.ref
    step = filling.after(at)
    if step is not None:
        return f"{step.ref} is asked after the end"
    return different_leaf(script["expected"], filling.submission_xml())


def take(filling: Filling, ref: str, kind: str, value: str) -> str:
    try:
        if kind == "A":
            filling.add_row(ref)
        elif kind == "N":
            filling.close_repeat(ref)
        elif value:
            filling.answer(ref, value)
        else:
            filling.skip(ref)
    except AnswerError:
        return "" if kind == "V" else f"{ref}: «{value}» is refused"
    return f"{ref}: «{value}» is accepted" if kind == "V" else ""


def short(ref: str) -> str:
    return ref.replace("[1]", "")


def different_leaf(expected: str, actual: str) -> str:
    want, have = dict(leaves(expected)), dict(leaves(actual))
    if want.keys() != have.keys():
        return f"only here or only there: {sorted(want.keys() ^ have.keys())}"
    for path, value in want.items():
        if not path.endswith(NOT_COMPARED) and not same(value, have[path]):
            return f"{path}: «{value}» expected, is «{have[path]}»"
    return ""


def leaves(xml: str) -> Iterator[tuple[str, str]]:
    yield from below(fromstring(xml), "")


def below(element: Element, path: str, row: int = 1) -> Iterator[tuple[str, str]]:
    path = f"{path}/{element.tag.rpartition('}')[2]}[{row}]"
    if not len(element):
        yield path, (element.text or "").strip()
    counts: dict[str, int] = {}
    for child in element:
        number = counts[child.tag] = counts.get(child.tag, 0) + 1
        yield from below(child, path, number)


def same(a: str, b: str) -> bool:
    if a == b or (UNCERTAIN.match(a) and UNCERTAIN.match(b)):
        return True
    return any(_same_as(read, a, b) for read in (numbers, datetime.fromisoformat))


def numbers(text: str) -> list[float]:
    return [float(number) for number in re.split(r"[ ;]+", text)]


def _same_as(read: Callable[[str], object], a: str, b: str) -> bool:
    try:
        return read(a) == read(b)
    except ValueError:
        return False


EXPLAINED: dict[str, str] = {}
"""Fillings that differ, as «form seed», and why each may: none does."""


@pytest.fixture(scope="module")
def results() -> dict[str, str]:
    return {f"{script['form']} {script['seed']}": difference(script) for script in scripts()}


def test_real_forms_are_asked_answered_and_submitted_as_in_odk_collect(
    results: dict[str, str],
) -> None:
    failing = {name: why for name, why in results.items() if why}
    share = 1 - len(failing) / len(results)
    print(f"{share:.1%} of {len(results)} fillings are the same")
    assert {name: why for name, why in failing.items() if name not in EXPLAINED} == {}
    assert EXPLAINED.keys() - failing.keys() == set(), "explained, but the same now"
    assert share >= FLOOR


BROKEN = {  # sheet, row, and a word of the remedy
    "bad_calc.xlsx": ("survey", 2, "fault-xpath-quote"),
    "calculate_without_calculation.xls": ("survey", 34, "fault-calculation-missing"),
    "duplicate_columns.xlsx": ("survey", 1, "fault-column-twice"),
    "unknown_question_type.xls": ("survey", 1, "fault-column-twice"),
}
LOADS = {"UCL_Biomass_Plot_Form.xlsx": 57}
"""Forms nobody has recorded, with how many questions they ask."""


def test_every_form_there_is_recorded_or_loads_or_is_refused() -> None:
    forms = {path.name for path in FORMS.iterdir() if path.suffix in (".xml", ".xls", ".xlsx")}
    assert forms == {script["form"] for script in scripts()} | BROKEN.keys() | LOADS.keys()


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_form_is_refused_with_sheet_row_and_remedy(name: str) -> None:
    with pytest.raises(FormFaults) as refused:
        load_form((FORMS / name).read_bytes(), name)
    first = next(fault for fault in refused.value.faults if fault.is_error)
    assert (first.sheet, first.row, first.key) == BROKEN[name]
    assert "→" in str(refused.value)


@pytest.mark.parametrize("name", LOADS)
def test_a_form_with_external_lists_loads_without_them_and_names_them(name: str) -> None:
    loaded = form(name)
    assert len(loaded.questions) == LOADS[name]
    missing = [fault.problem for fault in loaded.faults if fault.severity == "warning"]
    assert len(loaded.files) == 5
    assert all(any(file in problem for problem in missing) for file in loaded.files)


def test_what_a_chat_cannot_ask_is_named_in_real_forms() -> None:
    everything = form("all-question-types-v2024091201-3.xlsx")
    assert {(beyond.name, beyond.reason) for beyond in everything.out_of_reach} == {
        ("ex_string", "app"),
        ("ex_integer", "app"),
        ("ex_decimal", "app"),
        ("ex_image", "app"),
        ("ex_audio", "app"),
        ("ex_video", "app"),
        ("ex_file", "app"),
        ("draw_image", "draw"),
        ("annotate_image", "annotate"),
        ("signature", "signature"),
        ("geotrace", "geotrace"),
        ("geoshape", "geoshape"),
    }
    assert [b.reason for b in form("xlsform_spec_test.xlsx").out_of_reach][-1] == "encryption"
