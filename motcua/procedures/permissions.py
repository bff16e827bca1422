"""May this person take this step on this thing? ``check_x`` raises with a sentence."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.utils import timezone

from motcua.audit.models import Entry
from motcua.audit.rules import Actor
from motcua.core.errors import Refused, Stale
from motcua.core.errors import mark as _
from motcua.org.models import Agency, Person
from motcua.org.permissions import check_may, may
from motcua.procedures.models import ProcedureVersion, Review, ReviewPlan
from motcua.procedures.rules import (
    PLAN_STEPS,
    REVIEW_STEPS,
    VERSION_STEPS,
    PlanStatus,
    ReviewStatus,
    VersionStatus,
)


class NationalVersion(Refused):
    """National versions come from packs; an agency writes versions of its own."""

    code = "national_version"
    message = _(
        "Bản quốc gia chỉ đổi khi nạp gói dữ liệu mới. Hãy soạn bản của cơ quan bạn: "
        "bản đó được áp dụng trước bản quốc gia."
    )


def day_of(at: datetime) -> date:
    """The day of a moment in the installation's time zone."""
    return timezone.localtime(at).date()


def check_lock(record: models.Model, stored: int, lock: int | None) -> None:
    """Raise ``Stale``, naming who saved, where the form was opened on an older state."""
    if lock is not None and lock != stored:
        entries = Entry.objects.filter(object_type=record._meta.label_lower, object_id=record.pk)
        raise Stale(who=entries.order_by("-pk").values_list("actor_name", flat=True)[0])


def check_version_step(version: ProcedureVersion, step: str, by: Person, at: datetime) -> Actor:
    """The step is in the table for this state, the version is an agency's, and the person may."""
    VERSION_STEPS.check(step, VersionStatus(version.status))
    if version.agency is None:
        raise NationalVersion
    return check_may(by, VERSION_STEPS[step].needs, version.agency, day_of(at))


def version_steps(version: ProcedureVersion, by: Person, at: datetime) -> list[str]:
    """Names of the steps that the person may take now: the page's buttons, the API's list."""
    if version.agency is None:
        return []
    return [
        step.name
        for step in VERSION_STEPS.allowed(VersionStatus(version.status))
        if may(by, step.needs, version.agency, day_of(at))
    ]


def check_draft(agency: Agency, by: Person, at: datetime) -> Actor:
    """The person may write versions for the agency."""
    return check_may(by, VERSION_STEPS["draft_version"].needs, agency, day_of(at))


def check_plan_step(plan: ReviewPlan, step: str, by: Person, at: datetime) -> Actor:
    """The step is in the table for the plan's state, and the person may."""
    PLAN_STEPS.check(step, PlanStatus(plan.status))
    return check_may(by, PLAN_STEPS[step].needs, plan.agency, day_of(at))


def check_review_step(review: Review, step: str, by: Person, at: datetime) -> Actor:
    """Likewise for one review."""
    REVIEW_STEPS.check(step, ReviewStatus(review.status))
    return check_may(by, REVIEW_STEPS[step].needs, review.plan.agency, day_of(at))
