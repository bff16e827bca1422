"""Official documents in the layout of Decree 30/2020/ND-CP, Annex I: PDF and DOCX.

``OfficialDocument`` says what the document is, not how it looks; ``render_pdf`` and ``render_docx``
set it by the same table of measures. The text is Vietnamese by law and is not translated.
"""

from motcua.documents.layout.docx import render_docx
from motcua.documents.layout.model import (
    Align,
    Annex,
    Block,
    Cell,
    Column,
    Heading,
    Inline,
    Items,
    OfficialDocument,
    Paragraph,
    Run,
    Table,
)
from motcua.documents.layout.pdf import render_pdf

__all__ = [
    "Align",
    "Annex",
    "Block",
    "Cell",
    "Column",
    "Heading",
    "Inline",
    "Items",
    "OfficialDocument",
    "Paragraph",
    "Run",
    "Table",
    "render_docx",
    "render_pdf",
]
