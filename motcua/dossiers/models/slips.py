"""Slips as given out, and the numbers of every series."""

from __future__ import annotations

from django.db import models

from motcua.dossiers.models.dossiers import Dossier
from motcua.dossiers.models.words import one_of
from motcua.dossiers.rules import SlipKind
from motcua.org.models import Agency, Person


class Slip(models.Model):
    """An official slip as given out: numbered, frozen, reprintable, cancelled, never deleted."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="slips", db_index=False)
    kind = models.CharField(max_length=12)
    number = models.PositiveIntegerField()  # of its kind, agency and year
    year = models.PositiveSmallIntegerField()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    data = models.JSONField()  # what it printed
    cancelled_at = models.DateTimeField(null=True)
    cancelled_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            one_of("dossiers_slip_kind", "kind", SlipKind),
            models.UniqueConstraint(
                fields=["agency", "kind", "year", "number"], name="dossiers_slip_number"
            ),
        ]
        indexes = [models.Index(fields=["dossier", "id"], name="dossiers_slip_list")]


class Counter(models.Model):
    """The last number given in a series and period of an agency; drawn inside the action, so that
    there is no gap."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    series = models.CharField(max_length=12)  # "dossier" or a kind of slip
    period = models.CharField(max_length=10)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "series", "period"], name="dossiers_counter_once"
            )
        ]
