"""Steps on a task: each a form; what was typed stays when it is refused."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.core.errors import Refused, Stale
from motcua.planning import actions
from motcua.planning.forms.tasks import TaskForm
from motcua.planning.models import Extension, Task
from motcua.planning.views.common import lock_of, said, show_refusal, who
from motcua.planning.views.tasks.clash import clash_of
from motcua.planning.views.tasks.common import FORMS, make_form, next_url, task_of, task_page
from motcua.ui.respond import redirect_after

_ACTIONS: dict[str, Any] = {
    "take_on_task": actions.take_on_task,
    "report_progress": actions.report_progress,
    "submit_task": actions.submit_task,
    "accept_task": actions.accept_task,
    "return_task": actions.return_task,
    "reopen_task": actions.reopen_task,
    "cancel_task": actions.cancel_task,
    "comment_task": actions.comment_task,
    "remind_task": actions.remind_task,
    "ask_extension": actions.ask_extension,
    "reassign": actions.reassign_task,
}
#: Steps that would overwrite what somebody else saved meanwhile.
_LOCKED = frozenset({"report_progress", "submit_task", "reassign"})


def _take(request: HttpRequest, task: Task, step: str, form: TaskForm) -> None:
    person, now, _on = who(request)
    values = dict(form.cleaned_data)
    if values.pop("attached", None) is not None:
        values["files"] = form.uploads()
    if step in _LOCKED:
        values["lock"] = lock_of(request)
    _ACTIONS[step](task=task, by=person, at=now, **values)


@login_required
@require_POST
def task_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Take one step; refused, the task's page comes back with the form as it was typed."""
    if step not in FORMS:
        raise Http404
    found = task_of(request, pk)
    form = make_form(request, found, step, bound=True)
    if not form.is_valid():
        return task_page(request, found, form, step, 422)
    try:
        _take(request, found, step, form)
    except Refused as refusal:
        form.add_refusal(said(refusal))
        stored = task_of(request, pk)
        clash = clash_of(stored, form) if isinstance(refusal, Stale) else None
        return task_page(request, stored, form, step, refusal.status, clash)
    messages.success(request, _("Đã ghi nhận."))
    return redirect_after(request, next_url(request, found))


@login_required
@require_POST
def decide_extension(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant or refuse more time, from the task's page or with one tap from a list."""
    person, now, on = who(request)
    rows = Extension.objects.filter(task__in=Task.objects.visible_to(person, on))
    found = get_object_or_404(rows.select_related("task__agency", "asked_by"), pk=pk)
    try:
        actions.decide_extension(
            extension=found,
            grant=request.POST.get("decision") == "grant",
            note=request.POST.get("note", ""),
            by=person,
            at=now,
        )
    except Refused as refusal:
        show_refusal(request, refusal)
    else:
        messages.success(request, _("Đã ghi nhận."))
    return redirect_after(request, next_url(request, found.task))
