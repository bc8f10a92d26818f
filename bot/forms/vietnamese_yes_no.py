"""Reading "có", "ko", "đúng rồi ạ", "chưa"."""

import re
from collections.abc import Sequence

from bot.forms.vietnamese_text import NOTHING, Lexicon, Reading, fold_in_place, plain, untelex

LONGEST = 400
YES, NO = "yes", "no"

_WORDS = Lexicon(
    {
        "yes": "có c co ừ uh uk ukm uhm ừm um ừa uhuh ok oke okie oki okê okay okela okla oks đúng đúg"
        " chuẩn yes ye y yep yeah yup phải",
        "soft_yes": "dạ vâng rồi r được đc dc",
        "no": "không ko k hok hông hong hổng hem hêm hk kh khg khong kg kô kog khum chưa chả chẳng sai"
        " no nope nah n khỏi",
        "soft_no": "thôi",
        "again": "có phải đúng được đc dc cần ok oke đồng",
        "filler": "ạ nhé nha nhe nghe nghen hen hén ha á à ơi em thầy cô anh chị ad admin bot bạn mình tôi"
        " tui bên trường thì là rồi r thôi luôn nữa đây đó đấy nè vậy thế chứ chớ mà quá lắm a ah ờ thưa xin"
        " được đc dc đã cả hết nhá nhỉ ak akn kk kkk hihi hehe haha cảm ơn cám tks sir doki dokie như đâu"
        " hoàn toàn vẫn hiện giờ hề vẫy",
        "maybe": "chắc",
        "asking": "không ko",
    }
)
_PHRASES = (
    (
        re.compile(
            r"\b(?:chinh xac|dong y|nhat tri|tat nhien|di nhien|chac chan|duong nhien|han roi)\b"
        ),
        "có",
    ),
    (
        re.compile(
            r"\b(?:(?:khong|ko|k|hong|chua|hok) (?:biet|ro|nho|chac|han|dam chac|nam)|sao cung duoc|tuy"
            r"|hay (?:khong|ko) cung (?:duoc|dc)|co the|neu|nua nua|mot phan|ai biet)\b"
        ),
        "¿",
    ),
    (re.compile(r"\b(?:chac la|hinh nhu(?: la)?|co le(?: la)?|co khi)\b"), "chắc"),
    (re.compile(r"\bcung (?:duoc|dc|ok)\b"), "chắc có"),
    (re.compile(r"\b(?:phai )?chua co\b(?! khong)"), "chưa"),
)
_GESTURES = str.maketrans(
    {**dict.fromkeys("👍👌✅✔☑🆗💯", " ok "), **dict.fromkeys("👎❌✖🚫⛔🙅", " không ")}
)
_NUMBERS = {"1": YES, "0": NO, "2": NO}


def read_yes_no(text: str) -> Reading:
    """Read "yes" or "no". Both at once ("không phải không có") is asked back."""
    typed = _with_phrases(plain(text[:LONGEST].translate(_GESTURES)))
    if "¿" in typed:
        return NOTHING
    words = re.findall(r"[^\W_]+|[,.;?]", typed)
    said, strange = _answers(words)
    if not said:
        return _number_or_nothing(words)
    if len(said) > 1 and set(said) != {YES}:
        return Reading(options=(YES, NO))
    return Reading(said[0], sure=not strange and "?" not in words)


def _with_phrases(typed: str) -> str:
    for pattern, instead in _PHRASES:
        folded = fold_in_place(typed)
        parts, end = [], 0
        for match in pattern.finditer(folded):
            parts += [typed[end : match.start()], f" {instead} "]
            end = match.end()
        typed = " ".join("".join([*parts, typed[end:]]).split())
    return typed


def _number_or_nothing(words: Sequence[str]) -> Reading:
    numbers = [word for word in words if not _meanings(word) & {"filler", "soft_yes"}]
    return Reading(_NUMBERS.get(numbers[0], ""), sure=False) if len(numbers) == 1 else NOTHING


def _meanings(word: str) -> frozenset[str]:
    known = _WORDS(word)
    return known or (_WORDS(untelex(word)) if word.isascii() else known)


def _answers(words: Sequence[str]) -> tuple[list[str], bool]:
    """Return each yes and no that is said, and whether anything else is."""
    said: list[str] = []
    soft: list[str] = []
    strange = False
    after_no = False
    for word in words:
        meanings = _meanings(word)
        if after_no and "again" in meanings:
            after_no = False
        elif "no" in meanings:
            said.append(NO)
            after_no = True
            continue
        elif "yes" in meanings:
            said.append(YES)
        elif meanings & {"soft_yes", "soft_no"}:
            soft.append(YES if "soft_yes" in meanings else NO)
            strange = strange or bool(meanings & {"maybe"})
        elif word not in ",.;":
            strange = strange or "filler" not in meanings
        after_no = False
    if said or not soft:
        return said, strange
    return soft[:1], strange or not _polite_yes(words)


def _polite_yes(words: Sequence[str]) -> bool:
    """Tell whether "dạ", "vâng", "được" is said, which are a yes by themselves."""
    return any(word in {"dạ", "da", "vâng", "vang", "được", "đc", "dc", "duoc"} for word in words)
