"""Which target reads which indicator."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.org.models import Person
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
