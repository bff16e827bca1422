"""Short ways to a reading, for tests."""

from __future__ import annotations

from motcua.planning.reader import Reading, read_plan
from motcua.planning.reader.document import (
    Joins,
    Line,
    RawDocument,
    RawLine,
    RawTable,
    Table,
    compose,
)
from motcua.planning.reader.paragraphs import Block, paragraphs
from motcua.planning.reader.read import read_document


def read(text: str) -> Reading:
    """A plan typed in a test."""
    return read_plan(text.encode(), "ke-hoach.txt")


def loosely(text: str) -> Reading:
    """The reading of any text, without the question whether it is a plan."""
    lines = [RawLine(line, joins=Joins.NEVER) for line in text.splitlines()]
    return read_document(RawDocument("text/plain", lines), "any.txt", "")


def block(text: str) -> Block:
    """One paragraph."""
    return paragraphs([Line(text, 0, 1, Joins.NEVER)])[0]


def table(*rows: str) -> Table:
    """A table of rows "a | b | c"; "<" continues the cell to the left, "^" the one above."""
    cells: list[str] = []
    grid: list[tuple[int, ...]] = []
    for row in rows:
        names: list[int] = []
        for column, text in enumerate(row.split("|")):
            if text.strip() == "<":
                names.append(names[-1])
            elif text.strip() == "^":
                names.append(grid[-1][column])
            else:
                names.append(len(cells))
                cells.append(text)
        grid.append(tuple(names))
    part = compose(RawDocument("", [RawTable(tuple(grid), tuple(cells))])).parts[0]
    assert isinstance(part, Table)
    return part
