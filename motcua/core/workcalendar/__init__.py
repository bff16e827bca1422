"""Working time in minutes: deadlines that explain themselves.

The working day, its hours and its exceptions are dated data (Labour Code 45/2019/QH14, arts.
111-112; the yearly notices of swapped working days; the commune's own office hours).
"""

from motcua.core.workcalendar.calendar import OutsideCalendar, WorkCalendar
from motcua.core.workcalendar.days import DayKind, ExceptionalDay, Minutes, OfficeHours, Session
from motcua.core.workcalendar.explanation import DayNote, Deadline, Reason
from motcua.core.workcalendar.left import TimeLeft
from motcua.core.workcalendar.loader import from_holidays, national_calendar

__all__ = [
    "DayKind",
    "DayNote",
    "Deadline",
    "ExceptionalDay",
    "Minutes",
    "OfficeHours",
    "OutsideCalendar",
    "Reason",
    "Session",
    "TimeLeft",
    "WorkCalendar",
    "from_holidays",
    "national_calendar",
]
