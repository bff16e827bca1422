"""The report as an official document."""

from datetime import date, datetime
from io import BytesIO

import docx
import pypdfium2
import pytest

from motcua.documents.layout import Items, Paragraph
from motcua.reports.documents import blocks_of, build, preview
from tests.reports import scenes
from tests.reports.scenes import ZONE

pytestmark = pytest.mark.django_db
TODAY = date(2024, 3, 15)


def words_of_pdf(content):
    pages = pypdfium2.PdfDocument(content)
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    pages.close()
    return " ".join(text.split())


def test_lines_become_paragraphs_and_lists():
    blocks = list(blocks_of("Một:\n- a;\n- b.\n\nHai.\n- c."))
    assert blocks == [Paragraph("Một:"), Items(["a;", "b."]), Paragraph("Hai."), Items(["c."])]


def test_a_draft_has_room_for_its_number(org, running):
    document = build(scenes.drafted(org))
    assert document.draft
    assert document.number.strip() == "/BC-UBND"
    assert (document.day, document.year) == (None, 2024)
    assert document.agency == ["ỦY BAN NHÂN DÂN", "XÃ HOẰNG ĐÔNG"]
    assert document.addressees == ["Ủy ban nhân dân huyện Hoằng Hóa"]
    assert document.signatory == org.chutich.full_name


def test_an_approved_report_is_signed_and_numbered(org, running):
    document = build(scenes.approved(org))
    assert not document.draft
    assert (document.number, document.day) == ("05/BC-UBND", TODAY)
    assert document.authority == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]


def test_annexes_hold_what_is_known(org, running):
    scenes.hand_in(org, running, datetime(2024, 3, 13, 9, tzinfo=ZONE))
    tasks, numbers = build(scenes.drafted(org)).annexes
    assert (tasks.landscape, numbers.landscape) == (True, False)
    states = [row[5] for row in tasks.blocks[0].rows]
    assert "Hoàn thành ngày 13/03/2024" in states
    (table,) = numbers.blocks
    rows = {row[0]: row[3] for row in table.rows}
    assert rows["1.2"] == "1"
    assert rows["1.3"].endswith("%")
    assert rows["2.1"] == "chưa có dữ liệu"
    assert rows["1"] == ""


def test_the_annex_stays_as_it_was_approved(org, running):
    report = scenes.approved(org)
    before = build(report)
    scenes.hand_in(org, running, datetime(2024, 3, 14, 9, tzinfo=ZONE))
    assert build(report) == before


def test_a_commune_without_records_still_has_a_page_to_sign(org):
    document = build(scenes.drafted(org))
    assert document.annexes == []
    content = preview(agency=org.commune, period="2024-Q1", form="pdf", today=TODAY)
    assert "chưa có dữ liệu" in words_of_pdf(content)


def test_preview_in_both_forms(org, running):
    content = preview(agency=org.commune, period="2024-M9", form="pdf", today=TODAY)
    said = words_of_pdf(content)
    assert "Kết quả công tác cải cách hành chính 9 tháng năm 2024" in said
    assert "đến ngày 15/03/2024" in said
    content = preview(agency=org.commune, period="2024-M9", form="docx", today=TODAY)
    paragraphs = "\n".join(p.text for p in docx.Document(BytesIO(content)).paragraphs)
    assert "II. KẾT QUẢ THỰC HIỆN CÁC NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH" in paragraphs
