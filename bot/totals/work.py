"""What is handed to a worker process: plain things, all that a file is made from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from storage.totals import Row


@dataclass(frozen=True, slots=True)
class Job:
    """What all that adds up is made from; runs in a worker. The same job gives the same bytes."""

    forms: dict[int, tuple[str, dict[str, Any]]]  # id -> XForm and layout
    form: int  # that of the campaign itself; others are matched to it by the names of questions
    rows: tuple[Row, ...]
    answers: str  # path of a file: a line for each row that counts, the JSON that was stored
    at: datetime
    timezone: str
    target: str  # path of the file to write

    @property
    def zone(self) -> ZoneInfo:
        """Whose clock the times are shown by."""
        return ZoneInfo(self.timezone)


@dataclass(frozen=True, slots=True)
class Source:
    """Where the figures come from; stands on the last sheet."""

    title: str
    office: str
    due_text: str
    frozen: bool  # as at the deadline
    form_hash: str


@dataclass(frozen=True, slots=True)
class PaperJob:
    """All that an office's report is made from; the same job gives the same bytes."""

    snapshot: dict[str, Any]
    forms: dict[int, tuple[str, dict[str, Any]]]
    answers: str  # path of the answers of the schools that count
    before: str  # path of those of the period before; "" without one
    photos: dict[str, str]  # key -> path, of those that are still there
    timezone: str
    target: str
    photos_each: int = 2  # most of one school
    photos_all: int = 24  # most of all
