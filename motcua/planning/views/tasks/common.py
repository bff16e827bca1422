"""Whose task; the forms of its steps; where one goes after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext

from motcua.core.errors import mark as _
from motcua.org.models import Agency, Person
from motcua.org.permissions import may
from motcua.org.queries import home_agency
from motcua.planning.forms.tasks import (
    AcceptForm,
    CommentForm,
    ExtensionForm,
    PlainForm,
    ProgressForm,
    ReassignForm,
    RemindForm,
    SubmitForm,
    TaskForm,
    WhyForm,
)
from motcua.planning.models import Extension, Task
from motcua.planning.permissions import (
    allowed_task_steps,
    can_ask_extension,
    can_decide_extension,
)
from motcua.planning.queries.changes import files_of, history_of, trace_of
from motcua.planning.queries.work import costs_so_far, why_due
from motcua.planning.rules import OPEN_TASKS, TASK_STEPS, ExtensionStatus
from motcua.planning.views.common import who
from motcua.planning.views.tasks.clash import Clash
from motcua.ui.respond import back_of, respond, safe_url

FORMS: dict[str, type[TaskForm]] = {
    "take_on_task": PlainForm,
    "report_progress": ProgressForm,
    "submit_task": SubmitForm,
    "accept_task": AcceptForm,
    "return_task": WhyForm,
    "reopen_task": WhyForm,
    "cancel_task": WhyForm,
    "comment_task": CommentForm,
    "remind_task": RemindForm,
    "ask_extension": ExtensionForm,
    "reassign": ReassignForm,
}
_LABELS = {
    "comment_task": _("Ý kiến, câu hỏi"),
    "remind_task": _("Nhắc việc"),
    "ask_extension": _("Xin gia hạn"),
    "reassign": _("Giao cho người khác"),
}
#: A series is done by its instances: by itself it is only given to others, stopped, spoken of.
_OF_SERIES = frozenset({"cancel_task", "reassign", "comment_task"})


@dataclass(frozen=True, slots=True)
class StepForm:
    """One step that the person may take, with its form: open when asked for, or refused."""

    name: str
    label: str
    form: TaskForm
    kind: str
    is_open: bool


def task_of(request: HttpRequest, pk: int) -> Task:
    """A task that the person may see, else 404."""
    person, _now, on = who(request)
    rows = Task.objects.visible_to(person, on).select_related(
        "agency", "lead_person", "lead_post", "item__version", "steering", "series"
    )
    return get_object_or_404(rows.prefetch_related("assignees__post", "assignees__person"), pk=pk)


def agency_for(request: HttpRequest) -> Agency | None:
    """The agency at which a person enters something new: the one they work for."""
    person, _now, on = who(request)
    return home_agency(person, on)


def may_at_home(request: HttpRequest, permission: str) -> bool:
    """Whether to show a button that enters something new."""
    person, _now, on = who(request)
    agency = home_agency(person, on)
    return agency is not None and may(person, permission, agency, on)


def sent_of(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is bound to: nothing on a visit, what was sent on a post, even when empty."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def make_form(request: HttpRequest, task: Task, step: str, *, bound: bool) -> TaskForm:
    """The form of a step, bound to what was sent or empty; ids do not clash on one page."""
    _person, _now, on = who(request)
    data: Any = sent_of(request) if bound else ()
    return FORMS[step](*data, task=task, on=on, auto_id=f"{step}-%s")


def _names(task: Task, person: Person, now: datetime, *, asked: bool) -> list[str]:
    """Steps that the person may take, the rarest last; ``asked``: more time awaits an answer."""
    names = [*allowed_task_steps(task, person, now), "comment_task"]
    if not asked and can_ask_extension(task, person, now):
        names.append("ask_extension")
    if "cancel_task" in names:
        names.remove("cancel_task")
        names += [*(["remind_task"] if task.lead_person else []), "reassign", "cancel_task"]
    return [name for name in names if not task.recurrence or name in _OF_SERIES]


def _step_form(request: HttpRequest, task: Task, name: str, sent: TaskForm | None) -> StepForm:
    label = _LABELS[name] if name in _LABELS else TASK_STEPS[name].label
    form = sent if sent is not None else make_form(request, task, name, bound=False)
    is_open = form.is_bound or request.GET.get("step") == name
    return StepForm(name, gettext(label), form, "danger" if name == "cancel_task" else "", is_open)


def task_page(
    request: HttpRequest,
    task: Task,
    sent: TaskForm | None = None,
    step: str = "",
    status: int = 200,
    clash: Clash | None = None,
) -> HttpResponse:
    """The page of a task, or its part beside the list.

    ``sent`` is the refused form of ``step``, with what was typed; ``clash`` what stands against it.
    """
    person, now, on = who(request)
    waiting = _waiting(task)
    names = _names(task, person, now, asked=waiting is not None)
    if sent is not None and step not in names:
        names.insert(0, step)  # no longer possible, but what was typed is shown
    context = {
        "task": task,
        "steps": [_step_form(request, task, one, sent if one == step else None) for one in names],
        "why": why_due(task.due_on, on) if task.status in OPEN_TASKS else None,
        "helpers": [row for row in task.assignees.all() if not row.leads],
        "waiting": waiting,
        "may_decide": waiting is not None and can_decide_extension(waiting, person, now),
        "history": history_of(task),
        "files": files_of(task, "planning:task_file", task.pk),
        "trace": trace_of(task),
        "instances": _instances(task),
        "costs": costs_so_far(task.item.version) if task.item and task.cost else None,
        "clash": clash,
        "next": back_of(request),
    }
    part = {"beside": "planning/tasks/_panel.html"}
    return respond(request, "planning/task.html", part, context, status)


def _waiting(task: Task) -> Extension | None:
    """The request for more time that awaits its answer."""
    asked = task.extensions.filter(status=ExtensionStatus.ASKED).select_related("asked_by").first()
    if asked is not None:
        asked.task = task
    return asked


def _instances(task: Task) -> Any:
    """The instances of a series, in their order; nothing for other tasks."""
    rows = Task.objects.filter(series=task) if task.recurrence else Task.objects.none()
    return rows.select_related("lead_person", "lead_post").work_order()


def next_url(request: HttpRequest, task: Task) -> str:
    """The page of this site that the form came from, else the task's."""
    return safe_url(request, request.POST.get("next", "")) or reverse(
        "planning:task", args=[task.pk]
    )
