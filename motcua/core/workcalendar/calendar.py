"""The work calendar: minutes of work added to a moment, taken from it, counted between two.

All days of the calendar's years are laid out once as a running sum of working minutes. Adding is
then one addition and one binary search in that sum, so that a list of many thousand deadlines
costs no more than its page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import accumulate
from typing import ClassVar
from zoneinfo import ZoneInfo

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.workcalendar.days import (
    DayKind,
    ExceptionalDay,
    Minutes,
    OfficeHours,
    Sessions,
    minutes_of,
)
from motcua.core.workcalendar.explanation import WEEKDAYS, DayNote, Deadline, Reason
from motcua.core.workcalendar.left import TimeLeft

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

#: Papers that arrive later than this are taken as of the next working day (Decree 61/2018/ND-CP,
#: art. 18; Decree 23/2015/ND-CP, art. 7). A default: the rule of the procedure decides.
SAME_DAY_UNTIL = time(15, 0)

_CLOCK = [time(hour, minute) for hour in range(24) for minute in range(60)]


class OutsideCalendar(Refused):
    """The calendar does not reach that far."""

    code = "outside_calendar"
    message = _("Lịch làm việc chỉ có từ năm %(first)s đến năm %(last)s.")
    status: ClassVar[int] = 422


class WorkCalendar:
    """Working time of one office from ``first_year`` to ``last_year``.

    ``hours`` are the office hours by date, ``days`` the exceptional days. Moments may be naive
    (local time) or aware (any zone); results are of the same sort, aware ones in the calendar's
    zone. Seconds are cut off: the clock of an office has no finer hand than the minute. All
    methods raise ``OutsideCalendar`` beyond the years.
    """

    def __init__(
        self,
        first_year: int,
        last_year: int,
        *,
        hours: Iterable[OfficeHours] = (OfficeHours.usual(),),
        days: Mapping[date, ExceptionalDay] | None = None,
        zone: tzinfo = VIETNAM,
    ) -> None:
        self.first_year, self.last_year, self.zone = first_year, last_year, zone
        self.hours = tuple(sorted(hours, key=lambda office: office.valid_from))
        self.days = dict(days or {})
        self._origin = date(first_year, 1, 1).toordinal()
        length = date(last_year, 12, 31).toordinal() - self._origin + 1
        self._dates = [date.fromordinal(self._origin + index) for index in range(length)]
        self._sessions = [self._sessions_on(day) for day in self._dates]
        # _sum[i]: working minutes before day i; _rank[i]: working days before day i
        self._sum = list(accumulate(map(minutes_of, self._sessions), initial=0))
        self._rank = list(accumulate((1 if s else 0 for s in self._sessions), initial=0))

    # --- days -------------------------------------------------------------------------------------

    def office_hours(self, on: date) -> OfficeHours:
        """The hours in force on a day; before the first, the first."""
        fitting = [office for office in self.hours if office.valid_from <= on]
        return fitting[-1] if fitting else self.hours[0]

    def _sessions_on(self, day: date) -> Sessions:
        hours = self.office_hours(day)
        weekday = hours.week[day.weekday()]
        exception = self.days.get(day)
        return weekday if exception is None else exception.sessions(weekday, hours)

    def sessions(self, on: date) -> Sessions:
        """The stretches of work of a day; none on a day off."""
        return self._sessions[self._index(on)]

    def is_working_day(self, on: date) -> bool:
        """Is any of the day worked?"""
        return bool(self.sessions(on))

    def next_working_day(self, on: date) -> date:
        """The day itself if it is worked, else the first one after it that is."""
        index = self._index(on)
        return self._date(bisect_right(self._rank, self._rank[index]) - 1)

    def previous_working_day(self, on: date) -> date:
        """The day itself if it is worked, else the last one before it that is."""
        index = self._index(on)
        return self._date(bisect_left(self._rank, self._rank[index + 1]) - 1)

    def working_days(self, first: date, last: date) -> int:
        """How many working days lie from ``first`` to ``last``, both counted."""
        return self._rank[self._index(last) + 1] - self._rank[self._index(first)]

    def day_minutes(self, on: date) -> Minutes:
        """How long a full working day is under the hours of that day (usually 480)."""
        return minutes_of(self.office_hours(on).full_day)

    # --- moments ----------------------------------------------------------------------------------

    def add(self, start: datetime, minutes: Minutes = 0, *, days: int = 0) -> Deadline:
        """``minutes`` of working time after ``start``, plus ``days`` full working days of minutes.

        Time limits kept in hours run like this: through the lunch break, over the end of the day.
        A span that is used up at closing time ends then, not on the next morning. Nothing added:
        the next working moment. Negative lengths are a programming error.
        """
        local = self._local(start)
        if days:
            minutes += days * self.day_minutes(local.date())
        if minutes < 0:
            raise ValueError("use subtract() to go back in time")
        if minutes == 0:
            return Deadline(self.next_working_moment(local), local, self)
        target = self._worked(local) + minutes
        index = bisect_left(self._sum, target) - 1
        if index >= len(self._sessions):
            raise self._outside()
        minute = target - self._sum[index]  # of this day's work
        resumes = 0
        for opens, closes in self._sessions[index]:  # pragma: no branch - one session holds it
            minute += opens - resumes  # of the day: what is not worked is stepped over
            if minute <= closes:
                break
            resumes = closes
        return Deadline(self._moment(index, minute, local), local, self)

    def add_working_days(self, start: datetime, days: int) -> Deadline:
        """Whole working days: the day of ``start`` is not counted, the last one runs to closing.

        (Civil Code 91/2015/QH13, arts. 147 and 148)
        """
        local = self._local(start)
        target = self._rank[self._index(local.date()) + 1] + days
        index = bisect_left(self._rank, target) - 1
        if index >= len(self._sessions):
            raise self._outside()
        return self._closing(max(index, self._index(local.date())), local)

    def add_calendar_days(self, start: datetime, days: int) -> Deadline:
        """Calendar days; the day of ``start`` is not counted. A last day off moves to the next
        working day, at closing. (Civil Code 91/2015/QH13, art. 148.5)"""
        local = self._local(start)
        return self._closing(self._index(local.date() + timedelta(days=days)), local)

    def _closing(self, index: int, asked: datetime) -> Deadline:
        day = self._index(self.next_working_day(self._date(index)))
        return Deadline(self._moment(day, self._sessions[day][-1].end, asked), asked, self)

    def subtract(self, end: datetime, minutes: Minutes) -> Deadline:
        """The latest moment from which ``minutes`` of working time bring one to ``end``.

        The way back of ``add``: "when must the work begin at the latest?". Nothing subtracted: the
        last working moment up to ``end``.
        """
        if minutes < 0:
            raise ValueError("use add() to go forward in time")
        local = self._local(end)
        target = self._worked(local) - minutes
        if target < 0:
            raise self._outside()
        if minutes == 0:
            return Deadline(self._last_working_moment(local), local, self)
        index = bisect_right(self._sum, target) - 1
        minute = target - self._sum[index]
        resumes = 0
        for opens, closes in self._sessions[index]:  # pragma: no branch - one session holds it
            minute += opens - resumes
            if minute < closes:
                break
            resumes = closes
        return Deadline(self._moment(index, minute, local), local, self)

    def between(self, first: datetime, last: datetime) -> Minutes:
        """Working minutes from ``first`` to ``last``; negative when ``last`` is earlier."""
        return self._worked(self._local(last)) - self._worked(self._local(first))

    def next_working_moment(self, moment: datetime) -> datetime:
        """The moment itself in working time, else when work next begins."""
        local = self._local(moment)
        minute = local.hour * 60 + local.minute
        index = self._index(local.date())
        for opens, closes in self._sessions[index]:
            if minute < closes:
                return self._moment(index, max(minute, opens), local)
        following = self._index(self.next_working_day(self._date(index + 1)))
        return self._moment(following, self._sessions[following][0].start, local)

    def _last_working_moment(self, local: datetime) -> datetime:
        minute = local.hour * 60 + local.minute
        index = self._index(local.date())
        for opens, closes in reversed(self._sessions[index]):
            if minute > opens:
                return self._moment(index, min(minute, closes), local)
        before = self._index(self.previous_working_day(self._date(index - 1)))
        return self._moment(before, self._sessions[before][-1].end, local)

    def taken_as_of(self, moment: datetime, until: time = SAME_DAY_UNTIL) -> datetime:
        """When papers that arrive at ``moment`` count as received.

        After ``until`` ("sau 15 giờ"), or on a day off, on the next working day at opening.
        """
        local = self._local(moment)
        if local.time().replace(second=0, microsecond=0) > until and self.is_working_day(
            local.date()
        ):
            tomorrow = datetime.combine(local.date() + timedelta(days=1), time.min, local.tzinfo)
            return self.next_working_moment(tomorrow)
        return self.next_working_moment(local)

    def left(self, now: datetime, due: datetime) -> TimeLeft:
        """How much working time is left until ``due``, or has passed since."""
        here = self._local(now)
        return TimeLeft(
            minutes=self.between(here, due),
            late=here > self._local(due),
            day_minutes=self.day_minutes(here.date()),
        )

    # --- words ------------------------------------------------------------------------------------

    def notes(self, first: date, last: date) -> list[DayNote]:
        """The days from ``first`` to ``last`` that are not plain working days, in order."""
        found: list[DayNote] = []
        for index in range(self._index(first), self._index(last) + 1):
            day, minutes = self._date(index), minutes_of(self._sessions[index])
            exception = self.days.get(day)
            weekday = WEEKDAYS[day.weekday()]
            if exception is not None and exception.kind is not DayKind.WORK:
                reason = Reason(exception.kind.value)
                found.append(DayNote(day, reason, exception.name or weekday, minutes))
            elif not minutes:
                found.append(DayNote(day, Reason.WEEKEND, weekday, 0))
        return found

    # --- inside -----------------------------------------------------------------------------------

    def _local(self, moment: datetime) -> datetime:
        if moment.tzinfo is None or moment.tzinfo is self.zone:
            return moment
        return moment.astimezone(self.zone)

    def _index(self, day: date) -> int:
        index = day.toordinal() - self._origin
        if not 0 <= index < len(self._sessions):
            raise self._outside()
        return index

    def _date(self, index: int) -> date:
        if not 0 <= index < len(self._dates):
            raise self._outside()
        return self._dates[index]

    def _moment(self, index: int, minute: Minutes, like: datetime) -> datetime:
        return datetime.combine(self._dates[index], _CLOCK[minute], like.tzinfo)

    def _worked(self, local: datetime) -> Minutes:
        """Working minutes from the calendar's beginning up to a local moment."""
        index = local.toordinal() - self._origin
        if not 0 <= index < len(self._sessions):
            raise self._outside()
        minute = local.hour * 60 + local.minute
        total = self._sum[index]
        for opens, closes in self._sessions[index]:
            if minute <= opens:
                break
            total += (minute if minute < closes else closes) - opens
        return total

    def _outside(self) -> OutsideCalendar:
        return OutsideCalendar(first=self.first_year, last=self.last_year)
