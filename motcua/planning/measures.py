"""What indicators may count of plans: tasks as they stood at the end of a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from django.urls import reverse

from motcua.core.errors import mark as _
from motcua.core.measures import Counts, Family, Measure, RowColumn, Scope
from motcua.files.models import Attachment
from motcua.org.models import Agency
from motcua.planning.models import Task
from motcua.planning.models.tasks import TaskQuerySet
from motcua.planning.permissions import day_of
from motcua.planning.queries.as_of import TaskState, tasks_as_of
from motcua.planning.rules import TaskStatus, on_time

TASKS = _("nhiệm vụ")
MEASURES = (
    Measure(
        "planning.tasks",
        _("Nhiệm vụ trong năm"),
        TASKS,
        _("Đã giao đến cuối kỳ, không tính nhiệm vụ đã dừng."),
    ),
    Measure(
        "planning.tasks.due",
        _("Nhiệm vụ đến hạn"),
        TASKS,
        _("Hạn hoàn thành nằm trong kỳ."),
    ),
    Measure(
        "planning.tasks.done",
        _("Nhiệm vụ hoàn thành"),
        TASKS,
        _("Nộp sản phẩm trong kỳ và được xác nhận; tính theo ngày nộp."),
    ),
    Measure(
        "planning.tasks.done.on_time",
        _("Nhiệm vụ hoàn thành đúng hạn"),
        TASKS,
        _("Hoàn thành trong kỳ, ngày nộp không sau hạn; không có hạn thì không trễ."),
    ),
    Measure(
        "planning.tasks.done.proved",
        _("Nhiệm vụ hoàn thành có minh chứng"),
        TASKS,
        _("Hoàn thành trong kỳ và có tệp sản phẩm kèm theo."),
    ),
    Measure(
        "planning.tasks.late",
        _("Nhiệm vụ trễ hạn"),
        TASKS,
        _("Cuối kỳ đã quá hạn mà chưa nộp."),
    ),
)

#: What makes a task count, from its state at the end and whether a product is kept with it.
CONDITIONS: Final[dict[str, Callable[[TaskState, Scope, bool], bool]]] = {
    "planning.tasks": lambda _task, _scope, _proved: True,
    "planning.tasks.due": lambda task, scope, _proved: (
        task.due_on is not None and scope.since <= task.due_on <= scope.until
    ),
    "planning.tasks.done": lambda task, scope, _proved: _done(task, scope),
    "planning.tasks.done.on_time": lambda task, scope, _proved: (
        _done(task, scope) and task.done_on is not None and on_time(task.done_on, task.due_on)
    ),
    "planning.tasks.done.proved": lambda task, scope, proved: proved and _done(task, scope),
    "planning.tasks.late": lambda task, scope, _proved: task.late_on(scope.end),
}


def _done(task: TaskState, scope: Scope) -> bool:
    return task.done_on is not None and scope.since <= task.done_on <= scope.end


def _states(scope: Scope, kept: dict[tuple[int, date, int], list[TaskState]]) -> list[TaskState]:
    """The tasks of the scope's agencies as they stood on its last day, stopped ones left out."""
    found: list[TaskState] = []
    for agency in Agency.objects.filter(pk__in=scope.agencies):
        key = (agency.pk, scope.end, scope.until.year)
        if key not in kept:
            kept[key] = tasks_as_of(agency, scope.end, scope.until.year)
        found += [task for task in kept[key] if task.status != TaskStatus.CANCELLED]
    return found


def _proved(states: Sequence[TaskState], on: date) -> set[int]:
    """Keys of the tasks with a product kept with them by the end of a day."""
    files = Attachment.objects.filter(
        object_type=Task._meta.label_lower,
        object_id__in=[task.pk for task in states],
        kind="product",
        withdrawn_at__isnull=True,
    )
    return {key for key, added in files.values_list("object_id", "added_at") if day_of(added) <= on}


def count(scopes: Sequence[Scope]) -> Counts:
    """Five queries an agency and last day; few tasks make a plan."""
    kept: dict[tuple[int, date, int], list[TaskState]] = {}
    totals: dict[str, list[int]] = {m.code: [] for m in MEASURES}
    for scope in scopes:
        states = _states(scope, kept)
        proved = _proved(states, scope.on)
        for code, holds in CONDITIONS.items():
            totals[code].append(sum(holds(task, scope, task.pk in proved) for task in states))
    return totals


def rows(code: str, scope: Scope) -> TaskQuerySet:
    """The tasks that a number counts, in the order of the plan."""
    states = _states(scope, {})
    proved = _proved(states, scope.on)
    keys = [task.pk for task in states if CONDITIONS[code](task, scope, task.pk in proved)]
    found: TaskQuerySet = Task.objects.filter(pk__in=keys)
    return found.order_by("code", "pk")


FAMILY = Family(
    name="planning",
    sees="planning.view",
    measures=MEASURES,
    count=count,
    rows=rows,
    columns=(
        RowColumn(_("Mã"), "code"),
        RowColumn(_("Nội dung"), "text"),
        RowColumn(_("Chủ trì"), "lead_post__name"),
        RowColumn(_("Hạn"), "due_on"),
        RowColumn(_("Hoàn thành"), "done_on"),
    ),
    address=lambda row: reverse("planning:task", args=[row.pk]),
)
