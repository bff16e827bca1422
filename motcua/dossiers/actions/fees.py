"""Collect what a dossier owes at the desk, with a numbered slip; undo it on the same day; give
money back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.text import money
from motcua.dossiers.actions.common import keep, take, with_reason
from motcua.dossiers.actions.slips import cancel_slip, give_slip
from motcua.dossiers.models import Charge, Dossier, PayWay, Refund, Slip
from motcua.dossiers.permissions import day_of
from motcua.dossiers.rules import SlipKind
from motcua.dossiers.rules.refunds import amount_back, refundable
from motcua.org.models import Person


class NothingOwed(Refused):
    """A fee is collected once, and none where none is due."""

    code = "nothing_owed"
    message = _("Hồ sơ này không còn khoản nào phải thu.")


class NotCollectedToday(Refused):
    """The desk takes back its own mistake before the day's money is counted."""

    code = "not_collected_today"
    message = _("Hôm nay không có phiếu thu nào của hồ sơ này; chỉ hủy được trong ngày thu.")


@transaction.atomic
def collect_fee(
    *,
    dossier: Dossier,
    way: PayWay,
    by: Person,
    at: datetime,
    reference: str = "",
    lock: int | None = None,
) -> Dossier:
    """Take what is still due, in cash or as a transfer that the clerk has seen arrive.

    ``reference`` is the bank's, of a transfer. Amounts in đồng. Raises :class:`NothingOwed`.
    """
    row, actor = take(dossier, "collect_fee", by, at, lock)
    due = list(row.charges.filter(paid_at__isnull=True, amount__gt=0).order_by("pk"))
    if not due:
        raise NothingOwed
    amount = sum(charge.amount for charge in due)
    slip = give_slip(
        row,
        SlipKind.FEE,
        by,
        at,
        way=str(way),
        reference=reference.strip(),
        amount=amount,
        lines=[{"name": charge.name, "why": charge.why, "amount": charge.amount} for charge in due],
    )
    for charge in due:
        charge.paid_at, charge.paid_by, charge.way, charge.slip = at, by, way, slip
    Charge.objects.bulk_update(due, ["paid_at", "paid_by", "way", "slip"])
    row.paid += amount
    return keep(row, "collect_fee", by, actor, at, _words(amount, way), **_kept(slip))


@transaction.atomic
def undo_fee(
    *, dossier: Dossier, reason: str, by: Person, at: datetime, lock: int | None = None
) -> Dossier:
    """Cancel today's last slip: what it took is due again. Raises :class:`NotCollectedToday`."""
    row, actor = take(dossier, "undo_fee", by, at, lock)
    reason = with_reason(reason)
    slip = row.slips.filter(kind=SlipKind.FEE, cancelled_at__isnull=True).order_by("-pk").first()
    if slip is None or day_of(slip.made_at) != day_of(at):
        raise NotCollectedToday
    cancel_slip(slip, reason, at)
    slip.charges.update(paid_at=None, paid_by=None, way="", slip=None)
    row.paid -= slip.data["amount"]
    return keep(row, "undo_fee", by, actor, at, reason, **_kept(slip))


@transaction.atomic
def refund_fee(
    *,
    dossier: Dossier,
    reason: str,
    by: Person,
    at: datetime,
    amount: int | None = None,
    way: PayWay = PayWay.CASH,
    reference: str = "",
    lock: int | None = None,
) -> Dossier:
    """Give money back, with a numbered slip: what was paid beyond the fee, or of a dossier that
    ended without a result. ``amount`` in đồng; None: all that can be.

    What was collected stays in the book of its day; this stands in today's. Raises refusals of
    ``rules.refunds``.
    """
    row, actor = take(dossier, "refund_fee", by, at, lock)
    reason = with_reason(reason)
    over = row.overpaid or 0
    back = amount_back(amount, refundable(row.status, row.paid, over))
    said = {"way": str(way), "reference": reference.strip(), "amount": back, "reason": reason}
    slip = give_slip(row, SlipKind.REFUND, by, at, **said)
    Refund.objects.create(
        dossier=row,
        agency=row.agency,
        slip=slip,
        amount=back,
        way=way,
        reason=reason[:1000],
        at=at,
        by=by,
    )
    row.overpaid = max(over - back, 0) or None
    row.paid -= max(back - over, 0)
    words = f"{_words(back, way)}: {reason}"
    return keep(row, "refund_fee", by, actor, at, words, **_kept(slip))


def _words(amount: int, way: PayWay) -> str:
    return f"{money(amount)}, {way.label.lower()}"


def _kept(slip: Slip) -> dict[str, object]:
    """What the chain keeps of a collection."""
    return {
        "amount": slip.data["amount"],
        "way": slip.data["way"],
        "slip": f"{slip.number}/{slip.year}",
    }
