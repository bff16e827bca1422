"""Dossiers with what belongs to them: applicant, papers, steps, pauses, charges, slips, events."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Case, F, Q, Value, When

from motcua.core.errors import mark as _
from motcua.core.text import fold
from motcua.core.workflow import Status
from motcua.db.fields import EncryptedTextField, index_of
from motcua.db.words import with_words
from motcua.dossiers.packs import rule_set
from motcua.dossiers.rules import OPEN, RUNNING, STEPS, DossierStatus, RuleSet, SlipKind
from motcua.dossiers.rules.codes import looks_like_code
from motcua.dossiers.rules.queue import TICKET_STEPS, TicketStatus
from motcua.org.models import Agency, Person, Post
from motcua.org.permissions import visible_agencies
from motcua.procedures.models import Procedure, ProcedureVersion
from motcua.procedures.rules.parts import Channel

#: Order of what has no deadline: after everything that has one.
NO_DEADLINE = datetime(9999, 12, 31, tzinfo=UTC)


def one_of(name: str, field: str, values: Iterable[str]) -> models.CheckConstraint:
    """A column holds one of these values."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [str(value) for value in values]}), name=name
    )


class ApplicantKind(Status):
    """Who asks."""

    PERSON = "person", _("Cá nhân")
    ORGANISATION = "organisation", _("Tổ chức")
    BUSINESS = "business", _("Doanh nghiệp, hộ kinh doanh")


class ReturnWay(Status):
    """How the result goes back."""

    DESK = "desk", _("Nhận tại Bộ phận Một cửa")
    POST = "post", _("Nhận qua bưu chính")
    ELECTRONIC = "electronic", _("Nhận bản điện tử")


class ApplicantQuerySet(models.QuerySet["Applicant"]):
    def known_as(self, agency: Agency, id_number: str) -> ApplicantQuerySet:
        """Those of an agency with this identity number, the latest first."""
        index = index_of(bare_number(id_number), "dossiers_applicant.id_number")
        return self.filter(agency=agency, id_index=index).exclude(id_index="").order_by("-pk")


def bare_number(text: str) -> str:
    """An identity or telephone number without what people put between its digits."""
    return re.sub(r"[\s.\-]", "", text).upper()


class Applicant(models.Model):
    """Whom a dossier concerns, as they were on that day: a changed address is a new row."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, default=ApplicantKind.PERSON)
    full_name = models.CharField(max_length=200)
    born_on = models.DateField(null=True)
    id_number = EncryptedTextField(blank=True)
    id_index = models.CharField(max_length=64, blank=True, editable=False)
    phone = EncryptedTextField(blank=True)
    phone_index = models.CharField(max_length=64, blank=True, editable=False)
    email = EncryptedTextField(blank=True)
    address = models.CharField(max_length=300, blank=True)

    objects: ClassVar[ApplicantQuerySet] = ApplicantQuerySet.as_manager()  # type: ignore[assignment] # django-stubs types as_manager as Manager

    class Meta:
        constraints = [one_of("dossiers_applicant_kind", "kind", ApplicantKind)]
        indexes = [
            models.Index(fields=["id_index", "-id"], name="dossiers_applicant_id"),
            models.Index(fields=["phone_index", "-id"], name="dossiers_applicant_phone"),
        ]

    def __str__(self) -> str:
        return self.full_name


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visible_to(self, person: Person | None, on: date) -> DossierQuerySet:
        """Dossiers of the agencies whose desk the person may see."""
        return self.filter(agency__in=visible_agencies(person, "dossiers.view", on))

    def open(self) -> DossierQuerySet:
        """Somebody still has to act before there is a result."""
        return self.filter(stage=STAGE_OPEN)

    def running_late(self, at: datetime) -> DossierQuerySet:
        """The promised moment is past and the clock runs."""
        return self.open().filter(due_at__lt=at, status__in=[str(one) for one in RUNNING])

    def work_order(self) -> DossierQuerySet:
        """What will be late first, first."""
        return self.order_by("order_at", "pk")

    def matching(self, text: str) -> DossierQuerySet:
        """The dossier of a code; else those of an identity or telephone number; else by words of
        code, name and content, diacritics or not."""
        asked = text.strip()
        if looks_like_code(asked):
            return self.filter(code=asked.upper())
        number = bare_number(asked)
        if re.fullmatch(r"\d{9,12}", number):
            known = Applicant.objects.filter(
                Q(id_index=index_of(number, "dossiers_applicant.id_number"))
                | Q(phone_index=index_of(number, "dossiers_applicant.phone"))
            )
            return self.filter(applicant__in=known.values("pk"))
        return with_words(self, "folded", fold(asked))


STAGE_OPEN, STAGE_READY, STAGE_CLOSED = "open", "ready", "closed"


class Dossier(models.Model):
    """What a person asked for under a procedure. ``agency`` is the competent one."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="dossiers")
    received_by_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    assisted_by_agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="dossiers")
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="dossiers")
    rules = models.CharField(max_length=10)  # rule set of the day of receipt
    code = models.CharField(max_length=60, null=True, unique=True)  # noqa: DJ001 # none before receipt
    outside_code = models.CharField(max_length=60, blank=True)
    outside_owner = models.CharField(max_length=100, blank=True)  # set: a record, read only
    channel = models.CharField(max_length=8)
    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="dossiers")
    filer = models.ForeignKey(Applicant, models.PROTECT, null=True, related_name="+")
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
    received_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)
    first_due_at = models.DateTimeField(null=True)
    due_why = models.JSONField(default=list)  # of :class:`Said`: message and places
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="dossiers")
    step_name = models.CharField(max_length=200, blank=True)
    step_due_at = models.DateTimeField(null=True)
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
    again = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    fee = models.PositiveBigIntegerField(default=0)  # đồng
    paid = models.PositiveBigIntegerField(default=0)
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
            models.Index(fields=["status", "order_at", "id", "agency"], name="dossiers_status"),
            models.Index(fields=["agency", "-received_at", "-id"], name="dossiers_register"),
            models.Index(fields=["-received_at", "-id", "agency"], name="dossiers_register_all"),
            models.Index(fields=["agency", "is_suspect", "-id"], name="dossiers_suspect"),
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


