"""What a desk collected on a day, so that the slips, the ways and the total agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from motcua.dossiers.models import Charge, PayWay, Slip
from motcua.dossiers.queries.figures import bounds
from motcua.dossiers.rules import SlipKind
from motcua.org.models import Agency


@dataclass(frozen=True, slots=True)
class Collected:
    """A day's money in đồng: ``cash`` + ``transfer`` = ``total``; its slips, those cancelled."""

    cash: int
    transfer: int
    dossiers: int
    slips: int
    cancelled: int

    @property
    def total(self) -> int:
        """All that was collected."""
        return self.cash + self.transfer


def charges_of_day(agency: Agency, start: date, end: date) -> QuerySet[Charge]:
    """What was paid to an agency from a day to another (included), with its dossiers and slips."""
    first, after = bounds(start, end)
    rows = Charge.objects.filter(
        paid_at__gte=first, paid_at__lt=after, dossier__agency=agency, amount__gt=0
    )
    return rows.select_related("dossier__applicant", "paid_by", "slip")


def collected(agency: Agency, start: date, end: date) -> Collected:
    """The figures of these days; two queries."""
    first, after = bounds(start, end)
    rows = charges_of_day(agency, start, end).select_related(None).order_by()
    ways = dict(rows.values_list("way").annotate(Sum("amount")))
    slips = Slip.objects.filter(
        agency=agency, kind=SlipKind.FEE, made_at__gte=first, made_at__lt=after
    )
    counts = slips.aggregate(all=Count("pk"), cancelled=Count("cancelled_at"))
    return Collected(
        # the desk's own money where the way was not noted: before there was a choice
        cash=ways.get(PayWay.CASH, 0) + ways.get("", 0),
        transfer=ways.get(PayWay.TRANSFER, 0),
        dossiers=rows.values("dossier").distinct().count(),
        slips=counts["all"] - counts["cancelled"],
        cancelled=counts["cancelled"],
    )
