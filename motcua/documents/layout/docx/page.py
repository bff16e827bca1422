"""The file's properties and the page: size, margins, page number."""

from __future__ import annotations

from datetime import date, datetime

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt

from motcua.documents.layout import measures as m
from motcua.documents.layout import wording as w
from motcua.documents.layout.docx.text import shape
from motcua.documents.layout.docx.xml import BEGINNING_OF_ZIP, element, page_field
from motcua.documents.layout.metrics import metrics
from motcua.documents.layout.model import Align

FONT = "Times New Roman"
LANGUAGE = "vi-VN"


def prepare(file: Document, title: str, author: str, day: date | None) -> None:
    """Font, language and properties of the whole file."""
    normal = file.styles["Normal"]
    normal.font.size = Pt(m.FACES["body"].size)
    properties = normal.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    properties.append(element("w:lang", val=LANGUAGE, eastAsia=LANGUAGE))
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.widow_control = True

    core = file.core_properties
    core.title, core.language, core.comments = title, LANGUAGE, ""
    core.author = core.last_modified_by = w.clean(author)
    # the file's times have no zone; the document's day keeps the bytes the same
    made = datetime(day.year, day.month, day.day) if day else datetime(*BEGINNING_OF_ZIP)  # noqa: DTZ001 # ZIP keeps local moments
    core.created = core.modified = made


def set_page(section: Section, *, landscape: bool = False) -> None:
    """A4 with the law's margins, its pages counted from 1, no number on the first."""
    width, height = (m.HEIGHT, m.WIDTH) if landscape else (m.WIDTH, m.HEIGHT)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(m.TOP), Mm(m.BOTTOM)
    section.left_margin, section.right_margin = Mm(m.LEFT), Mm(m.RIGHT)
    section.different_first_page_header_footer = True
    for old in section._sectPr.findall(qn("w:pgNumType")):  # a section is born as a copy
        section._sectPr.remove(old)
    numbering = element("w:pgNumType", start="1")
    section._sectPr.insert_element_before(numbering, "w:cols", "w:titlePg", "w:docGrid")

    size = m.FACES["page_number"].size
    section.header_distance = Mm((m.TOP - size * metrics().line / m.MM) / 2)
    section.first_page_header.is_linked_to_previous = False
    section.header.is_linked_to_previous = False
    run = shape(section.header.paragraphs[0], Align.CENTER).add_run()
    run.font.size = Pt(size)
    for part in page_field():
        run._r.append(part)
