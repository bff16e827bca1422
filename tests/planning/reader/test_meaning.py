"""What headings say."""

from __future__ import annotations

import pytest

from motcua.planning.reader import field_of
from motcua.planning.reader.meaning import Section, meaning_of
from motcua.planning.reader.result import Field


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("MỤC ĐÍCH, YÊU CẦU", Section.AIMS),
        ("Mục đích và yêu cầu", Section.AIMS),
        ("Mục đích", Section.PURPOSES),
        ("muc dich", Section.PURPOSES),
        ("MUC DIHC", Section.PURPOSES),
        ("YÊU CÂU", Section.REQUIREMENTS),
        ("Một số mục tiêu, chỉ tiêu cụ thể", Section.TARGETS),
        ("Chỉ tiêu phấn đấu", Section.TARGETS),
        ("Mục tiêu, nhiệm vụ", Section.TASKS),
        ("NỘI DUNG, NHIỆM VỤ VÀ GIẢI PHÁP", Section.TASKS),
        ("Nhiệm vụ trọng tâm", Section.TASKS),
        ("KINH PHÍ", Section.FUNDING),
        ("Nguồn kinh phí thực hiện", Section.FUNDING),
        ("TRÁCH NHIỆM TỔ CHỨC THỰC HIỆN", Section.RESPONSIBILITIES),
        ("Phân công nhiệm vụ", Section.RESPONSIBILITIES),
        ("TO CHƯC THUC HIÊN", Section.RESPONSIBILITIES),
        ("Căn cứ xây dựng kế hoạch", Section.GROUNDS),
        ("Đánh giá tình hình", Section.ASIDE),
        ("Phạm vi, đối tượng", Section.ASIDE),
        ("Điều khoản thi hành", Section.CLOSING),
        ("PHỤ LỤC I", Section.ANNEX),
    ],
)
def test_sections(heading: str, section: Section) -> None:
    meaning = meaning_of(heading)
    assert meaning is not None
    assert meaning.section is section
    assert meaning.field is None


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Cải cách thể chế", Field.INSTITUTIONS),
        ("Cai cach the ch", Field.INSTITUTIONS),
        ("Công tác xây dựng, hoàn thiện thể chế", Field.INSTITUTIONS),
        ("Về cải cách thủ tục hành chính", Field.PROCEDURES),
        ("Kiểm soát TTHC", Field.PROCEDURES),
        ("Cải cách tổ chức bộ máy hành chính nhà nước", Field.ORGANISATION),
        ("Cải cách chế độ công vụ", Field.CIVIL_SERVICE),
        ("Xây dựng, nâng cao chất lượng đội ngũ cán bộ", Field.CIVIL_SERVICE),
        ("Tài chính công", Field.PUBLIC_FINANCE),
        ("Xây dựng và phát triển Chính quyền điện tử, Chính quyền số", Field.DIGITAL_GOVERNMENT),
        ("Hiện đại hóa hành chính", Field.DIGITAL_GOVERNMENT),
        ("Công tác chỉ đạo, điều hành, tuyên truyền", Field.STEERING),
        ("Chế độ thông tin, báo cáo", Field.STEERING),
    ],
)
def test_fields(heading: str, field: Field) -> None:
    meaning = meaning_of(heading)
    assert meaning is not None
    assert meaning.field is field


@pytest.mark.parametrize(
    "text",
    ["", "Công tác dân vận", "Tổ chức thực hiện tốt kỷ luật, kỷ cương hành chính, đạo đức công vụ",
     "Yêu cầu các bộ phận nghiêm túc thực hiện", "Xây dựng nông thôn mới", "x " * 30],
)  # fmt: skip
def test_unknown_headings(text: str) -> None:
    assert meaning_of(text) is None


@pytest.mark.parametrize(
    ("sentence", "field"),
    [
        ("Rà soát, hệ thống hóa văn bản quy phạm pháp luật", Field.INSTITUTIONS),
        ("Giải quyết thủ tục hành chính tại Bộ phận Một cửa", Field.PROCEDURES),
        ("Ban hành Quy chế chi tiêu nội bộ", Field.PUBLIC_FINANCE),
        ("Trồng cây đầu xuân", Field.OTHER),
    ],
)
def test_field_of_a_sentence(sentence: str, field: Field) -> None:
    assert field_of(sentence) is field
