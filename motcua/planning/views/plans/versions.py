"""One version: the confirm screen while it is a draft, the chairman's page, the text after."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from motcua.core.errors import Refused
from motcua.planning import actions
from motcua.planning.forms.plans import HeadForm, ReasonForm
from motcua.planning.models import PlanVersion
from motcua.planning.queries.plans import changes_between, pieces_of
from motcua.planning.rules import VersionStatus
from motcua.planning.views.common import lock_of, said, show_refusal, version_of, who
from motcua.planning.views.plans.parts import confirming
from motcua.ui.respond import redirect_after, sent_by


@login_required
def version(request: HttpRequest, pk: int, no: int) -> HttpResponse:
    """Text on one side, what was understood on the other; steps that the person may take."""
    person, now, _today = who(request)
    found = version_of(request, pk, no)
    context = confirming(found, person, now) | {
        "pieces": pieces_of(found),
        "reason_form": ReasonForm(),
        "previous": _previous(found),
    }
    if found.status == VersionStatus.SUBMITTED and context["previous"]:
        context["changes"] = changes_between(context["previous"], found)
    return render(request, "planning/plans/version.html", context)


def _previous(found: PlanVersion) -> PlanVersion | None:
    approved = found.plan.versions.filter(no__lt=found.no, approved_at__isnull=False)
    return approved.order_by("-no").first()


@login_required
def head(request: HttpRequest, pk: int, no: int) -> HttpResponse:
    """Correct title, number, budget and time of a draft."""
    person, now, _today = who(request)
    found = version_of(request, pk, no)
    names = ("title", "number", "issued_on", "budget", "starts_on", "ends_on")
    form = HeadForm(sent_by(request), initial={name: getattr(found, name) for name in names})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_version(
                version=found, changes=form.cleaned_data, by=person, at=now, lock=lock_of(request)
            )
        except Refused as refusal:
            form.add_refusal(said(refusal))
        else:
            return redirect_after(request, reverse("planning:version", args=[pk, no]))
    if form.errors:
        status = 422
    context = {"form": form, "version": found}
    return render(request, "planning/plans/head.html", context, status=status)


@login_required
@require_POST
def version_step(request: HttpRequest, pk: int, no: int, step: str) -> HttpResponse:
    """submit_plan, approve_plan, return_plan, discard_plan."""
    person, now, _today = who(request)
    found = version_of(request, pk, no)
    reason = request.POST.get("reason", "")
    common: dict[str, Any] = {"version": found, "by": person, "at": now}
    take: Any = {
        "submit_plan": lambda: actions.submit_plan(lock=lock_of(request), **common),
        "approve_plan": lambda: actions.approve_plan(lock=lock_of(request), **common),
        "return_plan": lambda: actions.return_plan(reason=reason, **common),
        "discard_plan": lambda: actions.discard_plan(reason=reason, **common),
    }.get(step)
    if take is None:
        raise Http404
    try:
        take()
    except Refused as refusal:
        show_refusal(request, refusal)
        return redirect_after(request, reverse("planning:version", args=[pk, no]))
    messages.success(request, _(_DONE[step]))
    return redirect_after(request, reverse("planning:plan", args=[pk]))


_DONE = {
    "submit_plan": gettext_noop("Đã trình Chủ tịch."),
    "approve_plan": gettext_noop("Kế hoạch đã có hiệu lực."),
    "return_plan": gettext_noop("Đã trả lại người soạn."),
    "discard_plan": gettext_noop("Đã bỏ bản này."),
}
