"""Every public form: it loads, or each fault has a place and a remedy; the largest is quick."""

import time
from pathlib import Path

import pytest
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from bot.forms import pyxform_worker
from bot.forms.fault_words import listed, problem_and_remedy
from bot.forms.faults import WHOLE_FILE
from bot.forms.sheet import examine
from bot.texts import texts

FORMS = Path(__file__).parents[3] / "shared" / "xlsforms"
SAY = texts("vi")
REFUSED = {
    "bad_calc.xlsx",
    "calculate_without_calculation.xls",
    "duplicate_columns.xlsx",
    "unknown_question_type.xls",
}
SECONDS = 6.0
"""The largest form's import on a machine that does other things as well; alone it takes 2."""

pytestmark = pytest.mark.skipif(not FORMS.is_dir(), reason="the public forms are not here")
files = sorted(path.name for path in FORMS.glob("*.x*")) if FORMS.is_dir() else []


@pytest.mark.parametrize("name", files)
def test_a_public_form_loads_or_is_refused_with_places_and_remedies(name: str) -> None:
    examined = examine((FORMS / name).read_bytes())
    assert (examined.package is None) == (name in REFUSED), listed(examined.faults, SAY)
    for fault in examined.faults:
        assert fault.sheet in ("survey", "choices", "settings", "report", WHOLE_FILE)
        assert fault.row or fault.sheet == WHOLE_FILE or fault.key == "fault-braces"
        assert all(problem_and_remedy(fault, SAY))


@pytest.mark.filterwarnings("ignore::UserWarning")  # of openpyxl, about looks that it drops
@pytest.mark.parametrize("name", [name for name in files if name.endswith(".xlsx")])
def test_cells_that_are_read_once_give_the_form_that_pyxform_reads(name: str) -> None:
    content = (FORMS / name).read_bytes()
    ours = pyxform_worker.answer_for(content)
    if "error" in ours:
        with pytest.raises(PyXFormError) as refused:
            convert(xlsform=content)
        assert str(refused.value) == ours["error"]
    else:
        assert convert(xlsform=content).xform == ours["xform"]


def test_the_largest_form_is_imported_quickly() -> None:
    largest = max(FORMS.glob("*.xls*"), key=lambda path: path.stat().st_size)
    content = largest.read_bytes()
    took = []
    for _ in range(3):
        began = time.perf_counter()
        assert examine(content).package is not None
        took.append(time.perf_counter() - began)
    print(f"import of {largest.name} ({len(content) // 1000} kB): {min(took):.2f} s")
    assert min(took) < SECONDS
