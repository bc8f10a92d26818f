"""Expressions: how they are read, and what they say."""

import math
import operator
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.forms.filling import Environment, Filling
from bot.forms.functions import FUNCTIONS
from bot.forms.special import SPECIAL
from bot.forms.xform import Form
from bot.forms.xpath import DEPTH, Operation, XPathError, parse

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
XFORM = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
        xmlns:jr="http://openrosa.org/javarosa">
  <h:head><h:title>Test</h:title>
    <model>
      <itext><translation lang="vi"><text id="hi"><value>Chào</value></text></translation></itext>
      <instance><data id="test" version="7">
        <text>Đọc sách</text><n>5</n><d>2.50</d><empty/><day>2026-11-20</day>
        <time>07:30:00.000</time><many>a b c</many><one>b</one><hidden>x</hidden>
        <g><inner>9</inner></g>
        <r><v>1</v></r><r><v>2</v></r><r><v>3</v></r>
      </data></instance>
      <instance id="list"><root>
        <item><name>a</name><label>Anh</label><big>1</big></item>
        <item><name>b</name><label>Bình</label><big>2</big></item>
        <item><name>c</name><label>Chi</label><big>1</big></item>
      </root></instance>
      <bind nodeset="/data/n" type="int"/>
      <bind nodeset="/data/d" type="decimal"/>
      <bind nodeset="/data/day" type="date"/>
      <bind nodeset="/data/time" type="time"/>
      <bind nodeset="/data/hidden" relevant="false()"/>
      <bind nodeset="/data/r/v" type="int"/>
    </model>
  </h:head>
  <h:body>
    <input ref="/data/text"><label>T</label></input>
    <select1 ref="/data/one"><label>O</label>
      <itemset nodeset="instance('list')/root/item"><value ref="name"/>
      <label ref="label"/></itemset>
    </select1>
    <repeat nodeset="/data/r"><input ref="/data/r/v"><label>V</label></input></repeat>
  </h:body>
