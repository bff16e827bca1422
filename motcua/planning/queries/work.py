"""What waits for a person: their tasks in groups, decisions, why a deadline is near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.core.workcalendar import national_calendar
from motcua.org.models import Person
from motcua.org.permissions import visible_agencies
from motcua.planning.models import Assignee, Extension, PlanVersion, Task
from motcua.planning.queries.plans import Costs
from motcua.planning.rules import (
    ExtensionStatus,
    TaskStatus,
    Urgency,
    VersionStatus,
    overspent,
    urgency,
)
from motcua.ui.text import Text

#: A page of work shows at most so many open tasks.
WORK_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks of one person that stand alike against their deadlines."""

    key: str
    label: Text
    tone: str
    tasks: list[Task]


_GROUPS: tuple[tuple[str, Text, str], ...] = (
    ("late", _("Trễ hạn"), "late"),
    ("week", _("Tuần này"), "soon"),
    ("later", _("Sau đó"), ""),
    ("waiting", _("Chờ xác nhận"), "waiting"),
)


def end_of_week(on: date) -> date:
    """The Sunday of a day's week."""
    return on + timedelta(days=6 - on.weekday())


def _group_of(task: Task, on: date) -> str:
    if task.status == TaskStatus.SUBMITTED:
        return "waiting"
    if urgency(task.status, task.due_on, on) == Urgency.LATE:
        return "late"
    return "week" if task.due_on is not None and task.due_on <= end_of_week(on) else "later"


def work_of(person: Person, on: date) -> list[Group]:
    """Open tasks that a person leads or helps with, what will be late first; ``task.leading``."""
    rows = Task.objects.visible_to(person, on).of_person(person).followed().open()
    tasks = list(rows.select_related("lead_person", "lead_post").work_order()[:WORK_LIMIT])
    led = set(
        Assignee.objects.filter(person=person, leads=True, task__in=tasks).values_list(
            "task_id", flat=True
        )
    )
    groups = [Group(key, label, tone, []) for key, label, tone in _GROUPS]
    by_key = {group.key: group.tasks for group in groups}
    for task in tasks:
        task.leading = task.pk in led  # type: ignore[attr-defined] # for the page only
        by_key[_group_of(task, on)].append(task)
    return [group for group in groups if group.tasks]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What waits for a person's yes or no."""

    extensions: Sequence[Extension]
    submitted: Sequence[Task]
    versions: Sequence[PlanVersion]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.extensions) + len(self.submitted) + len(self.versions)


def decisions_of(person: Person, on: date) -> Decisions:
    """Extensions asked, tasks handed in, versions to approve, at agencies where one may decide."""
    extensions = Extension.objects.filter(
        status=ExtensionStatus.ASKED,
        task__agency__in=visible_agencies(person, "planning.extend", on),
    ).select_related("task__lead_person", "asked_by")
    submitted = Task.objects.filter(
        status=TaskStatus.SUBMITTED,
        recurrence="",
        agency__in=visible_agencies(person, "planning.accept", on),
    ).select_related("lead_person", "lead_post")
    versions = PlanVersion.objects.filter(
        status=VersionStatus.SUBMITTED,
        plan__agency__in=visible_agencies(person, "planning.approve", on),
    ).select_related("made_by")
    return Decisions(
        list(extensions.order_by("asked_at")[:50]),
        list(submitted.order_by("order_on", "pk")[:50]),
        list(versions.order_by("submitted_at")[:50]),
    )


@dataclass(frozen=True, slots=True)
class Why:
    """A deadline in working days: how many are left, and which days do not count."""

    working_days: int
    late: bool
    notes: list[tuple[date, str]]


def why_due(due_on: date | None, on: date) -> Why | None:
    """Working days from ``on`` to a deadline, both counted; None outside the calendar's years."""
    calendar = national_calendar()
    if due_on is None or not (calendar.first_year <= due_on.year <= calendar.last_year):
        return None
    first, last = sorted((on, due_on))
    notes = [
        (note.date, f"{gettext(note.name)} – {gettext(note.reason.message)}")
        for note in calendar.notes(first, last)
    ]
    return Why(calendar.working_days(first, last), due_on < on, notes)


@dataclass(frozen=True, slots=True)
class Load:
    """What is late or soon late with one person."""

    name: str
    late: int
    tasks: list[Task]


def loads_of(person: Person, on: date) -> list[Load]:
    """Tasks late or due by the end of this week, by who leads them; the most late first."""
    rows = Task.objects.visible_to(person, on).pressing(on, end_of_week(on))
    found: dict[str, list[Task]] = {}
    for task in rows.select_related("lead_person", "lead_post").work_order()[:WORK_LIMIT]:
        name = str(task.lead_person or task.lead_post or gettext("Chưa giao"))
        found.setdefault(name, []).append(task)
    loads = [
        Load(name, sum(_group_of(task, on) == "late" for task in tasks), tasks)
        for name, tasks in found.items()
    ]
    return sorted(loads, key=lambda load: -load.late)


def moment_of(at: datetime | None, otherwise: datetime) -> datetime:
    """The moment since which changes are told: the last visit, else a week ago."""
    return at if at is not None else otherwise - timedelta(days=7)


def costs_shown(person: Person, on: date, agency: str | None) -> Costs | None:
    """Costs of this year's tasks against the plan's budget, where one agency is looked at."""
    seen = visible_agencies(person, "planning.view", on)
    chosen = [pk for pk in seen if str(pk) == agency] if agency else seen
    if len(chosen) != 1:
        return None
    version = PlanVersion.objects.filter(
        plan__agency__in=chosen, plan__year=on.year, status=VersionStatus.IN_FORCE
    ).first()
    return costs_so_far(version) if version is not None else None


def costs_so_far(version: PlanVersion) -> Costs:
    """What the live tasks of a plan cost, stopped ones left out, against its budget."""
    rows = Task.objects.filter(plan=version.plan_id).exclude(status=TaskStatus.CANCELLED)
    total = rows.aggregate(total=Sum("cost"))["total"] or 0
    return Costs(total, version.budget, overspent([total], version.budget))
