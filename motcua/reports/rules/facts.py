"""What a report is drafted from: the records of one day, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from motcua.core.figures import Figure
from motcua.core.periods import Period, PeriodKind
from motcua.core.text import fold
from motcua.planning.rules import Reading, TaskStatus, read_target

if TYPE_CHECKING:
    from motcua.planning.queries.as_of import TaskState


@dataclass(frozen=True, slots=True)
class PlanFact:
    """The plan in force: how it is named in a sentence."""

    number: str
    issued_on: date | None
    year: int


@dataclass(frozen=True, slots=True)
class TargetFact:
    """A target with the value that stood on the cut-off date; ``value`` None is unknown."""

    pk: int
    code: str
    field: str
    subject: str
    comparison: str
    goal: Decimal | None
    upper: Decimal | None
    unit: str
    value: Decimal | None
    on: date | None
    before: Decimal | None = None  # at the end of the period before

    @property
    def reading(self) -> Reading:
        """How the value stands against its goal."""
        return read_target(self.comparison or None, self.goal, self.upper, self.value)


@dataclass(frozen=True, slots=True)
class DocumentFact:
    """A steering document of superiors."""

    pk: int
    number: str
    issued_on: date
    issuer: str
    summary: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a report is drafted from: the records at the end of ``on``.

    ``since`` is the first day of the period's figures; ``until`` the last day of the next period's.
    """

    agency: str
    period: Period
    since: date
    on: date
    until: date
    plan: PlanFact | None
    tasks: Sequence[TaskState]
    targets: Sequence[TargetFact]
    documents: Sequence[DocumentFact]
    elsewhere: Sequence[Figure] = ()  # told by other apps
    last_year: Mapping[str, str] = field(default_factory=dict)  # same period, by figure

    def year_before(self, figure: Figure) -> str:
        """The same figure of the same period last year; "" where there is none.

        A target is known by its words: its code and its plan are of one year.
        """
        return self.last_year.get(yearless(figure.key, figure.label), "")

    def of_field(self, field: str) -> list[TaskState]:
        """The plan's tasks of one field; stopped ones are not counted."""
        return [task for task in self.planned if task.field == field]

    @property
    def planned(self) -> list[TaskState]:
        """Tasks of the plan that are to be done."""
        return [t for t in self.tasks if not t.steering and t.status != TaskStatus.CANCELLED]

    @property
    def steered(self) -> list[TaskState]:
        """Tasks given by steering documents."""
        return [t for t in self.tasks if t.steering and t.status != TaskStatus.CANCELLED]

    def late(self, tasks: Iterable[TaskState]) -> list[TaskState]:
        """Those past their deadline and not handed in."""
        return [task for task in tasks if task.late_on(self.on)]

    def running(self, tasks: Iterable[TaskState]) -> list[TaskState]:
        """Those that are being worked on, in time."""
        busy = {TaskStatus.IN_PROGRESS, TaskStatus.SUBMITTED}
        return [t for t in tasks if t.status in busy and not t.late_on(self.on)]

    def done_in_period(self, tasks: Iterable[TaskState]) -> list[TaskState]:
        """Those handed in within the days that the report covers."""
        return [t for t in tasks if t.done_on is not None and self.since <= t.done_on <= self.on]

    def due_next(self, tasks: Iterable[TaskState]) -> list[TaskState]:
        """Open ones whose deadline falls in the next period."""
        return [
            t
            for t in tasks
            if t.is_open and t.due_on is not None and self.on < t.due_on <= self.until
        ]


def yearless(key: str, label: str) -> str:
    """By what a figure is known in another year."""
    return f"target:{fold(label)}" if key.startswith("target.") else key


def done(tasks: Iterable[TaskState]) -> list[TaskState]:
    """Those that are done."""
    return [task for task in tasks if task.status == TaskStatus.DONE]


def following(period: Period) -> Period:
    """The period whose work a report announces: after nine months comes the fourth quarter."""
    if period.kind is PeriodKind.NINE_MONTHS:
        return Period(PeriodKind.QUARTER, period.year, 4)
    return period.next()
