"""The same report with python-docx as its documentation shows it, photos as they were sent."""

from pathlib import Path

from docx import Document
from docx.shared import Cm

from bot.documents.document import Dash, Item, OfficialDocument, Part, Photos, Point, Table, Text

STYLES = {Part: "Heading 1", Item: "Heading 2", Dash: "List Bullet", Point: "List Number"}


def write(report: OfficialDocument, folder: Path, target: Path) -> None:
    paper = Document()
    paper.add_heading("BÁO CÁO", 0)
    for block in report.body:
        if isinstance(block, Text | Part | Item | Dash | Point):
            paper.add_paragraph(block.text, style=STYLES.get(type(block), "Normal"))
    for appendix in report.appendices:
        paper.add_page_break()
        paper.add_heading(appendix.title, 1)
        for block in appendix.body:
            if isinstance(block, Table):
                _table(paper, block)
            elif isinstance(block, Photos):
                for photo in block.photos:
                    paper.add_picture(str(folder / f"{photo.key}.jpg"), width=Cm(15))
                    paper.add_paragraph(photo.caption)
    paper.save(str(target))


def _table(paper, block: Table) -> None:  # type: ignore[no-untyped-def]
    table = paper.add_table(rows=len(block.rows) + 1, cols=len(block.columns))
    table.style = "Table Grid"
    for place, column in enumerate(block.columns):
        table.cell(0, place).text = column.title
    for number, row in enumerate(block.rows, 1):
        for place, text in enumerate(row.cells):
            table.cell(number, place).text = text
