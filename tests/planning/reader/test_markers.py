"""Numbering styles at the beginning of a line."""

from __future__ import annotations

import pytest

from motcua.planning.reader.markers import Style, count_of, marker_of


@pytest.mark.parametrize(
    ("line", "style", "label", "rest"),
    [
        ("I. MỤC ĐÍCH", Style.ROMAN, "I", "MỤC ĐÍCH"),
        ("IV/ Tổ chức", Style.ROMAN, "IV", "Tổ chức"),
        ("II.NHIỆM VỤ", Style.ROMAN, "II", "NHIỆM VỤ"),
        ("A. Mục tiêu", Style.UPPER, "A", "Mục tiêu"),
        ("Phần B: Mục tiêu", Style.PART, "B", "Mục tiêu"),
        ("PHẦN THỨ HAI", Style.PART, "HAI", ""),
        ("Chương II NỘI DUNG", Style.PART, "II", "NỘI DUNG"),
        ("Điều 3. Nhiệm vụ", Style.ARTICLE, "3", "Nhiệm vụ"),
        ("Khoản 2. Chỉ tiêu", Style.DECIMAL, "2", "Chỉ tiêu"),
        ("Nhiệm vụ 1: Rà soát", Style.DECIMAL, "1", "Rà soát"),
        ("1. Mục đích", Style.DECIMAL, "1", "Mục đích"),
        ("3.Nhiệm vụ", Style.DECIMAL, "3", "Nhiệm vụ"),
        ("2/ Nội dung", Style.DECIMAL, "2", "Nội dung"),
        ("2.1. Thể chế", Style.DECIMAL2, "2.1", "Thể chế"),
        ("2.1 Thể chế", Style.DECIMAL2, "2.1", "Thể chế"),
        ("1.2.3. Rà soát", Style.DECIMAL3, "1.2.3", "Rà soát"),
        ("1.2.3.4 Rà soát", Style.DECIMAL4, "1.2.3.4", "Rà soát"),
        ("1- Mục đích", Style.DECIMAL, "1", "Mục đích"),
        ("1.1- Rà soát", Style.DECIMAL2, "1.1", "Rà soát"),
        ("I - Mục đích", Style.ROMAN, "I", "Mục đích"),
        ("1) Mục đích", Style.PAREN, "1", "Mục đích"),
        ("(2) Yêu cầu", Style.PAREN, "2", "Yêu cầu"),
        ("đ) Niêm yết", Style.LETTER, "đ", "Niêm yết"),
        ("a. Niêm yết", Style.LETTER, "a", "Niêm yết"),
        ("- Rà soát", Style.DASH, "", "Rà soát"),
        ("–Rà soát", Style.DASH, "", "Rà soát"),
        ("-100% hồ sơ", Style.DASH, "", "100% hồ sơ"),
        ("+ Rà soát", Style.PLUS, "", "Rà soát"),
        ("• Rà soát", Style.DOT, "", "Rà soát"),
        ("* Thể chế", Style.STAR, "", "Thể chế"),
    ],
)
def test_marker(line: str, style: Style, label: str, rest: str) -> None:
    marker = marker_of(line)
    assert marker is not None
    assert (marker.style, marker.label, line[marker.length :]) == (style, label, rest)


@pytest.mark.parametrize(
    "line",
    ["98% hồ sơ", "2024. giám sát", "15/12/2024", "01/NQ-CP", "-2025", "1.500.000 đồng",
     "Mục đích", "Phần mềm", "Điều 5 của Luật", "II/2024", "9001:2015", "Vận hành", "2.1"],
)  # fmt: skip
def test_no_marker(line: str) -> None:
    assert marker_of(line) is None


@pytest.mark.parametrize(
    ("label", "count"),
    [("IV", 4), ("IX", 9), ("b", 2), ("đ", 5), ("2.3", 3), ("nhất", 1), ("?", 0)],
)
def test_count(label: str, count: int) -> None:
    assert count_of(label) == count
