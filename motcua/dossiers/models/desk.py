"""What the desk keeps beside dossiers: interrupted intakes, the numbers of the hall."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from motcua.db.fields import EncryptedTextField
from motcua.dossiers.models.words import one_of
from motcua.dossiers.rules.queue import TICKET_STEPS, TicketStatus
from motcua.org.models import Agency, Person


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
