"""Public forms of every kind, answered on Telegram to the end with detours, and handed in."""

import asyncio
import io
from pathlib import Path

import pytest
from docx import Document

from tests.forms.test_oracle import BROKEN
from tests.talks.walker import TelegramAlone, Walker

FORMS = Path(__file__).parents[3] / "shared" / "xlsforms"
NAMES = (
    "08-complex-repeats.xml",
    "1-validation.xml",
    "13-repeat-count.xml",
    "2-dynamic-selects-itemsets.xml",
    "UCL_Biomass_Plot_Form.xlsx",
    "all-question-types-v2024091201-3.xlsx",
    "calculate.xls",
    "case_insensitivity.xlsx",
    "choice_filter_test.xlsx",
    "extra_columns.xlsx",
    "fav_color.xlsx",
    "impact_msna_form.xlsx",
    "loop.xlsx",
    "nested_repeats.xml",
    "or_other.xlsx",
    "repeat_date_test.xls",
    "simple_repeat.xlsx",
    "socio-economic-survey-v20240515.xlsx",
    "table-list.xls",
    "tutorial.xls",
    "widgets.xls",
    "xlsform_spec_test.xlsx",
    "yes_or_no_question.xls",
)
RESTARTED = {  # before which question the whole bot is stopped and started
    "all-question-types-v2024091201-3.xlsx": 30,
    "impact_msna_form.xlsx": 100,
    "nested_repeats.xml": 6,
    "widgets.xls": 12,
}
LONG = {
    "UCL_Biomass_Plot_Form.xlsx",
    "all-question-types-v2024091201-3.xlsx",
    "impact_msna_form.xlsx",
    "xlsform_spec_test.xlsx",
}
UNFINISHED = {
    # Its lists of regions, villages, plots and species are CSV files that its author kept.
    "UCL_Biomass_Plot_Form.xlsx": {
        *("region_id", "district_id", "village", "plot_id"),
        *("latin_name_id", "stump_latin_name_id", "latin_name_id_sp1", "latin_name_id_sp2"),
    },
}
"""Forms that cannot be handed in, and the required questions to which there is no answer."""
SEED = 7

pytestmark = pytest.mark.skipif(
    not FORMS.is_dir(), reason="the collection of public forms is not here"
)


def test_every_form_is_walked_or_refused():
    forms = {path.name for path in FORMS.iterdir() if path.suffix in (".xml", ".xls", ".xlsx")}
    assert forms == {*NAMES, *BROKEN}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if name in LONG else ()) for name in NAMES]
)
async def test_a_public_form_is_answered_to_its_end(tmp_path: Path, name: str):
    async with TelegramAlone(tmp_path) as place:
        walker = Walker(place, SEED)
        heard = await walker.walk(await place.ask(FORMS / name), RESTARTED.get(name, 0))
        assert await walker.kept() == await walker.straight()
        print(f"{name}: {dict(walker.counts)}")
        if name in UNFINISHED:
            assert {ref.rpartition("/")[2] for ref in walker.stuck} <= UNFINISHED[name]
            assert walker.stuck
            assert "Còn những câu này" in heard
            assert "✅ Đã nộp" not in await walker.say("nộp")
            return
        assert walker.stuck == []
        assert "Đã đủ các câu" in heard, heard
        assert "✅ Đã nộp" in await walker.press("Nộp")
        content = await walker.document()
        paper = await asyncio.to_thread(Document, io.BytesIO(content))
        assert "BÁO CÁO" in [part.text for part in paper.paragraphs]
