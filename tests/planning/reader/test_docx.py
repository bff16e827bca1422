"""DOCX: numbers that Word counts, tracked changes, boxes, tables in tables."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from motcua.planning.reader.document import RawLine, RawTable
from motcua.planning.reader.sources.docx import load_docx
from motcua.planning.reader.sources.numbering import digits
from tests.planning.reader.make_plans import numbered

W = nsdecls("w")


def texts(document: Any) -> list[str]:
    buffer = io.BytesIO()
    document.save(buffer)
    parts = load_docx(buffer.getvalue()).parts
    return [part.text if isinstance(part, RawLine) else "TABLE" for part in parts]


@pytest.mark.parametrize(
    ("count", "kind", "text"),
    [
        (4, "decimal", "4"),
        (4, "decimalZero", "04"),
        (14, "upperRoman", "XIV"),
        (9, "lowerRoman", "ix"),
        (3, "lowerLetter", "c"),
        (28, "upperLetter", "BB"),
    ],
)
def test_digits(count: int, kind: str, text: str) -> None:
    assert digits(count, kind) == text


def test_lists_count_and_start_again() -> None:
    document = docx.Document()
    add = numbered(document)
    for depth in (0, 1, 2, 2, 1, 2, 0, 1):
        add(90, depth, "Việc")
    add(91, 0, "Gạch")
    add(91, 1, "Chấm")
    add(91, 5, "Ngoài danh sách")
    assert [text.split()[0] for text in texts(document)] == [
        "I.", "1.", "1.1.", "1.2.", "2.", "2.1.", "II.", "1.", "-", "•", "Ngoài",
    ]  # fmt: skip


def test_a_list_with_its_own_start_counts_for_itself() -> None:
    document = docx.Document()
    add = numbered(document)
    document.part.numbering_part.element.append(
        parse_xml(
            f'<w:num {W} w:numId="95"><w:abstractNumId w:val="90"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
            '<w:lvlOverride w:ilvl="1"><w:lvl w:ilvl="1"><w:start w:val="1"/>'
            '<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:lvlOverride>'
            "</w:num>"
        )
    )
    for number, depth in ((90, 0), (95, 0), (95, 1), (90, 0)):
        add(number, depth, "Việc")
    assert [text.split()[0] for text in texts(document)] == ["I.", "V.", "a)", "II."]


def test_numbers_by_style() -> None:
    document = docx.Document()
    document.add_paragraph("Việc một", style="List Number")
    document.add_paragraph("Việc hai", style="List Number")
    document.add_paragraph("", style="List Number")
    document.add_paragraph("Gạch", style="List Bullet")
    assert texts(document) == ["1. Việc một", "2. Việc hai", "• Gạch"]


def test_tracked_changes_boxes_and_controls() -> None:
    document = docx.Document()
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:p {W}><w:r><w:t>Rà soát </w:t></w:r>"
            "<w:del><w:r><w:delText>hai</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>ba văn bản</w:t></w:r></w:ins>"
            "<w:r><w:tab/><w:t>mới</w:t><w:br/><w:t>của xã</w:t></w:r>"
            "<w:r><w:txbxContent><w:p><w:r><w:t>Chữ trong khung</w:t></w:r></w:p>"
            "</w:txbxContent></w:r></w:p>"
        ),
    )
    document.element.body.insert(
        1,
        parse_xml(
            f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>Trong ô điền</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>"
        ),
    )
    assert texts(document) == [
        "Rà soát ba văn bản\tmới",
        "của xã",
        "Chữ trong khung",
        "Trong ô điền",
    ]


def test_a_table_in_a_cell_is_read_cell_by_cell() -> None:
    document = docx.Document()
    outer = document.add_table(2, 3)
    outer.cell(0, 0).text = "STT"
    inner = outer.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text = "Một"
    inner.cell(0, 1).text = "Hai"
    buffer = io.BytesIO()
    document.save(buffer)
    (table,) = load_docx(buffer.getvalue()).parts
    assert isinstance(table, RawTable)
    assert "Một\nHai" in table.cells


def test_a_table_of_one_column_is_text() -> None:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "Chỉ là chữ"
    assert texts(document) == ["Chỉ là chữ"]
