"""How much of what a person paid can be given back."""

from __future__ import annotations

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.text import money
from motcua.dossiers.rules.status import ENDED_WITHOUT


class NothingToRefund(Refused):
    """Nothing was paid, all was given back, or the dossier still goes on at its price."""

    code = "nothing_to_refund"
    message = _("Hồ sơ này không có khoản nào phải hoàn.")


class RefundWrong(Refused):
    """No more is given back than is held for the person, and not nothing."""

    code = "refund_wrong"
    message = _("Số tiền hoàn phải lớn hơn 0 và không quá %(most)s.")
    status = 422


def refundable(status: str, paid: int, overpaid: int) -> int:
    """The most that can be given back, in đồng: what was paid beyond the fee of the right procedure
    and, of a dossier that ended without a result, all that is held."""
    return overpaid + (paid if status in ENDED_WITHOUT else 0)


def amount_back(asked: int | None, most: int) -> int:
    """How much is given back; None asks for all. Raises :class:`NothingToRefund`,
    :class:`RefundWrong`."""
    if not most:
        raise NothingToRefund
    amount = most if asked is None else asked
    if not 0 < amount <= most:
        raise RefundWrong(most=money(most))
    return amount
