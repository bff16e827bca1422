"""The way of a dossier: its steps, its waits, its new dates, what happened."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from motcua.core.errors import mark as _
from motcua.core.workflow import Status
from motcua.dossiers.models.dossiers import Dossier
from motcua.dossiers.models.words import one_of
from motcua.org.models import Agency, Person, Post


class DossierStep(models.Model):
    """A step of the procedure in this dossier: whose it is, until when, when it ended. The control
    slip is a view of these rows."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="steps", db_index=False)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    share = models.PositiveSmallIntegerField()
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    # Where another agency holds the dossier: its name, and its row where it works with us.
    at_agency = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", db_index=False)
    started_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "position"], name="dossiers_step_place"),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(started_at__isnull=False, ended_at__isnull=True),
                name="dossiers_one_step_runs",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "started_at"],
                condition=Q(agency__isnull=False),
                name="dossiers_step_elsewhere",
            )
        ]


class PauseKind(Status):
    """Why the clock stands, or whom one waits for."""

    SUPPLEMENT = "supplement", _("Chờ bổ sung")
    PAYMENT = "payment", _("Chờ nghĩa vụ tài chính")
    CONSULTATION = "consultation", _("Lấy ý kiến")


class Pause(models.Model):
    """A wait: what was asked of whom, until when, what it did to the promise."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="pauses")
    kind = models.CharField(max_length=12)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    asked_of = models.CharField(max_length=200, blank=True)  # the agency consulted
    text = models.CharField(max_length=2000)
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=2000, blank=True)
    due_before = models.DateTimeField(null=True)
    due_after = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("dossiers_pause_kind", "kind", PauseKind),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(ended_at__isnull=True),
                name="dossiers_one_pause_runs",
            ),
        ]
        indexes = [models.Index(fields=["until"], name="dossiers_pause_until")]


class Redating(models.Model):
    """An apology with a new date, given before the promised one."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="apologies")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=1000)
    due_before = models.DateTimeField()
    due_after = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_after__gt=F("due_before")), name="dossiers_redating_later"
            )
        ]


#: What tells a person, in writing, what is missing or that a dossier is not taken.
GUIDING = ("ask_completion", "ask_supplement", "guide", "refuse", "turn_away")


class Event(models.Model):
    """One passage of a dossier: who took which step, when, and where it stood then."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="events", db_index=False)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    step = models.CharField(max_length=20)
    status = models.CharField(max_length=12)
    note = models.CharField(max_length=2000, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["dossier", "-id"], name="dossiers_event_list"),
            models.Index(
                fields=["-at", "-id"], condition=Q(step__in=GUIDING), name="dossiers_event_guiding"
            ),
        ]
