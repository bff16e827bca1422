"""The few pieces of WordprocessingML that python-docx has no words for."""

from __future__ import annotations

import io
import zipfile
from typing import Any, TypeAlias

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

Element: TypeAlias = Any  # an lxml element of python-docx's own classes

BEGINNING_OF_ZIP = (1980, 1, 1, 0, 0, 0)

#: What may follow the borders in a paragraph's properties: the schema wants this order.
_AFTER_BORDERS = (
    "w:shd",
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:spacing",
    "w:ind",
    "w:jc",
    "w:outlineLvl",
    "w:rPr",
)


def element(name: str, **attributes: str) -> Element:
    """A new element of the "w" namespace with attributes of it."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def page_field() -> list[Element]:
    """A field that Word fills with the page's number."""
    instruction, shown = element("w:instrText"), element("w:t")
    instruction.text, shown.text = " PAGE ", "2"
    instruction.set(qn("xml:space"), "preserve")
    begin, separate, end = (
        element("w:fldChar", fldCharType=kind) for kind in ("begin", "separate", "end")
    )
    return [begin, instruction, separate, shown, end]


def set_borders(paragraph: Paragraph, *edges: str, eighths: int, gap: int) -> None:
    """Solid borders at edges of a paragraph; thickness in eighths of a point, gap in points."""
    borders = element("w:pBdr")
    for edge in edges:
        borders.append(
            element(f"w:{edge}", val="single", sz=str(eighths), space=str(gap), color="000000")
        )
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)


def set_outline_level(paragraph: Paragraph, level: int) -> None:
    """Put a paragraph into the document's outline, level 1 on top."""
    outline = element("w:outlineLvl", val=str(level - 1))
    paragraph._p.get_or_add_pPr().insert_element_before(outline, "w:rPr", "w:sectPr")


def without_times(archive: bytes) -> bytes:
    """The same ZIP archive with all its entries at one fixed time."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            info = zipfile.ZipInfo(entry.filename, BEGINNING_OF_ZIP)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(entry))
    return out.getvalue()
