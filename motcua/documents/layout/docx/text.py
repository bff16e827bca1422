"""Paragraphs in the faces of the law."""

from __future__ import annotations

from typing import TypedDict, Unpack

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt
from docx.table import _Cell as TableCell
from docx.text.paragraph import Paragraph

from motcua.documents.layout import measures as m
from motcua.documents.layout import wording as w
from motcua.documents.layout.docx.xml import set_borders
from motcua.documents.layout.model import Align, Inline

_ALIGN = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
}


class Shape(TypedDict, total=False):
    """A paragraph's shape: distances in points, indents in millimetres, spacing in lines."""

    before: float
    after: float
    spacing: float
    first_line: float
    left: float
    keep: bool


def shape(paragraph: Paragraph, align: Align, **wanted: Unpack[Shape]) -> Paragraph:
    """Give a paragraph its shape; ``keep`` holds it on the page of the next one."""
    form = paragraph.paragraph_format
    form.alignment = _ALIGN[align]
    form.space_before, form.space_after = Pt(wanted.get("before", 0)), Pt(wanted.get("after", 0))
    form.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
    form.line_spacing = float(wanted.get("spacing", 1))
    if "first_line" in wanted:
        form.first_line_indent = Mm(wanted["first_line"])
    if "left" in wanted:
        form.left_indent = Mm(wanted["left"])
    if wanted.get("keep"):
        form.keep_with_next = True
    return paragraph


def write(paragraph: Paragraph, face: str, text: Inline, *, bold: bool = False) -> None:
    """Runs in a face; line feeds become line breaks."""
    style = m.FACES[face]
    for piece in w.runs(text):
        run = paragraph.add_run()
        run.font.size = Pt(style.size)
        if style.bold or piece.bold or bold:
            run.bold = True
        if style.italic or piece.italic:
            run.italic = True
        for n, part in enumerate(piece.text.split("\n")):
            if n:
                run.add_break()
            run.add_text(part)


def line(
    container: Document | TableCell,
    face: str,
    text: Inline,
    align: Align = Align.CENTER,
    **wanted: Unpack[Shape],
) -> Paragraph:
    """A new paragraph in a face."""
    paragraph = shape(container.add_paragraph(), align, **wanted)
    write(paragraph, face, text)
    return paragraph


def rule(container: Document | TableCell, length: float, width: float, after: float) -> None:
    """A rule ``length`` points long in the middle of ``width`` points.

    It is the top border of an empty paragraph whose indents leave just that much.
    """
    paragraph = shape(container.add_paragraph(), Align.CENTER, before=3, after=after)
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Pt((width - length) / 2)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(2)
    set_borders(paragraph, "top", eighths=round(m.RULE * 8), gap=0)


def frame(paragraph: Paragraph, length: float, width: float) -> None:
    """A box ``length`` points long around a centred line in a column ``width`` points wide."""
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Pt((width - length) / 2)
    set_borders(paragraph, "top", "left", "bottom", "right", eighths=round(m.RULE * 8), gap=2)
