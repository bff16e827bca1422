"""Documents and standards that a text names."""

from __future__ import annotations

import pytest

from motcua.planning.reader.references import references, unnumbered
from tests.planning.reader.reading import block


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Quyết định số 12/QĐ-UBND ngày 05/02/2024 của UBND huyện Thạch Lâm về kế hoạch",
            ("12/QĐ-UBND", "quyết định", "UBND huyện Thạch Lâm", "2024-02-05"),
        ),
        (
            "Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ",
            ("61/2018/NĐ-CP", "nghị định", "Chính phủ", "2018-04-23"),
        ),
        (
            "Luật Cán bộ, công chức số 80/2025/QH15",
            ("80/2025/QH15", "luật", "Quốc hội", None),
        ),
        ("Nghị quyết số 18-NQ/TW", ("18-NQ/TW", "nghị quyết", None, None)),
        (
            "Chỉ thị 05-CT/TU, ngày 01-3-2024 của Ban Thường vụ Tỉnh ủy",
            ("05-CT/TU", "chỉ thị", "Ban Thường vụ Tỉnh ủy", "2024-03-01"),
        ),
        (
            "Thông tư số 01/2023/TT-VPCP của Văn phòng Chính phủ",
            ("01/2023/TT-VPCP", "thông tư", "Văn phòng Chính phủ", None),
        ),
        (
            "Công văn số 1187/UBND-NV ngày 30/12/2022 của UBND huyện",
            ("1187/UBND-NV", "công văn", "UBND huyện", "2022-12-30"),
        ),
        (
            "theo quy định của Bộ Nội vụ tại văn bản 77/BC-BNV",
            ("77/BC-BNV", "báo cáo", "Bộ Nội vụ", None),
        ),
        ("Quyết định số 9/QĐ-UBND ngày 31/02/2024", ("9/QĐ-UBND", "quyết định", None, None)),
        ("Văn bản số 15/ABC-XYZ", ("15/ABC-XYZ", None, None, None)),
        ("theo TCVN ISO 9001:2015", ("TCVN ISO 9001:2015", "tiêu chuẩn", None, None)),
    ],
)
def test_one_reference(text: str, found: tuple[str, ...]) -> None:
    (got,) = references([block(text)])
    assert (got.number, got.kind, got.issuer, got.date and got.date.isoformat()) == found


def test_a_document_named_twice_is_one() -> None:
    (got,) = references(
        [block("Quyết định số 12/QĐ-UBND"), block("Số 12/QĐ-UBND ngày 05/02/2024 của UBND xã Đồi")]
    )
    assert (got.issuer, got.span[0]) == ("UBND xã Đồi", 14)


def test_a_number_takes_nothing_from_the_next_document() -> None:
    text = "Kế hoạch số 1/KH-UBND, Quyết định số 2/QĐ-UBND ngày 05/02/2024 của UBND tỉnh"
    first, second = references([block(text)])
    assert (first.date, first.issuer) == (None, None)
    assert second.issuer == "UBND tỉnh"


@pytest.mark.parametrize("text", ["ngày 30/6/2024", "đạt 92/100 điểm", "2021 - 2025", "28/28 xã"])
def test_numbers_that_are_no_documents(text: str) -> None:
    assert references([block(text)]) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Theo Thông tư của Bộ Nội vụ hướng dẫn vị trí việc làm", 1),
        ("Theo các Thông tư của Bộ Nội vụ hướng dẫn", 0),
        ("quy định tại các Luật, Nghị định của Chính phủ và các bộ, ngành", 0),
        ("Nghị định của Chính phủ số 61/2018/NĐ-CP về một cửa", 0),
    ],
)
def test_documents_without_a_number(text: str, count: int) -> None:
    assert len(unnumbered(block(text))) == count
