"""Finding the numbers of a reply, and what stands around them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.forms.vietnamese_speech import Spoken, speak
from bot.forms.vietnamese_text import in_order, words_of
from bot.forms.vietnamese_words import Token, tokens

_SIGNS = {
    ",": "comma",
    "?": "question",
    "%": "percent",
    "+": "plus",
    "-": "dash",
    "~": "approx",
    "<": "approx",
    ">": "approx",
    "/": "slash",
    "=": "equals",
    ":": "colon",
    "(": "bracket",
    "$": "foreign",
    "€": "foreign",
    **dict.fromkeys(".;!*)_#&@|", "filler"),
}
_MARKS = in_order(  # when a word may be several, the first counts
    "have plus filler none vague unknowing or to from join total part minus approx foreign label"
    " dong male female deed which unit later half_more"
)
_BARE_SCALES = ("tens", "hundred", "thousand", "million", "billion")
NO_DOUBT = words_of("have filler total deed unit label dong colon comma which bracket")
"""What may stand around a number that is the answer."""


@dataclass(frozen=True, slots=True)
class Found:
    """A number of a reply."""

    spoken: Spoken
    start: int
    before: frozenset[str]  # what stands between the number before and this one
    label: bool  # names something ("lớp 5"), counts nothing
    negative: bool
    dong: bool


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply, its numbers, and what is said besides them."""

    pieces: Sequence[Token]
    numbers: tuple[Found, ...]
    marks: frozenset[str]


def scan(text: str, kind: str, unit: str) -> Reply:
    """Find the numbers. ``unit`` is that of the question, if it has one."""
    pieces = tokens(text, unit)
    numbers: list[Found] = []
    marks: set[str] = set()
    since: set[str] = set()
    at = 0
    while at < len(pieces):
        spoken = speak(pieces, at, kind) if _may_begin(pieces, at, numbers) else None
        if spoken is None:
            since.add(mark(pieces, at, numbers))
            at += 1
            continue
        numbers.append(_found(pieces, at, spoken, numbers, frozenset(since)))
        marks |= since - ({"dash"} if numbers[-1].negative else set())
        since = set()
        at = spoken.end
    return Reply(pieces, tuple(numbers), frozenset(marks | since))


def _may_begin(pieces: Sequence[Token], at: int, numbers: Sequence[Found]) -> bool:
    piece = pieces[at]
    following = pieces[at + 1] if at + 1 < len(pieces) else None
    if piece.kind != "word":
        return piece.kind == "literal"
    if piece.may_be("none") and piece.may_be("0"):
        return following is not None and following.may_be("hundred", "point")
    if piece.may_be("unit", "male", "label") and piece.may_be("5"):
        after_number = bool(numbers) and numbers[-1].spoken.end == at
        if after_number and not numbers[-1].spoken.digit:
            return False
        return following is None or following.kind != "literal"
    if piece.may_be("approx") and piece.may_be("8"):
        return not _number_follows(pieces, at + 1)
    return not piece.may_be("people")


def _number_follows(pieces: Sequence[Token], at: int) -> bool:
    if at >= len(pieces):
        return False
    if pieces[at].kind == "literal" or pieces[at].may_be("ten", "twenty"):
        return not pieces[at].may_be("tens")
    digit = pieces[at].may_be(*"123456789")
    return digit and at + 1 < len(pieces) and pieces[at + 1].may_be("hundred", "tens")


def _found(
    pieces: Sequence[Token],
    at: int,
    spoken: Spoken,
    earlier: Sequence[Found],
    since: frozenset[str],
) -> Found:
    before = pieces[at - 1] if at else None
    after = pieces[spoken.end] if spoken.end < len(pieces) else None
    dash = before is not None and before.text == "-" and pieces[at].glued and not earlier
    return Found(
        spoken=spoken,
        start=at,
        before=since,
        label=_is_label(pieces, at, spoken, earlier),
        negative=dash or (before is not None and before.may_be("minus")),
        dong=after is not None and after.may_be("dong"),
    )


def _is_label(pieces: Sequence[Token], at: int, spoken: Spoken, earlier: Sequence[Found]) -> bool:
    after = pieces[spoken.end] if spoken.end < len(pieces) else None
    if after is not None and after.glued and after.text in "abce" and after.kind == "word":
        return True
    if not at:
        return False
    before = pieces[at - 1]
    if before.may_be("label"):
        return not (earlier and earlier[-1].spoken.end >= at - 1)
    joined = before.text in "-/" and bool(earlier) and earlier[-1].spoken.end == at - 1
    return joined and earlier[-1].label


def _literal(pieces: Sequence[Token], at: int) -> bool:
    return at < len(pieces) and pieces[at].kind == "literal"


def mark(pieces: Sequence[Token], at: int, numbers: Sequence[Found]) -> str:
    """Return what the piece at ``at`` says beside the numbers found before it."""
    piece = pieces[at]
    if piece.kind == "sign":
        return _SIGNS.get(piece.text, "unknown")
    first: tuple[str, ...] = ()
    if numbers and numbers[-1].spoken.end == at:
        first = ("male", "dong", "unit")
        if _literal(pieces, at + 1):
            first = ("plus", *first)
    elif piece.may_be(*_BARE_SCALES):
        return "filler" if piece.may_be("filler", "unit") else "vague"
    return next((tag for tag in (*first, *_MARKS) if piece.may_be(tag)), "unknown")
