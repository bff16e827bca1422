"""Mend what was taken in wrongly: correct today's intake, repair later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.audit.rules import Actor
from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.text import fold, money
from motcua.core.workcalendar import WorkCalendar
from motcua.dossiers.actions.common import (
    calendar_of,
    keep,
    plan_steps,
    set_due,
    take,
    with_reason,
)
from motcua.dossiers.actions.intake import ApplicantData, FeeData, Intake, PaperData
from motcua.dossiers.actions.intake.rows import charges_of
from motcua.dossiers.actions.replacing import other_papers, other_steps
from motcua.dossiers.actions.slips import cancel_slip, give_slip
from motcua.dossiers.models import Charge, Dossier, PauseKind, Slip
from motcua.dossiers.permissions import day_of
from motcua.dossiers.rules import DossierStatus, SlipKind
from motcua.dossiers.rules.clock import (
    Due,
    due_after_pause,
    due_after_supplement,
    first_due,
)
from motcua.org.models import Person
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.rules.limits import Limit
from motcua.procedures.rules.parts import Channel


@dataclass(frozen=True, slots=True)
class Right:
    """What is right: the procedure, what came for it, what its fee depends on, the words."""

    version: ProcedureVersion
    papers: Sequence[PaperData]
    fee: FeeData | None
    summary: str


#: How a slip names what is paid on top, once the procedure was corrected.
DIFFERENCE = "Chênh lệch theo thủ tục đúng"


class NotTheSameDay(Refused):
    """The desk corrects its own mistake on the day it was made."""

    code = "not_the_same_day"
    message = _("Chỉ sửa được trong ngày tiếp nhận (%(day)s). Sau đó cần quyền “Chữa hồ sơ”.")


class FeeCollected(Refused):
    """The day's money was taken for another procedure."""

    code = "fee_collected"
    message = _("Đã thu %(paid)s theo thủ tục cũ. Hãy hủy phiếu thu, sửa hồ sơ rồi thu lại.")


@transaction.atomic
def correct(
    *,
    dossier: Dossier,
    reason: str,
    by: Person,
    at: datetime,
    version: ProcedureVersion | None = None,
    summary: str = "",
    papers: Sequence[PaperData] = (),
    fee: FeeData | None = None,
    lock: int | None = None,
) -> Dossier:
    """Correct today's intake (wrong procedure, words, fee): the old slip is cancelled, a new one
    numbered, both stay in the chain.

    The right procedure brings its steps with their posts, its promise, its list of papers and its
    fee. ``papers`` are what came for it beside those received already; ``fee`` what its fee depends
    on. Raises :class:`NotTheSameDay`, :class:`FeeCollected`.
    """
    row, actor = take(dossier, "correct", by, at, lock)
    assert row.received_at is not None
    if day_of(row.received_at) != day_of(at):
        raise NotTheSameDay(day=f"{day_of(row.received_at):%d/%m/%Y}")
    right = Right(version or row.version, papers, fee, summary)
    return _changed(row, "correct", reason, by, actor, at, right)


@transaction.atomic
def repair(
    *,
    dossier: Dossier,
    reason: str,
    by: Person,
    at: datetime,
    version: ProcedureVersion | None = None,
    summary: str = "",
    papers: Sequence[PaperData] = (),
    fee: FeeData | None = None,
    lock: int | None = None,
) -> Dossier:
    """Change what was received, later, with its own right and a written reason; as
    :func:`correct`. Raises :class:`FeeCollected`."""
    row, actor = take(dossier, "repair", by, at, lock)
    right = Right(version or row.version, papers, fee, summary)
    return _changed(row, "repair", reason, by, actor, at, right)


def _changed(
    row: Dossier, step: str, reason: str, by: Person, actor: Actor, at: datetime, right: Right
) -> Dossier:
    reason = with_reason(reason)
    before = {"procedure": row.procedure.code, "summary": row.summary, "fee": row.fee}
    row.summary = right.summary.strip() or _summary(row, right.version)
    row.folded = fold(f"{row.code} {row.applicant.full_name} {row.summary}")
    row.is_suspect = True
    other = right.version.pk != row.version_id
    if other or right.fee is not None:
        _other_fees(row, right.version, right.fee, at)
    if other:
        _other_version(row, right.version)
    if other or right.papers:
        other_papers(row, right.papers)
    cancelled = []
    for slip in row.slips.filter(kind=SlipKind.RECEIPT, cancelled_at__isnull=True):
        cancel_slip(slip, reason, at)
        cancelled.append(f"{slip.number}/{slip.year}")
    slip = give_slip(row, SlipKind.RECEIPT, by, at)
    given = f"{slip.number}/{slip.year}"
    slips = {"cancelled": ", ".join(cancelled), "slip": given}
    return keep(row, step, by, actor, at, reason, before=before, **slips)


