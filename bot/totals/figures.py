"""How far a campaign has come, counted: by level and in all, and who is overdue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from storage.totals import Row

DONE, DOING, WAITING, OVERDUE = "done", "doing", "waiting", "overdue"
STATES: Final = (DONE, DOING, WAITING, OVERDUE)
_LEVELS: Final = ("MN", "MG", "TH", "TH&THCS", "THCS", "THCS&THPT", "THPT")


@dataclass(frozen=True, slots=True)
class Bar:
    """How many units of one level stand where."""

    level: str
    done: int = 0
    doing: int = 0
    waiting: int = 0
    overdue: int = 0

    @property
    def all(self) -> int:
        """How many units there are."""
        return self.done + self.doing + self.waiting + self.overdue


@dataclass(frozen=True, slots=True)
class Figures:
    """A campaign at one moment."""

    title: str
    due_text: str
    at: datetime  # on the clock of the wall
    bars: tuple[Bar, ...]
    overdue: tuple[str, ...]  # names of those that are late and have nothing in
    late: int = 0  # of those done: after the deadline
    usual: timedelta | None = None  # half of the units took no longer to hand in

    @property
    def done(self) -> int:
        """How many are in."""
        return sum(bar.done for bar in self.bars)

    @property
    def all(self) -> int:
        """How many are asked."""
        return sum(bar.all for bar in self.bars)


def standing(row: Row, at: datetime) -> str:
    """Where a unit stands: done, overdue, doing or waiting."""
    if row.status in ("submitted", "accepted"):
        return DONE
    if at >= row.due_at:
        return OVERDUE
    return WAITING if row.status == "expected" else DOING


def figures(rows: Sequence[Row], title: str, due_text: str, at: datetime) -> Figures:
    """Count the units of a campaign; ``at`` is a moment in the zone in which it is shown."""
    levels: dict[str, dict[str, int]] = {}
    for row in rows:
        counts = levels.setdefault(row.level, dict.fromkeys(STATES, 0))
        counts[standing(row, at)] += 1
    took = sorted(row.took for row in rows if row.took is not None)
    return Figures(
        title=title,
        due_text=due_text,
        at=at,
        bars=tuple(Bar(level, **levels[level]) for level in in_order(levels)),
        overdue=tuple(row.name for row in rows if standing(row, at) == OVERDUE),
        late=sum(row.was_late for row in rows if standing(row, at) == DONE),
        usual=took[len(took) // 2] if took else None,
    )


def in_order(levels: Iterable[str]) -> list[str]:
    """Levels from the youngest pupils to the oldest, those not known after them, none last."""
    known = {level: place for place, level in enumerate(_LEVELS)}
    return sorted(levels, key=lambda level: (not level, known.get(level, len(known)), level))
