"""Cells: what the ended dossiers of one agency and procedure count as in one month, and how a
period of whole months follows from them.

What an ended dossier counts as in a month that it touched is fixed, because the month is judged at
its end. What happened (received, settled) adds up over the months of a period; what stood (open)
is taken from its last month, or from its first (carried over). Only a dossier whose dates
contradict their order would not add up; such an odd one is named in its cell and counted from its
rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final

from motcua.core.workcalendar import OutsideCalendar, WorkCalendar
from motcua.dossiers.rules.counting import MINUTES, Known, Span, codes_of, worked

#: Raised when a change of these rules makes the cells that are stored wrong.
RULES: Final = 1
#: Counter → the measures that must count a dossier, and those that must not.
ATOMS: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = {
    name: (
        frozenset(f"dossiers.{code}" for code in needs.split()),
        frozenset(f"dossiers.{code}" for code in bars.split()),
    )
    for name, needs, bars in (
        ("desk", "received.desk", ""),
        ("online", "received.online", ""),
        ("post", "received.post", ""),
        ("carried", "carried", ""),
        ("early", "settled.early", ""),
        ("on_time", "settled.punctual", "settled.early"),
        ("late", "settled.late", ""),
        ("open", "open", ""),
        ("open_late", "open.late", ""),
        ("open_kept", "open index.punctual", ""),
        ("once", "supplement.once", ""),
        ("again", "supplement.again", ""),
        ("results", "results", ""),
        ("electronic", "results.electronic", ""),
        ("digitised", "results.digitised", ""),
    )
}
#: All counters of a cell, in the order in which they are kept; ``minutes`` is a sum.
COUNTERS: Final = (*ATOMS, "minutes")


@dataclass(frozen=True, slots=True)
class Told:
    """How a measure follows from the cells of a period: counters summed over its months, those of
    its first month, those of its last."""

    over: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    last: tuple[str, ...] = ()


_RECEIVED = ("desk", "online", "post")
_SETTLED = ("early", "on_time", "late")
#: Each measure from the cells of a period of whole months.
TOLD: Final[Mapping[str, Told]] = {
    "dossiers.received": Told(over=_RECEIVED),
    "dossiers.received.desk": Told(over=("desk",)),
    "dossiers.received.online": Told(over=("online",)),
    "dossiers.received.post": Told(over=("post",)),
    "dossiers.carried": Told(first=("carried",)),
    "dossiers.settled": Told(over=_SETTLED),
    "dossiers.settled.early": Told(over=("early",)),
    "dossiers.settled.last_day": Told(over=("on_time",)),
    "dossiers.settled.punctual": Told(over=("early", "on_time")),
    "dossiers.settled.late": Told(over=("late",)),
    MINUTES: Told(over=("minutes",)),
    "dossiers.open": Told(last=("open",)),
    "dossiers.open.late": Told(last=("open_late",)),
    "dossiers.index": Told(over=_SETTLED, last=("open",)),
    "dossiers.index.punctual": Told(over=("early", "on_time"), last=("open_kept",)),
    "dossiers.supplement.once": Told(over=("once",)),
    "dossiers.supplement.again": Told(over=("again",)),
    "dossiers.results": Told(over=("results",)),
    "dossiers.results.electronic": Told(over=("electronic",)),
    "dossiers.results.digitised": Told(over=("digitised",)),
}
_PLACE = {name: place for place, name in enumerate(COUNTERS)}


def told(cells: Iterable[tuple[date, tuple[int, ...]]], first: date, last: date) -> dict[str, int]:
    """Each measure of the months from ``first`` to ``last`` (days 1 of a month), from the counters
    of any cells with their months."""
    over, opening, closing = ([0] * len(COUNTERS) for _n in range(3))
    for month, counters in cells:
        if not first <= month <= last:
            continue
        for sums, counts in ((over, True), (opening, month == first), (closing, month == last)):
            if counts:
                for place, number in enumerate(counters):
                    sums[place] += number
    return {
        code: sum(over[_PLACE[name]] for name in how.over)
        + sum(opening[_PLACE[name]] for name in how.first)
        + sum(closing[_PLACE[name]] for name in how.last)
        for code, how in TOLD.items()
    }


@dataclass(slots=True)
class Cell:
    """The counters of a month, the last moment that any of its ended dossiers keeps, and the keys
    of those that are not in the counters."""

    counters: list[int] = field(default_factory=lambda: [0] * len(COUNTERS))
    latest: datetime | None = None
    odd: list[int] = field(default_factory=list)

    def saw(self, latest: datetime) -> None:
        """Remember a moment, if it is the last."""
        self.latest = latest if self.latest is None else max(self.latest, latest)

    def value(self) -> tuple[tuple[int, ...], datetime | None, tuple[int, ...]]:
        """What two cells are compared by."""
        return tuple(self.counters), self.latest, tuple(sorted(self.odd))


@dataclass(frozen=True, slots=True)
class Months:
    """Months of a time zone in moments."""

    zone: object  # a tzinfo

    def of(self, moment: datetime) -> date:
        """The first day of the month of a moment."""
        local = moment.astimezone(self.zone)  # type: ignore[arg-type] # see above
        return date(local.year, local.month, 1)

    def first(self, month: date) -> datetime:
        """The month's first moment."""
        return datetime(month.year, month.month, 1, tzinfo=self.zone)  # type: ignore[arg-type] # see above

    def after(self, month: date) -> datetime:
        """The first moment after it."""
        return self.first(next_month(month))


def next_month(month: date) -> date:
    """The first day of the month after that of a day."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


#: Later than anything that is kept.
EVER: Final = datetime.max.replace(tzinfo=UTC)


def end_of(known: Known) -> datetime | None:
    """When an ended dossier ended; None: nothing says when."""
    return known.course.settled or known.course.closed


def is_regular(known: Known, months: Months, calendar: WorkCalendar) -> bool:
    """Whether an ended dossier's months add up: every date lies in a month from its receipt's to
    its end's, and its working time can be told."""
    course, end = known.course, end_of(known)
    if end is None or end < course.received:
        return False
    since, until = (
        months.first(months.of(course.received)),
        months.after(months.of(end)),
    )
    moments = [moment for one in course.waits for moment in (one.asked, one.ended) if moment]
    moments += [one.at for one in course.redatings]
    if not all(since <= moment < until for moment in moments):
        return False
    try:
        calendar.between(course.received, end)
    except OutsideCalendar:
        return False
    return True


def place_of(known: Known, months: Months) -> date:
    """The month in whose cell an ended dossier is remembered: that of its result, or its end; of
    an odd one without a result that of its receipt."""
    course = known.course
    end = course.settled or (course.closed if course.closed else course.received)
    return months.of(end)


def counted(
    known: Known, months: Months, calendar: WorkCalendar
) -> Iterator[tuple[date, tuple[int, ...]]]:
    """The counters of a regular ended dossier in each month that it touched."""
    end = end_of(known)
    assert end is not None  # of a regular one
    month, last = months.of(known.course.received), months.of(end)
    while month <= last:
        codes = frozenset(codes_of(known, Span(months.first(month), months.after(month), EVER)))
        minutes = worked(known.course, calendar) if MINUTES in codes else 0
        atoms = (int(needs <= codes and not bars & codes) for needs, bars in ATOMS.values())
        yield month, (*atoms, minutes)
        month = next_month(month)
