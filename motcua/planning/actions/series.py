"""Recurring tasks make their instances: one task per period, with its own deadline and proof."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from motcua.core.due import periods_of
from motcua.core.periods import Period, PeriodKind
from motcua.org.models import Person
from motcua.planning.models import Assignee, PlanVersion, Task
from motcua.planning.permissions import day_of
from motcua.planning.rules import OPEN_TASKS

_KINDS = {"month": PeriodKind.MONTH, "quarter": PeriodKind.QUARTER, "half": PeriodKind.HALF}


def due_periods(recurrence: str, start: date, end: date) -> list[Period]:
    """The periods whose last day lies within a plan's time, in order."""
    kind = _KINDS[recurrence]
    periods = [p for year in range(start.year, end.year + 1) for p in periods_of(kind, year)]
    return [period for period in periods if start <= period.end <= end]


def make_instances(
    *, series: Task, version: PlanVersion, people: Mapping[int, Person], at: datetime
) -> list[Task]:
    """The instances still missing; periods that ended before the approval make none."""
    have = set(series.instances.values_list("period", flat=True))
    helpers = list(series.assignees.all())
    _follow(series, helpers, people, at)
    made: list[Task] = []
    for period in due_periods(series.recurrence, version.starts_on, version.ends_on):
        if period.code in have or period.end < day_of(at):
            continue
        task = Task.objects.create(
            agency=series.agency,
            plan=series.plan,
            item=series.item,
            lineage=series.lineage,
            series=series,
            period=period.code,
            code=f"{series.code}/{period.code[5:] or period.code}"[:20],
            field=series.field,
            text=series.text,
            folded=series.folded,
            lead_post=series.lead_post,
            lead_person=series.lead_person,
            starts_on=max(period.start, series.starts_on),
            due_on=period.end,
            first_due_on=period.end,
            product=series.product,
            changed_at=at,
        )
        Assignee.objects.bulk_create(
            Assignee(task=task, post_id=a.post_id, person=people.get(a.post_id), leads=a.leads)
            for a in helpers
        )
        made.append(task)
    return made


def _follow(
    series: Task, helpers: list[Assignee], people: Mapping[int, Person], at: datetime
) -> None:
    """Open instances take over an amended wording and its people."""
    for task in series.instances.filter(status__in=OPEN_TASKS):
        task.item, task.text, task.folded = series.item, series.text, series.folded
        task.lead_post, task.lead_person = series.lead_post, series.lead_person
        task.product, task.changed_at = series.product, at
        task.save()
        task.assignees.all().delete()
        Assignee.objects.bulk_create(
            Assignee(task=task, post_id=a.post_id, person=people.get(a.post_id), leads=a.leads)
            for a in helpers
        )
