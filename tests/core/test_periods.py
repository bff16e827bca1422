from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.periods import (
    CutOff,
    CutOffs,
    NotAPeriod,
    Period,
    PeriodKind,
    month_day,
    national_cutoffs,
)

DATES = st.dates(date(2014, 1, 1), date(2030, 9, 30))
KINDS = st.sampled_from(PeriodKind)
RULE = CutOff(PeriodKind.QUARTER, date(2019, 3, 12), None, -1, 15, 0, 14, "NĐ 09/2019")


@pytest.mark.parametrize(
    ("code", "start", "end", "label"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "Năm 2024"),
        ("2024-M9", date(2024, 1, 1), date(2024, 9, 30), "9 tháng năm 2024"),
        ("2024-H1", date(2024, 1, 1), date(2024, 6, 30), "6 tháng đầu năm 2024"),
        ("2024-H2", date(2024, 7, 1), date(2024, 12, 31), "6 tháng cuối năm 2024"),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31), "Quý I năm 2024"),
        ("2024-Q4", date(2024, 10, 1), date(2024, 12, 31), "Quý IV năm 2024"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "Tháng 2 năm 2024"),
        ("2024-W01", date(2024, 1, 1), date(2024, 1, 7), "Tuần 1 năm 2024"),
        ("2024-03-05", date(2024, 3, 5), date(2024, 3, 5), "Ngày 05/03/2024"),
    ],
)
def test_codes(code, start, end, label):
    period = Period.parse(code)
    assert (period.start, period.end, period.label) == (start, end, label)
    assert period.code == str(period) == code
    assert period.phrase == label[0].lower() + label[1:]


@pytest.mark.parametrize(
    "code", ["", "Q1", "2024-Q5", "2024-H3", "2024-13", "2024-00", "2024-W54", "2024-02-30", "24"]
)
def test_what_is_no_period(code):
    with pytest.raises(NotAPeriod, match="không phải là kỳ báo cáo"):
        Period.parse(code)


@pytest.mark.parametrize(
    ("kind", "index"),
    [(PeriodKind.DAY, 366), (PeriodKind.DAY, 0), (PeriodKind.NINE_MONTHS, 2), (PeriodKind.YEAR, 2)],
)
def test_a_period_that_the_year_does_not_have(kind, index):
    with pytest.raises(NotAPeriod):
        Period(kind, 2023, index)


@given(KINDS, DATES)
def test_every_day_lies_in_one_period_of_a_kind(kind, on):
    if kind is PeriodKind.NINE_MONTHS:
        on = on.replace(month=min(on.month, 9), day=min(on.day, 28))
    period = Period.containing(kind, on)
    assert on in period
    assert Period.parse(period.code) == period
    days = list(period.days())
    assert (days[0], days[-1]) == (period.start, period.end)
    assert on not in period.next()
    assert period.next().previous() == period
    if kind is not PeriodKind.NINE_MONTHS:
        assert period.next().start == period.end + timedelta(days=1)


def test_no_nine_months_hold_october():
    with pytest.raises(NotAPeriod):
        Period.containing(PeriodKind.NINE_MONTHS, date(2024, 10, 1))


@pytest.mark.parametrize(
    ("code", "before", "twin"),
    [
        ("2024-Q1", "2023-Q4", "2023-Q1"),
        ("2024-H1", "2023-H2", "2023-H1"),
        ("2024-M9", "2023-M9", "2023-M9"),
        ("2024", "2023", "2023"),
        ("2024-02-29", "2024-02-28", "2023-02-28"),
        ("2021-W01", "2020-W53", "2020-W01"),
        ("2020-W53", "2020-W52", "2019-W52"),
    ],
)
def test_neighbours(code, before, twin):
    assert Period.parse(code).previous().code == before
    assert Period.parse(code).last_year().code == twin


def test_year_to_date():
    assert Period.parse("2024-Q3").year_to_date() == (date(2024, 1, 1), date(2024, 9, 30))


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        (2024, 0, 15, date(2023, 12, 15)),
        (2024, 13, 1, date(2025, 1, 1)),
        (2023, 2, 31, date(2023, 2, 28)),
        (2024, -11, 5, date(2023, 1, 5)),
    ],
)
def test_month_day(year, month, day, expected):
    assert month_day(year, month, day) == expected


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2024-Q1", date(2023, 12, 15), date(2024, 3, 14)),
        ("2024-Q2", date(2024, 3, 15), date(2024, 6, 14)),
        ("2018-Q1", date(2018, 1, 1), date(2018, 3, 31)),  # before the rule
        ("2024-H1", date(2024, 1, 1), date(2024, 6, 30)),  # no rule for halves here
    ],
)
def test_the_days_that_a_report_covers(code, first, last):
    assert CutOffs([RULE]).window(Period.parse(code)) == (first, last)


def test_the_younger_of_two_rules_holds():
    local = CutOff(PeriodKind.QUARTER, date(2024, 1, 1), date(2024, 12, 31), -1, 8, 0, 7, "QĐ tỉnh")
    cutoffs = CutOffs([local, RULE])
    assert cutoffs.window(Period.parse("2024-Q1")) == (date(2023, 12, 8), date(2024, 3, 7))
    assert cutoffs.rule(Period.parse("2025-Q1")) is RULE


def test_rules_are_read_from_rows():
    row = {
        "kind": "year", "valid_from": "2019-03-12", "valid_to": "2030-12-31", "start_shift": "-1",
        "start_day": "15", "end_shift": "0", "end_day": "14", "source": "NĐ 09/2019",
    }  # fmt: skip
    year = Period.parse("2024")
    assert CutOffs.from_rows([row]).window(year) == (date(2023, 12, 15), date(2024, 12, 14))
    assert CutOffs.from_rows([row | {"valid_to": ""}]).rule(Period.parse("2031")) is not None


def test_the_shipped_rules_cover_what_the_plan_reports():
    cutoffs = national_cutoffs()
    assert cutoffs.window(Period.parse("2024-H1")) == (date(2023, 12, 15), date(2024, 6, 14))
    assert cutoffs.window(Period.parse("2024-M9")) == (date(2023, 12, 15), date(2024, 9, 14))
    assert cutoffs.window(Period.parse("2024")) == (date(2023, 12, 15), date(2024, 12, 14))
