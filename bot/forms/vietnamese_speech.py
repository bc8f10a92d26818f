"""Numbers as they are said: "hai triệu rưỡi", "1tr5", "hai mươi lăm", "2 trăm linh 5"."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from bot.forms.vietnamese_figures import read_figures
from bot.forms.vietnamese_words import DIGITS, Token

Values = tuple[Decimal, ...]

_SCALES = {
    "billion": Decimal(10**9),
    "slang_billion": Decimal(10**9),
    "million": Decimal(10**6),
    "slang_million": Decimal(10**6),
    "slang_hundred_thousand": Decimal(10**5),
    "myriad": Decimal(10**4),
    "thousand": Decimal(1000),
    "k": Decimal(1000),
    "slang_thousand": Decimal(1000),
}
_CLIPPED = {"ones1": 1, "ones4": 4, "ones5": 5}
_HALF = Decimal("0.5")
_MOST_VALUES = 6


@dataclass(frozen=True, slots=True)
class Spoken:
    """A number found in a reply."""

    values: Values  # likeliest first; none when the figures are miswritten
    end: int  # the first token that does not belong to it
    sure: bool
    scaled: bool = False  # thousands or more were said: "500k", "1,5 triệu"
    factor: Decimal = Decimal(1)  # what "trăm", "triệu" … multiplied a single figure by
    plain: str = ""  # the digits, when it is nothing else than a few digits
    digit: bool = False  # a single digit said as a word


def speak(pieces: Sequence[Token], at: int, kind: str) -> Spoken | None:
    """Read the number that begins at ``at``, or return None when none does.

    ``kind`` is "integer", "decimal" or "money": only decimals doubt whether "1.500" is 1500.
    """
    return _Speaker(pieces, at, kind).number()


class _Speaker:
    """Reads on from a place; remembers what made it doubt."""

    def __init__(self, pieces: Sequence[Token], at: int, kind: str) -> None:
        self.pieces = pieces
        self.at = at
        self.kind = kind
        self.sure = True
        self.fraction = False
        self.factor = Decimal(1)

    def sees(self, *tags: str, ahead: int = 0) -> bool:
        place = self.at + ahead
        return place < len(self.pieces) and self.pieces[place].may_be(*tags)

    def sees_figures(self, ahead: int = 0) -> bool:
        place = self.at + ahead
        return place < len(self.pieces) and self.pieces[place].kind == "literal"

    def digit(self, ahead: int = 0) -> int | None:
        """Return the digit that stands there, as a word or a figure."""
        if self.at + ahead >= len(self.pieces):
            return None
        piece = self.pieces[self.at + ahead]
        if piece.kind == "literal":
            return int(piece.text) if len(piece.text) == 1 else None
        return next((int(tag) for tag in DIGITS if tag in piece.tags), None)

    def clipped(self) -> int:
        """Return 1, 4, 5 for "mốt", "tư", "lăm", else 0."""
        return next((digit for tag, digit in _CLIPPED.items() if self.sees(tag)), 0)

    def take_clipped(self) -> int:
        digit = self.clipped()
        self.take()
        return digit

    def take(self) -> Token:
        piece = self.pieces[self.at]
        self.at += 1
        self.sure = self.sure and not piece.doubtful
        return piece

    # -- the whole number: groups, each followed by its "triệu", "nghìn" --------------------

    def number(self) -> Spoken | None:
        start = self.at
        total: Values = (Decimal(0),)
        last: Decimal | None = None
        while True:
            before = self.at
            group = self.group(first=last is None)
            if group is None:
                break
            self.doubt_fractions(group, first=last is None)
            scale = self.scale(below=last)
            if scale is None and last is not None and self.counts_other_things():
                self.at = before
                break
            if scale is None:
                total = self.without_scale(total, group, last, self.pieces[before])
                break
            if last is not None and scale == _SCALES["k"] and max(group, default=0) < 10:
                self.sure = False
            total = _add(total, (value * scale for value in group))
            self.factor = self.factor * scale if last is None else Decimal(1)
            last = scale
            if self.sees("half_more"):
                self.take()
                total = _add(total, (scale * _HALF,))
                break
        return self.found(start, total, scaled=last is not None)

    def doubt_fractions(self, group: Values, *, first: bool) -> None:
        """Doubt "1,5 triệu 500": nothing follows a fraction."""
        self.fraction |= any(value != value.to_integral_value() for value in group)
        self.sure = self.sure and (first or not self.fraction)

    def found(self, start: int, total: Values, *, scaled: bool) -> Spoken | None:
        if self.at == start:
            return None
        only = self.pieces[start] if self.at == start + 1 else None
        figures = only.text if only and only.kind == "literal" and only.text.isdigit() else ""
        word = only is not None and only.kind == "word" and total < (Decimal(10),)
        sure = self.sure and len(total) == 1
        return Spoken(total, self.at, sure, scaled, self.factor, figures, word)

    def counts_other_things(self) -> bool:
        """Tell whether the last group is the 1 of "100 ngàn 1 suất"."""
        return self.kind == "money" and self.sees("unit") and not self.sees("dong", "filler")

    def scale(self, below: Decimal | None) -> Decimal | None:
        """Take "nghìn", "triệu", "k" … when it is smaller than the one before."""
        tag = next((tag for tag in _SCALES if self.sees(tag)), None)
        if tag is None or (below is not None and _SCALES[tag] >= below):
            return None
        if self.sees("people") and self.kind != "money":
            return None
        if tag.startswith("slang") and self.kind != "money":
            return None
        if tag.startswith("slang") or tag == "myriad" or (tag == "k" and self.kind != "money"):
            self.sure = False
        self.take()
        if tag == "thousand" and below is None and self.sees("billion"):
            self.take()
            return _SCALES[tag] * _SCALES["billion"]
        return _SCALES[tag]

    def without_scale(
        self, total: Values, group: Values, last: Decimal | None, first: Token
    ) -> Values:
        """Add the last group, whose scale is not said: the 5 of "1tr5" and "một triệu năm"."""
        if last is None:
            return self.or_people(group)
        if first.may_be("and", "0"):
            exact = _add(total, group)
            self.sure = self.sure and last == _SCALES["thousand"]
            if last == _SCALES["thousand"] or first.may_be("0"):
                return exact
            return (*_add(total, (value * last / 1000 for value in group)), *exact)
        figures = first.text if self.pieces[self.at - 1] is first and first.text.isdigit() else ""
        tails = (tail for value in group for tail in self.tail(value, last, figures))
        return _add(total, tails)

    def tail(self, value: Decimal, last: Decimal, figures: str) -> Values:
        short = value * last / 10 ** max(len(figures), 1)
        if value < 10 and len(figures) <= 2:
            self.sure = self.sure and last > 1000 and len(figures) <= 1
            return (short,)
        if len(figures) == 2:
            return (short, value * last / 1000)
        if value < 1000:
            self.sure = self.sure and (bool(figures) or last == _SCALES["thousand"])
            return (value * last / 1000,)
        self.sure = False
        return (value,)

    def or_people(self, group: Values) -> Values:
        """Offer both meanings of "250 ng": nghìn, or người."""
        if self.kind != "money" and self.sees("people"):
            self.take()
            return (*group, *(value * 1000 for value in group))
        return group

    # -- a group: what stands before "triệu" or "nghìn" -------------------------------------

    def group(self, *, first: bool) -> Values | None:
        if first and self.sees("half"):
            self.take()
            self.sure = self.sure and self.sees(*_SCALES)
            return (_HALF,)
        if first and self.one_unsaid():
            self.sure = False
            return self.after_hundred(1) if self.sees("hundred") else (Decimal(1),)
        if not first and self.sees("and"):
            return self.linked()
        if not first and self.clipped() and self.digit() is None:
            self.sure = self.sure and not self.sees("from", "deed")
            return (Decimal(self.take_clipped()),)
        return self.figures() if self.sees_figures() else self.words()

    def one_unsaid(self) -> bool:
        """Tell whether "triệu rưỡi" or "trăm hai" begins here."""
        if not self.sees("hundred", "thousand", "million", "billion") or self.sees("people"):
            return False
        if self.at and self.pieces[self.at - 1].may_be("approx"):
            return True
        return self.sees("half_more", ahead=1) or (self.digit(1) or 0) > 0

    def linked(self) -> Values | None:
        """Read "linh năm", "lẻ 5", "linh tư"."""
        digit = 4 if self.sees("ones4", ahead=1) else self.digit(1)
        self.take()
        if digit is None:
            self.sure = False
            return self.figures() if self.sees_figures() else self.words()
        self.take()
        return (Decimal(digit),)

    def figures(self) -> Values:
        token = self.pieces[self.at]
        if token.text.isdigit() and self.sees("hundred", "tens", ahead=1):
            return self.figures_and_word(int(self.take().text))
        exact = self.kind == "decimal" or self.sees(*_SCALES, ahead=1)
        if self.kind != "money" and self.sees("people", ahead=1):
            exact = self.kind == "decimal"
        meaning = read_figures(token.text, vietnamese_dots=not exact)
        self.take()
        self.sure = self.sure and meaning.sure
        if self.kind == "integer" and not exact and meaning.grouped is None and meaning.fraction:
            self.sure = False
        if self.sees("half_more"):
            self.take()
            return tuple(value + _HALF for value in meaning.values)
        if token.text.isdigit() and self.sees("point") and self.sees_figures(1):
            self.take()
            return read_figures(f"{token.text},{self.take().text}", vietnamese_dots=False).values
        return meaning.values

    def figures_and_word(self, value: int) -> Values:
        """Read on after the figure of "2 trăm", "3 chục", "2 trăm 50"."""
        if self.sees("hundred"):
            self.factor = Decimal(100)
            return self.after_hundred(value)
        self.factor = Decimal(10)
        self.take()
        return (Decimal(10 * value + self.ones()),)

    def words(self) -> Values | None:
        either = self.neighbours()
        if either is not None:
            return either
        if self.sees("0") and self.sees("point", ahead=1):
            self.take()
            return self.after_point(0)
        digit = self.digit()
        if digit is not None and self.sees("hundred", ahead=1):
            self.take()
            self.factor = Decimal(100)
            return self.after_hundred(digit)
        value = self.below_hundred()
        if value is None:
            return None
        if self.sees("point"):
            return self.after_point(value)
        if self.sees("half_more"):
            self.take()
            return (value + _HALF,)
        return (Decimal(value),)

    def neighbours(self) -> Values | None:
        """Read "hai ba trăm", "ba bốn chục": one or the other."""
        first, second = self.digit(), self.digit(1)
        if first is None or second is None or self.sees_figures() or self.sees_figures(1):
            return None
        if second <= first or not self.sees("hundred", "tens", *_SCALES, ahead=2):
            return None
        self.take()
        self.take()
        unit = 1
        if self.sees("hundred", "tens"):
            unit = 100 if self.take().may_be("hundred") else 10
        return (Decimal(first * unit), Decimal(second * unit))

    def after_hundred(self, hundreds: int) -> Values:
        """Take "trăm" and what follows it."""
        self.take()
        base = Decimal(100 * hundreds)
        if self.sees("half_more"):
            self.take()
            return (base + 50,)
        if self.sees("and"):
            return _add((base,), self.linked() or (Decimal(0),))
        return (base + self.below_hundred_clipped(),)

    def below_hundred_clipped(self) -> int:
        """Read the "hai mươi" of "trăm hai mươi", and "trăm hai" (120), to be confirmed."""
        clipped = self.clipped()
        if clipped:
            self.take()
            value = clipped
        elif self.sees_figures() and self.digit() is None:
            text = self.pieces[self.at].text
            return int(self.take().text) if text.isdigit() and len(text) == 2 else 0
        else:
            value = self.below_hundred() or 0
        if 0 < value < 10:
            self.sure = False
            return 10 * value
        return value

    def below_hundred(self) -> int | None:
        if self.sees("twenty", "ten"):
            return (20 if self.take().may_be("twenty") else 10) + self.ones()
        digit = self.digit()
        if digit is None or self.sees("none"):
            return None
        token = self.take()
        if digit and self.sees("tens"):
            self.take()
            self.factor = Decimal(10)
            return 10 * digit + self.ones()
        if digit > 1 and self.clipped():
            self.sure = self.sure and not self.sees("from", "deed", "1")
            return 10 * digit + self.ones()
        if token.kind == "word" and token.tags - {str(digit), "unit", "label", "ones1"}:
            self.sure = False
        return digit

    def ones(self) -> int:
        """Read what follows "mươi"; 0 when nothing does."""
        clipped = self.clipped()
        if clipped:
            self.take()
            return clipped
        digit = self.digit()
        if not digit or self.sees("hundred", "tens", ahead=1):
            return 0
        if self.sees("unit", "male"):  # năm: "mười năm" is ten years, fifteen is "mười lăm"
            self.sure = False
        self.take()
        return digit

    def after_point(self, whole: int) -> Values:
        """Read "hai phẩy năm", "hai phẩy hai lăm", "một phẩy không năm"."""
        point = self.at
        self.take()
        digits = ""
        while self.sees("0"):
            self.take()
            digits += "0"
        rest = self.below_hundred()
        if rest is None and not digits:
            self.at = point
            return (Decimal(whole),)
        return (Decimal(f"{whole}.{digits}{'' if rest is None else rest}"),)


def _add(left: Values, right: Iterable[Decimal]) -> Values:
    sums = (one + other for other, one in product(right, left))
    return tuple(dict.fromkeys(sums))[:_MOST_VALUES]
