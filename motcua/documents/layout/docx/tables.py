"""Tables: those that people see, and the invisible ones that hold columns apart."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.shared import Mm
from docx.table import Table as DocxTable
from docx.table import _Row as TableRow

from motcua.documents.layout import measures as m
from motcua.documents.layout import wording as w
from motcua.documents.layout.docx.text import line, shape, write
from motcua.documents.layout.docx.xml import element
from motcua.documents.layout.model import Align, Table


def write_table(file: Document, data: Table, width: float) -> None:
    """A table ``width`` millimetres wide: its head repeats, its rows do not split."""
    if data.title:
        line(file, "table_title", data.title, before=6, after=4, keep=True)
    head, body = w.head_of(data), w.body_of(data)
    first = w.head_rows(data)
    share = width / sum(column.width for column in data.columns)
    table = columns(file, [c.width * share for c in data.columns], rows=first + len(data.rows))
    table.style = "Table Grid"
    rows = list(table.rows)
    for row in rows:
        do_not_split(row)
    for row in rows[:first]:
        row._tr.get_or_add_trPr().append(element("w:tblHeader"))
    grid = [row.cells for row in rows]  # once: python-docx builds it anew at each question
    together = w.keeps_together(data)
    for face, offset, cells in (("table_head", 0, head), ("table", first, body)):
        for place in cells:
            n = place.row + offset
            cell, target = place.cell, grid[n][place.column]
            if cell.columns > 1 or cell.rows > 1:
                last = grid[n + cell.rows - 1][place.column + cell.columns - 1]
                target = target.merge(last)
            target.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            gap = m.CELL_Y * m.MM
            keep = not offset or (together and n < len(rows) - 1)
            paragraph = shape(target.paragraphs[0], place.align, before=gap, after=gap, keep=keep)
            write(paragraph, face, cell.text, bold=cell.bold)
    if data.note:
        line(file, "table_note", data.note, Align.LEFT, before=3, after=m.PARAGRAPH_GAP)
    else:  # something must stand between a table and what follows it
        shape(file.add_paragraph(), Align.LEFT, spacing=0.4)


def columns(file: Document, widths: Sequence[float], rows: int, *, bare: bool = False) -> DocxTable:
    """A table of fixed columns, in millimetres, without borders; ``bare``: and without padding."""
    table: DocxTable = file.add_table(rows=rows, cols=len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    padding = 0 if bare else round(m.CELL_X * m.MM * 20)
    margins = element("w:tblCellMar")
    for edge in ("left", "right"):
        margins.append(element(f"w:{edge}", w=str(padding), type="dxa"))
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    return table


def do_not_split(row: TableRow) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def drop_first_paragraphs(table: DocxTable) -> None:
    """Cells are born with an empty paragraph, which would push down the text added after it."""
    for row in table.rows:
        for cell in row.cells:
            first = cell.paragraphs[0]._p
            first.getparent().remove(first)
