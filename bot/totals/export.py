"""A campaign for other programs: OpenRosa submissions for ODK Central and Kobo, or raw tables.

Run from the command line, beside the bot or without it. One submission is in memory at a time.
"""

import csv
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson
import regex
import xlsxwriter

from bot.documents.vietnamese import file_name
from bot.errors import SetupError
from bot.forms.export import ExportTable, Instance, instance, lines, state_of, tables
from bot.forms.filling import Environment, Filling
from bot.forms.xform import Form
from storage.database import Database
from storage.files import Files
from storage.store import Store
from storage.totals import Version

KINDS: Final = ("openrosa", "csv", "xlsx")

_AT_ONCE: Final = 50  # submissions read in one go
_ABOUT: Final = ("SubmissionDate", "unit", "version", "receipt")
_NUMBERS: Final = ("integer", "decimal", "range")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_SHEET_NAMES: Final = regex.compile(r"[\[\]:*?/\\']")
_LONGEST_SHEET_NAME: Final = 31

Put = Callable[[str, bytes], object]
"""Puts a file of that name where it belongs."""

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What is said on the command line."""

    campaign_id: int
    to: Path  # a folder, a .zip, or an .xlsx
    kind: str
    labels: bool = False  # a second row with the words of the questions


@dataclass(frozen=True, slots=True)
class Exported:
    """What came of it."""

    submissions: int
    missing: tuple[str, ...]  # files that are not there any more: people may take photos back


async def export(
    database: Database, files: Files, zone: ZoneInfo, order: ExportOrder, progress: Progress
) -> Exported:
    """Write what was handed in for a campaign.

    OpenRosa gets every version, for each names the one before; tables get the newest.

    Raises:
        SetupError: there is no such campaign, or an instance would not say what was answered.
    """
    form, title, versions = await database.read(partial(_look, order.campaign_id))
    if order.kind != "openrosa":
        newest = {version.report_id: version for version in versions}  # in the order of versions
        versions = list(newest.values())
    with _shelf(order.to) as put, TemporaryDirectory(prefix="export-") as folder:
        if order.kind == "openrosa":
            put("form.xml", form.xform.encode())
            writer: _Instances | _Tables = _Instances(form.form, files, put)
        else:
            writer = _Tables(form.form, Path(folder), order, zone)
        for start in range(0, len(versions), _AT_ONCE):
            some = versions[start : start + _AT_ONCE]
            found = await database.read(partial(_answers, [one.submission_id for one in some]))
            for number, version in enumerate(some, start + 1):
                state = orjson.loads(found[version.submission_id])
                env = Environment(version.at, zone, "", Random(0))  # noqa: S311
                await writer.add(version, Filling.resume(form.form, state, env))
                progress(number, len(versions))
        writer.end()
        _put_all(Path(folder), put, title)
    return Exported(len(versions), tuple(writer.missing))


def _put_all(folder: Path, put: Put, title: str) -> None:
    for path in sorted(folder.iterdir()):
        name = f"{file_name(title)}.xlsx" if path.suffix == ".xlsx" else path.name
        put(name, path.read_bytes())


@dataclass(frozen=True, slots=True)
class _Source:
    form: Form
    xform: str


def _look(campaign_id: int, store: Store) -> tuple[_Source, str, list[Version]]:
    campaign = store.campaigns.find(campaign_id)
    if campaign is None:
        raise SetupError(f"there is no campaign {campaign_id}")
    xform, layout = store.campaigns.form(campaign.form_id)
    source = _Source(Form.compile(xform, layout), xform)
    return source, campaign.title, store.totals.versions(campaign_id)


def _answers(ids: Sequence[int], store: Store) -> dict[int, str]:
    return store.totals.answers(ids)


@contextmanager
def _shelf(to: Path) -> Iterator[Put]:
    """Where files are put: into a folder, into an archive, or the one file itself."""
    to.parent.mkdir(parents=True, exist_ok=True)
    if to.suffix == ".zip":
        with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
            yield archive.writestr
    elif to.suffix == ".xlsx":
        yield lambda _name, content: to.write_bytes(content)
    else:

        def put(name: str, content: bytes) -> None:
            path = to / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

        yield put


class _Instances:
    """A folder a submission: ``submission.xml`` and its files, as Central's and Kobo's API take."""

    def __init__(self, form: Form, files: Files, put: Put) -> None:
        self.missing: list[str] = []
        self._form = form
        self._files = files
        self._put = put

    async def add(self, version: Version, filling: Filling) -> None:
        made = instance(filling, version.version, version.receipt_of_first)
        self._check(made, filling, version)
        folder = file_name(f"{version.unit} lần {version.version} {version.receipt}")
        self._put(f"{folder}/submission.xml", made.xml.encode())
        for name, key in made.files.items():
            try:
                path = await self._files.path(key)
            except FileNotFoundError:
                self.missing.append(f"{folder}/{name}")
                continue
            self._put(f"{folder}/{name}", path.read_bytes())

    def end(self) -> None:
        """Nothing is left."""

    def _check(self, made: Instance, filling: Filling, version: Version) -> None:
        """The instance, read back, must say what was answered."""
        env = Environment(version.at, ZoneInfo("UTC"), "", Random(0))  # noqa: S311
        again = Filling.resume(self._form, state_of(made.xml, self._form), env)
        if _said(again, made.files) != _said(filling, made.files):
            raise SetupError(f"{version.receipt}: the instance would not say what was answered")


def _said(filling: Filling, files: Mapping[str, str]) -> list[tuple[Any, ...]]:
    """The answers with files by their names; not what stands about the filling itself."""
    names = {key: name for name, key in files.items()}
    form = filling.form
    return [
        (path, rows, names.get(value, value))
        for path, rows, value in filling.given()
        if "/meta/" not in path and form.specs[path].preload != ("timestamp", "end")
    ]


class _Tables:
    """A table for what stands in no repeat and one a repeat, tied by KEY and PARENT_KEY."""

    def __init__(self, form: Form, folder: Path, order: ExportOrder, zone: ZoneInfo) -> None:
        self.missing: list[str] = []
        self._tables = tables(form)
        self._zone = zone
        self._form = form
        make = _Sheets if order.kind == "xlsx" else _Pages
        self._target = make(self._tables, folder)
        for number, table in enumerate(self._tables):
            self._target.row(number, [*_heads(number), *(one.name for one in table.columns)])
            if order.labels:
                blank = [""] * len(_heads(number))
                self._target.row(number, [*blank, *(one.label for one in table.columns)])

    async def add(self, version: Version, filling: Filling) -> None:
        key = instance(filling, version.version, version.receipt_of_first).id
        at = version.at.astimezone(self._zone).isoformat(timespec="seconds")
        about = [at, version.unit, str(version.version), version.receipt]
        for number, cells in lines(filling, key, self._tables):
            self._target.row(number, cells if number else [*about, *cells])

    def end(self) -> None:
        self._target.close()


def _heads(number: int) -> tuple[str, ...]:
    return ("PARENT_KEY", "KEY") if number else (*_ABOUT, "KEY")


class _Pages:
    """CSV: a file a table."""

    def __init__(self, listed: Sequence[ExportTable], folder: Path) -> None:
        self._texts = [
            [False] * len(_heads(n)) + [one.type not in _NUMBERS for one in table.columns]
            for n, table in enumerate(listed)
        ]
        # The mark at the beginning tells Excel that this is UTF-8.
        self._files = [
            (folder / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="")
            for table in listed
        ]
        self._writers = [csv.writer(file) for file in self._files]

    def row(self, number: int, cells: Sequence[str]) -> None:
        """Write a row; what a spreadsheet would take for a formula is marked as text."""
        marked = (
            f"'{cell}" if text and cell.startswith(_FORMULA) else cell
            for cell, text in zip(cells, self._texts[number], strict=True)
        )
        self._writers[number].writerow(marked)

    def close(self) -> None:
        for file in self._files:
            file.close()


class _Sheets:
    """One workbook: a sheet a table."""

    def __init__(self, listed: Sequence[ExportTable], folder: Path) -> None:
        options = {"constant_memory": False, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(str(folder / "export.xlsx"), options)
        names: dict[str, None] = {}
        for table in listed:
            name = bare = _NOT_IN_SHEET_NAMES.sub("-", table.name)[:_LONGEST_SHEET_NAME]
            while name.casefold() in names:
                name = f"{bare[: _LONGEST_SHEET_NAME - 4]}-{len(names)}"
            names[name.casefold()] = None
            self._book.add_worksheet(name)
        self._numeric = [
            [False] * len(_heads(n)) + [one.type in _NUMBERS for one in table.columns]
            for n, table in enumerate(listed)
        ]
        self._next = [0] * len(listed)

    def row(self, number: int, cells: Sequence[str]) -> None:
        sheet, at = self._book.worksheets()[number], self._next[number]
        self._next[number] += 1
        for column, (cell, numeric) in enumerate(zip(cells, self._numeric[number], strict=True)):
            if cell and numeric and _is_number(cell):
                sheet.write_number(at, column, float(cell))
            elif cell:
                sheet.write_string(at, column, cell)

    def close(self) -> None:
        self._book.close()


def _is_number(cell: str) -> bool:
    return regex.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", cell) is not None
