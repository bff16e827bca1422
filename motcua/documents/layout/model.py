"""What an official document consists of, in the words of Decree 30/2020/ND-CP, art. 8."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias


class Align(StrEnum):
    """Where text stands in its column."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one face."""

    text: str
    bold: bool = False
    italic: bool = False


#: Text of a paragraph: plain, or pieces in different faces. A line feed breaks the line.
Inline: TypeAlias = str | Run | Sequence[str | Run]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body: justified, its first line indented."""

    text: Inline
    align: Align = Align.JUSTIFY


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that stays with what follows, its number included in the text.

    ``level`` 1 is "I.", 2 is "1.", 3 is "1.1.", 4 is "a)"; ``CENTERED`` (0) is a part or chapter.
    """

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Items:
    """Paragraphs that each begin with a mark: "- ", and "+ " one level down."""

    items: Sequence[Inline | Items]
    mark: str = "-"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. ``width`` is its share of the table's width."""

    title: str
    width: float = 1
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is more than its text: bold, aligned on its own, or over several columns."""

    text: Inline
    bold: bool = False
    align: Align | None = None
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table that takes the full width; its head is repeated on each page.

    ``head`` replaces the single row of column titles where titles span columns or rows. A short
    table stays on one page unless ``breakable``.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Inline | Cell]]
    title: str = ""
    head: Sequence[Sequence[Inline | Cell]] = ()
    note: str = ""
    breakable: bool = False


Block: TypeAlias = Paragraph | Heading | Items | Table


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex, on pages of its own that are numbered from 1 (Decree 30/2020, Annex I, part III).

    ``number`` is Roman ("I"), empty for a single annex. What it belongs to is written by itself.
    """

    title: str
    blocks: Sequence[Block]
    number: str = ""
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """One official document.

    ``agency`` has one line of the page's head per item ("ỦY BAN NHÂN DÂN", "XÃ HOẰNG ĐÔNG").
    ``number`` is the written number with its symbol ("05/BC-UBND"); a draft may leave room in it.
    ``day`` None leaves room for day and month of ``year``, which counts only then. ``kind`` is
    "BÁO CÁO", or empty for an official letter, whose ``summary`` is then set as "V/v …".
    ``grounds`` are italic lines before the body. ``authority`` holds the lines above the
    signature ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"). ``recipients`` come without
    marks ("UBND huyện (b/c)"). ``agency_name`` names the agency in a sentence ("Ủy ban nhân dân
    xã Hoằng Đông"). ``urgency`` is the word in the box under the number ("KHẨN"). ``replaces``
    names what the document takes the place of ("Báo cáo số 05/BC-UBND ngày 15/3/2024").
    """

    agency: Sequence[str]
    agency_name: str
    number: str
    place: str
    day: date | None
    kind: str
    summary: str
    body: Sequence[Block]
    authority: Sequence[str]
    signatory: str
    recipients: Sequence[str]
    parent_agency: Sequence[str] = ()
    addressees: Sequence[str] = ()
    grounds: Sequence[str] = ()
    annexes: Sequence[Annex] = ()
    year: int = 0
    draft: bool = False
    urgency: str = ""
    replaces: str = ""
