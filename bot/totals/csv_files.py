"""The tables as CSV, one file a sheet, in a ZIP: for other programs, and safe in a spreadsheet."""

import csv
import zipfile
from contextlib import ExitStack
from datetime import date, datetime, time
from pathlib import Path
from typing import Final

from bot.texts import texts
from bot.totals.cells import Cell, Tables
from bot.totals.names import unique
from bot.totals.work import Job

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def write(job: Job) -> None:
    """Write the archive of a job. Blocks: for a worker."""
    tables = Tables(job, texts("vi"))
    names = list(unique((table.title for table in tables.tables), "csv"))
    folder = Path(job.target).parent
    paths = [folder / f"{place}.csv" for place in range(len(names))]
    with ExitStack() as stack:
        # The mark at the beginning tells Excel that this is UTF-8.
        files = [
            stack.enter_context(path.open("w", encoding="utf-8-sig", newline="")) for path in paths
        ]
        pages = [csv.writer(file) for file in files]
        for page, table in zip(pages, tables.tables, strict=True):
            heads = [title for title, _ in table.heads]
            page.writerow([*heads, *(column.title for column in table.columns)])
            page.writerow(["" for _ in heads] + [column.name for column in table.columns])
        for line in tables:
            pages[line.table].writerow(map(_written, line.cells))
    with zipfile.ZipFile(job.target, "w", zipfile.ZIP_DEFLATED) as archive:
        at = job.at.astimezone(job.zone).timetuple()
        for path, name in zip(paths, names, strict=True):
            info = zipfile.ZipInfo(name, at[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, path.read_bytes())
            path.unlink()


def _written(cell: Cell) -> str:
    """A cell as text; what a spreadsheet would take for a formula is marked as text."""
    match cell:
        case None:
            return ""
        case datetime():  # a date as well: it stands before it
            return f"{cell:%d/%m/%Y %H:%M}"
        case date():
            return f"{cell:%d/%m/%Y}"
        case time():
            return f"{cell:%H:%M}"
        case str():
            return f"'{cell}" if cell.startswith(_FORMULA) else cell
        case _:
            return str(cell)
