"""Tables whose cells fell out one under the other when a PDF was turned into text.

The names of the columns stand first ("STT", "Nhiệm vụ", "Chủ trì", …), then cell after cell; the
number of each row tells where it begins. A cell that was empty left no line, so what is left is
given to the columns that it fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from motcua.planning.reader.actors import actor_of
from motcua.planning.reader.document import Cell, Line, Row, Table
from motcua.planning.reader.markers import count_of, marker_of
from motcua.planning.reader.meaning import meaning_of
from motcua.planning.reader.tables import column_of
from motcua.planning.reader.words import plain, words

_FIRST_COLUMN = re.compile(r"^(?:stt|tt|so tt)\.?$")
_NUMBER = re.compile(r"^(?P<no>\d{1,3}(?:\.\d{1,2})?|[IVX]{1,5}|[A-H])[.)]?$")
_NUMBER_AND_TEXT = re.compile(r"^(?P<no>\d{1,3})[.)]?\s+(?=[^\W\d_])")
_TIME = re.compile(
    r"\b(?:quy|thang|ngay|nam|tuan|thuong xuyen|dinh ky|hang|truoc|cuoi|dau)\b|\d/\d|20\d\d"
)
_MAX_HEAD = 14


def unflatten(parts: Sequence[Line | Table]) -> list[Line | Table]:
    """The parts of a text, with fallen-out tables put together again."""
    found: list[Line | Table] = []
    index = 0
    while index < len(parts):
        table, after = _table_at(parts, index)
        found.append(table or parts[index])
        index = after if table else index + 1
    return found


def _table_at(parts: Sequence[Line | Table], index: int) -> tuple[Table | None, int]:
    first = parts[index]
    if not isinstance(first, Line) or not _FIRST_COLUMN.match(plain(first.text)):
        return None, index
    lines = _run(parts, index)
    size = next((n for n, line in enumerate(lines[:_MAX_HEAD]) if _number(line)), 0)
    head = _joined(lines[:size])
    if len({column_of(cell.text) for cell in head} - {None}) < 3:
        return None, index
    columns = [column_of(cell.text) for cell in head[1:]]
    rows = [Row(tuple(head), _span(lines[:size]))]
    rows.extend(_row(entry, columns) for entry in _entries(lines[size:]))
    return Table(tuple(rows), lines[0].page), index + len(lines)


def _run(parts: Sequence[Line | Table], index: int) -> list[Line]:
    """The lines from here to the next heading, table or head of columns."""
    found: list[Line] = []
    for part in parts[index:]:
        if not isinstance(part, Line) or (found and _ends(part)):
            break
        found.append(part)
    return found


def _ends(line: Line) -> bool:
    marker = marker_of(line.text)
    if _FIRST_COLUMN.match(plain(line.text)) or plain(line.text).startswith("phu luc"):
        return True
    rest = line.text[marker.length :] if marker else ""
    return bool(rest) and marker is not None and marker.style.rank == 1 and bool(meaning_of(rest))


def _number(line: Line) -> re.Match[str] | None:
    found = _NUMBER_AND_TEXT.match(line.text)
    if found and line.text[found.end()].isupper():
        return found
    return _NUMBER.match(line.text)


def _entries(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each row: from a number to the next one in the count."""
    entry: list[Line] = []
    counts = {True: 0, False: 0}  # of digits, and of Roman numbers or letters over groups
    for line in lines:
        found = _number(line)
        if found and _counts_on(found["no"], counts):
            if entry:
                yield entry
            entry = []
        entry.append(line)
    if entry:
        yield entry


def _counts_on(number: str, counts: dict[bool, int]) -> bool:
    """Whether a number is the next of its kind, and not the content of a cell."""
    digits = number[0].isdigit()
    count = count_of(number)
    first_of_group = digits and count == 1 and counts[False] > 0
    if count != counts[digits] + 1 and not first_of_group:
        return False
    counts[digits] = count
    return True


def _span(lines: Sequence[Line]) -> tuple[int, int]:
    return lines[0].start, lines[-1].end


def _joined(lines: Sequence[Line]) -> list[Cell]:
    """The cells of some lines: a line in small letters goes on with the one above."""
    cells: list[Cell] = []
    for line in lines:
        last = cells[-1] if cells else None
        if last and _goes_on(last.text, line.text):
            cells[-1] = Cell(f"{last.text} {line.text}", last.start)
        else:
            cells.append(Cell(line.text, line.start))
    return cells


def _goes_on(above: str, text: str) -> bool:
    return above[-1] in ",-–" or (above[-1] not in ".;" and text[0].islower())


def _row(entry: list[Line], columns: list[str | None]) -> Row:
    first = entry[0]
    found = _number(first)
    no = Cell(found["no"], first.start) if found else Cell("", first.start)
    rest: list[Line] = entry[1:]
    if found and found.end() < len(first.text):
        cut = found.end()
        rest = [Line(first.text[cut:], first.start + cut, first.page, first.joins), *rest]
    cells = _joined(rest)
    while len(cells) > len(columns):
        cells[:2] = [Cell(f"{cells[0].text} {cells[1].text}", cells[0].start)]
    return Row((no, *_placed(cells, columns)), _span(entry))


def _placed(cells: list[Cell], columns: list[str | None]) -> Iterator[Cell]:
    """The cells in their columns; where some are missing, each goes to the first that it fits."""
    spare = len(columns) - len(cells)
    left = list(cells)
    for column in columns:
        if left and (spare == 0 or _fits(left[0].text, column)):
            yield left.pop(0)
        else:
            spare -= 1
            yield Cell("", left[0].start if left else 0)


def _fits(text: str, column: str | None) -> bool:
    if column == "due":
        return bool(_TIME.search(plain(text)))
    if column in {"lead", "with"}:
        return actor_of(text) is not None and len(words(text)) <= 12
    if column == "cost":
        return any(char.isdigit() for char in text)
    return True
