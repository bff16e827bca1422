"""Which measures count a dossier in a span of time, from its dates alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from motcua.core.workcalendar import WorkCalendar
from motcua.dossiers.rules.clock import Timeliness
from motcua.dossiers.rules.marks import Course, marks_of
from motcua.procedures.rules.parts import Channel

#: Measures that add something up over their dossiers instead of counting them.
MINUTES: Final = "dossiers.settled.minutes"


@dataclass(frozen=True, slots=True)
class Span:
    """A period in moments: its first, the first after its events, the first after its cut-off."""

    first: datetime
    at: datetime
    seen: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of a dossier: from when until when it was there."""

    added: datetime
    withdrawn: datetime | None

    def known(self, seen: datetime) -> bool:
        """Whether it was there just before a moment."""
        return self.added < seen and (self.withdrawn is None or self.withdrawn >= seen)


@dataclass(frozen=True, slots=True)
class Known:
    """A dossier with all that its marks follow from. ``is_open``: somebody still has to act before
    there is a result, so that what it counts as may change without a change of its rows."""

    key: int
    agency: int
    procedure: int
    channel: str
    is_open: bool
    entered: datetime
    course: Course
    papers: tuple[Kept, ...] = ()
    results: tuple[Kept, ...] = ()

    @property
    def latest(self) -> datetime:
        """The last moment of which it keeps anything that is counted."""
        course = self.course
        moments = [self.entered, course.received, course.settled, course.closed]
        moments += [moment for one in course.waits for moment in (one.asked, one.ended)]
        moments += [one.at for one in course.redatings]
        moments += [
            moment
            for file in (*self.papers, *self.results)
            for moment in (file.added, file.withdrawn)
        ]
        return max(moment for moment in moments if moment is not None)


def codes_of(known: Known, span: Span) -> Iterator[str]:
    """The measures that count a dossier in a span, :data:`MINUTES` included."""
    course, first, at = known.course, span.first, span.at
    if course.received >= at or known.entered >= span.seen:
        return
    end = course.ended(at)
    if end is not None and end < first:
        return
    yield "dossiers.index"
    if course.received >= first:
        yield "dossiers.received"
        yield f"dossiers.received.{Channel(known.channel)}"
    else:
        yield "dossiers.carried"
    for asked, code in zip(course.asked(at), ("once", "again"), strict=False):
        if asked >= first:
            yield f"dossiers.supplement.{code}"
    marks = marks_of(course, at)
    if marks.punctual:
        yield "dossiers.index.punctual"
    yield from _OF_STANDING[marks.stands]
    if end is not None and course.settled is not None:
        yield from ("dossiers.results", MINUTES)
        if any(file.known(span.seen) for file in known.results):
            yield "dossiers.results.electronic"
            if any(file.known(span.seen) for file in known.papers):
                yield "dossiers.results.digitised"


_OF_STANDING = {
    Timeliness.RUNNING: ("dossiers.open",),
    Timeliness.OVERDUE: ("dossiers.open", "dossiers.open.late"),
    Timeliness.LATE: ("dossiers.settled", "dossiers.settled.late"),
    Timeliness.ON_TIME: (
        "dossiers.settled",
        "dossiers.settled.punctual",
        "dossiers.settled.last_day",
    ),
    Timeliness.EARLY: (
        "dossiers.settled",
        "dossiers.settled.punctual",
        "dossiers.settled.early",
    ),
}


def worked(course: Course, calendar: WorkCalendar) -> int:
    """Working minutes from receipt to result without those that the clock stood. Raises
    ``OutsideCalendar``."""
    assert course.settled is not None  # only what has a result is asked for
    ended = course.settled
    whole = calendar.between(course.received, ended)
    waited = sum(calendar.between(w.asked, w.ended or ended) for w in course.waits)
    return max(whole - waited, 0)
