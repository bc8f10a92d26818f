"""The picture of progress: a bar a level, a big number, the late ones by name; for a phone."""

import io
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from bot.texts import Texts, texts
from bot.totals.figures import DOING, DONE, OVERDUE, STATES, WAITING, Bar, Figures

_FONTS: Final = Path(__file__).parent / "fonts"
_WIDTH, _SIDE = 1080, 64
_INNER: Final = _WIDTH - 2 * _SIDE
_BAR, _STEP = 56, 104  # height of a bar, and from one to the next
_LABEL, _WIDEST_LABEL, _COUNT = 130, 320, 120  # width of what stands left and right of a bar
_NAMED: Final = 12  # most late units that are named
_INK, _GREY, _LINE = "#1B2733", "#5B6875", "#E3E8ED"
_COLOURS: Final = {DONE: "#1E8E5A", DOING: "#F2B233", WAITING: "#C9D2DA", OVERDUE: "#D64545"}
_ON: Final = {DONE: "#FFFFFF", DOING: _INK, WAITING: _INK, OVERDUE: "#FFFFFF"}


@lru_cache(maxsize=16)
def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "Arimo-Bold.ttf" if bold else "Arimo-Regular.ttf"
    return ImageFont.truetype(str(_FONTS / name), size)


def progress_picture(figures: Figures) -> bytes:
    """Draw the progress of a campaign as a PNG. Blocks for some milliseconds."""
    return _Drawing(figures, texts("vi")).png()


