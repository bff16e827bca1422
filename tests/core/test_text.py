from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core import text

WORDS = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếềểễệởựĐÂ 0123", max_size=12)


def test_nfc_composes_what_a_pdf_decomposed():
    assert text.nfc(unicodedata.normalize("NFD", "Kế hoạch")) == "Kế hoạch"


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đường Nguyễn Đình Chiểu", "duong nguyen dinh chieu"),
        (unicodedata.normalize("NFD", "Hoằng Đông"), "hoang dong"),
        ("ABC 12", "abc 12"),
        ("Ⅱ", "ⅱ"),
    ],
)
def test_fold(written, folded):
    assert text.fold(written) == folded


@given(WORDS)
def test_fold_is_idempotent_and_blind_to_composition_and_case(words):
    folded = text.fold(words)
    assert folded.isascii()
    assert text.fold(folded) == folded
    assert text.fold(unicodedata.normalize("NFD", words.upper())) == folded


def test_squeeze_joins_lines():
    assert text.squeeze("  Kế \n\n hoạch\t2024 ") == "Kế hoạch 2024"


@pytest.mark.parametrize(
    "ordered",
    [
        ["ba", "bà", "bả", "bã", "bá", "bạ", "ban"],
        ["an", "ăn", "âm", "ba"],
        ["da", "Đa", "đi", "em", "ếch"],
        ["o", "ô", "ơ", "u", "ư", "vì"],
        ["Thôn 2", "Thôn 02A", "thôn 10", "Thôn Đông"],
        ["Hoằng Cát", "Hoằng Đông", "Hoằng Đồng", "Hoằng Hà"],
        ["ba sa", "bà an"],
        ["z", "ω"],
        ["xa", "xö", "xu"],
    ],
)
def test_dictionary_order(ordered):
    assert sorted(set(ordered), key=text.sort_key) == ordered


@given(WORDS, WORDS)
def test_sort_key_depends_on_letters_not_on_case_or_composition(a, b):
    assert text.sort_key(a.upper()) == text.sort_key(unicodedata.normalize("NFD", a))
    assert (text.sort_key(a) < text.sort_key(b)) == (text.sort_key(a.upper()) < text.sort_key(b))


def test_people_are_ordered_by_given_name():
    people = ["Nguyễn Văn Bình", "Lê Thị An", "Đỗ Văn Bình", "Nguyễn An Bình"]
    expected = ["Lê Thị An", "Đỗ Văn Bình", "Nguyễn An Bình", "Nguyễn Văn Bình"]
    assert sorted(people, key=text.name_sort_key) == expected


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Nguyễn Văn Đạt", "NĐ"), ("ánh", "Á"), ("Lê  Hà", "LH"), ("", "")],
)
def test_initials(name, letters):
    assert text.initials(name) == letters


def test_slug():
    assert text.slug(" Quý I: Đường/Thọ ") == "quy-i-duong-tho"


@pytest.mark.parametrize(
    ("a", "b", "limit", "distance"),
    [
        ("", "", 0, 0),
        ("hoach", "hoahc", 1, 1),
        ("hoach", "hoch", 1, 1),
        ("hoach", "hoacch", 1, 1),
        ("hoach", "huach", 1, 1),
        ("abcd", "wxyz", 2, None),
        ("a", "abcd", 2, None),
        ("abc", "cba", 1, None),
    ],
)
def test_edit_distance(a, b, limit, distance):
    assert text.edit_distance(a, b, limit) == distance


@given(WORDS, WORDS)
def test_edit_distance_is_symmetric_and_zero_only_for_equals(a, b):
    assert text.edit_distance(a, b, 20) == text.edit_distance(b, a, 20)
    assert (text.edit_distance(a, b, 20) == 0) == (a == b)


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        ("giải quyêt", "Giải quyết", True),
        ("Tư pháp- Hộ Tịch", "Tư pháp – Hộ tịch", True),
        ("trách nhiệm tổ chức thực hiện", "trach nhiem to chuc thưc hien", True),
        ("kinh phi", "kinh phii", True),
        ("thu", "thi", False),
        ("mục đích", "mục tiêu", False),
        ("yêu cầu", "nhu cầu", False),
    ],
)
def test_similar_forgives_a_slip_and_no_more(a, b, alike):
    assert text.similar(a, b) is alike


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (0, None, "0"),
        (1234567, None, "1.234.567"),
        (-1234.5, None, "-1.234,5"),
        (0.1 + 0.2, None, "0,3"),
        (Decimal("98.50"), None, "98,5"),
        (Decimal("1E+3"), None, "1.000"),
        (2.675, 2, "2,68"),
        (7, 1, "7,0"),
        (-0.001, 2, "0,00"),
    ],
)
def test_number(value, decimals, written):
    assert text.number(value, decimals) == written


def test_percent_and_money():
    assert text.percent(98) == "98%"
    assert text.percent(98.456) == "98,46%"
    assert text.percent(98.456, 1) == "98,5%"
    assert text.money(1_500_000) == "1.500.000 đồng"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1.234,5", "1234.5"),
        ("1.500", "1500"),
        ("1 500 000 đồng", "1500000"),
        ("98,5%", "98.5"),
        ("98.5", "98.5"),
        ("-12", "-12"),
        ("−1,25", "-1.25"),
        ("+3", "3"),
    ],
)
def test_parse_number(typed, value):
    assert text.parse_number(typed) == Decimal(value)


@pytest.mark.parametrize("typed", ["", "một", "1,2,3", "1.23.4", "1.234.5", "%"])
def test_parse_number_refuses(typed):
    with pytest.raises(text.NotANumber, match="không phải là số"):
        text.parse_number(typed)


@given(st.decimals(-(10**12), 10**12, places=3))
def test_numbers_are_read_as_they_are_written(value):
    assert text.parse_number(text.number(value, 3)) == value


@pytest.mark.parametrize(
    ("day", "short", "long"),
    [
        (date(2024, 2, 5), "05/02/2024", "ngày 05 tháng 02 năm 2024"),
        (date(2024, 3, 10), "10/03/2024", "ngày 10 tháng 3 năm 2024"),
        (date(2025, 12, 31), "31/12/2025", "ngày 31 tháng 12 năm 2025"),
    ],
)
def test_dates_as_officials_write_them(day, short, long):
    assert text.date_short(day) == short
    assert text.date_long(day) == long


@pytest.mark.parametrize(
    "typed",
    ["5/2/2024", "05-02-2024", "5.2.24", "05022024", "2024-02-05", "5 / 2 / 2024",
     "Ngày 05 tháng 02 năm 2024", "5 tháng 2 năm 2024"],
)  # fmt: skip
def test_parse_date(typed):
    assert text.parse_date(typed) == date(2024, 2, 5)


@pytest.mark.parametrize("typed", ["", "hôm nay", "30/02/2024", "2024", "13/13/2024", "5/2"])
def test_parse_date_refuses(typed):
    with pytest.raises(text.NotADate, match="không phải là ngày"):
        text.parse_date(typed)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_dates_are_read_as_they_are_written(day):
    assert text.parse_date(text.date_short(day)) == day
    assert text.parse_date(text.date_long(day)) == day
    assert text.parse_date(day.isoformat()) == day
