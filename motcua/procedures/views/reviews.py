"""Plans of reviews, and each review with its costs."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from motcua.core.errors import Refused
from motcua.org.permissions import check_may, may
from motcua.org.views.common import own_agency, who
from motcua.procedures import actions
from motcua.procedures.forms import (
    AssessForm,
    DecideForm,
    NumberForm,
    PlanReviewForm,
    YearForm,
    refuse,
)
from motcua.procedures.models import Review, ReviewPlan
from motcua.procedures.queries import review_progress
from motcua.procedures.rules import Component, Outcome, PlanStatus, plan_deadline
from motcua.procedures.views.common import said, show_refusal
from motcua.ui.listing import Column, Empty, listing
from motcua.ui.respond import redirect_after, sent_by

COLUMNS = (
    Column("year", _("Năm"), order_by="year", primary=True, render=lambda plan: str(plan.year)),
    Column("agency", _("Cơ quan"), path="agency__name", order_by="agency__name"),
    Column("status", _("Trạng thái"), render=lambda plan: gettext(PlanStatus(plan.status).label)),
    Column("number", _("Số, ký hiệu")),
    Column("approved_on", _("Ngày ban hành"), align="end"),
)


@login_required
def plans(request: HttpRequest) -> HttpResponseBase:
    """Plans of the agencies that the person may see, the latest first."""
    person, _now, today = who(request)
    rows = listing(
        request,
        ReviewPlan.objects.visible_to(person, today).select_related("agency"),
        COLUMNS,
        order="-year",
        row_url=lambda plan: reverse("procedures:review_plan", args=[plan.pk]),
        empty=Empty(
            _("Chưa có kế hoạch rà soát"),
            _("Kế hoạch năm được ban hành trước ngày 31/01 của năm kế hoạch."),
        ),
        file_name="ke-hoach-ra-soat",
    )
    may_edit = may(person, "procedures.review", own_agency(person, today), today)
    return rows.respond("procedures/reviews/plans.html", {"may_edit": may_edit})


@login_required
def new_plan(request: HttpRequest) -> HttpResponse:
    """Begin the plan of a year."""
    person, now, today = who(request)
    agency = own_agency(person, today)
    check_may(person, "procedures.review", agency, today)
    form = YearForm(sent_by(request), initial={"year": today.year})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.draft_review_plan(agency=agency, by=person, at=now, **form.cleaned_data)
        except Refused as refusal:
            form.add_refusal(said(refusal), "year")
        else:
            return redirect_after(request, reverse("procedures:review_plan", args=[made.pk]))
    context = {
        "form": form,
        "title": gettext("Lập kế hoạch rà soát"),
        "back": reverse("procedures:review_plans"),
    }
    status = 422 if form.errors else 200
    return render(request, "procedures/internal/form.html", context, status=status)


@login_required
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan with its reviews, how far it is, and what the person may do."""
    person, now, today = who(request)
    found = _plan(request, pk)
    form = PlanReviewForm(sent_by(request), plan=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.plan_review(plan=found, by=person, at=now, **form.cleaned_data)
        except Refused as refusal:
            form.add_refusal(said(refusal))
        else:
            return redirect_after(request, reverse("procedures:review_plan", args=[pk]))
    is_draft = found.status == PlanStatus.DRAFT
    context: dict[str, Any] = {
        "plan": found,
        "status": PlanStatus(found.status),
        "deadline": plan_deadline(found.year),
        "is_late": (found.approved_on or today) > plan_deadline(found.year),
        "reviews": found.reviews.select_related("procedure", "post").order_by("due_on", "pk"),
        "progress": review_progress(found.agency, found.year),
        "form": form,
        "may_plan": form.errors
        or (is_draft and may(person, "procedures.review", found.agency, today)),
        "may_approve": is_draft and may(person, "procedures.decide", found.agency, today),
        "number_form": NumberForm(),
    }
    status = 422 if form.errors else 200
    return render(request, "procedures/reviews/plan.html", context, status=status)


@login_required
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the plan."""
    person, now, _today = who(request)
    found = _plan(request, pk)
    try:
        number = request.POST.get("number", "")
        actions.approve_review_plan(plan=found, number=number, by=person, at=now)
    except Refused as refusal:
        show_refusal(request, refusal)
    return redirect_after(request, reverse("procedures:review_plan", args=[pk]))


@login_required
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One review: its costs before and after, its proposal, its outcome."""
    person, _now, today = who(request)
    found = _review(request, pk)
    context = {
        "review": found,
        "components": [
            (name.label, found.before.component(name), found.after.component(name))
            for name in Component
        ],
        "outcome": Outcome(found.outcome).label if found.outcome else "",
        "may_assess": found.status != "decided"
        and found.plan.status == PlanStatus.APPROVED
        and may(person, "procedures.review", found.plan.agency, today),
        "may_decide": found.status == "assessed"
        and may(person, "procedures.decide", found.plan.agency, today),
    }
    return render(request, "procedures/reviews/review.html", context)


@login_required
def assess(request: HttpRequest, pk: int) -> HttpResponse:
    """Type the costs and the proposal."""
    person, now, today = who(request)
    found = _review(request, pk)
    check_may(person, "procedures.review", found.plan.agency, today)
    form = AssessForm(sent_by(request), review=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.assess_review(
                review=found,
                before=form.cost("before"),
                after=form.cost("after"),
                proposal=form.cleaned_data["proposal"],
                lock=form.cleaned_data["lock"],
                by=person,
                at=now,
            )
        except Refused as refusal:
            refuse(form, refusal, found.lock)
        else:
            return redirect_after(request, reverse("procedures:review", args=[pk]))
    context = {"review": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "procedures/reviews/assess.html", context, status=status)


@login_required
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what came of a review."""
    person, now, today = who(request)
    found = _review(request, pk)
    check_may(person, "procedures.decide", found.plan.agency, today)
    form = DecideForm(sent_by(request), initial={"decided_on": today})
    back = reverse("procedures:review", args=[pk])
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data | {"outcome": Outcome(form.cleaned_data["outcome"])}
        try:
            actions.decide_review(review=found, by=person, at=now, **values)
        except Refused as refusal:
            form.add_refusal(said(refusal), "decision")
        else:
            return redirect_after(request, back)
    context = {"form": form, "title": gettext("Kết luận rà soát"), "back": back}
    status = 422 if form.errors else 200
    return render(request, "procedures/internal/form.html", context, status=status)


def _plan(request: HttpRequest, pk: int) -> ReviewPlan:
    person, _now, today = who(request)
    rows = ReviewPlan.objects.visible_to(person, today).select_related("agency")
    return get_object_or_404(rows, pk=pk)


def _review(request: HttpRequest, pk: int) -> Review:
    person, _now, today = who(request)
    plans = ReviewPlan.objects.visible_to(person, today)
    rows = Review.objects.filter(plan__in=plans)
    return get_object_or_404(rows.select_related("plan__agency", "procedure", "post"), pk=pk)
