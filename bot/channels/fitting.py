"""Fit a message to what a channel can show: split long text, number the choices, link the files."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import regex

from bot.chat import Abilities, Choice, File, Message

GRAPHEME = regex.compile(r"\X")
PICTURES = ("image/jpeg", "image/png", "image/webp")
TICK = regex.compile(r"^[☐☑☒✅✓✔⬜⚪🔘◉○●]\ufe0f?")


@dataclass(frozen=True, slots=True)
class Part:
    """One message as a channel will show it."""

    text: str
    strong: tuple[int, int] | None = None  # offset and length in ``text``, in UTF-16 units
    buttons: tuple[Choice, ...] = ()  # only under the last part; every label fits


def fit(message: Message, abilities: Abilities) -> tuple[Part, ...]:
    """Cut ``message`` into what the channel can show; the choices stand under the last part.

    A channel without buttons gets the choices as numbered lines. Where a label is too long for
    a button the choices up to it are numbered lines as well, and their buttons carry the
    numbers. Where the channel wants the numbers as well all are numbered lines, and when there
    are too many for its buttons only the ways on keep theirs. A choice with a ``url`` and a way
    on (skip, back) take no number, for they are no answers: without buttons the ways stand in
    brackets on the last line, to be typed as they are. Files are left to the channel. Nothing to
    say gives no part.
    """
    lines, buttons = _arrange(message.choices, abilities)
    said = message.text.strip()
    if not said and buttons and not lines:
        lines = [f"{choice.label}" for choice in message.choices]
    text = "\n\n".join(block for block in (said, "\n".join(lines)) if block)
    start = text.find(message.strong) if message.strong else -1
    strong = range(start, start + len(message.strong)) if start >= 0 else range(0)
    spans = split_spans(text, abilities.text_limit)
    return tuple(
        Part(
            text[first:end],
            _overlap(text, strong, first, end),
            buttons if end == spans[-1][1] else (),
        )
        for first, end in spans
    )


def link_files(message: Message, links: Mapping[File, str]) -> Message:
    """Put the links of some files into the text, each alone on its line; the others stay."""
    lines = [f"📄 {file.name}\n{links[file]}" for file in message.files if file in links]
    text = "\n\n".join(block for block in (message.text.strip(), *lines) if block)
    kept = tuple(file for file in message.files if file not in links)
    return replace(message, text=text, files=kept)


def takes(abilities: Abilities, file: File, size: int) -> bool:
    """Say whether a channel takes a file of so many bytes as it is; else it goes as a link."""
    if file.mime in PICTURES and abilities.pictures:
        return True
    right_kind = not abilities.file_kinds or file.name.lower().endswith(abilities.file_kinds)
    return abilities.files and right_kind and size <= abilities.file_bytes


def units(text: str) -> int:
    """Length in UTF-16 units, in which the platforms count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int) -> list[str]:
    """Cut ``text`` into parts of at most ``limit`` UTF-16 units.

    Cuts between paragraphs where it can, else between lines, else between words, and never
    inside what a reader sees as one character (unless that alone is longer than ``limit``).
    """
    return [text[start:end] for start, end in split_spans(text, limit)]


def split_spans(text: str, limit: int) -> list[tuple[int, int]]:
    """Where the parts of :func:`split` begin and end. Blanks around a cut belong to no part."""
    if units(text) <= limit:
        start = len(text) - len(text.lstrip())
        end = len(text.rstrip())
        return [(start, end)] if start < end else []
    signs = tuple(_signs(text, limit))
    offsets = (0, *accumulate(len(sign) for sign in signs))
    lengths = (0, *accumulate(units(sign) for sign in signs))
    spans = []
    first = _next_sign(signs, 0)
    while first < len(signs):
        fitting = bisect_right(lengths, lengths[first] + limit) - 1
        end = _best_cut(signs, first, fitting)
        spans.append((offsets[first], offsets[end]))
        first = _next_sign(signs, end)
    return spans


def _signs(text: str, limit: int) -> Iterator[str]:
    for match in GRAPHEME.finditer(text):
        sign = match.group()
        if units(sign) <= limit:
            yield sign
        else:
            yield from sign


def _next_sign(signs: Sequence[str], index: int) -> int:
    """Return the first place from ``index`` on that is not blank."""
    while index < len(signs) and signs[index].isspace():
        index += 1
    return index


def _best_cut(signs: Sequence[str], first: int, fitting: int) -> int:
    """Return where the part that begins at ``first`` ends; at most at ``fitting``.

    The end of a paragraph or line in the first third does not count, so that a text does not
    fall into crumbs.
    """
    if fitting == len(signs):
        end = fitting
        while signs[end - 1].isspace():
            end -= 1
        return end
    found: dict[int, int] = {}
    breaks = 0
    for index in range(_next_sign(signs, fitting) - 1, first, -1):
        if not signs[index].isspace():
            breaks = 0
            continue
        breaks += signs[index].count("\n")
        if not signs[index - 1].isspace() and index <= fitting:
            found.setdefault(min(breaks, 2), index)
    room = fitting - first
    for strength, least in ((2, room // 3), (1, room // 3), (0, 0)):
        end = max((at for kind, at in found.items() if kind >= strength), default=first)
        if end - first > least:
            return end
    return fitting


def _overlap(text: str, strong: range, first: int, end: int) -> tuple[int, int] | None:
    start, stop = max(first, strong.start), min(end, strong.stop)
    if start >= stop:
        return None
    return units(text[first:start]), units(text[start:stop])


def _arrange(
    choices: tuple[Choice, ...], abilities: Abilities
) -> tuple[list[str], tuple[Choice, ...]]:
    """Return the lines to write under the text, and the buttons."""
    lines: list[str] = []
    buttons: list[Choice] = []
    ways: list[str] = []
    number = 0
    last_listed = _last_listed(choices, abilities)
    for index, choice in enumerate(choices):
        listed = index <= last_listed
        if choice.url:
            if listed and len(buttons) >= abilities.buttons:
                lines.append(f"{choice.label}: {choice.url}")
            buttons.append(replace(choice, label=_clipped(choice.label, abilities.button_label)))
            continue
        if choice.way:
            ways.append(f"[{choice.label}]")
            buttons.append(choice)
            continue
        number += 1
        if listed:
            lines.append(f"{number}. {choice.label}")
            choice = replace(choice, label=_number_button(number, choice.label, abilities))
        buttons.append(choice)
    if ways and not abilities.buttons:
        lines.append(" ".join(ways))
    if abilities.numbered and len(buttons) > abilities.buttons:
        buttons = [button for button in buttons if button.way or button.url]
    return lines, tuple(buttons[: abilities.buttons])


def _last_listed(choices: tuple[Choice, ...], abilities: Abilities) -> int:
    """Return the index of the last choice that must be written out, or -1."""
    if len(choices) > abilities.buttons or abilities.numbered:
        return len(choices) - 1
    long = (
        index
        for index, choice in enumerate(choices)
        if len(choice.label) > abilities.button_label and not (choice.url or choice.way)
    )
    return max(long, default=-1)


def _number_button(number: int, label: str, abilities: Abilities) -> str:
    if abilities.numbered and len(label) + 4 <= abilities.button_label:
        return f"{number}. {label}"
    tick = TICK.match(label)
    return f"{tick.group()} {number}" if tick else str(number)


def _clipped(label: str, limit: int) -> str:
    return label if len(label) <= limit else label[: limit - 1].rstrip() + "…"
