"""The demo's catalogue of procedures, its internal procedures and the reviews of the year."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from motcua.org.actions import read_pack
from motcua.org.models import Agency, Person, Post
from motcua.procedures import actions
from motcua.procedures.models import InternalProcedure, ReviewPlan
from motcua.procedures.national import national_rows
from motcua.procedures.rules import ComplianceCost, Outcome

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FROM = date(2024, 1, 1)


def load_procedures(*, agency: Agency, people: dict[str, Person], today: date) -> None:
    """The national pack, taken as if it had been in force by the demo's year, and the reviews."""
    actions.import_rows(agency=None, rows=national_rows(), valid_from=FROM, at=_at(FROM))
    pack = read_pack(settings.PACKS / "demo" / "internal.yaml")
    clerk = people["vanphong"]
    inventory = {
        row["code"]: actions.enter_internal(
            agency=agency,
            code=row["code"],
            values={name: value for name, value in row.items() if name != "code"}
            | {"decision": pack["decision"], "valid_from": pack["valid_from"]},
            by=clerk,
            at=_at(date(2024, 1, 9)),
        )
        for row in pack["procedures"]
    }
    _review(pack["plan"], agency, people, inventory, today)


def _review(
    plan_row: dict[str, Any],
    agency: Agency,
    people: dict[str, Person],
    inventory: dict[str, InternalProcedure],
    today: date,
) -> None:
    clerk, chairman = people["vanphong"], people["chutich"]
    posts = {post.code: post for post in Post.objects.filter(agency=agency)}
    drafted = _at(plan_row["drafted"])
    plan = actions.draft_review_plan(agency=agency, year=plan_row["year"], by=clerk, at=drafted)
    for row in plan_row["reviews"]:
        actions.plan_review(
            plan=plan,
            procedure=inventory[row["procedure"]],
            post=posts[row["post"]],
            due_on=row["due_on"],
            ground=row["ground"],
            by=clerk,
            at=drafted,
        )
    number = plan_row["number"]
    actions.approve_review_plan(plan=plan, number=number, by=chairman, at=_at(plan_row["approved"]))
    for row in plan_row["reviews"]:
        _assess(row, plan, plan_row["hourly_pay"], people, today)


def _assess(
    row: dict[str, Any], plan: ReviewPlan, pay: int, people: dict[str, Person], today: date
) -> None:
    """What had been done with one review by ``today``."""
    review = plan.reviews.get(procedure__code=row["procedure"])
    if row.get("assessed", today) >= today:
        return
    shared = {"hourly_pay": pay, "subjects": row["subjects"], "times": row["times"]}
    review = actions.assess_review(
        review=review,
        before=ComplianceCost.read(shared | {"lines": row["before"]}),
        after=ComplianceCost.read(shared | {"lines": row["after"]}),
        proposal=row["proposal"],
        by=people["vanphong"],
        at=_at(row["assessed"]),
    )
    if row.get("decided", today) < today:
        actions.decide_review(
            review=review,
            outcome=Outcome(row["outcome"]),
            decision=row["decision"],
            decided_on=row["decided"],
            by=people["chutich"],
            at=_at(row["decided"]),
        )


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 10, tzinfo=ZONE)
