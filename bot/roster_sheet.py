"""From the cells of a list to rows of schools, whatever the list looks like."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from typing import Any

from bot.errors import RosterError
from bot.forms.vietnamese_input import fold
from bot.roster_files import Grid, Line, column_name, grids_of
from bot.unit_names import core_of, level_of

FIELDS = ("name", "level", "cluster", "code", "head", "phone", "email")


@dataclass(frozen=True, slots=True)
class Row:
    """What a list says of one school, as written there."""

    sheet: str
    row: int
    columns: Mapping[str, str]  # field -> the letters of its column
    name: str
    level: str = ""
    section: str = ""  # the level that a heading above says
    cluster: str = ""
    code: str = ""
    head: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list of schools."""

    rows: tuple[Row, ...]
    hidden: int = 0  # rows that the file hides

    def dump(self) -> dict[str, Any]:
        """Return the list as JSON."""
        return {"rows": [asdict(row) for row in self.rows], "hidden": self.hidden}

    @classmethod
    def load(cls, dumped: Mapping[str, Any]) -> "Sheet":
        """Read what ``dump`` wrote."""
        return cls(tuple(Row(**row) for row in dumped["rows"]), dumped["hidden"])


def read(content: bytes, file_name: str) -> Sheet:
    """Read the list of schools in a file.

    Raises:
        RosterError: nothing of it can be used.
    """
    grids = grids_of(content, file_name)
    lists = [(grid, _Reader(grid).rows()) for grid in grids]
    lists = [(grid, rows) for grid, rows in lists if rows]
    if not lists:
        raise RosterError("roster-no-list", sheet=grids[0].name)
    by_level = [pair for pair in lists if _section_level(pair[0].name)]
    if len(by_level) < 2:
        by_level = [max(lists, key=lambda pair: _listness(pair[1]))]
    rows = [row for _, rows in by_level for row in rows]
    return Sheet(tuple(rows), sum(grid.hidden for grid, _ in by_level))


def _listness(rows: list[Row]) -> tuple[int, int]:
    """Say how much rows look like schools: how many have a level, and how many there are."""
    return sum(bool(row.level or row.section or level_of(row.name)) for row in rows), len(rows)


# headers

_HEADERS = (
    ("email", r"e ?mail.*|gmail|.*\b(e ?mail|thu dien tu|hop thu|mail)\b.*"),
    ("-", r"(stt|so tt|tt|so thu tu|no|ghi chu|dia chi|address|chuc vu|ngay|gioi tinh)\b.*"),
    ("phone", r"(so )?(dt|sdt|dtdd|phone|tel|mobile|hotline|di dong)\b.*"),
    ("phone", r".*\b(dien thoai|sdt|so dt|phone|di dong)\b.*"),
    ("code", r"ma|ma (so|truong|don vi|csgd|dinh danh|moet|bo|co so)\b.*|(school )?(code|id)"),
    ("-", r"(so|tong so) .*"),
    (
        "head",
        r"((ho )?(va )?ten )?(nguoi |can bo )?(hieu truong|thu truong|lien he|phu trach|dai dien"
        r"|dau moi|lanh dao)\b.*|(ho )?(va )?ten nguoi .*|ho (va )?ten|principal|head.*|contact.*",
    ),
    ("cluster", r"(ten )?cum\b.*|cluster"),
    ("level", r"(cap|bac|khoi|loai)( hoc| truong| hinh)?( truong| hoc)?|level|type"),
    (
        "name",
        r"ten|ten (truong|don vi|co so|csgd)\b.*|(cac )?(don vi|truong|co so giao duc|csgd)"
        r"( hoc| truong| truong hoc)?|school( name)?|name( of school)?",
    ),
)
_IGNORED = "-"
_LONGEST_HEADER = 60


def _field(cell: str) -> str:
    """Return the field that a heading names, "-" for one we ignore, "" when it is none."""
    words = " ".join(re.findall(r"[a-z0-9]+", fold(re.sub(r"\(.*?\)", " ", cell))))
    if not words or len(words) > _LONGEST_HEADER:
        return ""
    return next((field for field, said in _HEADERS if re.fullmatch(said, words)), "")


