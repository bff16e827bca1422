"""Lines that were cut, joined again; lines that were not, kept apart."""

from __future__ import annotations

import pytest

from motcua.planning.reader.document import Joins, Line
from motcua.planning.reader.paragraphs import Block, paragraphs

FULL = "Tiếp tục đẩy mạnh triển khai thực hiện hiệu quả Kế hoạch cải cách hành chính của xã"
GOES_ON = [
    "năm nay theo quy định và bảo đảm đúng tiến độ đề ra của cơ quan cấp trên giao cho xã",
    "trong từng tháng, từng quý của năm, có kiểm tra và đánh giá kết quả của từng việc đó",
]
WRAPPED = [FULL, *GOES_ON] * 2


def lines_of(*texts: str, joins: Joins = Joins.UNKNOWN) -> list[Line]:
    lines, start = [], 0
    for text in texts:
        lines.append(Line(text, start, 1, joins))
        start += len(text) + 1
    return lines


def last_of(*texts: str) -> list[str]:
    """The paragraphs after enough full lines to show where lines are wrapped."""
    blocks = paragraphs(lines_of("- Mở đầu", *WRAPPED, "đúng hạn.", *texts))
    return [block.text for block in blocks[2:]]


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        (("- Rà soát văn bản", "- Niêm yết thủ tục"), 2),
        (("- Rà soát văn bản,", "niêm yết thủ tục"), 1),
        (("- Rà soát văn bản theo quy định của", "Luật"), 1),
        (("I. MỤC ĐÍCH", "Nâng cao chất lượng"), 2),
        (("I. TRÁCH NHIỆM CỦA CÁC CƠ QUAN, ĐƠN VỊ, BỘ PHẬN TRỰC THUỘC TRONG TỔ CHỨC",
          "THỰC HIỆN"), 1),
        (("Căn cứ Luật Cán bộ;", "UBND xã ban hành Kế hoạch"), 2),
        ((f"- {FULL[:-3]} kinh tế", "- xã hội của địa phương"), 1),
        ((f"- {FULL[:-3]} giai đoạn 2021", "- 2025 trên địa bàn"), 1),
        ((f"- {FULL[:-3]} do Văn hóa", "- Xã hội tham mưu"), 1),
        ((f"- {FULL[:-3]} trong quý", "I. Báo cáo kết quả về huyện"), 1),
        (("- Đã xong việc rà soát.", "Việc còn lại làm sau."), 2),
    ],
)  # fmt: skip
def test_where_paragraphs_begin(texts: tuple[str, ...], count: int) -> None:
    assert len(last_of(*texts)) == count


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("thủ tục hành chí", "nh của xã", "thủ tục hành chính của xã"),
        ("thủ tục hành chí-", "nh của xã", "thủ tục hành chính của xã"),
        ("thủ tục hành", "chính của xã", "thủ tục hành chính của xã"),
        ("văn bản QPPL", "của xã", "văn bản QPPL của xã"),
    ],
)
def test_syllables_cut_by_the_end_of_a_line(before: str, after: str, text: str) -> None:
    assert last_of(f"- Rà soát {before}", after)[-1] == f"Rà soát {text}"


def test_clean_text_has_a_paragraph_per_line() -> None:
    texts = ["Việc thứ nhất", "Việc thứ hai", "việc thứ ba viết thường", "Việc cuối"]
    assert len(paragraphs(lines_of(*texts, joins=Joins.NEVER))) == 4


def test_breaks_inside_a_paragraph() -> None:
    lines = [*lines_of("Rà soát văn bản", joins=Joins.NEVER), Line("Niêm yết", 16, 1, Joins.ALWAYS)]
    assert [block.text for block in paragraphs(lines)] == ["Rà soát văn bản Niêm yết"]
    heading = [*lines_of("1. Mục đích", joins=Joins.NEVER), Line("Niêm yết", 12, 1, Joins.ALWAYS)]
    assert len(paragraphs(heading)) == 2


def test_a_number_alone_takes_the_title_below() -> None:
    (block,) = paragraphs(lines_of("PHẦN THỨ HAI", "NỘI DUNG CỤ THỂ"))
    assert block.text == "NỘI DUNG CỤ THỂ"
    assert block.marker is not None
    assert block.span == (0, 28)


def test_spans_point_to_the_lines() -> None:
    (block,) = paragraphs(lines_of("- Rà soát,", "niêm yết"))
    assert isinstance(block, Block)
    assert block.text == "Rà soát, niêm yết"
    assert block.span_of(9, 17) == (11, 19)
    assert block.item.span == (0, 19)
