"""From lines to paragraphs: what was cut over lines and pages is joined again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from motcua.planning.reader.document import Joins, Line
from motcua.planning.reader.markers import Marker, Style, marker_of
from motcua.planning.reader.meaning import meaning_of
from motcua.planning.reader.result import Item, Span
from motcua.planning.reader.words import is_syllable, is_upper, plain, printed_width


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph without its marker; ``places`` holds the position of each character."""

    text: str
    marker: Marker | None
    start: int
    end: int
    places: tuple[int, ...]

    @property
    def span(self) -> Span:
        """The whole paragraph, marker included."""
        return self.start, self.end

    @property
    def item(self) -> Item:
        """The paragraph as an item of the result."""
        return Item(self.text, self.span)

    def span_of(self, start: int, end: int) -> Span:
        """Where a part of the joined text stands in the normalised text."""
        return self.places[start], self.places[end - 1] + 1

    def split(self, end: int, start: int) -> tuple[Block, Block]:
        """The part before ``end`` with the marker, and the part from ``start`` without."""
        cut = self.places[start]
        text = self.text[:end].rstrip()
        head = Block(text, self.marker, self.start, cut, self.places[: len(text)])
        rest = Block(self.text[start:], None, cut, self.end, self.places[start:])
        return head, rest


_ENDS = ".;:!?…"
_GOES_ON = re.compile(
    r"(?:,|\b(?:va|cua|ve|cho|voi|theo|tai|trong|cac|nhung|so|ngay|thang|nam|dieu|khoan|diem|muc|"
    r"quy|phan|phu luc|bieu|lan|thu|den|tu|la|co|duoc|hoac|do|khi|de|bang))$"
)
"""Words after which a sentence goes on, whatever the next line looks like."""
_NAMES_A_NUMBER = re.compile(r"\b(?:so|dieu|khoan|diem|muc|quy|phan|luc|bieu|lan|thu|thang|nam)$")
_GROUND = re.compile(r"(?:can cu|thuc hien|theo|xet)\b")
_AFTER_GROUND = re.compile(r"(?:Căn cứ|Xét|Theo|Thực hiện|UBND|[UỦ][yỷ] ban|Để|Phòng|Sở|Nay)\b")
"""The grounds at the beginning: each a paragraph of its own, the agency's sentence after them."""
_COMPOUNDS = re.compile(
    r"(?:van hoa|tu phap|kinh te|van phong|dia chinh|tai chinh|ke toan|hdnd|doc lap|tu do|"
    r"quoc phong|nong nghiep|xay dung|lao dong|noi vu)$"
)
"""First halves of names that are written with a dash ("Văn hóa - Xã hội")."""


def paragraphs(lines: Sequence[Line]) -> list[Block]:
    """The paragraphs of consecutive lines."""
    width = _wrap_width(lines)
    groups: list[list[Line]] = []
    marker: Marker | None = None
    blocks: list[Block] = []
    for line in lines:
        own = marker_of(line.text)
        if groups and _continues(groups[-1], line, own, width):
            groups[-1].append(line)
            continue
        if groups:
            blocks.append(_join(groups[-1], marker))
        groups.append([line])
        marker = own
    if groups:
        blocks.append(_join(groups[-1], marker))
    return _with_titles(blocks)


def _with_titles(blocks: list[Block]) -> list[Block]:
    """A number that stands alone in its line belongs to the title in the next one."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if last is not None and not last.text and last.marker and block.marker is None:
            found[-1] = Block(block.text, last.marker, last.start, block.end, block.places)
        else:
            found.append(block)
    return found


def _wrap_width(lines: Sequence[Line]) -> int:
    """How wide a line gets before it is wrapped; 0 when every line is a paragraph.

    Lines whose sentence plainly goes on in the next line show it.
    """
    full = sorted(
        printed_width(line.text)
        for line, after in pairwise(lines)
        if after.joins is Joins.UNKNOWN
        and after.text[0].islower()
        and line.text[-1] not in _ENDS
        and marker_of(after.text) is None
    )
    if len(full) < 3 or len(full) < 0.1 * len(lines):
        return 0
    return full[int(0.9 * (len(full) - 1))]


def _continues(group: list[Line], line: Line, marker: Marker | None, width: int) -> bool:
    """Whether a line goes on with the paragraph above it."""
    before = group[-1].text
    if line.joins is Joins.NEVER:
        return False
    if (
        _GROUND.match(plain(group[0].text))
        and before[-1] in ";."
        and _AFTER_GROUND.match(line.text)
    ):
        return False
    first = line.text.split(maxsplit=1)[0]
    is_full = printed_width(f"{before} {first}") > 0.97 * width > 0
    if marker is not None:
        return is_full and _is_false_marker(before, line.text, marker)
    if before[-1] in _ENDS and before[-3:] != "...":
        return before[-1] != ":" and (is_full or line.text[0].islower())
    if line.text[0].islower() or line.text[0] in ",;.)":
        return bool(width) or line.joins is Joins.ALWAYS or not is_upper(before)
    if _GOES_ON.search(plain(before)):
        return True
    if is_upper(before) != is_upper(line.text) and len(group) == 1:
        return is_full and not is_upper(before) and not _is_heading(group)
    if line.joins is Joins.ALWAYS:
        return not _is_heading(group)
    if _is_heading(group) and not is_upper(line.text):
        return False
    return is_full or printed_width(before) > 0.65 * width > 0


def _is_heading(group: list[Line]) -> bool:
    """Whether the paragraph so far is a heading that says all it has to say."""
    text = " ".join(line.text for line in group)
    marker = marker_of(text)
    return meaning_of(text[marker.length :] if marker else text) is not None


def _is_false_marker(before: str, text: str, marker: Marker) -> bool:
    """Whether what looks like a marker is the middle of a sentence cut over two full lines."""
    if before[-1] in _ENDS:
        return False
    folded = plain(before)
    if not marker.style.is_bullet:
        return bool(_NAMES_A_NUMBER.search(folded))
    if marker.style is not Style.DASH:
        return False
    rest = text[marker.length :]
    return rest[0].islower() or rest[:4].isdigit() or bool(_COMPOUNDS.search(folded))


def _join(lines: list[Line], marker: Marker | None) -> Block:
    """One text of many lines; a syllable cut in two is put together."""
    text = ""
    places: list[int] = []
    for index, line in enumerate(lines):
        skip = marker.length if marker and index == 0 else 0
        if text and not _is_cut(text, line.text):
            text += " "
            places.append(line.start - 1)
        elif text and text[-1] == "-":
            text = text[:-1]
            places.pop()
        text += line.text[skip:]
        places.extend(range(line.start + skip, line.end))
    return Block(text, marker, lines[0].start, lines[-1].end, tuple(places))


_LAST_WORD = re.compile(r"[^\W\d_]+-?$")
_LONGEST_WORD = 24
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def _is_cut(before: str, after: str) -> bool:
    """Whether a line ends inside a syllable ("hành chí" / "nh")."""
    last, first = _LAST_WORD.search(before[-_LONGEST_WORD:]), _FIRST_WORD.match(after)
    if not last or not first or not first[0].islower():
        return False
    whole = (last[0].rstrip("-") + first[0]).lower()
    if not is_syllable(whole):
        return False
    return last[0].endswith("-") or not is_syllable(first[0]) or not is_syllable(last[0])
