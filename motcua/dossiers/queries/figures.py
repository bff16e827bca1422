"""How many dossiers a desk had in a period, so that the figures add up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Final

from django.db.models import Case, DateTimeField, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from motcua.dossiers.models import DossierQuerySet, DossierStep, Event, Pause, Redating
from motcua.dossiers.rules import CLOSED, PAUSED, Timeliness, timeliness
from motcua.org.models import Agency


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

    def __add__(self, other: Figures) -> Figures:
        """Both together."""
        return Figures(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

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


_FIRST, _LAST = date.min + timedelta(days=1), date.max - timedelta(days=1)


def bounds(start: date, end: date) -> tuple[datetime, datetime]:
    """The first moment of a day and the first after another, in the installation's time zone; days
    at the ends of the calendar are drawn in, because their moments have no other zone."""
    start, end = (min(max(day, _FIRST), _LAST) for day in (start, end))
    first, after = (datetime.combine(day, time.min) for day in (start, end + timedelta(days=1)))
    return timezone.make_aware(first), timezone.make_aware(after)


def ending() -> Coalesce:
    """When a dossier ended: with its result, else when it was withdrawn or stopped. One of another
    system that was told as ended, and later as open, is open."""
    events = Event.objects.filter(dossier=OuterRef("pk"), status__in=sorted(CLOSED)).order_by("id")
    closed = When(status__in=sorted(CLOSED), then=Subquery(events.values("at")[:1]))
    return Coalesce(F("settled_at"), Case(closed, default=None, output_field=DateTimeField()))


def figures_of(dossiers: DossierQuerySet, start: date, end: date, now: datetime) -> Figures:
    """The figures of the days from ``start`` to ``end`` (included), judged at ``now`` or when the
    period ended; one query.

    A dossier ends with its result, not with its collection, or when it is withdrawn or stopped; one
    that is paused is in time, because the law stops its clock. A period that is over is judged by
    what stood at its end: later steps change no figure. (Decision 766/QĐ-TTg, index 2.1)
    """
    first, after = bounds(start, end)
    rows = (
        dossiers.filter(received_at__lt=after)
        .annotate(ended_at=ending())
        .filter(Q(ended_at__isnull=True) | Q(ended_at__gte=first))
    )
    rows = as_of(rows, after) if after <= now else rows.annotate(**_NOW)
    at = min(now, after)
    counts: Counter[str] = Counter()
    columns = ("received_at", "due_then", "ended_at", "supplements", "status_then")
    for received, due, ended, supplements, status in rows.values_list(*columns).iterator():
        assert received is not None  # of the filter above
        counts["carried" if received < first else "received"] += 1
        counts[
            _judged(due, ended if ended and ended < after else None, supplements, status, at)
        ] += 1
    return _figures(counts)


def _figures(counts: Counter[str]) -> Figures:
    return Figures(
        carried=counts["carried"],
        received=counts["received"],
        early=counts[Timeliness.EARLY],
        on_time=counts[Timeliness.ON_TIME],
        late=counts[Timeliness.LATE],
        in_time=counts[Timeliness.RUNNING],
        overdue=counts[Timeliness.OVERDUE],
    )


#: A period that still runs: what stands now.
_NOW: Final = {"status_then": F("status"), "due_then": F("due_at")}


def as_of(rows: DossierQuerySet, after: datetime) -> DossierQuerySet:
    """The dossiers with ``status_then`` and ``due_then``, as they stood just before a moment: by
    the last event before it, and by the first change of the promise after it."""
    events = Event.objects.filter(dossier=OuterRef("pk"), at__lt=after).order_by("-id")
    redated = Redating.objects.filter(dossier=OuterRef("pk"), at__gte=after).order_by("at")
    resumed = Pause.objects.filter(dossier=OuterRef("pk"), ended_at__gte=after, asked_at__lt=after)
    resumed = resumed.exclude(due_after=None).order_by("ended_at")
    then: DossierQuerySet = rows.annotate(
        status_then=Coalesce(Subquery(events.values("status")[:1]), F("status")),
        # whoever is waited for cannot be apologised to, so a wait that ran then ended first
        due_then=Coalesce(
            Subquery(resumed.values("due_before")[:1]),
            Subquery(redated.values("due_before")[:1]),
            F("due_at"),
        ),
    )
    return then


def handed_in(office: Agency, start: date, end: date, now: datetime) -> Figures:
    """What other agencies handed over to an office, each dossier once however often it was sent:
    received when it came first, due and ended when it was last; one query."""
    first, after = bounds(start, end)
    turns = (
        DossierStep.objects.filter(agency=office, started_at__lt=after)
        .exclude(dossier__agency=office)
        .order_by("dossier", "started_at")
        .values_list("dossier", "started_at", "due_at", "ended_at")
    )
    at = min(now, after)
    counts: Counter[str] = Counter()
    for _dossier, passages in groupby(turns.iterator(), key=itemgetter(0)):
        found = list(passages)
        came, (due, ended) = found[0][1], found[-1][2:]
        assert came is not None  # of the filter above
        if ended is not None and ended < first:
            continue
        counts["carried" if came < first else "received"] += 1
        counts[timeliness(_local(due), _local(ended) if ended and ended < after else None, at)] += 1
    return _figures(counts)


def _judged(
    due: datetime | None, ended: datetime | None, supplements: int, status: str, at: datetime
) -> Timeliness:
    if ended is None and status in PAUSED:
        return Timeliness.RUNNING
    return timeliness(_local(due), _local(ended), at, supplements=supplements)


def _local(at: datetime | None) -> datetime | None:
    return timezone.localtime(at) if at is not None else None


def register_rows(
    dossiers: DossierQuerySet, start: date, end: date, now: datetime
) -> DossierQuerySet:
    """The dossiers received in a period, in the order of receipt, with their applicants and, as
    ``status_then``, how each stood when the period ended, or now."""
    first, after = bounds(start, end)
    rows: DossierQuerySet = dossiers.filter(received_at__gte=first, received_at__lt=after)
    rows = as_of(rows, after) if after <= now else rows.annotate(**_NOW)
    return rows.select_related("applicant", "version").order_by("received_at", "pk")
