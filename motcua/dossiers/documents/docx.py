"""A slip as DOCX: what a clerk may still edit in Word."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
from docx.document import Document
from docx.shared import Mm, Pt
from docx.table import _Cell as TableCell

from motcua.core.text import date_long
from motcua.documents.layout import Align, Table
from motcua.documents.layout import measures as m
from motcua.documents.layout import wording as w
from motcua.documents.layout.docx.page import prepare, set_page
from motcua.documents.layout.docx.tables import (
    columns,
    do_not_split,
    drop_first_paragraphs,
    write_table,
)
from motcua.documents.layout.docx.text import frame, line, rule, shape, write
from motcua.documents.layout.docx.xml import without_times
from motcua.documents.layout.metrics import metrics
from motcua.dossiers.documents import words
from motcua.dossiers.documents.page import SlipPage
from motcua.dossiers.documents.pdf import MARGINS, QR, SIGN_SPACE, text_width
from motcua.dossiers.documents.qr import qr_png


def slip_docx(page: SlipPage) -> bytes:
    """The slip in Times New Roman; the same slip gives the same bytes."""
    file = docx.Document()
    prepare(file, f"{page.title} {page.subtitle}".strip(), page.agency, page.day)
    section = file.sections[0]
    set_page(section, landscape=page.landscape)
    section.top_margin, section.bottom_margin = Mm(MARGINS["top"]), Mm(MARGINS["bottom"])
    section.left_margin, section.right_margin = Mm(MARGINS["left"]), Mm(MARGINS["right"])
    width = text_width(page)
    _head(file, page, width)
    _title(file, page, width)
    for block in page.blocks:
        if isinstance(block, Table):
            write_table(file, block, width)
        else:
            paragraph = shape(file.add_paragraph(), block.align, after=2 * MARGINS["gap"])
            write(paragraph, "slip", block.text)
    _signatures(file, page, width)
    buffer = io.BytesIO()
    file.save(buffer)
    return without_times(buffer.getvalue())


def _head(file: Document, page: SlipPage, width: float) -> None:
    line(file, "form", words.form(page), Align.RIGHT, after=2)
    left, right = m.HEAD_LEFT, width - m.HEAD_LEFT
    table = columns(file, [left, right], rows=2, bare=True)
    agency, nation = table.rows[0].cells
    desk = w.caps(page.desk)
    line(agency, "parent_agency", w.caps(page.agency))
    line(agency, "agency", desk)
    bold = metrics(bold=True)
    own = bold.width(desk, m.FACES["agency"].size)
    rule(agency, min(own, left * m.MM) * m.RULE_SHARE, left * m.MM, after=4)
    line(nation, "nation", m.NATION)
    line(nation, "motto", m.MOTTO)
    rule(nation, bold.width(m.MOTTO, m.FACES["motto"].size), right * m.MM, after=4)
    number, date = table.rows[1].cells
    line(number, "number", page.number)
    line(date, "place_date", f"{page.place}, {date_long(page.day)}")
    drop_first_paragraphs(table)


def _title(file: Document, page: SlipPage, width: float) -> None:
    """The title in the middle, the square code at its left."""
    table = columns(file, [QR, width - 2 * QR, QR], rows=1, bare=True)
    left, middle, _right = table.rows[0].cells
    if page.qr:
        left.paragraphs[0].paragraph_format.space_before = Pt(8)
        image = left.paragraphs[0].add_run()
        image.add_picture(io.BytesIO(qr_png(page.qr)), width=Mm(QR - 2))
    line(middle, "kind", page.title, before=8)
    if page.subtitle:
        line(middle, "number", page.subtitle, before=2, after=8)
    if page.cancelled:
        boxed = line(middle, "draft", words.cancelled(page), before=6, after=6)
        frame(boxed, (width - 2 * QR) * m.MM, (width - 2 * QR) * m.MM)
    first = middle.paragraphs[0]._p
    first.getparent().remove(first)


def _signatures(file: Document, page: SlipPage, width: float) -> None:
    """Side by side, never parted by a page's end; a letter's recipients at the left."""
    count = max(len(page.signatures) + bool(page.recipients), 2)
    table = columns(file, [width / count] * count, rows=1, bare=True)
    do_not_split(table.rows[0])
    cells = table.rows[0].cells
    if page.recipients:
        _recipients(cells[0], page.recipients)
    # who signs alone signs at the right
    for cell, sign in zip(cells[-len(page.signatures) :], page.signatures, strict=True):
        line(cell, "authority", w.caps(sign.role), before=8)
        line(cell, "form", words.SIGN)
        line(cell, "signatory", w.clean(sign.name), before=SIGN_SPACE * m.MM)
    drop_first_paragraphs(table)


def _recipients(cell: TableCell, names: Sequence[str]) -> None:
    line(cell, "recipients_title", m.RECIPIENTS_TITLE, Align.LEFT, before=8)
    for name in w.punctuate(names):
        line(cell, "recipients", f"- {name}", Align.LEFT)
