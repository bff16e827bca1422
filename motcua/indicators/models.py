"""Which target reads which indicator; what is typed where no app keeps records."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from motcua.org.models import Agency, Person
from motcua.org.permissions import visible_agencies
from motcua.planning.models import Target


class TargetIndicatorQuerySet(models.QuerySet["TargetIndicator"]):
    def visible_to(self, person: Person | None, on: date) -> TargetIndicatorQuerySet:
        """Those of the agencies whose plans the person may see."""
        return self.filter(target__agency__in=visible_agencies(person, "planning.view", on))

    def standing(self) -> TargetIndicatorQuerySet:
        """Not taken back."""
        return self.filter(ended_at__isnull=True)


class TargetIndicator(models.Model):
    """A person's confirmation that a target reads an indicator, and why it was proposed."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="readings")
    indicator = models.CharField(max_length=60)  # code in the packs
    reason = models.CharField(max_length=500)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[TargetIndicatorQuerySet] = TargetIndicatorQuerySet.as_manager()  # type: ignore[assignment] # django-stubs types as_manager as Manager

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["target"],
                condition=Q(ended_at__isnull=True),
                name="indicators_one_reading",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="indicators_reading_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target} ← {self.indicator}"


class TypedCount(models.Model):
    """How many there were in a period, typed from another book or system: for measures whose
    records no app keeps. A correction replaces it; it stays, so that the past reads as it did."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    measure = models.CharField(max_length=60)
    since = models.DateField()
    until = models.DateField()
    count = models.PositiveBigIntegerField()
    evidence = models.CharField(max_length=500)  # what proves it, in words
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    replaced = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "measure", "since", "until"],
                condition=Q(replaced=False),
                name="indicators_one_count",
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="indicators_count_dates"
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="indicators_count_proved"),
        ]
        indexes = [models.Index(fields=["agency", "measure", "at"], name="indicators_count_of")]

    def __str__(self) -> str:
        return f"{self.measure} {self.since} – {self.until}: {self.count}"
