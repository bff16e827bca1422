"""The boxes of the law's diagram, one after the other."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.text.paragraph import Paragraph as DocxParagraph

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
from motcua.documents.layout.docx.xml import set_outline_level, without_times
from motcua.documents.layout.metrics import metrics
from motcua.documents.layout.model import (
    Align,
    Annex,
    Heading,
    OfficialDocument,
    Paragraph,
    Table,
)


def render_docx(document: OfficialDocument) -> bytes:
    """The document as DOCX in Times New Roman; the same document gives the same bytes.

    The page number is a field that Word keeps, absent from the first page of the document and of
    each annex; rules are paragraph borders, table heads repeat.
    """
    file = docx.Document()
    prepare(file, w.title(document), document.agency_name, document.day)
    set_page(file.sections[0])
    _head(file, document)
    if document.kind:
        _title(file, document)
    _addressees(file, w.addressees(document))
    for ground in w.punctuate(document.grounds):
        _paragraph(file, Paragraph(ground), "grounds")
    last = _blocks(file, w.flatten(document.body), m.text_width(landscape=False))
    if last is not None:
        last.paragraph_format.keep_with_next = True  # the signature never stands alone
    _signature(file, document)
    for annex in document.annexes:
        _annex(file, document, annex)
    buffer = io.BytesIO()
    file.save(buffer)
    return without_times(buffer.getvalue())


def _head(file: Document, document: OfficialDocument) -> None:
    """Boxes 1 to 4 and 5b."""
    left, right = m.HEAD_LEFT, m.TEXT_WIDTH - m.HEAD_LEFT
    table = columns(file, [left, right], rows=2, bare=True)
    agency, nation = table.rows[0].cells
    for name in document.parent_agency:
        line(agency, "parent_agency", w.caps(name))
    for name in document.agency:
        line(agency, "agency", w.caps(name))
    bold = metrics(bold=True)
    own = bold.width(w.caps(document.agency[-1]), m.FACES["agency"].size)
    rule(agency, min(own, left * m.MM) * m.RULE_SHARE, left * m.MM, after=4)
    line(nation, "nation", m.NATION)
    line(nation, "motto", m.MOTTO)
    rule(nation, bold.width(m.MOTTO, m.FACES["motto"].size), right * m.MM, after=4)

    number, date = table.rows[1].cells
    line(number, "number", w.number_line(document))
    if not document.kind:
        line(number, "subject", w.subject(document), before=4)
    if document.urgency:
        word = w.caps(document.urgency)
        boxed = line(number, "urgency", word, before=6)
        frame(boxed, m.URGENCY_LENGTHS.get(word, 30) * m.MM, left * m.MM)
    if document.draft:
        mark, size = w.caps(m.DRAFT_MARK), m.FACES["draft"].size
        boxed = line(number, "draft", mark, before=6)
        frame(boxed, bold.width(mark, size) + 6 * m.MM, left * m.MM)
    line(date, "place_date", w.place_and_date(document))
    drop_first_paragraphs(table)


def _title(file: Document, document: OfficialDocument) -> None:
    """Box 5a."""
    summary = w.clean(document.summary)
    line(file, "kind", w.caps(document.kind), before=14, keep=True)
    line(file, "summary", summary, before=2, keep=True)
    if document.replaces:
        line(file, "replaces", w.replaces(document), before=2, keep=True)
    width = metrics(bold=True).width(summary, m.FACES["summary"].size)
    longest = m.TEXT_WIDTH * m.MM
    rule(file, min(width, longest * 0.8) * m.RULE_SHARE, longest, after=8)


def _addressees(file: Document, names: Sequence[str]) -> None:
    """Box 9a: one name in the middle, several as a list."""
    if len(names) == 1:
        line(file, "addressees", f"{m.ADDRESSEES_TITLE} {names[0]}", before=8, after=8)
        return
    for n, name in enumerate(names):
        if n == 0:
            left = m.FIRST_LINE * 3
            line(file, "addressees", m.ADDRESSEES_TITLE, Align.LEFT, before=12, left=left)
        after = 8 if n == len(names) - 1 else 0
        line(file, "addressees", f"- {name}", Align.LEFT, after=after, left=m.FIRST_LINE * 4)


def _blocks(
    file: Document, blocks: Sequence[Paragraph | Heading | Table], width: float
) -> DocxParagraph | None:
    """Box 6, or an annex; gives back the last paragraph, unless a table is last."""
    last: DocxParagraph | None = None
    for block in blocks:
        if isinstance(block, Heading):
            last = _heading(file, block)
        elif isinstance(block, Table):
            write_table(file, block, width)
            last = None
        else:
            last = _paragraph(file, block, "body")
    return last


def _paragraph(file: Document, block: Paragraph, face: str) -> DocxParagraph:
    paragraph = file.add_paragraph()
    gap, spacing = m.PARAGRAPH_GAP, m.LINE_SPACING
    if block.align is Align.JUSTIFY:
        indent = m.FIRST_LINE
        shape(paragraph, block.align, after=gap, spacing=spacing, first_line=indent)
    else:
        shape(paragraph, block.align, after=gap, spacing=spacing)
    write(paragraph, face, block.text)
    return paragraph


def _heading(file: Document, block: Heading) -> DocxParagraph:
    face = f"heading_{block.level}" if block.level else "part"
    align = Align.JUSTIFY if block.level else Align.CENTER
    paragraph = _paragraph(file, Paragraph(block.text, align), face)
    paragraph.paragraph_format.keep_with_next = True
    set_outline_level(paragraph, max(block.level, 1))
    return paragraph


def _signature(file: Document, document: OfficialDocument) -> None:
    """Boxes 7 and 9b, never parted by a page's end."""
    table = columns(file, [m.SIGN_LEFT, m.TEXT_WIDTH - m.SIGN_LEFT], rows=1, bare=True)
    do_not_split(table.rows[0])
    left, right = table.rows[0].cells
    line(left, "recipients_title", m.RECIPIENTS_TITLE, Align.LEFT, before=8)
    for name in w.punctuate(document.recipients):
        line(left, "recipients", f"- {name}", Align.LEFT)
    for n, words in enumerate(document.authority):
        line(right, "authority", w.caps(words), before=0 if n else 8)
    line(right, "signatory", w.clean(document.signatory), before=m.SIGN_SPACE * m.MM)
    drop_first_paragraphs(table)


def _annex(file: Document, document: OfficialDocument, annex: Annex) -> None:
    set_page(file.add_section(WD_SECTION.NEW_PAGE), landscape=annex.landscape)
    line(file, "annex_number", w.annex_name(annex), keep=True)
    line(file, "annex_title", w.caps(annex.title), before=2, keep=True)
    line(file, "annex_reference", w.annex_reference(document), before=2, after=8, keep=True)
    _blocks(file, w.flatten(annex.blocks), m.text_width(landscape=annex.landscape))
