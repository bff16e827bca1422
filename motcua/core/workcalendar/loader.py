"""Calendars from the public holidays of Viet Nam and a table that a clerk can correct."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from holidays import country_holidays

from motcua.core.packs import pack_rows
from motcua.core.workcalendar.calendar import WorkCalendar
from motcua.core.workcalendar.days import DayKind, ExceptionalDay, OfficeHours

FIRST_YEAR, LAST_YEAR = 2014, 2030

_SWAPPED = "Ngày nghỉ (thay cho ngày "  # how the library names a day that is made up elsewhere
_MADE_UP = "Làm bù (hoán đổi ngày làm việc)"


def computed_days(years: Iterable[int]) -> dict[date, ExceptionalDay]:
    """Holidays, days in lieu and swapped days as the ``holidays`` library knows them.

    The library computes the days of Tết by rule; a year's notice may choose others, and may swap
    days that no library knows yet. The table of ``from_holidays`` has the last word.
    """
    wanted = set(years)
    # a swapped day may be made up in the year before or after
    calendar = country_holidays("VN", years=range(min(wanted) - 1, max(wanted) + 2), language="vi")
    days: dict[date, ExceptionalDay] = {}
    for day, name in calendar.items():
        kind = DayKind.SWAP_OFF if name.startswith(_SWAPPED) else DayKind.PUBLIC
        days[day] = ExceptionalDay(day, kind, name)
    for day in calendar.weekend_workdays:
        days[day] = ExceptionalDay(day, DayKind.SWAP_WORK, _MADE_UP)
    return {day: entry for day, entry in days.items() if day.year in wanted}


def from_holidays(
    years: Iterable[int],
    table: Iterable[Mapping[str, str]] = (),
    *,
    hours: Iterable[OfficeHours] = (OfficeHours.usual(),),
) -> WorkCalendar:
    """The calendar of these years: computed days, each replaced by the table's row of its date.

    A row's columns are date, kind (see ``DayKind``), name and, for a half day, hours.
    """
    wanted = sorted(years)
    days = computed_days(wanted)
    for row in table:
        entry = ExceptionalDay.from_row(row)
        days[entry.day] = entry
    return WorkCalendar(wanted[0], wanted[-1], hours=hours, days=days)


@cache
def national_calendar() -> WorkCalendar:
    """The calendar of 2014-2030 with the shipped table and the usual office hours."""
    return from_holidays(range(FIRST_YEAR, LAST_YEAR + 1), pack_rows("calendar/vn.csv"))
