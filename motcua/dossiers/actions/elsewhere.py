"""Hand a dossier over to another agency and take it back (liên thông).

The other agency's turn is a step of the dossier like any other: when it was sent, until when it
must be back, when it was; so the control slip, the lists and the figures say at whom it was late.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.audit.rules import Actor
from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.dossiers.actions.common import (
    begin,
    check_serving,
    end_step,
    iso,
    keep,
    make_room,
    next_step,
    out_of_hands,
    running_step,
    take,
)
from motcua.dossiers.actions.slips import give_slip
from motcua.dossiers.models import Dossier, DossierStep
from motcua.dossiers.rules import SlipKind
from motcua.dossiers.rules.elsewhere import check_answer_day
from motcua.org.models import Agency, Person


class OtherAgencyMissing(Refused):
    """A dossier is sent to somebody else."""

    code = "other_agency_missing"
    message = _("Hãy ghi tên cơ quan nhận, khác với cơ quan đang giải quyết.")
    status = 422


@transaction.atomic
def send_out(
    *,
    dossier: Dossier,
    to: str,
    until: datetime,
    by: Person,
    at: datetime,
    agency: Agency | None = None,
    note: str = "",
    lock: int | None = None,
) -> Dossier:
    """Hand the dossier over to another agency, with its own deadline; the person's clock runs on.

    ``agency`` is its row where it works with this installation. The slip that goes with the papers
    has both dates. Raises :class:`OtherAgencyMissing`, a refusal of ``rules.elsewhere``.
    """
    row, actor = take(dossier, "send_out", by, at, lock)
    name = (agency.name if agency else to).strip()
    if not name or name == row.agency.name:
        raise OtherAgencyMissing
    zone = timezone.get_current_timezone()
    promised = row.due_at.astimezone(zone) if row.due_at else None
    check_answer_day(at.astimezone(zone), until.astimezone(zone), promised)
    turn, after = _turns(row, running_step(row), name, agency, until)
    end_step(row, at, note)
    begin(row, turn, None, at)
    after.save()
    row.post = row.person = None
    row.away_to = name
    give_slip(row, SlipKind.TRANSFER, by, at, to=name, until=iso(until), reason=note)
    return keep(row, "send_out", by, actor, at, note, to=name, until=iso(until))


def _turns(
    row: Dossier,
    now: DossierStep | None,
    name: str,
    agency: Agency | None,
    until: datetime,
) -> tuple[DossierStep, DossierStep]:
    """The other agency's step and, after it, the one that goes on here; neither saved."""
    position = now.position if now else row.steps.count()
    make_room(row, position, 2)
    turn = DossierStep(
        dossier=row,
        position=position + 1,
        name=f"Giải quyết tại {name}"[:200],
        share=0,
        at_agency=name,
        agency=agency,
        due_at=until,
    )
    after = DossierStep(
        dossier=row,
        position=position + 2,
        name=now.name if now else "Giải quyết",
        share=now.share if now else 100,
        post=now.post if now else None,
        person=now.person if now else None,
        due_at=max(filter(None, (now.due_at if now else None, row.due_at)), default=None),
    )
    return turn, after


@transaction.atomic
def bring_back(
    *,
    dossier: Dossier,
    to: Person | None,
    by: Person,
    at: datetime,
    note: str = "",
    lock: int | None = None,
) -> Dossier:
    """Take the dossier back; whoever sent it out goes on, unless it is given to somebody else."""
    row, actor = take(dossier, "bring_back", by, at, lock)
    check_serving(row, to, at)
    return _back(row, "bring_back", to, by, actor, at, note)


@transaction.atomic
def give_back(
    *, dossier: Dossier, by: Person, at: datetime, note: str = "", lock: int | None = None
) -> Dossier:
    """Give the dossier back to the agency that sent it, with a word or without; the step of the
    agency to which it was handed. Raises :class:`NotElsewhere`, :class:`NotWithUs`."""
    row, actor = take(dossier, "give_back", by, at, lock)
    return _back(row, "give_back", None, by, actor, at, note)


def _back(
    row: Dossier,
    step: str,
    to: Person | None,
    by: Person,
    actor: Actor,
    at: datetime,
    note: str,
) -> Dossier:
    turn, agency = running_step(row), row.away_to
    assert turn is not None  # as long as it is elsewhere
    end_step(row, at, note)
    after = next_step(row)
    assert after is not None  # made with the other agency's
    out_of_hands(row)
    begin(row, after, to, at)
    late = turn.due_at is not None and at > turn.due_at
    return keep(row, step, by, actor, at, note, of=agency, late=late)
