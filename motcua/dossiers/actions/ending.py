"""End a dossier: hand the result over, withdraw, stop; correct today's intake, repair later."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.audit.rules import Actor
from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.text import fold, money
from motcua.dossiers.actions.common import (
    calendar_of,
    end_step,
    keep,
    next_step,
    out_of_hands,
    plan_steps,
    set_due,
    take,
    with_reason,
)
from motcua.dossiers.actions.intake import ApplicantData, FeeData, Intake
from motcua.dossiers.actions.intake.rows import charges_of
from motcua.dossiers.actions.slips import cancel_slip, give_slip
from motcua.dossiers.models import Charge, Dossier, Pause, ReturnWay
from motcua.dossiers.permissions import day_of
from motcua.dossiers.rules import SlipKind
from motcua.dossiers.rules.clock import first_due
from motcua.org.models import Person
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.rules.parts import Channel


class ReceiverMissing(Refused):
    """A result is handed to somebody."""

    code = "receiver_missing"
    message = _("Hãy ghi họ tên người nhận kết quả.")
    status = 422


class NotTheSameDay(Refused):
    """The desk corrects its own mistake on the day it was made."""

    code = "not_the_same_day"
    message = _("Chỉ sửa được trong ngày tiếp nhận (%(day)s). Sau đó cần quyền “Chữa hồ sơ”.")


class FeeCollected(Refused):
    """The day's money was taken for another procedure."""

    code = "fee_collected"
    message = _("Đã thu %(paid)s theo thủ tục cũ. Hãy hủy phiếu thu, sửa hồ sơ rồi thu lại.")


@transaction.atomic
def hand_over(
    *,
    dossier: Dossier,
    to: str,
    way: ReturnWay,
    by: Person,
    at: datetime,
    lock: int | None = None,
) -> Dossier:
    """Give the result to the person, by the way that they chose."""
    row, actor = take(dossier, "hand_over", by, at, lock)
    if not to.strip():
        raise ReceiverMissing
    row.returned_at, row.returned_to, row.return_way = at, to.strip(), way
    last = next_step(row)
    if last is not None:  # the procedure's own step of returning the result
        last.started_at, last.ended_at, last.person = row.settled_at, at, by
        last.save()
    return keep(row, "hand_over", by, actor, at, row.returned_to, way=str(way))


@transaction.atomic
def withdraw(
    *, dossier: Dossier, reason: str, by: Person, at: datetime, lock: int | None = None
) -> Dossier:
    """The person takes the dossier back."""
    return _end(dossier, "withdraw", reason, by, at, lock)


@transaction.atomic
def stop(
    *, dossier: Dossier, reason: str, by: Person, at: datetime, lock: int | None = None
) -> Dossier:
    """Stop handling, with a written notice where the rules have a form for it."""
    return _end(dossier, "stop", reason, by, at, lock)


def _end(
    dossier: Dossier, step: str, reason: str, by: Person, at: datetime, lock: int | None
) -> Dossier:
    row, actor = take(dossier, step, by, at, lock)
    row.closed_reason = with_reason(reason)
    Pause.objects.filter(dossier=row, ended_at__isnull=True).update(ended_at=at)
    end_step(row, at, row.closed_reason)
    out_of_hands(row)
    if step == "stop" and SlipKind.STOP in row.rule_set.slips:
        give_slip(row, SlipKind.STOP, by, at, reason=row.closed_reason)
    return keep(row, step, by, actor, at, row.closed_reason)


@transaction.atomic
def correct(
    *,
    dossier: Dossier,
    reason: str,
    by: Person,
    at: datetime,
    version: ProcedureVersion | None = None,
    summary: str = "",
    lock: int | None = None,
) -> Dossier:
    """Correct today's intake (wrong procedure, wrong words): the old slip is cancelled, a new one
    numbered, both stay in the chain."""
    row, actor = take(dossier, "correct", by, at, lock)
    assert row.received_at is not None
    if day_of(row.received_at) != day_of(at):
        raise NotTheSameDay(day=f"{day_of(row.received_at):%d/%m/%Y}")
    return _changed(row, "correct", reason, by, actor, at, version, summary)


@transaction.atomic
def repair(
    *,
    dossier: Dossier,
    reason: str,
    by: Person,
    at: datetime,
    version: ProcedureVersion | None = None,
    summary: str = "",
    lock: int | None = None,
) -> Dossier:
    """Change what was received, later, with its own right and a written reason."""
    row, actor = take(dossier, "repair", by, at, lock)
    return _changed(row, "repair", reason, by, actor, at, version, summary)


def _changed(
    row: Dossier,
    step: str,
    reason: str,
    by: Person,
    actor: Actor,
    at: datetime,
    version: ProcedureVersion | None,
    summary: str,
) -> Dossier:
    reason = with_reason(reason)
    before = {"procedure": row.procedure.code, "summary": row.summary, "fee": row.fee}
    row.summary = summary.strip() or row.summary
    row.folded = fold(f"{row.code} {row.applicant.full_name} {row.summary}")
    row.is_suspect = True
    if version is not None and version.pk != row.version_id:
        _other_fees(row, version, step)
        _other_version(row, version)
    for slip in row.slips.filter(kind=SlipKind.RECEIPT, cancelled_at__isnull=True):
        cancel_slip(slip, reason, at)
    give_slip(row, SlipKind.RECEIPT, by, at)
    return keep(row, step, by, actor, at, reason, before=before)


def _other_fees(row: Dossier, version: ProcedureVersion, step: str) -> None:
    """What the right procedure costs, for one case, with the exemption that was granted. Money that
    was collected on another day stays as it was. Raises :class:`FeeCollected`."""
    if version.content.fees == row.version.content.fees:
        return
    if row.paid:
        if step == "correct":
            raise FeeCollected(paid=money(row.paid))
        return
    granted = row.charges.exclude(exemption="").values_list("exemption", flat=True).first()
    intake = Intake(
        version=version,
        applicant=ApplicantData(row.applicant.full_name),
        channel=Channel(row.channel),
        fee=FeeData(exemption=granted or ""),
    )
    charges = charges_of(row, intake)
    row.charges.all().delete()
    Charge.objects.bulk_create(charges)
    row.fee = sum(charge.amount for charge in charges)


def _other_version(row: Dossier, version: ProcedureVersion) -> None:
    """The promise of the right procedure, from the same moment of receipt."""
    assert row.received_at is not None
    row.version, row.procedure = version, version.procedure
    limit = version.content.limit_for(Channel(row.channel))
    set_due(row, first_due(limit, row.received_at, calendar_of(row.agency)))
    row.first_due_at = row.due_at
    plan_steps(row, row.received_at)