class DossierPaper(models.Model):
    """A paper of a dossier: how many of each sort came, and whether it is in order."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="papers")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=500)
    code = models.CharField(max_length=60, blank=True)
    originals = models.PositiveSmallIntegerField(default=0)
    certified = models.PositiveSmallIntegerField(default=0)
    photos = models.PositiveSmallIntegerField(default=0)
    electronic = models.PositiveSmallIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "position"], name="dossiers_paper_place")
        ]

    @property
    def count(self) -> int:
        """Copies of all sorts; 0: the paper is missing."""
        return self.originals + self.certified + self.photos + self.electronic


class DossierStep(models.Model):
    """A step of the procedure in this dossier: whose it is, until when, when it ended. The control
    slip is a view of these rows."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    share = models.PositiveSmallIntegerField()
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
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
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
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
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=1000)
    due_before = models.DateTimeField()
    due_after = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_after__gt=F("due_before")), name="dossiers_redating_later"
            )
        ]


class Charge(models.Model):
    """A fee of a dossier: what is due, under which rule, what was exempt."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="charges")
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    amount = models.PositiveBigIntegerField()  # đồng
    why = models.JSONField(default=dict)  # of :class:`Said`
    exemption = models.CharField(max_length=200, blank=True)
    paid_at = models.DateTimeField(null=True)
    paid_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")


class Slip(models.Model):
    """An official slip as given out: numbered, frozen, reprintable, cancelled, never deleted."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="slips")
    kind = models.CharField(max_length=12)
    number = models.PositiveIntegerField()  # of its kind, agency and year
    year = models.PositiveSmallIntegerField()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
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


class Event(models.Model):
    """One passage of a dossier: who took which step, when, and where it stood then."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="events")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    step = models.CharField(max_length=20)
    status = models.CharField(max_length=12)
    note = models.CharField(max_length=2000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["dossier", "-id"], name="dossiers_event_list")]


class Counter(models.Model):
    """The last number given in a series and period of an agency; drawn inside the action, so that
    there is no gap."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    series = models.CharField(max_length=12)  # "dossier" or a kind of slip
    period = models.CharField(max_length=10)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "series", "period"], name="dossiers_counter_once"
            )
        ]


class Draft(models.Model):
    """An intake that was interrupted: what the form held, for its clerk alone, encrypted."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    typed = EncryptedTextField()  # JSON of the form's fields
    saved_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "-saved_at"], name="dossiers_draft_list")]


class TicketQuerySet(models.QuerySet["Ticket"]):
    def of_day(self, agency: Agency, day: date) -> TicketQuerySet:
        """The numbers of an agency's day."""
        return self.filter(agency=agency, day=day)

    def waiting(self) -> TicketQuerySet:
        """Not called yet, the longest wait first."""
        return self.filter(status=TicketStatus.QUEUED).order_by("number")

    def at_desks(self) -> TicketQuerySet:
        """Called and still there, the latest first."""
        return self.filter(status=TicketStatus.CALLED).order_by("-called_at")


class Ticket(models.Model):
    """A visitor's number in the hall, of one day; it knows no name."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    day = models.DateField()
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=8, default=TicketStatus.QUEUED)
    desk = models.PositiveSmallIntegerField(null=True)
    taken_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    called_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[TicketQuerySet] = TicketQuerySet.as_manager()  # type: ignore[assignment] # django-stubs types as_manager as Manager

    class Meta:
        constraints = [
            one_of("dossiers_ticket_status", "status", TICKET_STEPS.statuses),
            models.UniqueConstraint(
                fields=["agency", "day", "number"], name="dossiers_ticket_number"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "day", "status", "number"], name="dossiers_ticket_queue")
        ]

    def __str__(self) -> str:
        return f"{self.number:03}"

    @property
    def state(self) -> TicketStatus:
        """The status with its word."""
        return TicketStatus(self.status)
