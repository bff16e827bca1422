"""Procedures and their dated versions; internal procedures, review plans, reviews."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from motcua.db.stamps import stamped
from motcua.org.models import Agency, Person, Post, valid_on
from motcua.org.permissions import path_of, visible_agencies
from motcua.procedures.rules import (
    PLAN_STEPS,
    REVIEW_STEPS,
    VERSION_STEPS,
    ComplianceCost,
    Content,
    Level,
    LimitUnit,
    OnlineLevel,
    Outcome,
    PlanStatus,
    ReviewStatus,
    Saving,
    Scope,
    VersionStatus,
    saving,
)
from motcua.procedures.rules.limits import COUNTED


def _one_of(name: str, field: str, values: Iterable[str]) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [str(value) for value in values]}), name=name
    )


def chain_of(agency: Agency, on: date) -> list[str]:
    """Codes of the agency and of those above it, the nearest first."""
    return path_of(agency, on).strip("/").split("/")[::-1]


def nearness_of(agency: Agency, on: date) -> Callable[[str | None], int]:
    """How far an agency's catalogue is from this one's desk: own 0, then those above it, the
    national one (None) last."""
    places = {code: place for place, code in enumerate(chain_of(agency, on))}
    return lambda code: places.get(code or "", len(places))


@stamped
class Procedure(models.Model):
    """A procedure of the national database: what its versions have in common."""

    code = models.CharField(max_length=8, unique=True)  # 1.001193

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]\.[0-9]{6}$"), name="procedures_code"
            )
        ]


class ProcedureVersionQuerySet(models.QuerySet["ProcedureVersion"]):
    def applying_to(self, agency: Agency, on: date) -> ProcedureVersionQuerySet:
        """National versions and those of the agency and of the agencies above it, all states."""
        above = chain_of(agency, on)
        return self.filter(Q(agency__isnull=True) | Q(agency__code__in=above))

    def visible_to(self, person: Person | None, on: date) -> ProcedureVersionQuerySet:
        """National versions, and those of the agencies whose catalogue the person may see and of
        the agencies above these."""
        seen = visible_agencies(person, "procedures.view", on)
        if not seen:
            return self.none()
        codes = {
            code for agency in Agency.objects.filter(pk__in=seen) for code in chain_of(agency, on)
        }
        return self.filter(Q(agency__isnull=True) | Q(agency__code__in=codes))

    def valid_on(self, on: date) -> ProcedureVersionQuerySet:
        """Published and valid on a day; a withdrawn one up to its last day."""
        return self.filter(
            valid_on(on), status__in=[VersionStatus.PUBLISHED, VersionStatus.WITHDRAWN]
        )

    def in_force(self, agency: Agency, on: date) -> ProcedureVersionQuerySet:
        """One version of each procedure that is in force for the agency on a day: its own before
        that of an agency above, the national one last."""
        valid = ProcedureVersion.objects.applying_to(agency, on).valid_on(on)
        nearness = nearness_of(agency, on)
        nearest: dict[int, tuple[int, int]] = {}
        for pk, procedure, code in valid.values_list("pk", "procedure_id", "agency__code"):
            found = (nearness(code), pk)
            nearest[procedure] = min(found, nearest.get(procedure, found))
        return self.filter(pk__in=[pk for _place, pk in nearest.values()])


@stamped
class ProcedureVersion(models.Model):
    """What a procedure is from one day to another, nationally or (``agency``) at an agency and
    below. Published, its content never changes: a change is a new version.

    ``content`` holds all parts; the columns beside it are what lists filter and order by, written
    from it in the same save.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="procedures")
    no = models.PositiveIntegerField()  # counts all versions of the procedure
    status = models.CharField(max_length=12, default=VersionStatus.DRAFT)
    data = models.JSONField()  # of :class:`Content`, by its field names
    name = models.CharField(max_length=1000)
    sort_name = models.CharField(max_length=2000, editable=False)
    field = models.CharField(max_length=200)
    level = models.CharField(max_length=12)
    at_desk = models.BooleanField()
    online = models.CharField(max_length=12)
    limit_unit = models.CharField(max_length=12)
    limit_value = models.PositiveSmallIntegerField()
    is_complete = models.BooleanField()  # has every part that must be published
    valid_from = models.DateField(null=True)  # a draft may not know it yet
    valid_to = models.DateField(null=True)
    decision = models.CharField(max_length=60, blank=True)  # that announces it: 163/QĐ-BTP
    decided_on = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    withdrawal = models.CharField(max_length=60, blank=True)  # the decision that abolishes it
    source = models.CharField(max_length=200, blank=True)  # where a pack's row comes from
    lock = models.PositiveIntegerField(default=1)

    objects: ClassVar[ProcedureVersionQuerySet] = ProcedureVersionQuerySet.as_manager()  # type: ignore[assignment] # django-stubs types as_manager as Manager

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "no"], name="procedures_version_no"),
            models.UniqueConstraint(
                F("procedure"),
                Coalesce(F("agency"), 0),
                condition=Q(status="published", valid_to__isnull=True),
                name="procedures_one_open",
            ),
            models.UniqueConstraint(
                F("procedure"),
                Coalesce(F("agency"), 0),
                F("valid_from"),
                condition=Q(status__in=["published", "withdrawn"]),
                name="procedures_one_beginning",
            ),
            _one_of("procedures_version_status", "status", VERSION_STEPS.statuses),
            _one_of("procedures_version_level", "level", Level),
            _one_of("procedures_version_online", "online", OnlineLevel),
            models.CheckConstraint(
                condition=Q(
                    limit_unit__in=[str(unit) for unit in sorted(COUNTED)], limit_value__gt=0
                )
                | Q(
                    limit_unit__in=sorted(str(unit) for unit in LimitUnit if unit not in COUNTED),
                    limit_value=0,
                ),
                name="procedures_version_limit",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="procedures_version_dates",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "discarded"])
                | Q(valid_from__isnull=False, published_at__isnull=False),
                name="procedures_version_published",
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | (~Q(withdrawal="") & Q(valid_to__isnull=False)),
                name="procedures_version_withdrawn",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "valid_from"], name="procedures_version_valid"),
            models.Index(fields=["sort_name", "id"], name="procedures_version_list"),
            models.Index(fields=["agency", "status"], name="procedures_version_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure.code} {self.name}"

    @cached_property
    def content(self) -> Content:
        """All parts of this version."""
        return Content.read(self.data)

    @property
    def state(self) -> VersionStatus:
        """The status with its word."""
        return VersionStatus(self.status)


class InternalProcedureQuerySet(models.QuerySet["InternalProcedure"]):
    def visible_to(self, person: Person | None, on: date) -> InternalProcedureQuerySet:
        """Those of the agencies whose catalogue the person may see."""
        return self.filter(agency__in=visible_agencies(person, "procedures.view", on))

    def existing_in(self, year: int) -> InternalProcedureQuerySet:
        """In force on some day of a year."""
        return self.filter(valid_from__lte=date(year, 12, 31)).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=date(year, 1, 1))
        )


