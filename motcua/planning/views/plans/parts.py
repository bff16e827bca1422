"""The confirm screen and its parts: a step brings back the part of the page that it changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from motcua.org.models import Person, Post
from motcua.planning.models import PlanVersion
from motcua.planning.permissions import allowed_version_steps
from motcua.planning.queries.plans import costs_of, missing_of, parts_of, warnings_of
from motcua.planning.views.common import who
from motcua.ui.respond import redirect_after, respond, wants_fragment


def confirming(found: PlanVersion, person: Person, now: datetime) -> dict[str, Any]:
    """What the parts of the confirm screen show."""
    steps = allowed_version_steps(found, person, now)
    parts, groups = parts_of(found), warnings_of(found)
    return {
        "version": found,
        "parts": parts,
        "groups": groups,
        "missing": missing_of(parts, sum(group.waiting for group in groups)),
        "costs": costs_of(found),
        "steps": steps,
        "editable": "submit_plan" in steps,
        "posts": Post.objects.filter(agency=found.plan.agency).order_by("order"),
    }


def back(request: HttpRequest, found: PlanVersion, anchor: str, key: str = "") -> HttpResponse:
    """After a step: the part ``key`` of the page for htmx, else the page itself at ``anchor``.

    ``key`` names a heading's part, or "warnings"; what counts the whole travels out of band.
    """
    if not key or not wants_fragment(request):
        page = reverse("planning:version", args=[found.plan_id, found.no])
        return redirect_after(request, f"{page}#{anchor}")
    person, now, _today = who(request)
    fresh = PlanVersion.objects.select_related("plan__agency", "made_by").get(pk=found.pk)
    context = confirming(fresh, person, now)
    context["part"] = next((part for part in context["parts"] if part.key == key), None)
    after = "planning/plans/_after.html"
    return respond(request, after, after, context)
