"""Tasks as they stood at the end of a day: what a report with a cut-off date counts.

The live rows say how things stand now. The past is replayed from the tasks' own history: their
notes, their extensions, and the moment at which their sentence of the plan came into force.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery

from motcua.org.models import Agency
from motcua.planning.models import Extension, PlanItem, ProgressNote, Task
from motcua.planning.permissions import day_of
from motcua.planning.rules import OPEN_TASKS, ExtensionStatus, TaskStatus, urgency

#: What each step of a task's history makes of it; steps not named here leave it as it is.
_AFTER = {
    "take_on_task": TaskStatus.IN_PROGRESS,
    "report_progress": TaskStatus.IN_PROGRESS,
    "submit_task": TaskStatus.SUBMITTED,
    "accept_task": TaskStatus.DONE,
    "return_task": TaskStatus.IN_PROGRESS,
    "reopen_task": TaskStatus.IN_PROGRESS,
    "cancel_task": TaskStatus.CANCELLED,
}
#: Steps whose words tell how the work goes.
_TELLING = frozenset({"report_progress", "submit_task", "ask_extension"})


@dataclass(frozen=True, slots=True)
class TaskState:
    """A task at the end of a day. ``done_on`` is the day it was handed in."""

    pk: int
    code: str
    field: str
    text: str
    product: str
    lead: str
    status: TaskStatus
    due_on: date | None
    done_on: date | None
    note: str  # the last words on how the work goes
    steering: str  # number of the steering document, "" for a task of the plan
    period: str = ""  # of an instance of a series, as 2024-Q2

    @property
    def is_open(self) -> bool:
        """Neither done nor cancelled."""
        return self.status in OPEN_TASKS

    def late_on(self, on: date) -> bool:
        """Past its deadline and not handed in."""
        return urgency(self.status, self.due_on, on) == "late"


@dataclass(frozen=True, slots=True)
class _Note:
    on: date
    step: str
    text: str


@dataclass(frozen=True, slots=True)
class History:
    """The work of a year with all that happened to it, to be asked for any day."""

    tasks: list[Task]
    notes: dict[int, list[_Note]]
    moved: list[tuple[int, date, date | None]]  # task, day of the decision, deadline before it

    def on(self, day: date) -> list[TaskState]:
        """The tasks as they stood at the end of a day, in the order of the plan."""
        before: dict[int, date | None] = {}
        for task, decided, old in self.moved:
            if decided > day:
                before.setdefault(task, old)
        return [
            _state(task, self.notes[task.pk], before.get(task.pk, task.due_on), day)
            for task in self.tasks
            if _exists(task, self.notes[task.pk], day)
        ]


def history_of(agency: Agency, year: int) -> History:
    """The work of an agency in a year; three queries."""
    tasks = list(_tasks(agency, year))
    keys = [task.pk for task in tasks]
    return History(tasks, _notes(keys), _moved(keys))


def tasks_as_of(agency: Agency, on: date, year: int) -> list[TaskState]:
    """The work of a year as it stood at the end of ``on``, in the order of the plan; three queries.

    A task that was handed in by then and accepted later counts as done from the day it was handed
    in; an extension granted later does not count yet. Series are left out: their instances count.
    """
    return history_of(agency, year).on(on)


def _tasks(agency: Agency, year: int) -> QuerySet[Task]:
    sentences = PlanItem.objects.filter(
        lineage=OuterRef("lineage"),
        version__plan=OuterRef("plan"),
        version__approved_at__isnull=False,
    )
    first = sentences.order_by().values("lineage").annotate(first=Min("version__approved_at"))
    return (
        Task.objects.filter(agency=agency)
        .filter(Q(plan__year=year) | Q(plan__isnull=True, starts_on__year=year))
        .followed()
        .select_related("lead_post", "steering")
        .annotate(born_at=Subquery(first.values("first")[:1]))
        .order_by("item__position", "due_on", "pk")
    )


def _notes(keys: list[int]) -> dict[int, list[_Note]]:
    found: dict[int, list[_Note]] = defaultdict(list)
    rows = ProgressNote.objects.filter(task__in=keys).order_by("at", "pk")
    for task, at, step, text in rows.values_list("task_id", "at", "step", "text"):
        found[task].append(_Note(day_of(at), step, text))
    return found


def _moved(keys: list[int]) -> list[tuple[int, date, date | None]]:
    """The extensions that were granted: task, day, deadline before; in the order of time."""
    rows = Extension.objects.filter(task__in=keys, status=ExtensionStatus.GRANTED)
    ordered = rows.order_by("decided_at", "pk").values_list("task_id", "decided_at", "old_due_on")
    return [(task, day_of(at), old) for task, at, old in ordered if at is not None]


def _exists(task: Task, notes: list[_Note], on: date) -> bool:
    born_at: datetime | None = getattr(task, "born_at", None)
    if born_at is not None:
        return day_of(born_at) <= on
    assigned = next((note.on for note in notes if note.step == "assign_task"), task.starts_on)
    return assigned <= on


def _state(task: Task, notes: list[_Note], due_on: date | None, on: date) -> TaskState:
    status, done_on = _replay(notes, on)
    ended_by_amendment = task.status == TaskStatus.CANCELLED and not any(
        note.step == "cancel_task" for note in notes
    )
    if ended_by_amendment and day_of(task.changed_at) <= on:
        status, done_on = TaskStatus.CANCELLED, None
    told = [note.text for note in notes if note.on <= on and note.step in _TELLING and note.text]
    return TaskState(
        pk=task.pk,
        code=task.code,
        field=task.field,
        text=task.text,
        product=task.product,
        lead=task.lead_post.name if task.lead_post else "",
        status=status,
        due_on=due_on,
        done_on=done_on,
        note=told[-1] if told else "",
        steering=task.steering.number if task.steering else "",
        period=task.period,
    )


def _replay(notes: Iterable[_Note], on: date) -> tuple[TaskStatus, date | None]:
    """The status at the end of ``on``, and the day of the hand-in if it led to acceptance."""
    status, handed = TaskStatus.ASSIGNED, None
    for note in notes:
        after = _AFTER.get(note.step)
        if after is None:
            continue
        if note.on > on:
            if status == TaskStatus.SUBMITTED and after == TaskStatus.DONE:
                status = TaskStatus.DONE
            break
        if after == TaskStatus.SUBMITTED:
            handed = note.on
        status = after
    return status, handed if status == TaskStatus.DONE else None
