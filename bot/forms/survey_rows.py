"""The rows of the survey sheet as the checks read them: what each is, and inside of what."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from bot.forms.columns import Row, Table
from bot.forms.vietnamese_text import fold

SELECT: Final = re.compile(
    r"(?:add )?(select[ _]one(?:[ _]external|[ _]from[ _]file)?|select1"
    r"|select[ _]multiple(?:[ _]from[ _]file)?|select all that apply|rank)"
    r"(?: from| prompt using| using)?(?:\s+(?P<list>.*))?",
    re.IGNORECASE,
)
BEGIN: Final = re.compile(r"begin[ _]+(group|repeat|loop|lgroup|looped group)\b", re.IGNORECASE)
END: Final = re.compile(r"end[ _]+(group|repeat|loop|lgroup|looped group)\b", re.IGNORECASE)
METADATA: Final = frozenset(
    (
        *("start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber"),
        *("username", "email", "audit", "imei", "start-geopoint", "background-audio"),
        *("background-geopoint", "xml-external", "csv-external", "entity", "start time"),
        *("end time", "device id", "subscriber id", "sim id", "phone number"),
    )
)
SILENT: Final = frozenset(("calculate", "hidden", *METADATA))
"""Types that ask nothing."""
NUMBERS: Final = frozenset(("integer", "int", "decimal", "range", "calculate"))
IMAGES: Final = frozenset(("image", "photo"))
_ALIKE: Final = 0.6  # so_phong and so_phong_hong
REFERENCE: Final = re.compile(r"\$\{\s*(?:last-saved#)?([^{}]*?)\s*\}")
TYPES: Final = (  # those the guide explains, and what an author may have meant
    *("text", "integer", "decimal", "date", "time", "dateTime", "select_one", "select_multiple"),
    *("rank", "range", "image", "note", "acknowledge", "calculate", "hidden", "geopoint"),
    *("audio", "video", "file", "barcode", "begin_group", "end_group", "begin_repeat"),
    "end_repeat",
)
IN_VIETNAMESE: Final = {
    "chu": "text",
    "van ban": "text",
    "so": "integer",
    "so nguyen": "integer",
    "so thap phan": "decimal",
    "ngay": "date",
    "gio": "time",
    "anh": "image",
    "hinh anh": "image",
    "chon mot": "select_one",
    "chon nhieu": "select_multiple",
    "ghi chu": "note",
    "nhom": "begin_group",
    "het nhom": "end_group",
    "lap lai": "begin_repeat",
    "tinh": "calculate",
    "cong thuc": "calculate",
    "an": "hidden",
}


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """One row: a question, or the beginning or end of a group or repeat."""

    number: int
    type: str  # as written
    kind: str  # in lower case without the list: "select_one", "begin repeat", "end group"
    choices: str  # the name of the list, for a select
    name: str
    cells: Row
    inside: tuple[str, ...]  # names of the groups and repeats around it
    repeat: str  # name of the nearest repeat around it, "" outside

    @property
    def opens(self) -> bool:
        """Whether it begins a group or repeat."""
        return self.kind.startswith("begin ")

    @property
    def asks(self) -> bool:
        """Whether a person is asked this."""
        return bool(self.type) and not (
            self.kind in SILENT or self.kind.startswith(("begin ", "end ", "get ", "uri:"))
        )


@dataclass(slots=True)
class Survey:
    """All rows, and where each name stands."""

    table: Table
    rows: list[SurveyRow] = field(default_factory=list)
    unclosed: list[SurveyRow] = field(default_factory=list)
    unopened: list[SurveyRow] = field(default_factory=list)
    crossed: list[tuple[SurveyRow, SurveyRow]] = field(default_factory=list)  # end, what is open

    def named(self) -> dict[str, list[SurveyRow]]:
        """The rows of each name."""
        found: dict[str, list[SurveyRow]] = {}
        for row in self.rows:
            if row.name and not row.kind.startswith("end "):
                found.setdefault(row.name, []).append(row)
        for name, row in self.mistaken().items():
            found.setdefault(name, []).append(row)
        return found

    def again(self) -> Iterator[tuple[SurveyRow, SurveyRow]]:
        """Rows of a name that stands at the same place before, each with the first of that name."""
        first: dict[tuple[tuple[str, ...], str], SurveyRow] = {}
        for row in self.rows:
            if not row.name or row.kind.startswith("end "):
                continue
            place = row.inside, row.name
            if place in first:
                yield row, first[place]
            first.setdefault(place, row)

    def mistaken(self) -> dict[str, SurveyRow]:
        """Rows that were copied with their name, by the name that formulas have for them."""
        names = {row.name for row in self.rows}
        texts = "\n".join(text for row in self.rows for text in row.cells.values())
        wanted = [name for name in dict.fromkeys(REFERENCE.findall(texts)) if name not in names]
        found: dict[str, SurveyRow] = {}
        for row, _ in self.again() if wanted else ():
            near = get_close_matches(row.name, wanted, 1, _ALIKE)
            if near:
                wanted.remove(near[0])
                found[near[0]] = row
        return found

    def within(self, opening: SurveyRow) -> Iterator[SurveyRow]:
        """The rows inside of a group or repeat."""
        path = (*opening.inside, opening.name)
        return (row for row in self.rows if row.inside[: len(path)] == path)


def read_survey(table: Table) -> Survey:
    """The rows that are not disabled, with groups and repeats matched as far as they can be."""
    survey = Survey(table)
    around: list[SurveyRow] = []
    for number, cells in table.rows:
        if cells.get("disabled", "").lower() in ("yes", "true", "true()"):
            continue
        row = _row(number, cells, around)
        survey.rows.append(row)
        if row.opens:
            around.append(row)
        elif row.kind.startswith("end "):
            _close(survey, row, around)
    survey.unclosed = around
    return survey


def _row(number: int, cells: Row, around: Sequence[SurveyRow]) -> SurveyRow:
    written = " ".join(cells.get("type", "").split())
    kind, choices = written.lower(), ""
    if match := BEGIN.match(written):
        kind = f"begin {_family(match[1])}"
    elif match := END.match(written):
        kind = f"end {_family(match[1])}"
    elif match := SELECT.fullmatch(written):
        kind = match[1].lower().replace(" ", "_")
        kind = {"select1": "select_one", "select_all_that_apply": "select_multiple"}.get(kind, kind)
        words = (match["list"] or "").split()
        choices = words[0] if words else ""
    inside = tuple(row.name for row in around)
    repeat = next((row.name for row in reversed(around) if row.kind == "begin repeat"), "")
    return SurveyRow(number, written, kind, choices, cells.get("name", ""), cells, inside, repeat)


def _family(word: str) -> str:
    return "group" if word.lower() == "group" else "repeat"


def _close(survey: Survey, end: SurveyRow, around: list[SurveyRow]) -> None:
    if not around:
        survey.unopened.append(end)
    elif around[-1].kind.split()[1] == end.kind.split()[1]:
        around.pop()
    elif any(row.kind.split()[1] == end.kind.split()[1] for row in around):
        survey.crossed.append((end, around[-1]))
        while around.pop().kind.split()[1] != end.kind.split()[1]:
            pass
    else:
        survey.crossed.append((end, around.pop()))


def type_meant(written: str) -> str:
    """The type of the guide that is probably meant; "" when nothing is near."""
    words = written.split()
    said = fold(written)
    if said in IN_VIETNAMESE:
        return IN_VIETNAMESE[said]
    lower = {name.lower(): name for name in TYPES}
    for candidate in ("_".join(words[:2]).lower(), words[0].lower() if words else ""):
        near = get_close_matches(candidate, lower, 1, 0.72)
        if near:
            return lower[near[0]]
    return ""
