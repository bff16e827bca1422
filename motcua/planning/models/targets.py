"""Live targets and their values over time."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from motcua.org.models import Agency, Person
from motcua.org.permissions import visible_agencies
from motcua.planning.models.plans import Plan, PlanItem


class TargetQuerySet(models.QuerySet["Target"]):
    def visible_to(self, person: Person | None, on: date) -> TargetQuerySet:
        """Targets of the agencies whose plans the person may see."""
        return self.filter(agency__in=visible_agencies(person, "planning.view", on))

    def with_latest(self, on: date) -> TargetQuerySet:
        """Adds ``latest`` and ``latest_on``: the value that stood on a day."""
        values = TargetValue.objects.filter(target=OuterRef("pk"), on__lte=on, replaced=False)
        newest = values.order_by("-on", "-pk")
        return self.annotate(
            latest=Subquery(newest.values("value")[:1]),
            latest_on=Subquery(newest.values("on")[:1]),
            latest_source=Subquery(newest.values("source")[:1]),
        )


class Target(models.Model):
    """A target of the plan in force. ``measure`` names what will count it from records."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="targets")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="targets")
    item = models.ForeignKey(PlanItem, models.PROTECT, related_name="targets")
    lineage = models.UUIDField()
    code = models.CharField(max_length=20)
    field = models.CharField(max_length=20)
    text = models.TextField()
    subject = models.CharField(max_length=500, blank=True)
    comparison = models.CharField(max_length=12, blank=True)
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    upper = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    unit = models.CharField(max_length=40, blank=True)
    measure = models.CharField(max_length=60, blank=True)
    ended_on = models.DateField(null=True)  # dropped by an amendment

    objects: ClassVar[TargetQuerySet] = TargetQuerySet.as_manager()  # type: ignore[assignment] # django-stubs types as_manager as Manager

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "lineage"], name="planning_target_lineage")
        ]
        indexes = [models.Index(fields=["agency", "plan"], name="planning_target_list")]


class TargetValue(models.Model):
    """A value on a day: typed with its evidence, or counted (``source`` names the measure)."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="values")
    on = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=4)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    source = models.CharField(max_length=60, default="typed")
    evidence = models.CharField(max_length=500, blank=True)  # what proves it, in words
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    replaced = models.BooleanField(default=False)  # by a later correction of the same day

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["target", "on"], condition=Q(replaced=False), name="planning_value_day"
            )
        ]
        indexes = [models.Index(fields=["target", "-on"], name="planning_value_order")]
