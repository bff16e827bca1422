"""Periodic reports with their sections, and the numbers that they were drafted from."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.core.periods import Period
from motcua.org.models import Agency, Person
from motcua.org.permissions import visible_agencies
from motcua.reports.rules import FROZEN, REPORT_STEPS, ReportStatus, Urgency


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, person: Person | None, on: date) -> ReportQuerySet:
        """Reports of the agencies whose reports the person may see."""
        return self.filter(agency__in=visible_agencies(person, "reports.view", on))


class Report(models.Model):
    """The report of an agency on a period. Approved, nothing of it changes any more."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reports")
    period = models.CharField(max_length=10)  # 2024-Q1, 2024-H1, 2024-M9, 2024
    outline = models.CharField(max_length=40)  # of packs/reports/outline.yaml, by its id
    since = models.DateField()  # first day of the figures
    cut_off = models.DateField()  # last day of the figures
    status = models.CharField(max_length=12, default=ReportStatus.DRAFT)
    no = models.PositiveSmallIntegerField(default=1)  # 2 and more: corrections
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    correction_reason = models.CharField(max_length=500, blank=True)
    number = models.CharField(max_length=60, blank=True)  # as 05/BC-UBND
    number_year = models.PositiveSmallIntegerField(null=True)  # numbers begin anew each year
    urgency = models.CharField(max_length=12, blank=True)
    title = models.CharField(max_length=300)
    opening = models.TextField()  # the paragraph before heading I
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()  # when the figures were taken
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=500, blank=True)  # reason of the last return
    lock = models.PositiveIntegerField(default=1)

    objects: ClassVar[ReportQuerySet] = ReportQuerySet.as_manager()  # type: ignore[assignment] # django-stubs types as_manager as Manager

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "period", "no"], name="reports_one_report"),
            models.UniqueConstraint(
                fields=["agency", "period"],
                condition=Q(status="approved"),
                name="reports_one_approved",
            ),
            models.UniqueConstraint(
                fields=["agency", "period"],
                condition=Q(status__in=["draft", "submitted"]),
                name="reports_one_unfinished",
            ),
            models.UniqueConstraint(
                fields=["agency", "number_year", "number"],
                condition=~Q(number=""),
                name="reports_number_once",
            ),
            models.CheckConstraint(
                condition=Q(number="") | Q(number_year__isnull=False), name="reports_number_year"
            ),
            models.CheckConstraint(
                condition=Q(urgency__in=[str(u) for u in Urgency]), name="reports_urgency"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, correction_reason="", no=1)
                | (Q(corrects__isnull=False, no__gt=1) & ~Q(correction_reason="")),
                name="reports_correction",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[str(s) for s in REPORT_STEPS.statuses]),
                name="reports_status",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[str(s) for s in sorted(FROZEN)],
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                )
                | Q(
                    status__in=["draft", "submitted"],
                    approved_at__isnull=True,
                    approved_by__isnull=True,
                ),
                name="reports_approved",
            ),
        ]
        indexes = [
            models.Index(fields=["-cut_off", "-id"], name="reports_list"),
            models.Index(fields=["agency", "-cut_off"], name="reports_of_agency"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def span(self) -> Period:
        """The period that the report is on."""
        return Period.parse(self.period)

    @property
    def is_frozen(self) -> bool:
        """Approved: nothing changes any more."""
        return self.status in FROZEN


class ReportSection(models.Model):
    """One heading. ``drafted`` is what the records said, ``text`` what is reported."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="sections")
    code = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    drafted = models.TextField(blank=True)
    text = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()
    edited_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    lock = models.PositiveIntegerField(default=1)  # two people, one section

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "code"], name="reports_section_once")
        ]

    @property
    def is_edited(self) -> bool:
        """Whether a person changed what was drafted."""
        return self.text != self.drafted


class ReportFigure(models.Model):
    """A number as it stood when the figures were taken, with the records behind it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="figures")
    key = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    unit = models.CharField(max_length=40, blank=True)
    value = models.CharField(max_length=200, blank=True)  # "": no record tells it
    rows = models.JSONField(default=list)
    last_year = models.CharField(max_length=200, blank=True)  # same period, year before

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="reports_figure_once")
        ]
