"""One step on many tasks ticked in the list: who does not take part is named, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from motcua.core.together import MOST, Outcome, take_together
from motcua.org.models import Person
from motcua.org.permissions import visible_agencies
from motcua.planning import actions
from motcua.planning.forms.tasks import ReassignTogetherForm, TogetherForm
from motcua.planning.models import Task
from motcua.planning.views.common import said, who
from motcua.ui.forms import Form
from motcua.ui.listing import BulkAction
from motcua.ui.respond import redirect_after, safe_url

#: Step → its words, the permission without which the button is not shown, its icon.
STEPS: dict[str, tuple[Any, str, str]] = {
    "take_on_task": (gettext_lazy("Nhận việc"), "planning.progress", "play-fill"),
    "accept_task": (gettext_lazy("Xác nhận xong"), "planning.accept", "check-lg"),
    "remind_task": (gettext_lazy("Nhắc việc"), "planning.assign", "bell"),
    "reassign": (gettext_lazy("Giao cho người khác"), "planning.assign", "person"),
}


def buttons_for(person: Person, on: date) -> list[BulkAction]:
    """The steps that the person may take somewhere."""
    return [
        BulkAction(label, reverse("planning:tasks_together", args=[step]), icon)
        for step, (label, needs, icon) in STEPS.items()
        if visible_agencies(person, needs, on)
    ]


@login_required
@require_POST
def tasks_together(request: HttpRequest, step: str) -> HttpResponse:
    """Show the ticked tasks with the step's form; sent from there, take the step on each."""
    if step not in STEPS:
        raise Http404
    tasks = _ticked(request)
    if not tasks:
        messages.error(request, _("Hãy đánh dấu ít nhất một nhiệm vụ."))
        return redirect_after(request, _back(request))
    sent = "together" in request.POST
    form = _form(request, step, tasks, sent=sent)
    if sent and form.is_valid():
        outcome = take_together(tasks, _taking(request, step, form))
        _tell(request, outcome)
        return redirect_after(request, _back(request))
    context = {"form": form, "tasks": tasks, "label": STEPS[step][0], "back": _back(request)}
    status = 422 if form.errors else 200
    return render(request, "planning/tasks_together.html", context, status=status)


def _ticked(request: HttpRequest) -> list[Task]:
    person, _now, on = who(request)
    keys = [int(pk) for pk in request.POST.getlist("selected") if pk.isdigit()][:MOST]
    rows = Task.objects.visible_to(person, on).followed().filter(pk__in=keys)
    return list(rows.select_related("agency", "lead_person", "lead_post").work_order())


def _form(request: HttpRequest, step: str, tasks: list[Task], *, sent: bool) -> Form:
    _person, _now, on = who(request)
    data = request.POST if sent else None
    if step == "reassign":
        return ReassignTogetherForm(data, agencies={task.agency_id for task in tasks}, on=on)
    return TogetherForm(data)


def _taking(request: HttpRequest, step: str, form: Form) -> Callable[[Task], object]:
    """The single action of the step, with what was typed."""
    person, now, _on = who(request)
    typed = form.cleaned_data
    taken: dict[str, Callable[[Task], object]] = {
        "take_on_task": lambda task: actions.take_on_task(task=task, by=person, at=now),
        "accept_task": lambda task: actions.accept_task(
            task=task, text=typed["text"], by=person, at=now
        ),
        "remind_task": lambda task: actions.remind_task(
            task=task, text=typed["text"], by=person, at=now
        ),
        "reassign": lambda task: actions.reassign_task(
            task=task, lead=typed["lead"], reason=typed["reason"], by=person, at=now
        ),
    }
    return taken[step]


def _tell(request: HttpRequest, outcome: Outcome[Task]) -> None:
    """How many are done; the codes of the others by the reason."""
    done = len(outcome.done)
    if done:
        words = ngettext("Đã xong %(n)d nhiệm vụ.", "Đã xong %(n)d nhiệm vụ.", done) % {"n": done}
        messages.success(request, words)
    reasons: dict[str, list[str]] = defaultdict(list)
    for task, refusal in outcome.refused:
        reasons[said(refusal)].append(task.code)
    for reason, codes in reasons.items():
        named = {"codes": ", ".join(codes), "reason": reason}
        messages.error(request, _("Chưa làm: %(codes)s. %(reason)s") % named)


def _back(request: HttpRequest) -> str:
    return safe_url(request, request.POST.get("next", "")) or reverse("planning:tasks")
