"""What a dossier counts as in a period, from its dates alone: the one judgement behind every
number about dossiers.

``motcua.dossiers.measures`` says the same in SQL to open a number to its rows; the tests hold both
against one table of cases.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.rules.clock import SUPPLEMENTS_ON_TIME, Timeliness, timeliness


@dataclass(frozen=True, slots=True)
class Wait:
    """A wait that stops the clock: asked, and ended by then (None: it runs).

    ``due_before`` is the promise that it set aside.
    """

    asked: datetime
    ended: datetime | None
    due_before: datetime | None
    supplement: bool = True

    def runs(self, at: datetime) -> bool:
        """Asked before that moment, and not ended by then."""
        return self.asked < at and (self.ended is None or self.ended >= at)


@dataclass(frozen=True, slots=True)
class NewDate:
    """An apology with a new date."""

    at: datetime
    due_before: datetime


@dataclass(frozen=True, slots=True)
class Course:
    """The dates of a received dossier. ``settled`` is the result, ``closed`` the end without one
    (withdrawn, stopped). ``waits`` and ``redatings`` in the order of time; all moments aware, in
    one zone."""

    received: datetime
    due: datetime | None = None
    settled: datetime | None = None
    closed: datetime | None = None
    waits: tuple[Wait, ...] = ()
    redatings: tuple[NewDate, ...] = ()

    def ended(self, at: datetime) -> datetime | None:
        """When it ended, if that was before ``at``: with its result, not with the collection of
        it; else when it was withdrawn or stopped. (Decision 766/QĐ-TTg, index 2.1)"""
        end = self.settled if self.settled is not None else self.closed
        return end if end is not None and end < at else None

    def due_at(self, at: datetime) -> datetime | None:
        """The promise that stood just before ``at``: what changed it later is undone."""
        later: list[tuple[datetime, datetime | None]] = [
            (wait.ended, wait.due_before)
            for wait in self.waits
            if wait.ended is not None and wait.ended >= at
        ]
        later += [(one.at, one.due_before) for one in self.redatings if one.at >= at]
        return min(later, key=lambda change: change[0])[1] if later else self.due

    def asked(self, at: datetime) -> list[datetime]:
        """When supplements were asked for, before ``at``."""
        return [w.asked for w in self.waits if w.supplement and w.asked < at]

    def paused(self, at: datetime) -> bool:
        """Whether the law stopped the clock at that moment."""
        return any(wait.runs(at) for wait in self.waits)

    def supplementing(self, at: datetime) -> bool:
        """Whether a request for supplements was unanswered at that moment."""
        return any(wait.supplement and wait.runs(at) for wait in self.waits)


@dataclass(frozen=True, slots=True)
class Marks:
    """What a dossier counts as at the end of a period: when it ended (None: open), how it stands
    against its promise, how often supplements were asked for, and index 2.1."""

    ended: datetime | None
    stands: Timeliness
    asked: int
    punctual: bool


def marks_of(course: Course, at: datetime) -> Marks:
    """The marks of a dossier received before ``at``, the first moment after the period.

    One that is paused is in time, because its clock stands. For index 2.1 of Decision 766/QĐ-TTg a
    dossier that was sent back for supplements once, and waits for them, ended when it was asked;
    one that is open is judged at the end of the period; a second request is late in any case.
    """
    ended, due, asked = course.ended(at), course.due_at(at), course.asked(at)
    if ended is None and course.paused(at):
        stands = Timeliness.RUNNING
    else:
        stands = timeliness(due, ended, at, supplements=len(asked))
    judged = ended or (asked[-1] if course.supplementing(at) else at)
    punctual = len(asked) <= SUPPLEMENTS_ON_TIME and (due is None or judged <= due)
    return Marks(ended, stands, len(asked), punctual)
