"""Fees: a rule as data, and what is to be paid under it.

Law: Circular 226/2016/TT-BTC, art. 4 (certification: by page with a lower rate from a page on and
a cap per copy); Law on fees and charges, by which a province's council sets the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.text import money
from motcua.core.workflow import Status
from motcua.procedures.rules.said import Said


class FeeKind(Status):
    """Two kinds that go into two accounts."""

    LEVY = "levy", _("Lệ phí")
    CHARGE = "charge", _("Phí")


class FeeBasis(Status):
    """What a rate is multiplied by."""

    CASE = "case", _("trường hợp")
    COPY = "copy", _("bản")
    PAGE = "page", _("trang")


class NotExempt(Refused):
    """A ground of exemption that the rule does not have."""

    code = "not_exempt"
    message = _("“%(ground)s” không thuộc các trường hợp được miễn. Hãy chọn trong danh sách.")
    status: ClassVar[int] = 422


class QuantityWrong(Refused):
    """Nothing, or less, cannot be charged for."""

    code = "quantity_wrong"
    message = _("Số trang, số bản và số trường hợp phải từ 1 trở lên.")
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Fee:
    """One rule. Amounts are whole đồng; ``amount`` None: not known here (set by the province).

    By page: from page ``later_from`` on each costs ``later_amount``, and a copy at most ``cap``;
    0 means there is no such tier or cap. ``online_amount`` is the rate of online dossiers where it
    differs. ``verified`` False: the source was not read, confirm before use.
    """

    kind: FeeKind
    name: str
    amount: int | None
    per: FeeBasis = FeeBasis.CASE
    later_from: int = 0
    later_amount: int = 0
    cap: int = 0
    online_amount: int | None = None
    exemptions: tuple[str, ...] = ()
    source: str = ""
    verified: bool = True

    @property
    def said(self) -> Said:
        """The rate in words, for translation."""
        if self.amount is None:
            return Said(_("do HĐND cấp tỉnh quy định"))
        if self.amount == 0:
            return Said(_("0 đồng"))
        rate = {"amount": money(self.amount), "per": Said(self.per.label)}
        if not self.later_from and not self.cap:
            return Said(_("%(amount)s/%(per)s"), rate)
        more = {"from": self.later_from, "later": money(self.later_amount), "cap": money(self.cap)}
        if not self.cap:
            return Said(_("%(amount)s/%(per)s; từ trang %(from)s: %(later)s/trang"), rate | more)
        if not self.later_from:
            return Said(_("%(amount)s/%(per)s; tối đa %(cap)s/bản"), rate | more)
        text = _("%(amount)s/%(per)s; từ trang %(from)s: %(later)s/trang; tối đa %(cap)s/bản")
        return Said(text, rate | more)


@dataclass(frozen=True, slots=True)
class FeeDue:
    """What is to be paid under one rule; ``amount`` None: somebody must look it up."""

    fee: Fee
    amount: int | None
    why: Said


def fee_due(
    fee: Fee,
    *,
    cases: int = 1,
    copies: int = 1,
    pages: int = 1,
    online: bool = False,
    exemption: str = "",
) -> FeeDue:
    """The amount in đồng for so many cases, copies, pages of the original.

    ``exemption`` is one of the rule's grounds. Raises :class:`NotExempt`, :class:`QuantityWrong`.
    """
    if min(cases, copies, pages) < 1:
        raise QuantityWrong
    if exemption:
        if exemption not in fee.exemptions:
            raise NotExempt(ground=exemption)
        return FeeDue(fee, 0, Said(_("Miễn: %(ground)s."), {"ground": exemption}))
    rate = fee.online_amount if online and fee.online_amount is not None else fee.amount
    if rate is None:
        return FeeDue(fee, None, Said(_("Mức thu do HĐND cấp tỉnh quy định; chưa nhập.")))
    if fee.per is not FeeBasis.PAGE:
        many = cases if fee.per is FeeBasis.CASE else copies
        words = {"rate": money(rate), "many": many, "per": Said(fee.per.label)}
        return FeeDue(fee, rate * many, Said(_("%(rate)s × %(many)s %(per)s."), words))
    each = _copy_of(fee, rate, pages)
    words = {"each": money(each), "pages": pages, "copies": copies}
    why = Said(_("%(each)s một bản %(pages)s trang × %(copies)s bản."), words)
    return FeeDue(fee, each * copies, why)


def _copy_of(fee: Fee, rate: int, pages: int) -> int:
    """One copy of an original of so many pages."""
    first = min(pages, fee.later_from - 1) if fee.later_from else pages
    each = rate * first + fee.later_amount * (pages - first)
    return min(each, fee.cap) if fee.cap else each


def total_due(dues: Iterable[FeeDue]) -> int | None:
    """The sum in đồng; None as soon as one amount is unknown."""
    amounts = [due.amount for due in dues]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None
