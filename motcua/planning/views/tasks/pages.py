"""One task, its files, a new one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from motcua.core.errors import Refused
from motcua.files.models import Attachment
from motcua.files.views import send
from motcua.org.permissions import check_may
from motcua.planning import actions
from motcua.planning.forms.tasks import NewTaskForm
from motcua.planning.models import SteeringDocument
from motcua.planning.views.common import said, who
from motcua.planning.views.tasks.common import agency_for, sent_of, task_of, task_page
from motcua.ui.respond import redirect_after


@login_required
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """A task: its sentence, people, deadline, what one may do, what was done."""
    return task_page(request, task_of(request, pk))


@login_required
def task_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A file of a task that the person may see."""
    found = task_of(request, pk)
    return send(get_object_or_404(Attachment.objects.of(found), pk=file))


@login_required
def new_task(request: HttpRequest) -> HttpResponse:
    """Give a task that is not in the plan; ``?steering=`` names the document it comes from."""
    person, now, on = who(request)
    agency = agency_for(request)
    if agency is None:
        raise PermissionDenied
    check_may(person, "planning.assign", agency, on)
    document = _document(request, agency.pk)
    form = NewTaskForm(sent_of(request)[0], agency=agency, on=on)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.assign_task(
                agency=agency, steering=document, by=person, at=now, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_refusal(said(refusal))
        else:
            return redirect_after(request, reverse("planning:task", args=[made.pk]))
    context = {"form": form, "document": document}
    return render(request, "planning/new_task.html", context, status=422 if form.errors else 200)


def _document(request: HttpRequest, agency: int) -> SteeringDocument | None:
    pk = request.GET.get("steering", "")
    if not pk.isdigit():
        return None
    return get_object_or_404(SteeringDocument, agency=agency, pk=pk)
