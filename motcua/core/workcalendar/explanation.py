"""A deadline knows how it came about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from motcua.core.errors import mark as _
from motcua.core.workcalendar.days import Minutes

if TYPE_CHECKING:
    from motcua.core.workcalendar.calendar import WorkCalendar

WEEKDAYS = (
    _("Thứ Hai"),
    _("Thứ Ba"),
    _("Thứ Tư"),
    _("Thứ Năm"),
    _("Thứ Sáu"),
    _("Thứ Bảy"),
    _("Chủ nhật"),
)


class Reason(StrEnum):
    """Why a day between start and deadline counted less, or more, than its weekday.

    The values are those of ``DayKind``, which has no word for a plain weekend.
    """

    WEEKEND = "weekend"
    PUBLIC = "public"
    SWAP_OFF = "swap_off"
    CLOSED = "closed"
    HALF = "half"
    SWAP_WORK = "swap_work"

    @property
    def message(self) -> str:
        """The reason in words (marked for translation)."""
        return _REASONS[self]


_REASONS = {
    Reason.WEEKEND: _("nghỉ cuối tuần"),
    Reason.PUBLIC: _("nghỉ lễ"),
    Reason.SWAP_OFF: _("nghỉ hoán đổi, làm bù vào ngày khác"),
    Reason.CLOSED: _("cơ quan nghỉ"),
    Reason.HALF: _("chỉ làm một phần ngày"),
    Reason.SWAP_WORK: _("làm bù, có tính"),
}


@dataclass(frozen=True, slots=True)
class DayNote:
    """One day on the way to the deadline that is worth a word.

    ``name`` is the holiday's name, or the weekday's; ``minutes`` what the day counts, 0 for a day
    that does not count at all.
    """

    date: date
    reason: Reason
    name: str
    minutes: Minutes

    @property
    def counts(self) -> bool:
        """Was anything worked on this day?"""
        return self.minutes > 0


@dataclass(slots=True)  # not frozen: that doubles the price of making one
class Deadline:
    """A moment, and on demand the way that led to it. Treat as a value."""

    at: datetime
    asked: datetime
    calendar: WorkCalendar

    @property
    def begins(self) -> datetime:
        """When counting began: later than ``asked`` if that was outside working time."""
        return self.calendar.next_working_moment(self.asked)

    def explain(self) -> Sequence[DayNote]:
        """The days from start to deadline that did not count, counted in part, or made up."""
        first, last = sorted((self.asked.date(), self.at.date()))
        return self.calendar.notes(first, last)
