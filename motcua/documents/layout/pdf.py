"""PDF by typst: the same document gives the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

import typst

from motcua.documents.layout import measures as m
from motcua.documents.layout import wording as w
from motcua.documents.layout.metrics import FONTS_DIR, metrics
from motcua.documents.layout.model import (
    Heading,
    Inline,
    OfficialDocument,
    Paragraph,
    Run,
    Table,
)

#: Archivable (ISO 19005-2) and accessible (ISO 14289-1).
Standard = Literal["a-2b", "ua-1"]
STANDARDS: Final[tuple[Standard, ...]] = ("a-2b", "ua-1")
_LONG_CELL = 1200  # characters above which a table row may break over pages
_MISSING = "□"  # what the font cannot show
_BREAK = "\u200b"  # a line may end here, nothing is shown


@cache
def _read(name: str) -> bytes:
    return files("motcua.documents.layout").joinpath(name).read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """Only the bundled faces: the page looks the same on every machine."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS_DIR)]
    )


@cache
def _measures() -> dict[str, Any]:
    face = metrics()
    edges = face.ascent + face.descent
    return {
        "faces": {name: asdict(value) for name, value in m.FACES.items()},
        "ascent": face.ascent,
        "descent": face.descent,
        "leading": face.line * m.LINE_SPACING - edges,
        "single_leading": face.line - edges,
        "width": m.WIDTH,
        "height": m.HEIGHT,
        "top": m.TOP,
        "bottom": m.BOTTOM,
        "left": m.LEFT,
        "right": m.RIGHT,
        "text_width": m.TEXT_WIDTH,
        "header_ascent": (m.TOP - m.FACES["page_number"].size * face.line / m.MM) / 2,
        "head_left": m.HEAD_LEFT,
        "sign_left": m.SIGN_LEFT,
        "sign_space": m.SIGN_SPACE,
        "first_line": m.FIRST_LINE,
        "gap": m.PARAGRAPH_GAP,
        "urgency_lengths": m.URGENCY_LENGTHS,
        "rule": m.RULE,
        "rule_share": m.RULE_SHARE,
        "table_rule": m.TABLE_RULE,
        "cell_x": m.CELL_X,
        "cell_y": m.CELL_Y,
    }


def scaled(share: float) -> dict[str, Any]:
    """The faces and the measures of boxes at a share of their size, for smaller paper."""
    whole = _measures()
    faces = {name: {**face, "size": face["size"] * share} for name, face in whole["faces"].items()}
    boxes = ("head_left", "sign_left", "first_line", "cell_x", "cell_y", "header_ascent")
    return {"faces": faces, **{name: whole[name] * share for name in boxes}}


def render_pdf(document: OfficialDocument) -> bytes:
    """The document as PDF/A-2b and PDF/UA-1 with Tinos embedded.

    A character that the font lacks is shown as an empty square. The file's date is the
    document's, so that the same document always gives the same bytes.
    """
    return typeset(_read("official.typ"), _content(document), document.day)


def typeset(
    template: bytes,
    content: Mapping[str, Any],
    day: date | None,
    standards: Sequence[Standard] = STANDARDS,
    **measures: Any,
) -> bytes:
    """A template, set after ``kit.typ`` and filled; ``measures`` change those of the law.

    The same content gives the same bytes: the file's date is ``day``.
    """
    return typst.compile(
        _read("kit.typ") + template,
        font_paths=_fonts(),
        format="pdf",
        sys_inputs={
            "document": json.dumps(content, ensure_ascii=False),
            "measures": json.dumps(_measures() | measures),
        },
        pdf_standards=list(standards),
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC) if day else 0,
    )


# --- the document as plain data -------------------------------------------------------------------


def shown(text: str) -> str:
    """The text with characters that Tinos does not have replaced."""
    known = metrics().widths
    return "".join(char if char in known or char == "\n" else _MISSING for char in text)


def _fitting(text: str, width: float, face: str) -> str:
    """The text with words longer than ``width`` millimetres made breakable at every letter.

    An address of a web page must not run off the paper, nor into the next column.
    """
    size, bold = m.FACES[face].size, metrics(bold=True)  # the wider face: on the safe side
    return "".join(
        _BREAK.join(word) if bold.width(word, size) > width * m.MM else word
        for word in re.split(r"(\s+)", text)
    )


