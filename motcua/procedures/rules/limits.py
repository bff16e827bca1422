"""Time limits: read from text, written as text, counted into a date that explains itself.

Counting: the day of receipt is not counted and the last day runs to closing time (Civil Code
91/2015/QH13, arts. 147-148); what arrives outside working time counts from the next working
moment; a last day off moves to the next working day; "in the day" means the same day up to an hour
that is data (15:00 in Decree 23/2015/NĐ-CP, art. 7), later the next working day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import ClassVar, Final

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.text import date_short, fold, squeeze
from motcua.core.workcalendar import DayNote, WorkCalendar
from motcua.core.workcalendar.calendar import SAME_DAY_UNTIL
from motcua.core.workflow import Status
from motcua.procedures.rules.said import Said


class LimitUnit(Status):
    """What a time limit is counted in."""

    WORKING_DAY = "working_day", _("ngày làm việc")
    DAY = "day", _("ngày")
    HOUR = "hour", _("giờ làm việc")
    SAME_DAY = "same_day", _("trong ngày")
    NONE = "none", _("không quy định thời hạn")
    UNKNOWN = "unknown", _("chưa có dữ liệu")


U = LimitUnit
#: Units that come with a number.
COUNTED: Final = frozenset({U.WORKING_DAY, U.DAY, U.HOUR})

_WORDS: Final = {
    U.WORKING_DAY: _("%(value)s ngày làm việc"),
    U.DAY: _("%(value)s ngày"),
    U.HOUR: _("%(value)s giờ làm việc"),
    U.SAME_DAY: _("trong ngày; nhận sau %(until)s thì ngày làm việc tiếp theo"),
    U.NONE: _("không quy định thời hạn"),
    U.UNKNOWN: _("chưa có dữ liệu"),
}


class LimitUnreadable(Refused):
    """A text that names no time limit."""

    code = "limit_unreadable"
    message = _("Không hiểu thời hạn “%(text)s”; hãy ghi như “5 ngày làm việc”, “trong ngày”.")
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit. ``value`` counts units (0 where the unit has no number); ``until`` is the last
    minute at which "in the day" still means the same day."""

    unit: LimitUnit
    value: int = 0
    until: time = SAME_DAY_UNTIL

    def __post_init__(self) -> None:
        if (self.unit in COUNTED) != (self.value > 0):
            raise LimitUnreadable(text=f"{self.value} {self.unit.label}")

    @property
    def said(self) -> Said:
        """The limit in words, for translation."""
        return Said(_WORDS[self.unit], {"value": self.value, "until": f"{self.until:%H:%M}"})

    def __str__(self) -> str:
        return str(self.said)


_NUMBERED: Final = re.compile(
    r"(?:trong |khong qua |toi da |thoi han |la )*0*(?P<value>[1-9]\d{0,3}) "
    r"(?P<unit>ngay lam viec|ngay|gio lam viec|gio)\b"
)
_UNITS: Final = {
    "ngay lam viec": U.WORKING_DAY,
    "ngay": U.DAY,
    "gio lam viec": U.HOUR,
    "gio": U.HOUR,
}
_IN_THE_DAY: Final = re.compile(r"(?:ngay |giai quyet |tra )*trong ngay\b|ngay sau khi\b")
_UNTIL: Final = re.compile(r"sau (?P<hour>\d{1,2})(?: ?[:h] ?(?P<minute>\d{2})| ?h| gio)")


def parse_limit(text: str) -> Limit:
    """A limit as people write it: "05 ngày làm việc", "không quá 3 ngày", "8 giờ", "trong ngày
    (nhận sau 15 giờ: ngày tiếp theo)", "không quy định". Empty: unknown. Raises
    :class:`LimitUnreadable`."""
    plain = fold(squeeze(text))
    if not plain or plain.startswith("chua co du lieu"):
        return Limit(U.UNKNOWN)
    if plain.startswith("khong quy dinh"):
        return Limit(U.NONE)
    if found := _NUMBERED.match(plain):
        return Limit(_UNITS[found["unit"]], int(found["value"]))
    if _IN_THE_DAY.match(plain):
        return Limit(U.SAME_DAY, until=_until(plain, text))
    raise LimitUnreadable(text=text)


