from __future__ import annotations

from datetime import date

import pytest

from motcua.core.workcalendar import from_holidays, national_calendar

CALENDAR = national_calendar()


@pytest.mark.parametrize(
    ("off", "made_up_on"),
    [
        ("2014-05-02", "2014-04-26"),
        ("2014-09-01", "2014-09-06"),
        ("2015-01-02", "2014-12-27"),
        ("2015-04-29", "2015-04-25"),
        ("2018-12-31", "2019-01-05"),
        ("2019-04-29", "2019-05-04"),
        ("2024-04-29", "2024-05-04"),
        ("2025-05-02", "2025-04-26"),
        ("2026-01-02", "2026-01-10"),  # known to the table only
        ("2026-08-31", "2026-08-22"),
    ],
)
def test_swapped_days(off, made_up_on):
    assert not CALENDAR.is_working_day(date.fromisoformat(off))
    assert CALENDAR.is_working_day(date.fromisoformat(made_up_on))


@pytest.mark.parametrize(
    ("year", "working_days"),
    # counted by hand: days, less week-ends, less holidays on weekdays, plus made-up days
    [(2022, 365 - 105 - 11), (2024, 366 - 104 - 12 + 1), (2025, 365 - 104 - 12 + 1)],
)
def test_working_days_of_a_year(year, working_days):
    assert CALENDAR.working_days(date(year, 1, 1), date(year, 12, 31)) == working_days


@pytest.mark.parametrize("year", range(2014, 2031))
def test_every_year_has_new_year_labour_day_and_tet(year):
    for day in (date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2)):
        assert not CALENDAR.is_working_day(day)
    tet = [day for day, entry in CALENDAR.days.items() if day.year == year and "Tết" in entry.name]
    assert len(tet) >= 6  # 1 January and five days


def test_the_table_has_the_last_word():
    rows = [
        {"date": "2027-02-03", "kind": "public", "name": "28 Tết (theo thông báo)"},
        {"date": "2027-02-10", "kind": "work", "name": ""},
        {"date": "2027-07-15", "kind": "closed", "name": "Bão"},
    ]
    calendar = from_holidays([2027], rows)
    assert not calendar.is_working_day(date(2027, 2, 3))
    assert calendar.is_working_day(date(2027, 2, 10))
    assert not calendar.is_working_day(date(2027, 7, 15))
    assert not calendar.is_working_day(date(2027, 2, 9))  # computed, not in the table
