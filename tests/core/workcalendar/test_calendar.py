# ruff: noqa: DTZ001 - naive local moments are what is tested here
from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.core.workcalendar import (
    DayKind,
    ExceptionalDay,
    OfficeHours,
    OutsideCalendar,
    WorkCalendar,
    national_calendar,
)
from motcua.core.workcalendar.calendar import VIETNAM

from . import reference

CALENDAR = national_calendar()


def at(text: str) -> datetime:
    """A local moment: "26/4 16:00" of 2024."""
    return datetime.strptime(f"2024/{text}", "%Y/%d/%m %H:%M")  # noqa: DTZ007 - naive on purpose


# --- against the slow reference -------------------------------------------------------------------

HOURS = st.sampled_from(
    [
        OfficeHours.usual(),
        OfficeHours.usual(saturday="07:00-11:30"),
        OfficeHours.usual(day="07:30-11:30 13:00-17:00"),
        OfficeHours.usual(day="08:00-10:00 10:00-12:00 13:15-14:00"),
    ]
)
EXCEPTIONS = st.dictionaries(
    st.dates(date(2024, 4, 1), date(2024, 6, 30)), st.sampled_from(DayKind), max_size=25
)
MOMENTS = st.datetimes(datetime(2024, 4, 20), datetime(2024, 5, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)


@st.composite
def calendars(draw):
    summer = draw(HOURS)
    hours = [draw(HOURS), OfficeHours(date(2024, 5, 6), summer.week)]
    days = {day: ExceptionalDay(day, kind) for day, kind in draw(EXCEPTIONS).items()}
    return WorkCalendar(2024, 2024, hours=hours, days=days)


@settings(max_examples=60, deadline=None)
@given(calendars(), MOMENTS, st.integers(0, 3000))
def test_adding_is_walking_minute_by_minute(calendar, start, minutes):
    assert calendar.add(start, minutes).at == reference.add(calendar, start, minutes)


@settings(max_examples=60, deadline=None)
@given(calendars(), MOMENTS, st.integers(0, 3000))
def test_subtracting_is_walking_back(calendar, end, minutes):
    assert calendar.subtract(end, minutes).at == reference.subtract(calendar, end, minutes)


@settings(max_examples=60, deadline=None)
@given(calendars(), MOMENTS, MOMENTS)
def test_between_counts_the_minutes(calendar, first, last):
    assert calendar.between(first, last) == (
        reference.between(calendar, first, last) - reference.between(calendar, last, first)
    )


@given(
    st.datetimes(datetime(2014, 1, 2), datetime(2029, 12, 31)),
    st.integers(0, 50_000),
    st.integers(1, 50_000),
)
def test_the_three_operations_agree_over_all_years(start, one, other):
    start = start.replace(second=0, microsecond=0)
    end = CALENDAR.add(start, one + other).at
    assert CALENDAR.between(start, end) == one + other
    assert CALENDAR.add(CALENDAR.add(start, one).at, other).at == end
    begin = CALENDAR.subtract(end, one + other).at
    assert CALENDAR.between(begin, end) == one + other
    assert begin >= start


# --- examples that a clerk can check --------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("25/4 09:00", 60, "25/4 10:00"),
        ("25/4 11:00", 60, "25/4 14:00"),  # through lunch
        ("25/4 12:00", 30, "25/4 14:00"),  # brought in the lunch break
        ("25/4 05:00", 30, "25/4 07:30"),  # before opening
        ("25/4 16:00", 120, "26/4 08:00"),  # over the night
        ("25/4 16:00", 60, "25/4 17:00"),  # used up at closing
        ("26/4 17:30", 30, "2/5 07:30"),  # the swapped week-end of 30 April 2024
        ("26/4 16:00", 3 * 480, "4/5 16:00"),  # the Saturday that makes up for it counts
        ("27/4 10:00", 0, "2/5 07:00"),
        ("25/4 17:00", 0, "26/4 07:00"),
        ("25/4 11:30", 0, "25/4 13:30"),
    ],
)
def test_add(start, minutes, end):
    assert CALENDAR.add(at(start), minutes).at == at(end)


@pytest.mark.parametrize(
    ("end", "minutes", "start"),
    [
        ("26/4 08:00", 120, "25/4 16:00"),
        ("25/4 14:00", 60, "25/4 11:00"),
        ("25/4 14:00", 30, "25/4 13:30"),  # the latest moment: after lunch, not before
        ("2/5 07:30", 30, "2/5 07:00"),
        ("28/4 10:00", 0, "26/4 17:00"),
        ("25/4 09:00", 0, "25/4 09:00"),
        ("25/4 12:00", 0, "25/4 11:30"),
    ],
)
def test_subtract(end, minutes, start):
    assert CALENDAR.subtract(at(end), minutes).at == at(start)


def test_days_are_full_working_days_of_minutes():
    assert CALENDAR.add(at("25/4 09:15"), days=2).at == at("2/5 09:15")
    assert CALENDAR.add(at("25/4 09:15"), 30, days=2).at == at("2/5 09:45")
    assert CALENDAR.day_minutes(date(2024, 4, 27)) == 480


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("25/4 09:00", 1, "26/4 17:00"),
        ("25/4 18:00", 2, "2/5 17:00"),
        ("27/4 09:00", 1, "2/5 17:00"),  # from a day off
        ("25/4 09:00", 0, "25/4 17:00"),
        ("27/4 09:00", 0, "2/5 17:00"),
    ],
)
def test_whole_working_days_run_to_closing(start, days, end):
    assert CALENDAR.add_working_days(at(start), days).at == at(end)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("24/4 09:00", 1, "25/4 17:00"),
        ("24/4 09:00", 3, "2/5 17:00"),  # ends on a Saturday
        ("20/4 09:00", 10, "2/5 17:00"),  # ends on a holiday
    ],
)
def test_calendar_days_that_end_on_a_day_off_move_on(start, days, end):
    assert CALENDAR.add_calendar_days(at(start), days).at == at(end)


