"""A year's plan, its versions, and the sentences of a version."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.org.models import Agency, Person, Post
from motcua.org.permissions import visible_agencies
from motcua.planning.rules import (
    VERSION_STEPS,
    ItemKind,
    ItemState,
    VersionStatus,
    WarningState,
)


def one_of(name: str, field: str, values: Iterable[str]) -> models.CheckConstraint:
    """A database constraint: the field holds one of the table's values."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": sorted(str(value) for value in values)}), name=name
    )


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, person: Person | None, on: date) -> PlanQuerySet:
        """Plans of the agencies whose plans the person may see."""
        return self.filter(agency__in=visible_agencies(person, "planning.view", on))


class Plan(models.Model):
    """The reform plan of one agency for one year: what its versions have in common."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)

    objects: ClassVar[PlanQuerySet] = PlanQuerySet.as_manager()  # type: ignore[assignment] # django-stubs types as_manager as Manager

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="planning_one_plan")]
        indexes = [models.Index(fields=["agency", "-year"], name="planning_plan_list")]

    def __str__(self) -> str:
        return self.title


class PlanVersion(models.Model):
    """A dated version: read from a file or copied from the one before, confirmed, approved."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    no = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, default=VersionStatus.DRAFT)
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=60, blank=True)  # as 12/KH-UBND
    issued_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    source_name = models.CharField(max_length=150, blank=True)
    text = models.TextField(blank=True)  # normalised: spans count in it
    reading = models.JSONField(default=dict)
    budget = models.BigIntegerField(null=True, blank=True)  # đồng
    why = models.CharField(max_length=500, blank=True)  # reason of an amendment or a return
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    lock = models.PositiveIntegerField(default=1)  # grows with each save: two people, one version

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "no"], name="planning_version_no"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(status="in_force"), name="planning_one_in_force"
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(status__in=["draft", "submitted"]),
                name="planning_one_draft",
            ),
            one_of("planning_version_status", "status", VERSION_STEPS.statuses),
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="planning_version_dates"
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="planning_version_approved",
            ),
        ]


class PlanItem(models.Model):
    """One sentence of a version with what was understood of it.

    ``lineage`` stays the same through amendments: it ties the live task or target to its
    sentence in each version.
    """

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="items")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    lineage = models.UUIDField(default=uuid.uuid4)
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=10, default=ItemState.PROPOSED)
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=20, blank=True)
    field = models.CharField(max_length=20, blank=True)
    heading = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    drop_reason = models.CharField(max_length=300, blank=True)
    # tasks
    lead_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    lead_reason = models.CharField(max_length=300, blank=True)  # why this lead was proposed
    with_posts = models.ManyToManyField(Post, related_name="+")
    due_text = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True)
    recurrence = models.CharField(max_length=10, blank=True)  # month, quarter, half …
    product = models.CharField(max_length=300, blank=True)
    cost = models.BigIntegerField(null=True)  # đồng
    # targets
    subject = models.CharField(max_length=500, blank=True)
    scope = models.CharField(max_length=300, blank=True)
    comparison = models.CharField(max_length=12, blank=True)
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    upper = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    unit = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            one_of("planning_item_kind", "kind", ItemKind),
            one_of("planning_item_state", "state", ItemState),
            models.UniqueConstraint(fields=["version", "lineage"], name="planning_item_lineage"),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(drop_reason=""), name="planning_item_drop_reason"
            ),
        ]
        indexes = [models.Index(fields=["version", "position"], name="planning_item_order")]


class PlanWarning(models.Model):
    """What a careful colleague would point out before signing."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="warnings")
    code = models.CharField(max_length=40)
    message = models.CharField(max_length=500)
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=10, default=WarningState.OPEN)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [one_of("planning_warning_state", "state", WarningState)]
