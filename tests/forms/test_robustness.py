"""Whatever is uploaded: it is refused as a form, or it can be filled."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import AnswerError, FormError
from bot.forms.filling import Filling, Step
from bot.forms.judging import judge_xform
from bot.forms.xform import Form
from tests.forms.test_properties import FORM
from tests.forms.workbooks import environment, package

PARTS = (
    "",
    "(",
    "1",
    "0 div 0",
    "..",
    ".",
    ". + 1",
    "/data",
    "/data/lop",
    "/data/lop/hs",
    "/data/n",
    "../n",
    "count(/data/lop)",
    "sum(//*)",
    "position(..)",
    "current()/../hs",
    "indexed-repeat(/data/lop/hs, /data/lop, 1)",
    "instance('xa')/root/item",
    "jr:itext('x')",
    "once(1)",
    "99999",
    "true()",
    "false()",
    "int",
    "date",
    "string",
)
changes = st.lists(st.tuples(st.integers(0, 10_000), st.sampled_from(PARTS)), max_size=4)
choices = st.lists(st.integers(0, 10_000), max_size=15)


def changed(xform: str, place: int, part: str) -> str:
    """One attribute of the form, outside of its root, says something else."""
    found = list(re.finditer(r' [a-z:]+="([^"]*)"', xform))[12:]
    match = found[place % len(found)]
    return xform[: match.start(1)] + part + xform[match.end(1) :]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes, choices)
def test_a_form_is_refused_or_can_be_filled_and_resumed(
    spoilt: list[tuple[int, str]], story: list[int]
) -> None:
    xform = package(FORM).xform
    for place, part in spoilt:
        xform = changed(xform, place, part)
    verdict = judge_xform(xform.encode())  # in this process, as the worker does it
    if any(fault.is_error for fault in verdict.faults):
        return
    form = Form.compile(verdict.xform)
    filling = Filling.start(form, environment())
    for number in story:
        steps = list(filling.steps())
        if steps:
            take(filling, steps[number % len(steps)], number)
    resumed = Filling.resume(form, filling.state(), environment())
    assert resumed.state() == filling.state()
    filling.problems()
    filling.submission_xml()


def take(filling: Filling, step: Step, number: int) -> None:
    values = [option.name for option in step.choices] or ["", "1", "a", "2026-11-24"]
    try:
        if step.kind == "question":
            filling.answer(step.ref, values[number % len(values)])
        else:
            filling.add_row(step.ref)
    except (AnswerError, FormError):
        pass
