"""Live tasks: who leads, until when, how far, with what proof."""

from __future__ import annotations

import re
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce

from motcua.core.text import fold
from motcua.db.words import with_words
from motcua.org.models import Agency, Person, Post
from motcua.org.permissions import visible_agencies
from motcua.planning.models.plans import Plan, PlanItem, one_of
from motcua.planning.rules import (
    EXTENSION_STEPS,
    OPEN_TASKS,
    SOON_DAYS,
    TASK_STEPS,
    ExtensionStatus,
    SteeringKind,
    TaskStatus,
)


class SteeringDocument(models.Model):
    """A conclusion, notice, telegram or directive of superiors, whose tasks are followed."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="steering_documents")
    kind = models.CharField(max_length=12)
    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    issuer = models.CharField(max_length=200)
    summary = models.CharField(max_length=500)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("planning_steering_kind", "kind", SteeringKind),
            models.UniqueConstraint(
                fields=["agency", "number", "issued_on", "issuer"], name="planning_steering_once"
            ),
        ]
        indexes = [models.Index(fields=["agency", "-issued_on"], name="planning_steering_list")]

    def __str__(self) -> str:
        return f"{self.number} ({self.issuer})"


#: Stages of a task for the lists: what waits for somebody, what is over, what only repeats.
OPEN, CLOSED, SERIES = "open", "closed", "series"


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, person: Person | None, on: date) -> TaskQuerySet:
        """Tasks of the agencies whose plans the person may see."""
        return self.filter(agency__in=visible_agencies(person, "planning.view", on))

    def open(self) -> TaskQuerySet:
        """Not done and not cancelled; series are not work themselves."""
        return self.filter(stage=OPEN)

    def late(self, on: date) -> TaskQuerySet:
        """Past the deadline and not yet handed in."""
        return self.open().filter(order_on__lt=on).exclude(status=TaskStatus.SUBMITTED)

    def due_within(self, on: date, days: int = SOON_DAYS) -> TaskQuerySet:
        """Open and due from ``on`` to ``days`` later."""
        last = date.fromordinal(on.toordinal() + days)
        return self.open().filter(order_on__gte=on, order_on__lte=last)

    def pressing(self, on: date, last: date) -> TaskQuerySet:
        """Late on ``on``, or open and due up to ``last``."""
        handed_in = Q(status=TaskStatus.SUBMITTED, order_on__lt=on)
        return self.open().filter(order_on__lte=last).exclude(handed_in)

    def of_person(self, person: Person | int) -> TaskQuerySet:
        """Tasks that the person (or the one with this id) leads or helps with."""
        return self.filter(pk__in=Assignee.objects.filter(person=person).values("task"))

    def followed(self) -> TaskQuerySet:
        """Without series: their instances are what is done."""
        return self.filter(~Q(stage=SERIES))

    def matching(self, text: str) -> TaskQuerySet:
        """Tasks with this code ("2.7.5"), else with words that begin so, diacritics or not."""
        code = text.strip()
        if re.fullmatch(r"[\d.]*\d", code):
            return self.filter(code=code)
        return with_words(self, "folded", fold(text))

    def work_order(self) -> TaskQuerySet:
        """What will be late first, first; undated last."""
        return self.order_by("order_on", "pk")


class Task(models.Model):
    """A piece of work with one responsible post, a deadline and a proof."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="tasks")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="tasks")
    item = models.ForeignKey(PlanItem, models.PROTECT, null=True, related_name="tasks")
    lineage = models.UUIDField(null=True)  # of its sentence, through amendments
    steering = models.ForeignKey(SteeringDocument, models.PROTECT, null=True, related_name="tasks")
    series = models.ForeignKey("self", models.PROTECT, null=True, related_name="instances")
    recurrence = models.CharField(max_length=10, blank=True)  # set: a series, not work itself
    period = models.CharField(max_length=10, blank=True)  # an instance's period, as 2024-Q2
    code = models.CharField(max_length=20)
    field = models.CharField(max_length=20)
    text = models.TextField()
    folded = models.TextField(editable=False)  # search without diacritics
    lead_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="tasks_led")
    lead_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="tasks_led")
    starts_on = models.DateField()
    due_on = models.DateField(null=True)
    first_due_on = models.DateField(null=True)  # before any extension
    # Never null, so that the lists' order is served by a plain index on both databases.
    order_on = models.GeneratedField(
        expression=Coalesce("due_on", date(9999, 12, 31)),
        output_field=models.DateField(),
        db_persist=True,
    )
    # One value for "open", so that an index serves the lists' condition and order together.
    stage = models.GeneratedField(
        expression=Case(
            When(~Q(recurrence=""), then=Value(SERIES)),
            When(status__in=sorted(OPEN_TASKS), then=Value(OPEN)),
            default=Value(CLOSED),
        ),
        output_field=models.CharField(max_length=6),
        db_persist=True,
    )
    product = models.CharField(max_length=300, blank=True)
    cost = models.BigIntegerField(null=True)  # đồng
    status = models.CharField(max_length=12, default=TaskStatus.ASSIGNED)
    percent = models.PositiveSmallIntegerField(default=0)
    done_on = models.DateField(null=True)
    closed_note = models.CharField(max_length=500, blank=True)
    changed_at = models.DateTimeField()
    lock = models.PositiveIntegerField(default=1)

    objects: ClassVar[TaskQuerySet] = TaskQuerySet.as_manager()  # type: ignore[assignment] # django-stubs types as_manager as Manager

    class Meta:
        constraints = [
            one_of("planning_task_status", "status", TASK_STEPS.statuses),
            models.CheckConstraint(condition=Q(percent__lte=100), name="planning_task_percent"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("starts_on")),
                name="planning_task_dates",
            ),
            models.CheckConstraint(
                condition=Q(status="done", done_on__isnull=False)
                | (~Q(status="done") & Q(done_on__isnull=True)),
                name="planning_task_done",
            ),
            models.UniqueConstraint(
                fields=["plan", "lineage"],
                condition=Q(series__isnull=True),
                name="planning_task_lineage",
            ),
            models.UniqueConstraint(
                fields=["series", "period"],
                condition=Q(series__isnull=False),
                name="planning_task_instance",
            ),
        ]
        indexes = [
            # The columns after the id let counts be answered without reading rows.
            models.Index(
                fields=["stage", "order_on", "id", "agency", "status", "field"],
                name="planning_task_work",
            ),
            models.Index(
                fields=["agency", "stage", "order_on", "id", "status", "field"],
                name="planning_task_agency",
            ),
            models.Index(
                fields=["agency", "order_on", "id", "stage"], name="planning_task_agency_due"
            ),
            models.Index(fields=["order_on", "id", "agency", "stage"], name="planning_task_due"),
            models.Index(
                fields=["status", "order_on", "id", "agency", "stage"], name="planning_task_board"
            ),
            models.Index(fields=["lead_person", "stage", "order_on"], name="planning_task_lead"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text[:80]}"


class Assignee(models.Model):
    """A post, and the person in it, that leads or helps with a task."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="assignees")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="assigned")
    leads = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "post"], name="planning_assignee_once"),
            models.UniqueConstraint(
                fields=["task"], condition=Q(leads=True), name="planning_one_lead"
            ),
        ]
        indexes = [models.Index(fields=["person", "task"], name="planning_assignee_person")]


class ProgressNote(models.Model):
    """What was done so far, as its person told it."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="notes")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    step = models.CharField(max_length=20)
    percent = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["task", "-at"], name="planning_note_order")]


class Extension(models.Model):
    """More time, asked for and decided."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="extensions")
    status = models.CharField(max_length=10, default=ExtensionStatus.ASKED)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.CharField(max_length=500)
    old_due_on = models.DateField(null=True)
    new_due_on = models.DateField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            one_of("planning_extension_status", "status", EXTENSION_STEPS.statuses),
            models.UniqueConstraint(
                fields=["task"], condition=Q(status="asked"), name="planning_one_extension"
            ),
            models.CheckConstraint(
                condition=Q(status="asked", decided_at__isnull=True)
                | (~Q(status="asked") & Q(decided_at__isnull=False)),
                name="planning_extension_decided",
            ),
        ]


class LastVisit(models.Model):
    """When a person last looked at a page, and up to when they know what happened."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    page = models.CharField(max_length=40)
    at = models.DateTimeField()
    known_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "page"], name="planning_visit")]
