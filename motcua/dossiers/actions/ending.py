"""End a dossier: hand the result over, withdraw, stop."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.dossiers.actions.common import (
    end_step,
    keep,
    next_step,
    out_of_hands,
    take,
    with_reason,
)
from motcua.dossiers.actions.slips import give_slip
from motcua.dossiers.models import Dossier, Pause, ReturnWay
from motcua.dossiers.rules import SlipKind
from motcua.org.models import Person


class ReceiverMissing(Refused):
    """A result is handed to somebody."""

    code = "receiver_missing"
    message = _("Hãy ghi họ tên người nhận kết quả.")
    status = 422


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
