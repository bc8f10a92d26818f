"""The house is in order: what README says is what there is, and no path of one machine is in it."""

import re
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from bot.__main__ import app
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "huong-dan.md").read_text(encoding="utf-8")
MACHINE = re.compile(r"(?<![\w.~])/(?:home|Users|work)/\w+|/root/\.\w+")


def commands() -> list[str]:
    return [
        str(command.name or (command.callback and command.callback.__name__))
        for command in app.registered_commands
    ]


def own_columns() -> list[str]:
    """The columns that the program reads beside plain XLSForm, as its source names them."""
    sources = [
        file.read_text(encoding="utf-8")
        for folder in ("bot", "handlers")
        for file in (ROOT / folder).rglob("*.py")
    ]
    return sorted(set(re.findall(r"\b(?:bot|report)::[a-z_]+", "\n".join(sources))))


def kept() -> list[Path]:
    """The files of the project, as git has or would have them."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git repository")
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


@pytest.mark.parametrize("name", [one.name for one in fields(Settings)])
def test_readme_names_every_setting(name: str):
    assert f"`BOT_{name.upper()}`" in README


@pytest.mark.parametrize("name", commands())
def test_readme_names_every_command(name: str):
    assert re.search(rf"(?:make |-m bot ){name}\b", README), name


@pytest.mark.parametrize("name", own_columns())
def test_readme_and_guide_name_every_column_of_ours(name: str):
    assert f"`{name}`" in README
    assert f"`{name}`" in GUIDE


def test_readme_leads_only_to_what_is_there():
    for document, folder in ((README, ROOT), (GUIDE, ROOT / "docs")):
        links = re.findall(r"\]\(([^)#:]+)[)#]", document) + re.findall(r'src="([^"]+)"', document)
        assert [link for link in links if not (folder / link).exists()] == []


def test_the_guides_pictures_are_small():
    pictures = list((ROOT / "docs" / "images").glob("*"))
    assert {picture.suffix for picture in pictures} == {".png"}
    assert all(picture.stat().st_size < 200_000 for picture in pictures)


def test_no_path_of_one_machine_is_in_the_project():
    found = []
    for path in kept():
        if path.name == Path(__file__).name or path.suffix in (".png", ".xlsx", ".lock"):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {match}" for match in MACHINE.findall(text)]
    assert found == []
