"""What a careful colleague points out."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from motcua.planning.reader import notices
from motcua.planning.reader.references import references
from motcua.planning.reader.result import Warning
from tests.planning.reader.reading import block, read


def marked(text: str, warnings: Iterable[Warning]) -> list[str]:
    return [text[slice(*warning.span)] for warning in warnings]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("giải quyêt hồ sơ", ["quyêt"]),
        ("công tác tác nghiệp", ["tác tác"]),
        ("trả lời chung chung, dần dần", []),
        ("nâng cao kỹ cương", ["kỹ cương"]),
        ("Cán bộ. công chức xã", ["bộ. công"]),
        ("Đ/c Hà, TP. huế", []),
        ("Dùng Zalo, chữ ký số ECDSA", []),
    ],
)
def test_spelling(text: str, found: list[str]) -> None:
    assert marked(text, notices.spelling([block(text)])) == found


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Thực hiện nhiệm vụ năm 2023", 1),
        ("Cao hơn so với năm 2023", 0),
        ("Khắc phục hạn chế trong kết quả chấm điểm năm 2023", 0),
        ("Theo Quyết định 5/QĐ-UBND về kế hoạch năm 2023", 0),
        ("Kế hoạch năm 2024", 0),
        ("Nhìn lại năm 2015", 0),
        ("Các năm 2023 - 2025", 0),
    ],
)
def test_another_year(text: str, count: int) -> None:
    assert len(list(notices.year_mismatch([block(text)], 2024))) == count
    assert list(notices.year_mismatch([block(text)], None)) == []


def test_the_district_level_is_gone() -> None:
    text = "Báo cáo UBND huyện; dịch vụ công mức 3, 4"
    assert marked(text, notices.outdated_terms([block(text)], 2026)) == ["mức 3, 4", "UBND huyện"]
    assert marked(text, notices.outdated_terms([block(text)], 2024)) == ["mức 3, 4"]


@pytest.mark.parametrize(
    ("text", "has_annex", "count"),
    [
        ("Chi tiết tại các phụ lục đính kèm", False, 1),
        ("Chi tiết tại Phụ lục II", False, 1),
        ("Chi tiết tại các phụ lục đính kèm", True, 0),
        ("Tự làm phụ lục", False, 0),
    ],
)
def test_missing_annexes(text: str, has_annex: bool, count: int) -> None:
    assert len(list(notices.annex_missing([block(text)], has_annex=has_annex))) == count


SENTENCE = "Theo dõi, giám sát việc giải quyết thủ tục hành chính của các bộ phận trong xã"


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        ((SENTENCE, SENTENCE.replace("thủ tục hành chính", "TTHC")), 1),
        ((f"Làm việc khác. {SENTENCE}.", f"Tiếp tục {SENTENCE.lower()}"), 1),
        ((SENTENCE, "Giám sát việc giải quyết hồ sơ"), 0),
        ((f"{SENTENCE}. {SENTENCE}.", "Việc khác"), 0),
    ],
)
def test_repeated_sentences(texts: tuple[str, ...], count: int) -> None:
    assert len(list(notices.repeated_text([block(text) for text in texts]))) == count


def test_documents_that_cannot_be_found() -> None:
    text = (
        "Theo Quyết định số 3/QĐ-UBND, Nghị định 61/2018/NĐ-CP và Thông tư của Bộ Nội vụ về vị trí"
    )
    found = notices.authority_unknown([block(text)], references([block(text)]))
    assert marked(text, found) == ["Thông tư của Bộ Nội vụ về vị trí", "3/QĐ-UBND"]


def test_many_tasks_without_a_deadline_are_one_warning() -> None:
    tasks = "\n".join(f"- Việc thứ {number} của bộ phận" for number in range(8))
    few = read(f"I. NHIỆM VỤ\n1. Cải cách thể chế\n{tasks[:60]}")
    many = read(f"I. NHIỆM VỤ\n1. Cải cách thể chế\n{tasks}")
    assert next(w.message for w in few.warnings) == "Nhiệm vụ 1.1 không nêu thời hạn."
    assert [w.message for w in many.warnings] == ["8 nhiệm vụ không nêu thời hạn (từ 1.1 đến 1.8)."]
