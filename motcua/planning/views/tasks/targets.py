"""Targets by field; one target with its values, and a new value."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from motcua.core.errors import Refused
from motcua.files.views import send
from motcua.org.permissions import may
from motcua.planning import actions
from motcua.planning.forms.tasks import ValueForm
from motcua.planning.live import prospects_of
from motcua.planning.models import Target
from motcua.planning.queries.changes import files_shown, trace_of
from motcua.planning.queries.targets import (
    RISKY,
    by_field,
    chart_of,
    current_targets,
    proofs_of,
    standings,
)
from motcua.planning.views.common import said, who
from motcua.planning.views.tasks.common import sent_of
from motcua.ui.respond import redirect_after


@login_required
def targets(request: HttpRequest) -> HttpResponse:
    """This year's targets; ``?risk=on`` leaves those missed or near it."""
    person, _now, on = who(request)
    rows = current_targets(person, on)
    risk = request.GET.get("risk") == "on"
    shown = [row for row in rows if row.reading in RISKY] if risk else rows
    context = {
        "parts": by_field(shown),
        "risk": risk,
        "total": len(rows),
        "risky": sum(row.reading in RISKY for row in rows),
    }
    return render(request, "planning/targets.html", context)


def _target(request: HttpRequest, pk: int) -> Target:
    """A target that the person may see, else 404."""
    person, _now, on = who(request)
    rows = Target.objects.visible_to(person, on).select_related("agency", "plan", "item__version")
    return get_object_or_404(rows, pk=pk)


@login_required
def value_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A file that proves a value of a target that the person may see."""
    return send(get_object_or_404(proofs_of(_target(request, pk)), pk=file))


@login_required
def target(request: HttpRequest, pk: int) -> HttpResponse:
    """A target: goal, values, trend; the form that enters a value with its evidence."""
    person, now, on = who(request)
    found = _target(request, pk)
    form = ValueForm(*sent_of(request), initial={"on": on})
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_value(target=found, by=person, at=now, **form.values())
        except Refused as refusal:
            form.add_refusal(said(refusal))
        else:
            return redirect_after(request, reverse("planning:target", args=[pk]))
    standing = standings([found], on)[0]
    context = {
        "standing": standing,
        "target": found,
        "form": form if form.errors or may(person, "planning.measure", found.agency, on) else None,
        "figure": chart_of(standing),
        "prospect": prospects_of(person, [found], on, now).get(pk) if standing.reads else None,
        "files": files_shown(proofs_of(found), "planning:value_file", pk),
        "trace": trace_of(found),
    }
    return render(request, "planning/target.html", context, status=422 if form.errors else 200)
