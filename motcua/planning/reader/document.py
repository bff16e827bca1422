"""The normalised text: what every span points into.

A source (TXT, DOCX, PDF) hands over raw lines and tables in reading order; ``compose`` cleans
them (NFC, single spaces), lays them one under the other and notes where each one stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from motcua.planning.reader.result import Span


class Joins(Enum):
    """How a line goes with the line above it."""

    UNKNOWN = auto()  # a line of running text: may continue the paragraph or begin one
    NEVER = auto()  # a paragraph of its own begins here
    ALWAYS = auto()  # a line break inside one paragraph


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line as its file has it."""

    text: str
    page: int = 1
    joins: Joins = Joins.UNKNOWN


@dataclass(frozen=True, slots=True)
class RawTable:
    """A grid whose fields name cells: a merged cell is named by several fields."""

    grid: tuple[tuple[int, ...], ...]
    cells: tuple[str, ...]
    page: int = 1


@dataclass(frozen=True, slots=True)
class RawDocument:
    """What a source found in a file."""

    media: str
    parts: Sequence[RawLine | RawTable]
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the normalised text."""

    text: str
    start: int
    page: int
    joins: Joins

    @property
    def end(self) -> int:
        """The position after the last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; a merged cell is the same object in each of its fields."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """The position after the last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells from left to right, and the text that stands in it."""

    cells: tuple[Cell, ...]
    span: Span

    @property
    def distinct(self) -> list[Cell]:
        """The cells with text, merged ones once."""
        seen: list[Cell] = []
        for cell in self.cells:
            if cell.text and not any(cell is other for other in seen):
                seen.append(cell)
        return seen


@dataclass(frozen=True, slots=True)
class Table:
    """One table in its place between the lines."""

    rows: tuple[Row, ...]
    page: int

    @property
    def start(self) -> int:
        """The position of the first character."""
        return self.rows[0].span[0]

    @property
    def end(self) -> int:
        """The position after the last character."""
        return self.rows[-1].span[1]


@dataclass(frozen=True, slots=True)
class Document:
    """The normalised text with its lines and tables in order."""

    text: str
    parts: tuple[Line | Table, ...]


_SPACES = re.compile(r"\s+")
# Dot-like glyphs of symbol fonts that word processors store in the private area.
_SYMBOL_BULLETS = {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF02D: "-", 0xF02B: "+"}


def clean(text: str) -> str:
    """One line in NFC with single spaces, without invisible characters."""
    text = unicodedata.normalize("NFC", text.translate(_SYMBOL_BULLETS))
    text = _SPACES.sub(" ", text)
    if not text.isprintable():
        text = "".join(
            char for char in text if char == " " or unicodedata.category(char)[0] not in "C"
        )
        text = _SPACES.sub(" ", text)
    return text.strip()


def compose(raw: RawDocument) -> Document:
    """Lay the cleaned lines and tables one under the other."""
    laid: list[str] = []
    parts: list[Line | Table] = []
    position = 0
    for part in raw.parts:
        if isinstance(part, RawLine):
            text = clean(part.text)
            if text:
                parts.append(Line(text, position, part.page, part.joins))
                laid.append(text)
                position += len(text) + 1
            continue
        table, texts = _lay_table(part, position)
        if table is not None:
            parts.append(table)
            laid.extend(texts)
            position += sum(len(text) + 1 for text in texts)
    return Document("\n".join(laid), tuple(parts))


def _lay_table(raw: RawTable, position: int) -> tuple[Table | None, list[str]]:
    """One line per row; cells set apart by tabs; a merged cell stands where it begins."""
    placed: dict[int, Cell] = {}
    rows: list[Row] = []
    texts: list[str] = []
    for names in raw.grid:
        written: list[str] = []
        start = position
        for name in names:
            if name in placed:
                continue
            text = clean(raw.cells[name])
            placed[name] = Cell(text, start)
            if text:
                written.append(text)
                start += len(text) + 1
        line = "\t".join(written)
        cells = tuple(placed[name] for name in names)
        if line:
            rows.append(Row(cells, (position, position + len(line))))
            texts.append(line)
            position += len(line) + 1
    return (Table(tuple(rows), raw.page) if rows else None), texts


def uncovered(text: str, spans: Sequence[Span]) -> list[Span]:
    """The stretches of non-blank text that no span covers, a line at most each."""
    found: list[Span] = []
    position = 0
    for start, end in [*sorted(spans), (len(text), len(text))]:
        if start > position:
            found.extend(_lines_of(text, position, start))
        position = max(position, end)
    return found


def _lines_of(text: str, start: int, end: int) -> Iterator[Span]:
    for line in re.finditer(r"[^\n]+", text[start:end]):
        inner = line[0].strip()
        if inner:
            begin = start + line.start() + line[0].index(inner)
            yield begin, begin + len(inner)
