# ruff: noqa: DTZ001 - naive local moments are what is tested here
from __future__ import annotations

from datetime import date, datetime

import pytest

from motcua.core.workcalendar import (
    DayKind,
    DayNote,
    ExceptionalDay,
    Reason,
    WorkCalendar,
    national_calendar,
)

CALENDAR = national_calendar()


def test_a_deadline_names_the_days_that_did_not_count():
    deadline = CALENDAR.add(datetime(2024, 4, 26, 18, 0), days=4)
    assert deadline.at == datetime(2024, 5, 6, 17, 0)
    assert deadline.begins == datetime(2024, 5, 2, 7, 0)
    assert deadline.explain() == [
        DayNote(date(2024, 4, 27), Reason.WEEKEND, "Thứ Bảy", 0),
        DayNote(date(2024, 4, 28), Reason.WEEKEND, "Chủ nhật", 0),
        DayNote(date(2024, 4, 29), Reason.SWAP_OFF, "Ngày nghỉ (thay cho ngày 04/05/2024)", 0),
        DayNote(date(2024, 4, 30), Reason.PUBLIC, "Ngày Chiến thắng", 0),
        DayNote(date(2024, 5, 1), Reason.PUBLIC, "Ngày Quốc tế Lao động", 0),
        DayNote(date(2024, 5, 4), Reason.SWAP_WORK, "Làm bù (hoán đổi ngày làm việc)", 480),
        DayNote(date(2024, 5, 5), Reason.WEEKEND, "Chủ nhật", 0),
    ]


def test_the_way_back_is_explained_too():
    deadline = CALENDAR.subtract(datetime(2024, 1, 2, 8, 0), 120)
    assert deadline.at == datetime(2023, 12, 29, 16, 0)
    assert [note.date.day for note in deadline.explain()] == [30, 31, 1]


def test_what_is_explained_adds_up_to_the_calendar():
    first, last = date(2024, 1, 1), date(2024, 12, 31)
    off = [note for note in CALENDAR.notes(first, last) if not note.counts]
    assert len(off) == 366 - CALENDAR.working_days(first, last)


def test_a_day_that_the_clerk_took_back_needs_no_word():
    day = date(2024, 4, 18)
    calendar = WorkCalendar(2024, 2024, days={day: ExceptionalDay(day, DayKind.WORK)})
    assert calendar.is_working_day(day)
    assert calendar.notes(day, day) == []


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words(reason):
    assert reason.message


@pytest.mark.parametrize(
    ("now", "due", "words"),
    [
        ("25 09:00", "26 12:00", "còn 1 ngày 2 giờ"),
        ("25 09:00", "26 09:00", "còn 1 ngày"),
        ("25 09:00", "25 14:05", "còn 3 giờ 5 phút"),
        ("25 09:00", "25 11:00", "còn 2 giờ"),
        ("25 09:00", "25 09:20", "còn 20 phút"),
        ("25 09:00", "25 09:00", "đến hạn"),
        ("25 10:00", "24 09:00", "trễ 1 ngày 1 giờ"),
        ("25 09:00", "24 09:00", "trễ 1 ngày"),
        ("25 11:00", "25 09:00", "trễ 2 giờ"),
        ("25 14:05", "25 09:00", "trễ 3 giờ 5 phút"),
        ("25 09:05", "25 09:00", "trễ 5 phút"),
        ("27 09:00", "26 17:00", "vừa quá hạn"),
    ],
)
def test_time_left_in_the_clerks_words(now, due, words):
    moments = [datetime.strptime(f"2024-04-{t}", "%Y-%m-%d %H:%M") for t in (now, due)]  # noqa: DTZ007 # naive on purpose
    left = CALENDAR.left(*moments)
    assert left.sentence() == words
    assert left.late is (moments[0] > moments[1])


def test_time_left_is_translated_by_its_template():
    left = CALENDAR.left(datetime(2024, 4, 25, 9, 0), datetime(2024, 4, 26, 11, 0))
    assert left.message == "còn %(days)s ngày %(hours)s giờ"
    assert left.sentence("%(days)s d %(hours)s h left") == "1 d 2 h left"
