"""Every sentence exists in both languages, with the same gaps; each is used, none is missing."""

import re
from pathlib import Path

import pytest

from bot.texts import FOLDER, texts

ROOT = Path(__file__).parent.parent
KEY = re.compile(r"^([A-Za-z][\w-]*) =", re.MULTILINE)
GAP = re.compile(r"\{ \$(\w+) \}")
FAMILIES = (  # keys of which the program puts the end together
    "status-",
    "deed-",
    "role-",
    "office-status-",
    "office-missing-",
    "remind-",
    "left-",
    "late-",
    "call-",
    "button-snooze-",
    "broadcast-",
    "usage-",
    "fault-reach-",
    "button-b",
    "office-broadcast-",
    "unread-",
    "how-",
    "file-wanted-",
    "photo-warning-",
    "weekday-",
    "channel-",
    "app-",
    "menu-",
    "web-",
    "totals-",
    "progress-",
    "office-paper-",
    "template-part-",
)


def written(language: str) -> dict[str, set[str]]:
    """The keys of a language, and the gaps of each sentence."""
    source = (FOLDER / f"{language}.ftl").read_text(encoding="utf-8")
    found = list(KEY.finditer(source))
    ends = [match.start() for match in found[1:]] + [len(source)]
    return {
        match[1]: set(GAP.findall(source[match.end() : end]))
        for match, end in zip(found, ends, strict=True)
    }


def program() -> str:
    """Everything that may name a sentence."""
    folders = ("bot", "handlers", "templates/web")
    files = [file for folder in folders for file in (ROOT / folder).rglob("*.*")]
    kinds = (".py", ".html", ".js")
    return "\n".join(file.read_text(encoding="utf-8") for file in files if file.suffix in kinds)


def test_both_languages_have_the_same_sentences_with_the_same_gaps():
    assert written("vi") == written("en")


def test_no_sentence_is_written_twice():
    for language in ("vi", "en"):
        keys = KEY.findall((FOLDER / f"{language}.ftl").read_text(encoding="utf-8"))
        assert len(keys) == len(set(keys))


def test_every_sentence_is_used():
    named = set(re.findall(r"[\"'`]([a-z][\w-]*)[\"'`]", program()))
    unused = {key for key in written("vi") if key not in named and not key.startswith(FAMILIES)}
    assert unused == set()


def test_every_sentence_that_is_named_exists():
    named = re.findall(r"(?:\btext|\bsay|\bchoice)\(\s*\"([a-z][\w-]*)\"", program())
    assert {key for key in named if key not in written("vi")} == set()


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_has_members(family: str):
    assert any(key.startswith(family) for key in written("vi"))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_sentence_can_be_said(language: str):
    say = texts(language)
    for key, gaps in written(language).items():
        said = say(key, **dict.fromkeys(gaps, "7"))
        assert said
        assert "{" not in said


def test_an_unknown_language_is_answered_in_vietnamese():
    assert texts("xx").language == "vi"


def test_a_long_answer_stands_in_a_sentence_as_it_is():
    long = "Học sinh đọc sách. " * 400
    said = texts("vi")("value-now", value=long)
    assert long.strip() in said


def test_a_sentence_is_not_said_with_a_gap():
    with pytest.raises(KeyError, match=r"join-school.*school"):
        texts("vi")("join-school", office="Phòng GD&ĐT")
