"""Read dossiers as the rules judge them: with all the dates that their marks follow from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from django.db.models import Q
from django.utils import timezone

from motcua.core.measures import Scope
from motcua.dossiers.models import (
    STAGE_OPEN,
    Dossier,
    DossierQuerySet,
    Event,
    Pause,
    PauseKind,
    Redating,
)
from motcua.dossiers.queries.figures import bounds
from motcua.dossiers.rules import CLOSED, DossierStatus, counting
from motcua.dossiers.rules.counting import Kept, Known
from motcua.dossiers.rules.marks import Course, NewDate, Wait
from motcua.files.models import Attachment

CLOCK_STOPS: Final = (PauseKind.SUPPLEMENT, PauseKind.PAYMENT)


class Span(counting.Span):
    """A scope in moments."""

    __slots__ = ()

    @classmethod
    def of(cls, scope: Scope) -> Span:
        """Days of the installation's time zone; a day that runs ends now."""
        first, at = bounds(scope.since, scope.end)
        seen = bounds(scope.on, scope.on)[1]
        if scope.now is not None:
            at, seen = min(at, scope.now), min(seen, scope.now)
        return cls(first, at, seen)


def counted_in(scopes: Sequence[Scope]) -> DossierQuerySet:
    """The dossiers that any of the scopes can count."""
    first = min(Span.of(scope).first for scope in scopes)
    agencies = {agency for scope in scopes for agency in scope.agencies}
    return Dossier.objects.filter(agency__in=agencies, received_at__isnull=False).filter(
        Q(settled_at__isnull=True) | Q(settled_at__gte=first)
    )


def read_courses(dossiers: DossierQuerySet) -> Iterator[Known]:
    """Received dossiers with their dates; five queries."""
    zone = timezone.get_current_timezone()

    def local(moment: datetime | None) -> datetime | None:
        return moment.astimezone(zone) if moment is not None else None

    keys = dossiers.order_by().values("pk")
    waits: dict[int, list[Wait]] = defaultdict(list)
    pauses = Pause.objects.filter(dossier__in=keys, kind__in=CLOCK_STOPS)
    for key, kind, asked, ended, before in pauses.order_by("asked_at", "pk").values_list(
        "dossier", "kind", "asked_at", "ended_at", "due_before"
    ):
        waits[key].append(Wait(asked, ended, local(before), kind == PauseKind.SUPPLEMENT))
    redated: dict[int, list[NewDate]] = defaultdict(list)
    apologies = Redating.objects.filter(dossier__in=keys).order_by("at", "pk")
    for key, at, before in apologies.values_list("dossier", "at", "due_before"):
        redated[key].append(NewDate(at, before.astimezone(zone)))
    without = sorted(CLOSED - {DossierStatus.RETURNED})  # ends without a result
    over = keys.filter(status__in=without)  # not opened again; no join, which planners begin with
    closings = Event.objects.filter(dossier__in=over, status__in=without).order_by("-id")
    closed = dict(closings.values_list("dossier", "at"))  # the first one stays
    files: dict[tuple[int, str], list[Kept]] = defaultdict(list)
    kept = Attachment.objects.filter(object_type=Dossier._meta.label_lower, object_id__in=keys)
    for key, kind, added, gone in kept.values_list("object_id", "kind", "added_at", "withdrawn_at"):
        files[key, kind].append(Kept(added, gone))
    fields = ("pk", "agency", "procedure", "channel", "stage")
    moments = ("entered_at", "received_at", "due_at", "settled_at")
    for row in dossiers.order_by().values_list(*fields, *moments):
        key, agency, procedure, channel, stage, entered, received, due, settled = row
        assert received is not None  # of the caller's filter
        course = Course(
            received,
            local(due),
            local(settled),
            local(closed.get(key)),
            tuple(waits.get(key, ())),
            tuple(redated.get(key, ())),
        )
        papers, results = (tuple(files.get((key, kind), ())) for kind in ("paper", "result"))
        is_open = stage == STAGE_OPEN
        yield Known(key, agency, procedure, channel, is_open, entered, course, papers, results)