@pytest.mark.parametrize(
    ("brought", "counts_as"),
    [
        ("25/4 14:59", "25/4 14:59"),
        ("25/4 15:00", "25/4 15:00"),
        ("25/4 15:01", "26/4 07:00"),
        ("26/4 16:30", "2/5 07:00"),
        ("27/4 16:30", "2/5 07:00"),
        ("25/4 06:00", "25/4 07:00"),
    ],
)
def test_papers_after_fifteen_hours_count_as_of_the_next_working_day(brought, counts_as):
    assert CALENDAR.taken_as_of(at(brought)) == at(counts_as)


def test_the_hour_of_the_same_day_rule_is_a_parameter():
    assert CALENDAR.taken_as_of(at("25/4 15:01"), until=time(16, 0)) == at("25/4 15:01")


# --- days -----------------------------------------------------------------------------------------


def test_working_days():
    assert CALENDAR.working_days(date(2024, 4, 26), date(2024, 5, 4)) == 4
    assert CALENDAR.working_days(date(2024, 4, 29), date(2024, 5, 1)) == 0
    assert CALENDAR.next_working_day(date(2024, 4, 27)) == date(2024, 5, 2)
    assert CALENDAR.next_working_day(date(2024, 5, 4)) == date(2024, 5, 4)
    assert CALENDAR.previous_working_day(date(2024, 5, 1)) == date(2024, 4, 26)
    assert CALENDAR.previous_working_day(date(2024, 5, 4)) == date(2024, 5, 4)


def test_hours_that_change_in_summer():
    calendar = WorkCalendar(
        2024,
        2024,
        hours=[
            OfficeHours.usual(date(2024, 5, 6), day="06:30-11:00 13:30-17:00"),
            OfficeHours.usual(date(2024, 1, 8)),
        ],
    )
    assert calendar.next_working_moment(at("3/5 05:00")) == at("3/5 07:00")
    assert calendar.next_working_moment(at("6/5 05:00")) == at("6/5 06:30")
    assert calendar.is_working_day(date(2024, 1, 2))  # before the first hours: those hours


def test_half_days_count_in_part():
    days = {
        day.day: day
        for day in (
            ExceptionalDay(date(2024, 5, 13), DayKind.HALF, "Họp dân"),
            ExceptionalDay.from_row(
                {"date": "2024-05-14", "kind": "half", "name": "", "hours": "13:30-17:00"}
            ),
        )
    }
    calendar = WorkCalendar(2024, 2024, days=days)
    assert calendar.add(at("13/5 07:00"), 480).at == at("14/5 17:00")
    notes = calendar.add(at("13/5 07:00"), 480).explain()
    assert [(note.name, note.minutes, note.counts) for note in notes] == [
        ("Họp dân", 270, True),
        ("Thứ Ba", 210, True),
    ]


# --- the moment's zone, and the calendar's ends ---------------------------------------------------


def test_aware_moments_are_answered_in_the_calendars_zone():
    nine = datetime(2024, 4, 25, 2, 0, tzinfo=UTC)  # 09:00 in Ha Noi
    end = CALENDAR.add(nine, 60).at
    assert end == datetime(2024, 4, 25, 10, 0, tzinfo=VIETNAM)
    assert end.tzinfo is VIETNAM
    assert CALENDAR.between(nine, end) == 60
    assert CALENDAR.add(nine.astimezone(VIETNAM), 60).at == end


def test_seconds_are_cut_off():
    assert CALENDAR.add(at("25/4 09:00") + timedelta(seconds=59), 1).at == at("25/4 09:01")


@pytest.mark.parametrize(
    "beyond",
    [
        lambda: CALENDAR.add(datetime(2030, 12, 31, 16, 0), 120),
        lambda: CALENDAR.add(datetime(2031, 1, 1), 1),
        lambda: CALENDAR.add(datetime(2030, 12, 31, 18, 0)),
        lambda: CALENDAR.add_working_days(datetime(2030, 12, 31, 9, 0), 1),
        lambda: CALENDAR.add_calendar_days(datetime(2030, 12, 31, 9, 0), 1),
        lambda: CALENDAR.subtract(datetime(2014, 1, 2, 9, 0), 9999),
        lambda: CALENDAR.subtract(datetime(2014, 1, 1, 9, 0), 0),
        lambda: CALENDAR.subtract(datetime(2014, 1, 2, 6, 0), 0),
        lambda: CALENDAR.previous_working_day(date(2014, 1, 1)),
        lambda: CALENDAR.is_working_day(date(2013, 12, 31)),
    ],
)
def test_beyond_its_years_the_calendar_refuses(beyond):
    with pytest.raises(OutsideCalendar, match="từ năm 2014 đến năm 2030"):
        beyond()


@pytest.mark.parametrize("method", [CALENDAR.add, CALENDAR.subtract])
def test_negative_lengths_are_a_mistake_of_the_program(method):
    with pytest.raises(ValueError, match="use "):
        method(at("25/4 09:00"), -1)
