"""Recognising that a reply wants to change an earlier answer: "sửa", "sua cau 7 = 45"."""

import re
import unicodedata
from dataclasses import dataclass

from bot.forms.vietnamese_calendar import SPELLED, SPELLED_PATTERN
from bot.forms.vietnamese_text import fold_in_place, untelex


@dataclass(frozen=True, slots=True)
class Edit:
    """A wish to change an answer. ``number`` is "" when it does not say which ("sửa").

    ``value`` is the new answer as it was typed, None when it is still to be asked.
    """

    number: str
    value: str | None


_NUMBER = r"(?P<number>\d{1,3}(?:[.,]\d{1,3})*)\.?"
_PLEASE = r"(?: ?(?:a|nhe|nha|di|giup|em|voi|ho|cai|lai|thay|co|dum|nghen))*[ .!]*"
_WISH = r"(?:da )?/?(?:(?:cho )?(?:em|minh|toi) )?(?:xin |muon |can |quay lai )*"
_HELP = r"(?: lai)?(?: (?:giup|ho|dum)(?: em| minh| toi)?)?"
_VERB = rf"{_WISH}(?:chinh sua|sua|edit){_HELP}"
_ANY_VERB = rf"{_WISH}(?:chinh sua|sua|edit|chinh|doi|thay doi|thay){_HELP}"
_QUESTION = r"(?:cau(?: hoi)?|muc|c(?=\d))(?: so)? ?"
_TO = r" ?(?:sua |doi )?(?:=+>?|:|->|→|\bthanh\b|\bla\b) ?"
_ALONE = re.compile(
    rf"{_VERB}(?: (?:cau(?: hoi)?|cau tra loi|cau nao|bao cao)(?: truoc| cuoi| vua roi)?)?{_PLEASE}"
)
_WHICH = re.compile(
    rf"(?:{_VERB} |{_ANY_VERB} (?={_QUESTION}))(?:{_QUESTION})?{_NUMBER}(?:{_PLEASE}| ?[=:] ?)"
)
_WHICH_IN_WORDS = re.compile(rf"{_ANY_VERB} cau(?: so)? (?P<number>{SPELLED_PATTERN}){_PLEASE}")
_CHANGES = (
    re.compile(rf"{_ANY_VERB} {_QUESTION}{_NUMBER}(?:{_TO}| (?=\S))(?P<value>.+)", re.DOTALL),
    re.compile(rf"(?:da )?cau(?: hoi)?(?: so)? ?{_NUMBER}{_TO}(?P<value>.+)", re.DOTALL),
    re.compile(rf"{_VERB} {_NUMBER}{_TO}(?P<value>.+)", re.DOTALL),
    re.compile(rf"{_VERB} {_NUMBER} (?P<value>-?\d[\d.,]*(?:k|tr)?)"),
)
_RAW_KEYS = re.compile(r"^[a-zA-Z]{4,7}\b|(?<=^\w\w\w )[a-zA-Z]{4,6}\b")
_OTHER_QUESTION = re.compile(r"\n ?cau ?\d+ ?[:=.]")  # an answer that numbers its parts


def read_edit(text: str) -> Edit | None:
    """Return what is to be changed, or None when the reply is an ordinary answer."""
    typed = re.sub(r"[^\S\n]+", " ", unicodedata.normalize("NFC", text)).strip()
    typed = _RAW_KEYS.sub(_without_telex, typed)
    folded = fold_in_place(typed)
    if _ALONE.fullmatch(folded) and "sữa" not in typed.casefold():  # milk
        return Edit("", None)
    for pattern in (_WHICH, _WHICH_IN_WORDS):
        if found := pattern.fullmatch(folded):
            return Edit(_numbered(found["number"]), None)
    if _OTHER_QUESTION.search(folded):
        return None
    for pattern in _CHANGES:
        if found := pattern.fullmatch(folded):
            return Edit(_numbered(found["number"]), typed[found.start("value") :].strip())
    return None


def _without_telex(found: "re.Match[str]") -> str:
    bare = untelex(found[0].lower())
    return bare if bare in {"sua", "cau"} else found[0]


def _numbered(number: str) -> str:
    return str(SPELLED.get(number, number.replace(",", ".")))