class _Drawing:
    """One picture, drawn from the top down; its height is known when all is drawn."""

    def __init__(self, figures: Figures, words: Texts) -> None:
        self._figures = figures
        self._words = words
        rows = len(figures.bars) + min(len(figures.overdue), _NAMED)
        self._image = Image.new("RGB", (_WIDTH, 1200 + rows * _STEP), "white")
        self._draw = ImageDraw.Draw(self._image)
        self._y = _SIDE
        widest = max((_font(36, bold=True).getlength(bar.level) for bar in figures.bars), default=0)
        self._label = min(max(_LABEL, round(widest) + 24), _WIDEST_LABEL)

    def png(self) -> bytes:
        self._head()
        self._whole()
        self._legend()
        for bar in self._figures.bars:
            self._bar(bar)
        if self._figures.overdue:
            self._late()
        self._foot()
        content = io.BytesIO()
        picture = self._image.crop((0, 0, _WIDTH, self._y + _SIDE))
        # Few colours make a small file, and letters stay sharp.
        picture.quantize(64, dither=Image.Dither.NONE).save(content, "PNG", optimize=True)
        return content.getvalue()

    # -- parts

    def _head(self) -> None:
        for line in _even(self._figures.title, _font(46, bold=True), _INNER)[:4]:
            self._text(_SIDE, line, 46, bold=True)
            self._y += 60
        self._y += 8
        due = self._words("progress-due", due=self._figures.due_text)
        for line in wrapped(due, _font(34), _INNER):
            self._text(_SIDE, line, 34, colour=_GREY)
            self._y += 46
        self._y += 28

    def _whole(self) -> None:
        """21/34, and all in one bar."""
        big, of = str(self._figures.done), f"/{self._figures.all}"
        left = _SIDE + self._text(_SIDE, big, 132, bold=True, colour=_COLOURS[DONE])
        baseline = self._y + 132
        font = _font(72, bold=True)
        self._draw.text((left, baseline), of, font=font, fill=_INK, anchor="ls")
        left += round(font.getlength(of)) + 28
        words = self._words("progress-submitted")
        self._draw.text((left, baseline), words, font=_font(40), fill=_GREY, anchor="ls")
        self._y += 176
        sums = (sum(_count(bar, state) for bar in self._figures.bars) for state in STATES)
        together = Bar("", *sums)
        self._stripe(together, _SIDE, _INNER, 28, written=False)
        self._y += 60

    def _legend(self) -> None:
        left = _SIDE
        for state in STATES:
            if not any(_count(bar, state) for bar in self._figures.bars):
                continue
            words = self._words(f"progress-{state}")
            box = (left, self._y + 8, left + 26, self._y + 34)
            self._draw.rounded_rectangle(box, 6, fill=_COLOURS[state])
            left += 38
            left += self._text(left, words, 32, colour=_GREY) + 36
        self._y += 76

    def _bar(self, bar: Bar) -> None:
        level = bar.level or self._words("progress-no-level")
        self._draw.text(
            (_SIDE, self._y + _BAR // 2),
            _cut(level, _font(36, bold=True), self._label - 14),
            font=_font(36, bold=True),
            fill=_INK,
            anchor="lm",
        )
        width = _INNER - self._label - _COUNT
        self._stripe(bar, _SIDE + self._label, width, _BAR, written=True)
        count = self._words("progress-of", done=bar.done, all=bar.all)
        place = (_WIDTH - _SIDE, self._y + _BAR // 2)
        self._draw.text(place, count, font=_font(36), fill=_INK, anchor="rm")
        self._y += _STEP - 20

    def _stripe(self, bar: Bar, left: int, width: int, height: int, *, written: bool) -> None:
        """A bar in its colours."""
        stripe = Image.new("RGB", (width, height), _LINE)
        draw, edge, counted = ImageDraw.Draw(stripe), 0, 0
        for state in STATES:
            count = _count(bar, state)
            counted += count
            if not count:
                continue
            right = round(width * counted / bar.all)
            draw.rectangle((edge, 0, right, height), fill=_COLOURS[state])
            if edge:
                draw.line((edge, 0, edge, height), fill="white", width=3)
            font = _font(32, bold=True)
            if written and right - edge > font.getlength(str(count)) + 16:
                middle = ((edge + right) // 2, height // 2)
                draw.text(middle, str(count), font=font, fill=_ON[state], anchor="mm")
            edge = right
        mask = Image.new("L", stripe.size, 0)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, width - 1, height - 1), 12, fill=255)
        self._image.paste(stripe, (left, self._y), mask)

    def _late(self) -> None:
        names = self._figures.overdue
        self._y += 16
        self._rule()
        title = self._words("progress-late-title", count=len(names))
        self._text(_SIDE, title, 36, bold=True, colour=_COLOURS[OVERDUE])
        self._y += 58
        for name in names[:_NAMED]:
            self._text(_SIDE, _cut(f"• {name}", _font(34), _INNER), 34)
            self._y += 48
        if len(names) > _NAMED:
            more = self._words("progress-more", count=len(names) - _NAMED)
            self._text(_SIDE, more, 34, colour=_GREY)
            self._y += 48
        self._y += 8

    def _foot(self) -> None:
        self._y += 12
        self._rule()
        at = self._words("progress-at", at=f"{self._figures.at:%H:%M %d/%m/%Y}")
        self._text(_SIDE, at, 30, colour=_GREY)
        self._y += 36

    # -- strokes

    def _rule(self) -> None:
        self._draw.line((_SIDE, self._y, _WIDTH - _SIDE, self._y), fill=_LINE, width=3)
        self._y += 26

    def _text(
        self, left: int, text: str, size: int, *, bold: bool = False, colour: str = _INK
    ) -> int:
        """Write a line whose letters begin at the top; returns how wide it is."""
        font = _font(size, bold=bold)
        self._draw.text((left, self._y + size), text, font=font, fill=colour, anchor="ls")
        return round(font.getlength(text))


def _count(bar: Bar, state: str) -> int:
    found: int = getattr(bar, state)
    return found


def _cut(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """The text, its end left out where it is too wide."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1].rstrip()
    return f"{text}…"


def _even(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """The text in as few lines as fit, about equally long."""
    lines = list(wrapped(text, font, width))
    narrow = width
    while narrow > 100 and len(narrower := list(wrapped(text, font, narrow - 20))) == len(lines):
        if max(map(font.getlength, narrower)) > narrow - 20:
            break
        lines, narrow = narrower, narrow - 20
    return lines


def wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    """The lines of a text, none wider than ``width`` but for a single long word."""
    line: list[str] = []
    for word in text.split():
        if line and font.getlength(" ".join([*line, word])) > width:
            yield " ".join(line)
            line = []
        line.append(word)
    if line:
        yield " ".join(line)