def _fields(cells: Mapping[int, str]) -> dict[int, str]:
    return {column: field for column, cell in cells.items() if (field := _field(cell))}


def _is_header(cells: Mapping[int, str], fields: Mapping[int, str]) -> bool:
    if "name" not in fields.values():
        return False
    return len(fields) > 1 or len(cells) == 1


# rows between schools

_COUNTER = re.compile(r"^\s*([ivx]+|[a-h]|\d+)\s*[.)/:–-]\s*|^\s*[-•*+]\s*", re.IGNORECASE)
_HEADING_WORDS = "cac danh sach khoi cap bac hoc nhom he nganh truong cong lap tu thuc ngoai"
_OF_HEADINGS = frozenset(_HEADING_WORDS.split())
_STEPS = {"1": "TH", "2": "THCS", "3": "THPT"}  # cấp 1, cấp II
_TOTAL = re.compile(r"^(tong( cong| so)?|cong|tong|co tat ca|danh sach (nay )?co|an dinh)\b")
_SIGNATURE = re.compile(
    r"^(noi nhan|nguoi (lap|tong hop|thuc hien)( bang| bieu| danh sach)?|(kt |tm |tl )?"
    r"(truong phong|pho truong phong|chu tich|thu truong( don vi)?|hieu truong|chuyen vien)"
    r"|ky (ghi ro|ten).*|(.* )?ngay\b.{0,20}\bthang\b.{0,20}\bnam\b.{0,10})$"
)
_INDEX = re.compile(r"^\(?([0-9]{1,2}|[A-Za-z])\)?$")


