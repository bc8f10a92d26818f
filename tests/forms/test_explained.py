"""No message for programmers reaches an author unexplained: the engine's, and pyxform's."""

import ast
from pathlib import Path

import pytest
from pyxform.errors import ErrorCode

from bot.forms.explained import explain_expression, explain_flaw, explain_pyxform
from bot.forms.out_of_reach import REASONS
from bot.forms.pyxform_worker import _coded
from bot.texts import texts

FORMS = Path(__file__).parents[2] / "bot" / "forms"
SAY = texts("vi")
RAISED = ("XPathError",)
RETURNED = ("_unknown_sign", "_unknown_function")
NEVER_STOP = {"LABEL_001", "NAMES_002"}  # warnings of pyxform
SEEN_BEFORE = {  # survey_checks and choice_checks say these with more in them
    *("NAMES_007", "NAMES_008", "SURVEY_001", "SURVEY_002"),
}
OF_PROGRAMMERS = {"INTERNAL_001", "INTERNAL_002"}


def written(node: ast.expr) -> str | None:
    """A message as it might come out, with 7 in its gaps."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if not isinstance(node, ast.JoinedStr):
        return None
    parts = []
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
        else:
            source = ast.unparse(part)
            parts.append(
                {"hint": "", "_place": "before «7»"}.get(
                    next((word for word in ("hint", "_place") if word in source), ""), "7"
                )
            )
    return "".join(parts)


def messages(wanted: str) -> list[str]:
    found: list[str] = []
    for path in sorted(FORMS.glob("*.py")):
        if path.name == "expression_checks.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(wanted):
                found += filter(None, map(written, node.args))
            if (
                wanted == "XPathError"
                and isinstance(node, ast.FunctionDef)
                and node.name in RETURNED
            ):
                values = [n.value for n in ast.walk(node) if isinstance(n, ast.Return) and n.value]
                found += filter(None, map(written, values))
    return found


def test_there_are_messages_to_explain() -> None:
    assert len(messages("XPathError")) > 20


@pytest.mark.parametrize("message", messages("XPathError"))
def test_what_the_engine_says_of_an_expression_has_a_sentence(message: str) -> None:
    key, arguments = explain_expression(message)
    assert key != "fault-xpath-quoted", message
    assert SAY(key, expression="x", ref="x", name_ref="x", meant_ref="x", **arguments)


def flaws() -> list[str]:
    """Problems of forms: what stands in ``problem = …`` before a Flaw, or in a FormError."""
    found: list[str] = []
    for name in ("reading.py", "body.py", "instance.py"):
        for node in ast.walk(ast.parse((FORMS / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "problem":
                found += filter(None, [written(node.value)])
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("FormError", "Flaw"):
                found += [text for text in map(written, node.args) if text and " " in text]
    beyond = [text for text in found if text.startswith(("a chat cannot ask", "this is not done"))]
    reasons = [text.replace("7", why) for text in beyond for why in REASONS.values()]
    return [text for text in found if text not in beyond] + reasons


@pytest.mark.parametrize("message", flaws())
def test_what_the_engine_says_of_a_form_has_a_sentence(message: str) -> None:
    key, arguments = explain_flaw(message)
    assert key != "fault-quoted", message
    assert SAY(key, ref="x", name_ref="x", meant_ref="x", **arguments)


def test_an_expression_may_have_a_colon_in_it() -> None:
    key, arguments = explain_flaw("concat('a: b', ${c}: a «)» is missing at the end")
    assert key == "fault-xpath-bracket-end"
    assert arguments == {"expression": "concat('a: b', ${c}", "sign": ")"}


@pytest.mark.parametrize("code", [code.name for code in ErrorCode])
def test_each_code_of_pyxform_has_a_sentence(code: str) -> None:
    if code in NEVER_STOP | SEEN_BEFORE | OF_PROGRAMMERS:
        pytest.skip("does not apply: seen before pyxform, or does not stop it")
    gaps = (
        "row sheet column value name q other header missing sheet_name accepted rejected type"
        " candidates dataset scope other_scope other_row question columns saveto path"
    )
    context = dict.fromkeys(gaps.split(), "7")
    message = ErrorCode[code].value.format(**context)
    key, arguments = explain_pyxform(message, code, context)
    assert key != "fault-quoted"
    assert SAY(key, ref="x", name_ref="x", meant_ref="x", **arguments)


@pytest.mark.parametrize("code", ["NAMES_003", "PYREF_004", "SURVEY_005", "RANGE_005"])
def test_a_code_is_found_again_by_its_words(code: str) -> None:
    context = {
        "row": 3,
        "value": "data",
        "q": "tuoi",
        "sheet": "survey",
        "column": "label",
        "accepted": "a",
        "rejected": "b",
        "name": "start",
    }
    message = ErrorCode[code].value.format(**context)
    found, gaps = _coded(ValueError(message), message)
    assert found == code
    assert {"row": "3"}.items() <= gaps.items()


def test_what_nobody_knows_is_quoted() -> None:
    assert explain_pyxform("Something new.", "", {}) == (
        "fault-quoted",
        {"problem": "Something new."},
    )
