"""Internal procedures and their reviews by API."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from motcua.org.models import Agency, Post
from motcua.org.views.common import own_agency, who
from motcua.procedures import actions
from motcua.procedures.models import InternalProcedure, Review, ReviewPlan
from motcua.procedures.queries import review_progress
from motcua.procedures.rules import ComplianceCost, Outcome
from motcua.ui.machine import Day, page

router = Router()


class InternalIn(Schema):
    """An entry of the inventory."""

    code: str
    name: str
    field: str
    scope: Literal["between", "within"]
    limit_text: str = ""
    steps_text: str = ""
    decision: str = ""
    valid_from: Day


class YearIn(Schema):
    """Of which year."""

    year: int


class ReviewIn(Schema):
    """What is reviewed (by its code), by which post, until when, and why."""

    procedure: str
    post: str
    due_on: Day
    ground: str


class NumberIn(Schema):
    """The number under which a plan is issued."""

    number: str


class AssessIn(Schema):
    """Costs before and after (hours and đồng by component), and the proposal."""

    before: dict[str, Any]
    after: dict[str, Any]
    proposal: str


class DecideIn(Schema):
    """What came of a review."""

    outcome: Outcome
    decision: str = ""
    decided_on: Day


def _plan(request: HttpRequest, pk: int) -> ReviewPlan:
    person, _now, today = who(request)
    rows = ReviewPlan.objects.visible_to(person, today)
    return get_object_or_404(rows.select_related("agency"), pk=pk)


def _review(request: HttpRequest, pk: int) -> Review:
    person, _now, today = who(request)
    rows = Review.objects.filter(plan__in=ReviewPlan.objects.visible_to(person, today))
    return get_object_or_404(rows.select_related("plan__agency", "procedure", "post"), pk=pk)


def _internal_row(row: InternalProcedure) -> dict[str, Any]:
    names = ("code", "name", "field", "scope", "limit_text", "decision", "valid_from", "valid_to")
    return {"id": row.pk, "agency": row.agency.code} | {n: getattr(row, n) for n in names}


def _review_row(review: Review) -> dict[str, Any]:
    return {
        "id": review.pk,
        "procedure": review.procedure.code,
        "post": review.post.code,
        "due_on": review.due_on,
        "ground": review.ground,
        "status": review.status,
        "cost_before": review.before.per_case,
        "cost_after": review.after.per_case,
        "saved_percent": review.saving.percent,
        "proposal": review.proposal,
        "outcome": review.outcome,
        "decision": review.decision,
    }


@router.get("")
def inventory(request: HttpRequest, cursor: str | None = None, limit: int = 50) -> dict[str, Any]:
    """Internal procedures of the agencies that the caller may see."""
    person, _now, today = who(request)
    rows = InternalProcedure.objects.visible_to(person, today).select_related("agency")
    return page(rows, ["code"], _internal_row, cursor=cursor, limit=limit)


@router.post("", response={201: dict[str, Any]})
def enter_internal(request: HttpRequest, data: InternalIn) -> Status[dict[str, Any]]:
    """Enter an internal procedure of the caller's agency."""
    person, now, today = who(request)
    values = data.dict()
    made = actions.enter_internal(
        agency=own_agency(person, today),
        code=values.pop("code"),
        values=values,
        by=person,
        at=now,
    )
    return Status(201, _internal_row(made))


@router.post("/plans", response={201: dict[str, Any]})
def draft_plan(request: HttpRequest, data: YearIn) -> Status[dict[str, Any]]:
    """Begin the plan of a year for the caller's agency."""
    person, now, today = who(request)
    agency = own_agency(person, today)
    plan = actions.draft_review_plan(agency=agency, year=data.year, by=person, at=now)
    return Status(201, review_plan(request, plan.pk))


@router.get("/plans/{int:pk}")
def review_plan(request: HttpRequest, pk: int) -> dict[str, Any]:
    """A plan with its reviews and how far it is."""
    plan = _plan(request, pk)
    progress = review_progress(plan.agency, plan.year)
    return {
        "id": plan.pk,
        "agency": plan.agency.code,
        "year": plan.year,
        "status": plan.status,
        "number": plan.number,
        "approved_on": plan.approved_on,
        "inventory": progress.inventory,
        "assessed": progress.assessed,
        "simplified": progress.simplified,
        "share": progress.share,
        "simplified_share": progress.simplified_share,
        "saved_per_year": progress.saved_per_year,
        "reviews": [
            _review_row(review)
            for review in plan.reviews.select_related("procedure", "post").order_by("due_on", "pk")
        ],
    }


@router.post("/plans/{int:pk}/reviews", response={201: dict[str, Any]})
def plan_review(request: HttpRequest, pk: int, data: ReviewIn) -> Status[dict[str, Any]]:
    """Put a procedure into the plan."""
    person, now, _today = who(request)
    plan = _plan(request, pk)
    agency: Agency = plan.agency
    review = actions.plan_review(
        plan=plan,
        procedure=get_object_or_404(InternalProcedure, agency=agency, code=data.procedure),
        post=get_object_or_404(Post, agency=agency, code=data.post),
        due_on=data.due_on,
        ground=data.ground,
        by=person,
        at=now,
    )
    return Status(201, _review_row(review))


@router.post("/plans/{int:pk}/approve")
def approve_plan(request: HttpRequest, pk: int, data: NumberIn) -> dict[str, Any]:
    """Issue the plan."""
    person, now, _today = who(request)
    plan = _plan(request, pk)
    actions.approve_review_plan(plan=plan, number=data.number, by=person, at=now)
    return review_plan(request, pk)


@router.post("/reviews/{int:pk}/assess")
def assess(request: HttpRequest, pk: int, data: AssessIn) -> dict[str, Any]:
    """Keep costs and proposal."""
    person, now, _today = who(request)
    review = actions.assess_review(
        review=_review(request, pk),
        before=ComplianceCost.read(data.before),
        after=ComplianceCost.read(data.after),
        proposal=data.proposal,
        by=person,
        at=now,
    )
    return _review_row(_review(request, review.pk))


@router.post("/reviews/{int:pk}/decide")
def decide(request: HttpRequest, pk: int, data: DecideIn) -> dict[str, Any]:
    """Keep what came of the review."""
    person, now, _today = who(request)
    review = _review(request, pk)
    actions.decide_review(review=review, by=person, at=now, **data.dict())
    return _review_row(_review(request, review.pk))