def _plain(cell: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+|…", fold(cell)))


def level_said(text: str) -> str:
    """Return the level that is said in a column or heading: also "cấp 2", "C1", "liên cấp 1-2"."""
    if level := level_of(text):
        return level
    words = re.sub(r"\b(cap|bac|lien cap|c) ?(?=[0-9i])", "", fold(text))
    steps = re.findall(r"\b([123]|i{1,3})\b", words)
    rest = re.sub(r"\b([123]|i{1,3}|va)\b|\W", "", words)
    found = [_STEPS[str(len(step)) if step[0] == "i" else step] for step in steps]
    return "" if rest or not re.search(r"[a-z]", fold(text)) else "&".join(dict.fromkeys(found))


def _section_level(cell: str) -> str:
    """Return the level when all that a cell says is a level: "II. Khối Tiểu học (12 trường)"."""
    text = re.sub(r"[(:].*", " ", _COUNTER.sub("", cell))
    text = re.sub(r"[–-]?\s*\d+ trường", " ", text)
    if re.match(r"(khoi |bac )?(cap|bac) ?([123]|i{1,3})$", fold(text)):
        return level_said(text)
    level = level_of(text)
    return level if set(core_of(text).split()) <= _OF_HEADINGS else ""


def _section_cluster(cell: str) -> str:
    text = _COUNTER.sub("", cell).strip(" :")
    return text if re.match(r"^(cum|cluster)\b", fold(text)) and len(text) <= 60 else ""


class _Reader:
    """Reads one sheet."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._section = _section_level(grid.name)
        self._cluster = ""
        self._by_looks = False  # without a header: what else a cell holds is seen by its looks
        self._first, self._columns = self._find_header()

    def rows(self) -> list[Row]:
        """Return the schools of the sheet, in order."""
        if not self._columns.get("name"):
            self._columns = self._without_header()
        if not self._columns.get("name"):
            return []
        rows: list[Row] = []
        for line in self._grid.lines[self._first :]:
            if self._is_between(line):
                continue
            if rows and self._ends(line):
                break
            if row := self._row(line):
                rows.append(row)
        return _grouped(rows) if self._grid.flat else rows

    # header

    def _find_header(self) -> tuple[int, dict[str, list[int]]]:
        """Return where the schools begin, and which columns hold what."""
        first, best = 0, dict[int, str]()
        for index, line in enumerate(self._grid.lines[:60]):
            for height, fields in self._headers_at(index, line):
                if len(set(fields.values())) > len(set(best.values())):
                    first, best = index + height, fields
        columns: dict[str, list[int]] = {}
        for column, field in sorted(best.items()):
            if field != _IGNORED:
                columns.setdefault(field, []).append(column)
        return first, columns

    def _headers_at(self, index: int, line: Line) -> list[tuple[int, dict[int, str]]]:
        """Return the header that begins in a row, as one row and as two."""
        found = []
        fields = _fields(line.cells)
        if _is_header(line.cells, fields):
            found.append((1, fields))
        below = self._grid.lines[index + 1 : index + 2]
        if below and fields and (under := _fields(below[0].cells)):
            fresh = [c for c in below[0].cells if c not in under and c not in below[0].copied]
            both = {**fields, **under}
            if not fresh and _is_header({**line.cells, **below[0].cells}, both):
                found.append((2, both))
        return found

    def _without_header(self) -> dict[str, list[int]]:
        """Return which column holds the names in a list without a header; begin at the first."""
        seen = [
            (index, column)
            for index, line in enumerate(self._grid.lines)
            for column, cell in line.cells.items()
            if _looks_like(cell) == "name"
        ]
        if not seen:
            return {}
        column = Counter(column for _, column in seen).most_common(1)[0][0]
        self._first = min(index for index, where in seen if where == column)
        for line in self._grid.lines[: self._first]:
            self._is_between(line)  # a heading above
        self._by_looks = True
        return {"name": [column]}

    # rows

    def _ends(self, line: Line) -> bool:
        return any(_SIGNATURE.match(_plain(cell)) for cell in line.cells.values()) and not any(
            level_of(line.cells.get(column, "")) for column in self._columns["name"]
        )

    def _is_between(self, line: Line) -> bool:
        """Say whether a row is a heading, a total or a number of columns; keep what it says."""
        own = {c: cell for c, cell in line.cells.items() if c not in line.copied}
        texts = [cell for cell in own.values() if not re.fullmatch(r"[\W\dIVXivxA-H]+", cell)]
        if not texts:
            return not any(column in own for column in self._columns.get("name", ())) or all(
                _INDEX.match(cell) for cell in own.values()
            )
        if any(_TOTAL.match(_plain(cell)) for cell in texts[:1]):
            return True
        if len(texts) > 1 and "name" in (fields := _fields(own)).values():
            return _is_header(own, fields)
        return len(set(texts)) == 1 and self._heading(texts[0])

    def _heading(self, text: str) -> bool:
        level, cluster = _section_level(text), _section_cluster(text)
        if level:
            self._section = level
        elif cluster:
            self._cluster = cluster
        return bool(level or cluster)

    def _row(self, line: Line) -> Row | None:
        """Return what a row says of a school; None when it names none."""
        said: dict[str, Any] = {}
        columns = {}
        for field, candidates in self._columns.items():
            column = next((c for c in candidates if line.cells.get(c)), candidates[0])
            said[field] = line.cells.get(column, "")
            columns[field] = column_name(column)
            if field == "name" and column in line.copied:
                return None
        name = _COUNTER.sub("", said.pop("name")).strip(" ;,.*")
        if not re.search(r"\w", name):
            return None
        if self._by_looks:
            for column, cell in reversed(line.cells.items()):
                if (kind := _looks_like(cell)) in ("phone", "email"):
                    said[kind], columns[kind] = cell, column_name(column)
        said["cluster"] = said.get("cluster") or self._cluster
        return replace(
            Row(self._grid.name, line.number, columns, name, section=self._section), **said
        )


def _looks_like(cell: str) -> str:
    if re.fullmatch(r"\S+@\S+\.\w+", cell):
        return "email"
    if re.fullmatch(r"\+?[\d .]{9,15}", cell):
        return "phone"
    return "name" if level_of(cell) and not _section_level(cell) and len(cell) <= 200 else ""


def _grouped(rows: list[Row]) -> list[Row]:
    """Copy a cluster down to the rows below it when the list writes each only once."""
    written = [row.cluster for row in rows]
    blanks = written.count("")
    repeats = any(a and a == b for a, b in pairwise(written))
    if not rows or not written[0] or not blanks or repeats:
        return rows
    cluster = ""
    grouped = []
    for row in rows:
        cluster = row.cluster or cluster
        grouped.append(replace(row, cluster=cluster))
    return grouped
