"""Reading "có", "ko", "đúng rồi ạ", "chưa"."""

import re
from collections.abc import Sequence

from bot.forms.vietnamese_text import (
    NOTHING,
    Lexicon,
    Reading,
    fold_in_place,
    plain,
    untelex,
    words_of,
)

LONGEST = 400
YES, NO = "yes", "no"

_WORDS = Lexicon(
    {
        "yes": "có c co ừ uh uk ukm uhm ừm um ừa uhuh ok oke okie oki okê okay okela okla oks đúng"
        " đúg chuẩn yes ye y yep yeah yup phải",
        "polite": "dạ vâng được đc dc",  # a yes when nothing else is said
        "perhaps": "rồi r",
        "enough": "thôi",
        "no": "không ko k hok hông hong hổng hem hêm hk kh khg khong kg kô kog khum chưa chả chẳng"
        " sai no nope nah n khỏi",
        "denied": "có phải đúng được đc dc cần ok oke đồng",  # "không phải" is a single no
        "filler": "ạ nhé nha nhe nghe nghen hen hén ha á à ơi em thầy cô anh chị ad admin bot bạn"
        " mình tôi tui bên trường thì là rồi r thôi luôn nữa đây đó đấy nè vậy thế chứ chớ mà quá"
        " lắm a ah ờ thưa xin được đc dc đã cả hết nhá nhỉ ak akn kk kkk hihi hehe haha cảm ơn cám"
        " tks sir doki dokie như đâu hoàn toàn vẫn hiện giờ hề",
        "doubtful": "chắc",
    }
)
_POLITE_YES = words_of("dạ da vâng vang được đc dc duoc")
_NO_ANSWER = "¿"
_PHRASES = (
    (
        "chinh xac|dong y|nhat tri|tat nhien|di nhien|chac chan|duong nhien|han roi",
        "có",
    ),
    (
        "(?:khong|ko|k|hong|chua|hok) (?:biet|ro|nho|chac|han|dam chac|nam)|sao cung duoc|tuy"
        "|hay (?:khong|ko) cung (?:duoc|dc)|co the|neu|nua nua|mot phan|ai biet",
        _NO_ANSWER,
    ),
    ("chac la|hinh nhu(?: la)?|co le(?: la)?|co khi", "chắc"),
    ("cung (?:duoc|dc|ok)", "chắc có"),
    ("(?:duoc|dc|ok|roi) (?:khong|ko|k|hong|chua)", "có không"),
    ("dau (?:co|phai)|(?<!khong )(?<!ko )(?<!chua )(?:co|phai) dau|lam gi co", "chắc không"),
    ("(?:phai )?chua co(?! khong)", "chưa"),
)
_PATTERNS = tuple((re.compile(rf"\b(?:{phrase})\b"), instead) for phrase, instead in _PHRASES)
_GESTURES = str.maketrans(
    {**dict.fromkeys("👍👌✅✔☑🆗💯", " ok "), **dict.fromkeys("👎❌✖🚫⛔🙅", " không ")}
)
_NUMBERS = {"1": YES, "0": NO, "2": NO}


def read_yes_no(text: str) -> Reading:
    """Read "yes" or "no". Both at once ("không phải không có") is asked back."""
    typed = _with_phrases(plain(text[:LONGEST].translate(_GESTURES)))
    if _NO_ANSWER in typed:
        return NOTHING
    words = re.findall(r"[^\W_]+|[,.;?]", typed)
    said, strange = _answers(words)
    if said:
        one = len(said) == 1 or set(said) == {YES}
        sure = not strange and "?" not in words
        return Reading(said[0], sure) if one else Reading(options=(YES, NO))
    return _softly(words, strange=strange) or _number_or_nothing(words)


def _with_phrases(typed: str) -> str:
    for pattern, instead in _PATTERNS:
        parts, end = [], 0
        for match in pattern.finditer(fold_in_place(typed)):
            parts += [typed[end : match.start()], f" {instead} "]
            end = match.end()
        typed = " ".join("".join([*parts, typed[end:]]).split())
    return typed


def _meanings(word: str) -> frozenset[str]:
    known = _WORDS(word)
    return known or (_WORDS(untelex(word)) if word.isascii() else known)


def _answers(words: Sequence[str]) -> tuple[list[str], bool]:
    """Return each plain yes and no, and whether something else is said besides politeness."""
    said: list[str] = []
    strange = False
    after_no = False
    for word in words:
        meanings = _meanings(word)
        if after_no and "denied" in meanings:
            after_no = False
            continue
        after_no = "no" in meanings
        if meanings & {"yes", "no"}:
            said.append(NO if after_no else YES)
        elif word not in ",.;?" and not meanings & {"filler", "polite"}:
            strange = True
    return said, strange


def _softly(words: Sequence[str], *, strange: bool) -> Reading | None:
    """Read "dạ", "được" as yes; "rồi" and "thôi" are to be confirmed."""
    meanings = frozenset[str]().union(*map(_meanings, words))
    polite = not _POLITE_YES.isdisjoint(words)
    if "enough" in meanings:
        return Reading(YES if {"được", "duoc"} & set(words) else NO)
    if polite or "perhaps" in meanings:
        return Reading(YES, sure=polite and not strange and "?" not in words)
    return None


def _number_or_nothing(words: Sequence[str]) -> Reading:
    """Read the numbers of a list of choices, yes first; to be confirmed."""
    numbers = [word for word in words if "filler" not in _meanings(word)]
    return Reading(_NUMBERS.get(numbers[0], "")) if len(numbers) == 1 else NOTHING
