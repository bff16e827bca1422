"""Internal procedures and their review: inventory, yearly plan, cost and proposal, outcome."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from motcua.audit.actions import record
from motcua.audit.rules import Actor
from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.text import date_short, fold
from motcua.org.models import Agency, Person, Post
from motcua.org.permissions import check_may
from motcua.procedures.actions.versions import DecisionMissing, LastDayWrong
from motcua.procedures.models import InternalProcedure, Review, ReviewPlan
from motcua.procedures.permissions import check_lock, check_plan_step, check_review_step, day_of
from motcua.procedures.rules import (
    PLAN_STEPS,
    REVIEW_STEPS,
    ComplianceCost,
    Outcome,
    PlanStatus,
    ReviewStatus,
)

_INVENTORY = "procedures.review"


class CodeTaken(Refused):
    """One entry per code."""

    code = "code_taken"
    message = _("Mã “%(code)s” đã có trong danh mục nội bộ. Hãy dùng mã khác.")


class PlanExists(Refused):
    """One plan of reviews per agency and year."""

    code = "review_plan_exists"
    message = _("Đã có kế hoạch rà soát năm %(year)s. Hãy mở kế hoạch đó.")


class AlreadyPlanned(Refused):
    """A procedure stands in a plan once."""

    code = "already_planned"
    message = _("Thủ tục %(code)s đã có trong kế hoạch này.")


class PlanEmpty(Refused):
    """A plan that reviews nothing is none."""

    code = "review_plan_empty"
    message = _("Kế hoạch chưa có thủ tục nào. Hãy đưa thủ tục vào trước khi ban hành.")


class PlanNotApproved(Refused):
    """The work begins when the plan is approved."""

    code = "review_plan_not_approved"
    message = _("Kế hoạch chưa ban hành. Hãy ban hành kế hoạch rồi ghi kết quả rà soát.")


class ProposalMissing(Refused):
    """An assessment ends in words: what is proposed, or why nothing is."""

    code = "proposal_missing"
    message = _("Hãy ghi kiến nghị, hoặc ghi rõ vì sao giữ nguyên.")
    status = 422


@transaction.atomic
def enter_internal(
    *, agency: Agency, code: str, values: dict[str, Any], by: Person, at: datetime
) -> InternalProcedure:
    """Enter a procedure in the inventory; ``values`` by field name. Raises :class:`CodeTaken`."""
    actor = check_may(by, _INVENTORY, agency, day_of(at))
    Agency.objects.select_for_update().get(pk=agency.pk)
    if InternalProcedure.objects.filter(agency=agency, code=code.strip()).exists():
        raise CodeTaken(code=code.strip())
    made = InternalProcedure(agency=agency, code=code.strip(), **values)
    made.folded = fold(made.name)
    made.save()
    _trace(agency, "enter_internal", made, actor, at, code=made.code, name=made.name)
    return made


@transaction.atomic
def save_internal(
    *,
    procedure: InternalProcedure,
    values: dict[str, Any],
    by: Person,
    at: datetime,
    lock: int | None,
) -> InternalProcedure:
    """Correct an entry of the inventory. Raises ``Stale``."""
    locked = InternalProcedure.objects.select_for_update().get(pk=procedure.pk)
    actor = check_may(by, _INVENTORY, procedure.agency, day_of(at))
    check_lock(locked, locked.lock, lock)
    changed = {name: value for name, value in values.items() if getattr(locked, name) != value}
    for name, value in changed.items():
        setattr(locked, name, value)
    locked.folded, locked.lock = fold(locked.name), locked.lock + 1
    locked.save()
    said = {name: str(value)[:300] for name, value in changed.items()}
    _trace(procedure.agency, "save_internal", locked, actor, at, **said)
    return locked


@transaction.atomic
def end_internal(
    *, procedure: InternalProcedure, last_day: date, by: Person, at: datetime
) -> InternalProcedure:
    """Take a procedure off the inventory after a day. Raises ``LastDayWrong``."""
    locked = InternalProcedure.objects.select_for_update().get(pk=procedure.pk)
    actor = check_may(by, _INVENTORY, procedure.agency, day_of(at))
    if last_day < locked.valid_from:
        raise LastDayWrong(first=date_short(locked.valid_from), last="…")
    locked.valid_to, locked.lock = last_day, locked.lock + 1
    locked.save()
    _trace(procedure.agency, "end_internal", locked, actor, at, last_day=last_day.isoformat())
    return locked


@transaction.atomic
def draft_review_plan(*, agency: Agency, year: int, by: Person, at: datetime) -> ReviewPlan:
    """Begin the plan of a year. Raises :class:`PlanExists`."""
    actor = check_may(by, PLAN_STEPS["draft_review_plan"].needs, agency, day_of(at))
    Agency.objects.select_for_update().get(pk=agency.pk)
    if ReviewPlan.objects.filter(agency=agency, year=year).exists():
        raise PlanExists(year=year)
    plan = ReviewPlan.objects.create(agency=agency, year=year)
    _trace(agency, "draft_review_plan", plan, actor, at, year=year)
    return plan


@transaction.atomic
def plan_review(
    *,
    plan: ReviewPlan,
    procedure: InternalProcedure,
    post: Post,
    due_on: date,
    ground: str,
    by: Person,
    at: datetime,
) -> Review:
    """Put a procedure into the plan: who reviews it, until when, and why.

    Raises :class:`AlreadyPlanned`.
    """
    locked = _locked_plan(plan)
    actor = check_plan_step(locked, "plan_review", by, at)
    if locked.reviews.filter(procedure=procedure).exists():
        raise AlreadyPlanned(code=procedure.code)
    review = Review.objects.create(
        plan=locked, procedure=procedure, post=post, due_on=due_on, ground=ground.strip()[:500]
    )
    data = {"procedure": procedure.code, "post": post.code, "due_on": due_on.isoformat()}
    _trace(plan.agency, "plan_review", review, actor, at, **data)
    return review


@transaction.atomic
def approve_review_plan(*, plan: ReviewPlan, number: str, by: Person, at: datetime) -> ReviewPlan:
    """Issue the plan under its number. Raises :class:`PlanEmpty`, ``DecisionMissing``."""
    locked = _locked_plan(plan)
    actor = check_plan_step(locked, "approve_review_plan", by, at)
    if not number.strip():
        raise DecisionMissing
    if not locked.reviews.exists():
        raise PlanEmpty
    locked.status = PLAN_STEPS.check("approve_review_plan", PlanStatus(locked.status))
    locked.number, locked.approved_on = number.strip()[:60], day_of(at)
    locked.save()
    _trace(plan.agency, "approve_review_plan", locked, actor, at, number=locked.number)
    return locked


@transaction.atomic
def assess_review(
    *,
    review: Review,
    before: ComplianceCost,
    after: ComplianceCost,
    proposal: str,
    by: Person,
    at: datetime,
    lock: int | None = None,
) -> Review:
    """Keep what complying costs now and as proposed, and the proposal.

    Raises :class:`PlanNotApproved`, :class:`ProposalMissing`, ``Stale``.
    """
    locked = _locked_review(review)
    actor = check_review_step(locked, "assess_review", by, at)
    if locked.plan.status != PlanStatus.APPROVED:
        raise PlanNotApproved
    check_lock(locked, locked.lock, lock)
    if not proposal.strip():
        raise ProposalMissing
    locked.status = REVIEW_STEPS.check("assess_review", ReviewStatus(locked.status))
    locked.cost_before, locked.cost_after = before.as_mapping(), after.as_mapping()
    locked.proposal, locked.lock = proposal.strip(), locked.lock + 1
    locked.save()
    costs = {"before": before.per_case, "after": after.per_case}
    _trace(locked.plan.agency, "assess_review", locked, actor, at, **costs)
    return locked


@transaction.atomic
def decide_review(
    *,
    review: Review,
    outcome: Outcome,
    decision: str,
    decided_on: date,
    by: Person,
    at: datetime,
) -> Review:
    """Keep what came of the review. Raises ``DecisionMissing`` for an outcome that changes law."""
    locked = _locked_review(review)
    actor = check_review_step(locked, "decide_review", by, at)
    if outcome is not Outcome.KEPT and not decision.strip():
        raise DecisionMissing
    locked.status = REVIEW_STEPS.check("decide_review", ReviewStatus(locked.status))
    locked.outcome, locked.decision = outcome, decision.strip()[:60]
    locked.decided_on, locked.lock = decided_on, locked.lock + 1
    locked.save()
    said = {"outcome": str(outcome), "decision": locked.decision}
    _trace(locked.plan.agency, "decide_review", locked, actor, at, **said)
    return locked


def _locked_plan(plan: ReviewPlan) -> ReviewPlan:
    rows = ReviewPlan.objects.select_for_update(of=("self",))
    return rows.select_related("agency").get(pk=plan.pk)


def _locked_review(review: Review) -> Review:
    rows = Review.objects.select_for_update(of=("self",))
    return rows.select_related("plan__agency", "procedure").get(pk=review.pk)


def _trace(
    agency: Agency, action: str, obj: models.Model, actor: Actor, at: datetime, **data: object
) -> None:
    record(
        chain=agency.code,
        action=f"procedures.{action}",
        obj=obj,
        by=actor,
        at=at,
        data=data,
        label=str(obj),
    )
