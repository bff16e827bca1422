"""The queue in the hall. A number is no record of anybody: it leaves no trace, only its times."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.dossiers.actions.common import next_number
from motcua.dossiers.models import Ticket
from motcua.dossiers.permissions import day_of
from motcua.dossiers.rules.queue import TICKET_STEPS, TicketStatus
from motcua.org.models import Agency, Person
from motcua.org.permissions import check_may

#: So many numbers a minute a hall's door can let in; more is somebody playing with the button.
KIOSK_A_MINUTE = 12
MINUTE = timedelta(minutes=1)


class TooManyNumbers(Refused):
    """The button is pressed faster than people come."""

    code = "too_many_numbers"
    message = _("Vừa có nhiều số được lấy. Mời bà con chờ một phút rồi bấm lại.")
    status = 429


class NobodyWaits(Refused):
    """There is no next number."""

    code = "nobody_waits"
    message = _("Không còn ai chờ.")


@transaction.atomic
def take_number(*, agency: Agency, by: Person, at: datetime) -> Ticket:
    """The next number of the day, from 1."""
    day = day_of(at)
    check_may(by, TICKET_STEPS["take_number"].needs, agency, day)
    number = next_number(agency, "ticket", day.isoformat())
    return Ticket.objects.create(agency=agency, day=day, number=number, taken_at=at)


@transaction.atomic
def take_at_kiosk(*, agency: Agency, at: datetime) -> Ticket:
    """The next number, pressed by a visitor. Raises :class:`TooManyNumbers`."""
    day = day_of(at)
    fresh = Ticket.objects.of_day(agency, day).filter(taken_at__gt=at - MINUTE)
    if fresh.count() >= KIOSK_A_MINUTE:
        raise TooManyNumbers
    number = next_number(agency, "ticket", day.isoformat())
    return Ticket.objects.create(agency=agency, day=day, number=number, taken_at=at)


@transaction.atomic
def call_next(*, agency: Agency, desk: int, by: Person, at: datetime) -> Ticket:
    """Call who has waited longest to a desk; whoever was there before is served.

    Raises :class:`NobodyWaits`.
    """
    day = day_of(at)
    check_may(by, TICKET_STEPS["call_number"].needs, agency, day)
    today = Ticket.objects.select_for_update().filter(agency=agency, day=day)
    today.filter(desk=desk, status=TicketStatus.CALLED).update(
        status=TicketStatus.SERVED, ended_at=at
    )
    ticket = today.filter(status=TicketStatus.QUEUED).order_by("number").first()
    if ticket is None:
        raise NobodyWaits
    return _called(ticket, desk, by, at)


@transaction.atomic
def step_number(*, ticket: Ticket, step: str, desk: int, by: Person, at: datetime) -> Ticket:
    """Call one number (again), note that it was served, or that nobody came."""
    row = Ticket.objects.select_for_update().select_related("agency").get(pk=ticket.pk)
    check_may(by, TICKET_STEPS[step].needs, row.agency, day_of(at))
    status = TICKET_STEPS.check(step, row.status)
    if status is TicketStatus.CALLED:
        return _called(row, desk, by, at)
    row.status, row.ended_at = status, at
    row.save(update_fields=["status", "ended_at"])
    return row


def _called(ticket: Ticket, desk: int, by: Person, at: datetime) -> Ticket:
    ticket.status, ticket.desk, ticket.called_by = TicketStatus.CALLED, desk, by
    ticket.called_at, ticket.ended_at = at, None
    ticket.save()
    return ticket
