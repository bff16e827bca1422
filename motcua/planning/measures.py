"""What indicators may count of plans: tasks as they stood at the end of a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
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
from motcua.planning.queries.as_of import History, TaskState, history_of
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


@dataclass(frozen=True, slots=True)
class _Plans:
    """The work of some years with the days on which products came."""

    agencies: dict[int, dict[int, History]]  # agency → year → its work
    products: dict[int, list[date]]

    @classmethod
    def of(cls, scopes: Sequence[Scope]) -> _Plans:
        """Four queries an agency and year; few tasks make a plan."""
        keys = {agency for scope in scopes for agency in scope.agencies}
        years = sorted({scope.until.year for scope in scopes})
        agencies = {
            agency.pk: {year: history_of(agency, year) for year in years}
            for agency in Agency.objects.filter(pk__in=keys)
        }
        tasks = [t.pk for found in agencies.values() for h in found.values() for t in h.tasks]
        files = Attachment.objects.filter(
            object_type=Task._meta.label_lower,
            object_id__in=tasks,
            kind="product",
            withdrawn_at__isnull=True,
        )
        products: dict[int, list[date]] = {}
        for key, added in files.values_list("object_id", "added_at"):
            products.setdefault(key, []).append(day_of(added))
        return cls(agencies, products)

    def counted(self, scope: Scope) -> Iterator[tuple[str, TaskState]]:
        """Each measure with each task that it counts; stopped tasks are left out."""
        for key in scope.agencies:
            for task in self.agencies[key][scope.until.year].on(scope.end):
                if task.status != TaskStatus.CANCELLED:
                    proved = any(day <= scope.on for day in self.products.get(task.pk, ()))
                    for code, holds in CONDITIONS.items():
                        if holds(task, scope, proved):
                            yield code, task


def count(scopes: Sequence[Scope]) -> Counts:
    """Every measure in every scope; the queries do not depend on how many scopes there are."""
    plans = _Plans.of(scopes)
    totals = {m.code: [0] * len(scopes) for m in MEASURES}
    for place, scope in enumerate(scopes):
        for code, _task in plans.counted(scope):
            totals[code][place] += 1
    return totals


def rows(code: str, scope: Scope) -> TaskQuerySet:
    """The tasks that a number counts, in the order of their codes."""
    keys = [task.pk for told, task in _Plans.of([scope]).counted(scope) if told == code]
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
