"""From the parts of a document to the strings on its page, the same for PDF and DOCX."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from motcua.core.numbering import BLANK
from motcua.core.text import date_long, nfc
from motcua.documents.layout import measures as m
from motcua.documents.layout.model import (
    Align,
    Annex,
    Block,
    Cell,
    Heading,
    Inline,
    Items,
    OfficialDocument,
    Paragraph,
    Run,
    Table,
)

NBSP = "\u00a0"
SHORT_TABLE_ROWS, SHORT_TABLE_CHARACTERS = 10, 1500
_KEPT = {"\n", "\t"}


def clean(text: str) -> str:
    """NFC, without control, format and surrogate characters; tabs become spaces.

    Direction marks and zero-width characters could make a signed page read otherwise than its
    text; control characters cannot stand in a DOCX at all.
    """
    kept = (
        char
        for char in nfc(text).replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
        if char in _KEPT or not unicodedata.category(char).startswith("C")
    )
    return "".join(kept).replace("\t", " ").replace("\u2029", "\n")


def runs(text: Inline) -> list[Run]:
    """The pieces of a text, cleaned; empty ones left out."""
    if isinstance(text, str | Run):
        text = [text]
    pieces = [Run(piece) if isinstance(piece, str) else piece for piece in text]
    cleaned = [Run(clean(piece.text), piece.bold, piece.italic) for piece in pieces]
    return [piece for piece in cleaned if piece.text]


def caps(text: str) -> str:
    """Upper case of a cleaned text."""
    return clean(text).upper()


def punctuate(lines: Sequence[str]) -> list[str]:
    """Lines of a list: each ends with ";", the last with "."."""
    stripped = [clean(line).strip().rstrip(";.,") for line in lines]
    return [line + (";" if n < len(stripped) - 1 else ".") for n, line in enumerate(stripped)]


def replaces(document: OfficialDocument) -> str:
    """ "(Thay thế Báo cáo số …)" under the summary, "" for a document that replaces none."""
    return f"(Thay thế {clean(document.replaces)})" if document.replaces else ""


def number_line(document: OfficialDocument) -> str:
    """ "Số: 05/BC-UBND"; the blanks of a draft stay open."""
    return f"{m.NUMBER_TITLE} {_number(document)}"


def _number(document: OfficialDocument) -> str:
    return clean(document.number).replace(BLANK, NBSP * len(BLANK))


def place_and_date(document: OfficialDocument) -> str:
    """ "Hoằng Đông, ngày 05 tháng 02 năm 2024", or room for day and month."""
    return f"{clean(document.place)}, {_day(document)}"


def _day(document: OfficialDocument) -> str:
    room = NBSP * 6
    if document.day is None:
        return f"ngày{room}tháng{room}năm {document.year}"
    return date_long(document.day)


def title(document: OfficialDocument) -> str:
    """The document's title in one line, for the file's metadata."""
    return " ".join(clean(f"{document.kind} {document.summary}").split())


def subject(document: OfficialDocument) -> str:
    """What an official letter is about, below its number."""
    return f"{m.SUBJECT_TITLE} {clean(document.summary)}"


def annex_name(annex: Annex) -> str:
    """ "Phụ lục I"."""
    return f"Phụ lục {clean(annex.number)}".strip()


def annex_reference(document: OfficialDocument) -> str:
    """What an annex belongs to: "(Kèm theo Báo cáo số 05/BC-UBND ngày … của …)"."""
    kind = clean(document.kind).capitalize() or "Công văn"
    of = f"{_number(document)} {_day(document)} của {clean(document.agency_name)}"
    return f"(Kèm theo {kind} số {of})"


def flatten(blocks: Sequence[Block]) -> list[Paragraph | Heading | Table]:
    """The blocks with lists turned into paragraphs that begin with their mark."""
    flat: list[Paragraph | Heading | Table] = []
    for block in blocks:
        if isinstance(block, Items):
            flat.extend(_marked(block))
        else:
            flat.append(block)
    return flat


def _marked(items: Items, deeper: str = "+") -> Iterator[Paragraph]:
    for item in items.items:
        if isinstance(item, Items):
            yield from _marked(item if item.mark != "-" else Items(item.items, deeper))
        else:
            yield Paragraph([Run(f"{items.mark} "), *runs(item)])


def addressees(document: OfficialDocument) -> list[str]:
    """Whom a document is for: one name as it is, several punctuated as a list."""
    if len(document.addressees) > 1:
        return punctuate(document.addressees)
    return [clean(name) for name in document.addressees]


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with its place in a table's grid, and its alignment there."""

    row: int
    column: int
    cell: Cell
    align: Align


def head_rows(table: Table) -> int:
    """How many rows the head of a table has."""
    return len(table.head) or 1


def head_of(table: Table) -> list[Placed]:
    """The cells of a table's head: bold, centred."""
    rows: Sequence[Sequence[Inline | Cell]] = table.head or [[c.title for c in table.columns]]
    return [
        replace(place, cell=replace(place.cell, bold=True), align=place.cell.align or Align.CENTER)
        for place in _place(table, rows)
    ]


def body_of(table: Table) -> list[Placed]:
    """The cells of a table's body, aligned by the column in which they begin."""
    return list(_place(table, table.rows))


def _place(table: Table, rows: Sequence[Sequence[Inline | Cell]]) -> Iterator[Placed]:
    """Every cell at its place; a row that does not just fill the places left raises
    ``ValueError``."""
    taken: set[tuple[int, int]] = set()
    for n, row in enumerate(rows):
        column = 0
        for content in row:
            cell = content if isinstance(content, Cell) else Cell(content)
            while (n, column) in taken:
                column += 1
            if column + cell.columns > len(table.columns):
                raise ValueError(f"row {n + 1} of table {table.title!r} has too many cells")
            yield Placed(n, column, cell, cell.align or table.columns[column].align)
            taken |= {(n + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
        if any((n, c) not in taken for c in range(len(table.columns))):
            raise ValueError(f"row {n + 1} of table {table.title!r} has too few cells")
    if any(n >= len(rows) for n, _column in taken):
        raise ValueError(f"a cell of table {table.title!r} hangs below its last row")


def length(cell: Cell) -> int:
    """How many characters a cell holds."""
    return sum(len(run.text) for run in runs(cell.text))


def keeps_together(table: Table) -> bool:
    """Is the table short enough to stand on one page, and wanted so?"""
    if table.breakable:
        return False
    characters = sum(length(place.cell) for place in body_of(table))
    return len(table.rows) <= SHORT_TABLE_ROWS and characters <= SHORT_TABLE_CHARACTERS
