"""Internal procedures and their review: effect, refusal, trace, count."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from motcua.audit.models import Entry
from motcua.core.errors import Stale
from motcua.core.workflow import StepNotAllowed
from motcua.org.permissions import NotAllowed
from motcua.procedures import actions
from motcua.procedures.actions import reviews
from motcua.procedures.models import Review
from motcua.procedures.queries import review_progress
from motcua.procedures.rules import ComplianceCost, Component, CostLine, Outcome
from tests.procedures.scenes import AT, TODAY

pytestmark = pytest.mark.django_db
BEFORE = ComplianceCost({Component.FEE: CostLine(paid=1000)}, subjects=10)
AFTER = ComplianceCost({Component.FEE: CostLine(paid=400)}, subjects=10)


def entered(org, code="NB-01"):
    values = {
        "name": "Đánh giá công chức",
        "field": "Nội vụ",
        "scope": "within",
        "valid_from": date(2024, 1, 1),
    }
    return actions.enter_internal(
        agency=org.commune, code=code, values=values, by=org.vanphong, at=AT
    )


def planned(org, *codes):
    plan = actions.draft_review_plan(agency=org.commune, year=2024, by=org.vanphong, at=AT)
    for code in codes or ("NB-01",):
        actions.plan_review(
            plan=plan,
            procedure=entered(org, code),
            post=org.commune.posts.get(code="office"),
            due_on=date(2024, 6, 30),
            ground="Nhiều giấy tờ trùng nhau",
            by=org.vanphong,
            at=AT,
        )
    return plan


def approved_plan(org, *codes):
    return actions.approve_review_plan(
        plan=planned(org, *codes), number="3/KH-UBND", by=org.chutich, at=AT
    )


def assess(review, org, **changes):
    said = {"before": BEFORE, "after": AFTER, "proposal": "Bỏ một bản sao."} | changes
    return actions.assess_review(review=review, by=org.vanphong, at=AT, **said)


def assessed(org):
    return assess(approved_plan(org).reviews.get(), org)


def decide(review, org, outcome=Outcome.SIMPLIFIED, decision="8/QĐ-UBND"):
    return actions.decide_review(
        review=review, outcome=outcome, decision=decision, decided_on=TODAY, by=org.chutich, at=AT
    )


def test_the_inventory(org):
    made = entered(org)
    with pytest.raises(reviews.CodeTaken):
        entered(org)
    saved = actions.save_internal(
        procedure=made, values={"name": "Bình xét"}, by=org.vanphong, at=AT, lock=made.lock
    )
    assert (saved.name, saved.folded) == ("Bình xét", "binh xet")
    with pytest.raises(Stale):
        actions.save_internal(procedure=made, values={}, by=org.vanphong, at=AT, lock=made.lock)
    with pytest.raises(actions.LastDayWrong):
        actions.end_internal(procedure=made, last_day=date(2023, 1, 1), by=org.vanphong, at=AT)
    actions.end_internal(procedure=made, last_day=TODAY, by=org.vanphong, at=AT)
    assert review_progress(org.commune, 2024).inventory == 1
    assert review_progress(org.commune, 2025).share is None
    assert Entry.objects.filter(action__contains="_internal").count() == 3


@pytest.mark.parametrize("name", ["tuphap", "chutich", "hoangngoc"])
def test_who_may_not_keep_the_inventory(org, name):
    with pytest.raises(NotAllowed):
        actions.enter_internal(agency=org.commune, code="a", values={}, by=org.people[name], at=AT)


def test_one_plan_a_year_each_procedure_once(org):
    plan = planned(org)
    with pytest.raises(actions.PlanExists):
        planned(org)
    with pytest.raises(reviews.AlreadyPlanned):
        actions.plan_review(
            plan=plan,
            procedure=plan.reviews.get().procedure,
            post=org.commune.posts.get(code="office"),
            due_on=TODAY,
            ground="",
            by=org.vanphong,
            at=AT,
        )


def test_a_plan_is_issued_by_the_chairman_under_a_number(org):
    plan = planned(org)
    with pytest.raises(NotAllowed):
        actions.approve_review_plan(plan=plan, number="3/KH-UBND", by=org.vanphong, at=AT)
    with pytest.raises(actions.DecisionMissing):
        actions.approve_review_plan(plan=plan, number=" ", by=org.chutich, at=AT)
    plan.reviews.all().delete()
    with pytest.raises(reviews.PlanEmpty):
        actions.approve_review_plan(plan=plan, number="3/KH-UBND", by=org.chutich, at=AT)


def test_work_begins_with_the_approval(org):
    plan = planned(org)
    with pytest.raises(reviews.PlanNotApproved):
        assess(plan.reviews.get(), org)


def test_costs_proposal_outcome(org):
    review = approved_plan(org).reviews.get()
    with pytest.raises(actions.ProposalMissing):
        assess(review, org, proposal=" ")
    with pytest.raises(StepNotAllowed):
        decide(review, org)
    first = assess(review, org, lock=review.lock)
    assert (first.saving.per_case, first.saving.percent) == (600, Decimal("60.00"))
    with pytest.raises(Stale):
        assess(review, org, lock=review.lock)
    with pytest.raises(actions.DecisionMissing):
        decide(review, org, decision="")
    with pytest.raises(NotAllowed):
        actions.decide_review(
            review=review,
            outcome=Outcome.KEPT,
            decision="",
            decided_on=TODAY,
            by=org.vanphong,
            at=AT,
        )
    done = decide(review, org)
    assert (done.status, done.outcome) == ("decided", "simplified")
    with pytest.raises(StepNotAllowed):
        assess(review, org)
    assert '"after":400' in Entry.objects.get(action="procedures.assess_review").data


def test_the_share_reviewed_can_be_counted(org):
    plan = approved_plan(org, "NB-01", "NB-02", "NB-03")
    one, two, _three = plan.reviews.order_by("procedure__code")
    decide(assess(one, org), org)
    decide(assess(two, org), org, outcome=Outcome.KEPT, decision="")
    progress = review_progress(org.commune, 2024)
    assert (progress.inventory, progress.planned, progress.assessed) == (3, 3, 2)
    assert (progress.share, progress.simplified_share) == (Decimal("66.7"), Decimal("33.3"))
    assert progress.saved_per_year == 6000


def test_what_is_not_assessed_costs_nothing_yet(org):
    review = planned(org).reviews.get()
    assert (review.before.per_case, review.after.per_case) == (0, 0)


def test_the_database_holds_what_must_be_true(org):
    review = planned(org).reviews.get()
    for change in ({"status": "assessed"}, {"status": "lost"}, {"outcome": "kept"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Review.objects.filter(pk=review.pk).update(**change)