class InternalProcedure(models.Model):
    """A procedure inside the administration (TTHC nội bộ), in an agency's inventory."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="internal_procedures")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=500)
    folded = models.CharField(max_length=500, editable=False)
    field = models.CharField(max_length=200)
    scope = models.CharField(max_length=10)
    limit_text = models.CharField(max_length=200, blank=True)
    steps_text = models.TextField(blank=True)
    decision = models.CharField(max_length=60, blank=True)  # that publishes the list
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    lock = models.PositiveIntegerField(default=1)

    objects: ClassVar[InternalProcedureQuerySet] = InternalProcedureQuerySet.as_manager()  # type: ignore[assignment] # django-stubs types as_manager as Manager

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="procedures_internal_code"),
            _one_of("procedures_internal_scope", "scope", Scope),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="procedures_internal_dates",
            ),
        ]
        indexes = [models.Index(fields=["agency", "code"], name="procedures_internal_list")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ReviewPlanQuerySet(models.QuerySet["ReviewPlan"]):
    def visible_to(self, person: Person | None, on: date) -> ReviewPlanQuerySet:
        """Those of the agencies whose catalogue the person may see."""
        return self.filter(agency__in=visible_agencies(person, "procedures.view", on))


class ReviewPlan(models.Model):
    """What an agency reviews in a year."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="review_plans")
    year = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, default=PlanStatus.DRAFT)
    number = models.CharField(max_length=60, blank=True)
    approved_on = models.DateField(null=True)

    objects: ClassVar[ReviewPlanQuerySet] = ReviewPlanQuerySet.as_manager()  # type: ignore[assignment] # django-stubs types as_manager as Manager

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="procedures_one_review_plan"),
            _one_of("procedures_review_plan_status", "status", PLAN_STEPS.statuses),
            models.CheckConstraint(
                condition=Q(status="draft", approved_on__isnull=True)
                | Q(status="approved", approved_on__isnull=False),
                name="procedures_review_plan_approved",
            ),
        ]
        indexes = [models.Index(fields=["-year", "-id"], name="procedures_review_plan_list")]

    def __str__(self) -> str:
        return f"{self.agency} – {self.year}"


class Review(models.Model):
    """The review of one internal procedure under a plan."""

    plan = models.ForeignKey(ReviewPlan, models.PROTECT, related_name="reviews")
    procedure = models.ForeignKey(InternalProcedure, models.PROTECT, related_name="reviews")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")  # who carries it out
    due_on = models.DateField()
    ground = models.CharField(max_length=500)  # why it is reviewed
    status = models.CharField(max_length=12, default=ReviewStatus.PLANNED)
    cost_before = models.JSONField(null=True)
    cost_after = models.JSONField(null=True)
    proposal = models.TextField(blank=True)
    outcome = models.CharField(max_length=12, blank=True)
    decision = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True)
    lock = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "procedure"], name="procedures_review_once"),
            _one_of("procedures_review_status", "status", REVIEW_STEPS.statuses),
            models.CheckConstraint(
                condition=Q(status="planned")
                | (Q(cost_before__isnull=False, cost_after__isnull=False) & ~Q(proposal="")),
                name="procedures_review_assessed",
            ),
            models.CheckConstraint(
                condition=Q(
                    status="decided",
                    outcome__in=[str(outcome) for outcome in Outcome],
                    decided_on__isnull=False,
                )
                | (~Q(status="decided") & Q(outcome="", decided_on__isnull=True)),
                name="procedures_review_decided",
            ),
        ]
        indexes = [models.Index(fields=["plan", "due_on"], name="procedures_review_list")]

    @property
    def state(self) -> ReviewStatus:
        """The status with its word."""
        return ReviewStatus(self.status)

    @property
    def before(self) -> ComplianceCost:
        """What complying costs as it is."""
        return ComplianceCost.read(self.cost_before) if self.cost_before else ComplianceCost()

    @property
    def after(self) -> ComplianceCost:
        """What it would cost as proposed."""
        return ComplianceCost.read(self.cost_after) if self.cost_after else ComplianceCost()

    @property
    def saving(self) -> Saving:
        """What the proposal saves."""
        return saving(self.before, self.after)
