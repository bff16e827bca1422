"""The demo's catalogue of procedures, its internal procedures and the reviews of the year."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

from django.conf import settings

from motcua.org.actions import read_pack
from motcua.org.models import Agency, Person, Post
from motcua.procedures import actions
from motcua.procedures.models import InternalProcedure, Review
from motcua.procedures.national import national_rows
from motcua.procedures.rules import ComplianceCost, Outcome
from motcua.site.demo.timeline import Timeline, moment

FROM = date(2024, 1, 1)
INVENTORY = date(2024, 1, 9)


def load_national() -> None:
    """The national pack, taken as if it had been in force by the demo's year."""
    actions.import_rows(agency=None, rows=national_rows(), valid_from=FROM, at=_at(FROM))


def review_internal(*, agency: Agency, people: dict[str, Person], timeline: Timeline) -> None:
    """The inventory of internal procedures, its review plan, what came of it: each on its day."""
    pack = read_pack(settings.PACKS / "demo" / "internal.yaml")
    review = YearsReview(agency, people, pack)
    plan = pack["plan"]
    timeline.add(_at(INVENTORY), review.enter)
    timeline.add(_at(plan["drafted"]), review.draft)
    timeline.add(_at(plan["approved"]), review.approve)
    for row in plan["reviews"]:
        if "assessed" in row:
            timeline.add(_at(row["assessed"]), partial(review.assess, row))
        if "decided" in row:
            timeline.add(_at(row["decided"]), partial(review.decide, row))


class YearsReview:
    """The year's review, by the clerk and the chairman."""

    def __init__(self, agency: Agency, people: dict[str, Person], pack: dict[str, Any]) -> None:
        self.agency, self.pack, self.row = agency, pack, pack["plan"]
        self.clerk, self.chairman = people["vanphong"], people["chutich"]

    def enter(self) -> None:
        """The inventory."""
        decision = {"decision": self.pack["decision"], "valid_from": self.pack["valid_from"]}
        for row in self.pack["procedures"]:
            actions.enter_internal(
                agency=self.agency,
                code=row["code"],
                values={name: value for name, value in row.items() if name != "code"} | decision,
                by=self.clerk,
                at=_at(INVENTORY),
            )

    def draft(self) -> None:
        """The plan with its reviews."""
        at, posts = _at(self.row["drafted"]), Post.objects.filter(agency=self.agency)
        by_code = {post.code: post for post in posts}
        year = self.row["year"]
        self.plan = actions.draft_review_plan(agency=self.agency, year=year, by=self.clerk, at=at)
        for row in self.row["reviews"]:
            actions.plan_review(
                plan=self.plan,
                procedure=InternalProcedure.objects.get(agency=self.agency, code=row["procedure"]),
                post=by_code[row["post"]],
                due_on=row["due_on"],
                ground=row["ground"],
                by=self.clerk,
                at=at,
            )

    def approve(self) -> None:
        """The chairman signs the plan."""
        at, number = _at(self.row["approved"]), self.row["number"]
        actions.approve_review_plan(plan=self.plan, number=number, by=self.chairman, at=at)

    def _found(self, row: dict[str, Any]) -> Review:
        return self.plan.reviews.get(procedure__code=row["procedure"])

    def assess(self, row: dict[str, Any]) -> None:
        """Costs before and after, and the proposal."""
        shared = {
            "hourly_pay": self.row["hourly_pay"],
            "subjects": row["subjects"],
            "times": row["times"],
        }
        actions.assess_review(
            review=self._found(row),
            before=ComplianceCost.read(shared | {"lines": row["before"]}),
            after=ComplianceCost.read(shared | {"lines": row["after"]}),
            proposal=row["proposal"],
            by=self.clerk,
            at=_at(row["assessed"]),
        )

    def decide(self, row: dict[str, Any]) -> None:
        """What became of the proposal."""
        actions.decide_review(
            review=self._found(row),
            outcome=Outcome(row["outcome"]),
            decision=row["decision"],
            decided_on=row["decided"],
            by=self.chairman,
            at=_at(row["decided"]),
        )


def _at(day: date) -> datetime:
    return moment(day, 9, 10)
