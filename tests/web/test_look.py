"""Colours that can be read, and pages that say only what is in the texts."""

import re
from pathlib import Path

import pytest

from bot.texts import texts
from bot.web.pages import _SPOKEN, _SPOKEN_UPLOADING, FOLDER

# Every text colour on every ground it is used on.
PAIRS = [
    ("ink", "ground"),
    ("ink", "paper"),
    ("ink", "mine"),
    ("ink", "tint"),
    ("quiet", "ground"),
    ("quiet", "paper"),
    ("quiet", "mine"),
    ("accent", "paper"),
    ("accent", "ground"),
    ("accent", "tint"),
    ("accent", "mine"),
    ("on-accent", "accent"),
    ("good", "paper"),
    ("warn", "paper"),
    ("warn", "ground"),
    ("warn", "warn-ground"),
    ("bad", "ground"),
]
EDGES = [("accent", "paper"), ("accent", "ground"), ("quiet", "paper")]  # of buttons and boxes


def palettes() -> dict[str, dict[str, str]]:
    css = (FOLDER / "look.css").read_text(encoding="utf-8")
    light, dark = css.split("prefers-color-scheme: dark")[:2]
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part)) for part in (light, dark)]
    return {"light": found[0], "dark": found[0] | found[1]}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_the_measure_of_contrast_is_right():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read_by_weak_eyes(scheme: str):
    colours = palettes()[scheme]
    measured = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in PAIRS}
    assert {pair: ratio for pair, ratio in measured.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_edges_of_what_can_be_pressed_can_be_seen(scheme: str):
    colours = palettes()[scheme]
    assert all(contrast(colours[one], colours[other]) >= 3 for one, other in EDGES)


@pytest.mark.parametrize("kind", ["word", "excel", "pdf"])
def test_the_letters_on_a_document_can_be_read(kind: str):
    css = (FOLDER / "chat.css").read_text(encoding="utf-8")
    ground = re.search(rf'data-kind="{kind}"\] \{{ --sheet: (#[0-9a-f]{{6}})', css)[1]
    assert contrast(ground, "#ffffff") >= 4.5


@pytest.mark.parametrize("language", ["vi", "en"])
def test_all_that_the_pages_say_is_in_the_texts(language: str):
    say = texts(language)
    keys = {*_SPOKEN, *_SPOKEN_UPLOADING}
    for template in FOLDER.glob("*.html"):
        keys |= set(re.findall(r"""say\(["'](web-[\w-]+)["']""", template.read_text("utf-8")))
    for number in (1, 2, 3):
        keys.add(f"web-demo-step-{number}")
    keys -= {key for key in keys if key.endswith(("%d", "-"))}
    assert {key for key in keys if key not in say} == set()


def test_scripts_say_nothing_of_their_own_and_use_only_what_the_page_gives_them():
    used: set[str] = set()
    for script in FOLDER.glob("*.js"):
        source = script.read_text(encoding="utf-8")
        used |= set(re.findall(r'"(web-[\w-]+)"', source))
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", source, flags=re.S)
        assert not re.search(r"[\u00c0-\u1ef9]", code), script.name
        assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(", code)
    assert used - {"web-upload-"} <= {*_SPOKEN, *_SPOKEN_UPLOADING}


def test_files_are_not_too_long():
    for path in [*FOLDER.glob("*.js"), *FOLDER.glob("*.css")]:
        assert len(Path(path).read_text(encoding="utf-8").splitlines()) < 560, path.name
