"""Tasks by status and by day: the first few of each, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext

from motcua.core.periods import Period
from motcua.core.text import number
from motcua.core.workcalendar import Reason, national_calendar
from motcua.org.models import Agency, Person
from motcua.org.permissions import know_paths
from motcua.planning.models import Task
from motcua.planning.models.tasks import CLOSED, OPEN
from motcua.planning.permissions import allowed_task_steps, day_of
from motcua.planning.rules import OPEN_TASKS, TASK_STEPS, TaskStatus

#: Cards of one column, and tasks of one day, that are shown; the list holds the others.
CARDS = 15
ENTRIES = 3
#: Counts stop here: beyond it nobody counts cards.
COUNT_LIMIT = 1_000
#: What stands on the board; stopped tasks are found in the list.
COLUMNS = (TaskStatus.ASSIGNED, TaskStatus.IN_PROGRESS, TaskStatus.SUBMITTED, TaskStatus.DONE)


@dataclass(frozen=True, slots=True)
class Card:
    """A task with the steps that the person may take, by name and label."""

    task: Task
    steps: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """The first cards of a status; ``more`` says that there are others."""

    status: TaskStatus
    label: str
    count: int
    cards: list[Card]

    @property
    def count_words(self) -> str:
        """ "23", or "hơn 1.000" where counting stopped."""
        if self.count <= COUNT_LIMIT:
            return number(self.count)
        return gettext("hơn %(count)s") % {"count": number(COUNT_LIMIT)}

    @property
    def more(self) -> bool:
        """Whether the list holds more than is shown here."""
        return self.count > len(self.cards)


def columns_of(rows: Any, person: Person, at: datetime) -> list[BoardColumn]:
    """The columns of the board; the same number of queries for any number of tasks.

    What will be late first stands first; of what is done, what was due last.
    """
    columns = []
    for status in COLUMNS:
        # The stage follows from the status; named, it lets an index serve count and order.
        found = rows.filter(status=status, stage=OPEN if status in OPEN_TASKS else CLOSED)
        order = ("-order_on", "-pk") if status == TaskStatus.DONE else ("order_on", "pk")
        shown = found.select_related("lead_person", "lead_post").prefetch_related("assignees")
        count = found.order_by()[: COUNT_LIMIT + 1].count()
        columns.append((status, count, list(shown.order_by(*order)[:CARDS])))
    _share_agencies([task for _, _, tasks in columns for task in tasks], day_of(at))
    return [
        BoardColumn(
            status, gettext(status.label), count, [_card(task, person, at) for task in tasks]
        )
        for status, count, tasks in columns
    ]


def _share_agencies(tasks: list[Task], on: date) -> None:
    """One object for each agency, with its place: looked up once, however many there are."""
    agencies = Agency.objects.in_bulk({task.agency_id for task in tasks})
    know_paths(agencies.values(), on)
    for task in tasks:
        task.agency = agencies[task.agency_id]


def _card(task: Task, person: Person, at: datetime) -> Card:
    names = allowed_task_steps(task, person, at)
    return Card(task, [(name, gettext(TASK_STEPS[name].label)) for name in names])


@dataclass(slots=True)
class DayTasks:
    """The first tasks due on a day, and how many more there are."""

    tasks: list[Task] = field(default_factory=list)
    more: int = 0


def days_of(rows: Any, shown: Period) -> dict[date, DayTasks]:
    """What is due on the days of a month; two queries: an index alone answers which."""
    ranked = (
        rows.filter(order_on__gte=shown.start, order_on__lte=shown.end)
        .order_by()
        .annotate(
            place=Window(RowNumber(), partition_by=F("order_on"), order_by="pk"),
            of_day=Window(Count("pk"), partition_by=F("order_on")),
        )
        .filter(place__lte=ENTRIES)
    )
    of_day = dict(ranked.values_list("pk", "of_day"))
    found: dict[date, DayTasks] = {}
    for task in Task.objects.filter(pk__in=of_day).order_by("order_on", "pk"):
        day = found.setdefault(task.order_on, DayTasks())
        day.tasks.append(task)
        day.more = of_day[task.pk] - len(day.tasks)
    return found


def marks_of(shown: Period) -> tuple[dict[date, str], dict[date, str]]:
    """Days around a month that are off by law or notice, and days worked instead, in words."""
    week = timedelta(days=7)
    off: dict[date, str] = {}
    worked: dict[date, str] = {}
    for note in national_calendar().notes(shown.start - week, shown.end + week):
        if note.reason == Reason.WEEKEND:
            continue
        words = gettext(note.name) or gettext(note.reason.message)
        if note.counts:
            worked[note.date] = f"{words} ({gettext(note.reason.message)})"
        else:
            off[note.date] = words
    return off, worked
