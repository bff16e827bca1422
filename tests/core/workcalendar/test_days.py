from __future__ import annotations

import pytest

from motcua.core.workcalendar import OfficeHours, Session
from motcua.core.workcalendar.days import minutes_of, parse_sessions


def test_sessions_are_read_as_they_are_written():
    assert parse_sessions("07:00-11:30 13:30-17:00") == (Session(420, 690), Session(810, 1020))
    assert parse_sessions("") == ()


@pytest.mark.parametrize("text", ["11:30-07:00", "07:00-07:00", "07:00-25:00", "07:00-24:00"])
def test_a_session_ends_after_it_starts_and_before_midnight(text):
    with pytest.raises(ValueError, match="must end after it starts"):
        parse_sessions(text)


def test_sessions_do_not_overlap():
    with pytest.raises(ValueError, match="follow each other"):
        parse_sessions("07:00-11:30 11:00-17:00")


def test_usual_hours_are_eight_a_day():
    hours = OfficeHours.usual(saturday="07:00-11:00")
    assert [minutes_of(day) for day in hours.week] == [480] * 5 + [240, 0]
    assert minutes_of(hours.full_day) == 480
