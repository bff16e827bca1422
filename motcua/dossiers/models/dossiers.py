"""A dossier: what a person asked for, and where it stands."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Case, F, Q, Value, When

from motcua.core.errors import mark as _
from motcua.core.text import fold
from motcua.core.workflow import Status
from motcua.db.fields import index_of
from motcua.db.indexes import seen_among
from motcua.db.words import with_words
from motcua.dossiers.models.applicants import Applicant
from motcua.dossiers.models.words import bare_number, one_of
from motcua.dossiers.packs import rule_set
from motcua.dossiers.rules import OPEN, RUNNING, STEPS, DossierStatus, RuleSet
from motcua.dossiers.rules.codes import codes_meant
from motcua.org.models import Agency, Person, Post
from motcua.org.permissions import visible_agencies
from motcua.procedures.models import Procedure, ProcedureVersion
from motcua.procedures.rules.parts import Channel

#: Order of what has no deadline: after everything that has one.
NO_DEADLINE = datetime(9999, 12, 31, tzinfo=UTC)
STAGE_OPEN, STAGE_READY, STAGE_CLOSED = "open", "ready", "closed"


class ReturnWay(Status):
    """How the result goes back."""

    DESK = "desk", _("Nhận tại Bộ phận Một cửa")
    POST = "post", _("Nhận qua bưu chính")
    ELECTRONIC = "electronic", _("Nhận bản điện tử")


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visible_to(self, person: Person | None, on: date) -> DossierQuerySet:
        """Dossiers of the agencies whose desk the person may see."""
        return seen_among(self, "agency", visible_agencies(person, "dossiers.view", on))

    def handed_to(self, person: Person | None, on: date) -> DossierQuerySet:
        """Dossiers that another agency handed to those whose desk the person may see."""
        offices = visible_agencies(person, "dossiers.view", on)
        return self.filter(steps__agency__in=offices, steps__started_at__isnull=False).distinct()

    def open(self) -> DossierQuerySet:
        """Somebody still has to act before there is a result."""
        return self.filter(stage=STAGE_OPEN)

    def running_late(self, at: datetime) -> DossierQuerySet:
        """The promised moment is past and the clock runs. While it runs no deadline of a dossier
        lies behind the promise: the index of the order ends the reading."""
        running = self.open().filter(status__in=[str(one) for one in RUNNING])
        return running.filter(due_at__lt=at, order_at__lt=at)

    def work_order(self) -> DossierQuerySet:
        """What will be late first, first."""
        return self.order_by("order_at", "pk")

    def matching(self, text: str) -> DossierQuerySet:
        """The dossier of a code; else those of an identity or telephone number; else by words of
        code, name and content, diacritics or not."""
        asked = text.strip()
        if codes := codes_meant(asked):
            return self.filter(code__in=codes)
        number = bare_number(asked)
        if re.fullmatch(r"\d{9,12}", number):
            known = Applicant.objects.filter(
                Q(id_index=index_of(number, "dossiers_applicant.id_number"))
                | Q(phone_index=index_of(number, "dossiers_applicant.phone"))
            )
            return self.filter(applicant__in=known.values("pk"))
        return with_words(self, "folded", fold(asked))


class Dossier(models.Model):
    """What a person asked for under a procedure. ``agency`` is the competent one."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="dossiers", db_index=False)
    received_by_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    assisted_by_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="+", db_index=False
    )
    procedure = models.ForeignKey(
        Procedure, models.PROTECT, related_name="dossiers", db_index=False
    )
    version = models.ForeignKey(
        ProcedureVersion, models.PROTECT, related_name="dossiers", db_index=False
    )
    rules = models.CharField(max_length=10)  # rule set of the day of receipt
    code = models.CharField(max_length=60, null=True, unique=True)  # noqa: DJ001 # none before receipt
    outside_code = models.CharField(max_length=60, blank=True)
    outside_owner = models.CharField(max_length=100, blank=True)  # set: a record, read only
    channel = models.CharField(max_length=8)
    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="dossiers")
    filer = models.ForeignKey(
        Applicant, models.PROTECT, null=True, related_name="+", db_index=False
    )
    summary = models.CharField(max_length=1000)
    folded = models.TextField(editable=False)
    sets = models.PositiveSmallIntegerField(default=1)
    return_way = models.CharField(max_length=10, default=ReturnWay.DESK)
    status = models.CharField(max_length=12)
    stage = models.GeneratedField(
        expression=Case(
            When(status__in=sorted(OPEN), then=Value(STAGE_OPEN)),
            When(status=DossierStatus.SETTLED, then=Value(STAGE_READY)),
            default=Value(STAGE_CLOSED),
        ),
        output_field=models.CharField(max_length=6),
        db_persist=True,
    )
    submitted_at = models.DateTimeField()
    entered_at = models.DateTimeField()  # by the clock of the machine
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    due_at = models.DateTimeField(null=True)
    first_due_at = models.DateTimeField(null=True)
    due_why = models.JSONField(default=list)  # of :class:`Said`: message and places
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", db_index=False)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="dossiers", db_index=False
    )
    step_name = models.CharField(max_length=200, blank=True)
    step_due_at = models.DateTimeField(null=True)
    # The agency that holds it meanwhile. Null, because a table of a million rows takes such a
    # column without being written anew.
    away_to = models.CharField(max_length=200, null=True)  # noqa: DJ001 # see above
    # What the work list orders by: the nearest deadline that somebody has to keep.
    order_at = models.DateTimeField(default=NO_DEADLINE)
    supplements = models.PositiveSmallIntegerField(default=0)
    redatings = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True)
    result_number = models.CharField(max_length=60, blank=True)
    returned_at = models.DateTimeField(null=True)
    returned_to = models.CharField(max_length=200, blank=True)
    closed_reason = models.CharField(max_length=1000, blank=True)
    is_suspect = models.BooleanField(default=False)  # back-dated, corrected, received again
    again = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    fee = models.PositiveBigIntegerField(default=0)  # đồng
    paid = models.PositiveBigIntegerField(default=0)
    # What was paid beyond the fee, since the procedure was corrected; null as ``away_to`` is.
    overpaid = models.PositiveBigIntegerField(null=True)
    lock = models.PositiveIntegerField(default=1)

    objects: ClassVar[DossierQuerySet] = DossierQuerySet.as_manager()  # type: ignore[assignment] # django-stubs types as_manager as Manager

    class Meta:
        constraints = [
            one_of("dossiers_dossier_status", "status", STEPS.statuses),
            one_of("dossiers_dossier_channel", "channel", Channel),
            one_of("dossiers_dossier_return", "return_way", ReturnWay),
            models.CheckConstraint(
                condition=Q(code__isnull=True, received_at__isnull=True)
                | Q(code__isnull=False, received_at__isnull=False),
                name="dossiers_dossier_numbered",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[*sorted(RUNNING), "waiting", "owing", "settled"])
                | Q(code__isnull=False),
                name="dossiers_dossier_received",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["settled", "returned"]) | Q(settled_at__isnull=False),
                name="dossiers_dossier_settled",
            ),
            models.CheckConstraint(
                condition=Q(status="returned", returned_at__isnull=False)
                | (~Q(status="returned") & Q(returned_at__isnull=True)),
                name="dossiers_dossier_returned",
            ),
            models.CheckConstraint(condition=Q(paid__lte=F("fee")), name="dossiers_dossier_paid"),
            models.UniqueConstraint(
                fields=["outside_owner", "outside_code"],
                condition=~Q(outside_owner=""),
                name="dossiers_dossier_outside",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "stage", "order_at", "id", "status"], name="dossiers_work_agency"
            ),
            models.Index(
                fields=["stage", "order_at", "id", "agency", "status"], name="dossiers_work"
            ),
            models.Index(fields=["person", "stage", "order_at", "id"], name="dossiers_work_mine"),
            models.Index(fields=["order_at", "id", "agency", "status"], name="dossiers_order"),
            models.Index(
                fields=["agency", "order_at", "id", "status"], name="dossiers_order_agency"
            ),
            models.Index(fields=["status", "order_at", "id", "agency"], name="dossiers_status"),
            models.Index(fields=["agency", "-received_at", "-id"], name="dossiers_register"),
            models.Index(fields=["-received_at", "-id", "agency"], name="dossiers_register_all"),
            models.Index(
                fields=["order_at", "id", "agency"],
                condition=Q(is_suspect=True),
                name="dossiers_suspects",
            ),
            models.Index(
                fields=["procedure", "order_at", "id", "agency"], name="dossiers_procedure"
            ),
            models.Index(fields=["received_by", "-entered_at"], name="dossiers_twice"),
            models.Index(
                fields=["agency", "procedure", "settled_at"],
                condition=Q(settled_at__isnull=False),
                name="dossiers_ended",
            ),
            models.Index(
                fields=["outside_code"],
                condition=~Q(outside_code=""),
                name="dossiers_outside_code",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code or '–'} {self.summary}"

    @property
    def state(self) -> DossierStatus:
        """The status with its word."""
        return DossierStatus(self.status)

    @property
    def rule_set(self) -> RuleSet:
        """The regime by which this dossier is judged."""
        return rule_set(self.rules)
