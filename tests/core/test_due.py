from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.due import DueKind, parse_due, periods_of
from motcua.core.periods import PeriodKind

ENDS_OF_QUARTERS = ["31/3", "30/6", "30/9", "31/12"]


def days(phrase, year=2024):
    understood = parse_due(phrase)
    assert understood is not None, phrase
    return [
        f"{d.day}/{d.month}" + ("" if d.year == year else f"/{d.year}")
        for d in understood.dates(year)
    ]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("hàng quý", ENDS_OF_QUARTERS),
        ("Hằng quý, 6 tháng, 9 tháng và cả năm", ENDS_OF_QUARTERS),
        ("định kỳ hàng quý, 3 tháng, 6 tháng, 9 tháng, cả năm hoặc đột xuất", ENDS_OF_QUARTERS),
        ("định kỳ 6 tháng", ["30/6", "31/12"]),
        ("6 tháng/lần", ["30/6", "31/12"]),
        ("02 lần/năm", ["30/6", "31/12"]),
        ("5 lần/năm", ["31/12"]),
        ("01 lần/quý", ENDS_OF_QUARTERS),
        ("hằng năm", ["31/12"]),
        ("Hằng quý năm 2025", [f"{day}/2025" for day in ENDS_OF_QUARTERS]),
        ("2 lần/năm 2025", ["30/6/2025", "31/12/2025"]),
        ("mỗi quý, năm", ENDS_OF_QUARTERS),
        ("ngày 20 tháng cuối quý", ["20/3", "20/6", "20/9", "20/12"]),
        ("Trước ngày 15/12 hằng năm", ["14/12"]),
    ],
)
def test_recurring(phrase, expected):
    assert days(phrase) == expected
    assert parse_due(phrase).kind is DueKind.RECURRING


def test_a_day_of_every_month():
    assert days("trước ngày 15 hằng tháng")[:2] == ["14/1", "14/2"]
    assert days("ngày 31 hàng tháng")[:2] == ["31/1", "29/2"]
    assert len(days("hằng tháng")) == 12
    assert days("hàng tuần")[0] == "7/1"


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("quý II/2024", ["30/6"]),
        ("Quý 2 năm 2025", ["30/6/2025"]),
        ("quý I, quý III năm 2024", ["31/3", "30/9"]),
        ("Quý III và IV", ["30/9", "31/12"]),
        ("quý II - quý III/2024", ["30/9"]),
        ("tháng 3/2024", ["31/3"]),
        ("T6/2024", ["30/6"]),
        ("3/2024", ["31/3"]),
        ("tháng 3, 6, 9 và 12", ENDS_OF_QUARTERS),
        ("Tháng 01-02/2024", ["29/2"]),
        ("trước tháng 6/2024", ["31/5"]),
        ("trong năm", ["31/12"]),
        ("Cuối năm 2024", ["31/12"]),
        ("Năm 2025", ["31/12/2025"]),
        ("2025", ["31/12/2025"]),
        ("giai đoạn 2021 - 2025", ["31/12/2025"]),
        ("6 tháng, 9 tháng và năm", ["30/6", "30/9", "31/12"]),
        ("6 tháng đầu năm", ["30/6"]),
        ("6 tháng cuối năm 2024", ["31/12"]),
        ("đầu năm", ["31/3"]),
    ],
)
def test_named_periods(phrase, expected):
    assert days(phrase) == expected
    assert parse_due(phrase).kind is DueKind.PERIOD


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("trước ngày 30/6/2024", ["29/6"]),
        ("Hoàn thành trước 01/7", ["30/6"]),
        ("chậm nhất ngày 15 tháng 12 năm 2024", ["15/12"]),
        ("đến ngày 30.11.2025", ["30/11/2025"]),
        ("30/6", ["30/6"]),
        ("31/02", ["29/2"]),
        ("6 tháng: trước 10/6; năm: trước 10/12/2024", ["9/6", "9/12"]),
    ],
)
def test_single_days(phrase, expected):
    assert days(phrase) == expected
    assert parse_due(phrase).kind is DueKind.DATE


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("Thường xuyên", DueKind.CONTINUOUS),
        ("Thường xuyên trong năm", DueKind.CONTINUOUS),
        ("Hàng ngày", DueKind.CONTINUOUS),
        ("Khi có yêu cầu", DueKind.ON_DEMAND),
        ("đột xuất", DueKind.ON_DEMAND),
        ("theo quy định", DueKind.ON_DEMAND),
    ],
)
def test_without_a_day(phrase, kind):
    assert parse_due(phrase).kind is kind
    assert parse_due(phrase).dates(2024) == ()


@pytest.mark.parametrize("phrase", ["", "nhanh chóng", "98% trở lên", "45/13", "10 ngày"])
def test_not_understood(phrase):
    assert parse_due(phrase) is None


@pytest.mark.parametrize(
    ("phrase", "first"),
    [
        ("từ tháng 3 đến hết tháng 6/2024", date(2024, 3, 1)),
        ("từ quý IV/2023 đến quý I/2024", date(2023, 10, 1)),
        ("2021 - 2025", date(2021, 1, 1)),
        ("quý II", date(2024, 4, 1)),
        ("trước quý II", date(2024, 1, 1)),
        ("trước ngày 30/6/2025", date(2024, 1, 1)),
        ("trước ngày 30/6/2023", date(2023, 1, 1)),
        ("hằng quý năm 2025", date(2025, 1, 1)),
        ("hằng quý", date(2024, 1, 1)),
    ],
)
def test_when_the_work_begins(phrase, first):
    assert parse_due(phrase).begins(2024) == first


def test_the_source_text_is_kept():
    assert parse_due("  Trong  quý II ").text == "Trong quý II"


def test_periods_of_a_year_end_in_it():
    weeks = periods_of(PeriodKind.WEEK, 2023)
    assert weeks[0].end == date(2023, 1, 1)
    assert weeks[-1].end == date(2023, 12, 31)
    assert periods_of(PeriodKind.WEEK, 2024)[0].start == date(2024, 1, 1)


@given(st.text(alphabet="quýthángnăm ngàytrướchàng/-.,0123456789IVXđếnừ", max_size=30))
def test_no_phrase_breaks_the_reader(phrase):
    understood = parse_due(phrase)
    if understood is not None:
        found = understood.dates(2024)
        assert list(found) == sorted(set(found))
        understood.begins(2024)
