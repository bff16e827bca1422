"""Amend a plan in force: as a copy, or from a new text that is looked at before it is stored."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from motcua.core.errors import Refused
from motcua.org.permissions import check_may
from motcua.planning import actions
from motcua.planning.forms.plans import AmendForm
from motcua.planning.models import Plan, PlanItem, PlanVersion
from motcua.planning.queries.amending import comparison_of, preview_of
from motcua.planning.reader import read_apart
from motcua.planning.reader.years import for_year
from motcua.planning.views.common import plan_of, said, show_refusal, version_of, who
from motcua.planning.views.plans.importing import seal, unseal
from motcua.ui.respond import redirect_after, sent_by


@login_required
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an amendment with its reason; a file is compared first, and stored when asked."""
    person, _now, today = who(request)
    found = plan_of(request, pk)
    check_may(person, "planning.import", found.agency, today)
    form = AmendForm(sent_by(request), request.FILES or None)
    context: dict[str, Any] = {"form": form, "plan": found}
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data.get("file"):
                context |= _look(found, form)
            else:
                made = _begin(request, found, form)
                name = "matches" if "sealed" in request.POST else "version"
                return redirect_after(request, reverse(f"planning:{name}", args=[pk, made.no]))
        except signing.BadSignature:
            return redirect_after(request, reverse("planning:amend", args=[pk]))
        except Refused as refusal:
            form.add_refusal(said(refusal))
    status = 422 if form.errors else 200
    return render(request, "planning/plans/amend.html", context, status=status)


def _look(plan: Plan, form: AmendForm) -> dict[str, Any]:
    """The new text beside the plan in force; nothing is stored."""
    file = form.cleaned_data["file"]
    name, content = file.name or "ke-hoach", file.read()
    reading = for_year(read_apart(content, name).plan, plan.year)
    compared = preview_of(plan, reading)
    if compared is None:
        raise actions.NothingToAmend
    return {"reading": reading, "compared": compared, "sealed": seal(name, content)}


def _begin(request: HttpRequest, plan: Plan, form: AmendForm) -> PlanVersion:
    person, now, _today = who(request)
    common: dict[str, Any] = {
        "plan": plan,
        "reason": form.cleaned_data["reason"],
        "by": person,
        "at": now,
    }
    if "sealed" not in request.POST:
        return actions.amend_plan(**common)
    name, content = unseal(request.POST["sealed"])
    apart = read_apart(content, name)
    read = actions.ReadPlan(name, content, apart.plan, apart.text)
    return actions.amend_from_file(read=read, **common)


@login_required
def matches(request: HttpRequest, pk: int, no: int) -> HttpResponse:
    """The amendment beside the version in force; a match is corrected here."""
    person, now, _today = who(request)
    found = version_of(request, pk, no)
    compared = comparison_of(found)
    if compared is None:
        raise Http404
    if request.method == "POST":
        item = get_object_or_404(found.items, pk=request.POST.get("item") or 0)
        chosen = request.POST.get("old", "")
        old = next((row for row in compared.old if str(row.pk) == chosen), None)
        try:
            actions.match_item(item=item, old=old, by=person, at=now)
        except Refused as refusal:
            show_refusal(request, refusal)
        here = reverse("planning:matches", args=[pk, no])
        return redirect_after(request, f"{here}#pair-{item.pk}")
    context = {"version": found, "compared": compared, "editable": found.status == "draft"}
    return render(request, "planning/plans/matches.html", context)


@login_required
@require_POST
def keep(request: HttpRequest, pk: int, no: int) -> HttpResponse:
    """Take over an item of the version in force that the new text leaves out."""
    person, now, _today = who(request)
    found = version_of(request, pk, no)
    rows = PlanItem.objects.filter(version__plan=found.plan)
    old = get_object_or_404(rows, pk=request.POST.get("old") or 0)
    try:
        actions.keep_item(version=found, old=old, by=person, at=now)
    except Refused as refusal:
        show_refusal(request, refusal)
    return redirect_after(request, reverse("planning:matches", args=[pk, no]))
