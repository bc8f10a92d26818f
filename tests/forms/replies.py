"""Labelled replies, and how an outcome is written in their tables.

``45`` understood; ``?45`` to be confirmed; ``3|4`` asked which; ``nothing`` not understood;
``none`` none of several choices. An edit is ``[7]45``, or ``-`` for an ordinary answer.
In a reply ``\\n`` is a new line and ``\\\\`` a backslash.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from bot.forms import vietnamese_input as typed

FOLDER = Path(__file__).parent / "corpus"


@dataclass(frozen=True, slots=True)
class Reply:
    file: str
    kind: str
    context: str
    text: str
    expected: str

    def changed(self, text: str) -> "Reply":
        return Reply(self.file, self.kind, self.context, text, self.expected)


def replies(pattern: str = "*.tsv") -> Iterator[Reply]:
    for path in sorted(FOLDER.glob(pattern)):
        for row in _rows(path):
            if "reply" in row:
                text = row["reply"].replace("\\\\", "\0").replace("\\n", "\n").replace("\0", "\\")
                yield Reply(path.name, row["kind"], row["context"], text, row["expected"])


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def labels(context: str) -> tuple[str, ...]:
    return tuple(row["label"] for row in _rows(FOLDER / "labels.tsv") if row["context"] == context)


def outcome(reply: Reply) -> str:
    """Return what the reader of this kind makes of the reply."""
    if reply.kind == "edit":
        edit = typed.read_edit(reply.text)
        return f"[{edit.number}]{edit.value or ''}" if edit else "-"
    return written(reading(reply), none=reply.kind == "choices")


def reading(reply: Reply) -> typed.Reading:
    if reply.kind == "date":
        days = dict(part.split("=") for part in reply.context.split())
        near = date.fromisoformat(days["near"]) if "near" in days else None
        return typed.read_date(reply.text, date.fromisoformat(days["today"]), near)
    if reply.kind == "choice":
        return typed.read_choice(reply.text, labels(reply.context))
    if reply.kind == "choices":
        return typed.read_choices(reply.text, labels(reply.context))
    readers = {
        "integer": typed.read_integer,
        "decimal": typed.read_decimal,
        "money": typed.read_money,
        "time": typed.read_time,
        "yes_no": typed.read_yes_no,
    }
    return readers[reply.kind](reply.text)


def written(reading: typed.Reading, *, none: bool = False) -> str:
    if reading.options:
        return "|".join(reading.options)
    if not reading.value:
        return "none" if none and reading.sure else "nothing"
    return reading.value if reading.sure else f"?{reading.value}"


def is_wrong_guess(reply: Reply, got: str) -> bool:
    """Tell whether the reader was sure of something that is not what was meant."""
    silent = got not in ("nothing", "-") and "|" not in got and not got.startswith("?")
    return silent and got not in (reply.expected, reply.expected.removeprefix("?"))