def _until(plain: str, text: str) -> time:
    found = _UNTIL.search(plain)
    if found is None:
        return SAME_DAY_UNTIL
    try:
        return time(int(found["hour"]), int(found["minute"] or 0))
    except ValueError:
        raise LimitUnreadable(text=text) from None


# --- the promised date ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Promise:
    """When the result is due, and why then.

    ``counted_from`` is later than ``received`` when that was outside working time or after the
    hour of "in the day". ``at`` is None for a limit without a number. ``notes`` are the days on
    the way that did not count, counted in part, or were made up. ``last_day`` is the day on which a
    limit in calendar days would have ended but for being a day off.
    """

    limit: Limit
    received: datetime
    counted_from: datetime
    at: datetime | None
    notes: tuple[DayNote, ...] = ()
    last_day: date | None = None

    def why(self) -> Iterator[Said]:
        """The way to the date, a sentence at a time."""
        yield Said(_("Nhận lúc %(moment)s."), {"moment": _moment(self.received)})
        if self.counted_from > self.received:
            late = self.limit.unit is U.SAME_DAY and self.received.time() > self.limit.until
            text = _("Sau %(until)s nên tính như nhận lúc %(moment)s.") if late else _OUTSIDE
            until = f"{self.limit.until:%H:%M}"
            yield Said(text, {"until": until, "moment": _moment(self.counted_from)})
        days = self.limit.unit in (U.WORKING_DAY, U.DAY)
        text = (
            _("Thời hạn: %(limit)s, không tính ngày nhận.") if days else _("Thời hạn: %(limit)s.")
        )
        yield Said(text, {"limit": self.limit.said})
        for note in self.notes:
            text = _COUNTED if note.counts else _NOT_COUNTED
            day = {"day": date_short(note.date), "name": Said(note.name)}
            yield Said(text, day | {"reason": Said(note.reason.message)})
        if self.last_day is not None and self.at is not None:
            moved = {"last": date_short(self.last_day), "next": date_short(self.at.date())}
            yield Said(_("Ngày cuối %(last)s là ngày nghỉ nên chuyển sang %(next)s."), moved)
        if self.at is not None:
            yield Said(_("Hẹn trả kết quả: %(moment)s."), {"moment": _moment(self.at)})


_OUTSIDE: Final = _("Ngoài giờ làm việc nên tính từ %(moment)s.")
_NOT_COUNTED: Final = _("%(day)s (%(name)s): %(reason)s, không tính.")
_COUNTED: Final = _("%(day)s (%(name)s): %(reason)s.")


def _moment(moment: datetime) -> str:
    return f"{moment:%H:%M} ngày {date_short(moment.date())}"


def promise(limit: Limit, received: datetime, calendar: WorkCalendar) -> Promise:
    """When a dossier received at a moment is due (module docstring).

    ``received`` is naive local time or aware; all moments of the result are of that sort, aware
    ones in the calendar's zone. Raises ``OutsideCalendar``.
    """
    if received.tzinfo is not None:
        received = received.astimezone(calendar.zone)
    start = calendar.next_working_moment(received)
    match limit.unit:
        case LimitUnit.WORKING_DAY:
            end = calendar.add_working_days(start, limit.value).at
        case LimitUnit.HOUR:
            end = calendar.add(start, limit.value * 60).at
        case LimitUnit.SAME_DAY:
            start = calendar.taken_as_of(received, limit.until)
            end = calendar.add_working_days(start, 0).at
        case LimitUnit.DAY:
            return _in_calendar_days(limit, received, start, calendar)
        case _:
            return Promise(limit, received, start, None)
    notes = tuple(calendar.notes(received.date(), end.date()))
    return Promise(limit, received, start, end, notes)


def _in_calendar_days(
    limit: Limit, received: datetime, start: datetime, calendar: WorkCalendar
) -> Promise:
    """Days off count, except that the last day is not one of them."""
    end = calendar.add_calendar_days(start, limit.value).at
    last = start.date() + timedelta(days=limit.value)
    if last == end.date():
        return Promise(limit, received, start, end)
    notes = tuple(calendar.notes(last, end.date()))
    return Promise(limit, received, start, end, notes, last)
