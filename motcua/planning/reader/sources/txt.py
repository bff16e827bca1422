"""Plain text: clean, or as it falls out of a PDF (a blank line after each line)."""

from __future__ import annotations

import re
import statistics
import unicodedata

from motcua.planning.reader.document import Joins, RawDocument, RawLine, RawTable
from motcua.planning.reader.layout import is_layout
from motcua.planning.reader.refusals import EmptyFile, TooLong, Undecodable
from motcua.planning.reader.sources import TXT, tcvn3
from motcua.planning.reader.words import is_syllable, is_upper

MAX_BYTES = 2_000_000
"""Far more than any plan: a plan of 60 pages has some 300,000 bytes."""


def load_txt(data: bytes) -> RawDocument:
    """The lines of a text file; blank lines tell paragraphs unless every line has one."""
    if len(data) > MAX_BYTES:
        raise TooLong(size=f"{len(data) // 1_000_000} MB", limit=f"{MAX_BYTES // 1_000_000} MB")
    text = decode(data)
    if not text.strip():
        raise EmptyFile
    return RawDocument(TXT, _parts(text))


def decode(data: bytes) -> str:
    """UTF-8, UTF-16, Windows-1258 or TCVN3, whichever reads as Vietnamese.

    Raises ``Undecodable`` when none does.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(data, "utf-16")
    if data.count(0) > len(data) // 5:
        little = data[1::2].count(0) >= data[::2].count(0)
        return _strict(data, "utf-16-le" if little else "utf-16-be")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _legacy(data)
    if text.count("\x00") or text.count("\ufffd") > len(text) // 50:
        raise Undecodable
    return text


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Undecodable from None


def _legacy(data: bytes) -> str:
    """The older encoding under which most words are Vietnamese syllables."""
    readings = [
        unicodedata.normalize("NFC", data.decode("cp1258", errors="replace")),
        tcvn3.decode(data),
    ]
    best = max(readings, key=_vietnamese_share)
    if _vietnamese_share(best) < 0.8:
        raise Undecodable
    return best


def _vietnamese_share(text: str) -> float:
    found = [word for word in re.findall(r"[^\W\d_]+", text[:20_000]) if not word.isascii()]
    return sum(map(is_syllable, found)) / len(found) if found else 0.0


def _parts(text: str) -> list[RawLine | RawTable]:
    lines = re.split(r"\r\n?|\n", text.replace("\f", "\n\f"))
    gaps_tell = not _double_spaced(lines)
    parts: list[RawLine | RawTable] = []
    page, gap, index = 1, False, 0
    margin = _margin(lines)
    while index < len(lines):
        line = lines[index]
        page += line.count("\f")
        if not line.strip():
            gap = True
            index += 1
            continue
        rows = _table_rows(lines, index)
        if len(rows) >= 2:
            parts.append(_table(rows, page))
            index += len(rows)
        elif len(columns := _columns(line)) == 2:
            parts.extend(RawLine(column, page, Joins.NEVER) for column in columns)
            index += 1
        else:
            opens = (gap and gaps_tell) or _indent(line) >= margin + _FIRST_LINE
            opens = opens and not _continues(parts, line)
            parts.append(RawLine(line, page, Joins.NEVER if opens else Joins.UNKNOWN))
            index += 1
        gap = False
    return parts


_FIRST_LINE = 4
"""A line that begins so many spaces further in than the lines that go on opens a paragraph."""

_FAR = 10_000


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _margin(lines: list[str]) -> int:
    """Where the lines begin that go on with a sentence; far right when none does."""
    going_on = [_indent(line) for line in lines if line.lstrip(" ")[:1].islower()]
    return statistics.mode(going_on) if len(going_on) >= 3 else _FAR


def _columns(line: str) -> list[str]:
    """The two sides of a letterhead or a signature that was laid out with spaces."""
    sides = re.split(r"\s{5,}", line.strip())
    return sides if any(is_upper(side) or is_layout([[side, ""]]) for side in sides) else []


def _double_spaced(lines: list[str]) -> bool:
    """Whether blank lines follow (nearly) every line and so say nothing about paragraphs."""
    written = [index for index, line in enumerate(lines[:-1]) if line.strip()]
    followed = sum(not lines[index + 1].strip() for index in written)
    return len(written) > 3 and followed >= 0.8 * len(written)


def _continues(parts: list[RawLine | RawTable], line: str) -> bool:
    """A line after a gap that plainly goes on: the page ended inside the sentence."""
    before = parts[-1].text.rstrip() if parts and isinstance(parts[-1], RawLine) else "."
    return line.lstrip()[:1].islower() and before[-1:] not in ".;:!?"


_CELLS = re.compile(r"\t+|\s*\|\s*")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in _CELLS.split(line.strip().strip("|"))]


def _table_rows(lines: list[str], index: int) -> list[list[str]]:
    """The rows of cells from here on, as long as each line has at least three cells."""
    rows: list[list[str]] = []
    while index < len(lines) and len(cells := _cells(lines[index])) >= 3:
        rows.append(cells)
        index += 1
    return rows


def _table(rows: list[list[str]], page: int) -> RawTable:
    """A grid as wide as its widest row; short rows are filled with empty cells."""
    width = max(map(len, rows))
    cells: list[str] = []
    grid: list[tuple[int, ...]] = []
    for row in rows:
        filled = row + [""] * (width - len(row))
        grid.append(tuple(range(len(cells), len(cells) + width)))
        cells.extend(filled)
    return RawTable(tuple(grid), tuple(cells), page)