</h:html>
"""
FORM = Form.compile(XFORM)


def say(expression: str, context: str = "") -> bool | float | str:
    now = datetime(2026, 11, 24, 9, 30, tzinfo=ZONE)
    return Filling.start(FORM, Environment(now, ZONE, random=Random(1))).evaluate(
        expression, context
    )


TRUE = """
    1 + 2 * 3 = 7
    (1 + 2) * 3 = 9
    2 - 1 - 1 = 0
    7 mod 3 = 1 and -7 mod 3 = -1 and 7 div 2 = 3.5
    - 2 + 3 = 1 and --2 = 2
    1 < 2 and 2 <= 2 and 3 > 2 and 3 >= 3 and 1 != 2
    1 = 2 or 'a' = 'a'
    true() and not(false())
    /data/n = 5 and ${n} = '5' and ${n} < 10
    ${d} = 2.5 and ${d} * 2 = 5
    ${text} = 'Đọc sách'
    ${empty} = '' and not(${empty})
    not(${empty} = 0) and not(${empty} < 1) and not(${empty} >= 0)
    ${empty} != 0
    string(${empty} + 1) = 'NaN'
    coalesce(${empty}, 0) + 1 = 1
    coalesce(${empty}, ${n}) = 5
    boolean('false') and not(boolean('')) and not(boolean(0)) and boolean(-1)
    ${hidden} = '' and count(${hidden}) = 0
    if(${n} > 3, 'yes', 1 div 0) = 'yes'
    ${day} < today() and ${day} <= '2026-11-20' and ${day} > '2026-11-19'
    today() - ${day} = 4
    date(today() - 4) = ${day}
    today() = '2026-11-24' and date('2026-11-24') = today()
    now() > today() and now() < today() + 1
    decimal-date-time('1970-01-02T07:00:00+07:00') = 1
    decimal-date-time('1970-01-01T00:00:00Z') = 0
    decimal-time('06:00') = 0.25 and decimal-time('12:00:00.000+07:00') = 0.5
    format-date(${day}, '%d/%m/%Y') = '20/11/2026' and format-date(${day}, '%e/%n/%y') = '20/11/26'
    format-date-time('2026-11-20T07:05:09', '%H:%M:%S %h') = '07:05:09 7'
    difference-in-months('2026-01-31', '2026-03-30') = 1
    difference-in-months('2020-01-15', ${day}) = 82
    selected(${many}, 'b') and not(selected(${many}, 'd')) and not(selected('', ''))
    count-selected(${many}) = 3 and selected-at(${many}, 2) = 'c' and selected-at(${many}, 9) = ''
    concat('a', 1, true(), ${empty}) = 'a1true'
    join(', ', ${v}) = '1, 2, 3' and join('-', 'a', 'b') = 'a-b'
    concat(${v}) = '123'
    sum(${v}) = 6 and count(${v}) = 3 and max(${v}) = 3 and min(${v}) = 1 and max(4, 9, 2) = 9
    count-non-empty(/data/*) = 7
    sum(/data/r[v > 1]/v) = 5 and /data/r[2]/v = 2 and /data/r[position() = 3]/v = 3
    count(/data/r[last()]) = 1 and /data/r[last()]/v = 3
    indexed-repeat(${v}, ${r}, 2) = 2 and indexed-repeat(${v}, ${r}, 9) = ''
    position(/data/r[1]) = 1
    //inner = 9 and /data/g/* = 9 and count(/data/g | /data/n) = 2
    instance('list')/root/item[name = ${one}]/label = 'Bình'
    instance('list')/root/item[2]/label = 'Bình'
    count(instance('list')/root/item[big = 1]) = 2
    count(instance('list')/root/item[big = '1' and name != 'a']) = 1
    count(instance('list')/root/item[selected(${many}, name)]) = 3
    jr:choice-name(${one}, '${one}') = 'Bình' and jr:choice-name('c', '/data/one') = 'Chi'
    jr:choice-name('zz', '/data/one') = 'zz'
    pulldata('list', 'label', 'name', 'a') = 'Anh' and pulldata('list', 'label', 'name', 'z') = ''
    jr:itext('hi') = 'Chào' and jr:itext('nothing') = ''
    regex('abc', '[a-c]+') and not(regex('abcd', '[a-c]+')) and regex('Đà', '\\p{L}+')
    not(regex('x', concat('(', '')))
    string-length('Đọc') = 3 and contains('Đọc sách', 'sách') and starts-with('abc', 'ab')
    ends-with('abc', 'bc') and not(contains('a', 'b'))
    substr('hello', 1) = 'ello' and substr('hello', 1, 3) = 'el' and substr('hello', -3) = 'llo'
    substring('12345', 2, 3) = '234' and substring('12345', 1.5, 2.6) = '234'
    substring('12345', -42, 1 div 0) = '12345' and substring('12345', 0 div 0, 3) = ''
    substring-before('a/b', '/') = 'a' and substring-after('a/b', '/') = 'b'
    translate('bar', 'abc', 'AB') = 'BAr' and normalize-space('  a   b ') = 'a b'
    int(2.9) = 2 and int(-2.9) = -2 and floor(-2.1) = -3 and ceiling(2.1) = 3
    round(2.5) = 3 and round(-1.5) = -2 and round(2.345, 2) = 2.35 and round(1234, -2) = 1200
    abs(-3) = 3 and sqrt(9) = 3 and pow(2, 10) = 1024 and round(pi(), 2) = 3.14
    string(number('abc')) = 'NaN' and string(1 div 0) = 'Infinity'
    number('2026-11-24') = 20781 and number(' 12 ') = 12
    string(5) = '5' and string(0.5) = '0.5' and string(1000000000000) = '1000000000000'
    string-length(uuid()) = 36 and string-length(uuid(8)) = 8
    random() >= 0 and random() < 1
    checklist(1, 2, true(), false()) and not(checklist(2, -1, true()))
    weighted-checklist(3, -1, true(), 2, true(), 1)
    boolean-from-string('1') and not(boolean-from-string('yes'))
    version() = '7'
    digest('a', 'MD5', 'hex') = '0cc175b9c0f1b6a831c399e269772661'
    base64-decode('VmlldA==') = 'Viet'
    count(randomize(${v})) = 3 and sum(randomize(${v}, 42)) = 6
    round(distance('10 106', '10 106.01')) = 1096
    once(3) = 3
    format-number(1500000) = '1.500.000' and format-number(1234.5, 2) = '1.234,50'
    format-number('87.55', 1) = '87,6' and format-number(-1500) = '-1.500'
    format-number(-0.4) = '0' and format-number(1 div 0) = ''
    format-number('') = '' and format-number('abc', 2) = '' and format-number(999, -3) = '999'
    geofence('10 106', '9 105; 11 105; 11 107; 9 107')
    not(geofence('12 106', '9 105; 11 105; 11 107')) and not(geofence('', '9 105; 11 105; 11 107'))
    distance('10 106') = 0 and string(round(2.5, 1 div 0)) = '2.5'
    name(/data/g) = 'g'
"""


@pytest.mark.parametrize("expression", [line.strip() for line in TRUE.strip().splitlines()])
def test_this_is_true(expression: str) -> None:
    assert say(expression) is True


CONFORMANCE = """
    true false not if selected concat coalesce regex today now string-length jr:choice-name
    position count sum count-selected instance current uuid once string number int round

    date date-time decimal-date-time format-date format-date-time contains starts-with join floor
    selected-at pulldata indexed-repeat max min jr:itext boolean count-non-empty

    randomize random decimal-time ends-with substr substring-before substring-after translate
    normalize-space boolean-from-string checklist weighted-checklist pow abs sqrt ceiling sin cos
    tan asin acos atan atan2 exp exp10 log log10 pi digest base64-decode area distance geofence
    version last name

    difference-in-months format-number
"""


def test_every_function_of_the_conformance_list_is_there() -> None:
    assert {*CONFORMANCE.split()} <= {*FUNCTIONS, *SPECIAL}


def test_a_path_from_the_root_means_the_own_row() -> None:
    assert say("/data/r/v", "/data/r[2]") == 2.0
    assert say("${v} + 1", "/data/r[3]/v") == 4.0
    assert say("../v", "/data/r[2]/v") == 2.0
    assert say("position(..)", "/data/r[3]/v") == 3.0
    assert say("count(../../r)", "/data/r[3]/v") == 3.0
    assert say("sum(../preceding)", "/data/r[1]/v") == 0.0
    assert say("/data/r[position() = position(current()/..) - 1]/v", "/data/r[2]/v") == 1.0
    assert say("indexed-repeat(${v}, ${r}, position(..) - 1)", "/data/r[3]/v") == 2.0
    assert say("/data/r[v = current()/../v]/v", "/data/r[3]/v") == 3.0


BROKEN = {
    "${a} > and 3": "missing",
    "(1 + 2": "«)» is missing at the end",
    "1 + 2)": "«)» too many",
    "item[1": "«]» is missing",
    "'abc": "quotation mark",
    "a = “b”": "curly quotation mark",
    "": "empty",
    "1 +": "value is missing at the end",
    "1 2": "operator is missing",
    "a/": "name is missing",
    "a # b": "«#»",
    "preceding-sibling::a": "axis",
    "(" * 200 + "1" + ")" * 200: "deeper",
    "not(" * 130 + "1" + ")" * 130: "deeper",
}


@pytest.mark.parametrize("expression", BROKEN)
def test_what_is_no_expression_is_explained(expression: str) -> None:
    with pytest.raises(
        XPathError, match=BROKEN[expression].replace("(", r"\(").replace(")", r"\)")
    ):
        parse(expression)


def test_long_chains_are_not_deep() -> None:
    assert say(" + ".join(["1"] * 3000)) == 3000.0
    assert say(" and ".join(["1 = 1"] * 3000)) is True
    parse("(" * (DEPTH - 2) + "1" + ")" * (DEPTH - 2))


def test_words_are_names_where_a_value_is_expected() -> None:
    assert parse("div div mod") == Operation("div", parse("div"), parse("mod"))
    assert parse("and and or") == Operation("and", parse("and"), parse("or"))


def test_a_pattern_that_never_ends_counts_as_not_matching() -> None:
    assert say("regex('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac', '(a|a)+(a+)+b')") is False


@given(st.text(alphabet="ab1.'\"()[]/@$*+-=<>!|,:{} \tandordivmodđ", max_size=40))
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    with suppress(XPathError):
        parse(text)


NUMBERS = st.floats(-1e9, 1e9, allow_nan=False) | st.integers(-(10**9), 10**9).map(float)


OPERATORS: dict[str, Callable[[float, float], float | bool]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
}


@given(NUMBERS, NUMBERS, st.sampled_from(sorted(OPERATORS)))
def test_arithmetic_is_that_of_numbers(a: float, b: float, sign: str) -> None:
    left, right = f"{a:.6f}", f"{b:.6f}"
    expected = OPERATORS[sign](float(left), float(right))
    assert say(f"number('{left}') {sign} number('{right}')") == expected


def test_division_by_nothing_is_no_failure() -> None:
    assert say("1 div 0") == math.inf
    assert say("-1 div 0") == -math.inf
    assert math.isnan(float(say("0 div 0")))
    assert math.isnan(float(say("5 mod 0")))
