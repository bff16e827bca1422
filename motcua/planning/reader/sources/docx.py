"""DOCX: paragraphs with their automatic numbers, tables with their merged cells."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import XMLSyntaxError

from motcua.planning.reader.document import Joins, RawDocument, RawLine, RawTable
from motcua.planning.reader.layout import is_layout
from motcua.planning.reader.refusals import BrokenFile
from motcua.planning.reader.sources import DOCX
from motcua.planning.reader.sources.archive import check_archive
from motcua.planning.reader.sources.numbering import Numbering, numbering_of

_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def load_docx(data: bytes) -> RawDocument:
    """The lines and tables of a DOCX in reading order."""
    check_archive(data)
    try:
        document = docx.Document(io.BytesIO(data))
        parts = list(_parts(document._body, Numbering.of(document)))
    except _MALFORMED:
        raise BrokenFile from None
    return RawDocument(DOCX, parts)


_MALFORMED = (
    BadZipFile,
    XMLSyntaxError,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    AttributeError,  # python-docx takes it that every part has the elements of its kind
    TypeError,
)


def _parts(container: Any, numbering: Numbering) -> Iterator[RawLine | RawTable]:
    """Paragraphs and tables of a body or a cell, those inside content controls as well."""
    for node in _blocks(container._element):
        if node.tag == qn("w:p"):
            yield from _lines(Paragraph(node, container), numbering)
        else:
            yield from _table(Table(node, container), numbering)


def _blocks(element: Any) -> Iterator[Any]:
    for node in element.iterchildren():
        if node.tag in {qn("w:p"), qn("w:tbl")}:
            yield node
        elif node.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")}:
            yield from _blocks(node)


_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:instrText"), f"{{{_MC}}}Fallback"}


def _text(node: Any, boxes: list[str]) -> str:
    """The text of a paragraph as it is shown: tracked insertions in, deletions out.

    The text of drawn boxes is put aside: it stands beside the paragraph, not in it.
    """
    if node.tag == qn("w:t"):
        return node.text or ""
    if node.tag in _SKIPPED:
        return ""
    if node.tag == qn("w:txbxContent"):
        boxes.extend(_text(paragraph, boxes) for paragraph in node.iterchildren(qn("w:p")))
        return ""
    inner = "".join(_text(child, boxes) for child in node.iterchildren())
    return _BREAKS.get(node.tag, "") + inner


def _lines(paragraph: Paragraph, numbering: Numbering) -> Iterator[RawLine]:
    boxes: list[str] = []
    text = _text(paragraph._p, boxes)
    place = numbering_of(paragraph)
    if place is not None and text.strip():
        label = numbering.label(*place)
        text = f"{label} {text.lstrip()}" if label else text
    joins = Joins.NEVER
    for line in text.split("\n"):
        if line.strip():
            yield RawLine(line, joins=joins)
            joins = Joins.ALWAYS
    yield from (RawLine(box, joins=Joins.NEVER) for box in boxes)


def _table(table: Table, numbering: Numbering) -> Iterator[RawLine | RawTable]:
    """A table of data stays one; a table that only arranges text is read cell by cell."""
    grid, nodes = _grid(table)
    texts = [list(_texts(node, numbering)) for node in nodes]
    cells = tuple("\n".join(lines) for lines in texts)
    rows = [[cells[name] for name in dict.fromkeys(names)] for names in grid]
    if is_layout(rows):
        yield from (RawLine(line, joins=Joins.NEVER) for lines in texts for line in lines)
    else:
        yield RawTable(grid, cells)


def _texts(cell: Any, numbering: Numbering) -> Iterator[str]:
    """The lines of a cell; a table inside it is read cell by cell."""
    for part in _parts(cell, numbering):
        if isinstance(part, RawLine):
            yield part.text
        else:
            yield from (text for text in part.cells if text.strip())


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
