"""From a file to a draft: look first, then store."""

from __future__ import annotations

import base64
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from motcua.core.errors import Refused
from motcua.org.permissions import check_may
from motcua.org.queries import home_agency
from motcua.planning import actions
from motcua.planning.actions.importing import PlanYearTaken
from motcua.planning.forms.plans import ImportForm
from motcua.planning.models import Plan
from motcua.planning.reader import read_apart
from motcua.planning.reader.years import for_year
from motcua.planning.views.common import said, who
from motcua.ui.respond import redirect_after, sent_by

#: How long a file looked at may be stored without sending it again, in seconds.
PREVIEW_SECONDS = 3600


@login_required
def import_file(request: HttpRequest) -> HttpResponse:
    """Choose a file → see what is understood → store it as a draft."""
    person, _now, today = who(request)
    agency = home_agency(person, today)
    if agency is not None:
        check_may(person, "planning.import", agency, today)
    if "sealed" in request.POST:
        return _store(request)
    form = ImportForm(sent_by(request), request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        name, content = form.document()
        try:
            apart = read_apart(content, name)
        except Refused as refusal:
            form.add_refusal(said(refusal), "file")
        else:
            reading = for_year(apart.plan, form.cleaned_data["year"])
            context |= {"reading": reading, "sealed": seal(name, content)}
            context["year"] = reading["year"]
    status = 422 if form.errors else 200
    return render(request, "planning/plans/import.html", context, status=status)


def seal(name: str, content: bytes) -> str:
    """The file travels with the preview, signed: nothing is kept on the server for a look."""
    value = {"name": name, "content": base64.b64encode(content).decode()}
    return signing.dumps(value, salt="planning.import", compress=True)


def unseal(sealed: str) -> tuple[str, bytes]:
    """Name and content of a sealed file. Raises ``BadSignature``."""
    value = signing.loads(sealed, salt="planning.import", max_age=PREVIEW_SECONDS)
    return value["name"], base64.b64decode(value["content"])


def _store(request: HttpRequest) -> HttpResponse:
    person, now, today = who(request)
    agency = home_agency(person, today)
    assert agency is not None
    try:
        name, content = unseal(request.POST["sealed"])
        apart = read_apart(content, name)
        year = request.POST.get("year", "")
        version = actions.import_plan(
            agency=agency,
            read=actions.ReadPlan(name, content, apart.plan, apart.text),
            by=person,
            at=now,
            year=int(year) if year.isdigit() else None,
        )
    except signing.BadSignature:
        return redirect_after(request, reverse("planning:import"))
    except Refused as refusal:
        known = None
        if isinstance(refusal, PlanYearTaken):
            known = Plan.objects.filter(agency=agency, year=str(refusal.params["year"])).first()
        context = {"form": ImportForm(), "refusal": said(refusal), "known": known}
        return render(request, "planning/plans/import.html", context, status=refusal.status)
    return redirect_after(request, reverse("planning:version", args=[version.plan_id, version.no]))
