from __future__ import annotations

import io
from dataclasses import replace

import pdfplumber
import pypdfium2
import pytest

from motcua.documents.layout import Column, Heading, Paragraph, Table, render_pdf
from motcua.documents.layout import measures as m

from .sample import LETTER, REPORT


@pytest.fixture(scope="module")
def report():
    return render_pdf(REPORT)


@pytest.fixture(scope="module")
def pages(report):
    with pdfplumber.open(io.BytesIO(report)) as pdf:
        yield list(pdf.pages)


def texts(data):
    document = pypdfium2.PdfDocument(data)
    found = [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    document.close()
    return found


def lines_of(data):
    return [line.strip() for page in texts(data) for line in page.split("\n")]


def test_the_text_is_there_letter_by_letter(report):
    lines = lines_of(report)
    for expected in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "XÃ HOẰNG ĐÔNG",
        "Số: 05/BC-UBND Hoằng Đông, ngày 16 tháng 9 năm 2024",
        "BÁO CÁO",
        "Kết quả công tác cải cách hành chính 9 tháng năm 2024",
        "Kính gửi: Ủy ban nhân dân huyện Hoằng Hóa",
        "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CẢI CÁCH HÀNH CHÍNH",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "Lê Văn Minh",
        "TIẾN ĐỘ THỰC HIỆN CÁC NHIỆM VỤ CỦA KẾ HOẠCH",
    ):
        assert expected in lines
    joined = " ".join(lines)
    assert "hoàn thành 26 nhiệm vụ (68,4%), đang thực hiện 11 nhiệm vụ" in joined


