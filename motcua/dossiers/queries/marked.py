"""The marks of dossiers in SQL: what opens a number to its rows.

Says what ``rules.marks`` says; which conditions make which measure is one table.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db.models import Case, DateTimeField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import TruncDate

from motcua.dossiers.models import Dossier, DossierQuerySet, Pause, PauseKind, Redating
from motcua.dossiers.queries.figures import ending
from motcua.files.models import Attachment

#: A measure's rows from the first moment of its period and the first after it.
Condition = Callable[[datetime, datetime], Q]
_NEVER = Value(None, output_field=DateTimeField())


def marked(dossiers: DossierQuerySet, at: datetime, seen: datetime) -> DossierQuerySet:
    """Dossiers received before ``at`` and known before ``seen``, with what was true just before
    ``at``: ``then_ended``, ``then_due``, ``then_paused``, ``first_asked``, ``second_asked``."""
    waits = Pause.objects.filter(dossier=OuterRef("pk"))
    stops = waits.filter(kind__in=[PauseKind.SUPPLEMENT, PauseKind.PAYMENT])
    supplements = waits.filter(kind=PauseKind.SUPPLEMENT)
    running = Q(asked_at__lt=at) & (Q(ended_at__isnull=True) | Q(ended_at__gte=at))
    asked = supplements.filter(asked_at__lt=at).order_by("asked_at", "pk").values("asked_at")
    later = stops.filter(ended_at__gte=at).order_by("ended_at", "pk")
    new = Redating.objects.filter(dossier=OuterRef("pk"), at__gte=at).order_by("at", "pk")
    files = Attachment.objects.filter(
        object_type=Dossier._meta.label_lower, object_id=OuterRef("pk"), added_at__lt=seen
    ).filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=seen))
    found: DossierQuerySet = (
        dossiers.filter(received_at__lt=at, entered_at__lt=seen)
        .annotate(
            end=ending(),
            moved_at=Subquery(later.values("ended_at")[:1]),
            moved_from=Subquery(later.values("due_before")[:1]),
            redated_at=Subquery(new.values("at")[:1]),
            redated_from=Subquery(new.values("due_before")[:1]),
            first_asked=Subquery(asked[:1]),
            second_asked=Subquery(asked[1:2]),
            then_paused=Exists(stops.filter(running)),
            then_supplementing=Exists(supplements.filter(running)),
            has_paper=Exists(files.filter(kind="paper")),
            has_result=Exists(files.filter(kind="result")),
        )
        .annotate(
            then_ended=Case(When(end__lt=at, then=F("end")), default=_NEVER),
            then_due=Case(
                When(moved_at__isnull=True, redated_at__isnull=True, then=F("due_at")),
                When(redated_at__isnull=True, then=F("moved_from")),
                When(moved_at__isnull=True, then=F("redated_from")),
                When(moved_at__lte=F("redated_at"), then=F("moved_from")),
                default=F("redated_from"),
            ),
        )
        .annotate(
            judged_at=Case(
                When(then_ended__isnull=False, then=F("then_ended")),
                When(then_supplementing=True, then=F("first_asked")),
                default=Value(at, output_field=DateTimeField()),
            ),
            ended_day=TruncDate("then_ended"),
            due_day=TruncDate("then_due"),
        )
    )
    return found


_KEPT = Q(then_due__isnull=True) | Q(judged_at__lte=F("then_due"))
_ONCE = Q(second_asked__isnull=True)
_PUNCTUAL = _KEPT & _ONCE
_OPEN = Q(then_ended__isnull=True)


def _received(first: datetime, _at: datetime) -> Q:
    return Q(received_at__gte=first)


def _settled(first: datetime, _at: datetime) -> Q:
    return Q(then_ended__gte=first)


def _results(first: datetime, _at: datetime) -> Q:
    return Q(then_ended__gte=first, settled_at__isnull=False)


def _judged(first: datetime, _at: datetime) -> Q:
    return _OPEN | Q(then_ended__gte=first)


CONDITIONS: Final[dict[str, Condition]] = {
    "dossiers.received": _received,
    "dossiers.received.desk": lambda first, at: _received(first, at) & Q(channel="desk"),
    "dossiers.received.online": lambda first, at: _received(first, at) & Q(channel="online"),
    "dossiers.received.post": lambda first, at: _received(first, at) & Q(channel="post"),
    "dossiers.carried": lambda first, at: Q(received_at__lt=first) & _judged(first, at),
    "dossiers.settled": _settled,
    "dossiers.settled.early": lambda first, at: (
        _settled(first, at) & _PUNCTUAL & Q(ended_day__lt=F("due_day"))
    ),
    "dossiers.settled.last_day": lambda first, at: (
        _settled(first, at) & _PUNCTUAL & (Q(due_day__isnull=True) | Q(ended_day__gte=F("due_day")))
    ),
    "dossiers.settled.punctual": lambda first, at: _settled(first, at) & _PUNCTUAL,
    "dossiers.settled.late": lambda first, at: (
        _settled(first, at) & (Q(then_ended__gt=F("then_due")) | Q(second_asked__isnull=False))
    ),
    "dossiers.settled.minutes": _results,
    "dossiers.open": lambda _first, _at: _OPEN,
    "dossiers.open.late": lambda _first, at: _OPEN & Q(then_paused=False, then_due__lt=at),
    "dossiers.index": _judged,
    "dossiers.index.punctual": lambda first, at: _judged(first, at) & _PUNCTUAL,
    "dossiers.supplement.once": lambda first, _at: Q(first_asked__gte=first),
    "dossiers.supplement.again": lambda first, _at: Q(second_asked__gte=first),
    "dossiers.results": _results,
    "dossiers.results.electronic": lambda first, at: _results(first, at) & Q(has_result=True),
    "dossiers.results.digitised": lambda first, at: (
        _results(first, at) & Q(has_result=True, has_paper=True)
    ),
}