def _summary(row: Dossier, version: ProcedureVersion) -> str:
    """What was asked for; where that was the wrong procedure's name alone, the right one's."""
    return version.name if row.summary == row.version.name else row.summary


def _other_fees(row: Dossier, version: ProcedureVersion, fee: FeeData | None, at: datetime) -> None:
    """What the right procedure costs, for one case unless told otherwise, with the exemption that
    was granted. Money of another day stays where it was counted: what is still missing is due, what
    was paid beyond it can be given back. Raises :class:`FeeCollected`."""
    if fee is None and version.content.fees == row.version.content.fees:
        return
    if (today := _taken_today(row, at)) is not None:
        raise FeeCollected(paid=money(today.data["amount"]))
    intake = Intake(
        version=version,
        applicant=ApplicantData(row.applicant.full_name),
        channel=Channel(row.channel),
        fee=fee or FeeData(exemption=_granted(row)),
    )
    charges, held = charges_of(row, intake), row.paid + (row.overpaid or 0)
    row.charges.filter(paid_at__isnull=True).delete()
    row.fee = sum(charge.amount for charge in charges)
    row.paid, row.overpaid = min(held, row.fee), max(held - row.fee, 0) or None
    if held:
        charges = _difference(row, charges)
    Charge.objects.bulk_create(charges)


def _taken_today(row: Dossier, at: datetime) -> Slip | None:
    """The slip of a collection that the desk can still undo."""
    last = row.slips.filter(kind=SlipKind.FEE, cancelled_at__isnull=True).order_by("-pk").first()
    return last if last is not None and day_of(last.made_at) == day_of(at) else None


def _granted(row: Dossier) -> str:
    found = row.charges.exclude(exemption="").values_list("exemption", flat=True).first()
    return found or ""


def _difference(row: Dossier, charges: list[Charge]) -> list[Charge]:
    """What is missing to the right fee, as one charge, or none."""
    missing = row.fee - row.paid
    if not missing:
        return []
    words = {"fee": money(row.fee), "paid": money(row.paid)}
    return [
        Charge(
            dossier=row,
            kind=charges[0].kind,
            name=DIFFERENCE,
            amount=missing,
            why={"message": _("Mức đúng %(fee)s, đã thu %(paid)s."), "params": words},
        )
    ]


def _other_version(row: Dossier, version: ProcedureVersion) -> None:
    """The promise and the steps of the right procedure, from the same moment of receipt."""
    assert row.received_at is not None
    row.version, row.procedure = version, version.procedure
    limit = version.content.limit_for(Channel(row.channel))
    calendar = calendar_of(row.agency)
    due = first_due(limit, row.received_at, calendar)
    row.first_due_at = due.at
    set_due(row, _moved_by_waits(row, limit, due, calendar))
    if row.status != DossierStatus.SETTLED:  # nothing is ahead of it but the result's return
        other_steps(row)
        plan_steps(row, row.received_at)


def _moved_by_waits(row: Dossier, limit: Limit, due: Due, calendar: WorkCalendar) -> Due:
    """The promise after the waits that have ended: the clock stood for them under the wrong
    procedure as it would have under the right one. A new date that was given is not kept."""
    stood = row.pauses.filter(
        kind__in=[PauseKind.SUPPLEMENT, PauseKind.PAYMENT], ended_at__isnull=False
    )
    for pause in stood.order_by("asked_at", "pk"):
        assert pause.ended_at is not None  # of the filter above
        if pause.kind == PauseKind.SUPPLEMENT:
            after = due_after_supplement(
                limit,
                due=due.at,
                asked=pause.asked_at,
                supplied=pause.ended_at,
                after=row.rule_set.supplement,
                calendar=calendar,
            )
        else:
            after = due_after_pause(due.at, pause.asked_at, pause.ended_at, calendar)
        due = Due(after.at, (*due.why, *after.why))
    return due
