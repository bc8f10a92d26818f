"""Totals as one would first write them: openpyxl, zipfile in memory, python-docx as documented."""

import io
import zipfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Cm
from openpyxl import Workbook


def book(names: list[str], schools: list[dict[str, Any]], target: Path) -> None:
    """A row a school, a column a question; the values as they are kept."""
    made = Workbook()
    sheet = made.active
    sheet.append(["school", *names])
    for number, state in enumerate(schools):
        values = {ref.rpartition("/")[2]: value for ref, value in state["values"].items()}
        cells = (values.get(name) for name in names)
        sheet.append([number, *(int(c) if c and c.isdecimal() else c for c in cells)])
    made.save(target)


def archive(paths: list[Path], target: Path) -> None:
    """All documents, pressed in memory."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, path in enumerate(paths):
            packed.writestr(f"{number}.docx", path.read_bytes())
    target.write_bytes(content.getvalue())


def merged(schools: list[tuple[str, list[tuple[str, str]], list[Path]]], target: Path) -> None:
    """Each school's figures and photos one after the other."""
    paper = Document()
    for name, figures, photos in schools:
        paper.add_heading(name, 1)
        table = paper.add_table(rows=len(figures), cols=2)
        for row, (title, value) in enumerate(figures):
            table.cell(row, 0).text = title
            table.cell(row, 1).text = value
        for path in photos:
            paper.add_picture(str(path), width=Cm(8))
    paper.save(str(target))
