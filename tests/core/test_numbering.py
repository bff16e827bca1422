from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.numbering import NotADocumentNumber, NumberPattern

REPORT = NumberPattern("{n:02}/BC-UBND")
YEARLY = NumberPattern("{n:02}/{year}/QĐ-UBND")


@pytest.mark.parametrize(
    ("n", "text"), [(1, "01/BC-UBND"), (12, "12/BC-UBND"), (123, "123/BC-UBND")]
)
def test_format(n, text):
    assert REPORT.format(n) == text


def test_with_the_year():
    assert YEARLY.format(7, 2024) == "07/2024/QĐ-UBND"
    assert YEARLY.blank(2024) == "      /2024/QĐ-UBND"
    assert YEARLY.parse("7/2023/QĐ-UBND") == 7


def test_a_draft_leaves_room():
    assert REPORT.blank() == "      /BC-UBND"


@pytest.mark.parametrize("text", ["05/BC-UBND", "5/BC-UBND", " 005 / BC-UBND "])
def test_parse(text):
    assert REPORT.parse(text) == 5


@pytest.mark.parametrize("text", ["", "05/KH-UBND", "00/BC-UBND", "a/BC-UBND", "5/BC-UBNDX"])
def test_parse_refuses(text):
    with pytest.raises(NotADocumentNumber, match="01/BC-UBND"):
        REPORT.parse(text)


@given(st.integers(1, 99_999))
def test_numbers_are_read_as_they_are_written(n):
    assert REPORT.parse(REPORT.format(n)) == n


@pytest.mark.parametrize("pattern", ["BC-UBND", "{n}{n}", "{n}/{unit}"])
def test_a_pattern_has_the_number_once(pattern):
    with pytest.raises(ValueError, match="a pattern has"):
        NumberPattern(pattern)


def test_numbers_begin_at_one():
    with pytest.raises(ValueError, match="begin at 1"):
        REPORT.format(0)
