"""Whatever is uploaded: it is refused as a form, or it can be filled."""

import re
import time
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import AnswerError, FormError
from bot.forms.bundle import Bundle
from bot.forms.evaluate import compile_expression
from bot.forms.filling import Filling, Step
from bot.forms.functions import FUNCTIONS
from bot.forms.instance import MOST_ROWS, MOST_ROWS_IN_ALL
from bot.forms.judging import judge_xform
from bot.forms.special import SPECIAL
from bot.forms.xform import Form
from bot.forms.xpath import DEPTH, XPathError
from tests.forms.test_properties import FORM
from tests.forms.test_xpath import FORM as SMALL
from tests.forms.workbooks import ITEM, answer, begin, environment, package

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
    verdict = judge_xform(Bundle(xform.encode()))  # in this process, as the worker does it
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


VALUES = (
    "0",
    "-1",
    "2.5",
    "''",
    "'abc'",
    "'10 106 0 0; 11 106; 11 107'",
    "'2026-11-24'",
    "'0001-01-01T00:00:00+14:00'",
    "'9999-12-31T23:59:59-12:00'",
    "(1 div 0)",
    "(-1 div 0)",
    "(0 div 0)",
    "999999999999999999999999",
    "pow(10, 308)",
    "'(a|a)+b'",
    "'%Y-%j%'",
    "true()",
    "${n}",
    "${empty}",
    "${many}",
    "${v}",
    "${r}",
    "/data/r",
    "/data/*",
    "../..",
    "//*",
    "current()/..",
    f"instance('list')/{ITEM}",
    f"instance('list')/{ITEM}/name",
    "'list'",
)
OPERATORS = ("and", "or", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "|")
NAMES = sorted([*FUNCTIONS, *SPECIAL])


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    called = st.builds(
        lambda name, arguments: f"{name}({', '.join(arguments)})",
        st.sampled_from(NAMES),
        st.lists(inner, max_size=4),
    )
    joined = st.builds(
        lambda a, sign, b: f"({a} {sign} {b})", inner, st.sampled_from(OPERATORS), inner
    )
    filtered = st.builds(lambda a, test: f"{a}[{test}]", st.sampled_from(VALUES[-9:]), inner)
    return called | joined | filtered | st.builds("-{}".format, inner)


expressions = st.recursive(st.sampled_from(VALUES), larger, max_leaves=12)


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(expressions, st.sampled_from(["", "/data/n", "/data/r[2]/v"]))
def test_any_expression_is_refused_or_has_a_value(source: str, context: str) -> None:
    filling = Filling.start(SMALL, environment())
    try:
        value = filling.evaluate(source, context)
    except FormError:
        return
    assert isinstance(value, bool | float | str)


@pytest.mark.parametrize("name", NAMES)
@given(st.lists(st.sampled_from(VALUES), max_size=5))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_function_bears_any_arguments(name: str, arguments: list[str]) -> None:
    filling = Filling.start(SMALL, environment())
    try:
        value = filling.evaluate(f"{name}({', '.join(arguments)})", "/data/r[1]/v")
    except FormError:
        return
    assert isinstance(value, bool | float | str)


NESTED = {
    "functions": ("not(", "1 = 1", ")"),
    "brackets": ("(", "1", ")"),
    "predicates": ("/data/g[", "1", "]"),
    "elements of lists": ("instance('list')/root[", "1", "]"),
    "signs": ("-", "1", ""),
    "differences": ("1 - ", "1", ""),
    "conditions": ("if(1, ", "1", ", 3)"),
}


@cache
def deep(kind: str, levels: int) -> str:
    before, inside, behind = NESTED[kind]
    return before * levels + inside + behind * levels


def lower(levels: int, source: str) -> object:
    """The same from further down the stack, as in a busy bot."""
    if levels:
        return lower(levels - 1, source)
    return Filling.start(SMALL, environment()).evaluate(source)


@pytest.mark.parametrize("kind", NESTED)
def test_what_is_not_too_deep_to_be_read_is_not_too_deep_to_be_run(kind: str) -> None:
    for levels in (DEPTH // 2, DEPTH - 3):
        assert lower(0, deep(kind, levels)) == lower(300, deep(kind, levels))
    for levels in (DEPTH + 1, 5 * DEPTH, 50 * DEPTH):
        with pytest.raises(XPathError, match="deeper"):
            compile_expression(deep(kind, levels), SMALL.root, SMALL)


def test_an_expression_that_never_ends_is_given_up_soon() -> None:
    began = time.monotonic()
    with pytest.raises(FormError, match="take too long"):
        Filling.start(SMALL, environment()).evaluate(
            "count(" + "/data/r[" * 30 + "1 = 1" + "]" * 30 + ")"
        )
    assert time.monotonic() - began < 30  # some three seconds on a machine that is free


def test_slow_patterns_use_up_the_same_patience() -> None:
    filling = Filling.start(SMALL, environment())
    slow = "regex('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac', '(a|a)+(a+)+b')"
    assert filling.evaluate(slow) is False
    with pytest.raises(FormError, match="take too long"):
        filling.evaluate(" or ".join([slow] * 20))


def test_rows_do_not_multiply_without_end() -> None:
    filling = begin("""
        | type         | name | label | repeat_count |
        | integer      | n    | N     |              |
        | begin_repeat | a    | A     | ${n}         |
        | begin_repeat | b    | B     | ${n}         |
        | text         | t    | T     |              |
        | end_repeat   |      |       |              |
        | end_repeat   |      |       |              |
    """)
    answer(filling, n="300")
    rows = [filling.rows(f"/data/a[{n}]/b") for n in range(1, filling.rows("/data/a") + 1)]
    assert len(rows) + sum(rows) == MOST_ROWS_IN_ALL
    answer(filling, n="2")
    assert filling.rows("/data/a[2]/b") == 2
    for count, wanted in (("1 div 0", 0), ("pow(10, 300)", MOST_ROWS), ("-5", 0)):
        text = f"""
            | type         | name | label | repeat_count |
            | begin_repeat | a    | A     | {count}      |
            | text         | t    | T     |              |
            | end_repeat   |      |       |              |
        """
        assert begin(text).rows("/data/a") == wanted


def test_a_text_that_doubles_from_row_to_row_ends() -> None:
    rows = "\n".join(
        f"| calculate | c{n} | | concat(${{c{n - 1}}}, ${{c{n - 1}}}) |" for n in range(1, 60)
    )
    filling = begin(f"""
        | type | name | label | calculation |
        | text | c0   | C     |             |
        {rows}
    """)
    answer(filling, c0="x" * 1000)
    assert len(filling.value("c59")) == 100_000
