"""The workbook: a row a school, a sheet a repeat, totals that are formulas; row by row to disk."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

import regex
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from bot.texts import Texts, texts
from bot.totals.answers import Column
from bot.totals.cells import Cell, Line, Table, Tables, local, status
from bot.totals.work import Job, Source

FONT: Final = "Times New Roman"
_INK, _PAPER, _LATE, _MISSING = "#1F3864", "#DCE6F1", "#FFF2CC", "#FBE3E0"
_LONGEST: Final = 32_767  # letters that a cell takes
_LONGEST_NAME: Final = 31  # letters of the name of a sheet
_HEADING: Final = 2  # rows: what people say, and what the form says
_FIRST_DAY: Final = date(1899, 12, 30).toordinal()
_FORBIDDEN: Final = regex.compile(r"[\[\]:*?/\\']")
_FORMATS: Final = {
    # In a spreadsheet whose language is Vietnamese these are dots, and a comma before decimals.
    "int": "[$-42A]#,##0",
    "float": "[$-42A]#,##0.##",
    "date": "dd/mm/yyyy",
    "time": "hh:mm",
    "datetime": "hh:mm dd/mm/yyyy",
}


def write(job: Job, source: Source) -> None:
    """Write the workbook of a job. Blocks: for a worker."""
    book = xlsxwriter.Workbook(
        job.target,
        {
            "constant_memory": True,
            "tmpdir": str(Path(job.target).parent),
            # What a school has typed is text, also when it begins with "=".
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    made = job.at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": source.title, "author": source.office, "created": made})
    _Writer(book, job, source).write()
    book.close()


class _Sheet(Worksheet):
    """A sheet of XlsxWriter to which whole rows are written at once, in a fifth of the time.

    And no text is taken for markup: XlsxWriter writes one such as "<r>a & b</r>" as it is, and
    the workbook cannot be opened any more.
    """

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        own: Any = self  # XlsxWriter says little of its types
        if type(cell).__name__ != "String" or not cell.format:
            own._write_any_cell(row, col, cell)
            return
        own.fh.write(self._text(row, col, cell.string, cell.format))

    def _text(self, row: int, col: int, text: str, look: Any) -> str:
        own: Any = self
        text = escape(own._escape_control_characters(text))
        at = f'<c r="{_letters(col)}{row + 1}" s="{look._get_xf_index()}"'
        return f'{at} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'

    _write_any_cell = Worksheet._write_cell

    def write_line(self, row: int, cells: Iterable[tuple[int, Cell, Any]]) -> None:
        """Write a whole row to disk: column, what stands there, how it looks."""
        own: Any = self
        own._write_single_row(row)  # what was written before
        pieces: list[str] = []
        place = 0
        for place, cell, look in cells:
            if isinstance(cell, str):
                pieces.append(self._text(row, place, cell, look))
                continue
            at = f'<c r="{_letters(place)}{row + 1}" s="{look._get_xf_index()}"'
            if cell is None:
                pieces.append(f"{at}/>")
            else:
                number = cell if isinstance(cell, int | float) else _serial(cell)
                pieces.append(f"{at}><v>{number:.16G}</v></c>")
        own._check_dimensions(row, place)
        own.fh.write(f'<row r="{row + 1}">{"".join(pieces)}</row>')


@cache
def _letters(column: int) -> str:
    letters: str = xl_col_to_name(column)
    return letters


def _serial(moment: date | time) -> float:
    """A day, time or both as spreadsheets count: days since the end of 1899."""
    if isinstance(moment, time):
        return (moment.hour * 60 + moment.minute) / 1440 + moment.second / 86400
    days = moment.toordinal() - _FIRST_DAY
    return days + _serial(moment.time()) if isinstance(moment, datetime) else days


@dataclass(slots=True)
class _Page:
    """A sheet being written."""

    table: Table
    sheet: Any  # xlsxwriter's worksheet
    next: int = _HEADING  # the next row
    sums: dict[int, int | Decimal] = field(default_factory=dict)  # by column of the sheet


class _Writer:
    """One workbook being written."""

    def __init__(self, book: Any, job: Job, source: Source) -> None:
        self._book = book
        self._job = job
        self._source = source
        self._words: Texts = texts("vi")
        self._looks: dict[tuple[str, str], Any] = {}
        self._names: set[str] = set()
        kinds = (str, int, float, date, time, datetime)
        self._plain = {kind: self._look(kind.__name__) for kind in kinds}

    def write(self) -> None:
        tables = Tables(self._job, self._words)
        pages = [self._begun(table) for table in tables.tables]
        for line in tables:
            self._write(pages[line.table], line)
        for page in pages:
            self._total(page)
        self._write_missing(self._sheet(self._words("totals-sheet-missing")))
        self._write_source(self._sheet(self._words("totals-sheet-source")))

    # -- sheets

    def _sheet(self, title: str) -> Any:
        name = self._free(_FORBIDDEN.sub(" ", title).strip()[:_LONGEST_NAME] or "…")
        sheet = self._book.add_worksheet(name, worksheet_class=_Sheet)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        return sheet

    def _free(self, name: str) -> str:
        """A name that no sheet has yet, big or small letters alike."""
        free, number = name, 1
        while free.casefold() in self._names:
            number += 1
            ending = f" ({number})"
            free = name[: _LONGEST_NAME - len(ending)] + ending
        self._names.add(free.casefold())
        return free

    def _begun(self, table: Table) -> _Page:
        """A sheet with its two rows of headings."""
        sheet = self._sheet(table.title)
        columns = [
            (f"{one.title} ({one.unit})" if one.unit else one.title, _width(one), one.name)
            for one in table.columns
        ]
        headings = [*((title, width, "") for title, width in table.heads), *columns]
        sheet.set_row(0, 62)  # before its cells: a row that is written is gone
        for place, (title, width, _) in enumerate(headings):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, title[:_LONGEST], self._look("heading"))
        for place, (_, _, name) in enumerate(headings):
            self._put(sheet, 1, place, name, look="name")
        titles = [title for title, _ in table.heads]
        school = titles.index(self._words("totals-school"))
        sheet.freeze_panes(_HEADING, school + 1)
        sheet.repeat_rows(0, _HEADING - 1)
        sheet.repeat_columns(0, school)
        return _Page(table, sheet)

    # -- rows

    def _write(self, page: _Page, line: Line) -> None:
        page.sheet.write_line(page.next, self._cells(page, line))
        page.next += 1

    def _cells(self, page: _Page, line: Line) -> Iterator[tuple[int, Cell, Any]]:
        heads, sums, looks, tint = len(page.table.heads), page.sums, self._plain, _tint(line)
        for place, cell in enumerate(line.cells[:heads]):
            yield place, cell, self._look(type(cell).__name__, tint)
        for place, cell in enumerate(line.cells[heads:], heads):
            if cell is not None:
                yield place, cell, looks[type(cell)]
                if isinstance(cell, int):
                    sums[place] = sums.get(place, 0) + cell
                elif isinstance(cell, float):
                    sums[place] = sums.get(place, 0) + Decimal(str(cell))

    def _total(self, page: _Page) -> None:
        """Totals below a table: they follow its filter."""
        table, sheet, last = page.table, page.sheet, page.next - 1
        heads = len(table.heads)
        sheet.autofilter(_HEADING - 1, 0, max(last, _HEADING), heads + len(table.columns) - 1)
        if not any(column.kind == "number" for column in table.columns):
            return  # nothing to add up
        titles = [title for title, _ in table.heads]
        label = titles.index(self._words("totals-school"))
        for place in range(heads):
            text = self._words("totals-sum") if place == label else ""
            self._put(sheet, page.next, place, text, look="sum")
        for place, column in enumerate(table.columns, heads):
            if column.kind != "number" or last < _HEADING:
                self._put(sheet, page.next, place, "", look="sum")
                continue
            letters = xl_col_to_name(place)
            formula = f"=SUBTOTAL(109,{letters}{_HEADING + 1}:{letters}{last + 1})"
            total = page.sums.get(place, 0)
            look = self._look("sum" if total == int(total) else "sum-float")
            sheet.write_formula(page.next, place, formula, look, float(total))

    def _put(
        self, sheet: Any, row: int, column: int, cell: Cell, *, look: str = "", tint: str = ""
    ) -> None:
        """Write a cell; a string is never taken for anything else."""
        shown = self._look(look or type(cell).__name__, tint)
        if cell is None or cell == "":
            sheet.write_blank(row, column, None, shown)
        elif isinstance(cell, str):
            sheet.write_string(row, column, cell[:_LONGEST], shown)
        elif isinstance(cell, int | float):
            sheet.write_number(row, column, cell, shown)
        else:
            sheet.write_datetime(row, column, cell, shown)

    # -- who is missing, and where all this comes from

    def _write_missing(self, sheet: Any) -> None:
        said = (
            ("totals-number", 6),
            ("totals-school", 38),
            ("totals-level", 12),
            ("totals-cluster", 18),
            ("totals-status", 24),
            ("totals-due", 18),
            ("totals-contact", 26),
            ("totals-phone", 16),
        )
        for place, (key, width) in enumerate(said):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, self._words(key), self._look("heading"))
        sheet.freeze_panes(1, 2)
        number = 0
        for row in self._job.rows:
            if row.is_in:
                continue
            number += 1
            due = local(row.due_at - timedelta(minutes=1), self._job.zone)  # the last that is fine
            contact = [str(row.contact.get(key) or "") for key in ("head", "phone")]
            where = status(row, self._job.at, self._words)
            cells = (number, row.name, row.level, row.cluster, where, due, *contact)
            for place, cell in enumerate(cells):
                self._put(sheet, number, place, cell)

    def _write_source(self, sheet: Any) -> None:
        words, source, rows = self._words, self._source, self._job.rows
        at = f"{self._job.at.astimezone(self._job.zone):%H:%M %d/%m/%Y}"
        frozen = words("totals-source-at-deadline", at=at) if source.frozen else at
        said: tuple[tuple[str, str], ...] = (
            ("totals-source-title", source.title),
            ("totals-office", source.office),
            ("totals-source-due", source.due_text),
            ("totals-source-frozen", frozen),
            ("totals-source-units", str(len(rows))),
            ("totals-source-in", str(sum(row.is_in for row in rows))),
            ("totals-source-late", str(sum(row.is_in and row.was_late for row in rows))),
            ("totals-source-missing", str(sum(not row.is_in for row in rows))),
            ("totals-source-form", source.form_hash),
        )
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 70)
        for place, (key, cell) in enumerate(said):
            sheet.write_string(place, 0, words(key), self._look("name"))
            self._put(sheet, place, 1, cell)
        sheet.write_string(len(said) + 1, 0, words("totals-source-note"), self._look("note"))

    # -- looks

    def _look(self, kind: str, tint: str = "") -> Any:
        look = self._looks.get((kind, tint))
        if look is None:
            look = self._looks[kind, tint] = self._book.add_format(_properties(kind, tint))
        return look


def _properties(kind: str, tint: str) -> dict[str, Any]:
    """How cells of a kind look."""
    base = {"font_name": FONT, "font_size": 12, "border": 1, "border_color": "#BFBFBF"}
    base |= {"valign": "top"}
    match kind:
        case "heading":
            shown = {"bold": True, "bg_color": _INK, "font_color": "white", "text_wrap": True}
            return base | shown | {"align": "center", "valign": "vcenter"}
        case "name":
            return base | {"font_size": 10, "font_color": "#595959", "bg_color": _PAPER}
        case "sum" | "sum-float":
            number = _FORMATS["int" if kind == "sum" else "float"]
            return base | {"bold": True, "bg_color": _PAPER, "num_format": number}
        case "note":
            return {"font_name": FONT, "font_size": 12, "italic": True}
        case "str" | "NoneType":
            own: dict[str, Any] = {}
        case "int" | "float":
            own = {"num_format": _FORMATS[kind]}
        case _:
            own = {"num_format": _FORMATS[kind], "align": "center"}
    colour = {"late": {"bg_color": _LATE}, "missing": {"bg_color": _MISSING}}
    return base | own | colour.get(tint, {})


def _tint(line: Line) -> str:
    """The late and the missing are seen at once, on the sheet that has a line a school."""
    if line.table:
        return ""
    if not line.row.is_in:
        return "missing"
    return "late" if line.row.was_late else ""


def _width(column: Column) -> int:
    """Letters that fit side by side."""
    return {"text": 36, "choice": 26, "number": 14}.get(column.kind, 13)
