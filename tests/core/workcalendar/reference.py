"""The work calendar as slowly and plainly as possible: one minute after the other."""

from __future__ import annotations

from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)


def works(calendar, moment):
    """Is the minute that begins at ``moment`` worked?"""
    exception = calendar.days.get(moment.date())
    hours = [h for h in calendar.hours if h.valid_from <= moment.date()][-1]
    sessions = hours.week[moment.weekday()]
    if exception is not None:
        if exception.kind == "swap_work":
            sessions = max(hours.week, key=lambda day: sum(e - s for s, e in day))
        elif exception.kind == "half":
            sessions = exception.hours or sessions[:1]
        elif exception.kind != "work":
            sessions = ()
    minute = moment.hour * 60 + moment.minute
    return any(start <= minute < end for start, end in sessions)


def add(calendar, start: datetime, minutes: int) -> datetime:
    while not works(calendar, start):
        start += MINUTE
    while minutes:
        minutes -= works(calendar, start)
        start += MINUTE
    return start


def subtract(calendar, end: datetime, minutes: int) -> datetime:
    while not works(calendar, end - MINUTE):
        end -= MINUTE
    while minutes:
        end -= MINUTE
        minutes -= works(calendar, end)
    return end


def between(calendar, first: datetime, last: datetime) -> int:
    count = 0
    while first < last:
        count += works(calendar, first)
        first += MINUTE
    return count
