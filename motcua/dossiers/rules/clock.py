"""The clock of a dossier: what a pause does to its promise, when each step is due, how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from motcua.core.errors import mark as _
from motcua.core.workcalendar import WorkCalendar
from motcua.core.workflow import Status
from motcua.dossiers.rules.rulesets import AfterSupplement
from motcua.procedures.rules.limits import Limit, promise
from motcua.procedures.rules.said import Said


@dataclass(frozen=True, slots=True)
class Due:
    """A promised moment (None: the procedure has no time limit) and the way to it."""

    at: datetime | None
    why: tuple[Said, ...]


def first_due(limit: Limit, received: datetime, calendar: WorkCalendar) -> Due:
    """The promise given with the receipt. Raises ``OutsideCalendar``."""
    promised = promise(limit, received, calendar)
    return Due(promised.at, tuple(promised.why()))


def due_after_supplement(
    limit: Limit,
    *,
    due: datetime | None,
    asked: datetime,
    supplied: datetime,
    after: AfterSupplement,
    calendar: WorkCalendar,
) -> Due:
    """The promise once the dossier is complete: anew from zero (Decree 61/2018/NĐ-CP, art. 19), or
    later by the working time that was waited. Raises ``OutsideCalendar``."""
    if after is AfterSupplement.RESTART:
        begun = first_due(limit, supplied, calendar)
        return Due(begun.at, (Said(_("Đã nhận đủ bổ sung nên thời hạn tính lại.")), *begun.why))
    return due_after_pause(due, asked, supplied, calendar)


def due_after_pause(
    due: datetime | None, asked: datetime, resumed: datetime, calendar: WorkCalendar
) -> Due:
    """The promise moved on by the working time between two moments. Raises ``OutsideCalendar``."""
    waited = max(calendar.between(asked, resumed), 0)
    if due is None or not waited:
        return Due(due, ())
    moved = calendar.add(due, waited).at
    words = {
        "from": _moment(asked, calendar),
        "to": _moment(resumed, calendar),
        "due": _moment(moved, calendar),
    }
    text = _("Thời gian chờ từ %(from)s đến %(to)s không tính; hạn mới %(due)s.")
    return Due(moved, (Said(text, words),))


def step_deadlines(
    start: datetime, due: datetime | None, shares: Sequence[int], calendar: WorkCalendar
) -> list[datetime | None]:
    """When each step is due: its share (per cent) of the working time, in order; the last at
    ``due``. A dossier without a promise has steps without deadlines."""
    if due is None:
        return [None] * len(shares)
    whole = max(calendar.between(start, due), 0)
    ends: list[datetime | None] = []
    used = 0
    for share in shares[:-1]:
        used += share
        ends.append(calendar.add(start, whole * used // 100).at if whole else due)
    return [*ends, due] if shares else []


class Timeliness(Status):
    """How a dossier, or a step of it, stands against its deadline."""

    EARLY = "early", _("Trước hạn")
    ON_TIME = "on_time", _("Đúng hạn")
    LATE = "late", _("Quá hạn")
    RUNNING = "running", _("Trong hạn")
    OVERDUE = "overdue", _("Đang quá hạn")


#: More supplement requests than this count as late in the index of Decision 766/QĐ-TTg (2.1).
SUPPLEMENTS_ON_TIME: Final = 1


def timeliness(
    due: datetime | None, ended: datetime | None, now: datetime, *, supplements: int = 0
) -> Timeliness:
    """Early when it ended on a day before the promised one, on time up to the promised moment.

    What stops the clock is the result (``ended`` = settled), not its collection. A second request
    for supplements counts as late. All moments aware, in one zone.
    """
    if ended is None:
        return Timeliness.OVERDUE if due is not None and now > due else Timeliness.RUNNING
    if supplements > SUPPLEMENTS_ON_TIME or (due is not None and ended > due):
        return Timeliness.LATE
    if due is not None and ended.date() < due.date():
        return Timeliness.EARLY
    return Timeliness.ON_TIME


def _moment(moment: datetime, calendar: WorkCalendar) -> str:
    return f"{moment.astimezone(calendar.zone):%H:%M ngày %d/%m/%Y}"
