"""DOCX: paragraphs with their automatic numbers, tables with their merged cells."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import XMLSyntaxError

from motcua.planning.reader.document import Joins, RawDocument, RawLine, RawTable
from motcua.planning.reader.layout import is_layout
from motcua.planning.reader.refusals import BrokenFile
from motcua.planning.reader.sources import DOCX
from motcua.planning.reader.sources.archive import check_archive
from motcua.planning.reader.sources.numbering import Numbering, numbering_of


def load_docx(data: bytes) -> RawDocument:
    """The lines and tables of a DOCX in reading order."""
    check_archive(data)
    try:
        document = docx.Document(io.BytesIO(data))
        parts = list(_parts(document, Numbering.of(document)))
    except (BadZipFile, KeyError, ValueError, EOFError, OSError, XMLSyntaxError):
        raise BrokenFile from None
    return RawDocument(DOCX, parts)


def _parts(container: Any, numbering: Numbering) -> Iterator[RawLine | RawTable]:
    for block in container.iter_inner_content():
        if isinstance(block, Paragraph):
            yield from _lines(block, numbering)
        else:
            yield from _table(block, numbering)


def _lines(paragraph: Paragraph, numbering: Numbering) -> Iterator[RawLine]:
    text = paragraph.text
    place = numbering_of(paragraph)
    if place is not None and text.strip():
        label = numbering.label(*place)
        text = f"{label} {text.lstrip()}" if label else text
    joins = Joins.NEVER
    for line in text.split("\n"):
        if line.strip():
            yield RawLine(line, joins=joins)
            joins = Joins.ALWAYS


def _table(table: Table, numbering: Numbering) -> Iterator[RawLine | RawTable]:
    """A table of data stays one; a table that only arranges text is read cell by cell."""
    grid, nodes = _grid(table)
    texts = [
        [[line.text for line in _parts(node, numbering) if isinstance(line, RawLine)], node]
        for node in nodes
    ]
    cells = tuple("\n".join(lines) for lines, _node in texts)
    rows = [[cells[name] for name in dict.fromkeys(names)] for names in grid]
    if is_layout(rows):
        for cell in cells:
            yield from (RawLine(line, joins=Joins.NEVER) for line in cell.split("\n"))
    else:
        yield RawTable(grid, cells)


def _grid(table: Table) -> tuple[tuple[tuple[int, ...], ...], list[Any]]:
    """The fields of a table by the number of their cell, merged ones repeated."""
    names: dict[Any, int] = {}
    nodes: list[Any] = []
    grid: list[tuple[int, ...]] = []
    for row in table.rows:
        fields: list[int] = []
        for cell in row.cells:
            if cell._tc not in names:
                names[cell._tc] = len(nodes)
                nodes.append(cell)
            fields.append(names[cell._tc])
        grid.append(tuple(fields))
    return tuple(grid), nodes
