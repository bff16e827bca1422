"""Who asks; whose plan; how a refusal is shown where it happened."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from motcua.core.errors import Refused
from motcua.org.models import Person
from motcua.planning.models import Plan, PlanItem, PlanVersion


def who(request: HttpRequest) -> tuple[Person, datetime, date]:
    """The person, moment and day of a request; a log-in without a person is refused."""
    person: Person | None = request.person  # type: ignore[attr-defined] # set by PersonMiddleware
    if person is None:
        raise PermissionDenied
    return person, request.now, request.today  # type: ignore[attr-defined] # likewise


def plan_of(request: HttpRequest, pk: int) -> Plan:
    """A plan that the person may see, else 404."""
    person, _now, today = who(request)
    plans = Plan.objects.visible_to(person, today).select_related("agency")
    return get_object_or_404(plans, pk=pk)


def version_of(request: HttpRequest, pk: int, no: int) -> PlanVersion:
    """A version of such a plan, else 404."""
    plan = plan_of(request, pk)
    version = get_object_or_404(plan.versions.select_related("made_by", "approved_by"), no=no)
    version.plan = plan
    return version


def item_of(request: HttpRequest, pk: int, no: int, item: int) -> PlanItem:
    """An item of such a version, else 404."""
    version = version_of(request, pk, no)
    found = get_object_or_404(version.items.select_related("lead_post"), pk=item)
    found.version = version
    return found


def said(refusal: Refused) -> str:
    """The refusal's sentence in the person's language."""
    return refusal.sentence(gettext(refusal.message))


def show_refusal(request: HttpRequest, refusal: Refused) -> None:
    """Show a refusal at the top of the page that one returns to."""
    messages.error(request, said(refusal))


def lock_of(request: HttpRequest) -> int | None:
    """The state on which the form was opened."""
    sent = request.POST.get("lock", "")
    return int(sent) if sent.isdigit() else None
