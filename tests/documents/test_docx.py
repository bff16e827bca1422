from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from motcua.documents.layout import Paragraph, render_docx
from motcua.documents.layout import measures as m

from .sample import ANNEX, LETTER, REPORT


@pytest.fixture(scope="module")
def report():
    return docx.Document(io.BytesIO(render_docx(REPORT)))


def words(container):
    return [paragraph.text for paragraph in container.paragraphs if paragraph.text]


def all_words(document):
    found = words(document)
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                found += words(cell)
    return found


def test_the_page_is_the_laws(report):
    first, landscape, portrait = report.sections
    assert [round(s.page_width / Mm(1)) for s in (first, landscape, portrait)] == [210, 297, 210]
    assert [round(s.page_height / Mm(1)) for s in (first, landscape, portrait)] == [297, 210, 297]
    sides = (first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)
    assert [round(side / Mm(1), 1) for side in sides] == [m.TOP, m.BOTTOM, m.LEFT, m.RIGHT]


def test_the_page_number_is_a_field_hidden_on_first_pages(report):
    for section in report.sections:
        assert section.different_first_page_header_footer
        assert words(section.first_page_header) == []
        field = section.header._element.findall(".//" + qn("w:instrText"))
        assert [part.text for part in field] == [" PAGE "]
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_the_font_holds_for_vietnamese_letters_too(report):
    fonts = report.styles["Normal"].element.rPr.find(qn("w:rFonts"))
    scripts = {fonts.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "eastAsia", "cs")}
    assert scripts == {"Times New Roman"}
    assert report.styles["Normal"].element.rPr.find(qn("w:lang")).get(qn("w:val")) == "vi-VN"


def test_the_text_is_there(report):
    found = all_words(report)
    for expected in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 05/BC-UBND",
        "Hoằng Đông, ngày 16 tháng 9 năm 2024",
        "Kính gửi: Ủy ban nhân dân huyện Hoằng Hóa",
        "- Lĩnh vực tài chính công: hoàn thành 5/5 nhiệm vụ.",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "Lê Văn Minh",
        "Phụ lục I",
        "DANH MỤC VĂN BẢN CHỈ ĐẠO",
    ):
        assert expected in found


def paragraph_with(document, text):
    return next(p for p in document.paragraphs if p.text.startswith(text))


def test_body_paragraphs_have_the_laws_shape(report):
    paragraph = paragraph_with(report, "Kế hoạch năm 2024 gồm")
    shape = paragraph.paragraph_format
    assert shape.first_line_indent / Mm(1) == pytest.approx(m.FIRST_LINE, abs=0.05)
    assert shape.space_after == Pt(m.PARAGRAPH_GAP)
    assert shape.line_spacing == m.LINE_SPACING
    assert [run.font.size for run in paragraph.runs] == [Pt(14)]


def test_runs_keep_their_faces(report):
    faces = [(r.text, bool(r.bold)) for r in paragraph_with(report, "- Lĩnh vực tài chính").runs]
    assert faces == [
        ("- ", False),
        ("Lĩnh vực tài chính công: ", False),
        ("hoàn thành 5/5 nhiệm vụ", True),
        (".", False),
    ]


def test_headings_are_in_the_outline_and_stay_with_the_text(report):
    heading = paragraph_with(report, "1.1. Giải quyết hồ sơ")
    assert heading.paragraph_format.keep_with_next
    assert heading._p.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == "2"


def test_rules_are_borders_as_long_as_the_law_wants(report):
    nation = report.tables[0].rows[0].cells[1]
    rule = nation.paragraphs[-1]
    assert rule._p.pPr.find(qn("w:pBdr")).find(qn("w:top")) is not None
    column = (m.TEXT_WIDTH - m.HEAD_LEFT) * m.MM
    length = column - rule.paragraph_format.left_indent.pt - rule.paragraph_format.right_indent.pt
    assert length == pytest.approx(60.46 * m.MM, abs=1)  # the width of the motto


def test_the_signature_cannot_be_parted(report):
    assert paragraph_with(report, "Trên đây là báo cáo").paragraph_format.keep_with_next
    signature = next(t for t in report.tables if "Lê Văn Minh" in t.rows[0].cells[1].text)
    assert signature.rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None


def test_table_heads_repeat_and_rows_do_not_split(report):
    table = next(t for t in report.tables if t.rows[0].cells[0].text == "TT" and len(t.rows) > 20)
    repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert repeated == [True] + [False] * 30
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert not table.rows[5].cells[1].paragraphs[0].paragraph_format.keep_with_next


def test_short_tables_stay_on_one_page(report):
    table = next(t for t in report.tables if len(t.columns) == 6 and len(t.rows) == 6)
    keeps = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert keeps == [True] * 5 + [None]


def test_cells_are_merged():
    table = docx.Document(io.BytesIO(render_docx(LETTER))).tables[1]
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert texts == [
        ["TT", "Nhiệm vụ", "Thực hiện", "Thực hiện"],
        ["TT", "Nhiệm vụ", "Đơn vị", "Hạn"],
        ["1", "Số hóa hồ sơ", "Xã A", "31/10/2024"],
        ["1", "Số hóa hồ sơ", "Xã B", "15/11/2024"],
        ["2", "Khảo sát hài lòng", "Xã C", "30/11/2024"],
    ]


def test_a_draft_letter():
    found = all_words(docx.Document(io.BytesIO(render_docx(LETTER))))
    assert "DỰ THẢO" in found
    assert "- Ủy ban nhân dân các xã, phường;" in found
    assert "Căn cứ Kế hoạch cải cách hành chính năm 2024;" in found
    assert "PHÓ GIÁM ĐỐC" in found
    assert "PHẦN I\nNỘI DUNG" in found


def test_a_document_may_end_with_a_table_and_address_nobody():
    document = replace(REPORT, body=list(ANNEX.blocks), addressees=[], annexes=[])
    assert "Lê Văn Minh" in all_words(docx.Document(io.BytesIO(render_docx(document))))


def test_the_same_document_gives_the_same_bytes():
    first = render_docx(REPORT)
    assert render_docx(REPORT) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_characters_that_xml_cannot_hold_do_not_stop_the_report():
    document = replace(REPORT, body=[Paragraph("Đạt\x00\x0b 😀 <b>&amp;")], annexes=[])
    assert "Đạt 😀 <b>&amp;" in all_words(docx.Document(io.BytesIO(render_docx(document))))


def test_the_file_says_what_it_is(report):
    core = report.core_properties
    assert core.title == "BÁO CÁO Kết quả công tác cải cách hành chính 9 tháng năm 2024"
    assert (core.author, core.language) == ("Ủy ban nhân dân xã Hoằng Đông", "vi-VN")
    assert core.created.date() == REPORT.day