def _content(document: OfficialDocument) -> dict[str, Any]:
    body = w.flatten(document.body)
    grounds = [Paragraph(line) for line in w.punctuate(document.grounds)]
    return {
        "title": shown(w.title(document)),
        "author": shown(w.clean(document.agency_name)),
        "nation": m.NATION,
        "motto": m.MOTTO,
        "parent_agency": [shown(w.caps(line)) for line in document.parent_agency],
        "agency": [shown(w.caps(line)) for line in document.agency],
        "number": shown(w.number_line(document)),
        "place_date": shown(w.place_and_date(document)),
        "kind": shown(w.caps(document.kind)),
        "summary": shown(w.clean(document.summary)),
        "subject": shown(w.subject(document)),
        "draft": w.caps(m.DRAFT_MARK) if document.draft else "",
        "urgency": w.caps(document.urgency),
        "replaces": shown(w.replaces(document)),
        "addressees_title": m.ADDRESSEES_TITLE,
        "addressees": [shown(line) for line in w.addressees(document)],
        "grounds": [_paragraph(block, "grounds", m.TEXT_WIDTH) for block in grounds],
        "body": blocks_as_data(body, m.TEXT_WIDTH, sticky_end=True),
        "recipients_title": m.RECIPIENTS_TITLE,
        "recipients": [shown(line) for line in w.punctuate(document.recipients)],
        "authority": [shown(w.caps(line)) for line in document.authority],
        "signatory": shown(w.clean(document.signatory)),
        "annexes": [
            {
                "name": shown(w.annex_name(annex)),
                "title": shown(w.caps(annex.title)),
                "reference": shown(w.annex_reference(document)),
                "landscape": annex.landscape,
                "blocks": blocks_as_data(
                    w.flatten(annex.blocks), m.text_width(landscape=annex.landscape), under=1
                ),
            }
            for annex in document.annexes
        ],
    }


def blocks_as_data(
    blocks: Sequence[Paragraph | Heading | Table],
    width: float,
    *,
    face: str = "body",
    sticky_end: bool = False,
    under: int = 0,
) -> list[dict[str, Any]]:
    """The blocks as data, their paragraphs in a face, set ``width`` millimetres wide.

    ``sticky_end`` keeps the last paragraph with what follows.

    Tagged heading levels go down one at a time, below level ``under``, whatever the numbering of
    the text does (ISO 14289-1, 7.4.2).
    """
    data: list[dict[str, Any]] = []
    tag = under
    for position, block in enumerate(blocks):
        if isinstance(block, Heading):
            tag = min(under + max(block.level, 1), tag + 1)
            data.append(_heading(block, tag))
        elif isinstance(block, Table):
            data.append(_table(block, width))
        else:
            last = sticky_end and position == len(blocks) - 1
            data.append(_paragraph(block, face, width, sticky=last))
    return data


def _runs(text: Inline, width: float, face: str) -> list[dict[str, Any]]:
    return [
        asdict(Run(_fitting(shown(run.text), width, face), run.bold, run.italic))
        for run in w.runs(text)
    ]


def _paragraph(
    block: Paragraph, face: str, width: float, *, sticky: bool = False
) -> dict[str, Any]:
    return {
        "type": "paragraph",
        "face": face,
        "align": block.align,
        "sticky": sticky,
        "runs": _runs(block.text, width - m.FIRST_LINE, face),
    }


def _heading(block: Heading, tag: int) -> dict[str, Any]:
    face = f"heading_{block.level}" if block.level else "part"
    text = shown(w.clean(block.text))
    return {"type": "heading", "face": face, "level": block.level, "tag": tag, "text": text}


def _table(table: Table, width: float) -> dict[str, Any]:
    share = width / sum(column.width for column in table.columns)
    widths = [column.width * share for column in table.columns]
    body = w.body_of(table)
    # a row may break over pages if one of its cells is long; cells that cannot would be cut off
    long = {place.row for place in body if w.length(place.cell) > _LONG_CELL}
    return {
        "type": "table",
        "title": shown(w.clean(table.title)),
        "note": shown(w.clean(table.note)),
        "breakable": not w.keeps_together(table),
        "widths": widths,
        "head": [_cell(place, widths, "table_head") for place in w.head_of(table)],
        "cells": [_cell(place, widths, "table", breakable=place.row in long) for place in body],
    }


def _cell(
    place: w.Placed, widths: Sequence[float], face: str, *, breakable: bool = False
) -> dict[str, Any]:
    cell = place.cell
    room = sum(widths[place.column : place.column + cell.columns]) - 2 * m.CELL_X
    return {
        "runs": _runs(cell.text, room, face),
        "bold": cell.bold,
        "align": place.align,
        "columns": cell.columns,
        "rows": cell.rows,
        "breakable": breakable,
    }
