"""What is wrong with an author's Word file, said so that it is found with Word open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.texts import Texts

SHOWN_FAULTS: Final = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, for an author who has Word open."""

    part: str  # body, header, footer, notes
    quote: str  # of the paragraph
    table: int = 0  # counted from 1; 0 outside
    row: int = 0
    cell: int = 0
    order: int = 0  # of the paragraph in its part


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """One thing that is wrong with an author's Word file. ``key`` is of the bot's texts."""

    key: str
    place: Place | None = None  # None: the whole file
    words: tuple[tuple[str, str], ...] = ()  # what fills the sentence


def fault_lines(faults: Sequence[TemplateFault], say: Texts) -> str:
    """The faults in words, one a line: where, what, and what to write instead."""
    lines = [f"– {_where(fault, say)}{say(fault.key, **dict(fault.words))}" for fault in faults]
    if len(lines) > SHOWN_FAULTS:
        more = say("template-more", count=str(len(lines) - SHOWN_FAULTS))
        lines[SHOWN_FAULTS:] = [more]
    return "\n".join(lines)


def _where(fault: TemplateFault, say: Texts) -> str:
    place = fault.place
    if place is None or not place.quote:
        return ""
    where = [] if place.part == "body" else [say(f"template-part-{place.part}")]
    if place.table:
        cell = (place.table, place.row, place.cell)
        table, row, column = map(str, cell)
        where.append(say("template-at-cell", table=table, row=row, cell=column))
    where.append(say("template-at", quote=place.quote))
    return f"{', '.join(where)}: "
