"""A questionnaire is tried before anyone is asked: by chance, or in the terminal as in the chat."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.errors import SetupError
from tests.documents.word import read, word
from tests.forms.workbooks import workbook

ROOT = Path(__file__).parents[2]
FORM = """
| type              | name  | label        | required | relevant        | report::unit |
| integer           | so_hs | Số học sinh? | yes      |                 | học sinh     |
| select_one co     | le    | Có lễ không? | yes      |                 |              |
| text              | ly_do | Vì sao?      | yes      | ${le} = 'khong' |              |
| text              | xa    | Xa không?    |          | ${so_hs} < 0    |              |
## choices
| list_name | name  | label |
| co        | co    | Có    |
| co        | khong | Không |
## settings
| form_title | form_id |
| Sĩ số      | si_so   |
"""
OWN = "{{ bao_cao.don_vi }} có {{ so_hs }}, lễ: {{ le }}{% if ly_do %} vì {{ ly_do }}{% endif %}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "form.xlsx").write_bytes(workbook(FORM))
    (tmp_path / "report.docx").write_bytes(word(OWN))
    return tmp_path


def test_runs_by_chance_say_how_long_it_is_and_what_was_never_asked(folder: Path):
    order = ["rehearse", str(folder / "form.xlsx"), "--random", "12", "--out", str(folder / "ra")]
    said = CliRunner().invoke(app, order).output
    assert "12 runs; questions asked: min 2, median" in said
    assert "max 3" in said
    assert [line for line in said.splitlines() if "never" in line] == [
        "never reached: xa (survey, row 5)"
    ]
    reports = sorted((folder / "ra").glob("*.docx"))
    assert len(reports) == 12
    texts = [read(path.read_bytes())[0] for path in reports]
    assert all(text.startswith("Trường TH và THCS Diễn Tập có") for text in texts)
    assert {"vì" in text for text in texts} == {True, False}
    again = CliRunner().invoke(app, [*order[:-1], str(folder / "lai")])
    assert again.exit_code == 0
    for path in reports:
        assert read((folder / "lai" / path.name).read_bytes()) == read(path.read_bytes())


def test_a_form_with_faults_is_not_played(folder: Path):
    (folder / "report.docx").write_bytes(word("{{ so_h }}"))
    done = CliRunner().invoke(app, ["rehearse", str(folder / "form.xlsx"), "--random", "1"])
    assert isinstance(done.exception, SetupError)
    assert 'Có phải "so_hs" không?' in str(done.exception)


def test_the_terminal_asks_as_the_chat_does_and_writes_the_report(folder: Path):
    command = [sys.executable, "-m", "bot", "rehearse", str(folder / "form.xlsx")]
    done = subprocess.run(
        [*command, "--out", str(folder / "ra")],
        input="xin chào\n1\n1\n540\nkhông\nmưa lớn\n",
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    for line in ("Số học sinh?", "✓ Số học sinh: 540 học sinh", "Vì sao?", "Đã đủ các câu"):
        assert line in done.stdout
    assert read((folder / "ra" / "bao-cao.docx").read_bytes()) == [
        "Trường TH và THCS Diễn Tập có 540 học sinh, lễ: Không vì mưa lớn"
    ]
