"""Where a document's text stands: its head and cover above, its signature and annexes below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from motcua.core.errors import mark as _
from motcua.planning.reader import frame
from motcua.planning.reader.document import Document, Line, Table
from motcua.planning.reader.flat import unflatten
from motcua.planning.reader.result import Heading, NotUnderstood
from motcua.planning.reader.words import is_upper, plain, words

PAGE_NUMBER = _("Số trang.")


@dataclass(slots=True)
class Zones:
    """The stretches of a document: what stands above the text, the text, and below."""

    front: frame.Front
    tail: frame.Tail
    body: list[Line | Table]
    annex: list[Line | Table]
    cover: list[Line | Table] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    numbers: list[NotUnderstood] = field(default_factory=list)


def zones_of(document: Document) -> Zones:
    numbers = _page_numbers(document)
    numbered = {id(line) for line in numbers}
    parts = [part for part in document.parts if id(part) not in numbered]
    lines = [part for part in parts if isinstance(part, Line)]
    cover = _cover(lines)
    front = frame.read_front(lines[cover:])
    start, end = frame.find_tail(lines, cover + front.lines)
    tail = frame.read_tail(lines, start, end)
    first = _position(lines, cover + front.lines, document)
    tail_start, tail_end = _position(lines, start, document), _position(lines, end, document)
    zones = Zones(
        front,
        tail,
        body=unflatten([part for part in parts if first <= part.start < tail_start]),
        annex=unflatten([part for part in parts if part.start >= tail_end]),
        numbers=[NotUnderstood(n.text, (n.start, n.end), PAGE_NUMBER) for n in numbers],
    )
    if cover:
        _read_cover(zones, lines[:cover])
    return zones


def tables_of(document: Document, zones: Zones) -> list[Table]:
    """The file's tables and those put together from lines, in order."""
    found = {
        part.start: part
        for part in (*document.parts, *zones.body, *zones.annex)
        if isinstance(part, Table)
    }
    return [found[start] for start in sorted(found)]


def _position(lines: Sequence[Line], index: int, document: Document) -> int:
    return lines[index].start if index < len(lines) else len(document.text) + 1


_PAGE_NUMBER = re.compile(
    r"^(?:trang\s*)?[-–]?\s*(\d{1,3})\s*(?:/\s*\d{1,3})?\s*[-–]?$", re.IGNORECASE
)
_LINES_OF_A_PAGE = 12


def _page_numbers(document: Document) -> list[Line]:
    """Lines that are nothing but the number of their page, counting up."""
    found: list[Line] = []
    last, since = 0, _LINES_OF_A_PAGE
    for part in document.parts:
        since += 1
        if not isinstance(part, Line):
            continue
        if plain(part.text).strip(".") in {"stt", "tt"} and part.page == 1:
            break  # cells of a table follow, and some of them are numbers
        mark = _PAGE_NUMBER.match(part.text)
        number = int(mark[1]) if mark else 0
        counts_up = number == last + 1 or (last == 0 and number == 2)
        if mark and counts_up and (since > _LINES_OF_A_PAGE or part.page == number > 1):
            found.append(part)
            last, since = number, 0
    return found


def _cover(lines: Sequence[Line]) -> int:
    """How many lines belong to a decision in front that only issues the plan."""
    signed = next(
        (i for i, line in enumerate(lines) if re.match(r"noi nhan\b", plain(line.text))), None
    )
    if signed is None:
        return 0
    for index in range(signed + 1, len(lines)):
        text = lines[index].text
        if re.match(r"ke hoach\b", plain(text)) and is_upper(text[:8]) and len(words(text)) <= 20:
            rest = len(lines) - index
            return _with_letterhead(lines, index) if rest > 10 else 0
    return 0


def _with_letterhead(lines: Sequence[Line], index: int) -> int:
    """The plan's own letterhead above its title belongs to the plan."""
    first = index
    while first > 0 and index - first < 8 and frame.is_letterhead(lines[first - 1].text):
        first -= 1
    return first


def _read_cover(zones: Zones, lines: Sequence[Line]) -> None:
    """The decision in front: its text is preamble; it is signed for the plan as well."""
    front = frame.read_front(lines)
    start, _end = frame.find_tail(lines, front.lines)
    tail = frame.read_tail(lines, start, len(lines))
    zones.cover = list(lines[front.lines : start])
    zones.headings = front.headings + tail.headings
    zones.front.issuer = zones.front.issuer or front.issuer
    if zones.tail.signatory is None:
        zones.tail.signatory = tail.signatory
    if not zones.tail.recipients:
        zones.tail.recipients = tail.recipients
