"""Receive a dossier: its code, its promise, its first step, its receipt.

One transaction in which each row is written once; parallel intakes of an agency queue at the
numbers, so what can be known before is asked before.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from motcua.audit.rules import Actor
from motcua.dossiers.actions.common import iso, nearest, next_number, passed, take
from motcua.dossiers.actions.intake.parts import first_steps, keep_parts, known_people
from motcua.dossiers.actions.intake.rows import applicant_of, give_code, period_of, summary_of
from motcua.dossiers.actions.intake.typed import Intake, PapersMissing, ReceivedInFuture
from motcua.dossiers.actions.slips import give_slip
from motcua.dossiers.models import Dossier, DossierStep
from motcua.dossiers.permissions import day_of
from motcua.dossiers.rules import STEPS, DossierStatus, SlipKind
from motcua.org.models import Agency, Person
from motcua.org.permissions import check_may

#: The same applicant, procedure and words within this time are the same form, sent twice.
TWICE = timedelta(minutes=1)


@transaction.atomic
def receive(
    *, agency: Agency, intake: Intake, by: Person, at: datetime, received_at: datetime | None = None
) -> Dossier:
    """Receive a complete dossier, give it its code and promise a moment for its result.

    ``received_at`` earlier than ``at`` enters a dossier that was received on paper before; it
    stands in the list of back-dated ones. (Decree 61/2018/NĐ-CP, art. 17)
    """
    actor = check_may(by, STEPS["receive"].needs, agency, day_of(at))
    if (again := _sent_twice(agency, intake, by, at)) is not None:
        return again
    _check_complete(intake)
    dossier = known_people(agency, intake, DossierStatus.RECEIVED, at)
    steps = _promise(dossier, by, at, received_at or at)
    keep_parts(dossier, intake)
    _give_receipt(dossier, steps, "receive", by, actor, at)
    return dossier


@transaction.atomic
def accept(*, dossier: Dossier, by: Person, at: datetime, lock: int | None = None) -> Dossier:
    """Receive a dossier that was filed from afar."""
    row, actor = take(dossier, "accept", by, at, lock)
    steps = _promise(row, by, at, at)
    row.lock += 1
    row.save()
    _give_receipt(row, steps, "accept", by, actor, at)
    return row


def _sent_twice(agency: Agency, intake: Intake, by: Person, at: datetime) -> Dossier | None:
    who = applicant_of(agency, intake.applicant)
    rows = Dossier.objects.filter(
        agency=agency,
        received_by=by,
        entered_at__gt=at - TWICE,
        entered_at__lte=at,
        version=intake.version,
        applicant__full_name=who.full_name,
        applicant__id_index=who.id_index,  # people of one name are not one person
        applicant__phone_index=who.phone_index,
        applicant__born_on=who.born_on,
        applicant__address=who.address,
        summary=summary_of(intake),
    )
    key = rows.order_by("-pk").values_list("pk", flat=True).first()
    return Dossier.objects.get(pk=key) if key else None


def _check_complete(intake: Intake) -> None:
    came = {paper.name for paper in intake.papers if paper.came}
    missing = [
        paper.name
        for paper in intake.version.content.papers
        if paper.is_required and paper.name not in came
    ]
    if missing:
        raise PapersMissing(papers="; ".join(missing))


def _promise(
    dossier: Dossier, by: Person, at: datetime, received_at: datetime
) -> list[DossierStep]:
    """Number, promise and the steps towards it; only the number is written."""
    if received_at > at:
        raise ReceivedInFuture
    n = next_number(dossier.agency, "dossier", period_of(received_at))
    give_code(dossier, n, by, at, received_at)
    steps = first_steps(dossier, by, at)
    dossier.order_at = nearest(dossier, ())
    return steps


def _give_receipt(
    dossier: Dossier, steps: list[DossierStep], step: str, by: Person, actor: Actor, at: datetime
) -> None:
    """The first step begins with the receipt; the slip carries the promise."""
    DossierStep.objects.bulk_create(steps)
    give_slip(dossier, SlipKind.RECEIPT, by, at)
    passed(
        dossier,
        step,
        by,
        actor,
        at,
        received=iso(dossier.received_at),
        procedure=dossier.procedure.code,
        version=dossier.version.no,
        rules=dossier.rules,
    )