def test_only_the_bundled_fonts_are_used_and_embedded(report, pages):
    names = {char["fontname"].split("+")[1] for page in pages for char in page.chars}
    assert names == {"Tinos-Regular", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"}
    assert report.count(b"/FontFile2") == 4


def test_the_file_says_what_it_is(report):
    document = pypdfium2.PdfDocument(report)
    assert document.get_metadata_dict()["Title"].startswith("BÁO CÁO Kết quả công tác")
    assert document.get_metadata_dict()["Author"] == "Ủy ban nhân dân xã Hoằng Đông"
    document.close()
    assert b"<pdfaid:part>2</pdfaid:part>" in report
    assert b"<pdfuaid:part>1</pdfuaid:part>" in report
    assert b"/Lang(vi-VN)" in report.replace(b"/Lang (", b"/Lang(")


def test_the_same_document_gives_the_same_bytes(report):
    assert render_pdf(REPORT) == report


def number_on(page):
    """The page number: what stands in the top margin."""
    return page.crop((0, 0, page.width, m.TOP * m.MM)).extract_text()


def test_page_numbers_start_on_the_second_page_of_the_document_and_of_each_annex(pages):
    numbers = [number_on(page) for page in pages]
    landscape = [page.width > page.height for page in pages]
    assert landscape == [False] * 3 + [True] * 4 + [False]
    assert numbers == ["", "2", "3", "", "2", "3", "4", ""]


def test_the_page_number_is_centred_and_of_the_laws_size(pages):
    digits = pages[1].crop((0, 0, pages[1].width, m.TOP * m.MM)).chars
    assert [round(char["size"], 1) for char in digits] == [14.0]
    middle = (digits[0]["x0"] + digits[0]["x1"]) / 2
    assert middle == pytest.approx((m.LEFT + m.TEXT_WIDTH / 2) * m.MM, abs=1)


def test_margins(pages):
    for page in pages:
        body = [
            char for char in page.chars if char["top"] > m.TOP * m.MM - 1 and char["text"] != " "
        ]
        assert min(char["x0"] for char in body) >= m.LEFT * m.MM - 1
        assert max(char["x1"] for char in body) <= page.width - m.RIGHT * m.MM + 1
        assert max(char["bottom"] for char in body) <= page.height - m.BOTTOM * m.MM + 1


def size_of(page, words):
    found = page.search(words, regex=False)
    return {(round(char["size"], 1), char["fontname"].split("-")[1]) for char in found[0]["chars"]}


@pytest.mark.parametrize(
    ("words", "face"),
    [
        ("CỘNG HÒA", (13.0, "Bold")),
        ("Độc lập - Tự do", (14.0, "Bold")),
        ("Số: 05", (13.0, "Regular")),
        ("Hoằng Đông, ngày", (14.0, "Italic")),
        ("BÁO CÁO", (14.0, "Bold")),
        ("Thực hiện Kế hoạch", (14.0, "Regular")),
        ("1.1. Giải quyết", (14.0, "BoldItalic")),
    ],
)
def test_faces(pages, words, face):
    assert size_of(pages[0], words) == {face}


def test_rules_stand_under_motto_agency_and_summary(pages):
    rules = sorted(pages[0].lines or pages[0].curves, key=lambda rule: rule["top"])
    assert len(rules) == 3
    motto = pages[0].search("Độc lập - Tự do - Hạnh phúc", regex=False)[0]
    under_motto = max(rules, key=lambda rule: rule["x1"])
    assert under_motto["x0"] == pytest.approx(motto["x0"], abs=1.5)
    assert under_motto["x1"] == pytest.approx(motto["x1"], abs=1.5)


def test_table_heads_repeat_on_every_page(pages):
    for page in pages[3:7]:
        assert "Nhiệm vụ Chủ trì Thời hạn Sản phẩm" in page.extract_text()


def test_the_signature_stays_with_the_last_words(pages):
    signed = next(page for page in pages if "Lê Văn Minh" in page.extract_text())
    assert "trân trọng báo cáo./." in signed.extract_text()


def test_first_lines_are_indented(pages):
    first = pages[0].search("Thực hiện Kế hoạch", regex=False)[0]
    assert first["x0"] == pytest.approx((m.LEFT + m.FIRST_LINE) * m.MM, abs=1)


def test_a_draft_letter_of_a_deputy():
    lines = lines_of(render_pdf(LETTER))
    assert "DỰ THẢO" in lines
    assert "V/v đôn đốc thực hiện nhiệm vụ" in lines
    assert "- Ủy ban nhân dân các xã, phường;" in lines
    assert "Căn cứ Kế hoạch cải cách hành chính năm 2024;" in lines
    assert lines.index("KT. GIÁM ĐỐC") < lines.index("PHÓ GIÁM ĐỐC")
    assert "BÁO CÁO" not in lines


@pytest.mark.parametrize(
    "hostile",
    [
        '#read("/etc/passwd") $x^2$ *đậm* _nghiêng_ `mã` <nhãn> @trích \\',
        '"}],"body":[] // ghi chú /* */ = Tiêu đề',
        "- gạch + cộng / thuật ngữ: ~ --- ...",
    ],
)
def test_what_people_write_is_never_read_as_markup(hostile):
    document = replace(
        REPORT, summary=hostile, signatory=hostile, body=[Paragraph(hostile)], annexes=[]
    )
    flat = "".join("".join(texts(render_pdf(document))).split())
    assert flat.count("".join(hostile.split())) == 3


def test_characters_that_the_font_lacks_do_not_stop_the_report():
    document = replace(REPORT, body=[Paragraph("Đạt 😀 và 字\x00.")], annexes=[])
    assert "Đạt □ và □." in lines_of(render_pdf(document))


def test_nothing_runs_off_the_page():
    address = "https://dichvucong.example.vn/" + "abcdefghij" * 20
    table = Table(
        [Column("A"), Column("B", 3), Column("C")],
        [[address, "ngắn", "x"], ["1", "từ " * 3000, "2"]],
    )
    data = render_pdf(replace(REPORT, body=[Paragraph(address), table], annexes=[]))
    flat = "".join("".join(texts(data)).replace("\u200b", "").split())
    assert flat.count(address) == 2
    assert flat.count("từ") == 3000
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            assert max(char["x1"] for char in page.chars) < page.width - m.RIGHT * m.MM + 1
            assert max(char["bottom"] for char in page.chars) < page.height - m.BOTTOM * m.MM + 1


def test_heading_levels_that_jump_are_tagged_step_by_step():
    body = [Heading("a) Sâu", 4), Heading("I. Cao", 1), Heading("1.1. Giữa", 3)]
    lines = lines_of(render_pdf(replace(REPORT, body=body, annexes=[])))
    assert [line for line in lines if line.startswith(("a)", "I.", "1.1."))] == [
        "a) Sâu",
        "I. Cao",
        "1.1. Giữa",
    ]
