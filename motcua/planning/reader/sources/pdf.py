"""PDF: its text layer, line by line; tables where rules are drawn."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from motcua.planning.reader.document import RawDocument, RawLine, RawTable
from motcua.planning.reader.layout import is_layout
from motcua.planning.reader.refusals import BrokenFile, Encrypted, NoText, TooLong
from motcua.planning.reader.sources import PDF

MAX_PAGES = 150
_RULES_OF_A_TABLE = 6
"""A page with fewer drawn lines and boxes has no table (the letterhead draws two)."""
_LETTERS_OF_A_PAGE = 15
"""Fewer letters a page than this is a scan with a stamp or a page number on it."""


def load_pdf(data: bytes) -> RawDocument:
    """The text layer of a PDF.

    Raises a refusal when it is encrypted, damaged, cut off, scanned or far too long.
    """
    if b"%%EOF" not in data[-2048:]:
        raise BrokenFile
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise (Encrypted if "password" in str(error).lower() else BrokenFile) from None
    try:
        return _load(document, data)
    except pypdfium2.PdfiumError:
        raise BrokenFile from None
    finally:
        document.close()


def _load(document: pypdfium2.PdfDocument, data: bytes) -> RawDocument:
    count = len(document)
    if count > MAX_PAGES:
        raise TooLong(size=f"{count} trang", limit=f"{MAX_PAGES} trang")
    texts: list[str] = []
    ruled: list[int] = []
    for number in range(count):
        page = document[number]
        layer = page.get_textpage()
        texts.append(layer.get_text_range())
        if _has_table(page):
            ruled.append(number)
        layer.close()
        page.close()
    if sum(char.isalpha() for text in texts for char in text) < _LETTERS_OF_A_PAGE * count:
        raise NoText
    tables = _tables(data, ruled) if ruled else {}
    parts: list[RawLine | RawTable] = []
    for number, text in enumerate(texts):
        parts.extend(tables.get(number) or _lines(text, number + 1))
    return RawDocument(PDF, parts, count)


def _lines(text: str, page: int) -> Iterator[RawLine]:
    for line in text.replace("\ufffe", "\xad").splitlines():
        yield RawLine(line, page)


def _has_table(page: Any) -> bool:
    drawn = page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=3)
    return sum(1 for _path in drawn) >= _RULES_OF_A_TABLE


def _tables(data: bytes, pages: list[int]) -> dict[int, list[RawLine | RawTable]]:
    """The parts of the pages that have tables; slower, so only for those pages."""
    import pdfplumber

    found: dict[int, list[RawLine | RawTable]] = {}
    with pdfplumber.open(io.BytesIO(data), pages=[number + 1 for number in pages]) as document:
        for number, page in zip(pages, document.pages, strict=True):
            tables = [table for table in page.find_tables() if _is_data(table)]
            if tables:
                found[number] = list(_page_parts(page, tables, number + 1))
            page.close()
    return found


def _is_data(table: Any) -> bool:
    rows = [[cell or "" for cell in row] for row in table.extract()]
    return len(rows) > 1 and not is_layout(rows)


def _page_parts(page: Any, tables: list[Any], number: int) -> Iterator[RawLine | RawTable]:
    """The text between the tables, and the tables, from top to bottom."""
    top = page.bbox[1]
    for table in sorted(tables, key=lambda found: found.bbox[1]):
        yield from _between(page, top, table.bbox[1], number)
        yield _table(table, number)
        top = table.bbox[3]
    yield from _between(page, top, page.bbox[3], number)


def _between(page: Any, top: float, bottom: float, number: int) -> Iterator[RawLine]:
    if bottom - top > 1:
        text = page.crop((page.bbox[0], top, page.bbox[2], bottom)).extract_text() or ""
        yield from _lines(text, number)


def _table(table: Any, number: int) -> RawTable:
    """Cells by their edges; an edge that is missing in a field means that it was merged."""
    texts = table.extract()
    cells: list[str] = []
    grid: list[tuple[int, ...]] = []
    above: tuple[int, ...] = ()
    for row, row_texts in zip(table.rows, texts, strict=True):
        names: list[int] = []
        for column, box in enumerate(row.cells):
            if box is None and names and _same_row(row.cells, column):
                names.append(names[-1])
            elif box is None and above:
                names.append(above[column])
            else:
                names.append(len(cells))
                cells.append(row_texts[column] or "")
        above = tuple(names)
        grid.append(above)
    return RawTable(tuple(grid), tuple(cells), number)


def _same_row(boxes: list[Any], column: int) -> bool:
    """Whether the empty field lies inside the cell to its left rather than the one above."""
    left = (
        next(box for box in reversed(boxes[:column]) if box is not None)
        if any(boxes[:column])
        else None
    )
    right = next((box for box in boxes[column + 1 :] if box is not None), None)
    return left is not None and (right is None or abs(left[2] - right[0]) < 1)
