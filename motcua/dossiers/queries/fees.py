"""What a desk collected and gave back on a day, so that slips, ways and drawer agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from motcua.dossiers.models import Charge, PayWay, Refund, Slip
from motcua.dossiers.queries.figures import bounds
from motcua.dossiers.rules import SlipKind
from motcua.org.models import Agency


@dataclass(frozen=True, slots=True)
class Collected:
    """A day's money in đồng: ``cash`` + ``transfer`` = ``total``; ``total`` − ``refunded`` =
    ``drawer`` + ``account``; its slips, those cancelled."""

    cash: int
    transfer: int
    dossiers: int
    slips: int
    cancelled: int
    cash_back: int
    transfer_back: int
    refunds: int

    @property
    def total(self) -> int:
        """All that was collected."""
        return self.cash + self.transfer

    @property
    def refunded(self) -> int:
        """All that was given back."""
        return self.cash_back + self.transfer_back

    @property
    def drawer(self) -> int:
        """What the day put into the drawer; negative where it gave more than it took."""
        return self.cash - self.cash_back

    @property
    def account(self) -> int:
        """The same of the account."""
        return self.transfer - self.transfer_back

    @property
    def left(self) -> int:
        """What is left of the day's money."""
        return self.total - self.refunded


def charges_of_day(agency: Agency, start: date, end: date) -> QuerySet[Charge]:
    """What was paid to an agency from a day to another (included), with its dossiers and slips."""
    first, after = bounds(start, end)
    rows = Charge.objects.filter(
        paid_at__gte=first, paid_at__lt=after, dossier__agency=agency, amount__gt=0
    )
    return rows.select_related("dossier__applicant", "paid_by", "slip")


def refunds_of_day(agency: Agency, start: date, end: date) -> QuerySet[Refund]:
    """What an agency gave back from a day to another (included), with its dossiers and slips."""
    first, after = bounds(start, end)
    rows = Refund.objects.filter(agency=agency, at__gte=first, at__lt=after)
    return rows.select_related("dossier__applicant", "by", "slip")


def collected(agency: Agency, start: date, end: date) -> Collected:
    """The figures of these days; three queries."""
    first, after = bounds(start, end)
    rows = charges_of_day(agency, start, end).select_related(None).order_by()
    ways = dict(rows.values_list("way").annotate(Sum("amount")))
    slips = Slip.objects.filter(
        agency=agency, kind=SlipKind.FEE, made_at__gte=first, made_at__lt=after
    )
    given = refunds_of_day(agency, start, end).select_related(None).order_by()
    back = {way: (amount, n) for way, amount, n in _by_way(given)}
    counts = slips.aggregate(all=Count("pk"), cancelled=Count("cancelled_at"))
    return Collected(
        # the desk's own money where the way was not noted: before there was a choice
        cash=ways.get(PayWay.CASH, 0) + ways.get("", 0),
        transfer=ways.get(PayWay.TRANSFER, 0),
        dossiers=rows.values("dossier").distinct().count(),
        slips=counts["all"] - counts["cancelled"],
        cancelled=counts["cancelled"],
        cash_back=back.get(PayWay.CASH, (0, 0))[0],
        transfer_back=back.get(PayWay.TRANSFER, (0, 0))[0],
        refunds=sum(n for _amount, n in back.values()),
    )


def _by_way(rows: QuerySet[Refund]) -> QuerySet[Refund, tuple[str, int, int]]:
    return rows.values_list("way").annotate(Sum("amount"), Count("pk"))
