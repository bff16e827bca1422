"""Rollups: counted months of ended dossiers, and which of them changed since."""

from __future__ import annotations

from django.db import models

from motcua.dossiers.rules.cells import COUNTERS
from motcua.org.models import Agency
from motcua.procedures.models import Procedure


class Cell(models.Model):
    """What the ended dossiers of an agency and procedure count as in a month. Derived: it can be
    made again from the dossiers at any time."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+", db_index=False)
    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="+", db_index=False)
    month = models.DateField()  # its first day
    desk = models.IntegerField(default=0)
    online = models.IntegerField(default=0)
    post = models.IntegerField(default=0)
    carried = models.IntegerField(default=0)
    early = models.IntegerField(default=0)
    on_time = models.IntegerField(default=0)
    late = models.IntegerField(default=0)
    open = models.IntegerField(default=0)
    open_late = models.IntegerField(default=0)
    open_kept = models.IntegerField(default=0)
    once = models.IntegerField(default=0)
    again = models.IntegerField(default=0)
    results = models.IntegerField(default=0)
    electronic = models.IntegerField(default=0)
    digitised = models.IntegerField(default=0)
    minutes = models.BigIntegerField(default=0)
    # The last moment that a dossier which ended in this month keeps.
    latest = models.DateTimeField(null=True)
    # Keys of dossiers that ended in it and are not in the counters; null: none.
    odd = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "procedure", "month"], name="dossiers_cell_once"
            )
        ]
        indexes = [
            models.Index(fields=["agency", "latest"], name="dossiers_cell_latest"),
            models.Index(fields=["agency", "month"], name="dossiers_cell_month"),
            models.Index(
                fields=["agency"],
                condition=models.Q(odd__isnull=False),
                name="dossiers_cell_odd",
            ),
        ]

    @property
    def counters(self) -> tuple[int, ...]:
        """Its counters, in their order."""
        return tuple(getattr(self, name) for name in COUNTERS)


class Unfolded(models.Model):
    """An ended dossier of this agency and procedure changed, and its cells from ``month`` on do not
    know it yet. Written by triggers in the transaction of the change, whoever writes; ``turn``
    tells transactions apart where they run beside each other."""

    agency = models.ForeignKey(
        Agency, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    procedure = models.ForeignKey(
        Procedure, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    month = models.DateField()
    turn = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "procedure", "month", "turn"], name="dossiers_unfolded_once"
            )
        ]


class Folding(models.Model):
    """By which rules and calendar the cells were made; the one row of its table. Without it, or
    after either changed, nothing is read from cells until they were made anew."""

    basis = models.CharField(max_length=64)
    at = models.DateTimeField()
