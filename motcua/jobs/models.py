"""Signs of life of the workers, and the slots of periodic work."""

from __future__ import annotations

from django.db import models


class WorkerBeat(models.Model):
    """A worker that lives renews its row every two seconds."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(db_index=True)


class Tick(models.Model):
    """One run of one periodic job: the unique row decides which worker starts it."""

    name = models.CharField(max_length=60)
    slot = models.CharField(max_length=30)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "slot"], name="jobs_tick_slot")]
