"""How many dossiers a desk had in a period, so that the figures add up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from motcua.dossiers.models import DossierQuerySet, Event
from motcua.dossiers.rules import CLOSED, PAUSED, Timeliness, timeliness


@dataclass(frozen=True, slots=True)
class Figures:
    """Dossiers of a period: carried + received = done + open."""

    carried: int
    received: int
    early: int
    on_time: int
    late: int
    in_time: int
    overdue: int

    @property
    def whole(self) -> int:
        """All that was to be settled in the period."""
        return self.carried + self.received

    @property
    def done(self) -> int:
        """Ended in the period."""
        return self.early + self.on_time + self.late

    @property
    def open(self) -> int:
        """Not ended when the period did."""
        return self.in_time + self.overdue


def bounds(start: date, end: date) -> tuple[datetime, datetime]:
    """The first moment of a day and the first after another, in the installation's time zone."""
    first, after = (datetime.combine(day, time.min) for day in (start, end + timedelta(days=1)))
    return timezone.make_aware(first), timezone.make_aware(after)


def figures_of(dossiers: DossierQuerySet, start: date, end: date, now: datetime) -> Figures:
    """The figures of the days from ``start`` to ``end`` (included), judged at ``now`` or when the
    period ended; one query.

    A dossier ends with its result, not with its collection, or when it is withdrawn or stopped; one
    that is paused is in time, because the law stops its clock. (Decision 766/QĐ-TTg, index 2.1)
    """
    first, after = bounds(start, end)
    ending = Event.objects.filter(dossier=OuterRef("pk"), status__in=sorted(CLOSED)).order_by("id")
    rows = (
        dossiers.filter(received_at__lt=after)
        .annotate(ended_at=Coalesce(F("settled_at"), Subquery(ending.values("at")[:1])))
        .filter(Q(ended_at__isnull=True) | Q(ended_at__gte=first))
        .values_list("received_at", "due_at", "ended_at", "supplements", "status")
    )
    at = min(now, after)
    counts: Counter[str] = Counter()
    for received, due, ended, supplements, status in rows.iterator():
        assert received is not None  # of the filter above
        counts["carried" if received < first else "received"] += 1
        counts[
            _judged(due, ended if ended and ended < after else None, supplements, status, at)
        ] += 1
    return Figures(
        carried=counts["carried"],
        received=counts["received"],
        early=counts[Timeliness.EARLY],
        on_time=counts[Timeliness.ON_TIME],
        late=counts[Timeliness.LATE],
        in_time=counts[Timeliness.RUNNING],
        overdue=counts[Timeliness.OVERDUE],
    )


def _judged(
    due: datetime | None, ended: datetime | None, supplements: int, status: str, at: datetime
) -> Timeliness:
    if ended is None and status in PAUSED:
        return Timeliness.RUNNING
    return timeliness(_local(due), _local(ended), at, supplements=supplements)


def _local(at: datetime | None) -> datetime | None:
    return timezone.localtime(at) if at is not None else None


def register_rows(dossiers: DossierQuerySet, start: date, end: date) -> DossierQuerySet:
    """The dossiers received in a period, in the order of receipt, with their applicants."""
    first, after = bounds(start, end)
    rows: DossierQuerySet = dossiers.filter(received_at__gte=first, received_at__lt=after)
    return rows.select_related("applicant", "version").order_by("received_at", "pk")
